/*
 * Whether two entries of a roster are one person, team, organisation or piece of equipment. Pure.
 *
 * A person: the same name (words in any order), and nothing that both say of phone, contact, home
 * and States is different; who has moved is known by the phone or contact; or a name that shares a
 * word, and the same phone or contact: a desk's number alone is shared by many. A team or
 * organisation: the same name. Equipment: the same serial or tag; never by its name.
 */
#ifndef MUSTER_MODEL_SAME_H
#define MUSTER_MODEL_SAME_H

#include "model/thing.h"

#define SAME_KEYS_MAX 4

bool same_thing(const struct thing *a, const struct thing *b, struct arena *arena);

/* They are called the same, and things of the kind are told by their names. */
bool same_name(const struct thing *a, const struct thing *b, struct arena *arena);

/* What two things have in common where same_thing() may be true of them: at least one of these. In
 * the arena; gives back how many. */
size_t same_keys(const struct thing *t, struct arena *a, const char *ret[SAME_KEYS_MAX]);

/* In words what things of the kind are told by: "name". Borrowed. */
const char *same_by(const struct kind *kind);

#endif
