/*
 * The statements of the PostgreSQL backend.
 */
#include "hub/backend_pg.h"

#include <libpq-fe.h>
#include <stdarg.h>
#include <stdio.h>

#define COLLECTION "SELECT key, id, alias, title, description, seq FROM collection"
/* A row for each right, or one of NULL. */
#define TOKEN                                                                                      \
        "SELECT t.key, t.name, t.label, t.hash, t.created, r.collection, c.id, r.may_write"        \
        " FROM token t LEFT JOIN token_right r ON r.token = t.key"                                 \
        " LEFT JOIN collection c ON c.key = r.collection WHERE t.revoked IS NULL"
#define IS     " WHERE collection = $1 AND "
#define NOW_US "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"

static const char *const texts[PG_SQLS] = {
        [PG_COLLECTION_ADD] = "INSERT INTO collection(id, alias, title, description)"
                              " VALUES($1, $2, $3, $4) RETURNING key",
        [PG_COLLECTION_LIST] = COLLECTION " ORDER BY key",
        [PG_COLLECTION_FIND] = COLLECTION " WHERE id = $1 OR alias = $1 ORDER BY id <> $1 LIMIT 1",
        [PG_COLLECTION_GROW] = "UPDATE collection SET seq = seq + $2,"
                               " added = greatest(" NOW_US ", added + $2)"
                               " WHERE key = $1 RETURNING added",
        [PG_COLLECTION_LOCK] = "SELECT key FROM collection WHERE key = $1 FOR NO KEY UPDATE",
        [PG_COLLECTION_SEQS] = "SELECT key, seq FROM collection WHERE key = ANY($1)",
        [PG_TOKEN_ADD] = "WITH t AS (INSERT INTO token(name, label, hash, created)"
                         " VALUES($1, $2, $3, $4) RETURNING key)"
                         " INSERT INTO token_right(token, collection, may_write)"
                         " SELECT t.key, r.collection, bool_or(r.may_write <> 0)"
                         " FROM t, unnest($5, $6) AS r(collection, may_write)"
                         " GROUP BY t.key, r.collection",
        [PG_TOKEN_LIST] = TOKEN " ORDER BY t.name, t.key, r.collection",
        [PG_TOKEN_BY_LABEL] = TOKEN " AND t.label = $1 ORDER BY r.collection",
        [PG_TOKEN_BY_NAME] = TOKEN " AND t.name = $1 ORDER BY r.collection",
        [PG_TOKEN_REVOKE] = "UPDATE token SET revoked = $2 WHERE name = $1 AND revoked IS NULL"
                            " RETURNING key",
        [PG_OBJECT_ADD] = "INSERT INTO object(collection, added, id, version_ns, version, type,"
                          " spec, bytes)"
                          " SELECT $1, $2 + s.n, s.id, s.version_ns, s.version, s.type, s.spec,"
                          " s.bytes FROM unnest($3, $4, $5, $6, $7, $8) WITH ORDINALITY"
                          " AS s(id, version_ns, version, type, spec, bytes, n) ORDER BY s.n"
                          " ON CONFLICT(collection, id, version_ns) DO NOTHING RETURNING added",
        [PG_OBJECT_SAME] = "SELECT (SELECT sha256(o.bytes) = s.hash FROM object o"
                           " WHERE o.collection = $1 AND o.id = s.id"
                           " AND o.version_ns = s.version_ns)"
                           " FROM unnest($2, $3, $4) WITH ORDINALITY"
                           " AS s(id, version_ns, hash, n) ORDER BY s.n",
        [PG_OBJECT_REMOVE] = "WITH gone AS (DELETE FROM object WHERE collection = $1"
                             " AND added = ANY($2) RETURNING id, version, added)"
                             " INSERT INTO removal(at, who, collection, id, version, added)"
                             " SELECT $3, $4, $1, id, version, added FROM gone",
        [PG_KNOWS] = "SELECT ($2 < 0 OR EXISTS (SELECT 1 FROM object" IS "added = $2)"
                     " OR EXISTS (SELECT 1 FROM removal" IS "added = $2))"
                     " AND ($3::text IS NULL OR EXISTS (SELECT 1 FROM object" IS "id = $3)"
                     " OR EXISTS (SELECT 1 FROM removal" IS "id = $3))",
        [PG_STATUS_ADD] = "INSERT INTO status(id, owner, at, document) VALUES($1, $2, $3, $4)",
        [PG_STATUS_GET] = "SELECT document FROM status WHERE id = $1 AND owner = $2",
        [PG_STATUS_FORGET] = "DELETE FROM status WHERE id IN (SELECT id FROM status"
                             " WHERE at < $1 ORDER BY at LIMIT 100 FOR UPDATE SKIP LOCKED)",
};

static enum rc ask(struct pg_link *l, enum pg_sql which, const struct pg_args *a, PGresult **ret,
                   struct err *err)
{
        char name[16];
        enum rc rc = RC_OK;

        snprintf(name, sizeof(name), "s%d", (int)which);
        if (!l->fixed[which])
                rc = pg_link_prepare(l, name, texts[which], a->types, a->count, err);
        if (rc != RC_OK)
                return rc;
        l->fixed[which] = true;
        return pg_ask(l, name, a, ret, err);
}

/* Outside of a transaction a statement connects by itself. */
static enum rc connect_and_ask(struct pg_link *l, enum pg_sql which, const struct pg_args *a,
                               PGresult **ret, struct err *err)
{
        enum rc rc = pg_link_connect(l, err);

        return rc == RC_OK ? ask(l, which, a, ret, err) : rc;
}

enum rc pg_do(struct pg_link *l, PGresult **ret, struct err *err, enum pg_sql which,
              const char *letters, ...)
{
        struct pg_args a;
        va_list list;

        va_start(list, letters);
        pg_args_set(&a, letters, list);
        va_end(list);
        return connect_and_ask(l, which, &a, ret, err);
}

enum rc pg_read(struct pg_link *l, PGresult **ret, struct err *err, enum pg_sql which,
                const char *letters, ...)
{
        bool was_connected = l->conn != NULL;
        struct err own = {0};
        struct pg_args a;
        va_list list;
        enum rc rc;

        va_start(list, letters);
        pg_args_set(&a, letters, list);
        va_end(list);
        rc = connect_and_ask(l, which, &a, ret, &own);
        if (rc != RC_OK && was_connected && !l->conn) {
                PQclear(TAKE(*ret));
                err_clear(&own);
                rc = connect_and_ask(l, which, &a, ret, &own);
        }
        return rc == RC_OK ? rc : err_set(err, rc, "%s", own.text);
}
