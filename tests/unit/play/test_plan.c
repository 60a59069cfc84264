/* The rows of a plan: the same from the start to the end, filled in by the run. */
#include "play/plan.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "gatherings.h"

#define BOOK                                                                                       \
        "s start >a\na action >p !f\nf action >p\np parallel /b /c >i\nb action >b2\n"             \
        "b2 action >e1\nc action must >e1\ni if ?? /d /g >w\nd action >e1\ng action >e1\n"         \
        "w while ?? /h >z\nh action >e1\nz action must >e\ne end\ne1 end\n"

static const char *state_sign(const struct plan_row *row)
{
        static const char *const signs[] = {
                [STEP_IS_NOT_REACHED] = ".", [STEP_IS_NOW] = "now",
                [STEP_IS_TO_SIGN] = "sign",  [STEP_IS_UNDER_WAY] = "under way",
                [STEP_IS_DONE] = "done",     [STEP_IS_FAILED] = "failed",
                [STEP_IS_SKIPPED] = "skip",  [STEP_IS_NOT_APPLICABLE] = "n/a",
                [STEP_IS_LEFT] = "left"};

        if (row->next)
                return "next";
        return row->not_taken ? "-" : signs[row->state];
}

static void draw(const struct plan_row *row, struct str *out)
{
        str_addf(out, "%*s", row->depth * 2, "");
        switch (row->kind) {
        case PLAN_STEP:
                str_addf(out, "%s %s %s\n", row->number, row->title, state_sign(row));
                break;
        case PLAN_BRANCH: str_addf(out, "> %s\n", row->title ? row->title : ""); break;
        case PLAN_FAILURE: str_add(out, "!\n"); break;
        case PLAN_GOTO: str_addf(out, "on at %s\n", row->number); break;
        case PLAN_MORE: str_add(out, "...\n"); break;
        }
}

static char *drawn(const struct plan *plan)
{
        struct str out;

        str_init(&out, 1 << 20);
        for (size_t i = 0; i < plan->count; i++)
                draw(&plan->rows[i], &out);
        return str_take(&out);
}

static void expect_plan(struct table *t, const char *expected)
{
        struct plan plan;
        AUTO_FREE char *got = NULL;

        plan_make(t->run, &t->arena, &plan);
        got = drawn(&plan);
        cr_assert_str_eq(got, expected);
}

Test(plan, the_whole_is_there_from_the_start)
{
        struct table t;

        table_open(&t, BOOK);
        expect_plan(&t, "1 a now\n  !\n    1-1 f .\n    on at 2\n2 p next\n  > \n    2a.1 b .\n"
                        "    2a.2 b2 .\n  > \n    2b.1 c .\n3 i .\n  > true\n    3a.1 d .\n"
                        "  > false\n    3b.1 g .\n4 w .\n  4.1 h .\n5 z .\n");
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "p.1/b", NULL));
        cr_assert(say(&t, PLAY_SKIP, "p.2/c", "no such host"));
        expect_plan(&t, "1 a done\n  !\n    1-1 f -\n    on at 2\n2 p under way\n  > \n"
                        "    2a.1 b done\n    2a.2 b2 now\n  > \n    2b.1 c skip\n3 i .\n"
                        "  > true\n    3a.1 d .\n  > false\n    3b.1 g .\n4 w .\n  4.1 h .\n5 z "
                        ".\n");
        cr_assert(say(&t, PLAY_COMPLETE, "p.1/b2", NULL));
        cr_assert(say(&t, PLAY_ANSWER, "i", "false"));
        cr_assert(say(&t, PLAY_COMPLETE, "i.false/g", NULL));
        expect_plan(&t, "1 a done\n  !\n    1-1 f -\n    on at 2\n2 p done\n  > \n    2a.1 b done\n"
                        "    2a.2 b2 done\n  > \n    2b.1 c skip\n3 i done\n  > true\n    3a.1 d "
                        "-\n  > false\n    3b.1 g done\n4 w now\n  4.1 h next\n5 z next\n");
        table_close(&t);
}

