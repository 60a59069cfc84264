#include "model/readiness.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"

#define NAMES_BYTES 2000
#define DAY_MS      (24 * 3600 * 1000ll)
#define DAY_BYTES   10 /* 2026-11-25 */

/* ---- who has which word -------------------------------------------------------------------- */

/* Who of the pool has a word, by their places in it. */
struct cover {
        enum readiness_what what;
        const char *word;
        size_t *who;
        size_t count, room;
};

struct covers {
        const struct readiness_pool *pool;
        const struct rank_needs *needs; /* only what these ask for; NULL: everything */
        struct arena *a;
        struct cover *list;
        size_t count, room;
};

static bool asks_word(const struct rank_needs *n, enum readiness_what what, const char *word)
{
        const struct value *const sets[] = {[READINESS_ROLE] = n->roles,
                                            [READINESS_SKILL] = n->skills,
                                            [READINESS_LANGUAGE] = NULL,
                                            [READINESS_COMMUNITY] = n->communities,
                                            [READINESS_CATEGORY] = n->categories};

        for (size_t i = 0; what == READINESS_LANGUAGE && i < n->language_count; i++)
                if (strcmp(n->languages[i].code, word) == 0)
                        return true;
        return sets[what] && value_has(sets[what], word);
}

static struct cover *cover_of(struct covers *cs, enum readiness_what what, const char *word)
{
        for (size_t i = 0; i < cs->count; i++)
                if (cs->list[i].what == what && strcmp(cs->list[i].word, word) == 0)
                        return &cs->list[i];
        cs->list = arena_grow(cs->a, cs->list, cs->count, &cs->room, sizeof(*cs->list));
        cs->list[cs->count] = (struct cover){.what = what, .word = word};
        return &cs->list[cs->count++];
}

static void add_word(struct covers *cs, size_t who, enum readiness_what what, const char *word)
{
        struct cover *c;

        if (!word || !*word ||
            (cs->needs ? !asks_word(cs->needs, what, word) : what == READINESS_SKILL))
                return;
        c = cover_of(cs, what, word);
        if (c->count && c->who[c->count - 1] == who)
                return;
        c->who = arena_grow(cs->a, c->who, c->count, &c->room, sizeof(*c->who));
        c->who[c->count++] = who;
}

static void add_words(struct covers *cs, size_t who, enum readiness_what what,
                      const struct value *words)
{
        for (size_t i = 0; i < words->count; i++)
                add_word(cs, who, what, words->items[i]);
}

/* What is asked for is there also where nobody has it. */
static void add_needs(struct covers *cs)
{
        const struct rank_needs *n = cs->needs;
        const struct value *const sets[] = {[READINESS_ROLE] = n->roles,
                                            [READINESS_SKILL] = n->skills,
                                            [READINESS_LANGUAGE] = NULL,
                                            [READINESS_COMMUNITY] = n->communities,
                                            [READINESS_CATEGORY] = n->categories};

        for (size_t what = 0; what < ARRAY_LEN(sets); what++)
                for (size_t i = 0; sets[what] && i < sets[what]->count; i++)
                        cover_of(cs, (enum readiness_what)what, sets[what]->items[i]);
        for (size_t i = 0; i < n->language_count; i++)
                cover_of(cs, READINESS_LANGUAGE, n->languages[i].code);
}

static int compare_covers(const void *a, const void *b)
{
        const struct cover *x = a, *y = b;

        return x->what != y->what ? (int)x->what - (int)y->what : strcmp(x->word, y->word);
}

static void collect(struct covers *cs)
{
        for (size_t i = 0; i < cs->pool->count; i++) {
                const struct roster_facts *f = &cs->pool->facts[i];

                add_words(cs, i, READINESS_ROLE, f->roles);
                add_words(cs, i, READINESS_SKILL, f->skills);
                for (size_t k = 0; k < f->language_count; k++)
                        add_word(cs, i, READINESS_LANGUAGE, f->languages[k].code);
                add_words(cs, i, READINESS_COMMUNITY, f->communities);
                add_word(cs, i, READINESS_COMMUNITY, f->community);
                add_word(cs, i, READINESS_CATEGORY, f->category);
        }
        if (cs->needs)
                add_needs(cs);
        if (cs->count)
                qsort(cs->list, cs->count, sizeof(*cs->list), compare_covers);
}

