#include "store/query.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "base/clock.h"
#include "store_files.h"

#define PAIRS(...) ((const char *const[]){__VA_ARGS__, NULL})

static struct file f;

static void setup(void)
{
        file_setup(&f);
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(query, .init = setup, .fini = teardown);

static void put(int n, const char *const *pairs)
{
        const struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", n), pairs);

        put_row(&f, &row);
}

/* Six incidents with everything that a filter can ask for. */
static void put_few(void)
{
        work_begin(&f);
        put(1, PAIRS("ref=INC-0001", "title=Hospital ransomware", "severity=critical", "status=new",
                     "states=DE,FR", "class=fraud", "modified=2026-11-24T10:00:00.000Z",
                     "owner=Duarte"));
        put(2, PAIRS("title=Airport outage", "severity=low", "status=closed", "states=FR",
                     "modified=2026-11-24T11:00:00.000Z", "owner=maria"));
        put(3, PAIRS("title=Ransom note at \"Bank\"", "severity=high", "status=active",
                     "modified=2026-11-25T00:30:00.000Z", "acked=2026-11-25T01:00:30.000Z"));
        put(4, PAIRS("title=Caf\xc3\xa9 portal", "description=hospital far away", "severity=high",
                     "status=contained", "states=IT", "class=test", "owner=duarte"));
        put(5, PAIRS("title=airport again", "severity=low", "status=closed",
                     "modified=2026-11-26T00:00:00.000Z", "occurred=2026-11-20T00:00:00.000Z"));
        put(6, PAIRS("title=OR NOT AND *", "status=new", "modified=2026-11-23T00:00:00.000Z"));
        work_end(&f);
}

static const struct {
        const char *line, *ids;
} terms[] = {
        {"", "05 03 02 01 06 04"},
        {"hospital", "01 04"},
        {"hosp", "01 04"},
        {"\"hosp\"", ""},
        {"hospital ransom", "01"},
        {"\"hospital ransomware\"", "01"},
        {"\"ransomware hospital\"", ""},
        {"cafe", "04"},
        {"CAF\xc3\x89", "04"},
        {"-hospital", "05 03 02 06"},
        {"ransom -hospital", "03"},
        {"NOT", "03 06"},
        {"\"NOT\"", "06"},
        {"title:hospital", "01"},
        {"-title:hospital airport", "05 02"},
        {"ref:inc-1", "01"},
        {"INC-0001", "01"},
        {"severity:high", "03 04"},
        {"severity:high,low", "05 03 02 04"},
        {"-severity:high", "05 02 01 06"},
        {"severity>=high", "03 01 04"},
        {"severity<low", ""},
        {"severity:-", "06"},
        {"severity:-,critical", "01 06"},
        {"-severity:-", "05 03 02 01 04"},
        {"status:open", "03 01 06 04"},
        {"states:FR", "02 01"},
        {"states:FR,IT", "02 01 04"},
        {"states:FR states:DE", "01"},
        {"-states:FR", "05 03 06 04"},
        {"states:-", "05 03 06"},
        {"-states:-", "02 01 04"},
        {"states:-,DE", "05 03 01 06"},
        {"-states:-,DE", "02 04"},
        {"class:fraud", "01"},
        {"class:-", "05 03 02 06"},
        {"owner:DUARTE", "01 04"},
        {"owner:me", "01 04"},
        {"owner:-", "05 03 06"},
        {"-owner:duarte,maria", "05 03 06"},
        {"modified>2026-11-24T10:30:00Z", "05 03 02"},
        {"modified<2026-11-24T10:00:00Z", "06"},
        {"modified<=2026-11-24T10:00:00Z", "01 06"},
        {"modified:2026-11-24", "02 01"},
        {"modified:-", "04"},
        {"acked:-", "05 02 01 06 04"},
        {"occurred<2026-11-21", "05"},
        {"-occurred<2026-11-21", "03 02 01 06 04"},
        {"occurred:-", "03 02 01 06 04"},
        {"description:-", "05 03 02 01 06"},
        {"severity:high states:IT hospital", "04"},
        {"hospital sort:title", "04 01"},
};

Test(query, each_kind_of_term_finds_what_it_says)
{
        put_few();
        for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++)
                cr_expect_str_eq(matches(&f, &kind_incident, terms[i].line), terms[i].ids, "%s: %s",
                                 terms[i].line, matches(&f, &kind_incident, terms[i].line));
}

