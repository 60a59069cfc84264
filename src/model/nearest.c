#include "model/nearest.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

#define WORD_BYTES 3 /* what is shorter stands in too many names */

/* until of parked_until */
static bool is_word_of(const char *typed, size_t len, const char *candidate)
{
        for (const char *at = candidate; len >= WORD_BYTES && *at; at++)
                if ((at == candidate || !isalnum((unsigned char)at[-1])) &&
                    strncasecmp(typed, at, len) == 0 && !isalnum((unsigned char)at[len]))
                        return true;
        return false;
}

static size_t distance(const char *typed, const char *candidate)
{
        size_t len = strlen(typed);

        if (strcasecmp(typed, candidate) == 0)
                return 0;
        if (len > 0 && strncasecmp(typed, candidate, len) == 0)
                return 1;
        if (is_word_of(typed, len, candidate))
                return 2;
        return 1 + text_distance(typed, candidate);
}

void nearest_init(struct nearest *n, const char *typed)
{
        *n = (struct nearest){.typed = typed, .distance = SIZE_MAX};
}

bool nearest_offer(struct nearest *n, const char *candidate)
{
        size_t d = distance(n->typed, candidate);

        if (d >= n->distance)
                return false;
        n->distance = d;
        n->best = candidate;
        return true;
}
