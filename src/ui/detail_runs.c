/*
 * The tab Playbooks of an incident: the runs on it, how far each is, what is to be done in it.
 */
#include "base/clock.h"
#include "ui/detail_parts.h"

const struct row *detail_first_run(const struct detail_data *data)
{
        return data->run_count ? &data->runs[0] : NULL;
}

static const char *text_of(const struct row *row, const char *field)
{
        const char *text = thing_text(&row->thing, field);
        return text ? text : "";
}

static enum glyph sign_of(int state, enum role *ret_ink)
{
        switch (state) {
        case RUN_DONE: *ret_ink = ROLE_OK; return GLYPH_DONE;
        case RUN_FAILED: *ret_ink = ROLE_WARN; return GLYPH_FAILS;
        case RUN_CANCELLED: *ret_ink = ROLE_MUTED; return GLYPH_SKIPPED;
        case RUN_PAUSED:
        case RUN_WAITS: *ret_ink = ROLE_WARN; return GLYPH_TODO;
        default: *ret_ink = ROLE_ACCENT; return GLYPH_UNDERWAY;
        }
}

static struct detail_pair pair_of(const struct row *row, struct arena *a)
{
        struct detail_pair pair = {.ref = row->ref,
                                   .title = text_of(row, "title"),
                                   .due_ms = thing_ms(&row->thing, "due"),
                                   .ended_ms = thing_ms(&row->thing, "ended")};
        const char *now = text_of(row, "now"), *owner = text_of(row, "owner");
        pair.sign = sign_of(thing_rank(&row->thing, "state"), &pair.ink);
        pair.line = arena_printf(a, "%s, %s of %s steps done%s%s%s%s", text_of(row, "state"),
                                 text_of(row, "done"), text_of(row, "steps"), *now ? ", now " : "",
                                 now, *owner ? ", led by " : "", owner);
        return pair;
}

struct detail_extent detail_draw_runs(const struct detail_draw *d, struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        size_t count = d->data->run_count;
        struct detail_pair *pairs = arena_array(&a, count + 1, sizeof(*pairs));
        for (size_t i = 0; i < count; i++)
                pairs[i] = pair_of(&d->data->runs[i], &a);
        const char *hint =
                count ? arena_printf(&a, "Enter opens %s, p starts another playbook", pairs[0].ref)
                      : "";
        return detail_draw_pairs(d, pairs, count, hint, c, r);
}
