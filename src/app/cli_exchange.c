/*
 * list gone, list peers: what the exchange has found out about servers and other consoles.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/json.h"
#include "model/when.h"
#include "store/gone.h"
#include "store/peers.h"
#include "store/query.h"

#include "app_private.h"

struct listing {
        struct app *app;
        struct ops *ops;
        struct json_t *list; /* NULL: text */
};

/* A thing by its reference and title, else by its id. */
static const char *name_of(struct ops *ops, const char *id, struct arena *a, const char **ret_title)
{
        struct row row;

        *ret_title = NULL;
        if (thing_by_id(ops->store, id, a, &row, NULL) != RC_OK)
                return NULL;
        *ret_title = thing_text(&row.thing, row.thing.kind->title);
        return row.ref;
}

static void add_gone(const struct listing *l, const struct remote *r, const struct gone *g)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct json_t *obj;
        const char *title, *ref = name_of(l->ops, g->id, &a, &title);
        char since[STAMP_BYTES];

        if (l->list) {
                obj = json_new_obj();
                json_set_text(obj, "remote", r->name);
                json_set_text(obj, "id", g->id);
                json_set_text_or_null(obj, "ref", ref);
                json_set_text_or_null(obj, "title", title);
                json_set_time_or_null(obj, "since", g->since_ms);
                json_push(l->list, obj);
                return;
        }
        stamp_format_s(g->since_ms, since);
        print_cell(r->name, REMOTE_COLUMNS);
        printf("  %s  ", since);
        print_cell(ref ? ref : g->id, ref ? 12 : 0);
        if (title) {
                printf("  ");
                print_cell(title, 0);
        }
        printf("\n");
}

static enum rc walk_gone(const struct listing *l, struct err *err)
{
        struct remote *remotes = NULL;
        size_t count = 0;
        struct arena *a = &l->app->arena;
        enum rc rc = remote_list(l->ops->store, a, &remotes, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                struct gone *list = NULL;
                size_t gone = 0;

                rc = gone_list(l->ops->store, remotes[i].id, SIZE_MAX, a, &list, &gone, err);
                for (size_t k = 0; k < gone; k++)
                        add_gone(l, &remotes[i], &list[k]);
        }
        return rc;
}

static void add_peer(const struct listing *l, const struct peer_clock *p)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char skew[WHEN_BYTES], seen[STAMP_BYTES];
        const char *unit;
        struct json_t *obj;

        name_of(l->ops, p->unit, &a, &unit);
        when_skew(p->ahead_ms, skew);
        if (l->list) {
                obj = json_new_obj();
                json_set_text(obj, "console", p->console);
                json_set_text(obj, "operator", p->operator);
                json_set_text(obj, "unit", p->unit);
                json_set_text_or_null(obj, "unit_name", unit);
                json_set_text(obj, "clock", skew);
                json_set_int(obj, "clock_ahead_s", p->ahead_ms / 1000);
                json_set_time_or_null(obj, "seen", p->seen_ms);
                json_push(l->list, obj);
                return;
        }
        stamp_format_s(p->seen_ms, seen);
        print_cell(p->operator, 12);
        printf("  ");
        print_cell(p->console, 16);
        printf("  at least %s  %s  ", skew, seen);
        print_cell(unit ? unit : p->unit, 0);
        printf("\n");
}

static enum rc walk_peers(const struct listing *l, struct err *err)
{
        struct peer_clock *list = NULL;
        size_t count = 0;
        enum rc rc = peer_clock_list(l->ops->store, 0, &l->app->arena, &list, &count, err);

        for (size_t i = 0; i < count; i++)
                add_peer(l, &list[i]);
        return rc;
}

static int list(struct app *app, const struct args *args,
                enum rc (*walk)(const struct listing *l, struct err *err))
{
        struct listing l = {.app = app};
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        l.ops = &ops;
        l.list = args_option(args, "--json") ? json_new_list() : NULL;
        rc = walk(&l, &err);
        ops_close(&ops);
        if (rc == RC_OK && l.list)
                print_json(json_share(l.list));
        json_free(l.list);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

int list_gone(struct app *app, const struct args *args)
{
        return list(app, args, walk_gone);
}

int list_peers(struct app *app, const struct args *args)
{
        return list(app, args, walk_peers);
}
