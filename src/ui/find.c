#include "ui/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/find_state.h"
#include "ui/thing_cmds.h"

/* ---- what is shown ---- */

enum rc find_load(struct overlay *o, struct err *err)
{
        struct find_state *st = o->state;
        const struct find_options options = {
                .kind = st->kind, .filter = st->filter, .left_out = st->left_out};
        struct arena a = {0};
        const struct finding *found;
        enum rc rc = ops_find(ui_ops(o->ui), st->id, &options, &a, &found, err);
        if (rc != RC_OK) {
                arena_finish(&a);
                return rc;
        }
        arena_finish(&st->arena);
        st->arena = a;
        st->found = found;
        st->kind = found->kind;
        st->at = st->top = 0;
        ui_dirty(o->ui);
        return RC_OK;
}

static void load_or_say(struct overlay *o)
{
        struct err err = {0};
        if (find_load(o, &err) != RC_OK)
                ui_notice(o->ui, NOTICE_FAIL, "%s", err.text);
}

static const struct roster_facts *current(const struct find_state *st)
{
        return st->at < st->found->count ? st->found->list[st->at].facts : NULL;
}

/* ---- those picked ---- */

static size_t find_pick(const struct find_state *st, const char *id)
{
        size_t i = 0;
        while (i < st->picked_count && strcmp(st->picked[i], id) != 0)
                i++;
        return i;
}

bool find_is_picked(const struct find_state *st, const char *id)
{
        return find_pick(st, id) < st->picked_count;
}

static void drop_picks(struct find_state *st)
{
        for (size_t i = 0; i < st->picked_count; i++)
                free(st->picked[i]);
        st->picked_count = 0;
}

static void turn_pick(struct find_state *st)
{
        const struct roster_facts *f = current(st);
        if (!f)
                return;
        size_t i = find_pick(st, f->id);
        if (i < st->picked_count) {
                free(st->picked[i]);
                st->picked[i] = st->picked[--st->picked_count];
                return;
        }
        if (st->picked_count == st->picked_room) {
                st->picked_room = 2 * st->picked_room + 8;
                st->picked = xreallocarray(st->picked, st->picked_room, sizeof(*st->picked));
        }
        st->picked[st->picked_count++] = xstrdup(f->id);
}

size_t find_chosen(const struct find_state *st, struct arena *a, const char *const **ret)
{
        const struct roster_facts *f = current(st);
        size_t count = st->picked_count ? st->picked_count : f != NULL;
        const char **ids = arena_array(a, count + 1, sizeof(*ids));
        for (size_t i = 0; i < count; i++)
                ids[i] = arena_strdup(a, st->picked_count ? st->picked[i] : f->id);
        *ret = ids;
        return count;
}

/* ---- keys ---- */

static void move(struct find_state *st, long by)
{
        long last = (long)st->found->count - 1, at = (long)st->at + by;
        st->at = (size_t)(at < 0 || last < 0 ? 0 : at > last ? last : at);
}

/* Those who are picked stay, so one deployment can take people and equipment. */
static void next_kind(struct overlay *o)
{
        static const struct kind *const kinds[] = {&kind_expert, &kind_team, &kind_equipment};
        struct find_state *st = o->state;
        const struct kind *before = st->kind;
        char line[sizeof(st->filter)];
        struct err err = {0};
        size_t i = 0;
        while (kinds[i] != before)
                i++;
        st->kind = kinds[(i + 1) % ARRAY_LEN(kinds)];
        snprintf(line, sizeof(line), "%s", st->filter);
        if (find_load(o, &err) == RC_OK)
                return;
        st->filter[0] = '\0';
        ui_notice(o->ui, NOTICE_HINT, "the filter %s is not for %s, so it is off", line,
                  st->kind->plural);
        load_or_say(o);
}

static bool move_chord(struct find_state *st, int32_t chord)
{
        long page = st->rows > 1 ? (long)st->rows - 1 : 1, all = (long)st->found->count;
        switch (chord) {
        case 'j':
        case CHORD_DOWN: move(st, 1); return true;
        case 'k':
        case CHORD_UP: move(st, -1); return true;
        case CHORD_CTRL('D'):
        case CHORD_PGDN: move(st, page); return true;
        case CHORD_CTRL('U'):
        case CHORD_PGUP: move(st, -page); return true;
        case 'g':
        case CHORD_HOME: move(st, -all); return true;
        case 'G':
        case CHORD_END: move(st, all); return true;
        default: return false;
        }
}

static void find_chord(struct overlay *o, int32_t chord)
{
        struct find_state *st = o->state;
        ui_dirty(o->ui);
        if (move_chord(st, chord))
                return;
        switch (chord) {
        case CHORD_SPACE:
                turn_pick(st);
                move(st, 1);
                break;
        case 'w': st->why = !st->why; break;
        case 'v': next_kind(o); break;
        case '/': find_ask_filter(o); break;
        case 'x': find_ask_left_out(o); break;
        case 'c': find_ask_contact(o); break;
        case 'd': find_alert(o); break;
        case CHORD_ESC:
        case CHORD_CTRL('C'):
        case 'q': ui_remove(o->ui, o); break;
        default: break;
        }
}

static bool find_mouse(struct overlay *o, int x, int y, int button)
{
        (void)x, (void)y;
        if (button != MOUSE_WHEEL_UP && button != MOUSE_WHEEL_DOWN)
                return false;
        move(o->state, button == MOUSE_WHEEL_UP ? -3 : 3);
        ui_dirty(o->ui);
        return true;
}

static void find_close(struct overlay *o)
{
        struct find_state *st = o->state;
        drop_picks(st);
        free(st->picked);
        arena_finish(&st->arena);
}

static const char *const find_keys[] = {"d", "alert",   "Space", "pick",      "w", "why",
                                        "/", "filter",  "x",     "leave out", "v", "kind",
                                        "c", "contact", "Esc",   "back",      NULL};

static const struct overlay_ops find_ops = {
        .name = "find",
        .state_size = sizeof(struct find_state),
        .draw = find_draw,
        .chord = find_chord,
        .mouse = find_mouse,
        .keys = find_keys,
        .close = find_close,
};

enum rc find_cmd_open(struct ui *ui, struct view *v, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;
        if (!thing_target(v, &a, &row))
                return err_set(err, RC_NOTFOUND, "there is nothing to send anybody to");
        struct overlay *o = ui_push(ui, &find_ops);
        struct find_state *st = o->state;
        snprintf(st->id, sizeof(st->id), "%s", row.thing.id);
        enum rc rc = find_load(o, err);
        if (rc != RC_OK)
                ui_remove(ui, o);
        return rc;
}
