/*
 * The menu of the clocks of an incident: start a law's, file a report, stop what should not run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "ui/clock_forms.h"
#include "ui/countdown.h"
#include "ui/incident_cmds.h"
#include "ui/prompt.h"

#define CHOICES_MAX 36
#define NOTE_MAX    64
#define VALUE_MAX   (CLOCK_ELEMENT_BYTES + 8)

static struct list *list_of(const struct view *v)
{
        return ((struct list_view *)v->state)->list;
}

/* ---- the clocks of the current incident ---------------------------------------------------- */

struct current {
        struct arena arena;
        struct ops_view view;
        struct clock_list clocks;
};

static enum rc current_read(struct view *v, struct current *ret, struct err *err)
{
        const struct row *row = list_current(list_of(v));
        struct ops *ops = ui_ops(v->ui);
        enum rc rc;

        arena_init(&ret->arena);
        if (!row)
                return err_set(err, RC_NOTFOUND, "no incident is chosen");
        rc = ops_view(ops, row->thing.id, CLOCK_NONE, &ret->arena, &ret->view, err);
        if (rc == RC_OK)
                clocks_derive(ops->law, &ret->view.folded, &ret->arena, &ret->clocks);
        return rc;
}

/* ---- the menu ------------------------------------------------------------------------------ */

/* Values are "V RULE@ANCHOR" or "s REGIME"; the menu copies them. */
struct offers {
        struct choice list[CHOICES_MAX];
        size_t count;
        struct arena *a;
};

static void offer(struct offers *o, int32_t chord, const char *label, const char *note,
                  const char *value)
{
        if (o->count < CHOICES_MAX)
                o->list[o->count++] = (struct choice){.chord = chord,
                                                      .label = arena_strdup(o->a, label),
                                                      .note = arena_strdup(o->a, note),
                                                      .value = arena_strdup(o->a, value),
                                                      .glyph = GLYPH_COUNT};
}

static void offer_clock(struct offers *o, char verb, int32_t chord, const struct clock *c,
                        int64_t now)
{
        char element[CLOCK_ELEMENT_BYTES], value[VALUE_MAX], note[NOTE_MAX] = "no fixed time";
        const char *what = verb == 'x' ? "stop" : c->state == CLOCK_FILED ? "correct" : "file";
        AUTO_FREE char *label = xasprintf("%s %s", what, c->label);
        struct countdown left;

        clock_element_write(c->rule_id, c->anchor_ms, CLOCK_NONE, element);
        snprintf(value, sizeof(value), "%c %s", verb, element);
        if (c->due_ms != CLOCK_NONE) {
                countdown_read(c->due_ms, now, &left);
                snprintf(note, sizeof(note), left.is_late ? "%s late" : "%s left", left.text);
        }
        if (c->state == CLOCK_FILED)
                snprintf(note, sizeof(note), "filed already");
        offer(o, chord, label, note, value);
}

static void offer_filings(struct offers *o, const struct clock_list *list, int64_t now)
{
        int32_t digit = '1';

        for (size_t i = 0; i < list->count && digit <= '9'; i++)
                if (list->clocks[i].state == CLOCK_RUNNING)
                        offer_clock(o, 'f', digit++, &list->clocks[i], now);
        for (size_t i = 0; i < list->count && digit <= '9'; i++)
                if (list->clocks[i].state == CLOCK_FILED)
                        offer_clock(o, 'f', digit++, &list->clocks[i], now);
}

static bool has_set(const struct clock_regime *regime)
{
        for (size_t i = 0; i < regime->rule_count; i++)
                if (regime->rules[i].starts)
                        return true;
        return false;
}

/* The first letter of its name that is free. */
static int32_t free_letter(const struct offers *o, const char *name)
{
        for (const char *p = name; *p; p++) {
                bool taken = *p == 'x' || *p < 'a' || *p > 'z';

                for (size_t i = 0; !taken && i < o->count; i++)
                        taken = o->list[i].chord == *p;
                if (!taken)
                        return *p;
        }
        return CHORD_NONE;
}

