/*
 * Overlays that ask: a line (filter, note, text of a command), a choice by letter, a yes or no; and
 * the palette and help. Every callback runs after the overlay is gone, so it may open the next one.
 * ctx is passed through and never freed here unless free_ctx is given.
 */
#ifndef MUSTER_UI_PROMPT_H
#define MUSTER_UI_PROMPT_H

#include "ui/chord.h"
#include "ui/ui.h"

/* A line being typed: cursor by cluster, word moves, ^U ^W, history by Up/Down. Used by prompt and
 * form. */
#define LINE_BYTES 4096
struct line_edit {
        char text[LINE_BYTES];
        size_t len, at; /* bytes */
        int scroll;     /* columns hidden at the left */
};
void line_set(struct line_edit *l, const char *text);
bool line_chord(struct line_edit *l, int32_t chord); /* false: not an editing key */
void line_insert(struct line_edit *l, const char *text);
void line_draw(const struct line_edit *l, struct canvas *c, struct rect r, struct look look,
               bool current);

struct prompt {
        const char *sign; /* "/" ":" or a word such as "note" */
        const char *hint; /* faint text while empty */
        const char *initial;
        const char *history; /* name of its history list, or NULL */
        const char *draft;   /* key of its draft (store/outbox.h), or NULL: nothing is kept */
        /* While typing: NULL-able. ret_right: what stands at the right end ("14 of 231"); error
         * under the text. */
        void (*changed)(struct ui *ui, void *ctx, const char *text, char *ret_right,
                        size_t right_size, struct err *ret_error);
        /* Where the word begins that a completion at `at` replaces; NULL: the whole line does. */
        size_t (*word)(const char *text, size_t at);
        /* Completions for what stands before `at`. */
        size_t (*complete)(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                           const char **ret, size_t max);
        /* Enter. RC_OK closes; else the sentence is shown and the text stays. */
        enum rc (*accept)(struct ui *ui, void *ctx, const char *text, struct err *err);
        void (*cancel)(struct ui *ui, void *ctx);
        void *ctx;
        void (*free_ctx)(void *ctx);
};
void prompt_open(struct ui *ui, const struct prompt *p); /* strings are copied */

/* A choice: one key each, the letter beside it. */
struct choice {
        int32_t chord; /* 'c' */
        const char *label;
        const char *note; /* muted, or NULL */
        struct look look; /* of the label where it is the current value */
        enum glyph glyph; /* GLYPH_COUNT = none */
        bool current;
        const char *value;
};
struct menu {
        const char *title; /* "Severity of INC-0224" */
        const struct choice *choices;
        size_t count;
        void (*picked)(struct ui *ui, void *ctx, const char *value);
        void *ctx;
        void (*free_ctx)(void *ctx);
};
void menu_open(struct ui *ui, const struct menu *m); /* copied */

/* Yes or no. The safe answer is the default. */
struct confirm {
        const char *question; /* "Close 12 incidents?" */
        const char *consequence;
        const char *yes; /* "Close 12" */
        void (*confirmed)(struct ui *ui, void *ctx);
        void *ctx;
        void (*free_ctx)(void *ctx);
};
void confirm_open(struct ui *ui, const struct confirm *c);

void palette_open(struct ui *ui,
                  const char *initial); /* ":" every action by name, fuzzy, with its key */
void help_open(struct ui *ui);          /* "?" keys here; typed to search, Enter runs the line */
void messages_open(struct ui *ui);

#endif
