/*
 * Which reference a thing shows. A given one of our unit as it is, with a letter where two things
 * were given the same; a given one of another unit behind that unit's short name; else a number of
 * this database only.
 */
#include <stdio.h>
#include <string.h>

#include "base/ident.h"
#include "base/text.h"
#include "store_private.h"

#define SHORT_COLUMNS 8
#define GIVEN_COLUMNS 24
#define GIVEN_MAX     256

/* Numbers with leading zeros, so that INC-10000 sorts behind INC-9999. */
static void make_key(const char *lead, const struct ref_parts *parts, const char *text,
                     struct shown *ret)
{
        if (parts)
                snprintf(ret->key, sizeof(ret->key), "%s%s%s-%012lld%c", lead, *lead ? " " : "",
                         parts->prefix, (long long)parts->number, parts->letter);
        else
                snprintf(ret->key, sizeof(ret->key), "%s%s%s", lead, *lead ? " " : "", text);
}

void ref_short_name(const char *name, char out[SHOWN_MAX])
{
        size_t len = 0;

        if (name) {
                name += strspn(name, " ");
                len = strcspn(name, " ,;:(/");
        }
        if (len == 0) {
                snprintf(out, SHOWN_MAX, "?");
                return;
        }
        AUTO_FREE char *word = xstrndup(name, len < 4 * SHORT_COLUMNS ? len : 4 * SHORT_COLUMNS);
        len = text_bytes_for(word, SHORT_COLUMNS);
        snprintf(out, SHOWN_MAX, "%.*s", (int)len, len ? word : "?");
}

static enum rc name_in(struct store *s, const struct kind *kind, const char *unit,
                       char out[SHOWN_MAX], struct err *err)
{
        char sql[128];
        sqlite3_stmt *stmt = NULL;
        enum rc rc;

        snprintf(sql, sizeof(sql), "SELECT f_name FROM %s WHERE id = ?1", table_of(s, kind)->name);
        rc = sql_first(s, &stmt, err, sql, "t", unit);
        if (rc != RC_OK)
                return rc;
        ref_short_name((const char *)sqlite3_column_text(stmt, 0), out);
        sqlite3_reset(stmt);
        return RC_OK;
}

/* Short name of a unit, from the identity with its id: mostly an organisation, but people and teams
 * publish, too. */
static enum rc unit_name(struct store *s, const char *unit, char out[SHOWN_MAX], struct err *err)
{
        size_t len = unit ? ident_type_len(unit) : 0;

        snprintf(out, SHOWN_MAX, "?");
        if (!unit || kind_of_type(unit, len) != &kind_participant)
                return RC_OK;
        for (const struct kind *k = &kind_participant; k; k = kind_of_type_after(k, unit, len)) {
                enum rc rc = name_in(s, k, unit, out, err);

                if (rc != RC_NOTFOUND)
                        return rc;
        }
        return RC_OK;
}

static void show_foreign(const char *unit, const char *given, struct shown *ret)
{
        char ref[SHOWN_MAX];
        struct ref_parts parts;
        bool usual = ref_parse(given, &parts);

        if (usual)
                ref_format(&parts, ref);
        else
                snprintf(ref, sizeof(ref), "%.*s", (int)text_bytes_for(given, GIVEN_COLUMNS),
                         given);
        ret->kind = REF_FOREIGN;
        snprintf(ret->ref, sizeof(ret->ref), "%.30s %.32s", unit, ref);
        make_key(unit, usual ? &parts : NULL, ref, ret);
}

static void show_own(const struct ref_parts *parts, struct shown *ret)
{
        ret->kind = REF_OWN;
        ret->number = parts->number;
        ref_format(parts, ret->ref);
        make_key("", parts, "", ret);
}

static enum rc show_local(struct store *s, const char *id, struct shown *ret, struct err *err)
{
        struct ref_parts parts = {.prefix = "X"};
        enum rc rc = sql_do(s, err, "INSERT OR IGNORE INTO local_ref(id) VALUES(?1)", "t", id);

