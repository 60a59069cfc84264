/*
 * What only who makes an act can see, and a guard can't: other things, other entries of the log,
 * the time that it is, what is still open.
 */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/holds.h"
#include "model/machine.h"
#include "model/rules.h"
#include "model/when.h"
#include "model/words.h"
#include "ops/closing.h"

#include "ops_private.h"

#define CHAIN_MAX 64       /* duplicates of duplicates             */
#define LATE_MS   300000ll /* JESIP: explain more than a few minutes */
#define SENTENCE  800

struct checking {
        struct ops *ops;
        const struct state *st;
        const struct verb *verb;
        const struct ops_request *r;
        const struct act *act;
        struct arena *a;
};

/* ---- closing -----------------------------------------------------------------------------------
 */

static enum rc check_closing(const struct checking *c, struct err *err)
{
        CLEANUP(str_finish) struct str list = {0};
        struct closing_list open;
        enum rc rc;

        if (!verb_detail(c->verb, "despite") || act_detail(c->act, "despite") ||
            !act_closes(c->act))
                return RC_OK;
        rc = closing_list_make(c->ops, &c->st->folded, c->a, &open, err);
        if (rc != RC_OK || !open.count)
                return rc;
        str_init(&list, SENTENCE);
        for (size_t i = 0; i < open.count; i++)
                str_add_sep(&list, ", ", open.sentences[i]);
        return err_set(err, RC_CONFLICT, "%s; despite=WHY closes it all the same", str_text(&list));
}

/* ---- settling the state of a machine -----------------------------------------------------------
 */

static const struct fold_head *head_with(const struct folded *f, int field, int rank,
                                         const struct machine *m)
{
        for (size_t i = 0; i < f->head_count; i++)
                for (size_t k = 0; f->heads[i].field == field && k < f->heads[i].count; k++) {
                        const char *value = f->heads[i].heads[k].value;

                        if ((value ? enum_rank(m->states, value) : -1) == rank)
                                return &f->heads[i].heads[k];
                }
        return NULL;
}

/* As the fold will ask: model/fold.h, 2. */
static enum rc check_settling(const struct checking *c, struct err *err)
{
        const struct machine *m = machine_of(c->st->kind);
        const struct act_set *set = m ? act_sets_field(c->act, MACHINE_FIELD) : NULL;
        const struct fold_head *head;

        if (!set || c->verb->sets != SETS_HEADS)
                return RC_OK;
        head = head_with(&c->st->folded, field_index(c->st->kind, MACHINE_FIELD),
                         set->value ? enum_rank(m->states, set->value) : -1, m);
        if (head && !head->late)
                return RC_OK;
        if (!head)
                return err_set(err, RC_CONFLICT, "that state is none of those in conflict");
        return err_set(err, RC_CONFLICT,
                       "it came too late to be %s; settle keeps %s, another verb ends it",
                       set->value, thing_text(&c->st->folded.thing, MACHINE_FIELD));
}

/* ---- duplicates --------------------------------------------------------------------------------
 */

static enum rc check_incident(const struct checking *c, const char *id, struct row *ret,
                              struct err *err)
{
        enum rc rc = thing_by_id(c->ops->store, id, c->a, ret, err);

        if (rc != RC_OK)
                return err_set(err, RC_INVALID, "%s is not held here", id);
        return ret->thing.kind == c->st->kind
                       ? RC_OK
                       : err_set(err, RC_INVALID, "%s is no %s", ret->ref, c->st->kind->name);
}

/* Others may have made a circle already: it is left after some steps. */
static enum rc check_circle(const struct checking *c, const char *of, struct err *err)
{
        const char *mine = c->st->folded.thing.id;
        struct row row = {0};
        enum rc rc = check_incident(c, of, &row, err);

        for (int step = 0; rc == RC_OK && step < CHAIN_MAX; step++) {
                const char *next = thing_text(&row.thing, "duplicate_of");

                if (!next || !*next)
                        return RC_OK;
                if (strcmp(next, mine) == 0)
                        return err_set(err, RC_CONFLICT,
                                       "%s is a duplicate of this one already; that would be a "
                                       "circle",
                                       row.ref);
                if (thing_by_id(c->ops->store, next, c->a, &row, NULL) != RC_OK)
                        return RC_OK;
        }
        return rc;
}

static enum rc check_duplicate(const struct checking *c, struct err *err)
{
        const struct act_set *of = act_sets_field(c->act, "duplicate_of");
        const char *merged = act_detail(c->act, "merged");
        struct row row;

        if (of && of->value && *of->value)
                return check_circle(c, of->value, err);
        return merged ? check_incident(c, merged, &row, err) : RC_OK;
}

static enum rc check_links(const struct checking *c, struct err *err)
{
        enum rc rc = RC_OK;
        struct row row;

        for (size_t i = 0; rc == RC_OK && i < c->act->element_count; i++) {
                const struct act_element *e = &c->act->elements[i];

                if (strcmp(e->field, "links") == 0 && !e->remove)
                        rc = check_incident(c, e->item, &row, err);
        }
        return rc;
}

/* ---- what was decided against ------------------------------------------------------------------
 */

/* What is claimed is not decided against at the same time; levels stand in their order. */
static enum rc check_hold(const struct checking *c, struct err *err)
{
        const struct word_list *levels = words_list(c->ops->words, "level");
        const char *level = thing_text(&c->st->folded.thing, "level");
        const struct word *claimed = levels && level ? word_find(levels, level) : NULL;
        bool is_claimed = false;

