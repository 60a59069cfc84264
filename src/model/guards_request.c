/*
 * Guards of requests for support. What needs other things (deployments under way) is asked where
 * the act is made.
 */
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/after.h"
#include "model/guards.h"
#include "model/machine.h"
#include "model/offer.h"

#define ASKS_SUBMIT "submit"
#define ASKS_CLOSE  "close"

/* ---- what a request must have: Regulation (EU) 2025/38, Article 15(2) ----------------------- */

static const char *incomplete(const struct thing *now)
{
        static const struct {
                const char *field, *why;
        } items[] = {
                {"incident", "it does not say for which incident"},
                {"requester", "it does not say who asks"},
                {"route", "it does not say by which route it goes"},
                {"entity", "(a) is not complete: the entity that is hit"},
                {"impact", "(a) is not complete: what it may lead to (impact)"},
                {"use", "(a) is not complete: what the support is to be used for (use)"},
                {"needs", "(a) is not complete: what is needed (needs)"},
                {"measures", "(b) is not there: what was done already (measures)"},
                {"other_support", "(c) is not there: what else it can count on, or none "
                                  "(other_support)"},
        };
        const char *route = thing_text(now, "route");

        for (size_t i = 0; i < ARRAY_LEN(items); i++)
                if (!thing_has(now, items[i].field))
                        return items[i].why;
        if (strcmp(route, "cert-eu") != 0 && !thing_has(now, "spoc"))
                return "it names no single point of contact (spoc)";
        return NULL;
}

/* ---- a second person ----------------------------------------------------------------------- */

static bool is_by_operator(const struct act *act, const char *field)
{
        const char *who = act_says(act, field);

        return who && act->operator&& strcmp(who, act->operator) == 0;
}

const char *may_ask(const struct thing *now)
{
        return thing_has(now, "asking") ? "it waits for a second person already" : NULL;
}

const char *may_confirm(const struct thing *now)
{
        const char *asking = thing_text(now, "asking");
        bool draft = machine_state(&machine_request, now) == REQUEST_DRAFT;

        return asking && strcmp(asking, draft ? ASKS_SUBMIT : ASKS_CLOSE) == 0
                       ? NULL
                       : "nobody has asked for it yet";
}

const char *guard_ask(const struct thing *now, const struct act *act)
{
        const char *asking = act_says(act, "asking");

        (void)now;
        if (!asking || strcmp(asking, act->verb) != 0)
                return "it does not say what waits for a second person";
        return is_by_operator(act, "asked_by") ? NULL : "who asks is who is signed on";
}

const char *guard_submit(const struct thing *now, const struct act *act)
{
        const char *why = incomplete(now);

        return why ? why : guard_ask(now, act);
}

const char *guard_confirm(const struct thing *now, const struct act *act)
{
        const char *asked_by = thing_text(now, "asked_by");

        if (!is_by_operator(act, "confirmed_by"))
                return "who confirms it is who is signed on";
        if (!asked_by || strcasecmp(asked_by, act->operator) == 0)
                return "another person than who asked for it confirms it";
        return machine_state(&machine_request, now) == REQUEST_DRAFT ? incomplete(now) : NULL;
}

const char *guard_resubmit(const struct thing *now, const struct act *act)
{
        (void)act;
        return incomplete(now);
}

/* ---- the decision -------------------------------------------------------------------------- */

const char *guard_take(const struct thing *now, const struct act *act)
{
        (void)now;
        return act_says(act, "assessor") ? NULL : "it does not say who assesses it";
}

/* By these, competing requests are put in an order: Article 16. */
const char *guard_decision(const struct thing *now, const struct act *act)
{
        if (!act_says(act, "decider"))
                return "it does not say who decided";
        if (!act_says(act, "rationale"))
                return "it does not say why it was decided so";
        if (!after_text(now, act, "severity"))
                return "it does not say how severe it is (severity)";
        if (!after_text(now, act, "entity_class"))
                return "it does not say of which class the entity is (entity_class)";
        if (!after_text(now, act, "cross_border"))
                return "it does not say whether others are hit (cross_border)";
        return NULL;
}

const char *guard_rank(const struct thing *now, const struct act *act)
{
        (void)now;
        return act_says(act, "rank") && act_says(act, "rank_why")
                       ? NULL
                       : "a place needs its number and why, both together";
}

const char *guard_inform(const struct thing *now, const struct act *act)
{
        (void)now;
        return act_moves(act, "informed", false) ? NULL : "it does not say who was told";
}

/* ---- offers -------------------------------------------------------------------------------- */

const char *guard_offer(const struct thing *now, const struct act *act)
{
        size_t good = 0;

        (void)now;
        for (size_t i = 0; i < act->element_count; i++) {
                const struct act_element *e = &act->elements[i];
                struct offer o;

                if (e->remove || strcmp(e->field, "offers") != 0)
                        return "it takes something away";
                if (!offer_read(e->item, &o))
                        return "it does not say until when it is open";
                if (o.expires_ms <= act->occurred_ms)
                        return "it would be over already";
                good++;
        }
        return good ? NULL : "it does not say until when it is open";
}

const char *guard_accept(const struct thing *now, const struct act *act)
{
        const struct value *offers = thing_value(now, "offers");

        for (size_t i = 0; i < act->element_count; i++) {
                const struct act_element *e = &act->elements[i];
                struct offer o;

                if (e->remove || !value_has(offers, e->item) || !offer_read(e->item, &o))
                        return "that is not on offer";
                if (o.expires_ms < act->occurred_ms)
                        return "that offer is over";
        }
        return act_moves(act, "accepted", false) ? NULL : "it does not say which offer";
}

const char *guard_decline_offer(const struct thing *now, const struct act *act)
{
        const struct value *offers = thing_value(now, "offers");

        for (size_t i = 0; i < act->element_count; i++)
                if (!act->elements[i].remove || !value_has(offers, act->elements[i].item))
                        return "that is not on offer";
        return act_moves(act, "offers", true) ? NULL : "it does not say which offer";
}

const char *guard_expire(const struct thing *now, const struct act *act)
{
        const struct value *offers = thing_value(now, "offers");
        struct offer o;

        for (size_t i = 0; i < offers->count; i++)
                if (offer_read(offers->items[i], &o) && o.expires_ms > act->occurred_ms)
                        return "an offer is still open";
        return NULL;
}
