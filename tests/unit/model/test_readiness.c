#include "model/readiness.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"

#define HOUR_MS (3600 * 1000ll)
#define DAY_MS  (24 * HOUR_MS)

/* Tuesday 24 November 2026, 12:00Z */
#define NOW 1795521600000ll

static struct arena arena;

static void teardown(void)
{
        arena_finish(&arena);
        arena_init(&arena);
}

TestSuite(readiness, .fini = teardown);

static const char *const forensics[] = {"forensics"};
static const struct value one_role = {.items = forensics, .count = 1};

static struct roster_facts expert(const char *ref)
{
        static const struct roster_language romanian = {.code = "ro", .level = -1};

        return (struct roster_facts){.kind = &kind_expert,
                                     .ref = ref,
                                     .name = ref,
                                     .community = "civilian",
                                     .roles = &one_role,
                                     .languages = &romanian,
                                     .language_count = 1,
                                     .clearance = -1,
                                     .verified_ms = NOW - DAY_MS};
}

static const struct readiness_group *group(const struct readiness_sum *r, enum readiness_what what)
{
        for (size_t i = 0; i < r->group_count; i++)
                if (r->groups[i].what == what)
                        return &r->groups[i];
        cr_assert_fail("no such group");
        return NULL;
}

Test(readiness, who_is_taken_out_is_named_and_not_left)
{
        const struct roster_facts experts[] = {expert("EXP-0001"), expert("EXP-0002"),
                                               expert("EXP-0003")};
        const bool out[] = {false, true, false};
        struct readiness_sum r;

        readiness_make(experts, out, 3, NOW, &arena, &r);
        cr_expect_eq(r.experts, 3);
        cr_expect_eq(r.left, 2);
        for (int what = READINESS_ROLE; what <= READINESS_COMMUNITY; what++) {
                const struct readiness_group *g = group(&r, (enum readiness_what)what);

                cr_assert_eq(g->left_count, 2);
                cr_expect_str_eq(g->left[0], "EXP-0001");
                cr_expect_str_eq(g->left[1], "EXP-0003");
                cr_assert_eq(g->out_count, 1);
                cr_expect_str_eq(g->out[0], "EXP-0002");
        }
        cr_expect_eq(r.gap_count, 0, "two are free on every day");
}

Test(readiness, who_is_deployed_is_not_left)
{
        struct roster_facts experts[] = {expert("EXP-0001")};
        const struct booking away = {
                .span = {NOW - DAY_MS, NOW + DAY_MS}, .hold = HOLD_HARD, .name = "DEP-0001"};
        const bool out[] = {false};
        struct readiness_sum r;

        experts[0].bookings = &away;
        experts[0].booking_count = 1;
        readiness_make(experts, out, 1, NOW, &arena, &r);
        cr_expect_eq(r.left, 0);
        cr_expect_eq(group(&r, READINESS_ROLE)->busy_count, 1);
}

Test(readiness, days_with_nobody_and_with_one_alone_are_gaps)
{
        struct roster_facts experts[] = {expert("EXP-0001"), expert("EXP-0002")};
        const struct span leave[] = {{NOW + 2 * DAY_MS, NOW + 5 * DAY_MS}},
                          other[] = {{NOW + 4 * DAY_MS, NOW + 6 * DAY_MS}};
        const bool out[] = {false, false};
        struct readiness_sum r;

        experts[0].leave = leave;
        experts[0].leave_count = 1;
        experts[1].leave = other;
        experts[1].leave_count = 1;
        readiness_make(experts, out, 2, NOW, &arena, &r);
        /* of the role: days 2 and 3 the second alone, day 4 nobody, day 5 the first alone */
        cr_assert_geq(r.gap_count, 3);
        cr_expect_eq(r.gaps[0].group->what, READINESS_ROLE);
        cr_expect_str_eq(r.gaps[0].alone, "EXP-0002");
        cr_expect_eq(r.gaps[0].span.from_ms, NOW + 2 * DAY_MS);
        cr_expect_eq(r.gaps[0].span.until_ms, NOW + 4 * DAY_MS);
        cr_expect_null(r.gaps[1].alone);
        cr_expect_eq(r.gaps[1].span.from_ms, NOW + 4 * DAY_MS);
        cr_expect_eq(r.gaps[1].span.until_ms, NOW + 5 * DAY_MS);
        cr_expect_str_eq(r.gaps[2].alone, "EXP-0001");
        cr_expect_eq(r.gaps[2].span.until_ms, NOW + 6 * DAY_MS);
}

Test(readiness, nobody_at_all_makes_no_group)
{
        struct readiness_sum r;

        readiness_make(NULL, NULL, 0, NOW, &arena, &r);
        cr_expect_eq(r.group_count, 0);
        cr_expect_eq(r.left, 0);
}
