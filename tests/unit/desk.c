#include "desk.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crypt.h"
#include "base/file.h"
#include "base/ident.h"
#include "base/jsplit.h"
#include "model/words.h"
#include "ops/export.h"

static void must(enum rc rc, const struct err *err)
{
        cr_assert_eq(rc, RC_OK, "%s", err->text);
}

/* The lists that ship: a verb that can't be done with them can't be done at all. */
static struct words *load_words(void)
{
        const char *data = getenv("MUSTER_DATA");
        AUTO_FREE char *dir = file_join(data ? data : "data", "words");
        struct words *words = words_create();
        struct err err = {0};
        char **names = NULL;

        must(file_list(dir, ".json", &names, &err), &err);
        for (size_t i = 0; names[i]; i++) {
                AUTO_FREE char *path = file_join(dir, names[i]);
                AUTO_FREE char *bytes = NULL;
                size_t len = 0;

                must(file_read(path, WORDS_BYTES_MAX, &bytes, &len, &err), &err);
                must(words_add(words, bytes, len, &err), &err);
        }
        file_list_free(names);
        return words;
}

static void start(struct desk *d)
{
        struct err err = {0};

        *d = (struct desk){0};
        must(crypt_start(&err), &err);
        d->dir = xstrdup("/tmp/muster-desk-XXXXXX");
        cr_assert(mkdtemp(d->dir));
        d->path = xasprintf("%s/desk.db", d->dir);
        str_init(&d->findings, 64 * 1024);
        d->words = load_words();
}

static void open_as(struct desk *d, const char *operator, int mode)
{
        struct err err = {0};
        const char *who = operator;

        must(ops_open(&(struct ops_options){.path = d->path,
                                            .mode = mode,
                                            .operator= who,
                                            .role = "duty officer",
                                            .words = d->words},
                      &d->ops, &err),
             &err);
}

void desk_found(struct desk *d, const struct ops_unit *u)
{
        struct err err = {0};

        clock_fix(DESK_NOW);
        ident_seed(7);
        start(d);
        must(ops_init(d->path, u, &err), &err);
        open_as(d, "duarte", STORE_WRITE);
}

void desk_start(struct desk *d)
{
        desk_found(d, &(struct ops_unit){.name = "Test CSIRT", .ceiling = -1});
}

void desk_join(struct desk *d, struct desk *first, const char *operator)
{
        CLEANUP(str_finish) struct str file = {0};
        struct err err = {0};

        str_init(&file, 1 << 20);
        must(ops_unit_export(&first->ops, &file, &err), &err);
        start(d);
        must(ops_init(d->path,
                      &(struct ops_unit){.join_bytes = file.s,
                                         .join_len = file.len,
                                         .desk = "night",
                                         .ceiling = -1},
                      &err),
             &err);
        open_as(d, operator, STORE_WRITE);
}

void desk_reopen(struct desk *d, int mode)
{
        const char *who = d->ops.operator;

        ops_close(&d->ops);
        open_as(d, who, mode);
}

void desk_stop(struct desk *d)
{
        static const char *const ends[] = {"", "-wal", "-shm", ".key", ".console"};

        ops_close(&d->ops);
        for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
                AUTO_FREE char *name = xasprintf("%s%s", d->path, ends[i]);

                unlink(name);
        }
        rmdir(d->dir);
        words_destroy(d->words);
        str_finish(&d->findings);
        free(d->dir);
        free(d->path);
}

/* ---- doing -------------------------------------------------------------------------------------
 */

void desk_make(struct desk *d, const struct kind *kind, const struct ops_field *fields,
               size_t count, char id[STIX_ID_MAX])
{
        const struct ops_request r = {
                .verb = "open", .fields = fields, .field_count = count, .occurred_ms = CLOCK_NONE};
        struct err err = {0};

        must(ops_new(&d->ops, kind, &r, id, &err), &err);
}

void desk_make_of(struct desk *d, const struct kind *kind, char id[STIX_ID_MAX], ...)
{
        struct ops_field fields[KIND_FIELDS_MAX];
        size_t count = 0;
        const char *name;
        va_list args;

        va_start(args, id);
        while ((name = va_arg(args, const char *)))
                fields[count++] = (struct ops_field){name, va_arg(args, const char *)};
        va_end(args);
        desk_make(d, kind, fields, count, id);
}

void desk_new(struct desk *d, const char *title, const char *severity, char id[STIX_ID_MAX])
{
        desk_make_of(d, &kind_incident, id, "title", title, "severity", severity, NULL);
}

