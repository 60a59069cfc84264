/*
 * Scales of the rosters.
 */
#include "base/mem.h"
#include "model/enums.h"

static const struct enum_item roster_items[] = {
        [ROSTER_READY] = {"ready", "ready", "ready"},
        [ROSTER_ON_CALL] = {"on-call", "on call", "on call"},
        [ROSTER_HELD] = {"held", "held", "held"},
        [ROSTER_DEPLOYED] = {"deployed", "deployed", "depl"},
        [ROSTER_RESTING] = {"resting", "resting", "rests"},
        [ROSTER_LEAVE] = {"leave", "on leave", "leave"},
        [ROSTER_MAINTENANCE] = {"maintenance", "maintenance", "maint"},
        [ROSTER_EXPIRED] = {"expired", "expired", "exp"},
        [ROSTER_UNVERIFIED] = {"unverified", "unverified", "unver"},
};

static const struct enum_item readiness_items[] = {
        [READY_R0] = {"r0", "R0", "R0"},
        [READY_R12] = {"r12", "R12", "R12"},
        [READY_R24] = {"r24", "R24", "R24"},
        [READY_R72] = {"r72", "R72", "R72"},
};

static const struct enum_item clearance_items[] = {
        [CLEARANCE_NONE] = {"none", "none", "none"},
        [CLEARANCE_R_UE] = {"r-ue", "R-UE", "R-UE"},
        [CLEARANCE_C_UE] = {"c-ue", "C-UE", "C-UE"},
        [CLEARANCE_S_UE] = {"s-ue", "S-UE", "S-UE"},
        [CLEARANCE_TS_UE] = {"ts-ue", "TS-UE", "TS-UE"},
};

static const struct enum_item proficiency_items[] = {
        {"basic", "basic", "basic"},
        {"intermediate", "intermediate", "interm"},
        {"advanced", "advanced", "adv"},
        {"expert", "expert", "expert"},
};

static const struct enum_item cefr_items[] = {
        {"a1", "A1", "A1"}, {"a2", "A2", "A2"}, {"b1", "B1", "B1"},          {"b2", "B2", "B2"},
        {"c1", "C1", "C1"}, {"c2", "C2", "C2"}, {"native", "native", "nat"},
};

const struct enum_list enum_roster = {"roster", roster_items, ARRAY_LEN(roster_items)};
const struct enum_list enum_readiness = {"readiness", readiness_items, ARRAY_LEN(readiness_items)};
const struct enum_list enum_clearance = {"clearance", clearance_items, ARRAY_LEN(clearance_items)};
const struct enum_list enum_proficiency = {"proficiency", proficiency_items,
                                           ARRAY_LEN(proficiency_items)};
const struct enum_list enum_cefr = {"cefr", cefr_items, ARRAY_LEN(cefr_items)};
