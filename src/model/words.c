#include "model/words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/nearest.h"
#include "model/thing.h"

#define BEGUN_BYTES    3
#define WORD_BYTES_MAX 200 /* of an id, a label, a note */
#define PARTS          2

/* Each list has its own arena, so that replacing one gives its memory back. */
struct loaded {
        struct word_list list;
        struct arena arena;
        const char *of[PARTS]; /* lists that it is made of, or NULL: it has its own words */
        struct arena made;     /* the words made of theirs */
};

struct words {
        struct loaded *lists[WORDS_LISTS_MAX];
        size_t count;
};

static void loaded_destroy(struct loaded *l)
{
        if (!l)
                return;
        arena_finish(&l->arena);
        arena_finish(&l->made);
        free(l);
}

static void loaded_cleanup(struct loaded **pl)
{
        loaded_destroy(*pl);
}

struct words *words_create(void)
{
        return xcalloc(1, sizeof(struct words));
}

void words_destroy(struct words *w)
{
        if (!w)
                return;
        for (size_t i = 0; i < w->count; i++)
                loaded_destroy(w->lists[i]);
        free(w);
}

void words_cleanup(struct words **pw)
{
        words_destroy(*pw);
}

/* ---- reading a document -------------------------------------------------------------------- */

/* A member of the document that is text: clean, not empty, not long. `at` names the object. */
struct member {
        const struct json_t *obj;
        const char *at, *key;
        bool needed;
};

static enum rc read_member(const struct member *m, struct arena *a, const char **ret,
                           struct err *err)
{
        const struct json_t *j = json_get(m->obj, m->key);
        const char *text = json_text(j, NULL);

        if (!j && !m->needed)
                return RC_OK;
        if (!j)
                return err_set(err, RC_INVALID, "%s%s is missing", m->at, m->key);
        if (!text)
                return err_set(err, RC_INVALID, "%s%s is not a string", m->at, m->key);
        size_t len = json_text_len(j);
        if (len == 0 || len > WORD_BYTES_MAX)
                return err_set(err, RC_INVALID, "%s%s must have 1 to %d bytes", m->at, m->key,
                               WORD_BYTES_MAX);
        if (!text_is_clean(text, len, false))
                return err_set(err, RC_INVALID, "%s%s has control characters", m->at, m->key);
        *ret = arena_strdup(a, text);
        return RC_OK;
}

static enum rc read_word(const struct json_t *obj, size_t i, struct arena *a, struct word *ret,
                         struct err *err)
{
        const char *at = arena_printf(a, "words.%zu.", i);
        const struct {
                const char *key, **ret;
                bool needed;
        } members[] = {{"id", &ret->id, true},
                       {"label", &ret->label, true},
                       {"group", &ret->group, false},
                       {"note", &ret->note, false},
                       {"key", &ret->key, false}};

        for (size_t k = 0; k < ARRAY_LEN(members); k++) {
                struct member m = {obj, at, members[k].key, members[k].needed};
                enum rc rc = read_member(&m, a, members[k].ret, err);

                if (rc != RC_OK)
                        return rc;
        }
        return RC_OK;
}

