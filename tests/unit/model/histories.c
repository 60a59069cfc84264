#include "histories.h"

#include <string.h>

#include "base/clock.h"
#include "drafts.h"
#include "model/rules.h"

#define TARGET     "incident--00000000-0000-4000-8000-000000000001"
#define OUR_UNIT   "identity--00000000-0000-4000-8000-00000000000a"
#define THEIR_UNIT "identity--00000000-0000-4000-8000-00000000000f"

static const char *const states[] = {"BE", "FR", "GR", "PT"};
static const char *const scalars[] = {"title", "owner", "tlp", "tlp", "severity", "occurred"};

uint32_t random_below(struct random *r, uint32_t n)
{
        r->state ^= r->state << 13;
        r->state ^= r->state >> 7;
        r->state ^= r->state << 17;
        return (uint32_t)(r->state >> 32) % n;
}

/* ---- acts ---------------------------------------------------------------------------------- */

static int64_t greatest_hlc(const struct history *h, int console)
{
        int64_t greatest = DRAFT_START * 65536;

        for (size_t i = 0; i < h->count; i++)
                if ((console < 0 || h->knows[console][i]) && h->acts[i]->hlc > greatest)
                        greatest = h->acts[i]->hlc;
        return greatest;
}

static void act_say(struct history *h, struct act *act, const char *name, const char *value)
{
        struct act_detail *details =
                arena_array(&h->arena, act->detail_count + 1, sizeof(*details));

        if (act->detail_count)
                memcpy(details, act->details, act->detail_count * sizeof(*details));
        details[act->detail_count++] = (struct act_detail){name, value};
        act->details = details;
}

static struct act *new_act(struct history *h, int console, const char *verb)
{
        struct act *act = arena_alloc(&h->arena, sizeof(*act));
        int64_t hlc = greatest_hlc(h, console) + 1;

        if (random_below(&h->random, 3) == 0)
                hlc += random_below(&h->random, 5) * 65536;
        *act = (struct act){
                .id = arena_printf(&h->arena, "note--%08x-0000-4000-8000-%012zu",
                                   random_below(&h->random, UINT32_MAX), h->count),
                .target = TARGET,
                .verb = verb,
                .text = arena_printf(&h->arena, "act %zu", h->count),
                .operator= "duarte",
                .console = arena_printf(&h->arena, "%016d", console + 2),
                .unit = OUR_UNIT,
                .hlc = hlc,
                .occurred_ms = DRAFT_START,
                .created_ms = DRAFT_START + (int64_t)h->count * 1000,
        };
        if (random_below(&h->random, 2))
                act->reason = "for a reason";
        if (random_below(&h->random, 4) == 0)
                act_say(h, act, "grade", random_below(&h->random, 2) ? "b2" : "f6");
        return act;
}

struct act *history_act(struct history *h, const char *verb)
{
        struct act *act = new_act(h, -1, verb);

        act->reason = "seen all";
        return act;
}

static void saw(struct history *h, struct act *act, const struct folded *seen, const char *field,
                const char *item)
{
        struct act_was *was = arena_array(&h->arena, act->was_count + 1, sizeof(*was));

        if (act->was_count)
                memcpy(was, act->was, act->was_count * sizeof(*was));
        was[act->was_count].field = field;
        was[act->was_count].count = fold_was(seen, field_index(&kind_incident, field), &item,
                                             item ? 1 : 0, &h->arena, &was[act->was_count].ids);
        act->was = was;
        act->was_count++;
}

void act_give(struct history *h, struct act *act, const struct folded *seen, const char *field,
              const char *value)
{
        struct act_set *sets = arena_array(&h->arena, act->set_count + 1, sizeof(*sets));

        if (act->set_count)
                memcpy(sets, act->sets, act->set_count * sizeof(*sets));
        sets[act->set_count++] = (struct act_set){.field = field, .value = value};
        act->sets = sets;
        saw(h, act, seen, field, NULL);
}

void act_give_element(struct history *h, struct act *act, const struct folded *seen,
                      const char *field, const char *item, bool remove)
{
        struct act_element *elements =
                arena_array(&h->arena, act->element_count + 1, sizeof(*elements));

        if (act->element_count)
                memcpy(elements, act->elements, act->element_count * sizeof(*elements));
        elements[act->element_count++] =
                (struct act_element){.field = field, .item = item, .remove = remove};
        act->elements = elements;
        saw(h, act, seen, field, item);
}

void act_make_undo(struct history *h, struct act *undo, const struct folded *seen,
                   const struct folded *without, const struct act *undone)
{
        undo->undoes = undone->id;
        for (size_t i = 0; i < undone->set_count; i++) {
                const char *field = undone->sets[i].field;
                int at = field_index(&kind_incident, field);

                if (at >= 0 && !field_is_set(&kind_incident.fields[at]))
                        act_give(h, undo, seen, field, fold_word(without, at));
        }
        for (size_t i = 0; i < undone->element_count; i++) {
                const struct act_element *e = &undone->elements[i];
                const struct value *v = thing_value(&without->thing, e->field);

                if (v)
                        act_give_element(h, undo, seen, e->field, e->item, !value_has(v, e->item));
        }
}

