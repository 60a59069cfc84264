#include "walks.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "drafts.h"
#include "model/offer.h"

#define TARGET   "task--00000000-0000-4000-8000-000000000001"
#define UNIT     "identity--00000000-0000-4000-8000-00000000000a"
#define INCIDENT "incident--00000000-0000-4000-8000-000000000001"
#define STEP_MS  INT64_C(600000)
#define HOUR_MS  INT64_C(3600000)
#define MOST     24 /* of what one act has of a sort */

/* ---- the parts of an act ------------------------------------------------------------------- */

void walk_init(struct walk *w, const struct machine *m, uint64_t seed)
{
        *w = (struct walk){.m = m, .random = {seed * UINT64_C(0x9e3779b97f4a7c15) + 1}};
        arena_init(&w->arena);
}

void walk_finish(struct walk *w)
{
        arena_finish(&w->arena);
}

static const char *operator_of(struct walk *w, int console)
{
        return arena_printf(&w->arena, "operator%d", console);
}

struct act *walk_act(struct walk *w, int console, const char *verb)
{
        struct act *act = arena_alloc(&w->arena, sizeof(*act));
        int64_t ms = DRAFT_START + (int64_t)w->count * STEP_MS, hlc = 0;

        for (size_t i = 0; i < w->count; i++)
                if (w->knows[console][i] && w->acts[i]->hlc > hlc)
                        hlc = w->acts[i]->hlc;
        *act = (struct act){
                .id = arena_printf(&w->arena, "note--%08x-0000-4000-8000-%012zu",
                                   random_below(&w->random, UINT32_MAX), w->count),
                .target = TARGET,
                .verb = verb,
                .text = "-",
                .reason = "for a reason",
                .operator= operator_of(w, console),
                .console = arena_printf(&w->arena, "%016d", console),
                .unit = UNIT,
                .hlc = (hlc > ms * 65536 ? hlc : ms * 65536) + 1,
                .occurred_ms = ms,
                .created_ms = ms,
                .sets = arena_array(&w->arena, MOST, sizeof(struct act_set)),
                .elements = arena_array(&w->arena, MOST, sizeof(struct act_element)),
                .was = arena_array(&w->arena, 2 * MOST, sizeof(struct act_was)),
                .details = arena_array(&w->arena, MOST, sizeof(struct act_detail)),
        };
        return act;
}

static void saw(struct walk *w, struct act *act, const struct folded *seen, const char *field,
                const char *item)
{
        struct act_was *was = (struct act_was *)(uintptr_t)&act->was[act->was_count++];

        was->field = field;
        was->count = fold_was(seen, field_index(w->m->kind, field), &item, item ? 1 : 0, &w->arena,
                              &was->ids);
}

void walk_set(struct walk *w, struct act *act, const struct folded *seen, const char *field,
              const char *value)
{
        if (act_sets_field(act, field))
                return;
        cr_assert_lt(act->set_count, (size_t)MOST);
        ((struct act_set *)(uintptr_t)act->sets)[act->set_count++] =
                (struct act_set){.field = field, .value = value};
        saw(w, act, seen, field, NULL);
}

void walk_move(struct walk *w, struct act *act, const struct folded *seen, const char *field,
               const char *item, bool remove)
{
        cr_assert_lt(act->element_count, (size_t)MOST);
        ((struct act_element *)(uintptr_t)act->elements)[act->element_count++] =
                (struct act_element){.field = field, .item = item, .remove = remove};
        saw(w, act, seen, field, item);
}

static void tell(struct act *act, const char *name, const char *value)
{
        ((struct act_detail *)(uintptr_t)act->details)[act->detail_count++] =
                (struct act_detail){.name = name, .value = value};
}

static const char *stamp(struct walk *w, int64_t ms)
{
        char text[STAMP_BYTES];

        stamp_format(ms, text);
        return arena_strdup(&w->arena, text);
}

/* ---- what verbs need ----------------------------------------------------------------------- */

