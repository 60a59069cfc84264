/*
 * A document over the whole view: scrolled, searched, and written to a file. Its marking stands
 * above and below it at all times.
 *
 * A document with places has a cursor on one of them, which j and k move; Enter leaves it for what
 * the place is about.
 */
#ifndef MUSTER_UI_PAGER_H
#define MUSTER_UI_PAGER_H

#include "ui/ui.h"

/* A line that can be opened: the rows of a view. */
struct pager_place {
        size_t at; /* its first byte in the text */
        const char *view, *filter;
};

struct pager {
        const char *title; /* "Report on INC-0231" */
        int tlp;           /* enum tlp             */
        const char *text;
        bool is_marked;   /* the text says its marking itself, on top and at the end */
        const char *file; /* the name offered where it is written: "INC-0231.txt" */
        /* The document as a file of that name, marked; malloc'ed. NULL: the title and the text,
         * with its marking on top and at the end. */
        char *(*content)(void *ctx, const char *file);
        void *ctx;
        void (*free_ctx)(void *ctx);
        const struct pager_place *places; /* in the order of the text; NULL: there are none */
        size_t place_count;
        /* Makes the document while no key waits: true while some is left. At its end it has called
         * pager_fill. NULL: it is there. */
        bool (*work)(void *ctx, struct overlay *o, bool (*pending)(void *ctx), void *pending_ctx);
        /* Enter takes in what the document tells of: once it is gone. NULL: Enter scrolls. */
        void (*accepted)(struct ui *ui, void *ctx);
};
void pager_open(struct ui *ui, const struct pager *p); /* strings and places are copied */
/* What `work` has made: marking and text. */
void pager_fill(struct overlay *o, int tlp, const char *text);

#endif
