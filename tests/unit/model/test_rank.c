#include "model/rank.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

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

TestSuite(rank, .fini = teardown);

/* ---- people -------------------------------------------------------------------------------- */

struct person {
        const char *name, *roles, *skills, *languages, *community, *states, *papers;
        const char *clearance, *clearance_until, *notice, *remote, *max_days;
};

static void set_list(struct thing *t, const char *field, const char *words)
{
        const char *items[16];
        size_t count = 0;

        for (const char *p = words; p && *p; p += strspn(p, " ")) {
                size_t len = strcspn(p, " ");

                items[count++] = arena_strndup(&arena, p, len);
                p += len;
        }
        thing_set_items(t, field, items, count, &arena);
}

static struct roster_facts facts_of(const struct person *p)
{
        struct thing *t = arena_alloc(&arena, sizeof(*t));
        struct roster_facts f;

        thing_init(t, &kind_expert, arena_printf(&arena, "identity--%s", p->name));
        thing_set(t, "name", p->name);
        set_list(t, "roles", p->roles);
        set_list(t, "skills", p->skills);
        set_list(t, "languages", p->languages);
        set_list(t, "states", p->states);
        set_list(t, "papers", p->papers);
        thing_set(t, "community", p->community);
        thing_set(t, "clearance", p->clearance);
        thing_set(t, "clearance_until", p->clearance_until);
        thing_set(t, "notice", p->notice ? p->notice : "120");
        thing_set(t, "remote", p->remote);
        thing_set(t, "max_days", p->max_days);
        thing_set(t, "verified", "2026-11-20T00:00:00.000Z");
        roster_facts_read(t, NULL, NULL, 0, &arena, &f);
        return f;
}

static struct value *words(const char *const *items, size_t count)
{
        struct value *v = arena_alloc(&arena, sizeof(*v));

        *v = (struct value){.items = items, .count = count};
        return v;
}

static struct rank_needs nothing(void)
{
        return (struct rank_needs){.clearance = -1, .from_ms = CLOCK_NONE, .until_ms = CLOCK_NONE};
}

static struct span hours(int from, int until)
{
        return (struct span){NOW + from * HOUR_MS, NOW + until * HOUR_MS};
}

/* ---- asking -------------------------------------------------------------------------------- */

/* "ana bodo": names in their order. */
static const char *order(const struct rank_needs *n, unsigned left_out,
                         const struct roster_facts *people, size_t count)
{
        const struct ranking r = {n, left_out, NOW};
        const char *text = "";
        struct ranked *list;

        rank_candidates(&r, people, count, &arena, &list);
        for (size_t i = 0; i < count; i++)
                text = arena_printf(&arena, "%s%s%s", text, i ? " " : "", list[i].facts->name);
        return text;
}

static struct ranked one(const struct rank_needs *n, unsigned left_out,
                         const struct roster_facts *f)
{
        const struct ranking r = {n, left_out, NOW};
        struct ranked *list;

        rank_candidates(&r, f, 1, &arena, &list);
        return list[0];
}

/* The reasons of one kind, with "; ". */
static const char *says(const struct rank_needs *n, unsigned left_out, const struct roster_facts *f,
                        enum rank_says kind)
{
        const struct ranking r = {n, left_out, NOW};
        struct rank_reason *reasons;
        const char *text = "";
        size_t count;

        rank_why(&r, f, &arena, &reasons, &count);
        for (size_t i = 0; i < count; i++)
                if (reasons[i].says == kind)
                        text = arena_printf(&arena, "%s%s%s", text, *text ? "; " : "",
                                            reasons[i].text);
        return text;
}

/* ---- what somebody can do ------------------------------------------------------------------ */

