/*
 * What an act on a run must say to be an event of it: the place of the step that was named, what
 * its author saw, a sentence for the timeline.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/rules.h"
#include "ops/run_book.h"
#include "store/contents.h"

#include "ops_private.h"

/* ---- an act in the making ----------------------------------------------------------------------
 */

struct making {
        struct ops *ops;
        const struct act *act;
        struct run *run;
        const struct held_playbook *playbook;
        const struct run_step *step; /* NULL: not reached, or none */
        const struct plan_row *row;  /* in the plan; NULL: not shown there */
        struct plan plan;
        enum play_verb verb;
        const char *place, *value, *variable, *saw;
        const char *incident;
        int round;
        struct arena *a;
};

static enum rc unknown_step(const struct making *m, const char *said, struct err *err)
{
        size_t now = plan_now(&m->plan);

        if (now == SIZE_MAX)
                return err_set(err, RC_INVALID, "step: there is no %.60s", said);
        return err_set(err, RC_INVALID, "step: there is no %.60s; to be done first: %s", said,
                       m->plan.rows[now].number);
}

/* By its number, its place, or the id of a step that stands in one place. */
static const struct plan_row *find_row(const struct making *m, const char *said)
{
        const struct plan_row *found = NULL;
        size_t at = plan_find(&m->plan, said);

        if (at != SIZE_MAX)
                return &m->plan.rows[at];
        for (size_t i = 0; i < m->plan.count; i++) {
                const struct plan_row *r = &m->plan.rows[i];

                if (r->kind == PLAN_STEP && strcmp(r->number, said) == 0)
                        return r;
                if (r->kind == PLAN_STEP && r->step && strcmp(r->step->id, said) == 0)
                        found = found ? NULL : r;
        }
        return found;
}

/* Reached or not; NULL: it is of the run as a whole. */
static const struct step *step_of(const struct making *m)
{
        return m->step ? m->step->step : m->row ? m->row->step : NULL;
}

static enum rc read_step(struct making *m, struct err *err)
{
        const char *said = act_detail(m->act, "step");

        plan_make(m->run, m->a, &m->plan);
        if (!said)
                return RC_OK;
        m->row = find_row(m, said);
        if (m->row) {
                m->place = m->row->place;
                m->step = m->row->run_step;
        } else if ((m->step = run_step_at(m->run, said))) {
                m->place = m->step->place; /* an earlier visit or round */
        } else {
                return unknown_step(m, said, err);
        }
        if (m->step && m->step->step->type == STEP_WHILE)
                m->round = m->step->rounds;
        return RC_OK;
}

static enum rc read_variable(struct making *m, struct err *err)
{
        const char *said = act_detail(m->act, "variable");
        struct run_value now;

        if (m->verb != PLAY_SET)
                return RC_OK;
        m->variable =
                said && strncmp(said, "__", 2) == 0 ? said : arena_printf(m->a, "__%s__", said);
        if (!run_value_read(m->run, m->step, m->variable, &now))
                return err_set(err, RC_INVALID, "variable: there is no %.100s", m->variable);
        m->saw = now.by ? now.by->id : NULL;
        return RC_OK;
}

/* ---- contents as values ------------------------------------------------------------------------
 */

static enum rc content_by_beginning(const struct making *m, const char *said, const char **ret,
                                    struct err *err)
{
        const char **hashes = NULL;
        size_t count = 0;
        enum rc rc = content_begins(m->ops->store, said, 2, m->a, &hashes, &count, err);

        if (rc != RC_OK)
                return rc;
        if (count != 1)
                return err_set(err, RC_INVALID, "value: %s of a playbook begins with %.70s",
                               count ? "more than one content" : "no content", said);
        *ret = hashes[0];
        return RC_OK;
}

/* "newest", a reference, or the beginning of a hash. */
static enum rc read_content(const struct making *m, const char *said, const char **ret,
                            struct err *err)
{
        const char *own = m->playbook ? m->playbook->row.thing.id : NULL;
        const char *id = strcmp(said, "newest") == 0 ? own : ops_resolve_value(m->ops, said, m->a);
        struct playbook_version *list = NULL;
        struct held_playbook held;
        size_t count = 0;
        enum rc rc = RC_OK;

        if (id)
                rc = ops_playbook_versions(m->ops, id, m->a, &list, &count, err);
        if (rc == RC_OK && count)
                *ret = arena_strdup(m->a, list[0].hash);
        else if (rc == RC_OK)
                rc = content_by_beginning(m, said, ret, err);
        if (rc == RC_OK)
                rc = ops_playbook_content(m->ops, *ret, m->a, &held, err);
        return rc == RC_OK ? playbook_may_run(&held, err) : rc;
}

