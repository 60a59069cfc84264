/*
 * Commands that work in every view.
 */
#include "ui/cmd.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ui/list_cmds.h"
#include "ui/prompt.h"
#include "ui/sign_in.h"
#include "ui/things_view.h"
#include "ui_private.h"

struct list *view_list(const struct view *v)
{
        for (size_t i = 0; i < v->ops->cmd_count && v->state; i++)
                if (v->ops->cmds[i].run == list_cmd_filter)
                        return ((const struct list_view *)v->state)->list;
        return NULL;
}

void view_list_changed(struct view *v)
{
        ui_dirty(v->ui);
}

static const char *current(const struct ui *ui, const struct view *v, const char **ret_ref)
{
        *ret_ref = NULL;
        bool opened = ui->panes[ui->current].opened;
        return opened && v->ops->current ? v->ops->current(v, ret_ref) : NULL;
}

static bool has_current(const struct ui *ui, const struct view *v)
{
        const char *ref;
        return current(ui, v, &ref) != NULL;
}

/* ---- views and themes ---- */

#define X(symbol)                                                                                  \
        static enum rc go_##symbol(struct ui *ui, struct view *v, struct err *err)                 \
        {                                                                                          \
                (void)v;                                                                           \
                return ui_go(ui, #symbol, err);                                                    \
        }
VIEWS(X)
#undef X

#define THEMES(T)                                                                                  \
        T(night, "night", "dark", "Night, for a dim room")                                         \
        T(day, "day", "light", "Day, for a bright room")                                           \
        T(mono, "mono", "mono", "No colour")                                                       \
        T(high_contrast, "high-contrast", "contrast", "High contrast")                             \
        T(colour_blind, "colour-blind", "okabe-ito", "Colours that all eyes tell apart")           \
        T(red_night, "red-night", "red", "Red, for eyes used to the dark")

#define T(symbol, name, typed, help)                                                               \
        static bool has_##symbol(const struct ui *ui, const struct view *v)                        \
        {                                                                                          \
                (void)v;                                                                           \
                return ui_has_theme(ui, name);                                                     \
        }                                                                                          \
        static enum rc theme_to_##symbol(struct ui *ui, struct view *v, struct err *err)           \
        {                                                                                          \
                (void)v;                                                                           \
                return ui_set_theme(ui, name, err);                                                \
        }
THEMES(T)
#undef T

/* ---- acts ---- */

static enum rc undo(struct ui *ui, struct view *v, struct err *err)
{
        AUTO_FREE char *what = NULL;
        enum rc rc = v->ops->undo ? v->ops->undo(v, &what, err) : ops_undo(ui->ops, &what, err);
        if (rc != RC_OK)
                return rc;
        ui_touched(ui, TOPIC_ALL);
        ui_notice(ui, NOTICE_DONE, "undone: %s", what);
        return RC_OK;
}

static enum rc ack_newest(struct ui *ui, struct view *v, struct err *err)
{
        struct arena a;
        struct row row;
        (void)v;
        arena_init(&a);
        enum rc rc = news_newest_unacked(ui, &a, &row, err);
        if (rc == RC_OK)
                rc = ops_do(ui->ops, row.thing.id,
                            &(struct ops_request){.verb = "ack", .occurred_ms = CLOCK_NONE}, err);
        if (rc == RC_OK) {
                const char *title = thing_text(&row.thing, "title");
                ui_touched(ui, TOPIC_INCIDENTS | TOPIC_LOG);
                ui_notice(ui, NOTICE_DONE, "%s acknowledged: %s; u undoes it", row.ref,
                          title ? title : "");
        }
        arena_finish(&a);
        return rc;
}

/* ---- the rest ---- */

static enum rc palette(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        palette_open(ui, "");
        return RC_OK;
}

static enum rc help(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        help_open(ui);
        return RC_OK;
}

static enum rc messages(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        messages_open(ui);
        return RC_OK;
}

static enum rc copy(struct ui *ui, struct view *v, struct err *err)
{
        const char *ref;
        if (!current(ui, v, &ref) || !ref)
                return err_set(err, RC_NOTFOUND, "there is nothing to copy");
        free(ui->wants_copy);
        ui->wants_copy = xstrdup(ref);
        ui_notice(ui, NOTICE_DONE, "%s copied", ref);
        return RC_OK;
}

static bool step_back(struct ui *ui, struct view *v)
{
        return ui_pane(ui)->opened && v->ops->back && v->ops->back(v);
}

static enum rc back(struct ui *ui, struct view *v, struct err *err)
{
        (void)err;
        step_back(ui, v);
        return RC_OK;
}

static enum rc leave(struct ui *ui, struct view *v, struct err *err)
{
        (void)err;
        if (!step_back(ui, v))
                ui->wants_quit = true;
        return RC_OK;
}

static enum rc quit(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        ui_save(ui);
        ui->wants_quit = true;
        return RC_OK;
}

static enum rc suspend(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        ui_save(ui);
        ui->wants_suspend = true;
        return RC_OK;
}

static enum rc lock(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        ui_lock(ui, false);
        return RC_OK;
}

static enum rc change_operator(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        ui_change_operator(ui);
        return RC_OK;
}

static bool signs_in(const struct ui *ui, const struct view *v)
{
        (void)v;
        return ui->ops->sign_in;
}

static enum rc sign_out(struct ui *ui, struct view *v, struct err *err)
{
        (void)v;
        enum rc rc = ops_sign_out(ui->ops, err);
        ui_sign_in(ui);
        return rc;
}

static enum rc sign_ins(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        sign_ins_open(ui);
        return RC_OK;
}

static enum rc redraw(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        ui_set_stale(ui, TOPIC_ALL);
        ui->wants_redraw = true;
        return RC_OK;
}

static enum rc turn_times(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        ui_turn_times(ui);
        return RC_OK;
}

static enum rc turn_linear(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        ui_set_linear(ui, !ui_is_linear(ui));
        return RC_OK;
}

static enum rc turn_ascii(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        ui_set_ascii(ui, !ui->options.ascii);
        return RC_OK;
}

/* ---- the tables ---- */

#define X(symbol)                                                                                  \
        {.name = "view." #symbol,                                                                  \
         .label = #symbol,                                                                         \
         .help = "Go to the view " #symbol,                                                        \
         .run = go_##symbol},
#define T(symbol, theme, typed, what)                                                              \
        {.name = "theme." theme,                                                                   \
         .label = theme,                                                                           \
         .words = typed,                                                                           \
         .help = "Theme: " what,                                                                   \
         .when = has_##symbol,                                                                     \
         .run = theme_to_##symbol},

const struct cmd global_cmds[] = {
        {.name = "app.palette",
         .label = "command",
         .words = "commands actions menu",
         .help = "Every action by name",
         .run = palette},
        {.name = "app.help",
         .label = "keys",
         .words = "help h shortcuts bindings",
         .help = "The keys that work here",
         .run = help},
        {.name = "act.undo",
         .label = "undo",
         .words = "revert",
         .help = "Undo the last act of this console",
         .flags = CMD_WRITES,
         .run = undo},
        {.name = "act.repeat",
         .label = "repeat",
         .words = "again redo",
         .help = "Do the last act again, to what is marked or current",
         .flags = CMD_WRITES | CMD_MARKED,
         .when = repeat_is_possible,
         .run = repeat_last},
        {.name = "incident.ack-newest",
         .label = "ack newest",
         .words = "newest",
         .help = "Acknowledge the newest unacknowledged incident",
         .flags = CMD_WRITES,
         .run = ack_newest},
        {.name = "exchange.sync",
         .label = "sync now",
         .words = "synchronise synchronize pull push fetch",
         .help = "Ask the remotes now, and send what waits",
         .when = links_are,
         .run = links_sync},
        {.name = "app.copy",
         .label = "copy ref",
         .words = "yank clipboard",
         .help = "Copy the reference to the terminal's clipboard",
         .when = has_current,
         .run = copy},
        {.name = "app.import",
         .label = "import",
         .help = "Take in a file: STIX, CACAO, CSV; large ones by muster import",
         .flags = CMD_WRITES,
         .run = import_ask},
        {.name = "app.readiness",
         .label = "readiness",
         .words = "readiness ready left gaps coverage",
         .help = "Who is left, gaps of 14 days; Enter lists whom a line is about",
         .run = readiness_cmd_all},
        VIEWS(X) THEMES(T){.name = "app.messages",
                           .label = "messages",
                           .words = "messages notices errors",
                           .help = "Notices and failures of this session",
                           .run = messages},
        {.name = "app.times",
         .label = "times",
         .words = "times dates timestamps",
         .help = "Times as ages or as instants, everywhere",
         .run = turn_times},
        {.name = "app.linear",
         .label = "linear",
         .words = "accessible braille reader",
         .help = "One line a row, words for signs: screen readers, braille",
         .run = turn_linear},
        {.name = "app.ascii",
         .label = "ascii",
         .help = "Plain ASCII signs, or all of them",
         .run = turn_ascii},
        {.name = "app.back",
         .label = "back",
         .help = "Close the innermost thing, reset the filter",
         .run = back},
        {.name = "app.lock",
         .label = "lock",
         .words = "lock away",
         .help = "Lock the console",
         .flags = CMD_ALWAYS,
         .run = lock},
        {.name = "app.operator",
         .label = "operator",
         .words = "login user su logout",
         .help = "Another operator takes over the console",
         .run = change_operator},
        {.name = "app.sign-out",
         .label = "sign out",
         .words = "logout logoff",
         .help = "Sign out; the console waits for the next one",
         .when = signs_in,
         .run = sign_out},
        {.name = "app.sign-ins",
         .label = "sign-ins",
         .help = "Who signed in, who was refused, when it was locked",
         .run = sign_ins},
        {.name = "app.redraw",
         .label = "redraw",
         .words = "redraw reload repaint",
         .help = "Read and paint everything again",
         .flags = CMD_ALWAYS,
         .run = redraw},
        {.name = "app.suspend",
         .label = "suspend",
         .words = "shell background stop",
         .help = "Back to the shell; fg returns",
         .flags = CMD_ALWAYS,
         .run = suspend},
        {.name = "app.leave",
         .label = "leave",
         .words = "q",
         .help = "Leave what is open; from the list, quit",
         .run = leave},
        {.name = "app.quit",
         .label = "quit",
         .words = "quit exit bye",
         .help = "Quit the console",
         .run = quit},
};
#undef X
#undef T
const size_t global_cmd_count = ARRAY_LEN(global_cmds);

const struct key global_keys[] = {
        {":", "app.palette"}, {"?", "app.help"},     {"F1", "app.help"},
        {"u", "act.undo"},    {".", "act.repeat"},   {"A", "incident.ack-newest"},
        {"y", "app.copy"},    {"Esc", "app.back"},   {"^R", "app.redraw"},
        {"^T", "app.times"},  {"^Z", "app.suspend"}, {"q", "app.leave"},
        {"^L", "app.lock"},   {"F10", "app.quit"},
};
const size_t global_key_count = ARRAY_LEN(global_keys);
