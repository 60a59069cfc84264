/*
 * A run, a face of view 7: see ui/run_view.h.
 */
#include "ui/view.h"

#include <stdlib.h>
#include <string.h>

#include "ui/run_view.h"
#include "ui_private.h"

#define MINUTE_MS 60000

static struct run_view *state_of(const struct view *v)
{
        return v->state;
}

/* ---- life ------------------------------------------------------------------------------------ */

static enum rc view_open(struct view *v, struct err *err)
{
        struct run_view *st = state_of(v);
        (void)err;
        st->extent = xcalloc(1, sizeof(*st->extent));
        arena_init(&st->arena);
        arena_init(&st->pane_arena);
        arena_init(&st->book_arena);
        return RC_OK;
}

static enum rc view_load(struct view *v, struct err *err)
{
        struct run_view *st = state_of(v);
        bool changed = false;
        v->stale = 0;
        if (!st->run || ops_run_is_dry(st->run))
                return RC_OK;
        enum rc rc = ops_run_refresh(st->run, &changed, err);
        if (rc != RC_OK || changed)
                run_view_plan(v, true);
        return rc;
}

static enum rc view_settle(struct view *v, struct err *err)
{
        struct run_view *st = state_of(v);
        int64_t now = ui_now_ms(v->ui);
        (void)err;
        run_view_news(v);
        if (!st->pane_is_read || st->pane_of != st->cursor || now / MINUTE_MS != st->pane_ms) {
                arena_finish(&st->pane_arena);
                arena_init(&st->pane_arena);
                step_pane_read(run_view_run(st), run_view_row(st), now, &st->pane_arena, &st->pane);
                st->pane_of = st->cursor;
                st->pane_ms = now / MINUTE_MS;
                st->pane_is_read = true;
        }
        st->shape = run_shape_of(v, ui_view_rect(v->ui));
        struct plan_picture p = run_view_picture(v);
        st->top = plan_top(&p, st->shape.plan.h);
        return RC_OK;
}

static void view_close(struct view *v)
{
        struct run_view *st = state_of(v);
        run_view_drop(st);
        free(st->extent);
}

static bool view_back(struct view *v)
{
        struct run_view *st = state_of(v);
        if (st->in_pane) {
                st->in_pane = false;
                return true;
        }
        if (st->find[0]) {
                st->find[0] = '\0';
                return true;
        }
        ui_go(v->ui, run_view_is_dry(st) ? v->ops->under : "runs", NULL);
        return true;
}

static const char *view_current(const struct view *v, const char **ret_ref)
{
        const struct run_view *st = state_of(v);
        const struct row *row = st->run && !ops_run_is_dry(st->run) ? ops_run_row(st->run) : NULL;
        *ret_ref = row ? row->ref : NULL;
        return row ? row->thing.id : NULL;
}

static bool view_show(struct view *v, const char *id)
{
        return run_view_open(v->ui, id, NULL) == RC_OK;
}

/* ---- panes ----------------------------------------------------------------------------------- */

static bool has_rows(const struct ui *ui, const struct view *v)
{
        (void)ui;
        return state_of(v)->plan.count > 0;
}

static enum rc enter(struct ui *ui, struct view *v, struct err *err)
{
        struct run_view *st = state_of(v);
        const struct plan_row *row = run_view_row(st);
        (void)err;
        if (row && row->kind == PLAN_GOTO && row->to < st->plan.count) {
                run_view_move_to(v, row->to);
                return RC_OK;
        }
        st->in_pane = true;
        ui_dirty(ui);
        return RC_OK;
}

static enum rc turn_pane(struct ui *ui, struct view *v, struct err *err)
{
        struct run_view *st = state_of(v);
        (void)err;
        st->in_pane = !st->in_pane;
        ui_dirty(ui);
        return RC_OK;
}

static bool view_mouse(struct view *v, int x, int y, struct rect r, int button, bool twice)
{
        struct run_view *st = state_of(v);
        const struct run_shape *s = &st->shape;
        bool on_pane = s->pane.h && x >= s->pane.x && y >= s->pane.y && y < s->pane.y + s->pane.h;
        (void)r;
        if (button == MOUSE_WHEEL_UP || button == MOUSE_WHEEL_DOWN) {
                bool was = st->in_pane;
                st->in_pane = was || on_pane;
                run_view_go_by(v, button == MOUSE_WHEEL_UP ? -3 : 3);
                st->in_pane = was;
                return true;
        }
        struct plan_picture p = run_view_picture(v);
        size_t row = plan_row_at(&p, y, s->plan);
        if (on_pane || (st->in_pane && !s->beside) || row >= st->plan.count)
                return false;
        st->in_pane = false;
        run_view_move_to(v, row);
        if (twice)
                enter(v->ui, v, NULL);
        return true;
}

