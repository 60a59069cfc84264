#include "base/decode.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define SURROGATE_HIGH 0xD800
#define SURROGATE_LOW  0xDC00
#define SURROGATE_END  0xE000

/* What a step comes to, beside the bytes it takes. */
#define STEP_MORE 0
#define STEP_BAD  (-1)

/* ---- one character ---------------------------------------------------------------------------
 */

static int step_utf8(const unsigned char *p, size_t len, uint32_t *ret_cp)
{
        size_t whole = *p < 0x80 ? 1 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : 4;
        size_t n = text_decode((const char *)p, len, ret_cp);

        if (n)
                return (int)n;
        return *p >= 0xC2 && *p <= 0xF4 && len < whole ? STEP_MORE : STEP_BAD;
}

static uint32_t unit(const unsigned char *p, bool big)
{
        return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

static int step_utf16(const unsigned char *p, size_t len, bool big, uint32_t *ret_cp)
{
        uint32_t first, second;

        if (len < 2)
                return STEP_MORE;
        first = unit(p, big);
        if (first < SURROGATE_HIGH || first >= SURROGATE_END) {
                *ret_cp = first;
                return 2;
        }
        if (first >= SURROGATE_LOW)
                return STEP_BAD;
        if (len < 4)
                return STEP_MORE;
        second = unit(p + 2, big);
        if (second < SURROGATE_LOW || second >= SURROGATE_END)
                return STEP_BAD;
        *ret_cp = 0x10000 + ((first - SURROGATE_HIGH) << 10) + (second - SURROGATE_LOW);
        return 4;
}

static int step_byte(const struct encoding *e, const unsigned char *p, uint32_t *ret_cp)
{
        *ret_cp = e->chars[*p];
        return *p && !*ret_cp ? STEP_BAD : 1;
}

static int step(const struct encoding *e, const unsigned char *p, size_t len, uint32_t *ret_cp)
{
        switch (e->form) {
        case ENCODING_UTF16LE: return step_utf16(p, len, false, ret_cp);
        case ENCODING_UTF16BE: return step_utf16(p, len, true, ret_cp);
        case ENCODING_BYTES: return step_byte(e, p, ret_cp);
        default: return step_utf8(p, len, ret_cp);
        }
}

/* ---- a piece ---------------------------------------------------------------------------------
 */

/* The character that began in the piece before; gives back how many bytes of this one it took. */
static size_t finish_held(struct decoder *d, const unsigned char *p, size_t len, char *out,
                          size_t *ret_out)
{
        size_t taken = 0;
        uint32_t cp;
        int n = STEP_MORE;

        while (d->held_count && n == STEP_MORE && taken < len && d->held_count < DECODE_HELD) {
                d->held[d->held_count++] = p[taken++];
                n = step(d->encoding, d->held, d->held_count, &cp);
        }
        if (n == STEP_MORE)
                return taken;
        if (n == STEP_BAD) {
                d->bad = true;
                return taken;
        }
        *ret_out = text_put(cp, out);
        d->held_count = 0;
        return taken;
}

/* Bytes that are characters of ASCII. */
static size_t ascii_run(const unsigned char *p, size_t len)
{
        size_t i = 0;

        while (i < len && p[i] < 0x80)
                i++;
        return i;
}

size_t decoder_run(struct decoder *d, const char *bytes, size_t len, bool last, char *out)
{
        const unsigned char *p = (const unsigned char *)bytes, *end = p + len;
        enum encoding_form form = d->encoding->form;
        bool wide = form == ENCODING_UTF16LE || form == ENCODING_UTF16BE;
        bool plainly = !wide && !d->encoding->is_not_ascii;
        size_t done = 0;

        if (d->bad)
                return 0;
        p += finish_held(d, p, len, out, &done);
        while (p < end && !d->bad) {
                size_t plain = plainly ? ascii_run(p, (size_t)(end - p)) : 0;
                uint32_t cp;
                int n;

                if (plain) {
                        memcpy(out + done, p, plain);
                        done += plain;
                        p += plain;
                        continue;
                }
                n = step(d->encoding, p, (size_t)(end - p), &cp);
                if (n == STEP_MORE) {
                        d->held_count = (size_t)(end - p);
                        memcpy(d->held, p, d->held_count);
                        break;
                }
                d->bad = n == STEP_BAD;
                if (d->bad)
                        break;
                done += text_put(cp, out + done);
                p += n;
        }
        if (last && d->held_count)
                d->bad = true;
        return done;
}
