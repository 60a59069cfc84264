/*
 * list outbox: what was made here and has not gone to a remote.
 */
#include <stdio.h>

#include "app_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "store/outbox.h"
#include "store/versions.h"

#define PAGE 500

static void add_json(struct json_t *list, const struct version *v)
{
        struct json_t *obj = json_new_obj();
        char stamp[STAMP_BYTES];

        json_set_text(obj, "id", v->id);
        if (v->modified_ns != CLOCK_NONE) {
                stamp_format(v->modified_ns / 1000000, stamp);
                json_set_text(obj, "modified", stamp);
        }
        stamp_format(v->received_ms, stamp);
        json_set_text(obj, "since", stamp);
        json_push(list, obj);
}

static void print_text(const struct version *v)
{
        char stamp[STAMP_BYTES];

        stamp_format_s(v->received_ms, stamp);
        printf("%s  ", stamp);
        print_cell(v->id, 0);
        printf("\n");
}

static enum rc walk(struct store *s, struct json_t *list, struct err *err)
{
        int64_t after = 0;
        size_t count = PAGE;
        enum rc rc = RC_OK;

        while (rc == RC_OK && count == PAGE) {
                struct version *rows = NULL;
                struct arena a;

                arena_init(&a);
                count = 0;
                rc = outbox_list(s, after, PAGE, &a, &rows, &count, err);
                for (size_t i = 0; rc == RC_OK && i < count; i++) {
                        after = rows[i].vid;
                        if (list)
                                add_json(list, &rows[i]);
                        else
                                print_text(&rows[i]);
                }
                arena_finish(&a);
        }
        return rc;
}

int list_outbox(struct app *app, const struct args *args)
{
        struct json_t *list = args_option(args, "--json") ? json_new_list() : NULL;
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc == RC_OK) {
                rc = walk(ops.store, list, &err);
                ops_close(&ops);
        }
        if (rc == RC_OK && list)
                print_json(json_share(list));
        json_free(list);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}
