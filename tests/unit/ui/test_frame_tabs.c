#include <criterion/criterion.h>
#include <string.h>

#include "../../../src/ui/ui_private.h"
#include "fake_views.h"

TestSuite(frame_tabs);

/* Every view that there may be: nine by digit, one by name alone. */

static void paint(const struct view *v, struct canvas *c, struct rect r)
{
        canvas_printf(c, r.x, r.y, r.w, (struct look){.ink = ROLE_TEXT}, "this is %s",
                      v->ops->name);
}

static enum rc load(struct view *v, struct err *err)
{
        (void)v, (void)err;
        return RC_OK;
}

static void badge(const struct view *v, struct view_badge *ret)
{
        static const struct view_badge badges[] = {
                ['2'] = {.count = 231, .unacked = 14, .conflicts = 1},
                ['3'] = {.count = 12, .unacked = 2},
                ['4'] = {.count = 1120},
                ['5'] = {.count = 380},
                ['6'] = {.count = 35, .conflicts = 1},
                ['7'] = {.count = 12},
                ['8'] = {.count = -1},
                ['9'] = {.count = -1, .unacked = 2},
        };
        char digit = v->ops->digit;
        *ret = digit >= '2' ? badges[(unsigned char)digit]
                            : (struct view_badge){.count = digit ? -1 : 38};
}

#define VIEW(key, named, title_, short_)                                                           \
        {                                                                                          \
                .name = named, .title = title_, .brief = short_, .digit = key, .noun = named,      \
                .load = load, .draw = paint, .badge = badge                                        \
        }
static const struct view_ops views[] = {
        VIEW('1', "overview", "Overview", "Over"),   VIEW('2', "incidents", "Incidents", "Inc"),
        VIEW('3', "requests", "Requests", "Req"),    VIEW('4', "experts", "Experts", "Exp"),
        VIEW('5', "equipment", "Equipment", "Eqp"),  VIEW('6', "deployments", "Deployments", "Dep"),
        VIEW('7', "playbooks", "Playbooks", "Play"), VIEW('8', "log", "Log", "Log"),
        VIEW('9', "exchange", "Exchange", "Exch"),   VIEW(0, "participants", "Participants", "Org"),
};

static struct ui *ten_views(struct fake *f, int cols, bool linear)
{
        const struct view_ops *all[ARRAY_LEN(views)];
        for (size_t i = 0; i < ARRAY_LEN(views); i++)
                all[i] = &views[i];
        fake_init(f);
        struct ui *ui = ui_create_with(
                &(struct ui_options){.ops = &f->ops, .cols = cols, .rows = 24, .linear = linear},
                all, ARRAY_LEN(all));
        while (ui_work(ui, NULL, NULL))
                ;
        ui_dirty(ui);
        return ui;
}

static void expect_tabs(struct ui *ui, const char *text)
{
        char row[2048];
        cr_expect_str_eq(fake_row(ui, 1, row), text);
}

Test(frame_tabs, all_nine_stand_side_by_side_where_it_is_wide)
{
        struct fake f;
        struct ui *ui = ten_views(&f, 170, false);
        expect_tabs(ui, "  1 Overview  2 Incidents 231 !14 ≠1  3 Requests 12 !2  4 Experts 1120  "
                        "5 Equipment 380  6 Deployments 35 ≠1  7 Playbooks 12  8 Log  "
                        "9 Exchange !2     duarte (unproven)");
        ui_destroy(ui);
}

Test(frame_tabs, long_names_become_short_before_a_number_goes)
{
        struct fake f;
        struct ui *ui = ten_views(&f, 130, false);
        expect_tabs(ui, "  1 Overview  2 Inc 231 !14 ≠1  3 Req 12 !2  4 Exp 1120  5 Eqp 380  "
                        "6 Dep 35 ≠1  7 Play 12  8 Log  9 Exch !2   duarte (unproven)");
        ui_destroy(ui);
}

Test(frame_tabs, the_operator_becomes_short_before_a_number_goes)
{
        struct fake f;
        struct ui *ui = ten_views(&f, 120, false);
        fake_expect(ui, "4 Exp 1120");
        fake_expect(ui, "duarte ?");
        fake_refuse(ui, "unproven");
        ui_destroy(ui);
}

Test(frame_tabs, names_become_short_before_any_goes)
{
        struct fake f;
        struct ui *ui = ten_views(&f, 80, false);
        expect_tabs(ui,
                    " 1 Over 2 Inc !14 ≠1 3 Req !2 4 Exp 5 Eqp 6 Dep ≠1 7 Play 8 Log 9 Exch !2");
        ui_destroy(ui);
}

Test(frame_tabs, what_needs_attention_and_every_digit_stay_to_the_last)
{
        struct fake f;
        struct ui *ui = ten_views(&f, 40, false);
        cr_assert_eq(ui_go(ui, "deployments", NULL), RC_OK);
        expect_tabs(ui, " 1 2 !14 ≠1 3 !2 4 5 6 Dep ≠1 7 8 9 !2");
        ui_destroy(ui);
}

Test(frame_tabs, a_click_on_a_digit_alone_goes_there)
{
        struct fake f;
        struct ui *ui = ten_views(&f, 40, false);
        ui_paint(ui);
        ui_mouse(ui, 33, 1, MOUSE_LEFT, false);
        fake_expect(ui, "this is log");
        ui_destroy(ui);
}

Test(frame_tabs, a_view_without_a_digit_has_its_name_there_while_it_is_shown)
{
        struct fake f;
        struct err err = {0};
        struct ui *ui = ten_views(&f, 80, false);
        fake_refuse(ui, "Org");
        cr_assert_eq(ui_command(ui, "participants", &err), RC_OK, "%s", err.text);
        fake_expect(ui, "this is participants");
        expect_tabs(
                ui,
                " 1 Over 2 Inc !14 ≠1 3 Req !2 4 Exp 5 Eqp 6 Dep ≠1 7 Play 8 Log 9 Exch !2 Org");
        const struct canvas *c = ui_paint(ui);
        cr_expect_eq(canvas_at(c, 76, 2)->look.ink, ROLE_ACCENT);
        cr_expect_eq(canvas_at(c, 70, 2)->look.ink, ROLE_BORDER);
        fake_keys(ui, "8");
        fake_refuse(ui, "Org");
        ui_destroy(ui);
}

Test(frame_tabs, in_lines_of_text_the_others_are_named_or_their_digits_are)
{
        struct fake f;
        char row[2048];
        struct ui *ui = ten_views(&f, 80, true);
        cr_expect_str_eq(fake_row(ui, 2, row),
                         "Other views: 2 Inc  3 Req  4 Exp  5 Eqp  6 Dep  7 Play  8 Log  9 Exch");
        ui_resize(ui, 40, 24);
        cr_expect_str_eq(fake_row(ui, 2, row), "Other views: 2 3 4 5 6 7 8 9 (unproven)");
        cr_expect_eq(ui_command(ui, "participants", NULL), RC_OK);
        cr_expect_str_eq(fake_row(ui, 1, row), "Participants, 38 listed");
        ui_destroy(ui);
}
