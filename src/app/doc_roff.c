/*
 * Text for man(7): groff_char(7), man-pages "Generating optimal glyphs".
 */
#include <stdio.h>
#include <string.h>

#include "app/doc.h"
#include "base/text.h"

/* Signs that roff reads or replaces, and what prints them as they are. */
static const struct sign {
        char c;
        const char *roff;
} signs[] = {
        {'\\', "\\e"},  {'-', "\\-"},    {'^', "\\(ha"}, {'~', "\\(ti"},
        {'`', "\\(ga"}, {'\'', "\\(aq"}, {'"', "\\(dq"}, {'\n', " "},
};

static const char *sign_of(char c)
{
        for (size_t i = 0; i < ARRAY_LEN(signs); i++)
                if (signs[i].c == c)
                        return signs[i].roff;
        return NULL;
}

void roff_add(struct str *out, const char *text)
{
        size_t len = strlen(text), bytes;
        uint32_t cp;

        if (text[0] == '.' && out->len && out->s[out->len - 1] == '\n')
                str_add(out, "\\&");
        for (size_t at = 0; at < len; at += bytes) {
                const char *sign = sign_of(text[at]);

                bytes = text_decode(text + at, len - at, &cp);
                if (sign)
                        str_add(out, sign);
                else if (bytes == 1)
                        str_addc(out, text[at]);
                else if (bytes)
                        str_addf(out, "\\[u%04X]", (unsigned)cp);
                bytes = bytes ? bytes : 1;
        }
}
