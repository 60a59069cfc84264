/*
 * How long the steps of a playbook took over its runs: medians, since one run over a holiday says
 * nothing of the next.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "play/times.h"

#include "play_private.h"

/* ---- what is taken of a run ---------------------------------------------------------------- */

static bool has_result(const struct run_step *s)
{
        return play_is_timed(s) && (s->state == STEP_IS_DONE || s->state == STEP_IS_FAILED);
}

static const char *title_of(const struct run_step *s, struct arena *a)
{
        const struct outlook o = {.playbook = s->playbook, .step = s->step};

        return arena_strdup(a, play_fill(&o, step_title(s->step, a), RUN_TITLE_MAX, a));
}

static void take_step(struct times_samples *t, const struct run *run, const struct run_step *s)
{
        t->steps = arena_grow(t->a, t->steps, t->step_count, &t->step_room, sizeof(*t->steps));
        t->steps[t->step_count++] =
                (struct times_sample){.step = arena_strdup(t->a, s->step->id),
                                      .title = title_of(s, t->a),
                                      .ms = play_time_of(run, s, s->ended_ms),
                                      .expected_ms = (int64_t)s->step->minutes * PLAY_MINUTE_MS,
                                      .ended_ms = s->ended_ms};
}

void times_take(struct times_samples *t, const struct run *run)
{
        int64_t took = run->ended_ms - run->start->at_ms;

        for (size_t i = 0; i < run->step_count; i++)
                if (has_result(run->steps[i]))
                        take_step(t, run, run->steps[i]);
        t->taken++;
        if (run->state != RUN_IS_DONE && run->state != RUN_IS_FAILED)
                return;
        t->runs = arena_grow(t->a, t->runs, t->run_count, &t->run_room, sizeof(*t->runs));
        t->runs[t->run_count++] = took > 0 ? took : 0;
}

/* ---- what it comes to ---------------------------------------------------------------------- */

static int compare_ms(const void *a, const void *b)
{
        const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

        return (x > y) - (x < y);
}

static int compare_samples(const void *a, const void *b)
{
        const struct times_sample *x = a, *y = b;
        int order = strcmp(x->step, y->step);

        return order ? order : (x->ms > y->ms) - (x->ms < y->ms);
}

static int compare_steps(const void *a, const void *b)
{
        const struct times_of_step *x = a, *y = b;

        if (x->took.median_ms != y->took.median_ms)
                return x->took.median_ms < y->took.median_ms ? 1 : -1;
        if (x->took.longest_ms != y->took.longest_ms)
                return x->took.longest_ms < y->took.longest_ms ? 1 : -1;
        return strcmp(x->step, y->step);
}

/* Of an even number the mean of the two in the middle. */
static int64_t middle(int64_t lower, int64_t upper)
{
        return lower + (upper - lower) / 2;
}

static const struct times_sample *newest_of(const struct times_sample *s, size_t n)
{
        const struct times_sample *newest = s;

        for (size_t i = 1; i < n; i++)
                if (s[i].ended_ms >= newest->ended_ms)
                        newest = &s[i];
        return newest;
}

/* Samples of one step, from the shortest. */
static void sum_step(const struct times_sample *s, size_t n, struct times_of_step *ret)
{
        const struct times_sample *newest = newest_of(s, n);

        *ret = (struct times_of_step){
                .step = s->step,
                .title = newest->title,
                .expected_ms = newest->expected_ms,
                .took = {n, middle(s[(n - 1) / 2].ms, s[n / 2].ms), s[n - 1].ms}};
}

void times_sum(struct times_samples *t, struct times_of_book *ret)
{
        size_t n = t->run_count, next;

        *ret = (struct times_of_book){.taken = t->taken};
        ret->steps = arena_array(t->a, t->step_count + 1, sizeof(*ret->steps));
        if (t->step_count)
                qsort(t->steps, t->step_count, sizeof(*t->steps), compare_samples);
        for (size_t i = 0; i < t->step_count; i = next) {
                for (next = i + 1;
                     next < t->step_count && strcmp(t->steps[next].step, t->steps[i].step) == 0;)
                        next++;
                sum_step(&t->steps[i], next - i, &ret->steps[ret->count++]);
        }
        if (ret->count)
                qsort(ret->steps, ret->count, sizeof(*ret->steps), compare_steps);
        if (!n)
                return;
        qsort(t->runs, n, sizeof(*t->runs), compare_ms);
        ret->runs = (struct times_figure){n, middle(t->runs[(n - 1) / 2], t->runs[n / 2]),
                                          t->runs[n - 1]};
}
