#include "ui/verb_menu.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "ui/thing_cmds.h"
#include "ui_private.h"

#define ROWS_MAX     64
#define GROUP_OTHERS "more"
#define GROUP_LATER  "not now"
#define COLUMN_LEAST 50 /* columns that one of two takes */

struct menu_row {
        const char *group, *label, *help;
        int32_t chord;
        const struct cmd *cmd;   /* what runs; else */
        const struct verb *verb; /* the verb, or its form */
        char why[120];           /* it can't be done now; "" = it can */
};

struct verb_menu {
        struct view *view;
        const struct kind *kind;
        struct arena arena;
        struct row row; /* what it is about, or the first of several */
        bool has_row;
        char title[120];
        struct menu_row rows[ROWS_MAX];
        size_t count, at;
};

/* ---- the rows ---- */

/* "note" of "incident.note"; NULL where the command is not about things of the kind. */
static const char *name_in_kind(const struct verb_menu *m, const struct cmd *cmd)
{
        size_t len = strlen(m->kind->name);
        bool is = strncmp(cmd->name, m->kind->name, len) == 0 && cmd->name[len] == '.';
        return is ? cmd->name + len + 1 : NULL;
}

bool verb_menu_has(const struct kind *kind, const struct verb *verb)
{
        return verb->group && verb_find(kind, verb->name) == verb;
}

/* Keys that verbs and commands have by themselves are kept for them. */
static bool is_kept(const struct verb_menu *m, int32_t chord)
{
        const struct cmd *cmd = cmd_on_chord(m->view->ui, chord);
        for (size_t i = 0; i < verb_count(); i++)
                if (verb_menu_has(m->kind, verb_at(i)) && verb_at(i)->letter == chord)
                        return true;
        return cmd && name_in_kind(m, cmd);
}

static bool is_letter_free(const struct verb_menu *m, int32_t chord)
{
        for (size_t i = 0; i < m->count; i++)
                if (m->rows[i].chord == chord)
                        return false;
        return chord != 'j' && chord != 'k';
}

static int32_t free_letter(const struct verb_menu *m, int32_t wanted, const char *word)
{
        if (wanted != CHORD_NONE && is_letter_free(m, wanted))
                return wanted;
        for (const char *p = word; *p; p++)
                if (*p >= 'a' && *p <= 'z' && is_letter_free(m, *p) && !is_kept(m, *p))
                        return *p;
        for (const char *p = word; *p; p++)
                if (*p >= 'a' && *p <= 'z' && is_letter_free(m, *p - 'a' + 'A') &&
                    !is_kept(m, *p - 'a' + 'A'))
                        return *p - 'a' + 'A';
        for (int32_t letter = 'A'; letter <= 'Z'; letter++)
                if (is_letter_free(m, letter) && !is_kept(m, letter))
                        return letter;
        return CHORD_NONE;
}

static void add_row(struct verb_menu *m, struct menu_row *row, int32_t wanted)
{
        row->chord = free_letter(m, wanted, row->label);
        if (m->count == ROWS_MAX || row->chord == CHORD_NONE)
                return;
        if (row->verb && !row->why[0] && m->has_row) {
                const char *why = verb_may_not(row->verb, &m->row.thing);
                snprintf(row->why, sizeof(row->why), "%s", why ? why : "");
        }
        if (ui_why_no_writing(m->view->ui))
                snprintf(row->why, sizeof(row->why), "%s", ui_why_no_writing(m->view->ui));
        else if (!m->has_row)
                snprintf(row->why, sizeof(row->why), "no %s is chosen", m->kind->name);
        m->rows[m->count++] = *row;
}

static const struct cmd *cmd_of_verb(const struct verb_menu *m, const struct verb *verb)
{
        char name[80];
        snprintf(name, sizeof(name), "%s.%s", m->kind->name, verb->name);
        return cmd_find(m->view->ui, name);
}

static void add_verbs(struct verb_menu *m)
{
        for (size_t i = 0; i < verb_count(); i++) {
                const struct verb *verb = verb_at(i);
                if (!verb_menu_has(m->kind, verb))
                        continue;
                struct menu_row row = {.group = verb->group,
                                       .label = verb->label ? verb->label : verb->name,
                                       .help = verb->help,
                                       .cmd = cmd_of_verb(m, verb),
                                       .verb = verb};
                add_row(m, &row, verb->letter);
        }
}

/* Commands on what is chosen that are no verb: clocks, edit. */
static bool is_command_of_it(const struct verb_menu *m, const struct cmd *cmd)
{
        const char *name = name_in_kind(m, cmd);
        if (!name || !(cmd->flags & CMD_WRITES) || !cmd->when || strcmp(name, "menu") == 0)
                return false;
        const struct verb *verb = verb_find(m->kind, name);
        return !verb || !verb->group;
}

