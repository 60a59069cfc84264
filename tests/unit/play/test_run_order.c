/* Several consoles: rules 1 to 3 and 8 of play/run.h, by hand. The laws are in test_run_laws.c. */
#include <criterion/criterion.h>
#include <string.h>

#include "unit/books.h"

#define TWO "s start >a\na action >b\nb action >c\nc action >e\ne end\n"

/* Made by another console at the same moment as the last one said. */
static struct play_event *beside(struct table *t, enum play_verb verb, const char *place,
                                 const char *value)
{
        struct play_event *e = make(t, verb, place, value);

        e->hlc -= 1 << 16;
        e->console = "0000000000000002";
        e->who = "moreau";
        return e;
}

Test(run_order, the_first_of_two_completions_counts_and_both_notes_are_kept)
{
        struct table t;
        struct play_event *second;

        table_open(&t, TWO);
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        second = beside(&t, PLAY_COMPLETE, "a", NULL);
        second->note = "all twelve hosts";
        run_apply(t.run, second);
        cr_assert_str_eq(why_not(&t), "it was done already, by duarte");
        cr_assert_null(t.run->log[1].against);
        cr_assert_eq(t.run->conflicts, 0, "they say the same");
        cr_assert_eq(run_step_at(t.run, "a")->said->notes, 1);
        cr_assert_str_eq(to_do(&t), "b");
        table_close(&t);
}

Test(run_order, answers_that_contradict_are_reported_until_somebody_looked)
{
        struct table t;
        const struct play_event *second;

        table_open(&t, TWO);
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        second = beside(&t, PLAY_FAIL, "a", NULL);
        run_apply(t.run, second);
        cr_assert_eq(t.run->log[1].against, t.run->log[0].event);
        cr_assert_eq(t.run->conflicts, 1);
        cr_assert_eq(run_step_at(t.run, "a")->conflicts, 1);
        cr_assert(!say(&t, PLAY_SETTLE, "b", NULL));
        cr_assert(say(&t, PLAY_SETTLE, "a", NULL));
        cr_assert_eq(t.run->conflicts, 0);
        cr_assert_eq(state_of(&t, "a"), STEP_IS_DONE);
        table_close(&t);
}

Test(run_order, other_ways_contradict)
{
        struct table t;

        table_open(&t, "s start >i\ni if ?? /a /b >e\na action >e1\nb action >e1\ne end\ne1 end\n");
        cr_assert(say(&t, PLAY_ANSWER, "i", "true"));
        run_apply(t.run, beside(&t, PLAY_ANSWER, "i", "true"));
        cr_assert_eq(t.run->conflicts, 0);
        run_apply(t.run, beside(&t, PLAY_ANSWER, "i", "false"));
        cr_assert_eq(t.run->conflicts, 1);
        cr_assert_str_eq(to_do(&t), "i.true/a");
        table_close(&t);
}

Test(run_order, what_comes_late_is_put_in_its_place)
{
        struct table t;
        struct play_event *first;
        AUTO_FREE char *before = NULL, *after = NULL;

        table_open(&t, TWO);
        first = make(&t, PLAY_FAIL, "a", NULL);
        first->who = "moreau";
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "b", NULL));
        cr_assert(run_apply(t.run, first));
        cr_assert_eq(state_of(&t, "a"), STEP_IS_FAILED);
        cr_assert(!t.run->log[1].applied);
        cr_assert_eq(t.run->log[1].against, first);
        cr_assert(t.run->log[2].applied, "either way leads to b");
        cr_assert_str_eq(to_do(&t), "c");
        before = printed(t.run);
        cr_assert(!run_apply(t.run, first), "known");
        after = printed(t.run);
        cr_assert_str_eq(before, after);
        table_close(&t);
}

Test(run_order, of_two_contents_under_one_id_the_greater_counts)
{
        struct table t;
        struct play_event *one, *other;
        AUTO_FREE char *this_way = NULL, *that_way = NULL;

        table_open(&t, TWO);
        one = make(&t, PLAY_COMPLETE, "a", NULL);
        other = make(&t, PLAY_FAIL, "a", NULL);
        other->id = one->id;
        run_apply(t.run, one);
        run_apply(t.run, other);
        this_way = printed(t.run);
        run_destroy(t.run);
        t.run = run_create(&t.start);
        run_apply(t.run, other);
        run_apply(t.run, one);
        that_way = printed(t.run);
        cr_assert_str_eq(this_way, that_way);
        cr_assert_eq(t.run->log_count, 1);
        table_close(&t);
}

