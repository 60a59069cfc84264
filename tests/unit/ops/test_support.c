/* A request and its deployments: when support has begun and ended, what its end takes along.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "unit/desk.h"

TestSuite(support);

static void make_request(struct desk *d, char id[STIX_ID_MAX])
{
        char incident[STIX_ID_MAX];

        desk_new(d, "No power", "high", incident);
        desk_make_of(d, &kind_request, id, "title", "Analysts", "incident", incident, "requester",
                     "CERT-PT", "route", "spoc", "spoc", "CNCS", "entity", "Grid", "entity_class",
                     "essential", "impact", "no power", "use", "to clean it", "needs", "4 analysts",
                     "measures", "cut off", "other_support", "none", NULL);
}

static void make_deployment(struct desk *d, const char *request, char id[STIX_ID_MAX])
{
        char expert[STIX_ID_MAX];

        desk_make_of(d, &kind_expert, expert, "name", "Ana", NULL);
        desk_make_of(d, &kind_deployment, id, "title", "Team", "request", request, "resources",
                     expert, "mode", "remote", "from", "2026-11-25T08:00Z", "until",
                     "2026-11-28T08:00Z", "checks", "interests,rest", NULL);
}

/* Pairs of a field or detail of the verb and its value, NULL behind the last. */
static enum rc try(struct desk *d, const char *id, const char *verb, struct err *err,
                   const struct ops_field *fields, size_t count, bool details)
{
        const struct ops_request r = {.verb = verb,
                                      .fields = details ? NULL : fields,
                                      .field_count = details ? 0 : count,
                                      .details = details ? fields : NULL,
                                      .detail_count = details ? count : 0,
                                      .reason = "as agreed",
                                      .occurred_ms = CLOCK_NONE};

        *err = (struct err){0};
        return ops_do(&d->ops, id, &r, err);
}

static void refused(struct desk *d, const char *id, const char *verb, const char *why)
{
        struct err err;

        cr_assert_eq(try(d, id, verb, &err, NULL, 0, false), RC_CONFLICT, "%s: %s", verb, err.text);
        cr_assert(strstr(err.text, why), "%s: %s", verb, err.text);
}

static void move_all(struct desk *d, const char *id, const char *const *verbs)
{
        for (; *verbs; verbs++)
                desk_move(d, id, *verbs);
}

/* From a draft to one that is being assessed. */
static void send(struct desk *d, const char *id)
{
        const char *who = d->ops.operator;

        desk_move(d, id, "submit");
        d->ops.operator= "second";
        desk_move(d, id, "confirm");
        d->ops.operator= who;
        desk_move(d, id, "take");
}

/* From a draft to a signed agreement. */
static void agree(struct desk *d, const char *id)
{
        const struct ops_field severe[] = {{"severity", "high"}, {"cross_border", "no"}};
        const struct ops_field offer[] = {
                {"provider", "CERT-EE"}, {"resource", "4 analysts"}, {"expires", "+24h"}};
        const struct ops_field first[] = {{"offer", "1"}};
        const struct ops_field signs[] = {{"liability", "the user"},
                                          {"legal_status", "of the host"},
                                          {"data_handling", "stays there"},
                                          {"limits", "amber"}};
        struct err err;

        send(d, id);
        cr_assert_eq(try(d, id, "approve", &err, severe, 2, false), RC_OK, "%s", err.text);
        cr_assert_eq(try(d, id, "offer", &err, offer, 3, true), RC_OK, "%s", err.text);
        cr_assert_eq(try(d, id, "accept", &err, first, 1, true), RC_OK, "%s", err.text);
        cr_assert_eq(try(d, id, "sign", &err, signs, 4, true), RC_OK, "%s", err.text);
}

