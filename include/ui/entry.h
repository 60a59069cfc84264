/*
 * What an entry of the log is besides what it says: corrected, waiting to be read by another
 * person, of note. One table for the list, the pane below it, the timeline, and the words of linear
 * mode.
 */
#ifndef MUSTER_UI_ENTRY_H
#define MUSTER_UI_ENTRY_H

#include "store/things.h"
#include "ui/canvas.h"
#include "ui/columns.h"

struct entry_mark {
        const char *field; /* it is so where this one has a value that is not "no" */
        enum glyph glyph;
        struct look look;
        const char *brief; /* "corrected": in a line of text                    */
        const char *whole; /* "awaits review by another person": explains the sign */
};

enum { ENTRY_CORRECTED, ENTRY_AWAITING, ENTRY_SIGNIFICANT };
/* By those names, in the order of what counts most: the first one that holds stands as the sign.
 * NULL: no more. */
const struct entry_mark *entry_mark_at(size_t i);
bool entry_has(const struct thing *entry, const struct entry_mark *mark);
bool entry_is_corrected(const struct thing *entry);
/* The sign before its words; NULL: none. */
const struct entry_mark *entry_sign(const struct thing *entry);

/* enum tlp of an entry that is marked stricter than what it stands under, so that nobody reads it
 * out as if it were not; -1: it is not. */
int entry_stricter(const struct thing *entry, int tlp);
/* The same in a list, where it stands under what it is about. */
int entry_listed_marking(const struct thing *entry, const struct row_style *style);
/* TLP:RED and a blank, in its colour; returns the columns used. */
int entry_draw_marking(int tlp, struct canvas *c, int x, int y, int w);

/* "General log" of an entry that belongs to no incident, or NULL: which log it is in. */
const char *entry_log(const struct thing *entry, const struct row_style *style);

/* Sign and words of an entry in one row. */
void entry_draw_text(const struct row *row, const struct row_style *style, struct canvas *c,
                     struct rect cell);

/* "petrov 11:54Z": how an entry is named, shorter to read than its reference. */
const char *entry_name(const struct thing *entry, int64_t now_ms, struct arena *a);

#endif
