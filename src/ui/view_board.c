/*
 * The board, a face of view 2: the same incidents, filter and marks as cards in columns by status.
 * See ui/board.h.
 */
#include "ui/view.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "ui/board.h"
#include "ui/incident_cmds.h"
#include "ui_private.h"

static struct board *state_of(const struct view *v)
{
        return v->state;
}

/* What a key has no time for goes on in ui_work(). */
static enum rc load_at_key(struct view *v, struct err *err)
{
        struct key_budget b;
        key_budget_begin(&b, v->ui);
        enum rc rc = board_load(v, err);
        key_budget_end(&b);
        ui_pane(v->ui)->more |= rc == RC_BUSY;
        return rc == RC_BUSY ? RC_OK : rc;
}

/* The filter may be another one. */
static enum rc view_settle(struct view *v, struct err *err)
{
        struct board *b = state_of(v);
        if (b->line && strcmp(b->line, list_filter(b->lv.list)) == 0) {
                board_settle(v);
                return RC_OK;
        }
        return load_at_key(v, err);
}

static bool move_cards(struct view *v, long by)
{
        struct board *b = state_of(v);
        if (b->in_detail)
                detail_scroll(b->detail, by);
        else
                board_move(v, by);
        return true;
}

/* ---- the view ---- */

static enum rc view_open(struct view *v, struct err *err)
{
        struct board *b = state_of(v);
        b->lv.list = view_list(ui_view_named(v->ui, v->ops->under));
        b->lv.scroll = move_cards;
        b->at = STATUS_NEW;
        b->fit = b->cards = 1;
        b->reopen = true;
        arena_init(&b->filter_arena);
        for (int i = 0; i < BOARD_COLUMNS; i++)
                arena_init(&b->columns[i].arena);
        b->detail = detail_create(v->ui);
        return b->lv.list ? RC_OK : err_set(err, RC_FAIL, "the incidents can't be read");
}

static enum rc view_load(struct view *v, struct err *err)
{
        struct board *b = state_of(v);
        bool changed = v->stale & (TOPIC_INCIDENTS | TOPIC_PARTICIPANTS);
        v->stale = 0;
        b->reopen |= changed;
        if (b->in_detail && changed)
                detail_show(b->detail, detail_id(b->detail), true, NULL);
        return board_load(v, err);
}

static void view_resize(struct view *v, struct rect r)
{
        struct board *b = state_of(v);
        struct board_shape s = board_shape_of(r);
        b->fit = s.fit;
        b->cards = s.cards;
        if (b->columns[0].query)
                board_settle(v);
}

static void view_shown(struct view *v, bool is)
{
        struct board *b = state_of(v);
        list_hold(b->lv.list, is ? board_current(b) : NULL);
}

static void view_close(struct view *v)
{
        struct board *b = state_of(v);
        list_hold(b->lv.list, NULL);
        board_finish(b);
        detail_destroy(b->detail);
}

static const char *view_current(const struct view *v, const char **ret_ref)
{
        const struct row *row = board_current(state_of(v));
        *ret_ref = row ? row->ref : NULL;
        return row ? row->thing.id : NULL;
}

static bool view_show(struct view *v, const char *id)
{
        struct board *b = state_of(v);
        struct err err = {0};
        snprintf(b->chase, sizeof(b->chase), "%s", id);
        load_at_key(v, &err);
        const struct row *row = board_current(b);
        return row && strcmp(row->thing.id, id) == 0;
}

static bool view_back(struct view *v)
{
        struct board *b = state_of(v);
        if (b->in_detail) {
                b->in_detail = false;
                ui_dirty(v->ui);
                return true;
        }
        return list_filter_back(v, kind_incident.default_filter);
}

static bool view_mouse(struct view *v, int x, int y, struct rect r, int button, bool twice)
{
        struct board *b = state_of(v);
        int column;
        size_t position;
        if (button == MOUSE_WHEEL_UP || button == MOUSE_WHEEL_DOWN) {
                move_cards(v, button == MOUSE_WHEEL_UP ? -1 : 1);
                return true;
        }
        if (b->in_detail)
                return detail_click(b->detail, x, y, r);
        if (!board_hit(v, x, y, r, &column, &position))
                return false;
        b->at = column;
        b->columns[column].at = position;
        b->in_detail = twice;
        board_settle(v);
        return true;
}

/* ---- commands ---- */

static enum rc column_right(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        if (state_of(v)->in_detail)
                detail_turn(state_of(v)->detail, 1);
        else
                board_turn(v, 1);
        return RC_OK;
}

static enum rc column_left(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        if (state_of(v)->in_detail)
                detail_turn(state_of(v)->detail, -1);
        else
                board_turn(v, -1);
        return RC_OK;
}

