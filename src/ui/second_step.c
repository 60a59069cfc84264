/*
 * Steps of a request that one asks for and another confirms: once one is asked for the second
 * person is asked for at once, and again when who asked chooses to confirm it.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "model/rules.h"
#include "ui/sign_in.h"
#include "ui/thing_cmds.h"

#define ASKING    "asking"
#define ASKED_BY  "asked_by"
#define CONFIRM   "confirm"
#define SIGNED_AS "confirmed_by"

struct step {
        struct view *view;
        struct arena arena;
        const char **ids;
        size_t count;
};

static void step_free(void *ctx)
{
        struct step *s = ctx;
        arena_finish(&s->arena);
        free(s);
}

static struct list *list_of(const struct view *v)
{
        return ((struct list_view *)v->state)->list;
}

static bool is_of(const struct verb *verb, const char *field)
{
        return verb && verb->field && strcmp(verb->field, field) == 0;
}

bool thing_waits_for_second(const struct thing *t)
{
        const struct verb *confirm = verb_find(t->kind, CONFIRM);
        return is_of(confirm, SIGNED_AS) && !verb_may_not(confirm, t);
}

/* ---- the second person is there ---- */

static void say_confirmed(struct ui *ui, const struct step *s, const struct ops_person *person)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;
        if (s->count > 1)
                ui_notice(ui, NOTICE_DONE, "%zu %s: confirmed by %s", s->count,
                          list_noun(list_of(s->view), s->count), person->name);
        else if (thing_by_id(ui_ops(ui)->store, s->ids[0], &a, &row, NULL) == RC_OK)
                ui_notice(ui, NOTICE_DONE, "%s: confirmed by %s; it is %s now", row.ref,
                          person->name, thing_text(&row.thing, "state"));
}

static void confirmed(struct ui *ui, void *ctx, const struct ops_person *person)
{
        const struct step *s = ctx;
        const struct ops_request r = {.verb = CONFIRM, .occurred_ms = CLOCK_NONE};
        struct err err = {0};
        struct ops as;
        ops_as(ui_ops(ui), person, &as);
        if (ops_do_all(&as, s->ids, s->count, &r, &err) != RC_OK) {
                ui_notice(ui, NOTICE_FAIL, "%s", err.text);
                return;
        }
        list_touch(list_of(s->view));
        ui_touched(ui, topics_of_kind(list_kind(list_of(s->view))));
        say_confirmed(ui, s, person);
}

/* ---- asking for one ---- */

static char *question_of(const struct step *s, const struct row *row)
{
        const char *step = thing_text(&row->thing, ASKING);
        char *text = s->count > 1 ? xasprintf("%s %zu %s?", step, s->count,
                                              list_noun(list_of(s->view), s->count))
                                  : xasprintf("%s %s?", step, row->ref);
        text[0] = (char)toupper((unsigned char)text[0]);
        return text;
}

static void ask(struct view *v, const char *const *ids, size_t count)
{
        struct step *s = xcalloc(1, sizeof(*s));
        struct row row;
        arena_init(&s->arena);
        s->view = v;
        s->ids = arena_array(&s->arena, count + 1, sizeof(*s->ids));
        for (size_t i = 0; i < count; i++)
                if (thing_by_id(ui_ops(v->ui)->store, ids[i], &s->arena, &row, NULL) == RC_OK &&
                    thing_waits_for_second(&row.thing))
                        s->ids[s->count++] = row.thing.id;
        if (!s->count) {
                step_free(s);
                return;
        }
        thing_by_id(ui_ops(v->ui)->store, s->ids[0], &s->arena, &row, NULL);
        AUTO_FREE char *question = question_of(s, &row);
        ui_second_person(v->ui, &(struct second_person){.question = question,
                                                        .confirmed = confirmed,
                                                        .ctx = s,
                                                        .free_ctx = step_free});
}

void thing_second_after(struct view *v, const char *verb, const char *const *ids, size_t count)
{
        if (is_of(verb_find(list_kind(list_of(v)), verb), ASKING))
                ask(v, ids, count);
}

static bool asked_by_me(const struct row *row, void *ctx)
{
        const char *by = thing_text(&row->thing, ASKED_BY), *me = ctx;
        return thing_waits_for_second(&row->thing) && by && strcasecmp(by, me) == 0;
}

bool thing_second_instead(struct view *v, const char *verb)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct ops *ops = ui_ops(v->ui);
        AUTO_FREE char *me = xstrdup(ops->operator ? ops->operator : "");
        const char *const *ids;
        if (!is_of(verb_find(list_kind(list_of(v)), verb), SIGNED_AS) ||
            !thing_any(v, asked_by_me, me))
                return false;
        size_t count = list_targets(list_of(v), &a, &ids);
        ask(v, ids, count);
        return true;
}
