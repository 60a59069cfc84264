/*
 * Summary: what is known, field by field from the kind table, with whose word it is; conflicts
 * first.
 */
#include "ui/detail_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "model/answer.h"
#include "model/contact.h"
#include "model/item.h"
#include "model/offer.h"
#include "model/when.h"
#include "store/versions.h"
#include "ui/columns.h"
#include "ui/thing_cmds.h"

#define LABEL_COLUMNS     13 /* at least, with the blank behind it */
#define LABEL_COLUMNS_MAX 17
#define RECENT_ROWS_LEAST 6
#define CLOCKS_FROM       140 /* columns */
#define CLOCKS_COLUMNS    46

struct pen {
        struct canvas *c;
        struct rect r;
        int row, scroll;
        int label; /* columns */
        const struct detail_draw *d;
};

static bool next_row(struct pen *p, int *ret_y)
{
        int shown = p->row++ - p->scroll;
        *ret_y = p->r.y + shown;
        return shown >= 0 && shown < p->r.h;
}

static const struct thing *thing_of(const struct pen *p)
{
        return &p->d->data->view.row.thing;
}

/* Fields with a place of their own, or that say nothing to a reader. */
static bool is_elsewhere(const struct field *f)
{
        static const char *const names[] = {"ref",        "title",    "name",   "description",
                                            "tlp",        "acked_by", "clocks", "filings",
                                            "next_clock", "next_due"};
        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                if (strcmp(f->name, names[i]) == 0)
                        return true;
        return false;
}

/* When a field last got the value it has, from the acts. */
static int64_t set_since(const struct folded *f, const char *field)
{
        int64_t since = CLOCK_NONE;
        for (size_t i = 0; i < f->log_count; i++)
                if (f->log[i].applied && act_sets_field(f->log[i].act, field))
                        since = f->log[i].act->occurred_ms;
        return since;
}

static void remark_of(const struct pen *p, const struct field *f, char out[80])
{
        out[0] = '\0';
        const struct folded *folded = &p->d->data->view.folded;
        int64_t now = ui_now_ms(p->d->ui), since;
        char shown[WHEN_BYTES];
        if (thing_is_stale(thing_of(p), f, now)) {
                snprintf(out, 80, "stale, more than %d h old", f->holds_h);
        } else if (strcmp(f->name, "acked") == 0) {
                const char *by = thing_text(thing_of(p), "acked_by");
                snprintf(out, 80, "%s%.60s", by ? "by " : "", by ? by : "");
        } else if (strcmp(f->name, "status") == 0 || strcmp(f->name, "severity") == 0) {
                since = set_since(folded, f->name);
                if (since == CLOCK_NONE)
                        return;
                when_show(since, now, shown);
                snprintf(out, 80, "since %s", shown);
        }
}

static enum role remark_ink(const struct pen *p, const struct field *f)
{
        return thing_is_stale(thing_of(p), f, ui_now_ms(p->d->ui)) ? ROLE_WARN : ROLE_FAINT;
}

static void wrap_row(void *ctx, const char *line, size_t len)
{
        struct pen *p = ctx;
        int y;
        if (!next_row(p, &y))
                return;
        AUTO_FREE char *s = xstrndup(line, len);
        canvas_text(p->c, p->r.x, y, p->r.w, (struct look){.ink = ROLE_TEXT}, s);
}

/* "status: contained, since 12:22Z" */
static void draw_fact_linear(struct pen *p, const struct field *f, const struct row_style *style)
{
        const struct row *row = &p->d->data->view.row;
        struct arena a;
        char remark[80];
        arena_init(&a);
        const char *text = field_text(f, row, style, &a);
        const struct value *v = thing_value(&row->thing, f->name);
        bool conflict =
                p->d->data->view.folded.field_conflict[field_index(row->thing.kind, f->name)];
        if (f->type == FIELD_ENUM && v && !row->thing.revoked)
                text = v->text;
        remark_of(p, f, remark);
        AUTO_FREE char *line = xasprintf("%s: %s%s%s%s", f->label, text, remark[0] ? ", " : "",
                                         remark, conflict ? ", in conflict" : "");
        text_wrap(line, (size_t)p->r.w, wrap_row, p);
        arena_finish(&a);
}

