/*
 * Writing what a thing adds up to: row, items, words, counts and references, in the caller's
 * transaction.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "store_private.h"

/* The row as it was, what it will show, and who it is. */
struct change {
        struct table *t;
        const struct row *row;
        struct row old;
        bool has_old;
        int64_t rid;
        int64_t old_number; /* REF_NO that it had, 0 = none */
        struct fts_text old_words;
        struct shown shown;
};

static enum rc read_old(struct store *s, struct change *c, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        if (c->row->is_first)
                return RC_OK;
        rc = table_get(s, c->t, TABLE_BY_ID, &stmt, err);
        if (rc != RC_OK)
                return rc;
        sqlite3_bind_text(stmt, 1, c->row->thing.id, -1, SQLITE_STATIC);
        rc = sql_step(s, stmt, err);
        if (rc != RC_OK)
                return rc == RC_NOTFOUND ? RC_OK : rc;
        row_read(stmt, c->t, &s->scratch, &c->old);
        c->has_old = true;
        c->rid = c->old.rid;
        c->old_number = sqlite3_column_int64(stmt, COL_REF_NO);
        for (int i = 0; i < c->t->searched_count; i++) {
                int field = c->t->searched[i];

                c->old_words.text[i] = sql_text(
                        stmt, field == c->t->ref ? COL_REF : COL_FIRST_FIELD + field, &s->scratch);
        }
        sqlite3_reset(stmt);
        return RC_OK;
}

/* A thing keeps its row id in a rebuild, so that lists made before go on. 0: it had none. */
static enum rc find_rid(struct store *s, struct change *c, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        if (c->has_old || !c->t->keeps_rids)
                return RC_OK;
        rc = table_get(s, c->t, TABLE_RID, &stmt, err);
        if (rc != RC_OK)
                return rc;
        sqlite3_bind_text(stmt, 1, c->row->thing.id, -1, SQLITE_STATIC);
        rc = sql_step(s, stmt, err);
        if (rc != RC_OK)
                return rc == RC_NOTFOUND ? RC_OK : rc;
        c->rid = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return RC_OK;
}

static enum rc write_row(struct store *s, struct change *c, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = table_get(s, c->t, c->has_old ? TABLE_UPDATE : TABLE_INSERT, &stmt, err);

        if (rc != RC_OK)
                return rc;
        row_bind(stmt, c->t, c->row, &s->scratch);
        if (c->rid)
                sqlite3_bind_int64(stmt, COL_RID + 1, c->rid);
        else
                sqlite3_bind_null(stmt, COL_RID + 1);
        sqlite3_bind_text(stmt, COL_REF + 1, c->shown.ref, -1, SQLITE_STATIC);
        sqlite3_bind_text(stmt, COL_REF_KEY + 1, c->shown.key, -1, SQLITE_STATIC);
        sqlite3_bind_int(stmt, COL_REF_KIND + 1, c->shown.kind);
        if (c->shown.kind == REF_OWN)
                sqlite3_bind_int64(stmt, COL_REF_NO + 1, c->shown.number);
        else
                sqlite3_bind_null(stmt, COL_REF_NO + 1);
        rc = sql_finish(s, stmt, err);
        if (rc == RC_OK && !c->has_old)
                c->rid = sqlite3_last_insert_rowid(s->db);
        return rc;
}

/* ---- items ----------------------------------------------------------------------------------- */

/* A scalar word or reference is a set of one. */
static struct value as_items(const struct field *f, const struct value *v)
{
        if (field_is_set(f))
                return *v;
        if (!v->text || !*v->text)
                return (struct value){0};
        return (struct value){.items = &v->text, .count = 1};
}

static int64_t item_time(const struct field *f, const struct row *row)
{
        return f->type == FIELD_REFS || f->type == FIELD_REF ? row_newest(row) : 0;
}

static enum rc run_item(struct store *s, struct change *c, enum table_sql which, int field,
                        const char *item, int64_t at, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = table_get(s, c->t, which, &stmt, err);

        if (rc != RC_OK)
                return rc;
        sql_bind(stmt, "itii", (int64_t)field, item, at, c->rid);
        return sql_finish(s, stmt, err);
}

static enum rc write_field_items(struct store *s, struct change *c, int field, struct err *err)
{
        const struct field *f = &c->t->kind->fields[field];
        struct value now = as_items(f, &c->row->thing.values[field]), was = {0};
        int64_t now_at = item_time(f, c->row), was_at = now_at;
        enum rc rc = RC_OK;

