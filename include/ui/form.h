/*
 * Forms: the fields of a kind table, one under the other, each saying what it takes and what it
 * understood. A wrong value is refused at the field in words. What was typed is saved as a draft
 * with every field left and every pause, survives a crash, and comes back when the same form is
 * opened.
 */
#ifndef MUSTER_UI_FORM_H
#define MUSTER_UI_FORM_H

#include "model/kind.h"
#include "ui/ui.h"

struct form {
        const char *title;  /* "New incident" */
        const char *submit; /* "Open the incident" */
        const char *note;   /* what must be known first: "nobody has acknowledged it"; or NULL */
        bool note_warns;    /* it is about what may go wrong                            */
        const char *draft;  /* key: "incident.new" */
        const struct kind *kind;
        const char *const *fields; /* names, NULL-terminated; NULL = all with FIELD_FORM */
        const struct thing *now;   /* values to start from, or NULL */
        /* Only fields that differ from `now`. RC_OK closes and drops the draft; else the sentence
         * is shown. */
        enum rc (*accept)(struct ui *ui, void *ctx, const struct ops_field *fields, size_t count,
                          struct err *err);
        /* What follows from what is typed so far, or why it would be refused; said below the
         * fields. malloc'ed; NULL: nothing. May be NULL. */
        char *(*follows)(struct ui *ui, void *ctx, const struct ops_field *fields, size_t count,
                         bool *ret_refused);
        void *ctx;
        void (*free_ctx)(void *ctx);
};
void form_open(struct ui *ui, const struct form *f);

#endif