static void draw_fact(struct pen *p, const struct field *f, const struct row_style *style)
{
        if (p->c->linear) {
                draw_fact_linear(p, f, style);
                return;
        }
        const struct row *row = &p->d->data->view.row;
        char remark[80];
        int y;
        if (!next_row(p, &y))
                return;
        struct arena a;
        arena_init(&a);
        bool conflict =
                p->d->data->view.folded.field_conflict[field_index(row->thing.kind, f->name)];
        int x = p->r.x + p->label, right = p->r.x + p->r.w;
        canvas_text(p->c, p->r.x, y, p->label - 1, (struct look){.ink = ROLE_MUTED}, f->label);
        const char *text = field_text(f, row, style, &a);
        if (f->list == &enum_severity || f->list == &enum_tlp) {
                field_draw(f, row, style, p->c, (struct rect){x, y, right - x, 1}, false);
                x += 2 + (int)text_width(text);
        } else {
                x += canvas_text(p->c, x, y, right - x, (struct look){.ink = ROLE_TEXT}, text);
        }
        if (p->d->changed >> field_index(row->thing.kind, f->name) & 1)
                canvas_strengthen(p->c,
                                  (struct rect){p->r.x + p->label, y, x - p->r.x - p->label, 1});
        if (conflict)
                x += 1 +
                     canvas_glyph(p->c, x + 1, y, (struct look){.ink = ROLE_WARN}, GLYPH_CONFLICT);
        remark_of(p, f, remark);
        if (x + 2 < right)
                canvas_text(p->c, x + 2, y, right - x - 2, (struct look){.ink = remark_ink(p, f)},
                            remark);
        arena_finish(&a);
}

static void draw_line(struct pen *p, const char *label, const char *text, enum role ink)
{
        int y;
        if (p->c->linear) {
                AUTO_FREE char *line = xasprintf("%s%s%s", label, label[0] ? ": " : "", text);
                text_wrap(line, (size_t)p->r.w, wrap_row, p);
                return;
        }
        if (!next_row(p, &y))
                return;
        canvas_text(p->c, p->r.x, y, p->label - 1, (struct look){.ink = ROLE_MUTED}, label);
        canvas_text(p->c, p->r.x + p->label, y, p->r.w - p->label, (struct look){.ink = ink}, text);
}

/* Of the member at `*at`, or of some from there on; it is moved behind them. */
static const char *item_text(const struct pen *p, const struct field *f, size_t *at,
                             const struct row_style *style, struct arena *a)
{
        const struct value *v = thing_value(thing_of(p), f->name);
        if (f->accepts == answer_is)
                return detail_answers_text(v, at, style, a);
        const char *item = v->items[(*at)++];
        return f->accepts == offer_is ? offer_text(&p->d->data->view.folded, item, style->now_ms, a)
                                      : field_item_text(f, item, style, a);
}

/* Whoever is named, turns and overrides, offers, answers: each on a line of its own. */
static void draw_items(struct pen *p, const struct field *f, const struct row_style *style)
{
        const struct value *v = thing_value(thing_of(p), f->name);
        CLEANUP(arena_finish) struct arena a = {0};
        for (size_t i = 0; i < v->count;) {
                const char *label = i ? "" : f->label;
                draw_line(p, label, item_text(p, f, &i, style, &a), ROLE_TEXT);
        }
}

/* Each head of a field that two desks set differently: value, who, when. */
static void draw_conflict(struct pen *p, const struct fold_heads *h)
{
        const struct kind *kind = thing_of(p)->kind;
        for (size_t i = 0; i < h->count; i++) {
                char when[WHEN_BYTES];
                const struct act *act = h->heads[i].act;
                if (!act)
                        continue;
                when_show(act->occurred_ms, ui_now_ms(p->d->ui), when);
                AUTO_FREE char *text =
                        xasprintf("%s %s: %s says %s, %s", glyph_text(GLYPH_CONFLICT, p->c->ascii),
                                  kind->fields[h->field].label, act->operator,
                                  h->heads[i].value ? h->heads[i].value : "nothing", when);
                draw_line(p, i ? "" : "conflict", text, ROLE_WARN);
        }
}

/* A step that one asked for and another has to confirm. */
static void draw_waiting(struct pen *p)
{
        if (!thing_waits_for_second(thing_of(p)))
                return;
        AUTO_FREE char *text =
                xasprintf("for a second person: %s", thing_text(thing_of(p), "asking"));
        draw_line(p, "waits", text, ROLE_WARN);
}

