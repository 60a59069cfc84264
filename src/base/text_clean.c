#include "base/text.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/* Bytes at s that need no look: printable ASCII. */
static size_t plain_run(const char *s, size_t len)
{
        size_t i = 0;
        while (i < len && (unsigned char)(s[i] - 0x20) < 0x5F)
                i++;
        return i;
}

/* Bytes of the harmless code point at s; 0 where it has to be replaced. */
static size_t harmless(const char *s, size_t len, bool lines)
{
        uint32_t cp;
        if (*s == '\n')
                return lines;
        size_t n = text_decode(s, len, &cp);
        return n && !text_is_hidden(cp) ? n : 0;
}

/* Bytes at s that can stay as they are. */
static size_t clean_run(const char *s, size_t len, bool lines)
{
        size_t at = 0, n;
        while ((at += plain_run(s + at, len - at)) < len && (n = harmless(s + at, len - at, lines)))
                at += n;
        return at;
}

bool text_is_clean(const char *s, size_t len, bool lines)
{
        return clean_run(s, len, lines) == len;
}

/* Appends what a person sees in place of the code point at s; returns the bytes that it took. */
static size_t replace(const char *s, size_t len, struct str *out)
{
        uint32_t cp;
        size_t n = text_decode(s, len, &cp);
        if (!n) {
                str_add(out, "\xEF\xBF\xBD");
                return 1;
        }
        if (cp == '\r' && len > 1 && s[1] == '\n')
                return 1;
        if (cp == '\n' || cp == '\t')
                str_addc(out, ' ');
        else if (cp < 0x100)
                str_addf(out, "\\x%02x", (unsigned)cp);
        else
                str_addf(out, "<U+%04X>", (unsigned)cp);
        return n;
}

char *text_clean(const char *s, size_t len, bool lines)
{
        size_t run = clean_run(s, len, lines);
        if (run == len) {
                char *copy = xmalloc(len + 1);
                if (len)
                        memcpy(copy, s, len);
                copy[len] = '\0';
                return copy;
        }
        struct str out;
        str_init(&out, 8 * len); /* "\x00" is 4 for 1, "<U+E0001>" is 9 for 4 */
        for (size_t at = 0; at < len;) {
                run = clean_run(s + at, len - at, lines);
                str_addn(&out, s + at, run);
                at += run;
                if (at < len)
                        at += replace(s + at, len - at, &out);
        }
        return str_take(&out);
}
