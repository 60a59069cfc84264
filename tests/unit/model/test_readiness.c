#include "model/readiness.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "law_files.h"

#define HOUR_MS (3600 * 1000ll)
#define DAY_MS  (24 * HOUR_MS)

/* Tuesday 24 November 2026, 12:00Z: 13:00 in Belgium */
#define NOW 1795521600000ll

static struct arena arena;

static void teardown(void)
{
        arena_finish(&arena);
        arena_init(&arena);
}

TestSuite(readiness, .fini = teardown);

static struct span hours(int from, int until)
{
        return (struct span){NOW + from * HOUR_MS, NOW + until * HOUR_MS};
}

static const struct value *words(const char *text)
{
        struct value *v = arena_alloc(&arena, sizeof(*v));
        const char **items = arena_array(&arena, 8, sizeof(*items));

        for (; *text; text += strspn(text, " ")) {
                size_t len = strcspn(text, " ");

                items[v->count++] = arena_strndup(&arena, text, len);
                text += len;
        }
        v->items = items;
        return v;
}

static struct roster_facts person(const char *name, const char *roles, const char *language,
                                  const struct span *leave)
{
        struct roster_language *l = arena_alloc(&arena, sizeof(*l));

        *l = (struct roster_language){language, 4};
        return (struct roster_facts){.kind = &kind_expert,
                                     .id = name,
                                     .name = name,
                                     .roles = words(roles),
                                     .skills = words(""),
                                     .states = words(""),
                                     .communities = words(""),
                                     .papers = words(""),
                                     .languages = l,
                                     .language_count = language != NULL,
                                     .clearance = -1,
                                     .clearance_until_ms = CLOCK_NONE,
                                     .leave = leave,
                                     .leave_count = leave != NULL,
                                     .verified_ms = NOW};
}

/* Every text a line. */
static const char *left(const struct readiness_pool *pool, const struct span *span)
{
        const struct readiness_when when = {.span = *span, .zone = &calendar_utc, .now_ms = NOW};
        const char *text = "";
        struct readiness_answer r;

        readiness_read(pool, &when, &arena, &r);
        for (size_t i = 0; i < r.line_count; i++)
                text = arena_printf(&arena, "%s%s\n", text, r.lines[i].text);
        return text;
}

Test(readiness, what_is_left_is_told_by_name_and_what_goes_first)
{
        static const struct span away = {NOW, NOW + 100 * HOUR_MS};
        static const struct readiness_taken taken[] = {{"Cara", 0}, {"Nobody", 0}};
        struct roster_facts people[] = {
                person("Ana", "forensics", "ro", NULL),
                person("Bodo", "ciso forensics", "de", NULL),
                person("Cara", "architect forensics", "ro", NULL),
                person("Dana", "forensics", "fr", &away),
        };
        struct readiness_pool pool = {people, 4, taken, 2};
        const struct span day = hours(0, 24), later = hours(100, 124);

        people[0].community = "civilian";
        cr_expect_str_eq(left(&pool, &day), "role architect: nobody left of 1, without Cara\n"
                                            "language ro: 1 of 2 left: Ana\n"
                                            "role forensics: 2 of 3 left: Ana, Bodo\n"
                                            "language fr: nobody is free\n"
                                            "role ciso: 1 of 1 left: Bodo\n"
                                            "language de: 1 of 1 left: Bodo\n"
                                            "community civilian: 1 of 1 left: Ana\n");
        pool.taken_count = 0;
        cr_expect(
                strstr(left(&pool, &later), "role forensics: 4 of 4 left: Ana, Bodo, Cara, Dana"));
        pool.count = 0;
        cr_expect_str_eq(left(&pool, &day), "");
}

Test(readiness, of_many_a_line_names_a_few)
{
        struct roster_facts people[8];
        struct readiness_pool pool = {people, 8, NULL, 0};
        const struct span day = hours(0, 24);

        for (int i = 0; i < 8; i++)
                people[i] = person(arena_printf(&arena, "P%d", i), "ciso", NULL, NULL);
        cr_expect_str_eq(left(&pool, &day),
                         "role ciso: 8 of 8 left: P0, P1, P2, P3, P4 and 3 more\n");
}

/* ---- day by day ---------------------------------------------------------------------------- */

