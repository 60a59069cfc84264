/*
 * View 2, Incidents: the list, and the detail of the incident under the cursor.
 *
 * 200 columns and wider: list at the left, detail at the right. 120 to 199: list above, detail
 * below. Narrower: the detail replaces the list, and the line above the keys says what the columns
 * had no room for.
 */
#include "ui/view.h"

#include <string.h>

#include "base/text.h"
#include "ui/detail_cmds.h"
#include "ui/incident_cmds.h"
#include "ui_private.h"

enum layout { LAYOUT_ONE, LAYOUT_BELOW, LAYOUT_BESIDE };

struct incidents {
        struct list_view lv; /* first: the shared list commands find it here */
        struct detail *detail;
        enum layout layout;
        bool in_detail; /* it has the focus; in LAYOUT_ONE it is what is shown */
        bool again;     /* what the detail shows has changed */
        bool unseen;    /* while another view was shown */
        long at, step;  /* position at the last picture, and where it moved from there */
};

struct panes {
        struct rect summary, list, rule, line, detail;
};

static enum layout layout_of(const struct view *v, struct rect r)
{
        if (ui_is_linear(v->ui))
                return LAYOUT_ONE;
        if (r.w >= 200 && r.h >= 12)
                return LAYOUT_BESIDE;
        return r.w >= 120 && r.h >= 24 ? LAYOUT_BELOW : LAYOUT_ONE;
}

/* Where things stand; in low windows blank rows go first, then the line of the current row. */
static struct panes panes_of(const struct view *v, struct rect r)
{
        enum layout layout = layout_of(v, r);
        bool linear = ui_is_linear(v->ui), roomy = r.h >= 14 && !linear;
        struct panes p = {.summary = {r.x, r.y, r.w, 1}};
        int top = r.y + (roomy ? 2 : 1), end = r.y + r.h;
        if (layout == LAYOUT_BESIDE) {
                int left = r.w * 52 / 100;
                p.summary = (struct rect){r.x, r.y + 1, left, 1};
                p.list = (struct rect){r.x, r.y + 3, left, r.h - 4};
                p.detail = (struct rect){r.x + left + 1, r.y + 1, r.w - left - 1, r.h - 2};
        } else if (layout == LAYOUT_BELOW) {
                int rows = (r.h - 4) * 45 / 100;
                p.summary = (struct rect){r.x, r.y + 1, r.w, 1};
                p.list = (struct rect){r.x, r.y + 3, r.w, rows};
                p.rule = (struct rect){r.x, r.y + 3 + rows, r.w, 1};
                p.detail = (struct rect){r.x, p.rule.y + 1, r.w, end - p.rule.y - 2};
        } else {
                int below = roomy ? 2 : r.h >= 6 && !linear ? 1 : 0;
                p.list = (struct rect){r.x, top, r.w, end - top - below};
                if (roomy)
                        p.rule = (struct rect){r.x, end - 2, r.w, 1};
                if (below)
                        p.line = (struct rect){r.x, end - 1, r.w, 1};
                p.detail = (struct rect){r.x, r.y, r.w, r.h - 1};
        }
        return p;
}

static struct incidents *state_of(const struct view *v)
{
        return v->state;
}

/* Reads the detail of the current incident, where one is shown. */
static enum rc follow(struct view *v, bool again, struct err *err)
{
        struct incidents *st = state_of(v);
        const struct row *row = list_current(st->lv.list);
        if (st->layout == LAYOUT_ONE && !st->in_detail)
                return RC_OK;
        return detail_show(st->detail, row ? row->thing.id : "", again, err);
}

static enum rc incidents_settle(struct view *v, struct err *err)
{
        struct incidents *st = state_of(v);
        long at = list_position(st->lv.list);
        if (at != st->at) {
                st->step = at > st->at ? 1 : -1;
                st->at = at;
                list_leave_rest(st->lv.list);
        }
        bool again = st->unseen && st->again;
        st->unseen = false;
        st->again &= !again;
        return follow(v, again, err);
}

