/*
 * What follows from an incident's clocks: its next due time, and the rows of kind `clock`. Made
 * with the incident's own row, and made again for all that have clocks when the law has changed.
 */
#include <string.h>

#include "base/mem.h"
#include "model/clocks.h"
#include "store/clocks.h"

#include "ops_private.h"

#define CLOCK_NAMESPACE "7d2f6f0e-6a4c-4f7e-9a39-0c6f3f6d4b12"
#define META_LAW        "clock_law"
#define PER_COMMIT      500

static void set_time(struct thing *t, const char *field, int64_t ms, struct arena *a)
{
        char stamp[STAMP_BYTES];

        if (ms == CLOCK_NONE)
                return;
        stamp_format(ms, stamp);
        thing_set(t, field, arena_strdup(a, stamp));
}

bool clocks_are_kept(const struct kind *kind)
{
        return kind == &kind_incident;
}

void clocks_tell_next(struct ops *ops, const struct folded *f, struct arena *a, struct thing *ret)
{
        struct clock_list list;
        const struct clock *next;

        clocks_derive(ops->law, f, a, &list);
        next = clocks_next(&list);
        if (!next)
                return;
        thing_set(ret, "next_clock", next->label);
        set_time(ret, "next_due", next->due_ms, a);
}

bool act_closes(const struct act *act)
{
        const struct act_set *status = act_sets_field(act, "status");

        return status && status->value && enum_rank(&enum_status, status->value) == STATUS_CLOSED;
}

const char *clocks_running(struct ops *ops, const struct folded *f, struct arena *a)
{
        struct clock_list list;
        const char *left = NULL;

        clocks_derive(ops->law, f, a, &list);
        for (size_t i = 0; i < list.count; i++) {
                const struct clock *c = &list.clocks[i];
                char due[STAMP_BYTES] = "";

                if (c->state != CLOCK_RUNNING)
                        continue;
                if (c->due_ms != CLOCK_NONE)
                        stamp_format_s(c->due_ms, due);
                left = arena_printf(a, "%s%s%s%s%s", left ? left : "", left ? ", " : "", c->label,
                                    *due ? " due " : "", due);
        }
        return left;
}

/* ---- rows ---------------------------------------------------------------------------------- */

static const char *row_id(const char *incident, const struct clock *c, struct arena *a)
{
        char element[CLOCK_ELEMENT_BYTES], uuid[UUID_TEXT];

        clock_element_write(c->rule_id, c->anchor_ms, CLOCK_NONE, element);
        ident_uuid5(CLOCK_NAMESPACE, arena_printf(a, "%s %s", incident, element), uuid);
        return arena_printf(a, "clock--%s", uuid);
}

static void tell_filing(const struct clock *c, struct thing *t)
{
        static const char *const details[] = {"authority", "channel", "reference"};

        thing_set(t, "in_time", c->in_time ? "yes" : "no");
        for (size_t i = 0; c->filing && i < ARRAY_LEN(details); i++)
                thing_set(t, details[i], act_detail(c->filing, details[i]));
        if (c->filing)
                thing_set(t, "by",
                          act_detail(c->filing, "by") ? act_detail(c->filing, "by")
                                                      : c->filing->operator);
}

static void tell_row(const struct row *incident, const struct clock *c, struct arena *a,
                     struct row *ret)
{
        struct row row = {.flags = incident->flags & MARK_FOREIGN,
                          .tlp_given = incident->tlp_given,
                          .matches = true};
        struct thing *t = &row.thing;

        thing_init(t, &kind_clock, row_id(incident->thing.id, c, a));
        t->created_by = incident->thing.created_by;
        t->created_ms = c->anchor_ms;
        t->modified_ns = incident->thing.modified_ns;
        thing_set(t, "incident", incident->thing.id);
        thing_set(t, "tlp", thing_text(&incident->thing, "tlp"));
        thing_set(t, "source", thing_text(&incident->thing, "source"));
        thing_set(t, "rule", c->rule_id);
        thing_set(t, "label", c->label);
        thing_set(t, "regime", c->rule ? c->rule->regime->name : NULL);
        thing_set(t, "state", enum_id(&enum_clock, (int)c->state));
        set_time(t, "anchor", c->anchor_ms, a);
        set_time(t, "due", c->due_ms, a);
        set_time(t, "quarter", c->quarter_ms, a);
        set_time(t, "hour", c->hour_ms, a);
        set_time(t, "filed", c->filed_ms, a);
        if (c->state == CLOCK_FILED)
                tell_filing(c, t);
        *ret = row;
}

enum rc clocks_project(struct ops *ops, const struct folded *f, const struct row *incident,
                       struct arena *a, struct err *err)
{
        struct clock_list list;
        struct row *rows;
        size_t count = 0;

        clocks_derive(ops->law, f, a, &list);
        rows = arena_array(a, list.count + 1, sizeof(*rows));
        for (size_t i = 0; i < list.count; i++)
                if (list.clocks[i].state != CLOCK_WAITS)
                        tell_row(incident, &list.clocks[i], a, &rows[count++]);
        if (incident->is_first && !count)
                return RC_OK;
        return clocks_put(ops->store, incident->thing.id, rows, count, err);
}

/* ---- the law has changed ------------------------------------------------------------------- */

static enum rc look_again(struct admission *ad, const char **ids, size_t count, struct err *err)
{
        enum rc rc = admission_begin(ad, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                id_set_add(&ad->dirty, ids[i]);
        if (rc == RC_OK)
                rc = admission_settle(ad, err);
        if (rc == RC_OK)
                rc = store_commit(ad->ops->store, err);
        store_rollback(ad->ops->store);
        return rc;
}

/* The incidents to look at again: none where the rows were made by this law, or there are none. */
static enum rc list_stale(struct ops *ops, struct arena *a, const char ***ret, size_t *ret_count,
                          struct err *err)
{
        AUTO_FREE char *made_by = meta_get(ops->store, META_LAW);
        const char *law = clock_law_hash(ops->law);

        *ret_count = 0;
        if (!*law || (made_by && strcmp(made_by, law) == 0))
                return RC_OK;
        return clocks_owners(ops->store, a, ret, ret_count, err);
}

bool ops_rows_are_stale(struct ops *ops)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char **ids = NULL;
        size_t count = 0;

        return things_are_stale(ops->store) ||
               (list_stale(ops, &a, &ids, &count, NULL) == RC_OK && count > 0);
}

enum rc clocks_follow_law(struct ops *ops, struct err *err)
{
        CLEANUP(admission_finish) struct admission ad = {.ops = ops};
        CLEANUP(arena_finish) struct arena a = {0};
        const char **ids = NULL;
        size_t count = 0;
        enum rc rc = list_stale(ops, &a, &ids, &count, err);

        if (rc != RC_OK || count == 0)
                return rc;
        for (size_t i = 0; rc == RC_OK && i < count; i += PER_COMMIT)
                rc = look_again(&ad, ids + i, count - i < PER_COMMIT ? count - i : PER_COMMIT, err);
        return rc == RC_OK ? meta_set(ops->store, META_LAW, clock_law_hash(ops->law), err) : rc;
}
