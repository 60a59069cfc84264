/*
 * The hub on the network: HTTP and TLS, by libmicrohttpd.
 *
 * Threads. libmicrohttpd's own (one per processor, two at least) have the connections: they read
 * requests, answer what only reads, compress and send. The thread that calls server_run() is the
 * desk's (hub/desk.h): it writes. An exchange, one request with its reply, belongs to the thread of
 * its connection; while it is suspended, to the desk. There is no other lock than the queue of the
 * desk, that of the readers and that of the buckets (hub/rate.h).
 */
#ifndef MUSTER_HUB_SERVER_H
#define MUSTER_HUB_SERVER_H

#include "hub/backend.h"

#define SERVER_THREADS_MAX 16

struct server_options {
        const char *listen;             /* ADDR:PORT, [ADDR]:PORT; port 0 picks one */
        const char *certificate, *key;  /* files in PEM; NULL: plain, on loopback only */
        const char *client_authorities; /* file in PEM: clients may show a certificate */
        unsigned rate, loopback_rate;   /* hub/rate.h; RATE_OFF: no limit */
};

/* Threads that will read at once: so many readers the backend needs. */
size_t server_threads(void);

/* Serves until SIGTERM or SIGINT, then finishes what runs. Says on stdout where it listens, and on
 * stderr what it did, a line for each request. */
enum rc server_run(struct backend *b, const struct server_options *options, struct err *err);

#endif
