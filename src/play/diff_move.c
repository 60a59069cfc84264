/*
 * What a run would be by another version of its playbook: all its events, taken by that.
 */
#include <stdlib.h>

#include "play/diff.h"

#include "play_private.h"

static struct run *taken_by(const struct run *run, const struct run_start *start)
{
        const struct play_event **events = xreallocarray(NULL, run->log_count + 1, sizeof(*events));
        struct run *other = run_create(start);
        size_t count = 0;

        for (size_t i = 0; i < run->log_count; i++)
                if (run->log[i].event->verb != PLAY_MOVE)
                        events[count++] = run->log[i].event;
        run_apply_all(other, events, count);
        free(events);
        return other;
}

static void find_losses(const struct run *run, const struct run *other, struct arena *a,
                        struct run_move *ret)
{
        size_t room = 0;

        for (size_t i = 0; i < run->log_count; i++) {
                const struct run_entry *was = &run->log[i];
                const struct run_entry *now = run_entry_of(other, was->event->id);

                if (!was->applied || !now || now->applied || was->event->verb == PLAY_UNDO)
                        continue;
                ret->losses = arena_grow(a, ret->losses, ret->count, &room, sizeof(*ret->losses));
                ret->losses[ret->count++] =
                        (struct run_loss){was->event, arena_strdup(a, now->why_not)};
        }
}

static void find_open(const struct run *other, struct arena *a, struct run_move *ret)
{
        const char **places = arena_array(a, other->live_count + 1, sizeof(*places));

        for (size_t i = 0; i < other->live_count; i++)
                if (run_step_is_open(other->live[i]))
                        places[ret->place_count++] = arena_strdup(a, other->live[i]->place);
        ret->places = places;
}

void run_try_move(const struct run *run, const struct playbook *to, struct arena *a,
                  struct run_move *ret)
{
        struct run_start start = *run->start;
        struct run *other;

        start.playbook = to;
        start.hash = "";
        other = taken_by(run, &start);
        *ret = (struct run_move){.state = other->state};
        find_losses(run, other, a, ret);
        find_open(other, a, ret);
        run_destroy(other);
}
