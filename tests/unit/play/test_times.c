#include "play/times.h"

#include <criterion/criterion.h>

#include "unit/books.h"

#define MINUTE 60000LL

Test(times, the_slowest_come_first_without_pauses)
{
        struct table t;
        struct run_times times;

        table_open(&t, "s start >w\nw while ?? /h >p\nh action >e1\np parallel /a /b >c\n"
                       "a action >e1\nb action >e1\nc action >e\ne end\ne1 end\n");
        for (int i = 1; i <= 2; i++) {
                const char *place = i == 1 ? "w.1/h" : "w.2/h";

                cr_assert(say(&t, PLAY_ANSWER, "w", "again"));
                t.at_ms += i * 10 * MINUTE;
                cr_assert(say(&t, PLAY_COMPLETE, place, NULL));
        }
        cr_assert(say(&t, PLAY_ANSWER, "w", "leave"));
        cr_assert(say(&t, PLAY_SKIP, "p.1/a", "not ours"));
        cr_assert(say(&t, PLAY_PAUSE, NULL, NULL));
        t.at_ms += 500 * MINUTE;
        run_times(t.run, t.at_ms, &t.arena, &times);
        cr_assert_eq(times.steps[1].total_ms, 2 * MINUTE, "b waits, and the pause does not count");
        cr_assert(say(&t, PLAY_RESUME, NULL, NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "p.2/b", NULL));
        run_times(t.run, t.at_ms + 5 * MINUTE, &t.arena, &times);
        cr_assert_eq(times.count, 3);
        cr_assert_str_eq(times.steps[0].step->id, "h");
        cr_assert_eq(times.steps[0].count, 2);
        cr_assert_eq(times.steps[0].total_ms, 32 * MINUTE);
        cr_assert_eq(times.steps[0].longest_ms, 21 * MINUTE);
        cr_assert_str_eq(times.steps[1].step->id, "c");
        cr_assert(times.steps[1].open);
        cr_assert_eq(times.steps[1].total_ms, 5 * MINUTE);
        cr_assert_str_eq(times.steps[2].step->id, "b");
        cr_assert_eq(times.steps[2].total_ms, 3 * MINUTE);
        cr_assert_eq(times.total_ms, t.at_ms + 5 * MINUTE - BOOK_START_MS);
        table_close(&t);
}

Test(times, a_clock_that_went_back_takes_no_time)
{
        struct table t;
        struct run_times times;

        table_open(&t, "s start >a\na action >e\ne end\n");
        t.at_ms -= 100 * MINUTE;
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        run_times(t.run, t.at_ms, &t.arena, &times);
        cr_assert_eq(times.steps[0].total_ms, 0);
        cr_assert_eq(times.total_ms, 0);
        table_close(&t);
}

/* A run of it in which the step took that many minutes; of 0 it is still open. */
static void take_run(struct times_samples *s, const char *lines, int minutes)
{
        struct table t;

        table_open(&t, lines);
        t.at_ms += (minutes - 1) * MINUTE;
        if (minutes)
                cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        if (minutes > 1)
                cr_assert(say(&t, PLAY_FAIL, "b", NULL));
        times_take(s, t.run);
        table_close(&t);
}

Test(times, over_the_runs_of_a_playbook_the_median_decides)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct times_samples s = {.a = &a};
        struct times_of_book book;
        const char *lines = "s start >a\na action name=call/__who__:value >b\nb action >e\ne end\n"
                            "var who string\n";

        times_sum(&s, &book);
        cr_assert_eq(book.taken, 0);
        cr_assert_eq(book.count, 0);
        take_run(&s, lines, 10);
        take_run(&s, lines, 500);
        take_run(&s, lines, 0);
        take_run(&s, lines, 1);
        take_run(&s, "s start >a\na action name=newer >b\nb action >e\ne end\n", 20);
        times_sum(&s, &book);
        cr_assert_eq(book.taken, 5);
        cr_assert_eq(book.runs.count, 3, "two are not at their end");
        cr_assert_eq(book.runs.median_ms, 21 * MINUTE);
        cr_assert_eq(book.runs.longest_ms, 501 * MINUTE);
        cr_assert_eq(book.count, 2);
        cr_assert_str_eq(book.steps[0].step, "a");
        cr_assert_str_eq(book.steps[0].title, "call/__who__:value", "no run's value");
        cr_assert_eq(book.steps[0].took.count, 4);
        cr_assert_eq(book.steps[0].took.median_ms, 15 * MINUTE, "between 10 and 20");
        cr_assert_eq(book.steps[0].took.longest_ms, 500 * MINUTE);
        cr_assert_str_eq(book.steps[1].step, "b");
        cr_assert_eq(book.steps[1].took.count, 3);
        cr_assert_eq(book.steps[1].took.median_ms, MINUTE);
}

Test(times, a_step_is_called_as_the_newest_version_has_it)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct times_samples s = {.a = &a};
        struct times_of_book book;
        struct table t;

        table_open(&t, "s start >a\na action name=older >b\nb action >e\ne end\n");
        t.at_ms += 100 * MINUTE;
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        times_take(&s, t.run);
        table_close(&t);
        table_open(&t, "s start >b\nb action name=before >a\na action name=newer >e\ne end\n");
        t.at_ms += 200 * MINUTE;
        cr_assert(say(&t, PLAY_COMPLETE, "b", NULL));
        cr_assert(say(&t, PLAY_COMPLETE, "a", NULL));
        times_take(&s, t.run);
        table_close(&t);
        times_sum(&s, &book);
        cr_assert_eq(book.count, 2);
        cr_assert_str_eq(book.steps[1].step, "a");
        cr_assert_eq(book.steps[1].took.count, 2);
        cr_assert_str_eq(book.steps[1].title, "newer");
}
