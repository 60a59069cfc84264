#include "model/fold.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/heads.h"
#include "model/holds.h"
#include "model/machine.h"
#include "model/milestones.h"
#include "model/missed.h"
#include "model/rules.h"

#define NS_PER_MS 1000000

struct folding {
        const struct kind *kind;
        const struct thing *base; /* or NULL */
        const struct act **acts;
        size_t count;
        struct heads *heads;
        struct folded *ret;
        struct arena *arena;
        uint64_t *did;  /* fields that each act, applied, may have set */
        bool *undone;   /* by an applied act                            */
        bool *missed;   /* not applied, and its author did not know why */
        size_t opening; /* SIZE_MAX = none yet                          */
        struct milestones milestones;
};

/* ---- one act ------------------------------------------------------------------------------- */

static int64_t floor_ms(int64_t ns)
{
        return ns / NS_PER_MS - (ns % NS_PER_MS < 0);
}

static bool is_contained(const struct folding *f, const struct act *act)
{
        const struct thing *base = f->base;

        return base && base->created_by && act->unit && base->modified_ns != CLOCK_NONE &&
               act->created_ms <= floor_ms(base->modified_ns) &&
               strcmp(base->created_by, act->unit) == 0;
}

/* What a machine's state would be again: our word, or what the base says. */
static const char *undo_state_why_not(const struct folding *f, const struct act *undone,
                                      const struct act *undo)
{
        const struct machine *m = machine_of(f->kind);
        const struct act_set *set = act_sets_field(undo, MACHINE_FIELD);
        const char *base = f->base ? thing_text(f->base, MACHINE_FIELD) : NULL;

        if (!m || !set || !act_sets_field(undone, MACHINE_FIELD))
                return NULL;
        return machine_undo_why_not(m, undone, machine_state(m, &f->ret->thing),
                                    machine_rank(m, set->value ? set->value : base));
}

static const char *undo_why_not(const struct folding *f, size_t i)
{
        const char *undoes = f->acts[i]->undoes;
        size_t target = undoes ? heads_find_act(f->heads, undoes) : SIZE_MAX;
        const struct verb *verb;

        if (target == SIZE_MAX || target >= i)
                return "what it undoes is not known here";
        if (!f->ret->log[target].applied)
                return "what it undoes was not applied";
        if (f->undone[target])
                return "that was undone already";
        verb = verb_find(f->kind, f->acts[target]->verb);
        if (verb && verb->sets == SETS_ALL)
                return "an opening can't be undone";
        if (verb && verb->sets == SETS_UNDO)
                return "an undo can't be undone";
        if (!f->did[target])
                return "what it undoes changed nothing";
        return undo_state_why_not(f, f->acts[target], f->acts[i]);
}

/* A machine moves along its arrows only: a conflict ends in one of the states that it is about. */
static const char *settle_why_not(const struct folding *f, const struct act *act)
{
        const struct machine *m = machine_of(f->kind);
        const struct act_set *set = m ? act_sets_field(act, MACHINE_FIELD) : NULL;
        int rank = set && set->value ? enum_rank(m->states, set->value) : -1;

        return !set || heads_have_rank(f->heads, field_index(f->kind, MACHINE_FIELD), rank)
                       ? NULL
                       : "that state is none of those in conflict";
}

static const char *why_not(const struct folding *f, const struct verb *verb, size_t i)
{
        const char *why = NULL;

        if (act_is_too_large(f->acts[i]))
                return "it is too large";
        if (!verb)
                return "what it does is not known here";
        if (verb->sets == SETS_ALL && f->opening != SIZE_MAX)
                return "it was opened already";
        if (verb->sets == SETS_UNDO)
                why = undo_why_not(f, i);
        else if (verb->sets == SETS_HEADS)
                why = settle_why_not(f, f->acts[i]);
        return why ? why : verb_why_not(verb, &f->ret->thing, f->acts[i]);
}

static void apply(struct folding *f, const struct verb *verb, size_t i)
{
        uint64_t may = verb_may_set(verb, f->kind, f->acts[i]);

        if (verb->sets == SETS_UNDO) {
                size_t target = heads_find_act(f->heads, f->acts[i]->undoes);

                may &= f->did[target];
                f->undone[target] = true;
        }
        f->did[i] = may & heads_touched(f->heads, i);
        heads_apply(f->heads, i, may);
        if (verb->sets == SETS_UNDO)
                milestones_take_back(&f->milestones, &f->ret->thing,
                                     heads_find_act(f->heads, f->acts[i]->undoes));
}

static void take_act(struct folding *f, size_t i)
{
        const struct act *act = f->acts[i];
        const struct verb *verb = verb_find(f->kind, act->verb);
        struct fold_entry *entry = &f->ret->log[i];
        bool contained = is_contained(f, act);

        *entry = (struct fold_entry){.act = act, .applied = true};
        if (!contained) {
                entry->why_not = why_not(f, verb, i);
                entry->applied = !entry->why_not;
        }
        if (!entry->applied)
                f->missed[i] = missed_move(f->heads, f->kind, act);
        if (!entry->applied)
                return;
        if (verb && verb->sets == SETS_ALL && f->opening == SIZE_MAX)
                f->opening = i;
        if (contained)
                return;
        apply(f, verb, i);
        milestones_pass(&f->milestones, &f->ret->thing, i, act->occurred_ms);
}

/* ---- the whole ----------------------------------------------------------------------------- */

