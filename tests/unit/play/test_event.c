#include "play/event.h"

#include <criterion/criterion.h>

Test(event, verbs_have_names)
{
        for (int v = 0; v < PLAY_UNKNOWN; v++) {
                const struct play_verb_row *row = play_verb_row((enum play_verb)v);

                cr_assert_not_null(row->name);
                cr_assert_eq(play_verb_of(row->name), (enum play_verb)v);
                cr_assert(row->step || row->run, "%s is of something", row->name);
        }
        cr_assert_null(play_verb_row(PLAY_UNKNOWN));
        cr_assert_eq(play_verb_of("dance"), PLAY_UNKNOWN);
        cr_assert_eq(play_verb_of(NULL), PLAY_UNKNOWN);
}

Test(event, are_in_total_order)
{
        const struct play_event a = {.id = "b", .console = "1", .hlc = 1};
        struct play_event b = a;

        cr_assert_eq(play_event_compare(&a, &b), 0);
        b.id = "a";
        cr_assert_gt(play_event_compare(&a, &b), 0);
        b.console = "2";
        cr_assert_lt(play_event_compare(&a, &b), 0);
        b.hlc = 0;
        cr_assert_gt(play_event_compare(&a, &b), 0);
}

Test(event, differ_in_whatever_they_say)
{
        const struct play_event base = {.id = "a", .console = "1", .who = "x"};
        struct play_event others[] = {base, base, base, base, base, base, base, base, base, base};

        others[0].who = "y";
        others[1].at_ms = 1;
        others[2].verb = PLAY_FAIL;
        others[3].place = "p";
        others[4].variable = "v";
        others[5].value = "";
        others[6].reason = "r";
        others[7].note = "n";
        others[8].was = "w";
        others[9].round = 1;
        for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
                cr_assert_eq(play_event_compare(&base, &others[i]), 0);
                cr_assert_lt(play_event_compare_all(&base, &others[i]), 0, "%zu", i);
                cr_assert_gt(play_event_compare_all(&others[i], &base), 0, "%zu", i);
        }
        cr_assert_eq(play_event_compare_all(&base, &base), 0);
}
