/*
 * What else is known of a run: its times, what a newer version of its playbook would change, the
 * command that is copied.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/marking.h"
#include "model/when.h"
#include "ui/pager.h"
#include "ui/plan_words.h"
#include "ui/playbooks_view.h"
#include "ui/prompt.h"
#include "ui/run_view.h"
#include "ui_private.h"

#define TEXT_MAX       (4 << 20)
#define CHANGE_COLUMNS 16 /* in front of what a change is in */

static struct run_view *state_of(const struct view *v)
{
        return v->state;
}

static void copy(struct ui *ui, const struct run_view *st, size_t i)
{
        const struct step_copy *c = &st->pane.copies[i];
        free(ui->wants_copy);
        ui->wants_copy = xstrdup(c->text);
        if (st->pane.copy_count == 1)
                ui_notice(ui, NOTICE_DONE, "the command is copied; it is yours to run");
        else
                ui_notice(ui, NOTICE_DONE, "command %zu of %zu (%s) is copied; it is yours to run",
                          i + 1, st->pane.copy_count, c->type);
}

/* What others did meanwhile may have moved it: it is the one that was read. */
static void copy_picked(struct ui *ui, void *ctx, const char *value)
{
        const struct run_view *st = state_of(ctx);
        for (size_t i = 0; i < st->pane.copy_count; i++)
                if (strcmp(st->pane.copies[i].text, value) == 0) {
                        copy(ui, st, i);
                        return;
                }
        ui_notice(ui, NOTICE_FAIL, "that command is not in this step any more; nothing is copied");
}

/* Of several one is chosen. */
enum rc run_cmd_copy(struct ui *ui, struct view *v, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        static const char letters[STEP_COPIES_MAX + 1] = STEP_ANSWER_LETTERS;
        const struct run_view *st = state_of(v);
        const struct step_pane *pane = &st->pane;
        struct choice choices[STEP_COPIES_MAX];
        if (!pane->copy_count)
                return err_set(err, RC_NOTFOUND, "this step has no command");
        if (pane->copy_count == 1) {
                copy(ui, st, 0);
                return RC_OK;
        }
        for (size_t i = 0; i < pane->copy_count; i++)
                choices[i] = (struct choice){
                        .chord = letters[i],
                        .label = arena_printf(&a, "%s: %.*s", pane->copies[i].type,
                                              (int)strcspn(pane->copies[i].text, "\n"),
                                              pane->copies[i].text),
                        .glyph = GLYPH_COUNT,
                        .value = pane->copies[i].text};
        menu_open(ui, &(struct menu){.title = "Which command is copied?",
                                     .choices = choices,
                                     .count = pane->copy_count,
                                     .picked = copy_picked,
                                     .ctx = v});
        return RC_OK;
}

enum rc run_cmd_incident(struct ui *ui, struct view *v, struct err *err)
{
        const struct run_view *st = state_of(v);
        if (!st->has_about)
                return err_set(err, RC_NOTFOUND, "it is for no incident");
        AUTO_FREE char *id = xstrdup(st->about.thing.id);
        return ui_go_to_thing(ui, id, err);
}

static int marking_of(const struct run_view *st)
{
        const struct row *row = st->run && !ops_run_is_dry(st->run) ? ops_run_row(st->run) : NULL;
        int tlp = row ? thing_rank(&row->thing, "tlp") : run_view_run(st)->playbook->tlp;
        return tlp < 0 ? TLP_AMBER : tlp;
}

static const char *name_of(const struct run_view *st)
{
        const struct row *row = st->run && !ops_run_is_dry(st->run) ? ops_run_row(st->run) : NULL;
        return row && row->ref ? row->ref : "dry-run";
}

static void show_text(struct ui *ui, const struct run_view *st, const char *title,
                      const char *suffix, const char *text)
{
        AUTO_FREE char *head = xasprintf("%s %s", title, name_of(st));
        AUTO_FREE char *file = xasprintf("%s-%s.txt", name_of(st), suffix);
        pager_open(ui, &(struct pager){
                               .title = head, .tlp = marking_of(st), .text = text, .file = file});
}

/* ---- times ----------------------------------------------------------------------------------- */

static void add_time(struct str *out, const struct step_time *t)
{
        char total[WHEN_BYTES], expected[WHEN_BYTES] = "-";
        when_age(t->total_ms, total);
        if (t->expected_ms)
                when_age(t->expected_ms, expected);
        str_addf(out, "%10s  %10s  %s%s", total, expected, t->title,
                 t->open ? "  (still open)" : "");
        if (t->count > 1)
                str_addf(out, "  (%zu times)", t->count);
        str_addc(out, '\n');
}

enum rc run_cmd_report(struct ui *ui, struct view *v, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct run_view *st = state_of(v);
        const struct run *run = run_view_run(st);
        struct plan_progress progress;
        struct run_times times;
        struct str out;
        char total[WHEN_BYTES];
        if (!run)
                return err_set(err, RC_CONFLICT, "nobody has started it");
        if (run_view_is_dry(st)) {
                AUTO_FREE char *playbook = xstrdup(st->playbook);
                return playbook_show_times(ui, playbook, err);
        }
        arena_init(&a);
        str_init(&out, TEXT_MAX);
        run_times(run, ui_now_ms(ui), &a, &times);
        plan_progress(&st->plan, ui_now_ms(ui), &progress);
        when_age(times.total_ms, total);
        str_addf(&out, "%s\n\n%s\nIt %s %s.\n\n", run->playbook->name ? run->playbook->name : "",
                 plan_progress_words(&progress, ", ", &a),
                 run->state == RUN_IS_ON ? "has been running for" : "took", total);
        if (times.count)
                str_addf(&out, "%10s  %10s  %s\n", "took", "expected", "step, the slowest first");
        for (size_t i = 0; i < times.count; i++)
                add_time(&out, &times.steps[i]);
        AUTO_FREE char *text = str_take(&out);
        show_text(ui, st, "How long it took,", "times", text);
        return RC_OK;
}

