/*
 * The remotes as the console knows them, for the frame and the view Exchange
 * (src/ui/ui_exchange.c).
 */
#ifndef MUSTER_UI_LINKS_H
#define MUSTER_UI_LINKS_H

#include "store/remotes.h"
#include "ui/exchange.h"
#include "ui/view.h"

/* A remote as it stands. */
struct link {
        int64_t id;
        bool told; /* by who synchronises; else by the database */
        enum link_state state;
        int64_t synced_ms, next_ms; /* CLOCK_NONE */
        int64_t coming;             /* new here, of a walk that goes on */
        char error[256];            /* "" = nothing went wrong */
};
#define LINK_MANY 500 /* of them: it takes a while, and is told */
#define LINKS_MAX 32
struct links {
        struct link items[LINKS_MAX];
        size_t count, all;          /* all: those that have no place too */
        int64_t pending;            /* versions that wait, over all remotes */
        int64_t refused;            /* those in quarantine */
        int64_t received;           /* from all of them, ever */
        int64_t came_from, came_ms; /* received before what came in just now; when it did */
        char why_not[128];          /* nobody synchronises; "" = somebody does */
        bool wants_send, wants_sync;
};

void links_read(struct ui *ui);
bool links_are(const struct ui *ui, const struct view *v);
enum rc links_sync(struct ui *ui, struct view *v, struct err *err);
const struct link *links_find(const struct ui *ui, int64_t remote); /* NULL */
enum remote_health link_health(const struct ui *ui, const struct link *l);
const char *link_word(enum remote_health health);       /* "LIVE" */
void link_age(int64_t span_ms, char *out, size_t size); /* "2 s", "14 min", "2 h 44" */
struct links_look {
        enum remote_health health;
        const char *word;      /* "LIVE" */
        char age[48];          /* of the youngest data; "" = there is none */
        char others[64];       /* "1 of 3 offline"; "" = none is */
        int64_t pending, came; /* to go out; just in */
        int64_t coming;        /* so far, where that takes a while */
};
void links_look(const struct ui *ui, struct links_look *ret); /* there is a remote */

#endif
