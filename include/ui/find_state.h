/*
 * Who could go, as an overlay: what its files share. Candidates stand in the order in which they
 * fit, each with what is missing; those picked are alerted with one key.
 */
#ifndef MUSTER_UI_FIND_STATE_H
#define MUSTER_UI_FIND_STATE_H

#include "ops/find.h"
#include "ui/ui.h"

struct find_state {
        char id[STIX_ID_MAX];    /* what they would go for */
        const struct kind *kind; /* NULL: what the needs are about */
        char filter[FILTER_BYTES_MAX + 1];
        unsigned left_out; /* RANK_BITs */
        bool why;          /* all reasons of the current one are shown */
        char outcome[32];  /* of the contact that is being told */
        struct arena arena;
        const struct finding *found; /* in the arena */
        size_t at, top, rows;
        char **picked; /* ids, owned */
        size_t picked_count, picked_room;
};

/* find.c: RC_INVALID leaves what is shown. */
enum rc find_load(struct overlay *o, struct err *err);
bool find_is_picked(const struct find_state *st, const char *id);
/* Ids of those picked, or of the current one. In the arena of the caller. */
size_t find_chosen(const struct find_state *st, struct arena *a, const char *const **ret);

/* find_draw.c */
void find_draw(const struct overlay *o, struct canvas *c, struct rect area);

/* find_act.c */
void find_ask_filter(struct overlay *o);
void find_ask_left_out(struct overlay *o);
void find_ask_contact(struct overlay *o);
void find_alert(struct overlay *o); /* asks from when until when where nobody knows */

#endif