Test(support, it_begins_when_a_deployment_mobilises)
{
        char id[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        make_request(&d, id);
        agree(&d, id);
        refused(&d, id, "deploy", "it has no deployment yet");
        make_deployment(&d, id, one);
        make_deployment(&d, id, other);
        refused(&d, id, "deploy", "none of its deployments mobilises yet; DEP-0001 is planned");
        move_all(&d, other, (const char *const[]){"alert", "confirm", NULL});
        refused(&d, id, "deploy", "none of its deployments mobilises yet");
        desk_move(&d, other, "mobilise");
        desk_move(&d, id, "deploy");
        desk_must_show(&d, id, "state", "active");
        desk_stop(&d);
}

Test(support, it_ends_when_all_deployments_are_on_their_way_back)
{
        char id[STIX_ID_MAX], one[STIX_ID_MAX], other[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        make_request(&d, id);
        agree(&d, id);
        make_deployment(&d, id, one);
        make_deployment(&d, id, other);
        move_all(&d, one,
                 (const char *const[]){"alert", "confirm", "mobilise", "remote-ready", NULL});
        desk_move(&d, id, "deploy");
        refused(&d, id, "end", "DEP-0001 is remote ready; all its deployments demobilise first");
        move_all(&d, one, (const char *const[]){"recall", NULL});
        refused(&d, id, "end", "DEP-0001 is recalled");
        desk_move(&d, one, "demobilise");
        refused(&d, id, "end", "DEP-0002 is planned");
        desk_move(&d, other, "stand-down");
        desk_move(&d, id, "end");
        desk_must_show(&d, id, "state", "ended");
        desk_stop(&d);
}

Test(support, of_another_request_it_does_not_count)
{
        char id[STIX_ID_MAX], other[STIX_ID_MAX], deployment[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        make_request(&d, id);
        make_request(&d, other);
        agree(&d, id);
        make_deployment(&d, other, deployment);
        move_all(&d, deployment, (const char *const[]){"alert", "confirm", "mobilise", NULL});
        refused(&d, id, "deploy", "it has no deployment yet");
        desk_stop(&d);
}

Test(support, who_has_not_left_stands_down_with_a_withdrawal_and_is_back_with_its_undoing)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX], planned[STIX_ID_MAX], confirmed[STIX_ID_MAX], away[STIX_ID_MAX];
        struct row *log = NULL;
        size_t count = 0;
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        make_request(&d, id);
        make_deployment(&d, id, planned);
        make_deployment(&d, id, confirmed);
        make_deployment(&d, id, away);
        move_all(&d, confirmed, (const char *const[]){"alert", "confirm", NULL});
        move_all(&d, away,
                 (const char *const[]){"alert", "confirm", "mobilise", "remote-ready", NULL});
        desk_move(&d, id, "withdraw");
        desk_must_show(&d, id, "state", "withdrawn");
        desk_must_show(&d, planned, "state", "stood-down");
        desk_must_show(&d, confirmed, "state", "stood-down");
        desk_must_show(&d, away, "state", "remote-ready");
        cr_assert_eq(thing_log(d.ops.store, id, 0, 1, &a, &log, &count, &err), RC_OK);
        cr_assert_eq(count, 1);
        cr_expect(strstr(thing_text(&log[0].thing, "text"),
                         "withdrawn by duarte: DEP-0001, DEP-0002 stood down with it; DEP-0003 "
                         "still away"),
                  "%s", thing_text(&log[0].thing, "text"));
        cr_assert_eq(ops_undo(&d.ops, NULL, &err), RC_OK, "%s", err.text);
        desk_must_show(&d, id, "state", "draft");
        desk_must_show(&d, planned, "state", "planned");
        desk_must_show(&d, confirmed, "state", "confirmed");
        desk_stop(&d);
}

Test(support, nobody_is_held_for_a_request_that_is_refused_or_expired)
{
        const struct ops_field severe[] = {{"severity", "high"}, {"cross_border", "no"}};
        const struct ops_field offer[] = {
                {"provider", "CERT-EE"}, {"resource", "4 analysts"}, {"expires", "+2h"}};
        char refused_one[STIX_ID_MAX], held[STIX_ID_MAX], expired[STIX_ID_MAX], asked[STIX_ID_MAX];
        struct err err;
        struct desk d;

        desk_start(&d);
        make_request(&d, refused_one);
        make_deployment(&d, refused_one, held);
        desk_move(&d, held, "alert");
        send(&d, refused_one);
        cr_assert_eq(try(&d, refused_one, "refuse", &err, severe, 2, false), RC_OK, "%s", err.text);
        desk_must_show(&d, held, "state", "stood-down");
        make_request(&d, expired);
        make_deployment(&d, expired, asked);
        desk_move(&d, asked, "alert");
        send(&d, expired);
        cr_assert_eq(try(&d, expired, "approve", &err, severe, 2, false), RC_OK, "%s", err.text);
        cr_assert_eq(try(&d, expired, "offer", &err, offer, 3, true), RC_OK, "%s", err.text);
        clock_advance(3 * 3600000);
        desk_move(&d, expired, "expire");
        desk_must_show(&d, asked, "state", "stood-down");
        cr_assert_eq(ops_undo(&d.ops, NULL, &err), RC_OK, "%s", err.text);
        desk_must_show(&d, expired, "state", "offered");
        desk_must_show(&d, asked, "state", "alerted");
        desk_stop(&d);
}

Test(support, one_that_stood_down_before_stays_so)
{
        char id[STIX_ID_MAX], one[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        make_request(&d, id);
        make_deployment(&d, id, one);
        desk_move(&d, one, "stand-down");
        desk_move(&d, id, "withdraw");
        cr_assert_eq(ops_undo(&d.ops, NULL, NULL), RC_OK);
        desk_must_show(&d, id, "state", "draft");
        desk_must_show(&d, one, "state", "stood-down");
        desk_stop(&d);
}
