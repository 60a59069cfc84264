/*
 * Starting the tables of the kinds over, and what surrounds a bulk load.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

#define MERGE_PAGES      500
#define MERGE_ROUNDS_MAX 400

/* Tables whose name begins with thing_; virtual ones first, since they own others. */
static enum rc next_table(struct store *s, struct arena *a, const char **ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT name FROM sqlite_schema WHERE type = 'table'"
                               " AND name GLOB 'thing_*'"
                               " ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC, name LIMIT 1",
                               "");

        *ret = NULL;
        if (rc == RC_NOTFOUND)
                return RC_OK;
        if (rc != RC_OK)
                return rc;
        *ret = sql_text(stmt, 0, a);
        sqlite3_reset(stmt);
        return RC_OK;
}

static enum rc drop_tables(struct store *s, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *name = NULL;
        enum rc rc = next_table(s, &a, &name, err);

        while (rc == RC_OK && name) {
                char *sql = sqlite3_mprintf("DROP TABLE \"%w\"", name);

                rc = sql ? sql_exec(s, sql, err) : err_set(err, RC_FAIL, "no memory");
                sqlite3_free(sql);
                if (rc == RC_OK)
                        rc = next_table(s, &a, &name, err);
        }
        return rc;
}

/* Row ids go on where they were, so that a list made before never takes one thing for another. */
static enum rc keep_numbers(struct store *s, const int64_t *last, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < s->table_count; i++) {
                char name[COLUMN_NAME];

                snprintf(name, sizeof(name), "thing_%s", s->tables[i].kind->name);
                if (last[i])
                        rc = sql_do(s, err, "INSERT INTO sqlite_sequence(name, seq) VALUES(?1, ?2)",
                                    "ti", (const char *)name, last[i]);
        }
        return rc;
}

enum rc things_reset(struct store *s, struct err *err)
{
        AUTO_FREE int64_t *last = xcalloc(s->table_count + 1, sizeof(*last));
        enum rc rc = RC_OK;

        if (!store_in_transaction(s))
                return err_set(err, RC_FAIL, "starting over belongs into a transaction");
        for (size_t i = 0; rc == RC_OK && i < s->table_count; i++) {
                char name[COLUMN_NAME];

                snprintf(name, sizeof(name), "thing_%s", s->tables[i].kind->name);
                rc = sql_number(s, "SELECT seq FROM sqlite_sequence WHERE name = ?1", name, 0,
                                &last[i], err);
                s->tables[i].merge_set = false;
        }
        tables_forget(s);
        if (rc == RC_OK)
                rc = drop_tables(s, err);
        if (rc == RC_OK)
                rc = tables_make(s, err);
        return rc == RC_OK ? keep_numbers(s, last, err) : rc;
}

static enum rc set_option(struct store *s, const struct table *t, const char *option, int value,
                          struct err *err)
{
        char sql[256];

        snprintf(sql, sizeof(sql), "INSERT INTO thing_%s_fts(thing_%s_fts, rank) VALUES('%s', %d)",
                 t->kind->name, t->kind->name, option, value);
        return sql_exec(s, sql, err);
}

/* One round of merging; *ret_more: it found work. */
static enum rc merge_some(struct store *s, const struct table *t, bool *ret_more, struct err *err)
{
        int before;
        enum rc rc = store_begin(s, err);

        if (rc != RC_OK)
                return rc;
        before = sqlite3_total_changes(s->db);
        rc = set_option(s, t, "merge", MERGE_PAGES, err);
        *ret_more = sqlite3_total_changes(s->db) - before >= 2;
        if (rc == RC_OK)
                rc = store_commit(s, err);
        store_rollback(s);
        return rc;
}

static enum rc end_of_table(struct store *s, struct table *t, struct err *err)
{
        bool more = true;
        enum rc rc = RC_OK;

        for (int i = 0; rc == RC_OK && more && i < MERGE_ROUNDS_MAX; i++)
                rc = merge_some(s, t, &more, err);
        if (rc == RC_OK)
                rc = set_option(s, t, "automerge", 4, err);
        t->merge_set = false;
        return rc;
}

enum rc things_bulk_end(struct store *s, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < s->table_count; i++)
                if (s->tables[i].merge_set && s->bulk)
                        rc = end_of_table(s, &s->tables[i], err);
        return rc;
}
