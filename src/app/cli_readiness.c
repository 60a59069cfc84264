/*
 * Who is left, and where there is nobody: on standard output.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "ops/find.h"
#include "ops/readiness.h"
#include "report/readiness.h"
#include "report/report.h"

#include "app_private.h"

#define WITHOUT_MAX 32

struct without {
        const char *ids[WITHOUT_MAX];
        size_t count;
        const char *names; /* NULL: nothing */
};

/* References with commas between. */
static enum rc read_without(struct app *app, struct ops *ops, const char *typed,
                            struct without *ret, struct err *err)
{
        enum rc rc = RC_OK;

        *ret = (struct without){.names = typed};
        while (typed && *typed && rc == RC_OK) {
                size_t len = strcspn(typed, ",");

                if (ret->count == WITHOUT_MAX)
                        return err_set(err, RC_INVALID, "--without takes at most %d", WITHOUT_MAX);
                rc = ops_resolve(ops, arena_printf(&app->arena, "%.*s", (int)len, typed),
                                 &app->arena, &ret->ids[ret->count++], err);
                typed += len + (typed[len] == ',');
        }
        return rc;
}

static void print(const struct ops *ops, const struct readiness_sum *r, const char *without,
                  bool json)
{
        CLEANUP(str_finish) struct str out = {0};
        const struct readiness_told told = {r->now_ms, &r->is, without, r->marking, ops->exercise};

        if (json) {
                print_json(readiness_json(&told));
                return;
        }
        str_init(&out, REPORT_BYTES_MAX);
        readiness_print_text(&told, NULL, &out);
        printf("%s", str_text(&out));
}

static void print_second(const struct ops *ops, const struct second_sum *s, const char *without,
                         bool json, struct arena *a)
{
        CLEANUP(str_finish) struct str out = {0};
        const struct second_told told = {
                s->now_ms,    s->about->ref, find_needs_text(&s->needs, s->now_ms, a),
                &s->second,   without,       s->marking,
                ops->exercise};

        if (json) {
                print_json(second_json(&told));
                return;
        }
        str_init(&out, REPORT_BYTES_MAX);
        second_print_text(&told, NULL, &out);
        printf("%s", str_text(&out));
}

static enum rc tell_second(struct app *app, struct ops *ops, const char *typed,
                           const struct without *w, bool json, struct err *err)
{
        struct second_sum s;
        const char *id = NULL;
        enum rc rc = ops_resolve(ops, typed, &app->arena, &id, err);

        if (rc == RC_OK)
                rc = ops_readiness_second(ops, id, w->ids, w->count, &app->arena, &s, err);
        if (rc == RC_OK)
                print_second(ops, &s, w->names, json, &app->arena);
        return rc;
}

static enum rc tell_all(struct app *app, struct ops *ops, const struct without *w, bool json,
                        struct err *err)
{
        struct readiness_sum r;
        enum rc rc = ops_readiness(ops, w->ids, w->count, &app->arena, &r, err);

        if (rc == RC_OK)
                print(ops, &r, w->names, json);
        return rc;
}

int cmd_report_readiness(struct app *app, const struct args *args)
{
        const char *about = args_option(args, "--for");
        bool json = args_option(args, "--json") != NULL;
        struct err err = {0};
        struct without w;
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);
        bool one;

        if (rc != RC_OK)
                return app_fail(rc, &err);
        one = store_read_begin(ops.store);
        rc = read_without(app, &ops, args_option(args, "--without"), &w, &err);
        if (rc == RC_OK)
                rc = about ? tell_second(app, &ops, about, &w, json, &err)
                           : tell_all(app, &ops, &w, json, &err);
        if (one)
                store_read_end(ops.store);
        ops_close(&ops);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}
