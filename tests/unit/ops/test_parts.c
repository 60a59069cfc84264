/* What others say of an incident by objects of their own: found, replaced, withdrawn, exported. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "model/filter.h"
#include "model/part.h"
#include "ops/export.h"
#include "unit/desk.h"

TestSuite(parts);

#define PARTS    "tests/fixtures/screens/parts.json"
#define INCIDENT "incident--0e000000-0000-4000-8000-000000000001"

static char *document(void)
{
        char *bytes = NULL;
        size_t len = 0;
        struct err err = {0};

        cr_assert_eq(file_read(PARTS, 1 << 20, &bytes, &len, &err), RC_OK, "%s", err.text);
        return bytes;
}

static void bring(struct desk *d, const char *text)
{
        struct err err = {0};

        cr_assert_eq(desk_import(d, text, &err), RC_OK, "%s", err.text);
}

static void view(struct desk *d, int64_t at_ms, struct arena *a, struct ops_view *ret)
{
        struct err err = {0};

        cr_assert_eq(ops_view(&d->ops, INCIDENT, at_ms, a, ret, &err), RC_OK, "%s", err.text);
}

/* Titles of the parts of a kind, in order, joined by "|". */
static const char *titles_of(const struct ops_view *v, const struct kind *kind, struct arena *a)
{
        const char *all = "";

        for (size_t i = 0; i < v->part_count; i++) {
                const struct thing *t = &v->parts[i];
                const char *word = thing_text(t, kind->title);

                if (t->kind == kind)
                        all = arena_printf(a, "%s%s%s", all, *all ? "|" : "",
                                           word ? word : part_title(t, a));
        }
        return all;
}

static const char *titles(struct desk *d, const struct kind *kind, struct arena *a)
{
        struct ops_view v;

        view(d, CLOCK_NONE, a, &v);
        return titles_of(&v, kind, a);
}

static const struct thing *part(const struct ops_view *v, const char *id)
{
        for (size_t i = 0; i < v->part_count; i++)
                if (strcmp(v->parts[i].id, id) == 0)
                        return &v->parts[i];
        cr_assert_fail("no part %s", id);
        return NULL;
}

#define OPINION(minute, word, revoked, about)                                                      \
        "{\"type\":\"opinion\",\"spec_version\":\"2.1\","                                          \
        "\"id\":\"opinion--0e000000-0000-4000-8000-000000000009\","                                \
        "\"created\":\"2026-11-24T08:00:00.000Z\",\"modified\":\"2026-11-24T08:" minute            \
        ":00.000Z\",\"opinion\":\"" word "\",\"revoked\":" revoked ",\"object_refs\":[\"" about    \
        "\"]}"

#define EVENTS                                                                                     \
        "Mail with a loader opened in accounting|Backups deleted first, by the account of an "     \
        "administrator on leave|File servers encrypted|Data published"
#define TASKS                                                                                      \
        "Cut the hospitals' link to the regional network|Rebuild the domain controllers|Tell the " \
        "data protection authority|Restore from the offline copy"

static void all_is_there(struct desk *d)
{
        CLEANUP(arena_finish) struct arena a = {0};

        cr_expect_str_eq(titles(d, &part_event, &a), EVENTS);
        cr_expect_str_eq(titles(d, &part_impact, &a), "confidentiality|availability|monetary");
        cr_expect_str_eq(titles(d, &part_task, &a), TASKS);
        cr_expect_str_eq(titles(d, &part_opinion, &a), "agree|strongly-disagree");
        cr_expect_str_eq(titles(d, &part_report, &a),
                         "Ransomware at hospitals, first report|What the night shift collected");
}

Test(parts, are_found_with_those_that_they_name)
{
        AUTO_FREE char *text = document();
        struct desk d;

        desk_start(&d);
        bring(&d, text);
        all_is_there(&d);
        desk_stop(&d);
}

