/*
 * Triage, a face of view 2: what nobody here has taken note of, one incident at a time. See
 * ui/triage.h.
 */
#include "ui/view.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "ui/prompt.h"
#include "ui/triage.h"
#include "ui_private.h"

static struct triage *state_of(const struct view *v)
{
        return v->state;
}

enum rc triage_start(struct ui *ui, struct err *err)
{
        struct view *v = ui_view_named(ui, view_triage.name);
        struct triage *t = v->state;
        if (t && t->begun) {
                triage_draft_save(v);
                t->begun = false;
        }
        v->loaded = false;
        enum rc rc = ui_go(ui, view_triage.name, err);
        t = v->state;
        if (rc == RC_OK && t && t->skipped)
                ui_notice(ui, NOTICE_DONE, "%zu of those marked need%s nothing", t->skipped,
                          t->skipped == 1 ? "s" : "");
        return rc;
}

/* ---- the view ---- */

static enum rc view_open(struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        (void)err;
        arena_init(&t->arena);
        arena_init(&t->people_arena);
        t->detail = detail_create(v->ui);
        t->list = view_list(ui_view_named(v->ui, "incidents"));
        return RC_OK;
}

static enum rc view_load(struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        unsigned stale = v->stale & (unsigned)v->ops->topics;
        v->stale = 0;
        if (!t->begun)
                return triage_begin(v, err);
        triage_draft_save(v);
        if (t->in_detail)
                detail_show(t->detail, t->row.thing.id, true, err);
        bool own = t->own;
        t->own = false;
        bool others = stale & TOPIC_INCIDENTS && !own;
        if (others)
                triage_queue_look_anew(&t->queue);
        return others || t->queue.scan ? triage_look_again(v, err) : RC_OK;
}

static void view_save(struct view *v)
{
        triage_draft_save(v);
}

static void view_close(struct view *v)
{
        struct triage *t = state_of(v);
        triage_draft_save(v);
        triage_queue_finish(&t->queue);
        arena_finish(&t->arena);
        arena_finish(&t->people_arena);
        detail_destroy(t->detail);
}

static const char *view_current(const struct view *v, const char **ret_ref)
{
        const struct triage *t = state_of(v);
        *ret_ref = t->shown ? t->row.ref : NULL;
        return t->shown ? t->row.thing.id : NULL;
}

static bool view_back(struct view *v)
{
        struct triage *t = state_of(v);
        if (t->in_detail) {
                t->in_detail = false;
                return true;
        }
        triage_draft_save(v);
        t->begun = v->loaded = false;
        ui_drop_notice(v->ui); /* its keys are those of triage */
        ui_go(v->ui, v->ops->under, NULL);
        return true;
}

/* ---- commands ---- */

static bool has_one(const struct ui *ui, const struct view *v)
{
        (void)ui;
        return state_of(v)->shown && !state_of(v)->in_detail;
}

static bool has_before(const struct ui *ui, const struct view *v)
{
        struct triage_queue q = state_of(v)->queue;
        (void)ui;
        return !state_of(v)->in_detail && triage_queue_back(&q);
}

static enum rc back_to_one(struct ui *ui, struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        (void)ui;
        triage_draft_save(v);
        triage_queue_back(&t->queue);
        return triage_show(v, err);
}

static enum rc question_before(struct ui *ui, struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        (void)ui, (void)err;
        if (t->at > ASK_SEVERITY)
                t->at--;
        t->cursor = -1;
        return RC_OK;
}

static enum rc question_after(struct ui *ui, struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        (void)ui, (void)err;
        if (t->at < ASK_ACK)
                t->at++;
        t->cursor = -1;
        return RC_OK;
}

static enum rc note_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct view *v = ctx;
        const struct triage *t = state_of(v);
        struct ops_request r = {.verb = "note", .text = text, .occurred_ms = CLOCK_NONE};
        if (!t->shown)
                return err_set(err, RC_NOTFOUND, "no incident is shown any more");
        enum rc rc = ops_do(ui_ops(ui), t->row.thing.id, &r, err);
        if (rc == RC_OK) {
                ui_touched(ui, TOPIC_LOG);
                ui_notice(ui, NOTICE_DONE, "%s: noted", t->row.ref);
        }
        return rc;
}

