/*
 * The first rows of a filter with words that many rows have. Filling the set of such a word takes
 * as long as there are rows with it, while nearly every row that is looked at has it: so the rows
 * are taken in the order of the sort and their own text is asked.
 */
#include <string.h>

#include "store_private.h"

#define LOOKS_LEAST 64   /* before it is judged how many pass */
#define PASS_SHARE  5    /* at least one row in so many, or the sets are filled first */
#define ROWS_MOST   1000 /* asked for at once: for more the sets are filled */
#define ASK_EACH    8    /* rows read between two questions whether to stop */

bool query_may_peek(const struct query *q, size_t want)
{
        if (query_is_fed(q) || q->is_peeked || q->count >= want || want - q->count > ROWS_MOST ||
            q->plan.word_count > WORDS_SEEN_MAX)
                return false;
        for (size_t i = q->fed; i < q->plan.feed_count; i++)
                for (size_t w = 0; w < q->plan.feeds[i].word_count; w++)
                        if (!q->plan.words[q->plan.feeds[i].first_word + w].token_count)
                                return false;
        return true;
}

/* Which of the words a row has. */
struct look {
        struct arena arena;
        struct words_seen words;
};

static bool feed_has(const struct feed *f, const struct look *l)
{
        for (size_t i = 0; i < f->word_count; i++)
                if (!l->words.has[f->first_word + i])
                        return false;
        return true;
}

static bool set_has(const struct query *q, size_t set, int64_t rid, const struct look *l)
{
        if (rids_has(&q->plan.sets[set].rids, rid))
                return true;
        for (size_t i = q->fed; i < q->plan.feed_count; i++)
                if (q->plan.feeds[i].set == set && feed_has(&q->plan.feeds[i], l))
                        return true;
        return false;
}

static enum rc look_at(struct query *q, int64_t rid, struct look *l, bool *ret, struct err *err)
{
        struct fts_text text;
        enum rc rc;

        arena_reset(&l->arena);
        rc = fts_of_row(q->s, q->t, rid, &l->arena, &text, err);
        if (rc != RC_OK)
                return rc;
        words_look(q->s, q->t, q->plan.words, q->plan.word_count, &text, &l->words);
        *ret = true;
        for (size_t i = 0; i < q->plan.set_count && *ret; i++)
                *ret = set_has(q, i, rid, l) != q->plan.sets[i].negated;
        q->looked++;
        q->found += *ret;
        return RC_OK;
}

static enum rc pause(struct query *q, struct walk *w, enum rc then, struct err *err)
{
        enum rc rc = walk_pause(q->s, w, err);

        return rc == RC_OK ? then : rc;
}

static bool is_thin(const struct query *q)
{
        return q->looked >= LOOKS_LEAST && q->found * PASS_SHARE < q->looked;
}

/* RC_NOTFOUND: the segment is at its end. */
static enum rc peek_segment(struct query *q, struct walk *w, size_t want, struct look *l,
                            struct err *err)
{
        enum rc rc;

        while ((rc = walk_next(q->s, w, err)) == RC_OK) {
                int64_t rid = walk_rid(w);
                unsigned flags = walk_flags(w);
                bool passes = false, asks = query_must_stop(q);

                query_order_note(q, rid, flags);
                if (plan_flags_pass(&q->plan, flags)) {
                        rc = look_at(q, rid, l, &passes, err);
                        asks = asks || (q->looked % ASK_EACH == 0 && store_is_interrupted(q->s));
                }
                if (rc != RC_OK)
                        return rc;
                if (passes || query_keeps(q, rid))
                        query_push(q, rid, flags);
                q->is_peeked = is_thin(q);
                if (q->count >= want || q->is_peeked)
                        return pause(q, w, RC_OK, err);
                if (asks)
                        return pause(q, w, RC_BUSY, err);
        }
        return rc;
}

enum rc query_peek(struct query *q, size_t want, struct err *err)
{
        struct look l = {0};
        enum rc rc = RC_OK;

        if (!q->segment_count)
                query_order_walk(q);
        arena_init(&l.arena);
        while (rc == RC_OK && q->at < q->segment_count && q->count < want && !q->is_peeked) {
                rc = peek_segment(q, &q->segments[q->at], want, &l, err);
                if (rc == RC_NOTFOUND) {
                        q->at++;
                        rc = RC_OK;
                }
        }
        arena_finish(&l.arena);
        q->is_done = rc == RC_OK && q->at == q->segment_count;
        return rc;
}
