/*
 * What a person asks for, as typed, becomes what an act says: fields set, members put in and taken
 * out, and the acts whose values its author saw.
 */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/answer.h"
#include "model/machine.h"
#include "model/rules.h"

#include "ops/clock_act.h"
#include "ops/run_book.h"
#include "ops_private.h"

struct building {
        struct ops *ops;
        const struct state *st;
        const struct verb *verb;
        const struct ops_request *r;
        struct arena *a;
        struct value_context values;
        struct act *act;
        struct act_set *sets;
        struct act_element *elements;
        struct act_was *was;
        size_t set_room, element_room;
};

static const struct thing *now_of(const struct building *b)
{
        return &b->st->folded.thing;
}

/* ---- what it saw -------------------------------------------------------------------------------
 */

static void saw(struct building *b, int field, const char *const *items, size_t count)
{
        const char *const *ids = NULL;
        size_t seen = fold_was(&b->st->folded, field, items, count, b->a, &ids);

        if (seen)
                b->was[b->act->was_count++] = (struct act_was){
                        .field = b->st->kind->fields[field].name, .ids = ids, .count = seen};
}

static const struct fold_heads *heads_of(const struct building *b, int field, const char *item)
{
        const struct folded *f = &b->st->folded;

        for (size_t i = 0; i < f->head_count; i++) {
                const struct fold_heads *h = &f->heads[i];

                if (h->field == field && (!item || (h->item && strcmp(h->item, item) == 0)))
                        return h;
        }
        return NULL;
}

/* ---- scalars -----------------------------------------------------------------------------------
 */

/* A guard says better than we do that a state is there already; settling says it again. */
static bool is_kept(const struct building *b, int field, const char *text)
{
        const char *now = now_of(b)->values[field].text;
        bool judged = b->verb->sets == SETS_FIELD &&
                      (b->verb->guard || b->verb->may || machine_of(b->st->kind));

        if (judged || b->verb->sets == SETS_HEADS || b->verb->sets == SETS_ALL ||
            b->st->folded.field_conflict[field])
                return false;
        return strcmp(now ? now : "", text ? text : "") == 0;
}

static enum rc add_scalar(struct building *b, int field, const char *text, struct err *err)
{
        const struct field *f = &b->st->kind->fields[field];

        if (!text && (f->flags & FIELD_NEEDED))
                return err_set(err, RC_INVALID, "%s can't be empty", f->name);
        if (is_kept(b, field, text) || (!text && b->verb->sets == SETS_ALL))
                return RC_OK;
        if (!text && !(b->st->has_base && b->st->folded.field_is_ours[field]))
                text = "";
        b->sets[b->act->set_count++] = (struct act_set){.field = f->name, .value = text};
        saw(b, field, NULL, 0);
        return RC_OK;
}

/* ---- sets --------------------------------------------------------------------------------------
 */

/* Each thing added or removed once; what is as asked for already is left alone. */
static void add_element(struct building *b, int field, const char *item, bool remove)
{
        const struct fold_heads *heads = heads_of(b, field, item);
        bool there = value_has(&now_of(b)->values[field], item);

        if (there == !remove && !(heads && heads->conflict) && (remove || !b->verb->again))
                return;
        if (b->act->element_count < b->element_room)
                b->elements[b->act->element_count++] = (struct act_element){
                        .field = b->st->kind->fields[field].name, .item = item, .remove = remove};
}

static void saw_elements(struct building *b, int field, size_t first)
{
        size_t count = b->act->element_count - first;
        const char **items = arena_array(b->a, count + 1, sizeof(*items));

        for (size_t i = 0; i < count; i++)
                items[i] = b->elements[first + i].item;
        if (count)
                saw(b, field, items, count);
}

/* "+energy -health": a sign begins a member only in front or behind a blank or comma. */
static size_t member_len(const char *s)
{
        size_t len = 1;

        while (s[len] && !((s[len] == '+' || s[len] == '-') && strchr(" ,\t", s[len - 1])))
                len++;
        return len;
}

static enum rc too_many(const struct building *b, struct err *err)
{
        return err_set(err, RC_INVALID, "more than %zu members at once", b->element_room);
}

