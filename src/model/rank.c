#include "model/rank.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "model/when.h"

#include "model_private.h"

/* ---- order --------------------------------------------------------------------------------- */

static int compare_words(const char *a, const char *b)
{
        int order = strcasecmp(a ? a : "", b ? b : "");

        return order ? order : strcmp(a ? a : "", b ? b : "");
}

int facts_compare_names(const struct roster_facts *a, const struct roster_facts *b)
{
        int order;

        if (a->by_name && b->by_name)
                return (a->by_name > b->by_name) - (a->by_name < b->by_name);
        order = compare_words(a->name, b->name);
        return order ? order : compare_words(a->id, b->id);
}

/* What they are sorted by stands together: of thousands nothing else is looked at. */
struct place {
        int64_t departure_ms; /* INT64_MAX = not by itself */
        uint32_t missing;     /* with AWAY */
        uint32_t by_name;     /* 0: the name tells */
        const struct ranked *ranked;
};
#define AWAY 0x80000000u

static int compare_places(const void *a, const void *b)
{
        const struct place *x = *(const struct place *const *)a,
                           *y = *(const struct place *const *)b;

        if (x->missing != y->missing)
                return x->missing < y->missing ? -1 : 1;
        if (x->departure_ms != y->departure_ms)
                return x->departure_ms < y->departure_ms ? -1 : 1;
        if (x->by_name && y->by_name)
                return (x->by_name > y->by_name) - (x->by_name < y->by_name);
        return facts_compare_names(x->ranked->facts, y->ranked->facts);
}

static struct place judge(const struct ranking *r, const struct roster_facts *f, struct ranked *ret)
{
        struct rank_judge j = {.ranking = r, .f = f};

        rank_judge(&j);
        *ret = (struct ranked){.facts = f,
                               .missed = j.missed,
                               .missing = j.missing,
                               .is_away = j.is_away,
                               .departure_ms = j.departure_ms};
        return (struct place){.departure_ms =
                                      j.departure_ms == CLOCK_NONE ? INT64_MAX : j.departure_ms,
                              .missing = (uint32_t)j.missing | (j.is_away ? AWAY : 0),
                              .by_name = f->by_name,
                              .ranked = ret};
}

void rank_candidates(const struct ranking *r, const struct roster_facts *candidates, size_t count,
                     struct arena *a, struct ranked **ret)
{
        AUTO_FREE const struct roster_facts **list = xcalloc(count + 1, sizeof(*list));

        for (size_t i = 0; i < count; i++)
                list[i] = &candidates[i];
        rank_these(r, list, count, a, ret);
}

void rank_these(const struct ranking *r, const struct roster_facts *const *candidates, size_t count,
                struct arena *a, struct ranked **ret)
{
        AUTO_FREE struct place *places = xcalloc(count + 1, sizeof(*places));
        AUTO_FREE const struct place **order = xcalloc(count + 1, sizeof(*order));
        AUTO_FREE struct ranked *judged = xcalloc(count + 1, sizeof(*judged));
        struct ranked *list = arena_array(a, count + 1, sizeof(*list));

        for (size_t i = 0; i < count; i++) {
                places[i] = judge(r, candidates[i], &judged[i]);
                order[i] = &places[i];
        }
        qsort(order, count, sizeof(const struct place *), compare_places);
        for (size_t i = 0; i < count; i++)
                list[i] = *order[i]->ranked;
        *ret = list;
}

/* ---- why ----------------------------------------------------------------------------------- */

static void note(struct rank_judge *j)
{
        const struct roster_facts *f = j->f;
        int64_t now = j->ranking->now_ms;
        char shown[WHEN_BYTES];

        if (f->holder && *f->holder)
                rank_say(j, RANK_SAYS_NOTE, "%s releases it", f->holder);
        if (f->verified_ms == CLOCK_NONE) {
                rank_say(j, RANK_SAYS_NOTE, "nobody has confirmed it yet");
        } else if (now - f->verified_ms > roster_rules_default.verify_days * INT64_C(86400000)) {
                when_show(f->verified_ms, now, shown);
                rank_say(j, RANK_SAYS_NOTE, "not confirmed since %s", shown);
        }
}

/* Of those that say the same kind of thing the first stays the first. */
static void sort_reasons(struct rank_reason *list, size_t count)
{
        for (size_t i = 1; i < count; i++) {
                struct rank_reason r = list[i];
                size_t at = i;

                for (; at > 0 && list[at - 1].says > r.says; at--)
                        list[at] = list[at - 1];
                list[at] = r;
        }
}

void rank_why(const struct ranking *r, const struct roster_facts *f, struct arena *a,
              struct rank_reason **ret, size_t *ret_count)
{
        struct rank_judge j = {.ranking = r, .f = f, .a = a};

        rank_judge(&j);
        note(&j);
        sort_reasons(j.reasons, j.reason_count);
        *ret = j.reasons;
        *ret_count = j.reason_count;
}

void rank_say(struct rank_judge *j, enum rank_says says, const char *fmt, ...)
{
        char text[512];
        va_list ap;

        if (!j->a)
                return;
        va_start(ap, fmt);
        vsnprintf(text, sizeof(text), fmt, ap);
        va_end(ap);
        j->reasons =
                arena_grow(j->a, j->reasons, j->reason_count, &j->reason_room, sizeof(*j->reasons));
        j->reasons[j->reason_count++] =
                (struct rank_reason){.says = says, .text = arena_strdup(j->a, text)};
}