        if (rc == RC_OK && sqlite3_changes(s->db))
                parts.number = sqlite3_last_insert_rowid(s->db);
        else if (rc == RC_OK)
                rc = sql_number(s, "SELECT number FROM local_ref WHERE id = ?1", id, 0,
                                &parts.number, err);
        if (rc != RC_OK)
                return rc;
        ret->kind = REF_LOCAL;
        ref_format(&parts, ret->ref);
        make_key("", &parts, "", ret);
        return RC_OK;
}

/* Entries of the log are told by their time: only a given reference is shown. */
static enum rc show_without(struct store *s, const struct row *row, struct shown *ret,
                            struct err *err)
{
        if (row->thing.kind != &kind_log)
                return show_local(s, row->thing.id, ret, err);
        *ret = (struct shown){.kind = REF_LOCAL};
        return RC_OK;
}

void ref_of_owner(const char *ref, struct shown *ret)
{
        struct ref_parts parts;

        snprintf(ret->ref, sizeof(ret->ref), "%s", ref ? ref : "");
        make_key("", ref_parse(ret->ref, &parts) ? &parts : NULL, ret->ref, ret);
}

enum rc ref_decide(struct store *s, struct table *t, const struct row *row, struct shown *ret,
                   struct err *err)
{
        const char *given = t->ref < 0 ? NULL : row->thing.values[t->ref].text;
        struct ref_parts parts;
        char unit[SHOWN_MAX];
        enum rc rc;

        *ret = (struct shown){.kind = REF_LOCAL};
        if (t->kind->derived) {
                ref_of_owner(row->ref, ret);
                return RC_OK;
        }
        if (!given || !*given)
                return show_without(s, row, ret, err);
        if (row->flags & MARK_FOREIGN) {
                rc = unit_name(s, row->thing.created_by, unit, err);
                if (rc == RC_OK)
                        show_foreign(unit, given, ret);
                return rc;
        }
        if (!ref_parse(given, &parts) || parts.letter || strcmp(parts.prefix, t->kind->prefix) != 0)
                return show_without(s, row, ret, err);
        show_own(&parts, ret);
        return RC_OK;
}

/* ---- changing what other rows show ------------------------------------------------------------
 */

static enum rc update_shown(struct store *s, struct table *t, int64_t rid,
                            const struct shown *shown, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = table_get(s, t, TABLE_SHOW, &stmt, err);

        if (rc != RC_OK)
                return rc;
        sqlite3_bind_int64(stmt, 1, rid);
        sqlite3_bind_text(stmt, 2, shown->ref, -1, SQLITE_STATIC);
        sqlite3_bind_text(stmt, 3, shown->key, -1, SQLITE_STATIC);
        rc = sql_finish(s, stmt, err);
        return rc == RC_OK && t->kind == &kind_incident ? clocks_show_ref(s, rid, shown->ref, err)
                                                        : rc;
}

static enum rc show_anew(struct store *s, struct table *t, int64_t rid, const struct shown *shown,
                         struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct fts_text words;
        enum rc rc = fts_of_row(s, t, rid, &a, &words, err);

        if (rc == RC_OK)
                rc = fts_drop(s, t, rid, &words, err);
        if (rc == RC_OK)
                rc = update_shown(s, t, rid, shown, err);
        for (int i = 0; i < t->searched_count; i++)
                if (t->searched[i] == t->ref)
                        words.text[i] = shown->ref;
        return rc == RC_OK ? fts_add(s, t, rid, &words, err) : rc;
}

/* Things that were given one number, in the order in which they keep it. */
struct same {
        int64_t rid;
        char ref[SHOWN_MAX];
};

static enum rc list_same(struct store *s, struct table *t, int64_t number, struct arena *a,
                         struct same **ret, size_t *ret_count, struct err *err)
{
        struct same *list = NULL;
        size_t count = 0, room = 0;
        sqlite3_stmt *stmt = NULL;
        enum rc rc = table_get(s, t, TABLE_SAME_REF, &stmt, err);

