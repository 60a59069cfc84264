/*
 * The tables of the kinds, made from the kind tables: DDL, statements, and the fingerprint that
 * tells whether the file has the same. Per kind K:
 *
 *   thing_K       one row per thing, one column f_NAME per field: enumerations as rank, times as
 * milliseconds, sets joined by \x1f thing_K_item  (field, item, at, rid): members of sets, words
 * and references; at = the row's newest for references, else 0 thing_K_fts   words of the searched
 * columns, external content index thing_K_by_NAME (column, tie, flags) per sorted field thing_count
 * how many rows of a kind have which flags
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

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

static void ddl_table(const struct kind *kind, struct str *out)
{
        str_addf(out,
                 "CREATE TABLE thing_%s(rid INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL "
                 "UNIQUE,"
                 " ref TEXT NOT NULL COLLATE NOCASE, ref_key TEXT NOT NULL COLLATE NOCASE,"
                 " ref_kind INTEGER NOT NULL, ref_no INTEGER, created_by TEXT,"
                 " created INTEGER NOT NULL, modified INTEGER NOT NULL, newest INTEGER NOT NULL,"
                 " age INTEGER NOT NULL, flags INTEGER NOT NULL, ours INTEGER NOT NULL,"
                 " bits INTEGER NOT NULL",
                 kind->name);
        ddl_columns(kind, false, out);
        ddl_columns(kind, true, out);
        str_add(out, ") STRICT;\n");
        str_addf(out,
                 "CREATE TABLE thing_%s_item(field INTEGER NOT NULL, item TEXT NOT NULL,"
                 " at INTEGER NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY(field, item, at, rid))"
                 " STRICT, WITHOUT ROWID;\n",
                 kind->name);
}

static void ddl_indexes(const struct kind *kind, struct str *out)
{
        const char *k = kind->name;
        char column[COLUMN_NAME];

        str_addf(out, "CREATE INDEX thing_%s_by_newest ON thing_%s(newest, flags);\n", k, k);
        for (size_t i = 0; i < kind->field_count; i++) {
                if (!column_sorted(kind, (int)i, column) || strcmp(column, "newest") == 0)
                        continue;
                str_addf(out, "CREATE INDEX thing_%s_by_%s ON thing_%s(%s, %s, flags);\n", k,
                         column, k, column, column_tie(kind, (int)i));
        }
        str_addf(out, "CREATE INDEX thing_%s_shown ON thing_%s(ref);\n", k, k);
        str_addf(out,
                 "CREATE INDEX thing_%s_number ON thing_%s(ref_no, created, id)"
                 " WHERE ref_no IS NOT NULL;\n",
                 k, k);
        str_addf(out, "CREATE INDEX thing_%s_unit ON thing_%s(created_by) WHERE ref_kind = %d;\n",
                 k, k, REF_FOREIGN);
        str_addf(out, "CREATE INDEX thing_%s_unresolved ON thing_%s(id) WHERE bits & %d;\n", k, k,
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

static void ddl_words(const struct kind *kind, struct str *out)
{
        CLEANUP(str_finish) struct str columns;

        str_init(&columns, SQL_BYTES_MAX);
        columns_searched(kind, &columns);
        if (columns.len)
                str_addf(out,
                         "CREATE VIRTUAL TABLE thing_%s_fts USING fts5(%s, content='thing_%s',"
                         " content_rowid='rid', columnsize=0, prefix='2 3',"
                         " tokenize='unicode61 remove_diacritics 2');\n",
                         kind->name, str_text(&columns) + 2, kind->name);
}

static void ddl_all(struct str *out)
{
        str_add(out, "CREATE TABLE thing_count(kind TEXT NOT NULL, flags INTEGER NOT NULL,"
                     " n INTEGER NOT NULL, PRIMARY KEY(kind, flags)) STRICT, WITHOUT ROWID;\n");
        for (size_t i = 0; i < kind_count(); i++) {
                ddl_table(kind_at(i), out);
                ddl_indexes(kind_at(i), out);
                ddl_words(kind_at(i), out);
        }
}

static void fingerprint(const struct str *ddl, char hex[HASH_TEXT])
{
        uint8_t hash[HASH_BYTES];
        struct crypt_hash h;

        crypt_hash_init(&h);
        crypt_hash_add(&h, str_text(ddl), ddl->len);
        crypt_hash_done(&h, hash);
        crypt_hex(hash, sizeof(hash), hex);
}

bool things_are_stale(struct store *s)
{
        CLEANUP(str_finish) struct str ddl;
        AUTO_FREE char *have = meta_get(s, "things_format");
        char want[HASH_TEXT];

        str_init(&ddl, SQL_BYTES_MAX * 4);
        ddl_all(&ddl);
        fingerprint(&ddl, want);
        return !have || strcmp(have, want) != 0;
}

enum rc tables_make(struct store *s, struct err *err)
{
        CLEANUP(str_finish) struct str ddl;
        char hex[HASH_TEXT];
        enum rc rc;

        str_init(&ddl, SQL_BYTES_MAX * 4);
        ddl_all(&ddl);
        fingerprint(&ddl, hex);
        rc = sql_exec(s, str_text(&ddl), err);
        return rc == RC_OK ? meta_set(s, "things_format", hex, err) : rc;
}
