#include "ui/pager.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "base/text.h"
#include "model/marking.h"
#include "report/report.h"
#include "ui/columns.h"
#include "ui/prompt.h"
#include "ui_private.h"

#define COLUMNS_MOST 100 /* lines wider than that are read with difficulty */
#define ROOMY        14  /* rows: one below the marking is left to notices */

struct line {
        size_t at, len, indent;
};

struct pager_state {
        struct pager p; /* strings are in the arena */
        struct arena arena;
        struct line *lines;
        size_t count, room;
        int columns;  /* that they are wrapped to */
        size_t top;   /* first line shown */
        int rows;     /* lines that the window shows */
        char *sought; /* folded; NULL = nothing was searched */
        size_t found; /* line of the last match; `count` = none */
        size_t place; /* the one under the cursor */
};

/* ---- lines ---- */

static void add_line(void *ctx, const char *line, size_t len, size_t indent)
{
        struct pager_state *st = ctx;
        if (st->count == st->room) {
                st->room = 2 * st->room + 64;
                st->lines = xreallocarray(st->lines, st->room, sizeof(*st->lines));
        }
        st->lines[st->count++] = (struct line){(size_t)(line - st->p.text), len, indent};
}

/* In another width the first line shown stays where it is in the text. */
static void wrap(struct pager_state *st, int columns)
{
        size_t at = st->top < st->count ? st->lines[st->top].at : 0;
        if (columns == st->columns)
                return;
        st->columns = columns;
        st->count = 0;
        text_wrap_hanging(st->p.text, (size_t)columns, add_line, st);
        for (st->top = 0; st->top + 1 < st->count && st->lines[st->top + 1].at <= at;)
                st->top++;
        st->found = st->count;
}

static size_t last_top(const struct pager_state *st)
{
        size_t rows = (size_t)(st->rows > 0 ? st->rows : 1);
        return st->count > rows ? st->count - rows : 0;
}

static void scroll_by(struct pager_state *st, long by)
{
        long last = (long)last_top(st), top = (long)st->top + by;
        st->top = (size_t)(top < 0 ? 0 : top > last ? last : top);
}

/* ---- places ---- */

/* Lines of the picture: from the first on that is of the place, to the one behind its last. */
struct extent {
        size_t first, end;
};

static struct extent extent_of(const struct pager_state *st, size_t place)
{
        size_t at = st->p.places[place].at, end = at + strcspn(st->p.text + at, "\n");
        struct extent e = {0};
        while (e.first < st->count && st->lines[e.first].at + st->lines[e.first].len <= at)
                e.first++;
        for (e.end = e.first; e.end < st->count && st->lines[e.end].at < end;)
                e.end++;
        return e;
}

static bool is_of_place(const struct pager_state *st, size_t line)
{
        struct extent e;
        if (!st->p.place_count)
                return false;
        e = extent_of(st, st->place);
        return line >= e.first && line < e.end;
}

/* The window follows the cursor. */
static void show_place(struct pager_state *st)
{
        struct extent e = extent_of(st, st->place);
        if (e.end > st->top + (size_t)st->rows)
                scroll_by(st, (long)e.end - (long)st->top - st->rows);
        if (e.first < st->top)
                scroll_by(st, (long)e.first - (long)st->top);
}

/* The cursor follows the window: on the first place in sight, or the last before it. */
static void keep_place(struct pager_state *st)
{
        size_t last = st->p.place_count;
        struct extent e;
        if (!last)
                return;
        e = extent_of(st, st->place);
        if (e.first >= st->top && e.first < st->top + (size_t)st->rows)
                return;
        for (st->place = 0; st->place + 1 < last && extent_of(st, st->place).first < st->top;)
                st->place++;
}

/* The cursor goes to the place that has a line, if one has. */
static void place_on(struct pager_state *st, size_t line)
{
        for (size_t i = 0; i < st->p.place_count; i++) {
                struct extent e = extent_of(st, i);
                if (line >= e.first && line < e.end)
                        st->place = i;
        }
}

/* What lies before the first and behind the last place is scrolled to. */
static void step(struct pager_state *st, int by)
{
        size_t last = st->p.place_count;
        if (!last || (by < 0 ? st->place == 0 : st->place + 1 == last)) {
                scroll_by(st, by);
                return;
        }
        st->place += by < 0 ? (size_t)-1 : 1;
        show_place(st);
}

