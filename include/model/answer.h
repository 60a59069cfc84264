/*
 * Who was asked to go and what the answer was: members of the set `asked` of a deployment. They
 * stay when somebody else goes.
 *
 *   RESOURCE=ANSWER@TIME   identity--...=yes@2026-11-24T13:04:00.000Z
 *
 * RESOURCE is its STIX id; ANSWER is asked, yes, no, or out (taken out again). Pure.
 */
#ifndef MUSTER_MODEL_ANSWER_H
#define MUSTER_MODEL_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ident.h"
#include "model/act.h"

#define ANSWER_BYTES (STIX_ID_MAX + 64)

enum answer_word { ANSWER_ASKED, ANSWER_YES, ANSWER_NO, ANSWER_OUT };

struct answer {
        char id[STIX_ID_MAX];
        enum answer_word word;
        int64_t at_ms;
};

/* Exactly as answer_write makes it; anything else is false. */
bool answer_read(const char *item, struct answer *ret);
/* False: the id is too long to be one. */
bool answer_write(const char *id, enum answer_word word, int64_t at_ms, char out[ANSWER_BYTES]);
bool answer_is(const char *item); /* for the kind table */

/* What an act of a deployment says of who was asked, as members for `asked`: an alert asks all, who
 * is confirmed said yes, who declines (its detail `resource`, else all) no; a substitute is asked,
 * whom it is for is out; so is, once it is alerted, whoever else is added or taken out. In the
 * arena; how many there are. */
size_t answers_of(const struct act *act, const struct thing *now, struct arena *a,
                  const char *const **ret);

/* What an act that only changes fields says of answers is no more than that those whom it adds are
 * asked, and those whom it takes out are out. */
bool answers_follow(const struct act *act);

#endif
