#include "ui/plan_draw.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "ui/plan_words.h"
#include "ui_private.h"

#define WHO_FROM     60 /* columns: narrower, nobody is named */
#define ROOMY_FROM   96
#define WHO_COLUMNS  14
#define WHEN_ROOMY   14
#define WHEN_LEAST   10
#define NUMBER_LEAST 4
#define AROUND       2 /* rows kept in sight above and below the cursor */

/* ---- the tree -------------------------------------------------------------------------------- */

static bool is_head(enum plan_kind kind)
{
        return kind == PLAN_BRANCH || kind == PLAN_FAILURE;
}

/* The last row of each depth, seen from above. */
struct depths {
        struct {
                bool head, forks, goes_on;
                uint8_t level;
        } at[PLAN_LEVELS_MAX + 1];
};

const struct plan_twig *plan_twigs(const struct plan *plan, struct arena *a)
{
        struct plan_twig *twigs = arena_array(a, plan->count + 1, sizeof(*twigs));
        struct depths d = {0};
        for (size_t i = 0; i < plan->count; i++) {
                const struct plan_row *row = &plan->rows[i];
                int depth = row->depth < PLAN_LEVELS_MAX ? row->depth : PLAN_LEVELS_MAX;
                struct plan_twig *t = &twigs[i];
                t->last = row->last;
                t->forks = depth > 0 && (is_head(row->kind) || !d.at[depth - 1].head);
                for (int n = 0; n < depth; n++)
                        if (d.at[n].forks && d.at[n].goes_on)
                                t->bars |= UINT64_C(1) << d.at[n].level;
                t->level = depth ? (uint8_t)(d.at[depth - 1].level + d.at[depth - 1].forks) : 0;
                d.at[depth].head = is_head(row->kind);
                d.at[depth].forks = t->forks;
                d.at[depth].goes_on = !row->last;
                d.at[depth].level = t->level;
        }
        return twigs;
}

/* ---- where things stand ---------------------------------------------------------------------- */

struct shape {
        int number, sign, title; /* first columns */
        int who, when, end;      /* who == when: nobody is named */
        bool roomy;
};

static int number_width(const struct plan *plan)
{
        size_t w = 2;
        for (size_t i = plan->count; i-- > 0;)
                if (plan->rows[i].depth == 0 && plan->rows[i].kind == PLAN_STEP) {
                        w = strlen(plan->rows[i].number);
                        break;
                }
        return w < 2 ? 2 : w > 8 ? 8 : (int)w;
}

static struct shape shape_of(const struct plan_picture *p, struct rect r, bool linear)
{
        struct shape s = {.roomy = r.w >= ROOMY_FROM};
        int margin = s.roomy ? 2 : 1;
        s.number = linear ? r.x : r.x + margin;
        s.sign = s.number + number_width(p->plan) + margin;
        s.title = s.sign + 2;
        s.end = r.x + r.w - margin;
        s.when = s.end - (r.w < WHO_FROM ? WHEN_LEAST : WHEN_ROOMY);
        s.who = r.w < WHO_FROM ? s.when : s.when - WHO_COLUMNS - (s.roomy ? 2 : 0);
        return s;
}

static int height_of(const struct plan_picture *p, size_t i, struct arena *a)
{
        return p->remarks && plan_remark(&p->plan->rows[i], a) ? 2 : 1;
}

size_t plan_top(const struct plan_picture *p, int h)
{
        CLEANUP(arena_finish) struct arena a = {0};
        size_t count = p->plan->count, top = p->top;
        int room = h - 1, used = 0;
        if (!count || room < 1)
                return 0;
        arena_init(&a);
        size_t cursor = p->cursor < count ? p->cursor : count - 1;
        size_t keep = room > 3 * AROUND ? AROUND : 0;
        size_t first = cursor > keep ? cursor - keep : 0;
        size_t last = cursor + keep < count ? cursor + keep : count - 1;
        if (top > first)
                return first;
        /* as far up as all until `last` fits */
        size_t least = last + 1;
        while (least > 0 && used + height_of(p, least - 1, &a) <= room)
                used += height_of(p, --least, &a);
        if (least > cursor)
                least = cursor;
        return top < least ? least : top;
}

