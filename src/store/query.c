/*
 * A query: first its sets are filled, then the segments of its sort are walked and tested. Either
 * may stop at any row and go on in another call; in between no statement is open.
 */
#include "store/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

#define ASK_EVERY     256 /* rows between two questions whether to stop */
#define ASK_EACH_ROWS 8   /* the same while full rows are read */
#define SEGMENTS_MAX  10
#define FEW_ROWS      2000 /* so few candidates are sorted rather than looked for along the index, */
#define FEW_SHARE     16   /* and at most one row in so many                                      */

struct query {
        struct store *s;
        struct table *t;
        int sort_field;
        bool sort_down;
        struct plan plan;
        size_t fed; /* feeds that are done */
        struct walk segments[SEGMENTS_MAX];
        size_t segment_count, at; /* the segment walked now */
        bool is_planned, is_done;
        bool is_few; /* one segment, sorted by itself: taken whole, since it can't go on from a key
                      */
        int64_t *keep; /* sorted */
        size_t keep_count;
        uint32_t *rids;
        size_t count, room;
        int64_t counted; /* rows in all, by their flags; -1 = the scan tells */
        bool pages_yield;
        unsigned steps;
        int tally_shift; /* 0 = nothing is counted */
        size_t tally[QUERY_RANKS];
};

/* ---- what is walked -------------------------------------------------------------------------- */

static struct walk *add_segment(struct query *q)
{
        return &q->segments[q->segment_count++];
}

/* May a row have this value? Stretches of others need no walk. */
static bool may_be(const struct query *q, int field, int rank)
{
        int shift = field_flags_shift(q->t->kind, field);

        for (size_t i = 0; i < q->plan.enum_count && !q->keep_count; i++)
                if (q->plan.enums[i].shift == shift &&
                    !(q->plan.enums[i].allowed & (1u << (rank + 1))))
                        return false;
        return true;
}

/* Values of an enumeration one after the other, newest first in each, those without one last. */
static void segment_enum(struct query *q, int field, bool down)
{
        int count = (int)q->t->kind->fields[field].list->count;

        for (int i = 0; i < count && i < SEGMENTS_MAX - 1; i++) {
                struct bound key = {.type = BOUND_NUMBER, .number = down ? count - 1 - i : i};

                if (may_be(q, field, (int)key.number))
                        walk_init_key(add_segment(q), q->t->kind, field, &key, true);
        }
        if (may_be(q, field, -1))
                walk_init_key(add_segment(q), q->t->kind, field,
                              &(struct bound){.type = BOUND_NULL}, true);
}

static void plan_segments(struct query *q)
{
        const struct kind *kind = q->t->kind;
        char col[COLUMN_NAME];

        if (q->sort_field < 0) {
                walk_init_newest(add_segment(q), kind, true);
                return;
        }
        column_sorted(kind, q->sort_field, col);
        if (strcmp(col, "newest") == 0) {
                walk_init_newest(add_segment(q), kind, q->sort_down);
        } else if (kind->fields[q->sort_field].type == FIELD_ENUM) {
                segment_enum(q, q->sort_field, q->sort_down);
        } else {
                walk_init_all(add_segment(q), kind, q->sort_field, q->sort_down);
                walk_init_key(add_segment(q), kind, q->sort_field,
                              &(struct bound){.type = BOUND_NULL}, q->sort_down);
        }
}

/* Order of a handful of rows: the same as that of the segments. */
static void order_few(const struct query *q, char *out, size_t size)
{
        const char *dir = q->sort_field < 0 || q->sort_down ? " DESC" : "", *tie, *tie_dir;
        const struct kind *kind = q->t->kind;
        char col[COLUMN_NAME] = "newest";

        if (q->sort_field >= 0)
                column_sorted(kind, q->sort_field, col);
        if (strcmp(col, "newest") == 0) {
                snprintf(out, size, "newest%s, flags%s, rid%s", dir, dir, dir);
                return;
        }
        tie = column_tie(kind, q->sort_field);
        tie_dir = kind->fields[q->sort_field].type == FIELD_ENUM ? " DESC" : dir;
        snprintf(out, size, "%s IS NULL, %s%s, %s%s, flags%s, rid%s", col, col, dir, tie, tie_dir,
                 tie_dir, tie_dir);
}

static void write_candidates(const struct query *q, const struct rids *set, struct str *out)
{
        str_addc(out, '[');
        for (size_t i = 0; i < set->count * 64; i++)
                if (rids_has(set, (int64_t)i))
                        str_addf(out, "%s%zu", out->len > 1 ? "," : "", i);
        for (size_t i = 0; i < q->keep_count; i++)
                str_addf(out, "%s%lld", out->len > 1 ? "," : "", (long long)q->keep[i]);
        str_addc(out, ']');
}

