/*
 * An act on its way through the door: its id, reference, clocks, marking and sentence.
 */
#include <stdio.h>
#include <string.h>

#include "base/ident.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/hlc.h"
#include "model/rules.h"
#include "store/outbox.h"

#include "ops_private.h"

static int64_t floor_ms(int64_t ns)
{
        return ns / NS_PER_MS - (ns % NS_PER_MS < 0);
}

/* A base of our own unit contains what was done before it (model/fold.h): an act comes after. */
static int64_t time_of_act(const struct ops *ops, const struct state *st, int64_t now_ms)
{
        const struct thing *base = &st->base_thing;
        bool own = st->has_base && base->created_by && strcmp(base->created_by, ops->unit) == 0;

        if (!own || base->modified_ns == CLOCK_NONE || now_ms > floor_ms(base->modified_ns))
                return now_ms;
        return floor_ms(base->modified_ns) + 1;
}

/* The strictest of the thing as it was and as it will be. */
static enum tlp marking_of_act(struct ops *ops, const struct state *st, const struct act *act)
{
        const struct act_set *set = act_sets_field(act, "tlp");
        int after = set && set->value ? enum_rank(&enum_tlp, set->value) : -1;
        int before = thing_rank(&st->folded.thing, "tlp");

        if (!st->exists && after >= 0)
                return (enum tlp)after;
        if (before < 0)
                before = tlp_default(ops, st->kind, st->folded.thing.id);
        return (enum tlp)(after > before ? after : before);
}

/* What a person wrote stays as it was written. */
static bool says_itself(const struct kind *kind, const struct act *act)
{
        const struct verb *verb = verb_find(kind, act->verb);

        return verb && verb->needs_text;
}

char *act_told(struct ops *ops, const struct state *st, const struct act *act)
{
        AUTO_FREE char *sentence = act_sentence(act, &st->folded.thing, ops->words);

        return says_itself(st->kind, act) ? TAKE(sentence) : ops_name_things(ops, sentence);
}

enum rc ref_give(struct ops *ops, const struct kind *kind, struct arena *a, const char **ret,
                 struct err *err)
{
        struct ref_parts parts = {0};
        char ref[REF_MAX];
        enum rc rc = ref_next(ops->store, kind->prefix, &parts.number, err);

        if (rc != RC_OK)
                return rc;
        snprintf(parts.prefix, sizeof(parts.prefix), "%s", kind->prefix);
        ref_format(&parts, ref);
        *ret = arena_strdup(a, ref);
        return RC_OK;
}

enum rc act_commit(struct admission *ad, const struct state *st, struct act *act, struct arena *a,
                   struct err *err)
{
        struct ops *ops = ad->ops;
        char id[STIX_ID_MAX];
        CLEANUP(str_finish) struct str bytes = {0};
        struct admitted done;
        enum rc rc = ref_give(ops, &kind_log, a, &act->ref, err);

        if (rc != RC_OK)
                return rc;
        ident_stix("note", id);
        act->id = arena_strdup(a, id);
        act->operator= ops->operator;
        act->role = ops->role;
        act->console = ops->console;
        act->unit = ops->unit;
        act->kind = st->kind == kind_of_id(act->target) ? NULL : st->kind->name;
        act->created_ms = time_of_act(ops, st, ad->now_ms);
        act->hlc = hlc_next(act_greatest_hlc(ops->store), ad->now_ms);
        AUTO_FREE char *named = act_told(ops, st, act);
        const char *left = act_closes(act) ? clocks_running(ops, &st->folded, a) : NULL;
        act->text = left ? arena_printf(a, "%s; not filed yet: %s", named, left)
                         : arena_strdup(a, named);
        CLEANUP(json_cleanup)
        struct json_t *note = stix_make_act(act, (int)marking_of_act(ops, st, act));
        str_init(&bytes, 8 * 1024 * 1024);
        json_print(note, 0, &bytes);
        if (bytes.over)
                return err_set(err, RC_INVALID, "it is too large");
        rc = admit_own(ad, note, &bytes, a, &done, err);
        if (rc == RC_OK)
                rc = outbox_put(ops->store, done.vid, err);
        if (rc == RC_OK)
                *act = *done.act;
        return rc;
}
