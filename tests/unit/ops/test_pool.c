/* The pool of resources says of each what is read of it alone, whatever comes in and goes by. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "ops/pool.h"
#include "ops/rosters.h"
#include "unit/desk.h"

TestSuite(pool);

#define HOUR    (60 * MINUTE)
#define EXPERTS 12
#define KITS    6
#define TEAMS   3
#define ROUNDS  40
#define THINGS  (EXPERTS + KITS + TEAMS)

struct game {
        struct desk d;
        uint64_t seed;
        char ids[THINGS][STIX_ID_MAX]; /* experts, equipment, teams */
        char deployments[ROUNDS][STIX_ID_MAX];
        size_t deployment_count;
};

static unsigned roll(struct game *g, unsigned sides)
{
        g->seed = g->seed * 6364136223846793005u + 1442695040888963407u;
        return (unsigned)(g->seed >> 33) % sides;
}

static const char *any_of(struct game *g, size_t first, size_t count)
{
        return g->ids[first + roll(g, (unsigned)count)];
}

static void stamp(int64_t ms, char out[STAMP_BYTES])
{
        stamp_format(ms, out);
}

/* ---- what is compared ------------------------------------------------------------------------ */

static void expect_set(const char *id, const char *what, const struct value *a,
                       const struct value *b)
{
        cr_expect(value_equal(a, b), "%s: other %s", id, what);
}

static void expect_text(const char *id, const char *what, const char *a, const char *b)
{
        cr_expect(a && b ? strcmp(a, b) == 0 : a == b, "%s: %s %s, not %s", id, what, a ? a : "-",
                  b ? b : "-");
}

static void expect_bookings(const struct roster_facts *a, const struct roster_facts *b)
{
        cr_assert_eq(a->booking_count, b->booking_count, "%s: %zu bookings, not %zu", a->id,
                     a->booking_count, b->booking_count);
        for (size_t i = 0; i < a->booking_count; i++) {
                const struct booking *x = &a->bookings[i], *y = &b->bookings[i];

                cr_expect_eq(x->span.from_ms, y->span.from_ms);
                cr_expect_eq(x->span.until_ms, y->span.until_ms);
                cr_expect_eq(x->hold, y->hold);
                cr_expect_eq(x->takes, y->takes);
                expect_text(a->id, "deployment", x->deployment, y->deployment);
                expect_text(a->id, "booked for", x->name, y->name);
        }
}

static void expect_lists(const struct roster_facts *a, const struct roster_facts *b)
{
        cr_assert_eq(a->language_count, b->language_count, "%s", a->id);
        for (size_t i = 0; i < a->language_count; i++) {
                expect_text(a->id, "language", a->languages[i].code, b->languages[i].code);
                cr_expect_eq(a->languages[i].level, b->languages[i].level);
        }
        cr_assert_eq(a->expiry_count, b->expiry_count, "%s", a->id);
        for (size_t i = 0; i < a->expiry_count; i++) {
                expect_text(a->id, "expiry", a->expiries[i].what, b->expiries[i].what);
                cr_expect_eq(a->expiries[i].until_ms, b->expiries[i].until_ms);
                cr_expect_eq(a->expiries[i].is_clearance, b->expiries[i].is_clearance);
        }
        cr_assert_eq(a->leave_count, b->leave_count, "%s", a->id);
        for (size_t i = 0; i < a->leave_count; i++)
                cr_expect_eq(a->leave[i].from_ms, b->leave[i].from_ms);
}

static void expect_same(const struct roster_facts *a, const struct roster_facts *b)
{
        expect_text(a->id, "ref", a->ref, b->ref);
        expect_text(a->id, "name", a->name, b->name);
        expect_text(a->id, "holder", a->holder, b->holder);
        expect_text(a->id, "community", a->community, b->community);
        expect_text(a->id, "category", a->category, b->category);
        expect_text(a->id, "remote", a->remote, b->remote);
        expect_text(a->id, "condition", a->condition, b->condition);
        expect_set(a->id, "roles", a->roles, b->roles);
        expect_set(a->id, "skills", a->skills, b->skills);
        expect_set(a->id, "states", a->states, b->states);
        expect_set(a->id, "communities", a->communities, b->communities);
        expect_set(a->id, "papers", a->papers, b->papers);
        cr_expect_eq(a->clearance, b->clearance, "%s", a->id);
        cr_expect_eq(a->readiness, b->readiness, "%s", a->id);
        cr_expect_eq(a->notice_ms, b->notice_ms, "%s", a->id);
        cr_expect_eq(a->max_days, b->max_days, "%s", a->id);
        cr_expect_eq(a->verified_ms, b->verified_ms, "%s", a->id);
        cr_expect_eq(a->rotation.until_ms, b->rotation.until_ms, "%s", a->id);
        expect_lists(a, b);
        expect_bookings(a, b);
}

