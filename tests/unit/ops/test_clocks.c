/* Clocks of law: started, filed, corrected, stopped; and the rows that follow from them. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "ops/metrics.h"
#include "store/clocks.h"
#include "store/query.h"
#include "unit/desk.h"

#define RULE(id, label, anchor, more)                                                              \
        "{\"id\":\"" id "\",\"label\":\"" label "\",\"what\":\"report\",\"authority\":\"a\","      \
        "\"text\":\"t\",\"anchor\":\"" anchor "\"" more "}"
#define LAW(hours)                                                                                               \
        "{\"name\":\"reg\",\"title\":\"t\",\"version\":\"1\",\"source\":\"s\",\"rules\":[" RULE(                 \
                "ew", "EW", "aware",                                                                             \
                ",\"hours\":" hours ",\"starts\":true,\"content\":[{\"id\":\"malice\","                          \
                "\"label\":\"whether by malice\",\"needed\":true},"                                              \
                "{\"id\":\"iocs\",\"label\":\"indicators\"}]") "," RULE("in", "IN", "aware",                     \
                                                                        ",\"hours\":72,"                         \
                                                                        "\"starts\":true") "," RULE("fr",        \
                                                                                                    "FR",        \
                                                                                                    "filing:in", \
                                                                                                    ",\"months\":1") "]}"

struct bench {
        struct desk d;
        struct clock_law *law;
        char id[STIX_ID_MAX];
};

static struct clock_law *law_of(const char *text)
{
        struct clock_law *law = clock_law_create();
        struct err err = {0};

        cr_assert_eq(clock_law_add(law, text, strlen(text), &err), RC_OK, "%s", err.text);
        return law;
}

static void start(struct bench *b)
{
        desk_start(&b->d);
        b->law = law_of(LAW("24"));
        b->d.ops.law = b->law;
        desk_new(&b->d, "Ransomware", "high", b->id);
}

static void stop(struct bench *b)
{
        desk_stop(&b->d);
        clock_law_destroy(b->law);
}

/* "NAME VALUE" pairs, ended by NULL. */
static enum rc act(struct bench *b, struct err *err, const char *verb, const char *const *pairs)
{
        struct ops_field details[8];
        size_t n = 0;

        for (; pairs[2 * n]; n++)
                details[n] = (struct ops_field){pairs[2 * n], pairs[2 * n + 1]};
        return ops_do(&b->d.ops, b->id,
                      &(struct ops_request){.verb = verb,
                                            .details = details,
                                            .detail_count = n,
                                            .reason = strcmp(verb, "stop") == 0 ? "a test" : NULL,
                                            .occurred_ms = CLOCK_NONE},
                      err);
}
#define ACT(b, err, verb, ...) act(b, err, verb, (const char *const[]){__VA_ARGS__, NULL, NULL})
#define DONE(b, verb, ...)                                                                         \
        do {                                                                                       \
                struct err done_ = {0};                                                            \
                cr_assert_eq(ACT(b, &done_, verb, __VA_ARGS__), RC_OK, "%s", done_.text);          \
        } while (0)

/* "LABEL STATE DUE;" of every row, by due time. */
static const char *rows(struct bench *b, struct arena *a)
{
        struct filter f = {.kind = &kind_clock,
                           .sort_field = field_index(&kind_clock, "due"),
                           .sort_given = true};
        struct query *q = NULL;
        struct row *list = NULL;
        size_t count = 0;
        const char *out = "";

        cr_assert_eq(query_open(b->d.ops.store, &f, NULL, 0, &q, NULL), RC_OK);
        cr_assert_eq(query_run(q, SIZE_MAX, NULL), RC_OK);
        cr_assert_eq(query_page(q, 0, 100, a, &list, &count, NULL), RC_OK);
        for (size_t i = 0; i < count; i++)
                out = arena_printf(a, "%s%s %s %s %.16s;", out, list[i].ref,
                                   thing_text(&list[i].thing, "label"),
                                   thing_text(&list[i].thing, "state"),
                                   thing_text(&list[i].thing, "due"));
        query_close(q);
        return out;
}

