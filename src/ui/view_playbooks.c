/*
 * View 7, Playbooks: the library. Enter shows the plan of one dry; what is running are its faces
 * (view_runs.c, view_run.c). The number beside its name says how many runs are under way.
 */
#include "ui/view.h"

#include <stdlib.h>

#include "base/clock.h"
#include "ui/playbooks_view.h"
#include "ui/run_view.h"
#include "ui/things_view.h"

static const struct things_column columns[] = {
        {"ref", 0, 7, 8, 0},
        {"title", 0, 30, 0, 0},
        {"steps", 3, 5, 5, THINGS_RIGHT},
        {"severity", 4, 8, 10, 0},
        {"types", 6, 16, 24, 0},
        {"version", 5, 9, 13, 0},
        {"verdict", 2, 9, 9, 0},
        {"signed", 7, 11, 11, 0},
        {"tlp", 1, 14, 14, 0},
        {"labels", 8, 16, 30, THINGS_HIDDEN},
};

static const char *const line[] = {"severity", "types", "version", "tlp", NULL};

static const struct things_setup setup = {
        .kind = &kind_playbook,
        .columns = columns,
        .column_count = ARRAY_LEN(columns),
        .line = line,
        .hint = "+ takes in those that come with Muster, :import FILE any other",
};

static enum rc open_one(struct ui *ui, struct view *v, struct err *err)
{
        const char *ref = NULL, *id = v->ops->current(v, &ref);
        return id ? run_view_try(ui, id, NULL, err)
                  : err_set(err, RC_NOTFOUND, "no playbook is chosen");
}

static enum rc to_runs(struct ui *ui, struct view *v, struct err *err)
{
        (void)v;
        return ui_go(ui, "runs", err);
}

static enum rc load(struct view *v, struct err *err)
{
        struct playbooks_view *st = v->state;
        st->uncounted |= v->stale || !v->loaded;
        enum rc rc = things_load(v, err);
        return rc == RC_OK && st->uncounted ? playbooks_count(v, st, err) : rc;
}

static void draw(const struct view *v, struct canvas *c, struct rect r)
{
        things_draw(v, c, r);
        playbooks_draw_faces(v, v->state, c, r);
}

static void badge(const struct view *v, struct view_badge *ret)
{
        const struct playbooks_view *st = v->state;
        things_badge(v, ret);
        if (!ui_is_linear(v->ui)) /* there the number is that of the list */
                ret->count = (long)st->counts.running;
        *ret = (struct view_badge){.count = ret->count,
                                   .more = ret->more && ui_is_linear(v->ui),
                                   .unacked = (long)st->counts.late,
                                   .unacked_word = "late",
                                   .conflicts = (long)st->counts.disputed};
}

static const struct cmd cmds[] = {
        {.name = "playbook.plan",
         .label = "open",
         .flags = CMD_FOOT,
         .when = list_has_rows,
         .help = "Show its plan dry, and try it: nothing is written",
         .run = open_one},
        {.name = "playbooks.runs",
         .label = "runs",
         .flags = CMD_FOOT,
         .help = "Show the runs in the place of the library",
         .run = to_runs},
        {.name = "playbooks.library",
         .label = "library",
         .flags = CMD_WRITES,
         .help = "Take in the playbooks that come with Muster",
         .run = playbook_cmd_library},
        {.name = "playbook.edit",
         .label = "edit",
         .flags = CMD_WRITES | CMD_FOOT,
         .when = list_has_rows,
         .help = "Change it in your editor: a new version, if it can be run",
         .run = playbook_cmd_edit},
        {.name = "playbook.times",
         .label = "times",
         .when = list_has_rows,
         .help = "How long its steps took over all its runs, the slowest first",
         .run = playbook_cmd_times},
        THING_CMD_NOTE("playbook"),
        THINGS_CMD_PANE("playbooks"),
        DETAIL_CMDS("playbooks", "playbook"),
        LIST_CMDS,
};

static const struct key keys[] = {
        {"Enter", "playbook.plan"}, {"p", "playbook.plan"},
        {"v", "playbooks.runs"},    {"e", "playbook.edit"},
        {"n", "playbook.note"},     {"T", "playbook.times"},
        {"Tab", "playbooks.pane"},  {"+", "playbooks.library"},
        DETAIL_KEYS("playbooks"),   LIST_KEYS,
};

const struct view_ops view_playbooks = {
        .name = "playbooks",
        .title = "Playbooks",
        .brief = "Play",
        .digit = '7',
        .noun = "playbook",
        .topics = TOPIC_PLAYBOOKS,
        .things = &setup,
        .cmds = cmds,
        .cmd_count = ARRAY_LEN(cmds),
        .keys = keys,
        .key_count = ARRAY_LEN(keys),
        .state_size = sizeof(struct playbooks_view),
        .open = things_open,
        .load = load,
        .settle = things_settle,
        .draw = draw,
        .badge = badge,
        .mouse = things_mouse,
        .resize = things_resize,
        .back = things_back,
        .current = things_current,
        .show = things_show,
        .close = things_close,
};
