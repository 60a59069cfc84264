/*
 * What the console is told of the exchange with remotes, and what it asks for. Who synchronises is
 * not known here: the loop hands in news and takes wishes; without it the database says how things
 * stood when it was last written.
 */
#ifndef MUSTER_UI_EXCHANGE_H
#define MUSTER_UI_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

struct ui;

enum link_state {
        LINK_UNKNOWN, /* nobody said; the database tells */
        LINK_UP,      /* it answers */
        LINK_BUSY,    /* it answers, and something is on its way */
        LINK_OFFLINE, /* the last try failed; the next is at next_ms */
        LINK_REFUSED, /* it does not let us in: a person must look */
};

/* Of one remote, as it is now. Copied. */
struct link_news {
        int64_t remote;
        enum link_state state;
        int64_t synced_ms, next_ms; /* CLOCK_NONE: not known */
        const char *error;          /* or NULL */
        int64_t coming;             /* objects that are new here, of a walk that goes on */
};
void ui_link_news(struct ui *ui, const struct link_news *news);

/* Somebody synchronises; or why nobody does: "this console is read-only". NULL: somebody does. */
void ui_link_runs(struct ui *ui, const char *why_not);

/* Each is true once: something was written here that may have to go out; a person asked for what is
 * new. */
bool ui_wants_send(struct ui *ui);
bool ui_wants_sync(struct ui *ui);

#endif
