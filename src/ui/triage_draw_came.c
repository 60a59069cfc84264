/*
 * Painting what came in: text and fields with whose word they are, what looks like it, what
 * follows.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "model/marking.h"
#include "model/when.h"
#include "ui/triage.h"
#include "ui_private.h"

#define LABEL_COLUMNS 14

static const struct triage *state_of(const struct view *v)
{
        return v->state;
}

struct pen {
        const struct view *v;
        struct canvas *c;
        struct rect r; /* y: the next row */
        int end;       /* behind the last row */
};

static struct row_style style_of(const struct view *v)
{
        const struct ops *ops = ui_ops(v->ui);
        return (struct row_style){
                .words = ops->words, .me = ops->operator, .now_ms = ui_now_ms(v->ui)};
}

static bool room(const struct pen *p, int rows)
{
        return p->r.y + rows <= p->end;
}

static void draw_section(struct pen *p, const char *title, const char *summary)
{
        int x = p->r.x + 1 +
                canvas_text(p->c, p->r.x, p->r.y, p->r.w,
                            LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD), title);
        int right = p->r.x + p->r.w, w = (int)text_width(summary);
        if (x + w + 4 > right)
                w = 0;
        canvas_hline(p->c, x, p->r.y, right - x - (w ? w + 1 : 0), LOOK(.ink = ROLE_BORDER),
                     GLYPH_HLINE);
        if (w)
                canvas_right(p->c, right, p->r.y, w, LOOK(.ink = ROLE_MUTED), summary);
        p->r.y += 2;
}

static const char *source_of(const struct triage *t)
{
        const char *source = thing_text(&t->row.thing, "source");
        return source ? source : "";
}

static void came_words(const struct view *v, char *out, size_t size)
{
        const struct triage *t = state_of(v);
        char when[WHEN_BYTES];
        bool foreign = t->row.flags & MARK_FOREIGN;
        int64_t at = foreign ? t->received_ms : thing_ms(&t->row.thing, "created");
        out[0] = '\0';
        if (at == CLOCK_NONE)
                return;
        when_show(at, ui_now_ms(v->ui), when);
        if (foreign)
                snprintf(out, size, "received %s%s%s", when, source_of(t)[0] ? " from " : "",
                         source_of(t));
        else
                snprintf(out, size, "opened here %s", when);
}

static int tlp_label(const struct triage *t, struct canvas *c, int right, int y)
{
        int tlp = thing_rank(&t->row.thing, "tlp");
        char label[40];
        if (tlp < 0)
                return right;
        snprintf(label, sizeof(label), t->row.tlp_given ? " %s " : " (%s) ",
                 tlp_name((enum tlp)tlp));
        int w = (int)text_width(label);
        canvas_right(c, right, y, w,
                     LOOK(.ink = tlp_role(tlp), .ground = ROLE_BLACK, .attr = ATTR_BOLD), label);
        return right - w - 2;
}

/* INC-0229   received 24 Nov 11:57Z from hub-eu      TLP:GREEN */
static void draw_title(struct pen *p)
{
        const struct triage *t = state_of(p->v);
        struct look strong = LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD);
        const char *title = thing_text(&t->row.thing, "title");
        char came[400];
        came_words(p->v, came, sizeof(came));
        int right = tlp_label(t, p->c, p->r.x + p->r.w, p->r.y);
        int x = p->r.x + canvas_text(p->c, p->r.x, p->r.y, right - p->r.x, strong, t->row.ref);
        canvas_text(p->c, x + 3, p->r.y, right - x - 3, LOOK(.ink = ROLE_MUTED), came);
        p->r.y += 2;
        p->r.y += canvas_wrap(p->c, (struct rect){p->r.x, p->r.y, p->r.w, 2}, 0, strong,
                              title ? title : "(no title)") +
                  1;
}

/* The text, in at most so many rows. */
static void draw_text(struct pen *p, int rows)
{
        const char *text = thing_text(&state_of(p->v)->row.thing, "description");
        if (!text || !text[0]) {
                canvas_text(p->c, p->r.x, p->r.y, p->r.w, LOOK(.ink = ROLE_FAINT),
                            "It says no more than that.");
                p->r.y += 2;
                return;
        }
        p->r.y += 1 + canvas_wrap(p->c, (struct rect){p->r.x, p->r.y, p->r.w, rows}, 0,
                                  LOOK(.ink = ROLE_TEXT), text);
}

