/*
 * The looks that a person chooses while the console runs: theme, ASCII, times, linear.
 */
#include <string.h>

#include "ui/list.h"
#include "ui_private.h"

/* ---- themes ---- */

static const struct theme *find_theme(const struct ui *ui, const char *name)
{
        for (size_t i = 0; i < ui->options.theme_count; i++)
                if (strcmp(ui->options.themes[i].name, name) == 0)
                        return &ui->options.themes[i];
        if (strcmp(theme_night.name, name) == 0)
                return &theme_night;
        return strcmp(theme_mono.name, name) == 0 ? &theme_mono : NULL;
}

enum rc ui_set_theme(struct ui *ui, const char *name, struct err *err)
{
        const struct theme *theme = find_theme(ui, name);
        if (!theme)
                return err_set(err, RC_NOTFOUND, "there is no theme %s", name);
        ui->theme = theme;
        ui->wants_redraw = true;
        ui_dirty(ui);
        return RC_OK;
}

bool ui_has_theme(const struct ui *ui, const char *name)
{
        return find_theme(ui, name) != NULL;
}

/* ---- signs and lines ---- */

/* What lists keep painted was painted otherwise. */
static void paint_anew(struct ui *ui)
{
        for (size_t i = 0; i < ui->pane_count; i++) {
                struct view *v = &ui->panes[i].view;
                if (ui->panes[i].opened && view_list(v))
                        list_columns_changed(view_list(v));
        }
        ui->wants_redraw = true;
        ui_dirty(ui);
}

static void set_signs(struct ui *ui)
{
        ui->canvas->linear = ui->options.linear;
        ui->canvas->ascii = ui->options.ascii || ui->options.linear;
}

void ui_apply_looks(struct ui *ui, struct pane *p)
{
        struct list *list = p->opened ? view_list(&p->view) : NULL;
        set_signs(ui);
        if (list && ui->options.times != TIMES_OWN)
                list_columns(list)->ages = ui->options.times == TIMES_AGES;
}

void ui_set_ascii(struct ui *ui, bool ascii)
{
        if (ui->options.ascii == ascii)
                return;
        ui->options.ascii = ascii;
        set_signs(ui);
        paint_anew(ui);
}

bool ui_is_linear(const struct ui *ui)
{
        return ui->options.linear;
}

void ui_set_linear(struct ui *ui, bool linear)
{
        ui->options.linear = linear;
        set_signs(ui);
        paint_anew(ui);
        ui_resize(ui, ui->canvas->cols, ui->canvas->rows); /* views have other rows now */
        ui_notice(ui, NOTICE_DONE,
                  linear ? "linear: one line a row, words for signs" : "linear is off");
}

/* ---- times ---- */

bool ui_shows_ages(const struct ui *ui)
{
        return ui->options.times == TIMES_AGES;
}

/* The other way than what is on the screen, everywhere, until the program ends. */
void ui_turn_times(struct ui *ui)
{
        struct list *here = view_list(ui_view(ui));
        bool ages = here ? list_columns(here)->ages : ui_shows_ages(ui);
        ui->options.times = ages ? TIMES_INSTANTS : TIMES_AGES;
        for (size_t i = 0; i < ui->pane_count; i++)
                ui_apply_looks(ui, &ui->panes[i]);
        paint_anew(ui);
        ui_notice(ui, NOTICE_HINT, ages ? "times as instants, in UTC" : "times as ages");
}