        if (!claimed || strcmp(c->verb->name, "hold") != 0)
                return RC_OK;
        for (size_t i = 0; i < c->act->element_count; i++) {
                const struct act_element *e = &c->act->elements[i];
                const struct word *against = e->remove ? NULL : word_find(levels, e->item);

                is_claimed |= strcmp(e->field, HOLD_FIELD) == 0 && against && against <= claimed;
        }
        if (!is_claimed)
                return RC_OK;
        return err_set(err, RC_CONFLICT,
                       "it is claimed to be %s, by %s; escalate claims less, with a reason",
                       claimed->label, thing_text(&c->st->folded.thing, "claimant"));
}

/* ---- entries of the log ------------------------------------------------------------------------
 */

static enum rc find_entry(const struct checking *c, const char *name, struct row *ret,
                          struct err *err)
{
        const char *id = act_detail(c->act, name);
        enum rc rc;

        if (!id)
                return RC_NOTFOUND;
        rc = thing_by_id(c->ops->store, id, c->a, ret, err);
        if (rc == RC_OK && ret->thing.kind == &kind_log)
                return RC_OK;
        return err_set(err, RC_INVALID, "%s: %s is no entry of the log", name, id);
}

static enum rc check_correction(const struct checking *c, struct err *err)
{
        struct row entry;
        enum rc rc = find_entry(c, "corrects", &entry, err);
        const char *verb;

        if (rc != RC_OK)
                return rc == RC_NOTFOUND ? RC_OK : rc;
        verb = thing_text(&entry.thing, "verb");
        if (!verb_is_said(verb))
                return err_set(err, RC_CONFLICT,
                               "that entry says what was done (%s); undo it, or do it again",
                               verb ? verb : "an act");
        if (thing_text(&entry.thing, "corrected_by"))
                return err_set(err, RC_CONFLICT,
                               "that entry is corrected already; correct the one that corrects it");
        return value_has(thing_value(&entry.thing, "about"), c->act->target)
                       ? RC_OK
                       : err_set(err, RC_INVALID, "that entry is about another thing");
}

static enum rc check_review(const struct checking *c, struct err *err)
{
        struct row entry;
        enum rc rc = find_entry(c, "reviews", &entry, err);
        const char *who;

        if (rc != RC_OK)
                return rc == RC_NOTFOUND ? RC_OK : rc;
        who = thing_text(&entry.thing, "operator");
        return who && strcmp(who, c->ops->operator) == 0
                       ? err_set(err, RC_CONFLICT, "another person than its author reviews it")
                       : RC_OK;
}

static enum rc check_following(const struct checking *c, struct err *err)
{
        struct row entry;
        enum rc rc = find_entry(c, "follows", &entry, err);
        const char *verb;

        if (rc != RC_OK)
                return rc == RC_NOTFOUND ? RC_OK : rc;
        verb = thing_text(&entry.thing, "verb");
        return verb && strcmp(verb, "decide") == 0
                       ? RC_OK
                       : err_set(err, RC_INVALID, "follows names a decision; that entry is none");
}

/* ---- the time ----------------------------------------------------------------------------------
 */

static enum rc check_time(const struct checking *c, struct err *err)
{
        int64_t ago = clock_now_ms() - c->act->occurred_ms;
        char age[WHEN_BYTES];

        if (c->r->occurred_ms == CLOCK_NONE)
                return RC_OK;
        if (ago < -LATE_MS)
                return err_set(err, RC_INVALID, "it says that it happened in the future");
        if (ago <= LATE_MS || !verb_detail(c->verb, "late") || act_detail(c->act, "late"))
                return RC_OK;
        when_age(ago, age);
        return err_set(err, RC_INVALID,
                       "it happened %s ago; say why it is written down only now: late=...", age);
}

/* ---- markings ----------------------------------------------------------------------------------
 */

/* What came without a marking counts as the default (src/README.md D19): that is no lower one. */
static enum rc check_marking(const struct checking *c, struct err *err)
{
        const struct act_set *set = act_sets_field(c->act, "tlp");
        int to = set && set->value ? enum_rank(&enum_tlp, set->value) : -1;

        if (to < 0 || thing_rank(&c->st->folded.thing, "tlp") >= 0 || act_has_reason(c->act) ||
            to >= (int)tlp_default(c->ops, c->st->kind, c->st->folded.thing.id))
                return RC_OK;
        return err_set(err, RC_INVALID, "a lower marking needs a reason");
}

static enum rc check_place(const struct checking *c, struct err *err)
{
        if (c->st->kind != &kind_request || strcmp(c->verb->name, "rank") != 0)
                return RC_OK;
        return place_check(c->ops, c->st, c->act, c->a, err);
}

enum rc request_check(struct ops *ops, const struct state *st, const struct verb *verb,
                      const struct ops_request *r, const struct act *act, struct arena *a,
                      struct err *err)
{
        static enum rc (*const checks[])(const struct checking *, struct err *) = {
                check_time,     check_closing,    check_duplicate, check_links,
                check_hold,     check_correction, check_review,    check_following,
                check_settling, check_marking,    check_place};
        const struct checking c = {ops, st, verb, r, act, a};
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < ARRAY_LEN(checks); i++)
                rc = checks[i](&c, err);
        if (rc == RC_OK)
                rc = support_check(ops, st, act, a, err);
        if (rc == RC_OK)
                rc = manifest_check(ops, st, act, a, err);
        if (rc == RC_OK)
                rc = steps_check(ops, st, act, a, err);
        return rc == RC_OK ? deployment_check(ops, st, act, a, err) : rc;
}
