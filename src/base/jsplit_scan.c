#include "jsplit_scan.h"

#include <string.h>

#define TEXT_OF(x)   #x
#define NUMBER_OF(x) TEXT_OF(x)

#define ONES 0x0101010101010101ull
#define TOPS 0x8080808080808080ull

/* Parts of a number; the ones that may be the last come first. */
enum number {
        NUM_ZERO = 1,
        NUM_INT,
        NUM_FRACTION,
        NUM_EXPONENT,
        NUM_MINUS,
        NUM_DOT,
        NUM_E,
        NUM_SIGN
};

void scan_init(struct scan *sc, bool whole)
{
        *sc = (struct scan){.whole = whole, .span_depth = whole ? 0 : -1, .first_depth = -1};
}

static uint64_t place(const struct scan *sc, const char *p)
{
        return sc->offset + (uint64_t)(p - sc->from);
}

static const char *refuse_at(struct scan *sc, const char *p, uint64_t at, const char *why)
{
        sc->event = SCAN_BAD;
        sc->why = why;
        sc->bad_at = at;
        return p;
}

static const char *refuse(struct scan *sc, const char *p, const char *why)
{
        return refuse_at(sc, p, place(sc, p), why);
}

static inline const char *skip_space(const char *p, const char *end)
{
        while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
                p++;
        return p;
}

/* ---- values -------------------------------------------------------------------------------------
 */

static inline const char *value_done(struct scan *sc, const char *p)
{
        sc->state = sc->depth ? SCAN_AFTER : SCAN_ENDED;
        if (sc->in_span && sc->depth == sc->span_depth) {
                sc->in_span = false;
                sc->first_depth = -1;
                sc->event = SCAN_END;
                if (place(sc, p) - sc->span_at > JSPLIT_OBJECT_MAX)
                        return refuse_at(sc, p, sc->span_at, "an object is larger than 16 MiB");
        }
        return p;
}

static inline const char *open_bracket(struct scan *sc, const char *p, bool list)
{
        if (sc->depth == JSPLIT_DEPTH_MAX)
                return refuse(sc, p,
                              "the file nests deeper than " NUMBER_OF(JSPLIT_DEPTH_MAX) " levels");
        sc->is_list[++sc->depth] = list;
        sc->state = list ? SCAN_FIRST_VALUE : SCAN_FIRST_KEY;
        return p + 1;
}

static inline const char *close_bracket(struct scan *sc, const char *p)
{
        if (*p != (sc->is_list[sc->depth] ? ']' : '}'))
                return refuse(sc, p,
                              sc->is_list[sc->depth] ? "a comma or \"]\" is expected here"
                                                     : "a comma or \"}\" is expected here");
        if (--sc->depth < sc->span_depth)
                sc->span_depth = -1;
        return value_done(sc, p + 1);
}

static const char *begin_document(struct scan *sc, const char *p)
{
        if (*p != '{' && *p != '[')
                return refuse(sc, p, "a document begins with \"{\" or \"[\"");
        if (*p == '[' && !sc->whole)
                sc->span_depth = 1;
        sc->shape.form = *p == '[' ? JSPLIT_LIST : JSPLIT_OBJECT;
        sc->begun_at = place(sc, p);
        return open_bracket(sc, p, *p == '[');
}

static inline const char *begin_string(struct scan *sc, const char *p, bool key)
{
        sc->in_key = key;
        sc->begun_at = place(sc, p);
        sc->state = SCAN_STRING;
        return p + 1;
}

static const char *begin_scalar(struct scan *sc, const char *p)
{
        static const char *const words[] = {"true", "false", "null"};
        sc->begun_at = place(sc, p);
        for (int i = 0; i < 3; i++) {
                if (*p == words[i][0]) {
                        sc->word = words[i] + 1;
                        sc->state = SCAN_WORD;
                        return p + 1;
                }
        }
        if (*p != '-' && (*p < '0' || *p > '9'))
                return refuse(sc, p, "a value is expected here");
        sc->number = *p == '-' ? NUM_MINUS : *p == '0' ? NUM_ZERO : NUM_INT;
        sc->state = SCAN_NUMBER;
        return p + 1;
}

static inline const char *begin_value(struct scan *sc, const char *p)
{
        if (sc->watch && !scan_begin_watched(sc, *p))
                return refuse(sc, p, "\"objects\" is not a list");
        switch (*p) {
        case '"': return begin_string(sc, p, false);
        case '{': return open_bracket(sc, p, false);
        case '[': return open_bracket(sc, p, true);
        default: return begin_scalar(sc, p);
        }
}

/* A value at the depth of spans is announced first, and begun by the run behind. */
static const char *begin_span(struct scan *sc, const char *p)
{
        sc->in_span = true;
        sc->span_at = place(sc, p);
        if (sc->shape.objects++ == 0)
                sc->first_depth = sc->depth + 1;
        sc->state = SCAN_SPAN;
        sc->event = SCAN_BEGIN;
        return p;
}

