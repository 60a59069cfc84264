/*
 * Whether an event fits where it stands: a sentence where it does not.
 */
#include <string.h>
#include <strings.h>

#include "base/clock.h"

#include "play_private.h"

bool play_is_blank(const char *s)
{
        return !s || !s[strspn(s, " \t\r\n")];
}

/* ---- what stands already ------------------------------------------------------------------- */

static const char *state_word(enum step_state state)
{
        static const char *const words[] = {
                [STEP_IS_NOT_REACHED] = "not reached",
                [STEP_IS_NOW] = "to be done",
                [STEP_IS_TO_SIGN] = "to be signed",
                [STEP_IS_UNDER_WAY] = "under way",
                [STEP_IS_DONE] = "done",
                [STEP_IS_FAILED] = "failed",
                [STEP_IS_SKIPPED] = "skipped",
                [STEP_IS_NOT_APPLICABLE] = "not applicable",
                [STEP_IS_LEFT] = "left open",
        };

        return words[state];
}

static const char *stands(struct run_machine *m, const struct run_step *s)
{
        const struct play_event *by = s->ended ? s->ended : s->first;

        if (s->state == STEP_IS_TO_SIGN)
                return arena_printf(&m->arena, "it was done by %s and waits for a second person",
                                    by->who);
        if (run_step_is_settled(s) && by)
                return arena_printf(&m->arena, "it was %s already, by %s", state_word(s->state),
                                    by->who);
        return arena_printf(&m->arena, "it is %s already", state_word(s->state));
}

/* What an answer of a while was to the question of that round. */
static const char *answer_then(const struct run_step *s, int round)
{
        return s->step->type == STEP_WHILE && round < s->rounds ? "again" : s->answer;
}

static enum step_state state_of(enum play_verb verb)
{
        switch (verb) {
        case PLAY_FAIL: return STEP_IS_FAILED;
        case PLAY_SKIP: return STEP_IS_SKIPPED;
        case PLAY_NOT_APPLICABLE: return STEP_IS_NOT_APPLICABLE;
        default: return STEP_IS_DONE;
        }
}

/* The answer that this one contradicts, NULL. */
static const struct play_event *contradicts(const struct run_step *s, const struct play_event *e)
{
        const struct play_event *by = s->ended ? s->ended : s->first;
        enum step_state said = state_of(e->verb);

        bool earlier = s->step->type == STEP_WHILE && e->round < s->rounds;

        if (s->state == STEP_IS_LEFT || (s->state == STEP_IS_NOW && !earlier))
                return NULL;
        if (e->verb == PLAY_ANSWER && s->answer) {
                const char *way = play_way(s, e->value), *taken = answer_then(s, e->round);

                return way && taken && strcmp(way, taken) != 0 ? s->first : NULL;
        }
        return run_step_is_settled(s) && s->state != said ? by : NULL;
}

/* ---- verbs --------------------------------------------------------------------------------- */

static bool is_question(const struct step *step)
{
        return step->type == STEP_IF || step->type == STEP_WHILE || step->type == STEP_SWITCH;
}

static const char *complete_why_not(struct run_machine *m, const struct run_step *s)
{
        if (s->state != STEP_IS_NOW)
                return stands(m, s);
        return is_question(s->step) ? "it asks for an answer" : NULL;
}

#define WAYS_SAID 12

static const char *no_way(struct run_machine *m, const struct run_step *s, const char *answer)
{
        const char *all = "", *way;

        for (size_t i = 0; i < WAYS_SAID && (way = step_answer_at(s->step, i)); i++)
                all = arena_printf(&m->arena, "%s%s%.80s", all, i ? ", " : ": ",
                                   s->step->type == STEP_IF ? step_answer_word(s->step, way) : way);
        return arena_printf(&m->arena, "\"%.80s\" is none of its ways on%s", answer, all);
}

static const char *answer_why_not(struct run_machine *m, const struct run_step *s,
                                  const struct play_event *e)
{
        bool asks = is_question(s->step) || s->step->type == STEP_PLAYBOOK;

        if (!asks)
                return "it asks nothing";
        if (s->step->type == STEP_WHILE && e->round != s->rounds)
                return e->round < s->rounds ? "that was answered already" : "it was not asked yet";
        if (s->state != STEP_IS_NOW)
                return stands(m, s);
        if (!play_way(s, e->value))
                return no_way(m, s, e->value);
        return NULL;
}

static const char *leave_why_not(struct run_machine *m, const struct run_step *s)
{
        if (run_step_is_settled(s) || s->state == STEP_IS_TO_SIGN)
                return stands(m, s);
        if (s->leaves)
                return arena_printf(&m->arena,
                                    "%s wants it left out; that waits for a second person",
                                    s->leave->who);
        return NULL;
}

/* What it signs; NULL: that does not wait for anybody. */
static const struct play_event *signed_by(const struct run_step *s, const struct play_event *e)
{
        if (play_signs_leave(e))
                return s->leaves && play_verb_of(e->value) == s->leave->verb ? s->leave : NULL;
        if (s->step->type == STEP_WHILE && e->round != s->rounds)
                return NULL;
        return s->state == STEP_IS_TO_SIGN ? s->first : NULL;
}

