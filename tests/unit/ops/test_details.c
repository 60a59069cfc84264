/* Details of acts: asked for as typed, kept with the act, read back by every console. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "unit/desk.h"

TestSuite(details);

static enum rc decide(struct desk *d, const char *id, const struct ops_field *details, size_t count,
                      struct err *err)
{
        const struct ops_request r = {.verb = "decide",
                                      .details = details,
                                      .detail_count = count,
                                      .occurred_ms = CLOCK_NONE};

        return ops_do(&d->ops, id, &r, err);
}

static void refused(struct desk *d, const char *id, const struct ops_field *details, size_t count,
                    const char *sentence)
{
        struct store_stats before = desk_stats(d);
        struct err err = {0};

        enum rc rc = decide(d, id, details, count, &err);

        cr_assert(rc == RC_INVALID || rc == RC_CONFLICT, "%s", err.text);
        cr_assert(strstr(err.text, sentence), "%s", err.text);
        cr_assert_eq(desk_stats(d).acts, before.acts);
}

Test(details, are_read_as_typed_and_kept)
{
        CLEANUP(arena_finish) struct arena a = {0};
        static const struct ops_field said[] = {{"decision", "Cut the link"},
                                                {"rationale", "it spreads"},
                                                {"grade", "B2"},
                                                {"review", "+4h"},
                                                {"options", "Wait.\nCut the link."}};
        char id[STIX_ID_MAX];
        struct ops_view v;
        const struct act *act;
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Ransomware", "high", id);
        cr_assert_eq(decide(&d, id, said, ARRAY_LEN(said), NULL), RC_OK);
        cr_assert_eq(ops_view(&d.ops, id, CLOCK_NONE, &a, &v, NULL), RC_OK);
        act = v.folded.log[v.folded.log_count - 1].act;
        cr_assert(v.folded.log[v.folded.log_count - 1].applied);
        cr_assert_str_eq(act_detail(act, "grade"), "b2");
        cr_assert_str_eq(act_detail(act, "review"), "2026-11-24T16:00:00.000Z");
        cr_assert_str_eq(act_detail(act, "decider"), "duarte");
        cr_assert_str_eq(act_detail(act, "options"), "Wait.\nCut the link.");
        cr_assert_str_eq(act->text, "decided by duarte: Cut the link; because it spreads; review "
                                    "2026-11-24T16:00:00Z");
        desk_stop(&d);
}

Test(details, an_outlook_says_how_likely_and_how_well_founded_it_is)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct ops_field field = {"outlook", "worsening"};
        const struct ops_field said[] = {{"likelihood", "very likely"}, {"confidence", "moderate"}};
        const struct ops_field bad = {"likelihood", "perhaps"};
        struct ops_request r = {.verb = "outlook",
                                .fields = &field,
                                .field_count = 1,
                                .details = &bad,
                                .detail_count = 1,
                                .occurred_ms = CLOCK_NONE};
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct ops_view v;
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Ransomware", "high", id);
        cr_assert_eq(ops_do(&d.ops, id, &r, &err), RC_INVALID);
        cr_assert(strstr(err.text, "likelihood takes"), "%s", err.text);
        r.details = said;
        r.detail_count = ARRAY_LEN(said);
        cr_assert_eq(ops_do(&d.ops, id, &r, NULL), RC_OK);
        cr_assert_eq(ops_view(&d.ops, id, CLOCK_NONE, &a, &v, NULL), RC_OK);
        const struct act *act = v.folded.log[v.folded.log_count - 1].act;
        cr_assert_str_eq(act_detail(act, "likelihood"), "very-likely");
        cr_assert_str_eq(act->text, "outlook set to worsening; likelihood very likely; confidence "
                                    "moderate");
        desk_stop(&d);
}

Test(details, that_are_wrong_are_refused_with_a_sentence)
{
        static const struct ops_field bad[][3] = {
                {{"decision", "Cut"}, {"rationale", "x"}, {"garde", "b2"}},
                {{"decision", "Cut"}, {"rationale", "x"}, {"grade", "z9"}},
                {{"decision", "Cut"}, {"rationale", "x"}, {"decision", "Wait"}},
                {{"decision", "Cut"}, {"rationale", " "}, {"grade", "b2"}},
                {{"decision", "Cut"}, {"rationale", "x"}, {"review", "-4h"}},
        };
        static const char *const why[] = {"nearest: grade", "grade takes one of", "given twice",
                                          "decide needs rationale", "is over already"};
        char id[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Ransomware", "high", id);
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                refused(&d, id, bad[i], ARRAY_LEN(bad[i]), why[i]);
        desk_stop(&d);
}

Test(details, reach_another_desk)
{
        static const struct ops_field said[] = {{"decision", "Cut the link"},
                                                {"rationale", "it spreads"}};
        char id[STIX_ID_MAX];
        struct desk d, other;

        desk_start(&d);
        desk_join(&other, &d, "erik");
        desk_new(&d, "Ransomware", "high", id);
        cr_assert_eq(decide(&d, id, said, ARRAY_LEN(said), NULL), RC_OK);
        AUTO_FREE char *bundle = desk_export(&d);
        cr_assert_eq(desk_import(&other, bundle, NULL), RC_OK);
        AUTO_FREE char *here = desk_fold(&d, id);
        AUTO_FREE char *there = desk_fold(&other, id);
        cr_assert_str_eq(here, there);
        cr_assert(strstr(there, "rationale=\"it spreads\""), "%s", there);
        desk_stop(&d);
        desk_stop(&other);
}

Test(details, a_class_takes_the_type_of_another_class_along)
{
        char id[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Ours", "high", id);
        desk_do(&d, id, "type", "type", "ddos");
        desk_must_show(&d, id, "class", "availability");
        desk_do(&d, id, "class", "class", "fraud");
        desk_must_show(&d, id, "type", "");
        desk_stop(&d);
}

static void must_hold(struct desk *d, const char *id, const char *field, const char *expected)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str list = {0};
        struct row row;

        str_init(&list, 4000);
        cr_assert_eq(thing_by_id(d->ops.store, id, &a, &row, NULL), RC_OK);
        const struct value *v = thing_value(&row.thing, field);
        for (size_t i = 0; i < v->count; i++)
                str_add_sep(&list, "|", v->items[i]);
        cr_expect_str_eq(str_text(&list), expected, "%s: %s", field, str_text(&list));
}

/* An inquiry asks for each of them by itself: one does not take the place of another. */
Test(details, what_was_decided_against_stands_side_by_side)
{
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Ours", "high", id);
        cr_assert_eq(desk_try(&d, id, "hold", "held", "large-scale", "both cope", &err), RC_OK);
        cr_assert_eq(desk_try(&d, id, "hold", "held", "notification", "below Art 23", &err), RC_OK);
        must_hold(&d, id, "held", "large-scale|notification");
        must_hold(&d, id, "held_by", "duarte");
        must_hold(&d, id, "held_why",
                  "large-scale: both cope (duarte, 2026-11-24 12:00Z)|"
                  "notification: below Art 23 (duarte, 2026-11-24 12:00Z)");
        cr_assert_eq(desk_try(&d, id, "hold", "held", "notification", "asked again", &err), RC_OK);
        must_hold(&d, id, "held", "large-scale|notification");
        must_hold(&d, id, "held_why",
                  "large-scale: both cope (duarte, 2026-11-24 12:00Z)|"
                  "notification: asked again (duarte, 2026-11-24 12:00Z)");
        cr_assert_eq(desk_try(&d, id, "escalate", "level", "large-scale", "three", &err), RC_OK);
        must_hold(&d, id, "held", "notification");
        cr_assert_eq(desk_try(&d, id, "hold", "held", "crisis", "not yet", &err), RC_OK);
        cr_assert_eq(desk_try(&d, id, "unhold", "held", "notification", "told now", &err), RC_OK);
        must_hold(&d, id, "held", "crisis");
        desk_stop(&d);
}

Test(details, what_is_claimed_is_not_decided_against)
{
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Ours", "high", id);
        cr_assert_eq(desk_try(&d, id, "escalate", "level", "large-scale", "three States", &err),
                     RC_OK);
        cr_expect_eq(desk_try(&d, id, "hold", "held", "significant", "no", &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "claimed to be Large-scale incident"), "%s", err.text);
        cr_expect_eq(desk_try(&d, id, "hold", "held", "large-scale", "no", &err), RC_CONFLICT);
        cr_expect_eq(desk_try(&d, id, "hold", "held", "notification", "no", &err), RC_OK);
        cr_expect_eq(desk_try(&d, id, "hold", "held", "crisis", "no", &err), RC_OK);
        desk_stop(&d);
}
