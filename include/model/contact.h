/*
 * Contacts with people: who was called, on which way, and whether they answered. Each is an act of
 * the verb "contact" (src/model/verbs_contact.c), so their log is the log.
 */
#ifndef MUSTER_MODEL_CONTACT_H
#define MUSTER_MODEL_CONTACT_H

#include "model/act.h"

#define CONTACT_VERB     "contact"
#define CONTACT_OUTCOMES "contact-outcome" /* word lists */
#define CONTACT_WAYS     "contact-way"

struct words;

/* "phone, no answer": how it went, without what was said. NULL: the act is no contact. In the
 * arena. */
const char *contact_told(const struct act *act, const struct words *words, struct arena *a);

#endif
