#include "unit/sheet.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/jsplit.h"
#include "base/mem.h"

static void note_row(void *ctx, const struct csv_import_row *row)
{
        struct sheet *t = ctx;
        str_addf(&t->told, "%zu %s %s %s: %s", row->number, csv_outcome_name(row->what), row->ref,
                 row->title, row->text);
        if (row->same_row)
                str_addf(&t->told, " (as row %zu)", row->same_row);
        str_add(&t->told, "\n");
}

void sheet_open(struct sheet *t)
{
        *t = (struct sheet){.o = {.name = "roster.csv", .kind = &kind_participant}};
        desk_start(&t->d);
        str_init(&t->told, 1 << 20);
        t->o.row = note_row;
        t->o.ctx = t;
}

void sheet_close(struct sheet *t)
{
        str_finish(&t->told);
        desk_stop(&t->d);
}

enum rc sheet_take(struct sheet *t, const char *text)
{
        struct jsplit_memory m = {.bytes = text, .len = strlen(text)};
        struct jsplit_source src = jsplit_from_memory(&m);
        CLEANUP(csv_import_cleanup) struct csv_import *im = NULL;
        enum rc rc;
        str_clear(&t->told);
        err_clear(&t->err);
        rc = csv_import_open(&t->d.ops, &src, &t->o, &im, &t->err);
        return rc == RC_OK ? csv_import_run(im, &t->result, &t->err) : rc;
}

void sheet_counts(struct sheet *t, const char *text, int64_t created, int64_t updated,
                  int64_t unchanged, int64_t refused)
{
        cr_assert_eq(sheet_take(t, text), RC_OK, "%s", t->err.text);
        cr_expect_eq(t->result.created, created, "%s", str_text(&t->told));
        cr_expect_eq(t->result.updated, updated, "%s", str_text(&t->told));
        cr_expect_eq(t->result.unchanged, unchanged, "%s", str_text(&t->told));
        cr_expect_eq(t->result.refused, refused, "%s", str_text(&t->told));
        cr_expect_eq(t->result.objects, created + updated + unchanged + refused);
}

void sheet_told(const struct sheet *t, const char *text)
{
        cr_expect_not_null(strstr(str_text(&t->told), text), "%s", str_text(&t->told));
}

const char *sheet_shows(struct sheet *t, const char *ref, const char *field, struct arena *a)
{
        const char *id = NULL;
        struct row row;
        struct err err = {0};
        cr_assert_eq(ops_resolve(&t->d.ops, ref, a, &id, &err), RC_OK, "%s", err.text);
        desk_row(&t->d, id, a, &row);
        const struct value *v = thing_value(&row.thing, field);
        return v->count ? value_join(v, " ", a) : v->text ? v->text : "";
}
