/* What a run does, step by step, with one person after the other: rules 4 to 9 of play/run.h. */
#include "play/run.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "unit/books.h"

#define MINUTE 60000

Test(run, steps_follow_one_another_to_the_end)
{
        struct table t;

        table_open(&t, "s start >a\na action >b\nb action +c !x\nc other >e\nx action >e\ne end\n");
        cr_assert_str_eq(to_do(&t), "a");
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert_str_eq(to_do(&t), "b");
        cr_assert_eq(t.run->changed_count, 2);
        cr_assert(say(&t, PLAY_COMPLETE, "b", NULL));
        cr_assert_str_eq(to_do(&t), "c");
        cr_assert_eq(t.run->state, RUN_IS_ON);
        cr_assert(say(&t, PLAY_COMPLETE, "c", NULL));
        cr_assert_eq(t.run->state, RUN_IS_DONE);
        cr_assert_eq(t.run->live_count, 0);
        cr_assert_eq(run_step_at(t.run, "a")->ended_ms, BOOK_START_MS + MINUTE);
        cr_assert_eq(run_step_at(t.run, "b")->opened_ms, BOOK_START_MS + MINUTE);
        cr_assert(!say(&t, PLAY_COMPLETE, "c", NULL));
        cr_assert_str_eq(why_not(&t), "the run was at its end");
        table_close(&t);
}

Test(run, a_failure_takes_the_way_that_is_given)
{
        struct table t;

        table_open(&t, "s start >a\na action +b !x\nb action >e\nx action >e\ne end\n");
        cr_assert(say(&t, PLAY_FAIL, "a", NULL));
        cr_assert_str_eq(to_do(&t), "x");
        cr_assert(say(&t, PLAY_FAIL, "x", NULL));
        cr_assert_eq(t.run->state, RUN_IS_DONE, "on_completion is the way of either");
        cr_assert_eq(state_of(&t, "x"), STEP_IS_FAILED);
        table_close(&t);
}