static void open_place(struct overlay *o)
{
        struct pager_state *st = o->state;
        struct ui *ui = o->ui;
        const struct pager_place *p = &st->p.places[st->place];
        AUTO_FREE char *view = xstrdup(p->view), *filter = xstrdup(p->filter);
        struct err err = {0};
        ui_remove(ui, o);
        if (ui_go_to_rows(ui, view, filter, &err) != RC_OK)
                ui_notice(ui, NOTICE_FAIL, "%s", err.text);
}

static void accept(struct overlay *o)
{
        struct pager_state *st = o->state;
        struct pager p = st->p;
        struct ui *ui = o->ui;
        st->p.free_ctx = NULL;
        ui_remove(ui, o);
        p.accepted(ui, p.ctx);
        if (p.free_ctx)
                p.free_ctx(p.ctx);
}

/* Where things stand in the area: the first and the last row, the text between them. */
struct parts {
        struct rect edges, text;
};

static struct parts parts_of(bool linear, struct rect area)
{
        int margin = linear ? 0 : area.w > 100 ? 3 : 1;
        int below = linear || area.h >= ROOMY, blank = !linear && area.h >= ROOMY;
        struct rect in = {area.x + margin, area.y, area.w - 2 * margin, area.h - below};
        struct rect text = {in.x, in.y + 1 + blank, in.w < COLUMNS_MOST ? in.w : COLUMNS_MOST,
                            in.h - 2 - 2 * blank};
        return (struct parts){in, text};
}

/* Keys may come before the first picture, and after a change of size. */
static struct parts lay_out(const struct overlay *o)
{
        struct pager_state *st = o->state;
        struct parts parts = parts_of(ui_is_linear(o->ui), ui_view_rect(o->ui));
        wrap(st, parts.text.w);
        st->rows = parts.text.h > 1 ? parts.text.h : 1;
        scroll_by(st, 0);
        keep_place(st);
        return parts;
}

static char *line_text(const struct pager_state *st, size_t i)
{
        return xstrndup(st->p.text + st->lines[i].at, st->lines[i].len);
}

/* ---- searching ---- */

static bool is_match(const struct pager_state *st, size_t i)
{
        AUTO_FREE char *text = line_text(st, i);
        AUTO_FREE char *folded = text_fold(text);
        return strstr(folded, st->sought) != NULL;
}

/* From the line before or behind `from`, round the end of the text. */
static bool find(struct pager_state *st, size_t from, int by)
{
        size_t n = st->count;
        for (size_t step = 1; step <= n; step++) {
                size_t i = by > 0 ? (from + step) % n : (from + 2 * n - step) % n;
                if (!is_match(st, i))
                        continue;
                st->found = i;
                place_on(st, i);
                if (i < st->top || i >= st->top + (size_t)st->rows) {
                        st->top = i;
                        scroll_by(st, -(long)st->rows / 3);
                }
                return true;
        }
        return false;
}

static void find_on(struct overlay *o, int by)
{
        struct pager_state *st = o->state;
        bool again = st->found < st->count;
        if (!st->sought)
                ui_notice(o->ui, NOTICE_HINT, "/ searches");
        else if (!find(st, again ? st->found : st->top + st->count - (by > 0), by))
                ui_notice(o->ui, NOTICE_HINT, "nothing matches");
}

static enum rc search_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct overlay *o = ctx;
        struct pager_state *st = o->state;
        (void)ui;
        if (!text[0])
                return RC_OK;
        free(st->sought);
        st->sought = text_fold(text);
        st->found = st->count;
        if (find(st, st->top + st->count - 1, 1))
                return RC_OK;
        return err_set(err, RC_NOTFOUND, "nothing matches %s", text);
}

static void ask_search(struct overlay *o)
{
        prompt_open(o->ui, &(struct prompt){.sign = "/",
                                            .hint = "a word; n and N go to the next and previous",
                                            .history = "pager",
                                            .accept = search_given,
                                            .ctx = o});
}

/* ---- writing ---- */

/* On paper and in other programs nothing else says how it is marked. */
static char *marked(struct ui *ui, const struct pager *p)
{
        const bool exercise = ui_ops(ui)->exercise;
        struct str out;
        str_init(&out, REPORT_BYTES_MAX);
        report_banner((enum tlp)p->tlp, exercise, &out);
        str_addf(&out, "\n%s\n\n%s\n", p->title, p->text);
        report_banner((enum tlp)p->tlp, exercise, &out);
        return str_take(&out);
}

