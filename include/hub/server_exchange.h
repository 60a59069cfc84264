/*
 * Exchanges: one request with its reply, between libmicrohttpd and the API. See hub/server.h for
 * which thread has one when.
 */
#ifndef MUSTER_HUB_SERVER_EXCHANGE_H
#define MUSTER_HUB_SERVER_EXCHANGE_H

#include <stdatomic.h>

#include "hub/desk.h"
#include "hub/rate.h"

#define EXCHANGE_BODIES_MAX (256ull * 1024 * 1024) /* bytes of bodies held at once, of all */

/* What all exchanges share. */
struct exchanges {
        struct backend *backend;
        struct desk *desk;
        struct rate *rate; /* NULL: anybody may ask as often as he likes */
        bool asks_certificates;
        atomic_bool stopping; /* no new requests */
        atomic_bool closed;   /* nothing is given to the desk any more */
        atomic_size_t active; /* requests that were taken and are not answered yet */
        atomic_size_t handing_over;
        atomic_uint_fast64_t bodies; /* bytes of bodies held */
};

struct MHD_Connection;

/* Enough of libmicrohttpd's types that its header stays behind its door: its MHD_YES and MHD_NO. */
int exchange_request(struct exchanges *all, struct MHD_Connection *connection, const char *path,
                     const char *method, const char *upload, size_t *upload_size, void **state);
void exchange_completed(void **state); /* logs it, and forgets it */

#endif
