/*
 * View 9, Exchange: the remotes and how old their picture is, what waits to go there and why, what
 * they refused, and what two consoles said differently.
 */
#include "ui/view.h"

#include <limits.h>

#include "ui/exchange_view.h"
#include "ui_private.h"

static struct exchange *state_of(const struct view *v)
{
        return v->state;
}

static void exchange_resize(struct view *v, struct rect r)
{
        struct exchange *x = state_of(v);
        bool roomy = r.h >= 28;
        x->rows = exchange_list_rows(r);
        if (roomy != x->roomy && v->loaded) {
                x->roomy = roomy;
                exchange_lay_out(x, v->ui);
        }
        x->roomy = roomy;
        exchange_place(x);
}

/* What waits for somebody: refused, or a remote that does not answer. The counts are the frame's,
 * so that they are right where this view was not looked at yet. */
static void exchange_badge(const struct view *v, struct view_badge *ret)
{
        const struct ui *ui = v->ui;
        *ret = (struct view_badge){.count = -1, .unacked_word = "to look at"};
        for (size_t i = 0; i < ui->links.count; i++)
                ret->unacked += link_health(ui, &ui->links.items[i]) == REMOTE_OFFLINE;
        ret->unacked += (long)ui->links.refused;
}

static bool exchange_back(struct view *v)
{
        struct exchange *x = state_of(v);
        bool was = x->in_detail;
        x->in_detail = false;
        return was;
}

static const char *view_current(const struct view *v, const char **ret_ref)
{
        const struct exchange *x = state_of(v);
        const struct exchange_item *item = exchange_current(x);
        if (!item)
                return NULL;
        *ret_ref = item->section == SECTION_REMOTES ? x->remotes[item->remote].r.name
                   : item->ref && *item->ref        ? item->ref
                                                    : item->id;
        return item->incident ? item->incident : item->id ? item->id : *ret_ref;
}

/* A click on what can be taken chooses it, another one takes it. */
static bool click_choice(struct view *v, int x, int y, bool twice)
{
        struct exchange *st = state_of(v);
        const struct exchange_item *item = exchange_current(st);
        struct rect r = st->choices;
        struct err err = {0};
        if (!r.w || !item || !item->c || x < r.x || x >= r.x + r.w || y < r.y || y >= r.y + r.h)
                return false;
        exchange_choose(st, (size_t)(x - r.x) * choice_count(item->c) / (size_t)r.w);
        if (twice && exchange_cmd_settle(v->ui, v, &err) != RC_OK)
                ui_notice(v->ui, NOTICE_FAIL, "%s", err.text);
        return true;
}

static bool exchange_mouse(struct view *v, int x, int y, struct rect r, int button, bool twice)
{
        struct exchange *st = state_of(v);
        struct err err = {0};
        size_t item = 0;
        if (button == MOUSE_WHEEL_UP || button == MOUSE_WHEEL_DOWN) {
                exchange_move(st, button == MOUSE_WHEEL_UP ? -1 : 1);
                return true;
        }
        if (click_choice(v, x, y, twice))
                return true;
        if (st->in_detail || !exchange_hit(v, y, r, &item))
                return false;
        exchange_move(st, (long)item - (long)st->at);
        if (twice && exchange_cmd_go(v->ui, v, &err) != RC_OK)
                ui_notice(v->ui, NOTICE_FAIL, "%s", err.text);
        return true;
}

static void exchange_close(struct view *v)
{
        exchange_finish(state_of(v));
}

/* ---- moving ---- */

static enum rc go_by(struct ui *ui, struct view *v, long by)
{
        struct exchange *x = state_of(v);
        if (x->in_detail)
                x->scroll = x->scroll + by < 0 ? 0 : by > 1000 ? x->scroll : x->scroll + (int)by;
        else
                exchange_move(x, by);
        ui_dirty(ui);
        return RC_OK;
}

#define MOVE(name, by)                                                                             \
        static enum rc name(struct ui *ui, struct view *v, struct err *err)                        \
        {                                                                                          \
                (void)err;                                                                         \
                return go_by(ui, v, by);                                                           \
        }
MOVE(down, 1)
MOVE(up, -1)
MOVE(page_down, state_of(v)->rows)
MOVE(page_up, -state_of(v)->rows)
MOVE(half_down, state_of(v)->rows / 2)
MOVE(half_up, -state_of(v)->rows / 2)
MOVE(first, -INT_MAX)
MOVE(last, INT_MAX)
#undef MOVE

/* In a conflict that was opened Enter takes what is chosen. */
static bool exchange_chord(struct view *v, int32_t chord)
{
        struct exchange *x = state_of(v);
        struct err err = {0};
        if (chord != CHORD_ENTER || !x->in_detail || !exchange_on_conflict(v->ui, v))
                return false;
        const struct cmd *cmd = cmd_find(v->ui, "exchange.settle");
        if (cmd_run(v->ui, cmd, &err) != RC_OK)
                ui_notice(v->ui, NOTICE_FAIL, "%s", err.text);
        return true;
}

/* ---- the tables ---- */

