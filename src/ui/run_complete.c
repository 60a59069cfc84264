/*
 * Completing a step: its values one after the other, then a note; a question by its answers; a
 * playbook inside by its steps, or by hand.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "model/variable.h"
#include "ui/plan_words.h"
#include "ui/prompt.h"
#include "ui/run_view.h"

static struct run_view *state_of(const struct view *v)
{
        return v->state;
}

/* ---- an answer ------------------------------------------------------------------------------- */

static enum rc give_answer(struct view *v, const char *value, const char *label, struct err *err)
{
        AUTO_FREE char *said = xasprintf("answered %s", label);
        struct run_order *o = run_order_new(v, true, said);
        if (!o)
                return err_set(err, RC_NOTFOUND, "no step is chosen");
        run_order_add(o, PLAY_ANSWER)->value = arena_strdup(&o->arena, value);
        return run_order_end(o, err);
}

bool run_view_answer(struct view *v, int32_t chord)
{
        struct run_view *st = state_of(v);
        struct err err = {0};
        for (size_t i = 0; st->pane_is_read && i < st->pane.answer_count; i++) {
                if (st->pane.answers[i].chord != chord)
                        continue;
                struct step_answer answer = st->pane.answers[i];
                AUTO_FREE char *value = xstrdup(answer.value), *label = xstrdup(answer.label);
                if (give_answer(v, value, label, &err) != RC_OK)
                        ui_notice(v->ui, NOTICE_FAIL, "%s", err.text);
                return true;
        }
        return false;
}

static void answer_picked(struct ui *ui, void *ctx, const char *value)
{
        struct view *v = ctx;
        const struct plan_row *row = run_view_row(state_of(v));
        struct err err = {0};
        if (row && row->step &&
            give_answer(v, value, step_answer_word(row->step, value), &err) != RC_OK)
                ui_notice(ui, NOTICE_FAIL, "%s", err.text);
}

static void open_answers(struct view *v, const struct plan_row *row)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct step_pane *pane = &state_of(v)->pane;
        struct choice choices[STEP_ANSWERS_MAX];
        arena_init(&a);
        for (size_t i = 0; i < pane->answer_count; i++)
                choices[i] = (struct choice){.chord = pane->answers[i].chord,
                                             .label = pane->answers[i].label,
                                             .glyph = GLYPH_COUNT,
                                             .value = pane->answers[i].value};
        menu_open(v->ui, &(struct menu){.title = plan_title(row, &a),
                                        .choices = choices,
                                        .count = pane->answer_count,
                                        .picked = answer_picked,
                                        .ctx = v});
}

/* ---- values, then a note --------------------------------------------------------------------- */

/* One value after the other; .asked of them have been given. */
struct completing {
        struct run_order *order;
        const struct step *step; /* borrowed from the playbook */
        const struct playbook *playbook;
        size_t asked;
};

static void completing_free(void *ctx)
{
        struct completing *c = ctx;
        run_order_free(c->order);
        free(c);
}

static void ask_next(struct completing *c);

static const struct variable *variable_of(const struct completing *c, const char *name)
{
        int i = variable_find(c->step->variables, c->step->variable_count, name);
        if (i >= 0)
                return &c->step->variables[i];
        i = variable_find(c->playbook->variables, c->playbook->variable_count, name);
        return i >= 0 ? &c->playbook->variables[i] : NULL;
}

/* What people may say: yes and no, or the texts that decide something. */
static size_t words_of(const struct completing *c, struct arena *a, const char *const **ret)
{
        static const char *const yes_no[] = {"yes", "no"};
        const char *name = c->step->out_args[c->asked];
        const struct variable *v = variable_of(c, name);

        *ret = yes_no;
        if (v && v->type == VARIABLE_BOOL)
                return ARRAY_LEN(yes_no);
        return v && v->type == VARIABLE_STRING ? playbook_words(c->playbook, name, a, ret) : 0;
}

