#include "model/rota.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/item.h"

#define HOUR_MS         (3600 * 1000ll)
#define SHIFT_HOURS_MAX (366 * 24)
#define TEXT_BYTES_MAX  (64 * 1024)

/* ---- reading ------------------------------------------------------------------------------- */

static int compare_turns(const void *a, const void *b)
{
        const struct turn_item *x = a, *y = b;

        return x->place != y->place ? x->place - y->place : strcmp(x->id, y->id);
}

static void read_members(const struct value *v, struct arena *a, struct rota *r)
{
        AUTO_FREE struct turn_item *turns = xcalloc(v->count + 1, sizeof(*turns));
        const char **members = arena_array(a, v->count + 1, sizeof(*members));

        for (size_t i = 0; i < v->count; i++)
                if (turn_item_read(v->items[i], &turns[r->member_count]))
                        r->member_count++;
        qsort(turns, r->member_count, sizeof(*turns), compare_turns);
        for (size_t i = 0; i < r->member_count; i++)
                members[i] = arena_strdup(a, turns[i].id);
        r->members = members;
}

static void read_overrides(const struct value *v, struct arena *a, struct rota *r)
{
        struct rota_override *list = arena_array(a, v->count + 1, sizeof(*list));
        struct override_item o;

        for (size_t i = 0; i < v->count; i++)
                if (override_item_read(v->items[i], &o))
                        list[r->override_count++] =
                                (struct rota_override){.span = o.span, .id = arena_strdup(a, o.id)};
        r->overrides = list;
}

void rota_read(const struct thing *t, const struct calendar *zone, struct arena *a,
               struct rota *ret)
{
        const char *hours = thing_text(t, "shift_hours");
        long shift = hours ? strtol(hours, NULL, 10) : 0;
        struct rota r = {.starts_ms = thing_ms(t, "starts"),
                         .shift_hours = shift > 0 && shift <= SHIFT_HOURS_MAX ? (int)shift : 0,
                         .zone = zone};

        read_members(thing_value(t, "members"), a, &r);
        read_overrides(thing_value(t, "overrides"), a, &r);
        *ret = r;
}

/* ---- turns --------------------------------------------------------------------------------- */

static bool takes_turns(const struct rota *r)
{
        return r->member_count && r->shift_hours > 0 && r->starts_ms != CLOCK_NONE;
}

static int64_t shift_start(const struct rota *r, int64_t shift)
{
        int64_t wall = calendar_wall(r->zone, r->starts_ms);

        if (shift == 0)
                return r->starts_ms;
        return calendar_instant(r->zone, wall + shift * r->shift_hours * HOUR_MS);
}

/* The shift of an instant that is not before the first; of empty ones the last. */
static int64_t shift_at(const struct rota *r, int64_t at_ms)
{
        int64_t wall = calendar_wall(r->zone, at_ms) - calendar_wall(r->zone, r->starts_ms);
        int64_t shift = wall / (r->shift_hours * HOUR_MS);

        while (shift > 0 && shift_start(r, shift) > at_ms)
                shift--;
        while (shift_start(r, shift + 1) <= at_ms)
                shift++;
        return shift;
}

/* ---- who ----------------------------------------------------------------------------------- */

static bool is_above(const struct rota_override *o, const struct rota_override *other)
{
        if (o->span.from_ms != other->span.from_ms)
                return o->span.from_ms > other->span.from_ms;
        if (o->span.until_ms != other->span.until_ms)
                return o->span.until_ms < other->span.until_ms;
        return strcmp(o->id, other->id) > 0;
}

static const struct rota_override *override_at(const struct rota *r, int64_t at_ms)
{
        const struct rota_override *top = NULL;

        for (size_t i = 0; i < r->override_count; i++) {
                const struct rota_override *o = &r->overrides[i];

                if (span_has(&o->span, at_ms) && (!top || is_above(o, top)))
                        top = o;
        }
        return top;
}

/* Who it is from an instant on, and as far as that is sure to be one duty: the next instant at
 * which a shift or any override begins or ends. */
struct piece {
        struct duty duty;
        const struct rota_override *from; /* NULL: it is a turn, or nobody's */
        int64_t shift;                    /* -1 = nobody's                   */
};

static void end_at(struct piece *p, int64_t ms)
{
        if (ms > p->duty.span.from_ms && ms < p->duty.span.until_ms)
                p->duty.span.until_ms = ms;
}

static void piece_at(const struct rota *r, int64_t at_ms, int64_t until_ms, struct piece *ret)
{
        struct piece p = {.duty = {.span = {at_ms, until_ms}}, .shift = -1};
        bool turns = takes_turns(r);

        if (turns && at_ms >= r->starts_ms) {
                p.shift = shift_at(r, at_ms);
                p.duty.id = r->members[(size_t)p.shift % r->member_count];
                end_at(&p, shift_start(r, p.shift + 1));
        } else if (turns) {
                end_at(&p, r->starts_ms);
        }
        p.from = override_at(r, at_ms);
        if (p.from) {
                p.duty.id = p.from->id;
                p.duty.is_override = true;
        }
        for (size_t i = 0; i < r->override_count; i++) {
                end_at(&p, r->overrides[i].span.from_ms);
                end_at(&p, r->overrides[i].span.until_ms);
        }
        *ret = p;
}