Test(query, sorts_put_those_without_a_value_last_and_equals_newest_first)
{
        static const struct {
                const char *line, *ids;
        } cases[] = {
                {"sort:severity", "05 02 03 04 01 06"},  {"sort:-severity", "01 03 04 05 02 06"},
                {"sort:status", "01 06 03 04 05 02"},    {"sort:title", "05 02 04 01 06 03"},
                {"sort:-title", "03 06 01 04 02 05"},    {"sort:owner", "01 04 02 05 03 06"},
                {"sort:-owner", "02 04 01 06 03 05"},    {"sort:modified", "04 06 01 02 03 05"},
                {"sort:-modified", "05 03 02 01 06 04"}, {"sort:-acked", "03 05 02 01 06 04"},
        };

        put_few();
        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
                cr_expect_str_eq(matches(&f, &kind_incident, cases[i].line), cases[i].ids, "%s: %s",
                                 cases[i].line, matches(&f, &kind_incident, cases[i].line));
}

Test(query, rows_under_the_hand_stay_and_say_that_they_do_not_match)
{
        const struct filter filter =
                make_filter(&f, &kind_incident, "severity:high hospital sort:title");
        struct row kept = {0};
        struct query *q = NULL;
        struct row *rows;
        size_t count, position;

        put_few();
        MUST(thing_by_id(f.s, numbered_id(&f, "incident", 1), &f.a, &kept, err));
        MUST(query_open(f.s, &filter, (const int64_t[]){999, kept.rid, 7}, 3, &q, err));
        MUST(query_run(q, SIZE_MAX, err));
        MUST(query_page(q, 0, 10, &f.a, &rows, &count, err));
        cr_assert_eq(count, 2);
        cr_assert(rows[0].matches);
        cr_assert_not(rows[1].matches);
        cr_assert_eq(rows[1].rid, kept.rid);
        cr_assert_eq(query_position(q, kept.rid, &position), RC_OK);
        cr_assert_eq(position, 1);
        query_close(q);
}

Test(query, marks_are_tested_and_counted)
{
        struct query *q = NULL;
        int64_t n;

        work_begin(&f);
        for (int i = 0; i < 12; i++) {
                struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", i),
                                          PAIRS(i % 4 ? "status=new" : "status=closed"));

                row.flags = (i % 2 ? MARK_UNACKED : 0) | (i % 3 ? 0 : MARK_CONFLICT);
                put_row(&f, &row);
                row.flags |= MARK_SYSTEM; /* a change moves the counts, it does not add to them */
                put_row(&f, &row);
        }
        work_end(&f);
        cr_assert_str_eq(matches(&f, &kind_incident, "is:unacked is:conflict sort:ref"), "03 09");
        cr_assert_str_eq(matches(&f, &kind_incident, "-is:unacked -is:conflict sort:ref"),
                         "02 04 08 10");
        MUST(query_total(f.s, &kind_incident, &n, err));
        cr_assert_eq(n, 12);
        MUST(query_total(f.s, &kind_log, &n, err));
        cr_assert_eq(n, 0);
        MUST(query_count_marks(f.s, &kind_incident, MARK_UNACKED, &n, err));
        cr_assert_eq(n, 6);
        MUST(query_count_marks(f.s, &kind_incident, MARK_CONFLICT, &n, err));
        cr_assert_eq(n, 3); /* 0 is closed */
        struct filter filter = make_filter(&f, &kind_incident, "");
        filter.sort_field = field_index(&kind_incident, "description");
        cr_assert_eq(query_open(f.s, &filter, NULL, 0, &q, NULL), RC_INVALID);
}

static size_t count_words(const char *text)
{
        size_t n = 0;

        for (; *text; n++) {
                text += strcspn(text, " ");
                text += strspn(text, " ");
        }
        return n;
}

