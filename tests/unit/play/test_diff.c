/* What another version changes, and what a run would lose by moving to it. */
#include "play/diff.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "gatherings.h"

#define OLD                                                                                        \
        "s start >a\na action name=Isolate >b\nb action two >c\nc action >e\ne end\n"              \
        "var ip ipv4-addr\nvar host string\n"
#define NEW                                                                                        \
        "s start >a\na action name=Cut timeout=60000 >n\nn action >b\nb action >e\ne end\n"        \
        "x action >e\nvar ip string\nvar net string\nexception x\n"

static char *told(const struct playbook_diff *d)
{
        static const char *const signs[] = {"+", "-", "~"};
        struct str out;

        str_init(&out, 1 << 16);
        str_addf(&out, "%s;", d->head ? d->head : "");
        for (size_t i = 0; i < d->count; i++) {
                const struct playbook_change *c = &d->changes[i];

                str_addf(&out, " %s%s%s(%s%s%s)%s", c->number ? c->number : "", signs[c->kind],
                         c->id, c->title, c->before ? ", before " : "", c->before ? c->before : "",
                         c->what ? c->what : "");
        }
        return str_take(&out);
}

Test(playbook_diff, tells_what_came_went_and_changed)
{
        struct arena a = {0};
        struct playbook_diff d;
        AUTO_FREE char *got = NULL;

        playbook_diff(book_read(&a, OLD), book_read(&a, NEW), &a, &d);
        got = told(&d);
        cr_assert_str_eq(got, "exception; -__host__(host) ~__ip__(ip)type or value "
                              "+__net__(net) 1~a(Cut, before Isolate)name, times 2+n(n) "
                              "3~b(b)two persons 3-c(c) E1+x(x)");
        cr_assert_eq(d.added, 2);
        cr_assert_eq(d.removed, 1);
        cr_assert_eq(d.changed, 2);
        arena_finish(&a);
}

Test(playbook_diff, the_same_is_no_difference)
{
        for (uint64_t seed = 1; seed < 50; seed++) {
                struct arena a = {0};
                struct random one = {seed}, other = {seed};
                struct playbook_diff d;

                playbook_diff(book_random(&one, &a, BOOK_SOUND),
                              book_random(&other, &a, BOOK_SOUND), &a, &d);
                cr_assert_null(d.head);
                cr_assert_eq(d.count, 0);
                arena_finish(&a);
        }
}

Test(playbook_diff, steps_are_compared_by_id_wherever_they_lie)
{
        struct arena a = {0};
        struct playbook_diff d;

        playbook_diff(book_read(&a, "s start >m\nm action >e\ne end\n"),
                      book_read(&a, "s start >m\nm action >e\nb action >e\ne end\n"), &a, &d);
        cr_assert_eq(d.changed, 0, "all indices have moved");
        cr_assert_eq(d.added, 1);
        arena_finish(&a);
}

Test(run_move, says_what_would_be_lost)
{
        struct table t;
        struct run_move move;
        const struct playbook *shorter;

        table_open(&t, OLD);
        shorter = book_read(&t.arena, "s start >a\na action >c\nc action >e\ne end\n");
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        run_try_move(t.run, shorter, &t.arena, &move);
        cr_assert_eq(move.count, 0);
        cr_assert_eq(move.place_count, 1);
        cr_assert_str_eq(move.places[0], "c");
        cr_assert(say(&t, PLAY_COMPLETE, "b", NULL));
        t.who = "moreau";
        cr_assert(say(&t, PLAY_SIGN, "b", NULL));
        run_try_move(t.run, shorter, &t.arena, &move);
        cr_assert_eq(move.count, 2);
        cr_assert_str_eq(move.losses[0].event->place, "b");
        cr_assert_str_eq(move.losses[0].why, "there is no such step");
        cr_assert_eq(t.run->log_count, 3, "nothing happened");
        table_close(&t);
}

/* What was tried is what comes of it. */
Test(run_move, what_is_tried_comes_true)
{
        size_t losses = 0;

        for (uint64_t seed = 1; seed <= 200; seed++) {
                struct gathering g;
                struct run_move move;
                struct play_event e = {.id = "note--move",
                                       .console = "1",
                                       .who = "duarte",
                                       .hlc = INT64_MAX,
                                       .verb = PLAY_MOVE,
                                       .value = "other-1"};
                size_t open = 0;

                gathering_hold(&g, seed, BOOK_SOUND, false);
                gathering_tell_all(&g);
                run_try_move(g.runs[0], g.others[1], &g.arena, &move);
                run_apply(g.runs[0], &e);
                for (size_t i = 0; i < g.runs[0]->live_count; i++)
                        open += run_step_is_open(g.runs[0]->live[i]);
                cr_assert_eq(open, move.place_count);
                cr_assert_eq(g.runs[0]->state, move.state);
                losses += move.count;
                for (size_t i = 0; i < move.count; i++)
                        cr_assert(!run_entry_of(g.runs[0], move.losses[i].event->id)->applied);
                gathering_finish(&g);
        }
        cr_assert_gt(losses, 200);
}