static void start(struct folding *f, const struct act *const *acts, size_t act_count)
{
        struct thing *now = &f->ret->thing;

        f->acts = act_order(acts, act_count, f->arena, &f->count);
        if (f->base)
                *now = *f->base;
        else
                thing_init(now, f->kind, f->count ? f->acts[0]->target : NULL);
        milestones_start(&f->milestones, now);
        f->heads = heads_create(f->base, f->acts, f->count, now, f->arena);
        f->did = arena_array(f->arena, f->count + 1, sizeof(*f->did));
        f->missed = arena_array(f->arena, f->count + 1, sizeof(*f->missed));
        f->undone = arena_array(f->arena, f->count + 1, sizeof(*f->undone));
        f->ret->log = arena_array(f->arena, f->count + 1, sizeof(*f->ret->log));
        f->ret->log_count = f->count;
}

static void take_opening(struct folding *f)
{
        const struct act *act = f->acts[f->opening];
        const struct act_set *ref = act_sets_field(act, "ref");
        struct thing *t = &f->ret->thing;

        if (!t->created_by) /* what nobody made is of the unit that opened it */
                t->created_by = act->unit;
        if (t->created_ms == CLOCK_NONE)
                t->created_ms = act->created_ms;
        if (ref && ref->value && *ref->value && strlen(ref->value) <= VALUE_LINE_MAX)
                f->ret->ref = ref->value;
}

static int64_t clamp_ms(int64_t ms)
{
        if (ms > INT64_MAX / NS_PER_MS)
                return INT64_MAX / NS_PER_MS;
        return ms < INT64_MIN / NS_PER_MS + 1 ? INT64_MIN / NS_PER_MS + 1 : ms;
}

static int64_t newest_ns(const struct folding *f)
{
        int64_t newest = f->base ? f->base->modified_ns : CLOCK_NONE;

        for (size_t i = 0; i < f->count; i++) {
                int64_t ms = f->acts[i]->created_ms;

                if (!f->ret->log[i].applied || ms == CLOCK_NONE)
                        continue;
                if (newest == CLOCK_NONE || clamp_ms(ms) * NS_PER_MS > newest)
                        newest = clamp_ms(ms) * NS_PER_MS;
        }
        return newest;
}

static void show_stamp(struct folding *f, const char *field, int64_t ms)
{
        char stamp[STAMP_BYTES];
        int at = field_index(f->kind, field);

        if (at < 0 || ms == CLOCK_NONE)
                return;
        stamp_format(clamp_ms(ms), stamp);
        f->ret->thing.values[at].text = arena_strdup(f->arena, stamp);
}

static void finish(struct folding *f)
{
        struct thing *t = &f->ret->thing;
        int ref = field_index(f->kind, "ref");

        heads_report(f->heads, f->ret);
        holds_show(f->ret, f->undone, f->arena);
        missed_report(f->kind, f->missed, f->arena, f->ret);
        if (f->opening != SIZE_MAX)
                take_opening(f);
        if (ref >= 0 && f->ret->ref)
                t->values[ref].text = f->ret->ref;
        t->modified_ns = newest_ns(f);
        show_stamp(f, "created", t->created_ms);
        show_stamp(f, "triaged_at", f->milestones.triaged_ms);
        show_stamp(f, "contained_at", f->milestones.contained_ms);
        show_stamp(f, "closed_at", f->milestones.closed_ms);
        if (t->modified_ns != CLOCK_NONE)
                show_stamp(f, "modified", floor_ms(t->modified_ns));
}

void fold(const struct kind *kind, const struct thing *base, const struct act *const *acts,
          size_t act_count, struct arena *a, struct folded *ret)
{
        struct folding f = {
                .kind = kind, .base = base, .ret = ret, .arena = a, .opening = SIZE_MAX};

        *ret = (struct folded){0};
        start(&f, acts, act_count);
        for (size_t i = 0; i < f.count; i++)
                take_act(&f, i);
        finish(&f);
}

/* ---- what a new act sees ------------------------------------------------------------------- */

static bool is_wanted(const struct fold_heads *heads, int field, const char *const *items,
                      size_t item_count)
{
        if (heads->field != field)
                return false;
        if (!heads->item || item_count == 0)
                return true;
        for (size_t i = 0; i < item_count; i++)
                if (strcmp(items[i], heads->item) == 0)
                        return true;
        return false;
}

static size_t collect_heads(const struct folded *f, int field, const char *const *items,
                            size_t item_count, const struct act **out)
{
        size_t count = 0;

        for (size_t i = 0; i < f->head_count; i++) {
                const struct fold_heads *heads = &f->heads[i];

                if (!is_wanted(heads, field, items, item_count))
                        continue;
                for (size_t k = 0; k < heads->count; k++, count++)
                        if (out)
                                out[count] = heads->heads[k].act;
        }
        return count;
}

size_t fold_was(const struct folded *f, int field, const char *const *items, size_t item_count,
                struct arena *a, const char *const **ret_ids)
{
        size_t count = collect_heads(f, field, items, item_count, NULL), kept = 0, first;
        const struct act **acts = arena_array(a, count + 1, sizeof(*acts));
        const char **ids = arena_array(a, count + 1, sizeof(*ids));

        collect_heads(f, field, items, item_count, acts);
        qsort(acts, count, sizeof(*acts), act_compare);
        for (size_t i = 0; i < count; i++)
                if (i == 0 || acts[i] != acts[i - 1])
                        ids[kept++] = acts[i]->id;
        first = kept > ACT_WAS_MAX ? kept - ACT_WAS_MAX : 0;
        *ret_ids = ids + first;
        return kept - first;
}

const char *fold_word(const struct folded *f, int field)
{
        if (!f->field_is_ours[field])
                return NULL;
        return f->thing.values[field].text ? f->thing.values[field].text : "";
}
