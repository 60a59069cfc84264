/*
 * Whether a deployment may take whom it names: nobody who was revoked, is held hard elsewhere,
 * rests or is on leave, whose clearance does not suffice until the end or who does not speak what
 * is needed, and nothing that is not fit. Asked where the act is made; what others did meanwhile
 * without knowing of it is kept and shown as a conflict.
 */
#include <string.h>

#include "base/mem.h"
#include "model/after.h"
#include "model/item.h"
#include "model/machine.h"
#include "model/roster_count.h"
#include "model/when.h"
#include "store/bookings.h"

#include "ops/rosters.h"
#include "ops_private.h"

struct asking {
        struct ops *ops;
        const struct thing *after; /* the deployment as the act would leave it */
        struct booking booking;    /* what it would take then                  */
        struct span held;          /* for which it holds hard already          */
        const char **going;        /* whom it holds so: members                */
        size_t going_count;
        struct arena *a;
};

static const char *called(const struct asking *q, const char *id)
{
        struct row row;

        if (thing_by_id(q->ops->store, id, q->a, &row, NULL) != RC_OK)
                return id;
        return arena_printf(q->a, "%s %s", row.ref, thing_text(&row.thing, row.thing.kind->title));
}

/* Goes already: what has come up since is no reason to keep others from coming in. */
static bool is_going(const struct asking *q, const char *id)
{
        for (size_t i = 0; i < q->going_count; i++)
                if (strcmp(q->going[i], id) == 0)
                        return true;
        return false;
}

/* ---- where else it is needed ------------------------------------------------------------------
 */

static const char *what_hold(enum hold hold)
{
        return hold == HOLD_REST ? "rests after" : "is confirmed for";
}

static enum rc refuse_booked(const struct asking *q, const char *resource, const struct booking *b,
                             struct err *err)
{
        char from[STAMP_BYTES], until[STAMP_BYTES];

        stamp_format_s(b->span.from_ms, from);
        stamp_format_s(b->span.until_ms, until);
        return err_set(err, RC_CONFLICT, "%s %s %s from %s until %s", called(q, resource),
                       what_hold(b->hold), b->name, from, until);
}

/* Of several as many as are left in all of the time. */
static enum rc check_left(const struct asking *q, const struct roster_facts *f, struct err *err)
{
        const struct booking own = {
                .takes = booking_takes(thing_value(q->after, "quantities"), f->id)};
        int takes = roster_takes(f, &own);

        if (takes <= roster_left(f, &q->booking.span))
                return RC_OK;
        return err_set(err, RC_CONFLICT, "%s: %s; this takes %s%d (quantities says how many)",
                       called(q, f->id), roster_left_text(f, &q->booking.span, q->a),
                       own.takes ? "" : "all ", takes);
}

static int quantity_of(const struct asking *q, const char *id)
{
        struct row row;

        return thing_by_id(q->ops->store, id, q->a, &row, NULL) == RC_OK
                       ? roster_quantity_of(&row.thing)
                       : 1;
}

static enum rc check_booked(const struct asking *q, const char *resource, struct err *err)
{
        struct roster_facts f = {.id = resource, .quantity = quantity_of(q, resource)};
        struct booking *list = NULL, *hard;
        size_t count = 0;
        enum rc rc = ops_bookings(q->ops, resource, q->booking.span.from_ms, q->after->id, q->a,
                                  &list, &count, err);

        if (rc != RC_OK)
                return rc;
        f.bookings = hard = arena_array(q->a, count + 1, sizeof(*hard));
        for (size_t i = 0; i < count; i++)
                if (list[i].hold != HOLD_SOFT && spans_meet(&list[i].span, &q->booking.span))
                        hard[f.booking_count++] = list[i];
        if (f.booking_count == 0)
                return RC_OK;
        return f.quantity > 1 ? check_left(q, &f, err) : refuse_booked(q, resource, &hard[0], err);
}

/* Of who goes already only what lies in the time that is added. */
static enum rc check_leave(const struct asking *q, const struct roster_facts *f, struct err *err)
{
        char from[STAMP_BYTES], until[STAMP_BYTES];

        for (size_t i = 0; i < f->leave_count; i++) {
                const struct span *leave = &f->leave[i];

                if (!spans_meet(leave, &q->booking.span) ||
                    (is_going(q, f->id) && spans_meet(leave, &q->held)))
                        continue;
                stamp_format_s(leave->from_ms, from);
                stamp_format_s(leave->until_ms, until);
                return err_set(err, RC_CONFLICT, "%s %s is on leave from %s until %s", f->ref,
                               f->name, from, until);
        }
        return RC_OK;
}

/* ---- what it must be able to -------------------------------------------------------------------
 */