/* ---- who is there -------------------------------------------------------------------------- */

static int compare_ids(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool *taken_of(const struct readiness_pool *pool, struct arena *a)
{
        bool *taken = arena_array(a, pool->count + 1, sizeof(*taken));
        const char **ids = arena_array(a, pool->taken_count + 1, sizeof(*ids));

        if (!pool->taken_count)
                return taken;
        memcpy(ids, pool->taken, pool->taken_count * sizeof(*ids));
        qsort(ids, pool->taken_count, sizeof(*ids), compare_ids);
        for (size_t i = 0; i < pool->count; i++)
                taken[i] = bsearch(&pool->facts[i].id, ids, pool->taken_count, sizeof(*ids),
                                   compare_ids) != NULL;
        return taken;
}

static bool *free_of(const struct readiness_pool *pool, const struct span *span, struct arena *a)
{
        bool *free_ones = arena_array(a, pool->count + 1, sizeof(*free_ones));

        for (size_t i = 0; i < pool->count; i++)
                free_ones[i] = roster_is_free_in(&pool->facts[i], span);
        return free_ones;
}

/* "Ana, Bodo and 3 more" */
struct names {
        struct str text;
        size_t count;
};

static void names_init(struct names *n)
{
        *n = (struct names){.count = 0};
        str_init(&n->text, NAMES_BYTES);
}

static void names_finish(struct names *n)
{
        str_finish(&n->text);
}

static const char *name_of(const struct roster_facts *f)
{
        return f->name && *f->name ? f->name : f->ref ? f->ref : f->id;
}

static void names_add(struct names *n, const struct roster_facts *f)
{
        if (n->count++ < READINESS_NAMES)
                str_add_sep(&n->text, ", ", name_of(f));
}

static const char *names_text(struct names *n, struct arena *a)
{
        if (n->count > READINESS_NAMES)
                return arena_printf(a, "%s and %zu more", str_text(&n->text),
                                    n->count - READINESS_NAMES);
        return arena_strdup(a, str_text(&n->text));
}

const char *readiness_what_name(enum readiness_what what)
{
        static const char *const names[] = {[READINESS_ROLE] = "role",
                                            [READINESS_SKILL] = "skill",
                                            [READINESS_LANGUAGE] = "language",
                                            [READINESS_COMMUNITY] = "community",
                                            [READINESS_CATEGORY] = "category"};

        return (size_t)what < ARRAY_LEN(names) ? names[what] : NULL;
}

/* ---- what is left -------------------------------------------------------------------------- */

static void make_line(const struct covers *cs, const struct cover *c, const bool *is_free,
                      const bool *taken, struct readiness_line *ret)
{
        CLEANUP(names_finish) struct names here, gone;
        struct readiness_line line = {.what = c->what, .word = c->word};

        names_init(&here);
        names_init(&gone);
        for (size_t i = 0; i < c->count; i++)
                if (is_free[c->who[i]])
                        names_add(taken[c->who[i]] ? &gone : &here, &cs->pool->facts[c->who[i]]);
        line.left = (int)here.count;
        line.before = (int)(here.count + gone.count);
        const char *what = readiness_what_name(c->what);
        if (line.left)
                line.text = arena_printf(cs->a, "%s %s: %d of %d left: %s", what, c->word,
                                         line.left, line.before, names_text(&here, cs->a));
        else if (line.before)
                line.text = arena_printf(cs->a, "%s %s: nobody left of %d, without %s", what,
                                         c->word, line.before, names_text(&gone, cs->a));
        else
                line.text = arena_printf(cs->a, "%s %s: nobody is free", what, c->word);
        *ret = line;
}

static int compare_lines(const void *a, const void *b)
{
        const struct readiness_line *x = a, *y = b;
        int order = (x->before == x->left) - (y->before == y->left);

        if (!order)
                order = x->left - y->left;
        if (!order)
                order = (int)x->what - (int)y->what;
        return order ? order : strcmp(x->word, y->word);
}

static void make_lines(struct covers *cs, const struct span *span, struct readiness_line **ret,
                       size_t *ret_count)
{
        const bool *taken = taken_of(cs->pool, cs->a), *is_free = free_of(cs->pool, span, cs->a);
        struct readiness_line *lines;

        collect(cs);
        lines = arena_array(cs->a, cs->count + 1, sizeof(*lines));
        for (size_t i = 0; i < cs->count; i++)
                make_line(cs, &cs->list[i], is_free, taken, &lines[i]);
        qsort(lines, cs->count, sizeof(*lines), compare_lines);
        *ret = lines;
        *ret_count = cs->count;
}

void readiness_left(const struct readiness_pool *pool, const struct span *span, struct arena *a,
                    struct readiness_line **ret, size_t *ret_count)
{
        struct covers cs = {.pool = pool, .a = a};

        make_lines(&cs, span, ret, ret_count);
}

/* ---- a second one -------------------------------------------------------------------------- */

static void judge_rest_of_pool(const struct readiness_pool *pool, const struct ranking *r,
                               struct arena *a, struct names *fitting)
{
        const bool *taken = taken_of(pool, a);
        struct roster_facts *left = arena_array(a, pool->count + 1, sizeof(*left));
        struct ranked *list;
        size_t count = 0;

        for (size_t i = 0; i < pool->count; i++)
                if (!taken[i])
                        left[count++] = pool->facts[i];
        rank_candidates(r, left, count, a, &list);
        for (size_t i = 0; i < count && list[i].missing == 0; i++)
                names_add(fitting, list[i].facts);
}

void readiness_second(const struct readiness_pool *pool, const struct rank_needs *needs,
                      int64_t now_ms, struct arena *a, struct readiness_second *ret)
{
        const struct ranking r = {.needs = needs, .now_ms = now_ms};
        const struct span span = rank_span(&r);
        struct covers cs = {.pool = pool, .needs = needs, .a = a};
        struct readiness_second s = {.needed = needs->headcount};
        CLEANUP(names_finish) struct names fitting;

        names_init(&fitting);
        if (s.needed <= 0)
                s.needed = pool->taken_count ? (int)pool->taken_count : 1;
        judge_rest_of_pool(pool, &r, a, &fitting);
        s.fitting = (int)fitting.count;
        make_lines(&cs, &span, &s.lines, &s.line_count);
        s.text = arena_printf(a, "%d fit%s, %d %s needed%s%s", s.fitting, s.fitting == 1 ? "s" : "",
                              s.needed, s.needed == 1 ? "is" : "are", s.fitting ? ": " : "",
                              names_text(&fitting, a));
        *ret = s;
}

/* ---- day by day ---------------------------------------------------------------------------- */

/* Who is there on each day: one row of the pool a day. */
struct days {
        struct covers *cs;
        const struct calendar *zone;
        const bool *taken;
        const bool **is_free;
        int64_t first, now_ms;
        int count;
};

static struct span span_of_day(const struct days *d, int day)
{
        int64_t from = calendar_start(d->zone, d->first + day);

        return (struct span){from < d->now_ms ? d->now_ms : from,
                             calendar_start(d->zone, d->first + day + 1)};
}

/* 0: nobody; 1: one, whose place it gives; 2: more. */
static int left_on(const struct days *d, const struct cover *c, int day, size_t *ret_who)
{
        int left = 0;

        for (size_t i = 0; i < c->count && left < 2; i++)
                if (d->is_free[day][c->who[i]] && !d->taken[c->who[i]]) {
                        *ret_who = c->who[i];
                        left++;
                }
        return left;
}

static const char *when_text(struct arena *a, int64_t first, int64_t last)
{
        char from[STAMP_BYTES], until[STAMP_BYTES];

        stamp_format(first * DAY_MS, from);
        stamp_format(last * DAY_MS, until);
        if (first == last)
                return arena_printf(a, "on %.*s", DAY_BYTES, from);
        return arena_printf(a, "from %.*s to %.*s", DAY_BYTES, from, DAY_BYTES, until);
}

/* "Ana: on leave from ... to ...; Bodo: taken" */
static const char *why_nobody(const struct days *d, const struct cover *c, int day)
{
        CLEANUP(str_finish) struct str text = {.s = NULL};
        const struct span span = span_of_day(d, day);

        str_init(&text, NAMES_BYTES);
        for (size_t i = 0; i < c->count && i < READINESS_NAMES; i++) {
                const struct roster_facts *f = &d->cs->pool->facts[c->who[i]];
                const char *why = d->taken[c->who[i]]
                                          ? "taken"
                                          : roster_busy_why(f, &span, d->now_ms, d->cs->a);

                str_add_sep(&text, "; ", name_of(f));
                str_addf(&text, ": %s", why);
        }
        if (c->count > READINESS_NAMES)
                str_addf(&text, "; and %zu more", c->count - READINESS_NAMES);
        return arena_strdup(d->cs->a, str_text(&text));
}

static const char *gap_text(const struct days *d, const struct cover *c,
                            const struct readiness_gap *gap, size_t who)
{
        const char *what = readiness_what_name(c->what);
        const char *when = when_text(d->cs->a, gap->first_day, gap->last_day);

        if (gap->left)
                return arena_printf(d->cs->a, "%s %s: only %s %s", what, c->word,
                                    name_of(&d->cs->pool->facts[who]), when);
        return arena_printf(d->cs->a, "%s %s: nobody %s (%s)", what, c->word, when,
                            why_nobody(d, c, (int)(gap->first_day - d->first)));
}

struct gaps {
        struct readiness_gap *list;
        size_t count, room;
};

static void add_gaps(const struct days *d, const struct cover *c, struct gaps *gs)
{
        for (int day = 0, next; day < d->count; day = next) {
                size_t who = 0, then = 0;
                int left = left_on(d, c, day, &who);

                for (next = day + 1; next < d->count; next++)
                        if (left_on(d, c, next, &then) != left || (left == 1 && then != who))
                                break;
                if (left > 1)
                        continue;
                struct readiness_gap gap = {.what = c->what,
                                            .word = c->word,
                                            .first_day = d->first + day,
                                            .last_day = d->first + next - 1,
                                            .left = left};
                gap.text = gap_text(d, c, &gap, who);
                gs->list = arena_grow(d->cs->a, gs->list, gs->count, &gs->room, sizeof(*gs->list));
                gs->list[gs->count++] = gap;
        }
}

static int compare_gaps(const void *a, const void *b)
{
        const struct readiness_gap *x = a, *y = b;

        if (x->first_day != y->first_day)
                return x->first_day < y->first_day ? -1 : 1;
        if (x->left != y->left)
                return x->left - y->left;
        return x->what != y->what ? (int)x->what - (int)y->what : strcmp(x->word, y->word);
}

void readiness_gaps(const struct readiness_pool *pool, const struct calendar *zone, int64_t now_ms,
                    int days, struct arena *a, struct readiness_gap **ret, size_t *ret_count)
{
        struct covers cs = {.pool = pool, .a = a};
        struct days d = {.cs = &cs,
                         .zone = zone,
                         .taken = taken_of(pool, a),
                         .first = calendar_day(zone, now_ms),
                         .now_ms = now_ms,
                         .count = days};
        struct gaps gs = {.count = 0};

        collect(&cs);
        d.is_free = arena_array(a, (size_t)days + 1, sizeof(*d.is_free));
        for (int i = 0; i < days; i++) {
                const struct span span = span_of_day(&d, i);

                d.is_free[i] = free_of(pool, &span, a);
        }
        for (size_t i = 0; i < cs.count; i++)
                add_gaps(&d, &cs.list[i], &gs);
        if (gs.count)
                qsort(gs.list, gs.count, sizeof(*gs.list), compare_gaps);
        *ret = gs.list;
        *ret_count = gs.count;
}
