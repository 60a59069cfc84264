/*
 * The queue of a triage: row ids, read once and then kept in this order.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "ui/triage.h"
#include "ui_private.h"

#define FIRST_ROWS 64

void triage_queue_finish(struct triage_queue *q)
{
        query_close(q->scan);
        free(q->entries);
        *q = (struct triage_queue){0};
}

static void make_room(struct triage_queue *q, size_t room)
{
        if (room <= q->room)
                return;
        q->room = room;
        q->entries = xreallocarray(q->entries, room, sizeof(*q->entries));
}

void triage_queue_add(struct triage_queue *q, int64_t rid)
{
        if (q->count == q->room)
                make_room(q, q->room + q->room / 2 + 64);
        q->entries[q->count++] = (struct triage_entry){.rid = (uint32_t)rid};
        q->counts[TRIAGE_TO_DO]++;
}

/* The numbers on the screen are kept, not counted: a queue may be long, and every key paints. */
static void set_state(struct triage_queue *q, size_t i, enum triage_state state)
{
        struct triage_entry *e = &q->entries[i];
        q->counts[e->state]--;
        q->counts[state]++;
        if (i < q->at)
                q->gone_before += (state == TRIAGE_GONE) - (e->state == TRIAGE_GONE);
        e->state = state;
}

static void go_to(struct triage_queue *q, size_t at)
{
        for (; q->at < at; q->at++)
                q->gone_before += q->entries[q->at].state == TRIAGE_GONE;
        for (; q->at > at; q->at--)
                q->gone_before -= q->entries[q->at - 1].state == TRIAGE_GONE;
}

void triage_queue_set(struct triage_queue *q, enum triage_state state)
{
        set_state(q, q->at, state);
}

size_t triage_queue_position(const struct triage_queue *q, size_t *ret_all)
{
        *ret_all = q->count - q->counts[TRIAGE_GONE];
        return q->at - q->gone_before + 1;
}

static enum rc open_scan(struct triage_queue *q, struct ui *ui, struct err *err)
{
        const struct ops *ops = ui_ops(ui);
        struct filter_context ctx = {
                .kind = &kind_incident,
                .values = {.words = ops->words, .now_ms = ui_now_ms(ui), .me = ops->operator} };
        CLEANUP(arena_finish) struct arena a = {0};
        struct filter filter;
        enum rc rc = filter_read(TRIAGE_LINE, &ctx, &a, &filter, NULL, err);
        return rc == RC_OK ? query_open(ops->store, &filter, NULL, 0, &q->scan, err) : rc;
}

/* What was acknowledged is not to do any more; what was undone or comes back is again. */
static void compare(struct triage_queue *q, const struct marks *unacked, struct marks *held)
{
        for (size_t i = 0; i < q->count; i++) {
                const struct triage_entry *e = &q->entries[i];
                if (marks_has(unacked, e->rid))
                        set_state(q, i, TRIAGE_TO_DO);
                else if (e->state == TRIAGE_TO_DO && i != q->at)
                        set_state(q, i, TRIAGE_GONE);
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

/* What the first look has found so far: it is in order, and what follows joins the end. */
static void take_found(struct triage_queue *q)
{
        size_t known = query_known(q->scan);
        make_room(q, q->count + known - q->taken);
        for (; q->taken < known; q->taken++)
                triage_queue_add(q, query_rid(q->scan, q->taken));
}

static void add_new(struct triage_queue *q, const struct marks *held)
{
        size_t known = query_known(q->scan);
        for (size_t i = 0; i < known && !q->only_marked; i++)
                if (!marks_has(held, query_rid(q->scan, i)))
                        triage_queue_add(q, query_rid(q->scan, i));
}

static void take_changes(struct triage_queue *q)
{
        bool at_end = q->at >= q->count;
        struct marks unacked = {0}, held = {0};
        for (size_t i = 0; i < query_known(q->scan); i++)
                marks_push(&unacked, query_rid(q->scan, i));
        marks_settle(&unacked);
        compare(q, &unacked, &held);
        add_new(q, &held);
        if (at_end)
                go_to(q, first_to_do(q));
        marks_finish(&unacked);
        marks_finish(&held);
}

static void close_scan(struct triage_queue *q)
{
        query_close(q->scan);
        q->scan = NULL;
        q->growing = false;
}

/* The first ones are shown as soon as they are known. */
static enum rc run_first(struct triage_queue *q, struct err *err)
{
        enum rc rc = query_run(q->scan, q->taken ? SIZE_MAX : FIRST_ROWS, err);
        while (rc == RC_BUSY && !query_known(q->scan))
                rc = query_run(q->scan, 1, err);
        if (rc == RC_OK && !query_is_done(q->scan))
                rc = RC_BUSY;
        if (rc == RC_OK || rc == RC_BUSY)
                take_found(q);
        return rc;
}

static enum rc run_again(struct triage_queue *q, struct err *err)
{
        enum rc rc = query_run(q->scan, SIZE_MAX, err);
        if (rc == RC_OK)
                take_changes(q);
        return rc;
}

enum rc triage_queue_look(struct triage_queue *q, struct ui *ui, struct err *err)
{
        bool first = !q->count && !q->only_marked;
        enum rc rc = q->scan ? RC_OK : open_scan(q, ui, err);
        if (rc != RC_OK)
                return rc;
        if (first && !q->growing) {
                q->growing = true;
                q->taken = 0;
        }
        rc = q->growing ? run_first(q, err) : run_again(q, err);
        if (rc == RC_OK)
                close_scan(q);
        return rc;
}

void triage_queue_look_anew(struct triage_queue *q)
{
        close_scan(q);
}

void triage_queue_next(struct triage_queue *q)
{
        size_t at = q->at;
        if (at < q->count)
                at++;
        while (at < q->count && q->entries[at].state != TRIAGE_TO_DO)
                at++;
        /* what was left out on the way back is still to do */
        if (at == q->count)
                at = first_to_do(q);
        go_to(q, at);
}

void triage_queue_later(struct triage_queue *q)
{
        if (q->at >= q->count)
                return;
        struct triage_entry e = q->entries[q->at];
        for (size_t i = q->at; i + 1 < q->count; i++)
                q->entries[i] = q->entries[i + 1];
        q->entries[q->count - 1] = e;
        size_t at = q->at;
        while (q->entries[at].state != TRIAGE_TO_DO && at + 1 < q->count)
                at++;
        go_to(q, at);
}

bool triage_queue_back(struct triage_queue *q)
{
        size_t at = q->at;
        while (at > 0) {
                at--;
                if (q->entries[at].state == TRIAGE_GONE)
                        continue;
                go_to(q, at);
                return true;
        }
        return false;
}

bool triage_queue_find(struct triage_queue *q, const struct marks *among)
{
        for (size_t i = 1; i < q->count; i++) {
                size_t at = (q->at + i) % q->count;
                const struct triage_entry *e = &q->entries[at];
                if (e->state != TRIAGE_TO_DO || !marks_has(among, e->rid))
                        continue;
                go_to(q, at);
                return true;
        }
        return false;
}

size_t triage_queue_done(const struct triage_queue *q)
{
        return q->counts[TRIAGE_DONE];
}

size_t triage_queue_left(const struct triage_queue *q)
{
        return q->counts[TRIAGE_TO_DO];
}

int64_t triage_queue_after(const struct triage_queue *q, size_t n)
{
        for (size_t i = q->at + 1; i < q->count; i++)
                if (q->entries[i].state == TRIAGE_TO_DO && n-- == 0)
                        return q->entries[i].rid;
        return 0;
}