static void draw_fact(struct pen *p, const struct field *f)
{
        const struct triage *t = state_of(p->v);
        struct row_style style = style_of(p->v);
        CLEANUP(arena_finish) struct arena a = {0};
        int i = field_index(&kind_incident, f->name), x = p->r.x + LABEL_COLUMNS;
        bool ours = i < 32 && (t->row.ours >> i & 1);
        const char *remark = !(t->row.flags & MARK_FOREIGN) ? "" : ours ? "our word" : "their word";
        const char *text = field_text(f, &t->row, &style, &a);
        int remark_x = p->r.w > 74 ? x + 40 : p->r.x + p->r.w - 10;
        canvas_text(p->c, p->r.x, p->r.y, LABEL_COLUMNS - 1, LOOK(.ink = ROLE_MUTED), f->label);
        if (f->list == &enum_severity)
                field_draw(f, &t->row, &style, p->c, (struct rect){x, p->r.y, remark_x - x - 1, 1},
                           false);
        else
                canvas_text(p->c, x, p->r.y, remark_x - x - 1, LOOK(.ink = ROLE_TEXT), text);
        canvas_text(p->c, remark_x, p->r.y, p->r.x + p->r.w - remark_x, LOOK(.ink = ROLE_FAINT),
                    remark);
        p->r.y++;
}

/* What was said in fields, but what stands elsewhere. */
static bool is_said(const struct triage *t, size_t i)
{
        static const char *const others[] = {"ref",      "title",    "description", "status",
                                             "acked",    "acked_by", "tlp",         "created",
                                             "modified", "source",   "duplicate_of"};
        const struct field *f = &kind_incident.fields[i];
        for (size_t k = 0; k < ARRAY_LEN(others); k++)
                if (strcmp(f->name, others[k]) == 0)
                        return false;
        return !value_is_empty(&t->row.thing.values[i]);
}

static int said_count(const struct triage *t)
{
        int n = 0;
        for (size_t i = 0; i < kind_incident.field_count; i++)
                n += is_said(t, i);
        return n;
}

static void draw_said(struct pen *p)
{
        const struct triage *t = state_of(p->v);
        bool foreign = t->row.flags & MARK_FOREIGN;
        int left = said_count(t);
        if (!room(p, 4))
                return;
        draw_section(p, foreign ? "What they say" : "What we know", foreign ? source_of(t) : "");
        for (size_t i = 0; i < kind_incident.field_count; i++) {
                if (!is_said(t, i))
                        continue;
                if (left > 1 && !room(p, 2)) {
                        canvas_printf(p->c, p->r.x, p->r.y++, p->r.w, LOOK(.ink = ROLE_MUTED),
                                      "%s %d more, t opens all",
                                      glyph_text(GLYPH_MORE_DOWN, p->c->ascii), left);
                        break;
                }
                draw_fact(p, &kind_incident.fields[i]);
                left--;
        }
        p->r.y++;
}

/* ---- what looks like it ---- */

static void draw_alike_row(struct pen *p, const struct triage_alike *al)
{
        const struct row *row = &al->row;
        struct look quiet = LOOK(.ink = ROLE_MUTED);
        int severity = thing_rank(&row->thing, "severity");
        int right = p->r.x + p->r.w, x = p->r.x;
        int why = (int)text_width(al->why), most = p->r.w * 45 / 100;
        const char *title = thing_text(&row->thing, "title"),
                   *status = row->thing.revoked ? "revoked" : thing_text(&row->thing, "status");
        why = why < most ? why : most;
        canvas_text(p->c, right - why, p->r.y, why, quiet, al->why);
        right -= why + 2;
        x += canvas_text(p->c, x, p->r.y, 14, LOOK(.ink = ROLE_TEXT), row->ref ? row->ref : "") + 2;
        if (severity_glyph(severity) != GLYPH_COUNT)
                canvas_glyph(p->c, x, p->r.y, LOOK(.ink = severity_role(severity)),
                             severity_glyph(severity));
        x += 2;
        if (status && right - x > 34) {
                right -= 10;
                canvas_text(p->c, right, p->r.y, 10, LOOK(.ink = ROLE_FAINT), status);
                right -= 2;
        }
        canvas_text(p->c, x, p->r.y, right - x, LOOK(.ink = ROLE_TEXT), title ? title : "");
        p->r.y++;
}

static void draw_alike(struct pen *p)
{
        const struct triage *t = state_of(p->v);
        size_t shown = 0;
        if (!room(p, 3))
                return;
        draw_section(p, "Looks like", "in 90 days");
        if (!t->alike_count)
                canvas_text(p->c, p->r.x, p->r.y++, p->r.w, LOOK(.ink = ROLE_FAINT),
                            "none with the same words, or the same State and class or sector");
        for (; shown < t->alike_count && room(p, 1); shown++)
                draw_alike_row(p, &t->alike[shown]);
        size_t more = t->alike_count - shown + t->alike_more;
        if (more && room(p, 1))
                canvas_printf(p->c, p->r.x, p->r.y++, p->r.w, LOOK(.ink = ROLE_MUTED),
                              "%s %zu more", glyph_text(GLYPH_MORE_DOWN, p->c->ascii), more);
        p->r.y++;
}

