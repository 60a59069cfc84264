/*
 * Where the console meets who synchronises: its news become notices, its wishes nudges. Remotes may
 * come while the console is open, so it is looked for them whenever others have written.
 */
#include <stdlib.h>

#include "app/console.h"
#include "store/remotes.h"
#include "sync/worker.h"
#include "ui/exchange.h"
#include "ui/ui.h"

#include "app_private.h"

struct loop_sync {
        struct app *app;
        struct ops *ops;
        struct ui *ui;
        struct worker *worker; /* NULL: there is no remote, or none may be talked to */
        bool failed;           /* it can't be started; not tried again */
};

/* NULL: the remotes may be talked to. */
static const char *why_not(const struct loop_sync *ls, const struct remote *list, size_t count)
{
        if (ls->ops->readonly || ls->app->readonly)
                return "this console is read-only";
        if (!count)
                return "there is no remote";
        for (size_t i = 0; ls->ops->exercise && i < count; i++)
                if (!http_url_is_loopback(list[i].url))
                        return "this is an exercise, and a remote is not on this machine";
        return NULL;
}

static enum rc start(struct loop_sync *ls, struct err *err)
{
        const struct ops_options ops = app_ops_options(ls->app, STORE_WRITE);

        return worker_start(&(struct worker_options){.ops = &ops}, &ls->worker, err);
}

void loop_sync_look(struct loop_sync *ls)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct remote *list = NULL;
        size_t count = 0;
        struct err err = {0};
        const char *why;

        if (ls->failed || remote_list(ls->ops->store, &a, &list, &count, NULL) != RC_OK)
                return;
        if (ls->worker) {
                worker_nudge(ls->worker);
                return;
        }
        why = why_not(ls, list, count);
        ui_link_runs(ls->ui, why);
        if (why || start(ls, &err) == RC_OK)
                return;
        ls->failed = true;
        ui_link_runs(ls->ui, "it could not be started");
        ui_notice(ls->ui, NOTICE_FAIL, "nothing is synchronised: %s", err.text);
}

struct loop_sync *loop_sync_start(struct app *app, struct ops *ops, struct ui *ui)
{
        struct loop_sync *ls = xcalloc(1, sizeof(*ls));

        *ls = (struct loop_sync){.app = app, .ops = ops, .ui = ui};
        loop_sync_look(ls);
        return ls;
}

void loop_sync_stop(struct loop_sync *ls)
{
        if (ls && ls->worker)
                worker_stop(ls->worker);
        free(ls);
}

int loop_sync_fd(const struct loop_sync *ls)
{
        return ls->worker ? worker_fd(ls->worker) : -1;
}

static enum link_state state_of(enum exchange_state state)
{
        switch (state) {
        case EXCHANGE_FINDING:
        case EXCHANGE_PULLING:
        case EXCHANGE_PUSHING: return LINK_BUSY;
        case EXCHANGE_OFFLINE: return LINK_OFFLINE;
        case EXCHANGE_REFUSED: return LINK_REFUSED;
        case EXCHANGE_RESTING:
        case EXCHANGE_WAITING: break;
        }
        return LINK_UP;
}

bool loop_sync_take(struct loop_sync *ls)
{
        struct worker_news n;
        bool wrote = false;

        while (ls->worker && worker_take(ls->worker, &n)) {
                ui_link_news(ls->ui, &(struct link_news){.remote = n.remote,
                                                         .state = state_of(n.state),
                                                         .synced_ms = n.synced_ms,
                                                         .coming = n.coming,
                                                         .next_ms = n.next_ms,
                                                         .error = n.error[0] ? n.error : NULL});
                wrote = wrote || n.wrote;
        }
        return wrote;
}

void loop_sync_wishes(struct loop_sync *ls)
{
        bool send = ui_wants_send(ls->ui), ask = ui_wants_sync(ls->ui);

        if (ls->worker && ask)
                worker_ask(ls->worker);
        else if (ls->worker && send)
                worker_nudge(ls->worker);
}
