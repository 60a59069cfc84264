/* A document over the view: moved in, searched, written to a file that was not there. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "desk.h"
#include "fake_views.h"
#include "model/marking.h"
#include "ui/pager.h"

TestSuite(pager);

static char *lines(int count)
{
        struct str out;
        str_init(&out, 100000);
        for (int i = 1; i <= count; i++)
                str_addf(&out, "line %03d%s\n", i, i == 50 ? " Élan" : "");
        return str_take(&out);
}

static void open_lines(struct desk *d, int cols, int rows)
{
        AUTO_FREE char *text = lines(100);
        desk_open(d, cols, rows);
        pager_open(d->ui, &(struct pager){.title = "Report on INC-0001",
                                          .tlp = TLP_AMBER,
                                          .text = text,
                                          .file = "INC-0001.txt"});
}

Test(pager, moves_and_stops_at_both_ends)
{
        struct desk d;
        open_lines(&d, 80, 24);
        desk_says(&d, "lines 1 to 15 of 100");
        desk_keys(&d, "k j j");
        desk_says(&d, "lines 3 to 17 of 100");
        desk_keys(&d, "^D PgDn");
        desk_says(&d, "lines 24 to 38 of 100");
        desk_keys(&d, "G j PgDn");
        desk_says(&d, "lines 86 to 100 of 100");
        desk_keys(&d, "PgUp ^U");
        desk_says(&d, "lines 65 to 79 of 100");
        desk_keys(&d, "g");
        desk_says(&d, "line 001");
        desk_keys(&d, "q");
        desk_lacks(&d, "Report on");
        desk_close(&d);
}

Test(pager, its_marking_stands_above_and_below)
{
        struct desk d;
        open_lines(&d, 40, 12);
        AUTO_FREE char *first = desk_row(&d, "Report on"), *last = desk_row(&d, "lines 1 to");
        cr_assert(strstr(first, "TLP:AMBER"), "%s", first);
        cr_assert(strstr(last, "TLP:AMBER"), "%s", last);
        desk_close(&d);
}

Test(pager, finds_in_any_case_goes_on_and_round)
{
        struct desk d;
        open_lines(&d, 80, 24);
        desk_keys(&d, "/");
        desk_type(&d, "ELAN");
        desk_keys(&d, "Enter");
        desk_says(&d, "line 050 Élan");
        desk_keys(&d, "n n N");
        desk_says(&d, "line 050 Élan");
        desk_keys(&d, "/ ^U");
        desk_type(&d, "line 09");
        desk_keys(&d, "Enter n");
        desk_says(&d, "line 091");
        desk_keys(&d, "N N");
        desk_says(&d, "line 099");
        desk_keys(&d, "/ ^U");
        desk_type(&d, "nowhere");
        desk_keys(&d, "Enter");
        desk_says(&d, "nothing matches nowhere");
        desk_close(&d);
}

Test(pager, in_another_width_the_same_text_stays_on_top)
{
        struct desk d;
        open_lines(&d, 80, 24);
        desk_keys(&d, "PgDn PgDn");
        desk_says(&d, "line 029");
        ui_resize(d.ui, 40, 12);
        AUTO_FREE char *first = desk_row(&d, "line 0");
        cr_assert(strstr(first, "line 029"), "%s", first);
        desk_close(&d);
}

Test(pager, writes_a_new_file_and_never_over_another)
{
        struct desk d;
        open_lines(&d, 200, 24);
        AUTO_FREE char *path = file_join(d.dir, "r.txt");
        AUTO_FREE char *text = NULL, *want = lines(100);
        desk_keys(&d, "w ^U");
        desk_type(&d, path);
        desk_keys(&d, "Enter");
        desk_says(&d, "written to");
        cr_assert_eq(file_read(path, 100000, &text, NULL, NULL), RC_OK);
        cr_expect(strncmp(text, "TLP:", 4) == 0, "marked on top: %.40s", text);
        cr_expect_not_null(strstr(text, want), "%.200s", text);
        cr_expect_not_null(strstr(strstr(text, want), "\nTLP:"), "and at the end");
        desk_keys(&d, "w ^U");
        desk_type(&d, path);
        desk_keys(&d, "Enter");
        desk_says(&d, "there is a file of that name");
        desk_keys(&d, "Esc w ^U Enter");
        desk_says(&d, "a file needs a name");
        desk_close(&d);
}

Test(pager, the_report_on_an_incident_tells_what_was_corrected)
{
        struct desk d;
        desk_open(&d, 120, 60);
        free(desk_new(&d, "Alpha", "severity", "high", NULL));
        desk_keys(&d, "2 n");
        desk_type(&d, "call at nine");
        desk_keys(&d, "Enter 8 H e ^U");
        desk_type(&d, "call at ten");
        desk_keys(&d, "Tab");
        desk_type(&d, "misheard");
        desk_keys(&d, "^S 2 R");
        desk_says(&d, "Report on INC-0001");
        desk_says(&d, "corrected by duarte below");
        desk_says(&d, "call at ten; reason: misheard");
        AUTO_FREE char *path = file_join(d.dir, "r.md");
        AUTO_FREE char *text = NULL;
        desk_keys(&d, "w ^U");
        desk_type(&d, path);
        desk_keys(&d, "Enter");
        cr_assert_eq(file_read(path, 100000, &text, NULL, NULL), RC_OK);
        cr_assert(strstr(text, "# "), "%s", text);
        desk_close(&d);
}

/* ---- made while no key waits ---- */

struct making {
        int steps;
};

static bool make_step(void *ctx, struct overlay *o, bool (*pending)(void *ctx), void *pending_ctx)
{
        struct making *m = ctx;
        (void)pending_ctx;
        if (++m->steps < 3 && pending)
                return true;
        pager_fill(o, TLP_AMBER, "all of them: 7");
        return false;
}

static bool key_waits(void *ctx)
{
        (void)ctx;
        return true;
}

Test(pager, what_takes_long_is_made_while_no_key_waits)
{
        struct making m = {0};
        struct desk d;
        desk_open(&d, 80, 24);
        pager_open(d.ui, &(struct pager){.title = "Figures",
                                         .tlp = TLP_CLEAR,
                                         .text = "counting…",
                                         .file = "figures.txt",
                                         .ctx = &m,
                                         .work = make_step});
        ui_chord(d.ui, 'w');
        fake_expect(d.ui, "it is not complete yet");
        fake_expect(d.ui, "counting…");
        cr_assert(ui_work(d.ui, key_waits, NULL), "some is left");
        cr_assert(ui_work(d.ui, key_waits, NULL));
        fake_expect(d.ui, "counting…");
        cr_assert_not(ui_work(d.ui, NULL, NULL));
        desk_says(&d, "all of them: 7");
        desk_says(&d, "TLP:AMBER");
        desk_lacks(&d, "counting…");
        int steps = m.steps;
        cr_expect_not(ui_work(d.ui, NULL, NULL), "it is made once");
        cr_expect_eq(m.steps, steps);
        desk_keys(&d, "Esc");
        desk_lacks(&d, "Figures");
        desk_close(&d);
}
