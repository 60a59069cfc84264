/*
 * What follows for people, teams and equipment from what they are and from the deployments that
 * name them: their status, from when on they are free; and what else must then be looked at.
 * Written with the rows; what changes by itself is written again when its time has come.
 */
#include "base/clock.h"
#include "base/mem.h"
#include "store/alike.h"
#include "store/bookings.h"

#include "ops/rosters.h"
#include "ops_private.h"

#define MINUTE_MS  INT64_C(60000)
#define HOUR_MS    INT64_C(3600000)
#define BOOKED_MAX 500 /* deployments of one resource that are looked at */

bool rosters_are_kept(const struct kind *kind)
{
        return kind == &kind_expert || kind == &kind_team || kind == &kind_equipment;
}

/* ---- bookings ---------------------------------------------------------------------------------
 */

/* Whose end is past and who is not back is still away, from hour to hour. */
static void keep_away(struct booking *list, size_t count, int64_t now_ms)
{
        for (size_t i = 0; i < count; i++)
                if (list[i].hold == HOLD_HARD && list[i].span.until_ms <= now_ms)
                        list[i].span.until_ms = now_ms + HOUR_MS;
}

enum rc ops_bookings(struct ops *ops, const char *id, int64_t since_ms, const char *except,
                     struct arena *a, struct booking **ret, size_t *ret_count, struct err *err)
{
        struct booked *list = NULL;
        struct booking *out;
        size_t booked = 0, count = 0;
        enum rc rc =
                bookings_of(ops->store, id, since_ms, except, BOOKED_MAX, a, &list, &booked, err);

        if (rc != RC_OK)
                return rc;
        out = arena_array(a, booked * BOOKINGS_OF_ONE + 1, sizeof(*out));
        for (size_t i = 0; i < booked; i++) {
                const struct thing *deployment = &list[i].deployment.thing;
                size_t more = booking_of(deployment, list[i].deployment.ref, out + count);

                if (more && !booking_binds(&out[count], id))
                        continue;
                for (size_t k = 0; k < more; k++)
                        out[count + k].takes =
                                booking_takes(thing_value(deployment, "quantities"), id);
                count += more;
        }
        keep_away(out, count, clock_now_ms());
        *ret = out;
        *ret_count = count;
        return RC_OK;
}

/* ---- one resource -----------------------------------------------------------------------------
 */

static void set_moment(struct thing *t, const char *field, int64_t ms, struct arena *a)
{
        char stamp[STAMP_BYTES];

        thing_set(t, field, NULL);
        if (ms == CLOCK_NONE)
                return;
        stamp_format(ms, stamp);
        thing_set(t, field, arena_strdup(a, stamp));
}

static enum rc facts_of(struct ops *ops, const struct row *row, int64_t now_ms, struct arena *a,
                        struct roster_facts *ret, struct err *err)
{
        struct booking *bookings = NULL;
        size_t count = 0;
        enum rc rc = row->is_fresh ? RC_OK
                                   : ops_bookings(ops, row->thing.id, now_ms, NULL, a, &bookings,
                                                  &count, err);

        if (rc == RC_OK)
                roster_facts_read(&row->thing, row->ref, bookings, count, a, ret);
        return rc;
}

enum rc ops_roster_facts(struct ops *ops, const struct row *row, struct arena *a,
                         struct roster_facts *ret, struct err *err)
{
        return facts_of(ops, row, clock_now_ms(), a, ret, err);
}

/* The experts among a team's members that are held here and were not revoked, as they are without
 * their bookings. */
static enum rc read_members(struct ops *ops, const struct thing *team, struct arena *a,
                            struct roster_facts **ret, size_t *ret_count, struct err *err)
{
        const struct value *members = thing_value(team, "members");
        struct roster_facts *list = arena_array(a, members->count + 1, sizeof(*list));
        struct row *rows = arena_array(a, members->count + 1, sizeof(*rows)); /* facts borrow */
        size_t count = 0;