/* What comes next is asked with what is known so far; the prompt that has ended frees its own. */
static struct completing *go_on(struct completing *c)
{
        struct completing *next = xcalloc(1, sizeof(*next));
        *next = *c;
        c->order = NULL;
        return next;
}

static enum rc note_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct completing *c = ctx;
        struct run_doing *d = &c->order->list[c->order->count - 1];
        (void)ui;
        d->note = *text ? arena_strdup(&c->order->arena, text) : NULL;
        return run_order_do(c->order, err);
}

static bool read_value(const struct completing *c, const char *name, struct run_value *ret)
{
        const struct run *run = run_view_run(state_of(c->order->view));
        const char *place = c->order->list[0].place;
        return run && run_value_read(run, place ? run_step_at(run, place) : NULL, name, ret) &&
               ret->value;
}

/* At this step, by somebody, and it is the same still. */
static bool is_given(const struct completing *c, const char *name, const char *value)
{
        struct run_value now;
        return read_value(c, name, &now) && now.by && now.by->place &&
               strcmp(now.by->place, c->order->list[0].place) == 0 && strcmp(now.value, value) == 0;
}

static enum rc value_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct completing *c = ctx;
        const char *name = c->step->out_args[c->asked];
        const struct variable *v = variable_of(c, name);
        const char *value = playbook_value_read(c->playbook, v, text, &c->order->arena);
        (void)ui;
        if (!*text)
                return err_set(err, RC_INVALID, "a value is needed; Esc leaves the step open");
        if (v && variable_check(v, value, err) != RC_OK)
                return RC_INVALID;
        if (!is_given(c, name, value)) {
                struct run_doing *d = run_order_add(c->order, PLAY_SET);
                d->variable = name;
                d->value = arena_strdup(&c->order->arena, value);
        }
        c->asked++;
        ask_next(go_on(c));
        return RC_OK;
}

static size_t offer_words(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                          const char **ret, size_t max)
{
        const char *const *words;
        size_t count = words_of(ctx, a, &words), n = 0;
        (void)ui, (void)at;
        for (size_t i = 0; i < count && n < max; i++)
                if (strncasecmp(words[i], text, strlen(text)) == 0 && strcmp(words[i], text) != 0)
                        ret[n++] = words[i];
        return n;
}

/* A text that decides nothing goes the way of all others. */
static void value_typed(struct ui *ui, void *ctx, const char *text, char *ret_right,
                        size_t right_size, struct err *ret_error)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct completing *c = ctx;
        const struct variable *v = variable_of(c, c->step->out_args[c->asked]);
        const char *const *words;
        size_t count = words_of(c, &a, &words);
        (void)ui, (void)ret_error;
        *ret_right = '\0';
        text = playbook_value_read(c->playbook, v, text, &a);
        if (!*text || !v || v->type != VARIABLE_STRING)
                return;
        for (size_t i = 0; i < count; i++)
                if (strcmp(words[i], text) == 0)
                        return;
        if (count)
                snprintf(ret_right, right_size, "none of the words that decide");
}

/* "state of the backups: clean, doubtful or lost (text)" */
static char *hint_of(const struct variable *v)
{
        if (!v)
                return xstrdup("its value");
        if (v->type == VARIABLE_BOOL)
                return xasprintf("%s: yes or no", v->description ? v->description : "is it so");
        return xasprintf("%s (%s)", v->description ? v->description : "its value",
                         variable_wants(v));
}

static char *draft_of(const struct completing *c)
{
        const struct run_view *st = state_of(c->order->view);
        if (run_view_is_dry(st))
                return NULL;
        return xasprintf("run.%s.complete.%s", ops_run_row(st->run)->thing.id,
                         c->order->list[0].place);
}

static void ask_note(struct completing *c)
{
        AUTO_FREE char *sign = xasprintf("note on %s", c->order->number);
        AUTO_FREE char *draft = draft_of(c);
        run_order_add(c->order, PLAY_COMPLETE);
        prompt_open(c->order->view->ui,
                    &(struct prompt){.sign = sign,
                                     .hint = "what was done; or nothing: Enter completes the step",
                                     .draft = draft,
                                     .accept = note_given,
                                     .ctx = c,
                                     .free_ctx = completing_free});
}