static enum rc file_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        const struct overlay *o = ctx;
        const struct pager_state *st = o->state;
        if (!text[0])
                return err_set(err, RC_INVALID, "a file needs a name; Esc leaves it");
        AUTO_FREE char *made = st->p.content ? st->p.content(st->p.ctx, text) : NULL;
        if (!made && !st->p.is_marked)
                made = marked(ui, &st->p);
        const char *content = made ? made : st->p.text;
        enum rc rc = file_create(text, content, strlen(content), err);
        if (rc == RC_OK)
                ui_notice(ui, NOTICE_DONE, "written to %s, for you alone to read", text);
        return rc;
}

static void ask_file(struct overlay *o)
{
        const struct pager_state *st = o->state;
        prompt_open(o->ui, &(struct prompt){.sign = "write to",
                                            .hint = "a file that does not exist yet",
                                            .initial = st->p.file,
                                            .accept = file_given,
                                            .ctx = o});
}

/* ---- keys ---- */

static void pager_chord(struct overlay *o, int32_t chord)
{
        struct pager_state *st = o->state;
        lay_out(o);
        long page = st->rows > 1 ? st->rows - 1 : 1, all = (long)st->count;
        switch (chord) {
        case CHORD_ESC:
        case CHORD_CTRL('C'):
        case 'q': ui_remove(o->ui, o); return;
        case CHORD_ENTER:
                if (st->p.place_count)
                        open_place(o);
                else if (st->p.accepted)
                        accept(o);
                else
                        scroll_by(st, 1);
                return;
        case 'j':
        case CHORD_DOWN: step(st, 1); return;
        case 'k':
        case CHORD_UP: step(st, -1); return;
        case CHORD_CTRL('D'): scroll_by(st, (page + 1) / 2); return;
        case CHORD_CTRL('U'): scroll_by(st, -(page + 1) / 2); return;
        case ' ':
        case CHORD_PGDN: scroll_by(st, page); return;
        case CHORD_PGUP: scroll_by(st, -page); return;
        case 'g':
        case CHORD_HOME:
                st->place = 0;
                scroll_by(st, -all);
                return;
        case 'G':
        case CHORD_END:
                st->place = st->p.place_count ? st->p.place_count - 1 : 0;
                scroll_by(st, all);
                return;
        case '/': ask_search(o); return;
        case 'n': find_on(o, 1); return;
        case 'N': find_on(o, -1); return;
        case 'w':
                if (st->p.work)
                        ui_notice(o->ui, NOTICE_HINT, "it is not complete yet");
                else
                        ask_file(o);
                return;
        default: break;
        }
}

static bool pager_mouse(struct overlay *o, int x, int y, int button)
{
        (void)x, (void)y;
        if (button != MOUSE_WHEEL_UP && button != MOUSE_WHEEL_DOWN)
                return false;
        scroll_by(o->state, button == MOUSE_WHEEL_UP ? -3 : 3);
        ui_dirty(o->ui);
        return true;
}

/* ---- painting ---- */

/* What stands at the left of the first and the last row; the marking at their right. */
static void draw_edge(const struct pager_state *st, struct canvas *c, struct rect r,
                      struct look look, const char *text)
{
        AUTO_FREE char *label = xasprintf(" %s ", tlp_name((enum tlp)st->p.tlp));
        struct look marking = {.ink = tlp_role(st->p.tlp), .ground = ROLE_BLACK, .attr = ATTR_BOLD};
        int width = (int)text_width(label);
        canvas_right(c, r.x + r.w, r.y, width, marking, label);
        canvas_text(c, r.x, r.y, r.w - width - 2, look, text);
}

static void draw_lines(const struct pager_state *st, struct canvas *c, struct rect r)
{
        for (int i = 0; i < r.h && st->top + (size_t)i < st->count; i++) {
                size_t line = st->top + (size_t)i;
                AUTO_FREE char *text = line_text(st, line);
                bool hit = st->sought && line == st->found;
                bool at = is_of_place(st, line), first = at && !is_of_place(st, line - 1);
                int indent = (int)st->lines[line].indent;
                canvas_text(c, r.x + indent, r.y + i, r.w - indent, (struct look){.ink = ROLE_TEXT},
                            text);
                if (hit || at)
                        canvas_select(c, (struct rect){r.x, r.y + i, r.w, 1});
                if (hit || first || i == 0) {
                        c->cursor_x = r.x;
                        c->cursor_y = r.y + i;
                }
        }
        c->cursor_shown = true;
}