static const char *gaps(const struct readiness_pool *pool, const struct calendar *zone, int days)
{
        const struct readiness_when when = {.zone = zone, .now_ms = NOW, .days = days};
        const char *text = "";
        struct readiness_answer r;

        readiness_read(pool, &when, &arena, &r);
        for (size_t i = 0; i < r.gap_count; i++)
                text = arena_printf(&arena, "%s%s\n", text, r.gaps[i].text);
        return text;
}

/* In Belgium the 25th is from 23:00Z to 23:00Z. */
Test(readiness, gaps_and_single_people_are_told_by_local_day)
{
        struct clock_law *law = law_files_load();
        struct span leave = {NOW + 11 * HOUR_MS, NOW + 35 * HOUR_MS}; /* all of the 25th, local */
        struct span both = {NOW + 36 * HOUR_MS, NOW + 37 * HOUR_MS};  /* an hour of the 26th */
        struct roster_facts people[] = {person("Ana", "ciso", NULL, &leave),
                                        person("Bodo", "ciso", NULL, &both)};
        struct readiness_pool pool = {people, 2, NULL, 0};

        cr_expect_str_eq(gaps(&pool, clock_calendar(law, "BE"), 5),
                         "role ciso: only Bodo on 2026-11-25\n"
                         "role ciso: only Ana on 2026-11-26\n");
        people[1].leave = &leave;
        cr_expect_str_eq(gaps(&pool, clock_calendar(law, "BE"), 5),
                         "role ciso: nobody on 2026-11-25 (Ana: on leave from 23:00Z to Wed 23:00Z;"
                         " Bodo: on leave from 23:00Z to Wed 23:00Z)\n");
        /* the same leave takes parts of two days of UTC */
        cr_expect(strstr(gaps(&pool, &calendar_utc, 5),
                         "role ciso: nobody from 2026-11-24 to 2026-11-25"));
        clock_law_destroy(law);
}

Test(readiness, who_is_taken_is_away_on_all_days)
{
        static const struct readiness_taken taken[] = {{"Bodo", 0}};
        struct roster_facts people[] = {person("Ana", "ciso", NULL, NULL),
                                        person("Bodo", "architect ciso", NULL, NULL)};
        struct readiness_pool pool = {people, 2, taken, 1};

        cr_expect_str_eq(gaps(&pool, &calendar_utc, READINESS_DAYS),
                         "role architect: nobody from 2026-11-24 to 2026-12-07 (Bodo: taken)\n"
                         "role ciso: only Ana from 2026-11-24 to 2026-12-07\n");
        pool.taken_count = 0;
        cr_expect_str_eq(gaps(&pool, &calendar_utc, READINESS_DAYS),
                         "role architect: only Bodo from 2026-11-24 to 2026-12-07\n");
        cr_expect_str_eq(gaps(&pool, &calendar_utc, 0), "");
}

static unsigned seed;

static int dice(int sides)
{
        seed = seed * 1664525 + 1013904223;
        return (int)((seed >> 8) % (unsigned)sides);
}

/* On each day the gaps are those that counting finds: no more, no fewer. */
Test(readiness, gaps_are_what_counting_finds)
{
        enum { PEOPLE = 4, DAYS = 10 };

        for (seed = 1; seed < 3000; seed += 9) {
                unsigned start = seed;
                struct roster_facts people[PEOPLE];
                struct span leave[PEOPLE];
                struct readiness_pool pool = {people, PEOPLE, NULL, 0};
                struct booking held[PEOPLE];
                const struct readiness_when when = {
                        .zone = &calendar_utc, .now_ms = NOW, .days = DAYS};
                struct readiness_answer r;
                size_t told = 0, found = 0;
                bool has_role = false;

                for (size_t i = 0; i < PEOPLE; i++) {
                        bool can = dice(3) > 0;
                        int from = dice(240) - 20;

                        leave[i] = hours(from, from + dice(150) - 10);
                        people[i] = person(arena_printf(&arena, "P%zu", i), can ? "ciso" : "", NULL,
                                           &leave[i]);
                        from = dice(240) - 20;
                        held[i] = (struct booking){.span = hours(from, from + dice(90) - 10),
                                                   .hold = (enum hold)dice(3)};
                        people[i].bookings = &held[i];
                        people[i].booking_count = (size_t)dice(2);
                        has_role |= can;
                }
                readiness_read(&pool, &when, &arena, &r);
                for (size_t i = 0; i < r.gap_count; i++)
                        told += (size_t)(r.gaps[i].last_day - r.gaps[i].first_day + 1);
                for (int day = 0; day < DAYS && has_role; day++) {
                        int64_t from = NOW - 12 * HOUR_MS + day * DAY_MS;
                        const struct span span = {day ? from : NOW, from + DAY_MS};
                        int there = 0;

                        for (size_t i = 0; i < PEOPLE; i++)
                                there += people[i].roles->count && !spans_meet(&leave[i], &span) &&
                                         !(people[i].booking_count &&
                                           spans_meet(&held[i].span, &span));
                        if (there > 1)
                                continue;
                        found++;
                        bool is_told = false;
                        for (size_t i = 0; i < r.gap_count; i++)
                                is_told |= r.gaps[i].left == there &&
                                           r.gaps[i].first_day <= from / DAY_MS &&
                                           from / DAY_MS <= r.gaps[i].last_day;
                        cr_assert(is_told, "seed %u day %d", start, day);
                }
                cr_assert_eq(told, found, "seed %u", start);
                seed = start;
                arena_reset(&arena);
        }
}

