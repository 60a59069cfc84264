/*
 * Offers for a request: members of its sets `offers` and `accepted`.
 *
 *   N@EXPIRY   2@2026-11-25T13:00:00.000Z   the second offer, open until then
 *
 * What is offered is in the act that offered it. Two consoles may have given one number; the whole
 * member tells them apart. Pure.
 */
#ifndef MUSTER_MODEL_OFFER_H
#define MUSTER_MODEL_OFFER_H

#include "model/fold.h"

#define OFFER_BYTES      64
#define OFFER_NUMBER_MAX 9999

struct offer {
        int number; /* from 1 */
        int64_t expires_ms;
};

/* Exactly as offer_write makes it; anything else is false. */
bool offer_read(const char *item, struct offer *ret);
void offer_write(const struct offer *offer, char out[OFFER_BYTES]);
bool offer_is(const char *item); /* for the kind table */

/* The number that the next offer gets. */
int offer_next(const struct value *offers);
/* The act that offered it; NULL where that is not held here. Borrowed. */
const struct act *offer_act(const struct folded *f, const char *item);
/* "2 CERT-EE: 4 analysts, until Thu 12:00Z"; as it is where it is none. In the arena. */
const char *offer_text(const struct folded *f, const char *item, int64_t now_ms, struct arena *a);
/* The one member with this number; NULL = none, or several. Borrowed. */
const char *offer_find(const struct value *offers, int number);

#endif
