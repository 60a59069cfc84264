#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "meeting.h"

TestSuite(pull);

#define T1 "2026-11-24T11:00:01.000000Z"
#define T2 "2026-11-24T11:00:02.000000Z"
#define T3 "2026-11-24T11:00:03.000000Z"

Test(pull, pages_are_walked_to_the_end_and_only_then_the_watermark_moves)
{
        AUTO_FREE char *first = envelope(1, 2, ",\"more\":true,\"next\":\"a b/=\"");
        AUTO_FREE char *second = envelope(3, 2, ",\"more\":true,\"next\":\"7\"");
        AUTO_FREE char *third = envelope(5, 1, ",\"more\":false");
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 200, LAST(T1), first);
        server_say(&m.server, LIST " next=a%20b%2F%3D", 200, LAST(T3), second);
        server_say(&m.server, LIST " next=7", 200, LAST(T2), third);
        round_trip(&m);
        went_well(&m, 5);
        watermark_is(&m, T3);
        cr_assert_eq(m.remote.synced_ms, NOW);
        cr_assert(holds(&m, THEIRS(5)));
        for (size_t i = 0; i < 3; i++) {
                const char *asked = server_asked(&m.server, LIST, i);

                cr_assert(strstr(asked, "limit=500"), "%s", asked);
                cr_assert(strstr(asked, "match%5Bversion%5D=all"), "%s", asked);
                cr_assert(strstr(asked, "Accept: application/taxii+json;version=2.1\r\n"), "%s",
                          asked);
        }
        part(&m);
}

Test(pull, an_overlap_is_asked_for_and_brings_nothing_twice)
{
        AUTO_FREE char *page = envelope(1, 3, "");
        int64_t before;
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 200, LAST(T3), page);
        round_trip(&m);
        went_well(&m, 3);
        before = desk_stats(&m.desk).versions;
        round_trip(&m);
        went_well(&m, 0);
        cr_assert_eq(desk_stats(&m.desk).versions, before);
        cr_assert(strstr(server_asked(&m.server, LIST, 1),
                         "added_after=2026-11-24T10%3A55%3A03.000000Z"),
                  "%s", server_asked(&m.server, LIST, 1));
        part(&m);
}

Test(pull, an_empty_collection_is_a_complete_walk)
{
        static const char *const empty[] = {"{}", "{\"objects\":null}", "{\"more\":false}",
                                            "{\"objects\":[],\"more\":null,\"next\":null}"};

        for (size_t i = 0; i < ARRAY_LEN(empty); i++) {
                struct meeting m;

                meet(&m);
                server_say(&m.server, LIST, 200, NULL, empty[i]);
                round_trip(&m);
                went_well(&m, 0);
                watermark_is(&m, NULL);
                cr_assert_eq(m.remote.synced_ms, NOW);
                part(&m);
        }
}

Test(pull, a_cut_page_moves_no_watermark_and_the_next_walk_starts_over)
{
        AUTO_FREE char *first = envelope(1, 2, ",\"more\":true,\"next\":\"1\"");
        AUTO_FREE char *second = envelope(3, 2, "");
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 200, LAST(T1), first);
        server_add(&m.server, &(struct canned){.when = LIST " next=1",
                                               .status = 200,
                                               .headers = LAST(T2),
                                               .body = second,
                                               .how = HOW_CUT});
        server_say(&m.server, LIST " next=1", 200, LAST(T2), second);
        round_trip(&m);
        cr_assert_eq(m.report.state, EXCHANGE_OFFLINE);
        cr_assert_eq(m.remote.failures, 1);
        cr_assert_not_null(m.remote.error);
        watermark_is(&m, NULL);
        cr_assert(holds(&m, THEIRS(2)), "what was committed stays");
        cr_assert_eq(server_count(&m.server, LIST " next=1"), 1, "a next is asked for once");
        clock_advance(MINUTE);
        round_trip(&m);
        went_well(&m, 2);
        watermark_is(&m, T2);
        cr_assert_eq(server_count(&m.server, LIST), 4, "from the beginning");
        cr_assert_eq(m.remote.failures, 0);
        cr_assert_null(m.remote.error);
        part(&m);
}