static enum rc note(struct ui *ui, struct view *v, struct err *err)
{
        const struct triage *t = state_of(v);
        (void)err;
        AUTO_FREE char *sign = xasprintf("note on %s", t->row.ref);
        AUTO_FREE char *draft = xasprintf("note.%s", t->row.thing.id);
        prompt_open(ui, &(struct prompt){.sign = sign,
                                         .hint = "what happened, what was done",
                                         .draft = draft,
                                         .accept = note_given,
                                         .ctx = v});
        return RC_OK;
}

static enum rc whole_text(struct ui *ui, struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        (void)ui;
        t->in_detail = true;
        detail_turn_first(t->detail);
        return detail_show(t->detail, t->row.thing.id, true, err);
}

static enum rc leave(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        view_back(v);
        return RC_OK;
}

static const struct cmd cmds[] = {
        {.name = "triage.leave",
         .label = "leave",
         .flags = CMD_FOOT,
         .help = "Leave triage; what is answered is kept, T goes on",
         .run = leave},
        {.name = "triage.park",
         .label = "later",
         .flags = CMD_WRITES | CMD_FOOT,
         .when = has_one,
         .help = "Park this one until a time; then it comes back by itself",
         .run = triage_park},
        {.name = "triage.duplicate",
         .label = "same",
         .flags = CMD_WRITES | CMD_FOOT,
         .when = has_one,
         .help = "Close this one as the same as another, with a reason",
         .run = triage_duplicate},
        {.name = "triage.back",
         .label = "back",
         .flags = CMD_FOOT,
         .when = has_before,
         .help = "Back to the incident before, with its answers",
         .run = back_to_one},
        {.name = "triage.note",
         .label = "note",
         .flags = CMD_WRITES | CMD_FOOT,
         .when = has_one,
         .help = "Write a note into its log",
         .run = note},
        {.name = "triage.find",
         .label = "find",
         .when = has_one,
         .help = "Go to the next in the round that a filter line finds",
         .run = triage_find},
        {.name = "triage.text",
         .label = "whole text",
         .flags = CMD_FOOT,
         .when = has_one,
         .help = "Show the whole text, timeline and raw object; Esc returns",
         .run = whole_text},
        {.name = "triage.later",
         .label = "end of round",
         .flags = CMD_FOOT,
         .when = has_one,
         .help = "Put this one at the end of the round",
         .run = triage_later},
        {.name = "triage.question-before",
         .label = "ask again",
         .when = has_one,
         .help = "Go back to the question before",
         .run = question_before},
        {.name = "triage.question-after",
         .label = "next question",
         .when = has_one,
         .help = "Go to the next question and leave this one as it is",
         .run = question_after},
};

static const struct key keys[] = {
        {"Esc", "triage.leave"},
        {"z", "triage.park"},
        {"d", "triage.duplicate"},
        {"Z", "triage.later"},
        {"B", "triage.back"},
        {"N", "triage.note"},
        {"n", "triage.note"},
        {"t", "triage.text"},
        {"/", "triage.find"},
        {"F3", "triage.find"},
        {"F4", "triage.find"},
        {"Left", "triage.question-before"},
        {"Backspace", "triage.question-before"},
        {"Right", "triage.question-after"},
        {"Tab", "triage.question-after"},
};

const struct view_ops view_triage = {
        .name = "triage",
        .title = "Triage",
        .brief = "Triage",
        .under = "incidents",
        .noun = "incident",
        .topics = TOPIC_INCIDENTS | TOPIC_PARTICIPANTS | TOPIC_CLOCK,
        .state_size = sizeof(struct triage),
        .cmds = cmds,
        .cmd_count = ARRAY_LEN(cmds),
        .keys = keys,
        .key_count = ARRAY_LEN(keys),
        .open = view_open,
        .load = view_load,
        .draw = triage_draw,
        .chord = triage_chord,
        .back = view_back,
        .current = view_current,
        .save = view_save,
        .close = view_close,
};
