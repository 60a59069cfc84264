/*
 * Undo: an act that puts back what the operator's last act on this console changed. Acts that were
 * undone, and the acts that undid them, are looked through, so that undoing again goes one further
 * back.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/machine.h"
#include "model/rules.h"

#include "ops/run_book.h"

#include "ops_private.h"

#define LOOK_BACK      256   /* acts */
#define SENTENCE_BYTES 16384 /* of what was put back */

/* What would be undone, and the thing without what was undone before, with and without it. */
struct undoing {
        struct ops *ops;
        struct arena *a;
        const struct act *act;
        struct row row;
        struct state st;
        struct id_set gone; /* undone acts, those that undid them, and those not applied */
        struct folded with, without;
        struct act_set *sets;
        struct act_element *elements;
        struct act_was *was;
        bool is_event; /* of a run: it is taken back there */
};

static void undoing_finish(struct undoing *u)
{
        id_set_finish(&u->gone);
}

static bool can_be_undone(const struct kind *kind, const struct act *act)
{
        const struct verb *verb = verb_find(kind, act->verb);

        return verb && verb->sets != SETS_ALL && verb->sets != SETS_UNDO && verb->sets != SETS_NONE;
}

/* What is done in a run sets no field; a note counts whatever becomes of it. */
static bool is_event(const struct kind *kind, const struct act *act)
{
        enum play_verb verb = kind == &kind_run ? run_verb_of_act(act->verb) : PLAY_UNKNOWN;

        return verb != PLAY_UNKNOWN && verb != PLAY_NOTE && verb != PLAY_UNDO;
}

/* RC_NOTFOUND: it was not applied, or taken back. */
static enum rc try_event(struct undoing *u, struct err *err)
{
        CLEANUP(run_book_cleanup) struct run_book *book = NULL;
        const struct run_entry *entry = NULL;
        enum rc rc = run_book_open(u->ops, &u->st, &book, err);

        if (rc == RC_OK && run_book_run(book))
                entry = run_entry_of(run_book_run(book), u->act->id);
        if (rc != RC_OK)
                return rc;
        u->is_event = entry && entry->applied;
        return u->is_event ? RC_OK : RC_NOTFOUND;
}

static void collect_gone(struct undoing *u)
{
        const struct folded *f = &u->st.folded;

        id_set_clear(&u->gone);
        for (size_t i = 0; i < f->log_count; i++) {
                const struct act *act = f->log[i].act;
                const struct verb *verb = verb_find(u->st.kind, act->verb);

                if (!f->log[i].applied)
                        id_set_add(&u->gone, act->id); /* nor does it count without that act */
                if (!f->log[i].applied || !act->undoes || !verb || verb->sets != SETS_UNDO)
                        continue;
                id_set_add(&u->gone, act->undoes);
                id_set_add(&u->gone, act->id);
        }
}

static bool is_applied(const struct folded *f, const char *id)
{
        for (size_t i = 0; i < f->log_count; i++)
                if (strcmp(f->log[i].act->id, id) == 0)
                        return f->log[i].applied;
        return false;
}

/* Who is not signed on has done nothing. */
static bool is_own(const struct undoing *u)
{
        return u->ops->operator&& u->act->operator&&
               strcasecmp(u->act->operator, u->ops->operator) == 0;
}

/* RC_NOTFOUND: not this one. */
static enum rc try_act(struct undoing *u, const char *id, struct err *err)
{
        enum rc rc = act_load(u->ops, id, u->a, &u->act, err);
        bool event;

        if (rc != RC_OK)
                return rc;
        if (!is_own(u) || thing_by_id(u->ops->store, u->act->target, u->a, &u->row, NULL) != RC_OK)
                return RC_NOTFOUND;
        event = is_event(u->row.thing.kind, u->act);
        if (!event && !can_be_undone(u->row.thing.kind, u->act))
                return RC_NOTFOUND;
        rc = state_load(u->ops, u->act->target, CLOCK_NONE, u->a, &u->st, err);
        if (rc != RC_OK)
                return rc;
        if (event)
                return try_event(u, err);
        collect_gone(u);
        if (id_set_has(&u->gone, id) || !is_applied(&u->st.folded, id))
                return RC_NOTFOUND;
        return RC_OK;
}

static enum rc find_act(struct undoing *u, struct err *err)
{
        const char **ids = NULL;
        size_t count = 0;
        enum rc rc = act_recent(u->ops->store, u->ops->console, LOOK_BACK, u->a, &ids, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                rc = try_act(u, ids[i], err);
                if (rc != RC_NOTFOUND)
                        return rc;
                err_clear(err);
                rc = RC_OK;
        }
        return rc == RC_OK ? err_set(err, RC_NOTFOUND, "there is nothing to undo") : rc;
}

/* ---- whether it still counts -------------------------------------------------------------------
 */

