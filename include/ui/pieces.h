/*
 * The pieces of a row of the frame. Where they have no room, what matters least is said shorter or
 * falls away: each step has a rank, the greatest is taken first, and 0 never is.
 */
#ifndef MUSTER_UI_PIECES_H
#define MUSTER_UI_PIECES_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/role.h"

#define PIECES_MAX  16
#define PIECE_BYTES 200
#define BRIEF_BYTES 64
#define BRIEFS_MAX  2

struct piece {
        char text[PIECE_BYTES];
        struct {
                char text[BRIEF_BYTES];
                int rank;
        } briefs[BRIEFS_MAX]; /* what stands there instead, in turn */
        size_t brief_count;
        enum role ink, ground;
        unsigned attr;
        int gap;  /* blanks before it; after it on the right side */
        int lost; /* rank of the step that takes it out */
        bool right;
};

struct pieces {
        struct piece items[PIECES_MAX];
        size_t count;
};

struct piece *frame_piece(struct pieces *ps, const char *text); /* ink text, on the header */
void piece_shortens(struct piece *p, int rank, const char *text);
int pieces_width(const struct pieces *ps, bool right);
/* Takes steps until both sides with `between` them have `room`, or none is left. */
void pieces_fit(struct pieces *ps, int room, int between);

#endif
