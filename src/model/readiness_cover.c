/*
 * Who of a pool has which word, and how many of whom are free or thought away.
 */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/roster_count.h"

#include "model_private.h"

#define NAMES_BYTES 2000

/* ---- who has which word -------------------------------------------------------------------- */

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

static struct readiness_cover *cover_of(struct readiness_covers *cs, enum readiness_what what,
                                        const char *word)
{
        for (size_t i = 0; i < cs->count; i++)
                if (cs->list[i].what == what && strcmp(cs->list[i].word, word) == 0)
                        return &cs->list[i];
        cs->list = arena_grow(cs->a, cs->list, cs->count, &cs->room, sizeof(*cs->list));
        cs->list[cs->count] = (struct readiness_cover){.what = what, .word = word};
        return &cs->list[cs->count++];
}

static void add_word(struct readiness_covers *cs, size_t who, enum readiness_what what,
                     const char *word)
{
        struct readiness_cover *c;

        if (!word || !*word ||
            (cs->needs ? !asks_word(cs->needs, what, word) : what == READINESS_SKILL))
                return;
        c = cover_of(cs, what, word);
        if (c->count && c->who[c->count - 1] == who)
                return;
        c->who = arena_grow(cs->a, c->who, c->count, &c->room, sizeof(*c->who));
        c->who[c->count++] = who;
}

static void add_words(struct readiness_covers *cs, size_t who, enum readiness_what what,
                      const struct value *words)
{
        for (size_t i = 0; i < words->count; i++)
                add_word(cs, who, what, words->items[i]);
}

/* What is asked for is there also where nobody has it. */
static void add_needs(struct readiness_covers *cs)
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
        const struct readiness_cover *x = a, *y = b;

        return x->what != y->what ? (int)x->what - (int)y->what : strcmp(x->word, y->word);
}

void readiness_collect(struct readiness_covers *cs)
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

static int compare_taken(const void *a, const void *b)
{
        const struct readiness_taken *x = a, *y = b;

        return strcmp(x->id, y->id);
}

/* Of each of the pool, how many are thought away; named twice, the sum. */
int *readiness_taken_of(const struct readiness_pool *pool, struct arena *a)
{
        int *taken = arena_array(a, pool->count + 1, sizeof(*taken));
        struct readiness_taken *list = arena_array(a, pool->taken_count + 1, sizeof(*list));

        if (!pool->taken_count)
                return taken;
        memcpy(list, pool->taken, pool->taken_count * sizeof(*list));
        qsort(list, pool->taken_count, sizeof(*list), compare_taken);
        for (size_t i = 0; i < pool->count; i++) {
                const struct readiness_taken key = {.id = pool->facts[i].id};
                const struct readiness_taken *found =
                        bsearch(&key, list, pool->taken_count, sizeof(*list), compare_taken);

                while (found && found > list && strcmp(found[-1].id, key.id) == 0)
                        found--;
                for (; found && found < list + pool->taken_count && strcmp(found->id, key.id) == 0;
                     found++) {
                        const struct booking b = {.takes = found->takes};

                        taken[i] += roster_takes(&pool->facts[i], &b);
                }
                if (taken[i] > roster_quantity(&pool->facts[i]))
                        taken[i] = roster_quantity(&pool->facts[i]);
        }
        return taken;
}

int **readiness_free_of(const struct readiness_pool *pool, const struct span *spans, size_t count,
                        struct arena *a)
{
        int **free_ones = arena_array(a, count + 1, sizeof(*free_ones));
        const struct span all = {count ? spans[0].from_ms : 0,
                                 count ? spans[count - 1].until_ms : 0};

        for (size_t k = 0; k < count; k++)
                free_ones[k] = arena_array(a, pool->count + 1, sizeof(**free_ones));
        for (size_t i = 0; i < pool->count; i++) {
                const struct roster_facts *f = &pool->facts[i];
                int whole = roster_quantity(f);
                bool always = roster_free_in(f, &all) == whole;

                for (size_t k = 0; k < count; k++)
                        free_ones[k][i] = always ? whole : roster_free_in(f, &spans[k]);
        }
        return free_ones;
}

void readiness_names_init(struct readiness_names *n)
{
        *n = (struct readiness_names){.count = 0};
        str_init(&n->text, NAMES_BYTES);
}

void readiness_names_finish(struct readiness_names *n)
{
        str_finish(&n->text);
}

const char *readiness_name_of(const struct roster_facts *f)
{
        return f->name && *f->name ? f->name : f->ref ? f->ref : f->id;
}

void readiness_names_add(struct readiness_names *n, const struct roster_facts *f, int pieces)
{
        if (pieces <= 0)
                return;
        n->pieces += pieces;
        if (n->count++ >= READINESS_NAMES)
                return;
        str_add_sep(&n->text, ", ", readiness_name_of(f));
        if (roster_quantity(f) > 1)
                str_addf(&n->text, " (%d)", pieces);
}

const char *readiness_names_text(struct readiness_names *n, struct arena *a)
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
