/*
 * A playbook as text that people edit: a checklist where a list can say it all
 * (wire/playbook_list.h), else its document, indented. What comes of it is a new version: the one
 * that was edited is kept, and runs stay with theirs.
 */
#ifndef MUSTER_OPS_PLAYBOOK_EDIT_H
#define MUSTER_OPS_PLAYBOOK_EDIT_H

#include "ops/playbooks.h"

#define PLAYBOOK_EDIT_MAX (16u * 1024 * 1024) /* bytes */

/* *ret_suffix: ".md" of a checklist, ".json". */
enum rc ops_playbook_edit(const struct held_playbook *p, struct str *out, const char **ret_suffix,
                          struct err *err);

/*
 * Takes in what was made of that text, as a version of now where it says no later time itself. Only
 * what can be run is taken in: else RC_INVALID says the first thing that is wrong, and
 * *ret_findings (malloc'ed lines; NULL: none) all of them. RC_CONFLICT: it is of another playbook,
 * or nothing was changed.
 */
enum rc ops_playbook_save(struct ops *ops, const struct held_playbook *p, const char *text,
                          size_t len, char **ret_findings, struct err *err);

#endif
