/*
 * The tables of the kinds, made from the kind tables: DDL, statements, and the fingerprint that
 * tells whether the file has the same. Per kind K:
 *
 *   thing_K       one row per thing, one column f_NAME per field: enumerations as rank, times as
 * milliseconds, sets joined by \x1f thing_K_item  (field, item, at, rid): members of sets, words
 * and references; at = the row's newest for references, else 0 thing_K_fts   words of the searched
 * columns, external content index thing_K_by_NAME (column, tie, flags) per sorted field thing_count
 * how many rows of a kind have which flags thing_reference what incidents and their parts name
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

/* To be raised where the readers of src/wire, or the fold, make something else of the same bytes:
 * then what is held is read again. */
#define READING "8"

static bool is_text(const struct field *f)
{
        return f->type != FIELD_ENUM && f->type != FIELD_TIME && f->type != FIELD_COUNT;
}

bool field_sorts_as_text(const struct field *f)
{
        return is_text(f);
}

static bool is_ref(const struct kind *kind, int field)
{
        return strcmp(kind->fields[field].name, "ref") == 0;
}

bool field_is_searched(const struct kind *kind, int field)
{
        return (kind->fields[field].flags & FIELD_SEARCH) && is_text(&kind->fields[field]);
}

bool field_has_items(const struct field *f)
{
        return field_is_set(f) || f->type == FIELD_WORD || f->type == FIELD_REF;
}

/* What people see of a reference is searched, not the one given. */
void column_of(const struct kind *kind, int field, char name[COLUMN_NAME])
{
        if (is_ref(kind, field))
                snprintf(name, COLUMN_NAME, "ref");
        else
                snprintf(name, COLUMN_NAME, "f_%s", kind->fields[field].name);
}

bool column_sorted(const struct kind *kind, int field, char name[COLUMN_NAME])
{
        const struct field *f = &kind->fields[field];

        if (!(f->flags & FIELD_SORT) && strcmp(f->name, kind->newest) != 0)
                return false;
        if (is_ref(kind, field))
                snprintf(name, COLUMN_NAME, "ref_key");
        else if (strcmp(f->name, kind->newest) == 0)
                snprintf(name, COLUMN_NAME, "newest");
        else
                snprintf(name, COLUMN_NAME, "f_%s", f->name);
        return true;
}

const char *column_tie(const struct kind *kind, int field)
{
        return is_text(&kind->fields[field]) ? "age" : "newest";
}

/* ---- DDL ------------------------------------------------------------------------------------- */

static void ddl_columns(const struct kind *kind, bool long_ones, struct str *out)
{
        for (size_t i = 0; i < kind->field_count; i++) {
                const struct field *f = &kind->fields[i];

                if ((f->type == FIELD_TEXT) != long_ones)
                        continue;
                str_addf(out, ", f_%s %s", f->name, is_text(f) ? "TEXT COLLATE NOCASE" : "INTEGER");
        }
}

static void ddl_table(const struct kind *kind, const char *set, struct str *out)
{
        str_addf(out,
                 "CREATE TABLE %s_%s(rid INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL "
                 "UNIQUE,"
                 " ref TEXT NOT NULL COLLATE NOCASE, ref_key TEXT NOT NULL COLLATE NOCASE,"
                 " ref_kind INTEGER NOT NULL, ref_no INTEGER, created_by TEXT,"
                 " created INTEGER NOT NULL, modified INTEGER NOT NULL, newest INTEGER NOT NULL,"
                 " age INTEGER NOT NULL, flags INTEGER NOT NULL, ours INTEGER NOT NULL,"
                 " bits INTEGER NOT NULL",
                 set, kind->name);
        ddl_columns(kind, false, out);
        ddl_columns(kind, true, out);
        str_add(out, ") STRICT;\n");
        str_addf(out,
                 "CREATE TABLE %s_%s_item(field INTEGER NOT NULL, item TEXT NOT NULL,"
                 " at INTEGER NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY(field, item, at, rid))"
                 " STRICT, WITHOUT ROWID;\n",
                 set, kind->name);
}

static void ddl_indexes(const struct kind *kind, const char *set, struct str *out)
{
        AUTO_FREE char *t = xasprintf("%s_%s", set, kind->name);
        char column[COLUMN_NAME];

        str_addf(out, "CREATE INDEX %s_by_newest ON %s(newest, flags);\n", t, t);
        for (size_t i = 0; i < kind->field_count; i++) {
                if (!column_sorted(kind, (int)i, column) || strcmp(column, "newest") == 0)
                        continue;
                str_addf(out, "CREATE INDEX %s_by_%s ON %s(%s, %s, flags);\n", t, column, t, column,
                         column_tie(kind, (int)i));
        }
        str_addf(out, "CREATE INDEX %s_shown ON %s(ref);\n", t, t);
        str_addf(out,
                 "CREATE INDEX %s_number ON %s(ref_no, created, id) WHERE ref_no IS NOT NULL;\n", t,
                 t);
        str_addf(out, "CREATE INDEX %s_unit ON %s(created_by) WHERE " IS_FOREIGN ";\n", t, t,
                 MARK_FOREIGN);
        str_addf(out, "CREATE INDEX %s_unresolved ON %s(id) WHERE bits & %d;\n", t, t,
                 BIT_UNRESOLVED);
}

