/*
 * What of a row is sent: the runs in which it differs from what was shown, with blanks settled: a
 * blank takes the look of what stands before it where nobody can tell, since each change of look is
 * bytes on a slow line.
 */
#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "ui_private.h"

#define REPLACEMENT 0xfffd
#define RUN_GAP     4 /* equal cells that are sent again rather than passed over by a move */

/* ---- blanks ---- */

static bool is_blank(const struct cell *cell)
{
        return cell->width == 1 && !cell->cp[1] && (!cell->cp[0] || cell->cp[0] == ' ');
}

static bool shows_on_blank(const struct theme *theme, struct look look)
{
        return theme_look(theme, look).attr & (ATTR_REVERSE | ATTR_UNDERLINE);
}

static bool same_on_blank(const struct theme *theme, struct look a, struct look b)
{
        return a.ground == b.ground && !shows_on_blank(theme, a) && !shows_on_blank(theme, b);
}

void row_settle_blanks(const struct theme *theme, struct cell *row, int cols)
{
        struct look asked = {0}, before = row[0].look;
        bool same = false, known = false;
        for (int x = 1; x < cols; x++) {
                struct look own = row[x].look;
                if (look_is(before, own))
                        continue;
                if (!is_blank(&row[x])) {
                        before = own;
                        known = false;
                        continue;
                }
                if (!known || !look_is(asked, own))
                        same = same_on_blank(theme, before, own);
                known = true;
                asked = own;
                if (same)
                        row[x].look = before;
                else
                        before = own;
                known = known && same;
        }
}

/* ---- runs ---- */

static bool differs(const struct cell *was, const struct cell *is, int x)
{
        return !was || memcmp(&was[x], &is[x], sizeof(*is)) != 0;
}

/* A run begins and ends between characters, in the old row as in the new one. */
static bool splits(const struct cell *was, const struct cell *is, int cols, int x)
{
        return x > 0 && x < cols && (is[x].width == 0 || (was && was[x].width == 0));
}

static int end_of_run(const struct cell *was, const struct cell *is, int cols, int x)
{
        int end = x, same = 0;
        for (; x < cols && same <= RUN_GAP; x++) {
                same = differs(was, is, x) ? 0 : same + 1;
                if (!same)
                        end = x + 1;
        }
        while (splits(was, is, cols, end))
                end++;
        return end;
}

bool row_next_run(const struct cell *was, const struct cell *is, int cols, int x, int *ret_from,
                  int *ret_end)
{
        while (x < cols && !differs(was, is, x))
                x++;
        if (x >= cols)
                return false;
        int from = x;
        while (splits(was, is, cols, from))
                from--;
        *ret_end = end_of_run(was, is, cols, x);
        *ret_from = from;
        return true;
}

int row_tail(const struct cell *row, int from, int cols)
{
        int x = cols;
        while (x > from && is_blank(&row[x - 1]) && look_is(row[x - 1].look, row[cols - 1].look))
                x--;
        return x;
}

/* ---- characters ---- */

/* What the C library thinks as wide as the canvas does is shown as it is; the rest as a sign for
 * it, so that columns never shift. True where it takes all the columns of its cell. */
bool cell_characters(const struct cell *cell, bool utf8, wchar_t out[4])
{
        uint32_t cp = cell->cp[0] ? cell->cp[0] : ' ';
        size_t n = 1;
        out[0] = (wchar_t)cp;
        bool fits = cp >= 0x20 && (utf8 || cp < 0x7f) && wcwidth((wchar_t)cp) == cell->width;
        if (!fits)
                out[0] = utf8 ? REPLACEMENT : '?';
        for (size_t i = 1; fits && i < ARRAY_LEN(cell->cp) && cell->cp[i]; i++)
                if (utf8 && wcwidth((wchar_t)cell->cp[i]) == 0)
                        out[n++] = (wchar_t)cell->cp[i];
        out[n] = L'\0';
        return fits;
}
