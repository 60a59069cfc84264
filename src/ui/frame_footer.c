/*
 * The last row: the keys that work here and now, from the tables that bind them; and the notice
 * above it.
 */
#include <string.h>

#include "base/text.h"
#include "ui_private.h"

#define NOTICE_ROWS_MAX 3
#define ITEM_GAP        2
#define ITEM_WIDTH      12

struct footer {
        struct ui *ui;
        struct canvas *c;
        int y, x;
        struct exercise ex; /* what is taken in the middle */
        int end;            /* first column that is not free any more */
};

/* Where an item of this width may stand from x on. */
static int place(const struct footer *f, int x, int width)
{
        return x < f->ex.to && x + width + 1 > f->ex.from ? f->ex.to + 2 : x;
}

static int draw_item(struct footer *f, int x, const char *key, const char *label)
{
        struct look strong = frame_look(f->ui, ROLE_ACCENT, ROLE_HEADER, ATTR_BOLD);
        struct look quiet = frame_look(f->ui, ROLE_MUTED, ROLE_HEADER, 0);
        int bytes = 0, from = x;
        int32_t chord = chord_read(key, &bytes);
        x += canvas_text(f->c, x, f->y, f->c->cols, strong, key) + 1;
        x += canvas_text(f->c, x, f->y, f->c->cols, quiet, label);
        frame_zone(f->ui, from, f->y, x - from, key[bytes] ? CHORD_NONE : chord);
        return x;
}

static int item_width(const char *key, const char *label)
{
        return (int)(text_width(key) + 1 + text_width(label));
}

/* False: it does not fit, and nothing after it is shown either. */
static bool add_item(struct footer *f, const char *key, const char *label)
{
        int width = item_width(key, label);
        int x = place(f, f->x, width);
        if (x + width > f->end)
                return false;
        f->x = draw_item(f, x, key, label) + ITEM_GAP;
        return true;
}

/* The two that always stay, at the right end. */
static void add_last(struct footer *f)
{
        static const char *const names[] = {"app.palette", "app.help"};
        bool narrow = ui_is_narrow(f->ui);
        const struct cmd *cmds[2];
        const char *keys[2];
        int gap = narrow ? 1 : 3, width = -gap;
        for (size_t i = 0; i < 2; i++) {
                cmds[i] = cmd_find(f->ui, names[i]);
                keys[i] = cmd_chord(f->ui, cmds[i]);
                if (keys[i])
                        width += gap + item_width(keys[i], cmds[i]->label);
        }
        int x = f->end - width;
        for (size_t i = 0; i < 2; i++)
                if (keys[i])
                        x = draw_item(f, x, keys[i], cmds[i]->label) + gap;
        f->end -= width + 2;
}

/* F1 to F12 in their order, as those know them who come from htop. */
static bool add_f_keys(struct footer *f)
{
        for (int32_t chord = CHORD_F1; chord <= CHORD_F12; chord++) {
                const struct cmd *cmd = cmd_on_chord(f->ui, chord);
                char name[CHORD_TEXT];
                chord_name(chord, name);
                if (cmd && cmd_is_possible(f->ui, cmd) && !add_item(f, name, cmd->label))
                        return false;
        }
        return true;
}

/* The key of what the footer names here, or NULL. */
static const char *foot_chord(const struct ui *ui, const struct cmd *cmd)
{
        return cmd->flags & CMD_FOOT && cmd_is_possible(ui, cmd) ? cmd_chord(ui, cmd) : NULL;
}

/* What is left for those that give way. */
static int room_beside_kept(const struct footer *f)
{
        int room = f->end - f->x + ITEM_GAP - (f->ex.to - f->ex.from);
        if (f->ex.to < f->end)
                room -= ITEM_WIDTH; /* one will not fit before it and goes on behind */
        for (size_t i = 0; i < cmd_count(f->ui); i++) {
                const struct cmd *cmd = cmd_at(f->ui, i);
                const char *chord = cmd->flags & CMD_KEPT ? foot_chord(f->ui, cmd) : NULL;
                room -= chord ? item_width(chord, cmd->label) + ITEM_GAP : 0;
        }
        return room;
}

