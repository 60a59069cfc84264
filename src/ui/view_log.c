/*
 * View 8, Log: everything that was done and noted, newest first. Acts are written by the program
 * and muted; what a person wrote stands out. Enter goes to what a line is about.
 */
#include "ui/view.h"

#include "ui/entry_pane.h"
#include "ui/log_cmds.h"

struct log_view {
        struct list_view lv; /* first: the shared list commands find it here */
        struct entry_pane pane;
        bool again; /* what the pane shows may have changed */
};

struct panes {
        struct rect summary, list, rule, text;
};

static struct log_view *state_of(const struct view *v)
{
        return v->state;
}

/* The whole text of the current entry stands below the list, where there is room. */
static struct panes panes_of(struct rect r)
{
        bool wide = r.w >= 120 && r.h >= 20, roomy = r.h >= 14;
        int above = wide ? 1 : 0, blank = roomy ? 1 : 0;
        int below = roomy ? ENTRY_PANE_ROWS + 1 : 0;
        struct panes p = {.summary = {r.x, r.y + above, r.w, 1}};
        int top = p.summary.y + 1 + blank;
        p.list = (struct rect){r.x, top, r.w, r.y + r.h - 1 - below - top};
        if (roomy) {
                p.rule = (struct rect){r.x, p.list.y + p.list.h, r.w, 1};
                p.text = (struct rect){r.x, p.rule.y + 1, r.w, ENTRY_PANE_ROWS};
        }
        return p;
}

/* Columns from left to right; when narrow the highest `lost` goes first, 0 never. */
static const struct {
        const char *name;
        int lost, min, max;
        bool hidden; /* until O asks for it */
} column_rows[] = {
        {"ref", 3, 0, 0, true},       {"occurred", 0, 13, 13, false}, {"operator", 2, 9, 12, false},
        {"verb", 4, 8, 10, false},    {"about", 1, 8, 11, false},     {"text", 0, 20, 0, false},
        {"source", 5, 10, 16, false},
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
                                        .max = column_rows[i].max,
                                        .hidden = column_rows[i].hidden};
        state_of(v)->lv.list = list_create(
                v->ui, &(struct list_setup){.kind = &kind_log,
                                            .columns = &cs,
                                            .filter = kind_log.default_filter,
                                            .hint = "what is done and noted appears here",
                                            .noun = "entry",
                                            .plural = "entries",
                                            .term = LOG_TERM,
                                            .said = LOG_TERM_SAID});
        entry_pane_init(&state_of(v)->pane);
        return RC_OK;
}

static enum rc log_load(struct view *v, struct err *err)
{
        struct list *list = state_of(v)->lv.list;
        if (v->stale)
                list_reload(list);
        state_of(v)->again |= v->stale != 0;
        v->stale = 0;
        return list_load(list, err);
}

/* What the entry under the cursor is linked with. */
static enum rc log_settle(struct view *v, struct err *err)
{
        struct log_view *st = state_of(v);
        (void)err;
        entry_pane_read(&st->pane, ui_ops(v->ui), list_current(st->lv.list), st->again);
        st->again = false;
        return RC_OK;
}

static void log_resize(struct view *v, struct rect r)
{
        list_resize(state_of(v)->lv.list, panes_of(r).list.h - 1);
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
        int margin = c->linear ? 0 : r.w > 100 ? 3 : 1;
        if (p.text.h && row)
                entry_pane_draw(&state_of(v)->pane, v->ui, row, c,
                                (struct rect){p.text.x + margin, p.text.y, p.text.w - 2 * margin,
                                              p.text.h});
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
        return ui_go_to_thing(ui, id, err);
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
        entry_pane_finish(&state_of(v)->pane);
}

static const struct cmd cmds[] = {
        {.name = "log.note",
         .label = "note",
         .flags = CMD_WRITES | CMD_FOOT,
         .help = "Write a note into the duty log",
         .run = log_cmd_note_duty},
        {.name = "log.note-general",
         .label = "general note",
         .flags = CMD_WRITES | CMD_FOOT,
         .help = "Write a note into the general log",
         .run = log_cmd_note_general},
        {.name = "log.new",
         .label = "new",
         .flags = CMD_WRITES,
         .help = "Write an entry: which log, whether significant, when it happened",
         .run = log_cmd_new},
        {.name = "log.correct",
         .label = "correct",
         .flags = CMD_WRITES | CMD_FOOT,
         .when = list_has_rows,
         .help = "Correct the entry: a new one says it, the old text stays, struck",
         .run = log_cmd_correct},
        {.name = "log.review",
         .label = "reviewed",
         .flags = CMD_WRITES | CMD_FOOT,
         .when = log_can_review,
         .help = "Say that you have read an entry that awaits review",
         .run = log_cmd_review},
        {.name = "log.system",
         .label = "system acts",
         .flags = CMD_FOOT,
         .help = "Hide or show what the system wrote by itself",
         .run = log_cmd_system},
        {.name = "log.go",
         .label = "go to it",
         .flags = CMD_FOOT,
         .when = list_has_rows,
         .help = "Go to what the entry is about",
         .run = log_enter},
        LIST_CMDS,
};

static const struct key keys[] = {
        {"n", "log.note"},   {"N", "log.note-general"}, {"+", "log.new"},    {"e", "log.correct"},
        {"R", "log.review"}, {"H", "log.system"},       {"Enter", "log.go"}, LIST_KEYS,
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
        .settle = log_settle,
        .draw = log_draw,
        .badge = log_badge,
        .mouse = log_mouse,
        .resize = log_resize,
        .back = log_back,
        .current = log_current,
        .close = log_close_view,
};
