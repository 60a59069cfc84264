#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "store/journal.h"
#include "unit/desk.h"

TestSuite(do);

static void refused(struct desk *d, enum rc want, const char *id, const char *verb,
                    const char *field, const char *value, const char *sentence)
{
        struct store_stats before = desk_stats(d), after;
        struct err err = {0};

        cr_assert_eq(desk_try(d, id, verb, field, value, NULL, &err), want, "%s %s: %s", verb,
                     value ? value : "", err.text);
        cr_assert(strstr(err.text, sentence), "%s", err.text);
        cr_assert_not(store_in_transaction(d->ops.store));
        after = desk_stats(d);
        cr_assert_eq(before.versions, after.versions);
        cr_assert_eq(before.acts, after.acts);
        cr_assert_eq(before.journal, after.journal);
        cr_assert_eq(before.outbox, after.outbox);
        cr_assert_eq(before.things, after.things);
}

Test(do, a_new_thing_is_new_known_to_its_maker_and_in_the_outbox)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX], second[STIX_ID_MAX];
        struct store_stats before, after;
        struct desk d;
        struct row row;

        desk_start(&d);
        before = desk_stats(&d);
        desk_new(&d, "Ransomware in a hospital", "high", id);
        after = desk_stats(&d);
        cr_assert_eq(after.acts, before.acts + 1);
        cr_assert_eq(after.outbox, before.outbox + 1);
        cr_assert_eq(after.journal, before.journal + 1);
        desk_row(&d, id, &a, &row);
        cr_assert_str_eq(row.ref, "INC-0001");
        cr_assert_str_eq(thing_text(&row.thing, "status"), "new");
        cr_assert_str_eq(thing_text(&row.thing, "acked_by"), "duarte");
        cr_assert_str_eq(thing_text(&row.thing, "source"), "Test CSIRT");
        cr_assert_str_eq(thing_text(&row.thing, "tlp"), "amber");
        cr_assert_not(row.tlp_given);
        cr_assert_eq(row.flags & (MARK_UNACKED | MARK_FOREIGN | MARK_CONFLICT), 0);
        desk_new(&d, "Another", "low", second);
        desk_row(&d, second, &a, &row);
        cr_assert_str_eq(row.ref, "INC-0002");
        desk_stop(&d);
}

Test(do, verbs_change_what_boards_show)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct row *log = NULL;
        size_t count = 0;
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Ransomware", "medium", id);
        desk_do(&d, id, "severity", "severity", "CRITICAL");
        cr_assert_str_eq(desk_shows(&d, id, "severity", &a), "critical");
        desk_do(&d, id, "owner", "owner", "me");
        cr_assert_str_eq(desk_shows(&d, id, "owner", &a), "duarte");
        desk_do(&d, id, "set", "sectors", "Health, drinking water");
        cr_assert_str_eq(desk_shows(&d, id, "sectors", &a), "drinking-water,health");
        desk_do(&d, id, "set", "sectors", "+energy -Health");
        cr_assert_str_eq(desk_shows(&d, id, "sectors", &a), "drinking-water,energy");
        desk_do(&d, id, "set", "sectors", "+banking +banking -energy,-Energy +drinking-water");
        cr_assert_str_eq(desk_shows(&d, id, "sectors", &a), "banking,drinking-water");
        desk_do(&d, id, "set", "sectors", "energy");
        cr_assert_str_eq(desk_shows(&d, id, "sectors", &a), "energy");
        desk_do(&d, id, "set", "owner", "");
        cr_assert_str_eq(desk_shows(&d, id, "owner", &a), "");
        cr_assert_eq(desk_try(&d, id, "status", "status", "closed", "all is well", &err),
                     RC_CONFLICT);
        cr_assert(strstr(err.text, "it has no class; despite=WHY"), "%s", err.text);
        err_clear(&err);
        desk_do(&d, id, "type", "type", "ddos");
        cr_assert_str_eq(desk_shows(&d, id, "class", &a), "availability");
        cr_assert_eq(desk_try(&d, id, "status", "status", "closed", "all is well", &err), RC_OK);
        cr_assert_str_eq(desk_shows(&d, id, "status", &a), "closed");
        desk_do(&d, id, "note", NULL, "called the hospital");
        cr_assert_eq(thing_log(d.ops.store, id, 0, 20, &a, &log, &count, &err), RC_OK);
        cr_assert_eq(count, 11);
        desk_stop(&d);
}

