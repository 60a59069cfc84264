/*
 * What can be done to a step and to the run: each asks for what it needs, and makes one act.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/ident.h"
#include "model/when.h"
#include "ui/plan_words.h"
#include "ui/prompt.h"
#include "ui/run_view.h"
#include "ui_private.h"

#define NAMES_MAX 60

static struct run_view *state_of(const struct view *v)
{
        return v->state;
}

/* ---- asking for a line ----------------------------------------------------------------------- */

/* What stands in front of what is typed: "why 10 is skipped". */
struct asking {
        const char *sign, *hint, *history;
        bool draft; /* what is half typed is kept */
        enum rc (*accept)(struct ui *ui, void *ctx, const char *text, struct err *err);
        size_t (*complete)(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                           const char **ret, size_t max);
};

static char *draft_of(const struct run_order *o)
{
        const struct run_view *st = state_of(o->view);
        const struct row *row = st->run ? ops_run_row(st->run) : NULL;
        const struct play_verb_row *verb = play_verb_row(o->list[0].verb);
        if (run_view_is_dry(st) || !row)
                return NULL;
        return xasprintf("run.%s.%s.%s", row->thing.id, verb ? verb->name : "",
                         o->list[0].place ? o->list[0].place : "");
}

/* The order is the prompt's from now on. */
static enum rc ask(struct run_order *o, const struct asking *q, struct err *err)
{
        if (!o)
                return err_set(err, RC_NOTFOUND, "no step is chosen");
        enum rc rc = run_order_check(o, err);
        if (rc != RC_OK) {
                run_order_free(o);
                return rc;
        }
        AUTO_FREE char *sign =
                o->number ? xasprintf("%s %s", q->sign, o->number) : xstrdup(q->sign);
        AUTO_FREE char *draft = q->draft ? draft_of(o) : NULL;
        prompt_open(o->view->ui, &(struct prompt){.sign = sign,
                                                  .hint = q->hint,
                                                  .history = q->history,
                                                  .draft = draft,
                                                  .complete = q->complete,
                                                  .accept = q->accept,
                                                  .ctx = o,
                                                  .free_ctx = run_order_free});
        return RC_OK;
}

static struct run_order *order(struct view *v, bool step, enum play_verb verb, const char *said)
{
        struct run_order *o = run_order_new(v, step, said);
        if (o)
                run_order_add(o, verb);
        return o;
}

static const char *keep(struct run_order *o, const char *text)
{
        return *text ? arena_strdup(&o->arena, text) : NULL;
}

static enum rc note_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct run_order *o = ctx;
        (void)ui;
        o->list[o->count - 1].note = keep(o, text);
        return run_order_do(o, err);
}

static enum rc needed_note_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        if (!*text)
                return err_set(err, RC_INVALID, "nothing was typed; Esc leaves it");
        return note_given(ui, ctx, text, err);
}

static enum rc reason_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct run_order *o = ctx;
        (void)ui;
        if (!*text)
                return err_set(err, RC_INVALID, "a reason is needed; Esc leaves it as it is");
        o->list[0].reason = keep(o, text);
        return run_order_do(o, err);
}

static enum rc value_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct run_order *o = ctx;
        (void)ui;
        o->list[0].value = arena_strdup(&o->arena, text);
        return run_order_do(o, err);
}

/* ---- who ------------------------------------------------------------------------------------- */

static void add_name(const char **names, size_t *count, const char *name)
{
        for (size_t i = 0; name && i < *count; i++)
                if (strcmp(names[i], name) == 0)
                        return;
        if (name && *name && *count < NAMES_MAX)
                names[(*count)++] = name;
}

/* Who is here, and who has done anything in this run. */
static size_t complete_name(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                            const char **ret, size_t max)
{
        const struct run_order *o = ctx;
        const struct run *run = run_view_run(state_of(o->view));
        const char *names[NAMES_MAX];
        size_t count = 0, n = 0;
        (void)at;
        add_name(names, &count, ui_ops(ui)->operator);
        for (size_t i = run ? run->log_count : 0; i-- > 0 && count < NAMES_MAX;)
                add_name(names, &count, run->log[i].event->who);
        for (size_t i = 0; i < count && n < max; i++)
                if (strncmp(names[i], text, strlen(text)) == 0 && strcmp(names[i], text) != 0)
                        ret[n++] = arena_strdup(a, names[i]);
        return n;
}

