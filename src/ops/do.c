/*
 * Verbs on things: the state is read, the act made and written, and what follows from it written,
 * in one transaction that holds the write lock from before the reading.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/rules.h"
#include "ops/run_book.h"
#include "ops/with.h"
#include "store/outbox.h"

#include "ops_private.h"

/* ---- what a verb needs -------------------------------------------------------------------------
 */

static enum rc check_rules(const struct verb *verb, const struct state *st, const struct act *act,
                           struct err *err)
{
        const char *why = verb_why_not(verb, &st->folded.thing, act);
        struct act excused = *act;

        if (!why)
                return act_is_too_large(act) ? err_set(err, RC_INVALID, "it is too large") : RC_OK;
        excused.reason = "some";
        excused.text = "some";
        if (verb_why_not(verb, &st->folded.thing, &excused))
                return err_set(err, RC_CONFLICT, "%s", why);
        return err_set(err, RC_INVALID, "%s", why);
}

enum rc do_make(const struct admission *ad, const struct verb *verb, const struct ops_request *r,
                const struct state *st, struct arena *a, struct act *ret, struct err *err)
{
        enum rc rc = request_build(ad->ops, st, verb, r, ad->now_ms, a, ret, err);

        if (rc == RC_OK)
                rc = check_rules(verb, st, ret, err);
        return rc == RC_OK ? request_check(ad->ops, st, verb, r, ret, a, err) : rc;
}

static enum rc find_verb(const struct kind *kind, const char *name, const struct verb **ret,
                         struct err *err)
{
        const struct verb *verb = verb_find(kind, name);

        if (!verb)
                return err_set(err, RC_INVALID, "%s has no verb %.60s; nearest: %s", kind->name,
                               name ? name : "", verb_nearest(kind, name ? name : ""));
        if (verb->sets == SETS_ALL)
                return err_set(err, RC_INVALID, "a thing is opened by making a new one");
        if (verb->sets == SETS_UNDO)
                return err_set(err, RC_INVALID,
                               "undo is no verb of a thing: muster undo, or u, takes back the last "
                               "change made here");
        *ret = verb;
        return RC_OK;
}

/* ---- one thing ---------------------------------------------------------------------------------
 */

/* A request on its way to several things. */
struct doing {
        struct admission ad;
        const struct ops_request *r;
        char op[64];
        struct str note; /* references */
        size_t done;
        bool several;
};

static enum rc load(const struct doing *d, const struct row *row, struct arena *a,
                    struct state *ret, struct err *err)
{
        return row->thing.kind == &kind_log
                       ? err_set(err, RC_INVALID, "an entry of the log can't be changed")
                       : state_load(d->ad.ops, row->thing.id, CLOCK_NONE, a, ret, err);
}

/* The act that is asked for, on the thing as it is now. */
static enum rc prepare(struct doing *d, struct state *st, struct arena *a,
                       const struct verb **ret_verb, struct act *ret, struct err *err)
{
        enum rc rc = find_verb(st->kind, d->r->verb, ret_verb, err);

        return rc == RC_OK ? do_make(&d->ad, *ret_verb, d->r, st, a, ret, err) : rc;
}

/* What was checked and written is there for the fold to take; where it does not, nobody is told
 * that it was done. */
static enum rc is_applied(const struct state *st, const struct act *act, struct err *err)
{
        for (size_t i = st->folded.log_count; i-- > 0;) {
                const struct fold_entry *entry = &st->folded.log[i];

                if (entry->act->hlc < act->hlc) /* in order, so it is not there */
                        break;
                if (strcmp(entry->act->id, act->id) == 0)
                        return entry->applied ? RC_OK
                                              : err_set(err, RC_CONFLICT, "%s", entry->why_not);
        }
        return RC_OK;
}

static enum rc act_on(struct doing *d, struct state *st, struct arena *a, struct err *err)
{
        const struct verb *verb = NULL;
        struct act act;
        enum rc rc = prepare(d, st, a, &verb, &act, err);

        if (rc == RC_NOTFOUND && d->several) {
                err_clear(err);
                return RC_OK;
        }
        if (rc == RC_NOTFOUND)
                return RC_CONFLICT;
        const struct with w = {&d->ad, st, verb, d->r->occurred_ms, &act, a};
        if (rc == RC_OK)
                rc = with_do(&w, err);
        if (rc == RC_OK)
                rc = act_commit(&d->ad, st, &act, a, err);
        if (rc != RC_OK)
                return rc;
        snprintf(d->op, sizeof(d->op), "%s.%s", st->kind->name, verb->name);
        state_add(st, &act, a);
        rc = is_applied(st, &act, err);
        if (rc == RC_OK)
                d->done++;
        return rc;
}

/* What is done in a run goes where its acts add up (ops/runs.h), so that they are taken once; what
 * changes the thing itself is folded with all of them. */
static enum rc choose_book(struct doing *d, struct state *st, struct arena *a, struct err *err)
{
        bool is_event = run_verb_of_act(d->r->verb) != PLAY_UNKNOWN;

        if (st->kind != &kind_run || is_event == (st->book != NULL))
                return RC_OK;
        if (is_event)
                return run_book_open(d->ad.ops, st, &st->book, err);
        run_book_close(TAKE(st->book));
        return state_load(d->ad.ops, st->folded.thing.id, CLOCK_NONE, a, st, err);
}

