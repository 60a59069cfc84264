/*
 * The machine of deployments, one for each team, person or package of equipment that is sent.
 */
#include "base/mem.h"
#include "model/after.h"
#include "model/answer.h"
#include "model/booking.h"
#include "model/guards.h"
#include "model/machine.h"

#define S(state) (UINT32_C(1) << DEPLOYMENT_##state)

#define BEFORE_TRANSIT (S(PLANNED) | S(ALERTED) | S(CONFIRMED) | S(MOBILISING))
#define AWAY           (S(IN_TRANSIT) | S(ON_SITE) | S(REMOTE_READY) | S(OPERATIONAL) | S(HANDING_OVER))
#define UNDER_WAY      (S(MOBILISING) | AWAY)
#define HELD_HARD      (S(CONFIRMED) | UNDER_WAY | S(SUSPENDED))
#define WATCHED        (UNDER_WAY | S(DEMOBILISING) | S(RECALLED) | S(SUSPENDED))

static const struct enum_item states[] = {
        [DEPLOYMENT_PLANNED] = {"planned", "planned", "plan"},
        [DEPLOYMENT_ALERTED] = {"alerted", "alerted", "alert"},
        [DEPLOYMENT_CONFIRMED] = {"confirmed", "confirmed", "conf"},
        [DEPLOYMENT_MOBILISING] = {"mobilising", "mobilising", "mobil"},
        [DEPLOYMENT_IN_TRANSIT] = {"in-transit", "in transit", "transit"},
        [DEPLOYMENT_ON_SITE] = {"on-site", "on site", "on site"},
        [DEPLOYMENT_REMOTE_READY] = {"remote-ready", "remote ready", "remote"},
        [DEPLOYMENT_OPERATIONAL] = {"operational", "operational", "oper"},
        [DEPLOYMENT_HANDING_OVER] = {"handing-over", "handing over", "hands"},
        [DEPLOYMENT_DEMOBILISING] = {"demobilising", "demobilising", "demob"},
        [DEPLOYMENT_RETURNED] = {"returned", "returned", "back"},
        [DEPLOYMENT_RESTING] = {"resting", "resting", "rests"},
        [DEPLOYMENT_CLOSED] = {"closed", "closed", "closed"},
        [DEPLOYMENT_DECLINED] = {"declined", "declined", "decl"},
        [DEPLOYMENT_STOOD_DOWN] = {"stood-down", "stood down", "stood"},
        [DEPLOYMENT_RECALLED] = {"recalled", "recalled", "recall"},
        [DEPLOYMENT_SUSPENDED] = {"suspended", "suspended", "susp"},
};

const struct enum_list enum_deployment_state = {"deployment_state", states, ARRAY_LEN(states)};

/* Resuming leads back to where it was suspended: its guard says which of these. */
#define RESUME(state)                                                                              \
        {                                                                                          \
                "resume", S(SUSPENDED), DEPLOYMENT_##state, "it is not suspended"                  \
        }

static const struct arrow arrows[] = {
        {"alert", S(PLANNED), DEPLOYMENT_ALERTED, "it is not planned any more"},
        {"confirm", S(ALERTED), DEPLOYMENT_CONFIRMED, "nobody is alerted"},
        {"mobilise", S(CONFIRMED), DEPLOYMENT_MOBILISING, "it is not confirmed"},
        {"depart", S(MOBILISING), DEPLOYMENT_IN_TRANSIT, "it does not mobilise"},
        {"arrive", S(IN_TRANSIT), DEPLOYMENT_ON_SITE, "it is not in transit"},
        {"remote-ready", S(MOBILISING), DEPLOYMENT_REMOTE_READY, "it does not mobilise"},
        {"start", S(ON_SITE) | S(REMOTE_READY), DEPLOYMENT_OPERATIONAL,
         "it is neither on site nor ready remotely"},
        {"hand-over", S(OPERATIONAL), DEPLOYMENT_HANDING_OVER, "it is not operational"},
        {"demobilise", S(HANDING_OVER) | S(RECALLED), DEPLOYMENT_DEMOBILISING,
         "it neither hands over nor was it recalled"},
        {"return", S(DEMOBILISING), DEPLOYMENT_RETURNED, "it does not demobilise"},
        {"rest", S(RETURNED), DEPLOYMENT_RESTING, "it has not returned"},
        {"close", S(RESTING), DEPLOYMENT_CLOSED, "it does not rest"},
        {"decline", S(ALERTED), DEPLOYMENT_DECLINED, "nobody is alerted"},
        {"stand-down", BEFORE_TRANSIT, DEPLOYMENT_STOOD_DOWN,
         "standing down is for before the departure; recall it"},
        {"recall", AWAY | S(SUSPENDED), DEPLOYMENT_RECALLED, "it is not away"},
        {"extend", HELD_HARD, MACHINE_STAYS, "it is not confirmed"},
        {"suspend", UNDER_WAY, DEPLOYMENT_SUSPENDED, "it is not under way"},
        RESUME(MOBILISING),
        RESUME(IN_TRANSIT),
        RESUME(ON_SITE),
        RESUME(REMOTE_READY),
        RESUME(OPERATIONAL),
        RESUME(HANDING_OVER),
        {"substitute", S(DECLINED), DEPLOYMENT_PLANNED, "it is over, or on its way back"},
        {"substitute", BEFORE_TRANSIT | AWAY | S(SUSPENDED), MACHINE_STAYS, NULL},
        {"check-in", WATCHED, MACHINE_STAYS, "it is not under way"},
        {"manifest", BEFORE_TRANSIT | WATCHED, MACHINE_STAYS, "it is over"},
};