static const struct variable *variable_among(const struct variable *list, size_t count,
                                             const char *name)
{
        int at = variable_find(list, count, name);

        return at >= 0 ? &list[at] : NULL;
}

/* Before it is kept, so that every console takes the same way by it. */
static const char *as_written(const struct making *m, const char *said)
{
        const struct step *step = step_of(m);
        const struct playbook *p = m->row ? m->row->playbook : m->run->playbook;
        const struct variable *v = NULL;

        if (m->verb == PLAY_ANSWER && step)
                return step_answer_read(step, said);
        if (m->verb != PLAY_SET)
                return said;
        if (step)
                v = variable_among(step->variables, step->variable_count, m->variable);
        if (!v)
                v = variable_among(p->variables, p->variable_count, m->variable);
        return playbook_value_read(p, v, said, m->a);
}

static enum rc read_value(struct making *m, struct err *err)
{
        const char *said = act_detail(m->act, "value");
        bool takes_in = m->verb == PLAY_ANSWER && m->step && m->step->step->type == STEP_PLAYBOOK;

        if (m->verb == PLAY_SIGN) {
                m->value = m->step && m->step->leaves ? play_verb_row(m->step->leave->verb)->name
                                                      : NULL;
                return RC_OK;
        }
        m->value = said ? as_written(m, said) : NULL;
        if (!said)
                return RC_OK;
        if ((m->verb == PLAY_OWNER || m->verb == PLAY_HAND_OVER) && strcmp(said, "me") == 0)
                m->value = m->ops->operator;
        if (takes_in && strcmp(said, "newest") == 0)
                return ops_playbook_of_step(m->ops, m->step->step, m->a, &m->value, err);
        if (m->verb == PLAY_MOVE || takes_in)
                return read_content(m, said, &m->value, err);
        return RC_OK;
}

/* ---- whether it may be done --------------------------------------------------------------------
 */

/* FIRST PAP: RED lets nobody act where the other side could see it, AMBER only passively. */
static const char *pap_of(const struct making *m)
{
        struct row row;
        const char *pap;

        if (!m->incident || thing_by_id(m->ops->store, m->incident, m->a, &row, NULL) != RC_OK)
                return NULL;
        pap = thing_text(&row.thing, "pap");
        if (!pap || (strcmp(pap, "red") != 0 && strcmp(pap, "amber") != 0))
                return NULL;
        return arena_printf(m->a, "PAP:%s of %s forbids it: it touches the adversary",
                            strcmp(pap, "red") == 0 ? "RED" : "AMBER", row.ref);
}

/* Asked for by the step, and not given at it: what decides the way would go by what the playbook
 * supposes, or by an earlier round. */
static const char *unsaid(const struct making *m)
{
        const struct step *step = m->step ? m->step->step : NULL;

        for (size_t i = 0; m->verb == PLAY_COMPLETE && step && i < step->out_count; i++) {
                const char *name = step->out_args[i];
                struct run_value v;

                if (run_value_read(m->run, m->step, name, &v) && v.by &&
                    (!v.by->place || strcmp(v.by->place, m->step->place) == 0))
                        continue;
                return arena_printf(m->a, "it asks for %s, which the verb value gives", name);
        }
        return NULL;
}

static const char *warning_of(const struct making *m)
{
        const struct step *step = step_of(m);
        bool signs = m->verb == PLAY_SIGN && !(m->step && m->step->leaves);
        bool does = m->verb == PLAY_COMPLETE || m->verb == PLAY_ANSWER || signs;

        return does && step && step->adversary ? pap_of(m) : NULL;
}

/* Asked here, not by the engine: what others did before they knew of the pause counts. */
static const char *paused(const struct making *m)
{
        bool answers = play_verb_row(m->verb)->outcome || m->verb == PLAY_SIGN;

        return m->run->paused && answers
                       ? "the run is paused; resume it first: P in the run, or the verb resume"
                       : NULL;
}

static enum rc judge(const struct making *m, struct err *err)
{
        const char *warning = act_has_reason(m->act) ? NULL : warning_of(m);
        const struct play_event e = {.id = "note--ffffffff-ffff-4fff-bfff-ffffffffffff",
                                     .console = m->ops->console,
                                     .hlc = INT64_MAX,
                                     .who = m->ops->operator,
                                     .at_ms = m->act->occurred_ms,
                                     .verb = m->verb,
                                     .place = m->place,
                                     .variable = m->variable,
                                     .value = m->value                        ? m->value
                                              : play_verb_row(m->verb)->value ? ""
                                                                              : NULL,
                                     .reason = m->act->reason,
                                     .note = act_detail(m->act, "note"),
                                     .was = m->saw,
                                     .round = m->round};
        const char *why;

