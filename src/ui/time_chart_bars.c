#include <stdlib.h>

#include "model/roster_count.h"
#include "ui/time_chart.h"

struct booked_bar {
        struct chart_bar bar;
        const char *deployment;
};

struct bars {
        struct booked_bar *list;
        size_t count, room;
        struct arena *arena;
};

static void add(struct bars *b, const struct span *span, enum chart_what what, const char *label,
                const char *deployment)
{
        if (span->from_ms >= span->until_ms)
                return;
        b->list = arena_grow(b->arena, b->list, b->count, &b->room, sizeof(*b->list));
        b->list[b->count++] = (struct booked_bar){
                .bar = {span->from_ms, span->until_ms, what, label}, .deployment = deployment};
}

static enum chart_what what_of(const struct booking *b, int64_t now_ms)
{
        if (b->hold == HOLD_REST)
                return CHART_REST;
        if (b->hold == HOLD_SOFT)
                return CHART_SOFT;
        return b->under_way && span_has(&b->span, now_ms) ? CHART_OUT : CHART_HARD;
}

/* Where two hard holds lie over each other and there is not enough for both. */
static void add_twice(struct bars *b, const struct roster_facts *f, const struct booking *one,
                      const struct booking *other)
{
        const struct span both = span_both(&one->span, &other->span);
        struct span over;

        if (one->hold == HOLD_HARD && other->hold == HOLD_HARD &&
            roster_is_over(f, &both, HOLD_BIT(HOLD_HARD), &over))
                add(b, &over, CHART_TWICE, arena_printf(b->arena, "%s, %s", one->name, other->name),
                    other->deployment);
}

/* "DEP-0003", of several "DEP-0003: 4 of 10" */
static const char *label_of(const struct bars *b, const struct roster_facts *f,
                            const struct booking *one)
{
        if (roster_quantity(f) == 1)
                return one->name;
        return arena_printf(b->arena, "%s: %d of %d", one->name, roster_takes(f, one),
                            roster_quantity(f));
}

static void add_bookings(struct bars *b, const struct roster_facts *f, int64_t now_ms)
{
        for (size_t i = 0; i < f->booking_count; i++) {
                const struct booking *one = &f->bookings[i];

                add(b, &one->span, what_of(one, now_ms), label_of(b, f, one), one->deployment);
                for (size_t k = 0; k < i; k++)
                        add_twice(b, f, &f->bookings[k], one);
        }
}

static int compare_from(const void *pa, const void *pb)
{
        const struct booked_bar *a = pa, *b = pb;

        if (a->bar.from_ms != b->bar.from_ms)
                return (a->bar.from_ms > b->bar.from_ms) - (a->bar.from_ms < b->bar.from_ms);
        return (int)a->bar.what - (int)b->bar.what;
}

void chart_bars_make(const struct roster_facts *f, int64_t now_ms, struct arena *a,
                     struct chart_shown *ret)
{
        struct bars b = {.arena = a};
        struct chart_bar *bars;

        add_bookings(&b, f, now_ms);
        for (size_t i = 0; i < f->leave_count; i++)
                add(&b, &f->leave[i], CHART_LEAVE, "", NULL);
        for (size_t i = 0; i < f->on_call_count; i++)
                add(&b, &f->on_call[i], CHART_ON_CALL, "", NULL);
        if (b.count)
                qsort(b.list, b.count, sizeof(*b.list), compare_from);
        bars = arena_array(a, b.count + 1, sizeof(*bars));
        ret->deployments = arena_array(a, b.count + 1, sizeof(*ret->deployments));
        for (size_t i = 0; i < b.count; i++) {
                bars[i] = b.list[i].bar;
                ret->deployments[i] = b.list[i].deployment;
        }
        ret->row.bars = bars;
        ret->row.bar_count = b.count;
}
