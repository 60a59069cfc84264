/* Who could go, and the deployment of those who are chosen. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "ops/find.h"
#include "ops/readiness.h"
#include "ops/rosters.h"
#include "unit/desk.h"

TestSuite(find);

#define HOUR (60 * MINUTE)
#define MANY 40

static void make_expert(struct desk *d, const char *name, const char *skills, const char *notice,
                        const char *leave, char id[STIX_ID_MAX])
{
        const struct ops_field fields[] = {{"name", name},
                                           {"verified", "now"},
                                           {"skills", skills},
                                           {"notice", notice},
                                           {"leave", leave}};

        desk_make(d, &kind_expert, fields, leave ? 5 : 4, id);
}

/* As typed for a leave: hours from now; malloc'ed. */
static char *leave_of(int from_h, int until_h)
{
        char from[STAMP_BYTES], until[STAMP_BYTES];

        stamp_format(DESK_NOW + from_h * HOUR, from);
        stamp_format(DESK_NOW + until_h * HOUR, until);
        return xasprintf("%s/%s", from, until);
}

static void make_request(struct desk *d, char id[STIX_ID_MAX])
{
        const struct ops_field fields[] = {
                {"title", "help"}, {"skills", "ot"}, {"from", "+1d"}, {"until", "+3d"}};

        desk_make(d, &kind_request, fields, ARRAY_LEN(fields), id);
}

static const struct finding *find(struct desk *d, const char *id, const char *filter,
                                  struct arena *a)
{
        const struct find_options o = {.filter = filter};
        const struct finding *f = NULL;
        struct err err = {0};

        cr_assert_eq(ops_find(&d->ops, id, &o, a, &f, &err), RC_OK, "%s", err.text);
        return f;
}

static const char *deploy(struct desk *d, const char *about, const char *const *ids, size_t count,
                          const char *from, const char *until, struct arena *a, struct err *err)
{
        const struct deploy what = {
                .about = about, .resources = ids, .count = count, .from = from, .until = until};
        char id[STIX_ID_MAX];

        return ops_deploy(&d->ops, &what, id, err) == RC_OK ? arena_strdup(a, id) : NULL;
}

static int64_t count_of(struct desk *d, const struct kind *kind)
{
        int64_t count = -1;

        cr_assert_eq(query_total(d->ops.store, kind, &count, NULL), RC_OK);
        return count;
}

Test(find, the_best_is_first_and_the_rest_say_what_is_missing)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char request[STIX_ID_MAX], id[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        AUTO_FREE char *leave = leave_of(24, 48);
        make_expert(&d, "away", "ot", "1h", leave, id);
        make_expert(&d, "slow", "ot", "2h", NULL, id);
        make_expert(&d, "quick", "ot", "1h", NULL, id);
        make_expert(&d, "other", "law", "1h", NULL, id);
        make_request(&d, request);
        const struct finding *f = find(&d, request, NULL, &a);
        cr_assert_eq(f->count, 4);
        cr_expect_eq(f->all, 4);
        cr_expect_str_eq(f->list[0].facts->name, "quick");
        cr_expect_str_eq(f->list[1].facts->name, "slow");
        cr_expect_str_eq(find_missing_text(f, f->list[0].facts, &a), "");
        cr_expect_str_eq(find_missing_text(f, f->list[2].facts, &a), "skill: no ot");
        cr_expect_str_eq(f->list[3].facts->name, "away");
        f = find(&d, request, "skill:law", &a);
        cr_assert_eq(f->count, 1);
        cr_expect_str_eq(f->list[0].facts->name, "other");
        desk_stop(&d);
}

Test(find, those_chosen_are_alerted_in_one_deployment)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char request[STIX_ID_MAX], one[STIX_ID_MAX], two[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        make_expert(&d, "Anna", "ot", "1h", NULL, one);
        make_expert(&d, "Dan", "ot", "1h", NULL, two);
        make_request(&d, request);
        const char *const ids[] = {one, two};
        const char *id = deploy(&d, request, ids, 2, NULL, NULL, &a, &err);
        cr_assert(id, "%s", err.text);
        cr_expect_str_eq(desk_shows(&d, id, "state", &a), "alerted");
        cr_expect_str_eq(desk_shows(&d, id, "request", &a), request);
        cr_expect_str_eq(desk_shows(&d, id, "title", &a), "Anna, Dan for REQ-0001");
        cr_expect_str_eq(desk_shows(&d, id, "tlp", &a), "amber+strict", "as the people in it");
        cr_expect_str_eq(desk_shows(&d, id, "skills", &a), "ot");
        cr_expect_str_eq(desk_shows(&d, one, "status", &a), "held");
        cr_expect(strstr(desk_shows(&d, id, "asked", &a), "=asked@"));
        cr_expect_eq(find(&d, id, NULL, &a)->count, 0, "they are in it already");
        desk_stop(&d);
}