size_t plan_row_at(const struct plan_picture *p, int y, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        int at = r.y + 1;
        arena_init(&a);
        for (size_t i = p->top; i < p->plan->count && at < r.y + r.h; i++) {
                int h = height_of(p, i, &a);
                if (y >= at && y < at + h)
                        return i;
                at += h;
        }
        return p->plan->count;
}

/* ---- a row ----------------------------------------------------------------------------------- */

/* The twigs to the left; where they would take too much the outer ones are left out. Columns. */
static int draw_twigs(const struct plan_twig *t, struct canvas *c, int x, int y, int room)
{
        struct look look = {.ink = ROLE_BORDER};
        int columns = 2 * (t->level + (t->forks ? 1 : 0)), hidden = 0;
        if (c->linear)
                return 0;
        while (columns - 2 * hidden > room && hidden < t->level)
                hidden++;
        for (int n = hidden; n < t->level; n++)
                if (t->bars >> n & 1)
                        canvas_glyph(c, x + 2 * (n - hidden), y, look, GLYPH_VLINE);
        if (t->forks)
                canvas_glyph(c, x + 2 * (t->level - hidden), y, look,
                             t->last ? GLYPH_FORK_LAST : GLYPH_FORK);
        return columns - 2 * hidden;
}

static int say_linear(const struct plan_row *row, const struct plan_sign *sign, struct canvas *c,
                      int x, int y)
{
        if (row->kind == PLAN_STEP)
                return canvas_printf(c, x, y, c->cols - x, (struct look){.ink = ROLE_TEXT},
                                     "%s %s: ", row->number, sign->word);
        if (row->kind == PLAN_BRANCH)
                return canvas_text(c, x, y, c->cols - x, (struct look){.ink = ROLE_TEXT},
                                   row->not_taken ? "branch, not taken: " : "branch: ");
        return 0;
}

/* Where there is little room the tree says the rest of it. */
static const char *number_shown(const struct plan_row *row, const struct shape *s)
{
        const char *last = strrchr(row->number, '.');
        return s->roomy || !last || strlen(row->number) <= NUMBER_LEAST ? row->number : last;
}

static int draw_lead(const struct plan_picture *p, size_t i, const struct plan_sign *sign,
                     const struct shape *s, struct canvas *c, int y)
{
        const struct plan_row *row = &p->plan->rows[i];
        const struct plan_twig *t = &p->twigs[i];
        struct look number = {.ink = i == p->cursor ? ROLE_TEXT : ROLE_FAINT};
        if (c->linear)
                return s->number + say_linear(row, sign, c, s->number, y);
        int x = s->sign + draw_twigs(t, c, s->sign, y, (s->who - s->sign) / 3);
        bool step = row->kind == PLAN_STEP;
        if (step && !t->level && !t->forks)
                canvas_right(c, s->sign - (s->roomy ? 2 : 1), y, s->sign - s->number, number,
                             row->number);
        if (step)
                x += canvas_glyph(c, x, y, sign->sign, sign->glyph) + 1;
        else if (row->kind == PLAN_GOTO)
                x += canvas_glyph(c, x, y, number, GLYPH_RIGHT) + 1;
        if (step && (t->level || t->forks))
                x += canvas_text(c, x, y, s->who - x, number, number_shown(row, s)) + 1;
        return x;
}

static struct look title_look(const struct plan_row *row, const struct plan_sign *sign)
{
        if (row->kind == PLAN_STEP)
                return sign->title;
        if (row->not_taken)
                return (struct look){.ink = ROLE_FAINT};
        return (struct look){.ink = ROLE_MUTED};
}

static void draw_marks(const struct plan_row *row, struct canvas *c, int x, int y, int room)
{
        struct look look = {.ink = ROLE_MUTED};
        bool settled = row->run_step && run_step_is_settled(row->run_step);
        if (row->run_step && row->run_step->conflicts)
                canvas_glyph(c, x, y, (struct look){.ink = ROLE_WARN, .attr = ATTR_BOLD},
                             GLYPH_CONFLICT);
        else if (row->step && row->step->two_person && !settled && room >= 5)
                canvas_text(c, x, y, room, look, room >= 11 ? "two persons" : "two");
}

