#include "model/rota.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "law_files.h"
#include "model/item.h"

#define HOUR_MS (3600 * 1000ll)
#define DAY_MS  (24 * HOUR_MS)

#define ANA  "identity--00000000-0000-4000-8000-00000000000a"
#define BODO "identity--00000000-0000-4000-8000-00000000000b"
#define CARA "identity--00000000-0000-4000-8000-00000000000c"

static struct arena arena;
static struct clock_law *law;

static void setup(void)
{
        law = law_files_load();
        arena_init(&arena);
}

static void teardown(void)
{
        arena_finish(&arena);
        clock_law_destroy(law);
}

TestSuite(rota, .init = setup, .fini = teardown);

static int64_t at(const char *stamp)
{
        int64_t ms = 0;

        cr_assert_eq(stamp_parse_ms(stamp, &ms, NULL), RC_OK, "%s", stamp);
        return ms;
}

/* Of three people in Belgium, from 08:00 on, with these overrides. */
static struct rota make(const char *starts, const char *shift_hours, const char *const *overrides,
                        size_t count)
{
        static const char *const members[] = {"03 " CARA, "01 " ANA, "02 " BODO};
        struct thing *t = arena_alloc(&arena, sizeof(*t));
        struct rota r;

        thing_init(t, &kind_rota, "x-muster-rota--00000000-0000-4000-8000-00000000000a");
        thing_set_items(t, "members", members, 3, &arena);
        thing_set(t, "starts", starts);
        thing_set(t, "shift_hours", shift_hours);
        thing_set_items(t, "overrides", overrides, count, &arena);
        rota_read(t, clock_zone(law, "BE"), &arena, &r);
        return r;
}

static const char *name(const char *id)
{
        if (!id)
                return "-";
        return strcmp(id, ANA) == 0 ? "ana" : strcmp(id, BODO) == 0 ? "bodo" : "cara";
}

static const char *on(const struct rota *r, const char *stamp)
{
        struct duty d = {.id = NULL};

        return rota_on_duty(r, at(stamp), &arena, &d) ? name(d.id) : "-";
}

/* "08:00 ana 20:00 bodo 08:00": the beginnings in UTC, who, and the last end. */
static const char *listed(const struct rota *r, const char *from, const char *until)
{
        const struct span span = {at(from), at(until)};
        struct duty *duties;
        const char *text = "";
        char stamp[STAMP_BYTES];
        size_t count;

        rota_duties(r, &span, &arena, &duties, &count);
        for (size_t i = 0; i < count; i++) {
                stamp_format(duties[i].span.from_ms, stamp);
                text = arena_printf(&arena, "%s%.5s %s%s ", text, stamp + 11, name(duties[i].id),
                                    duties[i].is_override ? "!" : "");
        }
        stamp_format(span.until_ms, stamp);
        return arena_printf(&arena, "%s%.5s", text, stamp + 11);
}

Test(rota, members_take_turns_in_the_order_of_their_numbers)
{
        struct rota r = make("2026-11-24T07:00:00.000Z", "12", NULL, 0);

        cr_expect_str_eq(on(&r, "2026-11-24T06:59:59.999Z"), "-");
        cr_expect_str_eq(on(&r, "2026-11-24T07:00:00Z"), "ana");
        cr_expect_str_eq(on(&r, "2026-11-24T18:59:59.999Z"), "ana");
        cr_expect_str_eq(on(&r, "2026-11-24T19:00:00Z"), "bodo");
        cr_expect_str_eq(on(&r, "2026-11-25T07:00:00Z"), "cara");
        cr_expect_str_eq(on(&r, "2026-11-25T19:00:00Z"), "ana");
        cr_expect_str_eq(listed(&r, "2026-11-24T05:00:00Z", "2026-11-25T08:00:00Z"),
                         "05:00 - 07:00 ana 19:00 bodo 07:00 cara 08:00");
}

/* 25 October: at 03:00 in summer it is 02:00 in winter. */
Test(rota, the_hand_over_stays_at_its_hour_when_clocks_go_back)
{
        struct rota r = make("2026-10-24T06:00:00.000Z", "12", NULL, 0);
        struct duty d;

        cr_expect_str_eq(listed(&r, "2026-10-24T06:00:00Z", "2026-10-25T19:00:00Z"),
                         "06:00 ana 18:00 bodo 07:00 cara 19:00");
        cr_assert(rota_on_duty(&r, at("2026-10-25T00:30:00Z"), &arena, &d));
        cr_expect_eq(d.span.until_ms - d.span.from_ms, 13 * HOUR_MS);
}

