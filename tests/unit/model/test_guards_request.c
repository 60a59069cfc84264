/* What a request must have and say for each of its verbs. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"
#include "drafts.h"
#include "model/machine.h"
#include "model/offer.h"

#define OPEN_OFFER "1@2026-11-24T15:00:00.000Z"
#define OVER_OFFER "2@2026-11-24T12:00:00.000Z"

static struct arena a;
static struct thing now;

static void setup(void)
{
        static const char *const fields[] = {"incident", "requester", "entity",   "impact",
                                             "use",      "needs",     "measures", "other_support"};

        arena_init(&a);
        thing_init(&now, &kind_request, "task--00000000-0000-4000-8000-000000000001");
        for (size_t i = 0; i < ARRAY_LEN(fields); i++)
                thing_set(&now, fields[i], "incident--00000000-0000-4000-8000-000000000001");
        thing_set(&now, "route", "cert-eu");
}

static void teardown(void)
{
        arena_finish(&a);
}

TestSuite(guards_request, .init = setup, .fini = teardown);

static const char *asked(const struct draft *d)
{
        const struct verb *verb = verb_find(&kind_request, d->act.verb);
        const char *why;

        cr_assert_not_null(verb);
        why = verb_why_not(verb, &now, &d->act);
        return why ? why : "may";
}

static struct draft *by(const char *operator, const char * verb)
{
        struct draft *d = draft(&a, "a", 1, verb);

        d->act.operator= operator;
        return d;
}

static struct draft *submit(void)
{
        return draft_set(draft_set(by("ana", "submit"), "asking", "submit"), "asked_by", "ana");
}

Test(guards_request, items_a_b_and_c_are_asked_for_one_by_one)
{
        static const struct {
                const char *field, *why;
        } rows[] = {
                {"incident", "it does not say for which incident"},
                {"requester", "it does not say who asks"},
                {"route", "it does not say by which route it goes"},
                {"entity", "(a) is not complete: the entity that is hit"},
                {"impact", "(a) is not complete: what it may lead to (impact)"},
                {"use", "(a) is not complete: what the support is to be used for (use)"},
                {"needs", "(a) is not complete: what is needed (needs)"},
                {"measures", "(b) is not there: what was done already (measures)"},
                {"other_support",
                 "(c) is not there: what else it can count on, or none (other_support)"},
        };

        cr_assert_str_eq(asked(submit()), "may");
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                const char *text = thing_text(&now, rows[i].field);

                thing_set(&now, rows[i].field, i % 2 ? "" : NULL);
                cr_expect_str_eq(asked(submit()), rows[i].why);
                thing_set(&now, rows[i].field, text);
        }
}

Test(guards_request, a_member_state_and_a_third_country_name_their_point_of_contact)
{
        static const char *const routes[] = {"spoc", "third-country"};

        for (size_t i = 0; i < ARRAY_LEN(routes); i++) {
                thing_set(&now, "route", routes[i]);
                thing_set(&now, "spoc", NULL);
                cr_expect_str_eq(asked(submit()), "it names no single point of contact (spoc)");
                thing_set(&now, "spoc", "CNCS");
                cr_expect_str_eq(asked(submit()), "may");
        }
}

Test(guards_request, who_asks_is_who_is_signed_on)
{
        struct draft *d = submit();

        d->sets[1].value = "bo";
        cr_assert_str_eq(asked(d), "who asks is who is signed on");
        d->sets[1].value = "ana";
        d->act.operator= NULL;
        cr_assert_str_eq(asked(d), "who asks is who is signed on");
        d->act.operator= "ana";
        d->sets[0].value = "close";
        cr_assert_str_eq(asked(d), "it does not say what waits for a second person");
        thing_set(&now, "asking", "submit");
        cr_assert_str_eq(asked(submit()), "it waits for a second person already");
}

static struct draft *confirm(const char *operator, const char * state)
{
        struct draft *d = draft_set(by(operator, "confirm"), "confirmed_by", operator);

        draft_set(draft_set(d, "state", state), "asking", "");
        draft_set(d, "submitted", "2026-11-24T13:00:01.000Z");
        return draft_set(d, "reply_due", "2026-11-26T13:00:01.000Z");
}

Test(guards_request, a_second_person_confirms_and_nobody_else)
{
        cr_assert_str_eq(asked(confirm("bo", "submitted")), "nobody has asked for it yet");
        thing_set(&now, "asking", "submit");
        thing_set(&now, "asked_by", "ana");
        cr_assert_str_eq(asked(confirm("ana", "submitted")),
                         "another person than who asked for it confirms it");
        cr_assert_str_eq(asked(confirm("Ana", "submitted")),
                         "another person than who asked for it confirms it");
        cr_assert_str_eq(asked(confirm("bo", "submitted")), "may");
        cr_assert_str_eq(asked(confirm("bo", "closed")),
                         "it does not say the state that this leads to");

        struct draft *d = confirm("bo", "submitted");
        d->act.operator= "ana";
        cr_assert_str_eq(asked(d), "who confirms it is who is signed on");
        d = confirm("bo", "submitted");
        d->act.set_count--;
        cr_assert_str_eq(asked(d), "it does not say when");
        d = confirm("bo", "submitted");
        d->sets[2].value = "submit";
        cr_assert_str_eq(asked(d), "it does not say all that goes with it");
        thing_set(&now, "needs", NULL);
        cr_assert_str_eq(asked(confirm("bo", "submitted")),
                         "(a) is not complete: what is needed (needs)");
}

Test(guards_request, what_was_asked_for_as_a_draft_does_not_close_it)
{
        thing_set(&now, "state", "reported");
        thing_set(&now, "asking", "submit");
        thing_set(&now, "asked_by", "ana");
        cr_assert_str_eq(asked(confirm("bo", "closed")), "nobody has asked for it yet");
        thing_set(&now, "asking", "close");
        cr_assert_str_eq(asked(confirm("bo", "closed")), "may");
        cr_assert_str_eq(asked(confirm("ana", "closed")),
                         "another person than who asked for it confirms it");
}

Test(guards_request, reasons_and_details_that_the_law_wants)
{
        static const struct {
                const char *state, *verb, *to, *why;
        } rows[] = {
                {"submitted", "return", "returned", "it needs a reason"},
                {"assessing", "refuse", "refused", "it needs a reason"},
                {"approved", "withdraw", "withdrawn", "it needs a reason"},
                {"accepted", "sign", "agreed", "it lacks a detail that it needs"},
                {"ended", "report", "reported", "it lacks a detail that it needs"},
                {"reported", "close", NULL, "it lacks a detail that it needs"},
                {"submitted", "take", "assessing", "it does not say who assesses it"},
        };

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                struct draft *d = by("ana", rows[i].verb);

                thing_set(&now, "state", rows[i].state);
                if (rows[i].to)
                        draft_set(d, "state", rows[i].to);
                cr_expect_str_eq(asked(d), rows[i].why, "%s", rows[i].verb);
        }
}

Test(guards_request, a_decision_says_who_why_and_by_what_it_was_ranked)
{
        struct draft *d = draft_set(by("ana", "approve"), "state", "approved");

        d->act.reason = "grave";
        thing_set(&now, "state", "assessing");
        cr_assert_str_eq(asked(d), "it does not say who decided");
        draft_set(d, "decider", "bo");
        cr_assert_str_eq(asked(d), "it does not say why it was decided so");
        draft_set(d, "rationale", "grave");
        cr_assert_str_eq(asked(d), "it does not say how severe it is (severity)");
        draft_set(d, "severity", "high");
        cr_assert_str_eq(asked(d), "it does not say of which class the entity is (entity_class)");
        thing_set(&now, "entity_class", "essential");
        cr_assert_str_eq(asked(d), "it does not say whether others are hit (cross_border)");
        draft_set(d, "cross_border", "no");
        cr_assert_str_eq(asked(d), "may");
}

static struct draft *offer(const char *item)
{
        struct draft *d = by("ana", "offer");

        draft_say(draft_say(d, "provider", "CERT-EE"), "resource", "4 analysts");
        draft_say(d, "expires", "-");
        return draft_set(draft_add(d, "offers", item), "state", "offered");
}

Test(guards_request, an_offer_is_open_for_some_time)
{
        struct draft *d;

        thing_set(&now, "state", "approved");
        cr_assert_str_eq(asked(offer(OPEN_OFFER)), "may");
        cr_assert_str_eq(asked(offer(OVER_OFFER)), "it would be over already");
        cr_assert_str_eq(asked(offer("1")), "it does not say until when it is open");
        d = offer(OPEN_OFFER);
        d->act.element_count = 0;
        cr_assert_str_eq(asked(d), "it does not say until when it is open");
        d = draft_remove(offer(OPEN_OFFER), "offers", OVER_OFFER);
        cr_assert_str_eq(asked(d), "it takes something away");
        thing_set(&now, "state", "offered");
        cr_assert_str_eq(asked(offer(OPEN_OFFER)), "it does not say the state that this leads to");
        d = offer(OPEN_OFFER);
        d->act.set_count = 0;
        cr_assert_str_eq(asked(d), "may");
}

Test(guards_request, only_what_is_on_offer_is_accepted_or_declined)
{
        static const char *const offers[] = {OPEN_OFFER, OVER_OFFER};
        struct draft *d = draft_set(by("ana", "accept"), "state", "accepted");

        thing_set(&now, "state", "offered");
        thing_set_items(&now, "offers", offers, ARRAY_LEN(offers), &a);
        draft_say(d, "offer", "1");
        cr_assert_str_eq(asked(d), "it does not say which offer");
        draft_add(d, "accepted", OPEN_OFFER);
        cr_assert_str_eq(asked(d), "may");
        draft_add(d, "accepted", OVER_OFFER);
        cr_assert_str_eq(asked(d), "that offer is over");
        d->elements[1].item = "3@2026-11-24T15:00:00.000Z";
        cr_assert_str_eq(asked(d), "that is not on offer");

        d = draft_say(by("ana", "decline"), "offer", "2");
        cr_assert_str_eq(asked(d), "it does not say which offer");
        draft_remove(d, "offers", OVER_OFFER);
        cr_assert_str_eq(asked(d), "may");
        d->elements[0].remove = false;
        cr_assert_str_eq(asked(d), "that is not on offer");
}

Test(guards_request, it_expires_when_no_offer_is_open)
{
        static const char *const offers[] = {OVER_OFFER, OPEN_OFFER};
        struct draft *d = draft_set(by("ana", "expire"), "state", "expired");

        thing_set(&now, "state", "offered");
        thing_set_items(&now, "offers", offers, 2, &a);
        cr_assert_str_eq(asked(d), "an offer is still open");
        thing_set_items(&now, "offers", offers, 1, &a);
        cr_assert_str_eq(asked(d), "may");
}

Test(guards_request, what_was_sent_is_changed_as_a_draft_or_when_returned)
{
        struct draft *needs = draft_set(by("ana", "set"), "needs", "8 analysts");
        struct draft *title = draft_set(by("ana", "set"), "title", "Help");

        for (size_t i = 0; i < enum_request_state.count; i++) {
                bool free = i == REQUEST_DRAFT || i == REQUEST_RETURNED;

                thing_set(&now, "state", enum_request_state.items[i].id);
                cr_expect_str_eq(asked(needs),
                                 free ? "may"
                                      : "what was submitted stays as it was; return it first");
                cr_expect_str_eq(asked(title), "may");
        }
}

Test(guards_request, a_new_one_is_a_draft_and_ends_after_it_begins)
{
        struct draft *d = draft_set(by("ana", "open"), "state", "draft");

        cr_assert_str_eq(asked(d), "may");
        d->sets[0].value = "approved";
        cr_assert_str_eq(asked(d), "a new one begins in its first state");
        d->sets[0].value = "draft";
        draft_set(d, "from", "2026-11-25T08:00:00.000Z");
        cr_assert_str_eq(asked(d), "may");
        draft_set(d, "until", "2026-11-25T08:00:00.000Z");
        cr_assert_str_eq(asked(d), "it ends before it begins");
}

/* ---- members of the set -------------------------------------------------------------------- */