        for (size_t i = 0; i < members->count; i++) {
                struct row *row = &rows[count];
                enum rc rc = thing_by_id(ops->store, members->items[i], a, row, NULL);

                if (rc == RC_OK && row->thing.kind == &kind_expert && !row->thing.revoked)
                        roster_facts_read(&row->thing, row->ref, NULL, 0, a, &list[count++]);
                else if (rc != RC_OK && rc != RC_NOTFOUND)
                        return err_set(err, rc, "the members of %s can't be read", team->id);
        }
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

/* A team's places count only who could go. */
static enum rc tell_filled(struct ops *ops, struct thing *team, struct arena *a, struct err *err)
{
        struct roster_facts *facts = NULL;
        struct roster_filled filled;
        size_t count = 0;
        enum rc rc = read_members(ops, team, a, &facts, &count, err);

        if (rc != RC_OK)
                return rc;
        roster_fill(thing_value(team, "needs"), facts, count, a, &filled);
        thing_set(team, "filled", filled.text);
        return RC_OK;
}

/* What ready<12h and free:5d are compared with. */
static void tell_leaving(struct thing *t, const struct roster_facts *f, int64_t free_from_ms,
                         struct arena *a)
{
        bool can = free_from_ms != CLOCK_NONE;

        set_moment(t, "departure", can ? free_from_ms + f->notice_ms : CLOCK_NONE, a);
        set_moment(t, "busy_from", roster_busy_from(f, free_from_ms), a);
        thing_set(t, "notice_min", arena_printf(a, "%lld", (long long)(f->notice_ms / MINUTE_MS)));
}

/* Whoever asks where somebody is finds the deployment, of which the place and the end are. */
static void tell_booked(struct thing *t, const struct roster_facts *f, struct arena *a)
{
        const char **ids = arena_array(a, f->booking_count + 1, sizeof(*ids));
        size_t count = 0;

        for (size_t i = 0; i < f->booking_count; i++)
                if (f->bookings[i].hold != HOLD_REST)
                        ids[count++] = f->bookings[i].deployment;
        thing_set_items(t, "booked", ids, count, a);
}

enum rc rosters_tell(struct ops *ops, int64_t now_ms, struct arena *a, struct row *row,
                     struct err *err)
{
        struct thing *t = &row->thing;
        struct roster_facts facts;
        struct roster_state state;
        enum rc rc = facts_of(ops, row, now_ms, a, &facts, err);

