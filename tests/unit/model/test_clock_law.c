#include "model/clock_law.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "law_files.h"

#define HEAD "{\"name\":\"n\",\"title\":\"t\",\"version\":\"1\",\"source\":\"s\","
#define RULE "\"id\":\"r\",\"label\":\"l\",\"what\":\"w\",\"authority\":\"a\",\"text\":\"x\","

static enum rc add(struct clock_law *law, const char *text, struct err *err)
{
        return clock_law_add(law, text, strlen(text), err);
}

Test(clock_law, has_every_clock_that_the_field_knows)
{
        static const struct {
                const char *rule;
                int hours, days, months;
                enum clock_anchor anchor;
                bool starts;
        } known[] = {{"nis2-ew", 24, 0, 0, ANCHOR_AWARE, true},
                     {"nis2-in", 72, 0, 0, ANCHOR_AWARE, true},
                     {"nis2-in-tsp", 24, 0, 0, ANCHOR_AWARE, false},
                     {"nis2-ir", 0, 0, 0, ANCHOR_REQUEST, false},
                     {"nis2-fr", 0, 0, 1, ANCHOR_FILING, false},
                     {"nis2-fh", 0, 0, 1, ANCHOR_HANDLED, false},
                     {"nis2-fb", 24, 0, 0, ANCHOR_RECEIPT, false},
                     {"nis2-rec", 0, 0, 0, ANCHOR_AWARE, false},
                     {"nis2-xb", 0, 0, 0, ANCHOR_AWARE, false},
                     {"gdpr-33", 72, 0, 0, ANCHOR_AWARE, true},
                     {"gdpr-34", 0, 0, 0, ANCHOR_AWARE, false},
                     {"cer-initial", 24, 0, 0, ANCHOR_AWARE, true},
                     {"cer-detailed", 0, 0, 1, ANCHOR_AWARE, true},
                     {"cra-ev-ew", 24, 0, 0, ANCHOR_AWARE, true},
                     {"cra-ev-in", 72, 0, 0, ANCHOR_AWARE, true},
                     {"cra-ev-fr", 0, 14, 0, ANCHOR_MEASURE, false},
                     {"cra-si-fr", 0, 0, 1, ANCHOR_FILING, false},
                     {"dora-classified", 4, 0, 0, ANCHOR_CLASSIFIED, false},
                     {"dora-initial", 24, 0, 0, ANCHOR_AWARE, true},
                     {"dora-intermediate", 72, 0, 0, ANCHOR_FILING, false},
                     {"dora-final", 0, 0, 1, ANCHOR_FILING, false},
                     {"euiba-ew", 24, 0, 0, ANCHOR_AWARE, true},
                     {"euiba-fr", 0, 0, 1, ANCHOR_FILING, false},
                     {"eidas-19", 24, 0, 0, ANCHOR_AWARE, true},
                     {"csa-reply", 48, 0, 0, ANCHOR_REQUEST, true},
                     {"crrt-ready", 72, 0, 0, ANCHOR_REQUEST, true}};
        CLEANUP(clock_law_cleanup) struct clock_law *law = law_files_load();

        for (size_t i = 0; i < ARRAY_LEN(known); i++) {
                const struct clock_rule *rule = clock_rule_find(law, known[i].rule);

                cr_assert(rule, "%s", known[i].rule);
                cr_expect_eq(rule->period.hours, known[i].hours, "%s", rule->id);
                cr_expect_eq(rule->period.days, known[i].days, "%s", rule->id);
                cr_expect_eq(rule->period.months, known[i].months, "%s", rule->id);
                cr_expect_eq(rule->anchor, known[i].anchor, "%s", rule->id);
                cr_expect_eq(rule->starts, known[i].starts, "%s", rule->id);
                cr_expect_eq(rule->period.moves, rule->dated && !rule->period.hours, "%s",
                             rule->id);
        }
}

