#include "ops/duties.h"

#include "store/things.h"

#include "ops_private.h"

#define DAY_MS (24 * INT64_C(3600000))

static enum rc name_of(struct ops *ops, const char *id, struct arena *a, const char **ret,
                       struct err *err)
{
        struct row row;
        const char *name;
        enum rc rc;

        *ret = id ? id : "nobody";
        if (!id)
                return RC_OK;
        rc = thing_by_id(ops->store, id, a, &row, err);
        if (rc != RC_OK)
                return rc == RC_NOTFOUND ? RC_OK : rc;
        name = thing_text(&row.thing, row.thing.kind->title);
        *ret = arena_printf(a, "%s %s", row.ref, name ? name : "");
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
        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                list[i].duty = duties[i];
                rc = name_of(ops, duties[i].id, a, &list[i].who, err);
        }
        *ret = (struct duties){list, count, known ? NULL : zone};
        return rc;
}