Test(rank, each_need_is_told_as_met_or_missing)
{
        static const char *const roles[] = {"architect", "forensics"};
        static const char *const skills[] = {"ot", "rail"};
        static const char *const states[] = {"FR", "RO"}, *const papers[] = {"passport"};
        static const char *const communities[] = {"civilian"};
        static const struct roster_language languages[] = {{"ro", 4}, {"fr", -1}};
        struct roster_facts ana = facts_of(&(struct person){.name = "ana",
                                                            .roles = "ciso forensics",
                                                            .skills = "ot",
                                                            .languages = "ro:c1 fr",
                                                            .community = "civilian",
                                                            .states = "RO",
                                                            .papers = "passport visa",
                                                            .clearance = "s-ue"});
        struct roster_facts bodo = facts_of(&(struct person){.name = "bodo",
                                                             .roles = "ciso",
                                                             .skills = "cloud",
                                                             .languages = "ro:b1",
                                                             .clearance = "c-ue",
                                                             .remote = "remote"});
        struct rank_needs n = nothing();

        n.roles = words(roles, 2);
        n.skills = words(skills, 2);
        n.states = words(states, 2);
        n.papers = words(papers, 1);
        n.communities = words(communities, 1);
        n.languages = languages;
        n.language_count = 2;
        n.clearance = CLEARANCE_S_UE;
        n.mode = "on-site";
        cr_expect_str_eq(says(&n, 0, &ana, RANK_SAYS_FITS),
                         "role: forensics; skill: ot; language: ro c1; language: fr; "
                         "clearance: S-UE; community: civilian; state: RO; papers: passport; "
                         "notice: can leave 14:00Z");
        cr_expect_str_eq(says(&n, 0, &ana, RANK_SAYS_MISSING), "skill: no rail");
        cr_expect_str_eq(says(&n, 0, &bodo, RANK_SAYS_MISSING),
                         "role: none of architect, forensics; skill: no ot; skill: no rail; "
                         "language: ro b1, not c1; language: no fr; clearance: C-UE, not S-UE; "
                         "community: none of civilian; state: none of FR, RO; "
                         "papers: no passport; mode: works remote only");
        cr_expect_eq(one(&n, 0, &ana).missing, 1);
        cr_expect_eq(one(&n, 0, &ana).missed, RANK_BIT(RANK_SKILL));
        cr_expect_eq(one(&n, 0, &bodo).missing, 10);
        cr_expect_eq(one(&n, ~0u, &bodo).missing, 0);
        cr_expect_str_eq(says(&n, ~0u, &bodo, RANK_SAYS_MISSING), "");
        cr_expect_str_eq(says(&n, ~0u, &bodo, RANK_SAYS_FITS), "");
}

Test(rank, equipment_is_asked_by_its_category)
{
        static const char *const wanted[] = {"forensic-kit", "siem"};
        struct rank_needs n = nothing();
        struct roster_facts f;
        struct thing t;

        thing_init(&t, &kind_equipment, "x-muster-asset--00000000-0000-4000-8000-00000000000a");
        thing_set(&t, "category", "siem");
        thing_set(&t, "condition", "lost");
        roster_facts_read(&t, NULL, NULL, 0, &arena, &f);
        n.categories = words(wanted, 2);
        cr_expect_str_eq(says(&n, RANK_BIT(RANK_NOTICE), &f, RANK_SAYS_FITS), "category: siem");
        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_BOOKED), "it is lost");
        cr_expect_eq(one(&n, 0, &f).departure_ms, CLOCK_NONE);
        cr_expect_eq(one(&n, RANK_BIT(RANK_FREE), &f).departure_ms, NOW + 72 * HOUR_MS);
        thing_set(&t, "category", "laptop");
        roster_facts_read(&t, NULL, NULL, 0, &arena, &f);
        cr_expect_eq(one(&n, 0, &f).missed, RANK_BIT(RANK_CATEGORY) | RANK_BIT(RANK_FREE));
}

/* ---- when ---------------------------------------------------------------------------------- */

Test(rank, what_runs_out_before_the_end_is_told)
{
        struct person p = {
                .name = "ana", .clearance = "s-ue", .clearance_until = "2026-11-26T12:00:00.000Z"};
        struct roster_facts f = facts_of(&p);
        struct roster_expiry with[] = {f.expiries[0], {.what = "the certificate GCIH"}};
        struct rank_needs n = nothing();

        n.from_ms = NOW + DAY_MS;
        n.until_ms = NOW + 3 * DAY_MS;
        cr_expect_eq(one(&n, 0, &f).missing, 0); /* no clearance is asked for */
        n.clearance = CLEARANCE_C_UE;
        cr_expect_eq(one(&n, 0, &f).missed, RANK_BIT(RANK_EXPIRY));
        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_EXPIRES), "the clearance runs out Thu 12:00Z");
        cr_expect_eq(one(&n, RANK_BIT(RANK_EXPIRY), &f).missing, 0);
        n.until_ms = NOW + 2 * DAY_MS; /* good until the very end */
        cr_expect_eq(one(&n, 0, &f).missing, 0);
        n.from_ms = NOW + 2 * DAY_MS; /* over at the beginning */
        n.until_ms = NOW + 3 * DAY_MS;
        cr_expect_eq(one(&n, 0, &f).missed, RANK_BIT(RANK_CLEARANCE));
        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_MISSING),
                         "clearance: the clearance has run out by then, Thu 12:00Z");
        n.clearance = -1;
        with[1].until_ms = NOW - DAY_MS;
        f.expiries = with;
        f.expiry_count = 2;
        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_EXPIRES),
                         "the clearance runs out Thu 12:00Z; the certificate GCIH ran out Mon "
                         "12:00Z");
        cr_expect_eq(one(&n, 0, &f).missing, 1);
}

