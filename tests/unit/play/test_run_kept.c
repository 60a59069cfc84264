/* A run goes over to a version with something new before what was done: no answer is lost. */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "gatherings.h"
#include "play/diff.h"
#include "play/plan.h"
#include "unit/laws.h"

TestSuite(run_kept);

#define OLD "s start >a\na action >b\nb action >c two\nc action >e\ne end\n"
#define NEW "s start >a\na action >n\nn action >b\nb action >c two\nc action >e\ne end\n"

static void open_moved(struct table *t)
{
        table_open(t, OLD);
        t->others[0] = book_read(&t->arena, NEW);
        cr_assert(say(t, PLAY_COMPLETE, "a", NULL));
        cr_assert(say(t, PLAY_COMPLETE, "b", NULL));
        t->who = "moreau";
        cr_assert(say(t, PLAY_SIGN, "b", NULL));
        cr_assert(say(t, PLAY_MOVE, NULL, "hash-0"));
}

Test(run_kept, what_was_done_behind_a_new_step_counts_when_the_run_gets_there)
{
        struct table t;

        open_moved(&t);
        cr_assert_str_eq(to_do(&t), "n");
        cr_assert(t.run->log[1].waits);
        cr_assert_str_eq(t.run->log[1].why_not, "it waits until that step is reached");
        cr_assert_eq(t.run->not_applied, 2);
        cr_assert(say(&t, PLAY_COMPLETE, "n", NULL));
        cr_assert_str_eq(to_do(&t), "c");
        cr_assert_eq(state_of(&t, "b"), STEP_IS_DONE);
        cr_assert_str_eq(run_step_at(t.run, "b")->first->who, "duarte");
        cr_assert_str_eq(run_step_at(t.run, "b")->ended->who, "moreau");
        cr_assert_eq(t.run->not_applied, 0);
        table_close(&t);
}

/* Who looks at the plan meanwhile sees that it is there. */
Test(run_kept, the_plan_shows_an_answer_that_waits)
{
        struct arena a = {0};
        struct plan plan;
        struct table t;

        open_moved(&t);
        plan_make(t.run, &a, &plan);
        cr_assert_eq(plan.rows[plan_find(&plan, "n")].kept, NULL);
        cr_assert_str_eq(plan.rows[plan_find(&plan, "b")].kept->who, "duarte");
        cr_assert(say(&t, PLAY_COMPLETE, "n", NULL));
        plan_make(t.run, &a, &plan);
        cr_assert_eq(plan.rows[plan_find(&plan, "b")].kept, NULL);
        table_close(&t);
        arena_finish(&a);
}

/* What comes next has its time from when the run got there, not from the answer before. */
Test(run_kept, time_goes_on_from_when_the_run_got_there)
{
        struct table t;

        open_moved(&t);
        t.at_ms += 3600000;
        cr_assert(say(&t, PLAY_COMPLETE, "n", NULL));
        const struct run_step *n = run_step_at(t.run, "n"), *c = run_step_at(t.run, "c");
        cr_assert_eq(c->opened_ms, n->ended_ms);
        table_close(&t);
}

Test(run_kept, one_that_was_taken_back_is_none)
{
        struct table t;

        open_moved(&t);
        cr_assert(say(&t, PLAY_UNDO, NULL, t.run->log[1].event->id), "%s", why_not(&t));
        cr_assert(say(&t, PLAY_COMPLETE, "n", NULL));
        cr_assert_str_eq(to_do(&t), "b");
        table_close(&t);
}

Test(run_kept, where_no_other_version_came_an_answer_ahead_of_its_step_is_none)
{
        struct table t;

        table_open(&t, OLD);
        cr_assert(!say(&t, PLAY_COMPLETE, "b", NULL));
        cr_assert_str_eq(why_not(&t), "that step was not reached");
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert_str_eq(to_do(&t), "b");
        table_close(&t);
}

Test(run_kept, the_rounds_of_a_while_come_one_after_the_other)
{
        static const char old[] = "s start >w\nw while ?? >e /x\nx action >y\ny end\ne end\n";
        static const char new[] =
                "s start >n\nn action >w\nw while ?? >e /x\nx action >y\ny end\ne end\n";
        struct play_event *leave;
        struct table t;

        table_open(&t, old);
        t.others[0] = book_read(&t.arena, new);
        for (int round = 0; round < 3; round++) {
                const char *place = arena_printf(&t.arena, "w.%d/x", round + 1);
                struct play_event *again = make(&t, PLAY_ANSWER, "w", "again");

                again->round = round;
                cr_assert(run_apply(t.run, again));
                cr_assert(say(&t, PLAY_COMPLETE, place, NULL));
        }
        leave = make(&t, PLAY_ANSWER, "w", "leave");
        leave->round = 3;
        run_apply(t.run, leave);
        cr_assert_eq(t.run->state, RUN_IS_DONE);
        cr_assert(say(&t, PLAY_MOVE, NULL, "hash-0"));
        cr_assert_str_eq(to_do(&t), "n");
        cr_assert(say(&t, PLAY_COMPLETE, "n", NULL));
        cr_assert_eq(t.run->state, RUN_IS_DONE);
        cr_assert_eq(t.run->not_applied, 0);
        table_close(&t);
}

