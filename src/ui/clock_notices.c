/*
 * Notices of clocks: a quarter of the time left, an hour left, past due. What was crossed while no
 * console was open is said when one opens. A line and a bell, never the focus.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/when.h"
#include "store/clocks.h"
#include "ui_private.h"

#define META_SEEN "clocks_seen"
#define SAID_MAX  3

static int64_t seen_ms(const struct ui *ui)
{
        AUTO_FREE char *text = meta_get(ui->ops->store, META_SEEN);
        int64_t ms;

        return text && stamp_parse_ms(text, &ms, NULL) == RC_OK ? ms : CLOCK_NONE;
}

/* Where it can't be kept it will be said again: better twice than never. */
static void keep_seen(const struct ui *ui)
{
        char stamp[STAMP_BYTES];

        if (!ui->ops->store || ui->ops->readonly || ui->clocks_seen_ms == CLOCK_NONE)
                return;
        stamp_format(ui->clocks_seen_ms, stamp);
        meta_set(ui->ops->store, META_SEEN, stamp, NULL);
}

static void say(struct ui *ui, const struct clock_crossing *list, size_t count, int64_t all)
{
        static const char *const words[] = {
                [CLOCK_POINT_QUARTER] = "a quarter of the time is left",
                [CLOCK_POINT_HOUR] = "an hour is left",
                [CLOCK_POINT_DUE] = "past due",
        };
        char when[WHEN_BYTES], more[48] = "";

        when_show(list[0].due_ms, ui_now_ms(ui), when);
        if (all > 1)
                snprintf(more, sizeof(more), "; %" PRId64 " more, see sort:clock", all - 1);
        (void)count;
        ui_notice(ui, NOTICE_WARN, "%s %s: %s, due %s%s", list[0].ref, list[0].label,
                  words[list[0].point], when, more);
        ui_bell(ui);
}

/* What is due next stands in the first row. */
static void read_ahead(struct ui *ui)
{
        struct arena a = {0};
        struct clock_ahead ahead;

        arena_init(&a);
        ui->clock_due_ms = CLOCK_NONE;
        ui->clocks_overdue = 0;
        if (ui->ops->store &&
            clocks_ahead(ui->ops->store, ui_now_ms(ui), &a, &ahead, NULL) == RC_OK) {
                ui->clock_due_ms = ahead.due_ms;
                ui->clocks_overdue = ahead.overdue;
                snprintf(ui->clock_ref, sizeof(ui->clock_ref), "%s", ahead.ref ? ahead.ref : "");
        }
        arena_finish(&a);
}

void clock_notices_read(struct ui *ui)
{
        read_ahead(ui);
}

void clock_notices_tick(struct ui *ui)
{
        int64_t now = ui_now_ms(ui), all = 0;
        struct clock_crossing *list = NULL;
        struct arena a = {0};
        size_t count = 0;
        bool said;

        if (!ui->ops->store)
                return;
        arena_init(&a);
        read_ahead(ui);
        if (ui->clocks_seen_ms == CLOCK_NONE)
                ui->clocks_seen_ms = seen_ms(ui) == CLOCK_NONE ? now : seen_ms(ui);
        if (now > ui->clocks_seen_ms &&
            clocks_crossed(ui->ops->store, ui->clocks_seen_ms, now, SAID_MAX, &a, &list, &count,
                           &all, NULL) == RC_OK) {
                said = due_notices_say(ui, ui->clocks_seen_ms, now);
                ui->clocks_seen_ms = now;
                if (count)
                        say(ui, list, count, all);
                else if (said)
                        ui_bell(ui);
                if (count || said)
                        keep_seen(ui);
        }
        arena_finish(&a);
}

void clock_notices_finish(struct ui *ui)
{
        keep_seen(ui);
}