Test(clocks, a_regime_starts_from_one_time_of_awareness)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct bench b;

        start(&b);
        DONE(&b, "start", "rule", "reg", "anchor", "2026-11-24T10:20:00Z");
        cr_expect_str_eq(rows(&b, &a), "INC-0001 EW running 2026-11-25T11:00;"
                                       "INC-0001 IN running 2026-11-27T11:00;");
        cr_expect_str_eq(desk_shows(&b.d, b.id, "next_clock", &a), "EW");
        cr_expect_str_eq(desk_shows(&b.d, b.id, "next_due", &a), "2026-11-25T11:00:00.000Z");
        stop(&b);
}

/* When nothing else is said they are aware since it was acknowledged: 12:00:00 is in hour 12. */
Test(clocks, awareness_is_the_acknowledgement_where_nothing_else_is_said)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct bench b;

        start(&b);
        clock_advance(90 * MINUTE);
        DONE(&b, "start", "rule", "ew");
        cr_expect_str_eq(rows(&b, &a), "INC-0001 EW running 2026-11-25T13:00;");
        stop(&b);
}

/* Time goes on while an act is made: what is filed now was not filed after it was written. */
Test(clocks, a_filing_of_just_now_counts_while_time_goes_on)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct bench b;

        start(&b);
        DONE(&b, "start", "rule", "reg", "anchor", "2026-11-24T10:20:00Z");
        clock_creep(1);
        DONE(&b, "file", "rule", "ew", "authority", "X", "items", "all");
        clock_creep(0);
        cr_expect_str_eq(rows(&b, &a), "INC-0001 EW filed 2026-11-25T11:00;"
                                       "INC-0001 IN running 2026-11-27T11:00;");
        stop(&b);
}

static void refused(struct bench *b, enum rc rc, struct err *err, const char *why)
{
        cr_expect(rc == RC_INVALID || rc == RC_CONFLICT, "%s", why);
        cr_expect(strstr(err->text, why), "%s, not %s", err->text, why);
        cr_expect_eq(desk_stats(&b->d).acts, 2); /* opened, started */
        err_clear(err);
}

Test(clocks, what_a_filing_lacks_is_named_and_nothing_is_written)
{
        struct err err = {0};
        struct bench b;

        start(&b);
        DONE(&b, "start", "rule", "ew", "anchor", "-1h");
        refused(&b, ACT(&b, &err, "file", "rule", "ew", "authority", "X"), &err,
                "must have malice (whether by malice)");
        refused(&b, ACT(&b, &err, "file", "rule", "ew", "authority", "X", "items", "iocs"), &err,
                "must have malice");
        refused(&b, ACT(&b, &err, "file", "rule", "ew", "authority", "X", "items", "malicee"), &err,
                "nearest: malice");
        refused(&b, ACT(&b, &err, "file", "rule", "ew", "items", "all"), &err, "authority");
        refused(&b,
                ACT(&b, &err, "file", "rule", "ew", "authority", "X", "items", "all", "at",
                    "+1min"),
                &err, "still to come");
        refused(&b,
                ACT(&b, &err, "file", "rule", "ew", "authority", "X", "items", "all", "at", "-2h"),
                &err, "when EW began");
        refused(&b, ACT(&b, &err, "file", "rule", "in", "authority", "X"), &err, "does not run");
        refused(&b, ACT(&b, &err, "file", "rule", "fr", "authority", "X"), &err,
                "starts when in is filed");
        refused(&b, ACT(&b, &err, "start", "rule", "ew", "anchor", "+1h"), &err, "still to come");
        refused(&b, ACT(&b, &err, "start", "rule", "rex"), &err, "nearest: reg");
        refused(&b, ACT(&b, &err, "start", "rule", "ew"), &err, "runs already");
        stop(&b);
}

Test(clocks, the_final_starts_by_itself_and_follows_a_corrected_filing)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct bench b;

        start(&b);
        DONE(&b, "start", "rule", "in", "anchor", "2026-11-23T08:00:00Z");
        DONE(&b, "file", "rule", "in", "authority", "X", "at", "2026-11-24T09:00:00Z", "channel",
             "portal", "reference", "77");
        cr_expect_str_eq(rows(&b, &a), "INC-0001 IN filed 2026-11-26T09:00;"
                                       "INC-0001 FR running 2026-12-25T00:00;");
        DONE(&b, "file", "rule", "in", "authority", "Y", "at", "2026-11-23T09:00:00Z");
        cr_expect_str_eq(rows(&b, &a), "INC-0001 IN filed 2026-11-26T09:00;"
                                       "INC-0001 FR running 2026-12-24T00:00;");
        stop(&b);
}