static bool is_one_duty(const struct piece *a, const struct piece *b)
{
        return a->from == b->from && (a->from || a->shift == b->shift);
}

void rota_duties(const struct rota *r, const struct span *span, struct arena *a, struct duty **ret,
                 size_t *ret_count)
{
        struct piece last = {.shift = -2}, p;
        struct duty *duties = NULL;
        size_t count = 0, room = 0;

        for (int64_t at = span->from_ms; at < span->until_ms; at = p.duty.span.until_ms) {
                piece_at(r, at, span->until_ms, &p);
                if (count && is_one_duty(&last, &p)) {
                        duties[count - 1].span.until_ms = p.duty.span.until_ms;
                        continue;
                }
                if (count == ROTA_DUTIES_MAX)
                        break;
                duties = arena_grow(a, duties, count, &room, sizeof(*duties));
                duties[count++] = p.duty;
                last = p;
        }
        *ret = duties;
        *ret_count = count;
}

/* All that can belong to the duty of an instant: its shift, and the override that is on. */
static struct span around(const struct rota *r, int64_t at_ms)
{
        const struct rota_override *o = override_at(r, at_ms);
        struct span s = {at_ms, at_ms + 1};

        if (o)
                return o->span;
        if (takes_turns(r) && at_ms >= r->starts_ms) {
                int64_t shift = shift_at(r, at_ms);

                s = (struct span){shift_start(r, shift), shift_start(r, shift + 1)};
        }
        return s;
}

bool rota_on_duty(const struct rota *r, int64_t at_ms, struct arena *a, struct duty *ret)
{
        const struct span span = around(r, at_ms);
        struct duty *duties;
        size_t count;

        rota_duties(r, &span, a, &duties, &count);
        for (size_t i = 0; i < count; i++) {
                if (!span_has(&duties[i].span, at_ms) || !duties[i].id)
                        continue;
                *ret = duties[i];
                return true;
        }
        return false;
}

/* ---- changes ------------------------------------------------------------------------------- */

/* The overrides as they are on, so that none meets another: where they were made apart, what is
 * hidden goes. */
static void flatten(const struct rota *r, struct arena *a, struct duty **ret, size_t *ret_count)
{
        struct rota alone = *r;
        struct span all = {INT64_MAX, INT64_MIN};

        alone.member_count = 0;
        for (size_t i = 0; i < r->override_count; i++) {
                const struct span *s = &r->overrides[i].span;

                all.from_ms = s->from_ms < all.from_ms ? s->from_ms : all.from_ms;
                all.until_ms = s->until_ms > all.until_ms ? s->until_ms : all.until_ms;
        }
        rota_duties(&alone, &all, a, ret, ret_count);
}

static void keep(struct rota_override *list, size_t *count, int64_t from_ms, int64_t until_ms,
                 const char *id)
{
        if (from_ms < until_ms)
                list[(*count)++] = (struct rota_override){.span = {from_ms, until_ms}, .id = id};
}

void rota_lay(const struct rota *r, const struct span *span, const char *id, struct arena *a,
              struct rota *ret)
{
        struct rota_override *list;
        struct rota made = *r;
        struct duty *was;
        size_t count;

        flatten(r, a, &was, &count);
        list = arena_array(a, 2 * count + 1, sizeof(*list));
        made.override_count = 0;
        made.overrides = list;
        for (size_t i = 0; i < count; i++) {
                const struct span *s = &was[i].span;
                bool meets = spans_meet(s, span);

                if (!was[i].id)
                        continue;
                keep(list, &made.override_count, s->from_ms, meets ? span->from_ms : s->until_ms,
                     was[i].id);
                if (meets)
                        keep(list, &made.override_count, span->until_ms, s->until_ms, was[i].id);
        }
        keep(list, &made.override_count, span->from_ms, span->until_ms, id);
        *ret = made;
}

bool rota_take_over(const struct rota *r, int64_t at_ms, const char *id, struct arena *a,
                    struct rota *ret)
{
        struct duty now;

        if (!rota_on_duty(r, at_ms, a, &now) || strcmp(now.id, id) == 0)
                return false;
        rota_lay(r, &(struct span){at_ms, now.span.until_ms}, arena_strdup(a, id), a, ret);
        return true;
}

bool rota_swap(const struct rota *r, int64_t one_ms, int64_t other_ms, struct arena *a,
               struct rota *ret)
{
        struct duty one, other;
        struct rota half;

        if (!rota_on_duty(r, one_ms, a, &one) || !rota_on_duty(r, other_ms, a, &other) ||
            strcmp(one.id, other.id) == 0)
                return false;
        rota_lay(r, &one.span, other.id, a, &half);
        rota_lay(&half, &other.span, one.id, a, ret);
        return true;
}

const char *rota_overrides_text(const struct rota *r, struct arena *a)
{
        CLEANUP(str_finish) struct str text = {.s = NULL};

        str_init(&text, TEXT_BYTES_MAX);
        for (size_t i = 0; i < r->override_count; i++)
                str_add_sep(&text, ", ",
                            override_item_write(&r->overrides[i].span, r->overrides[i].id, a));
        return arena_strdup(a, str_text(&text));
}
