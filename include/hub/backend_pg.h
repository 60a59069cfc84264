/*
 * What the files of the PostgreSQL backend share.
 *
 * A link is one connection with its prepared statements, used by one thread at a time. The writer
 * is one link, used by the thread that writes; the readers lie in a queue, from which whoever reads
 * takes one and puts it back. A link is connected when it is first used and again after it was
 * lost; no call waits for the server without end.
 */
#ifndef MUSTER_HUB_BACKEND_PG_H
#define MUSTER_HUB_BACKEND_PG_H

#include <stdarg.h>
#include <stdatomic.h>

#include "base/chan.h"
#include "base/mem.h"
#include "base/str.h"
#include "hub/backend.h"

#define PG_WALKS    128 /* shapes of a query, see backend_pg_walk.c */
#define PG_ARGS_MAX 8

enum pg_sql {
        PG_COLLECTION_ADD,
        PG_COLLECTION_LIST,
        PG_COLLECTION_FIND,
        PG_COLLECTION_GROW,
        PG_COLLECTION_LOCK,
        PG_COLLECTION_SEQS,
        PG_TOKEN_ADD,
        PG_TOKEN_LIST,
        PG_TOKEN_BY_LABEL,
        PG_TOKEN_BY_NAME,
        PG_TOKEN_REVOKE,
        PG_OBJECT_ADD,
        PG_OBJECT_SAME,
        PG_OBJECT_REMOVE,
        PG_KNOWS,
        PG_STATUS_ADD,
        PG_STATUS_GET,
        PG_STATUS_FORGET,
        PG_SQLS
};

struct pg_conn; /* libpq's PGconn and PGresult; its Oid is unsigned */
struct pg_result;

struct pg_link {
        struct pg_backend *backend;
        struct pg_conn *conn; /* NULL: not connected */
        bool may_write;
        bool in_transaction; /* from begin to commit or rollback: no other connection will do */
        bool warned;         /* the server has sent a warning */
        bool fixed[PG_SQLS], walks[PG_WALKS]; /* prepared on this connection */
};

struct pg_backend {
        struct backend base;
        char *url; /* may hold a password: never printed */
        struct pg_link writer;
        struct pg_link *readers;
        size_t reader_count;
        struct chan *idle; /* readers that nobody uses */
        /* While the server is away only one link at a time tries again, and not before this. */
        _Atomic int64_t retry_ns, delay_ns;
};

struct pg_backend *pg_of(struct backend *b);
struct pg_link *pg_reader_take(struct backend *b); /* waits while all are in use */
void pg_reader_return(struct backend *b, struct pg_link *l);

/* ---- links (backend_pg_link.c) -----------------------------------------------------------------
 *
 * Failures: RC_BUSY where asking again may help (the server is away, a lock was not had, a
 * deadlock), RC_CONFLICT not unique, else RC_FAIL. After one inside a transaction only rollback is
 * left.
 */

/* RC_OK at once while it is connected. */
enum rc pg_link_connect(struct pg_link *l, struct err *err);
void pg_link_drop(struct pg_link *l); /* what it did not commit is gone */
/* What has no values and gives no rows; several statements are one transaction. */
enum rc pg_link_run(struct pg_link *l, const char *sql, struct err *err);
/* RC_CONFLICT: that name is prepared already. */
enum rc pg_link_prepare(struct pg_link *l, const char *name, const char *sql, const unsigned *types,
                        int count, struct err *err);

/* ---- values (backend_pg_values.c): all in binary ----------------------------------------------
 */

enum { PG_BYTES = 17, PG_INT = 20, PG_TEXT = 25 }; /* pg_type.h: they never change */
enum { PG_BYTES_LIST = 1001, PG_TEXT_LIST = 1009, PG_INT_LIST = 1016 };

struct pg_list {
        struct str bytes;
};
/* What is added must be `count` of that type, in the end. */
void pg_list_begin(struct pg_list *list, unsigned type, size_t count);
void pg_list_finish(struct pg_list *list); /* zeroed is fine; for CLEANUP() */
void pg_list_add(struct pg_list *list, const void *bytes, size_t len);
void pg_list_add_text(struct pg_list *list, const char *text); /* NULL is NULL */
void pg_list_add_int(struct pg_list *list, int64_t n);