static enum rc owner_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        const char *me = ui_ops(ui)->operator;
        return value_given(ui, ctx, strcmp(text, "me") == 0 && me ? me : text, err);
}

static enum rc heir_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        if (!*text)
                return err_set(err, RC_INVALID, "say to whom; Esc leaves it");
        return owner_given(ui, ctx, text, err);
}

enum rc run_cmd_owner(struct ui *ui, struct view *v, struct err *err)
{
        static const struct asking q = {.sign = "owner of",
                                        .hint = "a name, or me; nothing: nobody",
                                        .accept = owner_given,
                                        .complete = complete_name};
        (void)ui;
        return ask(order(v, true, PLAY_OWNER, "its owner is said"), &q, err);
}

enum rc run_cmd_hand_over(struct ui *ui, struct view *v, struct err *err)
{
        static const struct asking q = {.sign = "hand the run over to",
                                        .hint = "a name; what you have open in it goes along",
                                        .accept = heir_given,
                                        .complete = complete_name};
        (void)ui;
        return ask(order(v, false, PLAY_HAND_OVER, "handed over"), &q, err);
}

/* ---- done, failed, left out ------------------------------------------------------------------ */

enum rc run_cmd_fail(struct ui *ui, struct view *v, struct err *err)
{
        static const struct asking q = {.sign = "what went wrong in",
                                        .hint = "in a few words",
                                        .history = "reason",
                                        .draft = true,
                                        .accept = note_given};
        (void)ui;
        return ask(order(v, true, PLAY_FAIL, "failed"), &q, err);
}

enum rc run_cmd_skip(struct ui *ui, struct view *v, struct err *err)
{
        static const struct asking q = {.sign = "why leave out",
                                        .hint = "a reason; it is kept",
                                        .history = "reason",
                                        .draft = true,
                                        .accept = reason_given};
        (void)ui;
        return ask(order(v, true, PLAY_SKIP, "skipped"), &q, err);
}

enum rc run_cmd_not_applicable(struct ui *ui, struct view *v, struct err *err)
{
        static const struct asking q = {.sign = "why nothing to do in",
                                        .hint = "a reason; it is kept",
                                        .history = "reason",
                                        .draft = true,
                                        .accept = reason_given};
        (void)ui;
        return ask(order(v, true, PLAY_NOT_APPLICABLE, "not applicable"), &q, err);
}

enum rc run_cmd_sign(struct ui *ui, struct view *v, struct err *err)
{
        const struct plan_row *row = run_view_row(state_of(v));
        (void)ui;
        if (!row || !row->place || row->state != STEP_IS_TO_SIGN)
                return err_set(err, RC_CONFLICT, "nothing is to be signed in this step");
        AUTO_FREE char *place = xstrdup(row->place), *number = xstrdup(row->number);
        run_ask_second(v, place, number, NULL);
        return RC_OK;
}

/* ---- what is kept with it -------------------------------------------------------------------- */

enum rc run_cmd_note(struct ui *ui, struct view *v, struct err *err)
{
        static const struct asking q = {.sign = "note on",
                                        .hint = "what happened, what was done",
                                        .draft = true,
                                        .accept = needed_note_given};
        (void)ui;
        return ask(order(v, true, PLAY_NOTE, "noted"), &q, err);
}

/* A file that is there is kept by its name and hash; anything else is what it says. */
static enum rc evidence_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct run_order *o = ctx;
        (void)ui;
        if (!*text)
                return err_set(err, RC_INVALID, "a text, a reference or a file; Esc leaves it");
        bool path = ops_run_is_file(text);
        o->list[0].file = path ? arena_strdup(&o->arena, text) : NULL;
        o->list[0].value = path ? NULL : arena_strdup(&o->arena, text);
        return run_order_do(o, err);
}

