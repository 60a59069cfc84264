/*
 * What surrounds a bulk load.
 */
#include <stdio.h>

#include "store_private.h"

#define MERGE_PAGES      500
#define MERGE_ROUNDS_MAX 400

static enum rc set_option(struct store *s, const struct table *t, const char *option, int value,
                          struct err *err)
{
        char sql[256];

        snprintf(sql, sizeof(sql), "INSERT INTO %s_fts(%s_fts, rank) VALUES('%s', %d)", t->name,
                 t->name, option, value);
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
