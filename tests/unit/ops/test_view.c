#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "unit/desk.h"

TestSuite(view);

static const char *title_at(struct desk *d, const char *id, int64_t at_ms, struct arena *a)
{
        struct ops_view v;
        struct err err = {0};

        cr_assert_eq(ops_view(&d->ops, id, at_ms, a, &v, &err), RC_OK, "%s", err.text);
        return thing_text(&v.row.thing, "title");
}

Test(view, shows_what_was_known_then)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *theirs = foreign_incident(1, 0, "Theirs", "");
        AUTO_FREE char *later = foreign_incident(1, 30, "Theirs, later", "");
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct ops_view v;
        struct desk d;

        desk_start(&d);
        desk_new(&d, "First", "low", id);
        cr_assert_eq(desk_import(&d, theirs, &err), RC_OK);
        clock_advance(10 * MINUTE);
        desk_do(&d, id, "set", "title", "Second");
        cr_assert_eq(desk_import(&d, later, &err), RC_OK);
        clock_advance(10 * MINUTE);
        desk_do(&d, id, "set", "title", "Third");
        cr_assert_str_eq(title_at(&d, id, DESK_NOW + MINUTE, &a), "First");
        cr_assert_str_eq(title_at(&d, id, DESK_NOW + 15 * MINUTE, &a), "Second");
        cr_assert_str_eq(title_at(&d, id, CLOCK_NONE, &a), "Third");
        cr_assert_str_eq(title_at(&d, FOREIGN_ID(1), DESK_NOW + MINUTE, &a), "Theirs");
        cr_assert_str_eq(title_at(&d, FOREIGN_ID(1), DESK_NOW + 15 * MINUTE, &a), "Theirs, later");
        cr_assert_eq(ops_view(&d.ops, id, DESK_NOW - MINUTE, &a, &v, &err), RC_NOTFOUND);
        cr_assert(strstr(err.text, "INC-0001 was not known at 2026-11-24T11:59:00Z"), "%s",
                  err.text);
        desk_stop(&d);
}

Test(view, has_the_bytes_and_the_log)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *theirs = foreign_incident(1, 0, "Theirs", "");
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct ops_view v;
        struct desk d;

        desk_start(&d);
        cr_assert_eq(desk_import(&d, theirs, &err), RC_OK);
        desk_new(&d, "Ours", "low", id);
        desk_do(&d, id, "note", NULL, "seen");
        cr_assert_eq(ops_view(&d.ops, FOREIGN_ID(1), CLOCK_NONE, &a, &v, &err), RC_OK);
        cr_assert_eq(v.raw_len, strlen(theirs));
        cr_assert_eq(memcmp(v.raw, theirs, v.raw_len), 0);
        cr_assert_eq(v.version_count, 1);
        cr_assert_eq(ops_view(&d.ops, id, CLOCK_NONE, &a, &v, &err), RC_OK);
        cr_assert_null(v.raw);
        cr_assert_eq(v.folded.log_count, 2);
        cr_assert_str_eq(v.folded.log[1].act->text, "seen");
        desk_stop(&d);
}

static void resolves(struct desk *d, const char *ref, const char *want)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *id = NULL;
        struct err err = {0};

        cr_assert_eq(ops_resolve(&d->ops, ref, &a, &id, &err), RC_OK, "%s", err.text);
        cr_assert_str_eq(id, want);
}

Test(view, finds_what_people_call_a_thing)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *one = foreign_incident(1, 0, "One", "");
        AUTO_FREE char *two = foreign_incident(2, 0, "Two", "");
        char id[STIX_ID_MAX], other[STIX_ID_MAX];
        const char *found = NULL;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        cr_assert_eq(desk_import(&d, one, &err), RC_OK);
        cr_assert_eq(desk_import(&d, two, &err), RC_OK);
        desk_new(&d, "Ours", "low", id);
        desk_new(&d, "Ours too", "low", other);
        resolves(&d, "INC-0001", id);
        resolves(&d, "inc-2", other);
        resolves(&d, id, id);
        AUTO_FREE char *begins = xstrndup(id, strlen("incident--") + 13);
        resolves(&d, begins, id);
        resolves(&d, "incident--00000000-0000-4000-8000-000000000002", FOREIGN_ID(2));
        cr_assert_eq(ops_resolve(&d.ops, "incident--00000000-0000-4000", &a, &found, &err),
                     RC_CONFLICT);
        cr_assert(strstr(err.text, FOREIGN_ID(1)) && strstr(err.text, "X-0002"), "%s", err.text);
        err_clear(&err);
        cr_assert_eq(ops_resolve(&d.ops, "INC", &a, &found, &err), RC_CONFLICT);
        cr_assert(strstr(err.text, "INC-0001") && strstr(err.text, "INC-0002"), "%s", err.text);
        err_clear(&err);
        cr_assert_eq(ops_resolve(&d.ops, "INC-0009", &a, &found, &err), RC_NOTFOUND);
        cr_assert(strstr(err.text, "INC-0009"), "%s", err.text);
        desk_stop(&d);
}

/* ---- decisions and corrections as they were known ---- */

static void decide(struct desk *d, const char *id, const char *what)
{
        const struct ops_field details[] = {{"decision", what}, {"rationale", "it spreads"}};
        const struct ops_request r = {.verb = "decide",
                                      .details = details,
                                      .detail_count = ARRAY_LEN(details),
                                      .occurred_ms = CLOCK_NONE};
        struct err err = {0};

        cr_assert_eq(ops_do(&d->ops, id, &r, &err), RC_OK, "%s", err.text);
}

