/* The laws of runs over thousands of random playbooks and histories with real concurrency. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "gatherings.h"
#include "play/place.h"

#define SEEDS 800

static void for_all(uint64_t seeds, void (*law)(struct gathering *, void *), void *ctx)
{
        for (uint64_t seed = 1; seed <= seeds; seed++) {
                struct gathering g;

                gathering_hold(&g, seed, seed % 4 == 0 ? BOOK_WILD : BOOK_SOUND, seed % 2);
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
        cr_assert_str_eq(other, expected);
        gathering_tell_all(g);
        for (int c = 0; c < CONSOLES; c++) {
                AUTO_FREE char *got = printed(g->runs[c]);

                cr_assert_str_eq(got, expected, "console %d", c);
        }
        count(at_once, ctx);
        run_destroy(at_once);
        run_destroy(one_by_one);
}

Test(run_laws, order_repetition_and_route_do_not_matter)
{
        struct counts c = {0};

        for_all(SEEDS, law_routes, &c);
        fprintf(stderr,
                "run laws: %zu events, %zu not applied, %zu contradictions, %zu steps; ended %zu\n",
                c.events, c.not_applied, c.conflicts, c.steps, c.ended);
        cr_assert_gt(c.not_applied, c.events / 10);
        cr_assert_gt(c.conflicts, SEEDS / 4);
        cr_assert_gt(c.ended, SEEDS / 10);
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
        case PLAY_NOT_APPLICABLE: return s && s->ended == e;
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
        cr_assert_eq(run->log_count, distinct(g));
        for (size_t i = 0; i < run->log_count; i++) {
                const struct run_entry *entry = &run->log[i];
                const struct play_event *e = entry->event;

                cr_assert_eq(entry->applied, entry->why_not == NULL);
                cr_assert(!entry->applied || is_kept(run, e), "%s %s", e->id, e->place);
                cr_assert(i == 0 || play_event_compare(run->log[i - 1].event, e) < 0);
                notes += e->note != NULL;
                reached += e->note && e->place && !run_step_at(run, e->place);
        }
        cr_assert_leq(notes_of(run), notes);
        cr_assert_geq(notes_of(run) + reached, notes);
}

Test(run_laws, no_answer_and_no_note_is_lost)
{
        for_all(SEEDS, law_kept, NULL);
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
                cr_assert_eq(run->state == RUN_IS_ON, open > 0);
        }
}

Test(run_laws, while_it_is_on_somebody_can_do_something)
{
        for_all(SEEDS, law_goes_on, NULL);
}

Test(run_laws, a_sound_playbook_comes_to_its_end)
{
        size_t most = 0;

        for (uint64_t seed = 1; seed <= SEEDS / 2; seed++) {
                struct gathering g;
                size_t before;

                gathering_hold(&g, seed, BOOK_SOUND, false);
                gathering_tell_all(&g);
                before = g.count;
                while (gathering_go_on(&g, g.runs[0]))
                        cr_assert(g.runs[0]->log[g.runs[0]->log_count - 1].applied, "%s",
                                  g.runs[0]->log[g.runs[0]->log_count - 1].why_not);
                cr_assert_neq(g.runs[0]->state, RUN_IS_ON, "seed %zu", (size_t)seed);
                most = g.count - before > most ? g.count - before : most;
                gathering_finish(&g);
        }
        cr_assert_lt(most, EVENTS_MAX);
}

/* ---- the machine against the rules read literally ------------------------------------------- */

/* What became of each place, told by the log alone; walked anew from the start. */
struct reader {
        struct arena arena;
        const struct run *run;
        struct str open; /* places that wait for somebody, in the order of the walk */
        struct str place;
};

enum fate { FATE_OPEN, FATE_ENDED, FATE_FAILED };

static enum fate read_lane(struct reader *r, const struct playbook *p, const char *around,
                           enum step_type type, int branch, int step);

static const struct play_event *last_said(const struct reader *r, const char *place,
                                          enum play_verb verb, int round)
{
        const struct play_event *found = NULL;

        for (size_t i = 0; i < r->run->log_count; i++) {
                const struct run_entry *entry = &r->run->log[i];

                if (entry->applied && entry->event->verb == verb && entry->event->place &&
                    strcmp(entry->event->place, place) == 0 &&
                    (round < 0 || entry->event->round == round))
                        found = entry->event;
        }
        return found;
}

static enum fate wait_at(struct reader *r, const char *place)
{
        str_add_sep(&r->open, " ", place);
        return FATE_OPEN;
}

/* What is known by itself is not in the log: that is taken from the step. */
static const char *way_of(const struct reader *r, const char *place, const struct step *step,
                          int round)
{
        const struct run_step *s = run_step_at(r->run, place);
        const struct play_event *e = last_said(r, place, PLAY_ANSWER, round);

        if (e && (!step->two_person || last_said(r, place, PLAY_SIGN, round)))
                return e->value;
        if (round >= 0 && s->rounds > round)
                return "again";
        return s->by_itself && (round < 0 || s->rounds == round) ? s->answer : NULL;
}

static enum fate read_while(struct reader *r, const struct playbook *p, const char *place,
                            const struct step *step)
{
        for (int round = 0;; round++) {
                const char *way = way_of(r, place, step, round);
                enum fate fate;

                if (!way)
                        return wait_at(r, place);
                if (strcmp(way, "leave") == 0)
                        return FATE_ENDED;
                fate = read_lane(r, p, place, STEP_WHILE, round + 1, step->branches[0].step);
                if (fate != FATE_ENDED)
                        return fate;
        }
}

