/*
 * Turns of rotas as times on call: who is named by a rota is on call in each turn of theirs, as if
 * it was said in their own record.
 */
#include <string.h>

#include "base/mem.h"
#include "model/item.h"
#include "model/roster.h"
#include "model/rota.h"
#include "store/bookings.h"

#include "ops_private.h"

#define HOUR_MS   INT64_C(3600000)
#define AHEAD_MS  (14 * 24 * HOUR_MS)
#define AROUND_MS (366 * 24 * HOUR_MS) /* the longest round of turns that is looked through */

struct turns {
        const char *expert;
        int64_t now_ms;
        struct span *list;
        size_t count, room;
};

/* So far ahead that a member has one turn at least: with the end of the last that is known the row
 * is told again, and with it the next ones. */
static struct span look_ahead(const struct rota *r, int64_t now_ms)
{
        int64_t round_ms = (int64_t)r->member_count * r->shift_hours * HOUR_MS;
        int64_t from_ms = now_ms;

        if (r->starts_ms > now_ms && r->starts_ms - now_ms < AROUND_MS)
                from_ms = r->starts_ms;
        return (struct span){now_ms,
                             from_ms + AHEAD_MS + (round_ms < AROUND_MS ? round_ms : AROUND_MS)};
}

size_t roster_turns_of(struct ops *ops, const struct thing *rota, int64_t now_ms, struct arena *a,
                       struct duty **ret)
{
        struct rota r;
        size_t count = 0;

        *ret = NULL;
        ops_rota_read(ops, rota, a, &r);
        const struct span ahead = look_ahead(&r, now_ms);
        rota_duties(&r, &ahead, a, ret, &count);
        return count;
}

static void add_turns(struct ops *ops, const struct thing *rota, struct arena *a, struct turns *ts)
{
        struct duty *duties;
        size_t count = roster_turns_of(ops, rota, ts->now_ms, a, &duties);

        for (size_t i = 0; i < count; i++) {
                if (!duties[i].id || strcmp(duties[i].id, ts->expert) != 0)
                        continue;
                ts->list = arena_grow(a, ts->list, ts->count, &ts->room, sizeof(*ts->list));
                ts->list[ts->count++] = duties[i].span;
        }
}

enum rc roster_turns_add(struct ops *ops, int64_t now_ms, struct arena *a, struct roster_facts *f,
                         struct err *err)
{
        struct turns ts = {.expert = f->id, .now_ms = now_ms};
        const char **rotas = NULL;
        struct span *all;
        size_t count = 0;
        enum rc rc = bookings_rotas(ops->store, f->id, a, &rotas, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                struct row row;

                rc = thing_by_id(ops->store, rotas[i], a, &row, err);
                if (rc == RC_OK && !row.thing.revoked)
                        add_turns(ops, &row.thing, a, &ts);
        }
        if (rc != RC_OK || !ts.count)
                return rc;
        all = arena_array(a, f->on_call_count + ts.count, sizeof(*all));
        if (f->on_call_count)
                memcpy(all, f->on_call, f->on_call_count * sizeof(*all));
        memcpy(all + f->on_call_count, ts.list, ts.count * sizeof(*all));
        f->on_call = all;
        f->on_call_count += ts.count;
        return RC_OK;
}

/* ---- what else must be looked at ------------------------------------------------------------- */

static void dirty_named(struct admission *ad, const struct thing *rota)
{
        const struct value *members = thing_value(rota, "members");
        const struct value *overrides = thing_value(rota, "overrides");
        struct override_item o;
        struct turn_item t;

        for (size_t i = 0; i < members->count; i++)
                if (turn_item_read(members->items[i], &t))
                        id_set_add(&ad->dirty, t.id);
        for (size_t i = 0; i < overrides->count; i++)
                if (override_item_read(overrides->items[i], &o))
                        id_set_add(&ad->dirty, o.id);
}

void roster_turns_follow(struct admission *ad, const struct thing *old, const struct thing *now)
{
        static const char *const fields[] = {"members", "starts", "shift_hours", "timezone",
                                             "overrides"};
        bool same = old && old->revoked == now->revoked;

        for (size_t i = 0; same && i < ARRAY_LEN(fields); i++)
                same = value_equal(thing_value(old, fields[i]), thing_value(now, fields[i]));
        if (same)
                return;
        if (old)
                dirty_named(ad, old);
        dirty_named(ad, now);
}
