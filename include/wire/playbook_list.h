/*
 * A playbook as an indented checklist in Markdown <-> model/playbook.h, pure: what people write in
 * an editor.
 *
 *   # Name
 *   Id: playbook--UUID          By, Created, Modified, Types, Activities, Sectors, Labels,
 * Severity, > What it is for.           Priority, Impact, TLP; all may be left out
 *   ## Variables
 *   - leak bool: Data has left the house
 *   ## Steps
 *   - Isolate the server @technical-lead (30m) (two) (must)
 *     How it is done, as many lines as it takes.
 *   - if leak
 *     - ...
 *   - else
 *     - ...
 *
 * "## Steps" may be left out where there are no variables. "* ", "1. " and "- [ ] " are read like
 * "- ".
 *
 * Blocks: if CONDITION and else, while CONDITION, switch VARIABLE with case VALUE and default,
 * parallel NAME with branch NAME, run playbook--UUID NAME. Marks behind a step: (30m) takes that
 * long, (within 2h) timeout, (after 1d) delay, (two) a second person signs, (must) mandatory, (pap)
 * touches what the adversary runs, (gives leak, count) the variables that it asks for. Words
 * and marks hold in any case; with a capital a word is one where steps stand below it. A step
 * without @role is done by the duty officer. A line that begins with "\" is taken without it.
 */
#ifndef MUSTER_WIRE_PLAYBOOK_LIST_H
#define MUSTER_WIRE_PLAYBOOK_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "model/playbook.h"

#define PLAYBOOK_LIST_BYTES_MAX (1024 * 1024)
#define PLAYBOOK_LIST_DEPTH_MAX 16

struct str;

/* What holds where the list does not say it; the name holds in any case, where it is not NULL. */
struct playbook_list_head {
        const char *name;
        const char *id, *created_by;
        int64_t now_ns;
        const char *new_id;         /* in the place of any that the list says; NULL: that holds */
        const struct playbook *was; /* the version that was edited; NULL: there is none */
};

/*
 * The playbook in *ret lives in the arena. Ids of steps and roles are UUIDv5 of the playbook's id,
 * of what the step is in and of what it says, so that a list gives the same playbook at any time,
 * and a step put in leaves the others as they are. A step of the version that was edited keeps its
 * id where type, name or question, and what it stands in are the same; the others get ids that are
 * not in that version. RC_INVALID names the line and what was expected there.
 */
enum rc playbook_list_read(const char *text, size_t len, const struct playbook_list_head *head,
                           struct arena *a, const struct playbook **ret, struct err *err);

/* RC_INVALID names the step that no list can say; nothing of it is left out in silence. */
enum rc playbook_list_write(const struct playbook *p, struct str *out, struct err *err);

#endif
