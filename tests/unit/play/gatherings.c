#include "gatherings.h"

#include <string.h>

/* ---- events -------------------------------------------------------------------------------- */

static const struct playbook *find_other(void *ctx, const char *hash)
{
        struct gathering *g = ctx;

        if (strncmp(hash, "other-", 6) != 0)
                return NULL;
        return g->others[hash[6] == '1'];
}

static const char *const people[] = {"duarte", "moreau", "weber"};

static struct play_event *new_event(struct gathering *g, const struct run *seen, int console)
{
        struct play_event *e = arena_alloc(&g->arena, sizeof(*e));
        int64_t hlc = seen->log_count ? seen->log[seen->log_count - 1].event->hlc : 1 << 20;

        *e = (struct play_event){.id = arena_printf(&g->arena, "note--%08x-%zu",
                                                    random_below(&g->random, 1u << 31), g->count),
                                 .console = arena_printf(&g->arena, "%016d", console + 1),
                                 .hlc = hlc + 1 + random_below(&g->random, 3),
                                 .who = people[random_below(&g->random, ARRAY_LEN(people))],
                                 .at_ms = BOOK_START_MS + (int64_t)g->count * 1000 +
                                          random_below(&g->random, 5000)};
        if (random_below(&g->random, 5) == 0)
                e->note = "seen";
        return e;
}

static void be_silly(struct gathering *g, struct play_event *e, const struct run *seen)
{
        static const char *const values[] = {"true", "again", "a", "other-1", "", "never", NULL};

        e->verb = (enum play_verb)random_below(&g->random, PLAY_UNKNOWN + 1);
        e->place =
                seen->step_count && random_below(&g->random, 4)
                        ? seen->steps[random_below(&g->random, (uint32_t)seen->step_count)]->place
                        : NULL;
        e->place = arena_strdup(&g->arena, e->place);
        e->value = values[random_below(&g->random, ARRAY_LEN(values))];
        e->reason = random_below(&g->random, 2) ? "why not" : NULL;
        e->round = (int)random_below(&g->random, 3);
        if (e->verb == PLAY_UNDO && seen->log_count)
                e->value = seen->log[random_below(&g->random, (uint32_t)seen->log_count)].event->id;
        if (e->verb == PLAY_CANCEL && random_below(&g->random, 4))
                e->verb = PLAY_NOTE;
        if (random_below(&g->random, 8) == 0)
                e->hlc -= random_below(&g->random, 40);
        if (random_below(&g->random, 16) == 0 && g->count)
                e->id = g->events[random_below(&g->random, (uint32_t)g->count)]->id;
}

static void let_another_sign(struct gathering *g, const struct run *seen, struct play_event *e)
{
        if (e->verb == PLAY_SIGN)
                while (strcmp(e->who, run_step_to_sign(run_step_at(seen, e->place))->who) == 0)
                        e->who = people[random_below(&g->random, ARRAY_LEN(people))];
}

static void act(struct gathering *g, int console, bool silly)
{
        struct run *seen = g->runs[console];
        struct play_event *e = new_event(g, seen, console);

        if (silly && random_below(&g->random, 3) == 0)
                be_silly(g, e, seen);
        else if (doing_random(&g->doer, seen, e))
                let_another_sign(g, seen, e);
        else
                return;
        g->knows[console][g->count] = true;
        g->events[g->count++] = e;
        run_apply(seen, e);
}

/* ---- gatherings ---------------------------------------------------------------------------- */

static void tell(struct gathering *g, uint32_t from, uint32_t to, uint32_t part)
{
        for (size_t i = 0; i < g->count; i++)
                if (g->knows[from][i] && !g->knows[to][i] && random_below(&g->random, 4) < part) {
                        g->knows[to][i] = true;
                        run_apply(g->runs[to], g->events[i]);
                }
}

void gathering_hold(struct gathering *g, uint64_t seed, enum book_kind kind, bool silly)
{
        *g = (struct gathering){.seed = seed, .random = random_of(seed)};
        g->doer = (struct doer){&g->random, &g->arena, {"other-0", "other-1"}};
        g->others[0] = book_random(&g->random, &g->arena, kind);
        g->others[1] = book_random(&g->random, &g->arena, kind);
        g->start = (struct run_start){.playbook = book_random(&g->random, &g->arena, kind),
                                      .hash = "hash",
                                      .who = "duarte",
                                      .at_ms = BOOK_START_MS,
                                      .find = find_other,
                                      .ctx = g};
        for (int c = 0; c < CONSOLES; c++)
                g->runs[c] = run_create(&g->start);
        for (uint32_t n = 10 + random_below(&g->random, 60); n > 0; n--) {
                act(g, (int)random_below(&g->random, CONSOLES), silly);
                if (random_below(&g->random, 3) == 0)
                        tell(g, random_below(&g->random, CONSOLES),
                             random_below(&g->random, CONSOLES), 1 + random_below(&g->random, 4));
        }
}

void gathering_finish(struct gathering *g)
{
        for (int c = 0; c < CONSOLES; c++)
                run_destroy(g->runs[c]);
        arena_finish(&g->arena);
}

void gathering_tell_all(struct gathering *g)
{
        for (uint32_t from = 0; from < CONSOLES; from++)
                for (uint32_t to = 0; to < CONSOLES; to++)
                        tell(g, from, to, 4);
}

bool gathering_go_on(struct gathering *g, struct run *run)
{
        struct play_event *e = g->count < EVENTS_MAX ? new_event(g, run, 0) : NULL;

        if (!e || !doing_onward(&g->doer, run, e))
                return false;
        let_another_sign(g, run, e);
        g->events[g->count++] = e;
        run_apply(run, e);
        return true;
}