/* The steps one after the other, each seeing what those before it did; the thing is read once. */
static enum rc do_to(struct doing *d, const struct row *row, const struct ops_request *steps,
                     size_t count, struct arena *a, struct err *err)
{
        size_t done = d->done;
        struct state st = {.kind = NULL};
        enum rc rc = load(d, row, a, &st, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                d->r = &steps[i];
                rc = choose_book(d, &st, a, err);
                if (rc == RC_OK)
                        rc = act_on(d, &st, a, err);
        }
        if (rc == RC_OK && d->done > done)
                str_add_sep(&d->note, " ", row->ref);
        d->ad.known = &st;
        if (rc == RC_OK) /* the next may be the same thing again */
                rc = admission_settle(&d->ad, err);
        d->ad.known = NULL;
        run_book_close(st.book);
        return rc;
}

static enum rc do_one(struct doing *d, const char *id, const struct ops_request *steps,
                      size_t count, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct err why = {0};
        struct row row;
        enum rc rc = thing_by_id(d->ad.ops->store, id, &a, &row, &why);

        if (rc != RC_OK)
                return err_set(err, rc, "%s", why.text);
        rc = do_to(d, &row, steps, count, &a, &why);
        return rc == RC_OK ? rc : err_set(err, rc, "%s: %s", row.ref, why.text);
}

static enum rc finish(struct doing *d, struct err *err)
{
        if (d->done == 0)
                return err_set(err, RC_CONFLICT, "nothing would change");
        return admission_commit(&d->ad, d->op, str_text(&d->note), err);
}

static enum rc do_each(struct doing *d, const char *const *ids, size_t id_count,
                       const struct ops_request *steps, size_t step_count, struct err *err)
{
        enum rc rc = admission_begin(&d->ad, err);

        for (size_t i = 0; rc == RC_OK && i < id_count; i++)
                rc = do_one(d, ids[i], steps, step_count, err);
        for (size_t i = 0; rc == RC_OK && i < step_count; i++)
                if (steps[i].draft)
                        rc = draft_drop(d->ad.ops->store, steps[i].draft, err);
        return rc == RC_OK ? finish(d, err) : rc;
}

static enum rc do_all(struct ops *ops, bool several, const char *const *ids, size_t id_count,
                      const struct ops_request *steps, size_t step_count, struct err *err)
{
        struct doing d = {.ad = {.ops = ops}, .several = several};
        enum rc rc = ops_need_writer(ops, err);

        if (rc != RC_OK)
                return rc;
        str_init(&d.note, NOTE_MAX);
        rc = do_each(&d, ids, id_count, steps, step_count, err);
        admission_finish(&d.ad);
        str_finish(&d.note);
        return rc;
}

enum rc ops_do_all(struct ops *ops, const char *const *ids, size_t count,
                   const struct ops_request *r, struct err *err)
{
        return do_all(ops, count > 1, ids, count, r, 1, err);
}

enum rc ops_do(struct ops *ops, const char *id, const struct ops_request *r, struct err *err)
{
        return ops_do_all(ops, &id, 1, r, err);
}

enum rc ops_do_steps(struct ops *ops, const char *id, const struct ops_request *steps, size_t count,
                     struct err *err)
{
        return do_all(ops, true, &id, 1, steps, count, err);
}

static enum rc do_tasks(struct doing *d, const struct ops_task *tasks, size_t count,
                        struct err *err)
{
        enum rc rc = admission_begin(&d->ad, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = do_one(d, tasks[i].id, &tasks[i].request, 1, err);
        return rc == RC_OK ? finish(d, err) : rc;
}

enum rc ops_do_tasks(struct ops *ops, const struct ops_task *tasks, size_t count, struct err *err)
{
        struct doing d = {.ad = {.ops = ops}, .several = count > 1};
        enum rc rc = ops_need_writer(ops, err);

        if (rc != RC_OK)
                return rc;
        str_init(&d.note, NOTE_MAX);
        rc = do_tasks(&d, tasks, count, err);
        admission_finish(&d.ad);
        str_finish(&d.note);
        return rc;
}

/* The admission moves into the request and back. */
enum rc do_within(struct admission *ad, const char *id, const struct ops_request *r,
                  struct err *err)
{
        struct doing d = {.ad = *ad, .several = true};
        enum rc rc;

        str_init(&d.note, NOTE_MAX);
        rc = do_one(&d, id, r, 1, err);
        str_finish(&d.note);
        *ad = d.ad;
        return rc == RC_OK && !d.done ? RC_NOTFOUND : rc;
}

enum rc do_on_state(struct admission *ad, struct state *st, const struct ops_request *r,
                    struct arena *a, struct err *err)
{
        struct doing d = {.ad = *ad, .r = r};
        enum rc rc = act_on(&d, st, a, err);

        *ad = d.ad;
        return rc;
}

enum rc ops_foresee(struct ops *ops, const char *id, const struct ops_request *r, struct arena *a,
                    const char **ret_sentence, struct err *err)
{
        struct doing d = {.ad = {.ops = ops, .now_ms = clock_now_ms()}, .r = r};
        const struct verb *verb = NULL;
        bool one = store_read_begin(ops->store);
        struct state st;
        struct row row;
        struct act act;
        enum rc rc = thing_by_id(ops->store, id, a, &row, err);

        if (rc == RC_OK)
                rc = load(&d, &row, a, &st, err);
        if (rc == RC_OK)
                rc = prepare(&d, &st, a, &verb, &act, err);
        if (rc == RC_OK) {
                act.operator= ops->operator;
                AUTO_FREE char *sentence = act_told(ops, &st, &act);
                *ret_sentence = arena_strdup(a, sentence);
        }
        if (one)
                store_read_end(ops->store);
        return rc;
}