Test(do, what_is_refused_leaves_nothing)
{
        char id[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Ransomware", "medium", id);
        refused(&d, RC_INVALID, id, "severety", "severity", "high", "nearest: severity");
        refused(&d, RC_INVALID, id, "set", "sevrity", "high", "nearest: severity");
        refused(&d, RC_INVALID, id, "severity", "severity", "enormous", "severity takes");
        refused(&d, RC_INVALID, id, "severity", NULL, NULL, "severity needs a value");
        refused(&d, RC_INVALID, id, "severity", "title", "x", "severity does not set title");
        refused(&d, RC_INVALID, id, "set", "status", "closed", "changed by its verb close");
        refused(&d, RC_INVALID, id, "set", "created", "now", "follows from others");
        refused(&d, RC_INVALID, id, "set", "title", " ", "title can't be empty");
        refused(&d, RC_INVALID, id, "set", "sectors", "+energy -moon", "sectors takes");
        refused(&d, RC_INVALID, id, "set", "sectors", "+energy,-Energy",
                "sectors: energy can't be added and taken out at once");
        refused(&d, RC_INVALID, id, "set", "sectors", "-energy +health +energy",
                "sectors: energy can't be added and taken out at once");
        refused(&d, RC_INVALID, id, "note", NULL, "  ", "INC-0001: it needs a text");
        refused(&d, RC_INVALID, id, "status", "status", "closed", "closing needs a reason");
        refused(&d, RC_INVALID, id, "open", "title", "x", "opened by making a new one");
        refused(&d, RC_CONFLICT, id, "ack", NULL, NULL, "INC-0001: already acknowledged");
        refused(&d, RC_CONFLICT, id, "severity", "severity", "medium", "nothing would change");
        refused(&d, RC_CONFLICT, id, "settle", "severity", "high", "not in conflict");
        refused(&d, RC_NOTFOUND, "incident--00000000-0000-4000-8000-000000000099", "ack", NULL,
                NULL, "");
        desk_do(&d, id, "set", "tlp", "red");
        refused(&d, RC_INVALID, id, "set", "tlp", "green", "needs a reason");
        desk_stop(&d);
}

Test(do, a_new_thing_needs_its_fields)
{
        const struct ops_field fields[] = {{"title", "No severity"}};
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct store_stats before;
        struct desk d;

        desk_start(&d);
        before = desk_stats(&d);
        cr_assert_eq(ops_new(&d.ops, &kind_incident,
                             &(struct ops_request){
                                     .fields = fields, .field_count = 1, .occurred_ms = CLOCK_NONE},
                             id, &err),
                     RC_INVALID);
        cr_assert(strstr(err.text, "severity is missing"), "%s", err.text);
        cr_assert_eq(before.journal, desk_stats(&d).journal);
        cr_assert_eq(before.versions, desk_stats(&d).versions);
        desk_stop(&d);
}

Test(do, on_several_things_all_or_none)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char one[STIX_ID_MAX], two[STIX_ID_MAX];
        const char *ids[2] = {one, two};
        const struct ops_field closed = {"status", "closed"}, high = {"severity", "high"};
        struct ops_request r = {.verb = "status",
                                .fields = &closed,
                                .field_count = 1,
                                .reason = "over",
                                .occurred_ms = CLOCK_NONE};
        struct err err = {0};
        struct store_stats before;
        struct desk d;

        desk_start(&d);
        desk_new(&d, "One", "low", one);
        desk_new(&d, "Two", "high", two);
        desk_do(&d, one, "class", "class", "availability");
        desk_do(&d, two, "class", "class", "availability");
        r.verb = "severity";
        r.fields = &high;
        r.reason = NULL;
        before = desk_stats(&d);
        cr_assert_eq(ops_do_all(&d.ops, ids, 2, &r, &err), RC_OK, "%s", err.text);
        cr_assert_eq(desk_stats(&d).acts, before.acts + 1, "what is so already is left alone");
        r.verb = "status";
        r.fields = &closed;
        r.reason = "over";
        cr_assert_eq(ops_do(&d.ops, two, &r, &err), RC_OK, "%s", err.text);
        before = desk_stats(&d);
        cr_assert_eq(ops_do_all(&d.ops, ids, 2, &r, &err), RC_CONFLICT);
        cr_assert(strstr(err.text, "INC-0002"), "%s", err.text);
        cr_assert_eq(desk_stats(&d).acts, before.acts);
        cr_assert_eq(desk_stats(&d).journal, before.journal);
        cr_assert_str_eq(desk_shows(&d, one, "status", &a), "new");
        desk_stop(&d);
}