static void draw_remark(const struct plan_picture *p, size_t i, const char *remark,
                        const struct shape *s, struct canvas *c, int y, int x)
{
        const struct plan_row *row = &p->plan->rows[i];
        const struct plan_twig *t = &p->twigs[i];
        struct look look = {.ink = row->run_step && row->run_step->conflicts ? ROLE_WARN
                                                                             : ROLE_FAINT};
        struct plan_twig bars = *t;
        /* what follows below it is led through */
        if (t->forks && !t->last)
                bars.bars |= UINT64_C(1) << t->level;
        bars.level += t->forks;
        bars.forks = false;
        draw_twigs(&bars, c, s->sign, y, (s->who - s->sign) / 3);
        canvas_text(c, x, y, s->end - x, look, remark);
}

static void draw_row(const struct plan_picture *p, size_t i, const char *remark, struct canvas *c,
                     const struct shape *s, struct rect cell)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct plan_row *row = &p->plan->rows[i];
        struct plan_sign sign;
        struct look when;
        bool named;
        arena_init(&a);
        plan_sign_of(row, &sign);
        int x = draw_lead(p, i, &sign, s, c, cell.y), room = s->who - x - 1;
        int used = canvas_text(c, x, cell.y, room, title_look(row, &sign), plan_title(row, &a));
        if (room - used > 2)
                draw_marks(row, c, x + used + 2, cell.y, room - used - 2);
        const char *who = plan_who(row, &a, &named), *time = plan_when(row, p->now_ms, &a, &when);
        bool mine = named && p->me && strcmp(who, p->me) == 0;
        bool quiet = row->not_taken || (row->run_step && run_step_is_settled(row->run_step));
        if (s->who < s->when)
                canvas_text(c, s->who, cell.y, s->when - s->who - 1,
                            LOOK(.ink = mine && !quiet    ? ROLE_ACCENT
                                        : named && !quiet ? ROLE_TEXT
                                                          : ROLE_FAINT),
                            who);
        if ((int)text_width(time) <= s->end - s->when)
                canvas_text(c, s->when, cell.y, s->end - s->when, when, time);
        if (remark && cell.h > 1)
                draw_remark(p, i, remark, s, c, cell.y + 1, x);
        enum plan_news news = p->news ? p->news[i] : PLAN_NO_NEWS;
        if (i == p->cursor || news == PLAN_FLASHES)
                canvas_select(c, cell);
        else if (news == PLAN_NEWS)
                canvas_strengthen(c, (struct rect){s->title, cell.y, s->who - s->title, 1});
        for (int y = cell.y; i == p->cursor && !c->linear && y < cell.y + cell.h; y++)
                canvas_glyph(
                        c, cell.x, y,
                        LOOK(.ink = p->focus ? ROLE_ACCENT : ROLE_MUTED, .ground = ROLE_SELECTION),
                        GLYPH_CURSOR);
        if (i == p->cursor) {
                c->cursor_x = cell.x;
                c->cursor_y = cell.y;
                c->cursor_shown = true;
        }
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Above the first row that is shown: how many steps there are, and that they are done. */
static void draw_heads(const struct plan_picture *p, const struct shape *s, struct canvas *c,
                       struct rect r)
{
        struct look faint = {.ink = ROLE_FAINT}, muted = {.ink = ROLE_MUTED};
        size_t steps = 0, open = 0;
        for (size_t i = 0; i < p->top; i++) {
                const struct plan_row *row = &p->plan->rows[i];
                steps += row->kind == PLAN_STEP;
                open += row->kind == PLAN_STEP &&
                        !(row->not_taken || (row->run_step && run_step_is_settled(row->run_step)));
        }
        if (!c->linear)
                canvas_text(c, s->title, r.y, s->who - s->title, faint, "STEP");
        if (p->top) {
                canvas_fill(c, (struct rect){s->number, r.y, s->who - s->number - 1, 1}, faint);
                canvas_printf(c, s->number, r.y, s->who - s->number - 1, muted, "%s %zu %s above",
                              glyph_text(GLYPH_MORE_UP, c->ascii), steps ? steps : p->top,
                              steps && !open ? "done" : "more");
        }
        if (c->linear)
                return;
        if (s->who < s->when)
                canvas_text(c, s->who, r.y, s->when - s->who, faint, "OWNER");
        canvas_text(c, s->when, r.y, s->end - s->when, faint, "WHEN");
}

