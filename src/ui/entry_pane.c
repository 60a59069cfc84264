#include "ui/entry_pane.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/when.h"
#include "ui/entry.h"

#define LATE_MS 60000 /* from here on it is said when it was written down */

void entry_pane_init(struct entry_pane *p)
{
        *p = (struct entry_pane){0};
        arena_init(&p->arena);
}

void entry_pane_finish(struct entry_pane *p)
{
        arena_finish(&p->arena);
}

static bool read_link(struct entry_pane *p, struct ops *ops, const struct thing *entry,
                      const char *field, struct row *ret)
{
        const char *id = thing_text(entry, field);
        return id && thing_by_id(ops->store, id, &p->arena, ret, NULL) == RC_OK;
}

void entry_pane_read(struct entry_pane *p, struct ops *ops, const struct row *entry, bool again)
{
        const char *id = entry ? entry->thing.id : "";
        if (strcmp(p->id, id) == 0 && !again)
                return;
        entry_pane_finish(p);
        entry_pane_init(p);
        snprintf(p->id, sizeof(p->id), "%s", id);
        if (!entry)
                return;
        const struct thing *t = &entry->thing;
        p->is_corrected = read_link(p, ops, t, "corrected_by", &p->corrected_by);
        p->is_correction = read_link(p, ops, t, "corrects", &p->corrects);
        p->is_reviewed = read_link(p, ops, t, "reviewed_by", &p->reviewed_by);
}

/* ---- painting ---- */

struct pen {
        struct canvas *c;
        struct rect r; /* what is left: rows are taken from its end, or columns from its left */
        int64_t now_ms;
        struct arena *a;
};

/* "~ corrected by petrov 12:09Z: the text of that entry", one row at the bottom of what is left. */
static void draw_link(struct pen *p, const char *says, const struct row *other, bool struck)
{
        const char *text = thing_text(&other->thing, "text");
        int y = p->r.y + --p->r.h, x = p->r.x, end = p->r.x + p->r.w;
        struct look quiet = {.ink = ROLE_MUTED};
        x += canvas_printf(p->c, x, y, end - x, quiet, "%s %s: ", says,
                           entry_name(&other->thing, p->now_ms, p->a));
        if (struck) {
                canvas_glyph(p->c, x, y, entry_mark_at(ENTRY_CORRECTED)->look, GLYPH_STRUCK);
                x += 2;
        }
        canvas_text(p->c, x, y, end - x, (struct look){.ink = struck ? ROLE_FAINT : ROLE_TEXT},
                    text ? text : "");
}

static void put(struct pen *p, struct look look, const char *text)
{
        int used = canvas_text(p->c, p->r.x, p->r.y, p->r.w, look, text) + 2;
        p->r.x += used;
        p->r.w -= used;
}

static void put_marks(struct pen *p, const struct thing *entry)
{
        for (size_t i = ENTRY_AWAITING; entry_mark_at(i); i++) {
                const struct entry_mark *mark = entry_mark_at(i);
                if (!entry_has(entry, mark))
                        continue;
                const char *sign = p->c->linear ? "" : glyph_text(mark->glyph, p->c->ascii);
                put(p, mark->look,
                    arena_printf(p->a, "%s%s%s", sign, *sign ? " " : "", mark->whole));
        }
}

static void put_times(struct pen *p, const struct thing *entry)
{
        int64_t occurred = thing_ms(entry, "occurred"), recorded = thing_ms(entry, "recorded");
        const char *late = thing_text(entry, "late");
        char when[WHEN_BYTES];
        if (occurred == CLOCK_NONE || recorded == CLOCK_NONE || recorded - occurred < LATE_MS)
                return;
        when_show(recorded, p->now_ms, when);
        put(p, (struct look){.ink = ROLE_MUTED},
            arena_printf(p->a, "recorded %s%s%s", when, late ? ", late because: " : "",
                         late ? late : ""));
}

/* What the signs mean, when it was written down and why: the last row. */
static void draw_foot(const struct entry_pane *pane, const struct pen *whole,
                      const struct row *entry, const struct row_style *style)
{
        struct pen p = *whole;
        const char *reason = thing_text(&entry->thing, "reason");
        const char *log = entry_log(&entry->thing, style);
        struct look quiet = {.ink = ROLE_MUTED};
        p.r.y += p.r.h;
        put_marks(&p, &entry->thing);
        if (log)
                put(&p, quiet, log);
        if (pane->is_reviewed)
                put(&p, quiet,
                    arena_printf(p.a, "reviewed by %s",
                                 entry_name(&pane->reviewed_by.thing, p.now_ms, p.a)));
        put_times(&p, &entry->thing);
        if (reason && *reason)
                put(&p, quiet, arena_printf(p.a, "reason: %s", reason));
        if (entry->ref && *entry->ref)
                put(&p, (struct look){.ink = ROLE_FAINT}, entry->ref);
}

void entry_pane_draw(const struct entry_pane *pane, const struct ui *ui, const struct row *entry,
                     struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct pen p = {.c = c, .r = {r.x, r.y, r.w, r.h - 1}, .now_ms = ui_now_ms(ui), .a = &a};
        const struct row_style style = {.words = ui_ops(ui)->words};
        const char *text = thing_text(&entry->thing, "text");
        arena_init(&a);
        draw_foot(pane, &p, entry, &style);
        bool mine = strcmp(pane->id, entry->thing.id) == 0;
        if (mine && pane->is_corrected)
                draw_link(&p, "corrected by", &pane->corrected_by, false);
        if (mine && pane->is_correction)
                draw_link(&p, "corrects", &pane->corrects, true);
        struct look look = {.ink = ROLE_TEXT};
        if (entry_is_corrected(&entry->thing)) {
                if (!c->linear)
                        canvas_glyph(c, p.r.x, p.r.y, entry_mark_at(ENTRY_CORRECTED)->look,
                                     GLYPH_STRUCK);
                p.r.x += c->linear ? 0 : 2;
                p.r.w -= c->linear ? 0 : 2;
                look.ink = ROLE_FAINT;
        }
        canvas_wrap(c, p.r, 0, look, text ? text : "");
}
