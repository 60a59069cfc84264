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
        desk_says(&d, "INC-0001: start the clocks of nis2");
        desk_keys(&d, "^S");
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

/* ---- why ----------------------------------------------------------------------------------- */

#define TWO_RULES                                                                                  \
        "{\"name\":\"gdpr\",\"title\":\"GDPR\",\"version\":\"1\",\"source\":\"its source\","       \
        "\"rules\":[{\"id\":\"gdpr-33\",\"label\":\"GDPR 72h\",\"what\":\"notification\","         \
        "\"authority\":\"DPA\",\"text\":\"within 72 hours\",\"anchor\":\"aware\",\"hours\":72,"    \
        "\"starts\":true}]}"

Test(clocks, enter_opens_why_one_is_due_and_closes_it)
{
        struct desk d;
        struct clock_law *law = with_law(&d, 160, 48);
        cr_assert_eq(clock_law_add(law, TWO_RULES, strlen(TWO_RULES), NULL), RC_OK);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        desk_keys(&d, "c n ^S c g ^S Enter Right Right");
        desk_says(&d, "▌▸ NIS2 24h");
        desk_lacks(&d, "within 24 hours");
        desk_keys(&d, "Enter");
        desk_says(&d, "within 24 hours");
        desk_says(&d, "The hour of the event is not counted");
        desk_lacks(&d, "within 72 hours");
        desk_keys(&d, "j");
        desk_says(&d, "▌▸ GDPR 72h");
        desk_keys(&d, "Enter");
        desk_says(&d, "within 72 hours");
        desk_lacks(&d, "within 24 hours");
        desk_keys(&d, "Enter");
        desk_lacks(&d, "within 72 hours");
        desk_keys(&d, "w");
        desk_says(&d, "within 24 hours");
        desk_says(&d, "within 72 hours");
        desk_keys(&d, "Enter");
        desk_lacks(&d, "within 24 hours");
        desk_says(&d, "within 72 hours");
        desk_keys(&d, "k Enter Esc");
        desk_lacks(&d, "▌▸ NIS2 24h");
        desk_says(&d, "within 24 hours");
        desk_close(&d);
        clock_law_destroy(law);
}

Test(clocks, the_cursor_stays_in_a_low_window_and_with_its_clock)
{
        struct desk d;
        struct clock_law *law = with_law(&d, 80, 14);
        cr_assert_eq(clock_law_add(law, TWO_RULES, strlen(TWO_RULES), NULL), RC_OK);
        AUTO_FREE char *id = desk_new(&d, "Alpha", "severity", "high", NULL);
        desk_keys(&d, "c n ^S c g ^S Enter Right Right Enter");
        for (int i = 0; i < 16; i++) {
                desk_screen(&d); /* how far there is to go is learnt from the picture */
                desk_keys(&d, "j");
        }
        desk_says(&d, "▌▸ GDPR 72h");
        for (int i = 0; i < 20; i++) {
                desk_screen(&d);
                desk_keys(&d, "k");
        }
        desk_says(&d, "▌▸ NIS2 24h");
        desk_keys(&d, "G");
        desk_says(&d, "▌▸ GDPR 72h");
        desk_do(&d, id, "note", NULL, "somebody writes", NULL);
        desk_says(&d, "▌▸ GDPR 72h");
        desk_close(&d);
        clock_law_destroy(law);
}

/* ---- starting ------------------------------------------------------------------------------ */

Test(clocks, the_form_says_from_when_and_what_follows)
{
        struct desk d;
        struct clock_law *law = with_law(&d, 160, 48);
        free(desk_new(&d, "Alpha", "severity", "high", NULL)); /* ours, so acknowledged */
        clock_advance(2 * HOUR);
        desk_keys(&d, "c n");
        desk_says(&d, "clocks started from becoming aware, 2026-11-24 13:04Z");
        desk_says(&d, "due 2026-11-25 14:00Z");
        desk_type(&d, "-1h");
        desk_says(&d, "clocks started from becoming aware, 2026-11-24 14:04Z");
        desk_says(&d, "due 2026-11-25 15:00Z");
        desk_keys(&d, "^U");
        desk_type(&d, "+1h");
        desk_says(&d, "× anchor: 2026-11-24 16:04Z is still to come");
        desk_keys(&d, "^U");
        desk_type(&d, "10:00");
        desk_keys(&d, "Tab");
        desk_type(&d, "PT");
        desk_says(&d, "by the days of PT");
        desk_keys(&d, "^S");
        desk_says(&d, "INC-0001: clocks started; u undoes it");
        desk_keys(&d, "c n");
        desk_says(&d, "× nis2 runs already, or was filed");
        desk_close(&d);
        clock_law_destroy(law);
}

Test(clocks, of_several_each_starts_from_its_own_time)
{
        struct desk d;
        struct clock_law *law = with_law(&d, 160, 48);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        free(desk_new(&d, "Bravo", "severity", "high", NULL));
        desk_keys(&d, "* c n");
        desk_says(&d, "2 incidents: start the clocks of nis2");
        desk_lacks(&d, "clocks started from");
        desk_keys(&d, "^S");
        desk_says(&d, "2 incidents: clocks started");
        desk_close(&d);
        clock_law_destroy(law);
}

/* ---- filing -------------------------------------------------------------------------------- */

Test(clocks, a_filing_without_what_it_needs_stays_in_its_form)
{
        struct desk d;
        struct clock_law *law = with_law(&d, 120, 36);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        desk_keys(&d, "c n ^S c 1");
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
        desk_keys(&d, "c n ^S");
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
        desk_keys(&d, "c n ^S");
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
