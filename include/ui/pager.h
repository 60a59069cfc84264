/*
 * A document over the whole view: scrolled, searched, and written to a file. Its marking stands
 * above and below it at all times.
 */
#ifndef MUSTER_UI_PAGER_H
#define MUSTER_UI_PAGER_H

#include "ui/ui.h"

struct pager {
        const char *title; /* "Report on INC-0231" */
        int tlp;           /* enum tlp             */
        const char *text;
        const char *file; /* the name offered where it is written: "INC-0231.txt" */
        /* The document as a file of that name; malloc'ed. NULL: the text as it is. */
        char *(*content)(void *ctx, const char *file);
        void *ctx;
        void (*free_ctx)(void *ctx);
};
void pager_open(struct ui *ui, const struct pager *p); /* strings are copied */

#endif
