/*
 * What a field of a row says, and how it looks.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/item.h"
#include "model/when.h"
#include "model/words.h"
#include "ui/columns.h"
#include "ui/countdown.h"
#include "ui/entry.h"
enum role severity_role(int severity)
{
        switch (severity) {
        case SEV_CRITICAL: return ROLE_SEV_CRITICAL;
        case SEV_HIGH: return ROLE_SEV_HIGH;
        case SEV_MEDIUM: return ROLE_SEV_MEDIUM;
        case SEV_LOW: return ROLE_SEV_LOW;
        default: return ROLE_FAINT;
        }
}

enum glyph severity_glyph(int severity)
{
        switch (severity) {
        case SEV_CRITICAL: return GLYPH_CRITICAL;
        case SEV_HIGH: return GLYPH_HIGH;
        case SEV_MEDIUM: return GLYPH_MEDIUM;
        case SEV_LOW: return GLYPH_LOW;
        default: return GLYPH_COUNT;
        }
}

enum role tlp_role(int tlp)
{
        switch (tlp) {
        case TLP_CLEAR: return ROLE_TLP_CLEAR;
        case TLP_GREEN: return ROLE_TLP_GREEN;
        case TLP_AMBER:
        case TLP_AMBER_STRICT: return ROLE_TLP_AMBER;
        default: return ROLE_TLP_RED;
        }
}

static const struct ref_name *name_of(const char *id, const struct row_style *style)
{
        for (size_t i = 0; i < style->name_count; i++)
                if (strcmp(style->names[i].id, id) == 0)
                        return &style->names[i];
        return NULL;
}

static const char *one_name_of(const char *id, const struct row_style *style, struct arena *a)
{
        const struct ref_name *name = name_of(id, style);
        if (!name)
                return id;
        return name->title ? arena_printf(a, "%s %s", name->ref, name->title) : name->ref;
}

static const char *names_of(const struct value *v, const struct row_style *style, struct arena *a)
{
        const char **refs = arena_array(a, v->count + 1, sizeof(*refs));
        for (size_t i = 0; i < v->count; i++) {
                const struct ref_name *name = name_of(v->items[i], style);
                refs[i] = name ? name->ref : v->items[i];
        }
        struct value shown = {.items = refs, .count = v->count};
        return value_join(&shown, " ", a);
}

/* "1 EXP-0003 Ana", "3 x EQP-0012 Laptops", "24 Nov 08:00Z to 16:00Z EXP-0003 Ana"; as it is where
 * nobody is known. */
static const char *duty_text(const struct field *field, const char *item, const char *who,
                             const struct row_style *style, struct arena *a)
{
        const char *name = one_name_of(who, style, a);
        char from[WHEN_BYTES], until[WHEN_BYTES];
        struct override_item o;
        struct quantity_item q;
        struct turn_item t;
        if (field->form == &item_quantity)
                return quantity_item_read(item, &q) ? arena_printf(a, "%d x %s", q.count, name)
                                                    : item;
        if (turn_item_read(item, &t))
                return arena_printf(a, "%d %s", t.place, name);
        if (!override_item_read(item, &o))
                return item;
        when_show(o.span.from_ms, style->now_ms, from);
        when_show(o.span.until_ms, style->now_ms, until);
        return arena_printf(a, "%s to %s %s", from, until, name);
}

const char *field_item_text(const struct field *field, const char *item,
                            const struct row_style *style, struct arena *a)
{
        const char *who = item_who(field, item);
        if (field->type == FIELD_REFS)
                return one_name_of(item, style, a);
        return who ? duty_text(field, item, who, style, a) : item;
}

static const char *duties_of(const struct field *field, const struct value *v,
                             const struct row_style *style, struct arena *a)
{
        const char **shown = arena_array(a, v->count + 1, sizeof(*shown));
        for (size_t i = 0; i < v->count; i++)
                shown[i] = field_item_text(field, v->items[i], style, a);
        return value_join(&(struct value){.items = shown, .count = v->count}, ", ", a);
}