Test(parts, have_the_names_of_people_and_marks)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *text = document();
        struct ops_view v;
        struct desk d;

        desk_start(&d);
        bring(&d, text);
        view(&d, CLOCK_NONE, &a, &v);
        cr_expect_str_eq(
                thing_text(part(&v, "task--0e000000-0000-4000-8000-000000000002"), "owner"),
                "Health CERT");
        cr_expect_str_eq(
                thing_text(part(&v, "task--0e000000-0000-4000-8000-000000000001"), "performer"),
                "CERT Bretagne");
        cr_expect_str_eq(
                thing_text(part(&v, "impact--0e000000-0000-4000-8000-000000000001"), "impacted"),
                "Hospital of Vannes");
        cr_expect_str_eq(
                thing_text(part(&v, "report--0e000000-0000-4000-8000-000000000001"), "tlp"),
                "amber");
        cr_expect_null(
                thing_text(part(&v, "opinion--0e000000-0000-4000-8000-000000000001"), "tlp"));
        desk_stop(&d);
}

/* One object a file, the last one first: so each comes before what it names, or after. */
static void bring_one_by_one(struct desk *d, const char *text, bool backwards)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *lines[64];
        size_t count = 0;

        /* each stands in a line, the bundle around them too */
        for (const char *line = strchr(text, '\n') + 1; line[0] == '{'; line++) {
                size_t len = strcspn(line, "\n");

                lines[count++] = arena_strndup(&a, line, line[len - 1] == ',' ? len - 1 : len);
                line += len;
        }
        cr_assert_gt(count, 20);
        for (size_t i = 0; i < count; i++)
                bring(d, lines[backwards ? count - 1 - i : i]);
}

Test(parts, come_in_any_order)
{
        AUTO_FREE char *text = document();

        for (int backwards = 0; backwards < 2; backwards++) {
                struct desk d;

                desk_start(&d);
                bring_one_by_one(&d, text, backwards);
                all_is_there(&d);
                desk_stop(&d);
        }
}

Test(parts, a_newer_version_replaces_and_a_revoked_one_is_gone)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *text = document();
        struct desk d;

        desk_start(&d);
        bring(&d, text);
        bring(&d, OPINION("10", "neutral", "false", INCIDENT));
        cr_expect_str_eq(titles(&d, &part_opinion, &a), "agree|strongly-disagree|neutral");
        bring(&d, OPINION("20", "disagree", "false", INCIDENT));
        bring(&d, OPINION("15", "agree", "false", INCIDENT));
        cr_expect_str_eq(titles(&d, &part_opinion, &a), "agree|strongly-disagree|disagree");
        bring(&d, OPINION("30", "disagree", "false", FOREIGN_ID(1)));
        cr_expect_str_eq(titles(&d, &part_opinion, &a), "agree|strongly-disagree", "of another");
        bring(&d, OPINION("40", "disagree", "false", INCIDENT));
        cr_expect_str_eq(titles(&d, &part_opinion, &a), "agree|strongly-disagree|disagree");
        bring(&d, OPINION("50", "disagree", "true", INCIDENT));
        cr_expect_str_eq(titles(&d, &part_opinion, &a), "agree|strongly-disagree");
        desk_stop(&d);
}

Test(parts, are_shown_as_they_were_known_then)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *text = document();
        struct ops_view v;
        struct desk d;

        desk_start(&d);
        bring(&d, text);
        clock_advance(10 * MINUTE);
        bring(&d, OPINION("10", "neutral", "false", INCIDENT));
        clock_advance(10 * MINUTE);
        bring(&d, OPINION("20", "disagree", "false", INCIDENT));
        view(&d, DESK_NOW + MINUTE, &a, &v);
        cr_expect_str_eq(titles_of(&v, &part_opinion, &a), "agree|strongly-disagree");
        view(&d, DESK_NOW + 15 * MINUTE, &a, &v);
        cr_expect_str_eq(titles_of(&v, &part_opinion, &a), "agree|strongly-disagree|neutral");
        desk_stop(&d);
}

