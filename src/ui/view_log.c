/*
 * View 8, Log: everything that was done and noted, newest first. Acts are written by the program
 * and muted; what a person wrote stands out. Enter goes to the incident that a line is about.
 */
#include "ui/view.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "ui/list_cmds.h"
#include "ui/prompt.h"

struct log_view {
        struct list_view lv; /* first: the shared list commands find it here */
};

struct panes {
        struct rect summary, list, rule, text;
};

#define TEXT_ROWS 4

static struct log_view *state_of(const struct view *v)
{
        return v->state;
}

/* The whole text of the current entry stands below the list, where there is room. */
static struct panes panes_of(struct rect r)
{
        bool wide = r.w >= 120 && r.h >= 20, roomy = r.h >= 14;
        int above = wide ? 1 : 0, blank = roomy ? 1 : 0;
        int below = roomy ? TEXT_ROWS + 1 : 0;
        struct panes p = {.summary = {r.x, r.y + above, r.w, 1}};
        int top = p.summary.y + 1 + blank;
        p.list = (struct rect){r.x, top, r.w, r.y + r.h - 1 - below - top};
        if (roomy) {
                p.rule = (struct rect){r.x, p.list.y + p.list.h, r.w, 1};
                p.text = (struct rect){r.x, p.rule.y + 1, r.w, TEXT_ROWS};
        }
        return p;
}

/* Columns from left to right; when narrow the highest `lost` goes first, 0 never. */
static const struct {
        const char *name;
        int lost, min, max;
} column_rows[] = {
        {"occurred", 0, 13, 13}, {"operator", 2, 9, 12}, {"verb", 4, 8, 10},
        {"about", 1, 8, 11},     {"text", 0, 20, 0},     {"source", 5, 10, 16},
};

static enum rc log_open_view(struct view *v, struct err *err)
{
        struct columns cs = {.kind = &kind_log};
        (void)err;
        for (size_t i = 0; i < ARRAY_LEN(column_rows); i++)
                cs.items[cs.count++] =
                        (struct column){.field = field_index(&kind_log, column_rows[i].name),
                                        .lost = column_rows[i].lost,
                                        .min = column_rows[i].min,
                                        .max = column_rows[i].max};
        state_of(v)->lv.list = list_create(
                v->ui, &(struct list_setup){.kind = &kind_log,
                                            .columns = &cs,
                                            .filter = kind_log.default_filter,
                                            .hint = "what is done and noted appears here",
                                            .noun = "entry",
                                            .plural = "entries"});
        return RC_OK;
}

static enum rc log_load(struct view *v, struct err *err)
{
        struct list *list = state_of(v)->lv.list;
        if (v->stale)
                list_reload(list);
        v->stale = 0;
        return list_load(list, err);
}

static void log_resize(struct view *v, struct rect r)
{
        list_resize(state_of(v)->lv.list, panes_of(r).list.h - 1);
}

static void draw_text(const struct row *row, struct canvas *c, struct rect r)
{
        const char *text = thing_text(&row->thing, "text");
        const char *reason = thing_text(&row->thing, "reason");
        const char *recorded = thing_text(&row->thing, "recorded");
        const char *occurred = thing_text(&row->thing, "occurred");
        int margin = r.w > 100 ? 3 : 1;
        struct rect in = {r.x + margin, r.y, r.w - 2 * margin, r.h - 1};
        canvas_wrap(c, in, 0, (struct look){.ink = ROLE_TEXT}, text ? text : "");
        bool late = recorded && occurred && strcmp(recorded, occurred) != 0;
        AUTO_FREE char *foot = xasprintf("%s%s%s%s%s", late ? "recorded " : "",
                                         late ? recorded : "", late && reason ? "  " : "",
                                         reason ? "reason: " : "", reason ? reason : "");
        canvas_text(c, in.x, r.y + r.h - 1, in.w, (struct look){.ink = ROLE_MUTED}, foot);
}