        if (play_verb_row(m->verb)->reason && !act_has_reason(m->act))
                return err_set(err, RC_INVALID, "it needs a reason");
        why = run_why_not(m->run, &e);
        if (!why)
                why = paused(m);
        if (why)
                return err_set(err, RC_CONFLICT, "%s", why);
        if (!warning && !act_has_reason(m->act))
                warning = unsaid(m);
        return warning ? err_set(err, RC_CONFLICT, "%s; with a reason it can be done all the same",
                                 warning)
                       : RC_OK;
}

/* ---- its sentence ------------------------------------------------------------------------------
 */

static const char *sentence_of(const struct making *m)
{
        return run_sentence(&(struct run_telling){.run = m->run,
                                                  .plan = &m->plan,
                                                  .row = m->row,
                                                  .step = m->step,
                                                  .verb = m->verb,
                                                  .value = m->value,
                                                  .variable = m->variable,
                                                  .who = m->ops->operator,
                                                  .note = act_detail(m->act, "note"),
                                                  .reason = m->act->reason},
                            m->a);
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

static int compare_names(const void *a, const void *b)
{
        return strcmp(((const struct act_detail *)a)->name, ((const struct act_detail *)b)->name);
}

/* What the run has goes with it. */
static void put(const struct making *m, struct act_detail *list, size_t *count, const char *name,
                const char *value)
{
        if (value && *value)
                list[(*count)++] = (struct act_detail){name, arena_strdup(m->a, value)};
}

static void say_all(const struct making *m, struct run_change *ret)
{
        struct act_detail *list = arena_array(m->a, 16, sizeof(*list));
        size_t count = 0;

        put(m, list, &count, "step", m->row ? m->row->number : act_detail(m->act, "step"));
        put(m, list, &count, "place", m->place);
        put(m, list, &count, "variable", m->variable);
        put(m, list, &count, "value", m->value);
        put(m, list, &count, "note", act_detail(m->act, "note"));
        put(m, list, &count, "saw", m->saw);
        put(m, list, &count, "incident", m->incident);
        if (m->round)
                put(m, list, &count, "round", arena_printf(m->a, "%d", m->round));
        qsort(list, count, sizeof(*list), compare_names);
        ret->details = list;
        ret->detail_count = count;
        ret->text = sentence_of(m);
}

static enum rc make(struct making *m, struct run_book *book, struct run_change *ret,
                    struct err *err)
{
        enum rc rc;

        m->run = run_book_run(book);
        m->playbook = run_book_playbook(book);
        if (!m->run)
                return err_set(err, RC_CONFLICT, "%s", run_book_why(book));
        rc = read_step(m, err);
        if (rc == RC_OK)
                rc = read_variable(m, err);
        if (rc == RC_OK)
                rc = read_value(m, err);
        if (rc == RC_OK)
                rc = judge(m, err);
        if (rc == RC_OK)
                say_all(m, ret);
        return rc;
}

const char *run_warning(struct ops *ops, const struct state *st, enum play_verb verb,
                        const char *place, struct arena *a)
{
        struct run *run = st->book ? run_book_run(st->book) : NULL;
        struct making m = {.ops = ops,
                           .verb = verb,
                           .incident = thing_text(&st->folded.thing, "incident"),
                           .step = run && place ? run_step_newest(run, place) : NULL,
                           .a = a};

        return warning_of(&m);
}

enum rc run_change_make(struct ops *ops, const struct state *st, const struct act *act,
                        struct arena *a, struct run_change *ret, struct err *err)
{
        CLEANUP(run_book_cleanup) struct run_book *own = NULL;
        struct making m = {.ops = ops,
                           .act = act,
                           .verb = run_verb_of_act(act->verb),
                           .incident = thing_text(&st->folded.thing, "incident"),
                           .a = a};
        enum rc rc = RC_OK;

        *ret = (struct run_change){.text = NULL};
        if (st->kind != &kind_run || !verb_find(&kind_run, act->verb)->kind ||
            m.verb == PLAY_UNKNOWN)
                return RC_OK;
        if (!st->book)
                rc = run_book_open(ops, st, &own, err);
        return rc == RC_OK ? make(&m, st->book ? st->book : own, ret, err) : rc;
}
