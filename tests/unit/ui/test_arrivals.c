/*
 * What others send while one works: its row flashes, it is said once and rings once, and nothing
 * that is under one's hands moves.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "desk.h"

TestSuite(arrivals);

/* Two incidents; the cursor is on Bravo, the second row. */
static void open_on_bravo(struct desk *d, int cols, int rows)
{
        desk_open(d, cols, rows);
        free(desk_arrive(d, 1, "Bravo", 50));
        clock_advance(60000);
        free(desk_arrive(d, 2, "Alpha", 50));
        desk_screen(d);
        desk_keys(d, "A A j");
        ui_wants_bell(d->ui);
        clock_advance(120000);
        ui_tick(d->ui);
        AUTO_FREE char *row = desk_row(d, "▌");
        cr_assert(row && strstr(row, "Bravo"), "%s", d->screen);
}

static bool rings(struct desk *d)
{
        desk_screen(d);
        return ui_wants_bell(d->ui);
}

Test(arrivals, are_said_once_and_ring_once)
{
        struct desk d;
        open_on_bravo(&d, 120, 36);
        free(desk_arrive(&d, 3, "Signals", 80));
        cr_assert(rings(&d));
        cr_assert_not(rings(&d));
        desk_says(&d, "new: X-0004 HIGH Signals");
        AUTO_FREE char *row = desk_row(&d, "▌");
        cr_assert(strstr(row, "Bravo"), "the row under the cursor stays: %s", d.screen);
        cr_assert_eq(desk_look(&d, "X-0004").ink, ROLE_STRONG);
        clock_advance(9000);
        ui_tick(d.ui);
        desk_lacks(&d, "new: X-0004");
        cr_assert_eq(desk_look(&d, "X-0004").ink, ROLE_STRONG, "for a minute");
        desk_keys(&d, "9 2");
        desk_lacks(&d, "new: X-0004");
        cr_assert_not(rings(&d));
        desk_close(&d);
}

Test(arrivals, leave_what_is_half_typed_alone)
{
        static const struct {
                const char *keys, *types, *says;
        } rows[] = {
                {"n", "two sites are d", "two sites are d"},
                {"/", " severity:hi", "severity:hi"},
                {":", "incident.ow", "incident.ow"},
                {"+", "Flood at a wat", "Flood at a wat"},
                {"o", "duar", "duar"},
                {"s", NULL, "CRITICAL"},
                {"m", NULL, "park"},
                {"?", "ack", "ack"},
        };
        static const int sizes[][2] = {{80, 24}, {160, 48}};
        for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
                for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                        struct desk d;
                        open_on_bravo(&d, sizes[k][0], sizes[k][1]);
                        desk_keys(&d, rows[i].keys);
                        if (rows[i].types)
                                desk_type(&d, rows[i].types);
                        desk_says(&d, rows[i].says);
                        struct overlay *top = ui_top(d.ui);
                        cr_assert_not_null(top, "%s", rows[i].keys);
                        free(desk_arrive(&d, 3, "Signals", 95));
                        cr_assert(rings(&d), "%s", rows[i].keys);
                        cr_assert_eq(ui_top(d.ui), top, "%s", rows[i].keys);
                        desk_says(&d, rows[i].says);
                        desk_keys(&d, "Esc");
                        if (ui_top(d.ui))
                                desk_keys(&d, "Esc");
                        AUTO_FREE char *row = desk_row(&d, "▌");
                        cr_assert(row && strstr(row, "Bravo"), "%s: %s", rows[i].keys, d.screen);
                        desk_close(&d);
                }
        }
}

Test(arrivals, several_at_once_are_one_notice)
{
        struct desk d;
        open_on_bravo(&d, 120, 36);
        size_t before = ui_message_count(d.ui);
        desk_import(&d,
                    "[{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":"
                    "\"incident--0a000000-0000-4000-8000-000000000011\",\"created\":"
                    "\"2026-11-24T13:00:00.000Z\",\"modified\":\"2026-11-24T13:00:00.000Z\","
                    "\"name\":\"First\"},{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":"
                    "\"incident--0a000000-0000-4000-8000-000000000012\",\"created\":"
                    "\"2026-11-24T13:00:00.000Z\",\"modified\":\"2026-11-24T13:00:00.000Z\","
                    "\"name\":\"Second\"}]");
        cr_assert(rings(&d));
        cr_assert_not(rings(&d));
        cr_assert_eq(ui_message_count(d.ui), before + 1);
        desk_says(&d, "2 new: ");
        desk_close(&d);
}
