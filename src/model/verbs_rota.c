/*
 * The verbs of rotas, and their details. What they do to its overrides needs the calendar of its
 * zone, so it is worked out where the act is made (ops/rota_act.c), as the clocks of incidents are.
 */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/after.h"
#include "model/guards.h"

static const struct detail_row override_details[] = {
        {.name = "who",
         .label = "on duty",
         .help = "who is on duty then: EXP-0003",
         .type = FIELD_REF,
         .needed = true},
        {.name = "from",
         .label = "from",
         .help = "from when on: tomorrow 08:00",
         .type = FIELD_TIME,
         .needed = true},
        {.name = "until",
         .label = "until",
         .help = "until when: tomorrow 16:00",
         .type = FIELD_TIME,
         .ahead = true,
         .needed = true},
        {.name = NULL},
};

static const struct detail_row swap_details[] = {
        {.name = "turn",
         .label = "a turn",
         .help = "any time in the first turn: tomorrow 09:00",
         .type = FIELD_TIME,
         .needed = true},
        {.name = "with",
         .label = "with the turn",
         .help = "any time in the turn that it is swapped with",
         .type = FIELD_TIME,
         .needed = true},
        {.name = NULL},
};

static const struct detail_row take_over_details[] = {
        {.name = "by",
         .label = "by",
         .help = "who takes over now, until this shift ends: EXP-0003",
         .type = FIELD_REF,
         .needed = true},
        {.name = NULL},
};

/* ---- guards -------------------------------------------------------------------------------- */

static int64_t detail_ms(const struct act *act, const char *name)
{
        const char *text = act_detail(act, name);
        int64_t ms;

        return text && stamp_parse_ms(text, &ms, NULL) == RC_OK ? ms : CLOCK_NONE;
}

static const char *guard_override(const struct thing *now, const struct act *act)
{
        int64_t from = detail_ms(act, "from"), until = detail_ms(act, "until");

        (void)now;
        if (from == CLOCK_NONE || until == CLOCK_NONE)
                return "it does not say from when until when";
        return until <= from ? "it ends before it begins" : NULL;
}

static const char *guard_swap(const struct thing *now, const struct act *act)
{
        int64_t turn = detail_ms(act, "turn"), with = detail_ms(act, "with");

        (void)now;
        return turn == CLOCK_NONE || with == CLOCK_NONE ? "it does not say which two turns" : NULL;
}

/* Someone has to be on duty before the duty can change hands. */
static const char *may_change_hands(const struct thing *now)
{
        bool turns = thing_has(now, "members") && thing_text(now, "starts") &&
                     thing_text(now, "shift_hours");

        return turns || thing_has(now, "overrides")
                       ? NULL
                       : "nobody is on duty by it: it has no members, no start or no shift";
}

/* ---- verbs --------------------------------------------------------------------------------- */

const struct verb verbs_of_rotas[] = {
        {.kind = "rota",
         .name = "override",
         .did = "overridden",
         .label = "override",
         .group = "duty",
         .letter = 'o',
         .help = "puts somebody on duty from a time until another, whoever's turn it is",
         .field = "overrides",
         .sets = SETS_FIELD,
         .own_text = true,
         .details = override_details,
         .guard = guard_override},
        {.kind = "rota",
         .name = "swap",
         .did = "turns swapped",
         .label = "swap turns",
         .group = "duty",
         .letter = 's',
         .help = "swaps two turns of two people, each whole",
         .field = "overrides",
         .sets = SETS_FIELD,
         .own_text = true,
         .details = swap_details,
         .may = may_change_hands,
         .guard = guard_swap},
        {.kind = "rota",
         .name = "take-over",
         .did = "taken over",
         .label = "take over",
         .group = "duty",
         .letter = 't',
         .help = "takes over from who is on duty, from now until this shift ends; needs a reason",
         .field = "overrides",
         .sets = SETS_FIELD,
         .needs_reason = true,
         .own_text = true,
         .details = take_over_details,
         .may = may_change_hands},
        {.name = NULL},
};