        if (c->has_old) {
                was = as_items(f, &c->old.thing.values[field]);
                was_at = item_time(f, &c->old);
        }
        for (size_t i = 0; rc == RC_OK && i < was.count; i++)
                if (was_at != now_at || !value_has(&now, was.items[i]))
                        rc = run_item(s, c, TABLE_ITEM_DROP, field, was.items[i], was_at, err);
        for (size_t i = 0; rc == RC_OK && i < now.count; i++)
                if (was_at != now_at || !value_has(&was, now.items[i]))
                        rc = run_item(s, c, TABLE_ITEM_ADD, field, now.items[i], now_at, err);
        return rc;
}

static enum rc write_items(struct store *s, struct change *c, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < c->t->kind->field_count; i++)
                if (field_has_items(&c->t->kind->fields[i]))
                        rc = write_field_items(s, c, (int)i, err);
        return rc;
}

/* ---- words ----------------------------------------------------------------------------------- */

static void new_words(struct store *s, const struct change *c, struct fts_text *ret)
{
        *ret = (struct fts_text){0};
        for (int i = 0; i < c->t->searched_count; i++) {
                int field = c->t->searched[i];
                const struct value *v = &c->row->thing.values[field];

                if (field == c->t->ref)
                        ret->text[i] = c->shown.ref;
                else if (field_is_set(&c->t->kind->fields[field]))
                        ret->text[i] = items_join(v, &s->scratch);
                else
                        ret->text[i] = v->text && *v->text ? v->text : NULL;
        }
}

static bool words_equal(const struct fts_text *a, const struct fts_text *b, int count)
{
        for (int i = 0; i < count; i++) {
                if (!a->text[i] != !b->text[i])
                        return false;
                if (a->text[i] && strcmp(a->text[i], b->text[i]) != 0)
                        return false;
        }
        return true;
}

/* What the index must forget is told from the row as it was. */
static enum rc write_words(struct store *s, struct change *c, const struct fts_text *now,
                           struct err *err)
{
        enum rc rc = RC_OK;

        if (c->has_old && words_equal(&c->old_words, now, c->t->searched_count))
                return RC_OK;
        if (c->has_old)
                rc = fts_drop(s, c->t, c->rid, &c->old_words, err);
        return rc == RC_OK ? fts_add(s, c->t, c->rid, now, err) : rc;
}

/* ---- counts ---------------------------------------------------------------------------------- */

static enum rc add_count(struct store *s, const char *kind, int64_t flags, int64_t n,
                         struct err *err)
{
        char sql[160];

        snprintf(sql, sizeof(sql),
                 "INSERT INTO %s_count(kind, flags, n) VALUES(?1, ?2, ?3)"
                 " ON CONFLICT(kind, flags) DO UPDATE SET n = n + ?3",
                 s->tables_of);
        return sql_do(s, err, sql, "tii", kind, flags, n);
}

static enum rc write_counts(struct store *s, const struct change *c, struct err *err)
{
        const char *kind = c->t->kind->name;
        int64_t now = row_flags(c->row), was = c->has_old ? (int64_t)row_flags(&c->old) : -1;
        enum rc rc = RC_OK;

        if (now == was)
                return RC_OK;
        if (c->has_old)
                rc = add_count(s, kind, was, -1, err);
        return rc == RC_OK ? add_count(s, kind, now, 1, err) : rc;
}

/* ---- references ------------------------------------------------------------------------------ */

static enum rc settle_numbers(struct store *s, const struct change *c, struct err *err)
{
        int64_t now = c->shown.kind == REF_OWN ? c->shown.number : 0;
        enum rc rc = RC_OK;

        if (now)
                rc = ref_settle(s, c->t, now, err);
        if (rc == RC_OK && c->old_number && c->old_number != now)
                rc = ref_settle(s, c->t, c->old_number, err);
        return rc;
}

/* An identity may be the unit behind other things' references, and whose they are. */
static enum rc settle_unit(struct store *s, const struct change *c, struct err *err)
{
        const char *was = c->has_old ? thing_text(&c->old.thing, "name") : NULL;
        const char *now = thing_text(&c->row->thing, "name");

