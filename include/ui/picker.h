/*
 * A picker: a line typed to search over a list of rows, of which Enter takes one. Palette, help and
 * messages are pickers over different rows.
 */
#ifndef MUSTER_UI_PICKER_H
#define MUSTER_UI_PICKER_H

#include "ui/ui.h"

#define PICKER_ROWS_MAX 400

struct picker_row {
        const char *group; /* heading above the first of a group, or NULL        */
        const char *text;  /* what it does, in words                             */
        const char *name;  /* muted: the command's name                          */
        const char *chord; /* accent: the key beside it, or ""                   */
        const char *match; /* what is searched; NULL = text                      */
        const char *why;   /* muted, behind .text as far as there is room; NULL: nothing */
        const char *more;  /* told whole below the list while it is chosen; or NULL */
        const char *words; /* typed whole, one of these makes it the first; NULL */
        const char *take;  /* handed to taken(); NULL: the row can't be taken    */
};

struct picker {
        const char *title;
        const char *sign; /* ":" or "?" */
        const char *initial;
        const char *hint; /* where nothing is typed; NULL: that Enter takes the marked line */
        const char
                *history; /* name of the list of lines typed before, which Up walks; NULL: none */
        const struct picker_row *rows; /* copied with their strings */
        size_t count;
        /* What Tab makes of the line, malloc'ed; it, or what it returns, NULL: Tab goes to the next
         * row. */
        char *(*complete)(const char *line);
        bool ranked;      /* what was typed: best match first; else in the order given */
        bool chord_first; /* the key stands at the left (help), else at the right (palette) */
        /* Enter. `typed` is the line; take the row's or NULL where none matches. The picker is gone
         * by then. */
        void (*taken)(struct ui *ui, const char *typed, const char *take);
};

void picker_open(struct ui *ui, const struct picker *p);

#endif
