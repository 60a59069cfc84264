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

/* One that may go is made narrower first; one that never goes has its room wherever there is any.
 */
static int least_of(const struct columns *cs, const struct column *col, int ref_width, bool narrow)
{
        if (is_ref(cs, col))
                return ref_width + 2;
        return narrow || col->lost || !col->max ? col->min : col->max;
}

static int sum_least(const struct columns *cs, const bool *in, int ref_width, bool narrow)
{
        int gap = narrow ? 1 : GAP, sum = 0;
        for (size_t i = 0; i < cs->count; i++)
                if (in[i])
                        sum += least_of(cs, &cs->items[i], ref_width, narrow) + (sum ? gap : 0);
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

static struct column_place *open_one(const struct columns *cs, struct column_place *places,
                                     size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (!places[i].column->max && !is_ref(cs, places[i].column))
                        return &places[i];
        return NULL;
}

/* Of those that could still be wider the one that is lost last. */
static struct column_place *next_to_widen(struct column_place *places, size_t count)
{
        struct column_place *best = NULL;
        for (size_t i = 0; i < count; i++)
                if (places[i].w < places[i].column->max &&
                    (!best || places[i].column->lost < best->column->lost))
                        best = &places[i];
        return best;
}

/* What is left: half of it widens the open column, half the others up to their most; when narrow
 * all of it the open one. */
static void share_spare(const struct columns *cs, struct column_place *places, size_t count,
                        int spare, bool narrow)
{
        struct column_place *open = open_one(cs, places, count), *other;
        for (bool to_open = true; spare > 0; spare--, to_open = !to_open) {
                other = open && (to_open || narrow) ? NULL : next_to_widen(places, count);
                if (other)
                        other->w++;
                else if (open)
                        open->w++;
        }
}

size_t columns_place(const struct columns *cs, int width, int ref_width, bool narrow,
                     struct column_place *ret)
{
        bool in[COLUMNS_MAX];
        int x = 0;
        size_t n = 0;
        for (size_t i = 0; i < cs->count; i++)
                in[i] = !cs->items[i].hidden;
        while (sum_least(cs, in, ref_width, narrow) > width && drop_one(cs, in))
                ;
        for (size_t i = 0; i < cs->count; i++)
                if (in[i])
                        ret[n++] = (struct column_place){
                                .column = &cs->items[i],
                                .w = least_of(cs, &cs->items[i], ref_width, narrow)};
        share_spare(cs, ret, n, width - sum_least(cs, in, ref_width, narrow), narrow);
        for (size_t i = 0; i < n; i++) {
                ret[i].x = x;
                x += ret[i].w + (narrow ? 1 : GAP);
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
