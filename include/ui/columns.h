/*
 * Columns of a list: which fit, how wide, and how a field of a row is painted. Stateless.
 */
#ifndef MUSTER_UI_COLUMNS_H
#define MUSTER_UI_COLUMNS_H

#include "store/things.h"
#include "ui/canvas.h"

struct words;

#define COLUMNS_MAX 16

struct column {
        int field;    /* index in the kind                                      */
        int lost;     /* when narrow the highest number goes first; 0 never goes */
        int min, max; /* columns; max 0 = what is left                           */
        bool right;   /* right-aligned                                           */
        bool hidden;  /* by choice                                               */
};

struct columns {
        const struct kind *kind;
        struct column items[COLUMNS_MAX];
        bool ages; /* times as "14 min" ago instead of "13:03Z" */
        size_t count;
};

struct column_place {
        const struct column *column;
        int x, w; /* x from the left edge of the row */
};

/* Short references of things that rows name by id. */
struct ref_name {
        const char *id, *ref;
        const char *title; /* said behind the reference of a single one; or NULL */
        int tlp;           /* enum tlp of the thing; -1: none */
        bool revoked;
};

/* What a row is painted with, beside its values. */
struct row_style {
        const struct ref_name *names;
        size_t name_count;
        const struct words *words;
        const char *me;
        int usual_tlp; /* what an entry that is about nothing is compared with */
        int64_t now_ms;
        bool narrow;
        bool ages;
        bool current, marked;
        bool strong;      /* new or changed lately */
        bool faint;       /* kept though it no longer matches */
        uint64_t changed; /* fields whose values others changed lately */
};

/* Places the columns into `width`; gives back how many fit. ret has room for COLUMNS_MAX. */
size_t columns_place(const struct columns *cs, int width, int ref_width, bool narrow,
                     struct column_place *ret);
void columns_draw_heads(const struct columns *cs, const struct column_place *places, size_t count,
                        struct canvas *c, struct rect r, int sort_field, bool down);
void columns_draw_row(const struct columns *cs, const struct row *row,
                      const struct column_place *places, size_t count,
                      const struct row_style *style, struct canvas *c, struct rect r);

/* One field as a list shows it: glyph and word, pip and word, time, labels. Used by details too. */
void field_draw(const struct field *field, const struct row *row, const struct row_style *style,
                struct canvas *c, struct rect cell, bool right);
/* The same as text, for one-line summaries. In the arena; "" when not set. */
const char *field_text(const struct field *field, const struct row *row,
                       const struct row_style *style, struct arena *a);
/* One of those that are named; one turn, one override of a rota: with the name of who is meant. */
const char *field_item_text(const struct field *field, const char *item,
                            const struct row_style *style, struct arena *a);
/* It waits for somebody here to take note of it: what is parked does not. */
bool row_waits(const struct row *row, int64_t now_ms);
/* What is due is past. */
bool field_is_late(const struct field *field, const struct row *row, int64_t now_ms);
enum role severity_role(int severity);
enum glyph severity_glyph(int severity);
enum role tlp_role(int tlp);

#endif
