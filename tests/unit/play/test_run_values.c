/* Variables of a run, and the playbooks that are taken in with theirs. */
#include <criterion/criterion.h>
#include <string.h>

#include "play/plan.h"
#include "unit/books.h"

/* A text of the step at a place, in a run or, NULL, before one. */
static const char *fill(struct table *t, const struct run *run, const char *place, const char *text)
{
        struct plan plan;

        if (run)
                plan_make(run, &t->arena, &plan);
        else
                plan_make_dry(t->run->playbook, &t->arena, &plan);
        return plan_fill(run, &plan.rows[plan_find(&plan, place)], text, 100, &t->arena);
}

Test(run_values, variables_have_types_constants_and_scopes)
{
        struct table t;

        table_open(&t, "s start >p\np parallel var=host /a /b >e\na action out=found >e1\n"
                       "b action var=host >e1\ne end\ne1 end\n"
                       "var ip ipv4-addr\nvar law string nis2 const\n");
        cr_assert(!set(&t, NULL, "__ip__", "nowhere"));
        cr_assert(set(&t, NULL, "__ip__", "192.0.2.1"));
        cr_assert(!set(&t, NULL, "__law__", "dora"));
        cr_assert_str_eq(why_not(&t), "__law__ is constant");
        cr_assert(!set(&t, NULL, "__host__", "web1"));
        cr_assert_str_eq(why_not(&t), "there is no variable __host__");
        cr_assert(set(&t, "p.1/a", "__host__", "web1"));
        cr_assert(set(&t, "p.2/b", "__host__", "web2"));
        cr_assert_str_eq(run_value(t.run, run_step_at(t.run, "p"), "__host__"), "web1");
        cr_assert_str_eq(run_value(t.run, run_step_at(t.run, "p.1/a"), "__host__"), "web1");
        cr_assert_str_eq(run_value(t.run, run_step_at(t.run, "p.2/b"), "__host__"), "web2");
        cr_assert(!set(&t, "p.2/b", "__found__", "yes"));
        cr_assert(set(&t, "p.1/a", "__found__", "yes"), "a step asks for it");
        cr_assert_str_eq(run_value(t.run, NULL, "__found__"), "yes");
        cr_assert_str_eq(run_value(t.run, NULL, "__ip__"), "192.0.2.1");
        cr_assert_null(run_value(t.run, NULL, "__host__"));
        cr_assert_str_eq(fill(&t, t.run, "p.2/b",
                              "ping __host__:value from __ip__:value, "
                              "__no__:value"),
                         "ping web2 from 192.0.2.1, __no__:value");
        cr_assert_str_eq(fill(&t, NULL, "p.2/b", "ping __ip__:value by __law__:value"),
                         "ping __ip__:value by nis2", "nobody has said the address");
        table_close(&t);
}

Test(run_values, two_values_that_did_not_see_each_other_conflict)
{
        struct table t;
        struct play_event *second, *third;
        struct run_value v;

        table_open(&t, "s start >a\na action >e\ne end\nvar x string\n");
        cr_assert(set(&t, NULL, "__x__", "one"));
        second = make(&t, PLAY_SET, NULL, "two");
        second->variable = "__x__";
        run_apply(t.run, second);
        cr_assert_eq(t.run->conflicts, 1);
        cr_assert(run_value_read(t.run, NULL, "__x__", &v));
        cr_assert(v.conflict);
        cr_assert_eq(v.by, second);
        cr_assert_str_eq(v.value, "two");
        third = make(&t, PLAY_SET, NULL, "one");
        third->variable = "__x__";
        third->was = second->id;
        run_apply(t.run, third);
        cr_assert_eq(t.run->conflicts, 0);
        cr_assert_str_eq(run_value(t.run, NULL, "__x__"), "one");
        table_close(&t);
}

#define CHILD                                                                                      \
        "s start >a\na action out=result >b\nb action +e\ne end\nvar ip string\n"                  \
        "var result string\n"

Test(run_values, a_playbook_is_taken_in)
{
        struct table t;

        table_open(&t, "s start >k\nk playbook @playbook--2 in=ip out=result !x >e\nx action >e\n"
                       "e end\nvar ip string 192.0.2.1\nvar result string\n");
        t.others[1] = book_read(&t.arena, CHILD);
        cr_assert_str_eq(to_do(&t), "k");
        cr_assert(say(&t, PLAY_ANSWER, "k", "hash-1"));
        cr_assert_str_eq(to_do(&t), "k.in/a");
        cr_assert_str_eq(run_value(t.run, run_step_at(t.run, "k.in/a"), "__ip__"), "192.0.2.1");
        cr_assert(set(&t, "k.in/a", "__result__", "clean"));
        cr_assert_null(run_value(t.run, NULL, "__result__"));
        cr_assert(say(&t, PLAY_COMPLETE, "k.in/a", NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "k.in/b", NULL));
        cr_assert_eq(t.run->state, RUN_IS_DONE);
        cr_assert_str_eq(run_value(t.run, NULL, "__result__"), "clean");
        table_close(&t);
}