/* To the status beside its own; closing and reopening ask why. */
static enum rc move_to(struct view *v, int by, struct err *err)
{
        struct board *b = state_of(v);
        const struct row *row = board_current(b);
        int from = row ? thing_rank(&row->thing, "status") : -1, to = from + by;
        if (thing_check(v, err) != RC_OK)
                return RC_INVALID;
        if (from < 0)
                return err_set(err, RC_NOTFOUND, "no card is chosen");
        if (to < STATUS_NEW || to > STATUS_CLOSED)
                return err_set(err, RC_CONFLICT, "%s is %s; there is no column beyond", row->ref,
                               enum_id(&enum_status, from));
        if (from == STATUS_CLOSED)
                to = STATUS_ACTIVE;
        struct ops_field f = {.name = "status", .value = enum_id(&enum_status, to)};
        struct ops_request r = {
                .verb = "status", .fields = &f, .field_count = 1, .occurred_ms = CLOCK_NONE};
        snprintf(b->chase, sizeof(b->chase), "%s", row->thing.id);
        AUTO_FREE char *what = xasprintf("Move to %s", f.value);
        if (to == STATUS_CLOSED)
                incident_ask_closing(v, &r);
        else if (from == STATUS_CLOSED)
                thing_ask_reason(v, &r, "why it is active again; kept with it");
        else
                thing_do(v, &r, what);
        return RC_OK;
}

static enum rc move_right(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        return move_to(v, 1, err);
}

static enum rc move_left(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        return move_to(v, -1, err);
}

static enum rc open_card(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        if (state_of(v)->in_detail && detail_enter(state_of(v)->detail))
                return RC_OK;
        state_of(v)->in_detail = true;
        board_settle(v);
        return RC_OK;
}

/* The list comes back with the card under its cursor. */
static enum rc to_list(struct ui *ui, struct view *v, struct err *err)
{
        struct board *b = state_of(v);
        const struct row *row = board_current(b);
        char id[STIX_ID_MAX];
        snprintf(id, sizeof(id), "%s", row ? row->thing.id : "");
        b->in_detail = false;
        enum rc rc = ui_go(ui, v->ops->under, err);
        if (rc == RC_OK && id[0] && list_go_to_id(b->lv.list, id))
                view_list_changed(ui_view(ui));
        return rc;
}

enum rc board_start(struct ui *ui, struct list *list, struct err *err)
{
        const struct row *row = list_current(list);
        char id[STIX_ID_MAX];
        snprintf(id, sizeof(id), "%s", row ? row->thing.id : "");
        enum rc rc = ui_go(ui, view_board.name, err);
        if (rc == RC_OK && id[0] && ui_pane(ui)->opened)
                view_show(ui_view(ui), id);
        return rc;
}

static bool has_card(const struct ui *ui, const struct view *v)
{
        (void)ui;
        return board_current(state_of(v)) != NULL;
}

static const struct cmd cmds[] = {
        {.name = "board.move-right",
         .label = "move card",
         .flags = CMD_WRITES | CMD_FOOT | CMD_KEPT | CMD_MARKED,
         .when = has_card,
         .help = "Move the card to the next status; closing asks why",
         .run = move_right},
        {.name = "board.move-left",
         .label = "move back",
         .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,
         .when = has_card,
         .help = "Move the card to the status before",
         .run = move_left},
        {.name = "board.column-right",
         .label = "column",
         .flags = CMD_FOOT,
         .help = "To the column at the right",
         .run = column_right},
        {.name = "board.column-left",
         .label = "column left",
         .help = "To the column at the left",
         .run = column_left},
        {.name = "board.card",
         .label = "open",
         .flags = CMD_FOOT,
         .when = has_card,
         .help = "Open the card: go into its detail",
         .run = open_card},
        {.name = "board.list",
         .label = "list",
         .flags = CMD_FOOT,
         .help = "Show the same incidents as a list",
         .run = to_list},
        INCIDENT_CMDS,
        INCIDENT_CMD_ESCALATE(0),
        LIST_CMDS,
};

static const struct key keys[] = {
        {"L", "board.move-right"},
        {"H", "board.move-left"},
        {"l", "board.column-right"},
        {"h", "board.column-left"},
        {"Right", "board.column-right"},
        {"Left", "board.column-left"},
        {"Enter", "board.card"},
        {"v", "board.list"},
        INCIDENT_KEYS,
        LIST_KEYS,
};

const struct view_ops view_board = {
        .name = "board",
        .title = "Board",
        .brief = "Board",
        .under = "incidents",
        .noun = "incident",
        .topics = TOPIC_INCIDENTS | TOPIC_PARTICIPANTS | TOPIC_CLOCK,
        .state_size = sizeof(struct board),
        .cmds = cmds,
        .cmd_count = ARRAY_LEN(cmds),
        .keys = keys,
        .key_count = ARRAY_LEN(keys),
        .open = view_open,
        .load = view_load,
        .settle = view_settle,
        .draw = board_draw,
        .mouse = view_mouse,
        .resize = view_resize,
        .back = view_back,
        .current = view_current,
        .show = view_show,
        .shown = view_shown,
        .close = view_close,
};
