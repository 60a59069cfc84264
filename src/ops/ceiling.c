/*
 * What markings come to, and what may not pass.
 */
#include <string.h>

#include "ops_private.h"

static int lookup(void *ctx, const char *id)
{
        return marking_lookup(ctx, id);
}

int marking_of(struct ops *ops, const struct stix_object *o, bool *ret_unknown)
{
        return stix_tlp(o, lookup, ops->store, ret_unknown);
}

int tlp_default(struct ops *ops, const struct kind *kind, const char *id)
{
        int from = marking_lookup(ops->store, id);
        int tlp = from >= 0 ? from : (int)ops->default_marking;
        int least = kind ? (int)kind->tlp_least : TLP_CLEAR;

        return tlp > least ? tlp : least;
}

int tlp_of_row(struct ops *ops, const char *id, struct arena *a)
{
        struct row row;

        if (thing_by_id(ops->store, id, a, &row, NULL) != RC_OK)
                return -1;
        return thing_rank(&row.thing, "tlp");
}

static int strictest_named(struct ops *ops, const struct stix_object *o, struct arena *a)
{
        int tlp = -1;

        if (o->what != STIX_ACT && o->what != STIX_NOTE && o->what != STIX_RELATION &&
            o->what != STIX_PART)
                return tlp;
        for (size_t i = 0; i < o->ref_count; i++) {
                int of_ref = tlp_of_row(ops, o->refs[i], a);

                tlp = of_ref > tlp ? of_ref : tlp;
        }
        if (o->source && tlp_of_row(ops, o->source, a) > tlp)
                tlp = tlp_of_row(ops, o->source, a);
        if (o->target && tlp_of_row(ops, o->target, a) > tlp)
                tlp = tlp_of_row(ops, o->target, a);
        return tlp;
}

bool is_definition(const struct stix_object *o)
{
        return o->what == STIX_MARKING || strcmp(o->type, "extension-definition") == 0;
}

enum tlp tlp_at_door(struct ops *ops, const struct stix_object *o, struct arena *a)
{
        const struct act_set *set = o->act ? act_sets_field(o->act, "tlp") : NULL;
        int set_tlp = set && set->value ? enum_rank(&enum_tlp, set->value) : -1;
        int named = strictest_named(ops, o, a);
        bool unknown = false;
        int tlp = marking_of(ops, o, &unknown);

        if (tlp < 0)
                tlp = is_definition(o) ? TLP_CLEAR
                                       : tlp_default(ops, o->thing ? o->thing->kind : NULL, o->id);
        tlp = named > tlp ? named : tlp;
        return (enum tlp)(set_tlp > tlp ? set_tlp : tlp);
}

enum tlp tlp_outgoing(struct ops *ops, const struct stix_object *o, struct arena *a)
{
        enum tlp tlp = tlp_at_door(ops, o, a);
        int now = o->what == STIX_THING ? tlp_of_row(ops, o->id, a) : -1;

        return now > (int)tlp ? (enum tlp)now : tlp;
}
