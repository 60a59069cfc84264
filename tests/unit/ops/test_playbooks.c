/* Playbooks that come in: kept as they came, by content, the same on every desk. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "books.h"

TestSuite(playbooks);

#define LIST                                                                                       \
        "# Water\nLabels: availability, ddos\nSectors: energy\nSeverity: 80\n\n## Steps\n\n- "     \
        "Look (must)\n- Act\n"
#define LONGER LIST "- Tell\n"

static void take(struct desk *d, const char *text)
{
        struct err err = {0};

        cr_assert_eq(desk_import(d, text, &err), RC_OK, "%s", err.text);
}

static struct held_playbook held(struct desk *d, const char *id, struct arena *a)
{
        struct held_playbook p;
        struct err err = {0};

        cr_assert_eq(ops_playbook(&d->ops, id, a, &p, &err), RC_OK, "%s", err.text);
        return p;
}

Test(playbooks, a_document_is_given_back_byte_for_byte)
{
        AUTO_FREE char *document = book_document(LIST, DESK_NOW);
        AUTO_FREE char *text = xasprintf("\n  %s\n\n", document);
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        book_take(&d, LIST, DESK_NOW, id); /* for its id */
        take(&d, text);
        const struct held_playbook p = held(&d, id, &a);
        cr_assert(p.is_twin, "two contents of one id and time");
        struct playbook_version *versions = NULL;
        size_t count = 0;
        cr_assert_eq(ops_playbook_versions(&d.ops, id, &a, &versions, &count, NULL), RC_OK);
        cr_assert_eq(count, 2);
        for (size_t i = 0; i < count; i++) {
                struct held_playbook one;

                cr_assert_eq(ops_playbook_content(&d.ops, versions[i].hash, &a, &one, NULL), RC_OK);
                cr_assert(one.doc.len == strlen(text)
                                  ? memcmp(one.doc.bytes, text, one.doc.len) == 0
                                  : memcmp(one.doc.bytes, document, one.doc.len) == 0);
        }
        cr_assert(strstr(d.findings.s, "two contents under one id and time"));
        desk_stop(&d);
}

/* The same playbook of the same time, with a way that leads nowhere, and blanks behind it. */
static char *broken_twin(const char *document, int blanks)
{
        static const char way[] = "\"on_completion\":\"action--";
        AUTO_FREE char *text = xasprintf("%s%*s", document, blanks, "");
        char *step = strstr(text, way);

        cr_assert(step, "a step follows");
        step += strlen(way);
        *step = *step == '0' ? '1' : '0';
        return TAKE(text);
}

/* Eight that can only be looked at: some have the greater hash. */
Test(playbooks, of_two_contents_of_one_time_the_one_that_can_be_run_is_shown)
{
        enum { BROKEN = 8 };

        AUTO_FREE char *good = book_document(LIST, DESK_NOW);
        char hash[HASH_TEXT], id[STIX_ID_MAX];

        cacao_name_content(good, strlen(good), hash);
        for (int place = 0; place <= BROKEN; place++) {
                CLEANUP(arena_finish) struct arena a = {0};
                struct desk d;

                desk_start(&d);
                for (int i = 0; i <= BROKEN; i++) {
                        AUTO_FREE char *broken = broken_twin(good, i);

                        if (i == place)
                                book_take(&d, LIST, DESK_NOW, id);
                        else
                                take(&d, broken);
                }
                const struct held_playbook p = held(&d, id, &a);
                cr_assert_str_eq(p.hash, hash, "come in as number %d", place);
                cr_assert(p.is_newest && p.is_twin);
                desk_must_show(&d, id, "verdict", "ok");
                desk_must_show(&d, id, "content", hash);
                desk_stop(&d);
        }
}