Test(query, the_count_of_the_unacknowledged_is_what_the_filter_finds)
{
        static const char *const parked[] = {
                "parked_until=", "parked_until=2026-11-24T12:00:00.000Z",
                "parked_until=2026-11-24T18:00:00.000Z"};
        static const char *const times[] = {"2026-11-24T11:59:59.999Z", "2026-11-24T12:00:00.000Z",
                                            "2026-11-24T18:00:00.000Z"};
        static const size_t counts[] = {6, 13, 19};
        int64_t n, now;

        work_begin(&f);
        for (int i = 0; i < 40; i++) {
                struct row row =
                        make_row(&f, &kind_incident, numbered_id(&f, "incident", i),
                                 PAIRS(i % 5 ? "status=new" : "status=closed", parked[i % 3]));

                row.flags |= i < 24 ? MARK_UNACKED : 0;
                row.flags |= i > 20 ? MARK_CONFLICT : 0;
                put_row(&f, &row);
        }
        work_end(&f);
        for (size_t i = 0; i < ARRAY_LEN(times); i++) {
                stamp_parse_ms(times[i], &now, NULL);
                clock_fix(now);
                MUST(query_count_unacked(f.s, &kind_incident, now, &n, err));
                cr_assert_eq((size_t)n, counts[i], "%s: %lld", times[i], (long long)n);
                cr_assert_eq(count_words(matches(&f, &kind_incident, "is:unacked status:open")),
                             counts[i]);
        }
        MUST(query_count_unacked(f.s, &kind_log, now, &n, err));
        cr_assert_eq(n, 0, "nobody parks what is in the log");
}

static int64_t count_all(void)
{
        int64_t n = -1;

        MUST(query_total(f.s, &kind_incident, &n, err));
        return n;
}

static void put_numbered(int number)
{
        struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", number), NULL);

        put_row(&f, &row);
}

Test(query, counts_follow_what_others_write_and_what_is_given_up)
{
        struct store *ours = f.s;

        work_begin(&f);
        put_numbered(1);
        work_end(&f);
        cr_assert_eq(count_all(), 1);
        MUST(store_open(store_path(ours), STORE_WRITE, &f.s, err));
        work_begin(&f);
        put_numbered(2);
        work_end(&f);
        store_close(f.s);
        f.s = ours;
        cr_assert_eq(count_all(), 2);
        work_begin(&f);
        put_numbered(3);
        cr_assert_eq(count_all(), 3);
        store_rollback(f.s);
        cr_assert_eq(count_all(), 2);
}

Test(query, what_is_revoked_is_not_open_and_not_counted_with_it)
{
        int64_t n;

        work_begin(&f);
        struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", 900),
                                  PAIRS("status=active", "title=revoked one"));
        row.flags = MARK_CONFLICT | MARK_REVOKED;
        put_row(&f, &row);
        row = make_row(&f, &kind_incident, numbered_id(&f, "incident", 901),
                       PAIRS("status=active", "title=revoked one not"));
        row.flags = MARK_CONFLICT;
        put_row(&f, &row);
        work_end(&f);
        cr_expect_eq(count_words(matches(&f, &kind_incident, "revoked one")), 2);
        cr_expect_eq(count_words(matches(&f, &kind_incident, "revoked one status:open")), 1);
        cr_expect_eq(count_words(matches(&f, &kind_incident, "is:conflict status:open")), 1);
        MUST(query_count_marks(f.s, &kind_incident, MARK_CONFLICT, &n, err));
        cr_expect_eq(n, 1);
}