void columns_searched(const struct kind *kind, struct str *out)
{
        char column[COLUMN_NAME];

        for (size_t i = 0; i < kind->field_count; i++) {
                if (!field_is_searched(kind, (int)i))
                        continue;
                column_of(kind, (int)i, column);
                str_addf(out, ", %s", column);
        }
}

/* It never reads its content by itself, so that of fresh tables can name the later one already. */
static void ddl_words(const struct kind *kind, const char *set, struct str *out)
{
        CLEANUP(str_finish) struct str columns = {0};

        str_init(&columns, SQL_BYTES_MAX);
        columns_searched(kind, &columns);
        if (columns.len)
                str_addf(out,
                         "CREATE VIRTUAL TABLE %s_%s_fts USING fts5(%s, content='" TABLES_SHOWN
                         "_%s', content_rowid='rid', columnsize=0, prefix='%d %d',"
                         " tokenize='%s %s %s');\n",
                         set, kind->name, str_text(&columns) + 2, kind->name, FTS_PREFIX_LEAST,
                         FTS_PREFIX_MOST, TOKENIZER, TOKENIZER_OPTIONS);
}

static void ddl_references(const char *set, struct str *out)
{
        str_addf(out,
                 "CREATE TABLE %s_reference(source TEXT NOT NULL, member TEXT NOT NULL,"
                 " target TEXT NOT NULL, place INTEGER NOT NULL,"
                 " PRIMARY KEY(source, member, target)) STRICT, WITHOUT ROWID;\n"
                 "CREATE INDEX %s_reference_target ON %s_reference(target);\n",
                 set, set, set);
}

static void ddl_all(const char *set, struct str *out)
{
        str_addf(out,
                 "CREATE TABLE %s_count(kind TEXT NOT NULL, flags INTEGER NOT NULL,"
                 " n INTEGER NOT NULL, PRIMARY KEY(kind, flags)) STRICT, WITHOUT ROWID;\n",
                 set);
        ddl_references(set, out);
        for (size_t i = 0; i < kind_count(); i++) {
                ddl_table(kind_at(i), set, out);
                ddl_indexes(kind_at(i), set, out);
                ddl_words(kind_at(i), set, out);
        }
}

/* Which values the numbers in columns and flags stand for. */
static void add_scales(struct str *out)
{
        for (size_t i = 0; i < kind_count(); i++) {
                const struct kind *kind = kind_at(i);

                for (size_t k = 0; k < kind->field_count; k++) {
                        const struct field *f = &kind->fields[k];

                        for (size_t r = 0; f->type == FIELD_ENUM && r < f->list->count; r++)
                                str_addf(out, "%s.%s %zu %s\n", kind->name, f->name, r,
                                         f->list->items[r].id);
                }
        }
}

static void fingerprint(char hex[HASH_TEXT])
{
        CLEANUP(str_finish) struct str ddl = {0};
        uint8_t hash[HASH_BYTES];
        struct crypt_hash h;

        str_init(&ddl, SQL_BYTES_MAX * 4);
        ddl_all(TABLES_SHOWN, &ddl);
        add_scales(&ddl);
        str_add(&ddl, READING);
        crypt_hash_init(&h);
        crypt_hash_add(&h, str_text(&ddl), ddl.len);
        crypt_hash_done(&h, hash);
        crypt_hex(hash, sizeof(hash), hex);
}

bool things_are_stale(struct store *s)
{
        AUTO_FREE char *have = meta_get(s, "things_format");
        char want[HASH_TEXT];

        fingerprint(want);
        return !have || strcmp(have, want) != 0;
}

enum rc tables_make(struct store *s, const char *set, struct err *err)
{
        CLEANUP(str_finish) struct str ddl = {0};

        str_init(&ddl, SQL_BYTES_MAX * 4);
        ddl_all(set, &ddl);
        return sql_exec(s, str_text(&ddl), err);
}

enum rc tables_stamp(struct store *s, struct err *err)
{
        char hex[HASH_TEXT];

        fingerprint(hex);
        return meta_set(s, "things_format", hex, err);
}