Test(playbooks, the_row_says_what_the_document_does)
{
        char id[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        book_take(&d, LIST, DESK_NOW, id);
        desk_must_show(&d, id, "ref", "PB-0001");
        desk_must_show(&d, id, "title", "Water");
        desk_must_show(&d, id, "steps", "2");
        desk_must_show(&d, id, "severity", "high");
        desk_must_show(&d, id, "verdict", "ok");
        desk_must_show(&d, id, "signed", "no");
        desk_must_show(&d, id, "version", "2026-11-24T12:00:00.000Z");
        desk_stop(&d);
}

Test(playbooks, what_is_held_comes_in_once_and_a_later_version_is_the_newest)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        book_take(&d, LIST, DESK_NOW, id);
        const struct held_playbook first = held(&d, id, &a);
        const int64_t versions = desk_stats(&d).versions;
        book_take(&d, LIST, DESK_NOW, id);
        cr_assert_eq(d.result.unchanged, 1);
        cr_assert_eq(desk_stats(&d).versions, versions);
        book_take(&d, LONGER, DESK_NOW + MINUTE, id);
        cr_assert_eq(d.result.updated, 1);
        desk_must_show(&d, id, "steps", "3");
        desk_must_show(&d, id, "ref", "PB-0001");
        struct held_playbook old;
        cr_assert_eq(ops_playbook_content(&d.ops, first.hash, &a, &old, NULL), RC_OK);
        cr_assert(!old.is_newest);
        cr_assert_eq(old.doc.playbook->step_count, 4);
        desk_stop(&d);
}

/* Both took the same file in, apart. */
Test(playbooks, two_desks_have_one_thing_of_it)
{
        char id[STIX_ID_MAX], other[STIX_ID_MAX];
        struct desk d, e;

        desk_start(&d);
        desk_join(&e, &d, "bruno");
        book_take(&d, LIST, DESK_NOW, id);
        clock_advance(MINUTE);
        book_take(&e, LIST, DESK_NOW, other);
        cr_assert_str_eq(id, other);
        AUTO_FREE char *from_d = desk_export(&d);
        AUTO_FREE char *from_e = desk_export(&e);
        take(&e, from_d);
        take(&d, from_e);
        AUTO_FREE char *one = desk_fold(&d, id);
        AUTO_FREE char *two = desk_fold(&e, id);
        cr_assert_str_eq(one, two);
        AUTO_FREE char *after = desk_export(&d);
        take(&e, after);
        cr_assert_eq(e.result.created + e.result.updated, 0);
        desk_stop(&d);
        desk_stop(&e);
}

Test(playbooks, a_bad_one_is_refused_and_nothing_changes)
{
        static const char *const bad[] = {
                "{\"type\":\"playbook\"}",
                "{\"type\":\"playbook\",\"workflow\":[]}",
                "[{\"type\":\"playbook\"},{\"type\":\"playbook\",\"workflow\":7}]",
        };
        struct desk d;

        desk_start(&d);
        const int64_t versions = desk_stats(&d).versions;
        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                struct err err = {0};

                cr_assert_eq(desk_import(&d, bad[i], &err), RC_INVALID);
                cr_assert_str_eq(d.result.state, "refused");
                cr_assert_neq(d.result.why[0], '\0');
                cr_assert_eq(d.result.objects, d.result.refused);
        }
        cr_assert_eq(desk_stats(&d).versions, versions);
        desk_stop(&d);
}

Test(playbooks, of_a_list_the_good_ones_come_in)
{
        AUTO_FREE char *document = book_document(LIST, DESK_NOW);
        AUTO_FREE char *list = xasprintf("[%s,{\"type\":\"playbook\"}]", document);
        struct desk d;

        desk_start(&d);
        take(&d, list);
        cr_assert_str_eq(d.result.state, "partial");
        cr_assert_eq(d.result.created, 1);
        cr_assert_eq(d.result.refused, 1);
        desk_stop(&d);
}

Test(playbooks, a_dry_run_of_an_import_writes_nothing)
{
        AUTO_FREE char *document = book_document(LIST, DESK_NOW);
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        const int64_t versions = desk_stats(&d).versions;
        cr_assert_eq(desk_dry_run(&d, document, &err), RC_OK, "%s", err.text);
        cr_assert_eq(d.result.created, 1);
        cr_assert_str_eq(d.result.state, "checked");
        cr_assert_eq(desk_stats(&d).versions, versions);
        desk_stop(&d);
}

