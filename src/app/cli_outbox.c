/*
 * list outbox: what was made here and has not gone to every remote, and why. list quarantine: what
 * a remote refused. outbox retry, outbox drop: what a person decides about it.
 */
#include <inttypes.h>
#include <stdio.h>

#include "app_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "ops/outbox.h"
#include "store/outbox.h"
#include "store/remotes.h"
#include "store/things.h"
#include "store/versions.h"

#define PAGE 500

/* A version on its way to a remote; remote NULL: there is none yet. */
struct entry {
        const char *remote, *state, *id, *why;
        int64_t modified_ns, since_ms, tries;
};

/* Where entries go: JSON, or text where `list` is NULL. */
struct listing {
        struct store *s;
        struct json_t *list;
        bool refused_only;
};

/* What goes out may be no thing: a definition, a marking. Then both are null. */
static void add_thing(struct json_t *obj, struct store *s, const char *id)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;
        bool held = thing_by_id(s, id, &a, &row, NULL) == RC_OK;

        json_set_text_or_null(obj, "ref", held ? row.ref : NULL);
        json_set_text_or_null(obj, "kind", held ? row.thing.kind->name : NULL);
}

static void add_json(const struct listing *l, const struct entry *e)
{
        struct json_t *obj = json_new_obj();
        char stamp[STAMP_BYTES];

        json_set_text(obj, "id", e->id);
        add_thing(obj, l->s, e->id);
        if (e->modified_ns != CLOCK_NONE) {
                stamp_format(e->modified_ns / 1000000, stamp);
                json_set_text(obj, "modified", stamp);
        }
        stamp_format(e->since_ms, stamp);
        json_set_text(obj, "since", stamp);
        json_set_text_or_null(obj, "remote", e->remote);
        json_set_text(obj, "state", e->state);
        json_set_text_or_null(obj, "why", e->why);
        json_set_int(obj, "tries", e->tries);
        json_push(l->list, obj);
}

static void print_text(const struct entry *e)
{
        char stamp[STAMP_BYTES];

        stamp_format_s(e->since_ms, stamp);
        printf("%s  ", stamp);
        if (e->remote) {
                print_cell(e->remote, REMOTE_COLUMNS);
                printf("  %-11s  ", e->state);
        }
        print_cell(e->id, 0);
        if (e->why && *e->why) {
                printf("  ");
                print_cell(e->why, 0);
        }
        printf("\n");
}

static void add(const struct listing *l, const struct entry *e)
{
        if (l->list)
                add_json(l, e);
        else
                print_text(e);
}

static void add_version(const struct listing *l, const struct remote *r, const struct version *v)
{
        add(l, &(struct entry){.remote = r ? r->name : NULL,
                               .state = "waiting",
                               .id = v->id,
                               .modified_ns = v->modified_ns,
                               .since_ms = v->received_ms});
}

/* ---- waiting ------------------------------------------------------------------------------- */

/* The next page of what waits behind a version. Without a remote everything waits for the first. */
static enum rc next_page(const struct listing *l, const struct remote *r, int64_t after,
                         struct arena *a, struct version **ret, size_t *ret_count, struct err *err)
{
        struct remote cursor;

        if (!r)
                return outbox_list(l->s, after, PAGE, a, ret, ret_count, err);
        cursor = *r;
        cursor.sent_vid = after;
        return delivery_waiting(l->s, &cursor, PAGE, a, ret, ret_count, err);
}

static enum rc walk_waiting(const struct listing *l, const struct remote *r, struct err *err)
{
        int64_t after = r ? r->sent_vid : 0;
        size_t count = PAGE;
        enum rc rc = RC_OK;

        while (rc == RC_OK && count == PAGE) {
                CLEANUP(arena_finish) struct arena a = {0};
                struct version *rows = NULL;

                count = 0;
                rc = next_page(l, r, after, &a, &rows, &count, err);
                for (size_t i = 0; rc == RC_OK && i < count; i++) {
                        after = rows[i].vid;
                        add_version(l, r, &rows[i]);
                }
        }
        return rc;
}

static enum rc walk_again(const struct listing *l, const struct remote *r, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct version *rows = NULL;
        size_t count = 0;
        enum rc rc = delivery_again(l->s, r, DELIVERIES_MAX, &a, &rows, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                add_version(l, r, &rows[i]);
        return rc;
}

/* ---- held back, refused -------------------------------------------------------------------- */

static enum rc add_delivery(const struct listing *l, const struct remote *r,
                            const struct delivery *d, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct version v;
        enum rc rc = version_by_vid(l->s, d->vid, &a, &v, err);

        if (rc == RC_OK)
                add(l, &(struct entry){.remote = r->name,
                                       .state = delivery_state_name(d->state),
                                       .id = d->object,
                                       .why = d->why,
                                       .modified_ns = v.modified_ns,
                                       .since_ms = d->at_ms,
                                       .tries = d->tries});
        return rc;
}

static enum rc walk_deliveries(const struct listing *l, const struct remote *r, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct delivery *rows = NULL;
        size_t count = 0;
        enum rc rc = delivery_list(l->s, r->id, l->refused_only ? DELIVERY_QUARANTINED : -1, &a,
                                   &rows, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                if (rows[i].state != DELIVERY_DROPPED)
                        rc = add_delivery(l, r, &rows[i], err);
        return rc;
}

static enum rc walk_remote(const struct listing *l, const struct remote *r, struct err *err)
{
        enum rc rc = walk_deliveries(l, r, err);

        if (rc == RC_OK && !l->refused_only)
                rc = walk_again(l, r, err);
        if (rc == RC_OK && !l->refused_only)
                rc = walk_waiting(l, r, err);
        return rc;
}

static enum rc walk(const struct listing *l, struct arena *a, struct err *err)
{
        struct remote *remotes = NULL;
        size_t count = 0;
        enum rc rc = remote_list(l->s, a, &remotes, &count, err);

        if (rc == RC_OK && count == 0 && !l->refused_only)
                rc = walk_waiting(l, NULL, err);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = walk_remote(l, &remotes[i], err);
        return rc;
}

static int list(struct app *app, const struct args *args, bool refused_only)
{
        struct listing l = {.refused_only = refused_only};
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        l.s = ops.store;
        l.list = args_option(args, "--json") ? json_new_list() : NULL;
        rc = walk(&l, &app->arena, &err);
        ops_close(&ops);
        if (rc == RC_OK && l.list)
                print_json(json_share(l.list));
        json_free(l.list);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

int list_outbox(struct app *app, const struct args *args)
{
        return list(app, args, false);
}

int list_quarantine(struct app *app, const struct args *args)
{
        return list(app, args, true);
}

/* ---- deciding ------------------------------------------------------------------------------ */

static int decide(struct app *app, const struct args *args, bool drop)
{
        const char *id = NULL;
        int64_t count = 0;
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_WRITE, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = ops_resolve(&ops, args->words[0], &app->arena, &id, &err);
        if (rc == RC_OK && drop)
                rc = ops_outbox_drop(&ops, id, REMOTES_ALL, args_option(args, "--reason"), &count,
                                     &err);
        else if (rc == RC_OK)
                rc = ops_outbox_retry(&ops, id, REMOTES_ALL, &count, &err);
        ops_close(&ops);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        app_say("%" PRId64 " of %s %s", count, id, drop ? "will not go out" : "will go out again");
        return DONE;
}

int cmd_outbox_retry(struct app *app, const struct args *args)
{
        return decide(app, args, false);
}

int cmd_outbox_drop(struct app *app, const struct args *args)
{
        return decide(app, args, true);
}
