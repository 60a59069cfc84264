#include "store_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <sqlite3.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"
#include "model/words.h"

void file_setup(struct file *f)
{
        const char *tmp = getenv("TMPDIR");

        *f = (struct file){0};
        MUST(crypt_start(err));
        clock_fix(1764000000000);
        snprintf(f->dir, sizeof(f->dir), "%s/store.XXXXXX", tmp && strlen(tmp) < 40 ? tmp : "/tmp");
        cr_assert_not_null(mkdtemp(f->dir));
        snprintf(f->path, sizeof(f->path), "%s/muster.db", f->dir);
        MUST(store_open(f->path, STORE_WRITE | STORE_CREATE, &f->s, err));
}

void file_teardown(struct file *f)
{
        char **names = NULL;

        store_close(f->s);
        arena_finish(&f->a);
        MUST(file_list(f->dir, "", &names, err));
        for (size_t i = 0; names[i]; i++) {
                AUTO_FREE char *path = file_join(f->dir, names[i]);

                unlink(path);
        }
        file_list_free(names);
        rmdir(f->dir);
}

void file_reopen(struct file *f, int mode)
{
        store_close(f->s);
        f->s = NULL;
        MUST(store_open(f->path, mode, &f->s, err));
}

static sqlite3 *beside(struct file *f)
{
        sqlite3 *db = NULL;

        cr_assert_eq(sqlite3_open(f->path, &db), SQLITE_OK);
        return db;
}

void file_tamper(struct file *f, const char *sql)
{
        sqlite3 *db = beside(f);

        cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "%s: %s", sql,
                     sqlite3_errmsg(db));
        sqlite3_close(db);
}

int64_t file_number(struct file *f, const char *sql)
{
        sqlite3 *db = beside(f);
        sqlite3_stmt *stmt = NULL;
        int64_t n;

        cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s", sql);
        cr_assert_eq(sqlite3_step(stmt), SQLITE_ROW, "%s", sql);
        n = sqlite3_column_int64(stmt, 0);
        sqlite3_finalize(stmt);
        sqlite3_close(db);
        return n;
}

void work_begin(struct file *f)
{
        MUST(store_begin(f->s, err));
        MUST(journal_next_seq(f->s, &f->seq, err));
}

void work_end(struct file *f)
{
        const struct journal_entry e = {
                .seq = f->seq, .at_ms = clock_now_ms(), .op = "test", .operator= "duarte" };

        MUST(journal_append(f->s, &e, err));
        MUST(store_commit(f->s, err));
}

struct version_put put_version(struct file *f, const char *id, int64_t modified_ns,
                               const char *bytes)
{
        struct version_put put = {0};
        const struct version v = {.id = id,
                                  .modified_ns = modified_ns,
                                  .bytes = bytes,
                                  .len = strlen(bytes),
                                  .received_ms = clock_now_ms(),
                                  .seq = f->seq};

        MUST(version_put(f->s, &v, &put, err));
        return put;
}

static void set_pair(struct file *f, struct thing *t, const char *pair)
{
        size_t len = strcspn(pair, "=");
        char *name = arena_strndup(&f->a, pair, len), *value = arena_strdup(&f->a, pair + len + 1);
        const struct field *field = field_find(t->kind, name);
        const char *items[16];
        size_t count = 0;

        cr_assert_not_null(field, "%s", name);
        if (!field_is_set(field)) {
                thing_set(t, name, value);
                return;
        }
        for (char *p = value; *p && count < 16;) {
                size_t n = strcspn(p, ",");

                items[count++] = arena_strndup(&f->a, p, n);
                p += n + (p[n] == ',');
        }
        thing_set_items(t, name, items, count, &f->a);
}

struct row make_row(struct file *f, const struct kind *kind, const char *id,
                    const char *const *pairs)
{
        struct row row = {0};

        thing_init(&row.thing, kind, arena_strdup(&f->a, id));
        row.thing.created_by = UNIT;
        row.thing.created_ms = 1000;
        for (; pairs && *pairs; pairs++)
                set_pair(f, &row.thing, *pairs);
        return row;
}

int64_t put_row(struct file *f, const struct row *row)
{
        int64_t rid = 0;

        MUST(thing_put(f->s, row, &rid, err));
        return rid;
}

const char *numbered_id(struct file *f, const char *type, int n)
{
        return arena_printf(&f->a, "%s--00000000-0000-4000-8000-%012d", type, n);
}

const char *ref_of(struct file *f, const char *id)
{
        struct row row = {0};

        MUST(thing_by_id(f->s, id, &f->a, &row, err));
        return row.ref;
}

static struct words *few_words(void)
{
        static const char states[] =
                "{\"name\":\"state\",\"title\":\"t\",\"version\":\"1\","
                "\"source\":\"s\",\"words\":[{\"id\":\"DE\",\"label\":\"DE\"},"
                "{\"id\":\"FR\",\"label\":\"FR\"},{\"id\":\"IT\",\"label\":\"IT\"}]}";
        static const char classes[] =
                "{\"name\":\"rsit-class\",\"title\":\"t\",\"version\":\"1\","
                "\"source\":\"s\",\"words\":[{\"id\":\"fraud\",\"label\":\"Fraud\"},"
                "{\"id\":\"test\",\"label\":\"Test\"}]}";
        struct words *w = words_create();

        MUST(words_add(w, states, sizeof(states) - 1, err));
        MUST(words_add(w, classes, sizeof(classes) - 1, err));
        return w;
}

struct filter make_filter(struct file *f, const struct kind *kind, const char *line)
{
        CLEANUP(words_cleanup) struct words *words = few_words();
        const struct filter_context ctx = {
                .kind = kind, .values = {.words = words, .now_ms = clock_now_ms(), .me = "duarte"}};
        struct filter filter;
        struct err why = {0};

        cr_assert_eq(filter_read(line, &ctx, &f->a, &filter, NULL, &why), RC_OK, "%s: %s", line,
                     why.text);
        return filter;
}

const char *matches(struct file *f, const struct kind *kind, const char *line)
{
        const struct filter filter = make_filter(f, kind, line);
        CLEANUP(str_finish) struct str out = {0};
        struct query *q = NULL;

        str_init(&out, 1024 * 1024);
        MUST(query_open(f->s, &filter, NULL, 0, &q, err));
        MUST(query_run(q, SIZE_MAX, err));
        cr_assert(query_is_done(q));
        for (size_t i = 0; i < query_known(q); i++) {
                struct row row = {0};

                MUST(thing_by_rid(f->s, kind, query_rid(q, i), &f->a, &row, err));
                str_add_sep(&out, " ", row.thing.id + strlen(row.thing.id) - 2);
        }
        query_close(q);
        return arena_strdup(&f->a, str_text(&out));
}