/* ---- another version ------------------------------------------------------------------------- */

static void add_change(struct str *out, const struct playbook_change *c)
{
        static const char *const words[] = {[CHANGE_ADDED] = "added",
                                            [CHANGE_REMOVED] = "removed",
                                            [CHANGE_CHANGED] = "changed"};
        const char *at = c->variable ? "value" : c->number ? c->number : "";
        str_addf(out, "%-8s  %-6s  %s\n", words[c->kind], at, c->title ? c->title : c->id);
        if (c->before)
                str_addf(out, "%*s  before: %s\n", CHANGE_COLUMNS, "", c->before);
        if (c->what)
                str_addf(out, "%*s  differs in: %s\n", CHANGE_COLUMNS, "", c->what);
}

static void add_changes(struct str *out, const struct playbook_diff *diff)
{
        str_addf(out, "Steps: %zu added, %zu removed, %zu changed.\n", diff->added, diff->removed,
                 diff->changed);
        if (diff->head)
                str_addf(out, "The playbook itself: %s.\n", diff->head);
        str_addc(out, '\n');
        for (size_t i = 0; i < diff->count; i++)
                add_change(out, &diff->changes[i]);
}

static void add_loss(struct str *out, const struct run *run, const struct run_loss *loss,
                     struct arena *a)
{
        const struct play_event *e = loss->event;
        const struct play_verb_row *verb = play_verb_row(e->verb);
        const struct run_step *s = e->place ? run_step_newest(run, e->place) : NULL;
        str_addf(out, "  %s%s%s by %s, %s\n", s ? run_title(run, s, a) : "", s ? ": " : "",
                 verb ? verb->name : "", e->who, loss->why);
}

static void add_entries(struct str *out, const struct run *run, const struct run_loss *list,
                        size_t count, struct arena *a)
{
        for (size_t i = 0; i < count; i++)
                add_loss(out, run, &list[i], a);
}

static void add_losses(struct str *out, const struct run *run, const struct run_move *move,
                       struct arena *a)
{
        if (!move->count)
                str_add(out, "\nNothing that was done is lost by going over to it.\n");
        else
                str_addf(out,
                         "\nBy going over to it %zu %s would not count any more; the log keeps "
                         "%s:\n",
                         move->count, move->count == 1 ? "answer" : "answers",
                         move->count == 1 ? "it" : "them");
        add_entries(out, run, move->losses, move->count, a);
        if (move->waiting_count)
                str_addf(out,
                         "\nSomething new stands before what was done: %zu %s when the run gets "
                         "there:\n",
                         move->waiting_count,
                         move->waiting_count == 1 ? "answer counts" : "answers count");
        add_entries(out, run, move->waiting, move->waiting_count, a);
}

static enum rc compare(struct view *v, struct arena *a, struct playbook_diff *diff,
                       struct run_move *move, struct err *err)
{
        struct run_view *st = state_of(v);
        const char *hash = st->run ? ops_run_newer(st->run) : NULL;
        if (!hash)
                return err_set(err, RC_NOTFOUND, "there is no newer version of its playbook");
        return ops_run_compare(st->run, hash, a, diff, move, err);
}

enum rc run_cmd_differences(struct ui *ui, struct view *v, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct playbook_diff diff;
        struct run_move move;
        struct str out;
        arena_init(&a);
        enum rc rc = compare(v, &a, &diff, &move, err);
        if (rc != RC_OK)
                return rc;
        str_init(&out, TEXT_MAX);
        str_add(&out, "A newer version of its playbook is here. The run stays with its own until\n"
                      "somebody says otherwise: v in the menu m goes over to the newer one.\n\n");
        add_changes(&out, &diff);
        add_losses(&out, run_view_run(state_of(v)), &move, &a);
        AUTO_FREE char *text = str_take(&out);
        show_text(ui, state_of(v), "What the newer version changes in", "differences", text);
        return RC_OK;
}

static void moved(struct ui *ui, void *ctx)
{
        struct view *v = ctx;
        const char *hash = ops_run_newer(state_of(v)->run);
        struct run_order *o = run_order_new(v, false, "it goes by the newer version");
        struct err err = {0};
        if (!hash) {
                run_order_free(o);
                return;
        }
        run_order_add(o, PLAY_MOVE)->value = arena_strdup(&o->arena, hash);
        if (run_order_end(o, &err) != RC_OK)
                ui_notice(ui, NOTICE_FAIL, "%s", err.text);
}

static char *what_becomes_of(const struct run_move *move)
{
        if (move->count)
                return xasprintf("%zu that was done would not count any more; D names it; u goes "
                                 "back",
                                 move->count);
        if (move->waiting_count)
                return xasprintf("Nothing that was done is lost; %zu of it counts when the run "
                                 "gets there; u goes back",
                                 move->waiting_count);
        return xstrdup("Nothing that was done is lost; u goes back");
}

enum rc run_cmd_move(struct ui *ui, struct view *v, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct playbook_diff diff;
        struct run_move move;
        arena_init(&a);
        enum rc rc = compare(v, &a, &diff, &move, err);
        if (rc != RC_OK)
                return rc;
        AUTO_FREE char *what = what_becomes_of(&move);
        confirm_open(ui, &(struct confirm){.question = "Go over to the newer version?",
                                           .consequence = what,
                                           .yes = "Go over",
                                           .confirmed = moved,
                                           .ctx = v});
        return RC_OK;
}
