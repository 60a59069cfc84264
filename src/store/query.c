/*
 * A query: first its sets are filled, then the segments of its sort are walked and tested. Either
 * may stop at any row and go on in another call; in between no statement is open.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

#define ASK_EVERY     64 /* rows between two questions whether to stop */
#define ROWS_LARGE    200000
#define ASK_EACH_ROWS 8 /* the same while full rows are read */

/* ---- life ------------------------------------------------------------------------------------ */

static int compare_rids(const void *a, const void *b)
{
        const int64_t *x = a, *y = b;

        return (*x > *y) - (*x < *y);
}

static enum rc check_sort(const struct filter *f, struct err *err)
{
        char col[COLUMN_NAME];

        if (f->sort_field < 0)
                return RC_OK;
        if ((size_t)f->sort_field >= f->kind->field_count ||
            !column_sorted(f->kind, f->sort_field, col))
                return err_set(err, RC_INVALID, "%s can't be sorted by this field",
                               f->kind->plural);
        return RC_OK;
}

enum rc query_open(struct store *s, const struct filter *f, const int64_t *keep, size_t keep_count,
                   struct query **ret, struct err *err)
{
        struct table *t = table_of(s, f->kind);
        struct query *q;
        enum rc rc = check_sort(f, err);

        if (rc != RC_OK)
                return rc;
        if (!t)
                return err_set(err, RC_INVALID, "there is no table of this kind");
        q = xcalloc(1, sizeof(*q));
        q->s = s;
        q->t = t;
        q->sort_field = f->sort_field;
        q->sort_down = f->sort_down;
        q->counted = q->total = -1;
        if (keep_count) {
                q->keep = xcalloc(keep_count, sizeof(*keep));
                memcpy(q->keep, keep, keep_count * sizeof(*keep));
                qsort(q->keep, keep_count, sizeof(*keep), compare_rids);
                q->keep_count = keep_count;
        }
        rc = plan_prepare(&q->plan, f, err);
        if (rc == RC_OK)
                *ret = q;
        else
                query_close(q);
        return rc;
}

void query_close(struct query *q)
{
        if (!q)
                return;
        plan_finish(&q->plan);
        for (size_t i = 0; i < q->segment_count; i++)
                walk_finish(&q->segments[i]);
        order_drop(q->order);
        order_drop(q->known);
        free(q->passing.words);
        free(q->keep);
        free(q->rids);
        free(q);
}

/* ---- running --------------------------------------------------------------------------------- */

bool query_must_stop(struct query *q)
{
        return ++q->steps % ASK_EVERY == 0 && store_is_interrupted(q->s);
}

bool query_keeps(const struct query *q, int64_t rid)
{
        return q->keep_count &&
               bsearch(&rid, q->keep, q->keep_count, sizeof(rid), compare_rids) != NULL;
}

void query_push(struct query *q, int64_t rid, unsigned flags)
{
        if (q->tally_shift)
                q->tally[flags >> q->tally_shift & q->tally_mask]++;
        if (q->count == q->room) {
                q->room = q->room ? q->room + q->room / 2 : 256;
                q->rids = xreallocarray(q->rids, q->room, sizeof(*q->rids));
        }
        q->rids[q->count++] = (uint32_t)rid;
}

static size_t total(struct query *q)
{
        if (q->total < 0 && query_total(q->s, q->t->kind, &q->total, NULL) != RC_OK)
                return 0;
        return (size_t)q->total;
}

size_t query_few(struct query *q)
{
        size_t few = total(q) / QUERY_FEW_SHARE;

        return few < QUERY_FEW_ROWS ? few : QUERY_FEW_ROWS;
}

/* What is known without a scan: how many rows there are where flags alone decide, that there is
 * none, and how many of the sets' rows pass once those are filled. */
static void count_known(struct query *q)
{
        int64_t most = -1;

        if (q->keep_count)
                return;
        q->counted = -1;
        plan_count(q->s, q->t->kind, &q->plan, &most);
        if (!q->plan.set_count || most == 0)
                q->counted = most;
        else if (query_is_fed(q) && flags_are_known(q->s, q->t))
                q->counted = flags_count(q->t, &q->plan);
}

/* Until the first rows are known by their text, or all sets are filled. */
static enum rc prepare(struct query *q, size_t want, struct err *err)
{
        enum rc rc = query_feed_plain(q, err);

        if (rc == RC_OK)
                rc = query_feed_try(q, err);
        if (rc == RC_OK && query_may_peek(q, want))
                rc = query_peek(q, want, err);
        if (rc == RC_OK && !q->is_done && q->count < want)
                rc = query_feed_words(q, err);
        if (rc == RC_OK && q->plan.set_count && query_is_fed(q))
                count_known(q);
        return rc;
}

static void plan_walk(struct query *q)
{
        q->is_planned = true;
        query_order_few(q);
        if (!q->segment_count)
                query_order_walk(q);
}

/* As many as there are: looked up again, since others may have written since. */
static bool has_all(struct query *q)
{
        if (q->counted < 0 || q->count < (size_t)q->counted)
                return false;
        count_known(q);
        return q->counted >= 0 && q->count >= (size_t)q->counted;
}

/* Walks on in one segment. RC_NOTFOUND: it is at its end. */
static enum rc walk_segment(struct query *q, struct walk *w, size_t want, struct err *err)
{
        enum rc rc;

