#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/span.h"

#define DAY "2026-11-24T08:00:00.000Z/2026-11-26T08:00:00.000Z"

Test(span, text_leads_back_to_itself)
{
        struct span s = {0};
        char text[SPAN_BYTES];

        cr_assert(span_read(DAY, strlen(DAY), &s));
        cr_expect_eq(s.until_ms - s.from_ms, 48ll * 3600 * 1000);
        span_write(&s, text);
        cr_expect_str_eq(text, DAY);
}

Test(span, what_is_not_exactly_one_is_refused)
{
        static const char *const texts[] = {
                "",
                "/",
                "2026-11-24T08:00:00.000Z",
                "2026-11-24T08:00:00.000Z/",
                "/2026-11-24T08:00:00.000Z",
                "2026-11-24T08:00:00Z/2026-11-26T08:00:00Z",
                "2026-11-24T08:00:00.000Z/2026-11-24T08:00:00.000Z",
                "2026-11-26T08:00:00.000Z/2026-11-24T08:00:00.000Z",
                "2026-11-24T08:00:00.000+00:00/2026-11-26T08:00:00.000Z",
                " " DAY,
                DAY " ",
                DAY "/2026-11-27T08:00:00.000Z",
                "tomorrow/+8h",
        };

        for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
                struct span s = {.from_ms = 1, .until_ms = 2};

                cr_expect_not(span_read(texts[i], strlen(texts[i]), &s), "%s", texts[i]);
                cr_expect(s.from_ms == 1 && s.until_ms == 2, "%s", texts[i]);
        }
}

Test(span, ends_are_not_in_it)
{
        static const struct span s = {10, 20}, behind = {20, 30}, in = {19, 21}, around = {0, 90};
        static const struct span none = {15, 15}, backwards = {18, 12};

        cr_expect(span_has(&s, 10) && span_has(&s, 19));
        cr_expect(!span_has(&s, 9) && !span_has(&s, 20));
        cr_expect(!spans_meet(&s, &behind) && !spans_meet(&behind, &s));
        cr_expect(spans_meet(&s, &in) && spans_meet(&in, &s));
        cr_expect(spans_meet(&s, &around) && spans_meet(&s, &s));
        cr_expect(!spans_meet(&s, &none) && !spans_meet(&none, &s) && !spans_meet(&none, &none));
        cr_expect(!spans_meet(&s, &backwards) && !span_has(&backwards, 15));
}
