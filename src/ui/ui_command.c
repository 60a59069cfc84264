/*
 * A line of the palette or of a script: the name of a command or view, a theme, a sort, or words
 * that say it.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/list.h"
#include "ui/verb_lines.h"
#include "ui_private.h"

static const char *after(const char *line, const char *prefix)
{
        size_t len = strlen(prefix);
        return strncmp(line, prefix, len) == 0 ? line + len : NULL;
}

static const struct view_ops *view_called(const struct ui *ui, const char *line)
{
        for (size_t i = 0; i < ui->pane_count; i++) {
                const struct view_ops *ops = ui->panes[i].view.ops;
                if (strcasecmp(ops->name, line) == 0 || strcasecmp(ops->title, line) == 0)
                        return ops;
        }
        return NULL;
}

static enum rc set_sort(struct ui *ui, const char *field, struct err *err)
{
        struct list *list = view_list(ui_view(ui));
        if (!list)
                return err_set(err, RC_CONFLICT, "there is no list to sort here");
        bool down = field[0] == '-';
        enum rc rc = list_set_sort(list, field + down, down, err);
        view_list_changed(ui_view(ui));
        return rc;
}

static enum rc set_filter(struct ui *ui, const char *line, struct err *err)
{
        struct list *list = view_list(ui_view(ui));
        if (!list)
                return err_set(err, RC_CONFLICT, "there is no list to filter here");
        enum rc rc = list_set_filter(list, line, err);
        view_list_changed(ui_view(ui));
        return rc;
}

enum rc ui_go_to_rows(struct ui *ui, const char *view, const char *filter, struct err *err)
{
        enum rc rc = ui_go(ui, view, err);
        return rc == RC_OK ? set_filter(ui, filter, err) : rc;
}

/* The possible command whose name, words and help fit the line best. */
static const struct cmd *best_match(const struct ui *ui, const char *line)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct cmd *best = NULL;
        int most = -1;
        for (size_t i = 0; i < cmd_count(ui); i++) {
                const struct cmd *cmd = cmd_at(ui, i);
                if (!cmd_is_possible(ui, cmd))
                        continue;
                int score = text_fuzzy_word(line, cmd->words, cmd_searched(cmd, &a));
                if (score > most) {
                        most = score;
                        best = cmd;
                }
        }
        return best;
}

/* The key that goes to a view, or what is typed to go there. */
static void way_to(const struct view_ops *of, char ret[64])
{
        if (of->digit)
                snprintf(ret, 64, "%c", of->digit);
        else
                snprintf(ret, 64, ":%s", of->name);
}

static enum rc no_command(struct ui *ui, const char *line, struct err *err)
{
        const struct view_ops *of;
        if (cmd_of_any(ui, line, &of) && of) {
                char way[64];
                way_to(of, way);
                return err_set(err, RC_CONFLICT, "%s works in %s; %s goes there", line, of->title,
                               way);
        }
        const char *name;
        if (!strchr(line, '.') && (of = cmd_view_of_word(ui, line, &name))) {
                char way[64];
                way_to(of, way);
                return err_set(err, RC_CONFLICT, "%s works in %s; %s goes there", name, of->title,
                               way);
        }
        return err_set(err, RC_NOTFOUND, "no command %s; nearest: %s", line, cmd_nearest(ui, line));
}

static bool is_sort(const struct ui *ui, const char *field)
{
        struct list *list = view_list(ui_view(ui));
        return list && filter_sorts_by(list_kind(list), field + (field[0] == '-'));
}

bool ui_command_has_words(const struct ui *ui, const char *line)
{
        const char *rest;
        if ((rest = after(line, "sort:")) || (rest = after(line, "sort ")))
                return is_sort(ui, rest);
        if ((rest = after(line, "theme ")))
                return ui_has_theme(ui, rest);
        return line[0] == '/' || after(line, "import ") || after(line, "filter.save ") ||
               after(line, "filter.drop ");
}

static enum rc run_line(struct ui *ui, const char *line, struct err *err)
{
        const char *rest;
        const struct cmd *cmd = cmd_find(ui, line);
        const struct view_ops *view = view_called(ui, line);
        if (cmd)
                return cmd_run(ui, cmd, err);
        if (view)
                return ui_go(ui, view->name, err);
        if ((rest = after(line, "theme.")) || (rest = after(line, "theme ")))
                return ui_set_theme(ui, rest, err);
        if ((rest = after(line, "sort:")) || (rest = after(line, "sort ")))
                return set_sort(ui, rest, err);
        if ((rest = after(line, "import ")))
                return import_file(ui, rest, err);
        if ((rest = after(line, "filter.save ")))
                return saved_filter_save(ui, rest, err);
        if ((rest = after(line, "filter.drop ")))
                return saved_filter_drop(ui, rest, err);
        if ((rest = after(line, "/")))
                return set_filter(ui, rest, err);
        enum rc rc = verb_line_run(ui, line, err);
        if (rc != RC_NOTFOUND)
                return rc;
        /* with a dot it was meant as a name: no guessing */
        cmd = strchr(line, '.') ? NULL : best_match(ui, line);
        return cmd ? cmd_run(ui, cmd, err) : no_command(ui, line, err);
}

enum rc ui_command(struct ui *ui, const char *line, struct err *err)
{
        line += strspn(line, ": ");
        if (!line[0])
                return RC_OK;
        if (ui_is_covered(ui))
                return err_set(err, RC_DENIED, "nobody is signed in, or the console is locked");
        ui_enter(ui);
        ui_ready(ui, ui_pane(ui));
        enum rc rc = run_line(ui, line, err);
        ui_dirty(ui);
        ui_leave(ui);
        return rc;
}
