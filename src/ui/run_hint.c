/*
 * The line that says what to press next.
 */
#include "base/clock.h"
#include "model/when.h"
#include "ui/plan_words.h"
#include "ui/run_view.h"
#include "ui_private.h"

static const struct run_view *state_of(const struct view *v)
{
        return v->state;
}

static const char *dry_hint(const struct run_view *st, struct arena *a)
{
        if (!st->run)
                return "It can't be run as it is; Esc goes back";
        return arena_printf(a, "Nothing is written: x tries a step, p starts it%s%s, Esc leaves it",
                            st->has_about ? " on " : "", st->has_about ? st->about.ref : "");
}

static const char *ended_hint(const struct run *run, struct arena *a)
{
        switch (run->state) {
        case RUN_IS_DONE: return "It is done: r says how long each step took, Esc goes back";
        case RUN_IS_FAILED: return arena_printf(a, "It has failed: %s", run->why ? run->why : "");
        case RUN_IS_CANCELLED:
                return arena_printf(a, "It was cancelled: %s", run->why ? run->why : "");
        default: return NULL;
        }
}

static const char *answers_hint(const struct step_pane *pane, struct arena *a)
{
        const char *text = "Answer:";
        for (size_t i = 0; i < pane->answer_count; i++)
                text = arena_printf(a, "%s%s %c %s", text, i ? "," : "",
                                    (char)pane->answers[i].chord, pane->answers[i].label);
        return text;
}

static const char *open_hint(const struct view *v, const struct plan_row *row, struct arena *a)
{
        const struct run_view *st = state_of(v);
        const struct run_step *s = row->run_step;
        if (s->leaves)
                return arena_printf(a, "%s wants it left out; S: a second person signs that",
                                    s->leave->who);
        if (s->state == STEP_IS_TO_SIGN)
                return arena_printf(a, "%s has signed; S: a second person signs", s->first->who);
        if (st->pane_is_read && st->pane.answer_count)
                return answers_hint(&st->pane, a);
        if (s->step->type == STEP_PLAYBOOK)
                return "x: its steps follow here, or it was done by hand";
        if (run_step_waits(s, ui_now_ms(v->ui))) {
                char when[WHEN_BYTES];
                when_show(s->not_before_ms, ui_now_ms(v->ui), when);
                return arena_printf(a, "Not before %s; x when it is done all the same", when);
        }
        if (s->step->out_count)
                return "x when it is done: it asks what came out; f if it failed, s leaves it out";
        if (s->step->two_person)
                return "x when it is done, then a second person signs; f if it failed";
        return "x when it is done, f if it failed, s leaves it out, E keeps evidence";
}

static const char *elsewhere_hint(const struct run_view *st, struct arena *a)
{
        size_t now = plan_now(&st->plan);
        if (now == SIZE_MAX)
                return "";
        const struct plan_row *row = &st->plan.rows[now];
        return arena_printf(a, "] goes to what is to be done: %s %s", row->number,
                            plan_title(row, a));
}

const char *run_view_hint(const struct view *v, struct arena *a)
{
        const struct run_view *st = state_of(v);
        const struct run *run = run_view_run(st);
        const struct plan_row *row = run_view_row(st);
        const char *why = ui_why_no_writing(v->ui);
        if (st->run && !run)
                return arena_printf(a, "Kept, but not carried out here: %s",
                                    ops_run_why_missing(st->run));
        bool open =
                row && row->run_step && (run_step_is_open(row->run_step) || row->run_step->leaves);
        bool asks = open && st->pane_is_read && st->pane.answer_count;
        if (!run || (run_view_is_dry(st) && !asks))
                return dry_hint(st, a);
        if (run->state != RUN_IS_ON)
                return ended_hint(run, a);
        if (why)
                return why;
        if (run->paused)
                return arena_printf(a, "It is paused: P goes on");
        return open ? open_hint(v, row, a) : elsewhere_hint(st, a);
}
