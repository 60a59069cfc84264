/*
 * What looks like an incident: newer ones with the same words in the title, or with the same State
 * and class. Each says why. Only the newest of either are looked at, so the size of the database
 * does not matter.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "model/words.h"
#include "ui/triage.h"
#include "ui_private.h"

#define LOOK_AT      16 /* newest of either sort */
#define SPAN_MS      (90ll * 24 * 3600 * 1000)
#define WORDS_MAX    8
#define WORD_LEAST   4 /* bytes: shorter ones say little */
#define WORDS_NEEDED 2

struct title_words {
        const char *words[WORDS_MAX];
        size_t count;
};

static bool in_word(char c)
{
        return isalnum((unsigned char)c) || (c & 0x80);
}

static bool holds(const struct title_words *tw, const char *word)
{
        for (size_t i = 0; i < tw->count; i++)
                if (strcmp(tw->words[i], word) == 0)
                        return true;
        return false;
}

static void split(const char *title, struct arena *a, struct title_words *ret)
{
        AUTO_FREE char *folded = text_fold(title ? title : "");
        ret->count = 0;
        for (const char *p = folded; *p && ret->count < WORDS_MAX;) {
                size_t len = 0;
                while (in_word(p[len]))
                        len++;
                if (len >= WORD_LEAST) {
                        const char *word = arena_strndup(a, p, len);
                        if (!holds(ret, word))
                                ret->words[ret->count++] = word;
                }
                p += len ? len : 1;
        }
}

struct search {
        struct ui *ui;
        struct triage *t;
        struct title_words words;
        struct marks seen;
        size_t found;
        struct triage_alike alike[2 * LOOK_AT];
};

/* "same words: water, gateways"; the words that both titles have, where they are enough. */
static size_t same_words(const struct search *s, const struct thing *other, struct arena *a,
                         struct str *why)
{
        struct title_words theirs;
        size_t same = 0, needed = s->words.count < WORDS_NEEDED ? s->words.count : WORDS_NEEDED;
        CLEANUP(str_finish) struct str list = {0};
        str_init(&list, 200);
        split(thing_text(other, "title"), a, &theirs);
        for (size_t i = 0; i < theirs.count; i++) {
                if (!holds(&s->words, theirs.words[i]))
                        continue;
                str_add_sep(&list, ", ", theirs.words[i]);
                same++;
        }
        if (!same || same < needed)
                return 0;
        if (same == theirs.count && same == s->words.count)
                str_add(why, "same title words");
        else
                str_addf(why, "same words: %s", str_text(&list));
        return same;
}

static const char *shared_item(const struct thing *x, const struct thing *y, const char *field)
{
        const struct value *v = thing_value(x, field);
        for (size_t i = 0; v && i < v->count; i++)
                if (value_has(thing_value(y, field), v->items[i]))
                        return v->items[i];
        return NULL;
}

/* Same State, and the class or a sector: either alone is no news. */
static int same_facts(const struct search *s, const struct thing *other, struct str *why)
{
        const struct thing *own = &s->t->row.thing;
        const char *class = thing_text(own, "class"), *theirs = thing_text(other, "class");
        const char *state = shared_item(own, other, "states");
        const char *sector = shared_item(own, other, "sectors");
        bool same_class = class && theirs && strcmp(class, theirs) == 0;
        if (!state || (!same_class && !sector))
                return 0;
        CLEANUP(str_finish) struct str facts = {0};
        str_init(&facts, 200);
        str_addf(&facts, "same State %s", word_label(ui_ops(s->ui)->words, "state", state));
        if (same_class)
                str_add_sep(&facts, " and ", "class");
        if (sector)
                str_add_sep(&facts, same_class ? ", sector " : " and sector ", sector);
        str_add_sep(why, "; ", str_text(&facts));
        return 1 + same_class + (sector != NULL);
}

static void consider(struct search *s, const struct row *row)
{
        struct arena *a = &s->t->arena;
        int64_t made = row->thing.created_ms, now = ui_now_ms(s->ui);
        CLEANUP(str_finish) struct str why = {0};
        if (row->rid == s->t->row.rid || (made != CLOCK_NONE && now - made > SPAN_MS))
                return;
        str_init(&why, 400);
        int score = 2 * (int)same_words(s, &row->thing, a, &why);
        score += same_facts(s, &row->thing, &why);
        if (!score)
                return;
        s->alike[s->found++] = (struct triage_alike){
                .row = *row, .why = arena_strdup(a, str_text(&why)), .score = score};
}

static void consider_all(struct search *s, const int64_t *rids, size_t count)
{
        for (size_t i = 0; i < count && s->found < ARRAY_LEN(s->alike); i++) {
                struct row row;
                if (marks_has(&s->seen, rids[i]))
                        continue;
                marks_add(&s->seen, rids[i]);
                if (thing_by_rid(ui_ops(s->ui)->store, &kind_incident, rids[i], &s->t->arena, &row,
                                 NULL) == RC_OK)
                        consider(s, &row);
        }
}

static int compare(const void *x, const void *y)
{
        const struct triage_alike *a = x, *b = y;
        if (a->score != b->score)
                return b->score - a->score;
        return (a->row.rid < b->row.rid) - (a->row.rid > b->row.rid);
}

static enum rc gather(struct search *s, struct err *err)
{
        struct store *store = ui_ops(s->ui)->store;
        struct arena *a = &s->t->arena;
        const struct value *states = thing_value(&s->t->row.thing, "states");
        int64_t *rids;
        size_t count;
        enum rc rc = things_with_words(store, &kind_incident, "title", s->words.words,
                                       s->words.count, LOOK_AT, a, &rids, &count, err);
        if (rc != RC_OK)
                return rc;
        consider_all(s, rids, count);
        for (size_t i = 0; rc == RC_OK && states && i < states->count && i < 2; i++) {
                rc = things_with_item(store, &kind_incident, "states", states->items[i],
                                      LOOK_AT / 2, a, &rids, &count, err);
                if (rc == RC_OK)
                        consider_all(s, rids, count);
        }
        return rc;
}

enum rc triage_find_alike(struct ui *ui, struct triage *t, struct err *err)
{
        struct search *s = xcalloc(1, sizeof(*s));
        *s = (struct search){.ui = ui, .t = t};
        split(thing_text(&t->row.thing, "title"), &t->arena, &s->words);
        enum rc rc = gather(s, err);
        qsort(s->alike, s->found, sizeof(s->alike[0]), compare);
        t->alike_count = s->found < TRIAGE_ALIKE_MAX ? s->found : TRIAGE_ALIKE_MAX;
        t->alike_more = s->found - t->alike_count;
        t->alike = arena_array(&t->arena, t->alike_count + 1, sizeof(*t->alike));
        memcpy(t->alike, s->alike, t->alike_count * sizeof(*t->alike));
        marks_finish(&s->seen);
        free(s);
        return rc;
}
