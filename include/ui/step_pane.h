/*
 * What is said of one step of a plan: what is to be done, by whom, until when; what it asks for and
 * gives; who signed; notes and evidence. Read once when the cursor comes to rest, painted as often
 * as needed. Commands are shown, and never run.
 */
#ifndef MUSTER_UI_STEP_PANE_H
#define MUSTER_UI_STEP_PANE_H

#include "play/plan.h"
#include "ui/canvas.h"

#define STEP_TEXT_MAX    16384 /* bytes shown of a text */
#define STEP_ENTRIES_MAX 50    /* notes, evidence, events: the newest */
#define STEP_ANSWERS_MAX 10
#define STEP_COPIES_MAX  10

enum step_block_kind {
        BLOCK_TITLE,   /* the name of the step; left out where it stands beside it */
        BLOCK_TEXT,    /* wrapped */
        BLOCK_COMMAND, /* wrapped, as it stands, on a ground of its own */
        BLOCK_FIELD,   /* .label .text */
        BLOCK_SECTION, /* .label, .right at the right end */
        BLOCK_ITEM,    /* .glyph .text, .right at the right end */
        BLOCK_ANSWER,  /* .label is the letter, .text the answer */
        BLOCK_AIR,     /* a blank row where there is room for it */
};
struct step_block {
        enum step_block_kind kind;
        enum glyph glyph;
        enum role ink;
        const char *label, *text, *right;
};

/* A way on that a person may choose. */
struct step_answer {
        int32_t chord;
        const char *value; /* of PLAY_ANSWER */
        const char *label;
};

/* What a key copies of a command: its text, with the headers and the body of a request. */
struct step_copy {
        const char *type; /* "bash" */
        const char *text;
};

struct step_pane {
        const struct plan_row *row; /* NULL: nothing is shown */
        struct step_block *blocks;
        size_t count, room;
        struct step_copy copies[STEP_COPIES_MAX]; /* its commands but those that are prose */
        size_t copy_count;
        struct step_answer answers[STEP_ANSWERS_MAX];
        size_t answer_count;
};

/* `run` NULL: dry. Everything lives in the arena, and borrows from plan and run. */
void step_pane_read(const struct run *run, const struct plan_row *row, int64_t now_ms,
                    struct arena *a, struct step_pane *ret);

struct step_pane_look {
        bool tight; /* few rows: the name and what is blank are left out */
        int skip;   /* rows from the top */
};
/* Gives back how many rows there are in all. */
int step_pane_draw(const struct step_pane *pane, const struct step_pane_look *look,
                   struct canvas *c, struct rect r);

#endif