/* The smallest set that every row must be in; NULL where there is none. */
static const struct rids *smallest_set(const struct plan *p, size_t *ret_size)
{
        const struct rids *best = NULL;

        for (size_t i = 0; i < p->set_count; i++) {
                size_t size;

                if (p->sets[i].negated)
                        continue;
                size = rids_size(&p->sets[i].rids);
                if (!best || size < *ret_size) {
                        best = &p->sets[i].rids;
                        *ret_size = size;
                }
        }
        return best;
}

static bool are_few(const struct query *q, size_t size)
{
        int64_t total;

        return size + q->keep_count <= FEW_ROWS &&
               query_total(q->s, q->t->kind, &total, NULL) == RC_OK &&
               size <= (size_t)total / FEW_SHARE;
}

static bool segment_few(struct query *q)
{
        CLEANUP(str_finish) struct str list = {0};
        size_t size = 0;
        const struct rids *set = smallest_set(&q->plan, &size);
        char order[256];
        struct walk *w;

        str_init(&list, (FEW_ROWS * 2 + 1) * 24);
        if (!set || !are_few(q, size))
                return false;
        write_candidates(q, set, &list);
        order_few(q, order, sizeof(order));
        w = add_segment(q);
        *w = (struct walk){.text = {.type = BOUND_TEXT, .text = xstrdup(str_text(&list))}};
        w->sql[0] = xasprintf("SELECT rid, flags, 0, NULL FROM thing_%s"
                              " WHERE rid IN (SELECT value FROM json_each(:text)) ORDER BY %s",
                              q->t->kind->name, order);
        return true;
}

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
        q->counted = -1;
        if (keep_count) {
                q->keep = xcalloc(keep_count, sizeof(*keep));
                memcpy(q->keep, keep, keep_count * sizeof(*keep));
                qsort(q->keep, keep_count, sizeof(*keep), compare_rids);
                q->keep_count = keep_count;
        }
        rc = plan_make(&q->plan, f, err);
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
        free(q->keep);
        free(q->rids);
        free(q);
}

/* ---- running --------------------------------------------------------------------------------- */

static bool must_stop(struct query *q)
{
        return ++q->steps % ASK_EVERY == 0 && store_is_interrupted(q->s);
}

static enum rc feed_one(struct query *q, struct feed *f, struct err *err)
{
        struct rids *set = &q->plan.sets[f->set].rids;
        enum rc rc;

        while ((rc = walk_next(q->s, &f->walk, err)) == RC_OK) {
                if (!f->tests || walk_flags(&f->walk))
                        rids_set(set, walk_rid(&f->walk), !f->clears);
                if (must_stop(q)) {
                        rc = walk_pause(q->s, &f->walk, err);
                        return rc == RC_OK ? RC_BUSY : rc;
                }
        }
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

static enum rc feed_all(struct query *q, struct err *err)
{
        while (q->fed < q->plan.feed_count) {
                enum rc rc = feed_one(q, &q->plan.feeds[q->fed], err);

                if (rc != RC_OK)
                        return rc;
                q->fed++;
        }
        if (!q->is_planned) {
                q->is_few = segment_few(q);
                if (!q->is_few)
                        plan_segments(q);
        }
        if (!q->is_planned && !q->plan.set_count && !q->keep_count)
                plan_count(q->s, q->t->kind, &q->plan, &q->counted);
        q->is_planned = true;
        return RC_OK;
}

static bool is_kept(const struct query *q, int64_t rid)
{
        return q->keep_count &&
               bsearch(&rid, q->keep, q->keep_count, sizeof(rid), compare_rids) != NULL;
}

static void push(struct query *q, int64_t rid, unsigned flags)
{
        if (q->tally_shift)
                q->tally[flags >> q->tally_shift & (QUERY_RANKS - 1)]++;
        if (q->count == q->room) {
                q->room = q->room ? q->room + q->room / 2 : 256;
                q->rids = xreallocarray(q->rids, q->room, sizeof(*q->rids));
        }
        q->rids[q->count++] = (uint32_t)rid;
}

/* Walks on in one segment. RC_NOTFOUND: it is at its end. */
static enum rc walk_segment(struct query *q, struct walk *w, size_t want, struct err *err)
{
        enum rc rc;

        while ((rc = walk_next(q->s, w, err)) == RC_OK) {
                int64_t rid = walk_rid(w);

                if (rid > UINT32_MAX)
                        rc = err_set(err, RC_FAIL, "row id %lld is too great", (long long)rid);
                else if (plan_passes(&q->plan, rid, walk_flags(w)) || is_kept(q, rid))
                        push(q, rid, walk_flags(w));
                if (rc == RC_OK && (q->is_few || (q->count < want && !must_stop(q))))
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
        enum rc rc = feed_all(q, err);

        while (rc == RC_OK && q->count < want && q->at < q->segment_count) {
                rc = walk_segment(q, &q->segments[q->at], want, err);
                if (rc != RC_NOTFOUND)
                        continue;
                q->at++;
                rc = RC_OK;
        }
        if (rc == RC_OK && q->at == q->segment_count)
                q->is_done = true;
        return rc;
}

void query_tally_by(struct query *q, int field)
{
        q->tally_shift = field_flags_shift(q->t->kind, field);
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
