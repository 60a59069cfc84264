#include "base/base64.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int digit_of(char c)
{
        if (c >= 'A' && c <= 'Z')
                return c - 'A';
        if (c >= 'a' && c <= 'z')
                return c - 'a' + 26;
        if (c >= '0' && c <= '9')
                return c - '0' + 52;
        if (c == '+' || c == '-')
                return 62;
        return c == '/' || c == '_' ? 63 : -1;
}

static bool is_blank(char c)
{
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Nothing but padding and blanks. */
static bool is_end(const char *s, size_t len)
{
        for (size_t i = 0; i < len; i++)
                if (s[i] != '=' && !is_blank(s[i]))
                        return false;
        return true;
}

bool base64_decode(const char *s, size_t len, size_t max, char **ret, size_t *ret_len)
{
        AUTO_FREE char *out = NULL;
        size_t at = 0, i, count = 0;
        uint32_t bits = 0;

        if (len / 4 > max)
                return false;
        out = xmalloc(len / 4 * 3 + 4);
        for (i = 0; i < len && s[i] != '='; i++) {
                int digit = digit_of(s[i]);

                if (is_blank(s[i]))
                        continue;
                if (digit < 0)
                        return false;
                bits = bits << 6 | (uint32_t)digit;
                if (count++ % 4 != 0)
                        out[at++] = (char)(bits >> (6 - 2 * ((count - 1) % 4)) & 0xff);
        }
        if (count % 4 == 1 || at > max || !is_end(s + i, len - i))
                return false;
        out[at] = '\0';
        *ret = TAKE(out);
        *ret_len = at;
        return true;
}

char *base64_encode(const void *data, size_t len, bool url)
{
        const unsigned char *bytes = data;
        char *out = xmalloc(len / 3 * 4 + 5);
        size_t at = 0;

        for (size_t i = 0; i < len; i += 3) {
                uint32_t bits = 0;

                for (size_t k = 0; k < 3; k++)
                        bits = bits << 8 | (i + k < len ? bytes[i + k] : 0);
                for (size_t k = 0; k < 4; k++)
                        if (i + k <= len)
                                out[at++] = digits[bits >> (18 - 6 * k) & 63];
                        else if (!url)
                                out[at++] = '=';
        }
        out[at] = '\0';
        for (char *c = out; url && *c; c++)
                *c = *c == '+' ? '-' : *c == '/' ? '_' : *c;
        return out;
}
