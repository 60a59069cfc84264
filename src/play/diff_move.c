/*
 * What a run would be by another version of its playbook: all its events, and the move behind them.
 */
#include <stdlib.h>
#include <string.h>

#include "play/diff.h"

#include "play_private.h"

#define TO_BE "the version to be"

/* What it starts from, and the version that it would move to. */
struct trying {
        const struct run_start *start;
        const struct playbook *to;
};

static const struct playbook *find(void *ctx, const char *hash)
{
        const struct trying *t = ctx;

        return strcmp(hash, TO_BE) == 0 ? t->to : play_find(t->start, hash);
}

static struct run *taken_by(const struct run *run, const struct run_start *start,
                            const struct play_event *move)
{
        const struct play_event **events = xreallocarray(NULL, run->log_count + 1, sizeof(*events));
        struct run *other = run_create(start);

        for (size_t i = 0; i < run->log_count; i++)
                events[i] = run->log[i].event;
        events[run->log_count] = move;
        run_apply_all(other, events, run->log_count + 1);
        free(events);
        return other;
}

static struct run_loss *add_loss(struct run_loss **list, size_t *count, size_t *room,
                                 struct arena *a)
{
        *list = arena_grow(a, *list, *count, room, sizeof(**list));
        return &(*list)[(*count)++];
}

static void find_losses(const struct run *run, const struct run *other, struct arena *a,
                        struct run_move *ret)
{
        size_t room = 0, waiting_room = 0;

        for (size_t i = 0; i < run->log_count; i++) {
                const struct run_entry *was = &run->log[i];
                const struct run_entry *now = run_entry_of(other, was->event->id);
                struct run_loss *loss;

                if (!was->applied || !now || now->applied || was->event->verb == PLAY_UNDO)
                        continue;
                if (now->waits)
                        loss = add_loss(&ret->waiting, &ret->waiting_count, &waiting_room, a);
                else
                        loss = add_loss(&ret->losses, &ret->count, &room, a);
                *loss = (struct run_loss){was->event, arena_strdup(a, now->why_not)};
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
        struct trying t = {run->start, to};
        struct run_start start = *run->start;
        const struct play_event move = {.id = "",
                                        .console = "",
                                        .hlc = INT64_MAX,
                                        .who = start.who,
                                        .at_ms = start.at_ms,
                                        .verb = PLAY_MOVE,
                                        .value = TO_BE};
        struct run *other;

        start.find = find;
        start.ctx = &t;
        other = taken_by(run, &start, &move);
        *ret = (struct run_move){.state = other->state};
        find_losses(run, other, a, ret);
        find_open(other, a, ret);
        run_destroy(other);
}
