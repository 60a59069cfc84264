#include "model/clocks.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "drafts.h"
#include "law_files.h"

#define AWARE "2026-11-24T01:04:00.000Z"
#define EW    "nis2-ew@" AWARE
#define IN    "nis2-in@" AWARE

/* Members of sets may hold commas in these macros, so they are arrays. */
struct bench {
        struct clock_law *law;
        struct arena a;
        struct folded f;
        struct clock_list list;
};

static void start(struct bench *b)
{
        b->law = law_files_load();
        arena_init(&b->a);
}

static void finish(struct bench *b)
{
        clock_law_destroy(b->law);
        arena_finish(&b->a);
}

static void derive(struct bench *b, struct draft *const *drafts)
{
        fold_drafts(NULL, drafts, &b->a, &b->f);
        clocks_derive(b->law, &b->f, &b->a, &b->list);
}

/* Sets as a base of another unit has them: without acts. */
static void derive_from(struct bench *b, const char *const *clocks, size_t clock_count,
                        const char *const *filings, size_t filing_count)
{
        b->f = (struct folded){0};
        thing_init(&b->f.thing, &kind_incident, "incident--00000000-0000-4000-8000-000000000001");
        thing_set_items(&b->f.thing, "clocks", clocks, clock_count, &b->a);
        thing_set_items(&b->f.thing, "filings", filings, filing_count, &b->a);
        clocks_derive(b->law, &b->f, &b->a, &b->list);
}

/* "STATE RULE DUE": one line per clock, the whole picture. */
static const char *shown(struct bench *b)
{
        static const char *const states[] = {"running", "filed", "stopped", "waits"};
        char *out = arena_strdup(&b->a, "");

        for (size_t i = 0; i < b->list.count; i++) {
                const struct clock *c = &b->list.clocks[i];
                char due[STAMP_BYTES] = "-";

                if (c->due_ms != CLOCK_NONE)
                        stamp_format_s(c->due_ms, due);
                out = arena_printf(&b->a, "%s%s%s %s %s%s", out, i ? "; " : "", states[c->state],
                                   c->rule_id, due,
                                   c->state == CLOCK_FILED && !c->in_time ? " late" : "");
        }
        return out;
}

Test(clocks, elements_are_canonical_or_nothing)
{
        static const char *const bad[] = {"",
                                          "nis2-ew",
                                          "nis2-ew@",
                                          "@" AWARE,
                                          "-ew@" AWARE,
                                          "NIS2-EW@" AWARE,
                                          "nis2-ew@2026-11-24T01:04:00Z",
                                          "nis2-ew@2026-11-24T02:04:00.000+01:00",
                                          "nis2-ew@" AWARE " ",
                                          "nis2-ew@" AWARE "=",
                                          "nis2-ew@" AWARE
                                          "=2026-11-24T01:03:59.999Z", /* filed before it began */
                                          "nis2-ew@" AWARE "=" AWARE "=" AWARE,
                                          "nis2-ew@2026-02-30T01:04:00.000Z",
                                          "a-rule-with-a-name-of-more-than-forty-bytes@" AWARE};
        struct clock_element e;

        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                cr_expect_not(clock_element_read(bad[i], &e), "%s", bad[i]);
        cr_expect(clock_is_started(EW));
        cr_expect_not(clock_is_filing(EW));
        cr_expect(clock_is_filing(EW "=" AWARE));
        cr_expect_not(clock_is_started(EW "=" AWARE));
}

Test(clocks, the_final_report_runs_from_the_filing_of_the_notification)
{
        struct bench b = {0};

        start(&b);
        derive_from(&b, (const char *[]){EW, IN}, 2, NULL, 0);
        cr_expect_str_eq(shown(&b), "running nis2-ew 2026-11-25T02:00:00Z; running nis2-in "
                                    "2026-11-27T02:00:00Z; waits nis2-fr -");
        cr_expect_str_eq(clocks_next(&b.list)->rule_id, "nis2-ew");

        derive_from(
                &b, (const char *[]){EW, IN}, 2,
                (const char *[]){EW "=2026-11-24T09:00:00.000Z", IN "=2026-11-26T10:30:00.000Z"},
                2);
        /* 26 December is a Saturday: Monday the 28th */
        cr_expect_str_eq(shown(&b), "filed nis2-ew 2026-11-25T02:00:00Z; filed nis2-in "
                                    "2026-11-27T02:00:00Z; running nis2-fr 2026-12-28T23:00:00Z");
        finish(&b);
}

