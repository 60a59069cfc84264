#include "report/report.h"

#include <string.h>

#include <criterion/criterion.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"

/* A report made by hand: one fact, one late entry that was undone, one sentence. */
static struct report make(const char *text, struct row *entry)
{
        static struct report_item facts[1], entries[1], open[1];
        struct report r = {.kind = "incident",
                           .ref = "INC-0001",
                           .title = "Incident INC-0001: Power cut",
                           .as_of = "2026-11-24T13:00:00Z",
                           .made = "duarte, CERT-XX",
                           .marking = TLP_AMBER,
                           .section_count = 3};
        memset(entry, 0, sizeof(*entry));
        thing_init(&entry->thing, &kind_log, "note--1");
        thing_set(&entry->thing, "text", text);
        facts[0] = (struct report_item){.label = "severity", .text = "HIGH", .key = "severity"};
        facts[0].value = thing_value(&entry->thing, "text");
        entries[0] = (struct report_item){.label = "duarte",
                                          .text = text,
                                          .entry = entry,
                                          .when = "2026-11-24T12:00:00Z",
                                          .recorded = "recorded 2026-11-24T12:30:00Z, 30 min late",
                                          .remark = "undone"};
        open[0] = (struct report_item){.text = text};
        r.sections[0] = (struct report_section){
                .key = "facts", .title = "Facts", .facts = true, .items = facts, .count = 1};
        r.sections[1] = (struct report_section){
                .key = "timeline", .title = "Timeline", .items = entries, .count = 1};
        r.sections[2] = (struct report_section){
                .key = "open", .title = "What is open", .items = open, .count = 1};
        return r;
}

static size_t count(const char *text, const char *what)
{
        size_t n = 0;
        for (const char *at = text; (at = strstr(at, what)); at += strlen(what))
                n++;
        return n;
}

Test(report_print, marks_the_text_on_top_and_at_the_end)
{
        CLEANUP(str_finish) struct str out = {0};
        struct row entry;
        struct report r = make("two hospitals down", &entry);
        r.exercise = true;
        str_init(&out, REPORT_BYTES_MAX);
        report_print_text(&r, &out);
        cr_assert_eq(strncmp(str_text(&out), "TLP:AMBER\nEXERCISE EXERCISE EXERCISE\n\n", 38), 0);
        cr_assert_str_eq(str_text(&out) + out.len - 38,
                         "\nTLP:AMBER\nEXERCISE EXERCISE EXERCISE\n");
        cr_assert(strstr(str_text(&out), "\nFACTS\n  severity        HIGH\n"));
        cr_assert(strstr(str_text(&out), "  2026-11-24T12:00:00Z  duarte\n    two hospitals down\n"
                                         "    recorded 2026-11-24T12:30:00Z, 30 min late\n"
                                         "    undone\n"));
}

Test(report_print, no_line_of_the_text_is_longer_than_it_may_be)
{
        CLEANUP(str_finish) struct str out = {0};
        struct row entry;
        char text[2000];
        for (size_t i = 0; i < sizeof(text) - 1; i++)
                text[i] = i % 7 == 6 || (i > 900 && i < 1500 && i % 97 == 0) ? ' ' : 'x';
        text[sizeof(text) - 1] = '\0';
        memset(text + 1000, 'y', 300);
        struct report r = make(text, &entry);
        str_init(&out, REPORT_BYTES_MAX);
        report_print_text(&r, &out);
        for (const char *line = str_text(&out); *line; line += strcspn(line, "\n") + 1)
                cr_assert_leq(strcspn(line, "\n"), REPORT_COLUMNS, "%.*s", (int)strcspn(line, "\n"),
                              line);
}

static void expect_markdown(const char *text, const char *item)
{
        CLEANUP(str_finish) struct str out = {0};
        struct row entry;
        struct report r = make(text, &entry);
        str_init(&out, REPORT_BYTES_MAX);
        report_print_markdown(&r, &out);
        cr_assert(strstr(str_text(&out), item), "%s is not in\n%s", item, str_text(&out));
        cr_assert_eq(count(str_text(&out), "**TLP:AMBER**"), 2);
}

Test(report_print, nothing_from_outside_is_markdown)
{
        expect_markdown("# no heading", "\n- \\# no heading\n");
        expect_markdown("- no list", "\n- \\- no list\n");
        expect_markdown("1. no number", "\n- 1\\. no number\n");
        expect_markdown("*a* _b_ `c` <d> [e](f) | &lt;",
                        "\n- \\*a\\* \\_b\\_ \\`c\\` \\<d\\> \\[e\\](f) \\| \\&lt;\n");
        expect_markdown("http://evil.example www.evil.example a@b.example",
                        "\n- http\\://evil.example www\\.evil.example a\\@b.example\n");
        expect_markdown("one\n    two\n\nthree", "\n- one\\\n  two\n\n  three\n");
        expect_markdown("at 13:04, 2.5 million", "\n- at 13:04, 2.5 million\n");
}

Test(report_print, json_has_facts_as_members_and_entries_as_objects)
{
        struct row entry;
        struct report r = make("a\nb", &entry);
        CLEANUP(json_cleanup) struct json_t *j = report_json(&r);
        cr_assert_str_eq(json_text(json_path(j, "facts.severity"), ""), "a\nb");
        cr_assert_str_eq(json_text(json_path(j, "timeline.0.text"), ""), "a\nb");
        cr_assert(json_bool(json_path(j, "timeline.0.late"), false));
        cr_assert_str_eq(json_text(json_path(j, "open.0"), ""), "a\nb");
        cr_assert_str_eq(json_text(json_get(j, "marking"), ""), "TLP:AMBER");
}