/* The row of such a person says expired, whatever is asked for. */
Test(rank, a_clearance_that_has_run_out_is_told_though_none_is_asked_for)
{
        struct roster_facts f = facts_of(&(struct person){
                .name = "ana", .clearance = "s-ue", .clearance_until = "2020-01-01T12:00:00.000Z"});
        struct rank_needs n = nothing();

        cr_expect_eq(one(&n, 0, &f).missed, RANK_BIT(RANK_EXPIRY));
        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_EXPIRES),
                         "the clearance ran out 1 Jan 2020 12:00Z");
}

Test(rank, eleven_hours_of_rest_are_kept_on_either_side)
{
        struct roster_facts f = facts_of(&(struct person){.name = "ana"});
        struct booking b = {.hold = HOLD_HARD, .name = "DEP-0001"};
        struct rank_needs n = nothing();

        f.bookings = &b;
        f.booking_count = 1;
        n.from_ms = NOW + 100 * HOUR_MS;
        n.until_ms = NOW + 120 * HOUR_MS;
        b.span = hours(50, 89);
        cr_expect_eq(one(&n, 0, &f).missing, 0);
        b.span = hours(50, 90);
        cr_expect_eq(one(&n, 0, &f).missed, RANK_BIT(RANK_REST));
        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_RESTS),
                         "less than 11 hours of rest after DEP-0001");
        b.span = hours(130, 200);
        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_RESTS),
                         "less than 11 hours of rest before DEP-0001");
        b.span = hours(131, 200);
        cr_expect_eq(one(&n, 0, &f).missing, 0);
        b.span = hours(119, 200); /* an overlap is one fault, not two */
        cr_expect_eq(one(&n, 0, &f).missed, RANK_BIT(RANK_FREE));
        b.span = hours(80, 101);
        b.hold = HOLD_REST;
        cr_expect_eq(one(&n, 0, &f).missed, RANK_BIT(RANK_REST));
        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_RESTS),
                         "rests after DEP-0001 until 28 Nov 17:00Z");
        b.span = hours(80, 100);
        cr_expect_eq(one(&n, 0, &f).missing, 0);
        b.span = hours(130, 80); /* ends before it begins */
        b.hold = HOLD_HARD;
        cr_expect_eq(one(&n, 0, &f).missing, 0);
}

Test(rank, rest_is_asked_of_people_only)
{
        const struct booking before = {hours(100, 115), HOLD_HARD, "task--1", "DEP-0001", 0, false};
        struct rank_needs n = nothing();
        struct roster_facts f;
        struct thing t;
        thing_init(&t, &kind_equipment, "x-muster-asset--00000000-0000-4000-8000-00000000000a");
        roster_facts_read(&t, NULL, &before, 1, &arena, &f);
        n.from_ms = NOW + 120 * HOUR_MS;
        cr_expect_eq(one(&n, 0, &f).missed & RANK_BIT(RANK_REST), 0);
}

Test(rank, holds_and_leaves_in_the_span_are_told)
{
        struct roster_facts f = facts_of(&(struct person){.name = "ana", .max_days = "2"});
        struct booking bookings[] = {
                {.span = hours(30, 50), .hold = HOLD_SOFT, .name = "DEP-0001"},
                {.span = hours(60, 70), .hold = HOLD_HARD, .name = "DEP-0002"}};
        struct span leave = hours(71, 80);
        struct rank_needs n = nothing();

        f.bookings = bookings;
        f.leave = &leave;
        f.booking_count = 2;
        f.leave_count = 1;
        n.from_ms = NOW + 24 * HOUR_MS;
        n.until_ms = NOW + 73 * HOUR_MS;
        cr_expect_eq(one(&n, 0, &f).missed, RANK_BIT(RANK_FREE) | RANK_BIT(RANK_DAYS));
        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_BOOKED),
                         "alerted for DEP-0001 from Wed 18:00Z to Thu 14:00Z; "
                         "held for DEP-0002 from Fri 00:00Z to Fri 10:00Z; "
                         "on leave from Fri 11:00Z to Fri 20:00Z");
        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_MISSING), "days: 2 at a time");
        cr_expect_eq(one(&n, RANK_BIT(RANK_FREE) | RANK_BIT(RANK_DAYS), &f).missing, 0);
}

