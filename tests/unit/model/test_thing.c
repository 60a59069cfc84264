#include <criterion/criterion.h>

#include "base/clock.h"
#include "model/thing.h"

Test(thing, starts_with_nothing_said)
{
        struct thing t;

        thing_init(&t, &kind_incident, "incident--1");
        cr_expect_eq(t.created_ms, CLOCK_NONE);
        cr_expect_eq(t.modified_ns, CLOCK_NONE);
        cr_expect_null(thing_text(&t, "title"));
        cr_expect_eq(thing_rank(&t, "severity"), -1);
        cr_expect_eq(thing_ms(&t, "acked"), CLOCK_NONE);
        cr_expect(value_is_empty(thing_value(&t, "states")));
}

Test(thing, reads_scales_and_times_by_their_type)
{
        struct thing t;

        thing_init(&t, &kind_incident, "incident--1");
        thing_set(&t, "severity", "high");
        thing_set(&t, "title", "high");
        thing_set(&t, "occurred", "2026-11-24T13:04:27.125Z");
        cr_expect_eq(thing_rank(&t, "severity"), SEV_HIGH);
        cr_expect_eq(thing_rank(&t, "title"), -1);
        cr_expect_eq(thing_ms(&t, "occurred") % 1000, 125);
        thing_set(&t, "occurred", "yesterday");
        cr_expect_eq(thing_ms(&t, "occurred"), CLOCK_NONE);
}

Test(thing, an_outlook_holds_for_six_hours)
{
        const struct field *outlook = field_find(&kind_incident, "outlook");
        struct thing t;
        int64_t said;

        thing_init(&t, &kind_incident, "incident--1");
        thing_set(&t, "outlook_at", "2026-11-24T06:00:00.000Z");
        said = thing_ms(&t, "outlook_at");
        cr_expect_not(thing_is_stale(&t, outlook, said + 7 * 3600000ll), "there is none");
        thing_set(&t, "outlook", "stable");
        cr_expect_not(thing_is_stale(&t, outlook, said + 6 * 3600000ll));
        cr_expect(thing_is_stale(&t, outlook, said + 6 * 3600000ll + 1));
        cr_expect_not(thing_is_stale(&t, field_find(&kind_incident, "severity"), INT64_MAX));
}

Test(thing, a_field_of_another_kind_is_not_set_and_cannot_be)
{
        struct thing t;

        thing_init(&t, &kind_log, "note--1");
        thing_set(&t, "severity", "high");
        thing_set_items(&t, "states", (const char *const[]){"FR"}, 1, NULL);
        cr_expect_null(thing_value(&t, "severity"));
        cr_expect_null(thing_text(&t, "severity"));
        cr_expect_eq(thing_rank(&t, "severity"), -1);
}

Test(thing, sets_are_sorted_and_hold_each_member_once)
{
        const char *const items[] = {"LU", "BE", "FR", "BE"};
        struct arena a;
        struct thing t;

        arena_init(&a);
        thing_init(&t, &kind_incident, "incident--1");
        thing_set_items(&t, "states", items, 4, &a);
        const struct value *v = thing_value(&t, "states");
        cr_expect_eq(v->count, 3u);
        cr_expect_str_eq(value_join(v, " ", &a), "BE FR LU");
        cr_expect(value_has(v, "BE") && value_has(v, "LU") && !value_has(v, "DE"));
        thing_set_items(&t, "states", NULL, 0, &a);
        cr_expect(value_is_empty(v) && !value_has(v, "BE"));
        cr_expect_str_eq(value_join(v, " ", &a), "");
        arena_finish(&a);
}

Test(thing, values_are_equal_where_they_say_the_same)
{
        const char *const be_fr[] = {"BE", "FR"}, *const be_lu[] = {"BE", "LU"};
        struct value unset = {.text = NULL}, empty = {.text = ""}, one = {.text = "BE"};
        struct value a = {.items = be_fr, .count = 2}, b = {.items = be_lu, .count = 2};
        struct value shorter = {.items = be_fr, .count = 1};

        cr_expect(value_equal(&unset, &empty));
        cr_expect(value_equal(&a, &a));
        cr_expect(!value_equal(&a, &b));
        cr_expect(!value_equal(&a, &shorter));
        cr_expect(!value_equal(&one, &shorter));
        cr_expect(!value_equal(&one, &unset));
}
