/*
 * Help: the keys that work here, each with its twins, from the tables that bind them. Typed to
 * search; Enter runs the line.
 */
#include "ui/prompt.h"

#include <string.h>

#include "base/str.h"
#include "ui/picker.h"

#define CHORDS_BYTES 200

static void run_line(struct ui *ui, const char *typed, const char *take)
{
        (void)typed;
        const struct cmd *cmd = take ? cmd_find(ui, take) : NULL;
        struct err err = {0};
        if (cmd && cmd_run(ui, cmd, &err) != RC_OK)
                ui_notice(ui, NOTICE_FAIL, "%s", err.text);
}

static bool is_of_view(const struct view *v, const struct cmd *cmd)
{
        return cmd >= v->ops->cmds && cmd < v->ops->cmds + v->ops->cmd_count;
}

static const char *group_of(const struct ui *ui, const struct cmd *cmd, struct arena *a)
{
        const struct view *v = ui_view(ui);
        if (!is_of_view(v, cmd))
                return "Everywhere";
        bool on_thing = cmd->flags & CMD_WRITES;
        return on_thing ? arena_printf(a, "On the %s", v->ops->noun)
                        : arena_printf(a, "In %s", v->ops->title);
}

static const char *chords_of(const struct ui *ui, const struct cmd *cmd, struct arena *a)
{
        CLEANUP(str_finish) struct str chords = {0};
        str_init(&chords, CHORDS_BYTES);
        cmd_chords(ui, cmd, &chords);
        return arena_strdup(a, str_text(&chords));
}

static size_t add_rows(const struct ui *ui, bool writes, struct arena *a, struct picker_row *rows,
                       size_t count)
{
        for (size_t i = 0; i < cmd_count(ui) && count < PICKER_ROWS_MAX; i++) {
                const struct cmd *cmd = cmd_at(ui, i);
                const char *chord = chords_of(ui, cmd, a);
                bool on_thing = (cmd->flags & CMD_WRITES) && is_of_view(ui_view(ui), cmd);
                if (!cmd_is_possible(ui, cmd) || on_thing != writes || !chord[0])
                        continue;
                rows[count++] = (struct picker_row){
                        .group = group_of(ui, cmd, a),
                        .text = cmd->help,
                        .name = cmd->name,
                        .chord = chord,
                        .match = arena_printf(a, "%s %s", chord, cmd_searched(cmd, a)),
                        .words = cmd->words,
                        .take = cmd->name,
                };
        }
        return count;
}

void help_open(struct ui *ui)
{
        struct arena a;
        arena_init(&a);
        struct picker_row *rows = arena_array(&a, PICKER_ROWS_MAX, sizeof(*rows));
        size_t count = add_rows(ui, true, &a, rows, 0);
        count = add_rows(ui, false, &a, rows, count);
        picker_open(ui, &(struct picker){.title = "Keys that work here",
                                         .sign = "?",
                                         .rows = rows,
                                         .count = count,
                                         .ranked = true,
                                         .chord_first = true,
                                         .taken = run_line});
        arena_finish(&a);
}
