/* Duplicates and merges: two incidents, one transaction. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "unit/desk.h"

TestSuite(merge);

static enum rc merge(struct desk *d, const char *stays, const char *goes, struct err *err)
{
        const struct ops_field merged = {"merged", goes};
        const struct ops_request r = {.verb = "merge",
                                      .details = &merged,
                                      .detail_count = 1,
                                      .reason = "the same campaign",
                                      .occurred_ms = CLOCK_NONE};

        return ops_do(&d->ops, stays, &r, err);
}

static void expect(struct desk *d, const char *id, const char *field, const char *value)
{
        CLEANUP(arena_finish) struct arena a = {0};

        cr_assert_str_eq(desk_shows(d, id, field, &a), value, "%s: %s", field,
                         desk_shows(d, id, field, &a));
}

static void two(struct desk *d, char first[STIX_ID_MAX], char second[STIX_ID_MAX])
{
        desk_start(d);
        desk_new(d, "First", "high", first);
        desk_new(d, "Second", "low", second);
        desk_do(d, first, "states", "states", "FR");
        desk_do(d, second, "states", "states", "FR DE");
        desk_do(d, second, "owner", "owner", "novak");
        desk_do(d, second, "set", "occurred", "2026-11-23 08:00");
        desk_do(d, second, "marking", "tlp", "red");
}

Test(merge, carries_over_what_is_lacking_and_closes_the_other)
{
        char first[STIX_ID_MAX], second[STIX_ID_MAX];
        struct desk d;

        two(&d, first, second);
        cr_assert_eq(merge(&d, first, "INC-0002", NULL), RC_OK);
        expect(&d, first, "owner", "novak");
        expect(&d, first, "states", "DE,FR");
        expect(&d, first, "occurred", "2026-11-23T08:00:00.000Z");
        expect(&d, first, "tlp", "red");
        expect(&d, first, "severity", "high");
        expect(&d, first, "title", "First");
        expect(&d, second, "status", "closed");
        expect(&d, second, "duplicate_of", first);
        expect(&d, second, "title", "Second");
        desk_stop(&d);
}

Test(merge, both_timelines_show_it)
{
        char first[STIX_ID_MAX], second[STIX_ID_MAX];
        int64_t before[2], after[2];
        struct desk d;

        two(&d, first, second);
        cr_assert_eq(thing_log_count(d.ops.store, first, &before[0], NULL), RC_OK);
        cr_assert_eq(thing_log_count(d.ops.store, second, &before[1], NULL), RC_OK);
        cr_assert_eq(merge(&d, first, second, NULL), RC_OK);
        cr_assert_eq(thing_log_count(d.ops.store, first, &after[0], NULL), RC_OK);
        cr_assert_eq(thing_log_count(d.ops.store, second, &after[1], NULL), RC_OK);
        cr_assert_eq(after[0], before[0] + 2);
        cr_assert_eq(after[1], before[1] + 2);
        desk_stop(&d);
}

Test(merge, is_undone_whole)
{
        char first[STIX_ID_MAX], second[STIX_ID_MAX];
        AUTO_FREE char *said = NULL;
        struct desk d;

        two(&d, first, second);
        cr_assert_eq(merge(&d, first, second, NULL), RC_OK);
        cr_assert_eq(ops_undo(&d.ops, &said, NULL), RC_OK);
        expect(&d, first, "owner", "");
        expect(&d, first, "states", "FR");
        expect(&d, first, "occurred", "");
        expect(&d, second, "status", "new");
        expect(&d, second, "duplicate_of", "");
        cr_assert(strstr(said, "; INC-0002: "), "%s", said);
        cr_assert(strstr(said, "status closed -> new"), "%s", said);
        free(said);
        said = NULL;
        cr_assert_eq(ops_undo(&d.ops, &said, NULL), RC_OK);
        expect(&d, second, "tlp", "amber"); /* the act before the merge */
        desk_stop(&d);
}

Test(merge, of_itself_and_into_what_is_closed_is_refused)
{
        char first[STIX_ID_MAX], second[STIX_ID_MAX];
        struct store_stats before, after;
        struct err err = {0};
        struct desk d;

        two(&d, first, second);
        before = desk_stats(&d);
        cr_assert_eq(merge(&d, first, first, &err), RC_CONFLICT);
        cr_assert(strstr(err.text, "into itself"), "%s", err.text);
        err_clear(&err);
        cr_assert_eq(merge(&d, first, "INC-0099", &err), RC_INVALID);
        after = desk_stats(&d);
        cr_assert_eq(before.acts, after.acts);
        cr_assert_eq(merge(&d, first, second, NULL), RC_OK);
        err_clear(&err);
        cr_assert_eq(merge(&d, second, first, &err), RC_CONFLICT);
        cr_assert(strstr(err.text, "it is closed"), "%s", err.text);
        desk_stop(&d);
}

