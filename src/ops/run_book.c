/*
 * A run as its acts add up, with the playbooks that it needs: what it is pinned to, what it moved
 * to, and those that were taken in.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ops/run_book.h"
#include "play/run.h"

#include "ops_private.h"

/* A content that was asked for. */
struct wanted {
        const char *hash;
        const char *why; /* it can't be run; NULL: it can, or is not held here */
        struct held_playbook held;
        bool is_here;
};

struct run_book {
        struct ops *ops;
        struct arena arena;
        struct run_start start;
        const char *playbook;              /* the thing whose content it is pinned to; or NULL */
        struct run *run;                   /* NULL: what it is pinned to is missing */
        const struct play_event **waiting; /* events, while there is no run */
        size_t waiting_count, waiting_room;
        struct wanted **wanted;
        size_t wanted_count, wanted_room;
};

/* ---- playbooks by hash -------------------------------------------------------------------------
 */

/* What it is pinned to is a content of the playbook that it names; others may be any. */
static enum rc read_wanted(struct run_book *b, const struct wanted *w, struct held_playbook *ret,
                           struct err *err)
{
        if (b->playbook && strcmp(w->hash, b->start.hash) == 0)
                return ops_playbook_content_of(b->ops, b->playbook, w->hash, &b->arena, ret, err);
        return ops_playbook_content(b->ops, w->hash, &b->arena, ret, err);
}

/* What can't be run counts as missing. */
static void fetch(struct run_book *b, struct wanted *w)
{
        struct held_playbook held;
        struct err why = {0};
        enum rc rc = read_wanted(b, w, &held, &why);

        if (rc == RC_OK)
                rc = playbook_may_run(&held, &why);
        w->is_here = rc == RC_OK;
        w->why = rc == RC_INVALID ? arena_strdup(&b->arena, why.text) : NULL;
        if (w->is_here)
                w->held = held;
}

static struct wanted *want(struct run_book *b, const char *hash)
{
        struct wanted *w;

        for (size_t i = 0; i < b->wanted_count; i++)
                if (strcmp(b->wanted[i]->hash, hash) == 0)
                        return b->wanted[i];
        w = arena_alloc(&b->arena, sizeof(*w));
        *w = (struct wanted){.hash = arena_strdup(&b->arena, hash)};
        fetch(b, w);
        b->wanted = arena_grow(&b->arena, b->wanted, b->wanted_count, &b->wanted_room,
                               sizeof(struct wanted *));
        b->wanted[b->wanted_count++] = w;
        return w;
}

static const struct playbook *find(void *ctx, const char *hash)
{
        const struct wanted *w = strlen(hash) == HASH_TEXT - 1 ? want(ctx, hash) : NULL;

        return w && w->is_here ? w->held.doc.playbook : NULL;
}

size_t run_book_missing(const struct run_book *b, struct arena *a, const char *const **ret)
{
        const char **list = arena_array(a, b->wanted_count + 1, sizeof(*list));
        size_t count = 0;

        for (size_t i = 0; i < b->wanted_count; i++)
                if (!b->wanted[i]->is_here)
                        list[count++] = arena_strdup(a, b->wanted[i]->hash);
        *ret = list;
        return count;
}

/* ---- the run -----------------------------------------------------------------------------------
 */

static void begin(struct run_book *b)
{
        const struct wanted *w = b->start.hash ? want(b, b->start.hash) : NULL;

        if (!w || !w->is_here)
                return;
        b->start.playbook = w->held.doc.playbook;
        b->run = run_create(&b->start);
        run_apply_all(b->run, b->waiting, b->waiting_count);
        b->waiting_count = 0;
}

static struct run_book *create(struct ops *ops)
{
        struct run_book *b = xcalloc(1, sizeof(*b));

        b->ops = ops;
        arena_init(&b->arena);
        b->start.find = find;
        b->start.ctx = b;
        return b;
}

