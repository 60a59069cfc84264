/*
 * View 9, Exchange: what its files share. Everything is read into one list of items, from top to
 * bottom, in sections; lines are how they stand on the screen.
 */
#ifndef MUSTER_UI_EXCHANGE_VIEW_H
#define MUSTER_UI_EXCHANGE_VIEW_H

#include "base/ident.h"
#include "store/query.h"
#include "store/remotes.h"
#include "ui/view.h"

/* What a person must settle comes before what may be long and goes by itself. */
enum exchange_section {
        SECTION_REMOTES,
        SECTION_CONFLICTS,
        SECTION_QUARANTINE,
        SECTION_OUTBOX,
        SECTION_COUNT,
};

struct exchange_item {
        enum exchange_section section;
        size_t remote;            /* index; not of a conflict */
        const struct delivery *d; /* held back, refused, unconfirmed; NULL: it waits */
        const char *id;           /* of the object */
        const char *incident;     /* id of that which it is about, NULL: of none */
        const char *ref;          /* of what it is about, or "" */
        const char *text;         /* what it says */
        int64_t at_ms;            /* when it was made, or refused */
};

struct exchange_remote {
        struct remote r;
        int64_t waiting, held, refused;
        struct delivery *deliveries;
        size_t delivery_count;
};

/* A row of the list. */
enum exchange_line_kind { LINE_TITLE, LINE_BLANK, LINE_ITEM, LINE_UNDER, LINE_MORE };
struct exchange_line {
        enum exchange_line_kind kind;
        enum exchange_section section;
        size_t item;      /* LINE_ITEM, LINE_UNDER */
        const char *text; /* LINE_TITLE: the summary; LINE_UNDER, LINE_MORE: what it says */
};

struct exchange {
        struct arena arena;
        struct exchange_remote *remotes;
        size_t remote_count;
        struct exchange_item *items;
        size_t item_count, item_room;
        struct exchange_line *lines;
        size_t line_count;
        struct query *conflicts; /* NULL: read already */
        struct arena conflict_arena;
        struct row *conflict_rows;
        size_t conflict_count, conflict_total;
        size_t at, top; /* item, line */
        int rows;       /* lines shown */
        bool roomy;     /* a blank line below each title */
        bool in_detail; /* it has the whole view */
        int scroll;     /* of the detail */
        /* of the current item, read when the cursor comes to rest */
        struct arena detail_arena;
        char detail_id[STIX_ID_MAX];
        bool again;
        const char *said; /* of a conflict: field and values, a line each; or NULL */
};

/* exchange_load.c */
enum rc exchange_load(struct view *v, struct err *err); /* RC_BUSY: conflicts are not counted yet */
enum rc exchange_settle(struct view *v, struct err *err);
void exchange_finish(struct exchange *x);
/* exchange_lines.c */
void exchange_lay_out(struct exchange *x, struct ui *ui);
void exchange_place(struct exchange *x); /* the cursor inside the window */
const struct exchange_item *exchange_current(const struct exchange *x); /* NULL: there is none */
void exchange_move(struct exchange *x, long by);
/* "no answer since 10:20Z, next try 13:05Z; nothing is lost"; NULL: nothing went wrong */
const char *exchange_trouble(const struct exchange_remote *r, struct ui *ui, struct arena *a);

const char *exchange_state_word(const struct ui *ui, const struct exchange_remote *r);
bool exchange_is_well(const struct ui *ui, const struct exchange_remote *r);

/* exchange_draw.c, exchange_detail.c */
void exchange_draw(const struct view *v, struct canvas *c, struct rect r);
void exchange_draw_detail(const struct view *v, struct canvas *c, struct rect r);
int exchange_list_rows(struct rect r);
bool exchange_hit(const struct view *v, int y, struct rect r, size_t *ret_item);

/* exchange_cmds.c */
bool exchange_can_retry(const struct ui *ui, const struct view *v);
bool exchange_can_go(const struct ui *ui, const struct view *v);
bool exchange_can_drop(const struct ui *ui, const struct view *v);
enum rc exchange_cmd_retry(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_drop(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_go(struct ui *ui, struct view *v, struct err *err);

#endif
