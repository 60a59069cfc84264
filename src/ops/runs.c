/*
 * A run that is open: its state, with all its events in memory, so that what is done costs the same
 * after 100,000 others. What is written goes the way of every act (do.c).
 */
#include "ops/run_book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ident.h"
#include "base/mem.h"
#include "model/rules.h"
#include "store/contents.h"

#include "ops_private.h"

#define NEWS_MAX     5000 /* versions that came in; beyond that all is read again */
#define NEWS_AT_ONCE 500

/* ---- what it shows -----------------------------------------------------------------------------
 */

static void look_for_newer(struct ops_run *r)
{
        const struct held_playbook *p = run_book_playbook(r->book);
        CLEANUP(arena_finish) struct arena a = {0};
        struct held_playbook newest;

        free(TAKE(r->newer));
        snprintf(r->newer_than, sizeof(r->newer_than), "%s", p ? p->hash : "");
        if (!p || p->is_newest || ops_playbook(r->ops, p->row.thing.id, &a, &newest, NULL) != RC_OK)
                return;
        if (strcmp(newest.hash, p->hash) != 0 && playbook_may_run(&newest, NULL) == RC_OK)
                r->newer = xstrdup(newest.hash);
}

/* The run may have gone over to another content, or back. */
static bool has_moved(const struct ops_run *r)
{
        const struct held_playbook *p = run_book_playbook(r->book);

        return !r->dry && strcmp(p ? p->hash : "", r->newer_than) != 0;
}

/* What was said of it before holds no more. */
void run_refreshed(struct ops_run *r)
{
        const char *const *missing = NULL;

        arena_reset(&r->row_arena);
        arena_reset(&r->said);
        if (r->dry) {
                r->row = (struct row){.thing = r->st.folded.thing, .ref = "", .matches = true};
                run_show(r->book, &r->row_arena, &r->row);
        } else if (thing_by_id(r->ops->store, r->id, &r->row_arena, &r->row, NULL) != RC_OK) {
                r->row = (struct row){.thing = r->st.folded.thing, .ref = ""};
        }
        if (has_moved(r))
                look_for_newer(r);
        free(TAKE(r->missing));
        if (run_book_missing(r->book, &r->row_arena, &missing))
                r->missing = xstrdup(missing[0]);
}

const struct run *ops_run_state(const struct ops_run *r)
{
        return run_book_run(r->book);
}

const char *ops_run_why_missing(const struct ops_run *r)
{
        return run_book_why(r->book);
}

const char *ops_run_missing(const struct ops_run *r)
{
        return r->missing;
}

const struct row *ops_run_row(const struct ops_run *r)
{
        return &r->row;
}

bool ops_run_is_dry(const struct ops_run *r)
{
        return r->dry;
}

const struct held_playbook *ops_run_playbook(const struct ops_run *r)
{
        return run_book_playbook(r->book);
}

const char *ops_run_newer(const struct ops_run *r)
{
        return r->newer;
}

/* ---- opening -----------------------------------------------------------------------------------
 */

enum rc run_read(struct ops_run *r, struct err *err)
{
        struct run_book *book = NULL;
        struct arena fresh = {0};
        struct state st;
        int64_t seen = 0;
        enum rc rc = version_last(r->ops->store, &seen, err);

        if (rc == RC_OK)
                rc = state_load(r->ops, r->id, CLOCK_NONE, &fresh, &st, err);
        if (rc == RC_OK && (!st.exists || st.kind != &kind_run))
                rc = err_set(err, RC_NOTFOUND, "%s is no run", r->id);
        if (rc == RC_OK)
                rc = run_book_open(r->ops, &st, &book, err);
        if (rc != RC_OK) {
                arena_finish(&fresh);
                return rc;
        }
        run_book_close(r->book);
        arena_finish(&r->arena);
        r->arena = fresh;
        r->st = st;
        r->book = r->st.book = book;
        r->seen_vid = seen;
        return RC_OK;
}

static struct ops_run *create(struct ops *ops, bool dry)
{
        struct ops_run *r = xcalloc(1, sizeof(*r));

        r->ops = ops;
        r->dry = dry;
        arena_init(&r->arena);
        arena_init(&r->row_arena);
        arena_init(&r->said);
        return r;
}

void ops_run_close(struct ops_run *r)
{
        if (!r)
                return;
        run_book_close(r->book);
        arena_finish(&r->arena);
        arena_finish(&r->row_arena);
        arena_finish(&r->said);
        free(r->missing);
        free(r->newer);
        free(r);
}

void ops_run_cleanup(struct ops_run **pr)
{
        ops_run_close(*pr);
        *pr = NULL;
}

enum rc ops_run_open(struct ops *ops, const char *id, struct ops_run **ret, struct err *err)
{
        CLEANUP(ops_run_cleanup) struct ops_run *r = create(ops, false);
        bool one = store_read_begin(ops->store);
        enum rc rc = strlen(id) < sizeof(r->id) ? RC_OK : RC_NOTFOUND;

        if (rc == RC_OK) {
                memcpy(r->id, id, strlen(id) + 1);
                rc = run_read(r, err);
        }
        if (rc == RC_OK)
                run_refreshed(r);
        if (one)
                store_read_end(ops->store);
        if (rc == RC_OK)
                *ret = TAKE(r);
        return rc;
}