/* Told by the log alone: of several the one that happened last, whenever it was written down. */
static void draw_contact(struct pen *p)
{
        const struct folded *f = &p->d->data->view.folded;
        const struct words *words = ui_ops(p->d->ui)->words;
        CLEANUP(arena_finish) struct arena a = {0};
        const char *last = NULL;
        int64_t last_ms = CLOCK_NONE;
        for (size_t i = 0; i < f->log_count; i++) {
                const struct act *act = f->log[i].act;
                const char *told = contact_told(act, words, &a);
                if (!told || (last && act->occurred_ms < last_ms))
                        continue;
                last = told;
                last_ms = act->occurred_ms;
        }
        if (!last)
                return;
        char when[WHEN_BYTES];
        when_show(last_ms, ui_now_ms(p->d->ui), when);
        AUTO_FREE char *text = xasprintf("%s  %s", when, last);
        draw_line(p, "last contact", text, ROLE_TEXT);
}

/* The only deletion there is: it stays, and says so. */
static void draw_revoked(struct pen *p)
{
        const char *status = thing_text(thing_of(p), "status");
        if (!thing_of(p)->revoked)
                return;
        AUTO_FREE char *text =
                xasprintf("by its author%s%s", status ? "; it was " : "", status ? status : "");
        draw_line(p, "revoked", text, ROLE_WARN);
}

/* What it goes on with may be gone meanwhile. */
static void draw_named_revoked(struct pen *p)
{
        const struct detail_data *data = p->d->data;
        for (size_t i = 0; i < data->name_count; i++) {
                const struct ref_name *name = &data->names[i];
                if (!name->revoked)
                        continue;
                AUTO_FREE char *text = xasprintf("%s by its author: %s", name->ref,
                                                 name->title ? name->title : "");
                draw_line(p, "revoked", text, ROLE_WARN);
        }
}

static void draw_whose(struct pen *p)
{
        const struct row *row = &p->d->data->view.row;
        const struct kind *kind = row->thing.kind;
        if (!(row->flags & MARK_FOREIGN))
                return;
        CLEANUP(str_finish) struct str ours = {0};
        str_init(&ours, 400);
        for (size_t i = 0; i < kind->field_count; i++)
                if (p->d->data->view.folded.field_is_ours[i])
                        str_add_sep(&ours, ", ", kind->fields[i].label);
        AUTO_FREE char *text = ours.len ? xasprintf("%s  their words: the rest", str_text(&ours))
                                        : xstrdup("nothing yet, every word is theirs");
        draw_line(p, "ours", text, ROLE_TEXT);
}

static void draw_relations(struct pen *p)
{
        const struct ops_view *v = &p->d->data->view;
        for (size_t i = 0; i < v->relation_count && i < DETAIL_RELATIONS_MAX; i++) {
                const struct relation *rel = &v->relations[i];
                bool out = strcmp(rel->source, thing_of(p)->id) == 0;
                AUTO_FREE char *text = xasprintf("%s %s", rel->type, p->d->data->others[i]);
                draw_line(p, out ? "relation" : "from", text, ROLE_MUTED);
        }
        if (v->relation_count > DETAIL_RELATIONS_MAX) {
                AUTO_FREE char *more = xasprintf("%zu more, named in Raw",
                                                 v->relation_count - DETAIL_RELATIONS_MAX);
                draw_line(p, "", more, ROLE_MUTED);
        }
}

static bool is_drawn_by_item(const struct field *f, const struct value *v)
{
        return v->count &&
               (f->type == FIELD_REFS || f->accepts == offer_is || f->accepts == answer_is ||
                (f->flags & FIELD_LINES) || item_who(f, v->items[0]));
}

/* Wide enough for the longest label of what is said, within bounds. */
static int label_columns(const struct thing *t)
{
        int columns = LABEL_COLUMNS;
        for (size_t i = 0; i < t->kind->field_count; i++) {
                const struct field *f = &t->kind->fields[i];
                int w = 1 + (int)text_width(f->label);
                if (!value_is_empty(&t->values[i]) && !is_elsewhere(f) && w > columns)
                        columns = w;
        }
        return columns < LABEL_COLUMNS_MAX ? columns : LABEL_COLUMNS_MAX;
}