/* ---- what can be done ------------------------------------------------------------------------ */

/* A step of a run that goes on. */
static bool is_on(const struct ui *ui, const struct view *v)
{
        const struct run *run = run_view_run(state_of(v));
        (void)ui;
        return run && run->state == RUN_IS_ON;
}

static bool on_step(const struct ui *ui, const struct view *v)
{
        const struct plan_row *row = run_view_row(state_of(v));
        return is_on(ui, v) && row && row->kind == PLAN_STEP;
}

static bool is_open(const struct ui *ui, const struct view *v)
{
        const struct plan_row *row = run_view_row(state_of(v));
        return on_step(ui, v) && row->run_step && run_step_is_open(row->run_step);
}

static bool can_complete(const struct ui *ui, const struct view *v)
{
        return is_open(ui, v) && run_view_row(state_of(v))->run_step->state == STEP_IS_NOW;
}

/* What one person wants left out, or has done, waits for the second. */
static bool can_leave_out(const struct ui *ui, const struct view *v)
{
        return is_open(ui, v) && !run_step_to_sign(run_view_row(state_of(v))->run_step);
}

static bool can_sign(const struct ui *ui, const struct view *v)
{
        return on_step(ui, v) && run_view_row(state_of(v))->state == STEP_IS_TO_SIGN;
}

static bool has_run(const struct ui *ui, const struct view *v)
{
        (void)ui;
        return run_view_run(state_of(v)) != NULL;
}

static bool is_real(const struct ui *ui, const struct view *v)
{
        return has_run(ui, v) && !run_view_is_dry(state_of(v));
}

static bool can_start(const struct ui *ui, const struct view *v)
{
        return has_run(ui, v) && run_view_is_dry(state_of(v));
}

static bool has_dispute(const struct ui *ui, const struct view *v)
{
        const struct plan_row *row = run_view_row(state_of(v));
        return is_real(ui, v) && row && row->run_step && row->run_step->conflicts;
}

static bool has_newer(const struct ui *ui, const struct view *v)
{
        return is_real(ui, v) && ops_run_newer(state_of(v)->run);
}

static bool has_command(const struct ui *ui, const struct view *v)
{
        (void)ui;
        return state_of(v)->pane.copy_count > 0;
}

static bool has_about(const struct ui *ui, const struct view *v)
{
        (void)ui;
        return state_of(v)->has_about;
}

#define W  (CMD_WRITES)
#define WF (CMD_WRITES | CMD_FOOT)
#define F  (CMD_FOOT)

