/*
 * What a verb says besides what was asked for, as a person would have typed it: so it is read,
 * checked and kept like the rest.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/after.h"
#include "model/holds.h"
#include "model/machine.h"
#include "model/offer.h"
#include "model/rules.h"
#include "model/when.h"
#include "model/words.h"

#include "ops/run_book.h"
#include "ops/substitute.h"

#include "ops_private.h"

#define MORE_MAX  (KIND_FIELDS_MAX + 16)
#define MINUTE_MS 60000ll

struct completing {
        struct ops *ops;
        const struct state *st;
        const struct verb *verb;
        const struct ops_request *r;
        struct ops_request *ret;
        struct ops_field *fields, *details;
        uint64_t may;
        int64_t now_ms;
        struct arena *a;
};

/* ---- what was asked for ------------------------------------------------------------------------
 */

static struct ops_field *given(const struct completing *c, const char *name)
{
        for (size_t i = 0; i < c->ret->field_count; i++)
                if (strcmp(c->fields[i].name, name) == 0)
                        return &c->fields[i];
        return NULL;
}

static bool is_blank(const char *text)
{
        return !text || !text[strspn(text, " \t\r\n")];
}

static bool may(const struct completing *c, const char *name)
{
        int field = field_index(c->st->kind, name);

        return field >= 0 && (c->may >> field & 1);
}

/* Nothing where it was asked for, or the verb does not set it. */
static void say(struct completing *c, const char *name, const char *value)
{
        if (!given(c, name) && may(c, name) && c->ret->field_count < MORE_MAX)
                c->fields[c->ret->field_count++] = (struct ops_field){name, value};
}

static const char *stamp(const struct completing *c, int64_t ms)
{
        char text[STAMP_BYTES];

        stamp_format(ms, text);
        return arena_strdup(c->a, text);
}

static bool detail_is(const struct completing *c, const char *name, const char *value)
{
        for (size_t i = 0; i < c->ret->detail_count; i++)
                if (strcmp(c->details[i].name, name) == 0)
                        return c->details[i].value && strcmp(c->details[i].value, value) == 0;
        return false;
}

/* ---- when, who, why ----------------------------------------------------------------------------
 */

/* What is withdrawn takes them along. */
static void say_companion(struct completing *c, const struct field *f, bool withdrawn)
{
        bool is_set = !value_is_empty(thing_value(&c->st->folded.thing, f->name));

        if (withdrawn && is_set)
                say(c, f->name, "");
        if (withdrawn)
                return;
        if (f->flags & FIELD_STAMP)
                say(c, f->name, stamp(c, c->now_ms));
        else if (f->flags & FIELD_WHO)
                say(c, f->name, c->ops->operator);
        else if ((f->flags & FIELD_WHY) && !is_blank(c->r->reason))
                say(c, f->name, c->r->reason);
}

static void say_companions(struct completing *c, const struct ops_field *of)
{
        const struct field *first = field_find(c->st->kind, of->name);

        for (size_t i = 0; first && first->group && i < c->st->kind->field_count; i++) {
                const struct field *f = &c->st->kind->fields[i];

                if (f != first && f->group && strcmp(f->group, first->group) == 0)
                        say_companion(c, f, is_blank(of->value));
        }
}

/* A rationale that was given is the reason too. */
static void take_reason(struct completing *c)
{
        for (size_t i = 0; is_blank(c->ret->reason) && i < c->ret->field_count; i++) {
                const struct field *f = field_find(c->st->kind, c->fields[i].name);

                if (f && (f->flags & FIELD_WHY) && !is_blank(c->fields[i].value))
                        c->ret->reason = c->fields[i].value;
        }
}

/* ---- of single verbs ---------------------------------------------------------------------------
 */

/* A word of the list that a field takes its values from; NULL: none. */
static const struct word *word_of(const struct completing *c, const char *field, const char *id)
{
        const struct field *f = field_find(c->st->kind, field);

        if (!f || !f->words || !c->ops->words || is_blank(id))
                return NULL;
        return word_find(words_list(c->ops->words, f->words), id);
}

static const char *will_be(const struct completing *c, const char *field)
{
        const struct ops_field *asked = given(c, field);

        return asked ? asked->value : thing_text(&c->st->folded.thing, field);
}

