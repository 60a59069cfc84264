/*
 * Pulling from an ordered server, and what becomes of markings and of echoes.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "meeting.h"
#include "store/outbox.h"
#include "wire/stix.h"

TestSuite(pull_ours);

#define T1 "2026-11-24T11:00:01.000000Z"

Test(pull_ours, an_ordered_server_is_waited_at)
{
        AUTO_FREE char *page = envelope(1, 1, "");
        struct meeting m;

        meet_ordered(&m);
        server_say(&m.server, POST, 202, NULL,
                   "{\"id\":\"s\",\"status\":\"complete\",\"success_count\":9}");
        server_say(&m.server, LIST, 200, LAST(T1), page);
        server_say(&m.server, LIST, 200, NULL, "{}");
        open_exchange(&m, false);
        settle(&m);
        went_well(&m, 1);
        cr_assert(m.remote.ordered);
        cr_assert_eq(server_count(&m.server, LIST), 2, "it did not wait: it rests a second");
        cr_assert_null(strstr(server_asked(&m.server, LIST, 0), "Prefer:"));
        cr_assert(strstr(server_asked(&m.server, LIST, 1), "Prefer: wait=4"));
        cr_assert(strstr(server_asked(&m.server, LIST, 1),
                         "added_after=2026-11-24T11%3A00%3A01.000000Z"),
                  "without overlap");
        cr_assert_eq(m.report.next_ms, NOW + 1000);
        part(&m);
}

Test(pull_ours, an_ordered_server_that_is_empty_is_waited_at_too)
{
        struct meeting m;

        meet_ordered(&m);
        server_say(&m.server, POST, 202, NULL,
                   "{\"id\":\"s\",\"status\":\"complete\",\"success_count\":9}");
        server_say(&m.server, LIST, 200, NULL, "{}");
        open_exchange(&m, false);
        settle(&m);
        went_well(&m, 0);
        cr_assert_eq(server_count(&m.server, LIST), 2);
        cr_assert(strstr(server_asked(&m.server, LIST, 1), "Prefer: wait=4"));
        cr_assert_eq(m.report.next_ms, NOW + 1000);
        part(&m);
}

Test(pull_ours, what_comes_without_a_marking_counts_as_the_remotes_default)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *page = envelope(1, 1, "");
        struct row row;
        struct err err = {0};
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 200, LAST(T1), page);
        m.remote.default_marking = TLP_GREEN;
        exchange_close(TAKE(m.x));
        cr_assert_eq(open_altered(&m, true, &err), RC_OK);
        settle(&m);
        cr_assert_eq(thing_by_id(m.desk.ops.store, THEIRS(1), &a, &row, &err), RC_OK);
        cr_assert_str_eq(thing_text(&row.thing, "tlp"), "green");
        cr_assert_not(row.tlp_given);
        cr_assert_eq(ops_do(&m.desk.ops, THEIRS(1),
                            &(struct ops_request){.verb = "ack", .occurred_ms = CLOCK_NONE}, &err),
                     RC_OK, "%s", err.text);
        cr_assert_eq(thing_by_id(m.desk.ops.store, THEIRS(1), &a, &row, &err), RC_OK);
        cr_assert_str_eq(thing_text(&row.thing, "tlp"), "green", "whatever is done to it here");
        part(&m);
}

Test(pull_ours, what_opencti_sends_back_of_ours_is_no_second_thing)
{
        AUTO_FREE char *other = theirs(2, "Another");
        char id[STIX_ID_MAX];
        struct meeting m;

        meet(&m);
        new_incident(&m, "Ours", "green", id);
        AUTO_FREE char *page = xasprintf(
                "{\"objects\":[{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":\"" THEIRS(
                        1) "\",\"created\":\"2026-11-24T10:00:00.000Z\",\"modified\":"
                           "\"2026-11-24T10:00:00.000Z\",\"name\":\"Ours\",\"extensions\":{"
                           "\"extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba\":{"
                           "\"extension_type\":\"property-extension\",\"stix_ids\":[\"%s\"]}}},%s]"
                           "}",
                id, other);
        server_say(&m.server, LIST, 200, LAST(T1), page);
        round_trip(&m);
        went_well(&m, 1);
        cr_assert_not(holds(&m, THEIRS(1)));
        cr_assert(holds(&m, THEIRS(2)));
        part(&m);
}

/* What goes along with ours is in the collection, so that the next walk finds it there. */
Test(pull_ours, what_every_console_has_is_not_received)
{
        static char page[65536];
        CLEANUP(arena_finish) struct arena a = {0};
        struct err err = {0};
        struct version unit;
        struct meeting m;

        meet(&m);
        cr_assert_eq(version_newest(m.desk.ops.store, m.desk.ops.unit, false, &a, &unit, &err),
                     RC_OK, "%s", err.text);
        snprintf(page, sizeof(page), "{\"objects\":[%s,%s,{ %s,{ %.*s]}", stix_definition(0),
                 stix_tlp_definition(TLP_AMBER), stix_tlp_definition(TLP_GREEN) + 1,
                 (int)unit.len - 1, unit.bytes + 1);
        server_say(&m.server, LIST, 200, LAST(T1), page);
        round_trip(&m);
        went_well(&m, 0);
        cr_assert_eq(m.remote.received, 0);
        *strstr(page, "GREEN") = 'g';
        round_trip(&m);
        cr_assert_eq(m.remote.received, 1, "another content is something new");
        part(&m);
}

/* medallion writes what it keeps with blanks of its own. */
Test(pull_ours, what_is_ours_and_only_written_otherwise_is_no_second_version)
{
        static char page[65536];
        CLEANUP(arena_finish) struct arena a = {0};
        struct version *list = NULL, v;
        struct err err = {0};
        char id[STIX_ID_MAX];
        size_t count = 0, len;
        int64_t before;
        struct meeting m;

        meet(&m);
        new_incident(&m, "Ours", "green", id);
        before = desk_stats(&m.desk).versions;
        cr_assert_eq(outbox_list(m.desk.ops.store, 0, 10, &a, &list, &count, &err), RC_OK);
        cr_assert_eq(version_by_vid(m.desk.ops.store, list[count - 1].vid, &a, &v, &err), RC_OK);
        len = (size_t)snprintf(page, sizeof(page), "{\"objects\":[ { %.*s]}", (int)v.len - 1,
                               v.bytes + 1);
        server_say(&m.server, LIST, 200, LAST(T1), page);
        round_trip(&m);
        went_well(&m, 0);
        cr_assert_eq(desk_stats(&m.desk).versions, before, "%zu", len);
        *strstr(page, "Ours") = 'H';
        round_trip(&m);
        cr_assert_eq(desk_stats(&m.desk).versions, before + 1, "other content is kept");
        part(&m);
}