        if (rc == RC_OK && t->kind == &kind_team)
                rc = tell_filled(ops, t, a, err);
        if (rc == RC_OK && t->kind == &kind_expert && !row->is_fresh)
                rc = roster_turns_add(ops, now_ms, a, &facts, err);
        if (rc != RC_OK)
                return rc;
        roster_state_at(&facts, &roster_rules_default, now_ms, a, &state);
        thing_set(t, "status", enum_id(&enum_roster, (int)state.status));
        if (t->kind == &kind_equipment)
                thing_set(t, "left", facts.quantity > 1 ? arena_printf(a, "%d", state.left) : NULL);
        set_moment(t, "status_until", state.until_ms, a);
        set_moment(t, "free_from", state.free_from_ms, a);
        set_moment(t, "rest_until", state.rest_until_ms, a);
        tell_leaving(t, &facts, state.free_from_ms, a);
        tell_booked(t, &facts, a);
        return RC_OK;
}

/* ---- what else must be looked at --------------------------------------------------------------
 */

static void add_all(struct id_set *set, const struct value *ids)
{
        for (size_t i = 0; i < ids->count; i++)
                id_set_add(set, ids->items[i]);
}

/* Of a deployment that was or is: all whom it takes. */
static enum rc dirty_resources(struct admission *ad, const struct thing *t, struct arena *a,
                               struct err *err)
{
        const struct value *resources = thing_value(t, "resources");
        const char **members = NULL;
        size_t count = 0;
        enum rc rc = bookings_members(ad->ops->store, resources->items, resources->count, a,
                                      &members, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                id_set_add(&ad->dirty, members[i]);
        return rc;
}

/* Those that say of each other what is no longer so, or not yet. Where it takes another number or
 * time, what these say of each other may be otherwise as well. */
static void dirty_others(struct admission *ad, const struct thing *t, const char *field,
                         const struct value *others, bool same, struct arena *a)
{
        const struct value *now = thing_value(t, field);

        for (size_t i = 0; i < others->count; i++) {
                struct row row;

                if (thing_by_id(ad->ops->store, others->items[i], a, &row, NULL) == RC_OK &&
                    row.thing.kind == &kind_deployment &&
                    (!same || value_has(thing_value(&row.thing, field), t->id) !=
                                      value_has(now, others->items[i])))
                        id_set_add(&ad->dirty, others->items[i]);
        }
}

static bool takes_nothing(const struct thing *t)
{
        struct booking own[BOOKINGS_OF_ONE];

        return t->revoked || !booking_of(t, "", own);
}

static bool takes_the_same(const struct thing *a, const struct thing *b)
{
        for (size_t i = 0; i < BOOKING_FIELDS; i++)
                if (!value_equal(thing_value(a, booking_fields[i]),
                                 thing_value(b, booking_fields[i])))
                        return false;
        return a->revoked == b->revoked;
}

static enum rc follow_deployment(struct admission *ad, const struct row *old, bool has_old,
                                 struct arena *a, struct row *row, struct err *err)
{
        bool nothing = takes_nothing(&row->thing) && (!has_old || takes_nothing(&old->thing));
        bool same = nothing || (has_old && takes_the_same(&old->thing, &row->thing));
        enum rc rc = RC_OK;

        for (enum roster_shared how = 0; rc == RC_OK && how < SHARED_WAYS; how++) {
                const char *field = roster_shared_field(how);

                rc = rosters_tell_shared(ad->ops, how, a, row, err);
                if (rc == RC_OK && has_old)
                        dirty_others(ad, &row->thing, field, thing_value(&old->thing, field), same,
                                     a);
                if (rc == RC_OK)
                        dirty_others(ad, &row->thing, field, thing_value(&row->thing, field), same,
                                     a);
        }
        if (rc == RC_OK && has_old && !same)
                rc = dirty_resources(ad, &old->thing, a, err);
        return rc == RC_OK && !same ? dirty_resources(ad, &row->thing, a, err) : rc;
}

static bool is_as_many(const struct row *old, bool has_old, const struct row *row)
{
        return row->thing.kind != &kind_equipment || !has_old ||
               value_equal(thing_value(&old->thing, "quantity"),
                           thing_value(&row->thing, "quantity"));
}

/* Who joins or leaves a team or a kit is held by what holds that; of what there are more or fewer
 * others have too much. */
static enum rc follow_group(struct admission *ad, const struct row *old, bool has_old,
                            struct arena *a, const struct row *row, struct err *err)
{
        const char *field = row->thing.kind == &kind_team ? "members" : "kit";
        const struct value *now = thing_value(&row->thing, field), none = {0};
        const struct value *was = has_old ? thing_value(&old->thing, field) : &none;
        struct booked *list = NULL;
        size_t count = 0;
        enum rc rc;

        if (row->thing.kind == &kind_expert ||
            (value_equal(now, was) && is_as_many(old, has_old, row)))
                return RC_OK;
        add_all(&ad->dirty, now);
        add_all(&ad->dirty, was);
        if (row->is_fresh)
                return RC_OK;
        rc = bookings_of(ad->ops->store, row->thing.id, ad->now_ms, NULL, BOOKED_MAX, a, &list,
                         &count, err);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                id_set_add(&ad->dirty, list[i].deployment.thing.id);
        return rc;
}

/* Whoever can fill another place than before, or none any more, changes how the teams are filled.
 */
static enum rc follow_expert(struct admission *ad, const struct row *old, bool has_old,
                             struct arena *a, const struct row *row, struct err *err)
{
        const struct value none = {0};
        const struct value *was = has_old ? thing_value(&old->thing, "roles") : &none;
        const char **teams = NULL;
        size_t count = 0;
        enum rc rc;

