/*
 * The machine of requests for support: Regulation (EU) 2025/38, Articles 14 to 18.
 */
#include <string.h>

#include "base/mem.h"
#include "model/after.h"
#include "model/guards.h"
#include "model/machine.h"

#define S(state) (UINT32_C(1) << REQUEST_##state)

/* Under judgement: what is written in it stays as it was sent. */
#define COMPETES      (S(SUBMITTED) | S(RETURNED) | S(ASSESSING) | S(APPROVED) | S(PARTIAL) | S(OFFERED))
#define BEFORE_ACTIVE (S(DRAFT) | COMPETES | S(ACCEPTED) | S(AGREED))
#define NOT_OVER      (BEFORE_ACTIVE | S(ACTIVE) | S(ENDED) | S(REPORTED))

static const struct enum_item states[] = {
        [REQUEST_DRAFT] = {"draft", "draft", "draft"},
        [REQUEST_SUBMITTED] = {"submitted", "submitted", "subm"},
        [REQUEST_RETURNED] = {"returned", "returned", "retd"},
        [REQUEST_ASSESSING] = {"assessing", "assessing", "assess"},
        [REQUEST_APPROVED] = {"approved", "approved", "appr"},
        [REQUEST_PARTIAL] = {"partial", "partial", "part"},
        [REQUEST_REFUSED] = {"refused", "refused", "refsd"},
        [REQUEST_OFFERED] = {"offered", "offered", "offer"},
        [REQUEST_ACCEPTED] = {"accepted", "accepted", "acc"},
        [REQUEST_AGREED] = {"agreed", "agreed", "agreed"},
        [REQUEST_ACTIVE] = {"active", "active", "active"},
        [REQUEST_ENDED] = {"ended", "ended", "ended"},
        [REQUEST_REPORTED] = {"reported", "reported", "report"},
        [REQUEST_CLOSED] = {"closed", "closed", "closed"},
        [REQUEST_WITHDRAWN] = {"withdrawn", "withdrawn", "withdr"},
        [REQUEST_EXPIRED] = {"expired", "expired", "exp"},
};

const struct enum_list enum_request_state = {"request_state", states, ARRAY_LEN(states)};

static const struct arrow arrows[] = {
        {"submit", S(DRAFT), MACHINE_STAYS, "it is no draft"},
        {"confirm", S(DRAFT), REQUEST_SUBMITTED, "nothing in it waits for a second person"},
        {"confirm", S(REPORTED), REQUEST_CLOSED, NULL},
        {"return", S(SUBMITTED), REQUEST_RETURNED, "it is not waiting to be assessed"},
        {"resubmit", S(RETURNED), REQUEST_SUBMITTED, "it was not returned"},
        {"take", S(SUBMITTED), REQUEST_ASSESSING, "it is not waiting to be assessed"},
        {"approve", S(ASSESSING), REQUEST_APPROVED, "it is not being assessed"},
        {"part", S(ASSESSING), REQUEST_PARTIAL, "it is not being assessed"},
        {"refuse", S(ASSESSING), REQUEST_REFUSED, "it is not being assessed"},
        {"offer", S(APPROVED) | S(PARTIAL), REQUEST_OFFERED, "it is not approved"},
        {"offer", S(OFFERED), MACHINE_STAYS, NULL},
        {"accept", S(OFFERED), REQUEST_ACCEPTED, "nothing is on offer"},
        {"decline", S(OFFERED), MACHINE_STAYS, "nothing is on offer"},
        {"sign", S(ACCEPTED), REQUEST_AGREED, "no offer was accepted"},
        {"deploy", S(AGREED), REQUEST_ACTIVE, "no agreement is signed"},
        {"end", S(ACTIVE), REQUEST_ENDED, "no support is under way"},
        {"report", S(ENDED), REQUEST_REPORTED, "the support has not ended"},
        {"close", S(REPORTED), MACHINE_STAYS, "its report is not there"},
        {"withdraw", BEFORE_ACTIVE, REQUEST_WITHDRAWN, "it is too late to withdraw it"},
        {"expire", S(OFFERED), REQUEST_EXPIRED, "nothing is on offer"},
        {"rank", COMPETES, MACHINE_STAYS, "it does not compete with others now"},
        {"inform", NOT_OVER, MACHINE_STAYS, "it is over"},
};

/* A reply is due 48 hours after submission; the user's report two months after the support: a
 * given report_due stands in its place. */
static const struct machine_says says[] = {
        {"confirm", REQUEST_SUBMITTED, "submitted", .hours = 0},
        {"confirm", REQUEST_SUBMITTED, "reply_due", .hours = 48},
        {"confirm", MACHINE_STAYS, "asking", .value = ""},
        {"sign", REQUEST_AGREED, "signed", .hours = 0},
        {"end", REQUEST_ENDED, "ended", .hours = 0},
        {"end", REQUEST_ENDED, "report_due", .hours = 60 * 24},
};

static const struct machine_due dues[] = {
        {"reply_due", S(SUBMITTED) | S(RETURNED) | S(ASSESSING)},
        {"offers", S(OFFERED)},
        {"report_due", S(ENDED)},
};

/* ---- what forms may change ----------------------------------------------------------------- */

bool request_is_sent(const char *field)
{
        static const char *const sent[] = {"incident", "requester",    "route", "spoc",
                                           "entity",   "impact",       "use",   "needs",
                                           "measures", "other_support"};

        for (size_t i = 0; i < ARRAY_LEN(sent); i++)
                if (strcmp(sent[i], field) == 0)
                        return true;
        return false;
}

/* A change may void what was asked for, but not ask for anything. */
static const char *may_change(const struct thing *now, const struct act *act)
{
        int state = machine_state(&machine_request, now);
        bool open = state == REQUEST_DRAFT || state == REQUEST_RETURNED;

        if (act_says(act, "asking"))
                return "submit and close ask a second person";
        for (size_t i = 0; i < now->kind->field_count; i++) {
                const char *field = now->kind->fields[i].name;

                if (!open && request_is_sent(field) && act_touches(act, field))
                        return "what was submitted stays as it was; return it first";
        }
        return guard_times(now, act);
}

const struct machine machine_request = {
        .kind = &kind_request,
        .states = &enum_request_state,
        .first = REQUEST_DRAFT,
        .arrows = arrows,
        .arrow_count = ARRAY_LEN(arrows),
        .says = says,
        .says_count = ARRAY_LEN(says),
        .dues = dues,
        .due_count = ARRAY_LEN(dues),
        .over = S(REFUSED) | S(CLOSED) | S(WITHDRAWN) | S(EXPIRED),
        .may_change = may_change,
};
