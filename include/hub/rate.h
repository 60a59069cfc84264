/*
 * How often one may ask: a bucket that fills with time for each address and each token, and a small
 * one for each address from which credentials come that nobody knows.
 *
 * An address is one of IPv4, or the first 64 bits of one of IPv6. Credentials that were good since
 * the hub began are not held up by wrong ones from the same address, so that a guesser behind a
 * router does not lock out the desks that sit there. All buckets are in one table of fixed size;
 * the one that was asked for longest ago gives way. Any thread may call.
 */
#ifndef MUSTER_HUB_RATE_H
#define MUSTER_HUB_RATE_H

#include <netinet/in.h>
#include <stdint.h>

#define RATE_OFF      0
#define RATE_USUAL    500     /* requests a second of an address, and of a token */
#define RATE_LOOPBACK 10000   /* where nothing else was said: who is on this machine */
#define RATE_MAX      1000000 /* that can be asked for */
#define RATE_BURST_S  60      /* a bucket holds so many seconds: 50 consoles that begin at once */
#define RATE_WRONG    60      /* credentials that nobody knows, at once; then one a second */

struct rate;

/* Who asks, with what. */
struct rate_asker {
        const struct sockaddr *from; /* NULL: not known */
        const char *credentials;     /* as sent; NULL: none */
        const char *certificate;     /* the name in one that was verified; NULL: none */
};

/* What a request gets. */
struct rate_verdict {
        unsigned wait_s;  /* 0: go on; else after so many seconds */
        const char *what; /* "requests", "token", "wrong credentials" */
        uint64_t untold;  /* refused since this was last told, with this one; 0: not yet again */
};

/* A second: `per_s` for each address and token, `loopback_per_s` where that is loopback. */
struct rate *rate_create(unsigned per_s, unsigned loopback_per_s);
void rate_destroy(struct rate *r);

/* Before anything is looked up. Credentials that are not known yet are taken for wrong ones. */
struct rate_verdict rate_ask(struct rate *r, const struct rate_asker *who, int64_t now_ns);
/* They are those of a token: what was taken for them is given back, and the token is asked. */
struct rate_verdict rate_recognised(struct rate *r, const struct rate_asker *who, const char *token,
                                    int64_t now_ns);
/* Nobody has looked at them: what was taken for them is given back. */
void rate_not_looked_at(struct rate *r, const struct rate_asker *who, int64_t now_ns);
/* Nobody knows them, now: from here on they are wrong ones. */
void rate_wrong(struct rate *r, const struct rate_asker *who);

#endif