const char *field_text(const struct field *field, const struct row *row,
                       const struct row_style *style, struct arena *a)
{
        const struct value *v = thing_value(&row->thing, field->name);
        if (strcmp(field->name, "ref") == 0)
                return row->ref ? row->ref : "";
        if (!v || value_is_empty(v))
                return "";
        if (row->thing.revoked && strcmp(field->name, "status") == 0)
                return "revoked";
        if (field->flags & FIELD_MINUTES) {
                char *span = arena_alloc(a, WHEN_BYTES);
                minutes_show(strtoll(v->text, NULL, 10), span);
                return span;
        }
        switch (field->type) {
        case FIELD_ENUM: {
                int rank = enum_rank(field->list, v->text);
                const struct enum_item *item = enum_at(field->list, rank);
                return !item ? v->text : style->narrow ? item->brief : item->label;
        }
        case FIELD_TIME: {
                char *shown = arena_alloc(a, WHEN_BYTES);
                int64_t ms = thing_ms(&row->thing, field->name);
                if (style->ages && ms <= style->now_ms)
                        when_age(style->now_ms - ms, shown);
                else
                        when_show(ms, style->now_ms, shown);
                return shown;
        }
        case FIELD_WORDS:
                return v->count && item_who(field, v->items[0])
                               ? duties_of(field, v, style, a)
                               : words_labels(style->words, field->words, v, NULL, a);
        case FIELD_WORD:
                return field->words ? word_label(style->words, field->words, v->text) : v->text;
        case FIELD_REFS: {
                const char *log = entry_log(&row->thing, style);
                return log ? log : names_of(v, style, a);
        }
        case FIELD_REF: return one_name_of(v->text, style, a);
        default: return v->text;
        }
}

static struct look plain_look(const struct field *field, const struct kind *kind,
                              const struct row_style *style)
{
        struct look look = {.ink = ROLE_TEXT};
        if (style->faint)
                look.ink = ROLE_FAINT;
        else if (kind->title && strcmp(field->name, kind->title) == 0)
                look = (struct look){.ink = style->current ? ROLE_STRONG : ROLE_TEXT,
                                     .attr = style->current ? ATTR_BOLD : 0};
        else if (strcmp(field->name, "text") != 0)
                look.ink = ROLE_MUTED;
        return look;
}

bool row_waits(const struct row *row, int64_t now_ms)
{
        int64_t parked_ms = thing_ms(&row->thing, "parked_until");
        return (row->flags & MARK_UNACKED) && (parked_ms == CLOCK_NONE || parked_ms <= now_ms);
}

static void draw_ref(const struct row *row, const struct row_style *style, struct canvas *c,
                     struct rect cell)
{
        bool unacked = row_waits(row, style->now_ms);
        bool strong = unacked || style->strong || style->current;
        struct look look = {.ink = strong ? ROLE_STRONG : ROLE_TEXT,
                            .attr = strong ? ATTR_BOLD : 0};
        struct look sign = {.ink = ROLE_WARN, .attr = ATTR_BOLD};
        if (style->faint)
                look = sign = (struct look){.ink = ROLE_FAINT};
        int used = canvas_text(c, cell.x, cell.y, cell.w - 2, look, row->ref ? row->ref : "");
        if (row->flags & MARK_CONFLICT)
                canvas_glyph(c, cell.x + used + 1, cell.y, sign, GLYPH_CONFLICT);
        else if (unacked)
                canvas_glyph(c, cell.x + used + 1, cell.y, sign, GLYPH_UNACKED);
}

static void draw_severity(const struct field *field, const struct row *row,
                          const struct row_style *style, struct canvas *c, struct rect cell)
{
        int rank = thing_rank(&row->thing, field->name);
        const struct enum_item *item = enum_at(field->list, rank);
        struct look look = {.ink = style->faint ? ROLE_FAINT : severity_role(rank),
                            .attr = rank == SEV_CRITICAL && !style->faint ? ATTR_BOLD : 0};
        if (!item || rank == SEV_NONE) {
                canvas_text(c, cell.x, cell.y, cell.w, (struct look){.ink = ROLE_FAINT}, "-");
                return;
        }
        canvas_glyph(c, cell.x, cell.y, look, severity_glyph(rank));
        canvas_printf(c, cell.x + 1, cell.y, cell.w - 1, look, " %s",
                      style->narrow ? item->brief : item->label);
}