/* A type is of one class: it says its class, and one of another class goes with its class. */
static enum rc say_class(struct completing *c, struct err *err)
{
        const struct word *type = word_of(c, "type", will_be(c, "type"));
        const struct word *class = word_of(c, "class", will_be(c, "class"));

        if (!type || !type->group || (class && strcmp(class->id, type->group) == 0))
                return RC_OK;
        if (given(c, "type") && given(c, "class") && class)
                return err_set(err, RC_INVALID, "type %s is of the class %s, not of %s", type->id,
                               type->group, class->id);
        if (given(c, "type"))
                say(c, "class", type->group);
        else if (given(c, "class"))
                say(c, "type", "");
        return RC_OK;
}

/* What is named comes to the others or goes from among them; lifted without a name are all, and by
 * a claim those that it contradicts. */
static void say_hold(struct completing *c)
{
        bool hold = strcmp(c->verb->name, "hold") == 0, lift = strcmp(c->verb->name, "unhold") == 0;
        struct ops_field *held = given(c, HOLD_FIELD);
        const char *lifted = holds_lifted(&c->st->folded.thing, words_list(c->ops->words, "level"),
                                          will_be(c, "level"), c->a);

        if (strcmp(c->verb->name, "escalate") == 0 && lifted)
                say(c, HOLD_FIELD, lifted);
        if (lift && !held)
                say(c, HOLD_FIELD, "");
        if ((hold || lift) && held && !is_blank(held->value) && !strchr("+-", held->value[0]))
                held->value = arena_printf(c->a, "%c%s", hold ? '+' : '-', held->value);
}

/* Minutes between updates, as they will be. */
static int64_t cadence(const struct completing *c)
{
        const struct ops_field *every = given(c, "update_every");
        const char *now = thing_text(&c->st->folded.thing, "update_every");
        int64_t ms;

        if (!every)
                return now ? strtoll(now, NULL, 10) : 0;
        if (is_blank(every->value))
                return 0;
        if (duration_read(every->value, &ms, NULL) == RC_OK)
                return ms / MINUTE_MS;
        return strtoll(every->value, NULL, 10);
}

static void say_update(struct completing *c)
{
        bool update = strcmp(c->verb->name, "update") == 0 || detail_is(c, "update", "yes");
        struct ops_field *every = given(c, "update_every");
        int64_t minutes = cadence(c);

        if (every && !minutes)
                every->value = "";
        if (every && !minutes)
                say(c, "update_due", "");
        else if ((update || every) && minutes > 0)
                say(c, "update_due", stamp(c, c->now_ms + minutes * MINUTE_MS));
}

static void say_state(struct completing *c)
{
        const struct thing *now = &c->st->folded.thing;

        if (strcmp(c->verb->name, "duplicate") == 0 && thing_rank(now, "status") != STATUS_CLOSED)
                say(c, "status", "closed");
        if (strcmp(c->verb->name, "reopen") == 0 && !is_blank(thing_text(now, "duplicate_of")))
                say(c, "duplicate_of", "");
}

/* Where the verb leads to, and what goes with that. */
static void say_machine(struct completing *c)
{
        const struct machine *m = c->verb->kind ? machine_of(c->st->kind) : NULL;
        const struct thing *now = &c->st->folded.thing;
        int to = m ? machine_to(m, c->verb->name, now) : MACHINE_STAYS;

        if (to != MACHINE_STAYS)
                say(c, MACHINE_FIELD, enum_id(m->states, to));
        for (size_t i = 0; m && i < m->says_count; i++) {
                const struct machine_says *row = &m->says[i];
                const char *value = NULL;

                if (strcmp(row->verb, c->verb->name) == 0 &&
                    (row->to == MACHINE_STAYS || row->to == to))
                        value = machine_say(row, now, c->now_ms, c->a);
                if (value)
                        say(c, row->field, value);
        }
        for (size_t i = 0; m && i < c->st->kind->field_count; i++)
                if (c->st->kind->fields[i].flags & (FIELD_WHO | FIELD_WHY))
                        say_companion(c, &c->st->kind->fields[i], false);
}

static const char *detail(const struct completing *c, const char *name)
{
        for (size_t i = 0; i < c->ret->detail_count; i++)
                if (strcmp(c->details[i].name, name) == 0 && !is_blank(c->details[i].value))
                        return c->details[i].value;
        return NULL;
}

