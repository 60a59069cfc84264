/*
 * The newest rows that have one of some words. What was found for a word is remembered until words
 * are written: things of one time share theirs, and FTS5, asked from the newest on, takes a page of
 * each of its segments apart for every word.
 */
#include "store/alike.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

#define WORD_BYTES_MAX 1000
#define WORDS_KNOWN    64
#define ROWS_KNOWN     16 /* of each; who wants more has them read */

struct known_word {
        char *word; /* NULL: none */
        int field;
        int64_t version, written;
        uint64_t asked; /* when last, in questions */
        int64_t rids[ROWS_KNOWN];
        size_t count;
};
struct known_words {
        struct known_word words[WORDS_KNOWN]; /* the one asked for longest ago makes room */
        uint64_t questions;
};

struct found_rows {
        int64_t *rids;
        size_t count, room;
};

static void add(struct found_rows *f, int64_t rid, struct arena *a)
{
        f->rids = arena_grow(a, f->rids, f->count, &f->room, sizeof(*f->rids));
        f->rids[f->count++] = rid;
}

/* ---- those found last ---- */

void found_words_forget(struct table *t)
{
        for (size_t i = 0; t->found && i < WORDS_KNOWN; i++)
                free(t->found->words[i].word);
        free(TAKE(t->found));
}

static const struct known_word *known(struct store *s, const struct table *t, int field,
                                      const char *word)
{
        for (size_t i = 0; t->found && i < WORDS_KNOWN; i++) {
                struct known_word *k = &t->found->words[i];

                if (k->word && k->field == field && k->written == t->words_written &&
                    strcmp(k->word, word) == 0 && k->version == store_data_version(s)) {
                        k->asked = ++t->found->questions;
                        return k;
                }
        }
        return NULL;
}

static struct known_word *longest_ago(struct known_words *all)
{
        struct known_word *k = &all->words[0];

        for (size_t i = 1; i < WORDS_KNOWN; i++)
                if (all->words[i].asked < k->asked)
                        k = &all->words[i];
        return k;
}

static void remember(struct store *s, struct table *t, int field, const char *word,
                     const int64_t *rids, size_t count)
{
        struct known_word *k;

        if (!t->found)
                t->found = xcalloc(1, sizeof(*t->found));
        k = longest_ago(t->found);
        free(k->word);
        *k = (struct known_word){.word = xstrdup(word),
                                 .field = field,
                                 .version = store_data_version(s),
                                 .written = t->words_written,
                                 .asked = ++t->found->questions,
                                 .count = count};
        memcpy(k->rids, rids, count * sizeof(*rids));
}

/* ---- looking ---- */

/* f_title : "gateways" */
static void match(int field, const struct kind *kind, const char *word, struct str *out)
{
        char column[COLUMN_NAME];

        column_of(kind, field, column);
        str_addf(out, "%s : \"", column);
        for (const char *p = word; *p; p++)
                str_addn(out, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
        str_addc(out, '"');
}

static enum rc look(struct store *s, struct table *t, int field, const char *word, size_t max,
                    struct arena *a, struct found_rows *f, struct err *err)
{
        CLEANUP(str_finish) struct str text = {0};
        size_t limit = max <= ROWS_KNOWN ? ROWS_KNOWN : max, before = f->count;
        sqlite3_stmt *stmt = NULL;
        char sql[256];
        enum rc rc;

        str_init(&text, WORD_BYTES_MAX);
        match(field, t->kind, word, &text);
        if (text.over)
                return err_set(err, RC_INVALID, "a word is too long");
        snprintf(sql, sizeof(sql),
                 "SELECT rowid FROM %s_fts WHERE %s_fts MATCH ?1 ORDER BY rowid DESC LIMIT ?2",
                 t->name, t->name);
        rc = sql_first(s, &stmt, err, sql, "ti", str_text(&text), (int64_t)limit);
        for (; rc == RC_OK; rc = sql_step(s, stmt, err))
                add(f, sqlite3_column_int64(stmt, 0), a);
        if (rc != RC_NOTFOUND)
                return rc;
        if (limit == ROWS_KNOWN)
                remember(s, t, field, word, f->rids + before, f->count - before);
        return RC_OK;
}

static int newest_first(const void *x, const void *y)
{
        int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

        return (a < b) - (a > b);
}

static size_t settle(struct found_rows *f, size_t max)
{
        size_t n = 0;

        if (f->count)
                qsort(f->rids, f->count, sizeof(*f->rids), newest_first);
        for (size_t i = 0; i < f->count && n < max; i++)
                if (!n || f->rids[n - 1] != f->rids[i])
                        f->rids[n++] = f->rids[i];
        return n;
}

enum rc things_with_words(struct store *s, const struct kind *kind, const char *field,
                          const char *const *words, size_t word_count, size_t max, struct arena *a,
                          int64_t **ret, size_t *ret_count, struct err *err)
{
        struct table *t = table_of(s, kind);
        int at = field_index(kind, field);
        struct found_rows f = {.count = 0};
        enum rc rc = RC_OK;

        if (!t || at < 0 || !field_is_searched(kind, at))
                return err_set(err, RC_INVALID, "no words of %s %s are looked for", kind->name,
                               field);
        for (size_t i = 0; rc == RC_OK && i < word_count; i++) {
                const struct known_word *k = max <= ROWS_KNOWN ? known(s, t, at, words[i]) : NULL;

                for (size_t n = 0; k && n < k->count; n++)
                        add(&f, k->rids[n], a);
                if (!k)
                        rc = look(s, t, at, words[i], max, a, &f, err);
        }
        if (rc != RC_OK)
                return rc;
        *ret_count = settle(&f, max);
        *ret = f.rids;
        return RC_OK;
}