        if (c->row->is_fresh ||
            kind_of_type(c->row->thing.id, ident_type_len(c->row->thing.id)) != &kind_participant)
                return RC_OK;
        if (was && now ? strcmp(was, now) == 0 : was == now)
                return RC_OK;
        return ref_rename(s, c->row->thing.id, now, err);
}

/* The letter that the row shows now stays until ref_settle has looked at all that share the number.
 */
static void keep_letter(struct change *c)
{
        if (!c->has_old || c->shown.kind != REF_OWN || c->old_number != c->shown.number)
                return;
        snprintf(c->shown.ref, sizeof(c->shown.ref), "%s", c->old.ref);
        if (strlen(c->old.ref) > 0) {
                size_t end = strlen(c->shown.key);
                char last = c->old.ref[strlen(c->old.ref) - 1];

                if (last >= 'a' && last <= 'z' && end + 1 < sizeof(c->shown.key))
                        memcpy(c->shown.key + end, (char[2]){last, '\0'}, 2);
        }
}

static enum rc put(struct store *s, struct change *c, struct err *err)
{
        struct fts_text words;
        enum rc rc = read_old(s, c, err);

        if (rc == RC_OK)
                rc = find_rid(s, c, err);
        if (rc == RC_OK)
                rc = ref_decide(s, c->t, c->row, &c->shown, err);
        if (rc != RC_OK)
                return rc;
        keep_letter(c);
        new_words(s, c, &words);
        rc = write_row(s, c, err);
        if (rc == RC_OK)
                rc = write_words(s, c, &words, err);
        if (rc == RC_OK)
                rc = write_items(s, c, err);
        if (rc == RC_OK)
                rc = write_counts(s, c, err);
        if (rc == RC_OK)
                rc = settle_numbers(s, c, err);
        return rc == RC_OK ? settle_unit(s, c, err) : rc;
}

static enum rc take_out(struct store *s, struct change *c, struct err *err)
{
        enum rc rc = read_old(s, c, err);
        char sql[96];

        if (rc != RC_OK || !c->has_old)
                return rc;
        rc = fts_drop(s, c->t, c->rid, &c->old_words, err);
        if (rc == RC_OK)
                rc = write_items(s, c, err);
        if (rc == RC_OK)
                rc = add_count(s, c->t->kind->name, (int64_t)row_flags(&c->old), -1, err);
        snprintf(sql, sizeof(sql), "DELETE FROM %s WHERE rid = ?1", c->t->name);
        if (rc == RC_OK)
                rc = sql_do(s, err, sql, "i", c->rid);
        if (rc == RC_OK)
                flags_drop(c->t, c->rid);
        return rc;
}

enum rc thing_drop(struct store *s, const struct kind *kind, const char *id, struct err *err)
{
        struct row nothing = {0};
        struct change c = {.t = table_of(s, kind), .row = &nothing};

        thing_init(&nothing.thing, kind, id);
        if (!store_in_transaction(s))
                return err_set(err, RC_FAIL, "things are written in a transaction");
        arena_reset(&s->scratch);
        return take_out(s, &c, err);
}

/* What was a participant may turn out to be an expert: it has one row. */
static enum rc leave_others(struct store *s, const struct row *row, struct err *err)
{
        const char *id = row->thing.id;
        size_t len = ident_type_len(id);
        enum rc rc = RC_OK;

        for (const struct kind *k = kind_of_type(id, len); rc == RC_OK && k;
             k = kind_of_type_after(k, id, len))
                if (k != row->thing.kind)
                        rc = thing_drop(s, k, id, err);
        return rc;
}

enum rc thing_put(struct store *s, const struct row *row, int64_t *ret_rid, struct err *err)
{
        struct change c = {.t = table_of(s, row->thing.kind), .row = row};
        enum rc rc;

        if (!c.t)
                return err_set(err, RC_INVALID, "%s is of a kind without a table", row->thing.id);
        if (!store_in_transaction(s))
                return err_set(err, RC_FAIL, "things are written in a transaction");
        rc = row->is_first ? RC_OK : leave_others(s, row, err);
        if (rc != RC_OK)
                return rc;
        arena_reset(&s->scratch);
        rc = put(s, &c, err);
        if (rc == RC_OK)
                flags_note(c.t, c.rid, row_flags(row));
        if (rc == RC_OK && ret_rid)
                *ret_rid = c.rid;
        return rc;
}
