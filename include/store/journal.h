/*
 * The journal: local proof, never synchronised. One row per op and per admitted batch, chained:
 *   hash = BLAKE2b-256(prev || seq || at || op || operator || note || what || count), where what =
 * BLAKE2b-256 of the SHA-256 and the other columns of each version admitted by it, in vid order.
 * Rows are chained inside the writer's own transaction, whichever process it is; every 1,000 rows
 * and at exit a row is signed with the console key (Ed25519). (src/store/journal.c has the byte
 * layout.) What no chain can show is that its end was cut off together with all that came with it:
 * keep an audit export elsewhere.
 */
#ifndef MUSTER_STORE_JOURNAL_H
#define MUSTER_STORE_JOURNAL_H

#include "base/crypt.h"
#include "store/store.h"

/* Number that journal_append of this transaction will give; versions put meanwhile carry it. */
enum rc journal_next_seq(struct store *s, int64_t *ret, struct err *err);

struct journal_entry {
        int64_t seq;
        int64_t at_ms;
        const char *op;       /* "incident.ack", "import", ... */
        const char *operator; /* or "" */
        const char *note;     /* file name or reference, one line, or "" */
};
/* Closes the transaction's entry over all versions put with its seq. Versions put without one are
 * refused by store_commit. */
enum rc journal_append(struct store *s, const struct journal_entry *e, struct err *err);

/* Signs the newest row unless signed; RC_DENIED where read-only. Key file: PATH.key beside the
 * database (seed, mode 0600), made where absent. */
enum rc journal_sign(struct store *s, struct err *err);
enum rc journal_public_key(struct store *s, char hex[HASH_TEXT], struct err *err);

struct journal_report {
        int64_t entries, versions, signatures;
        int64_t other_keys; /* signatures that fit, but not by PATH.key: a restored copy, or a
                               forgery; 0 where that key can't be read */
        char no_key[512];   /* why it can't; "" when it can */
        int64_t broken_seq; /* 0 = sound */
};
/* Walks the chain, the versions' bytes and the signatures. RC_INVALID: the sentence names the first
 * broken entry and what is wrong with it; *ret is set then too. */
enum rc journal_verify(struct store *s, struct journal_report *ret, struct err *err);

/* Rows with seq > after, at most max, for audit export. */
struct journal_row {
        struct journal_entry entry;
        char prev[HASH_TEXT], hash[HASH_TEXT], what[HASH_TEXT];
        int64_t count;
        const char *signature; /* hex or NULL */
};
enum rc journal_list(struct store *s, int64_t after, size_t max, struct arena *a,
                     struct journal_row **ret, size_t *ret_count, struct err *err);
/* The latest time that one of the newest entries has; CLOCK_NONE: there is none. It is behind now
 * where the clock was set back. */
enum rc journal_latest_ms(struct store *s, int64_t *ret, struct err *err);
/* What was done about operators, "operator.*": newest first, at most max. */
enum rc journal_list_operators(struct store *s, size_t max, struct arena *a,
                               struct journal_row **ret, size_t *ret_count, struct err *err);

#endif
