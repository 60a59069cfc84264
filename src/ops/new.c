/*
 * New things: the opening act has every field given, the reference, and what a new thing starts
 * with.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/mem.h"
#include "model/rules.h"

#include "ops_private.h"

/* What a new thing of a kind starts with unless something else is said. */
static const struct {
        const struct kind *kind;
        const char *field, *value; /* NULL: now, or who makes it */
} starts[] = {
        {&kind_incident, "status", "new"},
        {&kind_incident, "acked", NULL}, /* who makes it knows of it */
        {&kind_incident, "acked_by", NULL},
        {&kind_participant, "class", "organization"},
        {&kind_request, "state", "draft"},
        {&kind_deployment, "state", "planned"},
        {&kind_team, "tlp", "amber+strict"},
};

static void add_start(struct ops *ops, const struct field *f, const char *value, struct arena *a,
                      struct act *act)
{
        struct act_set *sets = arena_array(a, act->set_count + 1, sizeof(*sets));
        char stamp[STAMP_BYTES];

        stamp_format(act->occurred_ms, stamp);
        if (!value)
                value = f->type == FIELD_TIME ? arena_strdup(a, stamp) : ops->operator;
        if (act->set_count)
                memcpy(sets, act->sets, act->set_count * sizeof(*sets));
        sets[act->set_count++] = (struct act_set){.field = f->name, .value = value};
        act->sets = sets;
}

static int stricter(int a, int b)
{
        return a > b ? a : b;
}

/* A title says who goes: nobody's name goes out by it more freely than they do. */
static void mark_as_named(struct ops *ops, struct arena *a, struct act *act)
{
        int least = tlp_default(ops, &kind_deployment, act->target), tlp = least;

        for (size_t i = 0; i < act->set_count; i++)
                if (field_find(&kind_deployment, act->sets[i].field)->type == FIELD_REF)
                        tlp = stricter(tlp, tlp_of_row(ops, act->sets[i].value, a));
        for (size_t i = 0; i < act->element_count; i++)
                if (field_find(&kind_deployment, act->elements[i].field)->type == FIELD_REFS)
                        tlp = stricter(tlp, tlp_of_row(ops, act->elements[i].item, a));
        if (tlp > least)
                add_start(ops, field_find(&kind_deployment, "tlp"), enum_id(&enum_tlp, tlp), a,
                          act);
}

static void add_starts(struct ops *ops, const struct kind *kind, struct arena *a, struct act *act)
{
        for (size_t i = 0; i < ARRAY_LEN(starts); i++)
                if (starts[i].kind == kind && !act_sets_field(act, starts[i].field))
                        add_start(ops, field_find(kind, starts[i].field), starts[i].value, a, act);
        if (kind->tlp_least && !act_sets_field(act, "tlp"))
                add_start(ops, field_find(kind, "tlp"), enum_id(&enum_tlp, (int)kind->tlp_least), a,
                          act);
        if (kind == &kind_deployment && !act_sets_field(act, "tlp"))
                mark_as_named(ops, a, act);
}

static enum rc need_fields(const struct ops *ops, const struct kind *kind, struct arena *a,
                           const struct act *act, struct err *err)
{
        for (size_t i = 0; i < kind->field_count; i++) {
                const struct field *f = &kind->fields[i];

                if ((f->flags & FIELD_NEEDED) && !act_sets_field(act, f->name))
                        return err_set(err, RC_INVALID, "%s is missing: %s", f->name,
                                       field_help(f, ops->words, a));
        }
        return RC_OK;
}

static enum rc add_ref(struct ops *ops, const struct kind *kind, struct arena *a, struct act *act,
                       struct err *err)
{
        const char *ref = NULL;
        enum rc rc = ref_give(ops, kind, a, &ref, err);

        if (rc == RC_OK)
                add_start(ops, field_find(kind, "ref"), ref, a, act);
        return rc;
}

