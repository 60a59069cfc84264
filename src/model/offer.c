#include "model/offer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/when.h"

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

const struct act *offer_act(const struct folded *f, const char *item)
{
        for (size_t i = 0; i < f->log_count; i++) {
                const struct act *act = f->log[i].act;

                if (!f->log[i].applied || strcmp(act->verb, "offer") != 0)
                        continue;
                for (size_t k = 0; k < act->element_count; k++)
                        if (strcmp(act->elements[k].item, item) == 0)
                                return act;
        }
        return NULL;
}

const char *offer_text(const struct folded *f, const char *item, int64_t now_ms, struct arena *a)
{
        const struct act *act = offer_act(f, item);
        const char *from = act ? act_detail(act, "provider") : NULL;
        const char *what = act ? act_detail(act, "resource") : NULL;
        char when[WHEN_BYTES];
        struct offer o;

        if (!offer_read(item, &o))
                return item;
        when_show(o.expires_ms, now_ms, when);
        return arena_printf(a, "%d%s%s%s%s, %s %s", o.number, from || what ? " " : "",
                            from ? from : "", from && what ? ": " : "", what ? what : "",
                            o.expires_ms <= now_ms ? "over since" : "until", when);
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
