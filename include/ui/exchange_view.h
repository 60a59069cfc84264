/*
 * View 9, Exchange: what its files share. Everything is read into one list of items, from top to
 * bottom, in sections; lines are how they stand on the screen.
 */
#ifndef MUSTER_UI_EXCHANGE_VIEW_H
#define MUSTER_UI_EXCHANGE_VIEW_H

#include "base/ident.h"
#include "ops/conflicts.h"
#include "ops/overlaps.h"
#include "store/gone.h"
#include "store/peers.h"
#include "store/query.h"
#include "store/remotes.h"
#include "ui/view.h"

/* What a person must settle comes before what may be long and goes by itself. */
enum exchange_section {
        SECTION_REMOTES,
        SECTION_CONFLICTS,
        SECTION_BOOKED, /* shown where there is something */
        SECTION_CLOCKS, /* the same */
        SECTION_QUARANTINE,
        SECTION_OUTBOX,
        SECTION_GONE, /* the same */
        SECTION_COUNT,
};

struct exchange_item {
        enum exchange_section section;
        size_t remote; /* index; not of a conflict or a clock */
        const struct peer_clock *peer;
        const char *unit;           /* of that console */
        const struct conflicts *of; /* of a conflict: of which thing, and which */
        const struct conflict *c;
        const struct overlaps *booked; /* of a booking: of which deployment, and with which */
        const struct overlap *o;
        bool marked;
        const struct delivery *d; /* held back, refused, unconfirmed; NULL: it waits */
        const char *id;           /* of the object */
        const char *incident;     /* id of the thing that it is about, NULL: of none */
        const char *ref;          /* of what it is about, or "" */
        const char *text;         /* what it says */
        int64_t at_ms;            /* when it was made, or refused */
};

struct exchange_remote {
        struct remote r;
        int64_t waiting, held, refused, gone;
        struct delivery *deliveries;
        size_t delivery_count;
};

/* A row of the list. */
enum exchange_line_kind { LINE_TITLE, LINE_HEADS, LINE_BLANK, LINE_ITEM, LINE_UNDER, LINE_MORE };
struct exchange_line {
        enum exchange_line_kind kind;
        enum exchange_section section;
        size_t item;      /* LINE_ITEM, LINE_UNDER */
        const char *text; /* LINE_TITLE: the summary; LINE_UNDER, LINE_MORE: what it says */
};

struct exchange_pen;

/* What can be in conflict. */
#define CONFLICT_TOPICS                                                                            \
        (TOPIC_INCIDENTS | TOPIC_PARTICIPANTS | TOPIC_ROSTERS | TOPIC_REQUESTS | TOPIC_DEPLOYMENTS)

/* Things with conflicts, as they are read. */
struct conflicts_read {
        struct arena arena;
        struct query *query;
        size_t kind; /* that is read; behind the last the rows are known */
        struct row *rows;
        size_t row_count, total; /* total: with those that are not shown */
        struct conflicts *things;
        struct overlaps *booked; /* as things */
        size_t count;
};

struct exchange {
        struct arena arena;
        struct exchange_remote *remotes;
        size_t remote_count;
        struct exchange_item *items;
        size_t item_count, item_room;
        struct exchange_line *lines;
        size_t line_count;
        struct conflicts_read shown,
                reading;     /* reading: until it is whole the other one is shown */
        bool reads, counted; /* reading has begun; shown was whole once */
        char **marks;        /* keys of the marked, malloc'ed */
        size_t mark_count;
        char chosen[STIX_ID_MAX]; /* the act, CHOSEN_BEFORE; "": what is in force */
        size_t at, top;           /* item, line */
        int rows;                 /* lines shown */
        bool roomy;               /* a blank line below each title */
        bool in_detail;           /* it has the whole view */
        int scroll;               /* of the detail */
        char find[400];           /* folded words that were looked for; "": none */
        struct rect choices; /* where what can be chosen was drawn, side by side; w 0: it was not */
};

/* exchange_load.c */
enum rc exchange_load(struct view *v, struct err *err); /* RC_BUSY: conflicts are not counted yet */
void exchange_finish(struct exchange *x);
struct exchange_item *exchange_add_item(struct exchange *x, enum exchange_section section);
/* exchange_lines.c */
void exchange_lay_out(struct exchange *x, struct ui *ui);
void exchange_place(struct exchange *x); /* the cursor inside the window */
const struct exchange_item *exchange_current(const struct exchange *x); /* NULL: there is none */
void exchange_move(struct exchange *x, long by);
/* "no answer since 10:20Z, next try 13:05Z; nothing is lost"; NULL: nothing went wrong */
const char *exchange_trouble(const struct exchange_remote *r, struct ui *ui, struct arena *a);

