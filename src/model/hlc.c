#include "model/hlc.h"

#define COUNTER_BITS 16
#define MS_MAX       (INT64_MAX >> COUNTER_BITS)

int64_t hlc_next(int64_t last, int64_t now_ms)
{
        int64_t ms = now_ms < 0 ? 0 : now_ms > MS_MAX ? MS_MAX : now_ms;
        int64_t now = ms * (1 << COUNTER_BITS);

        if (now > last)
                return now;
        return last < INT64_MAX ? last + 1 : last;
}

int64_t hlc_ms(int64_t hlc)
{
        return hlc >> COUNTER_BITS;
}