/* "+" in front of a field adds a member, "=" is a detail. */
static const struct {
        const struct kind *kind;
        const char *verb, *field, *value;
} fills[] = {
        {&kind_request, "open", "title", "Help with a grid operator"},
        {&kind_request, "open", "incident", INCIDENT},
        {&kind_request, "open", "requester", "CERT-PT"},
        {&kind_request, "open", "route", "cert-eu"},
        {&kind_request, "open", "entity", "Grid"},
        {&kind_request, "open", "impact", "no power"},
        {&kind_request, "open", "use", "to clean it"},
        {&kind_request, "open", "needs", "4 analysts"},
        {&kind_request, "open", "measures", "cut off"},
        {&kind_request, "open", "other_support", "none"},
        {&kind_request, "take", "assessor", "ana"},
        {&kind_request, "approve", "severity", "high"},
        {&kind_request, "approve", "entity_class", "essential"},
        {&kind_request, "approve", "cross_border", "yes"},
        {&kind_request, "approve", "decider", "bo"},
        {&kind_request, "approve", "rationale", "grave"},
        {&kind_request, "part", "severity", "high"},
        {&kind_request, "part", "entity_class", "essential"},
        {&kind_request, "part", "cross_border", "no"},
        {&kind_request, "part", "decider", "bo"},
        {&kind_request, "part", "rationale", "not all of it"},
        {&kind_request, "refuse", "severity", "low"},
        {&kind_request, "refuse", "entity_class", "important"},
        {&kind_request, "refuse", "cross_border", "no"},
        {&kind_request, "refuse", "decider", "bo"},
        {&kind_request, "refuse", "rationale", "too small"},
        {&kind_request, "rank", "rank", "2"},
        {&kind_request, "rank", "rank_why", "less severe"},
        {&kind_request, "inform", "+informed", "cyclone"},
        {&kind_request, "offer", "=provider", "CERT-EE"},
        {&kind_request, "offer", "=resource", "4 analysts"},
        {&kind_request, "offer", "=expires", "2026-11-25T13:00:00.000Z"},
        {&kind_request, "accept", "=offer", "1"},
        {&kind_request, "decline", "=offer", "1"},
        {&kind_request, "sign", "=liability", "theirs"},
        {&kind_request, "sign", "=legal_status", "ours"},
        {&kind_request, "sign", "=data_handling", "stays here"},
        {&kind_request, "sign", "=limits", "amber"},
        {&kind_request, "report", "=summary", "report.pdf"},
        {&kind_request, "close", "=lessons", "ask sooner"},
        {&kind_deployment, "open", "title", "Analysts to Lisbon"},
        {&kind_deployment, "open", "+resources", WALK_ITEM},
        {&kind_deployment, "open", "from", "2026-11-25T08:00:00.000Z"},
        {&kind_deployment, "open", "until", "2026-12-05T08:00:00.000Z"},
        {&kind_deployment, "confirm", "+checks", "interests"},
        {&kind_deployment, "confirm", "+checks", "rest"},
        {&kind_deployment, "confirm", "+checks", "papers"},
        {&kind_deployment, "confirm", "+checks", "medical"},
        {&kind_deployment, "confirm", "+checks", "insurance"},
        {&kind_deployment, "depart", "+manifest", "SN1"},
        {&kind_deployment, "start", "host", "Rui, +351 1"},
        {&kind_deployment, "start", "+access", "access"},
        {&kind_deployment, "start", "+access", "evidence-rules"},
        {&kind_deployment, "check-in", "=words", "all well"},
        {&kind_deployment, "check-in", "checkin_due", "2027-01-01T00:00:00.000Z"},
        {&kind_deployment, "manifest", "+manifest", "SN2"},
        {&kind_deployment, "suspend", "=cause", "legal"},
        {&kind_deployment, "return", "condition", "good"},
        {&kind_deployment, "return", "=checked_in", "all"},
        {&kind_deployment, "return", "=sanitised", "2026-12-06T08:00:00.000Z"},
};

static void fill_row(struct walk *w, struct act *act, const struct folded *seen, size_t i)
{
        const char *field = fills[i].field;

        if (*field == '=')
                tell(act, field + 1, fills[i].value);
        else if (*field == '+')
                walk_move(w, act, seen, field + 1, fills[i].value, false);
        else
                walk_set(w, act, seen, field, fills[i].value);
}

static const char *some_offer(struct walk *w, const struct folded *seen)
{
        const struct value *v = thing_value(&seen->thing, "offers");

        return v->count ? v->items[random_below(&w->random, (uint32_t)v->count)]
                        : "7@2026-11-24T13:00:00.000Z";
}

/* What depends on the thing. */
static void fill_own(struct walk *w, struct act *act, const struct folded *seen)
{
        const struct thing *now = &seen->thing;
        char item[OFFER_BYTES];

        if (strcmp(act->verb, "offer") == 0) {
                offer_write(
                        &(struct offer){.number = offer_next(thing_value(now, "offers")),
                                        .expires_ms = act->occurred_ms +
                                                      (1 + random_below(&w->random, 3)) * HOUR_MS},
                        item);
                walk_move(w, act, seen, "offers", arena_strdup(&w->arena, item), false);
        } else if (strcmp(act->verb, "accept") == 0) {
                walk_move(w, act, seen, "accepted", some_offer(w, seen), false);
        } else if (w->m == &machine_request && strcmp(act->verb, "decline") == 0) {
                walk_move(w, act, seen, "offers", some_offer(w, seen), true);
        } else if (strcmp(act->verb, "substitute") == 0) {
                bool has = value_has(thing_value(now, "resources"), WALK_ITEM);

                walk_move(w, act, seen, "resources", has ? WALK_OTHER : WALK_ITEM, false);
                walk_move(w, act, seen, "resources", has ? WALK_ITEM : WALK_OTHER, true);
        } else if (strcmp(act->verb, "extend") == 0 && thing_ms(now, "until") != CLOCK_NONE) {
                walk_set(w, act, seen, "until", stamp(w, thing_ms(now, "until") + HOUR_MS));
        }
}