Test(query, filters_are_counted_at_once_where_the_flags_tell)
{
        static const char *const lines[] = {"",
                                            "status:open",
                                            "status:closed,new -severity:high",
                                            "is:conflict",
                                            "sort:-severity",
                                            "water",
                                            "is:unacked",
                                            "states:DE"};
        struct filter filters[ARRAY_LEN(lines)];
        int64_t counts[ARRAY_LEN(lines)];

        work_begin(&f);
        for (int i = 0; i < 20; i++) {
                struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", i),
                                          PAIRS(i % 4 ? "status=new" : "status=closed",
                                                i % 2 ? "severity=high" : "severity=low"));
                row.flags |= i < 3 ? MARK_CONFLICT : 0;
                put_row(&f, &row);
        }
        work_end(&f);
        for (size_t i = 0; i < ARRAY_LEN(lines); i++)
                filters[i] = make_filter(&f, &kind_incident, lines[i]);
        MUST(query_count_flags(f.s, &kind_incident, filters, ARRAY_LEN(lines), counts, err));
        for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
                bool scan = i >= 5;
                cr_assert_eq(counts[i] < 0, scan, "%s", lines[i]);
                if (!scan)
                        cr_assert_eq((size_t)counts[i],
                                     count_words(matches(&f, &kind_incident, lines[i])), "%s",
                                     lines[i]);
        }
        cr_assert_eq(counts[0], 20);
        cr_assert_eq(counts[1], 15);
}

Test(query, a_page_is_clipped_to_what_is_known)
{
        const struct filter filter = make_filter(&f, &kind_incident, "");
        struct query *q = NULL;
        struct row *rows;
        size_t count;

        put_few();
        MUST(query_open(f.s, &filter, NULL, 0, &q, err));
        MUST(query_page(q, 0, 10, &f.a, &rows, &count, err));
        cr_assert_eq(count, 0);
        MUST(query_run(q, 4, err));
        cr_assert_eq(query_known(q), 4);
        cr_assert_not(query_is_done(q));
        MUST(query_page(q, 3, 10, &f.a, &rows, &count, err));
        cr_assert_eq(count, 1);
        MUST(query_page(q, SIZE_MAX, SIZE_MAX, &f.a, &rows, &count, err));
        cr_assert_eq(count, 0);
        query_close(q);
}

/* Whatever people type that can be read can be asked. */
Test(query, hostile_words_are_words)
{
        static const char *const words[] = {
                "\"", "*",  "^", "a\" OR \"b", "{f_title}:",       "NEAR(a b)",
                "'",  "--", ";", "\xc3",       "\xf0\x9f\x94\xa5", "a*b",
                "(",  "%",  ")"};

        put_few();
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
                struct filter filter = make_filter(&f, &kind_incident, "");
                struct query *q = NULL;

                for (int exact = 0; exact < 2; exact++) {
                        filter.terms[0] = (struct filter_term){
                                .what = FILTER_WORD, .text = words[i], .exact = exact};
                        filter.term_count = 1;
                        MUST(query_open(f.s, &filter, NULL, 0, &q, err));
                        MUST(query_run(q, SIZE_MAX, err));
                        query_close(q);
                }
        }
}

/* What a query makes for itself goes with the transaction that it was asked in. */
Test(query, a_word_is_found_after_a_change_that_was_given_up)
{
        put_few();
        for (int i = 0; i < 2; i++) {
                struct filter filter = make_filter(&f, &kind_incident, "hosp");
                struct query *q = NULL;

                if (i == 0)
                        MUST(store_begin(f.s, err));
                MUST(query_open(f.s, &filter, NULL, 0, &q, err));
                MUST(query_run(q, SIZE_MAX, err));
                cr_assert_eq(query_known(q), 2);
                query_close(q);
                if (i == 0)
                        store_rollback(f.s);
        }
}

Test(query, the_log_is_listed_newest_first)
{
        work_begin(&f);
        for (int i = 1; i <= 3; i++) {
                const struct row row = make_row(
                        &f, &kind_log, numbered_id(&f, "note", i),
                        PAIRS(arena_printf(&f.a, "occurred=2026-11-2%dT00:00:00.000Z", i * 7 % 5),
                              "text=called the hospital", "operator=duarte",
                              arena_printf(&f.a, "about=%s", numbered_id(&f, "incident", i))));

                put_row(&f, &row);
        }
        work_end(&f);
        cr_assert_str_eq(matches(&f, &kind_log, ""), "02 01 03");
        cr_assert_str_eq(matches(&f, &kind_log, "hospital operator:duarte sort:occurred"),
                         "03 01 02");
        cr_assert_str_eq(matches(&f, &kind_log,
                                 arena_printf(&f.a, "about:%s", numbered_id(&f, "incident", 3))),
                         "03");
}