static void draw_facts(struct pen *p)
{
        const struct thing *t = thing_of(p);
        const struct detail_data *data = p->d->data;
        const struct ops *ops = ui_ops(p->d->ui);
        struct row_style style = {.words = ops->words,
                                  .names = data->names,
                                  .name_count = data->name_count,
                                  .me = ops->operator,
                                  .now_ms = ui_now_ms(p->d->ui),
                                  .ages = ui_shows_ages(p->d->ui)};
        for (size_t i = 0; i < data->view.folded.head_count; i++)
                if (data->view.folded.heads[i].conflict)
                        draw_conflict(p, &data->view.folded.heads[i]);
        draw_revoked(p);
        draw_named_revoked(p);
        draw_waiting(p);
        draw_contact(p);
        for (size_t i = 0; i < t->kind->field_count; i++) {
                const struct field *f = &t->kind->fields[i];
                if (value_is_empty(&t->values[i]) || is_elsewhere(f))
                        continue;
                if (is_drawn_by_item(f, &t->values[i]))
                        draw_items(p, f, &style);
                else
                        draw_fact(p, f, &style);
        }
        draw_whose(p);
        draw_relations(p);
        const char *description = thing_text(t, "description");
        if (description && description[0]) {
                p->row++;
                text_wrap(description, (size_t)p->r.w, wrap_row, p);
        }
}

static void draw_recent(const struct detail_draw *d, struct canvas *c, struct rect r)
{
        struct look head = {.ink = ROLE_STRONG, .attr = ATTR_BOLD};
        struct detail_draw from_top = *d;
        from_top.scroll = 0;
        canvas_text(c, r.x, r.y, r.w, head, "Timeline");
        char count[40];
        long long total = detail_moment_total(d->data);
        snprintf(count, sizeof(count), "%lld %s", total, total == 1 ? "entry" : "entries");
        canvas_right(c, r.x + r.w, r.y, 20, (struct look){.ink = ROLE_MUTED}, count);
        detail_draw_timeline(&from_top, c, (struct rect){r.x, r.y + 1, r.w, r.h - 1});
}

static void draw_clocks(const struct detail_draw *d, struct canvas *c, struct rect r)
{
        const struct clock_list *list = &d->data->clocks;
        const struct clock_cursor closed = {.why = false};
        const struct detail_draw from_top = {.ui = d->ui, .data = d->data, .clocks = &closed};
        size_t done = 0;
        char count[40];
        for (size_t i = 0; i < list->count; i++)
                done += list->clocks[i].state == CLOCK_FILED;
        canvas_text(c, r.x, r.y, r.w, (struct look){.ink = ROLE_STRONG, .attr = ATTR_BOLD},
                    "Clocks");
        snprintf(count, sizeof(count), "%zu of %zu done", done, list->count);
        canvas_right(c, r.x + r.w, r.y, 20, (struct look){.ink = ROLE_MUTED}, count);
        detail_draw_clocks(&from_top, c, (struct rect){r.x, r.y + 2, r.w, r.h - 2});
}

static int draw_divider(struct canvas *c, struct rect r, int x)
{
        for (int y = r.y; y < r.y + r.h; y++)
                canvas_glyph(c, x, y, (struct look){.ink = ROLE_BORDER}, GLYPH_VLINE);
        return x + 3;
}

/* The timeline stands beside the facts where it is wide, below them where it is high; clocks beside
 * both where there is room for three. */
struct detail_extent detail_draw_summary(const struct detail_draw *d, struct canvas *c,
                                         struct rect r)
{
        bool split = r.w >= 110 && !c->linear;
        bool clocks = r.w >= CLOCKS_FROM && d->data->clocks.count && !c->linear;
        int facts = clocks ? (r.w - CLOCKS_COLUMNS) / 2 : split ? r.w * 9 / 20 : r.w;
        struct pen p = {.c = c, .r = {r.x, r.y, facts, r.h}, .scroll = d->scroll, .d = d};
        p.label = label_columns(thing_of(&p));
        draw_facts(&p);
        int below = p.row + 2, left = p.row - p.scroll - r.h;
        if (left > 0 && r.h > 1)
                detail_draw_more(c, r.x + facts, r.y + r.h - 1, left);
        if (split) {
                int x = draw_divider(c, r, r.x + facts + 2), end = r.x + r.w;
                if (clocks) {
                        end -= CLOCKS_COLUMNS;
                        int at = draw_divider(c, r, end + 2);
                        draw_clocks(d, c, (struct rect){at, r.y, r.x + r.w - at, r.h});
                }
                draw_recent(d, c, (struct rect){x, r.y, end - x, r.h});
        } else if (r.h - below >= RECENT_ROWS_LEAST && !c->linear) {
                draw_recent(d, c, (struct rect){r.x, r.y + below, r.w, r.h - below});
        }
        return (struct detail_extent){.rows = p.row, .window = r.h};
}