Test(merge, a_circle_of_duplicates_is_refused)
{
        char first[STIX_ID_MAX], second[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        two(&d, first, second);
        cr_assert_eq(desk_try(&d, first, "duplicate", "duplicate_of", first, "x", &err),
                     RC_CONFLICT);
        err_clear(&err);
        cr_assert_eq(desk_try(&d, first, "duplicate", "duplicate_of", second, "x", &err), RC_OK,
                     "%s", err.text);
        cr_assert_eq(desk_try(&d, second, "duplicate", "duplicate_of", first, "x", &err),
                     RC_CONFLICT);
        cr_assert(strstr(err.text, "circle"), "%s", err.text);
        err_clear(&err);
        cr_assert_eq(desk_try(&d, first, "duplicate", "duplicate_of", second, NULL, &err),
                     RC_INVALID);
        desk_stop(&d);
}

Test(merge, another_desk_sees_the_same)
{
        char first[STIX_ID_MAX], second[STIX_ID_MAX];
        struct desk d, other;

        two(&d, first, second);
        desk_join(&other, &d, "erik");
        cr_assert_eq(merge(&d, first, second, NULL), RC_OK);
        AUTO_FREE char *bundle = desk_export(&d);
        cr_assert_eq(desk_import(&other, bundle, NULL), RC_OK);
        AUTO_FREE char *here = desk_fold(&d, first);
        AUTO_FREE char *there = desk_fold(&other, first);
        cr_assert_str_eq(here, there);
        expect(&other, second, "duplicate_of", first);
        desk_stop(&d);
        desk_stop(&other);
}

/* Nothing was lacking: the other was closed all the same, and an undo opens it again. */
Test(merge, that_carried_nothing_over_is_undone)
{
        char first[STIX_ID_MAX], second[STIX_ID_MAX];
        AUTO_FREE char *what = NULL;
        struct desk d;

        desk_start(&d);
        desk_new(&d, "First", "high", first);
        desk_new(&d, "Second", "low", second);
        cr_assert_eq(merge(&d, first, second, NULL), RC_OK);
        expect(&d, second, "status", "closed");
        cr_assert_eq(ops_undo(&d.ops, &what, NULL), RC_OK);
        expect(&d, second, "status", "new");
        expect(&d, second, "duplicate_of", "");
        desk_stop(&d);
}

static const char clock_rules[] =
        "{\"name\":\"reg\",\"title\":\"t\",\"version\":\"1\",\"source\":\"s\",\"rules\":["
        "{\"id\":\"ew\",\"label\":\"EW\",\"what\":\"report\",\"authority\":\"a\",\"text\":\"t\","
        "\"anchor\":\"aware\",\"hours\":24,\"starts\":true},"
        "{\"id\":\"in\",\"label\":\"IN\",\"what\":\"other\",\"authority\":\"a\",\"text\":\"t\","
        "\"anchor\":\"aware\",\"hours\":72,\"starts\":true}]}";

static void start_clock(struct desk *d, const char *id, const char *rule, const char *anchor)
{
        const struct ops_field details[] = {{"rule", rule}, {"anchor", anchor}};
        const struct ops_request r = {
                .verb = "start", .details = details, .detail_count = 2, .occurred_ms = CLOCK_NONE};
        struct err err = {0};

        cr_assert_eq(ops_do(&d->ops, id, &r, &err), RC_OK, "%s", err.text);
}

/* A duty of the law does not end with a duplicate: it runs on, from the earliest awareness. */
Test(merge, clocks_and_the_claimed_level_go_along)
{
        char first[STIX_ID_MAX], second[STIX_ID_MAX];
        const struct ops_field level = {"level", "significant"};
        const struct ops_request claim = {.verb = "escalate",
                                          .fields = &level,
                                          .field_count = 1,
                                          .reason = "four sites",
                                          .occurred_ms = CLOCK_NONE};
        struct clock_law *law = clock_law_create();
        AUTO_FREE char *what = NULL;
        struct desk d;

        cr_assert_eq(clock_law_add(law, clock_rules, strlen(clock_rules), NULL), RC_OK);
        desk_start(&d);
        d.ops.law = law;
        desk_new(&d, "First", "high", first);
        desk_new(&d, "Second", "low", second);
        start_clock(&d, first, "ew", "2026-11-24T08:00:00Z");
        start_clock(&d, second, "ew", "2026-11-24T07:00:00Z");
        start_clock(&d, second, "in", "2026-11-24T09:00:00Z");
        cr_assert_eq(ops_do(&d.ops, second, &claim, NULL), RC_OK);
        cr_assert_eq(merge(&d, first, second, NULL), RC_OK);
        expect(&d, first, "clocks",
               "ew@2026-11-24T07:00:00.000Z,ew@2026-11-24T08:00:00.000Z,"
               "in@2026-11-24T09:00:00.000Z");
        expect(&d, first, "level", "significant");
        expect(&d, first, "rationale", "four sites");
        expect(&d, second, "clocks", "");
        expect(&d, second, "next_clock", "");
        cr_assert_eq(ops_undo(&d.ops, &what, NULL), RC_OK);
        expect(&d, first, "clocks", "ew@2026-11-24T08:00:00.000Z");
        expect(&d, second, "next_clock", "EW");
        desk_stop(&d);
        clock_law_destroy(law);
}
