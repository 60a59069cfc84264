/*
 * The tables of the PostgreSQL backend, made and brought up to date step by step. A step is one
 * transaction with its number in it: of hubs that start together one does it, and the others find
 * it done.
 */
#include "hub/backend_pg.h"

#include <inttypes.h>
#include <libpq-fe.h>

#define TRIES 20

/* THE table of steps: what was released is never changed, only followed by another. */
static const char *const steps[] = {
        "CREATE TABLE collection(key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
        " id text NOT NULL UNIQUE, alias text UNIQUE, title text NOT NULL, description text,"
        " seq bigint NOT NULL DEFAULT 0, added bigint NOT NULL DEFAULT 0) WITH (fillfactor = 25);"
        /* no REFERENCES collection: whoever adds has locked its row, and it is never deleted */
        "CREATE TABLE object(collection bigint NOT NULL, added bigint NOT NULL,"
        " id text COLLATE \"C\" NOT NULL, version_ns bigint NOT NULL, version text,"
        " type text NOT NULL, spec text NOT NULL, bytes bytea NOT NULL,"
        " PRIMARY KEY(collection, added), UNIQUE(collection, id, version_ns));"
        "CREATE TABLE removal(at bigint NOT NULL, who text NOT NULL, collection bigint NOT NULL,"
        " id text NOT NULL, version text);"
        "CREATE TABLE status(id text PRIMARY KEY, owner text NOT NULL, at bigint NOT NULL,"
        " document text NOT NULL);"
        "CREATE INDEX status_at ON status(at);"
        "CREATE TABLE token(key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
        " name text NOT NULL, label text NOT NULL UNIQUE, hash bytea NOT NULL,"
        " created bigint NOT NULL, revoked bigint);"
        "CREATE UNIQUE INDEX token_name ON token(name) WHERE revoked IS NULL;"
        "CREATE TABLE token_right(token bigint NOT NULL REFERENCES token,"
        " collection bigint NOT NULL REFERENCES collection, may_write boolean NOT NULL,"
        " PRIMARY KEY(token, collection))",
        "ALTER TABLE removal ADD COLUMN added bigint",
};
#define STEPS ((int64_t)ARRAY_LEN(steps))

static enum rc ask_number(struct pg_link *l, const char *name, const char *sql, int64_t *ret,
                          struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        const struct pg_args none = {.count = 0};
        enum rc rc = pg_link_prepare(l, name, sql, NULL, 0, err);

        if (rc == RC_OK)
                rc = pg_ask(l, name, &none, &r, err);
        if (rc == RC_OK)
                *ret = PQntuples(r) ? pg_int(r, 0, 0) : 0;
        return rc == RC_OK ? pg_link_run(l, "DEALLOCATE ALL", err) : rc;
}

/* The number of the last step that was done; 0: none. */
static enum rc find_step(struct pg_link *l, int64_t *ret, struct err *err)
{
        int64_t tables = 0;
        enum rc rc = ask_number(l, "tables", "SELECT count(to_regclass('muster_hub_step'))",
                                &tables, err);

        *ret = 0;
        return rc == RC_OK && tables
                       ? ask_number(l, "step",
                                    "SELECT coalesce(max(number), 0) FROM muster_hub_step", ret,
                                    err)
                       : rc;
}

/* Who comes second waits, and is then told that the number is not unique. Without the lock it would
 * be told one of several things, by what the two had come to: IF NOT EXISTS does not look into what
 * is not committed. */
static enum rc do_step(struct pg_link *l, int64_t number, struct err *err)
{
        AUTO_FREE char *sql =
                xasprintf("SELECT pg_advisory_xact_lock(hashtext('muster_hub_step'));"
                          "CREATE TABLE IF NOT EXISTS muster_hub_step(number bigint PRIMARY KEY,"
                          " at timestamptz NOT NULL DEFAULT now());"
                          "INSERT INTO muster_hub_step(number) VALUES(%" PRId64 ");"
                          "%s",
                          number, steps[number - 1]);

        return pg_link_run(l, sql, err);
}

enum rc pg_migrate(struct pg_link *l, struct err *err)
{
        for (int i = 0; i < TRIES; i++) {
                struct err own = {0};
                int64_t done;
                enum rc rc = find_step(l, &done, err);

                if (rc != RC_OK)
                        return rc;
                if (done > STEPS)
                        return err_set(err, RC_INVALID,
                                       "the database was written by a newer muster-hub");
                if (done == STEPS)
                        return RC_OK;
                rc = do_step(l, done + 1, &own);
                if (rc != RC_OK && rc != RC_CONFLICT)
                        return err_set(err, rc, "making its tables: %s", own.text);
        }
        return err_set(err, RC_BUSY, "other hubs are changing the database");
}