/* What is read of one alone, of a team with its members. */
static void read_alone(struct game *g, const char *id, struct arena *a, struct roster_facts *ret)
{
        struct err err = {0};
        struct row *row = arena_array(a, 1, sizeof(*row));
        struct roster_facts members[EXPERTS];
        const struct value *named;
        size_t count = 0;

        desk_row(&g->d, id, a, row);
        cr_assert_eq(ops_roster_facts(&g->d.ops, row, a, ret, &err), RC_OK, "%s", err.text);
        if (row->thing.kind != &kind_team)
                return;
        named = thing_value(&row->thing, "members");
        for (size_t i = 0; i < named->count && count < EXPERTS; i++)
                read_alone(g, named->items[i], a, &members[count++]);
        roster_facts_of_team(ret, members, count, a);
}

static const struct pool *ask(struct game *g, struct arena *a)
{
        const struct pool *pool = NULL;
        struct err err = {0};

        cr_assert_eq(ops_pool(&g->d.ops, a, &pool, &err), RC_OK, "%s", err.text);
        return pool;
}

/* Turns of rotas are facts of the pool only; the status that is written knows them too. */
static void expect_agrees(struct game *g)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct pool *pool = ask(g, &a);
        struct err err = {0};
        size_t refreshed;

        cr_assert_eq(ops_rosters_refresh(&g->d.ops, THINGS, &refreshed, &err), RC_OK, "%s",
                     err.text);
        for (size_t i = 0; i < THINGS; i++) {
                const struct roster_facts *f = pool_find(pool, g->ids[i]);
                struct roster_facts alone;

                cr_assert(f, "%s is not in the pool", g->ids[i]);
                read_alone(g, g->ids[i], &a, &alone);
                expect_same(f, &alone);
                if (f->kind == &kind_expert)
                        expect_text(f->id, "status",
                                    enum_id(&enum_roster,
                                            (int)roster_status_at(f, &roster_rules_default,
                                                                  clock_now_ms())),
                                    desk_shows(&g->d, f->id, "status", &a));
        }
}

/* ---- what happens ---------------------------------------------------------------------------- */

static void found(struct game *g, uint64_t seed)
{
        static const char *const skills[] = {"ot", "cloud", "ot,malware", ""};
        size_t at = 0;

        g->seed = seed;
        g->deployment_count = 0;
        desk_start(&g->d);
        for (int i = 0; i < EXPERTS; i++) {
                AUTO_FREE char *name = xasprintf("Expert %d", i);

                desk_make_of(&g->d, &kind_expert, g->ids[at++], "name", name, "verified", "now",
                             "skills", skills[roll(g, 4)], "languages", "en:b2,ro", "clearance",
                             "s-ue", "clearance_until", i % 3 ? "+20d" : "+2d", NULL);
        }
        for (int i = 0; i < KITS; i++) {
                AUTO_FREE char *name = xasprintf("Kit %d", i);

                desk_make_of(&g->d, &kind_equipment, g->ids[at++], "name", name, "verified", "now",
                             "category", "laptop", "quantity", i % 2 ? "10" : "1", i ? "kit" : NULL,
                             g->ids[EXPERTS], NULL);
        }
        for (int i = 0; i < TEAMS; i++) {
                AUTO_FREE char *name = xasprintf("Team %d", i);
                AUTO_FREE char *members =
                        xasprintf("%s,%s", any_of(g, 0, EXPERTS), any_of(g, 0, EXPERTS));

                desk_make_of(&g->d, &kind_team, g->ids[at++], "name", name, "verified", "now",
                             "members", members, NULL);
        }
}

/* Of another unit, so nothing keeps them apart: in any state, at any time; back before the planned
 * end or behind it. */