static const struct cmd cmds[] = {
        {"run.start", "start", "Start it: from now on everything is written", WF, can_start,
         run_cmd_start, NULL},
        {"run.open-step", "open", "Read the step in full", F, has_rows, enter, NULL},
        {"run.complete", "complete", "The step is done; with a note, or without", WF, can_complete,
         run_cmd_complete, "done finish check"},
        {"run.sign", "sign", "Sign the step as its second person", WF, can_sign, run_cmd_sign,
         NULL},
        {"run.fail", "failed", "The step was tried and did not work", WF, can_complete,
         run_cmd_fail, NULL},
        {"run.skip", "skip", "Leave the step out, with a reason", WF, can_leave_out, run_cmd_skip,
         NULL},
        {"run.owner", "owner", "Say who is to do the step", WF, on_step, run_cmd_owner, "assign"},
        {"run.evidence", "evidence", "Keep evidence: a text, a reference, a file by name and hash",
         WF, on_step, run_cmd_evidence, "attach file"},
        {"run.note", "note", "Write a note to the step", WF, on_step, run_cmd_note, "comment"},
        {"run.due", "due", "Say until when the step is to be done", WF, on_step, run_cmd_due,
         "deadline"},
        {"run.not-applicable", "not applicable", "There is nothing to do in this step here", WF,
         can_leave_out, run_cmd_not_applicable, NULL},
        {"run.pause", "pause", "Pause the run over a shift, or go on with it", WF, is_on,
         run_cmd_pause, NULL},
        {"run.hand-over", "hand over", "Hand the run, and what you have open in it, to another", WF,
         is_on, run_cmd_hand_over, NULL},
        {"run.differences", "differences", "What a newer version of its playbook would change", F,
         has_newer, run_cmd_differences, NULL},
        {"run.report", "times", "How long it took, the slowest steps first", F, has_run,
         run_cmd_report, NULL},
        {"run.menu", "menu", "What else can be done to the run, by letter", WF, has_run,
         run_cmd_menu, NULL},
        {"run.copy-command", "copy command", "Copy the step's command; it is never run from here",
         0, has_command, run_cmd_copy, NULL},
        {"run.settle", "settle", "Two answers contradict each other: what holds, holds", W,
         has_dispute, run_cmd_settle, NULL},
        {"run.cancel", "cancel", "End the run before its end, with a reason", W, is_on,
         run_cmd_cancel, "abort stop"},
        {"run.move", "newer version", "Go over to the newer version of its playbook", W, has_newer,
         run_cmd_move, NULL},
        {"run.incident", "incident", "Go to the incident that it is for", 0, has_about,
         run_cmd_incident, NULL},
        {"run.find", "find", "Find a step by its words or number", F, has_rows, run_cmd_find,
         "search filter"},
        {"run.next", "next", "Next match; without one, the next step to be done", 0, has_rows,
         run_cmd_next, NULL},
        {"run.previous", "previous", "Previous match; without one, the step to be done before", 0,
         has_rows, run_cmd_previous, NULL},
        {"run.pane", "pane", "Switch between plan and step", 0, has_rows, turn_pane, NULL},
        {"run.down", "down", "One row down", 0, NULL, run_cmd_down, NULL},
        {"run.up", "up", "One row up", 0, NULL, run_cmd_up, NULL},
        {"run.page-down", "page down", "One page down", 0, NULL, run_cmd_page_down, NULL},
        {"run.page-up", "page up", "One page up", 0, NULL, run_cmd_page_up, NULL},
        {"run.half-down", "half down", "Half a page down", 0, NULL, run_cmd_half_down, NULL},
        {"run.half-up", "half up", "Half a page up", 0, NULL, run_cmd_half_up, NULL},
        {"run.first", "first", "To the first row", 0, NULL, run_cmd_first, NULL},
        {"run.last", "last", "To the last row", 0, NULL, run_cmd_last, NULL},
};

static const struct key keys[] = {
        {"p", "run.start"},
        {"Enter", "run.open-step"},
        {"x", "run.complete"},
        {"S", "run.sign"},
        {"f", "run.fail"},
        {"s", "run.skip"},
        {"N", "run.not-applicable"},
        {"o", "run.owner"},
        {"n", "run.note"},
        {"E", "run.evidence"},
        {"t", "run.due"},
        {"P", "run.pause"},
        {"H", "run.hand-over"},
        {"D", "run.differences"},
        {"r", "run.report"},
        {"m", "run.menu"},
        {"Y", "run.copy-command"},
        {"/", "run.find"},
        {"F3", "run.find"},
        {"]", "run.next"},
        {"[", "run.previous"},
        {"Tab", "run.pane"},
        {"j", "run.down"},
        {"Down", "run.down"},
        {"k", "run.up"},
        {"Up", "run.up"},
        {"PgDn", "run.page-down"},
        {"PgUp", "run.page-up"},
        {"^D", "run.half-down"},
        {"^U", "run.half-up"},
        {"g", "run.first"},
        {"Home", "run.first"},
        {"G", "run.last"},
        {"End", "run.last"},
};

const struct view_ops view_run = {
        .name = "run",
        .title = "Run",
        .brief = "Run",
        .under = "playbooks",
        .noun = "run",
        .topics = TOPIC_PLAYBOOKS | TOPIC_INCIDENTS,
        .state_size = sizeof(struct run_view),
        .cmds = cmds,
        .cmd_count = ARRAY_LEN(cmds),
        .keys = keys,
        .key_count = ARRAY_LEN(keys),
        .open = view_open,
        .load = view_load,
        .settle = view_settle,
        .draw = run_view_draw,
        .chord = run_view_answer,
        .mouse = view_mouse,
        .back = view_back,
        .current = view_current,
        .show = view_show,
        .undo = run_view_undo,
        .close = view_close,
};