/* "12400 new objects so far, more to come"; NULL: nothing that takes long */
const char *exchange_progress(const struct exchange_remote *r, struct ui *ui, struct arena *a);
const char *exchange_state_word(const struct ui *ui, const struct exchange_remote *r);
bool exchange_is_well(const struct ui *ui, const struct exchange_remote *r);

/* exchange_conflicts.c */
enum rc conflicts_load(struct view *v, struct err *err); /* RC_BUSY: not all yet */
void conflicts_add(struct exchange *x);
void conflicts_finish(struct exchange *x);
/* What the section says beside its title. */
const char *conflicts_summary(const struct exchange *x, struct arena *a);
bool conflict_is_same(const struct exchange_item *item, const char *key);
const char *conflict_key(const struct exchange_item *item, struct arena *a);
/* "severity", "sectors health". */
const char *conflict_field(const struct exchange_item *item, struct ui *ui, struct arena *a);
/* As people read it: "CRITICAL"; "-" where there is none. */
const char *conflict_value(const struct exchange_item *item, const char *value, struct ui *ui,
                           struct arena *a);

/* exchange_booked.c */
void booked_add(struct exchange *x);
void booked_draw(struct exchange_pen *p, const struct exchange_item *item, struct arena *a);

/* exchange_clocks.c */
enum rc clocks_add(struct view *v, struct err *err);
void clocks_draw(struct exchange_pen *p, const struct exchange_item *item, struct arena *a);
/* "+00:03:10 ahead of ours", "as ours"; NULL: not known */
const char *clock_of_remote(const struct remote *r, struct arena *a);
/* Below its line; NULL: nothing worth a warning. And in full. */
const char *clock_remark(const struct remote *r, struct arena *a);
const char *clock_warning(const struct exchange *x, const struct remote *r);

/* What can be taken: each word, then what stood before. */
#define CHOSEN_BEFORE "before"
struct choice_of {
        const char *value;
        const struct conflict_word *word; /* NULL: what stood before */
};
size_t choice_count(const struct conflict *c);
struct choice_of choice_at(const struct conflict *c, size_t i);
size_t choice_in_force(const struct conflict *c);
size_t choice_now(const struct exchange *x, const struct conflict *c);
/* "OURS", "THEIRS", "BEFORE"; where none is ours "EARLIER", "LATER". */
const char *choice_name(const struct conflict *c, size_t i);

/* exchange_draw.c, exchange_detail.c, exchange_draw_conflict.c */
void exchange_draw_conflict(struct exchange_pen *p, const struct exchange *x,
                            const struct exchange_item *item);
void exchange_draw(const struct view *v, struct canvas *c, struct rect r);
void exchange_draw_detail(const struct view *v, struct canvas *c, struct rect r);
int exchange_list_rows(struct rect r);
bool exchange_hit(const struct view *v, int y, struct rect r, size_t *ret_item);

/* exchange_cmds.c */
bool exchange_can_retry(const struct ui *ui, const struct view *v);
bool exchange_can_go(const struct ui *ui, const struct view *v);
bool exchange_has_incident(const struct ui *ui, const struct view *v);
bool exchange_can_drop(const struct ui *ui, const struct view *v);
enum rc exchange_cmd_retry(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_drop(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_go(struct ui *ui, struct view *v, struct err *err);
/* exchange_find.c */
bool exchange_has_find(const struct ui *ui, const struct view *v);
enum rc exchange_cmd_find(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_find_next(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_find_before(struct ui *ui, struct view *v, struct err *err);
/* exchange_settle.c */
bool exchange_on_conflict(const struct ui *ui, const struct view *v);
bool exchange_can_ours(const struct ui *ui, const struct view *v);
bool exchange_can_theirs(const struct ui *ui, const struct view *v);
bool exchange_can_before(const struct ui *ui, const struct view *v);
/* exchange_marks.c */
void exchange_choose(struct exchange *x, size_t choice); /* of the current conflict */
void exchange_unmark(struct exchange *x);
void exchange_keep_marks(struct exchange *x); /* those that are still there */
bool exchange_has_marks(const struct ui *ui, const struct view *v);
bool exchange_has_conflicts(const struct ui *ui, const struct view *v);
enum rc exchange_cmd_settle(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_ours(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_theirs(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_before(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_write(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_next_choice(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_last_choice(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_mark(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_mark_all(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_unmark(struct ui *ui, struct view *v, struct err *err);
enum rc exchange_cmd_incident(struct ui *ui, struct view *v, struct err *err);

#endif