/* The next number, until when it is open. What is no time is refused with the details. */
static void say_offer(struct completing *c)
{
        const char *expires = detail(c, "expires");
        struct offer o = {.number = offer_next(thing_value(&c->st->folded.thing, "offers"))};
        char item[OFFER_BYTES];

        if (!expires || when_read(expires, c->now_ms, &o.expires_ms, NULL) != RC_OK)
                return;
        offer_write(&o, item);
        say(c, "offers", arena_printf(c->a, "+%s", item));
}

static const char *find_offer(const struct value *offers, const char *word)
{
        char *end;
        long number = strtol(word, &end, 10);

        if (value_has(offers, word))
                return word;
        return *end || number < 1 || number > OFFER_NUMBER_MAX ? NULL
                                                               : offer_find(offers, (int)number);
}

/* "1 2": the members that have these numbers, with `sign` in front. */
static enum rc say_offers(struct completing *c, const char *field, char sign, struct err *err)
{
        const struct value *offers = thing_value(&c->st->folded.thing, "offers");
        const char *typed = detail(c, "offer"), *list = "";

        for (const char *at = typed ? typed : ""; at[strspn(at, " ,")];) {
                size_t len = strcspn(at += strspn(at, " ,"), " ,");
                const char *word = arena_strndup(c->a, at, len);
                const char *item = find_offer(offers, word);

                if (!item)
                        return err_set(err, RC_INVALID,
                                       "no offer has the number %.20s, or more than one has", word);
                list = arena_printf(c->a, "%s%s%c%s", list, *list ? " " : "", sign, item);
                at += len;
        }
        if (*list)
                say(c, field, list);
        return RC_OK;
}

static enum rc say_stood_down(struct completing *c, struct err *err)
{
        const char *told = NULL;
        enum rc rc = stood_down_told(c->ops, c->st->folded.thing.id, c->a, &told, err);

        if (told)
                c->details[c->ret->detail_count++] = (struct ops_field){"deployments", told};
        return rc;
}

/* What a second person confirms is what was asked for: who changes it asks anew. */
static void say_void(struct completing *c)
{
        bool is_void = strcmp(c->verb->name, "withdraw") == 0;

        for (size_t i = 0; c->verb->sets == SETS_FORM && i < c->r->field_count; i++)
                is_void |= request_is_sent(c->r->fields[i].name);
        if (is_void && !is_blank(thing_text(&c->st->folded.thing, "asking")))
                say(c, "asking", "");
}

const char *ops_voided(struct ops *ops, const struct row *before, struct arena *a)
{
        const char *asked = thing_text(&before->thing, "asking");
        struct row now;

        if (before->thing.kind != &kind_request || is_blank(asked) ||
            thing_by_id(ops->store, before->thing.id, a, &now, NULL) != RC_OK ||
            thing_has(&now.thing, "asking") || thing_has(&now.thing, "confirmed_by"))
                return NULL;
        return arena_printf(a, "%s: it is not what %s asked for any more, so %s is void", now.ref,
                            thing_text(&before->thing, "asked_by"), asked);
}

static enum rc say_request(struct completing *c, struct err *err)
{
        if (c->st->kind != &kind_request)
                return RC_OK;
        say_void(c);
        if (strcmp(c->verb->name, "offer") == 0)
                say_offer(c);
        if (strcmp(c->verb->name, "accept") == 0)
                return say_offers(c, "accepted", '+', err);
        if (strcmp(c->verb->name, "decline") == 0)
                return say_offers(c, "offers", '-', err);
        if (verb_detail(c->verb, "deployments"))
                return say_stood_down(c, err);
        return RC_OK;
}

static void say_substitute(struct completing *c)
{
        const struct ops_field *who = given(c, "resources");
        const char *gone;

        if (c->st->kind != &kind_deployment || strcmp(c->verb->name, "substitute") != 0 || !who ||
            !who->value)
                return;
        gone = substitute_not_looked_at(c->ops, &c->st->folded.thing, who->value, c->a);
        if (gone)
                say(c, "checks", gone);
}