/* ---- a second one -------------------------------------------------------------------------- */

Test(readiness, a_second_one_like_it_is_asked_of_the_rest)
{
        static const struct readiness_taken taken[] = {{"Ana", 0}, {"Bodo", 0}};
        static const struct roster_language languages[] = {{"ro", 3}};
        struct roster_facts people[] = {
                person("Ana", "forensics", "ro", NULL), person("Bodo", "ciso", "ro", NULL),
                person("Cara", "forensics", "ro", NULL), person("Dana", "ciso", "fr", NULL)};
        struct readiness_pool pool = {people, 4, taken, 2};
        struct rank_needs n = {.roles = words("auditor ciso forensics"),
                               .languages = languages,
                               .language_count = 1,
                               .clearance = -1,
                               .from_ms = CLOCK_NONE,
                               .until_ms = NOW + 5 * DAY_MS};
        struct readiness_second s;

        readiness_second(&pool, &kind_expert, pool.taken_count, &n, NOW, &arena, &s);
        cr_expect_eq(s.needed, 2);
        cr_expect_eq(s.fitting, 1);
        cr_expect_str_eq(s.text, "1 fits, 2 are needed: Cara");
        cr_assert_eq(s.line_count, 4);
        cr_expect_str_eq(s.lines[0].text, "role ciso: 1 of 2 left: Dana");
        cr_expect_str_eq(s.lines[1].text, "role forensics: 1 of 2 left: Cara");
        cr_expect_str_eq(s.lines[2].text, "language ro: 1 of 3 left: Cara");
        cr_expect_str_eq(s.lines[3].text, "role auditor: nobody is free");
        n.headcount = 3;
        pool.taken_count = 0;
        readiness_second(&pool, &kind_expert, pool.taken_count, &n, NOW, &arena, &s);
        cr_expect_str_eq(s.text, "0 fit, 3 are needed; the first one still takes Ana, Bodo, Cara");
        pool.count = 0;
        n.headcount = 0;
        readiness_second(&pool, &kind_expert, pool.taken_count, &n, NOW, &arena, &s);
        cr_expect_str_eq(s.text, "0 fit, 1 is needed; the first one itself lacks 1");
}

/* What the first one needs is not there for the second, whether or not anybody was sent. */
Test(readiness, what_the_first_one_still_needs_is_deducted)
{
        static const struct readiness_taken taken[] = {{"Ana", 0}};
        struct roster_facts people[] = {
                person("Ana", "forensics", "ro", NULL), person("Bodo", "forensics", "ro", NULL),
                person("Cara", "forensics", "ro", NULL), person("Dana", "forensics", "ro", NULL)};
        struct readiness_pool pool = {people, 4, taken, 1};
        struct rank_needs n = {.roles = words("forensics"),
                               .clearance = -1,
                               .headcount = 2,
                               .from_ms = CLOCK_NONE,
                               .until_ms = NOW + DAY_MS};
        struct readiness_second s;

        readiness_second(&pool, &kind_expert, pool.taken_count, &n, NOW, &arena, &s);
        cr_expect_str_eq(s.text, "2 fit, 2 are needed: Cara, Dana; the first one still takes Bodo");
        cr_expect_eq(s.first, 1);
        cr_expect_eq(s.lacks, 0);
        cr_expect_str_eq(s.lines[0].text, "role forensics: 2 of 4 left: Cara, Dana");
        n.headcount = 6;
        readiness_second(&pool, &kind_expert, pool.taken_count, &n, NOW, &arena, &s);
        cr_expect_str_eq(
                s.text,
                "0 fit, 6 are needed; the first one still takes Bodo, Cara, Dana and lacks 2");
}