Test(offer, a_member_is_read_as_it_is_written)
{
        static const char *const bad[] = {"",
                                          "1",
                                          "@",
                                          "0@2026-11-24T15:00:00.000Z",
                                          "01@2026-11-24T15:00:00.000Z",
                                          "-1@2026-11-24T15:00:00.000Z",
                                          "12345@2026-11-24T15:00:00.000Z",
                                          "1@2026-11-24T15:00:00Z",
                                          "1@tomorrow"};
        char out[OFFER_BYTES];
        struct offer o;

        cr_assert(offer_read(OPEN_OFFER, &o));
        cr_assert_eq(o.number, 1);
        offer_write(&o, out);
        cr_assert_str_eq(out, OPEN_OFFER);
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                cr_expect(!offer_is(bad[i]), "%s", bad[i]);
}

Test(offer, numbers_find_their_member_where_there_is_one)
{
        const char *const items[] = {"1@2026-11-24T15:00:00.000Z", "2@2026-11-24T15:00:00.000Z",
                                     "2@2026-11-24T16:00:00.000Z", "junk"};
        const struct value v = {.items = items, .count = ARRAY_LEN(items)}, none = {0};

        cr_assert_str_eq(offer_find(&v, 1), items[0]);
        cr_assert_null(offer_find(&v, 2), "two consoles gave it");
        cr_assert_null(offer_find(&v, 3));
        cr_assert_eq(offer_next(&v), 3);
        cr_assert_eq(offer_next(&none), 1);
}