void run_book_close(struct run_book *b)
{
        if (!b)
                return;
        run_destroy(b->run);
        arena_finish(&b->arena);
        free(b);
}

void run_book_cleanup(struct run_book **pb)
{
        run_book_close(*pb);
        *pb = NULL;
}

static const struct act *opening_of(const struct state *st)
{
        for (size_t i = 0; i < st->folded.log_count; i++)
                if (st->folded.log[i].applied && strcmp(st->folded.log[i].act->verb, "open") == 0)
                        return st->folded.log[i].act;
        return NULL;
}

/* Acts that the fold takes for nothing are no events: too large, without what they need. */
static void take_log(struct run_book *b, const struct folded *f)
{
        for (size_t i = 0; i < f->log_count; i++) {
                const struct play_event *e =
                        f->log[i].applied ? run_event_of(f->log[i].act, &b->arena) : NULL;

                if (!e)
                        continue;
                b->waiting = arena_grow(&b->arena, b->waiting, b->waiting_count, &b->waiting_room,
                                        sizeof(const struct play_event *));
                b->waiting[b->waiting_count++] = e;
        }
}

enum rc run_book_open(struct ops *ops, const struct state *st, struct run_book **ret,
                      struct err *err)
{
        const struct act *opening = opening_of(st);
        struct run_book *b = create(ops);
        const char *who = opening ? opening->operator: NULL;

        (void)err;
        b->start.hash = arena_strdup(&b->arena, thing_text(&st->folded.thing, "content"));
        b->playbook = arena_strdup(&b->arena, thing_text(&st->folded.thing, "playbook"));
        b->start.who = arena_strdup(&b->arena, who ? who : "");
        b->start.at_ms = opening ? opening->occurred_ms : st->folded.thing.created_ms;
        take_log(b, &st->folded);
        begin(b);
        *ret = b;
        return RC_OK;
}

enum rc run_book_try(struct ops *ops, const struct held_playbook *p, struct run_book **ret,
                     struct err *err)
{
        struct run_book *b = create(ops);

        b->start.hash = arena_strdup(&b->arena, p->hash);
        b->playbook = arena_strdup(&b->arena, p->row.thing.id);
        b->start.who = arena_strdup(&b->arena, ops->operator ? ops->operator : "");
        b->start.at_ms = clock_now_ms();
        begin(b);
        if (!b->run) {
                run_book_close(b);
                return err_set(err, RC_INVALID, "%s can't be run", p->row.ref);
        }
        *ret = b;
        return RC_OK;
}

struct run *run_book_run(const struct run_book *b)
{
        return b->run;
}

const char *run_book_why(const struct run_book *b)
{
        const struct wanted *w = b->wanted_count ? b->wanted[0] : NULL;

        if (b->run)
                return NULL;
        return w && w->why ? w->why : "its playbook is not held here yet";
}

const struct held_playbook *run_book_playbook(struct run_book *b)
{
        const char *hash = b->run ? b->run->hash : b->start.hash;
        const struct wanted *w = hash ? want(b, hash) : NULL;

        return w && w->is_here ? &w->held : NULL;
}

bool run_book_add(struct run_book *b, const struct act *act)
{
        const struct play_event *e = run_event_of(act, &b->arena);

        if (!e)
                return false;
        if (b->run)
                return run_apply(b->run, e);
        b->waiting = arena_grow(&b->arena, b->waiting, b->waiting_count, &b->waiting_room,
                                sizeof(const struct play_event *));
        b->waiting[b->waiting_count++] = e;
        return true;
}

bool run_book_again(struct run_book *b)
{
        bool came = false;

        for (size_t i = 0; i < b->wanted_count; i++) {
                if (b->wanted[i]->is_here)
                        continue;
                fetch(b, b->wanted[i]);
                came = came || b->wanted[i]->is_here;
        }
        if (!came)
                return false;
        if (b->run)
                run_again(b->run);
        else
                begin(b);
        return true;
}