Test(find, a_deployment_takes_more_while_it_is_planned_or_alerted)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char incident[STIX_ID_MAX], one[STIX_ID_MAX], two[STIX_ID_MAX];
        const char *first = one, *second = two;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Outage", "high", incident);
        make_expert(&d, "Anna", "ot", "1h", NULL, one);
        make_expert(&d, "Dan", "ot", "1h", NULL, two);
        const char *id = deploy(&d, incident, &first, 1, "now", "+2d", &a, &err);
        cr_assert(id, "%s", err.text);
        cr_expect_str_eq(desk_shows(&d, id, "incident", &a), incident);
        cr_assert(deploy(&d, id, &second, 1, NULL, NULL, &a, &err), "%s", err.text);
        cr_expect(strstr(desk_shows(&d, id, "resources", &a), two));
        cr_expect_eq(count_of(&d, &kind_deployment), 1);
        desk_stop(&d);
}

Test(find, what_is_refused_leaves_nothing)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char incident[STIX_ID_MAX], one[STIX_ID_MAX];
        const char *first = one;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Outage", "high", incident);
        make_expert(&d, "Anna", "ot", "1h", NULL, one);
        cr_expect_null(deploy(&d, incident, &first, 1, NULL, NULL, &a, &err), "no time is said");
        cr_expect(strstr(err.text, "from when until when"), "%s", err.text);
        err_clear(&err);
        cr_expect_null(deploy(&d, incident, &first, 0, "now", "+1d", &a, &err), "nobody");
        err_clear(&err);
        cr_expect_null(deploy(&d, incident, &first, 1, "+2d", "+1d", &a, &err), "ends before");
        cr_expect_eq(count_of(&d, &kind_deployment), 0);
        desk_stop(&d);
}

Test(find, criteria_are_read_by_name)
{
        struct err err = {0};
        unsigned bits = 0;

        cr_expect_eq(find_criteria_read("role, free", &bits, &err), RC_OK);
        cr_expect_eq(bits, RANK_BIT(RANK_ROLE) | RANK_BIT(RANK_FREE));
        cr_expect_eq(find_criteria_read("", &bits, &err), RC_OK);
        cr_expect_eq(bits, 0);
        cr_expect_eq(find_criteria_read("rolle", &bits, &err), RC_INVALID);
        cr_expect(strstr(err.text, "nearest: role"), "%s", err.text);
}

/* ---- the filter line agrees with what is known of each ----------------------------------------
 */

static size_t expect_agrees(struct desk *d, const char *incident, int hours, struct arena *a)
{
        AUTO_FREE char *ready = xasprintf("ready<%dh sort:ref", hours);
        AUTO_FREE char *free_then = xasprintf("free:%dh sort:ref", hours);
        const struct finding *all = find(d, incident, NULL, a);
        const struct finding *quick = find(d, incident, ready, a);
        const struct finding *idle = find(d, incident, free_then, a);
        int64_t now = clock_now_ms(), then = now + hours * HOUR;
        size_t quicks = 0, idles = 0;

        for (size_t i = 0; i < all->count; i++) {
                const struct roster_facts *f = all->list[i].facts;
                struct roster_state st;

                roster_state_at(f, &roster_rules_default, now, a, &st);
                if (st.free_from_ms == CLOCK_NONE)
                        continue;
                int64_t from = st.free_from_ms > now ? st.free_from_ms : now;
                int64_t busy = roster_busy_from(f, st.free_from_ms);
                quicks += from + f->notice_ms < then;
                idles += st.free_from_ms <= now && (busy == CLOCK_NONE || busy >= then);
        }
        cr_expect_eq(quick->count, quicks, "%s: %zu, not %zu", ready, quick->count, quicks);
        cr_expect_eq(idle->count, idles, "%s: %zu, not %zu", free_then, idle->count, idles);
        return quicks + idles;
}

Test(find, conditions_agree_with_what_is_known_of_each)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char incident[STIX_ID_MAX], id[STIX_ID_MAX];
        size_t found = 0, refreshed;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Outage", "high", incident);
        for (int i = 0; i < MANY; i++) {
                AUTO_FREE char *name = xasprintf("expert %d", i);
                AUTO_FREE char *notice = xasprintf("%dm", i * 37 % 1500);
                AUTO_FREE char *leave = leave_of(i * 5 % 60, i * 5 % 60 + 6);

                make_expert(&d, name, "ot", notice, i % 3 ? leave : NULL, id);
                if (i % 5 == 0) {
                        const char *one = id;

                        cr_assert(deploy(&d, incident, &one, 1, "+40h", "+60h", &a, &err), "%s",
                                  err.text);
                }
        }
        for (int hours = 1; hours < 60; hours += 7) {
                found += expect_agrees(&d, incident, hours, &a);
                clock_advance(90 * MINUTE);
                cr_assert_eq(ops_rosters_refresh(&d.ops, MANY, &refreshed, &err), RC_OK, "%s",
                             err.text);
        }
        cr_expect_gt(found, MANY);
        desk_stop(&d);
}