static void fill_group(struct walk *w, struct act *act, const struct folded *seen,
                       const struct verb *verb)
{
        bool me = verb->value && strcmp(verb->value, "me") == 0;

        if (verb->value && strcmp(verb->field, MACHINE_FIELD) != 0)
                walk_set(w, act, seen, verb->field, me ? act->operator: verb->value);
        if (verb->value && strcmp(verb->field, "asking") == 0)
                walk_set(w, act, seen, "asked_by", act->operator);
}

void walk_fill(struct walk *w, struct act *act, const struct folded *seen)
{
        const struct verb *verb = verb_find(w->m->kind, act->verb);
        int to = machine_to(w->m, act->verb, &seen->thing);

        if (verb->sets == SETS_ALL)
                to = w->m->first;
        if (to != MACHINE_STAYS)
                walk_set(w, act, seen, MACHINE_FIELD, enum_id(w->m->states, to));
        for (size_t i = 0; i < w->m->says_count; i++) {
                const struct machine_says *row = &w->m->says[i];
                const char *value = NULL;

                if (strcmp(row->verb, act->verb) == 0 &&
                    (row->to == MACHINE_STAYS || row->to == to))
                        value = machine_say(row, &seen->thing, act->occurred_ms, &w->arena);
                if (value)
                        walk_set(w, act, seen, row->field, value);
        }
        fill_group(w, act, seen, verb);
        for (size_t i = 0; i < ARRAY_LEN(fills); i++)
                if (fills[i].kind == w->m->kind && strcmp(fills[i].verb, act->verb) == 0)
                        fill_row(w, act, seen, i);
        fill_own(w, act, seen);
}

/* ---- consoles ------------------------------------------------------------------------------ */

void walk_add(struct walk *w, int console, const struct act *act)
{
        cr_assert_lt(w->count, (size_t)WALK_ACTS);
        w->acts[w->count] = act;
        w->knows[console][w->count++] = true;
}

void walk_known(struct walk *w, int console, struct folded *ret)
{
        const struct act *known[WALK_ACTS];
        size_t count = 0;

        for (size_t i = 0; i < w->count; i++)
                if (w->knows[console][i])
                        known[count++] = w->acts[i];
        fold(w->m->kind, NULL, known, count, &w->arena, ret);
}

void walk_all(struct walk *w, struct folded *ret)
{
        fold(w->m->kind, NULL, w->acts, w->count, &w->arena, ret);
}

void walk_undo(struct walk *w, struct act *undo, const struct folded *seen,
               const struct act *undone)
{
        const struct act *others[WALK_ACTS];
        struct folded without;
        size_t count = 0;

        for (size_t i = 0; i < seen->log_count; i++)
                if (seen->log[i].act != undone && seen->log[i].applied)
                        others[count++] = seen->log[i].act;
        fold(w->m->kind, NULL, others, count, &w->arena, &without);
        undo->undoes = undone->id;
        for (size_t i = 0; i < undone->set_count; i++)
                walk_set(w, undo, seen, undone->sets[i].field,
                         fold_word(&without, field_index(w->m->kind, undone->sets[i].field)));
        for (size_t i = 0; i < undone->element_count; i++) {
                const struct act_element *e = &undone->elements[i];

                walk_move(w, undo, seen, e->field, e->item,
                          !value_has(thing_value(&without.thing, e->field), e->item));
        }
}

const struct act *walk_do_by(struct walk *w, int console, const char *verb)
{
        struct act *act;
        struct folded seen, after;

        for (size_t i = 0; i < w->count; i++)
                w->knows[console][i] = true;
        walk_known(w, console, &seen);
        act = walk_act(w, console, verb);
        walk_fill(w, act, &seen);
        walk_add(w, console, act);
        walk_all(w, &after);
        cr_assert(after.log[after.log_count - 1].applied, "%s: %s", verb,
                  after.log[after.log_count - 1].why_not);
        return act;
}

const struct act *walk_do(struct walk *w, const char *verb)
{
        return walk_do_by(w, 0, verb);
}

/* ---- at random ----------------------------------------------------------------------------- */

static bool one_in(struct walk *w, uint32_t n)
{
        return random_below(&w->random, n) == 0;
}

