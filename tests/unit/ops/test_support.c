/* A request and its deployments: when support has begun and ended, what a withdrawal takes along.
 */
#include <criterion/criterion.h>
#include <stdarg.h>
#include <string.h>

#include "base/clock.h"
#include "unit/desk.h"

TestSuite(support);

/* Pairs of field and value, NULL behind the last. */
static void make(struct desk *d, const struct kind *kind, char id[STIX_ID_MAX], ...)
{
        struct ops_field fields[24];
        struct ops_request r = {.verb = "open", .fields = fields, .occurred_ms = CLOCK_NONE};
        struct err err = {0};
        const char *name;
        va_list args;

        va_start(args, id);
        while ((name = va_arg(args, const char *)))
                fields[r.field_count++] = (struct ops_field){name, va_arg(args, const char *)};
        va_end(args);
        cr_assert_eq(ops_new(&d->ops, kind, &r, id, &err), RC_OK, "%s", err.text);
}

static void make_request(struct desk *d, char id[STIX_ID_MAX])
{
        char incident[STIX_ID_MAX];

        desk_new(d, "No power", "high", incident);
        make(d, &kind_request, id, "title", "Analysts", "incident", incident, "requester",
             "CERT-PT", "route", "spoc", "spoc", "CNCS", "entity", "Grid", "entity_class",
             "essential", "impact", "no power", "use", "to clean it", "needs", "4 analysts",
             "measures", "cut off", "other_support", "none", NULL);
}

static void make_deployment(struct desk *d, const char *request, char id[STIX_ID_MAX])
{
        char expert[STIX_ID_MAX];

        make(d, &kind_expert, expert, "name", "Ana", NULL);
        make(d, &kind_deployment, id, "title", "Team", "request", request, "resources", expert,
             "mode", "remote", "from", "2026-11-25T08:00Z", "until", "2026-11-28T08:00Z", "checks",
             "interests,rest", NULL);
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

static void must(struct desk *d, const char *id, const char *verb)
{
        struct err err;

        cr_assert_eq(try(d, id, verb, &err, NULL, 0, false), RC_OK, "%s: %s", verb, err.text);
}

static void refused(struct desk *d, const char *id, const char *verb, const char *why)
{
        struct err err;

        cr_assert_eq(try(d, id, verb, &err, NULL, 0, false), RC_CONFLICT, "%s: %s", verb, err.text);
        cr_assert(strstr(err.text, why), "%s: %s", verb, err.text);
}

static void shows(struct desk *d, const char *id, const char *field, const char *wanted)
{
        CLEANUP(arena_finish) struct arena a = {0};

        cr_assert_str_eq(desk_shows(d, id, field, &a), wanted, "%s", field);
}

static void move_all(struct desk *d, const char *id, const char *const *verbs)
{
        for (; *verbs; verbs++)
                must(d, id, *verbs);
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
        const char *who = d->ops.operator;
        struct err err;

        must(d, id, "submit");
        d->ops.operator= "second";
        must(d, id, "confirm");
        d->ops.operator= who;
        must(d, id, "take");
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
        must(&d, other, "mobilise");
        must(&d, id, "deploy");
        shows(&d, id, "state", "active");
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
        must(&d, id, "deploy");
        refused(&d, id, "end", "DEP-0001 is remote ready; all its deployments demobilise first");
        move_all(&d, one, (const char *const[]){"recall", NULL});
        refused(&d, id, "end", "DEP-0001 is recalled");
        must(&d, one, "demobilise");
        refused(&d, id, "end", "DEP-0002 is planned");
        must(&d, other, "stand-down");
        must(&d, id, "end");
        shows(&d, id, "state", "ended");
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
        must(&d, id, "withdraw");
        shows(&d, id, "state", "withdrawn");
        shows(&d, planned, "state", "stood-down");
        shows(&d, confirmed, "state", "stood-down");
        shows(&d, away, "state", "remote-ready");
        cr_assert_eq(thing_log(d.ops.store, id, 0, 1, &a, &log, &count, &err), RC_OK);
        cr_assert_eq(count, 1);
        cr_expect(strstr(thing_text(&log[0].thing, "text"),
                         "withdrawn by duarte: DEP-0001, DEP-0002 stood down with it; DEP-0003 "
                         "still away"),
                  "%s", thing_text(&log[0].thing, "text"));
        cr_assert_eq(ops_undo(&d.ops, NULL, &err), RC_OK, "%s", err.text);
        shows(&d, id, "state", "draft");
        shows(&d, planned, "state", "planned");
        shows(&d, confirmed, "state", "confirmed");
        desk_stop(&d);
}

Test(support, one_that_stood_down_before_stays_so)
{
        char id[STIX_ID_MAX], one[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        make_request(&d, id);
        make_deployment(&d, id, one);
        must(&d, one, "stand-down");
        must(&d, id, "withdraw");
        cr_assert_eq(ops_undo(&d.ops, NULL, NULL), RC_OK);
        shows(&d, id, "state", "draft");
        shows(&d, one, "state", "stood-down");
        desk_stop(&d);
}