Test(do, nobody_writes_without_a_name_or_in_a_readonly_database)
{
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_new(&d, "One", "low", id);
        d.ops.operator= NULL;
        cr_assert_eq(desk_try(&d, id, "note", NULL, "x", NULL, &err), RC_DENIED);
        d.ops.operator= "duarte";
        desk_reopen(&d, STORE_READ);
        err_clear(&err);
        cr_assert_eq(desk_try(&d, id, "note", NULL, "x", NULL, &err), RC_DENIED);
        cr_assert(strstr(err.text, "read-only"), "%s", err.text);
        desk_stop(&d);
}

Test(do, the_journal_stays_sound)
{
        struct journal_report report;
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_new(&d, "One", "low", id);
        desk_do(&d, id, "severity", "severity", "high");
        desk_reopen(&d, STORE_WRITE);
        cr_assert_eq(journal_verify(d.ops.store, &report, &err), RC_OK, "%s", err.text);
        cr_assert_eq(report.entries, 3);
        cr_assert_eq(report.versions, 3);
        cr_assert_geq(report.signatures, 1);
        desk_stop(&d);
}

Test(do, acts_are_marked_as_the_strictest_of_before_and_after)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct row *log = NULL;
        size_t count = 0;
        struct desk d;

        desk_start(&d);
        desk_new(&d, "One", "low", id);
        desk_do(&d, id, "set", "tlp", "red");
        cr_assert_eq(desk_try(&d, id, "set", "tlp", "clear", "it is in the press", &err), RC_OK);
        desk_do(&d, id, "note", NULL, "said so");
        cr_assert_eq(thing_log(d.ops.store, id, 0, 20, &a, &log, &count, &err), RC_OK);
        cr_assert_eq(count, 4);
        for (size_t i = 0; i < count; i++) {
                const char *verb = thing_text(&log[i].thing, "verb");
                const char *want = strcmp(verb, "set") == 0    ? "red"
                                   : strcmp(verb, "note") == 0 ? "clear"
                                                               : "amber";

                cr_assert_str_eq(thing_text(&log[i].thing, "tlp"), want, "%s", verb);
        }
        desk_stop(&d);
}

static const struct ops_field steps_severity = {.name = "severity", .value = "low"};
static const struct ops_field steps_owner = {.name = "owner", .value = "novak"};

Test(do, steps_are_one_transaction)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct ops_request steps[] = {
                {.verb = "severity",
                 .fields = &steps_severity,
                 .field_count = 1,
                 .occurred_ms = CLOCK_NONE},
                {.verb = "severity",
                 .fields = &steps_severity,
                 .field_count = 1,
                 .occurred_ms = CLOCK_NONE},
                {.verb = "owner",
                 .fields = &steps_owner,
                 .field_count = 1,
                 .occurred_ms = CLOCK_NONE},
        };
        char id[STIX_ID_MAX];
        struct store_stats before, after;
        struct err err = {0};
        struct desk d;
        struct row row;

        desk_start(&d);
        desk_new(&d, "Ransomware in a hospital", "high", id);
        before = desk_stats(&d);
        cr_assert_eq(ops_do_steps(&d.ops, id, steps, 3, &err), RC_OK, "%s", err.text);
        after = desk_stats(&d);
        cr_assert_eq(after.acts, before.acts + 2, "what would change nothing is passed over");
        cr_assert_eq(after.journal, before.journal + 1);
        desk_row(&d, id, &a, &row);
        cr_assert_str_eq(thing_text(&row.thing, "severity"), "low");
        cr_assert_str_eq(thing_text(&row.thing, "owner"), "novak");
        cr_assert_eq(ops_do_steps(&d.ops, id, steps, 3, &err), RC_CONFLICT);
        desk_stop(&d);
}

Test(do, a_refused_step_takes_the_others_along)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct ops_request steps[] = {
                {.verb = "severity",
                 .fields = &steps_severity,
                 .field_count = 1,
                 .occurred_ms = CLOCK_NONE},
                {.verb = "ack", .occurred_ms = CLOCK_NONE},
        };
        char id[STIX_ID_MAX];
        struct store_stats before, after;
        struct err err = {0};
        struct desk d;
        struct row row;

        desk_start(&d);
        desk_new(&d, "Ransomware in a hospital", "high", id); /* acknowledged by its maker */
        before = desk_stats(&d);
        cr_assert_eq(ops_do_steps(&d.ops, id, steps, 2, &err), RC_CONFLICT);
        cr_assert(strstr(err.text, "INC-0001: already acknowledged"), "%s", err.text);
        after = desk_stats(&d);
        cr_assert_eq(after.versions, before.versions);
        desk_row(&d, id, &a, &row);
        cr_assert_str_eq(thing_text(&row.thing, "severity"), "high");
        desk_stop(&d);
}