static const struct fold_heads *heads_of(const struct folded *f, int field, const char *item)
{
        for (size_t i = 0; i < f->head_count; i++)
                if (f->heads[i].field == field &&
                    (!item || (f->heads[i].item && strcmp(f->heads[i].item, item) == 0)))
                        return &f->heads[i];
        return NULL;
}

static enum rc check_top(const struct undoing *u, int field, const char *item, struct err *err)
{
        const char *name = u->st.kind->fields[field].label;
        const struct fold_heads *top = heads_of(&u->st.folded, field, item);
        const struct fold_heads *h = heads_of(&u->with, field, item);
        const struct act *newest;
        const char *who;

        if (top && top->conflict)
                return err_set(err, RC_CONFLICT, "%s: %s is in conflict; settle it first",
                               u->row.ref, name);
        if (h && h->count == 1 && strcmp(h->heads[0].act->id, u->act->id) == 0)
                return RC_OK;
        newest = h && h->count ? h->heads[h->count - 1].act : NULL;
        who = newest ? newest->operator: "another";
        return err_set(err, RC_CONFLICT, "%s: %s was changed since by %s: %s", u->row.ref, name,
                       who, newest ? newest->text : "");
}

/* ---- what it puts back -------------------------------------------------------------------------
 */

static void saw(struct undoing *u, struct act *undo, int field, const char *const *items,
                size_t count)
{
        const char *const *ids = NULL;
        size_t seen = fold_was(&u->st.folded, field, items, count, u->a, &ids);

        if (seen)
                u->was[undo->was_count++] = (struct act_was){
                        .field = u->st.kind->fields[field].name, .ids = ids, .count = seen};
}

static enum rc put_back_scalars(struct undoing *u, struct act *undo, struct err *err)
{
        for (size_t i = 0; i < u->act->set_count; i++) {
                int field = field_index(u->st.kind, u->act->sets[i].field);
                enum rc rc;

                if (field < 0 || !heads_of(&u->with, field, NULL))
                        continue;
                rc = check_top(u, field, NULL, err);
                if (rc != RC_OK)
                        return rc;
                u->sets[undo->set_count++] =
                        (struct act_set){.field = u->st.kind->fields[field].name,
                                         .value = fold_word(&u->without, field)};
                saw(u, undo, field, NULL, 0);
        }
        return RC_OK;
}

static enum rc put_back_set(struct undoing *u, int field, struct act *undo, struct err *err)
{
        const char *name = u->st.kind->fields[field].name;
        const char **items = arena_array(u->a, u->act->element_count + 1, sizeof(*items));
        size_t count = 0;

        for (size_t i = 0; i < u->act->element_count; i++) {
                const struct act_element *e = &u->act->elements[i];
                bool was_there;
                enum rc rc;

                if (strcmp(e->field, name) != 0 || !heads_of(&u->with, field, e->item))
                        continue;
                rc = check_top(u, field, e->item, err);
                if (rc != RC_OK)
                        return rc;
                was_there = value_has(&u->without.thing.values[field], e->item);
                u->elements[undo->element_count++] =
                        (struct act_element){.field = name, .item = e->item, .remove = !was_there};
                items[count++] = e->item;
        }
        if (count)
                saw(u, undo, field, items, count);
        return RC_OK;
}

static bool is_gone(void *ctx, const struct act *act)
{
        const struct undoing *u = ctx;

        return id_set_has(&u->gone, act->id);
}

static bool is_gone_or_it(void *ctx, const struct act *act)
{
        const struct undoing *u = ctx;

        return is_gone(ctx, act) || strcmp(act->id, u->act->id) == 0;
}

static enum rc build(struct undoing *u, struct act *undo, struct err *err)
{
        size_t fields = u->st.kind->field_count;
        enum rc rc;

        state_fold_without(&u->st, is_gone, u, u->a, &u->with);
        state_fold_without(&u->st, is_gone_or_it, u, u->a, &u->without);
        undo->sets = u->sets = arena_array(u->a, u->act->set_count + 1, sizeof(*u->sets));
        undo->elements = u->elements =
                arena_array(u->a, u->act->element_count + 1, sizeof(*u->elements));
        undo->was = u->was = arena_array(u->a, fields + u->act->set_count + 1, sizeof(*u->was));
        rc = put_back_scalars(u, undo, err);
        for (size_t i = 0; rc == RC_OK && i < fields; i++)
                if (field_is_set(&u->st.kind->fields[i]))
                        rc = put_back_set(u, (int)i, undo, err);
        if (rc == RC_OK && !undo->set_count && !undo->element_count && !act_detail(u->act, "with"))
                rc = err_set(err, RC_CONFLICT, "%s: it changed nothing", u->row.ref);
        return rc;
}

/* As the fold will ask: model/fold.h, 2. */
static enum rc check_state(const struct undoing *u, const struct act *undo, struct err *err)
{
        const struct machine *m = machine_of(u->st.kind);
        const struct act_set *set = m ? act_sets_field(undo, MACHINE_FIELD) : NULL;
        const char *back = set ? set->value : NULL, *why;

