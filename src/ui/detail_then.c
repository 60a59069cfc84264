/*
 * The incident as it was known at a time: entries written later are gone, and so is what they say
 * of earlier ones. The acts and versions of that time come from ops_view().
 */
#include <string.h>

#include "base/clock.h"
#include "model/when.h"
#include "ui/detail_parts.h"

/* An act that names the entry in this detail, of those known then. */
static const struct act *act_on(const struct folded *f, const char *detail, const char *entry)
{
        for (size_t i = f->log_count; i-- > 0;) {
                const char *named = act_detail(f->log[i].act, detail);
                if (f->log[i].applied && named && strcmp(named, entry) == 0)
                        return f->log[i].act;
        }
        return NULL;
}

static const struct act *act_of(const struct folded *f, const char *id)
{
        for (size_t i = 0; i < f->log_count; i++)
                if (strcmp(f->log[i].act->id, id) == 0)
                        return f->log[i].act;
        return NULL;
}

/* What later entries say of this one. */
static void forget_remarks(const struct folded *f, struct thing *entry)
{
        static const char *const remarks[][2] = {{"corrects", "corrected_by"},
                                                 {"follows", "followed_by"},
                                                 {"reviews", "reviewed_by"}};
        for (size_t i = 0; i < ARRAY_LEN(remarks); i++) {
                const struct act *by = act_on(f, remarks[i][0], entry->id);
                thing_set(entry, remarks[i][1], by ? by->id : NULL);
        }
        const struct act *act = act_of(f, entry->id);
        const char *waits = act ? act_detail(act, "wants_review") : NULL;
        thing_set(entry, "awaiting", thing_text(entry, "reviewed_by") ? NULL : waits);
}

void detail_forget_later(struct detail_data *data)
{
        size_t kept = 0;
        for (size_t i = 0; i < data->log_count; i++) {
                if (thing_ms(&data->log[i].thing, "recorded") > data->at_ms)
                        continue;
                data->log[kept] = data->log[i];
                forget_remarks(&data->view.folded, &data->log[kept++].thing);
        }
        data->log_count = kept;
        data->log_total = (int64_t)kept;
}

struct rect detail_draw_then(const struct detail_draw *d, struct canvas *c, struct rect r)
{
        char when[WHEN_BYTES];
        struct look warn = {.ink = ROLE_WARN, .attr = ATTR_BOLD};
        if (d->data->at_ms == CLOCK_NONE)
                return r;
        when_show(d->data->at_ms, ui_now_ms(d->ui), when);
        canvas_printf(c, r.x, r.y, r.w, warn, "as it was known %s; @ shows it as it is now", when);
        return (struct rect){r.x, r.y + 1, r.w, r.h - 1};
}