static void draw_tlp(const struct field *field, const struct row *row,
                     const struct row_style *style, struct canvas *c, struct rect cell)
{
        int rank = thing_rank(&row->thing, field->name);
        const struct enum_item *item = enum_at(field->list, rank);
        struct look quiet = {.ink = style->faint ? ROLE_FAINT : ROLE_MUTED};
        if (!item) {
                canvas_text(c, cell.x, cell.y, cell.w, quiet, "-");
                return;
        }
        canvas_glyph(c, cell.x, cell.y,
                     (struct look){.ink = style->faint ? ROLE_FAINT : tlp_role(rank)},
                     rank == TLP_CLEAR ? GLYPH_PIP_CLEAR : GLYPH_PIP);
        canvas_printf(c, cell.x + 2, cell.y, cell.w - 2, quiet, row->tlp_given ? "%s" : "(%s)",
                      item->label);
}

static struct look person_look(const char *text, const struct row_style *style)
{
        bool mine = style->me && strcmp(text, style->me) == 0;
        return (struct look){.ink = style->faint ? ROLE_FAINT : mine ? ROLE_ACCENT : ROLE_MUTED};
}

/* Years ago the day is enough. */
static const char *without_hour(const char *shown, struct arena *a)
{
        const char *blank = strrchr(shown, ' ');
        return blank ? arena_strndup(a, shown, (size_t)(blank - shown)) : shown;
}

/* A narrow list says in full what has room for it: "confirmed", not "conf". */
static struct row_style roomy(const struct row_style *style, const struct field *field,
                              const struct row *row, int width)
{
        struct row_style ret = *style;
        const struct enum_item *item =
                field->list ? enum_at(field->list, thing_rank(&row->thing, field->name)) : NULL;
        ret.narrow = style->narrow && (!item || (int)text_width(item->label) > width);
        return ret;
}

bool field_is_late(const struct field *field, const struct row *row, int64_t now_ms)
{
        int64_t ms = strcmp(field->name, "due") == 0 ? thing_ms(&row->thing, "due") : CLOCK_NONE;
        return ms != CLOCK_NONE && ms <= now_ms;
}

/* The word, or where it has no room the sign. */
static const char *with_late(const char *text, int width, bool ascii, struct arena *a)
{
        const char *word = arena_printf(a, "%s late", text);
        return (int)text_width(word) <= width
                       ? word
                       : arena_printf(a, "%s %s", text, glyph_text(GLYPH_SHORT, ascii));
}

void field_draw(const struct field *field, const struct row *row, const struct row_style *style,
                struct canvas *c, struct rect cell, bool right)
{
        if (strcmp(field->name, "ref") == 0) {
                draw_ref(row, style, c, cell);
                return;
        }
        if (field->list == &enum_severity) {
                draw_severity(field, row, style, c, cell);
                return;
        }
        if (field->list == &enum_tlp) {
                draw_tlp(field, row, style, c, cell);
                return;
        }
        if ((field->flags & FIELD_AHEAD) && style->ages) {
                countdown_draw(thing_ms(&row->thing, field->name), style->now_ms, style->faint, c,
                               cell);
                return;
        }
        if (row->thing.kind == &kind_log && strcmp(field->name, "text") == 0) {
                entry_draw_text(row, style, c, cell);
                return;
        }
        struct arena a;
        arena_init(&a);
        const struct row_style full = roomy(style, field, row, cell.w);
        const char *text = field_text(field, row, &full, &a);
        struct look look = field->flags & FIELD_PERSON ? person_look(text, style)
                                                       : plain_look(field, row->thing.kind, style);
        if (!text[0]) {
                text = "-";
                look.ink = ROLE_FAINT;
        }
        if (field->type == FIELD_TIME && (int)text_width(text) > cell.w)
                text = without_hour(text, &a);
        if (field_is_late(field, row, style->now_ms)) {
                look = (struct look){.ink = style->faint ? ROLE_FAINT : ROLE_ALARM,
                                     .attr = ATTR_BOLD};
                text = with_late(text, cell.w, c->ascii, &a);
        }
        if (right)
                canvas_right(c, cell.x + cell.w, cell.y, cell.w, look, text);
        else
                canvas_text(c, cell.x, cell.y, cell.w, look, text);
        arena_finish(&a);
}
