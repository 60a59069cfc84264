/*
 * A list as lines of text: a row is its values with commas between, states in words, and as many as
 * fit whole; only a title is cut. Where the columns' heads stand otherwise, the place in the list.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "model/marking.h"
#include "ui/countdown.h"
#include "ui/entry.h"
#include "ui_private.h"

#define EARLY_COLUMNS 60 /* from here on status and States stand before what is dropped first */
#define EARLY_LOST    4
#define LINE_MAX      4096
#define FRESH_MS      60000
#define STOP_COLUMNS  2 /* of what says that there is more */

struct pen {
        struct canvas *c;
        struct rect r;
        int x;
        enum role ground;
        bool full;
};

/* False: it has no room. */
static bool put(struct pen *p, const char *text, struct look look, bool may_be_cut)
{
        int gap = p->x > p->r.x ? 2 : 0, room = p->r.x + p->r.w - p->x - gap;
        if (!text[0])
                return true;
        if (room < 4 || (!may_be_cut && (int)text_width(text) > room - STOP_COLUMNS))
                return false;
        look.ground = p->ground;
        if (gap)
                p->x += canvas_text(p->c, p->x, p->r.y, 2, LOOK(.ground = p->ground), ", ");
        p->x += canvas_text(p->c, p->x, p->r.y, room, look, text);
        return true;
}

/* What comes after is not shown out of its order. */
static void stop(struct pen *p)
{
        int last = p->r.x + p->r.w - STOP_COLUMNS;
        p->full = true;
        if (p->x > last)
                p->x = last;
        canvas_text(p->c, p->x, p->r.y, p->r.x + p->r.w - p->x, LOOK(.ground = p->ground),
                    glyph_text(GLYPH_ELLIPSIS, p->c->ascii));
}

static const char *words_of(const struct field *f, const struct row *row,
                            const struct row_style *style, struct arena *a)
{
        const struct value *v = thing_value(&row->thing, f->name);
        const char *text = field_text(f, row, style, a);
        if (!text[0])
                return "";
        if (f->list == &enum_tlp)
                return arena_printf(a, "TLP:%s%s", text, row->tlp_given ? "" : " by default");
        if (f->list == &enum_severity && v)
                return v->text;
        if (f->type == FIELD_ENUM && !row->thing.revoked) {
                const struct enum_item *item = enum_at(f->list, thing_rank(&row->thing, f->name));
                return item ? item->label : text;
        }
        if (f->flags & FIELD_PERSON || f->type == FIELD_COUNT)
                return arena_printf(a, "%s %s", f->label, text);
        if (f->type != FIELD_TIME || row->thing.kind == &kind_log)
                return text;
        bool aged = style->ages && thing_ms(&row->thing, f->name) <= style->now_ms;
        return arena_printf(a, "%s %s%s%s", f->label, text, aged ? " ago" : "",
                            field_is_late(f, row, style->now_ms) ? " late" : "");
}

static struct look look_of(const struct field *f, const struct row *row,
                           const struct row_style *style)
{
        if (style->faint)
                return LOOK(.ink = ROLE_FAINT);
        if (f->list == &enum_severity)
                return LOOK(.ink = severity_role(thing_rank(&row->thing, f->name)));
        return LOOK(.ink = ROLE_TEXT);
}

/* What must not be lost behind a long title: the next clock, and the marking. */
static bool is_put_first(const struct columns *cs, const struct field *f)
{
        return field_find(cs->kind, "next_due") &&
               (strcmp(f->name, "next_due") == 0 || f->list == &enum_tlp);
}

static void put_first(struct pen *p, const struct row *row, const struct row_style *style)
{
        struct look plain = LOOK(.ink = style->faint ? ROLE_FAINT : ROLE_TEXT);
        int64_t due = thing_ms(&row->thing, "next_due");
        int tlp = thing_rank(&row->thing, "tlp");
        char text[64];
        if (due != CLOCK_NONE) {
                struct countdown left;
                countdown_read(due, style->now_ms, &left);
                snprintf(text, sizeof(text), "%s %s", left.is_late ? "late" : "due in",
                         left.text + left.is_late);
                put(p, text, style->faint ? plain : left.look, false);
        }
        if (tlp >= 0) {
                snprintf(text, sizeof(text), row->tlp_given ? "%s" : "(%s)",
                         tlp_name((enum tlp)tlp));
                put(p, text, plain, false);
        }
}

static void put_columns(struct pen *p, const struct columns *cs, const struct row *row,
                        const struct row_style *style, bool early)
{
        struct arena a;
        arena_init(&a);
        for (size_t i = 0; i < cs->count; i++) {
                const struct column *col = &cs->items[i];
                const struct field *f = &cs->kind->fields[col->field];
                bool is_early =
                        col->lost == 0 || (p->r.w >= EARLY_COLUMNS && col->lost <= EARLY_LOST);
                bool is_text = strcmp(f->name, cs->kind->title) == 0;
                if (col->hidden || is_early != early || strcmp(f->name, "ref") == 0 ||
                    is_put_first(cs, f))
                        continue;
                if (!p->full &&
                    !put(p, words_of(f, row, style, &a), look_of(f, row, style), is_text))
                        stop(p);
        }
        arena_finish(&a);
}

