/*
 * What the console asks of its surroundings, and its themes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui_private.h"

static bool once(bool *flag)
{
        bool was = *flag;
        *flag = false;
        return was;
}

bool ui_wants_quit(struct ui *ui)
{
        return once(&ui->wants_quit);
}

bool ui_wants_suspend(struct ui *ui)
{
        return once(&ui->wants_suspend);
}

bool ui_wants_bell(struct ui *ui)
{
        return once(&ui->wants_bell);
}

bool ui_wants_redraw(struct ui *ui)
{
        return once(&ui->wants_redraw);
}

char *ui_wants_copy(struct ui *ui)
{
        return TAKE(ui->wants_copy);
}

void ui_bell(struct ui *ui)
{
        ui->wants_bell = ui->options.bell;
}

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