enum rc run_cmd_evidence(struct ui *ui, struct view *v, struct err *err)
{
        static const struct asking q = {
                .sign = "evidence for",
                .hint = "a text, a reference, or ./FILE: its name and SHA-256 are kept",
                .draft = true,
                .accept = evidence_given};
        (void)ui;
        return ask(order(v, true, PLAY_EVIDENCE, "evidence is kept"), &q, err);
}

static enum rc due_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        char stamp[STAMP_BYTES] = "";
        int64_t ms;
        if (*text) {
                enum rc rc = when_read_ahead(text, ui_now_ms(ui), &ms, err);
                if (rc != RC_OK)
                        return rc;
                stamp_format(ms, stamp);
        }
        return value_given(ui, ctx, stamp, err);
}

enum rc run_cmd_due(struct ui *ui, struct view *v, struct err *err)
{
        static const struct asking q = {
                .sign = "due",
                .hint = "+4h, tomorrow 08:00, 24 Nov 19:00; nothing: as the playbook has it",
                .accept = due_given};
        (void)ui;
        return ask(order(v, true, PLAY_DUE, "its due time is said"), &q, err);
}

/* ---- the run --------------------------------------------------------------------------------- */

enum rc run_cmd_pause(struct ui *ui, struct view *v, struct err *err)
{
        const struct run *run = run_view_run(state_of(v));
        (void)ui;
        bool paused = run && run->paused;
        return run_order_end(order(v, false, paused ? PLAY_RESUME : PLAY_PAUSE,
                                   paused ? "it goes on" : "paused, P goes on"),
                             err);
}

enum rc run_cmd_cancel(struct ui *ui, struct view *v, struct err *err)
{
        static const struct asking q = {.sign = "why end the run here",
                                        .hint = "a reason; it is kept",
                                        .history = "reason",
                                        .draft = true,
                                        .accept = reason_given};
        (void)ui;
        return ask(order(v, false, PLAY_CANCEL, "cancelled"), &q, err);
}

enum rc run_cmd_settle(struct ui *ui, struct view *v, struct err *err)
{
        const struct plan_row *row = run_view_row(state_of(v));
        (void)ui;
        if (!row || !row->run_step || !row->run_step->conflicts)
                return err_set(err, RC_CONFLICT, "nobody contradicted anybody in this step");
        return run_order_end(order(v, true, PLAY_SETTLE, "what holds, holds"), err);
}

enum rc run_view_undo(struct view *v, char **ret_sentence, struct err *err)
{
        struct run_view *st = state_of(v);
        if (!st->run)
                return err_set(err, RC_NOTFOUND, "there is nothing to undo");
        enum rc rc = ops_run_undo(st->run, ret_sentence, err);
        run_view_plan(v, rc != RC_OK);
        return rc;
}

static void menu_picked(struct ui *ui, void *ctx, const char *value)
{
        const struct cmd *cmd = cmd_find(ui, value);
        struct err err = {0};
        (void)ctx;
        enum rc rc = cmd ? cmd_run(ui, cmd, &err) : RC_NOTFOUND;
        if (rc != RC_OK)
                ui_say_failure(ui, rc, &err);
}

/* What has a letter here works also by its name, and some of it by a key of its own. */
enum rc run_cmd_menu(struct ui *ui, struct view *v, struct err *err)
{
        static const struct {
                int32_t chord;
                const char *cmd;
        } rows[] = {{'s', "run.settle"}, {'n', "run.not-applicable"}, {'t', "run.due"},
                    {'p', "run.pause"},  {'h', "run.hand-over"},      {'d', "run.differences"},
                    {'v', "run.move"},   {'c', "run.copy-command"},   {'i', "run.incident"},
                    {'r', "run.report"}, {'e', "run.cancel"}};
        struct choice choices[ARRAY_LEN(rows)];
        size_t count = 0;
        (void)v, (void)err;
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                const struct cmd *cmd = cmd_find(ui, rows[i].cmd);
                if (cmd && cmd_is_possible(ui, cmd))
                        choices[count++] = (struct choice){.chord = rows[i].chord,
                                                           .label = cmd->help,
                                                           .glyph = GLYPH_COUNT,
                                                           .value = cmd->name};
        }
        menu_open(ui, &(struct menu){.title = "This run",
                                     .choices = choices,
                                     .count = count,
                                     .picked = menu_picked});
        return RC_OK;
}