/* While no key waits: the neighbour that the next one will probably ask for. */
static void look_ahead(struct incidents *st)
{
        const struct row *row = NULL;
        if (st->step && st->at + st->step >= 0)
                row = list_row_at(st->lv.list, (size_t)(st->at + st->step));
        if (row && st->layout != LAYOUT_ONE)
                detail_prepare(st->detail, row->thing.id);
}

/* The detail of what the cursor is on: for keys that move in it before it was painted. */
struct detail *detail_now(struct view *v)
{
        struct err err = {0};
        if (follow(v, false, &err) != RC_OK)
                ui_notice(v->ui, NOTICE_FAIL, "%s", err.text);
        return state_of(v)->detail;
}

static bool scroll_detail(struct view *v, long by)
{
        struct incidents *st = state_of(v);
        if (!st->in_detail)
                return false;
        detail_scroll(detail_now(v), by);
        return true;
}

/* Columns from left to right; when narrow the highest `lost` goes first, 0 never. */
static const struct {
        const char *name;
        int lost, min, max;
        bool right;
} column_rows[] = {
        {"ref", 0, 8, 8, false},      {"severity", 0, 6, 10, false}, {"status", 4, 10, 10, false},
        {"title", 0, 32, 0, false},   {"states", 3, 9, 12, false},   {"sectors", 8, 14, 15, false},
        {"tlp", 7, 14, 14, false},    {"owner", 6, 10, 10, false},   {"modified", 9, 9, 9, true},
        {"next_due", 0, 9, 12, true},
};

static struct columns default_columns(void)
{
        struct columns cs = {.kind = &kind_incident, .ages = true};
        for (size_t i = 0; i < ARRAY_LEN(column_rows); i++)
                cs.items[cs.count++] =
                        (struct column){.field = field_index(&kind_incident, column_rows[i].name),
                                        .lost = column_rows[i].lost,
                                        .min = column_rows[i].min,
                                        .max = column_rows[i].max,
                                        .right = column_rows[i].right};
        return cs;
}

static enum rc incidents_open(struct view *v, struct err *err)
{
        struct incidents *st = state_of(v);
        struct columns columns = default_columns();
        (void)err;
        st->lv.scroll = scroll_detail;
        st->lv.list = list_create(
                v->ui,
                &(struct list_setup){.kind = &kind_incident,
                                     .columns = &columns,
                                     .filter = kind_incident.default_filter,
                                     .hint = "+ opens one, muster import FILE brings some in",
                                     .noun = "incident",
                                     .plural = "incidents"});
        st->detail = detail_create(v->ui);
        return RC_OK;
}

static enum rc incidents_load(struct view *v, struct err *err)
{
        struct incidents *st = state_of(v);
        if (v->stale)
                list_reload(st->lv.list);
        st->again |= v->stale != 0;
        v->stale = 0;
        enum rc rc = list_load(st->lv.list, err);
        if (rc != RC_OK && rc != RC_BUSY)
                return rc;
        st->unseen = ui_view(v->ui) != v;
        if (st->unseen)
                return rc;
        if (store_is_interrupted(ui_ops(v->ui)->store))
                return RC_BUSY;
        enum rc detail = follow(v, st->again, err);
        if (detail != RC_OK)
                return detail;
        st->again = false;
        look_ahead(st);
        return rc;
}

static void incidents_resize(struct view *v, struct rect r)
{
        struct incidents *st = state_of(v);
        st->layout = layout_of(v, r);
        list_resize(st->lv.list, panes_of(v, r).list.h - 1);
}

static void incidents_close(struct view *v)
{
        struct incidents *st = state_of(v);
        list_destroy(st->lv.list);
        detail_destroy(st->detail);
}

