/* Requests and deployments at a desk: what people type, and what becomes of it. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "model/answer.h"
#include "model/offer.h"
#include "unit/desk.h"

#define FIELDS(...) ((const struct ops_field[]){__VA_ARGS__, {NULL, NULL}})
#define NO_FIELDS   ((const struct ops_field[]){{NULL, NULL}})

TestSuite(machines);

static size_t count_of(const struct ops_field *fields)
{
        size_t count = 0;

        while (fields[count].name)
                count++;
        return count;
}

static enum rc try(struct desk *d, const char *id, const char *verb, const struct ops_field *fields,
                   const struct ops_field *details, struct err *err)
{
        const struct ops_request r = {.verb = verb,
                                      .fields = fields,
                                      .field_count = count_of(fields),
                                      .details = details,
                                      .detail_count = count_of(details),
                                      .reason = "for a reason",
                                      .occurred_ms = CLOCK_NONE};

        return ops_do(&d->ops, id, &r, err);
}

static void done(struct desk *d, const char *id, const char *verb, const struct ops_field *fields,
                 const struct ops_field *details)
{
        struct err err = {0};

        cr_assert_eq(try(d, id, verb, fields, details, &err), RC_OK, "%s: %s", verb, err.text);
}

static void refused(struct desk *d, const char *id, const char *verb,
                    const struct ops_field *fields, const struct ops_field *details,
                    const char *why)
{
        struct err err = {0};

        cr_assert_neq(try(d, id, verb, fields, details, &err), RC_OK, "%s", verb);
        cr_assert(strstr(err.text, why), "%s: %s", verb, err.text);
}

static void make(struct desk *d, const struct kind *kind, const struct ops_field *fields,
                 char id[STIX_ID_MAX])
{
        desk_make(d, kind, fields, count_of(fields), id);
}

static void make_request(struct desk *d, char id[STIX_ID_MAX])
{
        char incident[STIX_ID_MAX];

        desk_new(d, "No power", "high", incident);
        make(d, &kind_request,
             FIELDS({"title", "Analysts"}, {"incident", incident}, {"requester", "CERT-PT"},
                    {"route", "spoc"}, {"spoc", "CNCS"}, {"entity", "Grid"},
                    {"entity_class", "essential"}, {"impact", "no power"}, {"use", "to clean it"},
                    {"needs", "4 analysts"}, {"measures", "cut off"}, {"other_support", "none"}),
             id);
}

/* What was offered is in the act; one that is not held here is known by its number alone. */
static void tells_offer(struct desk *d, const char *id, const char *item, const char *text)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct ops_view v;

        cr_assert_eq(ops_view(&d->ops, id, CLOCK_NONE, &a, &v, NULL), RC_OK);
        cr_expect_str_eq(offer_text(&v.folded, item, clock_now_ms(), &a), text);
}