/* NIS2, Article 23(4)(a): without these two the early warning says nothing. */
Test(clock_law, names_what_a_report_must_have)
{
        CLEANUP(clock_law_cleanup) struct clock_law *law = law_files_load();
        const struct clock_rule *rule = clock_rule_find(law, "nis2-ew");

        cr_assert_eq(rule->content_count, 2);
        cr_expect_str_eq(rule->content[0].id, "malicious");
        cr_expect_str_eq(rule->content[1].id, "cross-border");
        cr_expect(rule->content[0].needed && rule->content[1].needed);
        cr_expect_str_eq(rule->regime->name, "nis2");
        cr_expect_str_eq(clock_rule_find(law, "nis2-in-tsp")->report, "nis2-in");
        cr_expect_null(clock_rule_find(law, "nis2"));
        cr_expect_str_eq(clock_rule_nearest(law, "nis-2"), "nis2");
}

Test(clock_law, a_changed_file_changes_the_rule_and_the_hash)
{
        CLEANUP(clock_law_cleanup) struct clock_law *law = clock_law_create();
        AUTO_FREE char *before = NULL;

        cr_assert_eq(
                add(law, HEAD "\"rules\":[{" RULE "\"anchor\":\"aware\",\"hours\":72}]}", NULL),
                RC_OK);
        before = xstrdup(clock_law_hash(law));
        cr_assert_eq(
                add(law, HEAD "\"rules\":[{" RULE "\"anchor\":\"aware\",\"hours\":96}]}", NULL),
                RC_OK);
        cr_expect_eq(clock_regime_count(law), 1);
        cr_expect_eq(clock_rule_find(law, "r")->period.hours, 96);
        cr_expect_str_neq(clock_law_hash(law), before);
        cr_expect_str_eq(clock_law_hash(NULL), "");
}

static void expect_refused(const char *text, const char *why)
{
        CLEANUP(clock_law_cleanup) struct clock_law *law = clock_law_create();
        struct err err = {.text = ""};

        cr_expect_eq(add(law, text, &err), RC_INVALID, "%s", text);
        cr_expect_str_eq(err.text, why);
        cr_expect_eq(clock_regime_count(law), 0);
        cr_expect_str_eq(clock_law_hash(law), "");
}

Test(clock_law, refuses_with_the_place)
{
        expect_refused("{}", "name is missing");
        expect_refused(HEAD "\"x\":1}", "it has neither \"rules\" nor \"calendars\"");
        expect_refused(HEAD "\"rules\":[]}", "rules has no member");
        expect_refused(HEAD "\"rules\":[{" RULE "\"anchor\":\"aware\",\"hours\":0}]}",
                       "rules.0.hours takes a whole number from 1 to 8784");
        expect_refused(HEAD "\"rules\":[{" RULE "\"anchor\":\"aware\",\"hours\":1,\"days\":1}]}",
                       "rules.0.hours, days and months: one of them only");
        expect_refused(HEAD "\"rules\":[{" RULE
                            "\"anchor\":\"aware\",\"hours\":1,\"moves\":true}]}",
                       "rules.0.moves: a period in hours never does");
        expect_refused(HEAD "\"rules\":[{" RULE "\"anchor\":\"noon\"}]}",
                       "rules.0.anchor takes aware, classified, request, receipt, measure, handled "
                       "or filing:RULE; not \"noon\"");
        expect_refused(HEAD "\"rules\":[{" RULE "\"anchor\":\"filing:r\"}]}",
                       "rules.0.anchor: r is no other rule of the regime");
        expect_refused(HEAD "\"rules\":[{" RULE "\"anchor\":\"aware\"},{" RULE
                            "\"anchor\":\"aware\"}]}",
                       "rules.1.id: r is there twice");
        expect_refused(HEAD "\"rules\":[{" RULE "\"anchor\":\"aware\",\"applies_from\":\"soon\"}]}",
                       "rules.0.applies_from takes a date such as 2026-09-11");
        expect_refused(HEAD
                       "\"calendars\":[{\"state\":\"X\",\"zone\":\"Z\",\"fixed\":[\"02-30\"]}]}",
                       "calendars.0.fixed.0 takes a month and day such as 12-25");
        expect_refused(HEAD
                       "\"calendars\":[{\"state\":\"X\",\"zone\":\"Z\",\"years\":[2027,2026]}]}",
                       "calendars.0.years takes the first and the last, 1900 to 2099");
}