#define NEXT_CHECK_IN(verb)                                                                        \
        {                                                                                          \
                verb, MACHINE_STAYS, "checkin_due", .span = "checkin_every"                        \
        }

static const struct machine_says says[] = {
        {"alert", DEPLOYMENT_ALERTED, "alerted", .hours = 0},
        {"confirm", DEPLOYMENT_CONFIRMED, "confirmed", .hours = 0},
        {"depart", DEPLOYMENT_IN_TRANSIT, "departed", .hours = 0},
        {"arrive", DEPLOYMENT_ON_SITE, "arrived", .hours = 0},
        {"start", DEPLOYMENT_OPERATIONAL, "operational", .hours = 0},
        {"return", DEPLOYMENT_RETURNED, "returned", .hours = 0},
        {"return", DEPLOYMENT_RETURNED, "checkin_due", .value = ""},
        {"rest", DEPLOYMENT_RESTING, "rest_until", .since = "returned", .hours = REST_HOURS,
         .of_people = true, .span = "rest_hours"},
        {"suspend", DEPLOYMENT_SUSPENDED, "suspended_from", .as = MACHINE_FIELD},
        {"resume", MACHINE_STAYS, MACHINE_FIELD, .as = "suspended_from"},
        {"resume", MACHINE_STAYS, "suspended_from", .value = ""},
        NEXT_CHECK_IN("depart"),
        NEXT_CHECK_IN("arrive"),
        NEXT_CHECK_IN("remote-ready"),
        NEXT_CHECK_IN("start"),
        NEXT_CHECK_IN("check-in"),
};

static const struct machine_due dues[] = {
        {"from", S(ALERTED) | S(CONFIRMED) | S(MOBILISING)},
        {"checkin_due", WATCHED},
        {"until", AWAY | S(SUSPENDED)},
        {"rest_until", S(RESTING)},
};

/* ---- what forms may change ----------------------------------------------------------------- */

/* Others count on what is confirmed. */
static const char *may_change(const struct thing *now, const struct act *act)
{
        static const char *const firm[] = {"incident", "request", "resources",
                                           "mode",     "from",    "until"};
        int state = machine_state(&machine_deployment, now);

        for (size_t i = 0; i < ARRAY_LEN(firm); i++)
                if (act_touches(act, firm[i]) && state != DEPLOYMENT_PLANNED &&
                    state != DEPLOYMENT_ALERTED && state != DEPLOYMENT_DECLINED)
                        return "what is confirmed is changed by extend and substitute";
        if (!answers_follow(act))
                return "only who is added or taken out is asked by changing it";
        return guard_times(now, act);
}

const struct machine machine_deployment = {
        .kind = &kind_deployment,
        .states = &enum_deployment_state,
        .first = DEPLOYMENT_PLANNED,
        .arrows = arrows,
        .arrow_count = ARRAY_LEN(arrows),
        .says = says,
        .says_count = ARRAY_LEN(says),
        .dues = dues,
        .due_count = ARRAY_LEN(dues),
        .over = S(CLOSED) | S(STOOD_DOWN),
        .may_change = may_change,
};