Test(machines, a_request_is_sent_by_two_people_and_answered_with_offers)
{
        struct desk d;
        char id[STIX_ID_MAX];
        struct ops_field severe[] = {{"severity", "high"}, {"cross_border", "no"}, {NULL, NULL}};

        desk_start(&d);
        make_request(&d, id);
        desk_must_show(&d, id, "state", "draft");
        done(&d, id, "submit", NO_FIELDS, NO_FIELDS);
        desk_must_show(&d, id, "asked_by", d.ops.operator);
        refused(&d, id, "confirm", NO_FIELDS, NO_FIELDS,
                "another person than who asked for it confirms it");
        refused(&d, id, "confirm", FIELDS({"confirmed_by", "somebody else"}), NO_FIELDS,
                "who confirms it is who is signed on");
        d.ops.operator= "second";
        done(&d, id, "confirm", NO_FIELDS, NO_FIELDS);
        desk_must_show(&d, id, "state", "submitted");
        desk_must_show(&d, id, "submitted", "2026-11-24T12:00:00.000Z");
        desk_must_show(&d, id, "due", "2026-11-26T12:00:00.000Z");
        refused(&d, id, "set", FIELDS({"needs", "8 analysts"}), NO_FIELDS,
                "what was submitted stays as it was");
        done(&d, id, "take", NO_FIELDS, NO_FIELDS);
        desk_must_show(&d, id, "assessor", "second");
        refused(&d, id, "approve", NO_FIELDS, NO_FIELDS, "how severe it is");
        done(&d, id, "approve", severe, NO_FIELDS);
        desk_must_show(&d, id, "decider", "second");
        desk_must_show(&d, id, "rationale", "for a reason");
        desk_must_show(&d, id, "due", "");
        for (int i = 0; i < 2; i++)
                done(&d, id, "offer", NO_FIELDS,
                     FIELDS({"provider", "CERT-EE"}, {"resource", i ? "4 analysts" : "2 analysts"},
                            {"expires", i ? "+48h" : "+24h"}));
        desk_must_show(&d, id, "offers", "1@2026-11-25T12:00:00.000Z,2@2026-11-26T12:00:00.000Z");
        desk_must_show(&d, id, "due", "2026-11-25T12:00:00.000Z");
        refused(&d, id, "offer", NO_FIELDS,
                FIELDS({"provider", "CERT-EE"}, {"resource", "4"}, {"expires", "one day"}),
                "expires");
        refused(&d, id, "accept", NO_FIELDS, FIELDS({"offer", "3"}), "no offer has the number 3");
        refused(&d, id, "accept", NO_FIELDS, FIELDS({"offer", "x"}), "no offer has the number x");
        tells_offer(&d, id, "2@2026-11-26T12:00:00.000Z",
                    "2 CERT-EE: 4 analysts, until Thu 12:00Z");
        tells_offer(&d, id, "7@2026-11-24T11:00:00.000Z", "7, over since 11:00Z");
        tells_offer(&d, id, "nothing of the kind", "nothing of the kind");
        done(&d, id, "decline", NO_FIELDS, FIELDS({"offer", "1"}));
        done(&d, id, "accept", NO_FIELDS, FIELDS({"offer", "2"}));
        desk_must_show(&d, id, "accepted", "2@2026-11-26T12:00:00.000Z");
        desk_must_show(&d, id, "state", "accepted");
        refused(&d, id, "deploy", NO_FIELDS, NO_FIELDS, "no agreement is signed");
        cr_assert_eq(ops_undo(&d.ops, NULL, NULL), RC_OK);
        desk_must_show(&d, id, "state", "offered");
        desk_must_show(&d, id, "accepted", "");
        desk_stop(&d);
}

