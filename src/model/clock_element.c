/*
 * Elements of `clocks` and `filings`: RULE@ANCHOR and RULE@ANCHOR=FILED.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "model/clocks.h"

#define RULE_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789-"

void clock_element_write(const char *rule, int64_t anchor_ms, int64_t filed_ms,
                         char out[CLOCK_ELEMENT_BYTES])
{
        char anchor[STAMP_BYTES], filed[STAMP_BYTES];
        int len;

        stamp_format(anchor_ms, anchor);
        len = snprintf(out, CLOCK_ELEMENT_BYTES, "%.*s@%s", CLOCK_RULE_ID_MAX, rule, anchor);
        if (filed_ms == CLOCK_NONE)
                return;
        stamp_format(filed_ms, filed);
        snprintf(out + len, CLOCK_ELEMENT_BYTES - (size_t)len, "=%s", filed);
}

static bool read_stamp(const char *s, size_t len, int64_t *ret)
{
        char text[STAMP_BYTES];

        if (len >= sizeof(text))
                return false;
        memcpy(text, s, len);
        text[len] = '\0';
        return stamp_parse_ms(text, ret, NULL) == RC_OK;
}

bool clock_element_read(const char *item, struct clock_element *ret)
{
        struct clock_element e = {.filed_ms = CLOCK_NONE};
        char canonical[CLOCK_ELEMENT_BYTES];
        size_t rule = strspn(item, RULE_LETTERS), anchor;

        if (rule == 0 || rule > CLOCK_RULE_ID_MAX || item[0] == '-' || item[rule] != '@')
                return false;
        memcpy(e.rule, item, rule);
        item += rule + 1;
        anchor = strcspn(item, "=");
        if (!read_stamp(item, anchor, &e.anchor_ms))
                return false;
        if (item[anchor] &&
            (!read_stamp(item + anchor + 1, strlen(item + anchor + 1), &e.filed_ms) ||
             e.filed_ms < e.anchor_ms))
                return false;
        clock_element_write(e.rule, e.anchor_ms, e.filed_ms, canonical);
        if (strcmp(canonical + rule + 1, item) != 0)
                return false;
        *ret = e;
        return true;
}

bool clock_is_started(const char *item)
{
        struct clock_element e;

        return clock_element_read(item, &e) && e.filed_ms == CLOCK_NONE;
}

bool clock_is_filing(const char *item)
{
        struct clock_element e;

        return clock_element_read(item, &e) && e.filed_ms != CLOCK_NONE;
}
