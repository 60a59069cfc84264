/*
 * The queue of a triage: row ids, read once and then kept in this order.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "ui/triage.h"
#include "ui_private.h"

#define QUEUE_LINE "is:unacked status:open sort:created"

void triage_queue_finish(struct triage_queue *q)
{
        query_close(q->scan);
        free(q->entries);
        *q = (struct triage_queue){0};
}

void triage_queue_add(struct triage_queue *q, int64_t rid)
{
        if (q->count == q->room) {
                q->room = q->room ? q->room * 2 : 64;
                q->entries = xreallocarray(q->entries, q->room, sizeof(*q->entries));
        }
        q->entries[q->count++] = (struct triage_entry){.rid = rid};
}

static enum rc open_scan(struct triage_queue *q, struct ui *ui, struct err *err)
{
        const struct ops *ops = ui_ops(ui);
        struct filter_context ctx = {
                .kind = &kind_incident,
                .values = {.words = ops->words, .now_ms = ui_now_ms(ui), .me = ops->operator} };
        CLEANUP(arena_finish) struct arena a = {0};
        struct filter filter;
        enum rc rc = filter_read(QUEUE_LINE, &ctx, &a, &filter, NULL, err);
        return rc == RC_OK ? query_open(ops->store, &filter, NULL, 0, &q->scan, err) : rc;
}

/* What was acknowledged is not to do any more; what was undone or comes back is again. */
static void compare(struct triage_queue *q, const struct marks *unacked, struct marks *held)
{
        for (size_t i = 0; i < q->count; i++) {
                struct triage_entry *e = &q->entries[i];
                if (marks_has(unacked, e->rid))
                        e->state = TRIAGE_TO_DO;
                else if (e->state == TRIAGE_TO_DO && i != q->at)
                        e->state = TRIAGE_GONE;
                marks_push(held, e->rid);
        }
        marks_settle(held);
}

static size_t first_to_do(const struct triage_queue *q)
{
        size_t at = 0;
        while (at < q->count && q->entries[at].state != TRIAGE_TO_DO)
                at++;
        return at;
}

static void take_scan(struct triage_queue *q)
{
        bool at_end = q->at >= q->count;
        struct marks unacked = {0}, held = {0};
        size_t known = query_known(q->scan);
        for (size_t i = 0; i < known; i++)
                marks_push(&unacked, query_rid(q->scan, i));
        marks_settle(&unacked);
        compare(q, &unacked, &held);
        for (size_t i = 0; i < known && !q->only_marked; i++)
                if (!marks_has(&held, query_rid(q->scan, i)))
                        triage_queue_add(q, query_rid(q->scan, i));
        if (at_end)
                q->at = first_to_do(q);
        marks_finish(&unacked);
        marks_finish(&held);
        query_close(q->scan);
        q->scan = NULL;
}

enum rc triage_queue_look(struct triage_queue *q, struct ui *ui, struct err *err)
{
        enum rc rc = q->scan ? RC_OK : open_scan(q, ui, err);
        if (rc == RC_OK)
                rc = query_run(q->scan, SIZE_MAX, err);
        if (rc == RC_OK)
                take_scan(q);
        return rc;
}

void triage_queue_next(struct triage_queue *q)
{
        if (q->at < q->count)
                q->at++;
        while (q->at < q->count && q->entries[q->at].state != TRIAGE_TO_DO)
                q->at++;
        /* what was left out on the way back is still to do */
        if (q->at == q->count)
                q->at = first_to_do(q);
}

void triage_queue_later(struct triage_queue *q)
{
        if (q->at >= q->count)
                return;
        struct triage_entry e = q->entries[q->at];
        for (size_t i = q->at; i + 1 < q->count; i++)
                q->entries[i] = q->entries[i + 1];
        q->entries[q->count - 1] = e;
        while (q->entries[q->at].state != TRIAGE_TO_DO && q->at + 1 < q->count)
                q->at++;
}

bool triage_queue_back(struct triage_queue *q)
{
        size_t at = q->at;
        while (at > 0) {
                at--;
                if (q->entries[at].state == TRIAGE_GONE)
                        continue;
                q->at = at;
                return true;
        }
        return false;
}

static size_t count_of(const struct triage_queue *q, enum triage_state state)
{
        size_t n = 0;
        for (size_t i = 0; i < q->count; i++)
                n += q->entries[i].state == state;
        return n;
}

size_t triage_queue_done(const struct triage_queue *q)
{
        return count_of(q, TRIAGE_DONE);
}

size_t triage_queue_left(const struct triage_queue *q)
{
        return count_of(q, TRIAGE_TO_DO);
}

int64_t triage_queue_after(const struct triage_queue *q, size_t n)
{
        for (size_t i = q->at + 1; i < q->count; i++)
                if (q->entries[i].state == TRIAGE_TO_DO && n-- == 0)
                        return q->entries[i].rid;
        return 0;
}