Test(machines, a_deployment_keeps_who_was_asked_and_what_was_said)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct desk d;
        char id[STIX_ID_MAX], ana[STIX_ID_MAX], bo[STIX_ID_MAX];
        const char *asked;

        desk_start(&d);
        make(&d, &kind_expert, FIELDS({"name", "Ana"}), ana);
        make(&d, &kind_expert, FIELDS({"name", "Bo"}), bo);
        make(&d, &kind_deployment,
             FIELDS({"title", "Analysts to Lisbon"}, {"resources", ana}, {"mode", "remote"},
                    {"from", "tomorrow 08:00"}, {"until", "+10d"}, {"checkin_every", "12h"}),
             id);
        desk_must_show(&d, id, "state", "planned");
        done(&d, id, "alert", NO_FIELDS, NO_FIELDS);
        done(&d, id, "decline", NO_FIELDS, NO_FIELDS);
        done(&d, id, "substitute", FIELDS({"resources", arena_printf(&a, "+%s -%s", bo, ana)}),
             NO_FIELDS);
        desk_must_show(&d, id, "state", "planned");
        desk_must_show(&d, id, "resources", bo);
        done(&d, id, "alert", NO_FIELDS, NO_FIELDS);
        refused(&d, id, "confirm", NO_FIELDS, NO_FIELDS, "conflicts of interest");
        done(&d, id, "confirm", FIELDS({"checks", "interests rest"}), NO_FIELDS);
        asked = desk_shows(&d, id, "asked", &a);
        for (int i = 0; i < 5; i++) {
                static const char *const words[] = {"asked", "no", "out", "asked", "yes"};

                cr_expect(strstr(asked, arena_printf(&a, "%s=%s@2026-11-24T12:00:00.000Z",
                                                     i < 3 ? ana : bo, words[i])),
                          "%s: %s", words[i], asked);
        }
        done(&d, id, "mobilise", NO_FIELDS, NO_FIELDS);
        refused(&d, id, "depart", NO_FIELDS, NO_FIELDS, "it works remotely");
        done(&d, id, "remote-ready", NO_FIELDS, NO_FIELDS);
        desk_must_show(&d, id, "checkin_due", "2026-11-25T00:00:00.000Z");
        desk_must_show(&d, id, "due", "2026-11-25T00:00:00.000Z");
        done(&d, id, "start", FIELDS({"host", "Rui"}, {"access", "access evidence-rules"}),
             NO_FIELDS);
        done(&d, id, "suspend", NO_FIELDS, FIELDS({"cause", "legal"}));
        desk_must_show(&d, id, "suspended_from", "operational");
        done(&d, id, "resume", NO_FIELDS, NO_FIELDS);
        desk_must_show(&d, id, "state", "operational");
        refused(&d, id, "set", FIELDS({"until", "+20d"}), NO_FIELDS, "changed by extend");
        refused(&d, id, "extend", FIELDS({"until", "+1d"}), NO_FIELDS, "not later");
        done(&d, id, "extend", FIELDS({"until", "+20d"}), NO_FIELDS);
        clock_advance(60 * MINUTE);
        done(&d, id, "check-in", NO_FIELDS, FIELDS({"words", "all well"}));
        desk_must_show(&d, id, "checkin_due", "2026-11-25T01:00:00.000Z");
        done(&d, id, "hand-over", NO_FIELDS, NO_FIELDS);
        done(&d, id, "demobilise", NO_FIELDS, NO_FIELDS);
        done(&d, id, "return", FIELDS({"hours", "40"}), NO_FIELDS);
        desk_must_show(&d, id, "checkin_due", "");
        done(&d, id, "rest", NO_FIELDS, NO_FIELDS);
        desk_must_show(&d, id, "rest_until", "2026-11-25T00:00:00.000Z");
        done(&d, id, "close", NO_FIELDS, NO_FIELDS);
        desk_must_show(&d, id, "state", "closed");
        desk_stop(&d);
}

Test(machines, who_is_added_to_an_alerted_deployment_is_asked_too)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct desk d;
        char id[STIX_ID_MAX], ana[STIX_ID_MAX], bo[STIX_ID_MAX], asked[ANSWER_BYTES];

        desk_start(&d);
        make(&d, &kind_expert, FIELDS({"name", "Ana"}), ana);
        make(&d, &kind_expert, FIELDS({"name", "Bo"}), bo);
        make(&d, &kind_deployment,
             FIELDS({"title", "Analysts to Lisbon"}, {"resources", ana}, {"from", "tomorrow 08:00"},
                    {"until", "+10d"}),
             id);
        done(&d, id, "set", FIELDS({"resources", arena_printf(&a, "+%s", bo)}), NO_FIELDS);
        done(&d, id, "set", FIELDS({"resources", arena_printf(&a, "-%s", bo)}), NO_FIELDS);
        desk_must_show(&d, id, "asked", "");
        done(&d, id, "alert", NO_FIELDS, NO_FIELDS);
        clock_advance(60 * MINUTE);
        done(&d, id, "set", FIELDS({"resources", arena_printf(&a, "%s %s", ana, bo)}), NO_FIELDS);
        answer_write(bo, ANSWER_ASKED, clock_now_ms(), asked);
        cr_expect(strstr(desk_shows(&d, id, "asked", &a), asked));
        answer_write(ana, ANSWER_ASKED, clock_now_ms(), asked);
        cr_expect_not(strstr(desk_shows(&d, id, "asked", &a), asked), "asked once");
        done(&d, id, "set", FIELDS({"resources", arena_printf(&a, "-%s", bo)}), NO_FIELDS);
        answer_write(bo, ANSWER_OUT, clock_now_ms(), asked);
        cr_expect(strstr(desk_shows(&d, id, "asked", &a), asked));
        answer_write(ana, ANSWER_YES, clock_now_ms(), asked);
        refused(&d, id, "set", FIELDS({"asked", arena_printf(&a, "+%s", asked)}), NO_FIELDS,
                "who is added or taken out");
        desk_stop(&d);
}

