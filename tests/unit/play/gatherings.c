#include "gatherings.h"

#include <string.h>

#include "base/str.h"

uint32_t random_below(struct random *r, uint32_t n)
{
        r->state ^= r->state << 13;
        r->state ^= r->state >> 7;
        r->state ^= r->state << 17;
        return (uint32_t)(r->state >> 32) % n;
}

/* ---- playbooks ----------------------------------------------------------------------------- */

struct writing {
        struct random *r;
        struct str out;
        int count, most;
};

static int write_chain(struct writing *w, int depth);

static const char *flags(struct writing *w)
{
        static const char *const some[] = {"", "", "", " two", " timeout=60000", " delay=5000"};

        return some[random_below(w->r, ARRAY_LEN(some))];
}

static void write_action(struct writing *w, int id, int next)
{
        int fix = ++w->count;

        switch (random_below(w->r, 4)) {
        case 0: str_addf(&w->out, "n%d action +n%d%s\n", id, next, flags(w)); break;
        case 1:
                str_addf(&w->out, "n%d action +n%d !n%d%s\n", id, next, fix, flags(w));
                str_addf(&w->out, "n%d action >n%d\n", fix, random_below(w->r, 2) ? next : id);
                break;
        default: str_addf(&w->out, "n%d action >n%d%s\n", id, next, flags(w)); break;
        }
}

static void write_branching(struct writing *w, int id, int next, int depth, const char *type,
                            int branches)
{
        static const char *const labels[] = {"a", "b", "default"};
        int first[3];

        for (int i = 0; i < branches; i++)
                first[i] = write_chain(w, depth - 1);
        str_addf(&w->out, "n%d %s %cn%d", id, type, random_below(w->r, 2) ? '>' : '+', next);
        for (int i = 0; i < branches; i++)
                str_addf(&w->out, " /%s%sn%d", *type == 's' ? labels[i] : "",
                         *type == 's' ? "=" : "", first[i]);
        if (*type == 's' && random_below(w->r, 2))
                str_add(&w->out, " =kind");
        if (*type == 'i' || *type == 'w')
                str_addf(&w->out, " ?%s", random_below(w->r, 3) ? "?" : "yes");
        str_addc(&w->out, '\n');
}

static void write_step(struct writing *w, int id, int next, int depth)
{
        switch (w->count < w->most && depth > 0 ? random_below(w->r, 9) : 8) {
        case 0: write_branching(w, id, next, depth, "parallel", 2); break;
        case 1: write_branching(w, id, next, depth, "parallel", 3); break;
        case 2: write_branching(w, id, next, depth, "if", 2); break;
        case 3: write_branching(w, id, next, depth, "if", 1); break;
        case 4: write_branching(w, id, next, depth, "while", 1); break;
        case 5: write_branching(w, id, next, depth, "switch", 3); break;
        case 6: str_addf(&w->out, "n%d playbook >n%d in=kind out=kind\n", id, next); break;
        default: write_action(w, id, next); break;
        }
}

/* Its first step; its last is an end of its own. */
static int write_chain(struct writing *w, int depth)
{
        int first = ++w->count, id = first;

        for (uint32_t n = random_below(w->r, 3) + 1; n > 0; n--) {
                int next = ++w->count;

                write_step(w, id, next, depth);
                id = next;
        }
        str_addf(&w->out, "n%d end\n", id);
        return first;
}

static void write_wild(struct writing *w)
{
        static const char *const types[] = {"action", "action",   "parallel", "if", "while",
                                            "switch", "playbook", "other",    "end"};
        static const char *const ways[] = {">", "+", "!", "/", "/"};

        for (int i = 0; i < 12; i++) {
                const char *type = types[random_below(w->r, ARRAY_LEN(types))];

                str_addf(&w->out, "n%d %s", i, type);
                for (uint32_t k = random_below(w->r, 4) + 1; k > 0; k--) {
                        const char *way = ways[random_below(w->r, ARRAY_LEN(ways))];

                        if (*type == 's' && *way == '/')
                                way = "/a=";
                        str_addf(&w->out, " %sn%d", way, (int)random_below(w->r, 12));
                }
                str_addf(&w->out, " ?%s%s\n", random_below(w->r, 2) ? "?" : "yes", flags(w));
        }
        str_add(&w->out, "s start >n0\n");
}