static const char *sign_why_not(const struct run_step *s, const struct play_event *e)
{
        const struct play_event *first = signed_by(s, e);

        if (!first)
                return "nothing is to be signed there";
        if (strcasecmp(first->who, e->who) == 0)
                return "the second signature is another person's";
        return NULL;
}

static const char *undo_why_not(const struct run_machine *m, const struct play_event *e)
{
        const struct run_entry *target = run_entry_of(&m->run, e->value);
        const struct run_entry *undone_by = target ? text_map_get(&m->undone, e->value) : NULL;

        if (!target || play_event_compare(target->event, e) >= 0)
                return "what it undoes is not known here";
        if (target->event->verb == PLAY_UNDO)
                return "an undo can't be undone";
        if (undone_by)
                return undone_by->event == e ? NULL : "that was undone already";
        return target->applied || target->waits ? NULL : "what it undoes was not applied";
}

static const char *due_why_not(struct run_machine *m, const struct play_event *e)
{
        int64_t ms;

        if (*e->value && stamp_parse_ms(e->value, &ms, NULL) != RC_OK)
                return arena_printf(&m->arena, "\"%.40s\" is no time", e->value);
        return NULL;
}

static const char *move_why_not(const struct run_machine *m, const struct play_event *e)
{
        const struct playbook *p = play_find(m->run.start, e->value);

        return p && !play_is_version(m->run.start, p) ? "it is a version of another playbook"
                                                      : NULL;
}

static const char *verb_why_not(struct run_machine *m, struct run_step *s,
                                const struct play_event *e)
{
        switch (e->verb) {
        case PLAY_COMPLETE: return complete_why_not(m, s);
        case PLAY_FAIL: return run_step_is_settled(s) ? stands(m, s) : NULL;
        case PLAY_SKIP:
        case PLAY_NOT_APPLICABLE: return leave_why_not(m, s);
        case PLAY_SIGN: return sign_why_not(s, e);
        case PLAY_ANSWER: return answer_why_not(m, s, e);
        case PLAY_SET: return play_set_why_not(m, s, e);
        case PLAY_DUE: return due_why_not(m, e);
        case PLAY_NOTE: return play_is_blank(e->note) ? "it says nothing" : NULL;
        case PLAY_EVIDENCE: return play_is_blank(e->value) ? "it names nothing" : NULL;
        case PLAY_PAUSE: return m->run.paused ? "it is paused already" : NULL;
        case PLAY_RESUME: return m->run.paused ? NULL : "it is not paused";
        case PLAY_SETTLE: return s->conflicts ? NULL : "nothing there is contradicted";
        case PLAY_UNDO: return undo_why_not(m, e);
        case PLAY_MOVE: return move_why_not(m, e);
        default: return NULL;
        }
}

/* ---- all of them --------------------------------------------------------------------------- */

/* Some things are said of a place before anybody gets there. */
static bool is_said_ahead(enum play_verb verb)
{
        return verb == PLAY_OWNER || verb == PLAY_DUE || verb == PLAY_NOTE ||
               verb == PLAY_EVIDENCE || verb == PLAY_HAND_OVER;
}

static const char *unreached(const struct run_machine *m, const struct play_event *e)
{
        if (!place_fits(m->run.playbook, e->place))
                return "there is no such step";
        return is_said_ahead(e->verb) ? NULL : "that step was not reached";
}

static const char *ended(const struct run *run)
{
        switch (run->state) {
        case RUN_IS_DONE: return "the run was at its end";
        case RUN_IS_FAILED: return "the run had failed";
        case RUN_IS_CANCELLED: return "the run was cancelled";
        default: return NULL;
        }
}

static const char *row_why_not(const struct play_event *e)
{
        const struct play_verb_row *row = play_verb_row(e->verb);
        bool of_step = e->place && *e->place;

        if (!row)
                return "what it does is not known here";
        if (play_is_blank(e->who))
                return "it does not say who";
        if (of_step ? !row->step : !row->run)
                return of_step ? "that is of the run as a whole" : "it names no step";
        if (row->value && !e->value)
                return "it has no value";
        if (row->reason && play_is_blank(e->reason))
                return "it needs a reason";
        return NULL;
}

const char *play_why_not(struct run_machine *m, const struct play_event *e,
                         const struct play_event **ret_against)
{
        const struct run_entry *undone_by = text_map_get(&m->undone, e->id);
        const char *why = row_why_not(e);
        const struct play_verb_row *row = play_verb_row(e->verb);
        bool of_step = e->place && *e->place;
        const struct spot *spot = of_step ? text_map_get(&m->places, e->place) : NULL;
        struct run_step *s = spot ? spot->step : NULL;

        *ret_against = NULL;
        if (undone_by)
                return arena_printf(&m->arena, "it was undone by %s", undone_by->event->who);
        if (why)
                return why;
        if (s && row->outcome)
                *ret_against = contradicts(s, e);
        if (!row->after_end && m->run.state != RUN_IS_ON)
                return ended(&m->run);
        if (of_step && !s && (why = unreached(m, e)))
                return why;
        return verb_why_not(m, s, e);
}