/* ---- what consoles do ---------------------------------------------------------------------- */

void history_fold_known(struct history *h, int console, struct folded *ret)
{
        const struct act *known[HISTORY_ACTS];
        size_t count = 0;

        for (size_t i = 0; i < h->count; i++)
                if (h->knows[console][i])
                        known[count++] = h->acts[i];
        fold(&kind_incident, h->base, known, count, &h->arena, ret);
}

void history_fold_all(struct history *h, struct folded *ret)
{
        fold(&kind_incident, h->base, h->acts, h->count, &h->arena, ret);
}

static void add(struct history *h, int console, const struct act *act)
{
        if (h->count == HISTORY_ACTS)
                return;
        h->acts[h->count] = act;
        h->knows[console][h->count++] = true;
}

static const char *random_value(struct history *h, const char *field)
{
        static const char *const words[] = {"one", "two", "three"};

        if (strcmp(field, "tlp") == 0)
                return enum_id(&enum_tlp, (int)random_below(&h->random, 5));
        if (strcmp(field, "severity") == 0)
                return enum_id(&enum_severity, (int)random_below(&h->random, 5));
        if (strcmp(field, "status") == 0)
                return enum_id(&enum_status, (int)random_below(&h->random, 5));
        if (strcmp(field, "occurred") == 0)
                return random_below(&h->random, 2) ? "2026-11-24T12:00:00.000Z" : NULL;
        return words[random_below(&h->random, ARRAY_LEN(words))];
}

static void do_open(struct history *h, int console)
{
        struct folded seen;
        struct act *act = new_act(h, console, "open");

        history_fold_known(h, console, &seen);
        act_give(h, act, &seen, "title", "opened");
        act_give(h, act, &seen, "status", "new");
        act_give(h, act, &seen, "severity", "medium");
        act_give(h, act, &seen, "ref", "INC-0001");
        act_give_element(h, act, &seen, "states", "FR", false);
        add(h, console, act);
}

static struct act *make_settle(struct history *h, int console, const struct folded *seen)
{
        struct act *act = new_act(h, console, "settle");

        for (size_t i = 0; i < seen->head_count; i++) {
                const struct fold_heads *heads = &seen->heads[i];
                const char *field = kind_incident.fields[heads->field].name;

                if (!heads->conflict)
                        continue;
                if (heads->item)
                        act_give_element(h, act, seen, field, heads->item,
                                         random_below(&h->random, 2));
                else
                        act_give(h, act, seen, field, heads->heads[0].value);
                break;
        }
        return act;
}

static struct act *make_undo(struct history *h, int console, const struct folded *seen)
{
        struct act *undo = new_act(h, console, "undo");
        const struct act *others[HISTORY_ACTS], *undone;
        struct folded without;
        size_t count = 0;

        if (!seen->log_count)
                return undo;
        undone = seen->log[random_below(&h->random, (uint32_t)seen->log_count)].act;
        for (size_t i = 0; i < seen->log_count; i++)
                if (seen->log[i].act != undone)
                        others[count++] = seen->log[i].act;
        fold(&kind_incident, h->base, others, count, &h->arena, &without);
        act_make_undo(h, undo, seen, &without, undone);
        return undo;
}

static struct act *make_set(struct history *h, int console, const struct folded *seen)
{
        struct act *act = new_act(h, console, "set");

        if (random_below(&h->random, 2)) {
                const char *field = scalars[random_below(&h->random, ARRAY_LEN(scalars))];

                act_give(h, act, seen, field, random_value(h, field));
        } else {
                const char *item = states[random_below(&h->random, ARRAY_LEN(states))];

                act_give_element(h, act, seen, "states", item, random_below(&h->random, 2));
        }
        return act;
}

static struct act *make_verb(struct history *h, int console, const struct folded *seen)
{
        static const char *const verbs[] = {"severity", "status", "owner"};
        const char *verb = verbs[random_below(&h->random, ARRAY_LEN(verbs))];
        struct act *act = new_act(h, console, verb);

        act_give(h, act, seen, verb, random_value(h, verb));
        return act;
}

static struct act *make_ack(struct history *h, int console, const struct folded *seen)
{
        struct act *act = new_act(h, console, "ack");

        act_give(h, act, seen, "acked", "2026-11-24T13:00:00.000Z");
        act_give(h, act, seen, "acked_by", act->console);
        return act;
}

static struct act *make_decide(struct history *h, int console, const struct folded *seen)
{
        struct act *act = new_act(h, console, "decide");

        (void)seen;
        act_say(h, act, "decision", arena_printf(&h->arena, "decision %zu", h->count));
        if (random_below(&h->random, 8))
                act_say(h, act, "rationale", "it spreads");
        act_say(h, act, "decider", "duarte");
        return act;
}

