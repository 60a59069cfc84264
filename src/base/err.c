#include "base/err.h"

#include <stdio.h>
#include <string.h>

enum rc err_set(struct err *err, enum rc rc, const char *fmt, ...)
{
        if (!err || err->text[0])
                return rc;
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(err->text, sizeof(err->text), fmt, ap);
        va_end(ap);
        err->rc = rc;
        return rc;
}

enum rc err_wrap(struct err *err, enum rc rc, const char *fmt, ...)
{
        if (!err)
                return rc;
        char front[sizeof(err->text)];
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(front, sizeof(front), fmt, ap);
        va_end(ap);
        size_t n = strlen(front), old = strlen(err->text);
        size_t at = old && n + 2 < sizeof(front) ? n + 2 : n;
        if (old > sizeof(front) - 1 - at)
                old = sizeof(front) - 1 - at;
        memmove(err->text + at, err->text, old);
        memcpy(err->text + n, ": ", at - n);
        memcpy(err->text, front, n);
        err->text[at + old] = '\0';
        err->rc = rc;
        return rc;
}

void err_clear(struct err *err)
{
        if (err)
                *err = (struct err){0};
}