struct deltas {
        struct act_element *said;
        size_t count;
};

/* Said again it counts once; said with both signs nobody knows what was meant. */
static enum rc add_delta(struct building *b, int field, struct act_element e, struct deltas *d,
                         struct err *err)
{
        for (size_t i = 0; i < d->count; i++) {
                if (strcmp(d->said[i].item, e.item) != 0)
                        continue;
                if (d->said[i].remove == e.remove)
                        return RC_OK;
                return err_set(err, RC_INVALID, "%s: %s can't be added and taken out at once",
                               e.field, e.item);
        }
        if (d->count == b->element_room)
                return too_many(b, err);
        d->said[d->count++] = e;
        add_element(b, field, e.item, e.remove);
        return RC_OK;
}

static enum rc add_deltas(struct building *b, int field, const char *typed, struct err *err)
{
        const struct field *f = &b->st->kind->fields[field];
        struct deltas d = {.said = arena_array(b->a, b->element_room, sizeof(*d.said))};
        struct value_context any = b->values; /* what should not be there may be taken out */
        enum rc rc = RC_OK;

        any.kind_of = NULL;
        while (rc == RC_OK && *typed) {
                size_t len = member_len(typed);
                const char *name = arena_strndup(b->a, typed + 1, len - 1);
                struct value v = {0};

                rc = value_read(f, name, *typed == '-' ? &any : &b->values, b->a, &v, err);
                for (size_t i = 0; rc == RC_OK && i < v.count; i++)
                        rc = add_delta(b, field,
                                       (struct act_element){.field = f->name,
                                                            .item = v.items[i],
                                                            .remove = *typed == '-'},
                                       &d, err);
                typed += len;
        }
        return rc;
}

static enum rc add_whole(struct building *b, int field, const char *typed, struct err *err)
{
        const struct value *now = &now_of(b)->values[field];
        struct value v = {0};
        enum rc rc = value_read(&b->st->kind->fields[field], typed, &b->values, b->a, &v, err);

        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; i < v.count; i++)
                add_element(b, field, v.items[i], false);
        for (size_t i = 0; i < now->count; i++)
                if (!value_has(&v, now->items[i]))
                        add_element(b, field, now->items[i], true);
        return RC_OK;
}

static enum rc add_set(struct building *b, int field, const char *typed, struct err *err)
{
        size_t first = b->act->element_count;
        enum rc rc;

        typed += strspn(typed, " \t");
        rc = *typed == '+' || *typed == '-' ? add_deltas(b, field, typed, err)
                                            : add_whole(b, field, typed, err);
        if (rc == RC_OK && b->act->element_count == b->element_room)
                rc = too_many(b, err);
        if (rc == RC_OK)
                saw_elements(b, field, first);
        return rc;
}

/* ---- fields ------------------------------------------------------------------------------------
 */

static enum rc refuse_name(const struct building *b, const char *name, struct err *err)
{
        const char *near = field_nearest(b->st->kind, name, FIELD_FORM);

        return err_set(err, RC_INVALID, "%s has no field %.60s; nearest: %s", b->st->kind->name,
                       name, near ? near : "none");
}

/* The rules' answer depends on `was`, which settling alone has before its fields are read. */
static bool may_set(const struct building *b, int field)
{
        const char *const *ids = NULL;

        if (b->st->kind->fields[field].flags & FIELD_DERIVED)
                return false;
        if (b->verb->sets == SETS_HEADS)
                return fold_was(&b->st->folded, field, NULL, 0, b->a, &ids) > 1;
        return verb_may_set_field(b->verb, b->st->kind, b->act, &b->st->kind->fields[field]);
}