Test(run, a_failure_that_nobody_takes_fails_the_run)
{
        struct table t;

        table_open(&t, "s start >a\na action +e\ne end\n");
        cr_assert(say(&t, PLAY_FAIL, "a", NULL));
        cr_assert_eq(t.run->state, RUN_IS_FAILED);
        cr_assert_str_eq(t.run->why, "\"a\" failed, and the playbook does not say what then");
        cr_assert(!say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert_str_eq(why_not(&t), "the run had failed");
        table_close(&t);
}

Test(run, the_exception_is_taken_once)
{
        struct table t;

        table_open(&t, "s start >a\na action +e\nx action +e\ne end\nexception x\n");
        cr_assert(say(&t, PLAY_FAIL, "a", NULL));
        cr_assert_str_eq(to_do(&t), "x");
        cr_assert(say(&t, PLAY_FAIL, "x", NULL));
        cr_assert_eq(t.run->state, RUN_IS_FAILED);
        table_close(&t);
}

Test(run, branches_are_open_at_once_and_join)
{
        struct table t;

        table_open(&t, "s start >p\np parallel /a /b /c >z\na action >a2\na2 action >e1\n"
                       "b action >e1\nc end\nz action >e\ne end\ne1 end\n");
        cr_assert_str_eq(to_do(&t), "p.1/a p.2/b");
        cr_assert(say(&t, PLAY_COMPLETE, "p.2/b", NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "p.1/a", NULL));
        cr_assert_str_eq(to_do(&t), "p.1/a2");
        cr_assert_eq(state_of(&t, "p"), STEP_IS_UNDER_WAY);
        cr_assert(!say(&t, PLAY_COMPLETE, "p", NULL));
        cr_assert_str_eq(why_not(&t), "it is under way already");
        cr_assert(say(&t, PLAY_COMPLETE, "p.1/a2", NULL));
        cr_assert_eq(state_of(&t, "p"), STEP_IS_DONE);
        cr_assert_str_eq(to_do(&t), "z");
        table_close(&t);
}

Test(run, a_failed_branch_waits_for_the_others)
{
        struct table t;

        table_open(&t, "s start >p\np parallel /a /b +e !x\na action +e1\nb action +e1\n"
                       "x action >e\ne end\ne1 end\n");
        cr_assert(say(&t, PLAY_FAIL, "p.1/a", NULL));
        cr_assert_str_eq(to_do(&t), "p.2/b");
        cr_assert(say(&t, PLAY_COMPLETE, "p.2/b", NULL));
        cr_assert_eq(state_of(&t, "p"), STEP_IS_FAILED);
        cr_assert_str_eq(to_do(&t), "x");
        table_close(&t);
}

Test(run, who_skips_a_branching_step_skips_what_is_open_inside)
{
        struct table t;

        table_open(&t, "s start >p\np parallel /a /q >z\na action >e1\nq parallel /b /c >e1\n"
                       "b action >e1\nc action >e1\nz action >e\ne end\ne1 end\n");
        cr_assert(!say(&t, PLAY_SKIP, "p", "  "));
        cr_assert_str_eq(why_not(&t), "it needs a reason");
        cr_assert(say(&t, PLAY_COMPLETE, "p.2/q.1/b", NULL));
        cr_assert(say(&t, PLAY_SKIP, "p", "the line is down"));
        cr_assert_str_eq(to_do(&t), "z");
        cr_assert_eq(state_of(&t, "p"), STEP_IS_SKIPPED);
        cr_assert_eq(state_of(&t, "p.1/a"), STEP_IS_SKIPPED);
        cr_assert_eq(state_of(&t, "p.2/q"), STEP_IS_SKIPPED);
        cr_assert_eq(state_of(&t, "p.2/q.1/b"), STEP_IS_DONE);
        cr_assert_str_eq(run_step_at(t.run, "p.1/a")->ended->reason, "the line is down");
        table_close(&t);
}

Test(run, an_if_is_asked_unless_its_value_is_known)
{
        struct table t;

        table_open(&t, "s start >i\ni if ?x /a /b >j\nj if ?? /a >k\nk if ?x /a /b >e\n"
                       "a action >e1\nb action >e1\ne end\ne1 end\nvar x bool\n");
        cr_assert_str_eq(to_do(&t), "i");
        cr_assert(!say(&t, PLAY_COMPLETE, "i", NULL));
        cr_assert_str_eq(why_not(&t), "it asks for an answer");
        cr_assert(!say(&t, PLAY_ANSWER, "i", "perhaps"));
        cr_assert_str_eq(why_not(&t), "\"perhaps\" is none of its ways on: yes, no");
        cr_assert(set(&t, NULL, "__x__", "false"));
        cr_assert_str_eq(to_do(&t), "i.false/b", "what is known now is not asked");
        cr_assert(run_step_at(t.run, "i")->by_itself);
        cr_assert(say(&t, PLAY_COMPLETE, "i.false/b", NULL));
        cr_assert_str_eq(to_do(&t), "j");
        cr_assert(say(&t, PLAY_ANSWER, "j", "false"));
        cr_assert_str_eq(to_do(&t), "k.false/b", "no branch for it: the if is done");
        cr_assert(!run_step_at(t.run, "j")->by_itself);
        table_close(&t);
}

Test(run, a_while_goes_round_as_long_as_somebody_says_so)
{
        struct table t;

        table_open(&t, "s start >w\nw while ?? /a >z\na action >e1\nz action >e\ne end\ne1 end\n");
        for (int round = 1; round <= 3; round++) {
                const char *place = arena_printf(&t.arena, "w.%d/a", round);

                cr_assert(say(&t, PLAY_ANSWER, "w", "again"));
                cr_assert_str_eq(to_do(&t), place);
                cr_assert(say(&t, PLAY_COMPLETE, place, NULL));
                cr_assert_str_eq(to_do(&t), "w");
        }
        cr_assert(say(&t, PLAY_ANSWER, "w", "leave"));
        cr_assert_str_eq(to_do(&t), "z");
        cr_assert_eq(run_step_at(t.run, "w")->rounds, 3);
        table_close(&t);
}

Test(run, an_answer_holds_for_the_round_that_it_was_asked_in)
{
        struct table t;
        struct play_event *late;

        table_open(&t, "s start >w\nw while ?? /a >e\na action >e1\ne end\ne1 end\n");
        late = make(&t, PLAY_ANSWER, "w", "leave");
        late->hlc += 1 << 20;
        cr_assert(say(&t, PLAY_ANSWER, "w", "again"));
        cr_assert(say(&t, PLAY_COMPLETE, "w.1/a", NULL));
        run_apply(t.run, late);
        cr_assert_str_eq(why_not(&t), "that was answered already");
        cr_assert_str_eq(to_do(&t), "w");
        cr_assert_eq(t.run->conflicts, 1);
        table_close(&t);
}

Test(run, a_while_that_is_known_to_hold_is_asked_when_nobody_does_anything)
{
        struct table t;

        table_open(&t, "s start >w\nw while ?x /n >e\nn if ?x /e1 >e1\ne end\ne1 end\n"
                       "var x bool true\n");
        cr_assert_str_eq(to_do(&t), "w");
        cr_assert_eq(run_step_at(t.run, "w")->rounds, 1);
        cr_assert(say(&t, PLAY_ANSWER, "w", "leave"));
        cr_assert_eq(t.run->state, RUN_IS_DONE);
        table_close(&t);
}

Test(run, a_switch_goes_by_its_value)
{
        struct table t;

        table_open(&t, "s start >x\nx switch =kind /web=a /mail=b /default=c >y\n"
                       "y switch =other /web=a /mail=b >e\na action >e1\nb action >e1\n"
                       "c action >e1\ne end\ne1 end\nvar kind string fax\nvar other string\n");
        cr_assert_str_eq(to_do(&t), "x.3/c");
        cr_assert(say(&t, PLAY_COMPLETE, "x.3/c", NULL));
        cr_assert_str_eq(to_do(&t), "y");
        cr_assert(set(&t, NULL, "__other__", "pigeon"));
        cr_assert_str_eq(to_do(&t), "y", "no case for it: a person is asked");
        cr_assert(say(&t, PLAY_ANSWER, "y", "mail"));
        cr_assert_str_eq(to_do(&t), "y.2/b");
        table_close(&t);
}

Test(run, two_persons_sign)
{
        struct table t;

        table_open(&t, "s start >a\na action two >i\ni if ?? two /b /e1 >e\nb action >e1\n"
                       "e end\ne1 end\n");
        cr_assert(!say(&t, PLAY_SIGN, "a", NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert_eq(state_of(&t, "a"), STEP_IS_TO_SIGN);
        cr_assert_str_eq(to_do(&t), "a");
        cr_assert(!say(&t, PLAY_SIGN, "a", NULL));
        cr_assert_str_eq(why_not(&t), "the second signature is another person's");
        t.who = "Duarte";
        cr_assert(!say(&t, PLAY_SIGN, "a", NULL));
        t.who = "moreau";
        cr_assert(!say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert_str_eq(why_not(&t), "it was done by duarte and waits for a second person");
        cr_assert(say(&t, PLAY_SIGN, "a", NULL));
        cr_assert_eq(state_of(&t, "a"), STEP_IS_DONE);
        cr_assert_str_eq(run_step_at(t.run, "a")->first->who, "duarte");
        cr_assert_str_eq(run_step_at(t.run, "a")->ended->who, "moreau");
        cr_assert(say(&t, PLAY_ANSWER, "i", "true"));
        cr_assert_str_eq(to_do(&t), "i");
        t.who = "duarte";
        cr_assert(say(&t, PLAY_SIGN, "i", NULL));
        cr_assert_str_eq(to_do(&t), "i.true/b");
        table_close(&t);
}

Test(run, delay_and_timeout_are_times_and_a_pause_moves_them)
{
        struct table t;
        const struct run_step *a;

        table_open(&t, "s start >a\na action delay=60000 timeout=600000 >e\ne end\n");
        a = run_step_at(t.run, "a");
        cr_assert(run_step_waits(a, BOOK_START_MS));
        cr_assert(!run_step_waits(a, BOOK_START_MS + MINUTE));
        cr_assert_eq(run_step_due(a), BOOK_START_MS + 11 * MINUTE);
        cr_assert(say(&t, PLAY_PAUSE, NULL, NULL));
        cr_assert(!say(&t, PLAY_PAUSE, NULL, NULL));
        t.at_ms += 8 * MINUTE;
        cr_assert(say(&t, PLAY_RESUME, NULL, NULL));
        cr_assert_eq(a->paused_ms, 10 * MINUTE);
        cr_assert_eq(run_step_due(a), BOOK_START_MS + 21 * MINUTE);
        cr_assert(!say(&t, PLAY_DUE, "a", "soon"));
        cr_assert(say(&t, PLAY_DUE, "a", "2026-11-26T12:00:00Z"));
        cr_assert_eq(run_step_due(a), 1795694400000LL);
        cr_assert(say(&t, PLAY_DUE, "a", ""));
        cr_assert_eq(run_step_due(a), BOOK_START_MS + 21 * MINUTE);
        t.at_ms += 100 * MINUTE;
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL), "being late is no failure");
        table_close(&t);
}

Test(run, what_is_answered_in_a_pause_counts)
{
        struct table t;

        table_open(&t, "s start >a\na action >b\nb action >e\ne end\n");
        cr_assert(say(&t, PLAY_PAUSE, NULL, NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert_eq(run_step_at(t.run, "a")->paused_ms, MINUTE);
        cr_assert(t.run->paused);
        cr_assert_str_eq(to_do(&t), "b");
        table_close(&t);
}

Test(run, owners_notes_and_due_times_are_said_ahead)
{
        struct table t;
        struct play_event *e;

        table_open(&t, "s start >a\na action >b\nb action >e\ne end\n");
        cr_assert(say(&t, PLAY_OWNER, "b", "moreau"));
        e = make(&t, PLAY_NOTE, "b", NULL);
        e->note = "ask the provider first";
        run_apply(t.run, e);
        cr_assert(say(&t, PLAY_EVIDENCE, "b", "dump.bin sha256:00"));
        cr_assert(!say(&t, PLAY_OWNER, "nowhere", "moreau"));
        cr_assert_str_eq(why_not(&t), "there is no such step");
        cr_assert(!say(&t, PLAY_COMPLETE, "b", NULL));
        cr_assert_str_eq(why_not(&t), "that step was not reached");
        cr_assert_eq(run_said_at(t.run, "b")->notes, 1);
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert_str_eq(run_step_at(t.run, "b")->said->owner, "moreau");
        cr_assert_eq(run_step_at(t.run, "b")->said->evidence, 1);
        cr_assert(say(&t, PLAY_OWNER, "b", ""));
        cr_assert_null(run_step_at(t.run, "b")->said->owner);
        table_close(&t);
}

Test(run, who_hands_over_hands_over_what_is_open)
{
        struct table t;

        table_open(&t, "s start >p\np parallel /a /b /c >e\na action >e1\nb action >e1\n"
                       "c action >e1\ne end\ne1 end\n");
        cr_assert_str_eq(t.run->owner, "duarte");
        cr_assert(say(&t, PLAY_OWNER, "p.1/a", "duarte"));
        cr_assert(say(&t, PLAY_OWNER, "p.2/b", "weber"));
        cr_assert(say(&t, PLAY_HAND_OVER, NULL, "moreau"));
        cr_assert_str_eq(t.run->owner, "moreau");
        cr_assert_str_eq(run_said_at(t.run, "p.1/a")->owner, "moreau");
        cr_assert_str_eq(run_said_at(t.run, "p.2/b")->owner, "weber");
        cr_assert(say(&t, PLAY_HAND_OVER, "p.2/b", "duarte"));
        cr_assert_str_eq(run_said_at(t.run, "p.2/b")->owner, "duarte");
        table_close(&t);
}

Test(run, a_cancelled_run_leaves_what_is_open)
{
        struct table t;
        struct play_event *late;

        table_open(&t, "s start >p\np parallel /a /b >e\na action >e1\nb action >e1\ne end\n"
                       "e1 end\n");
        cr_assert(say(&t, PLAY_COMPLETE, "p.1/a", NULL));
        cr_assert(!say(&t, PLAY_CANCEL, NULL, NULL));
        cr_assert(say(&t, PLAY_CANCEL, NULL, "false alarm"));
        cr_assert_eq(t.run->state, RUN_IS_CANCELLED);
        cr_assert_str_eq(t.run->why, "false alarm");
        cr_assert_eq(state_of(&t, "p.2/b"), STEP_IS_LEFT);
        cr_assert_eq(state_of(&t, "p.1/a"), STEP_IS_DONE);
        late = make(&t, PLAY_COMPLETE, "p.2/b", NULL);
        late->note = "was half done";
        run_apply(t.run, late);
        cr_assert_str_eq(why_not(&t), "the run was cancelled");
        cr_assert_eq(run_said_at(t.run, "p.2/b")->notes, 1, "its note is kept");
        table_close(&t);
}

Test(run, a_step_can_come_again)
{
        struct table t;

        table_open(&t, "s start >a\na action >b\nb action +e !a\ne end\n");
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert(say(&t, PLAY_FAIL, "b", NULL));
        cr_assert_str_eq(to_do(&t), "a#2");
        cr_assert(say(&t, PLAY_COMPLETE, "a#2", NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "b#2", NULL));
        cr_assert_eq(t.run->state, RUN_IS_DONE);
        cr_assert_eq(run_step_newest(t.run, "a")->visit, 2);
        table_close(&t);
}

/* What the reader says can't be run must still do no harm. */
Test(run, circles_and_depths_fail_the_run)
{
        static const char *const books[] = {
                "s start >i\ni if ?x /e1 >j\nj if ?x /e1 >i\ne1 end\nvar x bool true\n",
                "s start >i\ni if ?x /i >e\ne end\nvar x bool true\n",
                "s start >p\np parallel /p /p >e\ne end\n",
        };
        struct table t;

        for (size_t i = 0; i < ARRAY_LEN(books); i++) {
                table_open(&t, books[i]);
                cr_assert_eq(t.run->state, RUN_IS_FAILED, "%zu", i);
                cr_assert_not_null(t.run->why);
                cr_assert_eq(t.run->live_count, 0);
                table_close(&t);
        }
        table_open(&t, "s start >t\nt start >s\n");
        cr_assert_eq(t.run->state, RUN_IS_DONE, "nothing to do in it");
        table_close(&t);
}

Test(run, some_playbooks_cannot_be_run)
{
        struct arena a = {0};
        struct err err = {0};
        char id[256];
        AUTO_FREE char *lines = NULL;

        cr_assert_eq(run_check(book_read(&a, "a action >e\ne end\n"), &err), RC_INVALID);
        memset(id, 'a', sizeof(id) - 1);
        id[sizeof(id) - 1] = 0;
        lines = xasprintf("s start >%s\n%s action >e\ne end\n", id, id);
        cr_assert_eq(run_check(book_read(&a, lines), NULL), RC_INVALID);
        cr_assert_eq(run_check(book_read(&a, "s start >a\na action >e\ne end\n"), NULL), RC_OK);
        arena_finish(&a);
}
