#include "ui/countdown.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "ui/glyph.h"

#define MINUTE_MS 60000ll
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)
#define LATE      " late"

/* A minute that has begun to run out is over: 00:00 stands only where less than one is left. */
void countdown_read(int64_t due_ms, int64_t now_ms, struct countdown *ret)
{
        int64_t left = due_ms - now_ms, span = left < 0 ? -left : left;
        const char *sign = left < 0 ? "+" : "";

        *ret = (struct countdown){.look = {.ink = ROLE_TEXT}};
        ret->is_late = left < 0;
        ret->is_short = left >= 0 && left < COUNTDOWN_SHORT_MS;
        if (ret->is_late)
                ret->look = (struct look){.ink = ROLE_ALARM, .attr = ATTR_BOLD};
        else if (ret->is_short)
                ret->look = (struct look){.ink = ROLE_WARN, .attr = ATTR_BOLD};
        else if (left > DAY_MS)
                ret->look.ink = ROLE_FAINT;
        if (span < 48 * HOUR_MS)
                snprintf(ret->text, sizeof(ret->text), "%s%02d:%02d", sign, (int)(span / HOUR_MS),
                         (int)(span / MINUTE_MS % 60));
        else
                snprintf(ret->text, sizeof(ret->text), "%s%dd %02dh", sign, (int)(span / DAY_MS),
                         (int)(span / HOUR_MS % 24));
}

void countdown_draw(int64_t due_ms, int64_t now_ms, bool faint, struct canvas *c, struct rect cell)
{
        struct countdown left;
        int w;

        if (due_ms == CLOCK_NONE) {
                canvas_right(c, cell.x + cell.w, cell.y, cell.w, (struct look){.ink = ROLE_FAINT},
                             "-");
                return;
        }
        countdown_read(due_ms, now_ms, &left);
        if (faint)
                left.look = (struct look){.ink = ROLE_FAINT};
        w = (int)text_width(left.text);
        bool word = left.is_late && w + (int)strlen(LATE) <= cell.w;
        int end = cell.x + cell.w;
        if (word)
                end -= canvas_right(c, end, cell.y, (int)strlen(LATE), left.look, LATE);
        canvas_right(c, end, cell.y, cell.w, left.look, left.text);
        if ((left.is_short || left.is_late) && !word && w + 2 <= cell.w)
                canvas_glyph(c, cell.x + cell.w - w - 2, cell.y, left.look, GLYPH_SHORT);
}
