/*
 * Who is on duty by a rota, with names: model/rota.h says how that follows.
 */
#ifndef MUSTER_OPS_DUTIES_H
#define MUSTER_OPS_DUTIES_H

#include "model/rota.h"
#include "ops/ops.h"

#define DUTY_DAYS 7

struct named_duty {
        struct duty duty;
        const char *who;  /* "EXP-0001 Ana Ionescu"; the id where it is not held here; "nobody" */
        const char *away; /* what is in the way in that turn: "on leave", "DEP-0003", or NULL */
};

struct duties {
        struct named_duty *list;
        size_t count;
        enum tlp marking;     /* the strictest of the rota and of those who are named */
        const char *odd_zone; /* a time zone that is not known here: UTC stands for it; or NULL */
};

/* From from_ms on, DUTY_DAYS of them; the first is the duty then, from its own begin on. In the
 * arena. */
enum rc ops_duties(struct ops *ops, const struct thing *rota, int64_t from_ms, struct arena *a,
                   struct duties *ret, struct err *err);

#endif
