/* A step for two persons is left out by two. */
#include <criterion/criterion.h>
#include <string.h>

#include "play/plan.h"
#include "unit/books.h"

static bool sign(struct table *t, const char *place, const char *what)
{
        return say(t, PLAY_SIGN, place, what);
}

static enum step_state shown(struct table *t, const char *place)
{
        struct plan plan;

        plan_make(t->run, &t->arena, &plan);
        return plan.rows[plan_find(&plan, place)].state;
}

Test(leave, a_step_for_two_is_left_out_by_two)
{
        struct table t;
        const struct run_step *a;

        table_open(&t, "s start >a\na action two >b\nb action two >e\ne end\n");
        cr_assert(!sign(&t, "a", "skip"));
        cr_assert(say(&t, PLAY_SKIP, "a", "it is off"));
        a = run_step_at(t.run, "a");
        cr_assert_eq(a->state, STEP_IS_NOW, "it can still be done");
        cr_assert_eq(shown(&t, "a"), STEP_IS_TO_SIGN);
        cr_assert_str_eq(to_do(&t), "a");
        cr_assert_str_eq(run_step_to_sign(a)->who, "duarte");
        cr_assert(!sign(&t, "a", "skip"));
        cr_assert_str_eq(why_not(&t), "the second signature is another person's");
        t.who = "moreau";
        cr_assert(!say(&t, PLAY_SKIP, "a", "so I think"));
        cr_assert_str_eq(why_not(&t), "duarte wants it left out; that waits for a second person");
        cr_assert(!sign(&t, "a", NULL), "nothing was done");
        cr_assert(!sign(&t, "a", "not-applicable"), "another thing was asked for");
        cr_assert(sign(&t, "a", "skip"));
        a = run_step_at(t.run, "a");
        cr_assert_eq(a->state, STEP_IS_SKIPPED);
        cr_assert_str_eq(run_step_first(a)->who, "duarte");
        cr_assert_str_eq(a->ended->who, "moreau");
        cr_assert_null(run_step_to_sign(a));
        cr_assert_str_eq(to_do(&t), "b");
        cr_assert(say(&t, PLAY_NOT_APPLICABLE, "b", "no such host"));
        t.who = "duarte";
        cr_assert(sign(&t, "b", "not-applicable"));
        cr_assert_eq(state_of(&t, "b"), STEP_IS_NOT_APPLICABLE);
        cr_assert_eq(t.run->state, RUN_IS_DONE);
        table_close(&t);
}

Test(leave, who_does_it_meanwhile_is_not_held_up)
{
        struct table t;

        table_open(&t, "s start >a\na action two >b\nb action >e\ne end\n");
        cr_assert(say(&t, PLAY_SKIP, "a", "it is off"));
        t.who = "moreau";
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert_eq(state_of(&t, "a"), STEP_IS_TO_SIGN);
        t.who = "weber";
        cr_assert(!sign(&t, "a", "skip"), "what was asked for is done");
        cr_assert_str_eq(why_not(&t), "nothing is to be signed there");
        cr_assert(!say(&t, PLAY_SKIP, "a", "all the same"));
        cr_assert_str_eq(why_not(&t), "it was done by moreau and waits for a second person");
        cr_assert(sign(&t, "a", NULL));
        cr_assert_eq(state_of(&t, "a"), STEP_IS_DONE);
        cr_assert_str_eq(run_step_first(run_step_at(t.run, "a"))->who, "moreau");
        table_close(&t);
}

Test(leave, what_such_a_step_stands_in_takes_two_as_well)
{
        struct table t;

        table_open(&t, "s start >p\np parallel /a /c >w\na action >b\nb action two >e1\n"
                       "c action >e2\nw while ?? /d >n\nd action >e3\nn action >e\n"
                       "e end\ne1 end\ne2 end\ne3 end\n");
        cr_assert(say(&t, PLAY_SKIP, "p", "not this time"));
        cr_assert_eq(state_of(&t, "p"), STEP_IS_UNDER_WAY,
                     "b is not reached, and left out with it");
        cr_assert_eq(shown(&t, "p"), STEP_IS_TO_SIGN);
        cr_assert_str_eq(to_do(&t), "p.1/a p.2/c", "its steps go on");
        cr_assert(say(&t, PLAY_COMPLETE, "p.2/c", NULL));
        t.who = "moreau";
        cr_assert(sign(&t, "p", "skip"));
        cr_assert_eq(state_of(&t, "p.1/a"), STEP_IS_SKIPPED);
        cr_assert_eq(state_of(&t, "p.2/c"), STEP_IS_DONE);
        cr_assert_str_eq(to_do(&t), "w");
        cr_assert(say(&t, PLAY_SKIP, "w", "none of it is for two"));
        cr_assert_str_eq(to_do(&t), "n");
        table_close(&t);
}

/* Neither the one who wanted it before, nor who signed for what is around it. */
Test(leave, who_left_out_what_is_around_a_step_has_not_signed_that)
{
        struct table t;
        const struct run_step *b;

        table_open(&t, "s start >p\np parallel /b /c >n\nb action two >e1\nc action >e2\n"
                       "n action >e\ne end\ne1 end\ne2 end\n");
        cr_assert(say(&t, PLAY_SKIP, "p.1/b", "it is off"));
        t.who = "weber";
        cr_assert(say(&t, PLAY_SKIP, "p", "not this time"));
        t.who = "moreau";
        cr_assert(sign(&t, "p", "skip"));
        b = run_step_at(t.run, "p.1/b");
        cr_assert_eq(b->state, STEP_IS_SKIPPED);
        cr_expect_null(run_step_first(b));
        cr_expect_null(run_step_second(b));
        cr_expect_str_eq(run_step_first(run_step_at(t.run, "p"))->who, "weber");
        cr_expect_str_eq(run_step_second(run_step_at(t.run, "p"))->who, "moreau");
        table_close(&t);
}

Test(leave, so_does_a_playbook_that_was_taken_in)
{
        struct table t;

        table_open(&t, "s start >n\nn playbook @other >e\ne end\n");
        t.others[0] = book_read(&t.arena, "s start >x\nx action >y\ny action two >e\ne end\n");
        cr_assert(say(&t, PLAY_ANSWER, "n", "hash-0"));
        cr_assert(say(&t, PLAY_SKIP, "n", "no"));
        cr_assert_eq(state_of(&t, "n"), STEP_IS_UNDER_WAY);
        t.who = "moreau";
        cr_assert(sign(&t, "n", "skip"));
        cr_assert_eq(t.run->state, RUN_IS_DONE);
        table_close(&t);
}

Test(leave, a_signature_counts_for_what_its_author_saw)
{
        struct table t;
        struct play_event *skip, *done, *of_skip;

        table_open(&t, "s start >a\na action two >e\ne end\n");
        skip = make(&t, PLAY_SKIP, "a", "it is off");
        done = make(&t, PLAY_COMPLETE, "a", NULL);
        done->who = "moreau";
        of_skip = make(&t, PLAY_SIGN, "a", "skip");
        of_skip->who = "weber";
        run_apply(t.run, of_skip);
        run_apply(t.run, skip);
        cr_assert_eq(t.run->state, RUN_IS_DONE);
        cr_assert_eq(state_of(&t, "a"), STEP_IS_SKIPPED, "a signature may come first");
        run_apply(t.run, done);
        cr_assert_eq(t.run->state, RUN_IS_ON, "moreau did it, which weber had not seen");
        cr_assert_eq(state_of(&t, "a"), STEP_IS_TO_SIGN);
        table_close(&t);
}