Test(run_kept, who_asks_before_is_told_what_would_wait)
{
        struct table t;
        struct run_move move;

        table_open(&t, OLD);
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "b", NULL));
        run_try_move(t.run, book_read(&t.arena, NEW), &t.arena, &move);
        cr_assert_eq(move.count, 0);
        cr_assert_eq(move.waiting_count, 1);
        cr_assert_str_eq(move.waiting[0].event->place, "b");
        table_close(&t);
}

/* ---- the law ------------------------------------------------------------------------------- */

#define SEEDS laws_seeds(1200)

static void lead_to(int *way, int from, int to)
{
        if (*way == from)
                *way = to;
}

/* The same with an action before each way to that step. */
static const struct playbook *put_before(const struct playbook *p, int at, struct arena *a)
{
        struct playbook *copy = arena_alloc(a, sizeof(*copy));
        struct step *steps = arena_array(a, p->step_count + 1, sizeof(*steps));
        int n = (int)p->step_count;

        memcpy(steps, p->steps, p->step_count * sizeof(*steps));
        for (int i = 0; i < n; i++) {
                struct step *s = &steps[i];
                struct step_branch *branches =
                        arena_array(a, s->branch_count + 1, sizeof(*branches));

                for (size_t k = 0; k < s->branch_count; k++) {
                        branches[k] = s->branches[k];
                        lead_to(&branches[k].step, at, n);
                }
                s->branches = branches;
                lead_to(&s->on_completion, at, n);
                lead_to(&s->on_success, at, n);
                lead_to(&s->on_failure, at, n);
        }
        steps[n] = (struct step){.type = STEP_ACTION,
                                 .type_name = "action",
                                 .id = "~new",
                                 .name = "Put in",
                                 .agent = -1,
                                 .on_completion = at,
                                 .on_success = -1,
                                 .on_failure = -1};
        *copy = *p;
        copy->steps = steps;
        copy->step_count = p->step_count + 1;
        return copy;
}

static int some_step(struct gathering *g, const struct playbook *p)
{
        for (int tries = 0; tries < 50; tries++) {
                int at = (int)random_below(&g->random, (uint32_t)p->step_count);

                if (p->steps[at].type != STEP_START && p->steps[at].type != STEP_END)
                        return at;
        }
        return -1;
}

/* What is known by now decides by itself where a person was asked before. */
static bool is_asked(const struct playbook *p)
{
        for (size_t i = 0; i < p->step_count; i++)
                if (p->steps[i].condition || p->steps[i].switch_variable)
                        return false;
        return true;
}

static bool is_of_block(const struct run *run, const struct play_event *e)
{
        const struct run_step *s = e->place ? run_step_at(run, e->place) : NULL;

        return s && s->step->branch_count && play_verb_row(e->verb)->outcome &&
               e->verb != PLAY_ANSWER;
}

/* A block left as a whole, or a run ended by force, ends what waits in it as it ends all else. */
static bool is_simple(const struct gathering *g)
{
        const struct run *run = g->runs[0];
        bool asked = is_asked(run->playbook) && is_asked(g->others[0]) && is_asked(g->others[1]);

        for (size_t i = 0; i < run->log_count; i++) {
                const struct play_event *e = run->log[i].event;

                if (e->verb == PLAY_CANCEL || (e->verb == PLAY_SET && !asked) ||
                    is_of_block(run, e))
                        return false;
        }
        return run->state == RUN_IS_ON || run->state == RUN_IS_DONE;
}

static struct play_event *new_event(struct gathering *g, enum play_verb verb, const char *at)
{
        struct play_event *e = arena_alloc(&g->arena, sizeof(*e));

        *e = (struct play_event){.id = arena_printf(&g->arena, "note--new-%zu", g->count),
                                 .console = "1",
                                 .who = "duarte",
                                 .hlc = INT64_MAX - 1000000 + (int64_t)g->count,
                                 .verb = verb};
        *(verb == PLAY_MOVE ? &e->value : &e->place) = arena_strdup(&g->arena, at);
        g->events[g->count++] = e;
        return e;
}

