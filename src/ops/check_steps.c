/*
 * What a step of a deployment needs that it can't see of itself: nobody goes for a request that is
 * over, only who goes declines, what goes is on the manifest, and who is back rests long enough.
 * Asked where the act is made.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/after.h"
#include "model/booking.h"
#include "model/guards.h"
#include "model/machine.h"
#include "store/bookings.h"

#include "ops_private.h"

#define S(state) (UINT32_C(1) << REQUEST_##state)

struct step {
        struct ops *ops;
        const struct thing *now;
        const struct act *act;
        struct arena *a;
};

/* ---- before they leave ---------------------------------------------------------------------- */

static enum rc check_wanted(const struct step *s, struct err *err)
{
        const char *request = thing_text(s->now, "request");
        uint32_t over = machine_request.over | S(ENDED) | S(REPORTED);
        struct row row;
        int state;

        if (!request || thing_by_id(s->ops->store, request, s->a, &row, NULL) != RC_OK ||
            row.thing.kind != &kind_request)
                return RC_OK;
        state = machine_state(&machine_request, &row.thing);
        if (!row.thing.revoked && !(over >> state & 1))
                return RC_OK;
        return err_set(err, RC_CONFLICT, "%s is %s; nobody goes for it any more", row.ref,
                       row.thing.revoked ? "revoked" : enum_at(&enum_request_state, state)->label);
}

/* Who came in for another after the confirmation was not looked at with it. */
static enum rc check_looked_at(const struct step *s, struct err *err)
{
        const char *why = guard_confirm_deployment(s->now, s->act);

        return why ? err_set(err, RC_CONFLICT, "%s", why) : RC_OK;
}

static enum rc check_party(const struct step *s, struct err *err)
{
        const struct value *resources = thing_value(s->now, "resources");
        const char *who = act_detail(s->act, "resource"), **members = NULL;
        size_t count = 0;
        struct row row;
        enum rc rc;

        if (!who || value_has(resources, who))
                return RC_OK;
        rc = bookings_members(s->ops->store, resources->items, resources->count, s->a, &members,
                              &count, err);
        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; i < count; i++)
                if (strcmp(members[i], who) == 0)
                        return RC_OK;
        return err_set(err, RC_INVALID, "%s is not part of it",
                       thing_by_id(s->ops->store, who, s->a, &row, NULL) == RC_OK ? row.ref : who);
}

/* ---- what goes along ------------------------------------------------------------------------ */

static bool is_on_manifest(const struct step *s, const struct row *row)
{
        const char *serial = thing_text(&row->thing, "serial");

        return after_has(s->now, s->act, "manifest", row->ref) ||
               (serial && after_has(s->now, s->act, "manifest", serial));
}

/* A kit by itself: its parts need not be on it. */
static enum rc check_listed(const struct step *s, struct err *err)
{
        const struct value *resources = thing_value(s->now, "resources");

        for (size_t i = 0; i < resources->count; i++) {
                const char *serial;
                struct row row;

                if (thing_by_id(s->ops->store, resources->items[i], s->a, &row, NULL) != RC_OK ||
                    row.thing.kind != &kind_equipment || is_on_manifest(s, &row))
                        continue;
                serial = thing_text(&row.thing, "serial");
                return err_set(err, RC_INVALID, "%s %s is not on the manifest: manifest=+%s",
                               row.ref, thing_text(&row.thing, row.thing.kind->title),
                               serial && *serial ? serial : row.ref);
        }
        return RC_OK;
}

static enum rc check_taken(const struct step *s, struct err *err)
{
        const struct value *manifest = thing_value(s->now, "manifest");
        struct goods goods;
        enum rc rc = goods_read(s->ops, s->now, s->a, &goods, err);

        for (size_t i = 0; rc == RC_OK && i < manifest->count; i++) {
                const char *item = manifest->items[i];
                bool goes = !after_has(s->now, s->act, "manifest", item);

                for (size_t k = 0; !goes && k < goods.count; k++)
                        goes = goods_are_listed(&goods.rows[k], item, s->a);
                if (!goes)
                        return err_set(err, RC_INVALID,
                                       "%s is on the manifest and does not go: manifest=-%s", item,
                                       item);
        }
        return rc == RC_OK ? check_listed(s, err) : rc;
}

/* ---- and afterwards ------------------------------------------------------------------------- */

/* Who works from home took nothing along. */
static enum rc check_back(const struct step *s, struct err *err)
{
        return thing_has(s->now, "departed") ? check_listed(s, err) : RC_OK;
}

static enum rc check_rest(const struct step *s, struct err *err)
{
        int64_t until = act_says_ms(s->act, "rest_until");
        int64_t due = machine_says_ms(&machine_deployment, "rest", "rest_until", s->now,
                                      s->act->occurred_ms);
        char stamp[STAMP_BYTES];

        if (until == CLOCK_NONE || due == CLOCK_NONE || until >= due)
                return RC_OK;
        stamp_format_s(due, stamp);
        return err_set(err, RC_INVALID,
                       "they rest until %s at least; who can't, closes it before with a reason",
                       stamp);
}

/* Who is added counts as going, and where nobody is named yet people do. */
static bool takes_people(const struct step *s)
{
        const struct value *resources = thing_value(s->now, "resources");
        size_t named = resources->count;

        for (size_t i = 0; i < s->act->element_count; i++) {
                const struct act_element *e = &s->act->elements[i];
                const struct value one = {.items = (const char *[]){e->item}, .count = 1};

                if (e->remove || strcmp(e->field, "resources") != 0)
                        continue;
                if (booking_is_of_people(&one))
                        return true;
                named++;
        }
        return resources->count ? booking_is_of_people(resources) : named == 0;
}

static enum rc check_hours(const struct step *s, struct err *err)
{
        const struct act_set *set = act_sets_field(s->act, "rest_hours");

        if (!set || !set->value || !*set->value || strtol(set->value, NULL, 10) >= REST_HOURS ||
            act_has_reason(s->act) || !takes_people(s))
                return RC_OK;
        return err_set(err, RC_INVALID, "less than %d hours of rest need a reason", REST_HOURS);
}

enum rc steps_check(struct ops *ops, const struct state *st, const struct act *act, struct arena *a,
                    struct err *err)
{
        static const struct {
                const char *verb;
                enum rc (*check)(const struct step *s, struct err *err);
        } checks[] = {{"alert", check_wanted},     {"confirm", check_wanted},
                      {"mobilise", check_wanted},  {"mobilise", check_looked_at},
                      {"depart", check_looked_at}, {"remote-ready", check_looked_at},
                      {"start", check_looked_at},  {"decline", check_party},
                      {"depart", check_taken},     {"return", check_back},
                      {"rest", check_rest}};
        const struct step s = {ops, &st->folded.thing, act, a};
        enum rc rc = st->kind == &kind_deployment ? check_hours(&s, err) : RC_OK;

        for (size_t i = 0; st->kind == &kind_deployment && i < ARRAY_LEN(checks) && rc == RC_OK;
             i++)
                if (strcmp(act->verb, checks[i].verb) == 0)
                        rc = checks[i].check(&s, err);
        return rc;
}