static const struct cmd cmds[] = {
        {.name = "exchange.go",
         .label = "open",
         .flags = CMD_FOOT,
         .when = exchange_can_go,
         .help = "Open the remote, or go to what the line is about",
         .run = exchange_cmd_go},
        {.name = "exchange.settle",
         .label = "settle",
         .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,
         .when = exchange_on_conflict,
         .help = "Settle: take what is chosen, of marked ones what is in force",
         .run = exchange_cmd_settle},
        {.name = "exchange.ours",
         .label = "ours",
         .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,
         .when = exchange_can_ours,
         .help = "Settle: take what we said",
         .run = exchange_cmd_ours},
        {.name = "exchange.theirs",
         .label = "theirs",
         .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,
         .when = exchange_can_theirs,
         .help = "Settle: take what the others said",
         .run = exchange_cmd_theirs},
        {.name = "exchange.before",
         .label = "before",
         .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,
         .when = exchange_can_before,
         .help = "Settle: take what stood there before",
         .run = exchange_cmd_before},
        {.name = "exchange.write",
         .label = "write",
         .flags = CMD_WRITES | CMD_FOOT,
         .when = exchange_on_conflict,
         .help = "Settle: write another value",
         .run = exchange_cmd_write},
        {.name = "exchange.incident",
         .label = "go to it",
         .flags = CMD_FOOT,
         .when = exchange_has_incident,
         .help = "Go to the incident, request or deployment that the line is about",
         .run = exchange_cmd_incident},
        {.name = "exchange.sync",
         .label = "sync now",
         .flags = CMD_FOOT,
         .when = links_are,
         .help = "Ask the remotes now, and send what waits there",
         .run = links_sync},
        {.name = "exchange.retry",
         .label = "retry",
         .flags = CMD_WRITES | CMD_FOOT,
         .when = exchange_can_retry,
         .help = "Try again what was refused or held back",
         .run = exchange_cmd_retry},
        {.name = "exchange.drop",
         .label = "drop",
         .flags = CMD_WRITES | CMD_FOOT,
         .when = exchange_can_drop,
         .help = "Never send it there, and say why; here it stays",
         .run = exchange_cmd_drop},
        {.name = "exchange.mark",
         .label = "mark",
         .flags = CMD_FOOT,
         .when = exchange_on_conflict,
         .help = "Mark or unmark the conflict and go on",
         .run = exchange_cmd_mark},
        {.name = "exchange.mark-all",
         .label = "mark all",
         .when = exchange_has_conflicts,
         .help = "Mark all conflicts, or none of them",
         .run = exchange_cmd_mark_all},
        {.name = "exchange.unmark",
         .label = "unmark",
         .when = exchange_has_marks,
         .help = "Take all marks away",
         .run = exchange_cmd_unmark},
        {.name = "exchange.next-choice",
         .label = "next word",
         .when = exchange_on_conflict,
         .help = "Choose the next of what was said",
         .run = exchange_cmd_next_choice},
        {.name = "exchange.last-choice",
         .label = "word before",
         .when = exchange_on_conflict,
         .help = "Choose the one before of what was said",
         .run = exchange_cmd_last_choice},
        {.name = "exchange.find",
         .label = "find",
         .help = "Find a line by words that it says",
         .run = exchange_cmd_find},
        {.name = "exchange.find-next",
         .label = "next match",
         .when = exchange_has_find,
         .help = "Go to the next line that says what was looked for",
         .run = exchange_cmd_find_next},
        {.name = "exchange.find-before",
         .label = "match before",
         .when = exchange_has_find,
         .help = "Go to the line before that says what was looked for",
         .run = exchange_cmd_find_before},
        {.name = "exchange.down", .label = "down", .help = "One line down", .run = down},
        {.name = "exchange.up", .label = "up", .help = "One line up", .run = up},
        {.name = "exchange.page-down",
         .label = "page down",
         .help = "One page down",
         .run = page_down},
        {.name = "exchange.page-up", .label = "page up", .help = "One page up", .run = page_up},
        {.name = "exchange.half-down",
         .label = "half down",
         .help = "Half a page down",
         .run = half_down},
        {.name = "exchange.half-up", .label = "half up", .help = "Half a page up", .run = half_up},
        {.name = "exchange.first", .label = "first", .help = "To the first line", .run = first},
        {.name = "exchange.last", .label = "last", .help = "To the last line", .run = last},
};

static const struct key keys[] = {
        {"Enter", "exchange.go"},
        {"r", "exchange.sync"},
        {"R", "exchange.retry"},
        {"x", "exchange.drop"},
        {"s", "exchange.settle"},
        {"m", "exchange.ours"},
        {"t", "exchange.theirs"},
        {"b", "exchange.before"},
        {"w", "exchange.write"},
        {"o", "exchange.incident"},
        {"Space", "exchange.mark"},
        {"*", "exchange.mark-all"},
        {"/", "exchange.find"},
        {"F3", "exchange.find"},
        {"F4", "exchange.find"},
        {"]", "exchange.find-next"},
        {"[", "exchange.find-before"},
        {"Right", "exchange.next-choice"},
        {"Left", "exchange.last-choice"},
        {"j", "exchange.down"},
        {"Down", "exchange.down"},
        {"k", "exchange.up"},
        {"Up", "exchange.up"},
        {"PgDn", "exchange.page-down"},
        {"PgUp", "exchange.page-up"},
        {"^D", "exchange.half-down"},
        {"^U", "exchange.half-up"},
        {"g", "exchange.first"},
        {"Home", "exchange.first"},
        {"G", "exchange.last"},
        {"End", "exchange.last"},
};

const struct view_ops view_exchange = {
        .name = "exchange",
        .title = "Exchange",
        .brief = "Exch",
        .digit = '9',
        .noun = "object",
        .topics = TOPIC_EXCHANGE | TOPIC_LOG | CONFLICT_TOPICS,
        .state_size = sizeof(struct exchange),
        .cmds = cmds,
        .cmd_count = ARRAY_LEN(cmds),
        .keys = keys,
        .key_count = ARRAY_LEN(keys),
        .load = exchange_load,
        .draw = exchange_draw,
        .badge = exchange_badge,
        .chord = exchange_chord,
        .mouse = exchange_mouse,
        .resize = exchange_resize,
        .back = exchange_back,
        .current = view_current,
        .close = exchange_close,
};