static void draw_follows(struct pen *p)
{
        const struct triage *t = state_of(p->v);
        const char *me = ui_ops(p->v->ui)->operator;
        const char *owner =
                t->answered[ASK_OWNER] ? t->answers[ASK_OWNER] : thing_text(&t->row.thing, "owner");
        char lines[2][TRIAGE_VALUE_BYTES + 100];
        snprintf(lines[0], sizeof(lines[0]), "Acknowledged, it leaves the queue and %s%s.",
                 owner && me && strcmp(owner, me) == 0 ? "is yours"
                 : owner                               ? "goes to "
                                                       : "waits for an owner",
                 owner && !(me && strcmp(owner, me) == 0) ? owner : "");
        snprintf(
                lines[1], sizeof(lines[1]),
                "The answers are saved together; each is an entry of its log, and can be changed.");
        if (!room(p, 4))
                return;
        draw_section(p, "What follows", "nothing happens by itself");
        for (size_t i = 0; i < ARRAY_LEN(lines); i++)
                if (room(p, 1))
                        p->r.y += canvas_wrap(p->c, (struct rect){p->r.x, p->r.y, p->r.w, 2}, 0,
                                              LOOK(.ink = ROLE_MUTED), lines[i]);
}

/* ---- the whole ---- */

static int text_rows(const struct pen *p, const struct triage *t)
{
        /* what the sections below need at least */
        int wanted = 3 + said_count(t) + 4 + (int)t->alike_count + 5;
        int left = p->end - p->r.y - wanted;
        return left > 4 ? left : 4;
}

void triage_draw_split(const struct view *v, struct canvas *c, struct rect r)
{
        int gap = r.w >= 150 ? 5 : 2, left = (r.w - 2 * gap) * 56 / 100;
        struct pen p = {.v = v, .c = c, .r = {r.x, r.y, left, r.h}, .end = r.y + r.h};
        for (int y = r.y; y < r.y + r.h; y++)
                canvas_glyph(c, r.x + left + gap, y, LOOK(.ink = ROLE_BORDER), GLYPH_VLINE);
        draw_title(&p);
        draw_text(&p, text_rows(&p, state_of(v)));
        draw_said(&p);
        draw_alike(&p);
        draw_follows(&p);
        int x = r.x + left + 2 * gap;
        triage_draw_asks(v, c, (struct rect){x, r.y, r.x + r.w - x, r.h});
}

/* One line that says what came in, where there is no room for the table. */
static void draw_brief(struct pen *p)
{
        static const char *const names[] = {"class", "states", "sectors", "impact"};
        const struct triage *t = state_of(p->v);
        struct row_style style = style_of(p->v);
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str line = {0};
        char came[400];
        came_words(p->v, came, sizeof(came));
        str_init(&line, 1000);
        str_add(&line, came);
        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
                const char *text =
                        field_text(field_find(&kind_incident, names[i]), &t->row, &style, &a);
                if (text[0])
                        str_add_sep(&line, "  ", text);
        }
        canvas_text(p->c, p->r.x, p->r.y++, p->r.w, LOOK(.ink = ROLE_MUTED), str_text(&line));
}

static void draw_narrow_title(struct pen *p)
{
        const struct triage *t = state_of(p->v);
        struct look strong = LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD);
        const char *title = thing_text(&t->row.thing, "title");
        bool tiny = p->r.w < 60;
        int right = p->r.x + p->r.w, x = p->r.x;
        if (!tiny)
                right = tlp_label(t, p->c, right, p->r.y);
        x += 2 + canvas_text(p->c, x, p->r.y, 14, strong, t->row.ref);
        canvas_text(p->c, x, p->r.y++, right - x, strong, title ? title : "(no title)");
}

void triage_draw_narrow(const struct view *v, struct canvas *c, struct rect r)
{
        const struct triage *t = state_of(v);
        struct triage_ask ask;
        triage_ask(v, t->at, &ask);
        int asks = 1 + triage_ask_rows(&ask, r.w) + (r.h >= 16 ? 4 : 0), least = r.h >= 16 ? 6 : 2;
        if (asks > r.h - least - 1)
                asks = r.h - least - 1;
        struct pen p = {.v = v, .c = c, .r = r, .end = r.y + r.h - asks - 1};
        draw_narrow_title(&p);
        if (room(&p, 1))
                draw_brief(&p);
        p.r.y += room(&p, 6);
        if (t->alike_count && room(&p, 4)) {
                char line[300];
                snprintf(line, sizeof(line), "looks like %s: %s", t->alike[0].row.ref,
                         t->alike[0].why);
                p.end--;
                canvas_text(c, r.x, p.end, r.w, LOOK(.ink = ROLE_MUTED), line);
        }
        if (room(&p, 1))
                draw_text(&p, p.end - p.r.y);
        canvas_hline(c, 0, r.y + r.h - asks - 1, c->cols, LOOK(.ink = ROLE_BORDER), GLYPH_HLINE);
        triage_draw_asks(v, c, (struct rect){r.x, r.y + r.h - asks, r.w, asks});
}
