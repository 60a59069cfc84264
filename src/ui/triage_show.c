/*
 * The incident that triage shows: read with what is around it, anew where somebody else changed
 * something.
 */
#include <string.h>

#include "base/clock.h"
#include "store/versions.h"
#include "ui/triage.h"
#include "ui_private.h"

#define PEOPLE_RECENT 500 /* newest incidents whose owners are offered */
#define MARKED_MAX    100000

static struct triage *state_of(const struct view *v)
{
        return v->state;
}

/* ---- the current one ---- */

static void forget(struct triage *t)
{
        arena_reset(&t->arena);
        t->shown = t->overtaken = false;
        t->alike_count = t->alike_more = t->next_count = 0;
}

static int64_t received_at(struct ops *ops, const struct row *row, struct arena *a)
{
        struct version *versions;
        size_t count;
        if (!(row->flags & MARK_FOREIGN) ||
            version_list_bare(ops->store, row->thing.id, a, &versions, &count, NULL) != RC_OK ||
            !count)
                return CLOCK_NONE;
        return versions[0].received_ms;
}

static const char *same_as(struct triage *t, struct store *store)
{
        const char *of = thing_text(&t->row.thing, "duplicate_of");
        struct row other;
        return of && thing_by_id(store, of, &t->arena, &other, NULL) == RC_OK ? other.ref : NULL;
}

static void read_next(struct triage *t, struct store *store)
{
        t->next_count = 0;
        for (size_t n = 0; n < TRIAGE_NEXT_MAX; n++) {
                int64_t rid = triage_queue_after(&t->queue, n);
                if (rid && thing_by_rid(store, &kind_incident, rid, &t->arena,
                                        &t->next[t->next_count], NULL) == RC_OK)
                        t->next_count++;
        }
}

/* Reads the current one anew, in a picture of its own. */
static enum rc read_current(struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        struct store *store = ui_ops(v->ui)->store;
        forget(t);
        if (t->queue.at >= t->queue.count)
                return RC_OK;
        bool one = store_read_begin(store);
        enum rc rc = thing_by_rid(store, &kind_incident, t->queue.entries[t->queue.at].rid,
                                  &t->arena, &t->row, err);
        if (rc == RC_OK) {
                t->received_ms = received_at(ui_ops(v->ui), &t->row, &t->arena);
                t->same_as = same_as(t, store);
                rc = triage_find_alike(v->ui, t, err);
                read_next(t, store);
        }
        if (one)
                store_read_end(store);
        t->shown = rc == RC_OK;
        return rc;
}

bool triage_can_ack(const struct row *row)
{
        return (row->flags & MARK_UNACKED) && thing_rank(&row->thing, "status") != STATUS_CLOSED;
}

bool triage_is_parked(const struct ui *ui, const struct row *row)
{
        int64_t until = thing_ms(&row->thing, "parked_until");
        return until != CLOCK_NONE && until > ui_now_ms(ui);
}

bool triage_is_to_do(const struct ui *ui, const struct row *row)
{
        return triage_can_ack(row) && row_waits(row, ui_now_ms(ui));
}

static void clear_answers(struct triage *t)
{
        memset(t->answers, 0, sizeof(t->answers));
        memset(t->answered, 0, sizeof(t->answered));
        t->at = ASK_SEVERITY;
        t->cursor = -1;
        t->draft_due = t->draft_held = false;
}

/* Another one: its questions from the start, or as far as its draft goes. */
enum rc triage_show(struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        clear_answers(t);
        t->in_detail = false;
        enum rc rc = read_current(v, err);
        if (rc != RC_OK || !t->shown)
                return rc;
        t->revisited = t->queue.entries[t->queue.at].state == TRIAGE_DONE;
        t->overtaken = !triage_is_to_do(v->ui, &t->row) && !t->revisited;
        if (!t->overtaken)
                triage_draft_load(v);
        return RC_OK;
}

enum rc triage_step_on(struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        triage_draft_save(v);
        if (t->overtaken)
                triage_queue_set(&t->queue, TRIAGE_GONE);
        triage_queue_next(&t->queue);
        return triage_show(v, err);
}

/* ---- beginning ---- */

static enum rc read_people(struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        arena_reset(&t->people_arena);
        t->people_count = 0;
        return things_people(ui_ops(v->ui)->store, &kind_incident, "owner", PEOPLE_RECENT,
                             TRIAGE_PEOPLE_MAX, &t->people_arena, &t->people, &t->people_count,
                             err);
}

/* What is marked, oldest first: row ids grow with arrival. */
static void take_marked(struct view *v)
{
        struct triage *t = state_of(v);
        CLEANUP(arena_finish) struct arena a = {0};
        t->skipped = 0;
        for (size_t i = 0; i < t->list->marked.count && i < MARKED_MAX; i++) {
                struct row row;
                arena_reset(&a);
                if (thing_by_rid(ui_ops(v->ui)->store, &kind_incident, t->list->marked.rids[i], &a,
                                 &row, NULL) == RC_OK &&
                    triage_is_to_do(v->ui, &row))
                        triage_queue_add(&t->queue, row.rid);
                else
                        t->skipped++;
        }
}

enum rc triage_begin(struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        triage_queue_finish(&t->queue);
        t->begun_ms = ui_now_ms(v->ui);
        enum rc rc = read_people(v, err);
        if (rc != RC_OK)
                return rc;
        if (t->list && t->list->marked.count) {
                t->queue.only_marked = true;
                take_marked(v);
        } else {
                rc = triage_queue_look(&t->queue, v->ui, err);
        }
        if (rc != RC_OK && rc != RC_BUSY)
                return rc;
        t->begun = true;
        enum rc shown = triage_show(v, err);
        return shown == RC_OK ? rc : shown;
}

/* What others did: the current one may be done with, new ones join the end. */
enum rc triage_look_again(struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        enum rc rc = triage_queue_look(&t->queue, v->ui, err);
        if (rc != RC_OK)
                return rc;
        ui_dirty(v->ui);
        if (t->queue.at >= t->queue.count || !t->shown)
                return triage_show(v, err);
        rc = read_current(v, err);
        t->overtaken = rc == RC_OK && t->shown && !t->revisited && !triage_is_to_do(v->ui, &t->row);
        return rc;
}
