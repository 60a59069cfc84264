/*
 * Rotas: who is on duty. Members take turns in their order, from `starts` on, each for a shift of
 * so many hours; overrides say who else is on duty in a span. Pure.
 *
 * Shifts are counted on the clock on the wall of the rota's zone: a hand-over at 08:00 stays one at
 * 08:00 when the clocks change, and the shift of that night is an hour shorter or longer. A shift
 * that begins in the hour that is left out begins an hour later on the wall; one that lies in it
 * whole is empty.
 *
 * Overrides are absolute: a span and a person. What changes the members later leaves them as they
 * are. Where two meet (made apart on two consoles) that which begins later is on; of those the one
 * that ends first, of those the greater id.
 */
#ifndef MUSTER_MODEL_ROTA_H
#define MUSTER_MODEL_ROTA_H

#include "model/calendar.h"
#include "model/span.h"
#include "model/thing.h"

#define ROTA_DUTIES_MAX 10000 /* of one answer */

struct rota_override {
        struct span span;
        const char *id;
};

/* Borrowed from what made it, or in its arena. */
struct rota {
        const char *const *members; /* STIX ids in their order */
        size_t member_count;
        int64_t starts_ms;           /* CLOCK_NONE: nobody takes turns */
        int shift_hours;             /* 0: nobody takes turns          */
        const struct calendar *zone; /* never NULL                     */
        const struct rota_override *overrides;
        size_t override_count;
};

/* Of a thing of kind rota. `zone` is what its field `timezone` stands for (clock_zone). */
void rota_read(const struct thing *t, const struct calendar *zone, struct arena *a,
               struct rota *ret);

struct duty {
        struct span span;
        const char *id; /* NULL: nobody */
        bool is_override;
};

/* Who is on duty, since when and until when; false where nobody is. */
bool rota_on_duty(const struct rota *r, int64_t at_ms, struct arena *a, struct duty *ret);
/* All duties of the span in their order, cut to it, also those of nobody: together they are the
 * span. At most ROTA_DUTIES_MAX, the first ones. */
void rota_duties(const struct rota *r, const struct span *span, struct arena *a, struct duty **ret,
                 size_t *ret_count);

/* Each makes another rota in the arena, with other overrides and the same else. */

/* Who is on duty in all of the span from now on; what was laid there before is cut. */
void rota_lay(const struct rota *r, const struct span *span, const char *id, struct arena *a,
              struct rota *ret);
/* Who is on duty at `at_ms` gives the rest of that duty away. False where nobody is, or it is
 * `id`. */
bool rota_take_over(const struct rota *r, int64_t at_ms, const char *id, struct arena *a,
                    struct rota *ret);
/* The two who are on duty then swap these duties, whole. False where nobody is, or both are one. */
bool rota_swap(const struct rota *r, int64_t one_ms, int64_t other_ms, struct arena *a,
               struct rota *ret);

/* The members of its set `overrides`, parted by commas: what an act is asked to set. */
const char *rota_overrides_text(const struct rota *r, struct arena *a);

#endif