static inline const char *value(struct scan *sc, const char *p, const char *end)
{
        p = skip_space(p, end);
        if (p == end)
                return p;
        if (*p == ']' && sc->state == SCAN_FIRST_VALUE)
                return close_bracket(sc, p);
        if (sc->depth == sc->span_depth && !sc->in_span)
                return begin_span(sc, p);
        return sc->depth ? begin_value(sc, p) : begin_document(sc, p);
}

/* ---- keys ---------------------------------------------------------------------------------------
 */

static const char *caught_key_done(struct scan *sc, const char *p)
{
        const char *why = scan_caught_key(sc);
        return why ? refuse_at(sc, p, sc->begun_at, why) : p;
}

static inline const char *key(struct scan *sc, const char *p, const char *end)
{
        p = skip_space(p, end);
        if (p == end)
                return p;
        if (*p == '}' && sc->state == SCAN_FIRST_KEY)
                return close_bracket(sc, p);
        if (*p != '"')
                return refuse(sc, p, "a name in quotes is expected here");
        if (sc->depth == 1 || sc->depth == sc->first_depth)
                scan_catch(sc, sc->key, sizeof(sc->key));
        return begin_string(sc, p, true);
}

static inline const char *colon(struct scan *sc, const char *p, const char *end)
{
        p = skip_space(p, end);
        if (p == end)
                return p;
        if (*p != ':')
                return refuse(sc, p, "a colon is expected here");
        sc->state = SCAN_VALUE;
        return p + 1;
}

static inline const char *after(struct scan *sc, const char *p, const char *end)
{
        p = skip_space(p, end);
        if (p == end)
                return p;
        if (*p != ',')
                return close_bracket(sc, p);
        sc->state = sc->is_list[sc->depth] ? SCAN_VALUE : SCAN_KEY;
        return p + 1;
}

/* ---- strings ------------------------------------------------------------------------------------
 */