static enum rc correct(struct desk *d, const char *id, const char *entry, const char *text,
                       struct err *err)
{
        const struct ops_field detail = {"corrects", entry};
        const struct ops_request r = {.verb = "correct",
                                      .text = text,
                                      .reason = "misheard",
                                      .details = &detail,
                                      .detail_count = 1,
                                      .occurred_ms = CLOCK_NONE};

        return ops_do(&d->ops, id, &r, err);
}

/* How many acts of a verb were known then. */
static size_t count_at(struct desk *d, const char *id, int64_t at_ms, const char *verb)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct ops_view v;
        struct err err = {0};
        size_t n = 0;

        cr_assert_eq(ops_view(&d->ops, id, at_ms, &a, &v, &err), RC_OK, "%s", err.text);
        for (size_t i = 0; i < v.folded.log_count; i++)
                n += v.folded.log[i].applied && strcmp(v.folded.log[i].act->verb, verb) == 0;
        return n;
}

static const char *newest_entry(struct desk *d, const char *id, struct arena *a)
{
        struct row *rows = NULL;
        size_t count = 0;

        cr_assert_eq(thing_log(d->ops.store, id, 0, 1, a, &rows, &count, NULL), RC_OK);
        cr_assert_eq(count, 1);
        return rows[0].thing.id;
}

Test(view, a_decision_made_before_is_known_then_and_one_made_later_is_not)
{
        char id[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        desk_new(&d, "First", "low", id);
        clock_advance(10 * MINUTE);
        decide(&d, id, "Cut the link");
        clock_advance(10 * MINUTE);
        decide(&d, id, "Keep it cut");
        cr_assert_eq(count_at(&d, id, DESK_NOW + 9 * MINUTE, "decide"), 0);
        cr_assert_eq(count_at(&d, id, DESK_NOW + 10 * MINUTE, "decide"), 1);
        cr_assert_eq(count_at(&d, id, DESK_NOW + 19 * MINUTE, "decide"), 1);
        cr_assert_eq(count_at(&d, id, CLOCK_NONE, "decide"), 2);
        desk_stop(&d);
}

Test(view, a_correction_made_later_does_not_show_then)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_new(&d, "First", "low", id);
        clock_advance(MINUTE);
        desk_do(&d, id, "note", NULL, "Call at nine.");
        const char *note = newest_entry(&d, id, &a);
        clock_advance(10 * MINUTE);
        cr_assert_eq(correct(&d, id, note, "Call at ten.", &err), RC_OK, "%s", err.text);
        cr_assert_eq(count_at(&d, id, DESK_NOW + 5 * MINUTE, "correct"), 0);
        cr_assert_eq(count_at(&d, id, DESK_NOW + 5 * MINUTE, "note"), 1);
        cr_assert_eq(count_at(&d, id, DESK_NOW + 11 * MINUTE, "correct"), 1);
        cr_assert_str_eq(desk_shows(&d, note, "corrected_by", &a), newest_entry(&d, id, &a));
        cr_assert_eq(correct(&d, id, note, "Call at eleven.", &err), RC_CONFLICT);
        cr_assert(strstr(err.text, "corrected already"), "%s", err.text);
        desk_stop(&d);
}

Test(view, what_a_person_wrote_is_no_act_of_the_system)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX];
        struct row *rows = NULL;
        size_t count = 0;
        struct desk d;

        desk_start(&d);
        desk_new(&d, "First", "low", id);
        clock_advance(MINUTE);
        desk_do(&d, id, "severity", "severity", "high");
        clock_advance(MINUTE);
        decide(&d, id, "Cut the link");
        cr_assert_eq(thing_log(d.ops.store, id, 0, 9, &a, &rows, &count, NULL), RC_OK);
        cr_assert_eq(count, 3);
        cr_assert_not(rows[0].flags & MARK_SYSTEM);
        cr_assert(rows[1].flags & MARK_SYSTEM);
        cr_assert(rows[2].flags & MARK_SYSTEM);
        desk_stop(&d);
}

static size_t named(struct desk *d, const char *id, const char *field, int64_t at_ms)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row, *rows = NULL;
        size_t count = 0;

        desk_row(d, id, &a, &row);
        cr_assert_eq(ops_named_by(&d->ops, &row.thing, field, at_ms, &a, &rows, &count, NULL),
                     RC_OK);
        return count;
}

Test(view, who_names_it_is_as_it_was_known_then)
{
        char one[STIX_ID_MAX], two[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_new(&d, "One", "low", one);
        desk_new(&d, "Two", "low", two);
        clock_advance(10 * MINUTE);
        desk_do(&d, two, "link", "links", "+INC-0001");
        clock_advance(10 * MINUTE);
        desk_do(&d, two, "link", "links", "-INC-0001");
        cr_assert_eq(desk_try(&d, two, "duplicate", "duplicate_of", one, "the same", &err), RC_OK,
                     "%s", err.text);
        cr_expect_eq(named(&d, one, "links", DESK_NOW + MINUTE), 0);
        cr_expect_eq(named(&d, one, "links", DESK_NOW + 15 * MINUTE), 1);
        cr_expect_eq(named(&d, one, "links", CLOCK_NONE), 0);
        cr_expect_eq(named(&d, one, "duplicate_of", DESK_NOW + 15 * MINUTE), 0);
        cr_expect_eq(named(&d, one, "duplicate_of", DESK_NOW + 25 * MINUTE), 1);
        cr_expect_eq(named(&d, one, "duplicate_of", CLOCK_NONE), 1);
        desk_stop(&d);
}