static enum rc check_revoked(const struct asking *q, const struct row *row, struct err *err)
{
        if (!row->thing.revoked || is_going(q, row->thing.id))
                return RC_OK;
        return err_set(err, RC_CONFLICT, "%s was revoked by its author", called(q, row->thing.id));
}

static enum rc check_condition(const struct asking *q, const struct roster_facts *f,
                               struct err *err)
{
        return roster_is_damaged(f) && !is_going(q, f->id)
                       ? err_set(err, RC_CONFLICT, "%s %s is %s", f->ref, f->name, f->condition)
                       : RC_OK;
}

static enum rc check_mode(const struct asking *q, const struct roster_facts *f, struct err *err)
{
        const char *mode = thing_text(q->after, "mode");

        if (!mode || strcmp(mode, "on-site") != 0 || !f->remote ||
            strcmp(f->remote, "remote") != 0 || is_going(q, f->id))
                return RC_OK;
        return err_set(err, RC_CONFLICT, "%s %s works remotely only, and this is on site", f->ref,
                       f->name);
}

static enum rc check_clearance(const struct asking *q, const struct roster_facts *f,
                               struct err *err)
{
        int needed = thing_rank(q->after, "clearance");
        char until[STAMP_BYTES];

        if (needed <= CLEARANCE_NONE)
                return RC_OK;
        if (f->clearance < needed)
                return err_set(err, RC_CONFLICT, "%s %s has no clearance %s", f->ref, f->name,
                               enum_at(&enum_clearance, needed)->label);
        if (f->clearance_until_ms == CLOCK_NONE ||
            f->clearance_until_ms >= q->booking.span.until_ms)
                return RC_OK;
        stamp_format_s(f->clearance_until_ms, until);
        return err_set(err, RC_CONFLICT, "the clearance of %s %s ends on %s, before the deployment",
                       f->ref, f->name, until);
}

static bool speaks(const struct roster_facts *f, const struct language_item *needed)
{
        for (size_t i = 0; i < f->language_count; i++)
                if (strcmp(f->languages[i].code, needed->code) == 0 &&
                    f->languages[i].level >= needed->level)
                        return true;
        return false;
}

/* One of those who go is enough, or an interpreter. */
static enum rc check_languages(const struct asking *q, const struct roster_facts *people,
                               size_t count, struct err *err)
{
        const struct value *needed = thing_value(q->after, "languages");

        if (value_has(thing_value(q->after, "checks"), "interpreter"))
                return RC_OK;
        for (size_t i = 0; i < needed->count; i++) {
                struct language_item item;
                bool found = !language_item_read(needed->items[i], &item);

                for (size_t k = 0; !found && k < count; k++)
                        found = speaks(&people[k], &item);
                if (!found)
                        return err_set(err, RC_CONFLICT,
                                       "nobody who goes speaks %s, and no interpreter is there"
                                       " (checks)",
                                       needed->items[i]);
        }
        return RC_OK;
}

/* ---- all of it ---------------------------------------------------------------------------------
 */

static enum rc check_person(const struct asking *q, const struct roster_facts *f, struct err *err)
{
        static enum rc (*const checks[])(const struct asking *, const struct roster_facts *,
                                         struct err *) = {check_leave, check_mode, check_clearance};
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < ARRAY_LEN(checks); i++)
                rc = checks[i](q, f, err);
        return rc;
}

/* *ret_is_person: its facts are there. What is not held here can't be asked about. */
static enum rc check_member(const struct asking *q, const char *id, struct row *row,
                            struct roster_facts *facts, bool *ret_is_person, struct err *err)
{
        enum rc rc = check_booked(q, id, err);

        *ret_is_person = false;
        if (rc != RC_OK || thing_by_id(q->ops->store, id, q->a, row, NULL) != RC_OK)
                return rc;
        rc = check_revoked(q, row, err);
        if (rc != RC_OK || q->booking.hold != HOLD_HARD || !rosters_are_kept(row->thing.kind))
                return rc;
        roster_facts_read(&row->thing, row->ref, NULL, 0, q->a, facts);
        *ret_is_person = row->thing.kind == &kind_expert;
        return *ret_is_person ? check_person(q, facts, err) : check_condition(q, facts, err);
}

static enum rc check_members(const struct asking *q, const char **members, size_t count,
                             struct err *err)
{
        struct roster_facts *people = arena_array(q->a, count + 1, sizeof(*people));
        struct row *rows = arena_array(q->a, count + 1, sizeof(*rows)); /* facts borrow */
        size_t people_count = 0;
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                bool is_person = false;

                rc = check_member(q, members[i], &rows[people_count], &people[people_count],
                                  &is_person, err);
                people_count += is_person;
        }
        if (rc == RC_OK && people_count && q->booking.hold == HOLD_HARD)
                rc = check_languages(q, people, people_count, err);
        return rc;
}