static void ask_next(struct completing *c)
{
        if (c->asked >= c->step->out_count || c->order->count + 1 >= RUN_DOINGS_MAX) {
                ask_note(c);
                return;
        }
        CLEANUP(arena_finish) struct arena a = {0};
        const char *name = c->step->out_args[c->asked];
        arena_init(&a);
        AUTO_FREE char *whole = xasprintf("%s" VARIABLE_SUFFIX, name);
        AUTO_FREE char *hint = hint_of(variable_of(c, name));
        struct run_value known;
        const char *initial = read_value(c, name, &known) && known.by ? known.value : NULL;
        prompt_open(c->order->view->ui, &(struct prompt){.sign = variable_plain(whole, &a),
                                                         .hint = hint,
                                                         .initial = initial,
                                                         .changed = value_typed,
                                                         .complete = offer_words,
                                                         .accept = value_given,
                                                         .ctx = c,
                                                         .free_ctx = completing_free});
}

/* ---- a playbook inside ----------------------------------------------------------------------- */

#define BY_HAND "by hand"

static enum rc begin(struct view *v, const struct plan_row *row, struct err *err);

static void inside_picked(struct ui *ui, void *ctx, const char *value)
{
        struct view *v = ctx;
        const struct plan_row *row = run_view_row(state_of(v));
        struct err err = {0};
        if (!row)
                return;
        enum rc rc = strcmp(value, BY_HAND) == 0 ? begin(v, row, &err)
                                                 : give_answer(v, value, "its steps follow", &err);
        if (rc != RC_OK)
                ui_notice(ui, NOTICE_FAIL, "%s", err.text);
}

/* Steps of a playbook that is held can follow here. */
static enum rc ask_inside(struct view *v, const struct plan_row *row, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        arena_init(&a);
        const char *hash;
        if (ops_playbook_of_step(ui_ops(v->ui), row->step, &a, &hash, NULL) != RC_OK)
                return begin(v, row, err);
        const struct choice choices[] = {
                {.chord = 'a',
                 .label = "its steps follow here",
                 .glyph = GLYPH_COUNT,
                 .value = hash},
                {.chord = 'b',
                 .label = "it was done by hand",
                 .glyph = GLYPH_COUNT,
                 .value = BY_HAND},
        };
        menu_open(v->ui, &(struct menu){.title = row->title,
                                        .choices = choices,
                                        .count = ARRAY_LEN(choices),
                                        .picked = inside_picked,
                                        .ctx = v});
        return RC_OK;
}

/* ---- x --------------------------------------------------------------------------------------- */

static enum rc begin(struct view *v, const struct plan_row *row, struct err *err)
{
        struct run_order *o = run_order_new(v, true, "done");
        if (!o)
                return err_set(err, RC_NOTFOUND, "no step is chosen");
        run_order_add(o, PLAY_COMPLETE);
        enum rc rc = run_order_check(o, err);
        o->count = 0;
        if (rc != RC_OK) {
                run_order_free(o);
                return rc;
        }
        struct completing *c = xcalloc(1, sizeof(*c));
        *c = (struct completing){.order = o, .step = row->step, .playbook = row->playbook};
        ask_next(c);
        return RC_OK;
}

enum rc run_cmd_complete(struct ui *ui, struct view *v, struct err *err)
{
        const struct run_view *st = state_of(v);
        const struct plan_row *row = run_view_row(st);
        (void)ui;
        if (!row || row->kind != PLAN_STEP || !row->place)
                return err_set(err, RC_NOTFOUND, "no step is chosen");
        if (row->step->branch_count && row->step->type != STEP_PARALLEL) {
                v->ops->settle(v, NULL);
                if (st->pane.answer_count) {
                        open_answers(v, row);
                        return RC_OK;
                }
        }
        return row->step->type == STEP_PLAYBOOK ? ask_inside(v, row, err) : begin(v, row, err);
}