/* In the place of the last line. */
static void draw_below(const struct plan_picture *p, size_t shown, const struct shape *s,
                       struct canvas *c, struct rect line)
{
        canvas_fill(c, line, (struct look){.ink = ROLE_MUTED});
        canvas_printf(c, s->number, line.y, s->end - s->number, (struct look){.ink = ROLE_MUTED},
                      "%s %zu more below", glyph_text(GLYPH_MORE_DOWN, c->ascii),
                      p->plan->count - shown);
}

void plan_draw(const struct plan_picture *p, struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct shape s = shape_of(p, r, c->linear);
        int y = r.y + 1, end = r.y + r.h;
        size_t i = p->top, last = p->top; /* last: the row that the last line belongs to */
        arena_init(&a);
        draw_heads(p, &s, c, (struct rect){r.x, r.y, r.w, 1});
        for (; i < p->plan->count && y < end; i++) {
                const char *remark = p->remarks ? plan_remark(&p->plan->rows[i], &a) : NULL;
                int h = remark && y + 1 < end ? 2 : 1;
                draw_row(p, i, remark, c, &s, (struct rect){r.x, y, r.w, h});
                y += h;
                last = i;
        }
        if (i < p->plan->count && r.h > 3 && last > p->cursor)
                draw_below(p, last, &s, c, (struct rect){r.x, end - 1, r.w, 1});
}

/* ---- how far it is --------------------------------------------------------------------------- */

static void add_count(struct arena *a, const char **text, size_t n, const char *word,
                      const char *between)
{
        if (n)
                *text = arena_printf(a, "%s%s%zu %s", *text, **text ? between : "", n, word);
}

const char *plan_progress_words(const struct plan_progress *p, const char *between, struct arena *a)
{
        const char *text = "";
        add_count(a, &text, p->done, "done", between);
        add_count(a, &text, p->failed, "failed", between);
        add_count(a, &text, p->skipped, "skipped", between);
        add_count(a, &text, p->not_applicable, "not applicable", between);
        add_count(a, &text, p->open, "under way", between);
        add_count(a, &text, p->late, "late", between);
        add_count(a, &text, p->left, "to go", between);
        return *text ? text : "nothing to do";
}

/* One mark a step as long as there is room, else each count its share. */
static int draw_beads(const struct plan_progress *p, struct canvas *c, int x, int y, int room)
{
        const struct {
                size_t n;
                enum role ink;
        } parts[] = {{p->done, ROLE_OK},
                     {p->failed, ROLE_WARN},
                     {p->skipped + p->not_applicable, ROLE_MUTED},
                     {p->open, ROLE_ACCENT},
                     {p->left, ROLE_BORDER}};
        size_t all = p->done + p->failed + p->skipped + p->not_applicable + p->open + p->left;
        int pitch = all * 3 <= (size_t)room ? 3 : all * 2 <= (size_t)room ? 2 : 1, at = x;
        size_t seen = 0;
        for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
                seen += parts[i].n;
                int until = all * (size_t)pitch <= (size_t)room
                                    ? x + (int)seen * pitch
                                    : x + (int)(seen * (size_t)room / all);
                for (; at < until; at += pitch)
                        canvas_hline(c, at, y, pitch > 1 ? pitch - 1 : 1,
                                     (struct look){.ink = parts[i].ink},
                                     parts[i].n && i == 4 ? GLYPH_DASH : GLYPH_HEAVY);
        }
        return at - x;
}

void plan_draw_progress(const struct plan_picture *p, struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct plan_progress progress;
        arena_init(&a);
        plan_progress(p->plan, p->now_ms, &progress);
        const char *words = plan_progress_words(&progress, "  ", &a);
        int w = (int)text_width(words), room = r.w - w - 4;
        if (!progress.steps)
                return;
        if (room < -4)
                words = arena_printf(&a, "%zu of %zu done  %zu under way", progress.done,
                                     progress.steps, progress.open);
        int x = room >= 6 && !c->linear ? r.x + draw_beads(&progress, c, r.x, r.y, room) + 2 : r.x;
        canvas_text(c, x, r.y, r.x + r.w - x, (struct look){.ink = ROLE_TEXT}, words);
}