static void offer_regimes(struct offers *o, const struct clock_law *law)
{
        for (size_t i = 0; i < clock_regime_count(law); i++) {
                const struct clock_regime *regime = clock_regime_at(law, i);
                int32_t letter = free_letter(o, regime->name);
                char value[VALUE_MAX];

                if (!has_set(regime) || letter == CHORD_NONE)
                        continue;
                AUTO_FREE char *label = xasprintf("start %s", regime->name);
                snprintf(value, sizeof(value), "s %s", regime->name);
                offer(o, letter, label, regime->title, value);
        }
}

static const struct clock *clock_of(const struct current *cur, const char *element)
{
        struct clock_element e;

        for (size_t i = 0; clock_element_read(element, &e) && i < cur->clocks.count; i++)
                if (cur->clocks.clocks[i].anchor_ms == e.anchor_ms &&
                    strcmp(cur->clocks.clocks[i].rule_id, e.rule) == 0)
                        return &cur->clocks.clocks[i];
        return NULL;
}

static void stop_picked(struct view *v, const char *element)
{
        struct clock_element e;
        struct ops_field details[2] = {{"rule", e.rule}, {"anchor", NULL}};
        char stamp[STAMP_BYTES];

        if (!clock_element_read(element, &e))
                return;
        stamp_format(e.anchor_ms, stamp);
        details[1].value = stamp;
        list_unmark(list_of(v));
        thing_ask_reason(v,
                         &(struct ops_request){.verb = "stop",
                                               .details = details,
                                               .detail_count = 2,
                                               .occurred_ms = CLOCK_NONE},
                         "why it does not run any more; it is kept");
}

static void ask_stop(struct view *v, const struct current *cur);

static void picked(struct ui *ui, void *ctx, const char *value)
{
        struct view *v = ctx;
        struct current cur;
        struct err err = {0};

        if (value[0] == 's') {
                clock_start_open(v, value + 2);
                return;
        }
        if (current_read(v, &cur, &err) != RC_OK) {
                ui_notice(ui, NOTICE_FAIL, "%s", err.text);
        } else if (value[0] == 'x' && value[1]) {
                stop_picked(v, value + 2);
        } else if (value[0] == 'x') {
                ask_stop(v, &cur);
        } else {
                const struct clock *c = clock_of(&cur, value + 2);

                if (c)
                        clock_file_open(v, &cur.view.row, c);
        }
        arena_finish(&cur.arena);
}

static void show_menu(struct view *v, const char *title, const struct offers *o)
{
        menu_open(v->ui, &(struct menu){.title = title,
                                        .choices = o->list,
                                        .count = o->count,
                                        .picked = picked,
                                        .ctx = v});
}

static size_t running(const struct clock_list *list)
{
        size_t n = 0;

        for (size_t i = 0; i < list->count; i++)
                n += list->clocks[i].state == CLOCK_RUNNING;
        return n;
}

static void ask_stop(struct view *v, const struct current *cur)
{
        struct offers *o = xcalloc(1, sizeof(*o));
        struct arena a = {0};
        AUTO_FREE char *title = xasprintf("Stop a clock of %s", cur->view.row.ref);
        int32_t digit = '1';

        arena_init(&a);
        o->a = &a;
        for (size_t i = 0; i < cur->clocks.count && digit <= '9'; i++)
                if (cur->clocks.clocks[i].state == CLOCK_RUNNING)
                        offer_clock(o, 'x', digit++, &cur->clocks.clocks[i], ui_now_ms(v->ui));
        show_menu(v, title, o);
        arena_finish(&a);
        free(o);
}

enum rc incident_cmd_clocks(struct ui *ui, struct view *v, struct err *err)
{
        struct current cur;
        struct offers *o = xcalloc(1, sizeof(*o));
        enum rc rc = current_read(v, &cur, err);

        o->a = &cur.arena;
        if (rc == RC_OK) {
                offer_filings(o, &cur.clocks, ui_now_ms(ui));
                offer_regimes(o, ui_ops(ui)->law);
                if (running(&cur.clocks))
                        offer(o, 'x', "stop one", "needs a reason", "x");
                if (!o->count)
                        rc = err_set(err, RC_NOTFOUND,
                                     "no rules of clocks are installed (data/clocks)");
        }
        if (rc == RC_OK) {
                AUTO_FREE char *title = xasprintf("Clocks of %s", cur.view.row.ref);

                show_menu(v, title, o);
        }
        arena_finish(&cur.arena);
        free(o);
        return rc;
}