Test(plan, a_branch_at_once_with_others_has_the_name_of_its_own_end)
{
        struct table t;

        table_open(&t, "s start >p\np parallel /a /b /c >e\na action >ea\nea end name=Contain\n"
                       "b action >eb\nc action >eb\neb end name=Both\ne end\n");
        expect_plan(&t, "1 p under way\n  > Contain\n    1a.1 a now\n  > \n    1b.1 b now\n"
                        "  > \n    1c.1 c now\n");
        table_close(&t);
}

Test(plan, dry_it_is_the_playbook_alone)
{
        struct table t;
        struct plan plan;
        AUTO_FREE char *got = NULL;

        table_open(&t, BOOK);
        plan_make_dry(t.start.playbook, &t.arena, &plan);
        got = drawn(&plan);
        cr_assert_not_null(strstr(got, "1 a .\n"));
        cr_assert_null(strstr(got, "next"));
        cr_assert_eq(plan_now(&plan), SIZE_MAX);
        cr_assert_str_eq(plan.rows[plan_find(&plan, "w.1/h")].number, "4.1");
        table_close(&t);
}

Test(plan, a_while_shows_its_newest_round_and_a_step_its_newest_visit)
{
        struct table t;
        struct plan plan;

        table_open(&t, "s start >w\nw while ?? /h >a\nh action >e1\na action +e !a\ne end\n"
                       "e1 end\n");
        cr_assert(say(&t, PLAY_ANSWER, "w", "again"));
        cr_assert(say(&t, PLAY_COMPLETE, "w.1/h", NULL));
        cr_assert(say(&t, PLAY_ANSWER, "w", "again"));
        plan_make(t.run, &t.arena, &plan);
        cr_assert_eq(plan.rows[0].times, 2);
        cr_assert_str_eq(plan.rows[1].place, "w.2/h");
        cr_assert_eq(plan.rows[1].state, STEP_IS_NOW);
        cr_assert(say(&t, PLAY_COMPLETE, "w.2/h", NULL));
        cr_assert(say(&t, PLAY_ANSWER, "w", "leave"));
        cr_assert(say(&t, PLAY_FAIL, "a", NULL));
        plan_make(t.run, &t.arena, &plan);
        cr_assert_str_eq(plan.rows[2].place, "a#2");
        cr_assert_eq(plan.rows[2].times, 2);
        cr_assert_eq(plan.rows[4].kind, PLAN_GOTO);
        cr_assert_eq(plan.rows[4].to, 2);
        table_close(&t);
}

Test(plan, a_playbook_that_was_taken_in_lies_inside)
{
        struct table t;

        table_open(&t, "s start >k\nk playbook >z\nz action >e\ne end\n");
        t.others[1] = book_read(&t.arena, "s start >a\na action +b\nb action +e\nx action >e\n"
                                          "e end\nexception x\n");
        expect_plan(&t, "1 k now\n2 z next\n");
        cr_assert(say(&t, PLAY_ANSWER, "k", "hash-1"));
        expect_plan(&t, "1 k under way\n  1.1 a now\n  1.2 b next\n  !\n    1.E1 x .\n2 z .\n");
        table_close(&t);
}

Test(plan, what_stands_elsewhere_is_not_repeated_until_somebody_gets_there)
{
        struct table t;

        table_open(&t, "s start >i\ni if ?? /a /b >e\na action >c\nb action >c\nc action >d\n"
                       "d action >e1\ne end\ne1 end\n");
        expect_plan(&t, "1 i now\n  > true\n    1a.1 a next\n    1a.2 c .\n    1a.3 d .\n"
                        "  > false\n    1b.1 b next\n    on at 1a.2\n");
        cr_assert(say(&t, PLAY_ANSWER, "i", "false"));
        cr_assert(say(&t, PLAY_COMPLETE, "i.false/b", NULL));
        expect_plan(&t, "1 i under way\n  > true\n    1a.1 a -\n    1a.2 c -\n    1a.3 d -\n"
                        "  > false\n    1b.1 b done\n    1b.2 c now\n    1b.3 d next\n");
        table_close(&t);
}

Test(plan, owner_and_due_are_there_before_the_step_is_reached)
{
        struct table t;
        struct plan plan;

        table_open(&t, "s start >a\na action >b\nb action timeout=60000 >e\ne end\n");
        cr_assert(say(&t, PLAY_OWNER, "b", "moreau"));
        plan_make(t.run, &t.arena, &plan);
        cr_assert_str_eq(plan.rows[1].owner, "moreau");
        cr_assert_eq(plan.rows[1].due_ms, CLOCK_NONE);
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        plan_make(t.run, &t.arena, &plan);
        cr_assert_str_eq(plan.rows[1].owner, "moreau");
        cr_assert_eq(plan.rows[1].due_ms, t.at_ms + 60000);
        table_close(&t);
}

