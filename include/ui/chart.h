/*
 * A time chart: rows of bars under a scale of days or hours in the local zone. A pure picture: it
 * is given rows and knows no database; only rows in sight are asked for.
 *
 * What a bar is about is told by its sign as well as by its colour. Where bars of a row lie over
 * each other, the one that says more hides the others: the order of enum chart_what.
 */
#ifndef MUSTER_UI_CHART_H
#define MUSTER_UI_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/canvas.h"

enum chart_what {
        CHART_ON_CALL,
        CHART_LEAVE, /* leave, repair             */
        CHART_REST,
        CHART_SOFT,  /* held, not yet confirmed   */
        CHART_HARD,  /* confirmed                 */
        CHART_OUT,   /* deployed                  */
        CHART_TWICE, /* booked twice              */
        CHART_WHATS,
};

struct chart_bar {
        int64_t from_ms, until_ms;
        enum chart_what what;
        const char *label; /* inside where it fits whole; "" for none */
};

struct chart_row {
        const char *label, *sub;      /* "EXP-0147 Heron", "CONFIRMED"; "" for none */
        bool heading;                 /* only its label; the cursor passes over it  */
        const struct chart_bar *bars; /* by from_ms */
        size_t bar_count;
        const char *brief; /* of the label, where there is no room for it; or NULL */
};

/* Where the rows come from; what is given is borrowed until the next call. */
struct chart_rows {
        size_t count;
        void (*row)(void *ctx, size_t i, struct chart_row *ret);
        void *ctx;
};

struct chart {
        int64_t from_ms; /* at the left edge */
        int zoom;        /* a step of chart_span_ms() */
        size_t at, top;  /* the row with the cursor, the first one shown */
        long bar;        /* of that row; -1: none */
};

/* ---- chart.c: what is looked at ---- */
#define CHART_ZOOMS 9 /* 6 hours to 12 weeks */
int64_t chart_span_ms(int zoom);
void chart_init(struct chart *ch, int64_t now_ms); /* two weeks, now at a quarter */
void chart_zoom(struct chart *ch, int by);         /* > 0: more time; the middle stays */
void chart_scroll(struct chart *ch, int by);       /* by quarters of what is shown     */
void chart_look_at(struct chart *ch, int64_t ms);  /* brings it to a quarter           */
void chart_move(struct chart *ch, const struct chart_rows *rows, long by);
/* To the next or previous bar of the row, which comes into sight; false: there is none. */
bool chart_step(struct chart *ch, const struct chart_rows *rows, int by);
/* Before a picture: the cursor on a row that there is, and in sight. */
void chart_settle(struct chart *ch, const struct chart_rows *rows, struct rect r);
/* "hard hold, Tue 24 Nov 08:00 to Thu 26 Nov 08:00 CET: DEP-0041" */
#define CHART_SAYS 200
void chart_bar_says(const struct chart_bar *bar, char out[CHART_SAYS]);

/* ---- chart_scale.c: instants as columns ---- */
struct chart_scale {
        int64_t from_ms, span_ms;
        int w; /* columns */
};
struct chart_tick {
        int x;
        char text[24];
        bool today;
};
#define CHART_TICKS_MAX 128
struct chart_ticks {
        struct chart_tick upper[CHART_TICKS_MAX], lower[CHART_TICKS_MAX];
        size_t upper_count, lower_count;
        char zone[20]; /* "CET", "CEST, CET" where it changes in sight */
};
int64_t chart_ms_at(const struct chart_scale *s, int x);
/* Columns that [from, until) covers, at least one; false: none in sight. */
bool chart_columns_of(const struct chart_scale *s, int64_t from_ms, int64_t until_ms, int *ret_x,
                      int *ret_end);
void chart_ticks_make(const struct chart_scale *s, int64_t now_ms, struct chart_ticks *ret);
void chart_day_text(int64_t ms, char out[24]); /* "Tue 24 Nov 08:00", local */

/* ---- chart_draw.c ---- */
struct chart_shape {
        struct rect heads, labels, time, legend;
        int sub; /* columns of the sub labels, at the right of the labels */
};
struct chart_shape chart_shape_of(struct rect r);
void chart_draw(const struct chart *ch, const struct chart_rows *rows, int64_t now_ms,
                struct canvas *c, struct rect r);
/* The row, and its bar or -1, that stand at a place; false: no row does. */
bool chart_hit(const struct chart *ch, const struct chart_rows *rows, struct rect r, int x, int y,
               size_t *ret_row, long *ret_bar);

/* ---- chart_linear.c ---- */
struct chart_words {
        const struct chart *ch;
        const struct chart_rows *rows;
        struct chart_shape shape;
        struct chart_scale scale;
};
void chart_draw_linear(const struct chart_words *w, struct canvas *c, struct rect r);

#endif