        if (!set)
                return RC_OK;
        if (!back && u->st.has_base)
                back = thing_text(&u->st.base_thing, MACHINE_FIELD);
        why = machine_undo_why_not(m, u->act, machine_state(m, &u->st.folded.thing),
                                   machine_rank(m, back));
        return why ? err_set(err, RC_CONFLICT, "%s: %s", u->row.ref, why) : RC_OK;
}

static enum rc take_back(struct undoing *u, struct admission *ad, struct act *undo, struct err *err)
{
        const struct ops_field of = {"value", u->act->id};
        const struct ops_request r = {.verb = run_act_verb(PLAY_UNDO),
                                      .details = &of,
                                      .detail_count = 1,
                                      .occurred_ms = CLOCK_NONE};
        enum rc rc = request_build(u->ops, &u->st, verb_find(u->st.kind, r.verb), &r, ad->now_ms,
                                   u->a, undo, err);

        return rc == RC_OK ? act_commit(ad, &u->st, undo, u->a, err) : rc;
}

static enum rc undo_it(struct undoing *u, struct admission *ad, struct act *undo, struct err *err)
{
        enum rc rc;

        if (u->is_event)
                return take_back(u, ad, undo, err);
        rc = build(u, undo, err);
        if (rc == RC_OK)
                rc = check_state(u, undo, err);
        if (rc != RC_OK)
                return rc;
        undo->target = u->act->target;
        undo->undoes = u->act->id;
        return act_commit(ad, &u->st, undo, u->a, err);
}

/* What was put back, without the "undone:" that its entry in the log begins with. */
static void say(const struct undoing *u, const struct act *undo, struct str *said)
{
        const struct verb *verb = verb_find(u->st.kind, "undo");
        size_t len = verb ? strlen(verb->did) : 0;
        const char *text = undo->text;

        if (len && strncmp(text, verb->did, len) == 0)
                text += len + strspn(text + len, ": ");
        str_add_sep(said, "; ", u->row.ref);
        str_addf(said, ": %s", *text ? text : u->act->text);
}

/* Unless that was done before. */
static enum rc undo_other(struct undoing *u, const char *with, struct admission *ad,
                          struct str *said, struct err *err)
{
        CLEANUP(undoing_finish) struct undoing other = {.ops = u->ops, .a = u->a};
        struct act undo = {.verb = "undo", .occurred_ms = ad->now_ms};
        enum rc rc = try_act(&other, with, err);

        if (rc == RC_NOTFOUND) {
                err_clear(err);
                return RC_OK;
        }
        if (rc == RC_OK)
                rc = undo_it(&other, ad, &undo, err);
        if (rc == RC_OK)
                say(&other, &undo, said);
        return rc;
}

/* A merge is two acts, a withdrawal one more for each that stands down: what it closed is opened
 * again with it. */
static enum rc undo_others(struct undoing *u, struct admission *ad, struct str *said,
                           struct err *err)
{
        const char *at = act_detail(u->act, "with");
        enum rc rc = RC_OK;

        for (at = at ? at : ""; rc == RC_OK && *at; at += strspn(at, " ")) {
                size_t len = strcspn(at, " ");

                rc = undo_other(u, arena_strndup(u->a, at, len), ad, said, err);
                at += len;
        }
        return rc;
}

static enum rc run_undo(struct undoing *u, struct admission *ad, char **ret_sentence,
                        struct err *err)
{
        struct act undo = {.verb = "undo", .occurred_ms = ad->now_ms};
        CLEANUP(str_finish) struct str said = {.s = NULL};
        AUTO_FREE char *op = NULL;
        enum rc rc = find_act(u, err);

        str_init(&said, SENTENCE_BYTES);
        if (rc == RC_OK)
                rc = undo_it(u, ad, &undo, err);
        if (rc != RC_OK)
                return rc;
        say(u, &undo, &said);
        rc = undo_others(u, ad, &said, err);
        if (rc != RC_OK)
                return rc;
        op = xasprintf("%s.undo", u->st.kind->name);
        rc = admission_commit(ad, op, u->row.ref, err);
        if (rc == RC_OK && ret_sentence)
                *ret_sentence = str_take(&said);
        return rc;
}

enum rc ops_undo(struct ops *ops, char **ret_sentence, struct err *err)
{
        CLEANUP(admission_finish) struct admission ad = {.ops = ops};
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(undoing_finish) struct undoing u = {.ops = ops, .a = &a};
        enum rc rc = ops_need_writer(ops, err);

        if (rc == RC_OK)
                rc = admission_begin(&ad, err);
        return rc == RC_OK ? run_undo(&u, &ad, ret_sentence, err) : rc;
}

enum rc ops_undo_what(struct ops *ops, char **ret_sentence, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(undoing_finish) struct undoing u = {.ops = ops, .a = &a};
        enum rc rc = find_act(&u, err);

        if (rc == RC_OK)
                *ret_sentence = xasprintf("%s: %s", u.row.ref, u.act->text);
        return rc;
}
