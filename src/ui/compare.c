#include "ui/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "ops/operators.h"
#include "ui/compare_state.h"
#include "ui/prompt.h"
#include "ui/thing_cmds.h"

const char *const compare_criteria[] = {"title",    "state",        "rank",   "rank_why",
                                        "severity", "entity_class", "impact", "cross_border",
                                        "measures", "requester"};
const size_t compare_criteria_count = ARRAY_LEN(compare_criteria);

/* ---- what is compared ---- */

static enum rc read_rows(struct ui *ui, struct compare *st, const char *const *ids, size_t count,
                         struct err *err)
{
        enum rc rc = RC_OK;
        st->count = 0;
        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                rc = thing_by_id(ui_ops(ui)->store, ids[i], &st->arena, &st->rows[i], err);
                st->count += rc == RC_OK;
        }
        return rc;
}

/* After a rank was given. */
static enum rc read_again(struct ui *ui, struct compare *st, struct err *err)
{
        const char *ids[COMPARE_MAX];
        size_t count = st->count;
        struct arena before = st->arena;
        for (size_t i = 0; i < count; i++)
                ids[i] = st->rows[i].thing.id;
        arena_init(&st->arena);
        enum rc rc = read_rows(ui, st, ids, count, err);
        arena_finish(&before);
        return rc;
}

/* ---- a place ---- */

/* "2 the grid feeds the hospital": the place, then why. */
static enum rc place_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct compare *st = ((struct overlay *)ctx)->state;
        size_t digits = strspn(text, "0123456789");
        const char *why = text + digits + strspn(text + digits, " ,:");
        if (!digits || !*why || why == text + digits)
                return err_set(err, RC_INVALID, "say the place, and then why: 1 people may die");
        AUTO_FREE char *place = xstrndup(text, digits);
        const struct ops_field rank = {"rank", place};
        const struct ops_request r = {.verb = "rank",
                                      .fields = &rank,
                                      .field_count = 1,
                                      .reason = why,
                                      .occurred_ms = CLOCK_NONE};
        const struct row *row = &st->rows[st->at];
        enum rc rc = ops_do(ui_ops(ui), row->thing.id, &r, err);
        if (rc != RC_OK)
                return rc;
        ui_notice(ui, NOTICE_DONE, "%s: has place %s", row->ref, place);
        ui_touched(ui, topics_of_kind(row->thing.kind));
        return read_again(ui, st, err);
}

static void ask_place(struct overlay *o)
{
        const struct compare *st = o->state;
        struct err err = {0};
        if (ops_need_writer(ui_ops(o->ui), &err) != RC_OK) {
                ui_notice(o->ui, NOTICE_FAIL, "%s", err.text);
                return;
        }
        AUTO_FREE char *sign = xasprintf("rank of %s", st->rows[st->at].ref);
        prompt_open(o->ui, &(struct prompt){.sign = sign,
                                            .hint = "the place, and why: 1 people may die",
                                            .history = "rank",
                                            .accept = place_given,
                                            .ctx = o});
}

/* ---- keys ---- */

static void turn(struct compare *st, size_t by)
{
        st->at = (st->at + by) % st->count;
}

static void compare_chord(struct overlay *o, int32_t chord)
{
        struct compare *st = o->state;
        ui_dirty(o->ui);
        switch (chord) {
        case 'l':
        case CHORD_RIGHT:
        case CHORD_TAB: turn(st, 1); break;
        case 'h':
        case CHORD_LEFT:
        case CHORD_BACKTAB: turn(st, st->count - 1); break;
        case 'j':
        case CHORD_DOWN: st->first += st->first + 1 < compare_criteria_count; break;
        case 'k':
        case CHORD_UP: st->first -= st->first > 0; break;
        case 'r':
        case CHORD_ENTER: ask_place(o); break;
        case CHORD_ESC:
        case CHORD_CTRL('C'):
        case 'q': ui_remove(o->ui, o); break;
        default: break;
        }
}

static void compare_close(struct overlay *o)
{
        struct compare *st = o->state;
        arena_finish(&st->arena);
}

static const char *const compare_keys[] = {"r",    "rank", "h l",  "column", "j k",
                                           "rows", "Esc",  "back", NULL};

static const struct overlay_ops compare_ops = {
        .name = "compare",
        .state_size = sizeof(struct compare),
        .draw = compare_draw,
        .chord = compare_chord,
        .keys = compare_keys,
        .close = compare_close,
};

enum rc compare_cmd_open(struct ui *ui, struct view *v, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct list *list = ((struct list_view *)v->state)->list;
        const char *const *ids;
        size_t count = list_targets(list, &a, &ids);
        if (count < 2)
                return err_set(err, RC_INVALID, "mark two %s or more with Space, then compare them",
                               list_noun(list, 2));
        if (count > COMPARE_MAX)
                return err_set(err, RC_INVALID, "%zu are marked; %d stand side by side at most",
                               count, COMPARE_MAX);
        struct overlay *o = ui_push(ui, &compare_ops);
        enum rc rc = read_rows(ui, o->state, ids, count, err);
        if (rc != RC_OK)
                ui_remove(ui, o);
        return rc;
}
