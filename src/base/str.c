#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void str_init(struct str *str, size_t max)
{
        *str = (struct str){.max = max};
}

void str_finish(struct str *str)
{
        if (!str)
                return;
        free(str->s);
        *str = (struct str){.max = str->max};
}

void str_clear(struct str *str)
{
        str->len = 0;
        str->over = false;
        if (str->s)
                str->s[0] = '\0';
}

static void reserve(struct str *str, size_t len)
{
        if (len + 1 <= str->cap)
                return;
        size_t cap = str->cap ? str->cap : 64;
        while (cap < len + 1)
                cap *= 2;
        str->s = xreallocarray(str->s, cap, 1);
        str->cap = cap;
}

void str_addn(struct str *str, const char *s, size_t len)
{
        size_t room = str->max - str->len;
        if (len > room) {
                str->over = true;
                len = room;
        }
        if (!len)
                return;
        reserve(str, str->len + len);
        memcpy(str->s + str->len, s, len);
        str->len += len;
        str->s[str->len] = '\0';
}

void str_add(struct str *str, const char *s)
{
        str_addn(str, s, strlen(s));
}

void str_addc(struct str *str, char c)
{
        str_addn(str, &c, 1);
}

void str_addf(struct str *str, const char *fmt, ...)
{
        char small[256];
        va_list ap;
        va_start(ap, fmt);
        int n = vsnprintf(small, sizeof(small), fmt, ap);
        va_end(ap);
        if (n < 0)
                return;
        if ((size_t)n < sizeof(small)) {
                str_addn(str, small, (size_t)n);
                return;
        }
        AUTO_FREE char *big = xmalloc((size_t)n + 1);
        va_start(ap, fmt);
        vsnprintf(big, (size_t)n + 1, fmt, ap);
        va_end(ap);
        str_addn(str, big, (size_t)n);
}

void str_add_cut(struct str *str, const char *s, size_t most)
{
        size_t len = strnlen(s, most + 1);

        if (len <= most) {
                str_add(str, s);
                return;
        }
        for (len = most; len && ((unsigned char)s[len] & 0xc0) == 0x80;)
                len--;
        str_addn(str, s, len);
        str_add(str, "\u2026");
}

const char *str_text(const struct str *str)
{
        return str->s ? str->s : "";
}

char *str_take(struct str *str)
{
        char *s = str->s ? str->s : xstrdup("");
        *str = (struct str){.max = str->max};
        return s;
}

void str_add_sep(struct str *str, const char *sep, const char *s)
{
        if (str->len)
                str_add(str, sep);
        str_add(str, s);
}
