/*
 * What the files of the SQLite backend share.
 *
 * A link is one connection with its statements, used by one thread at a time. The writer is one
 * link, used by the thread that writes; the readers lie in a queue, from which whoever reads takes
 * one and puts it back.
 */
#ifndef MUSTER_HUB_BACKEND_SQLITE_H
#define MUSTER_HUB_BACKEND_SQLITE_H

#include <sqlite3.h>

#include "base/chan.h"
#include "base/mem.h"
#include "base/str.h"
#include "hub/backend.h"

#define WALKS 128 /* shapes of a query, see backend_sqlite_walk.c */

enum sql {
        SQL_COLLECTION_ADD,
        SQL_COLLECTION_LIST,
        SQL_COLLECTION_FIND,
        SQL_COLLECTION_GROW,
        SQL_COLLECTION_SEQ,
        SQL_TOKEN_ADD,
        SQL_TOKEN_LIST,
        SQL_TOKEN_BY_LABEL,
        SQL_TOKEN_BY_NAME,
        SQL_TOKEN_REVOKE,
        SQL_RIGHT_ADD,
        SQL_RIGHT_LIST,
        SQL_OBJECT_ADD,
        SQL_OBJECT_SAME,
        SQL_OBJECT_REMOVE,
        SQL_REMOVAL_ADD,
        SQL_KNOWS,
        SQL_STATUS_ADD,
        SQL_STATUS_GET,
        SQL_STATUS_FORGET,
        SQL_BEGIN,
        SQL_COMMIT,
        SQL_ROLLBACK,
        SQLS
};

struct link {
        sqlite3 *db;
        const char *path; /* borrowed */
        sqlite3_stmt *fixed[SQLS];
        sqlite3_stmt *walks[WALKS];
};

struct sqlite_backend {
        struct backend base;
        char *path;
        struct link writer;
        struct link *readers;
        size_t reader_count;
        struct chan *idle; /* readers that nobody uses */
};

struct sqlite_backend *sqlite_of(struct backend *b);
struct link *reader_take(struct backend *b); /* waits while all are in use */
void reader_return(struct backend *b, struct link *l);

/* ---- statements -------------------------------------------------------------------------------
 */

enum rc link_fail(struct link *l, struct err *err);
enum rc link_prepare(struct link *l, const char *sql, sqlite3_stmt **ret, struct err *err);
/* Ready to be bound, by letters: t text, i int64, b bytes with their length. NULL is NULL. */
enum rc link_get(struct link *l, enum sql which, sqlite3_stmt **ret, struct err *err);
/* RC_OK: a row; RC_NOTFOUND: the end, and the statement is reset; RC_CONFLICT: not unique. */
enum rc link_step(struct link *l, sqlite3_stmt *stmt, struct err *err);
enum rc link_finish(struct link *l, sqlite3_stmt *stmt, struct err *err); /* takes no rows */
/* Gets, binds and finishes; gets, binds and steps. */
enum rc link_do(struct link *l, struct err *err, enum sql which, const char *types, ...);
enum rc link_first(struct link *l, sqlite3_stmt **ret, struct err *err, enum sql which,
                   const char *types, ...);
const char *column_text(sqlite3_stmt *stmt, int column, struct arena *a); /* NULL stays NULL */

/* ---- the functions of the table ----------------------------------------------------------------
 */

enum rc sqlite_walk(struct backend *b, const struct hub_query *q,
                    bool (*take)(void *ctx, const struct hub_object *o), void *ctx, bool *ret_more,
                    struct err *err);
/* Calls take() for all that match, on this link. */
enum rc link_walk(struct link *l, const struct hub_query *q,
                  bool (*take)(void *ctx, const struct hub_object *o), void *ctx, bool *ret_more,
                  struct err *err);

enum rc sqlite_collection_add(struct backend *b, struct hub_collection *c, struct err *err);
enum rc sqlite_collection_list(struct backend *b, struct arena *a, struct hub_collection **ret,
                               size_t *ret_count, struct err *err);
enum rc sqlite_collection_find(struct backend *b, const char *name, struct arena *a,
                               struct hub_collection *ret, struct err *err);
enum rc sqlite_token_add(struct backend *b, const struct hub_token *t, struct err *err);
enum rc sqlite_token_list(struct backend *b, struct arena *a, struct hub_token **ret,
                          size_t *ret_count, struct err *err);
enum rc sqlite_token_by_label(struct backend *b, const char *label, struct arena *a,
                              struct hub_token *ret, struct err *err);
enum rc sqlite_token_by_name(struct backend *b, const char *name, struct arena *a,
                             struct hub_token *ret, struct err *err);
enum rc sqlite_token_revoke(struct backend *b, const char *name, struct err *err);

enum rc sqlite_begin(struct backend *b, struct err *err);
enum rc sqlite_commit(struct backend *b, struct err *err);
void sqlite_rollback(struct backend *b);
enum rc sqlite_add(struct backend *b, int64_t collection, struct hub_object *objects, size_t count,
                   enum hub_added *ret_added, struct err *err);
enum rc sqlite_remove(struct backend *b, const struct hub_query *q, const char *by,
                      size_t *ret_count, struct err *err);
enum rc sqlite_status_put(struct backend *b, const struct hub_status *s, struct err *err);
enum rc sqlite_status_get(struct backend *b, const char *id, const char *owner, struct arena *a,
                          const char **ret, struct err *err);
enum rc sqlite_seqs(struct backend *b, struct hub_seq *list, size_t count, struct err *err);
enum rc sqlite_knows(struct backend *b, int64_t collection, int64_t added_us, const char *id,
                     bool *ret, struct err *err);

#endif
