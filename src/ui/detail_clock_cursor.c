/*
 * The cursor of the clocks in a detail: it steps from clock to clock, and the rows move where the
 * next one is not in sight.
 */
#include <stdio.h>
#include <string.h>

#include "ui/detail_parts.h"

static void key_of(const struct clock *c, char out[CLOCK_KEY_BYTES])
{
        snprintf(out, CLOCK_KEY_BYTES, "%.*s@%lld", CLOCK_RULE_ID_MAX, c->rule_id,
                 (long long)c->anchor_ms);
}

static bool is_of(const char *key, const struct clock *c)
{
        char own[CLOCK_KEY_BYTES];

        key_of(c, own);
        return strcmp(own, key) == 0;
}

size_t clock_cursor_at(const struct clock_cursor *cc, const struct clock_list *list)
{
        for (size_t i = 0; i < list->count; i++)
                if (is_of(cc->at, &list->clocks[i]))
                        return i;
        return 0;
}

void clock_cursor_put(struct clock_cursor *cc, const struct clock_list *list, size_t i)
{
        if (i < list->count)
                key_of(&list->clocks[i], cc->at);
}

bool clock_cursor_opens(const struct clock_cursor *cc, const struct clock *c)
{
        return cc->why || is_of(cc->open, c);
}

/* Where all are open, only this one stays so. */
void clock_cursor_toggle(struct clock_cursor *cc, const struct clock_list *list)
{
        size_t at = clock_cursor_at(cc, list);

        if (at >= list->count)
                return;
        bool closes = !cc->why && is_of(cc->open, &list->clocks[at]);
        cc->why = false;
        cc->open[0] = '\0';
        if (!closes)
                key_of(&list->clocks[at], cc->open);
}

bool clock_cursor_step(struct clock_cursor *cc, const struct detail_draw *d,
                       const struct detail_extent *extent, int by, long *scroll)
{
        const struct clock_list *list = &d->data->clocks;
        size_t at = clock_cursor_at(cc, list);
        long head = detail_clock_row(d, extent->width, at);

        if (by < 0 ? at == 0 || head < *scroll : at + 1 >= list->count)
                return false;
        at = by < 0 ? at - 1 : at + 1;
        head = detail_clock_row(d, extent->width, at);
        long end = detail_clock_row(d, extent->width, at + 1);
        if (head >= *scroll + extent->window)
                return false;
        if (end > *scroll + extent->window)
                *scroll = head < end - extent->window ? head : end - extent->window;
        if (head < *scroll)
                *scroll = head;
        clock_cursor_put(cc, list, at);
        return true;
}

void clock_cursor_follow(struct clock_cursor *cc, const struct detail_draw *d,
                         const struct detail_extent *extent, long scroll)
{
        const struct clock_list *list = &d->data->clocks;
        long end = scroll + extent->window;
        long head = detail_clock_row(d, extent->width, clock_cursor_at(cc, list));
        size_t first = detail_clock_from(d, extent->width, scroll);

        if ((head < scroll || head >= end) && detail_clock_row(d, extent->width, first) < end)
                clock_cursor_put(cc, list, first);
}