/* Most people go on, and to the end. */
static bool is_seldom(const struct walk *w, const struct verb *verb, const struct thing *now)
{
        static const char *const verbs[] = {"refuse", "withdraw", "stand-down", "decline",
                                            "recall"};

        for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
                if (strcmp(verbs[i], verb->name) == 0)
                        return true;
        return machine_to(w->m, verb->name, now) == MACHINE_STAYS &&
               strcmp(verb->field, "asking") != 0 && strcmp(verb->name, "resume") != 0;
}

static const struct verb *random_verb(struct walk *w, const struct folded *seen, bool allowed)
{
        const struct verb *chosen = NULL;
        uint32_t fits = 0;

        for (size_t i = 0; i < verb_count(); i++) {
                const struct verb *verb = verb_at(i);

                if (!verb->kind || strcmp(verb->kind, w->m->kind->name) != 0 ||
                    (allowed && verb_may_not(verb, &seen->thing)) ||
                    (is_seldom(w, verb, &seen->thing) && !one_in(w, 5)))
                        continue;
                if (one_in(w, ++fits))
                        chosen = verb;
        }
        return chosen;
}

/* Forgets something, or says another state. */
static void spoil(struct walk *w, struct act *act, const struct folded *seen)
{
        struct act_set *sets = (struct act_set *)(uintptr_t)act->sets;
        int rank = (int)random_below(&w->random, (uint32_t)w->m->states->count);
        size_t one = act->set_count ? random_below(&w->random, (uint32_t)act->set_count) : 0;

        switch (random_below(&w->random, 5)) {
        case 0:
                if (act->set_count)
                        sets[one] = sets[--act->set_count];
                break;
        case 1: act->element_count /= 2; break;
        case 2:
                act->reason = NULL;
                act->detail_count = 0;
                break;
        case 3: walk_set(w, act, seen, MACHINE_FIELD, enum_id(w->m->states, rank)); break;
        default:
                for (size_t i = 0; i < act->set_count; i++)
                        if (strcmp(sets[i].field, MACHINE_FIELD) == 0)
                                sets[i].value = enum_id(w->m->states, rank);
        }
}

static struct act *random_undo(struct walk *w, int console, const struct folded *seen)
{
        struct act *act = walk_act(w, console, "undo");

        if (!seen->log_count)
                return NULL;
        walk_undo(w, act, seen, seen->log[random_below(&w->random, (uint32_t)seen->log_count)].act);
        return act;
}

static struct act *random_settle(struct walk *w, int console, const struct folded *seen)
{
        struct act *act = walk_act(w, console, "settle");

        for (size_t i = 0; i < seen->head_count; i++) {
                const struct fold_heads *h = &seen->heads[i];

                if (h->conflict && !h->item && act->set_count < MOST)
                        walk_set(w, act, seen, w->m->kind->fields[h->field].name,
                                 h->heads[random_below(&w->random, (uint32_t)h->count)].value);
        }
        return act->set_count ? act : NULL;
}

static struct act *random_set(struct walk *w, int console, const struct folded *seen)
{
        static const char *const fields[] = {"title", "description", "tlp",
                                             "from",  "until",       "mode"};
        const char *field = fields[random_below(&w->random, ARRAY_LEN(fields))];
        struct act *act = walk_act(w, console, "set");

        walk_set(w, act, seen, field,
                 strcmp(field, "tlp") == 0
                         ? "green"
                         : stamp(w, act->occurred_ms + random_below(&w->random, 900) * HOUR_MS));
        return act;
}

static struct act *random_act(struct walk *w, int console, const struct folded *seen)
{
        const struct verb *verb;
        struct act *act;

        if (!seen->thing.values[field_index(w->m->kind, "title")].text)
                verb = verb_find(w->m->kind, "open");
        else if (one_in(w, 16))
                return random_undo(w, console, seen);
        else if (seen->conflicts && one_in(w, 3))
                return random_settle(w, console, seen);
        else if (one_in(w, 16))
                return random_set(w, console, seen);
        else
                verb = random_verb(w, seen, !one_in(w, 12));
        act = walk_act(w, console, verb ? verb->name : "note");
        if (verb)
                walk_fill(w, act, seen);
        return act;
}

void walk_make(struct walk *w, const struct machine *m, uint64_t seed)
{
        size_t acts;

        walk_init(w, m, seed);
        acts = 16 + random_below(&w->random, WALK_ACTS - 16);
        for (int tries = 0; w->count < acts && tries < 400; tries++) {
                int console = (int)random_below(&w->random, WALK_CONSOLES);
                bool in_touch = !one_in(w, 4); /* or hears of some only */
                struct folded seen;
                struct act *act;

                for (size_t i = 0; i < w->count; i++)
                        if (in_touch || one_in(w, 4))
                                w->knows[console][i] = true;
                walk_known(w, console, &seen);
                act = random_act(w, console, &seen);
                if (act && one_in(w, 10))
                        spoil(w, act, &seen);
                if (act)
                        walk_add(w, console, act);
        }
}
