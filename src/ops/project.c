/*
 * The row that boards show: what a thing adds up to, with marks, default marking and source.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/machine.h"
#include "model/rules.h"

#include "ops_private.h"

void unit_names_forget(struct unit_names *names)
{
        for (size_t i = 0; i < names->count; i++)
                free(names->of[i].name);
        names->count = names->oldest = 0;
}

static const struct unit_known *find_unit(const struct unit_names *names, const char *unit)
{
        for (size_t i = 0; i < names->count; i++)
                if (strcmp(names->of[i].id, unit) == 0)
                        return &names->of[i];
        return NULL;
}

static struct unit_known *room_for_unit(struct unit_names *names)
{
        struct unit_known *k;

        if (names->count < UNITS_KNOWN)
                return &names->of[names->count++];
        k = &names->of[names->oldest];
        names->oldest = (names->oldest + 1) % UNITS_KNOWN;
        free(k->name);
        return k;
}

/* malloc'ed; NULL: it is not known. In a rebuild the row of our own comes later. */
static char *look_up(struct ops *ops, const char *unit, struct arena *a)
{
        const char *name = NULL;
        struct row row;

        if (thing_by_id(ops->store, unit, a, &row, NULL) == RC_OK)
                name = thing_text(&row.thing, "name");
        else if (strcmp(unit, ops->unit) == 0)
                name = ops->unit_name;
        return name ? xstrdup(name) : NULL;
}

const char *unit_name(struct ops *ops, struct unit_names *names, const char *unit, struct arena *a)
{
        const struct unit_known *known;
        struct unit_known *k;
        char *name;

        if (!unit || strlen(unit) >= STIX_ID_MAX)
                return NULL;
        known = find_unit(names, unit);
        if (known)
                return arena_strdup(a, known->name);
        name = look_up(ops, unit, a);
        if (!name)
                return NULL;
        k = room_for_unit(names);
        memcpy(k->id, unit, strlen(unit) + 1);
        k->name = name;
        return arena_strdup(a, name);
}

static bool is_unacked(const struct thing *t)
{
        const char *acked = thing_text(t, "acked");

        if (field_index(t->kind, "acked") < 0 || t->revoked)
                return false;
        return !(acked && *acked) && thing_rank(t, "status") != STATUS_CLOSED;
}

/* NIS2 Art 6(7): two States or more, while nobody has said whether it is. */
static void derive_cross_border(struct thing *t)
{
        const struct value *states = thing_value(t, "states");
        const char *said = thing_text(t, "cross_border");

        if (states && states->count >= 2 && !(said && *said))
                thing_set(t, "cross_border", "derived");
}

/* What is due first of all that is owed for a thing that is open. */
static void derive_due(struct thing *t)
{
        static const char *const owed[] = {"update_due", "next_due"};
        const char *first = NULL;

        for (size_t i = 0; i < ARRAY_LEN(owed); i++) {
                const char *at = thing_text(t, owed[i]);

                if (at && *at && (!first || strcmp(at, first) < 0))
                        first = at;
        }
        if (thing_rank(t, "status") != STATUS_CLOSED)
                thing_set(t, "due", first);
}

static void derive_machine_due(struct thing *t, struct arena *a)
{
        const struct field *what;
        int64_t ms = machine_due_ms(t, &what);
        char stamp[STAMP_BYTES];

        if (ms == CLOCK_NONE)
                return;
        stamp_format(ms, stamp);
        thing_set(t, "due", arena_strdup(a, stamp));
}

static void fill(struct ops *ops, struct unit_names *names, struct arena *a, struct row *row)
{
        struct thing *t = &row->thing;
        bool own = t->created_by && strcmp(t->created_by, ops->unit) == 0;

        derive_cross_border(t);
        derive_due(t);
        derive_machine_due(t, a);
        row->tlp_given = thing_rank(t, "tlp") >= 0;
        if (!row->tlp_given)
                thing_set(t, "tlp", enum_id(&enum_tlp, tlp_default(ops, t->kind, t->id)));
        row->flags |= (is_unacked(t) ? MARK_UNACKED : 0) | (t->revoked ? MARK_REVOKED : 0) |
                      (own ? 0 : MARK_FOREIGN);
        if (field_index(t->kind, "source") >= 0)
                thing_set(t, "source", unit_name(ops, names, t->created_by, a));
}

void row_of_state(struct ops *ops, struct unit_names *names, const struct state *st,
                  struct arena *a, struct row *ret)
{
        const struct folded *f = &st->folded;
        struct row row = {.thing = f->thing, .unresolved = st->unresolved, .matches = true};

        for (size_t i = 0; i < st->kind->field_count; i++)
                if (f->field_is_ours[i])
                        row.ours |= UINT64_C(1) << i;
        if (f->conflicts)
                row.flags |= MARK_CONFLICT;
        if (clocks_are_kept(st->kind))
                clocks_tell_next(ops, f, a, &row.thing);
        fill(ops, names, a, &row);
        *ret = row;
}

void row_of_object(struct ops *ops, struct unit_names *names, const struct stix_object *o,
                   struct arena *a, struct row *ret)
{
        struct row row = {.thing = *o->thing, .matches = true};
        int tlp = marking_of(ops, o, &row.unresolved);

        if (tlp >= 0)
                thing_set(&row.thing, "tlp", enum_id(&enum_tlp, tlp));
        if (o->act && !verb_is_said(o->act->verb))
                row.flags |= MARK_SYSTEM;
        if (clocks_are_kept(row.thing.kind))
                clocks_tell_next(ops, &(struct folded){.thing = row.thing}, a, &row.thing);
        fill(ops, names, a, &row);
        *ret = row;
}
