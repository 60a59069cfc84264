/*
 * A TAXII server for the tests: a thread on a loopback socket that gives canned answers and keeps
 * what it was asked. One request at a time, one on each connection.
 */
#ifndef MUSTER_TESTS_SYNC_SERVER_H
#define MUSTER_TESTS_SYNC_SERVER_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum how {
        HOW_WHOLE,
        HOW_CUT, /* in the middle of the body, or as `cut` says */
        HOW_SILENT,
        HOW_SLOW,    /* a byte now and then, for ever */
        HOW_BARE,    /* without a Content-Type */
        HOW_ENDLESS, /* without a Content-Length: it ends where the line does */
};

/* "GET /path/" or "GET /path/ word": the path exactly, and a word of its query. */
struct canned {
        const char *when;
        const char *must_hold; /* what the request must hold too; or NULL */
        int status;
        const char *headers; /* lines with \r\n, or NULL */
        const char *body;    /* NULL is "{}" */
        size_t body_len;     /* 0: strlen */
        enum how how;
        const char *cut; /* the answer ends so many bytes into the first such text; or NULL */
        size_t cut_bytes;
        bool used;
};

struct server {
        int fd;
        char url[64]; /* http://127.0.0.1:PORT */
        pthread_t thread;
        pthread_mutex_t lock;
        bool stop;
        struct canned list[64];
        size_t count;
        char *asked[512]; /* requests as they came, head and body */
        size_t asked_count;
};

void server_start(struct server *s);
void server_stop(struct server *s);
/* Of the answers with the longest `when` that fits each is given once, in order, the last again and
 * again; none: 404. One that asks for something to be held is given whenever it is. Texts are
 * borrowed until server_forget(). */
void server_say(struct server *s, const char *when, int status, const char *headers,
                const char *body);
void server_add(struct server *s, const struct canned *c);
void server_forget(struct server *s); /* what it says and was asked */
/* How often something beginning so was asked, and the n-th such (from 0) or "". */
size_t server_count(struct server *s, const char *when);
const char *server_asked(struct server *s, const char *when, size_t n);

#endif
