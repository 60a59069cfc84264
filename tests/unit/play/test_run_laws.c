/*
 * The laws of runs over thousands of random playbooks and histories with real concurrency.
 *
 * MUSTER_RUNS (800): how many gatherings, MUSTER_SEED (1): of the first; where only the seed is
 * said, that one alone. A seed gives the same gathering each time, and stands in what fails.
 */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gatherings.h"

#define RUNS        800
#define FEW         100 /* of so few nothing is said about how much happens in them */
#define SEED        "MUSTER_SEED=%" PRIu64
#define HOLDS(g, x) cr_assert((x), SEED ": %s", (g)->seed, #x)

static struct span {
        uint64_t first, count;
} seeds(void)
{
        const char *seed = getenv("MUSTER_SEED"), *runs = getenv("MUSTER_RUNS");
        struct span s = {.first = seed ? strtoull(seed, NULL, 10) : 1,
                         .count = runs   ? strtoull(runs, NULL, 10)
                                  : seed ? 1
                                         : RUNS};

        cr_assert_gt(s.count, 0, "MUSTER_RUNS=%s is no number of runs", runs);
        return s;
}

static enum book_kind kind_of(uint64_t seed)
{
        return seed % 4 == 0 ? BOOK_WILD : BOOK_SOUND;
}

static void for_all(void (*law)(struct gathering *, void *), void *ctx)
{
        struct span s = seeds();

        for (uint64_t seed = s.first; seed < s.first + s.count; seed++) {
                struct gathering g;

                gathering_hold(&g, seed, kind_of(seed), seed % 2);
                law(&g, ctx);
                gathering_finish(&g);
        }
}

/* ---- order, repetition, route -------------------------------------------------------------- */

struct counts {
        size_t events, not_applied, conflicts, ended, steps;
};

static void count(const struct run *run, struct counts *c)
{
        c->events += run->log_count;
        c->not_applied += run->not_applied;
        c->conflicts += run->conflicts;
        c->ended += run->state != RUN_IS_ON;
        c->steps += run->step_count;
}

static void shuffle(struct random *r, const struct play_event **events, size_t n)
{
        for (size_t i = n; i > 1; i--) {
                size_t k = random_below(r, (uint32_t)i);
                const struct play_event *swap = events[i - 1];

                events[i - 1] = events[k];
                events[k] = swap;
        }
}

static void law_routes(struct gathering *g, void *ctx)
{
        const struct play_event *events[EVENTS_MAX * 2];
        size_t n = g->count;
        struct run *at_once = run_create(&g->start), *one_by_one = run_create(&g->start);
        AUTO_FREE char *expected = NULL;

        memcpy(events, g->events, n * sizeof(*events));
        for (size_t i = 0; i < g->count; i++)
                if (random_below(&g->random, 3) == 0)
                        events[n++] = g->events[i];
        shuffle(&g->random, events, n);
        run_apply_all(at_once, events, n);
        expected = printed(at_once);
        for (size_t i = 0; i < n; i++)
                run_apply(one_by_one, events[n - 1 - i]);
        AUTO_FREE char *other = printed(one_by_one);
        cr_assert_str_eq(other, expected, SEED, g->seed);
        gathering_tell_all(g);
        for (int c = 0; c < CONSOLES; c++) {
                AUTO_FREE char *got = printed(g->runs[c]);

                cr_assert_str_eq(got, expected, SEED ": console %d", g->seed, c);
        }
        count(at_once, ctx);
        run_destroy(at_once);
        run_destroy(one_by_one);
}

Test(run_laws, order_repetition_and_route_do_not_matter)
{
        uint64_t runs = seeds().count;
        struct counts c = {0};

        for_all(law_routes, &c);
        fprintf(stderr,
                "run laws: %zu events, %zu not applied, %zu contradictions, %zu steps; ended %zu\n",
                c.events, c.not_applied, c.conflicts, c.steps, c.ended);
        if (runs < FEW)
                return;
        cr_assert_gt(c.not_applied, c.events / 10);
        cr_assert_gt(c.conflicts, runs / 4);
        cr_assert_gt(c.ended, runs / 10);
}