static bool do_what_is_new(struct gathering *g, struct run *run)
{
        for (size_t i = 0; g->count < EVENTS_MAX && i < run->live_count; i++)
                if (strcmp(run->live[i]->step->id, "~new") == 0) {
                        run_apply(run, new_event(g, PLAY_COMPLETE, run->live[i]->place));
                        return true;
                }
        return false;
}

struct finding {
        struct gathering *g;
        const struct playbook *newer; /* "newer" */
};

static const struct playbook *find(void *ctx, const char *hash)
{
        const struct finding *f = ctx;

        return strcmp(hash, "newer") == 0 ? f->newer : f->g->start.find(f->g->start.ctx, hash);
}

struct counts {
        size_t runs, waited, answers;
};

static void expect_all(struct gathering *g, struct run *moved, struct counts *c)
{
        for (size_t i = 0; i < g->runs[0]->log_count; i++) {
                const struct run_entry *was = &g->runs[0]->log[i];
                const struct run_entry *now = run_entry_of(moved, was->event->id);

                c->answers += was->applied;
                cr_assert(!was->applied || now->applied, "MUSTER_SEED=%" PRIu64 ": %s of %s: %s",
                          g->seed, play_verb_row(was->event->verb)->name, was->event->place,
                          now->why_not);
        }
        cr_assert_eq(moved->state, g->runs[0]->state, "MUSTER_SEED=%" PRIu64, g->seed);
}

/* Those who hear of it in another order have the same. */
static void expect_same_anew(struct gathering *g, const struct run *moved)
{
        struct run *anew = run_create(moved->start);

        for (size_t i = g->count; i-- > 0;)
                run_apply(anew, g->events[i]);
        AUTO_FREE char *expected = printed(moved);
        AUTO_FREE char *got = printed(anew);
        cr_assert_str_eq(got, expected, "MUSTER_SEED=%" PRIu64, g->seed);
        run_destroy(anew);
}

Test(run_kept, no_answer_is_lost_to_a_step_put_in_before_it)
{
        struct counts c = {0};

        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
                struct gathering g;
                struct run *moved;
                int at;

                gathering_hold(&g, seed, BOOK_SOUND, false);
                gathering_tell_all(&g);
                at = some_step(&g, g.start.playbook);
                if (at >= 0 && is_simple(&g)) {
                        struct finding f = {&g, put_before(g.start.playbook, at, &g.arena)};
                        struct run_start start = g.start;

                        start.find = find;
                        start.ctx = &f;
                        moved = run_create(&start);
                        run_apply_all(moved, g.events, g.count);
                        run_apply(moved, new_event(&g, PLAY_MOVE, "newer"));
                        for (size_t i = 0; i < moved->log_count; i++)
                                c.waited += moved->log[i].waits;
                        while (do_what_is_new(&g, moved))
                                ;
                        expect_all(&g, moved, &c);
                        if (seed % 16 == 0)
                                expect_same_anew(&g, moved);
                        c.runs++;
                        run_destroy(moved);
                }
                gathering_finish(&g);
        }
        fprintf(stderr, "run kept: %zu runs, %zu answers, %zu waited\n", c.runs, c.answers,
                c.waited);
        cr_assert_gt(c.runs, SEEDS / 20);
        cr_assert_gt(c.waited, SEEDS / 40);
}

/* One that nobody counted before does not count now, either. */
Test(run_kept, an_answer_that_did_not_count_does_not_come_to_count)
{
        struct table t;

        table_open(&t, OLD);
        t.others[0] = book_read(&t.arena, NEW);
        cr_assert(!say(&t, PLAY_FAIL, "b", NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "b", NULL));
        cr_assert(say(&t, PLAY_MOVE, NULL, "hash-0"));
        cr_assert(say(&t, PLAY_COMPLETE, "n", NULL));
        cr_assert_eq(state_of(&t, "b"), STEP_IS_TO_SIGN);
        cr_assert_eq(t.run->conflicts, 0);
        table_close(&t);
}

Test(run_kept, an_answer_is_kept_over_several_versions)
{
        struct table t;

        open_moved(&t);
        t.others[1] = book_read(&t.arena, "s start >m\nm action >a\na action >n\nn action >b\n"
                                          "b action >c two\nc action >e\ne end\n");
        cr_assert(say(&t, PLAY_MOVE, NULL, "hash-1"));
        cr_assert_str_eq(to_do(&t), "m");
        cr_assert(say(&t, PLAY_COMPLETE, "m", NULL));
        cr_assert_str_eq(to_do(&t), "n");
        cr_assert(say(&t, PLAY_COMPLETE, "n", NULL));
        cr_assert_str_eq(to_do(&t), "c");
        table_close(&t);
}
