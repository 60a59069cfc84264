/*
 * The runs of an incident, and what of them stands in the way of closing it; those of a playbook,
 * and how long they took.
 */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ops/naming.h"
#include "ops/runs.h"

#include "ops_private.h"

#define SENTENCE  1000
#define TITLE_MAX 60
#define NAMED_MAX 6 /* steps; the others are counted */

enum rc ops_runs_of(struct ops *ops, const char *incident, struct arena *a, struct row **ret,
                    size_t *ret_count, struct err *err)
{
        return ops_naming(ops, &kind_run, "incident", incident, a, ret, ret_count, err);
}

/* ---- times -------------------------------------------------------------------------------------
 */

/* A run whose playbook is not here has no times. */
static enum rc take_times(struct ops *ops, const char *run, struct times_samples *samples,
                          struct err *err)
{
        CLEANUP(ops_run_cleanup) struct ops_run *r = NULL;
        enum rc rc = ops_run_open(ops, run, &r, err);

        if (rc == RC_OK && ops_run_state(r))
                times_take(samples, ops_run_state(r));
        return rc;
}

enum rc ops_playbook_times(struct ops *ops, const char *playbook, struct arena *a,
                           struct times_of_book *ret, struct err *err)
{
        CLEANUP(arena_finish) struct arena rows = {0};
        struct times_samples samples = {.a = a};
        struct row *runs = NULL;
        size_t count = 0;
        enum rc rc = ops_naming(ops, &kind_run, "playbook", playbook, &rows, &runs, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = take_times(ops, runs[i].thing.id, &samples, err);
        if (rc == RC_OK)
                times_sum(&samples, ret);
        return rc;
}

/* ---- closing -----------------------------------------------------------------------------------
 */

static bool has_open(const struct row *run)
{
        const char *left = thing_text(&run->thing, "mandatory");

        return left && strcmp(left, "0") != 0 && thing_rank(&run->thing, "state") != RUN_CANCELLED;
}

static bool is_owed(const struct plan_row *row)
{
        return row->kind == PLAN_STEP && row->step && row->step->mandatory && !row->not_taken &&
               row->state != STEP_IS_DONE && row->state != STEP_IS_NOT_APPLICABLE;
}

static void add_owed(struct str *out, const struct plan_row *row, const char *sep, struct arena *a)
{
        str_addf(out, "%s%s ", sep, row->number);
        str_add_cut(out, plan_title(row, a), TITLE_MAX);
}

static enum rc tell(struct ops *ops, const struct row *row, struct str *out, struct err *err)
{
        CLEANUP(ops_run_cleanup) struct ops_run *r = NULL;
        CLEANUP(arena_finish) struct arena a = {0};
        size_t named = 0, more = 0;
        struct plan plan;
        enum rc rc = ops_run_open(ops, row->thing.id, &r, err);

        if (rc != RC_OK || !ops_run_state(r))
                return rc;
        plan_make(ops_run_state(r), &a, &plan);
        str_add_sep(out, "; ", row->ref);
        str_add(out, " has mandatory steps open:");
        for (size_t i = 0; i < plan.count; i++) {
                if (!is_owed(&plan.rows[i]))
                        continue;
                if (named == NAMED_MAX)
                        more++;
                else
                        add_owed(out, &plan.rows[i], named++ ? ", " : " ", &a);
        }
        if (more)
                str_addf(out, " and %zu more", more);
        return RC_OK;
}

enum rc ops_runs_open(struct ops *ops, const char *incident, struct arena *a, const char **ret,
                      struct err *err)
{
        CLEANUP(str_finish) struct str out = {0};
        struct row *rows = NULL;
        size_t count = 0;
        enum rc rc = ops_runs_of(ops, incident, a, &rows, &count, err);

        str_init(&out, SENTENCE);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                if (has_open(&rows[i]))
                        rc = tell(ops, &rows[i], &out, err);
        if (rc == RC_OK)
                *ret = out.len ? arena_strdup(a, str_text(&out)) : NULL;
        return rc;
}
