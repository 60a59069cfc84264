/*
 * The index of words of a kind: external content, so what was there must be told exactly to take it
 * out.
 */
#include <stdio.h>
#include <string.h>

#include "store_private.h"

#define AUTOMERGE        4  /* what FTS5 does by itself */
#define CRISIS_MERGE     32 /* segments that are merged at once, whoever waits */
#define HASH_BYTES_USUAL 1048576
#define HASH_BYTES_BULK  10485760 /* holds a batch of an import: one segment each in the index */

static enum rc set_option(struct store *s, const struct table *t, const char *option, int value,
                          struct err *err)
{
        char sql[256];

        snprintf(sql, sizeof(sql), "INSERT INTO %s_fts(%s_fts, rank) VALUES('%s', %d)", t->name,
                 t->name, option, value);
        return sql_exec(s, sql, err);
}

/* Merging comes last: where this is cut short, the next writer sees by it that it has to be done.
 */
enum rc fts_set_bulk(struct store *s, struct table *t, bool bulk, struct err *err)
{
        enum rc rc = set_option(s, t, "hashsize", bulk ? HASH_BYTES_BULK : HASH_BYTES_USUAL, err);

        if (rc == RC_OK)
                rc = set_option(s, t, "crisismerge", CRISIS_MERGE, err);
        return rc == RC_OK ? set_option(s, t, "automerge", bulk ? 0 : AUTOMERGE, err) : rc;
}

/*
 * Merging is put off in a bulk load that nobody waits beside; the setting is in the file, so a
 * writer takes it back that finds it left by a load that ended early.
 */
static enum rc settle_merge(struct store *s, struct table *t, struct err *err)
{
        char sql[128];
        int64_t have;
        bool bulk;
        enum rc rc;

        if (t->merge_set)
                return RC_OK;
        bulk = s->bulk && !store_console_present(s);
        snprintf(sql, sizeof(sql), "SELECT v FROM %s_fts_config WHERE k = 'automerge'", t->name);
        rc = sql_number(s, sql, NULL, AUTOMERGE, &have, err);
        if (rc == RC_OK && bulk != (have == 0))
                rc = fts_set_bulk(s, t, bulk, err);
        if (rc == RC_OK)
                t->merge_set = true;
        return rc;
}

static enum rc run(struct store *s, struct table *t, enum table_sql which, int64_t rid,
                   const struct fts_text *w, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = table_get(s, t, which, &stmt, err);

        if (rc != RC_OK)
                return rc;
        t->words_written++;
        sqlite3_bind_int64(stmt, 1, rid);
        for (int i = 0; i < t->searched_count; i++)
                sqlite3_bind_text(stmt, i + 2, w->text[i], -1, SQLITE_STATIC);
        return sql_finish(s, stmt, err);
}

enum rc fts_add(struct store *s, struct table *t, int64_t rid, const struct fts_text *w,
                struct err *err)
{
        enum rc rc;

        if (t->searched_count == 0)
                return RC_OK;
        rc = settle_merge(s, t, err);
        return rc == RC_OK ? run(s, t, TABLE_WORDS_ADD, rid, w, err) : rc;
}

enum rc fts_drop(struct store *s, struct table *t, int64_t rid, const struct fts_text *w,
                 struct err *err)
{
        return t->searched_count ? run(s, t, TABLE_WORDS_DROP, rid, w, err) : RC_OK;
}

enum rc fts_of_row(struct store *s, struct table *t, int64_t rid, struct arena *a,
                   struct fts_text *ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        *ret = (struct fts_text){0};
        if (t->searched_count == 0)
                return RC_OK;
        rc = table_get(s, t, TABLE_WORDS, &stmt, err);
        if (rc != RC_OK)
                return rc;
        sqlite3_bind_int64(stmt, 1, rid);
        rc = sql_step(s, stmt, err);
        if (rc != RC_OK)
                return rc == RC_NOTFOUND ? RC_OK : rc;
        for (int i = 0; i < t->searched_count; i++)
                ret->text[i] = sql_text(stmt, i, a);
        sqlite3_reset(stmt);
        return RC_OK;
}
