/*
 * Word lists: taxonomies loaded from data/words/NAME.json, replaceable without a rebuild.
 * {"name","title","version","source","words":[{"id","label","group"?,"note"?}]}; order is the order
 * shown. "key" is the letter that chooses a word where it is asked for by one. With
 * "of":["X","Y"] in place of "words" it has a word for each pair of words of those two lists: b of
 * X and 2 of Y are b2, "B2". It follows them when they are replaced; none while one is missing.
 */
#ifndef MUSTER_MODEL_WORDS_H
#define MUSTER_MODEL_WORDS_H

#include <stddef.h>

#include "base/err.h"

#define WORDS_BYTES_MAX (1024 * 1024)
#define WORDS_LISTS_MAX 64
#define WORDS_IN_LIST   2048

struct word {
        const char *id, *label, *group, *note, *key; /* group, note, key may be NULL */
};

struct word_list {
        const char *name, *title, *version;
        const struct word *words;
        size_t count;
};

struct words;
struct words *words_create(void);
void words_destroy(struct words *w);
void words_cleanup(struct words **pw);

/* Adds one list from its document; a list of the same name is replaced. RC_INVALID names the path.
 * Nothing changes then. */
enum rc words_add(struct words *w, const char *bytes, size_t len, struct err *err);

size_t words_count(const struct words *w);
const struct word_list *words_at(const struct words *w, size_t i);
const struct word_list *words_list(const struct words *w, const char *name); /* NULL */
const struct word *word_find(const struct word_list *list,
                             const char *text); /* id or label, any case */
/* The only word whose id or label begins so, with 3 bytes at least: "civil"; NULL. */
const struct word *word_begun(const struct word_list *list, const char *text);
const struct word *word_nearest(const struct word_list *list,
                                const char *text); /* NULL when empty */
const char *word_label(const struct words *w, const char *list,
                       const char *id); /* id where unknown */
struct value;
struct arena;
/* The labels of a set's members, with `sep` between them; NULL: a blank, where one has a blank in
 * it a comma, too. `list` NULL: the members as they are. */
const char *words_labels(const struct words *w, const char *list, const struct value *v,
                         const char *sep, struct arena *a);

#endif
