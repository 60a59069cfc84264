#include "base/text.h"

#include <string.h>

#include <utf8proc.h>

#define SHOWN_BAD    0xFFFD /* in place of what can't be shown */
#define SHOWN_CIRCLE 0x25CC /* carries a mark without a base   */

bool text_is_utf8(const char *s, size_t len)
{
        const unsigned char *p = (const unsigned char *)s, *end = p + len;
        while (p < end) {
                uint64_t eight;
                if (end - p >= 8 && (memcpy(&eight, p, 8), !(eight & 0x8080808080808080u))) {
                        p += 8;
                        continue;
                }
                utf8proc_int32_t cp;
                utf8proc_ssize_t n = utf8proc_iterate(p, end - p, &cp);
                if (n <= 0)
                        return false;
                p += n;
        }
        return true;
}

size_t text_put(uint32_t cp, char out[4])
{
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)cp, bytes);
        if (n <= 0 || (cp >= 0xD800 && cp <= 0xDFFF))
                n = utf8proc_encode_char(SHOWN_BAD, bytes);
        memcpy(out, bytes, (size_t)n);
        return (size_t)n;
}

size_t text_decode(const char *s, size_t len, uint32_t *ret_cp)
{
        const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)s;
        if (bytes[0] < 0x80) {
                *ret_cp = bytes[0];
                return 1;
        }
        utf8proc_int32_t cp;
        utf8proc_ssize_t n = utf8proc_iterate(bytes, (utf8proc_ssize_t)len, &cp);
        if (n <= 0)
                return 0;
        *ret_cp = (uint32_t)cp;
        return (size_t)n;
}

static utf8proc_category_t category(uint32_t cp)
{
        return utf8proc_category((utf8proc_int32_t)cp);
}

/* Terminals disagree about joiners and variation selectors; without them they agree. */
static bool is_dropped(uint32_t cp)
{
        return cp == 0xAD || cp == 0x200C || cp == 0x200D || (cp >= 0xFE00 && cp <= 0xFE0F);
}

bool text_is_hidden(uint32_t cp)
{
        if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
                return true;
        if (cp < 0x300)
                return false;
        if (cp >= 0xE0000 && cp <= 0xE0FFF)
                return true;
        switch (category(cp)) {
        case UTF8PROC_CATEGORY_CF: return !is_dropped(cp);
        case UTF8PROC_CATEGORY_CN: return cp >> 4 == 0x206 || cp >> 4 == 0xFFF;
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP: return true;
        default: return false;
        }
}

/* The code point as a terminal may get it. */
static uint32_t shown(uint32_t cp)
{
        if (cp == '\t' || cp == '\n')
                return ' ';
        if (text_is_hidden(cp) || (cp >= 0x300 && category(cp) == UTF8PROC_CATEGORY_CN))
                return SHOWN_BAD;
        return cp;
}

static bool is_mark(uint32_t cp)
{
        if (cp >= 0x1160 && cp <= 0x11FF) /* vowels and finals of a Hangul syllable taken apart */
                return true;
        return cp >= 0x300 && utf8proc_charwidth((utf8proc_int32_t)cp) == 0 && shown(cp) == cp;
}

/* Takes in what belongs to the base: marks as far as there is room, and what is dropped. */
static void take_marks(const char *s, size_t len, struct text_cluster *c)
{
        while (c->bytes < len && (unsigned char)s[c->bytes] >= 0x80) {
                uint32_t cp;
                size_t n = text_decode(s + c->bytes, len - c->bytes, &cp);
                if (!n || !(is_dropped(cp) || is_mark(cp)))
                        return;
                if (!is_dropped(cp) && c->count < TEXT_CLUSTER_MAX)
                        c->cp[c->count++] = cp;
                c->bytes += n;
        }
}

bool text_next(const char *s, size_t len, struct text_cluster *ret)
{
        if (!len || !*s)
                return false;
        uint32_t cp;
        size_t n = text_decode(s, len, &cp);
        if (n && (is_dropped(cp) || is_mark(cp))) {
                *ret = (struct text_cluster){.cp = {SHOWN_CIRCLE}, .count = 1, .width = 1};
        } else {
                cp = n ? shown(cp) : SHOWN_BAD;
                bool wide = cp >= 0x1100 && utf8proc_charwidth((utf8proc_int32_t)cp) == 2;
                *ret = (struct text_cluster){
                        .cp = {cp}, .count = 1, .width = wide ? 2 : 1, .bytes = n ? n : 1};
        }
        take_marks(s, len, ret);
        return true;
}