const struct playbook *book_random(struct random *r, struct arena *a, enum book_kind kind)
{
        struct writing w = {.r = r, .most = 40};
        const struct playbook *p;

        str_init(&w.out, 1 << 20);
        if (kind == BOOK_WILD)
                write_wild(&w);
        else
                str_addf(&w.out, "s start >n%d\n", write_chain(&w, 3));
        if (random_below(r, 3) == 0)
                str_add(&w.out, "x action >xe\nxe end\nexception x\n");
        str_addf(&w.out, "var yes bool%s\nvar kind string%s\n", random_below(r, 4) ? "" : " true",
                 random_below(r, 4) ? "" : " b");
        p = book_read(a, str_text(&w.out));
        str_finish(&w.out);
        return p;
}

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

static const char *random_way(struct gathering *g, const struct run_step *s)
{
        switch (s->step->type) {
        case STEP_IF: return random_below(&g->random, 2) ? "true" : "false";
        case STEP_WHILE: return random_below(&g->random, 3) ? "leave" : "again";
        case STEP_PLAYBOOK: return random_below(&g->random, 2) ? "other-0" : "other-1";
        case STEP_SWITCH:
                return s->step->branch_count
                               ? s->step->branches[random_below(&g->random,
                                                                (uint32_t)s->step->branch_count)]
                                         .label
                               : "none";
        default: return "none";
        }
}

static bool is_question(const struct run_step *s)
{
        return s->step->type == STEP_IF || s->step->type == STEP_WHILE ||
               s->step->type == STEP_SWITCH;
}

/* What brings the step on. */
static void answer(struct gathering *g, struct play_event *e, const struct run_step *s)
{
        e->place = arena_strdup(&g->arena, s->place);
        e->round = s->rounds;
        e->reason = "nothing else to do";
        if (s->missing || s->state == STEP_IS_UNDER_WAY) {
                e->verb = PLAY_SKIP;
        } else if (s->state == STEP_IS_TO_SIGN) {
                e->verb = PLAY_SIGN;
                while (strcmp(e->who, s->first->who) == 0)
                        e->who = people[random_below(&g->random, ARRAY_LEN(people))];
        } else if (is_question(s) || (s->step->type == STEP_PLAYBOOK && s->depth < 3 &&
                                      random_below(&g->random, 2))) {
                e->verb = s->step->branch_count || s->step->type != STEP_SWITCH ? PLAY_ANSWER
                                                                                : PLAY_SKIP;
                e->value = random_way(g, s);
        } else {
                e->verb = random_below(&g->random, 6) ? PLAY_COMPLETE : PLAY_FAIL;
        }
}

static const struct run_step *random_open(struct gathering *g, const struct run *run)
{
        const struct run_step *open = NULL;
        uint32_t n = 0;

        for (size_t i = 0; i < run->live_count; i++)
                if (run_step_is_open(run->live[i]) && random_below(&g->random, ++n) == 0)
                        open = run->live[i];
        return open;
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

static void leave_out(struct gathering *g, struct play_event *e, const struct run *seen)
{
        static const enum play_verb verbs[] = {PLAY_SKIP, PLAY_NOT_APPLICABLE, PLAY_FAIL};
        const struct run_step *s = seen->live[random_below(&g->random, (uint32_t)seen->live_count)];

        e->verb = verbs[random_below(&g->random, ARRAY_LEN(verbs))];
        e->place = arena_strdup(&g->arena, s->place);
        e->reason = "not here";
}

static void give_value(struct gathering *g, struct play_event *e)
{
        bool yes = random_below(&g->random, 2);

        e->verb = PLAY_SET;
        e->variable = yes ? "__yes__" : "__kind__";
        e->value = yes ? (random_below(&g->random, 2) ? "true" : "false") : "b";
}

static void act(struct gathering *g, int console, bool silly)
{
        struct run *seen = g->runs[console];
        struct play_event *e = new_event(g, seen, console);
        const struct run_step *open = random_open(g, seen);
        uint32_t what = random_below(&g->random, 12);

        if (silly && what < 4)
                be_silly(g, e, seen);
        else if (what == 4)
                give_value(g, e);
        else if (what == 5 && seen->live_count)
                leave_out(g, e, seen);
        else if (open)
                answer(g, e, open);
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
        *g = (struct gathering){.random = {seed * 0x9e3779b97f4a7c15u + 1}};
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

/* A while that goes round by itself goes on until somebody has enough of it. */
static const struct run_step *endless(const struct run_step *s)
{
        while (s && !(s->by_itself && s->rounds > 3))
                s = s->around;
        return s;
}

bool gathering_go_on(struct gathering *g, struct run *run)
{
        const struct run_step *open = random_open(g, run);
        struct play_event *e;

        if (!open || g->count == EVENTS_MAX)
                return false;
        e = new_event(g, run, 0);
        answer(g, e, endless(open) ? endless(open) : open);
        g->events[g->count++] = e;
        run_apply(run, e);
        return true;
}
