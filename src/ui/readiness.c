/*
 * Who is left, read on the screen: of all, or once what is under the cursor has been taken out.
 */
#include "ops/readiness.h"
#include "ops/find.h"
#include "report/readiness.h"
#include "report/report.h"
#include "ui/find.h"
#include "ui/pager.h"
#include "ui/thing_cmds.h"
#include "ui/things_view.h"

/* ---- what a line opens: the rows of those who have its word ------------------------------------
 */

struct places {
        struct pager_place *list;
        size_t count, room;
        struct arena *a;
};

static void add_place(void *ctx, size_t at, enum readiness_what what, const char *word)
{
        struct places *ps = ctx;
        const char *view = what == READINESS_CATEGORY ? "equipment" : "experts";
        const char *field = what == READINESS_LANGUAGE ? "lang" : readiness_what_name(what);
        ps->list = arena_grow(ps->a, ps->list, ps->count, &ps->room, sizeof(*ps->list));
        ps->list[ps->count++] = (struct pager_place){
                .at = at, .view = view, .filter = arena_printf(ps->a, "%s:%s", field, word)};
}

/* ---- showing -----------------------------------------------------------------------------------
 */

static void show_text(struct ui *ui, const char *title, enum tlp marking, const struct str *text,
                      const struct places *places)
{
        pager_open(ui, &(struct pager){.title = title,
                                       .tlp = (int)marking,
                                       .text = str_text(text),
                                       .is_marked = true,
                                       .file = "readiness.txt",
                                       .places = places->list,
                                       .place_count = places->count});
}

static enum rc show(struct ui *ui, const char *const *without, size_t count, const char *name,
                    struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str out = {0};
        struct ops *ops = ui_ops(ui);
        struct places places = {.a = &a};
        struct readiness_sum r;
        bool one = store_read_begin(ops->store);
        enum rc rc = ops_readiness(ops, without, count, &a, &r, err);
        if (one)
                store_read_end(ops->store);
        if (rc != RC_OK)
                return rc;
        str_init(&out, REPORT_BYTES_MAX);
        readiness_print_text(
                &(struct readiness_told){r.now_ms, &r.is, name, r.marking, ops->exercise},
                &(struct readiness_places){add_place, &places}, &out);
        show_text(ui, name ? arena_printf(&a, "Readiness without %s", name) : "Readiness",
                  r.marking, &out, &places);
        return RC_OK;
}

enum rc readiness_cmd_all(struct ui *ui, struct view *v, struct err *err)
{
        (void)v;
        return show(ui, NULL, 0, NULL, err);
}

enum rc readiness_cmd_without(struct ui *ui, struct view *v, struct err *err)
{
        const struct row *row = list_current(((struct list_view *)v->state)->list);
        const char *id;
        if (!row)
                return err_set(err, RC_NOTFOUND, "nothing is chosen");
        id = row->thing.id;
        return show(ui, &id, 1, row->ref, err);
}

enum rc readiness_cmd_second(struct ui *ui, struct view *v, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str out = {0};
        struct ops *ops = ui_ops(ui);
        struct places places = {.a = &a};
        struct second_sum s;
        struct row row;
        if (!thing_target(v, &a, &row))
                return err_set(err, RC_NOTFOUND, "nothing is chosen");
        bool one = store_read_begin(ops->store);
        enum rc rc = ops_readiness_second(ops, row.thing.id, NULL, 0, &a, &s, err);
        if (one)
                store_read_end(ops->store);
        if (rc != RC_OK)
                return rc;
        str_init(&out, REPORT_BYTES_MAX);
        second_print_text(&(struct second_told){.now_ms = s.now_ms,
                                                .ref = s.about->ref,
                                                .needs = find_needs_text(&s.needs, s.now_ms, &a),
                                                .second = &s.second,
                                                .marking = s.marking,
                                                .exercise = ops->exercise},
                          &(struct readiness_places){add_place, &places}, &out);
        show_text(ui, arena_printf(&a, "A second one like %s", s.about->ref), s.marking, &out,
                  &places);
        return RC_OK;
}
