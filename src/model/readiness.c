#include "model/readiness.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/roster_count.h"

#include "model_private.h"

#define NAMES_BYTES 2000
#define DAY_MS      (24 * 3600 * 1000ll)
#define DAY_BYTES   10 /* 2026-11-25 */

/* ---- what is left -------------------------------------------------------------------------- */

static void make_line(const struct readiness_covers *cs, const struct readiness_cover *c,
                      const int *is_free, const int *taken, struct readiness_line *ret)
{
        CLEANUP(readiness_names_finish) struct readiness_names here = {0}, gone = {0};
        struct readiness_line line = {.what = c->what, .word = c->word};

        readiness_names_init(&here);
        readiness_names_init(&gone);
        for (size_t i = 0; i < c->count; i++) {
                size_t who = c->who[i];
                int away = taken[who] < is_free[who] ? taken[who] : is_free[who];

                readiness_names_add(&gone, &cs->pool->facts[who], away);
                readiness_names_add(&here, &cs->pool->facts[who], is_free[who] - away);
        }
        line.left = here.pieces;
        line.before = here.pieces + gone.pieces;
        const char *what = readiness_what_name(c->what);
        if (line.left)
                line.text =
                        arena_printf(cs->a, "%s %s: %d of %d left: %s", what, c->word, line.left,
                                     line.before, readiness_names_text(&here, cs->a));
        else if (line.before)
                line.text = arena_printf(cs->a, "%s %s: nobody left of %d, without %s", what,
                                         c->word, line.before, readiness_names_text(&gone, cs->a));
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

static void make_lines(struct readiness_covers *cs, const struct span *span,
                       struct readiness_line **ret, size_t *ret_count)
{
        const int *taken = readiness_taken_of(cs->pool, cs->a),
                  *is_free = readiness_free_of(cs->pool, span, 1, cs->a)[0];
        struct readiness_line *lines = arena_array(cs->a, cs->count + 1, sizeof(*lines));

        for (size_t i = 0; i < cs->count; i++)
                make_line(cs, &cs->list[i], is_free, taken, &lines[i]);
        qsort(lines, cs->count, sizeof(*lines), compare_lines);
        *ret = lines;
        *ret_count = cs->count;
}

/* ---- a second one -------------------------------------------------------------------------- */

/* Those of whom nothing is missing, in their order, with what is left of each. */
struct fitting {
        const struct roster_facts **list;
        int *left;
        size_t count;
};

static struct fitting find_fitting(const struct readiness_pool *pool, const struct kind *whom,
                                   const struct ranking *r, const int *taken, struct arena *a)
{
        const struct span span = rank_span(r);
        struct fitting f = {.list = arena_array(a, pool->count + 1, sizeof(*f.list)),
                            .left = arena_array(a, pool->count + 1, sizeof(*f.left))};
        struct ranked *ranked;

        rank_candidates(r, pool->facts, pool->count, a, &ranked);
        for (size_t i = 0; i < pool->count; i++) {
                const struct roster_facts *one = ranked[i].facts;

                if (one->kind != whom)
                        continue;
                int left = (roster_quantity(one) > 1 ? roster_left(one, &span) : 1) -
                           taken[one - pool->facts];

                if (ranked[i].missing || left <= 0)
                        continue;
                f.list[f.count] = one;
                f.left[f.count++] = left;
        }
        return f;
}

/* How many of the pool go to the first one. */
static int count_going(const struct readiness_pool *pool, const struct kind *whom, size_t going,
                       struct arena *a)
{
        struct readiness_pool first = *pool;
        const int *taken;
        int count = 0;

        first.taken_count = going;
        taken = readiness_taken_of(&first, a);

        for (size_t i = 0; i < pool->count; i++)
                count += pool->facts[i].kind == whom ? taken[i] : 0;
        return count;
}

/* What the first one still needs is away before a second one can ask for it. */
static void serve_first(struct fitting *f, struct readiness_second *s,
                        struct readiness_names *first, struct readiness_pool *rest, struct arena *a)
{
        struct readiness_taken *taken =
                arena_array(a, rest->taken_count + f->count + 1, sizeof(*taken));

        if (rest->taken_count)
                memcpy(taken, rest->taken, rest->taken_count * sizeof(*taken));
        for (size_t i = 0; i < f->count && s->lacks > 0; i++) {
                int takes = f->left[i] < s->lacks ? f->left[i] : s->lacks;

                s->lacks -= takes;
                s->first += takes;
                f->left[i] -= takes;
                readiness_names_add(first, f->list[i], takes);
                taken[rest->taken_count++] = (struct readiness_taken){f->list[i]->id, takes};
        }
        rest->taken = taken;
}

static const char *second_text(const struct readiness_second *s, struct readiness_names *fitting,
                               struct readiness_names *first, struct arena *a)
{
        const char *text =
                arena_printf(a, "%d fit%s, %d %s needed%s%s", s->fitting,
                             s->fitting == 1 ? "s" : "", s->needed, s->needed == 1 ? "is" : "are",
                             s->fitting ? ": " : "", readiness_names_text(fitting, a));

        if (s->first)
                text = arena_printf(a, "%s; the first one still takes %s", text,
                                    readiness_names_text(first, a));
        if (s->lacks)
                text = arena_printf(a, "%s%s %d", text,
                                    s->first ? " and lacks" : "; the first one itself lacks",
                                    s->lacks);
        return text;
}

void readiness_second(const struct readiness_pool *pool, const struct kind *whom, size_t going,
                      const struct rank_needs *needs, int64_t now_ms, struct arena *a,
                      struct readiness_second *ret)
{
        const struct ranking r = {.needs = needs, .now_ms = now_ms};
        const struct span span = rank_span(&r);
        const int *taken = readiness_taken_of(pool, a);
        struct readiness_pool rest = *pool;
        struct readiness_covers cs = {.pool = &rest, .needs = needs, .a = a};
        struct readiness_second s = {.needed = needs->headcount};
        struct fitting f = find_fitting(pool, whom, &r, taken, a);
        CLEANUP(readiness_names_finish) struct readiness_names fitting = {0}, first = {0};
        int gone = count_going(pool, whom, going, a);

        readiness_names_init(&fitting);
        readiness_names_init(&first);
        if (s.needed <= 0)
                s.needed = gone ? gone : 1;
        s.lacks = s.needed > gone ? s.needed - gone : 0;
        serve_first(&f, &s, &first, &rest, a);
        for (size_t i = 0; i < f.count; i++)
                readiness_names_add(&fitting, f.list[i], f.left[i]);
        s.fitting = fitting.pieces;
        readiness_collect(&cs);
        make_lines(&cs, &span, &s.lines, &s.line_count);
        s.text = second_text(&s, &fitting, &first, a);
        *ret = s;
}

/* ---- day by day ---------------------------------------------------------------------------- */

/* Who is there on each day: one row of the pool a day. */
struct days {
        struct readiness_covers *cs;
        const struct calendar *zone;
        const int *taken;
        int **is_free;
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
static int left_on(const struct days *d, const struct readiness_cover *c, int day, size_t *ret_who)
{
        int left = 0;

        for (size_t i = 0; i < c->count && left < 2; i++) {
                int here = d->is_free[day][c->who[i]] - d->taken[c->who[i]];

                if (here <= 0)
                        continue;
                *ret_who = c->who[i];
                left += here;
        }
        return left < 2 ? left : 2;
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
static const char *why_nobody(const struct days *d, const struct readiness_cover *c, int day)
{
        CLEANUP(str_finish) struct str text = {.s = NULL};
        const struct span span = span_of_day(d, day);

        str_init(&text, NAMES_BYTES);
        for (size_t i = 0; i < c->count && i < READINESS_NAMES; i++) {
                const struct roster_facts *f = &d->cs->pool->facts[c->who[i]];
                const char *why = d->taken[c->who[i]] >= roster_quantity(f)
                                          ? "taken"
                                          : roster_busy_why(f, &span, d->now_ms, d->cs->a);

                if (!why)
                        why = "taken";

                str_add_sep(&text, "; ", readiness_name_of(f));
                str_addf(&text, ": %s", why);
        }
        if (c->count > READINESS_NAMES)
                str_addf(&text, "; and %zu more", c->count - READINESS_NAMES);
        return arena_strdup(d->cs->a, str_text(&text));
}

static const char *gap_text(const struct days *d, const struct readiness_cover *c,
                            const struct readiness_gap *gap, size_t who)
{
        const char *what = readiness_what_name(c->what);
        const char *when = when_text(d->cs->a, gap->first_day, gap->last_day);

        if (gap->left)
                return arena_printf(d->cs->a, "%s %s: only %s %s", what, c->word,
                                    readiness_name_of(&d->cs->pool->facts[who]), when);
        return arena_printf(d->cs->a, "%s %s: nobody %s (%s)", what, c->word, when,
                            why_nobody(d, c, (int)(gap->first_day - d->first)));
}

struct gaps {
        struct readiness_gap *list;
        size_t count, room;
};

static void add_gaps(const struct days *d, const struct readiness_cover *c, struct gaps *gs)
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

static void find_gaps(struct readiness_covers *cs, const struct readiness_when *when,
                      struct gaps *gs)
{
        struct days d = {.cs = cs,
                         .zone = when->zone,
                         .taken = readiness_taken_of(cs->pool, cs->a),
                         .first = calendar_day(when->zone, when->now_ms),
                         .now_ms = when->now_ms,
                         .count = when->days};
        struct span *spans = arena_array(cs->a, (size_t)d.count + 1, sizeof(*spans));

        for (int i = 0; i < d.count; i++)
                spans[i] = span_of_day(&d, i);
        d.is_free = readiness_free_of(cs->pool, spans, (size_t)d.count, cs->a);
        for (size_t i = 0; i < cs->count; i++)
                add_gaps(&d, &cs->list[i], gs);
        if (gs->count)
                qsort(gs->list, gs->count, sizeof(*gs->list), compare_gaps);
}

void readiness_read(const struct readiness_pool *pool, const struct readiness_when *when,
                    struct arena *a, struct readiness_answer *ret)
{
        struct readiness_covers cs = {.pool = pool, .a = a};
        struct gaps gs = {.count = 0};

        readiness_collect(&cs);
        make_lines(&cs, &when->span, &ret->lines, &ret->line_count);
        find_gaps(&cs, when, &gs);
        ret->gaps = gs.list;
        ret->gap_count = gs.count;
}
