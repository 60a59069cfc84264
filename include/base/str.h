/*
 * A growable byte string with a mandatory maximum. What does not fit is left out and `over` says
 * so; so no input from outside can make one grow without end. Always NUL-terminated once non-empty.
 */
#ifndef MUSTER_BASE_STR_H
#define MUSTER_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str {
        char *s; /* NULL while empty; use str_text() for a C string */
        size_t len, cap, max;
        bool over; /* something did not fit */
};

void str_init(struct str *str, size_t max);
void str_finish(struct str *str); /* NULL and zeroed are fine; for CLEANUP(str_finish) */
void str_clear(struct str *str);
void str_add(struct str *str, const char *s);
void str_addn(struct str *str, const char *s, size_t len);
void str_addc(struct str *str, char c);
void str_addf(struct str *str, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* At most so many bytes of it, and "…" where that is not all: cut between characters of UTF-8. */
void str_add_cut(struct str *str, const char *s, size_t most);
const char *str_text(const struct str *str); /* never NULL; borrowed */
char *str_take(struct str *str);             /* malloc'ed, never NULL; str is empty after */

/* Joins with " " etc. between items when the string is not empty. */
void str_add_sep(struct str *str, const char *sep, const char *s);

#endif