enum rc kind_may_be_made(const struct kind *kind, struct err *err)
{
        if (kind->derived)
                return err_set(err, RC_INVALID, "%s", kind->derived);
        if (kind == &kind_log)
                return err_set(err, RC_INVALID, "an entry of the log is made by a note on a thing");
        if (kind == &kind_playbook)
                return err_set(err, RC_INVALID,
                               "a playbook comes in as a file: muster import FILE");
        return RC_OK;
}

/* The opening act as it was asked for and judged, without its reference. */
static enum rc build_new(struct ops *ops, const struct kind *kind, const struct ops_request *r,
                         const char *id, int64_t now_ms, struct arena *a, struct state *st,
                         struct act *act, struct err *err)
{
        const char *why;
        enum rc rc;

        *st = (struct state){.kind = kind};
        fold(kind, NULL, NULL, 0, a, &st->folded);
        st->folded.thing.id = arena_strdup(a, id);
        rc = request_build(ops, st, verb_find(kind, "open"), r, now_ms, a, act, err);
        if (rc == RC_NOTFOUND)
                rc = RC_INVALID;
        if (rc == RC_OK)
                rc = need_fields(ops, kind, a, act, err);
        if (rc != RC_OK)
                return rc;
        add_starts(ops, kind, a, act);
        why = verb_why_not(verb_find(kind, "open"), &st->folded.thing, act);
        return why ? err_set(err, RC_INVALID, "%s", why) : RC_OK;
}

/* What it is follows from the one act, so nothing is read back. */
static enum rc open_new(struct admission *ad, const struct kind *kind, const struct ops_request *r,
                        struct new_thing *made, struct arena *a, struct err *err)
{
        struct state st;
        struct act act;
        enum rc rc = build_new(ad->ops, kind, r, made->id, ad->now_ms, a, &st, &act, err);

        if (rc == RC_OK)
                rc = add_ref(ad->ops, kind, a, &act, err);
        if (rc == RC_OK)
                rc = act_commit(ad, &st, &act, a, err);
        if (rc != RC_OK)
                return rc;
        state_add(&st, &act, a);
        snprintf(made->ref, sizeof(made->ref), "%s", thing_text(&st.folded.thing, "ref"));
        st.is_fresh = true;
        ad->known = &st;
        rc = admission_settle(ad, err);
        ad->known = NULL;
        return rc;
}

enum rc new_within(struct admission *ad, const struct kind *kind, const struct ops_request *r,
                   struct new_thing *ret, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct new_thing made;
        enum rc rc = kind_may_be_made(kind, err);

        if (rc != RC_OK)
                return rc;
        ident_stix(kind->stix_type, made.id);
        rc = open_new(ad, kind, r, &made, &a, err);
        if (rc == RC_OK)
                *ret = made;
        return rc;
}

enum rc new_foresee(struct ops *ops, const struct kind *kind, const struct ops_request *r,
                    struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct state st;
        struct act act;
        enum rc rc = kind_may_be_made(kind, err);

        return rc == RC_OK ? build_new(ops, kind, r, "", clock_now_ms(), &a, &st, &act, err) : rc;
}

enum rc ops_new(struct ops *ops, const struct kind *kind, const struct ops_request *r,
                char ret_id[STIX_ID_MAX], struct err *err)
{
        CLEANUP(admission_finish) struct admission ad = {.ops = ops};
        struct new_thing made;
        char op[64];
        enum rc rc = ops_need_writer(ops, err);

        if (rc == RC_OK)
                rc = admission_begin(&ad, err);
        if (rc == RC_OK)
                rc = new_within(&ad, kind, r, &made, err);
        if (rc != RC_OK)
                return rc;
        snprintf(op, sizeof(op), "%s.new", kind->name);
        rc = admission_commit(&ad, op, made.ref, err);
        if (rc == RC_OK)
                memcpy(ret_id, made.id, strlen(made.id) + 1);
        return rc;
}
