/*
 * A fold without some of the acts, as if they had never been: who replaced their values replaced
 * the values before them.
 */
#include <string.h>

#include "base/mem.h"

#include "ops_private.h"

struct leaving {
        const struct state *st;
        bool (*without)(void *ctx, const struct act *act);
        void *ctx;
        struct arena *a;
        const char **ids; /* of one field of one act */
        size_t count;
};

static const struct act *find_act(const struct leaving *l, const char *id)
{
        for (size_t i = 0; i < l->st->act_count; i++)
                if (strcmp(l->st->acts[i]->id, id) == 0)
                        return l->st->acts[i];
        return NULL;
}

static bool has_id(const struct leaving *l, const char *id)
{
        for (size_t i = 0; i < l->count; i++)
                if (strcmp(l->ids[i], id) == 0)
                        return true;
        return false;
}

/* Each id once, those left out too while they are looked through: so a circle of names ends. */
static void add_ids(struct leaving *l, const struct act_was *was)
{
        for (size_t i = 0; i < was->count && l->count < ACT_WAS_MAX; i++)
                if (!has_id(l, was->ids[i]))
                        l->ids[l->count++] = was->ids[i];
}

static void add_behind(struct leaving *l, const struct act *left_out, const char *field)
{
        for (size_t i = 0; i < left_out->was_count; i++)
                if (strcmp(left_out->was[i].field, field) == 0)
                        add_ids(l, &left_out->was[i]);
}

static struct act_was look_through(struct leaving *l, const struct act_was *was)
{
        l->ids = arena_array(l->a, ACT_WAS_MAX, sizeof(*l->ids));
        l->count = 0;
        add_ids(l, was);
        for (size_t i = 0; i < l->count; i++) {
                const struct act *act = find_act(l, l->ids[i]);

                if (act && l->without(l->ctx, act))
                        add_behind(l, act, was->field);
        }
        return (struct act_was){.field = was->field, .ids = l->ids, .count = l->count};
}

static const struct act *look_past(struct leaving *l, const struct act *act)
{
        struct act *copy = arena_alloc(l->a, sizeof(*copy));
        struct act_was *was = arena_array(l->a, act->was_count + 1, sizeof(*was));

        for (size_t i = 0; i < act->was_count; i++)
                was[i] = look_through(l, &act->was[i]);
        *copy = *act;
        copy->was = was;
        return copy;
}

void state_fold_without(const struct state *st, bool (*without)(void *ctx, const struct act *act),
                        void *ctx, struct arena *a, struct folded *ret)
{
        struct leaving l = {.st = st, .without = without, .ctx = ctx, .a = a};
        const struct act **kept = arena_array(a, st->act_count + 1, sizeof(*kept));
        size_t count = 0;

        for (size_t i = 0; i < st->act_count; i++)
                if (!without(ctx, st->acts[i]))
                        kept[count++] = look_past(&l, st->acts[i]);
        fold(st->kind, st->has_base ? &st->base_thing : NULL, kept, count, a, ret);
}
