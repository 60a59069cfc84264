#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "unit/desk.h"

TestSuite(undo);

static void undo(struct desk *d, const char *sentence)
{
        AUTO_FREE char *what = NULL;
        AUTO_FREE char *did = NULL;
        struct err err = {0};

        cr_assert_eq(ops_undo_what(&d->ops, &what, &err), RC_OK, "%s", err.text);
        cr_assert_eq(ops_undo(&d->ops, &did, &err), RC_OK, "%s", err.text);
        cr_assert(strstr(did, sentence), "%s", did);
}

Test(undo, goes_back_change_by_change_and_not_past_the_opening)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;
        char *did = NULL;

        desk_start(&d);
        desk_new(&d, "One", "low", id);
        desk_do(&d, id, "severity", "severity", "medium");
        desk_do(&d, id, "set", "sectors", "energy,health");
        desk_do(&d, id, "severity", "severity", "critical");
        desk_do(&d, id, "note", NULL, "notes are not undone");
        undo(&d, "INC-0001: severity");
        cr_assert_str_eq(desk_shows(&d, id, "severity", &a), "medium");
        undo(&d, "sectors");
        cr_assert_str_eq(desk_shows(&d, id, "sectors", &a), "");
        undo(&d, "severity");
        cr_assert_str_eq(desk_shows(&d, id, "severity", &a), "low");
        cr_assert_eq(ops_undo(&d.ops, &did, &err), RC_NOTFOUND);
        cr_assert_null(did);
        desk_do(&d, id, "severity", "severity", "high");
        undo(&d, "severity");
        cr_assert_str_eq(desk_shows(&d, id, "severity", &a), "low");
        desk_stop(&d);
}

/* At one console, one after the other. */
Test(undo, is_of_the_operators_own_changes)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;
        char *did = NULL;

        desk_start(&d);
        const char *first = d.ops.operator;
        desk_new(&d, "One", "low", id);
        desk_do(&d, id, "severity", "severity", "medium");
        d.ops.operator= NULL;
        cr_assert_eq(ops_undo_what(&d.ops, &did, &err), RC_NOTFOUND);
        d.ops.operator= "relief";
        cr_assert_eq(ops_undo(&d.ops, &did, &err), RC_NOTFOUND);
        desk_do(&d, id, "set", "sectors", "energy");
        undo(&d, "sectors");
        cr_assert_eq(ops_undo(&d.ops, &did, &err), RC_NOTFOUND);
        cr_assert_str_eq(desk_shows(&d, id, "severity", &a), "medium");
        d.ops.operator= first;
        undo(&d, "severity");
        cr_assert_str_eq(desk_shows(&d, id, "severity", &a), "low");
        desk_stop(&d);
}

Test(undo, is_refused_where_somebody_changed_it_since)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *first = NULL;
        AUTO_FREE char *second = NULL;
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct desk d, e;
        char *did = NULL;

        desk_start(&d);
        desk_new(&d, "One", "low", id);
        desk_do(&d, id, "severity", "severity", "medium");
        desk_join(&e, &d, "bruno");
        first = desk_export(&d);
        cr_assert_eq(desk_import(&e, first, &err), RC_OK, "%s", err.text);
        desk_do(&e, id, "severity", "severity", "critical");
        second = desk_export(&e);
        cr_assert_eq(desk_import(&d, second, &err), RC_OK, "%s", err.text);
        cr_assert_eq(ops_undo(&d.ops, &did, &err), RC_CONFLICT);
        cr_assert(strstr(err.text, "severity was changed since by bruno"), "%s", err.text);
        cr_assert_str_eq(desk_shows(&d, id, "severity", &a), "critical");
        cr_assert_eq(ops_undo(&e.ops, &did, &err), RC_OK);
        free(did);
        cr_assert_str_eq(desk_shows(&e, id, "severity", &a), "medium");
        desk_stop(&d);
        desk_stop(&e);
}

Test(undo, of_our_word_on_a_foreign_thing_shows_theirs)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *file = foreign_incident(1, 0, "Theirs", "");
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        cr_assert_eq(desk_import(&d, file, &err), RC_OK, "%s", err.text);
        desk_do(&d, FOREIGN_ID(1), "set", "title", "Ours");
        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(1), "title", &a), "Ours");
        undo(&d, "title");
        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(1), "title", &a), "Theirs");
        desk_stop(&d);
}

/* A figure of what never was would be one for good: times of containing are the earliest. */
Test(undo, of_what_led_there_is_no_time_of_containing_or_triage)
{
        char id[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Ours", "high", id);
        desk_do(&d, id, "class", "class", "fraud");
        desk_do(&d, id, "owner", "owner", "berg");
        desk_do(&d, id, "status", "status", "contained");
        desk_must_show(&d, id, "contained_at", "2026-11-24T12:00:00.000Z");
        undo(&d, "status contained -> new");
        desk_must_show(&d, id, "contained_at", "");
        desk_must_show(&d, id, "triaged_at", "2026-11-24T12:00:00.000Z");
        undo(&d, "owner berg withdrawn");
        desk_must_show(&d, id, "triaged_at", "");
        clock_advance(10 * MINUTE);
        desk_do(&d, id, "status", "status", "contained");
        desk_must_show(&d, id, "contained_at", "2026-11-24T12:10:00.000Z");
        desk_stop(&d);
}
