#include "ui/playbooks_view.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "ui_private.h"

#define RUNNING "state:running,paused,waits"

/* ---- counts ---------------------------------------------------------------------------------- */

static enum rc count(const struct ops *ops, const char *filter, size_t *ret, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct filter_context ctx = {
                .kind = &kind_run, .values = {.words = ops->words, .now_ms = clock_now_ms()}};
        struct query *q = NULL;
        struct filter f;
        arena_init(&a);
        enum rc rc = filter_read(filter, &ctx, &a, &f, NULL, err);
        if (rc == RC_OK)
                rc = query_open(ops->store, &f, NULL, 0, &q, err);
        if (rc == RC_OK)
                rc = query_run(q, SIZE_MAX, err);
        if (rc == RC_OK)
                *ret = query_known(q);
        query_close(q);
        return rc;
}

enum rc playbooks_count(const struct view *v, struct playbooks_view *st, struct err *err)
{
        const struct ops *ops = ui_ops(v->ui);
        struct playbooks_counts counts = {0};
        char now[STAMP_BYTES];
        stamp_format(clock_now_ms(), now);
        AUTO_FREE char *late = xasprintf(RUNNING " due<%s", now);
        enum rc rc = count(ops, RUNNING, &counts.running, err);
        if (rc == RC_OK)
                rc = count(ops, late, &counts.late, err);
        if (rc == RC_OK)
                rc = count(ops, RUNNING " disputed>0", &counts.disputed, err);
        if (rc != RC_OK)
                return rc;
        st->counts = counts;
        st->uncounted = false;
        return RC_OK;
}

/* ---- which of them is shown ------------------------------------------------------------------ */

static int draw_face(struct canvas *c, int x, int y, const char *name, size_t n, bool active)
{
        struct look look =
                active ? LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD) : LOOK(.ink = ROLE_MUTED);
        int from = x;
        x += canvas_text(c, x, y, c->cols - x, look, name);
        if (n)
                x += canvas_printf(c, x, y, c->cols - x, LOOK(.ink = ROLE_FAINT), " %zu", n);
        return x - from;
}

/* Where a row is blank anyway; without one the keys say it. */
void playbooks_draw_faces(const struct view *v, const struct playbooks_view *st, struct canvas *c,
                          struct rect r)
{
        bool library = !v->ops->under, wide = st->things.layout != THINGS_ONE;
        int x = r.x + (wide ? 3 : 1), y = wide ? r.y : r.y + 1;
        if (ui_is_linear(v->ui) || r.h < 14 || (!wide && st->things.in_detail))
                return;
        x += draw_face(c, x, y, "Library", 0, library) + 3;
        x += draw_face(c, x, y, "Runs", st->counts.running, !library) + 3;
        canvas_text(c, x, y, c->cols - x, LOOK(.ink = ROLE_FAINT),
                    library ? "v runs" : "v library");
}