size_t text_width(const char *s)
{
        size_t len = strlen(s), width = 0;
        struct text_cluster c;
        for (size_t at = 0; text_next(s + at, len - at, &c); at += c.bytes)
                width += (size_t)c.width;
        return width;
}

size_t text_bytes_for(const char *s, size_t columns)
{
        size_t len = strlen(s), at = 0, width = 0;
        struct text_cluster c;
        while (text_next(s + at, len - at, &c) && width + (size_t)c.width <= columns) {
                width += (size_t)c.width;
                at += c.bytes;
        }
        return at;
}

/* Writes the cluster; its marks only where `spare` bytes stay free behind them. */
static size_t put_cluster(const struct text_cluster *c, char *out, size_t room, size_t spare)
{
        size_t put = 0;
        for (int i = 0; i < c->count; i++) {
                char bytes[4];
                size_t n = text_put(c->cp[i], bytes);
                if (put + n + (i ? spare : 0) > room)
                        break;
                memcpy(out + put, bytes, n);
                put += n;
        }
        return put;
}

/* Writes what fits into the columns and the room; returns the bytes written. */
static size_t put_columns(const char *s, size_t columns, char *out, size_t room)
{
        size_t len = strlen(s), at = 0, put = 0;
        struct text_cluster c;
        while (text_next(s + at, len - at, &c) && (size_t)c.width <= columns) {
                columns -= (size_t)c.width;
                at += c.bytes;
                size_t n = put_cluster(&c, out + put, room - put, 4 * columns);
                if (!n)
                        break;
                put += n;
        }
        return put;
}

void text_cut(const char *s, size_t columns, const char *ellipsis, char *out, size_t size)
{
        bool cut = s[text_bytes_for(s, columns)] != '\0';
        size_t tail_columns = cut && ellipsis ? text_width(ellipsis) : 0;
        size_t tail = tail_columns ? strlen(ellipsis) : 0;
        if (!size)
                return;
        if (tail_columns > columns || tail >= size)
                tail = tail_columns = 0;
        size_t put = put_columns(s, columns - tail_columns, out, size - 1 - tail);
        if (tail)
                memcpy(out + put, ellipsis, tail);
        out[put + tail] = '\0';
}

/* Bytes of the line that begins at s; *ret_next is where the line behind it begins. */
static size_t line_of(const char *s, size_t len, size_t columns, size_t *ret_next)
{
        size_t at = 0, width = 0, blank = 0, behind = 0;
        while (at < len && s[at] != '\n') {
                if (s[at] == ' ') {
                        size_t run = strspn(s + at, " ");
                        if (at) {
                                blank = at;
                                behind = at + run;
                        }
                        at += run;
                        width += run;
                        continue;
                }
                struct text_cluster c;
                text_next(s + at, len - at, &c);
                if (width + (size_t)c.width > columns && at) {
                        *ret_next = blank ? behind : at;
                        return blank ? blank : at;
                }
                width += (size_t)c.width;
                at += c.bytes;
        }
        *ret_next = at < len ? at + 1 : at;
        return at;
}

void text_wrap(const char *s, size_t columns, void (*fn)(void *ctx, const char *line, size_t len),
               void *ctx)
{
        size_t len = strlen(s), at = 0;
        while (at < len) {
                size_t next, line = line_of(s + at, len - at, columns ? columns : 1, &next);
                while (line && s[at + line - 1] == ' ')
                        line--;
                fn(ctx, s + at, line);
                at += next;
        }
}

void text_wrap_hanging(const char *s, size_t columns,
                       void (*fn)(void *ctx, const char *line, size_t len, size_t indent),
                       void *ctx)
{
        size_t len = strlen(s), at = 0, hang = 0, indent = 0;
        bool begins = true;
        while (at < len) {
                if (begins)
                        hang = strspn(s + at, " ");
                indent = begins ? 0 : hang < columns / 3 ? hang : columns / 3;
                size_t room = columns ? columns - indent : 1;
                size_t next, line = line_of(s + at, len - at, room, &next);
                begins = s[at + next - 1] == '\n';
                while (line && s[at + line - 1] == ' ')
                        line--;
                fn(ctx, s + at, line, indent);
                at += next;
        }
}

bool text_has_word(const char *words, const char *between, const char *word)
{
        size_t len = strlen(word);

        for (const char *at = words; at && *at;) {
                size_t n;

                at += strspn(at, between);
                n = strcspn(at, between);
                if (n && n == len && memcmp(at, word, n) == 0)
                        return true;
                at += n;
        }
        return false;
}
