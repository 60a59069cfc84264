/* What deployments take of those in a pool, as time goes on. */
#include "model/pool.h"

#include <string.h>

#include <criterion/criterion.h>

#include "base/clock.h"
#include "model/rank.h"

TestSuite(pool_model);

#define ANA     "identity--00000000-0000-4000-8000-000000000001"
#define HOUR_MS INT64_C(3600000)
#define T0      INT64_C(1795593600000) /* 2026-11-25T08:00:00Z */

static const char *const anas_only[] = {ANA};

static struct pool *with_ana(const struct thing *deployment)
{
        struct pool *p = pool_create();
        struct thing ana;

        thing_init(&ana, &kind_expert, ANA);
        thing_set(&ana, "name", "Ana");
        thing_set(&ana, "verified", "2026-11-25T08:00:00.000Z");
        cr_assert(pool_put(p, &ana, 1, "EXP-0001"));
        pool_put_deployment(p, deployment, 1, "DEP-0001");
        return p;
}

static void expect_status(struct pool *p, int hours, enum roster_status wanted)
{
        int64_t now_ms = T0 + hours * HOUR_MS;

        pool_settle(p, now_ms);
        enum roster_status is = roster_status_at(pool_find(p, ANA), &roster_rules_default, now_ms);
        cr_expect_eq(is, wanted, "after %d h: %s", hours, enum_id(&enum_roster, (int)is));
}

/* Nobody has written down yet until when. */
Test(pool_model, who_comes_back_after_the_planned_end_rests_from_then_on)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct thing d;

        thing_init(&d, &kind_deployment, "task--00000000-0000-4000-8000-000000000001");
        thing_set_items(&d, "resources", anas_only, 1, &a);
        thing_set(&d, "from", "2026-11-20T08:00:00.000Z");
        thing_set(&d, "until", "2026-11-24T08:00:00.000Z");
        thing_set(&d, "returned", "2026-11-25T08:00:00.000Z");
        thing_set(&d, "state", "returned");
        struct pool *p = with_ana(&d);
        expect_status(p, 0, ROSTER_RESTING);
        expect_status(p, 10, ROSTER_RESTING);
        expect_status(p, 11, ROSTER_READY);
        thing_set(&d, "rest_hours", "24");
        pool_put_deployment(p, &d, 1, "DEP-0001");
        expect_status(p, 23, ROSTER_RESTING);
        expect_status(p, 24, ROSTER_READY);
        pool_release(p);
}

/* ---- by name ---- */

static const struct {
        const char *id, *ref;
} people[] = {{"identity--00000000-0000-4000-8000-00000000000a", "EXP-0001"},
              {"identity--00000000-0000-4000-8000-00000000000b", "EXP-0002"},
              {"identity--00000000-0000-4000-8000-00000000000c", "EXP-0003"}};

static void name(struct pool *p, size_t i, const char *text)
{
        struct thing t;

        thing_init(&t, &kind_expert, people[i].id);
        thing_set(&t, "name", text);
        cr_assert(pool_put(p, &t, (int64_t)i + 1, people[i].ref));
}

/* The last characters of the ids, in the order in which nothing but the name tells them apart. */
static void expect_order(struct pool *p, const char *wanted)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct rank_needs needs = {.from_ms = T0, .until_ms = T0 + HOUR_MS, .clearance = -1};
        const struct ranking r = {.needs = &needs, .now_ms = T0};
        const struct roster_facts *all;
        struct ranked *list;
        size_t count;
        char is[8] = "";

        pool_settle(p, T0);
        all = pool_facts(p, &kind_expert, &count);
        rank_candidates(&r, all, count, &a, &list);
        for (size_t i = 0; i < count; i++)
                is[i] = list[i].facts->id[strlen(list[i].facts->id) - 1];
        cr_expect_str_eq(is, wanted);
}

Test(pool_model, those_who_are_alike_are_ranked_by_name)
{
        struct pool *p = pool_create();

        name(p, 0, "maria");
        name(p, 1, "Duarte");
        name(p, 2, "Ana");
        expect_order(p, "cba");
        name(p, 0, "Bert");
        expect_order(p, "cab");
        name(p, 2, "Ana");
        expect_order(p, "cab");
        name(p, 2, "zoe");
        name(p, 1, "bert");
        expect_order(p, "abc");
        pool_release(p);
}
