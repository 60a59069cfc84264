/*
 * What is done in a run: orders, as far as they have been asked for, and the second person.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "ops/operators.h"
#include "ui/plan_words.h"
#include "ui/prompt.h"
#include "ui/run_view.h"
#include "ui/sign_in.h"

static struct run_view *state_of(const struct view *v)
{
        return v->state;
}

/* ---- orders ---------------------------------------------------------------------------------- */

void run_order_free(void *order)
{
        struct run_order *o = order;
        if (!o)
                return;
        arena_finish(&o->arena);
        free(o);
}

struct run_order *run_order_new(struct view *v, bool step, const char *said)
{
        const struct plan_row *row = step ? run_view_row(state_of(v)) : NULL;
        struct run_order *o;
        if (step && (!row || !row->place))
                return NULL;
        o = xcalloc(1, sizeof(*o));
        arena_init(&o->arena);
        o->view = v;
        o->said = arena_strdup(&o->arena, said);
        o->number = row ? arena_strdup(&o->arena, row->number) : NULL;
        o->list[0].place = row ? arena_strdup(&o->arena, row->place) : NULL;
        return o;
}

/* All of an order are at one place. */
struct run_doing *run_order_add(struct run_order *o, enum play_verb verb)
{
        struct run_doing *d = &o->list[o->count < RUN_DOINGS_MAX ? o->count++ : o->count - 1];
        *d = (struct run_doing){.verb = verb, .place = o->list[0].place, .occurred_ms = CLOCK_NONE};
        return d;
}

/* ---- doing ----------------------------------------------------------------------------------- */

static const struct run_step *step_at(const struct view *v, const char *place)
{
        const struct run *run = run_view_run(state_of(v));
        return run && place ? run_step_at(run, place) : NULL;
}

/* The step, where what was done of it waits for a second person. */
static const struct run_step *to_sign(const struct run_order *o)
{
        const struct run_step *s = step_at(o->view, o->list[0].place);
        return s && run_step_to_sign(s) && play_verb_row(o->list[o->count - 1].verb)->outcome
                       ? s
                       : NULL;
}

static void say_done(const struct run_order *o)
{
        const struct run_view *st = state_of(o->view);
        const struct run *run = run_view_run(st);
        const char *dry = run_view_is_dry(st) ? "; nothing is written" : "; u undoes it";
        const char *then = to_sign(o)                         ? ", waits for a second person"
                           : run && run->state == RUN_IS_DONE ? ", and with it the run"
                                                              : "";
        if (o->number)
                ui_notice(o->view->ui, NOTICE_DONE, "step %s: %s%s%s", o->number, o->said, then,
                          dry);
        else
                ui_notice(o->view->ui, NOTICE_DONE, "the run: %s%s", o->said, dry);
}

static bool is_open(const struct view *v, const char *place)
{
        const struct run_step *s = step_at(v, place);
        return s && run_step_is_open(s);
}

/* What follows once it is done: the plan; from a step that was open, and is no more, to the next.
 */
static void follow(struct view *v, const char *place, bool was_open)
{
        run_view_plan(v, false);
        if (was_open && !is_open(v, place))
                run_view_go_on(v);
        if (!run_view_is_dry(state_of(v)))
                ui_touched(v->ui, TOPIC_PLAYBOOKS | TOPIC_INCIDENTS | TOPIC_LOG);
}

static enum rc do_now(const struct run_order *o, struct err *err)
{
        struct run_view *st = state_of(o->view);
        if (!st->run)
                return err_set(err, RC_CONFLICT, "it can't be run");
        bool was_open = is_open(o->view, o->list[0].place);
        enum rc rc = ops_run_do_all(st->run, NULL, o->list, o->count, err);
        if (rc != RC_OK) {
                run_view_plan(o->view, true); /* what others did was taken in all the same */
                return rc;
        }
        follow(o->view, o->list[0].place, was_open);
        say_done(o);
        const struct run_step *s = to_sign(o);
        if (s)
                run_ask_second(o->view, o->list[0].place, o->number,
                               s->leaves ? NULL : o->list[0].reason);
        return RC_OK;
}

enum rc run_order_check(const struct run_order *o, struct err *err)
{
        struct run_view *st = state_of(o->view);
        struct run_doing d = o->list[o->count - 1];
        const struct play_verb_row *verb = play_verb_row(d.verb);
        if (!st->run || ops_need_writer(ui_ops(o->view->ui), err) != RC_OK)
                return st->run ? RC_DENIED : err_set(err, RC_CONFLICT, "it can't be run");
        /* what is still to be typed is not what it would be refused for */
        if (verb && !d.reason &&
            (verb->reason || d.verb == PLAY_COMPLETE || ops_run_warning(st->run, &d)))
                d.reason = "?";
        if (verb && verb->value && !d.value)
                d.value = "";
        if (d.verb == PLAY_NOTE && !d.note)
                d.note = "?";
        const char *why = ops_run_why_not(st->run, NULL, &d);
        return why && !verb->value ? err_set(err, RC_CONFLICT, "%s", why) : RC_OK;
}

/* ---- what the PAP forbids -------------------------------------------------------------------- */