static void log_draw(const struct view *v, struct canvas *c, struct rect r)
{
        const struct list *list = state_of(v)->lv.list;
        struct panes p = panes_of(r);
        const struct row *row = list_current(list);
        list_draw_summary(list, c, p.summary);
        list_draw(list, c, p.list, true);
        if (p.rule.h)
                canvas_hline(c, p.rule.x, p.rule.y, p.rule.w, (struct look){.ink = ROLE_BORDER},
                             GLYPH_HLINE);
        if (p.text.h && row)
                draw_text(row, c, p.text);
}

static void log_badge(const struct view *v, struct view_badge *ret)
{
        (void)v;
        *ret = (struct view_badge){.count = -1};
}

static bool log_back(struct view *v)
{
        return list_filter_back(v, kind_log.default_filter);
}

static const char *log_current(const struct view *v, const char **ret_ref)
{
        const struct row *row = list_current(state_of(v)->lv.list);
        *ret_ref = row ? row->ref : NULL;
        return row ? row->thing.id : NULL;
}

static enum rc log_enter(struct ui *ui, struct view *v, struct err *err)
{
        const struct row *row = list_current(state_of(v)->lv.list);
        const struct value *about = row ? thing_value(&row->thing, "about") : NULL;
        if (!about || !about->count)
                return err_set(err, RC_NOTFOUND, "this entry is about nothing in particular");
        AUTO_FREE char *id = xstrdup(about->items[0]);
        enum rc rc = ui_go(ui, "incidents", err);
        return rc == RC_OK ? ui_show(ui, id, err) : rc;
}

static enum rc note_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct ops *ops = ui_ops(ui);
        struct ops_request r = {.verb = "note", .text = text, .occurred_ms = CLOCK_NONE};
        (void)ctx;
        enum rc rc = ops_do(ops, ops->unit, &r, err);
        if (rc == RC_OK) {
                ui_touched(ui, TOPIC_LOG);
                ui_notice(ui, NOTICE_DONE, "noted in the duty log");
        }
        return rc;
}

static enum rc log_note(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        prompt_open(ui, &(struct prompt){.sign = "duty log",
                                         .hint = "what happened, what was done",
                                         .draft = "note.duty",
                                         .accept = note_given});
        return RC_OK;
}

static bool log_mouse(struct view *v, int x, int y, struct rect r, int button, bool twice)
{
        struct list *list = state_of(v)->lv.list;
        struct panes p = panes_of(r);
        if (button == MOUSE_WHEEL_UP || button == MOUSE_WHEEL_DOWN) {
                list_move(list, button == MOUSE_WHEEL_UP ? -3 : 3);
                return true;
        }
        if (y < p.list.y || y >= p.list.y + p.list.h || !list_click(list, x, y, p.list))
                return false;
        struct err err = {0};
        if (twice && log_enter(v->ui, v, &err) != RC_OK)
                ui_notice(v->ui, NOTICE_FAIL, "%s", err.text);
        return true;
}

static void log_close_view(struct view *v)
{
        list_destroy(state_of(v)->lv.list);
}

static const struct cmd cmds[] = {
        {.name = "log.note",
         .label = "note",
         .flags = CMD_WRITES | CMD_FOOT,
         .help = "Write a note into the duty log",
         .run = log_note},
        {.name = "log.go",
         .label = "go to incident",
         .flags = CMD_FOOT,
         .when = list_has_rows,
         .help = "Go to the incident that the entry is about",
         .run = log_enter},
        LIST_CMDS,
};

static const struct key keys[] = {
        {"n", "log.note"},
        {"Enter", "log.go"},
        LIST_KEYS,
};

const struct view_ops view_log = {
        .name = "log",
        .title = "Log",
        .brief = "Log",
        .digit = '8',
        .noun = "entry",
        .topics = TOPIC_LOG,
        .state_size = sizeof(struct log_view),
        .cmds = cmds,
        .cmd_count = ARRAY_LEN(cmds),
        .keys = keys,
        .key_count = ARRAY_LEN(keys),
        .open = log_open_view,
        .load = log_load,
        .draw = log_draw,
        .badge = log_badge,
        .mouse = log_mouse,
        .resize = log_resize,
        .back = log_back,
        .current = log_current,
        .close = log_close_view,
};
