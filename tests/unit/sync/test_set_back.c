/*
 * A server that was set back to an older state (invariant 10): what of ours it may have lost goes
 * there again, and only then.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "meeting.h"

TestSuite(set_back);

#define T1    "2026-11-24T11:00:01.000000Z"
#define T2    "2026-11-24T11:00:02.000000Z"
#define TAKEN "{\"id\":\"s1\",\"status\":\"complete\",\"success_count\":1000,\"failure_count\":0}"
#define KNOWN "x_muster_must_know="
#define SHOWN(date)                                                                                \
        "{\"objects\":[{\"id\":\"" THEIRS(1) "\",\"date_added\":\"" date                           \
                                             "\",\"version\":\"2026-11-24T10:00:00.000Z\"}]}"

static size_t sent_times(struct meeting *m, const char *id)
{
        size_t count = 0;

        for (size_t i = 0; i < server_count(&m->server, POST); i++)
                count += strstr(server_asked(&m->server, POST, i), id) != NULL;
        return count;
}

/* What was said before counts as given, so that what comes now is asked for. */
static void say_now(struct meeting *m, const char *when, const char *headers, const char *body)
{
        for (size_t i = 0; i < m->server.count; i++)
                m->server.list[i].used = true;
        server_say(&m->server, when, 200, headers, body);
}

/* ---- a hub -------------------------------------------------------------------------------------
 */

/* It has shown one of theirs, and taken one of ours. */
static void meet_hub(struct meeting *m, char ours[STIX_ID_MAX])
{
        static char page[4096];
        AUTO_FREE char *made = envelope(1, 1, "");

        snprintf(page, sizeof(page), "%s", made);
        meet_ordered(m);
        server_say(&m->server, POST, 202, NULL, TAKEN);
        server_say(&m->server, LIST, 200, LAST(T2), page);
        new_incident(m, "Ours", "green", ours);
        round_trip(m);
        went_well(m, 1);
        watermark_is(m, T2);
        cr_assert_eq(sent_times(m, ours), 1);
}

Test(set_back, a_hub_that_does_not_know_the_watermark_gets_all_again)
{
        char ours[STIX_ID_MAX];
        AUTO_FREE char *older = envelope(2, 1, "");
        struct meeting m;

        meet_hub(&m, ours);
        server_say(&m.server, LIST " " KNOWN, 410, NULL, "");
        say_now(&m, LIST, LAST(T1), older);
        round_trip(&m);
        went_well(&m, 1);
        watermark_is(&m, T1);
        cr_assert_eq(sent_times(&m, ours), 2, "%zu", sent_times(&m, ours));
        cr_assert_eq(m.report.pending, 0);
        cr_assert(holds(&m, THEIRS(1)), "what it had shown stays");
        part(&m);
}

Test(set_back, a_hub_that_knows_it_gets_nothing_again)
{
        char ours[STIX_ID_MAX];
        struct meeting m;

        meet_hub(&m, ours);
        server_say(&m.server, LIST " " KNOWN, 200, NULL, "{}");
        round_trip(&m);
        went_well(&m, 0);
        cr_assert_eq(server_count(&m.server, LIST " " KNOWN), 1);
        cr_assert_eq(sent_times(&m, ours), 1);
        part(&m);
}

Test(set_back, a_hub_is_asked_once_on_a_line_and_again_when_the_line_was_down)
{
        char ours[STIX_ID_MAX];
        struct meeting m;

        meet_hub(&m, ours);
        server_say(&m.server, LIST " " KNOWN, 200, NULL, "{}");
        say_now(&m, LIST, NULL, "{}");
        open_exchange(&m, false);
        settle(&m);
        clock_advance(1000);
        settle(&m);
        cr_assert_gt(server_count(&m.server, LIST), 2);
        cr_assert_eq(server_count(&m.server, LIST " " KNOWN), 1);
        server_say(&m.server, LIST, 503, NULL, "");
        server_say(&m.server, LIST, 200, NULL, "{}");
        clock_advance(1000);
        settle(&m);
        cr_assert_eq(m.report.state, EXCHANGE_OFFLINE);
        clock_advance(MINUTE);
        settle(&m);
        cr_assert_eq(server_count(&m.server, LIST " " KNOWN), 2);
        part(&m);
}