Test(clocks, a_stopped_one_stays_listed_can_be_undone_and_start_again)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *said = NULL;
        struct bench b;

        start(&b);
        DONE(&b, "start", "rule", "ew", "anchor", "2026-11-24T10:20:00Z");
        DONE(&b, "stop", "rule", "reg");
        cr_expect_str_eq(rows(&b, &a), "INC-0001 EW stopped 2026-11-25T11:00;");
        cr_expect_str_eq(desk_shows(&b.d, b.id, "next_due", &a), "");
        cr_assert_eq(ops_undo(&b.d.ops, &said, NULL), RC_OK);
        cr_expect_str_eq(rows(&b, &a), "INC-0001 EW running 2026-11-25T11:00;");
        DONE(&b, "stop", "rule", "ew");
        DONE(&b, "start", "rule", "ew", "anchor", "2026-11-24T10:20:00Z");
        cr_expect_str_eq(rows(&b, &a), "INC-0001 EW running 2026-11-25T11:00;");
        stop(&b);
}

/* Who closes it all the same says why, and the log says what was not filed. */
Test(clocks, closing_names_what_was_not_filed)
{
        static const struct ops_field closed = {"status", "closed"},
                                      despite = {"despite", "the authority knows"};
        const struct ops_request close = {.verb = "status",
                                          .fields = &closed,
                                          .field_count = 1,
                                          .details = &despite,
                                          .detail_count = 1,
                                          .reason = "a test",
                                          .occurred_ms = CLOCK_NONE};
        CLEANUP(arena_finish) struct arena a = {0};
        struct err err = {0};
        struct ops_view v;
        struct bench b;

        start(&b);
        DONE(&b, "start", "rule", "ew", "anchor", "2026-11-24T10:20:00Z");
        desk_try(&b.d, b.id, "ack", NULL, NULL, NULL, NULL);
        cr_assert_eq(desk_try(&b.d, b.id, "class", "class", "availability", NULL, NULL), RC_OK);
        cr_assert_eq(desk_try(&b.d, b.id, "status", "status", "closed", "a test", &err),
                     RC_CONFLICT);
        cr_expect_str_eq(err.text,
                         "INC-0001: not filed yet: EW due 2026-11-25T11:00:00Z; despite=WHY closes "
                         "it all the same");
        cr_assert_eq(ops_do(&b.d.ops, b.id, &close, NULL), RC_OK);
        cr_assert_eq(ops_view(&b.d.ops, b.id, CLOCK_NONE, &a, &v, NULL), RC_OK);
        cr_expect_str_eq(v.folded.log[v.folded.log_count - 1].act->text,
                         "status new -> closed; despite that the authority knows: a test; not "
                         "filed yet: EW due "
                         "2026-11-25T11:00:00Z");
        stop(&b);
}

/* The law moves: the rows are made again when the database is opened with another. */
Test(clocks, another_law_gives_other_due_times)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct clock_law *later = law_of(LAW("96"));
        struct ops ops;
        struct bench b;

        start(&b);
        DONE(&b, "start", "rule", "ew", "anchor", "2026-11-24T10:20:00Z");
        cr_assert_eq(ops_open(&(struct ops_options){.path = b.d.path,
                                                    .mode = STORE_WRITE,
                                                    .operator= "novak",
                                                    .law = later},
                              &ops, NULL),
                     RC_OK);
        cr_expect_not(ops_rows_are_stale(&ops));
        cr_expect_str_eq(rows(&b, &a), "INC-0001 EW running 2026-11-28T11:00;");
        ops.law = b.law;
        cr_expect(ops_rows_are_stale(&ops));
        ops_close(&ops);
        clock_law_destroy(later);
        stop(&b);
}

