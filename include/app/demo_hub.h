/*
 * The hub that a demo meets through. It ends with demo_hub_stop(), in whichever process that is
 * called; what it wrote is in the demo's folder.
 */
#ifndef MUSTER_APP_DEMO_HUB_H
#define MUSTER_APP_DEMO_HUB_H

#include <sys/types.h>

#include "base/err.h"

struct str;

struct demo_hub {
        pid_t pid; /* -1: there is none */
        char *url; /* "http://127.0.0.1:40123/" */
        char *token, *token_file;
};

#define DEMO_HUB_COLLECTION "exercise"

/* RC_NOTFOUND: no muster-hub stands beside this program. */
enum rc demo_hub_start(const char *dir, struct demo_hub *ret, struct err *err);
void demo_hub_stop(struct demo_hub *hub);
/* A list of STIX objects, as another unit would send it. Waits for the answer. */
enum rc demo_hub_send(const struct demo_hub *hub, const struct str *list, struct err *err);

#endif
