/*
 * Settling conflicts from the view Exchange: what is chosen, ours, theirs or what stood before, for
 * the one under the cursor or all that are marked. It is the verb `settle`, so that undo, log and
 * command line know it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/when.h"
#include "ui/exchange_view.h"
#include "ui/prompt.h"
#include "ui/ui.h"

#define FIELDS_MAX 8 /* of a group */

static struct exchange *state_of(const struct view *v)
{
        return v->state;
}

static const struct exchange_item *current_conflict(const struct view *v)
{
        const struct exchange *x = v->state;
        const struct exchange_item *item = x ? exchange_current(x) : NULL;
        return item && item->c ? item : NULL;
}

/* ---- what is taken ---- */

enum taking { TAKE_CHOSEN, TAKE_OURS, TAKE_THEIRS, TAKE_BEFORE };
#define NOTHING SIZE_MAX

static size_t only_word(const struct conflict *c, bool ours)
{
        size_t found = NOTHING;
        for (size_t i = 0; i < c->count; i++) {
                if (c->words[i].ours != ours)
                        continue;
                if (found != NOTHING)
                        return NOTHING;
                found = i;
        }
        return found;
}

/* Which choice that is; NOTHING: it has none, or several. */
static size_t what_is_taken(const struct exchange *x, const struct conflict *c, enum taking t)
{
        switch (t) {
        case TAKE_CHOSEN: return x->mark_count ? choice_in_force(c) : choice_now(x, c);
        case TAKE_OURS: return only_word(c, true);
        case TAKE_THEIRS: return only_word(c, false);
        case TAKE_BEFORE: return choice_count(c) > c->count ? c->count : NOTHING;
        }
        return NOTHING;
}

static bool is_target(const struct exchange *x, const struct exchange_item *item)
{
        return item->c && (item->marked || (!x->mark_count && item == exchange_current(x)));
}

static size_t count_targets(const struct exchange *x, enum taking t, size_t *ret_other)
{
        size_t n = 0;
        *ret_other = 0;
        for (size_t i = 0; i < x->item_count; i++) {
                if (!is_target(x, &x->items[i]))
                        continue;
                bool can = what_is_taken(x, x->items[i].c, t) != NOTHING;
                n += can;
                *ret_other += !can;
        }
        return n;
}

static bool can_take(const struct view *v, enum taking t)
{
        size_t other;
        return v->state && count_targets(v->state, t, &other) > 0;
}

bool exchange_on_conflict(const struct ui *ui, const struct view *v)
{
        (void)ui;
        return current_conflict(v) != NULL;
}

bool exchange_can_ours(const struct ui *ui, const struct view *v)
{
        (void)ui;
        return can_take(v, TAKE_OURS);
}

bool exchange_can_theirs(const struct ui *ui, const struct view *v)
{
        (void)ui;
        return can_take(v, TAKE_THEIRS);
}

bool exchange_can_before(const struct ui *ui, const struct view *v)
{
        (void)ui;
        return can_take(v, TAKE_BEFORE);
}

/* ---- the acts ---- */

/* Some settlings on their way: they outlive the items that they were made of. */
struct settling {
        struct view *view;
        struct arena arena;
        struct ops_task *tasks;
        size_t count;
        bool lowers;      /* a marking: a reason is needed */
        const char *said; /* the notice */
};

static void free_settling(void *ctx)
{
        struct settling *s = ctx;
        arena_finish(&s->arena);
        free(s);
}

static struct settling *settling_new(struct view *v, size_t room)
{
        struct settling *s = xcalloc(1, sizeof(*s));
        arena_init(&s->arena);
        s->view = v;
        s->tasks = arena_array(&s->arena, room + 1, sizeof(*s->tasks));
        return s;
}

static bool is_lower(const struct exchange_item *item, const char *value)
{
        return item->c->field->list == &enum_tlp && !item->c->heads->item &&
               (value ? enum_rank(&enum_tlp, value) : -1) <
                       thing_rank(&item->of->folded.thing, item->c->field->name);
}

/* What the same act says of another field of the group: a level without who claims it is none. */
static const struct conflict *same_act(const struct exchange_item *item, size_t k,
                                       const struct act *act, const char **ret_value)
{
        const struct conflict *c = &item->of->items[k];
        if (c == item->c || !c->field->group || !item->c->field->group ||
            strcmp(c->field->group, item->c->field->group) != 0)
                return NULL;
        for (size_t i = 0; i < c->count; i++) {
                if (c->words[i].act != act)
                        continue;
                *ret_value = c->words[i].value;
                return c;
        }
        return NULL;
}

