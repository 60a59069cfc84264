/*
 * Answers that came before their step. Where a run went over to another version of its playbook,
 * something new may stand before what was done: that was done all the same, and counts when the run
 * gets there. What did not count before the run moved does not count so. Such answers are kept with
 * their place and taken in the order in which they came.
 */
#include "play_private.h"

static bool is_answer(enum play_verb verb)
{
        const struct play_verb_row *row = play_verb_row(verb);

        return row && (row->outcome || verb == PLAY_SIGN || verb == PLAY_SET);
}

/* An answer to a later round of a while: the question comes again. */
static bool comes_later(const struct run_step *s, const struct play_event *e)
{
        if (s->step->type != STEP_WHILE || run_step_is_settled(s) ||
            (e->verb != PLAY_ANSWER && e->verb != PLAY_SIGN) ||
            (e->verb == PLAY_SIGN && play_signs_leave(e)))
                return false;
        return e->round > s->rounds || (e->round == s->rounds && s->state == STEP_IS_UNDER_WAY);
}

bool play_keep(struct run_machine *m, struct run_entry *entry)
{
        const struct play_event *e = entry->event;
        size_t index = (size_t)(entry - m->run.log);
        struct kept *k;
        struct spot *spot;

        if (index >= m->kept_until || !entry->counted || m->run.state != RUN_IS_ON ||
            !is_answer(e->verb) || !e->place || !*e->place ||
            !place_fits(m->run.playbook, e->place))
                return false;
        spot = play_spot(m, e->place);
        if (spot->step && !comes_later(spot->step, e))
                return false;
        k = arena_alloc(&m->arena, sizeof(*k));
        *k = (struct kept){.entry = index};
        if (spot->kept)
                spot->last_kept->next = k;
        else
                spot->kept = k;
        spot->last_kept = k;
        m->kept_count++;
        entry->waits = true;
        entry->against = NULL;
        entry->why_not = "it waits until that step is reached";
        return true;
}

static void drop_first(struct run_machine *m, struct spot *spot)
{
        spot->kept = spot->kept->next;
        m->kept_count--;
}

/* The first at that place that can be taken now; what never can be is let go. */
static struct run_entry *next_at(struct run_machine *m, struct spot *spot)
{
        while (spot->kept) {
                struct run_entry *entry = &m->run.log[spot->kept->entry];
                const char *why;

                if (comes_later(spot->step, entry->event))
                        return NULL;
                why = play_why_not(m, entry->event, &entry->against);
                if (!why)
                        return entry;
                entry->waits = false;
                entry->why_not = why;
                if (entry->against)
                        play_contradicted(m, spot->step);
                drop_first(m, spot);
        }
        return NULL;
}

struct touched {
        struct spot **spots; /* with answers that are kept; in the arena */
        size_t count, room;
        size_t seen; /* of run.changed */
};

static void look_at_changes(struct run_machine *m, struct touched *t)
{
        for (; t->seen < m->run.changed_count; t->seen++) {
                struct spot *spot = play_spot(m, m->run.changed[t->seen]->place);
                size_t i = 0;

                if (!spot->kept)
                        continue;
                while (i < t->count && t->spots[i] != spot)
                        i++;
                if (i < t->count)
                        continue;
                t->spots =
                        arena_grow(&m->arena, t->spots, t->count, &t->room, sizeof(struct spot *));
                t->spots[t->count++] = spot;
        }
}

/* Of all that can be taken the one that came first; NULL. */
static struct run_entry *next_of(struct run_machine *m, struct touched *t, struct spot **ret)
{
        struct run_entry *best = NULL;
        size_t left = 0;

        for (size_t i = 0; i < t->count; i++) {
                struct spot *spot = t->spots[i];
                struct run_entry *entry = NULL;

                if (!best || (spot->kept && &m->run.log[spot->kept->entry] < best))
                        entry = next_at(m, spot);
                if (entry && (!best || entry < best)) {
                        best = entry;
                        *ret = spot;
                }
                if (spot->kept)
                        t->spots[left++] = spot;
        }
        t->count = left;
        return best;
}

void play_take_kept(struct run_machine *m)
{
        struct touched t = {.spots = NULL};
        struct run_entry *entry;
        struct spot *spot;

        while (m->kept_count && m->run.state == RUN_IS_ON) {
                look_at_changes(m, &t);
                entry = next_of(m, &t, &spot);
                if (!entry)
                        return;
                drop_first(m, spot);
                play_apply_kept(m, entry);
        }
}