static void add_commands(struct verb_menu *m)
{
        struct ui *ui = m->view->ui;
        const struct view_ops *ops = m->view->ops;
        for (size_t i = 0; i < ops->cmd_count; i++) {
                const struct cmd *cmd = &ops->cmds[i];
                const char *key = cmd_chord(ui, cmd);
                if (!is_command_of_it(m, cmd))
                        continue;
                struct menu_row row = {
                        .group = GROUP_OTHERS, .label = cmd->label, .help = cmd->help, .cmd = cmd};
                add_row(m, &row, key ? chord_read(key, NULL) : CHORD_NONE);
        }
}

/* Rows of one group stand together, in the order in which their groups came. */
static void sort_groups(struct verb_menu *m)
{
        for (size_t i = 1; i < m->count; i++) {
                size_t to = i;
                for (size_t k = 0; k < i; k++)
                        if (strcmp(m->rows[k].group, m->rows[i].group) == 0)
                                to = k + 1;
                struct menu_row row = m->rows[i];
                memmove(&m->rows[to + 1], &m->rows[to], (i - to) * sizeof(row));
                m->rows[to] = row;
        }
}

/* What can't be done stands last, unless that is everything: the first screen is what can. */
static void put_off(struct verb_menu *m)
{
        struct menu_row later[ROWS_MAX];
        size_t kept = 0, off = 0;
        for (size_t i = 0; i < m->count; i++) {
                if (m->rows[i].why[0])
                        later[off++] = m->rows[i];
                else
                        m->rows[kept++] = m->rows[i];
        }
        for (size_t i = 0; i < off; i++) {
                if (kept)
                        later[i].group = GROUP_LATER;
                m->rows[kept + i] = later[i];
        }
}

/* ---- running ---- */

/* In the state that it is in now; other verbs always do, and say so in their row. */
static bool wants_reason(struct view *v, const struct ops_request *r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *sentence;
        struct row row;
        return thing_target(v, &a, &row) &&
               ops_foresee(ui_ops(v->ui), row.thing.id, r, &a, &sentence, NULL) == RC_INVALID;
}

void verb_start(struct view *v, const struct verb *verb)
{
        const struct ops_request r = {.verb = verb->name, .occurred_ms = CLOCK_NONE};
        if (verb_has_form(verb))
                verb_form_open(v, verb);
        else if (wants_reason(v, &r))
                thing_ask_reason(v, &r, "why; it is kept with the change");
        else
                thing_do(v, &r, verb->label ? verb->label : verb->name);
}

static void run_row(struct ui *ui, struct view *v, const struct menu_row *row)
{
        struct err err = {0};
        enum rc rc = RC_OK;
        if (row->cmd)
                rc = cmd_run(ui, row->cmd, &err);
        else
                verb_start(v, row->verb);
        if (rc != RC_OK)
                ui_say_failure(ui, rc, &err);
}

static void take(struct overlay *o, size_t i)
{
        struct verb_menu *m = o->state;
        struct ui *ui = o->ui;
        struct menu_row row = m->rows[i];
        struct view *v = m->view;
        if (row.why[0]) {
                m->at = i; /* the line says why */
                return;
        }
        ui_remove(ui, o);
        run_row(ui, v, &row);
}

static void menu_chord(struct overlay *o, int32_t chord)
{
        struct verb_menu *m = o->state;
        for (size_t i = 0; i < m->count; i++) {
                if (m->rows[i].chord == chord) {
                        take(o, i);
                        return;
                }
        }
        switch (chord) {
        case CHORD_ESC:
        case CHORD_CTRL('C'): ui_remove(o->ui, o); break;
        case 'j':
        case CHORD_DOWN:
        case CHORD_TAB: m->at = m->count ? (m->at + 1) % m->count : 0; break;
        case 'k':
        case CHORD_UP:
        case CHORD_BACKTAB: m->at = m->count ? (m->at + m->count - 1) % m->count : 0; break;
        case CHORD_ENTER:
                if (m->count)
                        take(o, m->at);
                break;
        default: break;
        }
}

/* ---- painting ---- */

static bool begins_group(const struct verb_menu *m, size_t i)
{
        return i == 0 || strcmp(m->rows[i].group, m->rows[i - 1].group) != 0;
}

static int lines_of(const struct verb_menu *m, size_t from, size_t to)
{
        int lines = 0;
        for (size_t i = from; i < to; i++)
                lines += 1 + (begins_group(m, i) ? 1 : 0);
        return lines;
}

