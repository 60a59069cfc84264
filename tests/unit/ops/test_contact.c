/* Contacts: an entry about who was contacted, and one by reference at what it was about. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "model/contact.h"
#include "unit/desk.h"

TestSuite(contact);

static enum rc contact(struct desk *d, const char *id, const struct ops_field *details,
                       size_t count, struct err *err)
{
        const struct ops_request r = {.verb = CONTACT_VERB,
                                      .details = details,
                                      .detail_count = count,
                                      .occurred_ms = CLOCK_NONE};

        return ops_do(&d->ops, id, &r, err);
}

static void desk_with_both(struct desk *d, char expert[STIX_ID_MAX], char request[STIX_ID_MAX])
{
        desk_start(d);
        desk_make_of(d, &kind_expert, expert, "name", "Anna Popescu", NULL);
        desk_make_of(d, &kind_request, request, "title", "OT help", NULL);
}

static const struct act *last_act(struct desk *d, const char *id, struct arena *a)
{
        struct ops_view v;

        cr_assert_eq(ops_view(&d->ops, id, CLOCK_NONE, a, &v, NULL), RC_OK);
        cr_assert(v.folded.log_count && v.folded.log[v.folded.log_count - 1].applied);
        return v.folded.log[v.folded.log_count - 1].act;
}

/* The entries that the line finds in the log, newest first. */
static size_t found(struct desk *d, const char *line, struct arena *a, struct row **ret)
{
        const struct filter_context ctx = {.kind = &kind_log,
                                           .values = {.words = d->words, .now_ms = DESK_NOW}};
        struct filter f;
        struct err err = {0};
        struct query *q = NULL;
        size_t count = 0, at = 0;

        cr_assert_eq(filter_read(line, &ctx, a, &f, &at, &err), RC_OK, "%s", err.text);
        cr_assert_eq(query_open(d->ops.store, &f, NULL, 0, &q, &err), RC_OK, "%s", err.text);
        while (query_run(q, 100, &err) == RC_BUSY)
                ;
        cr_assert_eq(query_page(q, 0, 10, a, ret, &count, &err), RC_OK, "%s", err.text);
        query_close(q);
        return count;
}

Test(contact, stands_with_the_person_and_is_marked_as_the_person)
{
        CLEANUP(arena_finish) struct arena a = {0};
        static const struct ops_field said[] = {
                {"outcome", "no answer"}, {"way", "phone"}, {"text", "voice mail of her husband"}};
        char expert[STIX_ID_MAX], request[STIX_ID_MAX];
        struct row *rows = NULL;
        struct desk d;

        desk_with_both(&d, expert, request);
        cr_assert_eq(contact(&d, expert, said, ARRAY_LEN(said), NULL), RC_OK);
        cr_assert_str_eq(last_act(&d, expert, &a)->text,
                         "contacted by duarte: phone, no answer: voice mail of her husband");
        cr_assert_eq(found(&d, "verb:contact", &a, &rows), 1);
        cr_assert_str_eq(thing_text(&rows[0].thing, "tlp"), "amber+strict");
        cr_assert(value_has(thing_value(&rows[0].thing, "about"), expert));
        desk_stop(&d);
}

Test(contact, is_told_by_reference_at_what_it_was_about)
{
        CLEANUP(arena_finish) struct arena a = {0};
        static const struct ops_field said[] = {{"for", "REQ-0001"},
                                                {"way", "mail"},
                                                {"outcome", "reached"},
                                                {"text", "is on sick leave"}};
        char expert[STIX_ID_MAX], request[STIX_ID_MAX];
        struct row *rows = NULL;
        struct desk d;

        desk_with_both(&d, expert, request);
        cr_assert_eq(contact(&d, expert, said, ARRAY_LEN(said), NULL), RC_OK);
        const struct act *there = last_act(&d, expert, &a), *here = last_act(&d, request, &a);
        cr_assert_str_eq(there->text, "contacted by duarte: mail, reached: is on sick leave; for "
                                      "REQ-0001");
        cr_assert_str_eq(here->verb, "note");
        cr_assert_str_eq(here->text, "EXP-0001 was asked: mail, reached");
        cr_assert_str_eq(act_detail(there, "with"), here->id);
        cr_assert_eq(found(&d, "verb:contact", &a, &rows), 1, "the request's own is a note");
        cr_assert(!value_has(thing_value(&rows[0].thing, "about"), request),
                  "the request's log does not have what is the person's");
        desk_stop(&d);
}