Test(clocks, a_corrected_filing_moves_the_final_and_keeps_what_was_filed_for_it)
{
        struct bench b = {0};

        start(&b);
        derive_from(&b, (const char *[]){IN}, 1,
                    (const char *[]){IN "=2026-11-25T12:00:00.000Z",
                                     "nis2-fr@2026-11-25T10:00:00.000Z=2026-12-01T08:00:00.000Z"},
                    2);
        cr_expect_str_eq(shown(&b), "filed nis2-in 2026-11-27T02:00:00Z; filed nis2-fr "
                                    "2026-12-28T23:00:00Z");
        finish(&b);
}

Test(clocks, of_two_filings_the_earliest_counts)
{
        struct bench b = {0};

        start(&b);
        derive_from(
                &b, (const char *[]){EW}, 1,
                (const char *[]){EW "=2026-11-25T03:00:00.000Z", EW "=2026-11-25T02:00:00.000Z"},
                2);
        cr_expect_str_eq(shown(&b), "filed nis2-ew 2026-11-25T02:00:00Z");
        derive_from(&b, (const char *[]){EW}, 1, (const char *[]){EW "=2026-11-25T02:00:00.001Z"},
                    1);
        cr_expect_str_eq(shown(&b), "filed nis2-ew 2026-11-25T02:00:00Z late");
        cr_expect(clock_is_late(&b.list.clocks[0], 0));
        finish(&b);
}

/* DORA: 4 hours from classification and 24 from awareness are met by one notification. */
Test(clocks, one_filing_meets_all_clocks_of_its_report)
{
        struct bench b = {0};

        start(&b);
        derive_from(
                &b,
                (const char *[]){"dora-initial@" AWARE, "dora-classified@2026-11-24T06:10:00.000Z"},
                2,
                (const char *[]){"dora-classified@2026-11-24T06:10:00.000Z="
                                 "2026-11-24T11:30:00.000Z"},
                1);
        /* 07:00 + 4 h: half an hour late; the outer limit was kept; 12:00 + 72 h */
        cr_expect_str_eq(shown(&b), "filed dora-initial 2026-11-25T02:00:00Z; filed "
                                    "dora-classified 2026-11-24T11:00:00Z late; running "
                                    "dora-intermediate 2026-11-27T12:00:00Z; waits dora-final -");
        finish(&b);
}

Test(clocks, two_of_one_rule_are_told_apart_by_their_anchor)
{
        struct bench b = {0};

        start(&b);
        derive_from(&b,
                    (const char *[]){"csa-reply@2026-11-24T08:00:00.000Z",
                                     "csa-reply@2026-11-25T08:00:00.000Z"},
                    2,
                    (const char *[]){"csa-reply@2026-11-25T08:00:00.000Z="
                                     "2026-11-25T10:00:00.000Z"},
                    1);
        cr_expect_str_eq(shown(&b), "filed csa-reply 2026-11-27T09:00:00Z; running csa-reply "
                                    "2026-11-26T09:00:00Z");
        finish(&b);
}

Test(clocks, what_the_law_here_does_not_know_is_kept_without_a_due_time)
{
        struct bench b = {0};

        start(&b);
        derive_from(&b, (const char *[]){"fr-loi@" AWARE, "rubbish", EW "=" AWARE}, 3,
                    (const char *[]){"nis2-ew@" AWARE, "nis2-ew@2026-11-24T01:04:00.000Z=1"}, 2);
        cr_expect_str_eq(shown(&b), "running fr-loi -");
        cr_expect_null(clocks_next(&b.list));
        cr_expect_str_eq(clock_why(&b.list.clocks[0], &b.a),
                         "the law files here do not have this rule, so there is no due time");
        finish(&b);
}

Test(clocks, days_are_those_of_the_one_state_of_the_incident)
{
        static const char *const filed[] = {IN "=2026-11-24T23:59:00.000Z"};
        struct bench b = {0};

        start(&b);
        b.f = (struct folded){0};
        thing_init(&b.f.thing, &kind_incident, "incident--00000000-0000-4000-8000-000000000001");
        thing_set_items(&b.f.thing, "clocks", (const char *[]){IN}, 1, &b.a);
        thing_set_items(&b.f.thing, "filings", filed, 1, &b.a);
        thing_set_items(&b.f.thing, "states", (const char *[]){"PT"}, 1, &b.a);
        clocks_derive(b.law, &b.f, &b.a, &b.list);
        cr_expect_eq(b.list.clocks[1].due_ms, INT64_C(1798156800000)); /* 2026-12-25T00:00Z */
        thing_set_items(&b.f.thing, "states", (const char *[]){"PT", "FI"}, 2, &b.a);
        clocks_derive(b.law, &b.f, &b.a, &b.list);
        cr_expect_eq(b.list.clocks[1].due_ms, INT64_C(1798498800000)); /* 2026-12-28T23:00Z */
        finish(&b);
}