static enum fate read_chosen(struct reader *r, const struct playbook *p, const char *place,
                             const struct step *step)
{
        const char *way = way_of(r, place, step, -1);

        if (!way)
                return wait_at(r, place);
        for (size_t i = 0; i < step->branch_count; i++)
                if (strcmp(step->branches[i].label, way) == 0)
                        return read_lane(r, p, place, step->type, (int)i, step->branches[i].step);
        return FATE_ENDED;
}

static enum fate read_parallel(struct reader *r, const struct playbook *p, const char *place,
                               const struct step *step)
{
        bool open = false, failed = false;

        for (size_t i = 0; i < step->branch_count; i++) {
                enum fate fate =
                        read_lane(r, p, place, STEP_PARALLEL, (int)i, step->branches[i].step);

                open |= fate == FATE_OPEN;
                failed |= fate == FATE_FAILED;
        }
        return open ? FATE_OPEN : failed ? FATE_FAILED : FATE_ENDED;
}

static enum fate read_playbook(struct reader *r, const struct playbook *p, const char *around)
{
        enum fate fate = read_lane(r, p, around, STEP_PLAYBOOK, 0, p->start);

        if (fate == FATE_FAILED && p->exception >= 0)
                fate = read_lane(r, p, around, STEP_PLAYBOOK, 0, p->exception);
        return fate;
}

static enum fate read_step(struct reader *r, const struct playbook *p, const char *place,
                           const struct step *step)
{
        const struct play_event *taken = last_said(r, place, PLAY_ANSWER, -1);

        if (last_said(r, place, PLAY_FAIL, -1))
                return FATE_FAILED;
        if (last_said(r, place, PLAY_SKIP, -1) || last_said(r, place, PLAY_NOT_APPLICABLE, -1))
                return FATE_ENDED;
        switch (step->type) {
        case STEP_PARALLEL: return read_parallel(r, p, place, step);
        case STEP_WHILE: return read_while(r, p, place, step);
        case STEP_IF:
        case STEP_SWITCH: return read_chosen(r, p, place, step);
        default: break;
        }
        if (taken && (!step->two_person || last_said(r, place, PLAY_SIGN, -1))) {
                p = r->run->start->find(r->run->start->ctx, taken->value);
                return p ? read_playbook(r, p, place) : wait_at(r, place);
        }
        if (last_said(r, place, PLAY_COMPLETE, -1) &&
            (!step->two_person || last_said(r, place, PLAY_SIGN, -1)))
                return FATE_ENDED;
        return wait_at(r, place);
}

static enum fate read_lane(struct reader *r, const struct playbook *p, const char *around,
                           enum step_type type, int branch, int step)
{
        int *visits = arena_array(&r->arena, p->step_count, sizeof(*visits));

        while (step >= 0 && p->steps[step].type != STEP_END) {
                const struct step *s = &p->steps[step];
                enum fate fate;

                step = s->on_completion;
                if (s->type == STEP_START)
                        continue;
                str_clear(&r->place);
                place_add(&r->place, around, type, branch, s->id, ++visits[s - p->steps]);
                fate = read_step(r, p, arena_strdup(&r->arena, str_text(&r->place)), s);
                if (fate == FATE_OPEN)
                        return fate;
                if (fate == FATE_FAILED && s->on_failure < 0 && s->on_completion < 0)
                        return fate;
                if (fate == FATE_FAILED && s->on_failure >= 0)
                        step = s->on_failure;
                if (fate == FATE_ENDED && s->on_success >= 0)
                        step = s->on_success;
        }
        return FATE_ENDED;
}

static int compare_words(const void *a, const void *b)
{
        return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words in their order, so that two walks can be compared. */
static char *sorted(const char *words)
{
        AUTO_FREE char *copy = xstrdup(words);
        char *list[512], *save = NULL;
        struct str out;
        size_t n = 0;

        for (char *w = strtok_r(copy, " ", &save); w && n < ARRAY_LEN(list);
             w = strtok_r(NULL, " ", &save))
                list[n++] = w;
        qsort(list, n, sizeof(*list), compare_words);
        str_init(&out, 1 << 20);
        for (size_t i = 0; i < n; i++)
                str_add_sep(&out, " ", list[i]);
        return str_take(&out);
}

static char *open_places(const struct run *run)
{
        CLEANUP(str_finish) struct str out;

        str_init(&out, 1 << 20);
        for (size_t i = 0; i < run->live_count; i++)
                if (run_step_is_open(run->live[i]))
                        str_add_sep(&out, " ", run->live[i]->place);
        return sorted(str_text(&out));
}

static void expect_as_read(const struct run *run, size_t *compared)
{
        static const enum run_state states[] = {
                [FATE_OPEN] = RUN_IS_ON, [FATE_ENDED] = RUN_IS_DONE, [FATE_FAILED] = RUN_IS_FAILED};
        struct reader r = {.run = run};
        enum fate fate;

        if (run->state == RUN_IS_CANCELLED)
                return;
        str_init(&r.open, 1 << 20);
        str_init(&r.place, PLACE_MAX);
        fate = read_playbook(&r, run->playbook, NULL);
        AUTO_FREE char *expected = sorted(str_text(&r.open)), *got = open_places(run);
        cr_assert_str_eq(got, expected);
        cr_assert_eq(states[fate], run->state);
        *compared += run->step_count;
        str_finish(&r.open);
        str_finish(&r.place);
        arena_finish(&r.arena);
}

Test(run_laws, a_run_is_what_its_log_says)
{
        size_t compared = 0;

        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
                struct gathering g;

                gathering_hold(&g, seed, BOOK_SOUND, seed % 2);
                gathering_tell_all(&g);
                for (int c = 0; c < 2; c++) {
                        expect_as_read(g.runs[c], &compared);
                        gathering_go_on(&g, g.runs[1]);
                }
                gathering_finish(&g);
        }
        cr_assert_gt(compared, SEEDS * 10);
}