static struct ops_field field_of(const struct conflict *c, const char *value, struct arena *a)
{
        struct ops_field f = conflict_take(c, value, a);
        return (struct ops_field){arena_strdup(a, f.name), arena_strdup(a, f.value)};
}

static bool is_there(const struct settling *s, const struct exchange_item *item)
{
        for (size_t i = 0; i < s->count; i++)
                for (size_t k = 0; k < s->tasks[i].request.field_count; k++)
                        if (strcmp(s->tasks[i].id, item->id) == 0 && !item->c->heads->item &&
                            strcmp(s->tasks[i].request.fields[k].name, item->c->field->name) == 0)
                                return true;
        return false;
}

static void add_task(struct settling *s, const struct exchange_item *item, struct choice_of what)
{
        struct ops_field *fields = arena_array(&s->arena, FIELDS_MAX, sizeof(*fields));
        size_t count = 0;
        if (is_there(s, item))
                return;
        fields[count++] = field_of(item->c, what.value, &s->arena);
        for (size_t k = 0; what.word && k < item->of->count && count < FIELDS_MAX; k++) {
                const char *value;
                const struct conflict *also = same_act(item, k, what.word->act, &value);
                if (also)
                        fields[count++] = field_of(also, value, &s->arena);
        }
        s->lowers = s->lowers || is_lower(item, what.value);
        s->tasks[s->count++] = (struct ops_task){.id = arena_strdup(&s->arena, item->id),
                                                 .request = {.verb = "settle",
                                                             .fields = fields,
                                                             .field_count = count,
                                                             .occurred_ms = CLOCK_NONE}};
}

/* ---- what is said of it ---- */

/* The words that were not taken: whose, when. */
static const char *left_words(const struct exchange_item *item, size_t taken, struct ui *ui,
                              struct arena *a)
{
        const char *all = NULL;
        for (size_t i = 0; i < item->c->count; i++) {
                const struct conflict_word *w = &item->c->words[i];
                char when[WHEN_BYTES];
                if (i == taken)
                        continue;
                when_show(w->act->created_ms, ui_now_ms(ui), when);
                all = arena_printf(a, "%s%s%s of %s %s", all ? all : "", all ? ", " : "",
                                   conflict_value(item, w->value, ui, a), w->act->operator, when);
        }
        return all ? all : "what was said";
}

static const char *say_one(const struct exchange_item *item, size_t taken, const char *value,
                           struct ui *ui, struct arena *a)
{
        return arena_printf(a, "%s: %s is %s; %s stay%s in the log; u undoes it", item->ref,
                            conflict_field(item, ui, a), value, left_words(item, taken, ui, a),
                            item->c->count - (taken < item->c->count) == 1 ? "s" : "");
}

/* ---- doing it ---- */

static enum rc settle_now(struct settling *s, struct err *err)
{
        struct view *v = s->view;
        struct exchange *x = state_of(v);
        enum rc rc = ops_do_tasks(ui_ops(v->ui), s->tasks, s->count, err);
        if (rc != RC_OK)
                return rc;
        exchange_unmark(x);
        x->in_detail = false;
        ui_notice(v->ui, NOTICE_DONE, "%s", s->said);
        ui_touched(v->ui, TOPIC_INCIDENTS | TOPIC_LOG | TOPIC_EXCHANGE);
        return RC_OK;
}

static enum rc reason_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct settling *s = ctx;
        (void)ui;
        if (!text[strspn(text, " ")])
                return err_set(err, RC_INVALID, "a lower marking needs a reason");
        for (size_t i = 0; i < s->count; i++)
                s->tasks[i].request.reason = arena_strdup(&s->arena, text);
        return settle_now(s, err);
}

static void ask_reason(struct settling *s)
{
        prompt_open(s->view->ui, &(struct prompt){.sign = "reason for the lower marking",
                                                  .hint = "it is kept; Esc changes nothing",
                                                  .history = "reason",
                                                  .accept = reason_given,
                                                  .ctx = s,
                                                  .free_ctx = free_settling});
}

static enum rc do_or_ask(struct settling *s, struct err *err)
{
        if (s->lowers) {
                ask_reason(s);
                return RC_OK;
        }
        enum rc rc = settle_now(s, err);
        free_settling(s);
        return rc;
}

static void confirmed(struct ui *ui, void *ctx)
{
        struct settling *s = ctx;
        struct err err = {0};
        if (s->lowers) { /* the prompt takes it over */
                struct settling *again = xcalloc(1, sizeof(*again));
                *again = *s;
                s->arena = (struct arena){0};
                ask_reason(again);
                return;
        }
        if (settle_now(s, &err) != RC_OK)
                ui_notice(ui, NOTICE_FAIL, "%s", err.text);
}