/* People and equipment of one need: each is asked for what it can be. */
Test(readiness, equipment_that_is_needed_too_makes_nobody_unfit)
{
        struct roster_facts pool_of[] = {person("Ana", "forensics", "ro", NULL),
                                         person("Bodo", "forensics", "ro", NULL),
                                         person("Kit", "", NULL, NULL)};
        struct readiness_pool pool = {pool_of, 3, NULL, 0};
        struct rank_needs n = {.roles = words("forensics"),
                               .categories = words("forensic-kit"),
                               .clearance = -1,
                               .headcount = 1,
                               .from_ms = CLOCK_NONE,
                               .until_ms = NOW + DAY_MS};
        struct readiness_second s;

        pool_of[2].kind = &kind_equipment;
        pool_of[2].category = "forensic-kit";
        readiness_second(&pool, &kind_expert, 0, &n, NOW, &arena, &s);
        cr_expect_str_eq(s.text, "1 fits, 1 is needed: Bodo; the first one still takes Ana");
        cr_assert_eq(s.line_count, 2);
        cr_expect_str_eq(s.lines[0].text, "role forensics: 1 of 2 left: Bodo");
        cr_expect_str_eq(s.lines[1].text, "category forensic-kit: 1 of 1 left: Kit");
}

Test(readiness, equipment_counts_by_the_piece)
{
        static const struct readiness_taken taken[] = {{"Laptops", 4}};
        const struct booking held = {.span = hours(-5, 90), .hold = HOLD_HARD, .takes = 3};
        struct roster_facts kit[] = {person("Laptops", "", NULL, NULL),
                                     person("Spare", "", NULL, NULL)};
        struct readiness_pool pool = {kit, 2, taken, 1};
        const struct span day = hours(0, 24);
        struct rank_needs n = {.categories = words("laptop"),
                               .clearance = -1,
                               .headcount = 5,
                               .from_ms = CLOCK_NONE,
                               .until_ms = NOW + DAY_MS};
        struct readiness_second s;

        kit[0].kind = kit[1].kind = &kind_equipment;
        kit[0].category = kit[1].category = "laptop";
        kit[0].quantity = 10;
        kit[0].bookings = &held;
        kit[0].booking_count = 1;
        cr_expect_str_eq(left(&pool, &day), "category laptop: 4 of 8 left: Laptops (3), Spare\n");
        readiness_second(&pool, &kind_equipment, pool.taken_count, &n, NOW, &arena, &s);
        cr_expect_str_eq(s.text, "3 fit, 5 are needed: Laptops (2), Spare; the first one still "
                                 "takes Laptops (1)");
}

/* roster_free_in and the sentence are one question. */
Test(readiness, who_is_free_has_no_reason_not_to_be)
{
        for (seed = 4; seed < 20000; seed += 9) {
                unsigned start = seed;
                struct span leave = hours(dice(40), dice(60)), span = hours(dice(40), 0);
                struct booking b = {.span = hours(dice(40), dice(60)), .hold = (enum hold)dice(3)};
                struct roster_expiry e = {.what = "it", .until_ms = NOW + dice(90) * HOUR_MS};
                struct roster_facts f = person("Ana", "", NULL, dice(2) ? &leave : NULL);

                span.until_ms = span.from_ms + (1 + dice(20)) * HOUR_MS;
                f.bookings = &b;
                f.booking_count = (size_t)dice(2);
                f.expiries = &e;
                f.expiry_count = (size_t)dice(2);
                f.condition = dice(9) ? "good" : "damaged";
                f.rotation = dice(2) ? hours(dice(30), 50) : (struct span){0, 0};
                cr_assert_eq(roster_free_in(&f, &span) == 1,
                             roster_busy_why(&f, &span, NOW, &arena) == NULL, "seed %u", start);
                seed = start;
                arena_reset(&arena);
        }
}