static struct run_order *copy_of(const struct run_order *o)
{
        struct run_order *c = xcalloc(1, sizeof(*c));
        arena_init(&c->arena);
        *c = (struct run_order){.view = o->view, .arena = c->arena, .count = o->count};
        c->said = arena_strdup(&c->arena, o->said);
        c->number = arena_strdup(&c->arena, o->number);
        for (size_t i = 0; i < o->count; i++) {
                const struct run_doing *from = &o->list[i];
                c->list[i] = *from;
                c->list[i].place = arena_strdup(&c->arena, from->place);
                c->list[i].variable = arena_strdup(&c->arena, from->variable);
                c->list[i].value = arena_strdup(&c->arena, from->value);
                c->list[i].reason = arena_strdup(&c->arena, from->reason);
                c->list[i].note = arena_strdup(&c->arena, from->note);
                c->list[i].file = arena_strdup(&c->arena, from->file);
        }
        return c;
}

static enum rc why_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct run_order *o = ctx;
        (void)ui;
        if (!*text)
                return err_set(err, RC_INVALID, "say why it is done all the same; Esc leaves it");
        for (size_t i = 0; i < o->count; i++)
                if (!o->list[i].reason)
                        o->list[i].reason = arena_strdup(&o->arena, text);
        return do_now(o, err);
}

static const char *warning_of(const struct run_order *o)
{
        const struct run_view *st = state_of(o->view);
        const char *warning = NULL;
        for (size_t i = 0; st->run && i < o->count && !warning; i++)
                if (!o->list[i].reason)
                        warning = ops_run_warning(st->run, &o->list[i]);
        return warning;
}

/* The order is the prompt's from now on. */
static void ask_why(struct run_order *o, const char *warning,
                    enum rc (*accept)(struct ui *ui, void *ctx, const char *text, struct err *err))
{
        prompt_open(o->view->ui, &(struct prompt){.sign = "why all the same",
                                                  .hint = warning,
                                                  .history = "reason",
                                                  .accept = accept,
                                                  .ctx = o,
                                                  .free_ctx = run_order_free});
}

enum rc run_order_do(struct run_order *o, struct err *err)
{
        const char *warning = warning_of(o);
        if (!warning)
                return do_now(o, err);
        ask_why(copy_of(o), warning, why_given);
        return RC_OK;
}

enum rc run_order_end(struct run_order *o, struct err *err)
{
        enum rc rc = run_order_do(o, err);
        run_order_free(o);
        return rc;
}

/* ---- the second person ----------------------------------------------------------------------- */

static enum rc sign_as(const struct run_order *o, const struct ops *as, struct err *err)
{
        bool was_open = is_open(o->view, o->list[0].place);
        enum rc rc = ops_run_do_all(state_of(o->view)->run, as, o->list, o->count, err);
        if (rc == RC_OK) {
                follow(o->view, o->list[0].place, was_open);
                ui_notice(o->view->ui, NOTICE_DONE, "step %s: signed by %s", o->number,
                          as->operator);
        } else {
                run_view_plan(o->view, true);
        }
        return rc;
}

static void signed_by(struct ui *ui, void *ctx, const struct ops_person *person)
{
        const struct run_order *o = ctx;
        struct err err = {0};
        struct ops as;
        ops_as(ui_ops(ui), person, &as);
        if (sign_as(o, &as, &err) != RC_OK)
                ui_notice(ui, NOTICE_FAIL, "%s", err.text);
}

/* In a dry run somebody else is there at once. */
static void sign_dry(const struct run_order *o)
{
        struct ops as = *ui_ops(o->view->ui);
        struct err err = {0};
        as.operator= "a second person";
        if (sign_as(o, &as, &err) != RC_OK)
                ui_notice(o->view->ui, NOTICE_FAIL, "%s", err.text);
}

static const char *sign_of(const struct run_step *s)
{
        if (!s || !s->leaves)
                return "Sign";
        return s->leave->verb == PLAY_SKIP ? "Leave out" : "Nothing to do in";
}

static void ask_person(struct run_order *o)
{
        struct view *v = o->view;
        const struct run_step *s = step_at(v, o->list[0].place);
        CLEANUP(arena_finish) struct arena a = {0};
        const char *name = s ? run_title(run_view_run(state_of(v)), s, &a) : "it";
        AUTO_FREE char *question = xasprintf("%s step %s: %s?", sign_of(s), o->number, name);
        const struct play_event *first = s ? run_step_to_sign(s) : NULL;
        ui_second_person(v->ui, &(struct second_person){.first = first ? first->who : NULL,
                                                        .question = question,
                                                        .confirmed = signed_by,
                                                        .ctx = o,
                                                        .free_ctx = run_order_free});
}

static enum rc why_signed(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct run_order *o = ctx;
        (void)ui;
        if (!*text)
                return err_set(err, RC_INVALID, "say why it is done all the same; Esc leaves it");
        o->list[0].reason = arena_strdup(&o->arena, text);
        ask_person(copy_of(o));
        return RC_OK;
}

void run_ask_second(struct view *v, const char *place, const char *number, const char *reason)
{
        struct run_order *o = xcalloc(1, sizeof(*o));
        arena_init(&o->arena);
        o->view = v;
        o->number = arena_strdup(&o->arena, number);
        o->list[0].place = arena_strdup(&o->arena, place);
        run_order_add(o, PLAY_SIGN)->reason = arena_strdup(&o->arena, reason);
        const char *warning = warning_of(o);
        if (run_view_is_dry(state_of(v))) {
                sign_dry(o);
                run_order_free(o);
        } else if (warning) {
                ask_why(o, warning, why_signed);
        } else {
                ask_person(o);
        }
}