/* An honest console does only what its own state allows. */
static void do_honest(struct history *h, int console)
{
        static struct act *(*const makers[])(struct history *, int, const struct folded *) = {
                make_set, make_set,  make_verb,   make_verb,
                make_ack, make_undo, make_settle, make_decide};
        struct folded seen;
        struct act *act;

        history_fold_known(h, console, &seen);
        act = makers[random_below(&h->random, ARRAY_LEN(makers))](h, console, &seen);
        if (!verb_why_not(verb_find(&kind_incident, act->verb), &seen.thing, act))
                add(h, console, act);
}

/* ---- what nobody should do ----------------------------------------------------------------- */

static const char *random_id(struct history *h)
{
        if (!h->count || random_below(&h->random, 8) == 0)
                return "note--nowhere";
        return h->acts[random_below(&h->random, (uint32_t)h->count)]->id;
}

static void spoil_was(struct history *h, struct act *act, const char *field)
{
        struct act_was *was = arena_array(&h->arena, 1, sizeof(*was));
        const char **ids = arena_array(&h->arena, 4, sizeof(*ids));

        for (size_t i = 0; i < 4; i++)
                ids[i] = random_below(&h->random, 4) ? random_id(h) : act->id;
        *was = (struct act_was){.field = field, .ids = ids, .count = random_below(&h->random, 5)};
        act->was = was;
        act->was_count = 1;
}

static void do_hostile(struct history *h, int console)
{
        static const char *const verbs[] = {"open", "ack",  "severity", "status",   "set",
                                            "note", "undo", "settle",   "teleport", "decide"};
        static const char *const fields[] = {"title",  "status", "severity", "acked", "modified",
                                             "states", "tlp",    "nowhere",  "ref"};
        static const char *const values[] = {"high", "closed", "", "red", "no such", "CLEAR"};
        const char *field = fields[random_below(&h->random, ARRAY_LEN(fields))];
        const char *verb = verbs[random_below(&h->random, ARRAY_LEN(verbs))];
        struct act *act = new_act(h, console, verb);
        struct folded nothing;

        fold(&kind_incident, NULL, NULL, 0, &h->arena, &nothing);
        if (random_below(&h->random, 4) == 0 && h->count)
                act->id = random_id(h);
        act->hlc -= (int64_t)random_below(&h->random, 1u << 20);
        if (random_below(&h->random, 8) == 0)
                act->hlc = -act->hlc;
        if (random_below(&h->random, 4) == 0)
                act->unit = THEIR_UNIT;
        act->undoes = random_below(&h->random, 2) ? random_id(h) : NULL;
        for (int i = 0; i < 2; i++) {
                const char *item = states[random_below(&h->random, ARRAY_LEN(states))];

                act_give_element(h, act, &nothing, "states", item, random_below(&h->random, 2));
        }
        if (field_index(&kind_incident, field) >= 0)
                act_give(h, act, &nothing, field,
                         values[random_below(&h->random, ARRAY_LEN(values))]);
        spoil_was(h, act, field);
        add(h, console, act);
}

/* ---- the history --------------------------------------------------------------------------- */

static void exchange(struct history *h)
{
        uint32_t from = random_below(&h->random, (uint32_t)h->consoles);
        uint32_t to = random_below(&h->random, (uint32_t)h->consoles);
        uint32_t part = 1 + random_below(&h->random, 4);

        for (size_t i = 0; i < h->count; i++)
                if (h->knows[from][i] && random_below(&h->random, 4) < part)
                        h->knows[to][i] = true;
}

static const struct thing *make_base(struct history *h)
{
        struct thing *t = arena_alloc(&h->arena, sizeof(*t));

        thing_init(t, &kind_incident, TARGET);
        t->created_by = THEIR_UNIT;
        t->created_ms = DRAFT_START - 5000;
        t->modified_ns = (DRAFT_START + 5000) * INT64_C(1000000);
        thing_set(t, "title", "theirs");
        thing_set(t, "status", "active");
        thing_set(t, "tlp", "green");
        thing_set_items(t, "states", (const char *const[]){"FR", "PT"}, 2, &h->arena);
        return t;
}

void history_make(struct history *h, uint64_t seed, bool hostile)
{
        uint32_t steps;

        *h = (struct history){.random = {.state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1}};
        arena_init(&h->arena);
        h->consoles = 2 + (int)random_below(&h->random, HISTORY_CONSOLES - 1);
        steps = 8 + random_below(&h->random, 40);
        if (random_below(&h->random, 4) == 0)
                h->base = make_base(h);
        else
                do_open(h, 0);
        for (uint32_t i = 0; i < steps; i++) {
                int console = (int)random_below(&h->random, (uint32_t)h->consoles);

                if (random_below(&h->random, 3) == 0)
                        exchange(h);
                else if (hostile && random_below(&h->random, 5) == 0)
                        do_hostile(h, console);
                else
                        do_honest(h, console);
        }
}

void history_finish(struct history *h)
{
        arena_finish(&h->arena);
}