        if (row->thing.kind != &kind_expert || row->is_fresh ||
            (value_equal(thing_value(&row->thing, "roles"), was) &&
             row->thing.revoked == (has_old && old->thing.revoked)))
                return RC_OK;
        rc = bookings_groups(ad->ops->store, row->thing.id, a, &teams, &count, err);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                id_set_add(&ad->dirty, teams[i]);
        return rc;
}

enum rc rosters_follow(struct admission *ad, struct arena *a, struct row *row, struct err *err)
{
        const struct kind *kind = row->thing.kind;
        struct row old;
        bool has_old;
        enum rc rc;

        if (!rosters_are_kept(kind) && kind != &kind_deployment && kind != &kind_rota)
                return RC_OK;
        rc = row->is_first ? RC_NOTFOUND
                           : thing_by_id(ad->ops->store, row->thing.id, a, &old, NULL);
        has_old = rc == RC_OK && old.thing.kind == kind;
        if (has_old && !row->ref)
                row->ref = old.ref;
        if (kind == &kind_rota)
                roster_turns_follow(ad, has_old ? &old.thing : NULL, &row->thing);
        if (kind == &kind_rota)
                return RC_OK;
        if (kind == &kind_deployment)
                return follow_deployment(ad, &old, has_old, a, row, err);
        rc = follow_group(ad, &old, has_old, a, row, err);
        if (rc == RC_OK)
                rc = follow_expert(ad, &old, has_old, a, row, err);
        return rc == RC_OK ? rosters_tell(ad->ops, ad->now_ms, a, row, err) : rc;
}

/* ---- what time changes -------------------------------------------------------------------------
 */

static const struct kind *const told_kinds[] = {&kind_expert, &kind_team, &kind_equipment};

static enum rc tell_again(struct ops *ops, const struct kind *kind, int64_t rid, int64_t now_ms,
                          struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;
        enum rc rc = thing_by_rid(ops->store, kind, rid, &a, &row, err);

        if (rc == RC_OK)
                rc = rosters_tell(ops, now_ms, &a, &row, err);
        row.ref = rc == RC_OK ? thing_text(&row.thing, "ref") : NULL;
        return rc == RC_OK ? thing_put(ops->store, &row, NULL, err) : rc;
}

static enum rc tell_past(struct ops *ops, const struct kind *kind, int64_t now_ms, size_t max,
                         size_t *ret, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        int64_t *rids = NULL;
        size_t count = 0;
        enum rc rc =
                things_past(ops->store, kind, "status_until", now_ms, max, &a, &rids, &count, err);

        if (rc != RC_OK || count == 0)
                return rc;
        rc = store_begin(ops->store, err);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = tell_again(ops, kind, rids[i], now_ms, err);
        if (rc == RC_OK)
                rc = store_commit(ops->store, err);
        store_rollback(ops->store);
        *ret += rc == RC_OK ? count : 0;
        return rc;
}

enum rc ops_rosters_refresh(struct ops *ops, size_t max, size_t *ret_count, struct err *err)
{
        int64_t now_ms = clock_now_ms();
        enum rc rc = RC_OK;

        *ret_count = 0;
        for (size_t i = 0; rc == RC_OK && i < ARRAY_LEN(told_kinds) && !ops->readonly; i++)
                rc = tell_past(ops, told_kinds[i], now_ms, max, ret_count, err);
        return rc;
}

bool ops_rosters_are_late(struct ops *ops)
{
        CLEANUP(arena_finish) struct arena a = {0};
        size_t count = 0;

        for (size_t i = 0; count == 0 && i < ARRAY_LEN(told_kinds); i++) {
                int64_t *rids = NULL;

                if (things_past(ops->store, told_kinds[i], "status_until", clock_now_ms(), 1, &a,
                                &rids, &count, NULL) != RC_OK)
                        return false;
        }
        return count > 0;
}