/* "muster do INC-0001 close --reason WHY" */
static enum rc refuse_state(const struct building *b, const struct field *f,
                            const struct verb *verb, struct err *err)
{
        const char *ref = b->st->folded.ref ? b->st->folded.ref : "REF";
        const struct field *first = verb->field ? field_find(b->st->kind, verb->field) : NULL;
        bool says = first && !verb->value && !verb->own_text && !(first->flags & FIELD_STAMP);

        return err_set(err, RC_INVALID, "%s is changed by its verb %s: muster do %s %s%s%s%s",
                       f->name, verb->name, ref, verb->name, says ? " " : "",
                       says ? first->name : "",
                       says                 ? verb->needs_reason ? "=... --reason WHY" : "=..."
                       : verb->needs_reason ? " --reason WHY"
                                            : "");
}

static enum rc refuse_field(const struct building *b, int field, const char *typed, struct err *err)
{
        const struct field *f = &b->st->kind->fields[field];
        const struct verb *verb = verb_of_field(b->st->kind, f, typed);

        if (f->flags & FIELD_DERIVED)
                return err_set(err, RC_INVALID, "%s follows from others and can't be set", f->name);
        if (b->verb->sets == SETS_HEADS)
                return err_set(err, RC_CONFLICT, "%s is not in conflict", f->name);
        if (b->verb->sets == SETS_FORM && verb)
                return refuse_state(b, f, verb, err);
        return err_set(err, RC_INVALID, "%s does not set %s", b->verb->name, f->name);
}

static enum rc add_field(struct building *b, const struct ops_field *typed, struct err *err)
{
        int field = field_index(b->st->kind, typed->name);
        struct value v = {0};
        enum rc rc;

        if (field < 0)
                return refuse_name(b, typed->name, err);
        for (const struct ops_field *f = b->r->fields; f < typed; f++)
                if (strcmp(f->name, typed->name) == 0)
                        return err_set(err, RC_INVALID, "%s is given twice", f->name);
        if (!may_set(b, field))
                return refuse_field(b, field, typed->value, err);
        if (field_is_set(&b->st->kind->fields[field]))
                return add_set(b, field, typed->value ? typed->value : "", err);
        rc = value_read(&b->st->kind->fields[field], typed->value ? typed->value : "", &b->values,
                        b->a, &v, err);
        return rc == RC_OK ? add_scalar(b, field, v.text, err) : rc;
}

/* ---- clocks -----------------------------------------------------------------------------------
 */

static enum rc add_clocks(struct building *b, struct err *err)
{
        struct clock_change change;
        size_t first = b->act->element_count;
        enum rc rc = clock_change_make(b->ops, &b->st->folded, b->act, b->values.now_ms, b->a,
                                       &change, err);

        if (rc != RC_OK || change.count == 0)
                return rc;
        for (size_t i = 0; i < change.count; i++)
                b->elements[b->act->element_count++] = change.elements[i];
        saw_elements(b, field_index(b->st->kind, change.elements[0].field), first);
        b->act->text = change.text;
        b->act->occurred_ms = change.occurred_ms;
        return RC_OK;
}

/* ---- duties -----------------------------------------------------------------------------------
 */

static enum rc add_duties(struct building *b, struct err *err)
{
        struct rota_change change;
        enum rc rc = rota_change_make(b->ops, now_of(b), b->act, b->a, &change, err);

        if (rc != RC_OK || !change.overrides)
                return rc;
        if (b->r->field_count)
                return err_set(err, RC_INVALID, "%s is told who and when; it takes no %s",
                               b->verb->name, b->r->fields[0].name);
        b->act->text = change.text;
        return add_set(b, field_index(b->st->kind, b->verb->field), change.overrides, err);
}

/* ---- runs -------------------------------------------------------------------------------------
 */

static enum rc add_event(struct building *b, struct err *err)
{
        struct run_change change;
        enum rc rc = run_change_make(b->ops, b->st, b->act, b->a, &change, err);

        if (rc != RC_OK || !change.text)
                return rc;
        b->act->text = change.text;
        b->act->details = change.details;
        b->act->detail_count = change.detail_count;
        return RC_OK;
}

/* ---- who was asked -----------------------------------------------------------------------------
 */

