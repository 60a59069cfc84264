/*
 * Text as a person reads it: UTF-8, clusters, columns. The door to utf8proc.
 *
 * A *cluster* is a base character with its combining marks: what takes one place (1 or 2 columns)
 * on the screen. Widths follow the locale-independent tables of utf8proc, ambiguous = 1. Joiners
 * and variation selectors are passed over, since terminals disagree about them. A cluster never
 * holds what text_is_hidden(): "\n" and "\t" come out as a blank, anything else that can't be shown
 * as U+FFFD.
 */
#ifndef MUSTER_BASE_TEXT_H
#define MUSTER_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEXT_CLUSTER_MAX 4 /* code points kept of one cluster; further marks are dropped */

struct text_cluster {
        uint32_t cp[TEXT_CLUSTER_MAX];
        int count;
        int width;    /* columns: 1 or 2 (a lone combining mark is shown on U+25CC, width 1) */
        size_t bytes; /* of the source */
};

bool text_is_utf8(const char *s, size_t len);

/* One code point at s (len > 0): the bytes it takes, 0 where they are not UTF-8. */
size_t text_decode(const char *s, size_t len, uint32_t *ret_cp);

/* True of what no terminal may get: controls, line separators, bidi and other format characters,
 * tags. */
bool text_is_hidden(uint32_t cp);

/* Next cluster at s; false at the end (len 0 or NUL). Invalid bytes come out as U+FFFD, one each.
 */
bool text_next(const char *s, size_t len, struct text_cluster *ret);

size_t text_width(const char *s); /* columns */
size_t text_bytes_for(const char *s,
                      size_t columns); /* longest prefix that fits, in whole clusters */

/* Cuts to at most `columns`, with `ellipsis` (e.g. "…" or "..") as the last columns where it was
 * cut. Writes a NUL-terminated string into out (size >= 4 * columns + 8 is always enough). */
void text_cut(const char *s, size_t columns, const char *ellipsis, char *out, size_t size);

/*
 * Makes text from outside harmless for a terminal: C0/C1 controls and DEL, escape sequences, bidi
 * controls and all else that text_is_hidden() become visible, e.g. "\\x1b" or "<U+202E>"; invalid
 * UTF-8 becomes U+FFFD. With `lines`, "\n" stays and "\t" becomes a blank; without, both become a
 * blank. The
 * "\r" of a "\r\n" is dropped. Result malloc'ed. Idempotent.
 */
char *text_clean(const char *s, size_t len, bool lines);
bool text_is_clean(const char *s, size_t len, bool lines); /* cheap: most text is */

/* Whether one of the words, with any of the bytes `between` them, is this one, byte by byte. NULL
 * has none. */
bool text_has_word(const char *words, const char *between, const char *word);

/* Case folded and stripped of diacritics, for matching what a person types. malloc'ed. */
char *text_fold(const char *s);

/*
 * Wraps at blanks to `columns`; calls fn once per line with a span of s (no NUL), without the
 * blanks at its end. "\n" breaks; one at the end of s adds no line. A word longer than a line is
 * broken.
 */
void text_wrap(const char *s, size_t columns, void (*fn)(void *ctx, const char *line, size_t len),
               void *ctx);

/* The same; what a line does not hold goes on below where the line began, behind `indent` blanks.
 */
void text_wrap_hanging(const char *s, size_t columns,
                       void (*fn)(void *ctx, const char *line, size_t len, size_t indent),
                       void *ctx);

/* Encodes one code point, returns the bytes written (1 to 4). */
size_t text_put(uint32_t cp, char out[4]);

/* Edit distance (Damerau) on folded text, for "did you mean". Capped at 64 code points. */
size_t text_distance(const char *a, const char *b);

/* Fuzzy match for the palette: letters of `pattern` in order in `s`. Score, higher is better; -1 =
 * no. */
int text_fuzzy(const char *pattern, const char *s);
/* The same, above every score of letters where the pattern is one of `words`, in small letters with
 * blanks between them; NULL: none. */
int text_fuzzy_word(const char *pattern, const char *words, const char *s);

#endif
