#include "ui/things_view.h"

#include <string.h>

#include "base/text.h"
#include "ui_private.h"

struct panes {
        struct rect summary, list, rule, line, detail;
};

static enum things_layout layout_of(const struct view *v, struct rect r)
{
        if (ui_is_linear(v->ui))
                return THINGS_ONE;
        if (r.w >= 200 && r.h >= 12)
                return THINGS_BESIDE;
        return r.w >= 120 && r.h >= 24 ? THINGS_BELOW : THINGS_ONE;
}

/* Where things stand; in low windows blank rows go first, then the line of the current row. */
static struct panes panes_of(const struct view *v, struct rect r)
{
        enum things_layout layout = layout_of(v, r);
        bool linear = ui_is_linear(v->ui), roomy = r.h >= 14 && !linear;
        struct panes p = {.summary = {r.x, r.y, r.w, 1}};
        int top = r.y + (roomy ? 2 : 1), end = r.y + r.h;
        if (layout == THINGS_BESIDE) {
                int left = r.w * 56 / 100;
                p.summary = (struct rect){r.x, r.y + 1, left, 1};
                p.list = (struct rect){r.x, r.y + 3, left, r.h - 4};
                p.detail = (struct rect){r.x + left + 1, r.y + 1, r.w - left - 1, r.h - 2};
        } else if (layout == THINGS_BELOW) {
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

static struct things_view *state_of(const struct view *v)
{
        return v->state;
}

const struct things_setup *things_setup_of(const struct view *v)
{
        if (v->ops->things || !v->ops->under)
                return v->ops->things;
        const struct view *over = ui_view_named(v->ui, v->ops->under);
        return over ? over->ops->things : NULL;
}

static const struct view_ops *view_of(const struct ui *ui, const struct kind *kind)
{
        for (size_t i = 0; i < ui->pane_count; i++) {
                const struct view_ops *ops = ui->panes[i].view.ops;
                if (ops->things && ops->things->kind == kind)
                        return ops;
        }
        return NULL;
}

enum rc ui_go_to_thing(struct ui *ui, const char *id, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;
        arena_init(&a);
        enum rc rc = thing_by_id(ui->ops->store, id, &a, &row, err);
        if (rc != RC_OK)
                return rc;
        const struct view_ops *ops = view_of(ui, row.thing.kind);
        if (!ops)
                return err_set(err, RC_NOTFOUND, "%s has no view of its own", row.ref);
        rc = ui_go(ui, ops->name, err);
        return rc == RC_OK ? ui_show(ui, id, err) : rc;
}

/* ---- the detail of what the cursor is on ---- */

static enum rc follow(struct view *v, bool again, struct err *err)
{
        struct things_view *st = state_of(v);
        const struct row *row = list_current(st->lv.list);
        if (st->layout == THINGS_ONE && !st->in_detail)
                return RC_OK;
        return detail_show(st->detail, row ? row->thing.id : "", again, err);
}

enum rc things_settle(struct view *v, struct err *err)
{
        struct things_view *st = state_of(v);
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

/* Beside a list whose row tells what a key did, the same thing is read again when no key waits. */
static bool may_wait(const struct view *v)
{
        const struct things_view *st = state_of(v);
        const struct row *row = list_current(st->lv.list);
        return ui_at_key(v->ui) && st->again && !st->in_detail && row &&
               strcmp(detail_id(st->detail), row->thing.id) == 0;
}

/* While no key waits: the neighbour that the next one will probably ask for. */
static void look_ahead(struct things_view *st)
{
        const struct row *row = NULL;
        if (st->at + st->step >= 0)
                row = list_row_at(st->lv.list, (size_t)(st->at + st->step));
        if (row && st->layout != THINGS_ONE)
                detail_prepare(st->detail, row->thing.id);
}

/* For keys that move in it before it was painted. */
struct detail *detail_now(struct view *v)
{
        struct err err = {0};
        if (follow(v, false, &err) != RC_OK)
                ui_notice(v->ui, NOTICE_FAIL, "%s", err.text);
        return state_of(v)->detail;
}

bool detail_is_shown(const struct ui *ui, const struct view *v)
{
        const struct things_view *st = state_of(v);
        (void)ui;
        return (st->layout != THINGS_ONE || st->in_detail) && list_current(st->lv.list);
}

static bool scroll_detail(struct view *v, long by)
{
        struct things_view *st = state_of(v);
        if (!st->in_detail)
                return false;
        detail_scroll(detail_now(v), by);
        return true;
}

/* ---- life ---- */

static struct columns columns_of(const struct things_setup *setup)
{
        struct columns cs = {.kind = setup->kind, .ages = setup->ages};
        for (size_t i = 0; i < setup->column_count; i++) {
                const struct things_column *col = &setup->columns[i];
                cs.items[cs.count++] = (struct column){.field = field_index(setup->kind, col->name),
                                                       .lost = col->lost,
                                                       .min = col->min,
                                                       .max = col->max,
                                                       .right = col->flags & THINGS_RIGHT,
                                                       .hidden = col->flags & THINGS_HIDDEN};
        }
        return cs;
}

enum rc things_open(struct view *v, struct err *err)
{
        const struct things_setup *setup = v->ops->things;
        struct things_view *st = state_of(v);
        struct columns columns = columns_of(setup);
        (void)err;
        st->lv.scroll = scroll_detail;
        st->lv.list = list_create(
                v->ui, &(struct list_setup){.kind = setup->kind,
                                            .columns = &columns,
                                            .filter = setup->kind->default_filter,
                                            .hint = setup->hint,
                                            .noun = v->ops->noun,
                                            .plural = setup->plural ? setup->plural
                                                                    : setup->kind->plural});
        st->detail = detail_create(v->ui);
        st->step = 1; /* who opens a list goes down it */
        return RC_OK;
}

enum rc things_load(struct view *v, struct err *err)
{
        struct things_view *st = state_of(v);
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
        if (store_is_interrupted(ui_ops(v->ui)->store) || may_wait(v))
                return RC_BUSY;
        enum rc detail = follow(v, st->again, err);
        if (detail != RC_OK)
                return detail;
        st->again = false;
        if (ui_at_key(v->ui))
                return RC_BUSY;
        look_ahead(st);
        return rc;
}

void things_resize(struct view *v, struct rect r)
{
        struct things_view *st = state_of(v);
        st->layout = layout_of(v, r);
        list_resize(st->lv.list, panes_of(v, r).list.h - 1);
}

void things_close(struct view *v)
{
        struct things_view *st = state_of(v);
        list_destroy(st->lv.list);
        detail_destroy(st->detail);
}

/* ---- painting ---- */

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
                bool named =
                        f->flags & FIELD_PERSON || f->type == FIELD_TIME || f->type == FIELD_COUNT;
                int label = named ? (int)text_width(f->label) + 1 : 0;
                if (label && label + (int)text_width(text) > cell.w)
                        label = cell.w; /* a name alone says nothing */
                else if (label)
                        canvas_text(c, x, cell.y, cell.w, (struct look){.ink = ROLE_FAINT},
                                    f->label);
                x += label;
                x += canvas_text(c, x, cell.y, cell.x + cell.w - x, quiet, text);
        }
        arena_finish(&a);
        return x > cell.x ? x - cell.x + 2 : 0;
}

/* What the narrow list has no columns for, of the current row. */
static void draw_line(const struct view *v, struct canvas *c, struct rect r)
{
        const struct things_setup *setup = v->ops->things;
        const struct list *list = state_of(v)->lv.list;
        const struct row *row = list_current(list);
        struct row_style style = list_style(list);
        style.ages = ui_shows_ages(v->ui);
        int x = r.x + 3, end = r.x + r.w - 1;
        for (size_t i = 0; row && setup->line && setup->line[i] && x < end; i++)
                x += draw_fact(field_find(setup->kind, setup->line[i]), row, &style, c,
                               (struct rect){x, r.y, end - x, 1});
}

void things_draw(const struct view *v, struct canvas *c, struct rect r)
{
        const struct things_view *st = state_of(v);
        struct panes p = panes_of(v, r);
        struct look border = {.ink = ROLE_BORDER};
        if (st->layout == THINGS_ONE && st->in_detail) {
                detail_draw(st->detail, c, p.detail, true);
                return;
        }
        list_draw_summary(st->lv.list, c, p.summary);
        list_draw(st->lv.list, c, p.list, !st->in_detail);
        if (p.rule.h)
                canvas_hline(c, p.rule.x, p.rule.y, p.rule.w, border, GLYPH_HLINE);
        if (p.line.h)
                draw_line(v, c, p.line);
        if (st->layout == THINGS_BESIDE)
                for (int y = p.detail.y; y < p.detail.y + p.detail.h; y++)
                        canvas_glyph(c, p.detail.x - 1, y, border, GLYPH_VLINE);
        if (st->layout != THINGS_ONE)
                detail_draw(st->detail, c, p.detail, st->in_detail);
}

/* ---- small answers ---- */

void things_badge(const struct view *v, struct view_badge *ret)
{
        list_badge(state_of(v)->lv.list, ret);
}

bool things_back(struct view *v)
{
        struct things_view *st = state_of(v);
        if (st->in_detail) {
                st->in_detail = false;
                ui_dirty(v->ui);
                return true;
        }
        return list_filter_back(v, list_kind(st->lv.list)->default_filter);
}

const char *things_current(const struct view *v, const char **ret_ref)
{
        const struct row *row = list_current(state_of(v)->lv.list);
        *ret_ref = row ? row->ref : NULL;
        return row ? row->thing.id : NULL;
}

bool things_show(struct view *v, const char *id)
{
        struct list *list = state_of(v)->lv.list;
        bool found = list_go_to_id(list, id);
        if (!found && list_filter(list)[0] && list_set_filter(list, "", NULL) == RC_OK) {
                found = list_go_to_id(list, id);
                ui_notice(v->ui, NOTICE_DONE, "the filter hid it, so it is off");
        }
        return found;
}

/* ---- hands ---- */

void things_go_in(struct view *v)
{
        state_of(v)->in_detail = true;
        ui_dirty(v->ui);
}

enum rc things_cmd_enter(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        if (state_of(v)->in_detail && detail_enter(detail_now(v)))
                return RC_OK;
        things_go_in(v);
        return follow(v, false, err);
}

enum rc things_cmd_pane(struct ui *ui, struct view *v, struct err *err)
{
        struct things_view *st = state_of(v);
        st->in_detail = !st->in_detail;
        ui_dirty(ui);
        return follow(v, false, err);
}

static bool inside(struct rect r, int x, int y)
{
        return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}

bool things_mouse(struct view *v, int x, int y, struct rect r, int button, bool twice)
{
        struct things_view *st = state_of(v);
        struct panes p = panes_of(v, r);
        bool detail_shown = st->layout != THINGS_ONE || st->in_detail;
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
                things_cmd_enter(v->ui, v, NULL);
        return true;
}