/* It was away with people who rest then. */
Test(machines, things_can_go_again_at_once)
{
        static const char *const way[] = {"alert", "confirm", "mobilise",  "remote-ready",
                                          "start", "recall",  "demobilise"};
        CLEANUP(arena_finish) struct arena a = {0};
        struct desk d;
        char id[STIX_ID_MAX], ana[STIX_ID_MAX], tap[STIX_ID_MAX];

        desk_start(&d);
        make(&d, &kind_expert, FIELDS({"name", "Ana"}), ana);
        make(&d, &kind_equipment, FIELDS({"name", "Tap"}), tap);
        make(&d, &kind_deployment,
             FIELDS({"title", "Taps"}, {"resources", arena_printf(&a, "%s,%s", ana, tap)},
                    {"mode", "remote"}, {"from", "now"}, {"until", "+1d"}, {"host", "Rui"},
                    {"access", "access evidence-rules"}, {"checks", "interests rest"}),
             id);
        for (size_t i = 0; i < ARRAY_LEN(way); i++)
                done(&d, id, way[i], NO_FIELDS, NO_FIELDS);
        clock_advance(60 * MINUTE);
        done(&d, id, "return", FIELDS({"condition", "good"}), FIELDS({"sanitised", "now"}));
        desk_must_show(&d, ana, "status", "resting");
        desk_must_show(&d, tap, "status", "unverified");
        make(&d, &kind_deployment,
             FIELDS({"title", "Tap"}, {"resources", tap}, {"mode", "remote"}, {"from", "+1h"},
                    {"until", "+1d"}),
             id);
        done(&d, id, "alert", NO_FIELDS, NO_FIELDS);
        done(&d, id, "confirm", FIELDS({"checks", "interests"}), NO_FIELDS);
        desk_stop(&d);
}

Test(machines, an_offer_leaves_in_time_and_is_made_once)
{
        struct ops_field severe[] = {{"severity", "high"}, {"cross_border", "no"}, {NULL, NULL}};
        struct desk d;
        char id[STIX_ID_MAX];

        desk_start(&d);
        make_request(&d, id);
        done(&d, id, "submit", NO_FIELDS, NO_FIELDS);
        d.ops.operator= "second";
        done(&d, id, "confirm", NO_FIELDS, NO_FIELDS);
        done(&d, id, "take", NO_FIELDS, NO_FIELDS);
        done(&d, id, "approve", severe, NO_FIELDS);
        refused(&d, id, "offer", NO_FIELDS,
                FIELDS({"provider", "CERT-EE"}, {"resource", "4 analysts"}, {"expires", "+24h"},
                       {"departure", "yesterday"}),
                "it could leave on 2026-11-23T00:00:00Z at the earliest, which is past");
        done(&d, id, "offer", NO_FIELDS,
             FIELDS({"provider", "CERT-EE"}, {"resource", "4 analysts"}, {"expires", "+24h"},
                    {"departure", "now"}));
        refused(&d, id, "offer", NO_FIELDS,
                FIELDS({"provider", "Cert-EE"}, {"resource", "4 Analysts"}, {"expires", "+48h"}),
                "offer 1 says the same: CERT-EE: 4 analysts");
        done(&d, id, "offer", NO_FIELDS,
             FIELDS({"provider", "CERT-PL"}, {"resource", "4 analysts"}, {"expires", "+24h"}));
        done(&d, id, "decline", NO_FIELDS, FIELDS({"offer", "1"}));
        done(&d, id, "offer", NO_FIELDS,
             FIELDS({"provider", "CERT-EE"}, {"resource", "4 analysts"}, {"expires", "+48h"}));
        desk_stop(&d);
}
