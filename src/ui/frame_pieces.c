#include "ui/pieces.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

struct piece *frame_piece(struct pieces *ps, const char *text)
{
        struct piece *p = &ps->items[ps->count++];
        *p = (struct piece){.ink = ROLE_TEXT, .ground = ROLE_HEADER};
        snprintf(p->text, sizeof(p->text), "%s", text);
        return p;
}

void piece_shortens(struct piece *p, int rank, const char *text)
{
        p->briefs[p->brief_count].rank = rank;
        snprintf(p->briefs[p->brief_count++].text, BRIEF_BYTES, "%s", text);
}

int pieces_width(const struct pieces *ps, bool right)
{
        int width = 0;
        for (size_t i = 0; i < ps->count; i++)
                if (ps->items[i].right == right)
                        width +=
                                (width ? ps->items[i].gap : 0) + (int)text_width(ps->items[i].text);
        return width;
}

/* A piece that can be shorter is not lost before it is. */
static int rank_of(const struct piece *p)
{
        return p->brief_count ? p->briefs[0].rank : p->lost;
}

static void shorten(struct piece *p)
{
        memcpy(p->text, p->briefs[0].text, BRIEF_BYTES);
        p->brief_count--;
        memmove(&p->briefs[0], &p->briefs[1], p->brief_count * sizeof(p->briefs[0]));
}

/* The step of the greatest rank; false where none may be taken. */
static bool give_way(struct pieces *ps)
{
        size_t at = 0;
        for (size_t i = 1; i < ps->count; i++)
                if (rank_of(&ps->items[i]) > rank_of(&ps->items[at]))
                        at = i;
        if (!ps->count || !rank_of(&ps->items[at]))
                return false;
        if (ps->items[at].brief_count) {
                shorten(&ps->items[at]);
                return true;
        }
        ps->count--;
        memmove(&ps->items[at], &ps->items[at + 1], (ps->count - at) * sizeof(ps->items[0]));
        return true;
}

void pieces_fit(struct pieces *ps, int room, int between)
{
        while (pieces_width(ps, false) + between + pieces_width(ps, true) > room && give_way(ps))
                ;
}
