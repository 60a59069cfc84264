/*
 * The tab Playbooks of an incident: the runs on it, how far each is, what is to be done in it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/when.h"
#include "ui/columns.h"
#include "ui/countdown.h"
#include "ui/detail_parts.h"

struct pen {
        struct canvas *c;
        struct rect r;
        int row, scroll;
};

static bool next_row(struct pen *p, int *ret_y)
{
        int shown = p->row++ - p->scroll;
        *ret_y = p->r.y + shown;
        return shown >= 0 && shown < p->r.h;
}

const struct row *detail_first_run(const struct detail_data *data)
{
        return data->run_count ? &data->runs[0] : NULL;
}

static const char *text_of(const struct row *row, const char *field)
{
        const char *text = thing_text(&row->thing, field);
        return text ? text : "";
}

static enum glyph sign_of(int state, enum role *ret_ink)
{
        switch (state) {
        case RUN_DONE: *ret_ink = ROLE_OK; return GLYPH_DONE;
        case RUN_FAILED: *ret_ink = ROLE_WARN; return GLYPH_FAILS;
        case RUN_CANCELLED: *ret_ink = ROLE_MUTED; return GLYPH_SKIPPED;
        case RUN_PAUSED:
        case RUN_WAITS: *ret_ink = ROLE_WARN; return GLYPH_TODO;
        default: *ret_ink = ROLE_ACCENT; return GLYPH_UNDERWAY;
        }
}

/* Until when, or when it ended, at the right end; columns that it takes. */
static int draw_time(const struct detail_draw *d, const struct row *row, struct canvas *c,
                     struct rect r)
{
        int64_t due = thing_ms(&row->thing, "due"), ended = thing_ms(&row->thing, "ended");
        int64_t now = ui_now_ms(d->ui);
        char when[WHEN_BYTES];
        if (ended == CLOCK_NONE && due == CLOCK_NONE)
                return 0;
        if (ended == CLOCK_NONE) {
                countdown_draw(due, now, false, c, (struct rect){r.x + r.w - 14, r.y, 14, 1});
                return 16;
        }
        when_show(ended, now, when);
        canvas_right(c, r.x + r.w, r.y, 14, (struct look){.ink = ROLE_FAINT}, when);
        return 16;
}

static void draw_run(const struct detail_draw *d, const struct row *row, struct pen *p)
{
        struct look muted = {.ink = ROLE_MUTED};
        int state = thing_rank(&row->thing, "state"), y;
        enum role ink = ROLE_TEXT;
        enum glyph sign = sign_of(state, &ink);
        const char *now = text_of(row, "now"), *owner = text_of(row, "owner");
        if (next_row(p, &y)) {
                int room = p->r.w - draw_time(d, row, p->c, (struct rect){p->r.x, y, p->r.w, 1});
                int x = p->r.x, end = p->r.x + room;
                if (!p->c->linear)
                        x += canvas_glyph(p->c, x, y, (struct look){.ink = (uint8_t)ink}, sign) + 1;
                x += canvas_text(p->c, x, y, end - x, (struct look){.ink = ROLE_STRONG}, row->ref) +
                     2;
                canvas_text(p->c, x, y, end - x, (struct look){.ink = ROLE_TEXT},
                            text_of(row, "title"));
        }
        AUTO_FREE char *line = xasprintf(
                "%s, %s of %s steps done%s%s%s%s", text_of(row, "state"), text_of(row, "done"),
                text_of(row, "steps"), *now ? ", now " : "", now, *owner ? ", led by " : "", owner);
        if (next_row(p, &y))
                canvas_text(p->c, p->r.x + 2, y, p->r.w - 2, muted, line);
}

struct detail_extent detail_draw_runs(const struct detail_draw *d, struct canvas *c, struct rect r)
{
        struct pen p = {c, r, 0, d->scroll};
        const struct row *first = detail_first_run(d->data);
        int y;
        for (size_t i = 0; i < d->data->run_count; i++)
                draw_run(d, &d->data->runs[i], &p);
        p.row += p.c->linear ? 0 : 1;
        if (first && next_row(&p, &y))
                canvas_printf(c, r.x, y, r.w, (struct look){.ink = ROLE_FAINT},
                              "Enter opens %s, p starts another playbook", first->ref);
        return (struct detail_extent){.rows = p.row, .window = r.h, .width = r.w};
}