/* What is above the console's ceiling is refused at the door, as any object is. */
Test(playbooks, one_above_the_ceiling_is_refused)
{
        static const char red[] = "# Water\nTLP: TLP:RED\n\n## Steps\n\n- Look\n";
        AUTO_FREE char *document = book_document(red, DESK_NOW);
        struct err err = {0};
        struct desk d;

        desk_found(&d, &(struct ops_unit){.name = "Test CSIRT", .ceiling = TLP_AMBER});
        cr_assert_eq(desk_import(&d, document, &err), RC_INVALID);
        cr_assert(strstr(d.result.why, "above the ceiling"), "%s", d.result.why);
        desk_stop(&d);
}

Test(playbooks, those_that_stix_objects_carry_are_things_too)
{
        static const char *const members[] = {"playbook_bin", "playbook_base64"};
        AUTO_FREE char *document = book_document(LIST, DESK_NOW);

        for (size_t i = 0; i < ARRAY_LEN(members); i++) {
                static const char id[] = "course-of-action--00000000-0000-4000-8000-0000000000c1";
                AUTO_FREE char *object = book_carried(document, members[i]);
                CLEANUP(arena_finish) struct arena a = {0};
                struct desk d;

                desk_start(&d);
                take(&d, object);
                desk_must_show(&d, id, "title", "Water");
                const struct held_playbook p = held(&d, id, &a);
                cr_assert_eq(p.doc.len, strlen(document));
                AUTO_FREE char *bundle = desk_export(&d);
                cr_assert(strstr(bundle, object), "the object is exported byte for byte");
                desk_stop(&d);
        }
}

Test(playbooks, a_course_of_action_without_one_is_an_object_like_others)
{
        static const char plain[] =
                "{\"type\":\"course-of-action\",\"spec_version\":\"2.1\",\"id\":"
                "\"course-of-action--00000000-0000-4000-8000-0000000000c2\","
                "\"created\":\"2026-11-24T10:00:00.000Z\","
                "\"modified\":\"2026-11-24T10:00:00.000Z\",\"name\":\"Patch\"}";
        struct row row;
        CLEANUP(arena_finish) struct arena a = {0};
        struct desk d;

        desk_start(&d);
        take(&d, plain);
        cr_assert_eq(thing_by_id(d.ops.store,
                                 "course-of-action--00000000-0000-4000-8000-0000000000c2", &a, &row,
                                 NULL),
                     RC_NOTFOUND);
        AUTO_FREE char *bundle = desk_export(&d);
        cr_assert(strstr(bundle, plain));
        desk_stop(&d);
}

Test(playbooks, those_that_fit_an_incident_are_suggested_with_the_reason)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct playbook_suggestion *list = NULL;
        char id[STIX_ID_MAX], ddos[STIX_ID_MAX], other[STIX_ID_MAX];
        size_t count = 0;
        struct desk d;

        desk_start(&d);
        book_take(&d, LIST, DESK_NOW, id);
        desk_make_of(&d, &kind_incident, ddos, "title", "Down", "class", "availability", "type",
                     "ddos", "sectors", "energy", "severity", "critical", NULL);
        desk_make_of(&d, &kind_incident, other, "title", "Mail", "class", "fraud", "sectors",
                     "health", "severity", "low", NULL);
        cr_assert_eq(ops_playbooks_suggest(&d.ops, ddos, &a, &list, &count, NULL), RC_OK);
        cr_assert_eq(count, 1);
        cr_assert_str_eq(list[0].row.thing.id, id);
        cr_assert_str_eq(list[0].why, "type Distributed Denial of Service; class Availability; "
                                      "sector energy; severity critical");
        cr_assert_eq(ops_playbooks_suggest(&d.ops, other, &a, &list, &count, NULL), RC_OK);
        cr_assert_eq(count, 0, "it is for another sector");
        desk_stop(&d);
}

/* Which one is suggested for an incident with one thing said of it besides a low severity. */
static const char *suggested_by(struct desk *d, const char *field, const char *value,
                                struct arena *a)
{
        struct playbook_suggestion *list = NULL;
        char incident[STIX_ID_MAX];
        size_t count = 0;

        if (strcmp(field, "severity") == 0)
                desk_make_of(d, &kind_incident, incident, "title", "Down", field, value, NULL);
        else
                desk_make_of(d, &kind_incident, incident, "title", "Down", "severity", "low", field,
                             value, NULL);
        cr_assert_eq(ops_playbooks_suggest(&d->ops, incident, a, &list, &count, NULL), RC_OK);
        return count ? arena_printf(a, "%zu: %s", count, list[0].why) : "none";
}