Test(rank, who_can_not_leave_in_time_is_late)
{
        struct roster_facts f = facts_of(&(struct person){.name = "ana", .notice = "720"});
        struct booking b = {.span = hours(-5, 20), .hold = HOLD_REST, .name = "DEP-0001"};
        struct rank_needs n = nothing();

        n.from_ms = NOW + 12 * HOUR_MS;
        cr_expect_eq(one(&n, 0, &f).missing, 0);
        n.from_ms = NOW + 11 * HOUR_MS;
        cr_expect_eq(one(&n, 0, &f).missed, RANK_BIT(RANK_NOTICE));
        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_LATE), "can leave Wed 00:00Z, not by 23:00Z");
        n.from_ms = CLOCK_NONE; /* at once: nobody can be late */
        cr_expect_eq(one(&n, 0, &f).missing, 0);
        f.bookings = &b;
        f.booking_count = 1;
        n.from_ms = NOW + 30 * HOUR_MS;
        cr_expect_eq(one(&n, 0, &f).departure_ms, NOW + 20 * HOUR_MS);
        cr_expect_eq(one(&n, RANK_BIT(RANK_REST), &f).departure_ms, NOW + 12 * HOUR_MS);
}

Test(rank, who_releases_it_and_what_is_not_confirmed_is_noted)
{
        struct roster_facts f = facts_of(&(struct person){.name = "ana"});
        struct rank_needs n = nothing();

        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_NOTE), "");
        f.holder = "CERT-EU";
        f.verified_ms = CLOCK_NONE;
        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_NOTE),
                         "CERT-EU releases it; nobody has confirmed it yet");
        f.verified_ms = NOW - 100 * DAY_MS;
        cr_expect_str_eq(says(&n, 0, &f, RANK_SAYS_NOTE),
                         "CERT-EU releases it; not confirmed since 16 Aug 12:00Z");
        cr_expect_eq(one(&n, 0, &f).missing, 0);
}

/* ---- order --------------------------------------------------------------------------------- */

Test(rank, fewest_missing_then_earliest_then_name)
{
        static const char *const skills[] = {"ot", "rail"};
        struct roster_facts people[] = {
                facts_of(&(struct person){.name = "none", .notice = "0"}),
                facts_of(&(struct person){.name = "half", .skills = "ot"}),
                facts_of(&(struct person){.name = "late", .skills = "ot rail", .notice = "600"}),
                facts_of(&(struct person){.name = "Bodo", .skills = "ot rail"}),
                facts_of(&(struct person){.name = "ana", .skills = "ot rail"}),
                facts_of(&(struct person){.name = "early", .skills = "ot rail", .notice = "60"}),
        };
        struct rank_needs n = nothing();

        n.skills = words(skills, 2);
        cr_expect_str_eq(order(&n, 0, people, 6), "early ana Bodo late half none");
        cr_expect_str_eq(order(&n, RANK_BIT(RANK_SKILL), people, 6),
                         "none early ana Bodo half late");
}

Test(rank, who_is_held_for_the_time_stands_below_all_who_can_go)
{
        static const char *const skills[] = {"ot", "rail"};
        struct roster_facts people[] = {
                facts_of(&(struct person){.name = "held", .skills = "ot rail"}),
                facts_of(&(struct person){.name = "rests", .skills = "ot rail"}),
                facts_of(&(struct person){.name = "none"}),
                facts_of(&(struct person){.name = "slow", .skills = "ot rail", .notice = "9000"}),
        };
        struct booking hold = {.span = hours(-5, 60), .hold = HOLD_HARD, .name = "DEP-0001"};
        struct booking rest = {.span = hours(-5, 20), .hold = HOLD_REST, .name = "DEP-0002"};
        struct rank_needs n = nothing();

        people[0].bookings = &hold;
        people[1].bookings = &rest;
        people[0].booking_count = people[1].booking_count = 1;
        n.skills = words(skills, 2);
        cr_expect_str_eq(order(&n, 0, people, 4), "slow none rests held");
        cr_expect_str_eq(says(&n, 0, &people[0], RANK_SAYS_FITS), "skill: ot; skill: rail");
        cr_expect_str_eq(says(&n, 0, &people[0], RANK_SAYS_NOTE), "can leave Fri 00:00Z");
        n.from_ms = NOW + 10 * HOUR_MS;
        n.until_ms = NOW + 100 * HOUR_MS; /* slow can leave behind that only */
        cr_expect_str_eq(order(&n, 0, people, 4), "none slow rests held");
}