Test(plan, the_last_of_a_depth_is_known)
{
        struct table t;
        struct plan plan;
        char last[32] = "";

        table_open(&t, "s start >p\np parallel /a /b >z\na action >a2\na2 action >e1\n"
                       "b action >e1\nz action >e\ne end\ne1 end\n");
        plan_make(t.run, &t.arena, &plan);
        for (size_t i = 0; i < plan.count; i++)
                last[i] = plan.rows[i].last ? 'y' : 'n';
        cr_assert_str_eq(last, "nnnyyyy", "p 1 a a2 2 b z");
        table_close(&t);
}

Test(plan, progress_counts_what_people_do)
{
        struct table t;
        struct plan plan;
        struct plan_progress p;

        table_open(&t, BOOK);
        plan_make(t.run, &t.arena, &plan);
        plan_progress(&plan, t.at_ms, &p);
        cr_assert_eq(p.steps, 8, "a b b2 c d g h z; f only if a fails");
        cr_assert_eq(p.open, 1);
        cr_assert_eq(p.left, 7);
        cr_assert_eq(p.mandatory, 2);
        cr_assert(say(&t, PLAY_FAIL, "a", NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "f", NULL));
        cr_assert(say(&t, PLAY_NOT_APPLICABLE, "p.2/c", "no such host"));
        cr_assert(say(&t, PLAY_SKIP, "p.1/b", "no time"));
        cr_assert(say(&t, PLAY_DUE, "p.1/b2", "2025-11-26T12:00:00Z"));
        plan_make(t.run, &t.arena, &plan);
        plan_progress(&plan, BOOK_START_MS + 86400000LL, &p);
        cr_assert_eq(p.steps, 9);
        cr_assert_eq(p.failed, 1);
        cr_assert_eq(p.done, 1);
        cr_assert_eq(p.skipped, 1);
        cr_assert_eq(p.not_applicable, 1);
        cr_assert_eq(p.open, 1);
        cr_assert_eq(p.late, 1);
        cr_assert_eq(p.mandatory, 1);
        table_close(&t);
}

/* Whatever the playbook, and wherever the run is: a row for each thing that is to be done. */
Test(plan, what_is_to_be_done_has_a_row)
{
        for (uint64_t seed = 1; seed <= 400; seed++) {
                struct gathering g;

                gathering_hold(&g, seed, seed % 3 ? BOOK_SOUND : BOOK_WILD, seed % 2);
                for (int c = 0; c < CONSOLES; c++) {
                        const struct run *run = g.runs[c];
                        struct plan plan;

                        plan_make(run, &g.arena, &plan);
                        for (size_t i = 0; !plan.cut && i < run->live_count; i++)
                                cr_assert_neq(plan_find(&plan, run->live[i]->place), SIZE_MAX,
                                              "seed %zu: %s", (size_t)seed, run->live[i]->place);
                        for (size_t i = 0; i < plan.count; i++)
                                cr_assert(plan.rows[i].kind != PLAN_GOTO ||
                                          plan.rows[plan.rows[i].to].kind == PLAN_STEP);
                }
                gathering_finish(&g);
        }
}

/* Each step branches to the next two: without an end to what could be repeated. */
Test(plan, a_playbook_that_leads_everywhere_gives_no_endless_plan)
{
        struct arena a = {0};
        struct str lines;
        struct plan plan;

        str_init(&lines, 1 << 20);
        str_add(&lines, "s start >n0\n");
        for (int i = 0; i < 400; i++)
                str_addf(&lines, "n%d if ?? /n%d /n%d >n%d !n%d\n", i, (i + 1) % 400, (i + 2) % 400,
                         (i + 3) % 400, (i + 7) % 400);
        plan_make_dry(book_read(&a, str_text(&lines)), &a, &plan);
        cr_assert_lt(plan.count, 400 * 8);
        str_finish(&lines);
        arena_finish(&a);
}