        if (rc != RC_OK)
                return rc;
        sqlite3_bind_int64(stmt, 1, number);
        while ((rc = sql_step(s, stmt, err)) == RC_OK) {
                list = arena_grow(a, list, count, &room, sizeof(*list));
                list[count].rid = sqlite3_column_int64(stmt, 0);
                snprintf(list[count++].ref, SHOWN_MAX, "%s",
                         (const char *)sqlite3_column_text(stmt, 1));
        }
        *ret = list;
        *ret_count = count;
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

enum rc ref_settle(struct store *s, struct table *t, int64_t number, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct ref_parts parts = {.number = number};
        struct same *list = NULL;
        size_t count = 0;
        enum rc rc = list_same(s, t, number, &a, &list, &count, err);

        snprintf(parts.prefix, sizeof(parts.prefix), "%s", t->kind->prefix);
        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                struct shown shown = {0};

                parts.letter = i == 0 ? '\0' : (char)('a' + (i < 25 ? i : 25));
                show_own(&parts, &shown);
                if (strcmp(shown.ref, list[i].ref) != 0)
                        rc = show_anew(s, t, list[i].rid, &shown, err);
        }
        return rc;
}

/* The next of a unit's things with a reference of its own; RC_NOTFOUND. */
static enum rc next_given(struct store *s, struct table *t, const char *unit, int64_t *rid,
                          char given[GIVEN_MAX], struct same *shows, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = table_get(s, t, TABLE_GIVEN_BY, &stmt, err);

        if (rc != RC_OK)
                return rc;
        sql_bind(stmt, "ti", unit, *rid);
        rc = sql_step(s, stmt, err);
        if (rc != RC_OK)
                return rc;
        *rid = sqlite3_column_int64(stmt, 0);
        snprintf(given, GIVEN_MAX, "%s", (const char *)sqlite3_column_text(stmt, 1));
        snprintf(shows->ref, sizeof(shows->ref), "%s", (const char *)sqlite3_column_text(stmt, 2));
        sqlite3_reset(stmt);
        return RC_OK;
}

static enum rc rename_in(struct store *s, struct table *t, const char *unit, const char *name,
                         struct err *err)
{
        char given[GIVEN_MAX];
        struct same shows = {0};
        int64_t rid = 0;
        enum rc rc;

        while ((rc = next_given(s, t, unit, &rid, given, &shows, err)) == RC_OK) {
                struct shown shown = {0};

                show_foreign(name, given, &shown);
                if (strcmp(shown.ref, shows.ref) != 0)
                        rc = show_anew(s, t, rid, &shown, err);
                if (rc != RC_OK)
                        return rc;
        }
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

static enum rc set_source(struct store *s, struct table *t, const char *unit, const char *name,
                          struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = table_get(s, t, TABLE_SOURCE, &stmt, err);

        if (rc != RC_OK)
                return rc;
        sql_bind(stmt, "tt", unit, name && *name ? name : NULL);
        return sql_finish(s, stmt, err);
}

enum rc ref_rename(struct store *s, const char *unit, const char *name, struct err *err)
{
        char short_name[SHOWN_MAX];
        enum rc rc = RC_OK;

        ref_short_name(name, short_name);
        for (size_t i = 0; rc == RC_OK && i < s->table_count; i++) {
                struct table *t = &s->tables[i];

                if (t->ref >= 0)
                        rc = rename_in(s, t, unit, short_name, err);
                if (rc == RC_OK && field_find(t->kind, "source"))
                        rc = set_source(s, t, unit, name, err);
        }
        return rc;
}

enum rc ref_next(struct store *s, const char *prefix, int64_t *ret_number, struct err *err)
{
        const struct kind *kind = kind_of_prefix(prefix);
        char sql[128];
        int64_t last;
        enum rc rc;

        if (!kind)
                return err_set(err, RC_INVALID, "no kind has the prefix %s", prefix);
        snprintf(sql, sizeof(sql), "SELECT max(ref_no) FROM %s WHERE ref_no IS NOT NULL",
                 table_of(s, kind)->name);
        rc = sql_number(s, sql, NULL, 0, &last, err);
        if (rc == RC_OK)
                *ret_number = last + 1;
        return rc;
}