static int draw_fact(const struct field *f, const struct row *row, const struct row_style *style,
                     struct canvas *c, struct rect cell)
{
        struct arena a;
        arena_init(&a);
        const char *text = field_text(f, row, style, &a);
        struct look quiet = {.ink = ROLE_MUTED};
        int x = cell.x;
        if (text[0] && f->list == &enum_tlp) {
                field_draw(f, row, style, c, cell, false);
                x += (int)text_width(text) + (row->tlp_given ? 2 : 4);
        } else if (text[0]) {
                if (f->flags & FIELD_PERSON || f->type == FIELD_TIME)
                        x += canvas_text(c, x, cell.y, cell.w, (struct look){.ink = ROLE_FAINT},
                                         f->label) +
                             1;
                x += canvas_text(c, x, cell.y, cell.x + cell.w - x, quiet, text);
        }
        arena_finish(&a);
        return x > cell.x ? x - cell.x + 2 : 0;
}

/* What the narrow list has no columns for, of the current row. */
static void draw_line(const struct view *v, struct canvas *c, struct rect r)
{
        static const char *const names[] = {"status", "tlp", "owner", "modified", "sectors"};
        const struct row *row = list_current(state_of(v)->lv.list);
        const struct ops *ops = ui_ops(v->ui);
        struct row_style style = {.words = ops->words,
                                  .me = ops->operator,
                                  .now_ms = ui_now_ms(v->ui),
                                  .ages = ui_shows_ages(v->ui)};
        int x = r.x + 3, end = r.x + r.w - 1;
        for (size_t i = 0; row && i < ARRAY_LEN(names) && x < end; i++)
                x += draw_fact(field_find(&kind_incident, names[i]), row, &style, c,
                               (struct rect){x, r.y, end - x, 1});
}

static void incidents_draw(const struct view *v, struct canvas *c, struct rect r)
{
        const struct incidents *st = state_of(v);
        struct panes p = panes_of(v, r);
        struct look border = {.ink = ROLE_BORDER};
        if (st->layout == LAYOUT_ONE && st->in_detail) {
                detail_draw(st->detail, c, p.detail, true);
                return;
        }
        list_draw_summary(st->lv.list, c, p.summary);
        list_draw(st->lv.list, c, p.list, !st->in_detail);
        if (p.rule.h)
                canvas_hline(c, p.rule.x, p.rule.y, p.rule.w, border, GLYPH_HLINE);
        if (p.line.h)
                draw_line(v, c, p.line);
        if (st->layout == LAYOUT_BESIDE)
                for (int y = p.detail.y; y < p.detail.y + p.detail.h; y++)
                        canvas_glyph(c, p.detail.x - 1, y, border, GLYPH_VLINE);
        if (st->layout != LAYOUT_ONE)
                detail_draw(st->detail, c, p.detail, st->in_detail);
}

static void incidents_badge(const struct view *v, struct view_badge *ret)
{
        const struct incidents *st = state_of(v);
        list_badge(st->lv.list, ret);
}

static bool incidents_back(struct view *v)
{
        struct incidents *st = state_of(v);
        if (st->in_detail) {
                st->in_detail = false;
                ui_dirty(v->ui);
                return true;
        }
        return list_filter_back(v, kind_incident.default_filter);
}

static const char *incidents_current(const struct view *v, const char **ret_ref)
{
        const struct row *row = list_current(state_of(v)->lv.list);
        *ret_ref = row ? row->ref : NULL;
        return row ? row->thing.id : NULL;
}

static bool incidents_show(struct view *v, const char *id)
{
        struct list *list = state_of(v)->lv.list;
        bool found = list_go_to_id(list, id);
        if (!found && list_filter(list)[0] && list_set_filter(list, "", NULL) == RC_OK) {
                found = list_go_to_id(list, id);
                ui_notice(v->ui, NOTICE_DONE, "the filter hid it, so it is off");
        }
        return found;
}

static bool inside(struct rect r, int x, int y)
{
        return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}

static enum rc enter(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        if (state_of(v)->in_detail && detail_enter(detail_now(v)))
                return RC_OK;
        state_of(v)->in_detail = true;
        return follow(v, false, err);
}