/* Borrowed until the statement is done. */
struct pg_args {
        int count;
        const char *values[PG_ARGS_MAX];
        int lengths[PG_ARGS_MAX], formats[PG_ARGS_MAX];
        unsigned types[PG_ARGS_MAX];
        int64_t ints[PG_ARGS_MAX];
};
/* By letters: t text, i int64, b bytes with their length; T, I, B struct pg_list *. NULL is NULL.
 */
void pg_args_set(struct pg_args *a, const char *letters, va_list list);

bool pg_is_null(const struct pg_result *r, int row, int column);
int64_t pg_int(const struct pg_result *r, int row, int column);
bool pg_bool(const struct pg_result *r, int row, int column);
const char *pg_text(const struct pg_result *r, int row, int column,
                    struct arena *a); /* NULL stays NULL */

/* ---- statements (backend_pg_link.c) ------------------------------------------------------------
 */

void pg_clear(struct pg_result **pr); /* for CLEANUP() */

/* Asks a prepared statement once; for what writes. *ret is the caller's, whatever comes back. */
enum rc pg_do(struct pg_link *l, struct pg_result **ret, struct err *err, enum pg_sql which,
              const char *letters, ...);
/* The same for what only reads: a lost connection is made again, once. */
enum rc pg_read(struct pg_link *l, struct pg_result **ret, struct err *err, enum pg_sql which,
                const char *letters, ...);
enum rc pg_ask(struct pg_link *l, const char *name, const struct pg_args *args,
               struct pg_result **ret, struct err *err);
bool pg_is_lost(const struct pg_link *l);

/* ---- tables (backend_pg_schema.c) --------------------------------------------------------------
 */

/* Brings them to what this program needs; other hubs may do the same at the same time. */
enum rc pg_migrate(struct pg_link *l, struct err *err);

/* ---- the functions of the table ----------------------------------------------------------------
 */

enum rc pg_walk(struct backend *b, const struct hub_query *q,
                bool (*take)(void *ctx, const struct hub_object *o), void *ctx, bool *ret_more,
                struct err *err);
/* Calls take() for all that match, on this link. */
enum rc pg_link_walk(struct pg_link *l, const struct hub_query *q,
                     bool (*take)(void *ctx, const struct hub_object *o), void *ctx, bool *ret_more,
                     struct err *err);

enum rc pg_collection_add(struct backend *b, struct hub_collection *c, struct err *err);
enum rc pg_collection_list(struct backend *b, struct arena *a, struct hub_collection **ret,
                           size_t *ret_count, struct err *err);
enum rc pg_collection_find(struct backend *b, const char *name, struct arena *a,
                           struct hub_collection *ret, struct err *err);
enum rc pg_token_add(struct backend *b, const struct hub_token *t, struct err *err);
enum rc pg_token_list(struct backend *b, struct arena *a, struct hub_token **ret, size_t *ret_count,
                      struct err *err);
enum rc pg_token_by_label(struct backend *b, const char *label, struct arena *a,
                          struct hub_token *ret, struct err *err);
enum rc pg_token_by_name(struct backend *b, const char *name, struct arena *a,
                         struct hub_token *ret, struct err *err);
enum rc pg_token_revoke(struct backend *b, const char *name, struct err *err);

enum rc pg_begin(struct backend *b, struct err *err);
enum rc pg_commit(struct backend *b, struct err *err);
void pg_rollback(struct backend *b);
enum rc pg_add(struct backend *b, int64_t collection, struct hub_object *objects, size_t count,
               enum hub_added *ret_added, struct err *err);
enum rc pg_remove(struct backend *b, const struct hub_query *q, const char *by, size_t *ret_count,
                  struct err *err);
enum rc pg_status_put(struct backend *b, const struct hub_status *s, struct err *err);
enum rc pg_knows(struct backend *b, int64_t collection, int64_t added_us, const char *id, bool *ret,
                 struct err *err);
enum rc pg_status_get(struct backend *b, const char *id, const char *owner, struct arena *a,
                      const char **ret, struct err *err);
enum rc pg_seqs(struct backend *b, struct hub_seq *list, size_t count, struct err *err);

#endif