/* As it would be behind all that was done so far; it has no name and no clock yet. */
static void add_last(struct ops *ops, const struct act *act, struct arena *a, struct state *st)
{
        struct act last = *act;

        last.id = "note--last";
        last.hlc = INT64_MAX;
        last.created_ms = clock_now_ms();
        last.operator= ops->operator;
        last.console = ops->console;
        last.unit = ops->unit;
        state_add(st, &last, a);
}

/* Whom it holds already it does not ask for again, and who rests is asked for nothing: who is
 * booked twice must still be able to leave, to arrive and to come home. */
static bool holds_no_more(const struct thing *before, const struct thing *after)
{
        struct booking was, is;

        return booking_of(before, "", &was) && booking_of(after, "", &is) && was.hold == is.hold &&
               was.span.from_ms <= is.span.from_ms && was.span.until_ms >= is.span.until_ms &&
               value_equal(thing_value(before, "resources"), thing_value(after, "resources")) &&
               value_equal(thing_value(before, "quantities"), thing_value(after, "quantities"));
}

static enum rc read_members(const struct asking *q, const struct thing *deployment,
                            const char ***ret, size_t *ret_count, struct err *err)
{
        const struct value *resources = thing_value(deployment, "resources");

        return bookings_members(q->ops->store, resources->items, resources->count, q->a, ret,
                                ret_count, err);
}

static enum rc read_going(struct asking *q, const struct thing *before, struct err *err)
{
        struct booking was;

        if (!booking_of(before, "", &was) || was.hold != HOLD_HARD)
                return RC_OK;
        q->held = was.span;
        return read_members(q, before, &q->going, &q->going_count, err);
}

static bool asks_more_languages(const struct thing *before, const struct thing *after)
{
        const struct value *was = thing_value(before, "languages");
        const struct value *is = thing_value(after, "languages");

        for (size_t i = 0; i < is->count; i++)
                if (!value_has(was, is->items[i]))
                        return true;
        return false;
}

static bool asks_more(const struct thing *before, const struct thing *after)
{
        return thing_rank(after, "clearance") > thing_rank(before, "clearance") ||
               asks_more_languages(before, after);
}

/* More is asked of who is confirmed: they must be able to that, too. */
static enum rc check_needs(const struct asking *q, const struct thing *before, const char **members,
                           size_t count, struct err *err)
{
        bool more = thing_rank(q->after, "clearance") > thing_rank(before, "clearance");
        struct roster_facts *people = arena_array(q->a, count + 1, sizeof(*people));
        struct row *rows = arena_array(q->a, count + 1, sizeof(*rows)); /* facts borrow */
        size_t people_count = 0;
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                struct row *row = &rows[people_count];
                struct roster_facts *facts = &people[people_count];

                if (thing_by_id(q->ops->store, members[i], q->a, row, NULL) != RC_OK ||
                    row->thing.kind != &kind_expert)
                        continue;
                roster_facts_read(&row->thing, row->ref, NULL, 0, q->a, facts);
                people_count++;
                if (more)
                        rc = check_clearance(q, facts, err);
        }
        return rc == RC_OK && people_count && asks_more_languages(before, q->after)
                       ? check_languages(q, people, people_count, err)
                       : rc;
}

static bool touches_any(const struct act *act)
{
        static const char *const fields[] = {MACHINE_FIELD, "resources", "quantities", "from",
                                             "until",       "clearance", "languages"};

        for (size_t i = 0; i < ARRAY_LEN(fields); i++)
                if (act_touches(act, fields[i]))
                        return true;
        return false;
}

enum rc deployment_check(struct ops *ops, const struct state *st, const struct act *act,
                         struct arena *a, struct err *err)
{
        struct asking q = {.ops = ops, .a = a};
        const struct thing *before = &st->folded.thing;
        struct state after = *st;
        const char **members = NULL;
        size_t count = 0;
        bool holds;
        enum rc rc = RC_OK;

        if (st->kind != &kind_deployment || !touches_any(act))
                return RC_OK;
        add_last(ops, act, a, &after);
        q.after = &after.folded.thing;
        if (act_touches(act, "quantities"))
                rc = quantities_check(ops, q.after, act, a, err);
        if (rc != RC_OK)
                return rc;
        if (!booking_of(q.after, "", &q.booking) || q.booking.hold == HOLD_REST)
                return RC_OK;
        holds = holds_no_more(before, q.after);
        if (holds && (q.booking.hold != HOLD_HARD || !asks_more(before, q.after)))
                return RC_OK;
        rc = read_going(&q, before, err);
        if (rc == RC_OK)
                rc = read_members(&q, q.after, &members, &count, err);
        if (rc == RC_OK && holds)
                return check_needs(&q, before, members, count, err);
        return rc == RC_OK ? check_members(&q, members, count, err) : rc;
}
