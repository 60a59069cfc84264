#include "unit/laws.h"

#include <stdlib.h>

uint64_t laws_seeds(uint64_t usual)
{
        const char *times = getenv("MUSTER_LAWS");

        return usual * (times ? strtoul(times, NULL, 10) : 1);
}