static void ask_several(struct settling *s, const char *what, size_t other)
{
        AUTO_FREE char *question = xasprintf("Settle %zu conflict%s: take %s?", s->count,
                                             s->count == 1 ? "" : "s", what);
        AUTO_FREE char *rest = xasprintf("; %zu marked ha%s no such word and stay%s as %s", other,
                                         other == 1 ? "s" : "ve", other == 1 ? "s" : "",
                                         other == 1 ? "it is" : "they are");
        AUTO_FREE char *consequence = xasprintf(
                "All or none; what others said stays in the log; u undoes them one by one%s",
                other ? rest : "");
        AUTO_FREE char *yes = xasprintf("Settle %zu", s->count);
        confirm_open(s->view->ui, &(struct confirm){.question = question,
                                                    .consequence = consequence,
                                                    .yes = yes,
                                                    .confirmed = confirmed,
                                                    .ctx = s,
                                                    .free_ctx = free_settling});
}

static enum rc take(struct view *v, enum taking t, struct err *err)
{
        static const char *const names[] = {[TAKE_CHOSEN] = "what is in force",
                                            [TAKE_OURS] = "ours",
                                            [TAKE_THEIRS] = "theirs",
                                            [TAKE_BEFORE] = "what stood before"};
        struct exchange *x = state_of(v);
        size_t other, room = count_targets(x, t, &other);
        struct settling *s = settling_new(v, room);
        for (size_t i = 0; i < x->item_count; i++) {
                const struct exchange_item *item = &x->items[i];
                size_t taken = is_target(x, item) ? what_is_taken(x, item->c, t) : NOTHING;
                if (taken == NOTHING)
                        continue;
                struct choice_of what = choice_at(item->c, taken);
                add_task(s, item, what);
                s->said = say_one(item, taken, conflict_value(item, what.value, v->ui, &s->arena),
                                  v->ui, &s->arena);
        }
        if (!x->mark_count)
                return do_or_ask(s, err);
        if (s->count > 1)
                s->said = arena_printf(&s->arena,
                                       "%zu conflicts are settled; what others said stays in the "
                                       "log; u undoes them one by one",
                                       s->count);
        ask_several(s, names[t], other);
        return RC_OK;
}

enum rc exchange_cmd_settle(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        return take(v, TAKE_CHOSEN, err);
}

enum rc exchange_cmd_ours(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        return take(v, TAKE_OURS, err);
}

enum rc exchange_cmd_theirs(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        return take(v, TAKE_THEIRS, err);
}

enum rc exchange_cmd_before(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        return take(v, TAKE_BEFORE, err);
}

/* ---- another value ---- */

struct writing {
        struct view *view;
        char *id, *field, *label, *ref;
};

static void free_writing(void *ctx)
{
        struct writing *w = ctx;
        free(w->id);
        free(w->field);
        free(w->label);
        free(w->ref);
        free(w);
}

static enum rc value_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        const struct writing *w = ctx;
        const struct ops_field field = {w->field, text};
        const struct ops_request r = {
                .verb = "settle", .fields = &field, .field_count = 1, .occurred_ms = CLOCK_NONE};
        if (!text[strspn(text, " ")])
                return err_set(err, RC_INVALID, "a value is needed; Esc changes nothing");
        enum rc rc = ops_do(ui_ops(ui), w->id, &r, err);
        if (rc != RC_OK)
                return rc;
        state_of(w->view)->in_detail = false;
        ui_notice(ui, NOTICE_DONE, "%s: %s is settled; what was said stays in the log; u undoes it",
                  w->ref, w->label);
        ui_touched(ui, TOPIC_INCIDENTS | TOPIC_LOG | TOPIC_EXCHANGE);
        return RC_OK;
}

enum rc exchange_cmd_write(struct ui *ui, struct view *v, struct err *err)
{
        const struct exchange_item *item = current_conflict(v);
        struct writing *w;
        if (item->c->heads->item)
                return err_set(err, RC_CONFLICT,
                               "a member is in or out: choose one of the two that were said");
        w = xcalloc(1, sizeof(*w));
        *w = (struct writing){.view = v,
                              .id = xstrdup(item->id),
                              .field = xstrdup(item->c->field->name),
                              .label = xstrdup(item->c->field->label),
                              .ref = xstrdup(item->ref)};
        AUTO_FREE char *sign = xasprintf("%s of %s is", w->label, w->ref);
        CLEANUP(arena_finish) struct arena a = {0};
        prompt_open(ui, &(struct prompt){.sign = sign,
                                         .hint = field_help(item->c->field, ui_ops(ui)->words, &a),
                                         .accept = value_given,
                                         .ctx = w,
                                         .free_ctx = free_writing});
        return RC_OK;
}