Test(parts, who_is_no_longer_assigned_is_not_named)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *text = document();
        struct ops_view v;
        struct desk d;

        desk_start(&d);
        bring(&d, text);
        bring(&d, "{\"type\":\"relationship\",\"spec_version\":\"2.1\",\"revoked\":true,"
                  "\"id\":\"relationship--0e000000-0000-4000-8000-000000000001\","
                  "\"created\":\"2026-11-24T08:00:00.000Z\","
                  "\"modified\":\"2026-11-24T08:30:00.000Z\",\"relationship_type\":\"assigned\","
                  "\"source_ref\":\"identity--0e000000-0000-4000-8000-0000000000f2\","
                  "\"target_ref\":\"task--0e000000-0000-4000-8000-000000000002\"}");
        view(&d, CLOCK_NONE, &a, &v);
        cr_expect_null(thing_text(part(&v, "task--0e000000-0000-4000-8000-000000000002"), "owner"));
        desk_stop(&d);
}

/* Tasks that name each other in a ring, and an incident that names itself through a case. */
Test(parts, a_ring_ends)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *text = document();
        struct desk d;

        desk_start(&d);
        bring(&d, text);
        bring(&d, "{\"type\":\"task\",\"spec_version\":\"2.1\",\"name\":\"Round\","
                  "\"id\":\"task--0e000000-0000-4000-8000-000000000004\",\"outcome\":\"ongoing\","
                  "\"created\":\"2026-11-24T08:00:00.000Z\","
                  "\"modified\":\"2026-11-24T08:30:00.000Z\","
                  "\"subtasks\":[{\"task_ref\":\"task--0e000000-0000-4000-8000-000000000002\"},"
                  "{\"task_ref\":\"task--0e000000-0000-4000-8000-000000000004\"}],"
                  "\"object_refs\":[\"" INCIDENT "\"]}");
        cr_expect(strstr(titles(&d, &part_task, &a), "Round"));
        desk_stop(&d);
}

Test(parts, more_than_a_screen_reads_are_cut_and_said)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str many = {0};
        AUTO_FREE char *text = document();
        struct ops_view v;
        struct desk d;

        str_init(&many, 8 << 20);
        str_add(&many, "[");
        for (int i = 0; i < 600; i++)
                str_addf(&many,
                         "%s{\"type\":\"opinion\",\"spec_version\":\"2.1\","
                         "\"id\":\"opinion--0e000000-0000-4000-8001-%012d\","
                         "\"created\":\"2026-11-24T08:00:00.000Z\","
                         "\"modified\":\"2026-11-24T08:00:00.000Z\",\"opinion\":\"agree\","
                         "\"object_refs\":[\"" INCIDENT "\"]}",
                         i ? "," : "", i);
        str_add(&many, "]");
        desk_start(&d);
        bring(&d, text);
        view(&d, CLOCK_NONE, &a, &v);
        cr_expect_not(v.parts_cut);
        bring(&d, str_text(&many));
        view(&d, CLOCK_NONE, &a, &v);
        cr_expect(v.parts_cut);
        cr_expect_leq(v.part_count, 500);
        cr_expect_str_eq(titles_of(&v, &part_event, &a), EVENTS, "what it names comes first");
        desk_stop(&d);
}

Test(parts, a_rebuild_finds_them_again)
{
        AUTO_FREE char *text = document();
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        bring(&d, text);
        bring(&d, OPINION("10", "neutral", "false", INCIDENT));
        bring(&d, OPINION("20", "neutral", "true", INCIDENT));
        cr_assert_eq(ops_rebuild(&d.ops, &(struct rebuild_options){0}, &err), RC_OK, "%s",
                     err.text);
        all_is_there(&d);
        desk_reopen(&d, STORE_WRITE);
        all_is_there(&d);
        desk_stop(&d);
}

/* ---- with an export ---------------------------------------------------------------------------
 */

static enum rc gather(void *ctx, const char *bytes, size_t len, struct err *err)
{
        (void)err;
        str_addn(ctx, bytes, len);
        return RC_OK;
}

