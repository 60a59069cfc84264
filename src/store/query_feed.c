/*
 * Filling the sets of a query from indexes: first all that are asked of columns, then those of
 * words.
 */
#include <stdlib.h>

#include "store_private.h"

#define TRY_ROWS 2000 /* of a word: then it is one that many have */

bool query_is_fed(const struct query *q)
{
        return q->fed == q->plan.feed_count;
}

static enum rc begin(struct query *q, struct feed *f, struct err *err)
{
        CLEANUP(str_finish) struct str match = {0};
        enum rc rc;

        if (!f->word_count || f->walk.text.type == BOUND_TEXT)
                return RC_OK;
        str_init(&match, MATCH_BYTES_MAX);
        rc = words_write_match(q->s, q->t, &q->plan.words[f->first_word], f->word_count, &match,
                               err);
        if (rc == RC_OK)
                f->walk.text = (struct bound){.type = BOUND_TEXT, .text = str_take(&match)};
        return rc;
}

/* RC_BUSY: interrupted; RC_OK: at its end, or `most` rows are in it. */
static enum rc fill(struct query *q, struct feed *f, size_t most, struct err *err)
{
        struct rids *set = &q->plan.sets[f->set].rids;
        enum rc rc = begin(q, f, err);

        if (rc != RC_OK)
                return rc;
        while ((rc = walk_next(q->s, &f->walk, err)) == RC_OK) {
                if (!f->tests || walk_flags(&f->walk)) {
                        rids_set(set, walk_rid(&f->walk), !f->clears);
                        f->rows++;
                }
                if (f->rows < most && !query_must_stop(q))
                        continue;
                rc = walk_pause(q->s, &f->walk, err);
                if (rc == RC_OK && f->rows < most)
                        rc = RC_BUSY;
                return rc;
        }
        if (rc == RC_NOTFOUND) {
                f->is_done = true;
                rc = RC_OK;
        }
        return rc;
}

static enum rc feed_until(struct query *q, size_t end, struct err *err)
{
        enum rc rc = RC_OK;

        while (rc == RC_OK && q->fed < end) {
                struct feed *f = &q->plan.feeds[q->fed];

                if (!f->is_done)
                        rc = fill(q, f, SIZE_MAX, err);
                if (rc == RC_OK)
                        q->fed++;
        }
        return rc;
}

enum rc query_feed_plain(struct query *q, struct err *err)
{
        return feed_until(q, q->plan.plain_count, err);
}

enum rc query_feed_words(struct query *q, struct err *err)
{
        return feed_until(q, q->plan.feed_count, err);
}

/* Words of a letter are looked up long before the first row comes: those are not tried. */
static bool is_quick(const struct query *q, const struct feed *f)
{
        for (size_t i = 0; i < f->word_count; i++)
                if (word_is_long_to_find(&q->plan.words[f->first_word + i]))
                        return false;
        return true;
}

enum rc query_feed_try(struct query *q, struct err *err)
{
        enum rc rc;

        if (q->is_tried)
                return RC_OK;
        rc = words_read(q->s, q->plan.words, q->plan.word_count, err);
        for (size_t i = q->fed; rc == RC_OK && i < q->plan.feed_count; i++)
                if (is_quick(q, &q->plan.feeds[i]))
                        rc = fill(q, &q->plan.feeds[i], TRY_ROWS, err);
        if (rc == RC_OK)
                q->is_tried = true;
        while (q->fed < q->plan.feed_count && q->plan.feeds[q->fed].is_done)
                q->fed++;
        return rc;
}
