/* Times and durations: read, or refused with a sentence; what was read can be shown. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "fuzz.h"
#include "model/when.h"

#define NOW INT64_C(1795525467000)

static void show(int64_t ms)
{
        char text[WHEN_BYTES], stamp[STAMP_BYTES];
        int64_t again;
        when_show(ms, NOW, text);
        if (!text[0])
                abort();
        stamp_format(ms, stamp);
        if (stamp_parse_ms(stamp, &again, NULL) == RC_OK && again != ms)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        AUTO_FREE char *typed = xstrndup((const char *)data, size);
        struct err err = {0};
        char age[WHEN_BYTES];
        int64_t ms = 0;
        if (when_read(typed, NOW, &ms, &err) == RC_OK)
                show(ms);
        else if (!err.text[0])
                abort();
        err_clear(&err);
        if (duration_read(typed, &ms, &err) == RC_OK)
                when_age(ms, age);
        else if (!err.text[0])
                abort();
        return 0;
}
