/*
 * The tables of the kinds as the connection knows them: their statements, written once from the
 * kind table.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

static const char *const column_names[COL_FIRST_FIELD] = {
        [COL_RID] = "rid",
        [COL_ID] = "id",
        [COL_REF] = "ref",
        [COL_REF_KEY] = "ref_key",
        [COL_REF_KIND] = "ref_kind",
        [COL_REF_NO] = "ref_no",
        [COL_CREATED_BY] = "created_by",
        [COL_CREATED] = "created",
        [COL_MODIFIED] = "modified",
        [COL_NEWEST] = "newest",
        [COL_AGE] = "age",
        [COL_FLAGS] = "flags",
        [COL_OURS] = "ours",
        [COL_BITS] = "bits",
};

/* Columns in the order of enum thing_column, then the fields in theirs. */
static void list_columns(const struct kind *kind, struct str *out)
{
        for (int i = 0; i < COL_FIRST_FIELD; i++)
                str_addf(out, "%s%s", i ? ", " : "", column_names[i]);
        for (size_t i = 0; i < kind->field_count; i++)
                str_addf(out, ", f_%s", kind->fields[i].name);
}

static void list_marks(size_t from, size_t to, struct str *out)
{
        for (size_t i = from; i <= to; i++)
                str_addf(out, "%s?%zu", i > from ? ", " : "", i);
}

static void write_insert(const struct table *t, struct str *out)
{
        const struct kind *kind = t->kind;

        str_addf(out, "INSERT INTO %s(", t->name);
        list_columns(kind, out);
        str_add(out, ") VALUES(");
        list_marks(1, COL_FIRST_FIELD + kind->field_count, out);
        str_add(out, ")");
}

static void write_update(const struct table *t, struct str *out)
{
        const struct kind *kind = t->kind;

        str_addf(out, "UPDATE %s SET ", t->name);
        for (size_t i = COL_REF; i < COL_FIRST_FIELD; i++)
                str_addf(out, "%s%s = ?%zu", i > COL_REF ? ", " : "", column_names[i], i + 1);
        for (size_t i = 0; i < kind->field_count; i++)
                str_addf(out, ", f_%s = ?%zu", kind->fields[i].name, COL_FIRST_FIELD + i + 1);
        str_add(out, " WHERE rid = ?1");
}

static void write_select(const struct table *t, const char *where, struct str *out)
{
        str_add(out, "SELECT ");
        list_columns(t->kind, out);
        str_addf(out, " FROM %s WHERE %s", t->name, where);
}

static void write_words(const struct table *t, enum table_sql which, struct str *out)
{
        CLEANUP(str_finish) struct str columns = {0};
        const char *k = t->name;

        if (t->searched_count == 0)
                return;
        str_init(&columns, SQL_BYTES_MAX);
        columns_searched(t->kind, &columns);
        if (which == TABLE_WORDS) {
                str_addf(out, "SELECT %s FROM %s WHERE rid = ?1", str_text(&columns) + 2, k);
                return;
        }
        str_addf(out, "INSERT INTO %s_fts(", k);
        if (which == TABLE_WORDS_DROP)
                str_addf(out, "%s_fts, ", k);
        str_addf(out, "rowid%s) VALUES(%s", str_text(&columns),
                 which == TABLE_WORDS_DROP ? "'delete', " : "");
        list_marks(1, 1 + (size_t)t->searched_count, out);
        str_add(out, ")");
}

static void write_small(const struct table *t, enum table_sql which, struct str *out)
{
        const char *k = t->name;

        if (which == TABLE_ITEM_ADD)
                str_addf(out,
                         "INSERT OR IGNORE INTO %s_item(field, item, at, rid)"
                         " VALUES(?1, ?2, ?3, ?4)",
                         k);
        else if (which == TABLE_ITEM_DROP)
                str_addf(out,
                         "DELETE FROM %s_item WHERE field = ?1 AND item = ?2 AND at = ?3"
                         " AND rid = ?4",
                         k);
        else if (which == TABLE_SHOW)
                str_addf(out, "UPDATE %s SET ref = ?2, ref_key = ?3 WHERE rid = ?1", k);
        else if (which == TABLE_SAME_REF)
                str_addf(out,
                         "SELECT rid, ref FROM %s WHERE ref_no = ?1 AND ref_no IS NOT NULL"
                         " ORDER BY created, id",
                         k);
        else if (which == TABLE_RID)
                str_addf(out,
                         "SELECT rid FROM " TABLES_SHOWN "_%s o WHERE id = ?1"
                         " AND NOT EXISTS (SELECT 1 FROM %s f WHERE f.rid = o.rid)",
                         t->kind->name, k);
        else if (which == TABLE_SOURCE)
                str_addf(out, "UPDATE %s SET f_source = ?2 WHERE created_by = ?1 AND " IS_FOREIGN,
                         k, MARK_FOREIGN);
        else
                str_addf(out,
                         "SELECT rid, %s, ref FROM %s WHERE created_by = ?1 AND " IS_FOREIGN
                         " AND ref_kind = %d AND rid > ?2 ORDER BY rid LIMIT 1",
                         t->ref < 0 ? "NULL" : "f_ref", k, MARK_FOREIGN, REF_FOREIGN);
}