Test(find, an_incident_needs_what_its_open_requests_do)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char incident[STIX_ID_MAX], ana[STIX_ID_MAX], bodo[STIX_ID_MAX], open[STIX_ID_MAX],
                gone[STIX_ID_MAX];
        const char *ids[] = {ana}, *deployment;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Trains stand still", "high", incident);
        make_expert(&d, "Ana", "ot", "1h", NULL, ana);
        make_expert(&d, "Bodo", "cloud", "1h", NULL, bodo);
        cr_expect_null(find(&d, incident, "", &a)->needs.skills);
        make_request(&d, open);
        make_request(&d, gone);
        desk_do(&d, open, "set", "incident", incident);
        desk_do(&d, gone, "set", "incident", incident);
        desk_do(&d, gone, "set", "skills", "cloud");
        cr_assert_eq(desk_try(&d, gone, "withdraw", NULL, NULL, "not needed", &err), RC_OK, "%s",
                     err.text);
        const struct finding *f = find(&d, incident, "", &a);
        cr_assert(f->needs.skills && f->needs.skills->count == 1);
        cr_expect(value_has(f->needs.skills, "ot"));
        cr_expect_str_eq(f->list[0].facts->id, ana);
        deployment = deploy(&d, incident, ids, 1, NULL, NULL, &a, &err);
        cr_assert(deployment, "%s", err.text);
        cr_expect_str_eq(desk_shows(&d, deployment, "from", &a), "2026-11-25T12:00:00.000Z");
        cr_expect_str_eq(desk_shows(&d, deployment, "until", &a), "2026-11-27T12:00:00.000Z");
        desk_stop(&d);
}

Test(find, a_second_one_is_met_by_those_who_do_not_go_to_the_first)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char request[STIX_ID_MAX], ana[STIX_ID_MAX], bodo[STIX_ID_MAX];
        const char *ids[] = {ana};
        struct second_sum s;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        make_expert(&d, "Ana", "ot", "1h", NULL, ana);
        make_expert(&d, "Bodo", "ot", "1h", NULL, bodo);
        make_request(&d, request);
        cr_assert_eq(ops_readiness_second(&d.ops, request, NULL, 0, &a, &s, &err), RC_OK, "%s",
                     err.text);
        cr_expect_eq(s.second.fitting, 1, "the first one takes the other");
        cr_assert(deploy(&d, request, ids, 1, NULL, NULL, &a, &err), "%s", err.text);
        cr_assert_eq(ops_readiness_second(&d.ops, request, NULL, 0, &a, &s, &err), RC_OK, "%s",
                     err.text);
        cr_expect_eq(s.second.fitting, 1);
        cr_expect_eq(s.second.needed, 1);
        cr_expect_str_eq(s.second.text, "1 fits, 1 is needed: Bodo");
        cr_expect(s.needs.skills && value_has(s.needs.skills, "ot"));
        ids[0] = bodo;
        cr_assert_eq(ops_readiness_second(&d.ops, request, ids, 1, &a, &s, &err), RC_OK, "%s",
                     err.text);
        cr_expect_eq(s.second.fitting, 0);
        cr_expect_eq(ops_readiness_second(&d.ops, ana, NULL, 0, &a, &s, &err), RC_INVALID);
        desk_stop(&d);
}

/* Of ten laptops what is left goes; of all of them no number is said. */
Test(find, of_several_what_is_left_goes)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char laptops[STIX_ID_MAX], plan[STIX_ID_MAX];
        const char *ids[] = {laptops}, *first, *second;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_make_of(&d, &kind_equipment, laptops, "name", "Laptops", "quantity", "10", NULL);
        desk_make_of(&d, &kind_deployment, plan, "title", "One", "from", "2026-11-25T12:00Z",
                     "until", "2026-11-27T12:00Z", NULL);
        first = deploy(&d, plan, ids, 1, NULL, NULL, &a, &err);
        cr_assert(first, "%s", err.text);
        cr_expect_str_eq(desk_shows(&d, first, "quantities", &a), "");
        desk_do(&d, first, "set", "quantities", "EQP-0001=3");
        desk_make_of(&d, &kind_deployment, plan, "title", "More", "from", "2026-11-26T12:00Z",
                     "until", "2026-11-28T12:00Z", NULL);
        second = deploy(&d, plan, ids, 1, NULL, NULL, &a, &err);
        cr_assert(second, "%s", err.text);
        cr_expect_str_eq(desk_shows(&d, second, "quantities", &a),
                         arena_printf(&a, "7 %s", laptops));
        desk_stop(&d);
}

/* One went out with its number and comes again. */
Test(find, a_number_of_before_gives_way)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char laptops[STIX_ID_MAX], plan[STIX_ID_MAX];
        const char *ids[] = {laptops};
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_make_of(&d, &kind_equipment, laptops, "name", "Laptops", "quantity", "10", NULL);
        desk_make_of(&d, &kind_deployment, plan, "title", "One", "from", "2026-11-25T12:00Z",
                     "until", "2026-11-27T12:00Z", "resources", laptops, "quantities", "EQP-0001=4",
                     NULL);
        desk_do(&d, plan, "set", "resources", "-EQP-0001");
        cr_assert(deploy(&d, plan, ids, 1, NULL, NULL, &a, &err), "%s", err.text);
        cr_expect_str_eq(desk_shows(&d, plan, "quantities", &a), "");
        desk_stop(&d);
}