Test(run_order, an_undone_event_is_as_if_it_never_was)
{
        struct table t;
        const char *id;

        table_open(&t, TWO);
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        id = t.run->log[0].event->id;
        cr_assert(say(&t, PLAY_COMPLETE, "b", NULL));
        cr_assert(say(&t, PLAY_UNDO, NULL, id));
        cr_assert_str_eq(to_do(&t), "a");
        cr_assert_str_eq(t.run->log[0].why_not, "it was undone by duarte");
        cr_assert_str_eq(t.run->log[1].why_not, "that step was not reached");
        cr_assert(!say(&t, PLAY_UNDO, NULL, id));
        cr_assert_str_eq(why_not(&t), "that was undone already");
        cr_assert(!say(&t, PLAY_UNDO, NULL, t.run->log[2].event->id));
        cr_assert_str_eq(why_not(&t), "an undo can't be undone");
        cr_assert(!say(&t, PLAY_UNDO, NULL, "note--nowhere"));
        cr_assert(say(&t, PLAY_FAIL, "a", NULL));
        cr_assert_eq(state_of(&t, "a"), STEP_IS_FAILED);
        cr_assert_str_eq(to_do(&t), "b");
        table_close(&t);
}

Test(run_order, an_end_can_be_undone)
{
        struct table t;

        table_open(&t, TWO);
        cr_assert(say(&t, PLAY_CANCEL, NULL, "a mistake"));
        cr_assert(say(&t, PLAY_UNDO, NULL, t.run->log[0].event->id));
        cr_assert_eq(t.run->state, RUN_IS_ON);
        cr_assert_str_eq(to_do(&t), "a");
        table_close(&t);
}

Test(run_order, a_move_takes_all_by_the_other_version)
{
        struct table t;

        table_open(&t, TWO);
        t.others[0] = book_read(&t.arena, "s start >a\na action >n\nn action >c\nc action >e\n"
                                          "e end\n");
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert(say(&t, PLAY_MOVE, NULL, "hash-0"));
        cr_assert_str_eq(to_do(&t), "n");
        cr_assert_str_eq(t.run->hash, "hash-0");
        cr_assert(say(&t, PLAY_MOVE, NULL, "hash-3"));
        cr_assert_str_eq(t.run->missing, "hash-3");
        cr_assert_str_eq(to_do(&t), "n", "what is not here can't be followed");
        cr_assert(say(&t, PLAY_UNDO, NULL, t.run->log[2].event->id));
        cr_assert_null(t.run->missing);
        cr_assert(say(&t, PLAY_MOVE, NULL, "hash"));
        cr_assert_str_eq(to_do(&t), "b");
        table_close(&t);
}

Test(run_order, a_move_is_to_a_version_of_the_same_playbook)
{
        struct playbook other;
        struct table t;

        table_open(&t, TWO);
        other = *book_read(&t.arena, "s start >a\na action >n\nn action >e\ne end\n");
        other.id = "playbook--2";
        t.others[0] = &other;
        cr_assert_str_eq(run_why_not(t.run, make(&t, PLAY_MOVE, NULL, "hash-0")),
                         "it is a version of another playbook");
        cr_assert(!say(&t, PLAY_MOVE, NULL, "hash-0"));
        cr_assert_str_eq(why_not(&t), "it is a version of another playbook");
        cr_assert_str_eq(t.run->hash, "hash");
        cr_assert_null(t.run->missing);
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert_str_eq(to_do(&t), "b", "all is taken by its own");
        table_close(&t);
}

Test(run_order, who_asks_first_is_told_what_would_be)
{
        struct table t;

        table_open(&t, TWO);
        cr_assert_null(run_why_not(t.run, make(&t, PLAY_COMPLETE, "a", NULL)));
        cr_assert_str_eq(run_why_not(t.run, make(&t, PLAY_COMPLETE, "b", NULL)),
                         "that step was not reached");
        cr_assert_str_eq(run_why_not(t.run, make(&t, PLAY_PAUSE, "a", NULL)),
                         "that is of the run as a whole");
        cr_assert_str_eq(run_why_not(t.run, make(&t, PLAY_COMPLETE, NULL, NULL)),
                         "it names no step");
        cr_assert_str_eq(run_why_not(t.run, make(&t, PLAY_UNKNOWN, "a", NULL)),
                         "what it does is not known here");
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert_null(run_why_not(t.run, make(&t, PLAY_UNDO, NULL, t.run->log[0].event->id)));
        cr_assert_eq(t.run->log_count, 1);
        table_close(&t);
}