/* ---- nothing is lost ----------------------------------------------------------------------- */

static size_t distinct(const struct gathering *g)
{
        size_t n = 0;

        for (size_t i = 0; i < g->count; i++) {
                size_t k = 0;

                while (strcmp(g->events[k]->id, g->events[i]->id) != 0)
                        k++;
                n += k == i;
        }
        return n;
}

static size_t notes_of(const struct run *run)
{
        size_t notes = (size_t)run->said->notes;

        for (size_t i = 0; i < run->step_count; i++)
                if (run->steps[i]->said)
                        notes += (size_t)run->steps[i]->said->notes;
        return notes;
}

static bool is_kept(const struct run *run, const struct play_event *e)
{
        const struct run_step *s = e->place ? run_step_at(run, e->place) : NULL;

        switch (e->verb) {
        case PLAY_COMPLETE: return s && s->first == e;
        case PLAY_SKIP:
        case PLAY_NOT_APPLICABLE:
                return s && (s->ended == e || (s->leave && play_event_compare(e, s->leave) <= 0));
        case PLAY_FAIL: return s && s->ended == e && s->state == STEP_IS_FAILED;
        case PLAY_ANSWER: return s && (s->first == e || s->rounds > e->round);
        default: return true;
        }
}

static void law_kept(struct gathering *g, void *ctx)
{
        const struct run *run = g->runs[0];
        size_t notes = 0, reached = 0;

        (void)ctx;
        gathering_tell_all(g);
        HOLDS(g, run->log_count == distinct(g));
        for (size_t i = 0; i < run->log_count; i++) {
                const struct run_entry *entry = &run->log[i];
                const struct play_event *e = entry->event;

                HOLDS(g, entry->applied == (entry->why_not == NULL));
                cr_assert(!entry->applied || is_kept(run, e), SEED ": %s %s", g->seed, e->id,
                          e->place);
                HOLDS(g, i == 0 || play_event_compare(run->log[i - 1].event, e) < 0);
                notes += e->note != NULL;
                reached += e->note && e->place && !run_step_at(run, e->place);
        }
        HOLDS(g, notes_of(run) <= notes);
        HOLDS(g, notes_of(run) + reached >= notes);
}

Test(run_laws, no_answer_and_no_note_is_lost)
{
        for_all(law_kept, NULL);
}

/* ---- it never sticks ----------------------------------------------------------------------- */

static void law_goes_on(struct gathering *g, void *ctx)
{
        size_t open = 0;

        (void)ctx;
        for (int c = 0; c < CONSOLES; c++) {
                const struct run *run = g->runs[c];

                for (size_t i = open = 0; i < run->live_count; i++)
                        open += run_step_is_open(run->live[i]);
                HOLDS(g, (run->state == RUN_IS_ON) == (open > 0));
        }
}

Test(run_laws, while_it_is_on_somebody_can_do_something)
{
        for_all(law_goes_on, NULL);
}

static void law_ends(struct gathering *g)
{
        const struct run *run = g->runs[0];
        size_t before;

        gathering_tell_all(g);
        before = g->count;
        while (gathering_go_on(g, g->runs[0]))
                cr_assert(run->log[run->log_count - 1].applied, SEED ": %s", g->seed,
                          run->log[run->log_count - 1].why_not);
        HOLDS(g, run->state != RUN_IS_ON);
        HOLDS(g, g->count - before < EVENTS_MAX);
}

Test(run_laws, a_sound_playbook_comes_to_its_end)
{
        struct span s = seeds();

        for (uint64_t seed = s.first; seed < s.first + s.count; seed++) {
                struct gathering g;

                gathering_hold(&g, seed, BOOK_SOUND, false);
                law_ends(&g);
                gathering_finish(&g);
        }
}