static void deploy(struct game *g, size_t number)
{
        static const char *const states[] = {"planned",     "alerted",  "confirmed",
                                             "confirmed",   "returned", "closed",
                                             "operational", "resting",  "stood-down"};
        char from[STAMP_BYTES], until[STAMP_BYTES], back[STAMP_BYTES], rest[STAMP_BYTES];
        char modified[STAMP_BYTES];
        int64_t begin = DESK_NOW + ((int64_t)roll(g, 400) - 200) * HOUR;
        int64_t end = begin + (1 + (int64_t)roll(g, 200)) * HOUR;
        int64_t came = end + ((int64_t)roll(g, 200) - 100) * HOUR;
        const char *one = any_of(g, 0, THINGS), *two = any_of(g, 0, THINGS);
        const char *state = states[roll(g, ARRAY_LEN(states))];
        struct err err = {0};

        stamp(begin, from);
        stamp(end, until);
        stamp(came, back);
        stamp(came + 20 * HOUR, rest);
        stamp(clock_now_ms(), modified);
        snprintf(g->deployments[number], STIX_ID_MAX, "task--00000000-0000-4000-8000-%012zu",
                 number);
        AUTO_FREE char *other = strcmp(one, two) != 0 ? xasprintf(",\"%s\"", two) : xstrdup("");
        AUTO_FREE char *text = xasprintf(
                "{\"type\":\"bundle\",\"id\":\"bundle--00000000-0000-4000-8000-000000000000\","
                "\"objects\":[{\"type\":\"task\",\"spec_version\":\"2.1\",\"id\":\"%s\","
                "\"created_by_ref\":\"" FOREIGN_UNIT
                "\",\"created\":\"2026-11-20T00:00:00.000Z\",\"modified\":\"%s\",\"outcome\":"
                "\"ongoing\",\"extensions\":{\"extension-definition--2074a052-8be4-4932-849e-"
                "f5e7798e0030\":{\"extension_type\":\"new-sdo\"},\"extension-definition--c1d2b7a8-"
                "3e64-4f19-8d0b-7b9e6a5f4c21\":{\"extension_type\":\"property-extension\","
                "\"kind\":\"deployment\",\"ref\":\"DEP-%04zu\",\"title\":\"Mission\",\"state\":"
                "\"%s\",\"resources\":[\"%s\"%s],\"quantities\":[\"%u "
                "%s\"],\"from\":\"%s\",\"until\":\"%s\",\"returned\":"
                "\"%s\",\"rest_until\":\"%s\"}}}]}",
                g->deployments[number], modified, number, state, one, other, 1 + roll(g, 12), one,
                from, until, back, strcmp(state, "returned") == 0 ? "" : rest);
        cr_assert_eq(desk_import(&g->d, text, &err), RC_OK, "%s", err.text);
        cr_assert_eq(g->d.result.refused, 0, "%s", g->d.result.why);
}

/* To what it may be already. */
static void set(struct game *g, const char *id, const char *field, const char *value)
{
        struct err err = {0};
        enum rc rc = desk_try(&g->d, id, "set", field, value, NULL, &err);

        cr_assert(rc == RC_OK || rc == RC_NOTFOUND, "%s", err.text);
}

static void change(struct game *g)
{
        char from[STAMP_BYTES], until[STAMP_BYTES];
        int64_t begin = clock_now_ms() + (int64_t)roll(g, 100) * HOUR;

        stamp(begin, from);
        stamp(begin + 30 * HOUR, until);
        AUTO_FREE char *leave = xasprintf("%s/%s", from, until);
        AUTO_FREE char *members = xasprintf("%s,%s", any_of(g, 0, EXPERTS), any_of(g, 0, EXPERTS));
        AUTO_FREE char *notice = xasprintf("%um", roll(g, 3000));
        switch (roll(g, 6)) {
        case 0: set(g, any_of(g, 0, EXPERTS), "leave", leave); break;
        case 1: set(g, any_of(g, EXPERTS + KITS, TEAMS), "members", members); break;
        case 2: set(g, any_of(g, 0, EXPERTS), "notice", notice); break;
        case 3: deploy(g, roll(g, (unsigned)g->deployment_count + 1)); return;
        default: deploy(g, g->deployment_count++); return;
        }
}

Test(pool, says_what_is_read_of_each_alone)
{
        for (uint64_t seed = 1; seed <= 3; seed++) {
                struct game g;

                found(&g, seed);
                expect_agrees(&g);
                for (int round = 0; round < ROUNDS; round++) {
                        change(&g);
                        clock_advance((int64_t)roll(&g, 3) * 7 * HOUR + MINUTE);
                        expect_agrees(&g);
                }
                desk_stop(&g.d);
        }
}

Test(pool, turns_of_a_rota_are_times_on_call)
{
        char rota[STIX_ID_MAX];
        struct game g;

        found(&g, 7);
        AUTO_FREE char *members = xasprintf("1:%s,2:%s", g.ids[0], g.ids[1]);
        expect_agrees(&g);
        desk_make_of(&g.d, &kind_rota, rota, "name", "Duty", "members", members, "starts",
                     "2026-11-24T08:00Z", "shift_hours", "12", "timezone", "UTC", NULL);
        desk_must_show(&g.d, g.ids[0], "status", "on-call");
        expect_agrees(&g);
        clock_advance(9 * HOUR);
        expect_agrees(&g);
        desk_must_show(&g.d, g.ids[1], "status", "on-call");
        desk_stop(&g.d);
}

Test(pool, stays_as_long_as_somebody_looks_at_it)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct roster_facts *ana;
        struct game g;

        found(&g, 3);
        ana = pool_find(ask(&g, &a), g.ids[0]);
        desk_do(&g.d, g.ids[0], "set", "name", "Ana");
        {
                CLEANUP(arena_finish) struct arena later = {0};

                cr_expect_str_eq(pool_find(ask(&g, &later), g.ids[0])->name, "Ana");
                cr_expect_str_eq(ana->name, "Ana", "told where it stands");
        }
        desk_make_of(&g.d, &kind_expert, g.ids[1], "name", "Bodo", NULL);
        {
                CLEANUP(arena_finish) struct arena later = {0};

                cr_expect(pool_find(ask(&g, &later), g.ids[1]), "who is new is in it");
        }
        desk_stop(&g.d);
        cr_expect_str_eq(ana->name, "Ana");
}