/* 29 March: at 02:00 in winter it is 03:00 in summer. */
Test(rota, the_hand_over_stays_at_its_hour_when_clocks_go_on)
{
        struct rota r = make("2026-03-28T07:00:00.000Z", "12", NULL, 0);
        struct duty d;

        cr_expect_str_eq(listed(&r, "2026-03-28T07:00:00Z", "2026-03-29T18:00:00Z"),
                         "07:00 ana 19:00 bodo 06:00 cara 18:00");
        cr_assert(rota_on_duty(&r, at("2026-03-29T00:30:00Z"), &arena, &d));
        cr_expect_eq(d.span.until_ms - d.span.from_ms, 11 * HOUR_MS);
}

/* Shifts of an hour: that of the hour left out is empty, that of the hour there twice is double. */
Test(rota, the_hour_that_is_not_there_is_nobodys)
{
        struct rota r = make("2026-03-29T00:00:00.000Z", "1", NULL, 0);

        cr_expect_str_eq(listed(&r, "2026-03-29T00:00:00Z", "2026-03-29T03:00:00Z"),
                         "00:00 ana 01:00 cara 02:00 ana 03:00");
        r = make("2026-10-25T00:00:00.000Z", "1", NULL, 0);
        cr_expect_str_eq(listed(&r, "2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z"),
                         "00:00 ana 02:00 bodo 03:00");
}

/* A summer away the hour is the same. */
Test(rota, years_later_the_hour_is_the_same)
{
        struct rota r = make("2026-01-01T07:00:00.000Z", "24", NULL, 0);
        struct duty d;

        cr_assert(rota_on_duty(&r, at("2031-07-15T12:00:00Z"), &arena, &d));
        cr_expect_eq(d.span.from_ms, at("2031-07-15T06:00:00Z"));
        cr_expect_str_eq(on(&r, "2031-07-15T05:59:00Z"), on(&r, "2031-07-14T06:00:00Z"));
}

Test(rota, what_is_not_complete_has_nobody)
{
        struct rota r = make("2026-11-24T07:00:00.000Z", "0", NULL, 0);

        cr_expect_str_eq(on(&r, "2026-11-24T08:00:00Z"), "-");
        r = make("2026-11-24T07:00:00.000Z", "99999999999", NULL, 0);
        cr_expect_str_eq(on(&r, "2026-11-24T08:00:00Z"), "-");
        r = make(NULL, "12", NULL, 0);
        cr_expect_str_eq(on(&r, "2026-11-24T08:00:00Z"), "-");
        r = make("2026-11-24T07:00:00.000Z", "12", NULL, 0);
        r.member_count = 0;
        cr_expect_str_eq(on(&r, "2026-11-24T08:00:00Z"), "-");
        cr_expect_str_eq(listed(&r, "2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z"),
                         "08:00 - 09:00");
}

Test(rota, overrides_lie_over_the_turns)
{
        static const char *const overrides[] = {
                "2026-11-24T10:00:00.000Z/2026-11-24T20:00:00.000Z=" CARA,
                "2026-11-24T12:00:00.000Z/2026-11-24T14:00:00.000Z=" BODO,
                "2026-11-23T00:00:00.000Z/2026-11-23T01:00:00.000Z=" BODO,
        };
        struct rota r = make("2026-11-24T07:00:00.000Z", "12", overrides, 3);

        cr_expect_str_eq(listed(&r, "2026-11-24T07:00:00Z", "2026-11-24T22:00:00Z"),
                         "07:00 ana 10:00 cara! 12:00 bodo! 14:00 cara! 20:00 bodo 22:00");
        cr_expect_str_eq(on(&r, "2026-11-23T00:30:00Z"), "bodo"); /* before it starts */
        struct duty d;
        cr_assert(rota_on_duty(&r, at("2026-11-24T15:00:00Z"), &arena, &d));
        cr_expect(d.is_override);
        cr_expect_eq(d.span.from_ms, at("2026-11-24T14:00:00Z"));
        cr_expect_eq(d.span.until_ms, at("2026-11-24T20:00:00Z"));
}

Test(rota, two_made_apart_are_told_in_one_order)
{
        static const char *const overrides[] = {
                "2026-11-24T10:00:00.000Z/2026-11-24T12:00:00.000Z=" CARA,
                "2026-11-24T10:00:00.000Z/2026-11-24T12:00:00.000Z=" BODO,
                "2026-11-24T10:00:00.000Z/2026-11-24T11:00:00.000Z=" ANA,
        };
        struct rota r = make("2026-11-24T07:00:00.000Z", "12", overrides, 3);

        cr_expect_str_eq(on(&r, "2026-11-24T10:30:00Z"), "ana");
        cr_expect_str_eq(on(&r, "2026-11-24T11:30:00Z"), "cara");
}

