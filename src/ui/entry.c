#include "ui/entry.h"

#include <string.h>

#include "base/clock.h"
#include "model/marking.h"
#include "model/when.h"
#include "model/words.h"

#define SIGN_COLUMNS 2

static const struct entry_mark marks[] = {
        [ENTRY_CORRECTED] =
                {"corrected_by", GLYPH_STRUCK, {.ink = ROLE_MUTED}, "corrected", "corrected"},
        [ENTRY_AWAITING] = {"awaiting",
                            GLYPH_UNACKED,
                            {.ink = ROLE_WARN, .attr = ATTR_BOLD},
                            "awaits review",
                            "awaits review by another person"},
        [ENTRY_SIGNIFICANT] =
                {"significant", GLYPH_OF_NOTE, {.ink = ROLE_ACCENT}, "significant", "significant"},
};

const struct entry_mark *entry_mark_at(size_t i)
{
        return i < ARRAY_LEN(marks) ? &marks[i] : NULL;
}

bool entry_has(const struct thing *entry, const struct entry_mark *mark)
{
        const char *value = thing_text(entry, mark->field);
        return value && *value && strcmp(value, "no") != 0;
}

bool entry_is_corrected(const struct thing *entry)
{
        return entry_has(entry, &marks[ENTRY_CORRECTED]);
}

const struct entry_mark *entry_sign(const struct thing *entry)
{
        for (size_t i = 0; i < ARRAY_LEN(marks); i++)
                if (entry_has(entry, &marks[i]))
                        return &marks[i];
        return NULL;
}

int entry_stricter(const struct thing *entry, int tlp)
{
        int own = thing_rank(entry, "tlp");
        return own > tlp ? own : -1;
}

/* Of what it is about, the strictest. */
static int tlp_above(const struct thing *entry, const struct row_style *style)
{
        const struct value *about = thing_value(entry, "about");
        int tlp = about && about->count ? -1 : style->usual_tlp;
        for (size_t i = 0; about && i < about->count; i++)
                for (size_t k = 0; k < style->name_count; k++)
                        if (strcmp(about->items[i], style->names[k].id) == 0 &&
                            style->names[k].tlp > tlp)
                                tlp = style->names[k].tlp;
        return tlp < 0 ? style->usual_tlp : tlp;
}

int entry_listed_marking(const struct thing *entry, const struct row_style *style)
{
        return entry_stricter(entry, tlp_above(entry, style));
}

int entry_draw_marking(int tlp, struct canvas *c, int x, int y, int w)
{
        int used = canvas_text(
                c, x, y, w,
                (struct look){.ink = tlp_role(tlp), .ground = ROLE_BLACK, .attr = ATTR_BOLD},
                tlp_name((enum tlp)tlp));
        return used + 1;
}

const char *entry_log(const struct thing *entry, const struct row_style *style)
{
        const char *scope = thing_text(entry, "scope");
        if (entry->kind != &kind_log || !scope || strcmp(scope, "incident") == 0)
                return NULL;
        return style->narrow ? scope : word_label(style->words, "log-scope", scope);
}

void entry_draw_text(const struct row *row, const struct row_style *style, struct canvas *c,
                     struct rect cell)
{
        const struct entry_mark *sign = entry_sign(&row->thing);
        const char *text = thing_text(&row->thing, "text");
        bool struck = entry_is_corrected(&row->thing);
        struct look look = {.ink = style->faint || struck     ? ROLE_FAINT
                                   : row->flags & MARK_SYSTEM ? ROLE_MUTED
                                                              : ROLE_TEXT};
        if (sign)
                canvas_glyph(c, cell.x, cell.y, style->faint ? look : sign->look, sign->glyph);
        int tlp = entry_listed_marking(&row->thing, style);
        int x = cell.x + SIGN_COLUMNS, end = cell.x + cell.w;
        if (tlp >= 0)
                x += entry_draw_marking(tlp, c, x, cell.y, end - x);
        canvas_text(c, x, cell.y, end - x, look, text ? text : "-");
}

const char *entry_name(const struct thing *entry, int64_t now_ms, struct arena *a)
{
        const char *who = thing_text(entry, "operator");
        char when[WHEN_BYTES] = "";
        int64_t recorded = thing_ms(entry, "recorded");
        if (recorded != CLOCK_NONE)
                when_show(recorded, now_ms, when);
        return arena_printf(a, "%s%s%s", who ? who : "somebody", *when ? " " : "", when);
}
