/*
 * Remotes: the servers that this database meets others through, how far each walk has come, and
 * what of ours has gone where.
 *
 * Secrets are not here: a remote names the file that holds one (mode 0600). A version of ours waits
 * for a remote while its vid is behind `sent_vid` and it is in the outbox; what was held back or
 * refused has a row of its own in the table `delivery`, so that the cursor can move past it.
 */
#ifndef MUSTER_STORE_REMOTES_H
#define MUSTER_STORE_REMOTES_H

#include "store/store.h"

struct arena;

enum remote_auth { REMOTE_OPEN, REMOTE_TOKEN, REMOTE_BASIC, REMOTE_CERT };

struct remote {
        int64_t id;
        const char *name;       /* unique, as typed: "eu-jcu" */
        const char *url;        /* as typed: of the discovery, or of an API root */
        const char *collection; /* id or alias */
        enum remote_auth auth;
        const char *secret_file; /* token or password; NULL for REMOTE_OPEN and REMOTE_CERT */
        const char *user;        /* REMOTE_BASIC */
        const char *cert_file, *key_file, *ca_file; /* or NULL */
        int ceiling;         /* enum tlp: what is above it does not go there */
        int default_marking; /* enum tlp: what came from there without a marking counts as this; -1:
                                the config's */
        /* what is known of it by talking to it */
        const char *root; /* URL of the API root, with its slash; NULL: not found yet */
        bool can_read, can_write, ordered;
        bool incomplete;       /* a walk could not see all (standards 1.2 row 5) */
        bool unsteady;         /* a reconcile found what increments had missed (row 8) */
        int64_t max_bytes;     /* of a POST; 0 = not said */
        const char *watermark; /* the server's own text; NULL: no walk was complete yet */
        int64_t synced_ms;     /* the last walk that was complete; CLOCK_NONE */
        int64_t tried_ms, reconciled_ms, next_try_ms; /* CLOCK_NONE */
        int64_t told_ms;   /* not before then, by the server's own word; CLOCK_NONE */
        int64_t failures;  /* one after the other, since the last success */
        const char *error; /* of the last try, one clean line; NULL after a success */
        bool shut;         /* by it we are refused, to read or to write: a person must look */
        int64_t sent_vid;
        int64_t received, sent, refused; /* since it was added */
        int64_t ahead_ms; /* its clock is so much ahead of ours, to a second; CLOCK_NONE: not said
                           */
};

#define CLOCK_STEADY_MS 5000  /* what differs by less is the way that an answer takes */
#define CLOCK_OFF_MS    60000 /* from here on it is warned of */

/* In the arena. Each call that writes is a transaction of its own unless one is open. */
/* As it was set up; what is known of it begins at nothing. RC_CONFLICT: there is one of that name.
 */
enum rc remote_add(struct store *s, const struct remote *r, int64_t *ret_id, struct err *err);
enum rc remote_list(struct store *s, struct arena *a, struct remote **ret, size_t *ret_count,
                    struct err *err);
enum rc remote_by_name(struct store *s, const char *name, struct arena *a, struct remote *ret,
                       struct err *err);                           /* RC_NOTFOUND */
enum rc remote_drop(struct store *s, int64_t id, struct err *err); /* with its deliveries */
/* Writes what was learnt: everything below "what is known of it". RC_NOTFOUND: it was removed. */
enum rc remote_save(struct store *s, const struct remote *r, struct err *err);

/* How good the picture is that we have from there. */
enum remote_health {
        REMOTE_NEW,     /* no walk was complete yet, none has failed */
        REMOTE_LIVE,    /* the last walk is less than REMOTE_STALE_MS old */
        REMOTE_STALE,   /* it is older, nothing has failed */
        REMOTE_OFFLINE, /* the last try failed */
};
#define REMOTE_STALE_MS 120000
enum remote_health remote_health(const struct remote *r, int64_t now_ms);
const char *remote_state_name(const struct remote *r, int64_t now_ms); /* "live", "refused" */

/* ---- what waits, what is held, what was refused ---- */

enum delivery_state { DELIVERY_HELD, DELIVERY_QUARANTINED, DELIVERY_UNCONFIRMED, DELIVERY_DROPPED };

struct delivery {
        int64_t remote, vid;
        enum delivery_state state;
        const char *why;    /* for a person: whose word it is, what it says */
        const char *object; /* id of the version */
        int64_t at_ms, tries;
};
const char *delivery_state_name(enum delivery_state s); /* "held" */
struct version;
/* Versions of ours that wait, oldest first: bytes included, at most `max` of them. */
enum rc delivery_waiting(struct store *s, const struct remote *r, size_t max, struct arena *a,
                         struct version **ret, size_t *ret_count, struct err *err);
int64_t delivery_count(struct store *s, const struct remote *r); /* that wait */
/* The id of the act that went there last, of those of which nothing else is known; in the arena.
 * RC_NOTFOUND: none did. */
enum rc delivery_last_act(struct store *s, const struct remote *r, struct arena *a,
                          const char **ret, struct err *err);
int64_t delivery_tally(struct store *s, int64_t remote, enum delivery_state state);
/* Replaces what is there of that version. */
enum rc delivery_put(struct store *s, const struct delivery *d, struct err *err);
/* By version; at most DELIVERIES_MAX, the newest. */
#define DELIVERIES_MAX 10000
enum rc delivery_list(struct store *s, int64_t remote, int state /* -1: all */, struct arena *a,
                      struct delivery **ret, size_t *ret_count, struct err *err);
/* Waits again (outbox retry), or never (outbox drop; `why` is kept with it). RC_NOTFOUND. */
enum rc delivery_retry(struct store *s, int64_t remote, int64_t vid, struct err *err);
enum rc delivery_drop(struct store *s, int64_t remote, int64_t vid, const char *why,
                      struct err *err);
/* It went after all: nothing is kept of it. None there is fine. */
enum rc delivery_done(struct store *s, int64_t remote, int64_t vid, struct err *err);
/* Those that were told to wait again, whatever the cursor says: they have no other state meanwhile,
 * until delivery_put or delivery_done. */
enum rc delivery_again(struct store *s, const struct remote *r, size_t max, struct arena *a,
                       struct version **ret, size_t *ret_count, struct err *err);

#endif
