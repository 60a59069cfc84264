/*
 * The palette: every action that can be done here and now, by name, with its key beside it.
 */
#include "ui/prompt.h"

#include <string.h>

#include "ui/import_words.h"
#include "ui/picker.h"
#include "ui/verb_lines.h"
#include "ui_private.h"

static void run_named(struct ui *ui, const char *typed, const char *take)
{
        struct err err = {0};
        if (take && !ui_command_has_words(ui, typed)) {
                const struct cmd *cmd = cmd_find(ui, take);
                if ((cmd ? cmd_run(ui, cmd, &err) : ui_command(ui, take, &err)) == RC_OK)
                        return;
        } else if (ui_command(ui, typed, &err) == RC_OK) {
                return;
        }
        ui_notice(ui, NOTICE_FAIL, "%s", err.text[0] ? err.text : "that can't be done here");
}

static void fill_row(const struct ui *ui, const struct cmd *cmd, struct arena *a,
                     struct picker_row *row)
{
        const char *chord = cmd_chord(ui, cmd);
        row->text = cmd->help;
        row->name = cmd->name;
        row->chord = chord ? chord : "";
        row->match = cmd_searched(cmd, a);
        row->words = cmd->words;
        row->take = cmd->name;
}

void palette_open(struct ui *ui, const char *initial)
{
        struct arena a;
        arena_init(&a);
        struct picker_row *rows = arena_array(&a, PICKER_ROWS_MAX, sizeof(*rows));
        size_t count = 0;
        for (size_t i = 0; i < cmd_count(ui) && count < PICKER_ROWS_MAX; i++) {
                const struct cmd *cmd = cmd_at(ui, i);
                if (cmd_is_possible(ui, cmd))
                        fill_row(ui, cmd, &a, &rows[count++]);
        }
        count += verb_lines(ui, &a, rows + count, PICKER_ROWS_MAX - count);
        picker_open(ui, &(struct picker){.title = "Commands",
                                         .sign = ":",
                                         .history = "palette",
                                         .initial = initial,
                                         .rows = rows,
                                         .count = count,
                                         .complete = import_line_next,
                                         .ranked = true,
                                         .taken = run_named});
        arena_finish(&a);
}
