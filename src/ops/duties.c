#include "ops/duties.h"

#include <string.h>

#include "ops/rosters.h"
#include "store/things.h"

#include "ops_private.h"

#define DAY_MS (24 * INT64_C(3600000))

/* Those who have turns, each read once. */
struct people {
        struct ops *ops;
        struct arena *a;
        int64_t from_ms;
        struct roster_facts *list;
        size_t count;
        int tlp; /* the strictest of them */
};

/* NULL in *ret: it is not held here. */
static enum rc read_person(struct people *p, const char *id, const struct roster_facts **ret,
                           struct err *err)
{
        struct row *row;
        struct booking *bookings = NULL;
        size_t count = 0;
        enum rc rc;

        for (size_t i = 0; i < p->count; i++)
                if (strcmp(p->list[i].id, id) == 0) {
                        *ret = &p->list[i];
                        return RC_OK;
                }
        *ret = NULL;
        row = arena_array(p->a, 1, sizeof(*row)); /* facts borrow */
        rc = thing_by_id(p->ops->store, id, p->a, row, err);
        if (rc != RC_OK)
                return rc == RC_NOTFOUND ? RC_OK : rc;
        rc = ops_bookings(p->ops, id, p->from_ms, NULL, p->a, &bookings, &count, err);
        if (rc != RC_OK)
                return rc;
        if (thing_rank(&row->thing, "tlp") > p->tlp)
                p->tlp = thing_rank(&row->thing, "tlp");
        roster_facts_read(&row->thing, row->ref, bookings, count, p->a, &p->list[p->count]);
        *ret = &p->list[p->count++];
        return RC_OK;
}

static const char *away_in(const struct roster_facts *f, const struct span *turn)
{
        for (size_t i = 0; i < f->booking_count; i++)
                if (f->bookings[i].hold == HOLD_HARD && spans_meet(&f->bookings[i].span, turn))
                        return f->bookings[i].name;
        for (size_t i = 0; i < f->leave_count; i++)
                if (spans_meet(&f->leave[i], turn))
                        return "on leave";
        return NULL;
}

static enum rc name_duty(struct people *p, struct named_duty *d, struct err *err)
{
        const char *id = d->duty.id;
        const struct roster_facts *f;
        enum rc rc;

        d->who = id ? id : "nobody";
        d->away = NULL;
        if (!id)
                return RC_OK;
        rc = read_person(p, id, &f, err);
        if (rc != RC_OK || !f)
                return rc;
        d->who = arena_printf(p->a, "%s %s", f->ref, f->name ? f->name : "");
        d->away = away_in(f, &d->duty.span);
        return RC_OK;
}

void ops_rota_read(struct ops *ops, const struct thing *t, struct arena *a, struct rota *ret)
{
        const struct calendar *calendar = clock_zone(ops->law, thing_text(t, "timezone"));

        rota_read(t, calendar ? calendar : &calendar_utc, a, ret);
}

enum rc ops_duties(struct ops *ops, const struct thing *rota, int64_t from_ms, struct arena *a,
                   struct duties *ret, struct err *err)
{
        const struct span span = {from_ms, from_ms + DUTY_DAYS * DAY_MS};
        const char *zone = thing_text(rota, "timezone");
        bool known = clock_zone(ops->law, zone) != NULL;
        struct people people = {
                .ops = ops, .a = a, .from_ms = from_ms, .tlp = thing_rank(rota, "tlp")};
        struct named_duty *list;
        struct duty *duties = NULL, now;
        struct rota r;
        size_t count = 0;
        enum rc rc = RC_OK;

        ops_rota_read(ops, rota, a, &r);
        rota_duties(&r, &span, a, &duties, &count);
        if (count && rota_on_duty(&r, from_ms, a, &now))
                duties[0].span.from_ms = now.span.from_ms;
        list = arena_array(a, count + 1, sizeof(*list));
        people.list = arena_array(a, count + 1, sizeof(*people.list));
        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                list[i].duty = duties[i];
                rc = name_duty(&people, &list[i], err);
        }
        *ret = (struct duties){list, count, (enum tlp)people.tlp, known ? NULL : zone};
        return rc;
}
