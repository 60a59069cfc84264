/*
 * Moving in a run: by rows, to what was looked for, to what is to be done.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/plan_words.h"
#include "ui/prompt.h"
#include "ui/run_view.h"

static struct run_view *state_of(const struct view *v)
{
        return v->state;
}

enum rc run_view_go_by(struct view *v, long by)
{
        struct run_view *st = state_of(v);
        if (st->in_pane) {
                long most = st->extent->rows - st->extent->window, to = st->skip + by;
                st->skip = (int)(to > most ? most : to);
                st->skip = st->skip < 0 ? 0 : st->skip;
                ui_dirty(v->ui);
                return RC_OK;
        }
        long last = (long)st->plan.count - 1, to = (long)st->cursor + by;
        run_view_move_to(v, (size_t)(to > last ? last : to < 0 ? 0 : to));
        return RC_OK;
}

#define MOVE(name, by)                                                                             \
        enum rc run_cmd_##name(struct ui *ui, struct view *v, struct err *err)                     \
        {                                                                                          \
                (void)ui, (void)err;                                                               \
                return run_view_go_by(v, by);                                                      \
        }
MOVE(down, 1)
MOVE(up, -1)
MOVE(page_down, state_of(v)->shape.plan.h - 2)
MOVE(page_up, 2 - state_of(v)->shape.plan.h)
MOVE(half_down, state_of(v)->shape.plan.h / 2)
MOVE(half_up, -state_of(v)->shape.plan.h / 2)
MOVE(first, -PLAN_ROWS_MAX)
MOVE(last, PLAN_ROWS_MAX)
#undef MOVE

static bool is_found(const struct run_view *st, size_t i, const char *folded)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct plan_row *row = &st->plan.rows[i];
        arena_init(&a);
        AUTO_FREE char *text = xasprintf("%s %s", row->number, plan_title(row, &a));
        AUTO_FREE char *title = text_fold(text);
        return strstr(title, folded) != NULL;
}

/* What is looked for, else what is to be done. */
static bool is_match(const struct run_view *st, size_t i, const char *folded)
{
        const struct plan_row *row = &st->plan.rows[i];
        if (*folded)
                return is_found(st, i, folded);
        return row->run_step && run_step_is_open(row->run_step);
}

static enum rc go_to_match(struct view *v, size_t by, struct err *err)
{
        const struct run_view *st = state_of(v);
        AUTO_FREE char *folded = text_fold(st->find);
        size_t count = st->plan.count;
        for (size_t n = 1; n <= count; n++) {
                size_t i = (st->cursor + n * by) % count;
                if (is_match(st, i, folded)) {
                        run_view_move_to(v, i);
                        return RC_OK;
                }
        }
        return err_set(err, RC_NOTFOUND, *folded ? "no step has %s" : "nothing is to be done%s",
                       st->find);
}

enum rc run_cmd_next(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        return go_to_match(v, 1, err);
}

enum rc run_cmd_previous(struct ui *ui, struct view *v, struct err *err)
{
        size_t count = state_of(v)->plan.count;
        (void)ui;
        return go_to_match(v, count ? count - 1 : 0, err);
}

static void finding(struct ui *ui, void *ctx, const char *text, char *ret_right, size_t right_size,
                    struct err *ret_error)
{
        struct view *v = ctx;
        struct run_view *st = state_of(v);
        AUTO_FREE char *folded = text_fold(text);
        size_t found = 0, first = st->plan.count;
        (void)ui, (void)ret_error;
        for (size_t i = 0; *folded && i < st->plan.count; i++)
                if (is_found(st, i, folded)) {
                        found++;
                        if (first == st->plan.count || (first < st->cursor && i >= st->cursor))
                                first = i;
                }
        snprintf(st->find, sizeof(st->find), "%s", text);
        snprintf(ret_right, right_size, "%zu of %zu", found, st->plan.count);
        if (first < st->plan.count)
                run_view_move_to(v, first);
}

static enum rc found(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct run_view *st = state_of(ctx);
        (void)ui, (void)err;
        snprintf(st->find, sizeof(st->find), "%s", text);
        return RC_OK;
}

enum rc run_cmd_find(struct ui *ui, struct view *v, struct err *err)
{
        (void)err;
        prompt_open(ui, &(struct prompt){
                                .sign = "/",
                                .hint = "words of a step, or its number; ] goes on to the next",
                                .history = "find-step",
                                .changed = finding,
                                .accept = found,
                                .ctx = v});
        return RC_OK;
}
