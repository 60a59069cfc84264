/*
 * One event is taken.
 */
#include <string.h>

#include "base/clock.h"

#include "play_private.h"

#define YEAR_10000_MS 253402300800000LL

/* ---- what is said of a place --------------------------------------------------------------- */

static struct run_said *said_at(struct run_machine *m, const char *place)
{
        struct spot *spot;

        if (!place || !*place || !place_fits(m->run.playbook, place))
                return &m->said;
        spot = play_spot(m, place);
        spot->is_said = true;
        if (spot->step)
                spot->step->said = &spot->said;
        return &spot->said;
}

static const char *name_or_none(const char *value)
{
        return play_is_blank(value) ? NULL : value;
}

static void give_owner(struct run_machine *m, const struct play_event *e)
{
        if (e->place && *e->place)
                said_at(m, e->place)->owner = name_or_none(e->value);
        else
                m->run.owner = name_or_none(e->value);
}

static bool is_of(const struct run_step *s, const char *who)
{
        return who && s->said && s->said->owner && strcmp(s->said->owner, who) == 0;
}

/* What who gives it away, and who led until now, have open. */
static void hand_over(struct run_machine *m, const struct play_event *e)
{
        const char *from = m->run.owner;

        for (size_t i = 0; !(e->place && *e->place) && i < m->run.live_count; i++) {
                struct run_step *s = m->run.live[i];

                if (is_of(s, e->who) || is_of(s, from))
                        said_at(m, s->place)->owner = name_or_none(e->value);
        }
        give_owner(m, e);
}

static void set_due(struct run_machine *m, const struct play_event *e)
{
        int64_t ms = CLOCK_NONE;

        if (*e->value && stamp_parse_ms(e->value, &ms, NULL) != RC_OK)
                return;
        said_at(m, e->place)->due_ms = ms;
}

static void keep_note(struct run_machine *m, const struct play_event *e, bool applied)
{
        bool is_note = !play_is_blank(e->note);
        bool is_evidence = applied && e->verb == PLAY_EVIDENCE;
        struct run_said *said = is_note || is_evidence ? said_at(m, e->place) : NULL;

        if (!said)
                return;
        said->notes += is_note;
        said->evidence += is_evidence;
}

/* ---- pauses -------------------------------------------------------------------------------- */

static void move_on(struct run_step *s, int64_t paused_at_ms, int64_t now_ms)
{
        int64_t from = paused_at_ms > s->opened_ms ? paused_at_ms : s->opened_ms;
        int64_t lost = now_ms > from ? now_ms - from : 0;

        s->paused_ms += lost;
        if (s->due_ms != CLOCK_NONE)
                s->due_ms += lost;
        if (s->not_before_ms != CLOCK_NONE)
                s->not_before_ms += lost;
}

static void resume(struct run_machine *m)
{
        for (size_t i = 0; i < m->run.live_count; i++)
                move_on(m->run.live[i], m->run.paused_ms, m->at_ms);
        m->run.paused = false;
}

static void pause_run(struct run_machine *m)
{
        m->run.paused = true;
        m->run.paused_ms = m->at_ms;
}

/* ---- answers ------------------------------------------------------------------------------- */

static void answer(struct run_machine *m, struct run_step *s, const struct play_event *e)
{
        s->first = e;
        s->leaves = false;
        if (s->step->two_person) {
                s->state = STEP_IS_TO_SIGN;
                s->answer = e->verb == PLAY_ANSWER ? play_way(s, e->value) : NULL;
                play_changed(m, s);
        } else if (e->verb == PLAY_ANSWER) {
                play_take_way(m, s, e->value);
        } else {
                play_settle(m, s, STEP_IS_DONE);
        }
}

static void sign(struct run_machine *m, struct run_step *s, const struct play_event *e)
{
        if (play_signs_leave(e))
                play_sign_leave(m, s);
        else if (s->first->verb == PLAY_ANSWER)
                play_take_way(m, s, s->answer);
        else
                play_settle(m, s, STEP_IS_DONE);
}

static void fail(struct run_machine *m, struct run_step *s)
{
        play_settle_inside(m, s, STEP_IS_FAILED);
        play_settle(m, s, STEP_IS_FAILED);
}

static void set_value(struct run_machine *m, struct run_step *s, const struct play_event *e)
{
        play_set(m, s, e);
        play_ask_again(m);
}

static void settle_conflict(struct run_machine *m, struct run_step *s)
{
        m->run.conflicts -= (size_t)s->conflicts;
        s->conflicts = 0;
}

static void do_event(struct run_machine *m, struct run_step *s, const struct play_event *e)
{
        switch (e->verb) {
        case PLAY_COMPLETE:
        case PLAY_ANSWER: answer(m, s, e); break;
        case PLAY_FAIL: fail(m, s); break;
        case PLAY_SKIP:
        case PLAY_NOT_APPLICABLE: play_leave(m, s, e); break;
        case PLAY_SIGN: sign(m, s, e); break;
        case PLAY_SET: set_value(m, s, e); break;
        case PLAY_OWNER: give_owner(m, e); break;
        case PLAY_DUE: set_due(m, e); break;
        case PLAY_HAND_OVER: hand_over(m, e); break;
        case PLAY_PAUSE: pause_run(m); break;
        case PLAY_RESUME: resume(m); break;
        case PLAY_CANCEL: play_end(m, RUN_IS_CANCELLED, e->reason); break;
        case PLAY_SETTLE: settle_conflict(m, s); break;
        case PLAY_NOTE:
        case PLAY_EVIDENCE:
        case PLAY_UNDO:
        case PLAY_MOVE:
        case PLAY_UNKNOWN: break; /* kept; an undo and a move were looked at before all others */
        }
}

/* ---- the whole ----------------------------------------------------------------------------- */

static struct run_step *step_of(const struct run_machine *m, const struct play_event *e)
{
        const struct spot *spot = e->place ? text_map_get(&m->places, e->place) : NULL;

        return spot ? spot->step : NULL;
}

void play_contradicted(struct run_machine *m, struct run_step *s)
{
        s->conflicts++;
        m->run.conflicts++;
}

void play_apply(struct run_machine *m, struct run_entry *entry)
{
        const struct play_event *e = entry->event;
        struct run_step *s = step_of(m, e);

        m->event = e;
        m->at_ms = e->at_ms < 0 ? 0 : e->at_ms > YEAR_10000_MS ? YEAR_10000_MS : e->at_ms;
        entry->waits = false;
        entry->why_not = play_why_not(m, e, &entry->against);
        entry->applied = !entry->why_not;
        if (!entry->applied)
                play_keep(m, entry);
        if (entry->against)
                play_contradicted(m, s);
        m->run.not_applied += !entry->applied;
        keep_note(m, e, entry->applied);
        if (!entry->applied)
                return;
        do_event(m, s, e);
        play_advance(m);
        play_take_kept(m);
}

/* Its note was counted when it came; its time is that of what has led there. */
void play_apply_kept(struct run_machine *m, struct run_entry *entry)
{
        m->turn++;
        m->event = entry->event;
        entry->waits = false;
        entry->why_not = NULL;
        entry->applied = true;
        m->run.not_applied--;
        do_event(m, step_of(m, entry->event), entry->event);
        play_advance(m);
}

const char *run_why_not(struct run *run, const struct play_event *event)
{
        const struct play_event *against;

        return play_why_not(run->machine, event, &against);
}