Test(clocks, who_starts_one_may_say_whose_days_count)
{
        static const char *const filed[] = {IN "=2026-11-24T23:59:00.000Z"};
        struct act_element started = {.field = "clocks", .item = IN};
        struct act_detail state = {"state", "PT"};
        struct act act = {.verb = "start",
                          .elements = &started,
                          .element_count = 1,
                          .details = &state,
                          .detail_count = 1};
        struct fold_entry log = {.act = &act, .applied = true};
        struct bench b = {0};

        start(&b);
        thing_init(&b.f.thing, &kind_incident, "incident--00000000-0000-4000-8000-000000000001");
        thing_set_items(&b.f.thing, "clocks", (const char *[]){IN}, 1, &b.a);
        thing_set_items(&b.f.thing, "filings", filed, 1, &b.a);
        thing_set_items(&b.f.thing, "states", (const char *[]){"PT", "FI"}, 2, &b.a);
        b.f.log = &log;
        b.f.log_count = 1;
        clocks_derive(b.law, &b.f, &b.a, &b.list);
        cr_expect_str_eq(b.list.clocks[1].rule_id, "nis2-fr");
        cr_expect_eq(b.list.clocks[1].due_ms, INT64_C(1798156800000), "what follows too");
        state.value = "XX";
        clocks_derive(b.law, &b.f, &b.a, &b.list);
        cr_expect_eq(b.list.clocks[1].due_ms, INT64_C(1798498800000), "no such State: as before");
        started.item = EW;
        state.value = "PT";
        clocks_derive(b.law, &b.f, &b.a, &b.list);
        cr_expect_eq(b.list.clocks[1].due_ms, INT64_C(1798498800000), "said of another clock");
        finish(&b);
}

Test(clocks, warn_at_a_quarter_left_and_an_hour_before)
{
        struct bench b = {0};

        start(&b);
        derive_from(&b, (const char *[]){EW, "dora-classified@" AWARE}, 2, NULL, 0);
        for (size_t i = 0; i < b.list.count; i++) {
                const struct clock *c = &b.list.clocks[i];

                if (c->state != CLOCK_RUNNING)
                        continue;
                cr_expect_eq(c->quarter_ms, c->due_ms - (c->due_ms - c->anchor_ms) / 4);
                cr_expect_eq(c->hour_ms, c->due_ms - 3600000);
        }
        finish(&b);
}

Test(clocks, a_stopped_clock_stays_and_an_undone_start_does_not)
{
        struct bench b = {0};
        static const struct act_detail rule[] = {{"rule", "nis2-ew"}};
        struct draft *open, *started, *stop, *undo;

        start(&b);
        open = draft_opening(&b.a);
        started = draft_add(draft(&b.a, "a", 1, "start"), "clocks", EW);
        stop = draft_remove(draft(&b.a, "a", 2, "stop"), "clocks", EW);
        stop->act.reason = "below the threshold";
        started->act.details = stop->act.details = rule;
        started->act.detail_count = stop->act.detail_count = 1;
        draft_saw(stop, "clocks", started);
        derive(&b, DRAFTS(open, started, stop));
        cr_expect_str_eq(shown(&b), "stopped nis2-ew 2026-11-25T02:00:00Z");
        cr_expect_eq(b.list.clocks[0].stopped, &stop->act);

        undo = draft_remove(draft(&b.a, "a", 2, "undo"), "clocks", EW);
        undo->act.undoes = started->act.id;
        draft_saw(undo, "clocks", started);
        derive(&b, DRAFTS(open, started, undo));
        cr_expect_str_eq(shown(&b), "");
        finish(&b);
}

Test(clocks, say_how_the_due_time_follows)
{
        struct bench b = {0};

        start(&b);
        derive_from(&b, (const char *[]){IN}, 1, (const char *[]){IN "=2026-11-26T10:30:00.000Z"},
                    1);
        cr_expect_str_eq(
                clock_why(&b.list.clocks[0], &b.a),
                "72 hours from becoming aware, 2026-11-24 01:04Z. The hour of the event is "
                "not counted, so they run from 2026-11-24 02:00Z and end 2026-11-27 02:00Z; "
                "weekends and holidays count (Regulation 1182/71, Article 3(1), (2)(a), "
                "(3))");
        cr_expect_str_eq(clock_why(&b.list.clocks[1], &b.a),
                         "1 month from the filing, 2026-11-26 10:30Z, Thu 26 Nov 2026 in BE (CET). "
                         "The end is the last hour of Sat 26 Dec 2026 (Regulation 1182/71, Article "
                         "3(2)(c)). That is no working day in BE, so the end moves to Mon 28 Dec "
                         "2026 (Article 3(4)), that is 2026-12-28 23:00Z");
        finish(&b);
}
