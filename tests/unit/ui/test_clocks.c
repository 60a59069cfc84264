/* Clocks of law on the screen: the column, the tab, the menu, and what is told as time goes on. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "desk.h"
#include "ui/countdown.h"

#define LAW                                                                                        \
        "{\"name\":\"nis2\",\"title\":\"NIS2\",\"version\":\"1\",\"source\":\"the source\","       \
        "\"rules\":[{\"id\":\"nis2-ew\",\"label\":\"NIS2 24h\",\"what\":\"early warning\","        \
        "\"authority\":\"CSIRT\",\"text\":\"within 24 hours\",\"anchor\":\"aware\",\"hours\":24,"  \
        "\"starts\":true,\"content\":[{\"id\":\"malicious\",\"label\":\"by malice\","              \
        "\"needed\":true}]}]}"

#define HOUR INT64_C(3600000)

static struct clock_law *with_law(struct desk *d, int cols, int rows)
{
        struct clock_law *law = clock_law_create();
        struct err err = {0};
        cr_assert_eq(clock_law_add(law, LAW, strlen(LAW), &err), RC_OK, "%s", err.text);
        desk_open(d, cols, rows);
        d->ops.law = law;
        return law;
}

static void pass(struct desk *d, int64_t ms)
{
        clock_advance(ms);
        ui_tick(d->ui);
        ui_wants_bell(d->ui);
}

Test(clocks, are_started_by_key_and_shown_with_the_time_left)
{
        struct desk d;
        struct clock_law *law = with_law(&d, 160, 48);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        desk_keys(&d, "c n");
        desk_says(&d, "nis2 of INC-0001 from");
        desk_keys(&d, "Enter");
        desk_says(&d, "INC-0001: clocks started; u undoes it");
        /* 13:04:27 is in hour 13: 14:00 + 24 h */
        desk_says(&d, "24:55");
        desk_says(&d, "0 of 1 done");
        desk_keys(&d, "w");
        desk_says(&d, "within 24 hours");
        desk_says(&d, "the source");
        desk_says(&d, "The hour of the event is not counted");
        desk_says(&d, "0 of 24 h");
        desk_keys(&d, "w");
        desk_lacks(&d, "the source");
        desk_close(&d);
        clock_law_destroy(law);
}

Test(clocks, a_filing_without_what_it_needs_stays_in_its_form)
{
        struct desk d;
        struct clock_law *law = with_law(&d, 120, 36);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        desk_keys(&d, "c n Enter c 1");
        desk_says(&d, "INC-0001: NIS2 24h early warning");
        desk_type(&d, "CERT-FR");
        desk_keys(&d, "Tab Tab Tab Tab");
        desk_says(&d, "type yes; by malice");
        desk_type(&d, "no");
        desk_keys(&d, "^S");
        desk_says(&d, "must have malicious (by malice)");
        desk_keys(&d, "^U");
        desk_type(&d, "yes");
        desk_keys(&d, "^S");
        desk_says(&d, "INC-0001: filed; u undoes it");
        desk_says(&d, "13:04Z with CERT-FR, in time");
        desk_close(&d);
        clock_law_destroy(law);
}

Test(clocks, a_quarter_an_hour_and_the_end_are_told_once_with_a_bell)
{
        struct desk d;
        struct clock_law *law = with_law(&d, 160, 48);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        desk_keys(&d, "c n Enter");
        pass(&d, 60000);
        pass(&d, 18 * HOUR);
        desk_lacks(&d, "a quarter of the time is left");
        pass(&d, HOUR);
        desk_says(&d, "INC-0001 NIS2 24h: a quarter of the time is left");
        pass(&d, 10000);
        desk_lacks(&d, "a quarter of the time is left");
        pass(&d, 5 * HOUR);
        desk_says(&d, "INC-0001 NIS2 24h: an hour is left");
        desk_says(&d, "▲ 00:5");
        pass(&d, HOUR);
        desk_says(&d, "INC-0001 NIS2 24h: past due");
        desk_says(&d, "late");
        desk_close(&d);
        clock_law_destroy(law);
}

/* What was crossed while no console was open: the newest, and how many more. */
Test(clocks, what_was_missed_is_told_when_a_console_opens)
{
        struct desk d;
        struct clock_law *law = with_law(&d, 160, 48);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        desk_keys(&d, "c n Enter");
        clock_advance(60000);
        ui_tick(d.ui);
        ui_destroy(d.ui);
        clock_advance(30 * HOUR);
        d.ui = ui_create(
                &(struct ui_options){.ops = &d.ops, .cols = 160, .rows = 48, .bell = true});
        desk_says(&d, "INC-0001 NIS2 24h: past due");
        desk_says(&d, "2 more");
        cr_expect(ui_wants_bell(d.ui));
        desk_close(&d);
        clock_law_destroy(law);
}

Test(clocks, the_time_left_is_told_as_the_look_has_it)
{
        static const struct {
                int64_t left;
                const char *text;
                bool is_short, is_late;
        } rows[] = {{55 * 60000, "00:55", true, false},
                    {26 * HOUR + 55 * 60000, "26:55", false, false},
                    {48 * HOUR, "2d 00h", false, false},
                    {13 * 24 * HOUR + 9 * HOUR, "13d 09h", false, false},
                    {-12 * 60000, "+00:12", false, true},
                    {0, "00:00", true, false},
                    {2 * HOUR, "02:00", false, false},
                    {-50 * HOUR, "+2d 02h", false, true}};

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                struct countdown c;

                countdown_read(rows[i].left, 0, &c);
                cr_expect_str_eq(c.text, rows[i].text);
                cr_expect_eq(c.is_short, rows[i].is_short, "%s", c.text);
                cr_expect_eq(c.is_late, rows[i].is_late, "%s", c.text);
        }
}
