/*
 * Guards of deployments. What needs other things (who is booked elsewhere, whose clearance is good
 * until when) is asked where the act is made.
 */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/after.h"
#include "model/booking.h"
#include "model/guards.h"
#include "model/machine.h"

#define TYPE_EQUIPMENT "x-muster-asset--"

const char *guard_times(const struct thing *now, const struct act *act)
{
        int64_t from = after_ms(now, act, "from"), until = after_ms(now, act, "until");

        return from != CLOCK_NONE && until != CLOCK_NONE && until <= from
                       ? "it ends before it begins"
                       : NULL;
}

static bool is_mode(const struct thing *now, const char *mode)
{
        const char *text = thing_text(now, "mode");

        return text && strcmp(text, mode) == 0;
}

/* ---- before it leaves ---------------------------------------------------------------------- */

const char *guard_alert(const struct thing *now, const struct act *act)
{
        if (!thing_has(now, "resources"))
                return "it names nobody and nothing that goes (resources)";
        if (!after_text(now, act, "from") || !after_text(now, act, "until"))
                return "it does not say from when until when";
        return guard_times(now, act);
}

/* Who works from home needs no visa. */
const char *guard_confirm_deployment(const struct thing *now, const struct act *act)
{
        static const struct {
                const char *check, *why;
                bool on_site, of_people; /* only */
        } checks[] = {
                {"interests", "conflicts of interest were not looked at (checks)", false, false},
                {"rest", "their rest was not looked at (checks)", false, true},
                {"papers", "passports and visas were not looked at (checks)", true, false},
                {"medical", "their fitness was not looked at (checks)", true, false},
                {"insurance", "their insurance was not looked at (checks)", true, false},
        };
        bool remote = is_mode(now, "remote");
        bool people = booking_is_of_people(thing_value(now, "resources"));

        for (size_t i = 0; i < ARRAY_LEN(checks); i++)
                if (!(checks[i].on_site && remote) && !(checks[i].of_people && !people) &&
                    !after_has(now, act, "checks", checks[i].check))
                        return checks[i].why;
        return NULL;
}

static bool takes_equipment(const struct thing *now)
{
        const struct value *v = thing_value(now, "resources");

        for (size_t i = 0; i < v->count; i++)
                if (strncmp(v->items[i], TYPE_EQUIPMENT, strlen(TYPE_EQUIPMENT)) == 0)
                        return true;
        return false;
}

/* Member States, by ISO code. */
static bool is_in_union(const char *state)
{
        static const char codes[] = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT "
                                    "NL PL PT RO SE SI SK ";
        const char *at = strlen(state) == 2 ? strstr(codes, state) : NULL;

        return at && at[2] == ' ';
}

static bool leaves_union(const struct thing *now)
{
        const struct value *v = thing_value(now, "states");

        for (size_t i = 0; i < v->count; i++)
                if (!is_in_union(v->items[i]))
                        return true;
        return false;
}

const char *guard_depart(const struct thing *now, const struct act *act)
{
        bool any = after_any(now, act, "manifest");

        if (is_mode(now, "remote"))
                return "it works remotely; make it remote-ready";
        if (takes_equipment(now) && !any)
                return "equipment goes along; its serial numbers are not there (manifest)";
        if (any && leaves_union(now) && !after_any(now, act, "customs"))
                return "it leaves the Union; papers for export and customs are not there (customs)";
        return NULL;
}

const char *guard_remote_ready(const struct thing *now, const struct act *act)
{
        (void)act;
        return is_mode(now, "on-site") ? "it works on site; it departs" : NULL;
}

const char *guard_operational(const struct thing *now, const struct act *act)
{
        if (!after_text(now, act, "host"))
                return "it names no liaison of the host (host)";
        if (!after_has(now, act, "access", "access"))
                return "the host has given no access (access)";
        if (!after_has(now, act, "access", "evidence-rules"))
                return "the rules for evidence are not accepted (access)";
        return NULL;
}

/* ---- while it lasts ------------------------------------------------------------------------ */

const char *guard_extend(const struct thing *now, const struct act *act)
{
        int64_t until = act_says_ms(act, "until");

        if (until == CLOCK_NONE)
                return "it does not say until when";
        if (until <= thing_ms(now, "until"))
                return "that is not later than it ends now";
        return guard_times(now, act);
}

const char *guard_substitute(const struct thing *now, const struct act *act)
{
        const struct value *resources = thing_value(now, "resources");

        for (size_t i = 0; i < act->element_count; i++) {
                const struct act_element *e = &act->elements[i];

                if (strcmp(e->field, "resources") != 0)
                        continue;
                if (e->remove && !value_has(resources, e->item))
                        return "what goes out is not part of it";
                if (!e->remove && value_has(resources, e->item))
                        return "what comes in is part of it already";
        }
        return act_moves(act, "resources", false) && act_moves(act, "resources", true)
                       ? NULL
                       : "it takes one out and puts another in: +REF -REF";
}

const char *guard_check_in(const struct thing *now, const struct act *act)
{
        int64_t due = act_says_ms(act, "checkin_due");

        (void)now;
        return due != CLOCK_NONE && due <= act->occurred_ms
                       ? "the next check-in would be due before this one"
                       : NULL;
}

const char *guard_manifest(const struct thing *now, const struct act *act)
{
        (void)now;
        return act_touches(act, "manifest") ? NULL : "it does not say what is taken along";
}

/* ---- and afterwards ------------------------------------------------------------------------ */

static bool is_listed(const char *list, const char *item)
{
        size_t len = strlen(item);

        for (const char *at = list ? list : ""; *at; at += strspn(at, " ")) {
                size_t n = strcspn(at, " ");

                if (n == len && strncmp(at, item, n) == 0)
                        return true;
                at += n;
        }
        return false;
}

static bool is_all_back(const struct thing *now, const struct act *act)
{
        const struct value *v = thing_value(now, "manifest");
        const char *back = act_detail(act, "checked_in"), *missing = act_detail(act, "missing");

        for (size_t i = 0; i < v->count; i++)
                if (!is_listed(back, "all") && !is_listed(back, v->items[i]) &&
                    !is_listed(missing, v->items[i]))
                        return false;
        return true;
}

const char *guard_return(const struct thing *now, const struct act *act)
{
        if (!takes_equipment(now) && !thing_has(now, "manifest"))
                return NULL;
        if (!after_text(now, act, "condition"))
                return "it does not say in which condition the equipment is (condition)";
        if (!is_all_back(now, act))
                return "not everything on the manifest is checked in or missing (checked_in)";
        return act_detail(act, "sanitised")
                       ? NULL
                       : "it does not say when what holds data was wiped (sanitised)";
}

const char *guard_close_deployment(const struct thing *now, const struct act *act)
{
        return thing_ms(now, "rest_until") > act->occurred_ms && !act_has_reason(act)
                       ? "they rest until later; closing it before needs a reason"
                       : NULL;
}