/* One transaction: where the second can't be written, neither is the first. */
Test(contact, that_is_wrong_leaves_nothing_behind)
{
        static const struct ops_field bad[][2] = {
                {{"way", "phone"}, {"text", "hello"}},
                {{"outcome", "perhaps"}, {"way", "phone"}},
                {{"outcome", "reached"}, {"way", "carrier pigeon"}},
                {{"outcome", "reached"}, {"for", "EXP-0001"}},
                {{"outcome", "reached"}, {"for", "REQ-0099"}},
        };
        static const char *const why[] = {"contact needs outcome", "outcome takes", "way takes",
                                          "for takes", "for takes one thing"};
        char expert[STIX_ID_MAX], request[STIX_ID_MAX];
        struct desk d;

        desk_with_both(&d, expert, request);
        struct store_stats before = desk_stats(&d);
        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                struct err err = {0};

                cr_expect_eq(contact(&d, expert, bad[i], 2, &err), RC_INVALID, "%zu", i);
                cr_expect(strstr(err.text, why[i]), "%s", err.text);
        }
        cr_assert_eq(desk_stats(&d).acts, before.acts);
        desk_stop(&d);
}

Test(contact, that_is_told_late_says_why_at_both)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct ops_field said[] = {
                {"outcome", "tried"}, {"for", "REQ-0001"}, {"late", "no console at hand"}};
        struct ops_request r = {.verb = CONTACT_VERB,
                                .details = said,
                                .detail_count = 2,
                                .occurred_ms = DESK_NOW - 30 * MINUTE};
        char expert[STIX_ID_MAX], request[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_with_both(&d, expert, request);
        cr_assert_eq(ops_do(&d.ops, expert, &r, &err), RC_INVALID);
        r.detail_count = ARRAY_LEN(said);
        cr_assert_eq(ops_do(&d.ops, expert, &r, &err), RC_OK, "%s", err.text);
        const struct act *here = last_act(&d, request, &a);
        cr_assert_str_eq(act_detail(here, "late"), "no console at hand");
        cr_assert_eq(here->occurred_ms, r.occurred_ms);
        desk_stop(&d);
}

Test(contact, is_not_undone_and_hides_nothing_that_can_be)
{
        static const struct ops_field said[] = {{"outcome", "reached"}};
        char expert[STIX_ID_MAX], request[STIX_ID_MAX];
        AUTO_FREE char *undone = NULL;
        struct desk d;

        desk_with_both(&d, expert, request);
        desk_do(&d, expert, "set", "location", "Bucharest");
        cr_assert_eq(contact(&d, expert, said, 1, NULL), RC_OK);
        cr_assert_eq(ops_undo(&d.ops, &undone, NULL), RC_OK);
        desk_must_show(&d, expert, "location", "");
        desk_stop(&d);
}

Test(contact, reaches_another_desk)
{
        CLEANUP(arena_finish) struct arena a = {0};
        static const struct ops_field said[] = {{"outcome", "reached"}, {"for", "REQ-0001"}};
        char expert[STIX_ID_MAX], request[STIX_ID_MAX];
        struct desk d, other;

        desk_with_both(&d, expert, request);
        desk_join(&other, &d, "erik");
        cr_assert_eq(contact(&d, expert, said, ARRAY_LEN(said), NULL), RC_OK);
        AUTO_FREE char *bundle = desk_export(&d);
        cr_assert_eq(desk_import(&other, bundle, NULL), RC_OK);
        AUTO_FREE char *here = desk_fold(&d, expert);
        AUTO_FREE char *there = desk_fold(&other, expert);
        cr_assert_str_eq(here, there);
        cr_assert_str_eq(last_act(&other, request, &a)->text, "EXP-0001 was asked: reached");
        desk_stop(&d);
        desk_stop(&other);
}
