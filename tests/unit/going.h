/* People who can go, deployments that can be confirmed, and what a desk does with them. */
#ifndef MUSTER_TESTS_UNIT_GOING_H
#define MUSTER_TESTS_UNIT_GOING_H

#include "unit/desk.h"

/* Confirmed to be right, cleared S-UE, speaks Romanian. */
void going_expert(struct desk *d, const char *name, char id[STIX_ID_MAX]);
/* Planned, with all that was to be looked at. */
void going_planned(struct desk *d, const char *who, const char *from, const char *until,
                   char id[STIX_ID_MAX]);
void going_book(struct desk *d, const char *id); /* alerted and confirmed */
enum rc going_try(struct desk *d, const char *id, const char *verb, struct err *err);
void going_shows(struct desk *d, const char *id, const char *field, const char *wanted);
/* Says that it takes what the other one takes, too. */
bool going_in_conflict(struct desk *d, const char *id, const char *with);

#endif
