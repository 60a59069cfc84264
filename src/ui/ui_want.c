/*
 * What the console asks of its surroundings.
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