static void add_answers(struct building *b)
{
        int field = field_index(b->st->kind, "asked");
        const char *const *items = NULL;
        size_t first = b->act->element_count, count;

        if (b->st->kind != &kind_deployment ||
            !(verb_may_set(b->verb, b->st->kind, b->act) >> field & 1))
                return;
        count = answers_of(b->act, now_of(b), b->a, &items);
        for (size_t i = 0; i < count; i++)
                add_element(b, field, items[i], false);
        saw_elements(b, field, first);
}

/* ---- text and reason ---------------------------------------------------------------------------
 */

static enum rc add_text(struct building *b, const char *name, const char *typed, const char **ret,
                        struct err *err)
{
        AUTO_FREE char *clean = NULL;

        if (!typed || !typed[strspn(typed, " \t\r\n")])
                return RC_OK;
        if (strlen(typed) > VALUE_TEXT_MAX)
                return err_set(err, RC_INVALID, "the %s has %zu bytes, at most %d", name,
                               strlen(typed), VALUE_TEXT_MAX);
        clean = text_clean(typed, strlen(typed), true);
        if (strlen(clean) > VALUE_TEXT_MAX)
                return err_set(err, RC_INVALID, "the %s is too long", name);
        *ret = arena_strdup(b->a, clean);
        return RC_OK;
}

static enum rc add_said(struct building *b, struct err *err)
{
        enum rc rc = add_text(b, "reason", b->r->reason, &b->act->reason, err);

        if (rc == RC_OK)
                rc = add_text(b, "text", b->r->text, &b->act->text, err);
        if (rc == RC_OK)
                rc = details_build(b->verb, b->r, &b->values, b->a, b->act, err);
        if (rc == RC_OK)
                rc = add_clocks(b, err);
        if (rc == RC_OK)
                rc = add_duties(b, err);
        if (rc == RC_OK)
                rc = add_event(b, err);
        for (size_t i = 0; rc == RC_OK && i < b->r->field_count; i++)
                rc = add_field(b, &b->r->fields[i], err);
        if (rc == RC_OK)
                add_answers(b);
        return rc;
}

static enum rc judge(const struct building *b, struct err *err)
{
        const struct act *act = b->act;
        bool nothing = !act->set_count && !act->element_count;

        if (b->verb->sets == SETS_NONE || !nothing || act->detail_count)
                return RC_OK;
        if (b->r->field_count)
                return err_set(err, RC_NOTFOUND, "nothing would change");
        if (b->verb->field)
                return err_set(err, RC_INVALID, "%s needs a value: %s=...", b->verb->name,
                               b->verb->field);
        return err_set(err, RC_INVALID, "%s needs a field: FIELD=VALUE", b->verb->name);
}

enum rc request_build(struct ops *ops, const struct state *st, const struct verb *verb,
                      const struct ops_request *r, int64_t now_ms, struct arena *a, struct act *ret,
                      struct err *err)
{
        struct act act = {
                .verb = verb->name, .target = st->folded.thing.id, .operator= ops->operator};
        struct ops_request whole;
        struct building b = {.ops = ops,
                             .st = st,
                             .verb = verb,
                             .r = &whole,
                             .a = a,
                             .act = &act,
                             .values = {.words = ops->words,
                                        .now_ms = now_ms,
                                        .me = ops->operator,
                                        .resolve = ops_resolve_value,
                                        .resolve_ctx = ops,
                                        .kind_of = ops_kind_of},
                             .set_room = st->kind->field_count,
                             .element_room = ACT_ELEMENTS_MAX};
        enum rc rc;

        act.occurred_ms = r->occurred_ms == CLOCK_NONE ? now_ms : r->occurred_ms;
        act.sets = b.sets = arena_array(a, b.set_room + 1, sizeof(*b.sets));
        act.elements = b.elements = arena_array(a, b.element_room, sizeof(*b.elements));
        act.was = b.was = arena_array(a, b.set_room + 1, sizeof(*b.was));
        rc = request_complete(ops, st, verb, r, now_ms, a, &whole, err);
        if (rc == RC_OK)
                rc = add_said(&b, err);
        if (rc == RC_OK)
                rc = judge(&b, err);
        if (rc == RC_OK)
                rc = together_check(ops, st, &act, err);
        if (rc == RC_OK)
                *ret = act;
        return rc;
}