static bool incidents_mouse(struct view *v, int x, int y, struct rect r, int button, bool twice)
{
        struct incidents *st = state_of(v);
        struct panes p = panes_of(v, r);
        bool detail_shown = st->layout != LAYOUT_ONE || st->in_detail;
        bool on_detail = detail_shown && inside(p.detail, x, y);
        if (button == MOUSE_WHEEL_UP || button == MOUSE_WHEEL_DOWN) {
                long by = button == MOUSE_WHEEL_UP ? -3 : 3;
                if (on_detail)
                        detail_scroll(detail_now(v), by);
                else
                        list_move(st->lv.list, by);
                return true;
        }
        if (on_detail) {
                st->in_detail = true;
                detail_click(detail_now(v), x, y, p.detail);
                return true;
        }
        if (!inside(p.list, x, y) || !list_click(st->lv.list, x, y, p.list))
                return false;
        st->in_detail = false;
        if (twice)
                enter(v->ui, v, NULL);
        return true;
}

/* ---- commands of the panes ---- */

static enum rc switch_pane(struct ui *ui, struct view *v, struct err *err)
{
        struct incidents *st = state_of(v);
        st->in_detail = !st->in_detail;
        ui_dirty(ui);
        return follow(v, false, err);
}

static enum rc to_board(struct ui *ui, struct view *v, struct err *err)
{
        return board_start(ui, state_of(v)->lv.list, err);
}

static enum rc turn_why(struct ui *ui, struct view *v, struct err *err)
{
        struct incidents *st = state_of(v);
        (void)ui;
        st->in_detail = st->in_detail || st->layout == LAYOUT_ONE;
        enum rc rc = follow(v, false, err);
        detail_turn_why(st->detail);
        return rc;
}

static bool has_clock(const struct ui *ui, const struct view *v)
{
        const struct row *row = list_current(state_of(v)->lv.list);
        (void)ui;
        return row && (thing_value(&row->thing, "clocks")->count ||
                       thing_value(&row->thing, "filings")->count);
}

bool detail_is_shown(const struct ui *ui, const struct view *v)
{
        const struct incidents *st = state_of(v);
        (void)ui;
        return (st->layout != LAYOUT_ONE || st->in_detail) && list_current(st->lv.list);
}

static const struct cmd cmds[] = {
        INCIDENT_CMDS,
        INCIDENT_CMD_ESCALATE(CMD_FOOT),
        {.name = "incident.open-detail",
         .label = "open",
         .when = list_has_rows,
         .help = "Open the incident, or a clock: why it is due",
         .run = enter},
        {.name = "incidents.board",
         .label = "board",
         .flags = CMD_FOOT,
         .help = "Show the same incidents as a board, by status",
         .run = to_board},
        {.name = "incidents.pane",
         .label = "pane",
         .when = list_has_rows,
         .help = "Switch between list and detail",
         .run = switch_pane},
        DETAIL_CMDS,
        {.name = "incidents.clock-why",
         .label = "why due",
         .when = has_clock,
         .help = "Its clocks, with their rules and how the due times follow",
         .run = turn_why},
        LIST_CMDS,
};

static const struct key keys[] = {
        {"l", "incident.escalate"},        INCIDENT_KEYS,
        {"Enter", "incident.open-detail"}, {"v", "incidents.board"},
        {"Tab", "incidents.pane"},         DETAIL_KEYS,
        {"w", "incidents.clock-why"},      LIST_KEYS,
};

const struct view_ops view_incidents = {
        .name = "incidents",
        .title = "Incidents",
        .brief = "Inc",
        .digit = '2',
        .noun = "incident",
        .topics = TOPIC_INCIDENTS | TOPIC_PARTICIPANTS,
        .state_size = sizeof(struct incidents),
        .cmds = cmds,
        .cmd_count = ARRAY_LEN(cmds),
        .keys = keys,
        .key_count = ARRAY_LEN(keys),
        .open = incidents_open,
        .load = incidents_load,
        .settle = incidents_settle,
        .draw = incidents_draw,
        .badge = incidents_badge,
        .mouse = incidents_mouse,
        .resize = incidents_resize,
        .back = incidents_back,
        .current = incidents_current,
        .show = incidents_show,
        .close = incidents_close,
};
