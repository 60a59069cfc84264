#include "model/roster_count.h"

#include <limits.h>
#include <stdlib.h>

#include "base/str.h"

#define TAKERS_BYTES 2000
#define TAKERS_MAX   5 /* so many a sentence names */

int roster_quantity(const struct roster_facts *f)
{
        return f->quantity > 1 ? f->quantity : 1;
}

int roster_quantity_of(const struct thing *t)
{
        const char *text = t->kind == &kind_equipment ? thing_text(t, "quantity") : NULL;
        long n = text ? strtol(text, NULL, 10) : 1;

        return n > ROSTER_QUANTITY_MAX ? ROSTER_QUANTITY_MAX : n < 1 ? 1 : (int)n;
}

int roster_takes(const struct roster_facts *f, const struct booking *b)
{
        int all = roster_quantity(f);

        return b->takes < 1 || b->takes > all ? all : b->takes;
}

static bool is_one_of(const struct booking *b, unsigned holds)
{
        return (holds & HOLD_BIT(b->hold)) && b->span.from_ms < b->span.until_ms;
}

static int taken_at(const struct roster_facts *f, int64_t ms, unsigned holds)
{
        int64_t taken = 0;

        for (size_t i = 0; i < f->booking_count; i++)
                if (is_one_of(&f->bookings[i], holds) && span_has(&f->bookings[i].span, ms))
                        taken += roster_takes(f, &f->bookings[i]);
        return taken < INT_MAX ? (int)taken : INT_MAX;
}

/* What is taken grows only where a booking begins. */
int roster_taken(const struct roster_facts *f, const struct span *span, unsigned holds)
{
        int most = span->from_ms < span->until_ms && f->booking_count
                           ? taken_at(f, span->from_ms, holds)
                           : 0;

        for (size_t i = 0; i < f->booking_count; i++) {
                int64_t ms = f->bookings[i].span.from_ms;
                int taken = is_one_of(&f->bookings[i], holds) && ms != span->from_ms &&
                                            span_has(span, ms)
                                    ? taken_at(f, ms, holds)
                                    : 0;

                most = taken > most ? taken : most;
        }
        return most;
}

static bool is_taken_in(const struct roster_facts *f, const struct span *span)
{
        for (size_t i = 0; i < f->booking_count; i++)
                if (spans_meet(&f->bookings[i].span, span))
                        return true;
        return false;
}

/* Of one, whatever takes it takes all. */
int roster_left(const struct roster_facts *f, const struct span *span)
{
        if (!is_taken_in(f, span))
                return roster_quantity(f);
        if (roster_quantity(f) == 1)
                return 0;
        int left = roster_quantity(f) - roster_taken(f, span, HOLDS_ALL);

        return left > 0 ? left : 0;
}

/* The end of the first of those that are on at an instant. */
static int64_t first_end(const struct roster_facts *f, int64_t ms, unsigned holds)
{
        int64_t end = INT64_MAX;

        for (size_t i = 0; i < f->booking_count; i++) {
                const struct span *s = &f->bookings[i].span;

                if (is_one_of(&f->bookings[i], holds) && span_has(s, ms) && s->until_ms < end)
                        end = s->until_ms;
        }
        return end;
}

static bool is_over_at(const struct roster_facts *f, int64_t ms, unsigned holds)
{
        return taken_at(f, ms, holds) > roster_quantity(f);
}

/* From an instant at which it is so. */
static int64_t end_of_over(const struct roster_facts *f, int64_t ms, int64_t until_ms,
                           unsigned holds)
{
        while (ms < until_ms && is_over_at(f, ms, holds))
                ms = first_end(f, ms, holds);
        return ms < until_ms ? ms : until_ms;
}

static void widen(struct span *ret, bool *found, int64_t from_ms, int64_t until_ms)
{
        if (!*found || from_ms < ret->from_ms)
                ret->from_ms = from_ms;
        if (!*found || until_ms > ret->until_ms)
                ret->until_ms = until_ms;
        *found = true;
}

bool roster_is_over(const struct roster_facts *f, const struct span *span, unsigned holds,
                    struct span *ret)
{
        bool found = false;

        if (span->from_ms >= span->until_ms)
                return false;
        for (size_t i = 0; i <= f->booking_count; i++) {
                int64_t ms = i ? f->bookings[i - 1].span.from_ms : span->from_ms;

                if (span_has(span, ms) && is_over_at(f, ms, holds))
                        widen(ret, &found, ms, end_of_over(f, ms, span->until_ms, holds));
        }
        return found;
}

const char *roster_left_text(const struct roster_facts *f, const struct span *span, struct arena *a)
{
        CLEANUP(str_finish) struct str takers = {.s = NULL};
        int left = roster_left(f, span);
        size_t count = 0;

        str_init(&takers, TAKERS_BYTES);
        for (size_t i = 0; i < f->booking_count; i++) {
                const struct booking *b = &f->bookings[i];

                if (!spans_meet(&b->span, span) || count++ >= TAKERS_MAX)
                        continue;
                str_add_sep(&takers, ", ", b->name ? b->name : "a deployment");
                str_addf(&takers, " %d", roster_takes(f, b));
        }
        if (count > TAKERS_MAX)
                str_addf(&takers, " and %zu more", count - TAKERS_MAX);
        if (left)
                return arena_printf(a, "%d of %d left%s%s", left, roster_quantity(f),
                                    count ? ": " : "", str_text(&takers));
        return arena_printf(a, "none of %d left: %s", roster_quantity(f), str_text(&takers));
}