static bool is_led_by_ref(const struct list *l)
{
        for (size_t i = 0; i < l->columns.count; i++)
                if (strcmp(l->kind->fields[l->columns.items[i].field].name, "ref") == 0)
                        return !l->columns.items[i].hidden;
        return false;
}

static void draw_row(const struct list *l, size_t position, struct canvas *c, struct rect r)
{
        const struct row *row = list_row_at(l, position);
        if (!row)
                return;
        bool current = position == l->at;
        int64_t flash = list_flashed_at(l, row->rid), now = ui_now_ms(l->ui);
        struct row_style style = list_style(l);
        style.faint = !row->matches || row->thing.revoked;
        struct pen p = {.c = c, .r = r, .x = r.x, .ground = current ? ROLE_SELECTION : ROLE_BG};
        struct look warn = {.ink = ROLE_WARN}, ref = {.ink = ROLE_STRONG, .attr = ATTR_BOLD};
        canvas_fill(c, r, LOOK(.ground = p.ground));
        if (is_led_by_ref(l))
                put(&p, row->ref ? row->ref : "", ref, false);
        if (marks_has(&l->marked, row->rid))
                put(&p, "marked", LOOK(.ink = ROLE_ACCENT), false);
        if (row->flags & MARK_CONFLICT)
                put(&p, "conflict", warn, false);
        if (row_waits(row, now))
                put(&p, "unacknowledged", warn, false);
        if (flash != CLOCK_NONE && now - flash < FRESH_MS)
                put(&p, "changed", warn, false);
        if (row->thing.revoked)
                put(&p, "revoked by its author", LOOK(.ink = ROLE_WARN), false);
        if (!row->matches)
                put(&p, "not in the filter any more", LOOK(.ink = ROLE_FAINT), false);
        int tlp = l->kind == &kind_log ? entry_listed_marking(&row->thing, &style) : -1;
        if (tlp >= 0)
                put(&p, tlp_name((enum tlp)tlp), LOOK(.ink = ROLE_TEXT), false);
        for (size_t i = 0; l->kind == &kind_log && entry_mark_at(i); i++)
                if (entry_has(&row->thing, entry_mark_at(i)))
                        put(&p, entry_mark_at(i)->brief, entry_mark_at(i)->look, false);
        if (field_find(l->kind, "next_due"))
                put_first(&p, row, &style);
        put_columns(&p, &l->columns, row, &style, true);
        put_columns(&p, &l->columns, row, &style, false);
}

void list_draw_linear(const struct list *l, struct canvas *c, struct rect r, bool focus)
{
        size_t known = l->query ? query_known(l->query) : 0;
        const struct field *f =
                l->filter.sort_field >= 0 ? &l->kind->fields[l->filter.sort_field] : NULL;
        AUTO_FREE char *order = f ? xasprintf(", by %s, %s first", f->label,
                                              l->filter.sort_down ? "greatest" : "least")
                                  : xstrdup(", newest first");
        if (known)
                canvas_printf(c, r.x, r.y, r.w, LOOK(.ink = ROLE_MUTED), "Row %zu of %zu%s%s",
                              l->at + 1, known, query_is_done(l->query) ? "" : " or more", order);
        for (int i = 0; i < l->rows && i < r.h - 1 && l->top + (size_t)i < known; i++)
                draw_row(l, l->top + (size_t)i, c, (struct rect){r.x, r.y + 1 + i, r.w, 1});
        if (focus && known) {
                c->cursor_x = r.x;
                c->cursor_y = r.y + 1 + (int)(l->at - l->top);
                c->cursor_shown = true;
        }
}

void list_draw_summary_linear(const struct list *l, struct canvas *c, struct rect r)
{
        CLEANUP(str_finish) struct str line = {0};
        bool exact;
        long count = list_count(l, &exact);
        size_t hidden, marked = list_marked(l, &hidden);
        str_init(&line, LINE_MAX);
        str_addf(&line, "%s%ld of %lld", exact ? "" : "more than ", count, (long long)l->total);
        if (l->unacked)
                str_addf(&line, ", %lld unacknowledged", (long long)l->unacked);
        if (l->conflicts)
                str_addf(&line, ", %lld conflict%s", (long long)l->conflicts,
                         l->conflicts == 1 ? "" : "s");
        if (marked)
                str_addf(&line, ", %zu marked", marked);
        if (hidden)
                str_addf(&line, ", %zu of them hidden", hidden);
        str_addf(&line, ", filter %s", l->line[0] ? l->line : "none");
        if (list_filter_said(l))
                str_addf(&line, ", %s", list_filter_said(l));
        canvas_text(c, r.x, r.y, r.w, LOOK(.ink = ROLE_ACCENT), str_text(&line));
}