static void pager_draw(const struct overlay *o, struct canvas *c, struct rect area)
{
        const struct pager_state *st = o->state;
        struct parts parts = lay_out(o);
        struct rect in = parts.edges;
        canvas_fill(c, area, (struct look){0});
        draw_edge(st, c, (struct rect){in.x, in.y, in.w, 1},
                  (struct look){.ink = ROLE_STRONG, .attr = ATTR_BOLD}, st->p.title);
        draw_lines(st, c, parts.text);
        size_t end =
                st->top + (size_t)st->rows < st->count ? st->top + (size_t)st->rows : st->count;
        AUTO_FREE char *where = xasprintf("lines %zu to %zu of %zu", st->top + 1, end, st->count);
        draw_edge(st, c, (struct rect){in.x, in.y + in.h - 1, in.w, 1},
                  (struct look){.ink = ROLE_MUTED}, where);
        frame_draw_notice(o->ui, c); /* which the document has covered */
}

static bool pager_work(struct overlay *o, bool (*pending)(void *ctx), void *ctx)
{
        const struct pager_state *st = o->state;
        return st->p.work && st->p.work(st->p.ctx, o, pending, ctx);
}

void pager_fill(struct overlay *o, int tlp, const char *text)
{
        struct pager_state *st = o->state;
        st->p.work = NULL;
        st->p.tlp = tlp;
        st->p.text = arena_strdup(&st->arena, text);
        st->columns = 0;
        ui_dirty(o->ui);
}

static void pager_close(struct overlay *o)
{
        struct pager_state *st = o->state;
        if (st->p.free_ctx)
                st->p.free_ctx(st->p.ctx);
        free(st->lines);
        free(st->sought);
        arena_finish(&st->arena);
}

static const char *const pager_keys[] = {"j k", "scroll",    "g G", "ends", "/", "search",
                                         "w",   "to a file", "Esc", "back", NULL};
static const char *const placed_keys[] = {"Enter", "open", "j k",    "move", "g G",
                                          "ends",  "/",    "search", "w",    "to a file",
                                          "Esc",   "back", NULL};

static const char *const asking_keys[] = {"Enter",  "take it in", "Esc",  "leave it", "j k",
                                          "scroll", "g G",        "ends", "/",        "search",
                                          "w",      "to a file",  NULL};

#define PAGER_OPS(names)                                                                           \
        {                                                                                          \
                .name = "pager", .state_size = sizeof(struct pager_state), .draw = pager_draw,     \
                .chord = pager_chord, .mouse = pager_mouse, .keys = (names), .work = pager_work,   \
                .close = pager_close                                                               \
        }
static const struct overlay_ops pager_ops = PAGER_OPS(pager_keys);
static const struct overlay_ops placed_ops = PAGER_OPS(placed_keys);
static const struct overlay_ops asking_ops = PAGER_OPS(asking_keys);

static const struct overlay_ops *ops_of(const struct pager *p)
{
        return p->place_count ? &placed_ops : p->accepted ? &asking_ops : &pager_ops;
}

static void copy_places(struct pager_state *st)
{
        const struct pager_place *from = st->p.places;
        struct pager_place *to = arena_array(&st->arena, st->p.place_count + 1, sizeof(*to));
        for (size_t i = 0; i < st->p.place_count; i++)
                to[i] = (struct pager_place){from[i].at, arena_strdup(&st->arena, from[i].view),
                                             arena_strdup(&st->arena, from[i].filter)};
        st->p.places = to;
}

void pager_open(struct ui *ui, const struct pager *p)
{
        struct overlay *o = ui_push(ui, ops_of(p));
        struct pager_state *st = o->state;
        arena_init(&st->arena);
        st->p = *p;
        st->p.title = arena_strdup(&st->arena, p->title);
        st->p.text = arena_strdup(&st->arena, p->text);
        st->p.file = arena_strdup(&st->arena, p->file);
        copy_places(st);
}