Test(pull, a_next_that_has_expired_starts_the_walk_over)
{
        static const int statuses[] = {400, 404};

        for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
                AUTO_FREE char *first = envelope(1, 2, ",\"more\":true,\"next\":\"1\"");
                AUTO_FREE char *again = envelope(1, 2, ",\"more\":true,\"next\":\"2\"");
                AUTO_FREE char *second = envelope(3, 2, "");
                struct meeting m;

                meet(&m);
                server_say(&m.server, LIST " next=1", statuses[i], NULL, "");
                server_say(&m.server, LIST " next=2", 200, LAST(T2), second);
                server_say(&m.server, LIST, 200, LAST(T1), first);
                server_say(&m.server, LIST, 200, LAST(T1), again);
                round_trip(&m);
                went_well(&m, 4);
                watermark_is(&m, T2);
                part(&m);
        }
}

Test(pull, a_next_that_always_expires_is_a_failure)
{
        AUTO_FREE char *first = envelope(1, 2, ",\"more\":true,\"next\":\"1\"");
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST " next=1", 404, NULL, "");
        server_say(&m.server, LIST, 200, LAST(T1), first);
        round_trip(&m);
        cr_assert_eq(m.report.state, EXCHANGE_REFUSED);
        cr_assert_leq(server_count(&m.server, LIST), 8);
        watermark_is(&m, NULL);
        part(&m);
}

Test(pull, a_constant_next_goes_on_while_pages_bring_something)
{
        AUTO_FREE char *first = envelope(1, 2, ",\"more\":true,\"next\":\"x\"");
        AUTO_FREE char *second = envelope(3, 2, ",\"more\":true,\"next\":\"x\"");
        AUTO_FREE char *third = envelope(5, 2, ",\"more\":false,\"next\":\"x\"");
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST " next=x", 200, LAST(T2), second);
        server_say(&m.server, LIST " next=x", 200, LAST(T3), third);
        server_say(&m.server, LIST, 200, LAST(T1), first);
        round_trip(&m);
        went_well(&m, 6);
        watermark_is(&m, T3);
        part(&m);
}

Test(pull, pages_that_repeat_themselves_are_left_and_said_to_be_incomplete)
{
        AUTO_FREE char *first = envelope(1, 2, ",\"more\":true,\"next\":\"x\"");
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 200, LAST(T1), first);
        round_trip(&m);
        cr_assert(m.remote.incomplete);
        cr_assert_not_null(m.report.error);
        cr_assert_eq(m.report.received, 2);
        cr_assert_leq(server_count(&m.server, LIST), 4);
        watermark_is(&m, NULL);
        part(&m);
}

Test(pull, a_next_that_no_address_holds_is_not_asked_for)
{
        static const struct {
                char byte;
                int count;
        } list[] = {{'a', 4001}, {'+', 3500}};

        for (size_t i = 0; i < ARRAY_LEN(list); i++) {
                char next[4002] = "";
                struct meeting m;

                memset(next, list[i].byte, (size_t)list[i].count);
                AUTO_FREE char *more = xasprintf(",\"more\":true,\"next\":\"%s\"", next);
                AUTO_FREE char *first = envelope(1, 2, more);
                meet(&m);
                server_say(&m.server, LIST, 200, LAST(T1), first);
                round_trip(&m);
                cr_assert(m.remote.incomplete);
                cr_assert_str_eq(m.report.error, "how it says to go on is too long");
                cr_assert_eq(m.report.received, 2);
                cr_assert_eq(server_count(&m.server, LIST), 1);
                watermark_is(&m, NULL);
                part(&m);
        }
}

Test(pull, more_without_next_goes_on_from_the_last_date)
{
        AUTO_FREE char *first = envelope(1, 2, ",\"more\":true");
        AUTO_FREE char *second = envelope(2, 3, ",\"more\":false");
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST " added_after", 200, LAST(T3), second);
        server_say(&m.server, LIST, 200, LAST(T2), first);
        round_trip(&m);
        went_well(&m, 4);
        watermark_is(&m, T3);
        cr_assert(strstr(server_asked(&m.server, LIST, 1),
                         "added_after=2026-11-24T11%3A00%3A01.999999Z"),
                  "a moment before, for those that share the date");
        part(&m);
}

Test(pull, more_without_next_or_date_asks_for_more_at_once_and_then_gives_up)
{
        AUTO_FREE char *first = envelope(1, 2, ",\"more\":true");
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 200, NULL, first);
        round_trip(&m);
        cr_assert(m.remote.incomplete);
        cr_assert(strstr(server_asked(&m.server, LIST, 1), "limit=1000"));
        cr_assert_eq(m.report.received, 2);
        watermark_is(&m, NULL);
        part(&m);
}