static void add_commands(struct footer *f)
{
        enum footer_keys keys = f->ui->options.footer;
        if (keys == FOOTER_NONE || (keys == FOOTER_F_KEYS && !add_f_keys(f)))
                return;
        int room = room_beside_kept(f);
        for (size_t i = 0; i < cmd_count(f->ui); i++) {
                const struct cmd *cmd = cmd_at(f->ui, i);
                const char *chord = foot_chord(f->ui, cmd);
                if (chord && !(cmd->flags & CMD_KEPT))
                        room -= item_width(chord, cmd->label) + ITEM_GAP;
                if (chord && (room >= 0 || cmd->flags & CMD_KEPT) &&
                    !add_item(f, chord, cmd->label))
                        return;
        }
}

static void add_overlay_keys(struct footer *f, const char *const *keys)
{
        for (; keys && keys[0] && keys[1]; keys += 2)
                if (!add_item(f, keys[0], keys[1]))
                        return;
}

void frame_draw_footer(struct ui *ui, struct canvas *c)
{
        bool narrow = ui_is_narrow(ui);
        struct footer f = {
                .ui = ui,
                .c = c,
                .y = c->rows - 1,
                .x = narrow ? 1 : 2,
                .end = c->cols - (narrow ? 1 : 3),
        };
        canvas_fill(c, (struct rect){0, f.y, c->cols, 1},
                    frame_look(ui, ROLE_TEXT, ROLE_HEADER, 0));
        if (ui->top)
                ui->zone_count = 0;
        else
                add_last(&f);
        frame_exercise(ui, f.y, &f.ex);
        /* where there is little room, all of it in one piece, for the keys */
        int from = c->cols < NAMED_COLS ? f.end - (f.ex.to - f.ex.from) : f.x;
        frame_draw_exercise(ui, c, f.y, &f.ex, (struct gap){from, f.end});
        if (ui->top)
                add_overlay_keys(&f, ui->top->ops->keys_now ? ui->top->ops->keys_now(ui->top)
                                                            : ui->top->ops->keys);
        else
                add_commands(&f);
}

/* ---- the notice ---- */

static void count_line(void *ctx, const char *line, size_t len)
{
        int *lines = ctx;
        (void)line, (void)len;
        ++*lines;
}

void frame_draw_notice(const struct ui *ui, struct canvas *c)
{
        static const struct {
                enum glyph sign;
                enum role sign_ink, ink;
        } looks[] = {
                [NOTICE_DONE] = {GLYPH_DONE, ROLE_OK, ROLE_TEXT},
                [NOTICE_WARN] = {GLYPH_UNACKED, ROLE_WARN, ROLE_WARN},
                [NOTICE_FAIL] = {GLYPH_FAILS, ROLE_WARN, ROLE_WARN},
                [NOTICE_HINT] = {GLYPH_COUNT, ROLE_MUTED, ROLE_MUTED},
        };
        if (c->linear) {
                frame_draw_news_linear(ui, c);
                return;
        }
        if (!ui->notice)
                return;
        enum notice kind = ui->notice_kind;
        int x = ui_is_narrow(ui) ? 1 : 3, lines = 0;
        struct rect r = {x + 2, 0, c->cols - x - 4, 0};
        text_wrap(ui->notice, (size_t)r.w, count_line, &lines);
        r.h = lines < 1 ? 1 : lines > NOTICE_ROWS_MAX ? NOTICE_ROWS_MAX : lines;
        r.y = c->rows - 1 - r.h;
        canvas_fill(c, (struct rect){0, r.y, c->cols, r.h}, LOOK(.ground = ROLE_PANEL));
        canvas_glyph(c, x, r.y,
                     LOOK(.ink = looks[kind].sign_ink, .ground = ROLE_PANEL, .attr = ATTR_BOLD),
                     looks[kind].sign);
        canvas_wrap(c, r, 0, LOOK(.ink = looks[kind].ink, .ground = ROLE_PANEL), ui->notice);
}
