/*
 * remote list, remote remove.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "model/marking.h"
#include "model/when.h"
#include "store/gone.h"
#include "store/remotes.h"

#include "app_private.h"

static const char *const auth_names[] = {[REMOTE_OPEN] = "open",
                                         [REMOTE_TOKEN] = "token",
                                         [REMOTE_BASIC] = "password",
                                         [REMOTE_CERT] = "certificate"};

static void set_setup(struct json_t *obj, const struct remote *r)
{
        json_set_text(obj, "name", r->name);
        json_set_text(obj, "url", r->url);
        json_set_text(obj, "collection", r->collection);
        json_set_text(obj, "auth", auth_names[r->auth]);
        json_set_text(obj, "ceiling", enum_tlp.items[r->ceiling].id);
        json_set_text_or_null(obj, "default_marking",
                              r->default_marking < 0 ? NULL
                                                     : enum_tlp.items[r->default_marking].id);
}

/* In words and in seconds; null where it never said its time. */
static void set_clock(struct json_t *obj, const struct remote *r)
{
        char skew[WHEN_BYTES];
        bool known = r->ahead_ms != CLOCK_NONE;

        if (known)
                when_skew(r->ahead_ms, skew);
        json_set_text_or_null(obj, "clock", known ? skew : NULL);
        json_set(obj, "clock_ahead_s", known ? json_new_int(r->ahead_ms / 1000) : json_new_null());
}

static struct json_t *json_of_remote(struct store *s, const struct remote *r)
{
        struct json_t *obj = json_new_obj();

        set_setup(obj, r);
        json_set_text(obj, "state", remote_state_name(r, clock_now_ms()));
        json_set_text_or_null(obj, "root", r->root);
        json_set_bool(obj, "can_read", r->can_read);
        json_set_bool(obj, "can_write", r->can_write);
        json_set_bool(obj, "ordered", r->ordered);
        json_set_bool(obj, "incomplete", r->incomplete);
        json_set_bool(obj, "unsteady", r->unsteady);
        json_set_time_or_null(obj, "synced", r->synced_ms);
        json_set_time_or_null(obj, "tried", r->tried_ms);
        json_set_time_or_null(obj, "next_try", r->next_try_ms);
        json_set_int(obj, "failures", r->failures);
        json_set_text_or_null(obj, "error", r->error);
        set_clock(obj, r);
        json_set_int(obj, "gone", gone_count(s, r->id));
        json_set_int(obj, "sent", r->sent);
        json_set_int(obj, "received", r->received);
        json_set_int(obj, "refused", r->refused);
        json_set_int(obj, "pending", delivery_count(s, r));
        json_set_int(obj, "held", delivery_tally(s, r->id, DELIVERY_HELD));
        json_set_int(obj, "quarantined", delivery_tally(s, r->id, DELIVERY_QUARANTINED));
        return obj;
}

static void print_doubts(struct store *s, const struct remote *r)
{
        int64_t gone = gone_count(s, r->id);
        char skew[WHEN_BYTES];

        if (r->ahead_ms != CLOCK_NONE &&
            (r->ahead_ms >= CLOCK_OFF_MS || -r->ahead_ms >= CLOCK_OFF_MS)) {
                when_skew(r->ahead_ms, skew);
                printf("    its clock is %s of ours: what is done at once may stand in the wrong "
                       "order\n",
                       skew);
        }
        if (gone)
                printf("    %" PRId64 " that came from there are there no more: list gone\n", gone);
}

static void print_text(struct store *s, const struct remote *r)
{
        char stamp[STAMP_BYTES] = "-";

        if (r->synced_ms != CLOCK_NONE)
                stamp_format_s(r->synced_ms, stamp);
        print_cell(r->name, REMOTE_COLUMNS);
        printf("  %-7s  %-20s  %" PRId64 " to send, %" PRId64 " held, %" PRId64 " refused  ",
               remote_state_name(r, clock_now_ms()), stamp, delivery_count(s, r),
               delivery_tally(s, r->id, DELIVERY_HELD),
               delivery_tally(s, r->id, DELIVERY_QUARANTINED));
        printf("%s  ", tlp_name((enum tlp)r->ceiling));
        print_cell(r->collection, 0);
        printf(" at ");
        print_cell(r->url, 0);
        printf("\n");
        if (r->error) {
                printf("    ");
                print_cell(r->error, 0);
                printf("\n");
        }
        print_doubts(s, r);
}

int cmd_remote_list(struct app *app, const struct args *args)
{
        struct json_t *doc = args_option(args, "--json") ? json_new_list() : NULL;
        struct remote *list = NULL;
        size_t count = 0;
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc == RC_OK) {
                rc = remote_list(ops.store, &app->arena, &list, &count, &err);
                for (size_t i = 0; i < count; i++) {
                        if (doc)
                                json_push(doc, json_of_remote(ops.store, &list[i]));
                        else
                                print_text(ops.store, &list[i]);
                }
                ops_close(&ops);
        }
        if (rc == RC_OK && doc)
                print_json(json_share(doc));
        json_free(doc);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

int cmd_remote_remove(struct app *app, const struct args *args)
{
        struct remote r;
        int64_t waiting = 0;
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_WRITE, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = ops_need_lead(&ops, "remotes are", &err);
        if (rc == RC_OK)
                rc = remote_by_name(ops.store, args->words[0], &app->arena, &r, &err);
        if (rc == RC_OK) {
                waiting = delivery_count(ops.store, &r);
                rc = remote_drop(ops.store, r.id, &err);
        }
        ops_close(&ops);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        if (waiting)
                app_say("%s is removed; %" PRId64 " objects that waited for it did not go there",
                        r.name, waiting);
        else
                app_say("%s is removed", r.name);
        return DONE;
}