static char *write_sql(const struct table *t, enum table_sql which)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, SQL_BYTES_MAX);
        switch (which) {
        case TABLE_BY_ID: write_select(t, "id = ?1", &out); break;
        case TABLE_BY_RID: write_select(t, "rid = ?1", &out); break;
        case TABLE_EXACT_REF: write_select(t, "ref = ?1 AND ref <> '' LIMIT ?2", &out); break;
        case TABLE_BEGINS_REF:
                write_select(t, "ref > ?1 AND ref < ?1 || char(1114111) ORDER BY ref LIMIT ?2",
                             &out);
                break;
        case TABLE_INSERT: write_insert(t, &out); break;
        case TABLE_UPDATE: write_update(t, &out); break;
        case TABLE_WORDS:
        case TABLE_WORDS_ADD:
        case TABLE_WORDS_DROP: write_words(t, which, &out); break;
        default: write_small(t, which, &out);
        }
        return str_take(&out);
}

static void table_init(struct table *t, const struct kind *kind, const char *set)
{
        t->kind = kind;
        snprintf(t->name, sizeof(t->name), "%s_%s", set, kind->name);
        t->ref = field_index(kind, "ref");
        for (size_t i = 0; i < kind->field_count; i++)
                if (field_is_searched(kind, (int)i))
                        t->searched[t->searched_count++] = (int)i;
        for (int i = 0; i < TABLE_SQLS; i++)
                t->sql[i] = write_sql(t, (enum table_sql)i);
}

enum rc table_get(struct store *s, struct table *t, enum table_sql which, sqlite3_stmt **ret,
                  struct err *err)
{
        enum rc rc = RC_OK;

        if (!t->stmt[which])
                rc = sql_prepare(s, t->sql[which], &t->stmt[which], err);
        if (rc == RC_OK)
                *ret = t->stmt[which];
        return rc;
}

struct table *table_of(struct store *s, const struct kind *kind)
{
        for (size_t i = 0; i < s->table_count; i++)
                if (s->tables[i].kind == kind)
                        return &s->tables[i];
        return NULL;
}

static void forget_rows(struct table *t)
{
        flags_forget(t);
        tokens_forget(t);
        found_words_forget(t);
        counts_forget(t);
        order_drop(TAKE(t->order));
        t->has_vocabulary = false;
}

static void table_finish(struct table *t)
{
        forget_rows(t);
        for (int i = 0; i < TABLE_SQLS; i++) {
                sqlite3_finalize(t->stmt[i]);
                free(t->sql[i]);
        }
}

static void set_destroy(struct table *tables, size_t count)
{
        for (size_t i = 0; tables && i < count; i++)
                table_finish(&tables[i]);
        free(tables);
}

void tables_close(struct store *s)
{
        set_destroy(TAKE(s->tables), s->table_count);
        set_destroy(TAKE(s->tables_aside), s->table_count);
        s->table_count = 0;
}

static struct table *set_create(struct store *s, const char *set)
{
        struct table *tables = xcalloc(s->table_count, sizeof(*tables));

        for (size_t i = 0; i < s->table_count; i++)
                table_init(&tables[i], kind_at(i), set);
        return tables;
}

void tables_forget(struct store *s)
{
        for (size_t i = 0; s->tables && i < s->table_count; i++) {
                forget_rows(&s->tables[i]);
                if (s->tables_aside)
                        forget_rows(&s->tables_aside[i]);
        }
}

void tables_turn(struct store *s, const char *set)
{
        struct table *aside = s->tables_aside;

        if (strcmp(s->tables_of, set) == 0)
                return;
        s->tables_aside = s->tables;
        s->tables = aside ? aside : set_create(s, set);
        s->tables_of = set;
        tables_forget(s);
}

static enum rc make_first(struct store *s, struct err *err)
{
        AUTO_FREE char *have = NULL;
        enum rc rc = store_begin(s, err);

        if (rc != RC_OK)
                return rc;
        have = meta_get(s, "things_format");
        if (!have)
                rc = tables_make(s, TABLES_SHOWN, err);
        if (rc == RC_OK && !have)
                rc = tables_stamp(s, err);
        if (rc == RC_OK)
                rc = store_commit(s, err);
        store_rollback(s);
        return rc;
}

enum rc tables_open(struct store *s, struct err *err)
{
        AUTO_FREE char *have = meta_get(s, "things_format");

        s->table_count = kind_count();
        s->tables_of = TABLES_SHOWN;
        s->tables = set_create(s, TABLES_SHOWN);
        return have || s->readonly ? RC_OK : make_first(s, err);
}