enum rc desk_try(struct desk *d, const char *id, const char *verb, const char *field,
                 const char *value, const char *reason, struct err *err)
{
        const struct ops_field one = {field, value};

        return ops_do(&d->ops, id,
                      &(struct ops_request){.verb = verb,
                                            .fields = &one,
                                            .field_count = field ? 1 : 0,
                                            .reason = reason,
                                            .text = field ? NULL : value,
                                            .occurred_ms = CLOCK_NONE},
                      err);
}

void desk_do(struct desk *d, const char *id, const char *verb, const char *field, const char *value)
{
        struct err err = {0};

        must(desk_try(d, id, verb, field, value, NULL, &err), &err);
}

void desk_move(struct desk *d, const char *id, const char *verb)
{
        struct err err = {0};

        cr_assert_eq(desk_try(d, id, verb, NULL, NULL, "as agreed", &err), RC_OK, "%s: %s", verb,
                     err.text);
}

static void note_finding(void *ctx, const char *sentence)
{
        struct desk *d = ctx;

        str_add(&d->findings, sentence);
        str_addc(&d->findings, '\n');
}

static enum rc import(struct desk *d, const char *text, bool dry_run, struct err *err)
{
        struct jsplit_memory m = {.bytes = text, .len = strlen(text)};
        struct jsplit_source src = jsplit_from_memory(&m);

        str_clear(&d->findings);
        return ops_import(
                &d->ops, &src,
                &(struct import_options){
                        .name = "test.json", .dry_run = dry_run, .finding = note_finding, .ctx = d},
                &d->result, err);
}

enum rc desk_import(struct desk *d, const char *text, struct err *err)
{
        return import(d, text, false, err);
}

enum rc desk_dry_run(struct desk *d, const char *text, struct err *err)
{
        return import(d, text, true, err);
}

static enum rc gather(void *ctx, const char *bytes, size_t len, struct err *err)
{
        (void)err;
        str_addn(ctx, bytes, len);
        return RC_OK;
}

char *desk_export(struct desk *d)
{
        CLEANUP(str_finish) struct str out = {0};
        struct export_result result;
        struct err err = {0};

        str_init(&out, 16 << 20);
        must(ops_export(&d->ops, &(struct export_options){.ceiling = -1}, gather, &out, &result,
                        &err),
             &err);
        return str_take(&out);
}

void desk_meet(struct desk *one, struct desk *other)
{
        AUTO_FREE char *a = desk_export(one), *b = desk_export(other);
        struct err err = {0};

        cr_assert_eq(desk_import(other, a, &err), RC_OK, "%s", err.text);
        cr_assert_eq(desk_import(one, b, &err), RC_OK, "%s", err.text);
}

/* ---- looking -----------------------------------------------------------------------------------
 */

void desk_row(struct desk *d, const char *id, struct arena *a, struct row *ret)
{
        struct err err = {0};

        must(thing_by_id(d->ops.store, id, a, ret, &err), &err);
}

const char *desk_shows(struct desk *d, const char *id, const char *field, struct arena *a)
{
        const struct field *f;
        struct row row;

        desk_row(d, id, a, &row);
        f = field_find(row.thing.kind, field);
        if (f && field_is_set(f))
                return value_join(thing_value(&row.thing, field), ",", a);
        return thing_text(&row.thing, field) ? thing_text(&row.thing, field) : "";
}

void desk_must_show(struct desk *d, const char *id, const char *field, const char *wanted)
{
        CLEANUP(arena_finish) struct arena a = {0};

        cr_assert_str_eq(desk_shows(d, id, field, &a), wanted, "%s", field);
}

char *desk_fold(struct desk *d, const char *id)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str out = {0};
        struct err err = {0};
        struct ops_view v;

        str_init(&out, 1 << 20);
        must(ops_view(&d->ops, id, CLOCK_NONE, &a, &v, &err), &err);
        fold_print(&v.folded, &out);
        return str_take(&out);
}

struct store_stats desk_stats(struct desk *d)
{
        struct store_stats stats;
        struct err err = {0};

        must(store_stats(d->ops.store, &stats, &err), &err);
        return stats;
}

char *foreign_incident(int number, int minute, const char *name, const char *more)
{
        return xasprintf(
                "{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":"
                "\"incident--00000000-0000-4000-8000-%012d\",\"created_by_ref\":\"" FOREIGN_UNIT
                "\",\"created\":\"2026-11-24T10:00:00.000Z\","
                "\"modified\":\"2026-11-24T10:%02d:00.000Z\",\"name\":\"%s\"%s}",
                number, minute, name, more);
}
