/*
 * What a query walks: the stretches of its sort's index, or a few candidates sorted by themselves.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

#define ASK_EVERY 4096 /* rows in memory between two questions whether to stop */

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

        for (int i = 0; i < count && i < QUERY_SEGMENTS_MAX - 1; i++) {
                struct bound key = {.type = BOUND_NUMBER, .number = down ? count - 1 - i : i};

                if (may_be(q, field, (int)key.number))
                        walk_init_key(add_segment(q), q->t->kind, field, &key, true);
                else
                        q->skips = true;
        }
        if (may_be(q, field, -1))
                walk_init_key(add_segment(q), q->t->kind, field,
                              &(struct bound){.type = BOUND_NULL}, true);
        else
                q->skips = true;
}

static void add_segments(struct query *q)
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

void query_order_walk(struct query *q)
{
        add_segments(q);
        if (!q->skips)
                q->order = order_begin(q->s, q->t, q->sort_field, q->sort_down);
}

void query_order_note(struct query *q, int64_t rid, unsigned flags)
{
        if (q->order && !order_add(q->order, rid, flags))
                order_drop(TAKE(q->order));
}

void query_order_end(struct query *q)
{
        if (q->order)
                order_keep(q->s, q->t, TAKE(q->order));
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

static void drop_segments(struct query *q)
{
        for (size_t i = 0; i < q->segment_count; i++)
                walk_finish(&q->segments[i]);
        q->segment_count = q->at = 0;
        q->count = 0;
        memset(q->tally, 0, sizeof(q->tally));
        order_drop(TAKE(q->order));
}

static bool takes(const struct query *q, const struct order_row *row)
{
        bool passes = q->passing.words[row->rid / 64] >> row->rid % 64 & 1;

        return (passes && plan_flags_pass(&q->plan, row->flags)) ||
               (q->keep_count && query_keeps(q, row->rid));
}

/* What a walk has found so far is found again, in the same order, before anything stops it. */
enum rc query_order_known(struct query *q, size_t want)
{
        size_t least = 0;
        struct order_view o;

        if (!q->known) {
                q->known = order_known(q->s, q->t, q->sort_field, q->sort_down);
                if (!q->known)
                        return RC_NOTFOUND;
                least = q->count;
                drop_segments(q);
                plan_join_sets(&q->plan, order_view(q->known).last, &q->passing);
        }
        o = order_view(q->known);
        if (want < least)
                want = least;
        for (size_t n = 1; q->known_at < o.count && q->count < want; n++) {
                const struct order_row *row = &o.rows[q->known_at++];

                if (takes(q, row))
                        query_push(q, row->rid, row->flags);
                if (n % ASK_EVERY == 0 && q->count >= least && q->count < want &&
                    store_is_interrupted(q->s))
                        return RC_BUSY;
        }
        q->is_done = q->known_at == o.count;
        return RC_OK;
}

void query_order_few(struct query *q)
{
        CLEANUP(str_finish) struct str list = {0};
        size_t size = 0;
        const struct rids *set = smallest_set(&q->plan, &size);
        char order[256];
        struct walk *w;

        if (!set || size > query_few(q) || size + q->keep_count > QUERY_FEW_ROWS)
                return;
        str_init(&list, (QUERY_FEW_ROWS * 2 + 1) * 24);
        write_candidates(q, set, &list);
        order_few(q, order, sizeof(order));
        drop_segments(q);
        w = add_segment(q);
        *w = (struct walk){.text = {.type = BOUND_TEXT, .text = xstrdup(str_text(&list))}};
        w->sql[0] = xasprintf("SELECT rid, flags, 0, NULL FROM thing_%s"
                              " WHERE rid IN (SELECT value FROM json_each(:text)) ORDER BY %s",
                              q->t->kind->name, order);
        q->is_few = true;
}
