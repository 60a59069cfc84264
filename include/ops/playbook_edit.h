/*
 * A playbook as text that people edit: a checklist where a list can say it all
 * (wire/playbook_list.h), else its document, indented. What comes of it is a new version: the one
 * that was edited is kept, and runs stay with theirs. Only the producer of a playbook makes
 * versions of it (CACAO 2.0, 3.1 and 10.19): of another unit's comes a playbook of our own, with a
 * new id and the old one in derived_from. What was refused is kept, and comes back with the next
 * try, at the console or on the command line.
 */
#ifndef MUSTER_OPS_PLAYBOOK_EDIT_H
#define MUSTER_OPS_PLAYBOOK_EDIT_H

#include "ops/playbooks.h"

#define PLAYBOOK_EDIT_MAX (16u * 1024 * 1024) /* bytes */

/* *ret_suffix: ".md" of a checklist, ".json". */
enum rc ops_playbook_edit(const struct held_playbook *p, struct str *out, const char **ret_suffix,
                          struct err *err);

/* What was typed before and refused, else the same. */
enum rc ops_playbook_edit_on(struct ops *ops, const struct held_playbook *p, struct str *out,
                             const char **ret_suffix, struct err *err);

struct playbook_saved {
        char id[STIX_ID_MAX]; /* of the thing that it is a version of */
        bool is_derived;      /* a new one, since what was edited is another unit's */
        bool is_kept;         /* refused, and the next try goes on with it */
        char *findings;       /* malloc'ed lines; NULL: none */
};

/*
 * Takes in what was made of that text, as a version of now where it says no later time itself. Only
 * what can be run is taken in: else RC_INVALID says the first thing that is wrong, and
 * ret->findings all of them; it is the caller's in every case. RC_CONFLICT: it is of another
 * playbook, nothing was changed, or the text is empty, which gives up what was kept.
 */
enum rc ops_playbook_save(struct ops *ops, const struct held_playbook *p, const char *text,
                          size_t len, struct playbook_saved *ret, struct err *err);

#endif
