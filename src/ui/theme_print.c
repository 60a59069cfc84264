/*
 * A canvas as the colours of a theme, for tests of the themes: per row the runs that look the same.
 */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ui/canvas.h"
#include "ui/theme.h"

static bool same_color(const struct theme_color *a, const struct theme_color *b)
{
        return a->rgb == b->rgb && a->index == b->index;
}

static bool same_paint(const struct theme_paint *a, const struct theme_paint *b)
{
        return a->attr == b->attr && same_color(&a->ink, &b->ink) &&
               same_color(&a->ground, &b->ground);
}

static void print_color(const struct theme_color *color, struct str *out)
{
        if (color->index < 0)
                str_add(out, "default");
        else
                str_addf(out, "#%06x %d", (unsigned)color->rgb, color->index);
}

static void print_run(const struct theme_paint *p, int from, int to, struct str *out)
{
        static const char *const attrs[] = {"bold", "underline", "reverse", "dim"};
        str_addf(out, "  %d-%d ", from, to);
        print_color(&p->ink, out);
        str_add(out, " on ");
        print_color(&p->ground, out);
        for (size_t i = 0; i < ARRAY_LEN(attrs); i++)
                if (p->attr & (1 << i))
                        str_addf(out, " %s", attrs[i]);
        str_addc(out, '\n');
}

void theme_print(const struct theme *theme, const struct canvas *c, struct str *out)
{
        for (int y = 0; y < c->rows; y++) {
                str_addf(out, "row %d\n", y);
                for (int x = 0; x < c->cols;) {
                        struct theme_paint first = theme_look(theme, canvas_at(c, x, y)->look);
                        int end = x + 1;
                        for (; end < c->cols; end++) {
                                struct theme_paint p =
                                        theme_look(theme, canvas_at(c, end, y)->look);
                                if (!same_paint(&first, &p))
                                        break;
                        }
                        print_run(&first, x, end - 1, out);
                        x = end;
                }
        }
}
