#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/marking.h"

#include "report_private.h"

struct report_section *section_add(struct reading *r, const char *key, const char *title,
                                   const char *none)
{
        struct report_section *s = &r->report->sections[r->report->section_count++];

        *s = (struct report_section){.key = key, .title = title, .none = none};
        return s;
}

static const char *cleaned(struct reading *r, const char *text)
{
        AUTO_FREE char *clean = text ? text_clean(text, strlen(text), true) : NULL;

        return arena_strdup(r->a, clean);
}

/* Room grows by doubling, at powers of two. */
struct report_item *item_add(struct reading *r, struct report_section *s, const char *label,
                             const char *text)
{
        if ((s->count & (s->count - 1)) == 0) {
                struct report_item *more = arena_array(r->a, 2 * s->count + 1, sizeof(*more));

                if (s->count)
                        memcpy(more, s->items, s->count * sizeof(*more));
                s->items = more;
        }
        s->items[s->count] =
                (struct report_item){.label = cleaned(r, label), .text = cleaned(r, text)};
        return &s->items[s->count++];
}

bool reading_may_tell(struct reading *r, int tlp, const char *name)
{
        int ceiling = r->ctx->ceiling;

        if (tlp < 0)
                tlp = (int)r->report->marking;
        if (ceiling >= 0 && tlp > ceiling) {
                item_add(r, r->left_out, tlp_name((enum tlp)tlp), name);
                return false;
        }
        r->report->marking = tlp_strictest(r->report->marking, (enum tlp)tlp);
        return true;
}

const char *reading_stamp(struct reading *r, int64_t ms)
{
        char stamp[STAMP_BYTES];

        if (ms == CLOCK_NONE)
                return "undated";
        stamp_format_s(ms, stamp);
        return arena_strdup(r->a, stamp);
}