static int compare_ids(const void *a, const void *b)
{
        return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

static enum rc check_ids(const struct word_list *list, struct err *err)
{
        AUTO_FREE const char **ids = xcalloc(list->count, sizeof(*ids));

        for (size_t i = 0; i < list->count; i++)
                ids[i] = list->words[i].id;
        qsort(ids, list->count, sizeof(*ids), compare_ids);
        for (size_t i = 1; i < list->count; i++)
                if (strcasecmp(ids[i - 1], ids[i]) == 0)
                        return err_set(err, RC_INVALID, "words has the id %s twice", ids[i]);
        return RC_OK;
}

static enum rc read_words(const struct json_t *doc, struct loaded *l, struct err *err)
{
        const struct json_t *words = json_get(doc, "words");
        size_t count = json_len(words);

        if (json_kind(words) != JSON_LIST)
                return err_set(err, RC_INVALID, "words is not a list");
        if (count == 0 || count > WORDS_IN_LIST)
                return err_set(err, RC_INVALID, "words must have 1 to %d members", WORDS_IN_LIST);
        struct word *out = arena_array(&l->arena, count, sizeof(*out));
        for (size_t i = 0; i < count; i++) {
                enum rc rc = read_word(json_at(words, i), i, &l->arena, &out[i], err);

                if (rc != RC_OK)
                        return rc;
        }
        l->list.words = out;
        l->list.count = count;
        return check_ids(&l->list, err);
}

/* ---- one word of each of two lists --------------------------------------------------------- */

static enum rc read_parts(const struct json_t *of, struct loaded *l, struct err *err)
{
        if (json_kind(of) != JSON_LIST || json_len(of) != PARTS)
                return err_set(err, RC_INVALID, "of must name %d lists", PARTS);
        for (size_t i = 0; i < PARTS; i++) {
                const char *name = json_text(json_at(of, i), NULL);

                if (!name || strcmp(name, l->list.name) == 0)
                        return err_set(err, RC_INVALID, "of.%zu is no other list", i);
                l->of[i] = arena_strdup(&l->arena, name);
        }
        return RC_OK;
}

/* The list of that name as it would be with `added`; NULL where there is none with its own words.
 */
static const struct loaded *find_part(const struct words *w, const struct loaded *added,
                                      const char *name)
{
        const struct loaded *found = NULL;

        for (size_t i = 0; i < w->count; i++)
                if (strcmp(w->lists[i]->list.name, name) == 0)
                        found = w->lists[i];
        if (added && strcmp(added->list.name, name) == 0)
                found = added;
        return found && !found->of[0] ? found : NULL;
}

static enum rc check_product(const struct words *w, const struct loaded *added,
                             const struct loaded *l, struct err *err)
{
        size_t all = l->of[0] ? 1 : 0;

        for (size_t i = 0; i < PARTS && all; i++) {
                const struct loaded *part = find_part(w, added, l->of[i]);

                all *= part ? part->list.count : 0;
        }
        return all <= WORDS_IN_LIST ? RC_OK
                                    : err_set(err, RC_INVALID, "%s would have more than %d words",
                                              l->list.name, WORDS_IN_LIST);
}

static enum rc check_products(const struct words *w, const struct loaded *added, struct err *err)
{
        enum rc rc = check_product(w, added, added, err);

        for (size_t i = 0; rc == RC_OK && i < w->count; i++)
                rc = check_product(w, added, w->lists[i], err);
        return rc;
}

static const char *says(const struct word *word)
{
        return word->note ? word->note : word->label;
}

/* b and 2 are B2: usually reliable, probably true. */
static void make_word(const struct word *x, const struct word *y, struct arena *a, struct word *ret)
{
        *ret = (struct word){.id = arena_printf(a, "%s%s", x->id, y->id),
                             .label = arena_printf(a, "%s%s", x->label, y->label),
                             .group = arena_strdup(a, says(x)),
                             .note = arena_printf(a, "%s, %s", says(x), says(y))};
}

static void make_words(const struct words *w, struct loaded *l)
{
        const struct loaded *x = find_part(w, NULL, l->of[0]), *y = find_part(w, NULL, l->of[1]);
        size_t count = x && y ? x->list.count * y->list.count : 0;

        arena_reset(&l->made);
        struct word *words = arena_array(&l->made, count + 1, sizeof(*words));
        for (size_t i = 0; i < count; i++)
                make_word(&x->list.words[i / y->list.count], &y->list.words[i % y->list.count],
                          &l->made, &words[i]);
        l->list.words = words;
        l->list.count = count;
}

static void make_all(struct words *w)
{
        for (size_t i = 0; i < w->count; i++)
                if (w->lists[i]->of[0])
                        make_words(w, w->lists[i]);
}

/* ---- a list -------------------------------------------------------------------------------- */

static enum rc read_list(const struct json_t *doc, struct loaded *l, struct err *err)
{
        const char *source;
        const struct {
                const char *key, **ret;
        } members[] = {{"name", &l->list.name},
                       {"title", &l->list.title},
                       {"version", &l->list.version},
                       {"source", &source}};

        for (size_t i = 0; i < ARRAY_LEN(members); i++) {
                struct member m = {doc, "", members[i].key, true};
                enum rc rc = read_member(&m, &l->arena, members[i].ret, err);

                if (rc != RC_OK)
                        return rc;
        }
        return json_get(doc, "of") ? read_parts(json_get(doc, "of"), l, err)
                                   : read_words(doc, l, err);
}

static enum rc keep(struct words *w, struct loaded **pl, struct err *err)
{
        struct loaded *l = *pl;

        for (size_t i = 0; i < w->count; i++) {
                if (strcmp(w->lists[i]->list.name, l->list.name) != 0)
                        continue;
                *pl = w->lists[i];
                w->lists[i] = l;
                return RC_OK;
        }
        if (w->count == WORDS_LISTS_MAX)
                return err_set(err, RC_INVALID, "more than %d word lists", WORDS_LISTS_MAX);
        w->lists[w->count++] = TAKE(*pl);
        return RC_OK;
}

enum rc words_add(struct words *w, const char *bytes, size_t len, struct err *err)
{
        CLEANUP(json_cleanup) struct json_t *doc = NULL;
        CLEANUP(loaded_cleanup) struct loaded *l = NULL;

        if (len > WORDS_BYTES_MAX)
                return err_set(err, RC_INVALID, "a word list of more than %d bytes",
                               WORDS_BYTES_MAX);
        enum rc rc = json_parse(bytes, len, &doc, err);
        if (rc != RC_OK)
                return rc;
        if (json_kind(doc) != JSON_OBJ)
                return err_set(err, RC_INVALID, "a word list is an object with \"words\"");
        l = xcalloc(1, sizeof(*l));
        arena_init(&l->arena);
        rc = read_list(doc, l, err);
        if (rc == RC_OK)
                rc = check_products(w, l, err);
        if (rc == RC_OK)
                rc = keep(w, &l, err);
        if (rc == RC_OK)
                make_all(w);
        return rc;
}

/* ---- looking up ---------------------------------------------------------------------------- */

size_t words_count(const struct words *w)
{
        return w->count;
}

const struct word_list *words_at(const struct words *w, size_t i)
{
        return i < w->count ? &w->lists[i]->list : NULL;
}

const struct word_list *words_list(const struct words *w, const char *name)
{
        for (size_t i = 0; w && name && i < w->count; i++)
                if (strcmp(w->lists[i]->list.name, name) == 0)
                        return &w->lists[i]->list;
        return NULL;
}

static const struct word *find_by(const struct word_list *list, const char *text,
                                  const char *(*part)(const struct word *))
{
        for (size_t i = 0; i < list->count; i++) {
                const char *s = part(&list->words[i]);

                if (s && strcasecmp(s, text) == 0)
                        return &list->words[i];
        }
        return NULL;
}

static const char *id_of(const struct word *word)
{
        return word->id;
}

static const char *label_of(const struct word *word)
{
        return word->label;
}

static const char *note_of(const struct word *word)
{
        return word->note;
}

const struct word *word_find(const struct word_list *list, const char *text)
{
        const struct word *found;

        if (!list || !text || !*text)
                return NULL;
        found = find_by(list, text, id_of);
        if (!found)
                found = find_by(list, text, label_of);
        return found ? found : find_by(list, text, note_of);
}

static bool begins(const char *word, const char *text)
{
        return strncasecmp(word, text, strlen(text)) == 0;
}

const struct word *word_begun(const struct word_list *list, const char *text)
{
        const struct word *found = NULL;

        if (!list || strlen(text) < BEGUN_BYTES)
                return NULL;
        for (size_t i = 0; i < list->count; i++) {
                if (!begins(list->words[i].id, text) && !begins(list->words[i].label, text))
                        continue;
                if (found)
                        return NULL;
                found = &list->words[i];
        }
        return found;
}

const struct word *word_nearest(const struct word_list *list, const char *text)
{
        const struct word *best = NULL;
        struct nearest n;

        nearest_init(&n, text);
        for (size_t i = 0; list && i < list->count; i++) {
                const struct word *word = &list->words[i];
                bool better = nearest_offer(&n, word->id);

                better |= nearest_offer(&n, word->label);
                better |= word->note && nearest_offer(&n, word->note);
                if (better)
                        best = word;
        }
        return best;
}

const char *word_label(const struct words *w, const char *list, const char *id)
{
        const struct word_list *l = words_list(w, list);

        for (size_t i = 0; l && id && i < l->count; i++)
                if (strcmp(l->words[i].id, id) == 0)
                        return l->words[i].label;
        return id;
}

const char *words_labels(const struct words *w, const char *list, const struct value *v,
                         const char *sep, struct arena *a)
{
        const char **labels = arena_array(a, v->count + 1, sizeof(*labels));
        const struct value shown = {.items = labels, .count = v->count};
        bool blank = false;

        for (size_t i = 0; i < v->count; i++) {
                labels[i] = list ? word_label(w, list, v->items[i]) : v->items[i];
                blank |= strchr(labels[i], ' ') != NULL;
        }
        return value_join(&shown, sep ? sep : blank ? ", " : " ", a);
}
