/*
 * Finding in triage: to the next incident of the round that a filter line finds.
 */
#include "base/mem.h"
#include "ui/marks.h"
#include "ui/prompt.h"
#include "ui/triage.h"
#include "ui_private.h"

static struct triage *state_of(const struct view *v)
{
        return v->state;
}

static struct filter_context context_of(const struct ui *ui)
{
        struct ops *ops = ui_ops(ui);
        return (struct filter_context){
                .kind = &kind_incident,
                .values = {.words = ops->words, .now_ms = ui_now_ms(ui), .me = ops->operator} };
}

static enum rc find_all(struct ui *ui, const char *line, struct marks *ret, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct filter_context ctx = context_of(ui);
        struct filter filter;
        struct query *q = NULL;
        enum rc rc = filter_read(line, &ctx, &a, &filter, NULL, err);
        if (rc == RC_OK)
                rc = query_open(ui_ops(ui)->store, &filter, NULL, 0, &q, err);
        if (rc != RC_OK)
                return rc;
        do {
                rc = query_run(q, SIZE_MAX, err);
        } while (rc == RC_BUSY);
        for (size_t i = 0; rc == RC_OK && i < query_known(q); i++)
                marks_push(ret, query_rid(q, i));
        marks_settle(ret);
        query_close(q);
        return rc;
}

static enum rc find_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct view *v = ctx;
        struct marks found = {0};
        if (!text[0])
                return RC_OK;
        AUTO_FREE char *line = xasprintf(TRIAGE_LINE " %s", text);
        enum rc rc = find_all(ui, line, &found, err);
        if (rc == RC_OK) {
                triage_draft_save(v);
                rc = triage_queue_find(&state_of(v)->queue, &found)
                             ? triage_show(v, err)
                             : err_set(err, RC_NOTFOUND, "no other in this round is found by that");
        }
        marks_finish(&found);
        ui_dirty(ui);
        return rc;
}

static size_t filter_words(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                           const char **ret, size_t max)
{
        const struct filter_context fc = context_of(ui);
        (void)ctx;
        return filter_complete(text, at, &fc, a, ret, max);
}

enum rc triage_find(struct ui *ui, struct view *v, struct err *err)
{
        (void)err;
        prompt_open(ui, &(struct prompt){
                                .sign = "/",
                                .hint = "words, field:value: goes to the next that waits and is "
                                        "found by it",
                                .history = "filter",
                                .word = filter_word_start,
                                .complete = filter_words,
                                .accept = find_given,
                                .ctx = v});
        return RC_OK;
}
