/*
 * The line is cut within an answer, at every class of place: nothing moves, what had come stays,
 * and the next try brings the rest.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "meeting.h"

TestSuite(cut);

#define T1    "2026-11-24T11:00:01.000000Z"
#define T2    "2026-11-24T11:00:02.000000Z"
#define TAKEN "{\"id\":\"s1\",\"status\":\"complete\",\"success_count\":1000,\"failure_count\":0}"

struct place {
        const char *name, *text; /* which both answers hold */
        size_t bytes;            /* of it that still come */
};

static const struct place places[] = {
        {"before anything", "HTTP/1.1", 0},
        {"in the status line", "HTTP/1.1", 5},
        {"behind the status line", "Said\r\n", 6},
        {"in the name of a header", "Content-Type", 7},
        {"in the value of a header", "application/taxii+json", 11},
        {"before the length", "Content-Length: ", 16},
        {"in the length", "Content-Length: ", 17},
        {"between the headers", "Connection: close\r\n", 19},
        {"at the end of the headers", "\r\n\r\n", 3},
        {"between headers and body", "\r\n\r\n", 4},
        {"behind the first byte", "\r\n\r\n{", 5},
        {"in a key", "\"id\"", 2},
        {"between key and value", "\"id\":", 5},
        {"in an object", "\",\"", 2},
        {"in an escape", "\\u00e9", 3},
        {"in a character", "\xc3\xa9", 1},
        {"before the last byte", "}\n", 0},
};

/* Neither is whole without its last brace. */
static char *page_of(int from, const char *more)
{
        AUTO_FREE char *first = theirs(from, "caf\\u00e9 caf\xc3\xa9");
        AUTO_FREE char *second = theirs(from + 1, "Theirs");

        return xasprintf("{\"objects\":[%s,%s]%s}\n", first, second, more);
}

static void nothing_moved(struct meeting *m, const char *name)
{
        cr_assert_eq(m->report.state, EXCHANGE_OFFLINE, "%s", name);
        cr_assert_not_null(m->report.error, "%s", name);
        cr_assert_eq(m->remote.failures, 1, "%s", name);
        watermark_is(m, NULL);
}

Test(cut, a_page_that_is_cut_anywhere_comes_again)
{
        AUTO_FREE char *first = page_of(1, ",\"more\":true,\"next\":\"1\"");
        AUTO_FREE char *second = page_of(3, "");

        for (size_t i = 0; i < ARRAY_LEN(places); i++) {
                struct meeting m;

                meet(&m);
                server_say(&m.server, LIST, 200, LAST(T1), first);
                server_add(&m.server, &(struct canned){.when = LIST " next=1",
                                                       .status = 200,
                                                       .headers = LAST(T2),
                                                       .body = second,
                                                       .how = HOW_CUT,
                                                       .cut = places[i].text,
                                                       .cut_bytes = places[i].bytes});
                server_say(&m.server, LIST " next=1", 200, LAST(T2), second);
                round_trip(&m);
                nothing_moved(&m, places[i].name);
                cr_assert_eq(m.report.received, 2, "%s", places[i].name);
                cr_assert_not(holds(&m, THEIRS(3)), "%s", places[i].name);
                clock_advance(MINUTE);
                round_trip(&m);
                went_well(&m, 2);
                watermark_is(&m, T2);
                cr_assert(holds(&m, THEIRS(4)));
                part(&m);
        }
}

Test(cut, the_answer_to_a_post_may_be_cut_anywhere)
{
        for (size_t i = 0; i < ARRAY_LEN(places); i++) {
                char id[STIX_ID_MAX];
                struct meeting m;

                meet_ordered(&m);
                server_say(&m.server, LIST, 200, NULL, "{}");
                server_add(&m.server,
                           &(struct canned){
                                   .when = POST,
                                   .status = 202,
                                   .body = "{\"id\":\"s\",\"title\":\"caf\\u00e9 caf\xc3\xa9"
                                           "\",\"status\":\"complete\",\"success_count\":9}\n",
                                   .how = HOW_CUT,
                                   .cut = places[i].text,
                                   .cut_bytes = places[i].bytes});
                server_say(&m.server, POST, 202, NULL, TAKEN);
                new_incident(&m, "Ours", "green", id);
                round_trip(&m);
                nothing_moved(&m, places[i].name);
                cr_assert_eq(m.remote.sent_vid, 0, "%s", places[i].name);
                cr_assert_eq(m.report.sent, 0, "%s", places[i].name);
                clock_advance(MINUTE);
                round_trip(&m);
                cr_assert_null(m.report.error, "%s: %s", places[i].name, m.report.error);
                cr_assert_eq(m.report.pending, 0, "%s", places[i].name);
                cr_assert_gt(m.remote.sent_vid, 0);
                cr_assert(strstr(server_asked(&m.server, POST, 1), id));
                part(&m);
        }
}

/* Only the document itself tells. */
Test(cut, a_page_without_a_length_is_whole_or_none)
{
        AUTO_FREE char *page = page_of(1, "");
        struct meeting m;

        meet(&m);
        server_add(&m.server, &(struct canned){.when = LIST,
                                               .status = 200,
                                               .headers = LAST(T1),
                                               .body = page,
                                               .how = HOW_ENDLESS,
                                               .cut = "}\n"});
        server_add(&m.server, &(struct canned){.when = LIST,
                                               .status = 200,
                                               .headers = LAST(T1),
                                               .body = page,
                                               .how = HOW_ENDLESS});
        round_trip(&m);
        nothing_moved(&m, "without a length");
        cr_assert_not(holds(&m, THEIRS(1)));
        clock_advance(MINUTE);
        round_trip(&m);
        went_well(&m, 2);
        watermark_is(&m, T1);
        part(&m);
}
