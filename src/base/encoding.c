#include "base/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#define NO_ICONV   ((iconv_t)-1)
#define KNOWN_MAX  512 /* bytes of a sentence that names all of them   */
#define WRITTEN_AS 16  /* bytes that one byte may become, and its flush */

/* THE table of encodings that are offered. The C library may know more. */
static const struct encoding_known known[] = {
        {"UTF-8", "every language", ENCODING_UTF8},
        {"UTF-16LE", "every language, Unicode text of Windows", ENCODING_UTF16LE},
        {"UTF-16BE", "every language", ENCODING_UTF16BE},
        {"Windows-1250", "Central Europe", ENCODING_BYTES},
        {"Windows-1251", "Cyrillic", ENCODING_BYTES},
        {"Windows-1252", "Western Europe", ENCODING_BYTES},
        {"Windows-1253", "Greek", ENCODING_BYTES},
        {"Windows-1254", "Turkish", ENCODING_BYTES},
        {"Windows-1257", "Baltic", ENCODING_BYTES},
        {"ISO-8859-2", "Central Europe, Unix", ENCODING_BYTES},
        {"ISO-8859-5", "Cyrillic, Unix", ENCODING_BYTES},
        {"ISO-8859-7", "Greek, Unix", ENCODING_BYTES},
        {"ISO-8859-13", "Baltic, Unix", ENCODING_BYTES},
        {"ISO-8859-15", "Western Europe, Unix", ENCODING_BYTES},
        {"ISO-8859-16", "Romanian, Unix", ENCODING_BYTES},
        {"KOI8-U", "Ukrainian, Unix", ENCODING_BYTES},
        {"IBM852", "Central Europe, DOS", ENCODING_BYTES},
};

const struct encoding_known *encoding_known(size_t i)
{
        return i < ARRAY_LEN(known) ? &known[i] : NULL;
}

/* ---- names -----------------------------------------------------------------------------------
 */

static bool is_letter_or_digit(char c)
{
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The next that counts, as a small letter; 0: none. */
static char next_sign(const char **p)
{
        while (**p == '-' || **p == '_')
                (*p)++;
        if (!**p)
                return 0;
        return **p >= 'A' && **p <= 'Z' ? (char)(*(*p)++ - 'A' + 'a') : *(*p)++;
}

static bool is_same_name(const char *a, const char *b)
{
        char of_a, of_b;

        do {
                of_a = next_sign(&a);
                of_b = next_sign(&b);
        } while (of_a && of_a == of_b);
        return of_a == of_b;
}

static const struct encoding_known *known_called(const char *name)
{
        for (size_t i = 0; i < ARRAY_LEN(known); i++)
                if (is_same_name(name, known[i].name))
                        return &known[i];
        return NULL;
}

/* iconv takes paths and suffixes ("//TRANSLIT") in a name, and an empty one for that of the locale.
 */
static bool is_name(const char *name)
{
        size_t len = 0;

        while (is_letter_or_digit(name[len]) || (name[len] && strchr("-_.:", name[len])))
                len++;
        return len && len < ENCODING_NAME_MAX && !name[len];
}

static enum rc refuse_unknown(const char *name, struct err *err)
{
        AUTO_FREE char *clean = text_clean(name, strlen(name), false);
        char cut[2 * ENCODING_NAME_MAX];
        CLEANUP(str_finish) struct str all = {0};

        text_cut(clean, ENCODING_NAME_MAX, "…", cut, sizeof(cut));
        str_init(&all, KNOWN_MAX);
        for (size_t i = 0; i < ARRAY_LEN(known); i++)
                str_addf(&all, "%s%s", i ? ", " : "", known[i].name);
        return err_set(err, RC_INVALID, "there is no encoding \"%s\"; there are %s", cut,
                       str_text(&all));
}

/* ---- one byte a character --------------------------------------------------------------------
 */

/* What a byte is by itself, 0 = nothing. False: it is a part of a character, or several. */
static bool read_byte(iconv_t cd, unsigned char byte, uint16_t *ret)
{
        char in = (char)byte, out[WRITTEN_AS], *from = &in, *to = out;
        size_t in_len = 1, out_len = sizeof(out);
        uint32_t cp = 0;

        *ret = 0;
        iconv(cd, NULL, NULL, NULL, NULL);
        if (iconv(cd, &from, &in_len, &to, &out_len) == (size_t)-1)
                return errno == EILSEQ;
        /* Windows-1255 and -1258 hold a letter back, for an accent that may follow. */
        if (iconv(cd, NULL, NULL, &to, &out_len) == (size_t)-1)
                return false;
        if (to == out || text_decode(out, (size_t)(to - out), &cp) != (size_t)(to - out) ||
            cp > UINT16_MAX)
                return false;
        *ret = (uint16_t)cp;
        return true;
}

static bool read_bytes(iconv_t cd, struct encoding *e)
{
        for (unsigned i = 0; i < ARRAY_LEN(e->chars); i++) {
                if (!read_byte(cd, (unsigned char)i, &e->chars[i]))
                        return false;
                e->is_not_ascii |= i < 0x80 && e->chars[i] != i;
        }
        return true;
}

/* Some systems have the rest of the C library's encodings in a package of its own. */
static enum rc refuse_absent(const char *name, struct err *err)
{
        return err_set(err, RC_INVALID, "the C library of this system does not know %s (gconv)",
                       name);
}

static enum rc ask_library(struct encoding *e, bool is_known, struct err *err)
{
        iconv_t cd = iconv_open("UTF-8", e->name);
        bool fits;

        if (cd == NO_ICONV)
                return is_known ? refuse_absent(e->name, err) : refuse_unknown(e->name, err);
        e->form = ENCODING_BYTES;
        fits = read_bytes(cd, e);
        iconv_close(cd);
        return fits ? RC_OK
                    : err_set(err, RC_INVALID,
                              "%s has characters of several bytes; of these only UTF-8, UTF-16LE "
                              "and UTF-16BE are read",
                              e->name);
}

enum rc encoding_find(const char *name, struct encoding *ret, struct err *err)
{
        struct encoding e = {.form = ENCODING_BYTES};
        const struct encoding_known *same = known_called(name);
        enum rc rc = RC_OK;

        if (same) {
                name = same->name;
                e.form = same->form;
        }
        if (!is_name(name))
                return refuse_unknown(name, err);
        snprintf(e.name, sizeof(e.name), "%s", name);
        if (e.form == ENCODING_BYTES)
                rc = ask_library(&e, same != NULL, err);
        if (rc == RC_OK)
                *ret = e;
        return rc;
}

/* ---- marks -----------------------------------------------------------------------------------
 */

void encoding_of_mark(const char *bytes, size_t len, struct encoding *ret, size_t *ret_mark)
{
        static const struct {
                const char *mark;
                size_t len;
                const char *name;
        } marks[] = {{"\xEF\xBB\xBF", 3, "UTF-8"},
                     {"\xFF\xFE", 2, "UTF-16LE"},
                     {"\xFE\xFF", 2, "UTF-16BE"},
                     {"", 0, "UTF-8"}};
        size_t i = 0;

        while (len < marks[i].len || memcmp(bytes, marks[i].mark, marks[i].len) != 0)
                i++;
        *ret_mark = marks[i].len;
        encoding_find(marks[i].name, ret, NULL);
}
