#include "model/offer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

void offer_write(const struct offer *offer, char out[OFFER_BYTES])
{
        char stamp[STAMP_BYTES];

        stamp_format(offer->expires_ms, stamp);
        snprintf(out, OFFER_BYTES, "%d@%s", offer->number, stamp);
}

bool offer_read(const char *item, struct offer *ret)
{
        size_t digits = strspn(item, "0123456789");
        struct offer o = {0};
        char again[OFFER_BYTES];

        if (digits == 0 || digits > 4 || item[digits] != '@' ||
            stamp_parse_ms(item + digits + 1, &o.expires_ms, NULL) != RC_OK)
                return false;
        o.number = (int)strtol(item, NULL, 10);
        offer_write(&o, again);
        if (o.number < 1 || strcmp(again, item) != 0)
                return false;
        *ret = o;
        return true;
}

bool offer_is(const char *item)
{
        struct offer o;

        return offer_read(item, &o);
}

int offer_next(const struct value *offers)
{
        int greatest = 0;
        struct offer o;

        for (size_t i = 0; i < offers->count; i++)
                if (offer_read(offers->items[i], &o) && o.number > greatest)
                        greatest = o.number;
        return greatest < OFFER_NUMBER_MAX ? greatest + 1 : OFFER_NUMBER_MAX;
}

const char *offer_find(const struct value *offers, int number)
{
        const char *found = NULL;
        struct offer o;

        for (size_t i = 0; i < offers->count; i++) {
                if (!offer_read(offers->items[i], &o) || o.number != number)
                        continue;
                if (found)
                        return NULL;
                found = offers->items[i];
        }
        return found;
}
