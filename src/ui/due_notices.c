/*
 * Notices of what requests and deployments owe: an answer, a departure, a check-in, a report. Said
 * when the time for it is over and it was not done.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/machine.h"
#include "model/when.h"
#include "store/alike.h"
#include "ui_private.h"

/* "DEP-0004 is overdue: check-in due 20:04Z, Liaison at the ministry" */
static bool say(struct ui *ui, const struct row *row, size_t more)
{
        const struct field *what;
        const char *title = thing_text(&row->thing, row->thing.kind->title);
        char when[WHEN_BYTES], others[64] = "";
        int64_t ms = machine_due_ms(&row->thing, &what);
        if (!what || row->thing.revoked)
                return false;
        when_show(ms, ui_now_ms(ui), when);
        if (more)
                snprintf(others, sizeof(others), "; %zu more, see is:overdue", more);
        ui_notice(ui, NOTICE_WARN, "%s is overdue: %s %s%s%s%s", row->ref, what->label, when,
                  title ? ", " : "", title ? title : "", others);
        return true;
}

static bool say_kind(struct ui *ui, const struct kind *kind, int64_t from_ms, int64_t to_ms)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct store *store = ui->ops->store;
        int64_t *rids = NULL;
        size_t count = 0, all = 0;
        struct row row;
        return things_reached(store, kind, "due", from_ms, to_ms, 1, &a, &rids, &count, &all,
                              NULL) == RC_OK &&
               count && thing_by_rid(store, kind, rids[0], &a, &row, NULL) == RC_OK &&
               say(ui, &row, all - 1);
}

bool due_notices_say(struct ui *ui, int64_t from_ms, int64_t to_ms)
{
        bool requests = say_kind(ui, &kind_request, from_ms, to_ms);
        return say_kind(ui, &kind_deployment, from_ms, to_ms) || requests;
}
