#include "model/span.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

bool span_has(const struct span *s, int64_t ms)
{
        return s->from_ms <= ms && ms < s->until_ms;
}

struct span span_both(const struct span *a, const struct span *b)
{
        return (struct span){a->from_ms > b->from_ms ? a->from_ms : b->from_ms,
                             a->until_ms < b->until_ms ? a->until_ms : b->until_ms};
}

bool spans_meet(const struct span *a, const struct span *b)
{
        const struct span both = span_both(a, b);

        return both.from_ms < both.until_ms;
}

void span_write(const struct span *s, char out[SPAN_BYTES])
{
        char from[STAMP_BYTES], until[STAMP_BYTES];

        stamp_format(s->from_ms, from);
        stamp_format(s->until_ms, until);
        snprintf(out, SPAN_BYTES, "%.28s/%.28s", from, until);
}

bool span_read(const char *text, size_t len, struct span *ret)
{
        const char *slash = memchr(text, '/', len);
        char part[STAMP_BYTES], again[SPAN_BYTES];
        size_t from = slash ? (size_t)(slash - text) : 0;
        struct span s;

        if (!slash || from >= sizeof(part) || len - from - 1 >= sizeof(part))
                return false;
        snprintf(part, sizeof(part), "%.*s", (int)from, text);
        if (stamp_parse_ms(part, &s.from_ms, NULL) != RC_OK)
                return false;
        snprintf(part, sizeof(part), "%.*s", (int)(len - from - 1), slash + 1);
        if (stamp_parse_ms(part, &s.until_ms, NULL) != RC_OK || s.until_ms <= s.from_ms)
                return false;
        span_write(&s, again);
        if (strlen(again) != len || memcmp(again, text, len) != 0)
                return false;
        *ret = s;
        return true;
}