/* A correction stands in the log of what it corrects, and weighs as much. */
static void say_corrected(struct completing *c)
{
        static const char *const kept[] = {"scope", "significant"};
        const char *typed = strcmp(c->verb->name, "correct") == 0 ? detail(c, "corrects") : NULL;
        const char *id = typed ? ops_resolve_value(c->ops, typed, c->a) : NULL;
        struct row entry;

        if (!id || thing_by_id(c->ops->store, id, c->a, &entry, NULL) != RC_OK ||
            entry.thing.kind != &kind_log)
                return;
        for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
                const char *value = thing_text(&entry.thing, kept[i]);

                if (value)
                        c->details[c->ret->detail_count++] = (struct ops_field){kept[i], value};
        }
}

static void say_review(struct completing *c)
{
        if (c->ops->review_significant && detail_is(c, "significant", "yes") &&
            verb_detail(c->verb, "wants_review"))
                c->details[c->ret->detail_count++] = (struct ops_field){"wants_review", "yes"};
}

/* ---- the request -------------------------------------------------------------------------------
 */

static const char *said(const struct completing *c, const char *name)
{
        const struct ops_field *f = given(c, name);

        return f && !is_blank(f->value) ? f->value : NULL;
}

/* A new run: what it is pinned to follows from its playbook. */
static enum rc say_run(struct completing *c, struct err *err)
{
        const struct run_asked r = {said(c, "playbook"), said(c, "content"), said(c, "incident"),
                                    c->r->reason};
        struct run_opening o;
        enum rc rc;

        if (c->st->kind != &kind_run || c->verb->sets != SETS_ALL)
                return RC_OK;
        rc = run_opening_make(c->ops, &r, c->a, &o, err);
        if (rc != RC_OK)
                return rc;
        say(c, "playbook", o.playbook);
        say(c, "content", o.content);
        say(c, "title", o.title);
        if (o.tlp)
                say(c, "tlp", o.tlp);
        return RC_OK;
}

static enum rc refuse_own(const struct completing *c, struct err *err)
{
        for (size_t i = 0; i < c->r->detail_count; i++) {
                const struct detail_row *row = verb_detail(c->verb, c->r->details[i].name);

                if (row && row->own)
                        return err_set(err, RC_INVALID, "%s is said by the program", row->name);
        }
        return RC_OK;
}

static void copy(struct completing *c)
{
        *c->ret = *c->r;
        c->fields = arena_array(c->a, c->r->field_count + MORE_MAX, sizeof(*c->fields));
        c->details = arena_array(c->a, c->r->detail_count + MORE_MAX, sizeof(*c->details));
        if (c->r->field_count)
                memcpy(c->fields, c->r->fields, c->r->field_count * sizeof(*c->fields));
        if (c->r->detail_count)
                memcpy(c->details, c->r->details, c->r->detail_count * sizeof(*c->details));
        c->ret->fields = c->fields;
        c->ret->details = c->details;
}

static void say_first(struct completing *c)
{
        const struct field *first = c->verb->field ? field_find(c->st->kind, c->verb->field) : NULL;

        if (c->verb->value)
                say(c, c->verb->field, c->verb->value);
        else if (first && (first->flags & FIELD_STAMP))
                say(c, first->name, stamp(c, c->now_ms));
}

enum rc request_complete(struct ops *ops, const struct state *st, const struct verb *verb,
                         const struct ops_request *r, int64_t now_ms, struct arena *a,
                         struct ops_request *ret, struct err *err)
{
        const struct act none = {.verb = verb->name};
        struct completing c = {.ops = ops,
                               .st = st,
                               .verb = verb,
                               .r = r,
                               .ret = ret,
                               .may = verb_may_set(verb, st->kind, &none),
                               .now_ms = r->occurred_ms == CLOCK_NONE ? now_ms : r->occurred_ms,
                               .a = a};
        enum rc rc = refuse_own(&c, err);
        size_t asked;

        if (rc != RC_OK)
                return rc;
        copy(&c);
        say_first(&c);
        say_state(&c);
        rc = say_class(&c, err);
        if (rc != RC_OK)
                return rc;
        say_hold(&c);
        say_update(&c);
        say_machine(&c);
        say_substitute(&c);
        rc = say_request(&c, err);
        if (rc == RC_OK)
                rc = say_run(&c, err);
        if (rc != RC_OK)
                return rc;
        asked = ret->field_count;
        for (size_t i = 0; i < asked; i++)
                say_companions(&c, &c.fields[i]);
        take_reason(&c);
        say_corrected(&c);
        say_review(&c);
        if (strcmp(verb->name, "merge") == 0)
                return merge_complete(ops, st, r, a, ret, err);
        return RC_OK;
}
