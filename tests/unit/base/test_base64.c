/* Both alphabets, with padding and without. */
#include "base/base64.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"

static void check(const char *coded, const char *bytes, size_t len)
{
        AUTO_FREE char *out = NULL;
        size_t got;

        cr_assert(base64_decode(coded, strlen(coded), 100, &out, &got), "%s", coded);
        cr_assert_eq(got, len, "%s", coded);
        cr_assert_eq(memcmp(out, bytes, len), 0, "%s", coded);
        cr_assert_eq(out[len], '\0');
}

/* the vectors of RFC 4648, section 10 */
Test(base64, vectors)
{
        check("", "", 0);
        check("Zg==", "f", 1);
        check("Zm8=", "fo", 2);
        check("Zm9v", "foo", 3);
        check("Zm9vYg==", "foob", 4);
        check("Zm9vYmE=", "fooba", 5);
        check("Zm9vYmFy", "foobar", 6);
}

Test(base64, as_people_write_it)
{
        check("Zg", "f", 1);
        check(" Zm9v\r\n YmE ", "fooba", 5);
        check("-_-_", "\xfb\xff\xbf", 3);
        check("+/+/", "\xfb\xff\xbf", 3);
        check("AAAA", "\0\0\0", 3);
}

Test(base64, what_is_none)
{
        static const char *const bad[] = {"Z", "Zg=x", "Zm9v!", "Zm9vY", "{\"a\":1}"};
        AUTO_FREE char *out = NULL;
        size_t len;

        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                cr_assert_not(base64_decode(bad[i], strlen(bad[i]), 100, &out, &len), "%s", bad[i]);
        cr_assert_not(base64_decode("Zm9vYmFy", 8, 5, &out, &len), "more than the maximum");
        cr_assert(base64_decode("Zm9vYmFy", 8, 6, &out, &len));
}

Test(base64, what_is_encoded_is_decoded)
{
        unsigned char bytes[64];

        for (size_t len = 0; len <= sizeof(bytes); len++)
                for (int url = 0; url < 2; url++) {
                        AUTO_FREE char *coded = NULL, *out = NULL;
                        size_t got;

                        for (size_t i = 0; i < len; i++)
                                bytes[i] = (unsigned char)(i * 37 + len * 101);
                        coded = base64_encode(bytes, len, url);
                        cr_assert_eq(strpbrk(coded, url ? "+/=" : "-_"), NULL, "%s", coded);
                        cr_assert(base64_decode(coded, strlen(coded), 64, &out, &got));
                        cr_assert_eq(got, len);
                        cr_assert_eq(memcmp(out, bytes, len), 0);
                }
}