        while ((rc = walk_next(q->s, w, err)) == RC_OK) {
                int64_t rid = walk_rid(w);
                unsigned flags = walk_flags(w);

                query_order_note(q, rid, flags);
                if (rid > UINT32_MAX)
                        rc = err_set(err, RC_FAIL, "row id %lld is too great", (long long)rid);
                else if (plan_passes(&q->plan, rid, flags) || query_keeps(q, rid))
                        query_push(q, rid, flags);
                if (rc == RC_OK && (q->is_few || (q->count < want && !query_must_stop(q))))
                        continue;
                if (rc == RC_OK)
                        rc = walk_pause(q->s, w, err);
                if (rc != RC_OK)
                        return rc;
                return q->count >= want ? RC_OK : RC_BUSY;
        }
        return rc;
}

enum rc query_run(struct query *q, size_t want, struct err *err)
{
        enum rc rc = RC_OK;

        if (!q->is_counted) {
                count_known(q);
                q->is_counted = true;
        }
        q->is_done = q->is_done || has_all(q);
        if (!q->is_planned && !q->is_done) {
                rc = prepare(q, want, err);
                if (rc != RC_OK || q->count >= want)
                        return rc;
        }
        if (!q->is_done && !q->is_few) {
                rc = query_order_known(q, want);
                if (rc != RC_NOTFOUND)
                        return rc;
                rc = RC_OK;
        }
        if (!q->is_planned && !q->is_done)
                plan_walk(q);
        while (rc == RC_OK && !q->is_done && q->count < want && q->at < q->segment_count) {
                rc = walk_segment(q, &q->segments[q->at], want, err);
                if (rc == RC_NOTFOUND) {
                        q->at++;
                        rc = RC_OK;
                }
                q->is_done = has_all(q);
        }
        if (rc == RC_OK && q->at == q->segment_count)
                q->is_done = true;
        if (q->is_done)
                query_order_end(q);
        return rc;
}

/* So many rows are not walked in the time that a count may take. */
static bool is_large(struct query *q)
{
        return total(q) > ROWS_LARGE;
}

enum rc query_find_count(struct query *q, struct err *err)
{
        size_t all;
        enum rc rc = RC_OK;

        if (!flags_are_known(q->s, q->t))
                rc = is_large(q) ? flags_learn(q->s, q->t, err) : RC_NOTFOUND;
        if (rc != RC_OK || query_count(q, &all))
                return rc == RC_NOTFOUND ? RC_OK : rc;
        rc = query_feed_plain(q, err);
        if (rc == RC_OK)
                rc = query_feed_try(q, err);
        if (rc == RC_OK)
                rc = query_feed_words(q, err);
        if (rc == RC_OK)
                count_known(q);
        return rc;
}

void query_tally_by(struct query *q, int field)
{
        q->tally_shift = field_flags_shift(q->t->kind, field);
        q->tally_mask = field_flags_mask(&q->t->kind->fields[field]);
}

const size_t *query_tally(const struct query *q)
{
        return q->tally;
}

size_t query_known(const struct query *q)
{
        return q->count;
}

bool query_is_done(const struct query *q)
{
        return q->is_done;
}

bool query_count(const struct query *q, size_t *ret)
{
        if (!q->is_done && q->counted < 0)
                return false;
        *ret = q->is_done ? q->count : (size_t)q->counted;
        return true;
}

int64_t query_rid(const struct query *q, size_t position)
{
        return position < q->count ? q->rids[position] : 0;
}

enum rc query_position(const struct query *q, int64_t rid, size_t *ret)
{
        for (size_t i = 0; i < q->count; i++) {
                if (q->rids[i] != rid)
                        continue;
                *ret = i;
                return RC_OK;
        }
        return RC_NOTFOUND;
}

/* ---- pages ------------------------------------------------------------------------------------
 */

enum rc query_row(struct query *q, size_t position, struct arena *a, struct row *ret,
                  struct err *err)
{
        struct row row;
        enum rc rc = thing_by_rid(q->s, q->t->kind, q->rids[position], a, &row, err);

        if (rc != RC_OK)
                return rc;
        row.matches = plan_passes(&q->plan, row.rid, row_flags(&row));
        *ret = row;
        return RC_OK;
}

static enum rc read_page(struct query *q, size_t first, size_t count, struct arena *a,
                         struct row *rows, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                if (q->pages_yield && i % ASK_EACH_ROWS == 0 && store_is_interrupted(q->s))
                        return RC_BUSY;
                rc = query_row(q, first + i, a, &rows[i], err);
        }
        return rc;
}

void query_let_pages_yield(struct query *q, bool yes)
{
        q->pages_yield = yes;
}

enum rc query_page(struct query *q, size_t first, size_t count, struct arena *a, struct row **ret,
                   size_t *ret_count, struct err *err)
{
        struct row *rows;
        bool own;
        enum rc rc;

        if (first > q->count)
                first = q->count;
        if (count > q->count - first)
                count = q->count - first;
        rows = arena_array(a, count ? count : 1, sizeof(*rows));
        /* one picture for the page, and one lock instead of one per row */
        own = !store_in_transaction(q->s) &&
              sqlite3_exec(q->s->db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK;
        rc = read_page(q, first, count, a, rows, err);
        if (own)
                sqlite3_exec(q->s->db, "COMMIT", NULL, NULL, NULL);
        if (rc != RC_OK)
                return rc;
        *ret = rows;
        *ret_count = count;
        return RC_OK;
}
