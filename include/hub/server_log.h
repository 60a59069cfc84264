/*
 * What the hub says about itself, on stderr: lines of name=value.
 */
#ifndef MUSTER_HUB_SERVER_LOG_H
#define MUSTER_HUB_SERVER_LOG_H

#include <stdint.h>

#include "base/mem.h"

struct server_log {
        const char *client, *who, *method, *path; /* who NULL: nobody that is known */
        int status;                               /* 0: the connection ended before */
        uint64_t bytes_in, bytes_out;             /* of bodies; out before gzip */
        int64_t took_ns;
        const char *why; /* what went wrong in the machine; NULL: nothing */
};

void server_log_request(const struct server_log *l);
/* So many requests were refused since this was last told; who NULL: an address, not a token. */
void server_log_too_often(const char *client, const char *who, const char *what, uint64_t refused);
void server_log_event(const char *event, const char *detail); /* detail may be NULL */

#endif
