/*
 * Runs, a face of view 7: what is under way and what was. Enter opens one.
 */
#include "ui/view.h"

#include "ui/playbooks_view.h"
#include "ui/run_view.h"
#include "ui/things_view.h"

static const struct things_column columns[] = {
        {"ref", 0, 8, 9, 0},
        {"state", 0, 9, 9, 0},
        {"title", 0, 28, 0, 0},
        {"incident", 2, 9, 11, 0},
        {"done", 3, 4, 5, THINGS_RIGHT},
        {"steps", 4, 5, 5, THINGS_RIGHT},
        {"now", 1, 20, 40, 0},
        {"owner", 5, 8, 10, 0},
        {"due", 0, 13, 13, 0},
        {"started", 6, 13, 13, THINGS_HIDDEN},
};

static const char *const line[] = {"now", "incident", "owner", NULL};

static const struct things_setup setup = {
        .kind = &kind_run,
        .columns = columns,
        .column_count = ARRAY_LEN(columns),
        .line = line,
        .hint = "p on an incident starts a playbook, v shows the library",
};

static enum rc open_one(struct ui *ui, struct view *v, struct err *err)
{
        const char *ref = NULL, *id = v->ops->current(v, &ref);
        return id ? run_view_open(ui, id, err) : err_set(err, RC_NOTFOUND, "no run is chosen");
}

static enum rc to_library(struct ui *ui, struct view *v, struct err *err)
{
        return ui_go(ui, v->ops->under, err);
}

static enum rc load(struct view *v, struct err *err)
{
        struct playbooks_view *st = v->state;
        st->uncounted |= v->stale || !v->loaded;
        if (v->stale == TOPIC_CLOCK)
                v->stale = 0;
        enum rc rc = things_load(v, err);
        return rc == RC_OK && st->uncounted ? playbooks_count(v, st, err) : rc;
}

static void draw(const struct view *v, struct canvas *c, struct rect r)
{
        things_draw(v, c, r);
        playbooks_draw_faces(v, v->state, c, r);
}

static bool back(struct view *v)
{
        if (!things_back(v))
                ui_go(v->ui, v->ops->under, NULL);
        return true;
}

static const struct cmd cmds[] = {
        {.name = "runs.go",
         .label = "open",
         .flags = CMD_FOOT,
         .when = list_has_rows,
         .help = "Open the run: its whole plan, and what is to be done",
         .run = open_one},
        {.name = "runs.library",
         .label = "library",
         .flags = CMD_FOOT,
         .help = "Show the library of playbooks in the place of the runs",
         .run = to_library},
        THINGS_CMD_PANE("runs"),
        DETAIL_CMDS("runs", "run"),
        LIST_CMDS,
};

static const struct key keys[] = {
        {"Enter", "runs.go"},
        {"v", "runs.library"},
        {"Tab", "runs.pane"},
        DETAIL_KEYS("runs"),
        LIST_KEYS,
};

const struct view_ops view_runs = {
        .name = "runs",
        .title = "Runs",
        .brief = "Runs",
        .under = "playbooks",
        .noun = "run",
        .topics = TOPIC_PLAYBOOKS | TOPIC_CLOCK,
        .things = &setup,
        .state_size = sizeof(struct playbooks_view),
        .cmds = cmds,
        .cmd_count = ARRAY_LEN(cmds),
        .keys = keys,
        .key_count = ARRAY_LEN(keys),
        .open = things_open,
        .load = load,
        .settle = things_settle,
        .draw = draw,
        .badge = things_badge,
        .mouse = things_mouse,
        .resize = things_resize,
        .back = back,
        .current = things_current,
        .show = things_show,
        .close = things_close,
};
