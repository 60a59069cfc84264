/*
 * What servers do besides (standards 1.2, the rows that no other file of this folder has).
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/str.h"
#include "meeting.h"

TestSuite(odd);

#define T1 "2026-11-24T11:00:01.000000Z"
#define T3 "2026-11-24T11:00:03.000000Z"

/* Row 9. */
Test(odd, the_watermark_is_not_what_objects_say_of_themselves)
{
        AUTO_FREE char *one = theirs(1, "From the future");
        AUTO_FREE char *page = xasprintf("{\"objects\":[%s]}", one);
        struct meeting m;

        memcpy(strstr(page, "\"modified\":\"2026"), "\"modified\":\"2031", 16);
        meet(&m);
        server_say(&m.server, LIST, 200, NULL, page);
        round_trip(&m);
        went_well(&m, 1);
        watermark_is(&m, NULL);
        part(&m);
}

/* What it adds with a date that is behind us is found at the daily reconcile. */
Test(odd, a_server_whose_clock_jumps_back_moves_no_watermark_back)
{
        AUTO_FREE char *page = envelope(1, 1, "");
        AUTO_FREE char *both = envelope(1, 2, "");
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 200, LAST(T3), page);
        round_trip(&m);
        watermark_is(&m, T3);
        server_say(&m.server, LIST " added_after", 200, LAST(T1), both);
        server_say(&m.server, MANIFEST " added_after", 404, NULL, "");
        m.server.list[3].body = "{\"objects\":[{\"id\":\"" THEIRS(
                1) "\",\"date_added\":\"" T3 "\",\"version\":\"2026-11-24T10:00:00.000Z\"}]}";
        round_trip(&m);
        went_well(&m, 1);
        watermark_is(&m, T3);
        cr_assert(holds(&m, THEIRS(2)));
        part(&m);
}

/* Row 28: one odd object costs nobody the page. */
Test(odd, objects_of_any_shape_are_refused_alone)
{
        CLEANUP(str_finish) struct str page = {0};
        AUTO_FREE char *good = theirs(1, "Good");
        AUTO_FREE char *other = theirs(2, "Twice\",\"name\":\"Two names");
        struct meeting m;

        str_init(&page, 1u << 20);
        str_addf(&page, "{\"objects\":[%s,%s,{\"type\":\"incident\",\"deep\":", good, other);
        for (int i = 0; i < 60; i++)
                str_add(&page, "[");
        for (int i = 0; i < 60; i++)
                str_add(&page, "]");
        str_add(&page, "},{\"type\":\"incident\",\"huge\":1");
        for (int i = 0; i < 400; i++)
                str_add(&page, "0");
        str_add(&page, "}]}");
        meet(&m);
        server_say(&m.server, LIST, 200, LAST(T1), str_text(&page));
        round_trip(&m);
        went_well(&m, 2);
        cr_assert_eq(m.report.refused, 2);
        watermark_is(&m, T1);
        part(&m);
}

/* Row 28: bytes that are no UTF-8, and nesting without end, make a page that is none. */
Test(odd, a_page_that_nobody_can_read_moves_nothing)
{
        CLEANUP(str_finish) struct str deep = {0};
        AUTO_FREE char *one = theirs(1, "caf\xe9");
        AUTO_FREE char *latin = xasprintf("{\"objects\":[%s]}", one);
        const char *pages[2] = {latin, NULL};

        str_init(&deep, 1u << 20);
        str_add(&deep, "{\"objects\":");
        for (int i = 0; i < 100000; i++)
                str_add(&deep, "[");
        pages[1] = str_text(&deep);
        for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
                struct meeting m;

                meet(&m);
                server_say(&m.server, LIST, 200, LAST(T1), pages[i]);
                round_trip(&m);
                cr_assert_eq(m.report.state, EXCHANGE_OFFLINE);
                cr_assert_not_null(m.report.error);
                watermark_is(&m, NULL);
                part(&m);
        }
}

/* Row 19. */
Test(odd, who_asks_too_often_waits_as_long_as_is_said)
{
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 429, "Retry-After: 600\r\n", "");
        server_say(&m.server, LIST, 200, NULL, "{}");
        open_exchange(&m, false);
        settle(&m);
        cr_assert_eq(m.report.state, EXCHANGE_OFFLINE);
        cr_assert(strstr(m.report.error, "too often"), "%s", m.report.error);
        cr_assert_geq(m.report.next_ms, NOW + 600000);
        clock_advance(9 * MINUTE);
        settle(&m);
        cr_assert_eq(server_count(&m.server, LIST), 1);
        clock_advance(2 * MINUTE);
        settle(&m);
        went_well(&m, 0);
        part(&m);
}

/* Row 21: a status that is gone by the time it is asked for. */
Test(odd, a_status_that_has_expired_is_read_back)
{
        struct meeting m;

        meet_writing(&m);
        server_say(&m.server, POST, 202, NULL, "{\"id\":\"gone\",\"status\":\"pending\"}");
        server_say(&m.server, LIST, 200, NULL, "{}");
        open_exchange(&m, true);
        settle(&m);
        clock_advance(1000);
        settle(&m);
        cr_assert(exchange_is_over(m.x));
        cr_assert_eq(server_count(&m.server, "GET /api/status/gone/"), 1);
        cr_assert_gt(server_count(&m.server, LIST " match%5Bid%5D"), 0);
        cr_assert_eq(m.report.pending, 0);
        part(&m);
}

/* Row 23: where the version of a definition would poison the server, none is sent. */
Test(odd, definitions_of_extensions_go_to_hubs_only)
{
        char id[STIX_ID_MAX];
        struct meeting m;

        meet_writing(&m);
        server_say(&m.server, POST, 202, NULL, "{}");
        server_say(&m.server, LIST, 200, NULL, "{}");
        new_incident(&m, "Ours", "green", id);
        round_trip(&m);
        cr_assert(strstr(server_asked(&m.server, POST, 0), id));
        cr_assert_null(
                strstr(server_asked(&m.server, POST, 0), "\"type\":\"extension-definition\""));
        part(&m);
}
