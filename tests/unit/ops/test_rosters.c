/* Things of which the id alone does not say what they are: people and teams among the identities.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "unit/desk.h"

TestSuite(rosters);

#define SOMEBODY "identity--0c000000-0000-4000-8000-000000000001"

static const struct kind *kind_held(struct desk *d, const char *id)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;

        return thing_by_id(d->ops.store, id, &a, &row, NULL) == RC_OK ? row.thing.kind : NULL;
}

static size_t count_of(struct desk *d, const struct kind *kind)
{
        const struct filter all = {.kind = kind, .sort_field = -1};
        struct query *q = NULL;
        struct err err = {0};
        size_t count;

        cr_assert_eq(query_open(d->ops.store, &all, NULL, 0, &q, &err), RC_OK, "%s", err.text);
        cr_assert_eq(query_run(q, SIZE_MAX, &err), RC_OK, "%s", err.text);
        count = query_known(q);
        query_close(q);
        return count;
}

static char *identity(int hour, const char *class)
{
        return xasprintf("{\"type\":\"identity\",\"spec_version\":\"2.1\",\"id\":\"" SOMEBODY
                         "\",\"created\":\"2026-11-24T09:00:00.000Z\",\"modified\":"
                         "\"2026-11-24T%02d:00:00.000Z\",\"created_by_ref\":\"" FOREIGN_UNIT
                         "\",\"name\":\"Blue\",\"identity_class\":\"%s\"}",
                         hour, class);
}

static void take(struct desk *d, const char *text)
{
        struct err err = {0};

        cr_assert_eq(desk_import(d, text, &err), RC_OK, "%s", err.text);
}

Test(rosters, an_own_one_is_what_it_was_opened_as_on_every_desk)
{
        char expert[STIX_ID_MAX], team[STIX_ID_MAX], unit[STIX_ID_MAX];
        struct desk d, other;

        desk_start(&d);
        desk_join(&other, &d, "bea");
        desk_make_of(&d, &kind_expert, expert, "name", "Ana", NULL);
        desk_make_of(&d, &kind_team, team, "name", "Blue", NULL);
        desk_make_of(&d, &kind_participant, unit, "name", "CSIRT", NULL);
        desk_do(&d, expert, "set", "callsign", "Heron");
        AUTO_FREE char *text = desk_export(&d);
        take(&other, text);
        for (struct desk *at = &d; at; at = at == &d ? &other : NULL) {
                cr_expect_eq(kind_held(at, expert), &kind_expert);
                cr_expect_eq(kind_held(at, team), &kind_team);
                cr_expect_eq(kind_held(at, unit), &kind_participant);
        }
        desk_stop(&other);
        desk_stop(&d);
}

Test(rosters, an_act_on_one_of_others_says_what_it_was_seen_as)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *person = identity(10, "individual");
        struct desk d, other;
        struct row row;

        desk_start(&d);
        desk_join(&other, &d, "bea");
        take(&d, person);
        cr_assert_eq(kind_held(&d, SOMEBODY), &kind_expert);
        desk_do(&d, SOMEBODY, "set", "skills", "ot rail");
        AUTO_FREE char *text = desk_export(&d);
        take(&other, text);
        desk_row(&other, SOMEBODY, &a, &row);
        cr_expect_eq(row.thing.kind, &kind_expert);
        cr_expect(value_has(thing_value(&row.thing, "skills"), "rail"));
        desk_stop(&other);
        desk_stop(&d);
}

Test(rosters, what_turns_out_to_be_a_team_has_one_row)
{
        AUTO_FREE char *unit = identity(10, "organization"), *team = identity(11, "group");
        size_t units;
        struct desk d;

        desk_start(&d);
        units = count_of(&d, &kind_participant);
        take(&d, unit);
        cr_assert_eq(kind_held(&d, SOMEBODY), &kind_participant);
        take(&d, team);
        cr_expect_eq(kind_held(&d, SOMEBODY), &kind_team);
        cr_expect_eq(count_of(&d, &kind_participant), units);
        cr_expect_eq(count_of(&d, &kind_team), 1);
        desk_stop(&d);
}