Test(set_back, what_a_person_dropped_does_not_go_again)
{
        struct delivery *list = NULL;
        size_t count = 0;
        struct err err = {0};
        char ours[STIX_ID_MAX];
        struct meeting m;

        meet_ordered(&m);
        server_say(&m.server, LIST, 200, LAST(T2), "{\"objects\":[]}");
        server_say(&m.server, POST, 422, NULL, "");
        new_incident(&m, "Ours", "green", ours);
        round_trip(&m);
        cr_assert_eq(delivery_list(m.desk.ops.store, m.remote.id, -1, &m.a, &list, &count, &err),
                     RC_OK);
        cr_assert_gt(count, 0);
        for (size_t i = 0; i < count; i++)
                cr_assert_eq(delivery_drop(m.desk.ops.store, m.remote.id, list[i].vid, "no", &err),
                             RC_OK);
        size_t posts = server_count(&m.server, POST);
        server_say(&m.server, LIST " " KNOWN, 410, NULL, "");
        round_trip(&m);
        cr_assert_eq(server_count(&m.server, POST), posts);
        part(&m);
}

/* ---- others ------------------------------------------------------------------------------------
 */

/* It has shown one of theirs, has taken one of ours, and shows both in its manifest. */
static void meet_other(struct meeting *m, char ours[STIX_ID_MAX])
{
        static char page[4096];
        AUTO_FREE char *made = envelope(1, 1, "");

        snprintf(page, sizeof(page), "%s", made);
        meet_writing(m);
        server_say(&m->server, POST, 202, NULL, TAKEN);
        server_say(&m->server, LIST " match%5Bid%5D", 200, NULL, "{}");
        server_say(&m->server, LIST, 200, LAST(T2), page);
        new_incident(m, "Ours", "green", ours);
        round_trip(m);
        went_well(m, 1);
        watermark_is(m, T2);
        cr_assert_eq(sent_times(m, ours), 1);
}

Test(set_back, a_collection_that_ends_before_the_watermark_gets_all_again)
{
        static const struct {
                const char *manifest, *watermark;
        } list[] = {{SHOWN(T1), T1}, {"{}", NULL}};

        for (size_t i = 0; i < ARRAY_LEN(list); i++) {
                char ours[STIX_ID_MAX];
                struct meeting m;

                meet_other(&m, ours);
                server_say(&m.server, LIST " added_after", 200, NULL, "{}");
                say_now(&m, MANIFEST, NULL, list[i].manifest);
                round_trip(&m);
                went_well(&m, 0);
                watermark_is(&m, list[i].watermark);
                cr_assert_eq(sent_times(&m, ours), 2);
                cr_assert_eq(m.report.pending, 0);
                cr_assert_not(m.remote.unsteady);
                cr_assert(holds(&m, THEIRS(1)), "what it had shown stays");
                part(&m);
        }
}

/* Row 8: what it lists by time is not what it has added since. */
Test(set_back, who_only_lists_too_little_is_known_as_such_and_gets_nothing_again)
{
        char ours[STIX_ID_MAX];
        struct meeting m;

        meet_other(&m, ours);
        server_say(&m.server, LIST " added_after", 200, NULL, "{}");
        say_now(&m, MANIFEST, NULL, SHOWN(T2));
        round_trip(&m);
        went_well(&m, 0);
        watermark_is(&m, T2);
        cr_assert_eq(sent_times(&m, ours), 1);
        cr_assert(m.remote.unsteady);
        round_trip(&m);
        cr_assert_eq(server_count(&m.server, MANIFEST), 1, "it is looked through once a day");
        part(&m);
}
