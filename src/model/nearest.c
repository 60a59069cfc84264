#include "model/nearest.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

static size_t distance(const char *typed, const char *candidate)
{
        size_t len = strlen(typed);

        if (strcasecmp(typed, candidate) == 0)
                return 0;
        if (len > 0 && strncasecmp(typed, candidate, len) == 0)
                return 1;
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
