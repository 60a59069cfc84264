#include "play/times.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

#include "play_private.h"

/* Done by a person, or still before one. */
bool play_is_timed(const struct run_step *s)
{
        switch (s->step->type) {
        case STEP_PARALLEL:
        case STEP_IF:
        case STEP_WHILE:
        case STEP_SWITCH: return false;
        default: break;
        }
        return !s->inside &&
               (s->state == STEP_IS_DONE || s->state == STEP_IS_FAILED || run_step_is_open(s));
}

int64_t play_time_of(const struct run *run, const struct run_step *s, int64_t now_ms)
{
        bool open = s->ended_ms == CLOCK_NONE;
        int64_t end = open ? now_ms : s->ended_ms;
        int64_t paused = s->paused_ms;

        if (open && run->paused) {
                int64_t from = run->paused_ms > s->opened_ms ? run->paused_ms : s->opened_ms;

                paused += end > from ? end - from : 0;
        }
        return end - s->opened_ms > paused ? end - s->opened_ms - paused : 0;
}

static int compare_by_step(const void *a, const void *b)
{
        const struct step_time *x = a, *y = b;

        return (x->step > y->step) - (x->step < y->step);
}

/* Equal ones by their ids, so that the order never depends on where they lie. */
static int compare_by_total(const void *a, const void *b)
{
        const struct step_time *x = a, *y = b;

        if (x->total_ms != y->total_ms)
                return x->total_ms < y->total_ms ? 1 : -1;
        return strcmp(x->step->id, y->step->id);
}

static void add(struct step_time *sum, const struct step_time *one)
{
        sum->count += one->count;
        sum->total_ms += one->total_ms;
        sum->open |= one->open;
        if (one->newest->serial > sum->newest->serial)
                sum->newest = one->newest;
        if (one->longest_ms > sum->longest_ms)
                sum->longest_ms = one->longest_ms;
}

static size_t add_up(struct step_time *times, size_t count)
{
        size_t kept = 0;

        qsort(times, count, sizeof(*times), compare_by_step);
        for (size_t i = 0; i < count; i++) {
                if (kept && times[kept - 1].step == times[i].step)
                        add(&times[kept - 1], &times[i]);
                else
                        times[kept++] = times[i];
        }
        qsort(times, kept, sizeof(*times), compare_by_total);
        return kept;
}

void run_times(const struct run *run, int64_t now_ms, struct arena *a, struct run_times *ret)
{
        struct step_time *times = arena_array(a, run->step_count + 1, sizeof(*times));
        int64_t end = run->ended_ms == CLOCK_NONE ? now_ms : run->ended_ms;
        size_t count = 0;

        for (size_t i = 0; i < run->step_count; i++) {
                const struct run_step *s = run->steps[i];
                int64_t ms = play_time_of(run, s, now_ms);

                if (play_is_timed(s))
                        times[count++] = (struct step_time){
                                .playbook = s->playbook,
                                .step = s->step,
                                .newest = s,
                                .count = 1,
                                .total_ms = ms,
                                .longest_ms = ms,
                                .expected_ms = (int64_t)s->step->minutes * PLAY_MINUTE_MS,
                                .open = run_step_is_open(s)};
        }
        ret->count = add_up(times, count);
        for (size_t i = 0; i < ret->count; i++)
                times[i].title = run_title(run, times[i].newest, a);
        ret->steps = times;
        ret->total_ms = end > run->start->at_ms ? end - run->start->at_ms : 0;
}