/* What `line` lists, with what is about it; malloc'ed. */
static char *export_of(struct desk *d, const char *line, int ceiling, int64_t *ret_held_back)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct filter_context fc = {.kind = &kind_incident, .values = {.now_ms = DESK_NOW}};
        struct export_result result;
        struct filter f;
        struct str out;
        struct err err = {0};

        str_init(&out, 8 << 20);
        cr_assert_eq(filter_read(line, &fc, &a, &f, NULL, &err), RC_OK, "%s", err.text);
        cr_assert_eq(ops_export(&d->ops, &(struct export_options){.filter = &f, .ceiling = ceiling},
                                gather, &out, &result, &err),
                     RC_OK, "%s", err.text);
        *ret_held_back = result.held_back;
        return str_take(&out);
}

static bool goes_along(const char *bundle, const char *id)
{
        AUTO_FREE char *compact = xasprintf("\"id\":\"%s\"", id);

        return strstr(bundle, compact) != NULL;
}

/* Two incidents in one report: the report goes with either, and takes no other along. */
Test(parts, go_with_their_incident_byte_for_byte)
{
        AUTO_FREE char *text = document();
        AUTO_FREE char *other = foreign_incident(1, 0, "Another", "");
        static const char both[] =
                "{\"type\":\"report\",\"spec_version\":\"2.1\",  \"name\":\"Both\","
                "\"id\":\"report--0e000000-0000-4000-8000-000000000009\","
                "\"created\":\"2026-11-24T08:00:00.000Z\",\"modified\":\"2026-11-24T08:00:00."
                "000Z\","
                "\"object_refs\":[\"" INCIDENT "\",\"" FOREIGN_ID(1) "\"]}";
        int64_t held_back = 0;
        struct desk d;

        desk_start(&d);
        bring(&d, text);
        bring(&d, other);
        bring(&d, both);
        AUTO_FREE char *bundle = export_of(&d, "hospitals", -1, &held_back);
        cr_expect(strstr(bundle, both), "byte for byte");
        cr_expect(goes_along(bundle, INCIDENT));
        cr_expect(goes_along(bundle, "event--0e000000-0000-4000-8000-000000000004"), "a subevent");
        cr_expect(goes_along(bundle, "impact--0e000000-0000-4000-8000-000000000003"));
        cr_expect(goes_along(bundle, "opinion--0e000000-0000-4000-8000-000000000002"));
        cr_expect(goes_along(bundle, "grouping--0e000000-0000-4000-8000-000000000001"));
        cr_expect(goes_along(bundle, "identity--0e000000-0000-4000-8000-0000000000a1"), "is hit");
        cr_expect(goes_along(bundle, "relationship--0e000000-0000-4000-8000-000000000001"));
        cr_expect(goes_along(bundle, "identity--0e000000-0000-4000-8000-0000000000f2"));
        cr_expect_not(goes_along(bundle, FOREIGN_ID(1)), "the other incident stays here");
        desk_stop(&d);
}

/* What is said of a RED incident is RED, whatever it says of itself. */
Test(parts, what_names_a_red_incident_is_held_back_with_it)
{
        AUTO_FREE char *text = document();
        AUTO_FREE char *red = foreign_incident(1, 0, "Red",
                                               ",\"object_marking_refs\":[\"marking-definition--"
                                               "5e57c739-391a-4eb3-b6be-7d15ca92d5ed\"]");
        int64_t held_back = 0;
        struct desk d;

        desk_start(&d);
        bring(&d, text);
        bring(&d, red);
        bring(&d, OPINION("10", "agree", "false", FOREIGN_ID(1)));
        AUTO_FREE char *bundle = export_of(&d, "", TLP_AMBER, &held_back);
        cr_expect(goes_along(bundle, INCIDENT));
        cr_expect(goes_along(bundle, "report--0e000000-0000-4000-8000-000000000001"));
        cr_expect_not(goes_along(bundle, FOREIGN_ID(1)));
        cr_expect_not(goes_along(bundle, "opinion--0e000000-0000-4000-8000-000000000009"));
        cr_expect_eq(held_back, 2);
        desk_stop(&d);
}
