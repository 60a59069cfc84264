/* Times of a TAXII server, to the microsecond. */
#include "wire/taxii.h"

#include <criterion/criterion.h>
#include <string.h>

static int64_t read_us(const char *text)
{
        int64_t us = TAXII_NO_TIME;

        cr_assert_eq(taxii_date_read(text, &us, NULL), RC_OK, "%s", text);
        return us;
}

Test(taxii_date, six_digits)
{
        char text[TAXII_DATE_MAX];

        taxii_date_print(1795687200000000, text);
        cr_assert_str_eq(text, "2026-11-26T10:00:00.000000Z");
        taxii_date_print(1795687200000001, text);
        cr_assert_str_eq(text, "2026-11-26T10:00:00.000001Z");
        taxii_date_print(-1, text);
        cr_assert_str_eq(text, "1969-12-31T23:59:59.999999Z");
        taxii_date_print(0, text);
        cr_assert_str_eq(text, "1970-01-01T00:00:00.000000Z");
}

Test(taxii_date, what_is_printed_is_read)
{
        static const int64_t times[] = {0, 1, -1, 999999, 1795687200123456, -1000001};

        for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
                char text[TAXII_DATE_MAX];

                taxii_date_print(times[i], text);
                cr_assert_eq(read_us(text), times[i], "%s", text);
        }
}

Test(taxii_date, any_rfc_3339)
{
        cr_assert_eq(read_us("2026-11-26T10:00:00Z"), 1795687200000000);
        cr_assert_eq(read_us("2026-11-26T11:00:00+01:00"), 1795687200000000);
        cr_assert_eq(read_us("2026-11-26t10:00:00.5z"), 1795687200500000);
        cr_assert_eq(read_us("2026-11-26T10:00:00.1234567Z"), 1795687200123456); /* cut */
        cr_assert_eq(read_us("1969-12-31T23:59:59.9999999Z"), -1);
}

Test(taxii_date, what_is_none)
{
        static const char *const bad[] = {"",
                                          "now",
                                          "2026-11-26",
                                          "2026-11-26T10:00:00",
                                          "2026-11-26 10:00:00Z",
                                          "2026-13-01T00:00:00Z",
                                          "2026-11-26T10:00:00.Z",
                                          "2026-11-26T10:00:00ZZ"};

        for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
                int64_t us = 17;

                cr_assert_eq(taxii_date_read(bad[i], &us, NULL), RC_INVALID, "%s", bad[i]);
                cr_assert_eq(us, 17);
        }
}