/* 600 objects with one date, pages of 500 without next: a strict "after" would lose 100. */
Test(pull, ties_in_the_date_lose_nothing)
{
        AUTO_FREE char *first = envelope(1, 500, ",\"more\":true");
        AUTO_FREE char *whole = envelope(1, 600, "");
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST " limit=1000", 200, LAST(T1), whole);
        server_say(&m.server, LIST, 200, LAST(T1), first);
        round_trip(&m);
        went_well(&m, 600);
        watermark_is(&m, T1);
        part(&m);
}

Test(pull, an_answer_that_is_too_large_is_asked_for_in_halves)
{
        AUTO_FREE char *page = envelope(1, 2, "");
        AUTO_FREE char *huge = xmalloc((17u << 20) + 1);
        struct meeting m;

        memset(huge, ' ', 17u << 20);
        huge[17u << 20] = '\0';
        meet(&m);
        server_say(&m.server, LIST " limit=250", 200, LAST(T1), page);
        server_say(&m.server, LIST, 200, NULL, huge);
        round_trip(&m);
        went_well(&m, 2);
        watermark_is(&m, T1);
        part(&m);
}

struct refusal {
        int status;
        const char *headers, *body, *says;
        enum exchange_state state;
};

Test(pull, refusals_are_told_in_one_line_and_delete_nothing)
{
        static const struct refusal list[] = {
                {401, NULL, "<html>\x1b[31mlogin</html>", "credentials", EXCHANGE_REFUSED},
                {403, NULL, "{\"title\":\"Forbidden\"}", "Forbidden", EXCHANGE_REFUSED},
                {404, NULL, "", "withdrawn", EXCHANGE_REFUSED},
                {406, NULL, "{\"code\":406,\"name\":\"Not Acceptable\"}", "Not Acceptable",
                 EXCHANGE_REFUSED},
                {500, NULL, "Internal\nServer Error", "failed", EXCHANGE_OFFLINE},
                {503, NULL, "", "busy", EXCHANGE_OFFLINE},
                {200, NULL, "<html><title>Sign in</title></html>", "web page", EXCHANGE_OFFLINE},
                {200, NULL, "garbage", "JSON", EXCHANGE_OFFLINE},
                {200, NULL, "{\"objects\":{}}", "is not a list", EXCHANGE_OFFLINE},
                {302, "Location: https://login.example/\r\n", "", "another address",
                 EXCHANGE_REFUSED},
        };

        for (size_t i = 0; i < ARRAY_LEN(list); i++) {
                AUTO_FREE char *page = envelope(1, 2, "");
                struct meeting m;

                meet(&m);
                server_say(&m.server, LIST, 200, LAST(T1), page);
                round_trip(&m);
                went_well(&m, 2);
                server_say(&m.server, LIST, list[i].status, list[i].headers, list[i].body);
                round_trip(&m);
                cr_assert_eq(m.report.state, list[i].state, "%d: %s", list[i].status,
                             m.report.error);
                cr_assert(strstr(m.report.error, list[i].says), "%s", m.report.error);
                cr_assert_null(strpbrk(m.report.error, "\n\x1b"));
                watermark_is(&m, T1);
                cr_assert(holds(&m, THEIRS(1)));
                part(&m);
        }
}

Test(pull, other_content_types_are_read_as_what_they_hold)
{
        AUTO_FREE char *page = envelope(1, 2, "");
        struct meeting m;

        meet(&m);
        server_add(&m.server, &(struct canned){.when = LIST,
                                               .status = 200,
                                               .headers = "Content-Type: text/plain\r\n" LAST(T1),
                                               .body = page,
                                               .how = HOW_BARE});
        round_trip(&m);
        went_well(&m, 2);
        part(&m);
}

Test(pull, a_bad_object_is_refused_alone_and_counted_once)
{
        AUTO_FREE char *one = theirs(1, "One");
        AUTO_FREE char *page = xasprintf("{\"objects\":[{\"type\":\"incident\"},%s,7]}", one);
        struct meeting m;

        meet(&m);
        server_say(&m.server, LIST, 200, LAST(T1), page);
        open_exchange(&m, false);
        settle(&m);
        went_well(&m, 1);
        cr_assert_eq(m.report.refused, 2);
        clock_advance(MINUTE);
        settle(&m);
        cr_assert_eq(server_count(&m.server, LIST), 2);
        cr_assert_eq(m.report.refused, 2);
        part(&m);
}