Test(run_values, a_playbook_that_fails_fails_its_step)
{
        struct table t;

        table_open(&t, "s start >k\nk playbook @playbook--2 +e !x\nx action >e\ne end\n");
        t.others[1] = book_read(&t.arena, CHILD);
        cr_assert(say(&t, PLAY_ANSWER, "k", "hash-1"));
        cr_assert(say(&t, PLAY_COMPLETE, "k.in/a", NULL));
        cr_assert(say(&t, PLAY_FAIL, "k.in/b", NULL));
        cr_assert_eq(state_of(&t, "k"), STEP_IS_FAILED);
        cr_assert_str_eq(to_do(&t), "x");
        table_close(&t);
}

Test(run_values, a_missing_playbook_is_done_by_hand_or_waited_for)
{
        struct table t;
        const struct play_event *inside;

        table_open(&t, "s start >k\nk playbook @playbook--2 >l\nl playbook >e\ne end\n");
        cr_assert(say(&t, PLAY_ANSWER, "k", "hash-1"));
        cr_assert_str_eq(run_step_at(t.run, "k")->missing, "hash-1");
        inside = make(&t, PLAY_COMPLETE, "k.in/a", NULL);
        run_apply(t.run, inside);
        cr_assert_str_eq(why_not(&t), "that step was not reached");
        t.others[1] = book_read(&t.arena, CHILD);
        run_again(t.run);
        cr_assert(run_entry_of(t.run, inside->id)->applied);
        cr_assert_str_eq(to_do(&t), "k.in/b");
        cr_assert(say(&t, PLAY_COMPLETE, "k.in/b", NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "l", NULL), "by hand");
        cr_assert_eq(t.run->state, RUN_IS_DONE);
        table_close(&t);
}

/* The title of the row of a place. */
static const char *title_at(struct table *t, const char *place)
{
        struct plan plan;
        size_t at;

        plan_make(t->run, &t->arena, &plan);
        at = plan_find(&plan, place);
        cr_assert_neq(at, SIZE_MAX, "%s", place);
        return plan_title(&plan.rows[at], &t->arena);
}

Test(run_values, names_of_steps_are_shown_with_values)
{
        const char *lines = "s start >a\na action name=call_by/__law__:value >p\n"
                            "p parallel var=host /b /c >n\nb action name=pull/__host__:value >e1\n"
                            "c action var=host name=look_at/__host__:value >e2\n"
                            "n playbook @other name=on/__ip__:value +e\n"
                            "e end\ne1 end name=for/__ip__:value\ne2 end\n"
                            "var ip ipv4-addr\nvar law string nis2 const\n";
        struct table t;
        struct plan dry;

        table_open(&t, lines);
        plan_make_dry(t.start.playbook, &t.arena, &dry);
        cr_assert_str_eq(plan_title(&dry.rows[0], &t.arena), "call_by/nis2", "what it supposes");
        cr_assert_str_eq(title_at(&t, "p.1/b"), "pull/__host__:value", "not known yet");
        cr_assert(set(&t, NULL, "__ip__", "192.0.2.1"));
        cr_assert_str_eq(title_at(&t, "n"), "on/192.0.2.1", "not reached");
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        cr_assert(set(&t, "p.1/b", "__host__", "web1"));
        cr_assert(set(&t, "p.2/c", "__host__", "web2"));
        cr_assert_str_eq(title_at(&t, "p.1/b"), "pull/web1");
        cr_assert_str_eq(title_at(&t, "p.2/c"), "look_at/web2", "each by what it sees");
        cr_assert(say(&t, PLAY_COMPLETE, "p.1/b", NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "p.2/c", NULL));
        cr_assert(say(&t, PLAY_FAIL, "n", NULL));
        cr_assert_str_eq(t.run->why,
                         "\"on/192.0.2.1\" failed, and the playbook does not say what then");
        table_close(&t);
}

Test(run_values, names_inside_a_playbook_are_shown_with_its_values)
{
        struct table t;

        table_open(&t, "s start >n\nn playbook in=ip >e\ne end\nvar ip ipv4-addr 192.0.2.1\n");
        t.others[0] = book_read(&t.arena, "s start >x\nx action name=in/__ip__:value >y\n"
                                          "y action name=then/__ip__:value >e\ne end\n"
                                          "var ip ipv4-addr 192.0.2.9\n");
        cr_assert(say(&t, PLAY_ANSWER, "n", "hash-0"));
        cr_assert_str_eq(title_at(&t, "n.in/x"), "in/192.0.2.1");
        cr_assert_str_eq(title_at(&t, "n.in/y"), "then/192.0.2.1", "not reached yet");
        table_close(&t);
}