/* ---- needs --------------------------------------------------------------------------------- */

static const char *const criteria[] = {
        [RANK_ROLE] = "role",           [RANK_SKILL] = "skill",
        [RANK_LANGUAGE] = "language",   [RANK_CLEARANCE] = "clearance",
        [RANK_COMMUNITY] = "community", [RANK_STATE] = "state",
        [RANK_CATEGORY] = "category",   [RANK_PAPERS] = "papers",
        [RANK_MODE] = "mode",           [RANK_DAYS] = "days",
        [RANK_EXPIRY] = "expiry",       [RANK_REST] = "rest",
        [RANK_NOTICE] = "notice",       [RANK_FREE] = "free",
};

const char *rank_criterion_name(enum rank_criterion criterion)
{
        return criterion < RANK_CRITERIA ? criteria[criterion] : NULL;
}

static void read_languages(const struct value *v, struct arena *a, struct rank_needs *n)
{
        struct roster_language *list = arena_array(a, v->count + 1, sizeof(*list));
        struct language_item l;

        for (size_t i = 0; i < v->count; i++)
                if (language_item_read(v->items[i], &l))
                        list[n->language_count++] = (struct roster_language){
                                .code = arena_strdup(a, l.code), .level = l.level};
        n->languages = list;
}

void rank_needs_read(const struct thing *t, struct arena *a, struct rank_needs *ret)
{
        const struct value *languages = thing_value(t, "languages");
        const char *headcount = thing_text(t, "headcount");
        long count = headcount ? strtol(headcount, NULL, 10) : 0;
        struct rank_needs n = {.roles = thing_value(t, "roles"),
                               .skills = thing_value(t, "skills"),
                               .categories = thing_value(t, "category"),
                               .clearance = thing_rank(t, "clearance"),
                               .mode = thing_text(t, "mode"),
                               .headcount = count > ITEM_COUNT_MAX ? ITEM_COUNT_MAX : (int)count,
                               .from_ms = thing_ms(t, "from"),
                               .until_ms = thing_ms(t, "until")};

        if (languages)
                read_languages(languages, a, &n);
        *ret = n;
}

/* ---- several needs as one -------------------------------------------------------------------- */

/* Sorted by bytes, as both are. */
static const struct value *words_of_both(const struct value *a, const struct value *b,
                                         struct arena *arena)
{
        struct value *both;
        const char **items;

        if (!b || !b->count)
                return a;
        if (!a || !a->count)
                return b;
        both = arena_array(arena, 1, sizeof(*both));
        items = arena_array(arena, a->count + b->count, sizeof(*items));
        *both = (struct value){.items = items};
        for (size_t i = 0, k = 0; i < a->count || k < b->count;) {
                int order = i == a->count   ? 1
                            : k == b->count ? -1
                                            : strcmp(a->items[i], b->items[k]);

                items[both->count++] = order <= 0 ? a->items[i] : b->items[k];
                i += order <= 0;
                k += order >= 0;
        }
        return both;
}

static void add_languages(struct rank_needs *n, const struct rank_needs *more, struct arena *a)
{
        struct roster_language *list =
                arena_array(a, n->language_count + more->language_count + 1, sizeof(*list));
        size_t count = 0;

        for (; count < n->language_count; count++)
                list[count] = n->languages[count];
        for (size_t i = 0; i < more->language_count; i++) {
                const struct roster_language *l = &more->languages[i];
                size_t at = 0;

                while (at < count && strcmp(list[at].code, l->code) != 0)
                        at++;
                if (at == count)
                        list[count++] = *l;
                else if (l->level > list[at].level)
                        list[at].level = l->level;
        }
        n->languages = list;
        n->language_count = count;
}

static const char *mode_of_both(const char *a, const char *b)
{
        if (!a || !b)
                return a ? a : b;
        return strcmp(a, "remote") == 0 ? b : a;
}

void rank_needs_add(struct rank_needs *needs, const struct rank_needs *more, struct arena *a)
{
        struct rank_needs n = *needs;

        n.roles = words_of_both(n.roles, more->roles, a);
        n.skills = words_of_both(n.skills, more->skills, a);
        n.communities = words_of_both(n.communities, more->communities, a);
        n.states = words_of_both(n.states, more->states, a);
        n.categories = words_of_both(n.categories, more->categories, a);
        n.papers = words_of_both(n.papers, more->papers, a);
        add_languages(&n, more, a);
        n.clearance = more->clearance > n.clearance ? more->clearance : n.clearance;
        n.mode = mode_of_both(n.mode, more->mode);
        n.headcount += more->headcount;
        if (n.from_ms == CLOCK_NONE || (more->from_ms != CLOCK_NONE && more->from_ms < n.from_ms))
                n.from_ms = more->from_ms;
        if (n.until_ms == CLOCK_NONE ||
            (more->until_ms != CLOCK_NONE && more->until_ms > n.until_ms))
                n.until_ms = more->until_ms;
        *needs = n;
}