Test(playbooks, one_thing_alone_is_enough_to_suggest_one)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        book_take(&d,
                  "# Grid\nId: playbook--00000000-0000-4000-8000-00000000b001\nLabels: "
                  "availability\nSectors: energy\nSeverity: 90\n\n## Steps\n\n- "
                  "Call\n",
                  DESK_NOW, id);
        book_take(&d,
                  "# Reports\nId: playbook--00000000-0000-4000-8000-00000000b002\nLabels: nis2, "
                  "notification\n\n## Steps\n\n- File\n",
                  DESK_NOW, id);
        cr_assert_str_eq(suggested_by(&d, "class", "availability", &a), "1: class Availability");
        cr_assert_str_eq(suggested_by(&d, "sectors", "energy", &a), "1: sector energy");
        cr_assert_str_eq(suggested_by(&d, "severity", "critical", &a), "1: severity critical");
        cr_assert_str_eq(suggested_by(&d, "class", "fraud", &a), "none");
        cr_assert_str_eq(suggested_by(&d, "entity", "essential", &a),
                         "1: an essential entity owes reports under NIS2");
        cr_assert_str_eq(suggested_by(&d, "entity", "important", &a),
                         "1: an important entity owes reports under NIS2");
        cr_assert_str_eq(suggested_by(&d, "entity", "out-of-scope", &a), "none");
        desk_stop(&d);
}

Test(playbooks, what_fits_by_more_comes_first_and_severity_alone_not_against_the_class)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct playbook_suggestion *list = NULL;
        char id[STIX_ID_MAX], both[STIX_ID_MAX], incident[STIX_ID_MAX];
        size_t count = 0;
        struct desk d;

        desk_start(&d);
        book_take(&d,
                  "# Type\nId: playbook--00000000-0000-4000-8000-00000000b003\nLabels: ddos\n\n## "
                  "Steps\n\n- Call\n",
                  DESK_NOW, id);
        book_take(&d,
                  "# Two\nId: playbook--00000000-0000-4000-8000-00000000b004\nLabels: "
                  "availability\nSeverity: 50\n\n## Steps\n\n- Call\n",
                  DESK_NOW, both);
        book_take(&d,
                  "# Other\nId: playbook--00000000-0000-4000-8000-00000000b005\nLabels: "
                  "fraud\nSeverity: 50\n\n## Steps\n\n- Call\n",
                  DESK_NOW, id);
        desk_make_of(&d, &kind_incident, incident, "title", "Down", "severity", "critical", "class",
                     "availability", "type", "ddos", NULL);
        cr_assert_eq(ops_playbooks_suggest(&d.ops, incident, &a, &list, &count, NULL), RC_OK);
        cr_assert_eq(count, 2);
        cr_assert_str_eq(list[0].row.thing.id, both, "by two reasons");
        cr_assert_str_eq(list[0].why, "class Availability; severity critical");
        cr_assert_eq(list[0].reasons, 2);
        desk_stop(&d);
}

Test(playbooks, a_reason_why_one_is_suggested_is_a_plain_sentence)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct playbook_suggestion *list = NULL;
        char id[STIX_ID_MAX], incident[STIX_ID_MAX];
        size_t count = 0;
        struct desk d;

        desk_start(&d);
        book_take(&d, "# Wide\nLabels: cross-border\n\n## Steps\n\n- Call\n", DESK_NOW, id);
        desk_make_of(&d, &kind_incident, incident, "title", "Down", "severity", "low", "states",
                     "NO BE", NULL);
        cr_assert_eq(ops_playbooks_suggest(&d.ops, incident, &a, &list, &count, NULL), RC_OK);
        cr_assert_eq(count, 1);
        cr_assert_str_eq(list[0].why, "affects more than one State");
        desk_do(&d, incident, "cross-border", "cross_border", "yes");
        cr_assert_eq(ops_playbooks_suggest(&d.ops, incident, &a, &list, &count, NULL), RC_OK);
        cr_assert_str_eq(list[0].why, "confirmed as cross-border");
        desk_stop(&d);
}