Test(rota, a_busy_person_is_relieved_until_the_end_of_the_duty)
{
        struct rota r = make("2026-11-24T07:00:00.000Z", "12", NULL, 0), made, again;

        cr_assert(rota_take_over(&r, at("2026-11-24T12:00:00Z"), BODO, &arena, &made));
        cr_expect_str_eq(listed(&made, "2026-11-24T07:00:00Z", "2026-11-25T07:00:00Z"),
                         "07:00 ana 12:00 bodo! 19:00 bodo 07:00");
        cr_expect_str_eq(rota_overrides_text(&made, &arena),
                         "2026-11-24T12:00:00.000Z/2026-11-24T19:00:00.000Z=" BODO);
        cr_expect_eq(r.override_count, 0);
        /* at its very beginning too, where the spans are the same */
        cr_assert(rota_take_over(&made, at("2026-11-24T12:00:00Z"), ANA, &arena, &again));
        cr_expect_str_eq(on(&again, "2026-11-24T13:00:00Z"), "ana");
        cr_expect_eq(again.override_count, 1);
        /* later in it: what was is kept */
        cr_assert(rota_take_over(&made, at("2026-11-24T15:00:00Z"), CARA, &arena, &again));
        cr_expect_str_eq(listed(&again, "2026-11-24T07:00:00Z", "2026-11-24T19:00:00Z"),
                         "07:00 ana 12:00 bodo! 15:00 cara! 19:00");
        cr_expect_not(rota_take_over(&r, at("2026-11-24T12:00:00Z"), ANA, &arena, &again));
        cr_expect_not(rota_take_over(&r, at("2026-11-24T06:00:00Z"), ANA, &arena, &again));
}

Test(rota, two_people_swap_their_duties)
{
        struct rota r = make("2026-11-24T07:00:00.000Z", "12", NULL, 0), made;

        cr_assert(rota_swap(&r, at("2026-11-24T12:00:00Z"), at("2026-11-25T12:00:00Z"), &arena,
                            &made));
        cr_expect_eq(made.override_count, 2);
        cr_expect_str_eq(listed(&made, "2026-11-24T07:00:00Z", "2026-11-25T19:00:00Z"),
                         "07:00 cara! 19:00 bodo 07:00 ana! 19:00");
        cr_expect_not(rota_swap(&r, at("2026-11-24T12:00:00Z"), at("2026-11-24T13:00:00Z"), &arena,
                                &made));
        cr_expect_not(rota_swap(&r, at("2026-11-24T01:00:00Z"), at("2026-11-24T13:00:00Z"), &arena,
                                &made));
}

Test(rota, overrides_stay_right_when_members_change)
{
        static const char *const later[] = {BODO, CARA};
        struct rota r = make("2026-11-24T07:00:00.000Z", "12", NULL, 0), made;

        cr_assert(rota_swap(&r, at("2026-11-24T12:00:00Z"), at("2026-11-25T12:00:00Z"), &arena,
                            &made));
        made.members = later;
        made.member_count = 2;
        cr_expect_str_eq(listed(&made, "2026-11-24T07:00:00Z", "2026-11-26T07:00:00Z"),
                         "07:00 cara! 19:00 cara 07:00 ana! 19:00 cara 07:00");
}

/* ---- any rota ------------------------------------------------------------------------------ */

static unsigned seed;

static int dice(int sides)
{
        seed = seed * 1664525 + 1013904223;
        return (int)((seed >> 8) % (unsigned)sides);
}

static const char *any_id(void)
{
        static const char *const ids[] = {ANA, BODO, CARA};

        return ids[dice(3)];
}

/* Around a night in which clocks change. */
static struct rota any_rota(int64_t base)
{
        static const int hours[] = {1, 5, 8, 12, 24, 100};
        struct rota_override *list = arena_array(&arena, 6, sizeof(*list));
        struct rota r = make("2026-11-24T07:00:00.000Z", "12", NULL, 0);

