#include "ui/columns.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define GAP        2
#define HEAD_MAX   40
#define BRIEF_HEAD 3 /* letters of a head that has no room: SEV */

static bool is_ref(const struct columns *cs, const struct column *col)
{
        return strcmp(cs->kind->fields[col->field].name, "ref") == 0;
}

static int width_of(const struct columns *cs, const struct column *col, int ref_width, bool narrow)
{
        if (is_ref(cs, col))
                return ref_width + 2;
        return narrow || !col->max ? col->min : col->max;
}

static int sum_widths(const struct columns *cs, const bool *in, int ref_width, bool narrow)
{
        int gap = narrow ? 1 : GAP, sum = 0;
        for (size_t i = 0; i < cs->count; i++)
                if (in[i])
                        sum += width_of(cs, &cs->items[i], ref_width, narrow) + (sum ? gap : 0);
        return sum;
}

/* Drops the column that is lost first; false when none may go. */
static bool drop_one(const struct columns *cs, bool *in)
{
        int worst = -1;
        for (size_t i = 0; i < cs->count; i++)
                if (in[i] && cs->items[i].lost > 0 &&
                    (worst < 0 || cs->items[i].lost > cs->items[worst].lost))
                        worst = (int)i;
        if (worst >= 0)
                in[worst] = false;
        return worst >= 0;
}

size_t columns_place(const struct columns *cs, int width, int ref_width, bool narrow,
                     struct column_place *ret)
{
        bool in[COLUMNS_MAX];
        for (size_t i = 0; i < cs->count; i++)
                in[i] = !cs->items[i].hidden;
        while (sum_widths(cs, in, ref_width, narrow) > width && drop_one(cs, in))
                ;
        int spare = width - sum_widths(cs, in, ref_width, narrow);
        int x = 0;
        size_t n = 0;
        for (size_t i = 0; i < cs->count; i++) {
                if (!in[i])
                        continue;
                const struct column *col = &cs->items[i];
                int w = width_of(cs, col, ref_width, narrow);
                if (!col->max && !is_ref(cs, col) && spare > 0)
                        w += spare;
                ret[n++] = (struct column_place){.column = col, .x = x, .w = w};
                x += w + (narrow ? 1 : GAP);
        }
        return n;
}

/* The last word alone where the whole has no room: CLOCK of NEXT CLOCK. */
static const char *head_for(const char *head, int room)
{
        const char *last = strrchr(head, ' ');
        bool fits = last && (int)text_width(head) > room && (int)text_width(last + 1) <= room;
        return fits ? last + 1 : head;
}

void columns_draw_heads(const struct columns *cs, const struct column_place *places, size_t count,
                        struct canvas *c, struct rect r, int sort_field, bool down)
{
        for (size_t i = 0; i < count; i++) {
                const struct column_place *p = &places[i];
                const struct field *f = &cs->kind->fields[p->column->field];
                bool sorted = p->column->field == sort_field;
                struct look look = {.ink = sorted ? ROLE_TEXT : ROLE_FAINT,
                                    .attr = sorted ? ATTR_BOLD : 0};
                char head[64];
                const char *sign = glyph_text(down ? GLYPH_MORE_DOWN : GLYPH_MORE_UP, c->ascii);
                int room = p->w - (sorted ? 1 + (int)text_width(sign) : 0);
                const char *word = head_for(f->head, room);
                int letters = (int)text_width(word) <= room ? HEAD_MAX : BRIEF_HEAD;
                snprintf(head, sizeof(head), "%.*s%s%s", letters, word, sorted ? " " : "",
                         sorted ? sign : "");
                if (p->column->right)
                        canvas_right(c, r.x + p->x + p->w, r.y, p->w, look, head);
                else
                        canvas_text(c, r.x + p->x, r.y, p->w, look, head);
        }
}

void columns_draw_row(const struct columns *cs, const struct row *row,
                      const struct column_place *places, size_t count,
                      const struct row_style *style, struct canvas *c, struct rect r)
{
        for (size_t i = 0; i < count; i++) {
                const struct column_place *p = &places[i];
                struct rect cell = {r.x + p->x, r.y, p->w, 1};
                field_draw(&cs->kind->fields[p->column->field], row, style, c, cell,
                           p->column->right);
                if (style->changed >> p->column->field & 1)
                        canvas_strengthen(c, cell);
        }
}