/* Tools write a byte order mark before it, and lists of one. */
Test(playbooks, a_carried_one_may_have_a_byte_order_mark)
{
        static const char id[] = "course-of-action--00000000-0000-4000-8000-0000000000c1";
        AUTO_FREE char *document = book_document(LIST, DESK_NOW);
        AUTO_FREE char *marked = xasprintf("\xEF\xBB\xBF%s\n", document);
        AUTO_FREE char *object = book_carried(marked, "playbook_bin");
        CLEANUP(arena_finish) struct arena a = {0};
        char run[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        take(&d, object);
        cr_assert_eq(held(&d, id, &a).doc.len, strlen(marked), "byte for byte all the same");
        run_start(&d, id, NULL, run);
        desk_must_show(&d, run, "state", "running");
        desk_stop(&d);
}

static void refused(struct desk *d, const char *id, const char *why)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct held_playbook p;
        char run[STIX_ID_MAX];
        struct err err = {0};

        cr_assert_neq(ops_run_start(&d->ops, &(struct run_starting){.playbook = id}, run, &err),
                      RC_OK);
        cr_assert(strstr(err.text, why), "%s: %s", id, err.text);
        if (ops_playbook(&d->ops, id, &a, &p, &err) == RC_OK)
                cr_assert_null(p.doc.playbook);
}

/* Whoever is told that something can't be run is told what to do about it. */
Test(playbooks, what_is_carried_and_can_t_be_run_says_what_to_do)
{
        static const char list_id[] = "course-of-action--00000000-0000-4000-8000-0000000000c1";
        static const char names[] = "course-of-action--00000000-0000-4000-8000-0000000000c4";
        static const char away[] = "x-oca-playbook--00000000-0000-4000-8000-0000000000c5";
        static const char bpmn[] = "x-oca-playbook--00000000-0000-4000-8000-0000000000c6";
        AUTO_FREE char *document = book_document(LIST, DESK_NOW);
        AUTO_FREE char *list = xasprintf("[%s]", document);
        AUTO_FREE char *object = book_carried(list, "playbook_bin");
        struct desk d;

        desk_start(&d);
        take(&d, object);
        refused(&d, list_id, "is a list of playbooks: export it and import that file");
        take(&d, "{\"type\":\"course-of-action\",\"spec_version\":\"2.1\",\"id\":"
                 "\"course-of-action--00000000-0000-4000-8000-0000000000c4\","
                 "\"created\":\"2026-11-24T10:00:00.000Z\","
                 "\"modified\":\"2026-11-24T10:00:00.000Z\",\"name\":\"Use it\","
                 "\"extensions\":{\"extension-definition--bbc1d5c8-7ddc-4e89-be9c-f33ad02d71dd\":"
                 "{\"playbooks\":{\"x-oca-playbook--00000000-0000-4000-8000-0000000000c6\":"
                 "\"bpmn\"}}}}");
        refused(&d, names,
                "carries no playbook but names "
                "x-oca-playbook--00000000-0000-4000-8000-0000000000c6: run that");
        take(&d, "{\"type\":\"x-oca-playbook\",\"spec_version\":\"2.1\",\"id\":"
                 "\"x-oca-playbook--00000000-0000-4000-8000-0000000000c5\","
                 "\"created\":\"2026-11-24T10:00:00.000Z\","
                 "\"modified\":\"2026-11-24T10:00:00.000Z\",\"name\":\"Away\","
                 "\"playbook_format\":\"application/cacao+json\","
                 "\"playbook_url\":\"https://example.org/p.json\"}");
        refused(&d, away,
                "is not in it but at https://example.org/p.json: import the file that is "
                "there");
        take(&d, "{\"type\":\"x-oca-playbook\",\"spec_version\":\"2.1\",\"id\":"
                 "\"x-oca-playbook--00000000-0000-4000-8000-0000000000c6\","
                 "\"created\":\"2026-11-24T10:00:00.000Z\","
                 "\"modified\":\"2026-11-24T10:00:00.000Z\",\"name\":\"Drawn\","
                 "\"playbook_format\":\"BPMN\",\"playbook_bin\":\"e30=\"}");
        refused(&d, bpmn, "is not CACAO but BPMN");
        desk_stop(&d);
}