        for (size_t i = 0; i < 6; i++) {
                int64_t from = base + (dice(120) - 20) * HOUR_MS / 2;

                list[i] = (struct rota_override){{from, from + (1 + dice(40)) * HOUR_MS / 2},
                                                 any_id()};
        }
        r.overrides = list;
        r.override_count = (size_t)dice(7);
        r.starts_ms = base + (dice(60) - 40) * HOUR_MS / 2;
        r.shift_hours = hours[dice((int)ARRAY_LEN(hours))];
        r.member_count = (size_t)dice(4);
        return r;
}

static int64_t any_base(void)
{
        return at(dice(2) ? "2026-10-24T00:00:00Z" : "2026-03-28T00:00:00Z");
}

/* They follow each other without a gap, and who is on duty at a time is who the list has then. */
Test(rota, duties_are_all_of_the_span)
{
        for (seed = 1; seed < 3000; seed += 5) {
                unsigned start = seed;
                int64_t base = any_base(), from = base + dice(40) * HOUR_MS;
                struct span span = {from, from + (1 + dice(60)) * HOUR_MS};
                struct rota r = any_rota(base);
                struct duty *duties;
                size_t count;

                rota_duties(&r, &span, &arena, &duties, &count);
                cr_assert_gt(count, 0u);
                for (size_t i = 0; i < count; i++) {
                        struct duty d = {.id = NULL};
                        bool some = rota_on_duty(&r, duties[i].span.from_ms, &arena, &d);

                        cr_assert_eq(duties[i].span.from_ms, from, "seed %u", start);
                        cr_assert_lt(from, duties[i].span.until_ms, "seed %u", start);
                        from = duties[i].span.until_ms;
                        cr_assert_eq(some, duties[i].id != NULL, "seed %u", start);
                        if (some)
                                cr_assert_str_eq(d.id, duties[i].id, "seed %u", start);
                        if (some && i > 0 && i + 1 < count)
                                cr_assert(d.span.from_ms == duties[i].span.from_ms &&
                                                  d.span.until_ms == duties[i].span.until_ms,
                                          "seed %u", start);
                }
                cr_assert_eq(from, span.until_ms, "seed %u", start);
                seed = start;
                arena_reset(&arena);
        }
}

Test(rota, what_is_laid_counts_in_its_span_and_nowhere_else)
{
        for (seed = 2; seed < 3000; seed += 5) {
                unsigned start = seed;
                int64_t base = any_base();
                struct rota r = any_rota(base), made;
                struct span span = {base + dice(60) * HOUR_MS / 2, 0};
                const char *who = any_id();

                span.until_ms = span.from_ms + (1 + dice(30)) * HOUR_MS / 2;
                rota_lay(&r, &span, who, &arena, &made);
                for (int64_t ms = base - DAY_MS; ms < base + 4 * DAY_MS; ms += HOUR_MS / 2) {
                        struct duty was = {.id = NULL}, is = {.id = NULL};

                        rota_on_duty(&r, ms, &arena, &was);
                        rota_on_duty(&made, ms, &arena, &is);
                        cr_assert_str_eq(name(is.id),
                                         span_has(&span, ms) ? name(who) : name(was.id), "seed %u",
                                         start);
                }
                seed = start;
                arena_reset(&arena);
        }
}

/* ---- zones --------------------------------------------------------------------------------- */

Test(rota, a_zone_is_found_by_what_people_call_it)
{
        cr_expect_eq(clock_zone(law, NULL), &calendar_utc);
        cr_expect_eq(clock_zone(law, "utc"), &calendar_utc);
        cr_expect_str_eq(clock_zone(law, "fr")->state, "FR");
        cr_expect_str_eq(clock_zone(law, "EL")->state, "GR");
        cr_expect_eq(clock_zone(law, "CET")->offset_minutes, 60);
        cr_expect_eq(clock_zone(law, "eet")->offset_minutes, 120);
        cr_expect_null(clock_zone(law, "Mars"));
        cr_expect_null(clock_zone(NULL, "FR"));
}

Test(rota, the_clock_on_the_wall_leads_back_to_the_instant)
{
        const struct calendar *be = clock_zone(law, "BE");

        for (int64_t ms = at("2026-03-28T00:00:00Z"); ms < at("2026-11-01T00:00:00Z");
             ms += HOUR_MS / 2) {
                int64_t back = calendar_instant(be, calendar_wall(be, ms));
                bool again = ms >= at("2026-10-25T01:00:00Z") && ms < at("2026-10-25T02:00:00Z");

                cr_assert_eq(back, again ? ms - HOUR_MS : ms);
        }
        cr_expect_eq(calendar_instant(be, at("2026-03-29T02:30:00Z")), at("2026-03-29T01:30:00Z"));
}