static inline uint64_t load_eight(const char *p)
{
        uint64_t v;
        memcpy(&v, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        v = __builtin_bswap64(v);
#endif
        return v;
}

/* The first byte that is not plain: a quote, a backslash, a control or not ASCII. */
static inline const char *skip_plain(const char *p, const char *end)
{
        for (; end - p >= 8; p += 8) {
                uint64_t v = load_eight(p), quote = v ^ ONES * '"', slash = v ^ ONES * '\\';
                uint64_t hit = (((v - ONES * 0x20) | (quote - ONES) | (slash - ONES)) & ~v) | v;
                hit &= TOPS; /* the lowest one is exact: borrows only go upwards */
                if (hit)
                        return p + __builtin_ctzll(hit) / 8;
        }
        while (p < end && (unsigned char)*p >= 0x20 && (unsigned char)*p < 0x80 && *p != '"' &&
               *p != '\\')
                p++;
        return p;
}

static inline const char *string_done(struct scan *sc, const char *p)
{
        if (sc->in_key) {
                sc->state = SCAN_COLON;
                return sc->caught ? caught_key_done(sc, p) : p;
        }
        if (sc->caught)
                scan_catch_done(sc);
        return value_done(sc, p);
}

/* Begins a UTF-8 sequence (Unicode table 3-7). */
static inline bool begin_sequence(struct scan *sc, unsigned char c)
{
        if (c < 0xC2 || c > 0xF4)
                return false;
        sc->left = c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        sc->low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
        sc->high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
        sc->state = SCAN_CONTINUATION;
        return true;
}

static inline const char *special(struct scan *sc, const char *p)
{
        unsigned char c = (unsigned char)*p;
        if (c == '"')
                return string_done(sc, p + 1);
        if (c == '\\')
                sc->state = SCAN_ESCAPE;
        else if (c == '\n')
                return refuse_at(sc, p, sc->begun_at, "a string is not closed");
        else if (c < 0x20)
                return refuse(sc, p, "a control byte in a string is not escaped");
        else if (!begin_sequence(sc, c))
                return refuse(sc, p, "a byte is not UTF-8");
        if (sc->caught)
                scan_catch_bytes(sc, p, 1);
        return p + 1;
}

static inline const char *string(struct scan *sc, const char *p, const char *end)
{
        const char *q = skip_plain(p, end);
        if (sc->caught)
                scan_catch_bytes(sc, p, (size_t)(q - p));
        return q < end ? special(sc, q) : q;
}

static inline const char *continuation(struct scan *sc, const char *p)
{
        unsigned char c = (unsigned char)*p;
        if (c < sc->low || c > sc->high)
                return refuse(sc, p, "a byte is not UTF-8");
        sc->low = 0x80;
        sc->high = 0xBF;
        if (--sc->left == 0)
                sc->state = SCAN_STRING;
        if (sc->caught)
                scan_catch_bytes(sc, p, 1);
        return p + 1;
}

static const char *escape(struct scan *sc, const char *p)
{
        if (!*p || !strchr("\"\\/bfnrtu", *p))
                return refuse(sc, p, "an escape in a string is wrong");
        sc->state = *p == 'u' ? SCAN_HEX : SCAN_STRING;
        sc->left = 4;
        if (sc->caught)
                scan_catch_bytes(sc, p, 1);
        return p + 1;
}

static const char *hex(struct scan *sc, const char *p)
{
        char c = *p;
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
                return refuse(sc, p, "an escape in a string is wrong");
        if (--sc->left == 0)
                sc->state = SCAN_STRING;
        if (sc->caught)
                scan_catch_bytes(sc, p, 1);
        return p + 1;
}

/* ---- numbers and words --------------------------------------------------------------------------
 */

/* The part that c leads to; 0 where c is not of the number. */
static enum number number_step(enum number part, char c)
{
        if (c >= '0' && c <= '9') {
                switch (part) {
                case NUM_MINUS: return c == '0' ? NUM_ZERO : NUM_INT;
                case NUM_DOT: return NUM_FRACTION;
                case NUM_E:
                case NUM_SIGN: return NUM_EXPONENT;
                case NUM_ZERO: return 0;
                default: return part;
                }
        }
        if (c == '.')
                return part == NUM_ZERO || part == NUM_INT ? NUM_DOT : 0;
        if (c == 'e' || c == 'E')
                return part <= NUM_FRACTION ? NUM_E : 0;
        if (c == '+' || c == '-')
                return part == NUM_E ? NUM_SIGN : 0;
        return 0;
}

static const char *number(struct scan *sc, const char *p, const char *end)
{
        enum number part = sc->number, next;
        while (p < end && (next = number_step(part, *p))) {
                part = next;
                p++;
        }
        sc->number = (unsigned char)part;
        if (p == end)
                return p;
        if (part > NUM_EXPONENT || (*p && strchr("0123456789+-.eE", *p)))
                return refuse_at(sc, p, sc->begun_at, "a number is malformed");
        return value_done(sc, p);
}

static const char *word(struct scan *sc, const char *p)
{
        if (*p != *sc->word)
                return refuse_at(sc, p, sc->begun_at, "a value is expected here");
        return *++sc->word ? p + 1 : value_done(sc, p + 1);
}

static const char *ended(struct scan *sc, const char *p, const char *end)
{
        p = skip_space(p, end);
        return p == end ? p : refuse(sc, p, "there is more behind the end of the document");
}

/* ---- the machine --------------------------------------------------------------------------------
 */

static inline const char *step(struct scan *sc, const char *p, const char *end)
{
        switch (sc->state) {
        case SCAN_VALUE:
        case SCAN_FIRST_VALUE: return value(sc, p, end);
        case SCAN_SPAN: return sc->depth ? begin_value(sc, p) : begin_document(sc, p);
        case SCAN_KEY:
        case SCAN_FIRST_KEY: return key(sc, p, end);
        case SCAN_COLON: return colon(sc, p, end);
        case SCAN_AFTER: return after(sc, p, end);
        case SCAN_STRING: return string(sc, p, end);
        case SCAN_ESCAPE: return escape(sc, p);
        case SCAN_HEX: return hex(sc, p);
        case SCAN_CONTINUATION: return continuation(sc, p);
        case SCAN_NUMBER: return number(sc, p, end);
        case SCAN_WORD: return word(sc, p);
        default: return ended(sc, p, end);
        }
}

enum scan_event scan_run(struct scan *sc, const char **p, const char *end)
{
        const char *at = *p;
        sc->from = at;
        sc->event = SCAN_MORE;
        while (at < end && sc->event == SCAN_MORE)
                at = step(sc, at, end);
        sc->offset = place(sc, at);
        sc->from = *p = at;
        if (sc->in_span && sc->offset - sc->span_at > JSPLIT_OBJECT_MAX)
                refuse_at(sc, at, sc->span_at, "an object is larger than 16 MiB");
        return sc->event;
}

bool scan_finish(struct scan *sc)
{
        bool in_string = sc->state >= SCAN_STRING && sc->state <= SCAN_CONTINUATION;
        if (sc->state == SCAN_ENDED)
                return true;
        if (in_string)
                refuse_at(sc, NULL, sc->begun_at, "a string is not closed");
        else if (sc->depth)
                refuse_at(sc, NULL, sc->offset, "the file ends while a list or an object is open");
        else
                refuse_at(sc, NULL, sc->offset, "the file is empty");
        return false;
}
