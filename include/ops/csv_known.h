/*
 * What a table of people or things means by what it says: which thing a row is, among those that
 * are held and those that earlier rows make; what a row says that is not so already; whom a name
 * means. A dry run writes nothing, so what its rows would make and change is kept here.
 */
#ifndef MUSTER_OPS_CSV_KNOWN_H
#define MUSTER_OPS_CSV_KNOWN_H

#include "ops/ops.h"

struct known_slot {
        uint64_t hash;
        const char *id;
        size_t row; /* that was this thing first; 0 = none */
        bool made;  /* by that row */
};
/* The things of a kind that are held or foretold, by what they can be told by (model/same.h). */
struct known {
        struct ops *ops;
        const struct kind *kind;
        struct arena arena;
        struct known_slot *slots;
        size_t count, cap;
        struct foretold *foretold; /* what rows of a dry run say, by thing */
        size_t foretold_count, foretold_room;
};
enum rc known_load(struct known *k, struct err *err); /* ops and kind are set */
void known_add(struct known *k, const struct thing *t);
/* The one that the row is: by its id, its ref, or what it has in common. RC_NOTFOUND: none;
 * RC_CONFLICT: there are several, which the sentence names. */
enum rc known_find(const struct known *k, const struct thing *said, struct arena *a,
                   struct row *ret, struct err *err);
/* The reference of one that is called as the row is; NULL: there is none. In the arena. */
const char *known_namesake(const struct known *k, const struct thing *said, struct arena *a);
/* The first row that was this thing, 0 where this one is. */
size_t known_row_before(struct known *k, const char *id, size_t row);
/* That the row has made this thing; and whether any has made it. */
void known_made(struct known *k, const struct thing *t, size_t row);
bool known_is_made(const struct known *k, const char *id);
/* For dry runs: that the row would make this thing, which has an id until then. */
void known_foretell(struct known *k, const struct thing *said, size_t row);
/* That this is said of what is held, or would be made. */
void known_retell(struct known *k, const struct thing *held, const struct thing *said);
/* Puts what was said so over the thing as it is held; false: nothing was. */
bool known_as_told(const struct known *k, struct thing *t);
/* The title that was said of it; of how many things this one was, at most two, and one of them. */
const char *known_title(const struct known *k, const char *id);
size_t known_called(const struct known *k, const char *folded, const char **ret_id);
void known_finish(struct known *k);

/* What a row says that is not so already; `held` NULL: a new thing. Borrowed. */
void csv_ask(const struct thing *said, const struct thing *held, struct arena *a,
             struct ops_request *ret);
/* "phone is +32 2 111, home is BE"; in the arena */
const char *csv_asked(const struct thing *said, const struct ops_request *r, struct arena *a);

/* Names of things as tables have them: what is held, by reference or title. */
#define TITLES_MAX 64
struct titles {
        struct ops *ops;
        const struct known *known; /* what rows before made and changed; NULL: there are none */
        char *names[TITLES_MAX],
                *ids[TITLES_MAX]; /* those asked for last; id NULL: none, several */
        size_t next;
};
const char *titles_resolve(void *titles, const char *name, struct arena *a);
void titles_forget(struct titles *t, const char *title); /* it is called so now, or no longer */
/* What titles_resolve() makes this id of, so the title unless it stands for none or several. */
const char *titles_name(void *titles, const char *id, struct arena *a);
void titles_finish(struct titles *t);

#endif