/* ---- starting ----------------------------------------------------------------------------------
 */

enum rc ops_run_start(struct ops *ops, const struct run_starting *s, char ret_id[STIX_ID_MAX],
                      struct err *err)
{
        struct ops_field fields[4];
        struct ops_request r = {
                .verb = "open", .fields = fields, .reason = s->despite, .occurred_ms = CLOCK_NONE};
        const char *const given[][2] = {{"playbook", s->playbook},
                                        {"content", s->hash},
                                        {"incident", s->incident},
                                        {"title", s->title}};

        for (size_t i = 0; i < ARRAY_LEN(given); i++)
                if (given[i][1])
                        fields[r.field_count++] = (struct ops_field){given[i][0], given[i][1]};
        return ops_new(ops, &kind_run, &r, ret_id, err);
}

static void make_thing(struct ops_run *r, const struct run_opening *o, const struct run_starting *s)
{
        struct thing *t = &r->st.folded.thing;

        r->st.kind = &kind_run;
        fold(&kind_run, NULL, NULL, 0, &r->arena, &r->st.folded);
        t->id = "";
        thing_set(t, "title", arena_strdup(&r->arena, s->title ? s->title : o->title));
        thing_set(t, "playbook", arena_strdup(&r->arena, o->playbook));
        thing_set(t, "content", arena_strdup(&r->arena, o->content));
        thing_set(t, "incident", arena_strdup(&r->arena, s->incident));
        thing_set(t, "tlp", o->tlp);
}

enum rc ops_run_try(struct ops *ops, const struct run_starting *s, struct ops_run **ret,
                    struct err *err)
{
        CLEANUP(ops_run_cleanup) struct ops_run *r = create(ops, true);
        const struct run_asked asked = {s->playbook, s->hash, s->incident,
                                        s->despite ? s->despite : "it is a dry run"};
        struct held_playbook held;
        struct run_opening o;
        enum rc rc = run_opening_make(ops, &asked, &r->arena, &o, err);

        if (rc == RC_OK)
                rc = ops_playbook_content_of(ops, o.playbook, o.content, &r->arena, &held, err);
        if (rc == RC_OK)
                rc = run_book_try(ops, &held, &r->book, err);
        if (rc != RC_OK)
                return rc;
        make_thing(r, &o, s);
        r->st.book = r->book;
        run_refreshed(r);
        *ret = TAKE(r);
        return RC_OK;
}

/* ---- what others did ---------------------------------------------------------------------------
 */

/* What is no event changes the thing: then all is read again. */
static enum rc take_act(struct ops_run *r, const struct act *act, bool *changed, bool *again)
{
        const struct verb *verb = verb_find(&kind_run, act->verb);

        if (strcmp(act->target, r->id) != 0)
                return RC_OK;
        *changed = true;
        if (run_verb_of_act(act->verb) == PLAY_UNKNOWN || !verb ||
            verb_why_not(verb, &r->st.folded.thing, act) || act_is_too_large(act))
                *again = true;
        else
                state_add(&r->st, act, &r->arena);
        return RC_OK;
}

static enum rc take_news(struct ops_run *r, const char *id, bool *changed, bool *again,
                         struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct act *act = NULL;
        enum rc rc;

        if (strncmp(id, "course-of-action--", 18) == 0 ||
            strncmp(id, "x-oca-playbook--", 16) == 0) {
                *changed = run_book_again(r->book) || *changed;
                look_for_newer(r);
                return RC_OK;
        }
        if (strncmp(id, "note--", 6) != 0)
                return RC_OK;
        rc = act_load(r->ops, id, &a, &act, err);
        if (rc == RC_NOTFOUND) {
                err_clear(err);
                return RC_OK;
        }
        return rc == RC_OK ? take_act(r, act, changed, again) : rc;
}

enum rc run_take_news(struct ops_run *r, bool *changed, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        size_t count = NEWS_AT_ONCE, all = 0;
        bool again = false;
        enum rc rc = RC_OK;

        while (rc == RC_OK && count == NEWS_AT_ONCE && !again) {
                const char **ids = NULL;

                arena_reset(&a);
                rc = version_ids_after(r->ops->store, r->seen_vid, NEWS_AT_ONCE, &a, &ids, &count,
                                       &r->seen_vid, err);
                for (size_t i = 0; rc == RC_OK && i < count; i++)
                        rc = take_news(r, ids[i], changed, &again, err);
                all += count;
                again = again || all > NEWS_MAX;
        }
        if (rc == RC_OK && again) {
                *changed = true;
                rc = run_read(r, err);
        }
        return rc;
}

enum rc ops_run_refresh(struct ops_run *r, bool *ret_changed, struct err *err)
{
        bool changed = false, one;
        enum rc rc;

        if (ret_changed)
                *ret_changed = false;
        if (r->dry)
                return RC_OK;
        one = store_read_begin(r->ops->store);
        rc = run_take_news(r, &changed, err);
        if (rc == RC_OK && changed)
                run_refreshed(r);
        if (one)
                store_read_end(r->ops->store);
        if (rc == RC_OK && ret_changed)
                *ret_changed = changed;
        return rc;
}
