/*
 * Result codes and the sentence that explains a failure.
 *
 * Every function that can fail returns an enum rc and takes a struct err pointer last, which may be
 * NULL. The err keeps the first sentence set; callers further up put context in front of it with
 * err_wrap(), so that a person reads "saving INC-0007: disk full". Nobody below app prints.
 */
#ifndef MUSTER_BASE_ERR_H
#define MUSTER_BASE_ERR_H

#include <stdarg.h>

/* A code exists only where some caller acts on it. curses.h owns OK and ERR. */
enum rc {
        RC_OK,
        RC_FAIL,     /* the machine failed: disk, memory map, permission          */
        RC_NOTFOUND, /* no such thing                                             */
        RC_CONFLICT, /* the thing is not in the state that this needs             */
        RC_BUSY,     /* somebody else holds the database; try again               */
        RC_INVALID,  /* the input is refused; nothing changed                     */
        RC_OFFLINE,  /* the remote can't be reached                               */
        RC_DENIED,   /* not allowed: read-only, ceiling, role                     */
};

struct err {
        enum rc rc;
        char text[1024]; /* UTF-8, one sentence, no full stop; "" while nothing failed */
};

/* Sets the sentence unless one is there already. Returns rc, so that callers can return it. */
enum rc err_set(struct err *err, enum rc rc, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));

/* Puts "context: " in front of the sentence that is there. Returns rc. */
enum rc err_wrap(struct err *err, enum rc rc, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));

/* Forgets the sentence, for a caller that goes on after a failure. NULL is fine. */
void err_clear(struct err *err);

#endif
