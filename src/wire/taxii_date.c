/*
 * The times of a TAXII server: microseconds since 1970, and RFC 3339 with six digits.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "wire/taxii.h"

void taxii_date_print(int64_t us, char out[TAXII_DATE_MAX])
{
        int64_t ms = us / 1000 - (us % 1000 < 0);
        char stamp[STAMP_BYTES];

        stamp_format(ms, stamp);
        snprintf(out, TAXII_DATE_MAX, "%.*s%03uZ", (int)strlen(stamp) - 1, stamp,
                 (unsigned)(us - ms * 1000) % 1000);
}

enum rc taxii_date_read(const char *text, int64_t *ret_us, struct err *err)
{
        int64_t ns;
        enum rc rc = stamp_parse_ns(text, strlen(text), &ns, err);

        if (rc == RC_OK)
                *ret_us = ns / 1000 - (ns % 1000 < 0);
        return rc;
}