static void draw_row(const struct verb_menu *m, size_t i, struct canvas *c, struct rect r)
{
        const struct menu_row *row = &m->rows[i];
        enum role ground = i == m->at ? ROLE_SELECTION : ROLE_PANEL;
        bool can = !row->why[0];
        struct look key = LOOK(.ink = can ? ROLE_ACCENT : ROLE_FAINT, .ground = ground,
                               .attr = can ? ATTR_BOLD : 0);
        enum role quiet = i == m->at ? ROLE_MUTED : ROLE_FAINT; /* a step up on the selection */
        struct look text = LOOK(.ink = can ? ROLE_TEXT : quiet, .ground = ground);
        struct look note = LOOK(.ink = can ? ROLE_MUTED : quiet, .ground = ground);
        char name[CHORD_TEXT];
        chord_name(row->chord, name);
        canvas_fill(c, r, text);
        if (i == m->at) {
                canvas_glyph(c, r.x, r.y, LOOK(.ink = ROLE_ACCENT, .ground = ground), GLYPH_CURSOR);
                c->cursor_x = r.x;
                c->cursor_y = r.y;
                c->cursor_shown = true;
        }
        canvas_text(c, r.x + 2, r.y, 3, key, name);
        int x = r.x + 6 + canvas_text(c, r.x + 6, r.y, r.w - 7, text, row->label) + 2;
        if (x < r.x + 24)
                x = r.x + 24;
        canvas_text(c, x, r.y, r.x + r.w - x - 1, note, can ? row->help : row->why);
}

/* Rows from `first` on, as far as they fit; gives back the first that does not. */
static size_t draw_rows(const struct verb_menu *m, size_t first, struct canvas *c, struct rect r)
{
        int y = r.y;
        for (size_t i = first; i < m->count; i++) {
                int need = begins_group(m, i) || i == first ? 2 : 1;
                if (y + need > r.y + r.h)
                        return i;
                if (need == 2)
                        canvas_text(
                                c, r.x + 2, y++, r.w - 2,
                                LOOK(.ink = ROLE_MUTED, .ground = ROLE_PANEL, .attr = ATTR_BOLD),
                                m->rows[i].group);
                draw_row(m, i, c, (struct rect){r.x, y++, r.w, 1});
        }
        return m->count;
}

static void menu_draw(const struct overlay *o, struct canvas *c, struct rect area)
{
        const struct verb_menu *m = o->state;
        bool two = area.w >= 2 * COLUMN_LEAST + 6;
        int lines = lines_of(m, 0, m->count);
        int h = (two ? (lines + 2) / 2 : lines) + 4, w = two ? area.w - 6 : area.w;
        struct rect r = overlay_place(c, area, w > 150 ? 150 : w, h);
        canvas_panel(c, r);
        canvas_text(c, r.x + 2, r.y + 1, r.w - 3,
                    LOOK(.ink = ROLE_STRONG, .ground = ROLE_PANEL, .attr = ATTR_BOLD), m->title);
        struct rect in = {r.x, r.y + 3, two ? r.w / 2 : r.w, r.h - 4};
        size_t first = 0;
        while (!two && first < m->at && lines_of(m, first, m->at + 1) + 1 > in.h)
                first++;
        size_t next = draw_rows(m, first, c, in);
        if (two)
                next = draw_rows(m, next, c, (struct rect){r.x + in.w, in.y, r.w - in.w, in.h});
        if (next < m->count)
                canvas_printf(c, r.x + 2, r.y + r.h - 1, r.w - 2,
                              LOOK(.ink = ROLE_MUTED, .ground = ROLE_PANEL), "%s %zu more",
                              glyph_text(GLYPH_MORE_DOWN, c->ascii), m->count - next);
}

static void menu_close(struct overlay *o)
{
        struct verb_menu *m = o->state;
        arena_finish(&m->arena);
}

static const char *const menu_keys[] = {"letter", "do it", "Enter", "the marked line",
                                        "Esc",    "back",  NULL};

static const struct overlay_ops menu_ops = {
        .name = "verbs",
        .state_size = sizeof(struct verb_menu),
        .draw = menu_draw,
        .chord = menu_chord,
        .keys = menu_keys,
        .close = menu_close,
};

void verb_menu_open(struct view *v)
{
        struct overlay *o = ui_push(v->ui, &menu_ops);
        struct verb_menu *m = o->state;
        m->view = v;
        m->kind = list_kind(((struct list_view *)v->state)->list);
        arena_init(&m->arena);
        m->has_row = thing_target(v, &m->arena, &m->row);
        AUTO_FREE char *who = thing_about(v);
        snprintf(m->title, sizeof(m->title), "What can be done to %s", who);
        add_verbs(m);
        add_commands(m);
        sort_groups(m);
        put_off(m);
        while (m->at + 1 < m->count && m->rows[m->at].why[0])
                m->at++;
}