Test(rank, needs_are_read_from_a_thing_that_has_them)
{
        static const char *const languages[] = {"ro:b2", "fr"};
        struct rank_needs n;
        struct thing t;

        thing_init(&t, &kind_expert, "identity--00000000-0000-4000-8000-00000000000a");
        thing_set_items(&t, "languages", languages, 2, &arena);
        thing_set(&t, "clearance", "c-ue");
        rank_needs_read(&t, &arena, &n);
        cr_assert_eq(n.language_count, 2);
        cr_expect_eq(n.languages[1].level, enum_rank(&enum_cefr, "b2"));
        cr_expect_eq(n.clearance, CLEARANCE_C_UE);
        cr_expect_eq(n.from_ms, CLOCK_NONE);
        cr_expect_eq(n.headcount, 0);
}

Test(rank, a_team_can_do_what_its_members_can)
{
        struct roster_facts members[] = {
                facts_of(&(struct person){.name = "ana",
                                          .roles = "ciso",
                                          .languages = "ro:b1 fr",
                                          .papers = "passport visa",
                                          .clearance = "s-ue",
                                          .clearance_until = "2026-12-01T00:00:00.000Z"}),
                facts_of(&(struct person){.name = "bodo",
                                          .roles = "architect forensics",
                                          .skills = "ot",
                                          .languages = "ro:c1",
                                          .papers = "passport",
                                          .clearance = "c-ue"}),
        };
        struct roster_facts team;
        struct thing t;

        thing_init(&t, &kind_team, "identity--00000000-0000-4000-8000-00000000000a");
        roster_facts_read(&t, NULL, NULL, 0, &arena, &team);
        roster_facts_of_team(&team, members, 2, &arena);
        cr_expect_str_eq(value_join(team.roles, " ", &arena), "architect ciso forensics");
        cr_expect_str_eq(value_join(team.skills, " ", &arena), "ot");
        cr_expect_str_eq(value_join(team.papers, " ", &arena), "passport");
        cr_expect_eq(team.clearance, CLEARANCE_C_UE);
        cr_assert_eq(team.language_count, 2);
        cr_expect_str_eq(team.languages[1].code, "ro");
        cr_expect_eq(team.languages[1].level, enum_rank(&enum_cefr, "c1"));
        cr_assert_eq(team.expiry_count, 1);
        cr_expect_str_eq(team.expiries[0].what, "the clearance of ana");
        roster_facts_read(&t, NULL, NULL, 0, &arena, &team);
        roster_facts_of_team(&team, NULL, 0, &arena);
        cr_expect_eq(team.roles->count, 0);
}

Test(rank, every_criterion_has_a_name)
{
        for (int i = 0; i < RANK_CRITERIA; i++)
                cr_expect(rank_criterion_name((enum rank_criterion)i)[0]);
        cr_expect_null(rank_criterion_name(RANK_CRITERIA));
}

Test(rank, needs_of_several_are_added_up)
{
        const struct roster_language ro[] = {{"ro", 2}}, more[] = {{"ro", 4}, {"fr", -1}};
        const char *const ot[] = {"ot"}, *const both[] = {"cloud", "ot"};
        const struct value one = {.items = ot, .count = 1}, other = {.items = both, .count = 2};
        struct rank_needs n = {.clearance = -1, .from_ms = CLOCK_NONE, .until_ms = CLOCK_NONE};
        const struct rank_needs first = {.skills = &one,
                                         .languages = ro,
                                         .language_count = 1,
                                         .clearance = 2,
                                         .mode = "remote",
                                         .headcount = 2,
                                         .from_ms = NOW + DAY_MS,
                                         .until_ms = NOW + 2 * DAY_MS},
                                second = {.skills = &other,
                                          .languages = more,
                                          .language_count = 2,
                                          .clearance = 1,
                                          .mode = "on-site",
                                          .headcount = 1,
                                          .from_ms = NOW,
                                          .until_ms = CLOCK_NONE};

        rank_needs_add(&n, &first, &arena);
        cr_expect_eq(n.from_ms, NOW + DAY_MS);
        cr_expect_str_eq(n.mode, "remote");
        rank_needs_add(&n, &second, &arena);
        cr_expect_eq(n.skills->count, 2);
        cr_expect(value_has(n.skills, "ot") && value_has(n.skills, "cloud"));
        cr_assert_eq(n.language_count, 2);
        cr_expect_str_eq(n.languages[0].code, "ro");
        cr_expect_eq(n.languages[0].level, 4);
        cr_expect_eq(n.clearance, 2);
        cr_expect_str_eq(n.mode, "on-site");
        cr_expect_eq(n.headcount, 3);
        cr_expect_eq(n.from_ms, NOW);
        cr_expect_eq(n.until_ms, NOW + 2 * DAY_MS);
}
