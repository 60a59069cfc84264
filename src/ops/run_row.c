/*
 * What the row of a run says, and which entries of its log count: both follow from its acts.
 */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ops/run_book.h"

#include "ops_private.h"

#define NOW_MAX 200

static enum run_standing standing_of(const struct run *run)
{
        if (!run || run->missing)
                return RUN_WAITS;
        switch (run->state) {
        case RUN_IS_ON: return run->paused ? RUN_PAUSED : RUN_RUNNING;
        case RUN_IS_DONE: return RUN_DONE;
        case RUN_IS_FAILED: return RUN_FAILED;
        case RUN_IS_CANCELLED: return RUN_CANCELLED;
        }
        return RUN_WAITS;
}

static void set_time(struct thing *t, const char *field, int64_t ms, struct arena *a)
{
        char stamp[STAMP_BYTES];

        if (ms == CLOCK_NONE)
                return;
        stamp_format(ms, stamp);
        thing_set(t, field, arena_strdup(a, stamp));
}

static void set_count(struct thing *t, const char *field, size_t n, struct arena *a)
{
        thing_set(t, field, arena_printf(a, "%zu", n));
}

static int64_t first_due(const struct run *run)
{
        int64_t first = CLOCK_NONE;

        for (size_t i = 0; run->state == RUN_IS_ON && !run->paused && i < run->live_count; i++) {
                int64_t due =
                        run_step_is_open(run->live[i]) ? run_step_due(run->live[i]) : CLOCK_NONE;

                if (due != CLOCK_NONE && (first == CLOCK_NONE || due < first))
                        first = due;
        }
        return first;
}

static void set_now(struct thing *t, const struct plan *plan, struct arena *a)
{
        CLEANUP(str_finish) struct str now = {0};
        size_t at = plan_now(plan);

        if (at == SIZE_MAX)
                return;
        str_init(&now, PLAN_NUMBER_MAX + 2 * NOW_MAX);
        str_addf(&now, "%s ", plan->rows[at].number);
        str_add_cut(&now, plan_title(&plan->rows[at], a), NOW_MAX);
        thing_set(t, "now", arena_strdup(a, str_text(&now)));
}

static void set_progress(struct thing *t, const struct run *run, struct arena *a)
{
        struct plan_progress p;
        struct plan plan;

        plan_make(run, a, &plan);
        plan_progress(&plan, CLOCK_NONE, &p);
        set_count(t, "steps", p.steps, a);
        set_count(t, "done", p.done, a);
        set_count(t, "open", p.open, a);
        set_count(t, "mandatory", p.mandatory, a);
        if (run->state == RUN_IS_ON)
                set_now(t, &plan, a);
}

static void set_all(struct run_book *book, struct thing *t, struct arena *a)
{
        const struct run *run = run_book_run(book);
        const char *const *missing = NULL;
        size_t count = run_book_missing(book, a, &missing);

        thing_set(t, "state", enum_id(&enum_run_state, (int)standing_of(run)));
        if (count)
                thing_set_items(t, "missing", missing, count, a);
        if (!run)
                return;
        set_progress(t, run, a);
        set_count(t, "disputed", run->conflicts, a);
        thing_set(t, "owner", arena_strdup(a, run->owner));
        set_time(t, "due", first_due(run), a);
        set_time(t, "started", run->start->at_ms, a);
        set_time(t, "ended", run->ended_ms, a);
}

void run_show(struct run_book *book, struct arena *a, struct row *row)
{
        const struct run *run = run_book_run(book);

        set_all(book, &row->thing, a);
        if (run && run->conflicts)
                row->flags |= MARK_CONFLICT;
}

enum rc run_tell(struct ops *ops, const struct state *st, struct arena *a, struct row *row,
                 struct err *err)
{
        CLEANUP(run_book_cleanup) struct run_book *own = NULL;
        enum rc rc = RC_OK;

        if (st->kind != &kind_run)
                return RC_OK;
        if (!st->book)
                rc = run_book_open(ops, st, &own, err);
        if (rc == RC_OK)
                run_show(st->book ? st->book : own, a, row);
        return rc;
}

static void mark(const struct run *run, struct folded *f, struct arena *a)
{
        for (size_t i = 0; i < f->log_count; i++) {
                const struct run_entry *entry =
                        f->log[i].applied ? run_entry_of(run, f->log[i].act->id) : NULL;

                if (!entry || entry->applied)
                        continue;
                f->log[i].applied = false;
                f->log[i].why_not = arena_strdup(a, entry->why_not);
        }
}

enum rc run_mark_log(struct ops *ops, struct state *st, struct arena *a, struct err *err)
{
        CLEANUP(run_book_cleanup) struct run_book *book = NULL;
        enum rc rc = st->kind == &kind_run ? run_book_open(ops, st, &book, err) : RC_NOTFOUND;

        if (rc == RC_OK && run_book_run(book))
                mark(run_book_run(book), &st->folded, a);
        return rc == RC_NOTFOUND ? RC_OK : rc;
}