Test(clocks, what_crosses_a_point_is_found_once_and_only_while_it_runs)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct clock_crossing *list = NULL;
        struct clock_ahead ahead;
        int64_t anchor = DESK_NOW - 60 * MINUTE, due, all = 0;
        size_t count = 0;
        struct bench b;

        start(&b);
        DONE(&b, "start", "rule", "ew", "anchor", "-1h");
        due = DESK_NOW + 24 * 60 * MINUTE; /* from the hour after 11:00 */
        int64_t quarter = due - (due - anchor) / 4;
        cr_assert_eq(clocks_crossed(b.d.ops.store, quarter - 1, quarter, 3, &a, &list, &count, &all,
                                    NULL),
                     RC_OK);
        cr_assert_eq(count, 1);
        cr_expect_eq(list[0].point, CLOCK_POINT_QUARTER);
        cr_expect_str_eq(list[0].ref, "INC-0001");
        clocks_crossed(b.d.ops.store, quarter, due - 60 * MINUTE - 1, 3, &a, &list, &count, &all,
                       NULL);
        cr_expect_eq(all, 0);
        clocks_crossed(b.d.ops.store, anchor, due, 1, &a, &list, &count, &all, NULL);
        cr_expect_eq(all, 3);
        cr_expect_eq(count, 1);
        cr_expect_eq(list[0].point, CLOCK_POINT_DUE);
        cr_assert_eq(clocks_ahead(b.d.ops.store, due + 1, &a, &ahead, NULL), RC_OK);
        cr_expect_eq(ahead.overdue, 1);
        cr_expect_null(ahead.ref);
        DONE(&b, "file", "rule", "ew", "authority", "X", "items", "malice iocs");
        clocks_crossed(b.d.ops.store, anchor, due, 3, &a, &list, &count, &all, NULL);
        cr_expect_eq(all, 0);
        stop(&b);
}

static struct metrics_report measured(struct bench *b)
{
        const struct filter all = {.kind = &kind_incident, .sort_field = -1};
        CLEANUP(metrics_cleanup) struct metrics *m = metrics_create();
        struct metrics_report r;

        cr_assert_eq(ops_metrics(&b->d.ops, &all, m, NULL), RC_OK);
        metrics_report(m, &r);
        return r;
}

/* Who never files has no rate of a hundred per cent: what is owed is told beside it. */
Test(clocks, what_was_filed_in_time_is_a_figure_and_what_is_owed_another)
{
        struct metrics_report r;
        struct bench b;

        start(&b);
        DONE(&b, "start", "rule", "reg", "anchor", "2026-11-24T10:20:00Z");
        DONE(&b, "file", "rule", "ew", "authority", "X", "items", "all");
        r = measured(&b);
        cr_expect_eq(r.filings, 1);
        cr_expect_eq(r.filings_in_time, 1);
        cr_expect_eq(r.filings_overdue, 0);
        clock_advance(96 * 60 * MINUTE);
        r = measured(&b);
        cr_expect_eq(r.filings, 1);
        cr_expect_eq(r.filings_overdue, 1);
        DONE(&b, "file", "rule", "in", "authority", "X");
        r = measured(&b);
        cr_expect_eq(r.filings, 2);
        cr_expect_eq(r.filings_in_time, 1);
        cr_expect_eq(r.filings_overdue, 0);
        stop(&b);
}

Test(clocks, a_start_is_foreseen_as_it_will_be_told)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct ops_field rule = {"rule", "reg"}, bad = {"rule", "regg"};
        struct ops_request r = {
                .verb = "start", .details = &rule, .detail_count = 1, .occurred_ms = CLOCK_NONE};
        const char *sentence = NULL;
        struct err err = {0};
        struct bench b;

        start(&b);
        struct store_stats before = desk_stats(&b.d);
        cr_assert_eq(ops_foresee(&b.d.ops, b.id, &r, &a, &sentence, &err), RC_OK, "%s", err.text);
        cr_assert(strstr(sentence, "clocks started from becoming aware, 2026-11-24 12:00Z: EW "
                                   "report due 2026-11-25"),
                  "%s", sentence);
        cr_assert_eq(desk_stats(&b.d).acts, before.acts, "nothing is written");
        cr_assert_eq(ops_do(&b.d.ops, b.id, &r, NULL), RC_OK);
        cr_assert_eq(ops_foresee(&b.d.ops, b.id, &r, &a, &sentence, &err), RC_CONFLICT);
        cr_assert(strstr(err.text, "runs already"), "%s", err.text);
        r.details = &bad;
        err_clear(&err);
        cr_assert_eq(ops_foresee(&b.d.ops, b.id, &r, &a, &sentence, &err), RC_INVALID);
        cr_assert(strstr(err.text, "nearest: reg"), "%s", err.text);
        stop(&b);
}
