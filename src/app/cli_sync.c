/*
 * sync: the exchange with all remotes without the screen. remote test: asks one who we are there.
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "store/remotes.h"
#include "sync/exchange.h"

#include "app_private.h"

#define PAUSE_MS 500 /* at most between two looks at what a signal said */

struct syncing {
        struct app *app;
        struct ops ops;
        struct http *http;
        struct line {
                const struct remote *remote;
                struct exchange *x; /* NULL: it could not be begun */
                char why[1024];     /* then */
                int64_t said;       /* counts that were printed last, added up */
                bool was_bad;       /* then */
        } * lines;
        size_t count;
        bool once, json, finds_only;
};

static volatile sig_atomic_t is_over;

static void end(int number)
{
        (void)number;
        is_over = 1;
}

/* A watch ends as a job does: what was begun is put down in order. */
static void catch_end(void)
{
        const struct sigaction act = {.sa_handler = end};

        sigaction(SIGINT, &act, NULL);
        sigaction(SIGTERM, &act, NULL);
        sigaction(SIGHUP, &act, NULL);
}

/* ---- beginning ------------------------------------------------------------------------------- */

static void begin_one(struct syncing *s, struct line *l)
{
        struct err err = {0};
        enum rc rc = url_check(l->remote->url, s->ops.exercise, &err);

        if (rc == RC_OK)
                rc = exchange_open(&(struct exchange_options){.ops = &s->ops,
                                                              .http = s->http,
                                                              .remote = l->remote,
                                                              .once = s->once,
                                                              .finds_only = s->finds_only},
                                   &l->x, &err);
        if (rc != RC_OK)
                snprintf(l->why, sizeof(l->why), "%s", err.text);
}

static enum rc begin(struct syncing *s, const struct remote *list, size_t count, struct err *err)
{
        enum rc rc = http_open(&s->http, err);

        if (rc != RC_OK)
                return rc;
        s->lines = arena_array(&s->app->arena, count + 1, sizeof(*s->lines));
        s->count = count;
        for (size_t i = 0; i < count; i++) {
                s->lines[i].remote = &list[i];
                begin_one(s, &s->lines[i]);
        }
        return RC_OK;
}

static void finish(struct syncing *s)
{
        for (size_t i = 0; i < s->count; i++)
                exchange_close(s->lines[i].x);
        if (s->http)
                http_close(s->http);
        ops_close(&s->ops);
}

/* ---- what is said ---------------------------------------------------------------------------- */

static const char *const state_names[] = {
        [EXCHANGE_RESTING] = "done",      [EXCHANGE_FINDING] = "finding",
        [EXCHANGE_PULLING] = "receiving", [EXCHANGE_PUSHING] = "sending",
        [EXCHANGE_WAITING] = "live",      [EXCHANGE_OFFLINE] = "offline",
        [EXCHANGE_REFUSED] = "refused",
};

static void look(const struct line *l, struct exchange_report *ret)
{
        *ret = (struct exchange_report){.state = EXCHANGE_OFFLINE, .error = l->why};
        if (l->x)
                exchange_look(l->x, ret);
}

static bool is_bad(const struct exchange_report *r)
{
        return r->state == EXCHANGE_OFFLINE || r->state == EXCHANGE_REFUSED || r->error;
}

static void print_text(const struct line *l, const struct exchange_report *r)
{
        print_cell(l->remote->name, REMOTE_COLUMNS);
        printf("  %-9s  %" PRId64 " sent, %" PRId64 " received, %" PRId64 " merged, %" PRId64
               " refused, %" PRId64 " pending",
               state_names[r->state], r->sent, r->received, r->merged, r->refused, r->pending);
        if (r->held)
                printf(", %" PRId64 " held back", r->held);
        if (r->error) {
                printf(": ");
                print_cell(r->error, 0);
        }
        printf("\n");
        fflush(stdout);
}

static struct json_t *json_of(const struct line *l, const struct exchange_report *r)
{
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "name", l->remote->name);
        json_set_text(obj, "state", state_names[r->state]);
        json_set_int(obj, "sent", r->sent);
        json_set_int(obj, "received", r->received);
        json_set_int(obj, "merged", r->merged);
        json_set_int(obj, "refused", r->refused);
        json_set_int(obj, "pending", r->pending);
        return obj;
}

/* What went wrong, to stderr; false: nothing did. */
static bool tell_bad(const struct line *l, const struct exchange_report *r)
{
        if (is_bad(r))
                app_say("%s: %s", l->remote->name,
                        r->error && *r->error ? r->error : state_names[r->state]);
        return is_bad(r);
}

static bool is_at_rest(const struct exchange_report *r)
{
        return r->state == EXCHANGE_WAITING || r->state == EXCHANGE_RESTING;
}

/* A watch tells of a remote when something came or went, when the line is down and when it is up
 * again. */
static void tell_news(struct syncing *s)
{
        for (size_t i = 0; i < s->count && !s->once && !s->json; i++) {
                struct line *l = &s->lines[i];
                struct exchange_report r;
                int64_t sum;
                bool bad;

                look(l, &r);
                bad = is_bad(&r);
                sum = r.sent + r.received + r.merged + r.refused + r.held;
                if (sum == l->said && (bad ? l->was_bad : !l->was_bad || !is_at_rest(&r)))
                        continue;
                l->said = sum;
                l->was_bad = bad;
                print_text(l, &r);
        }
}

/* Done where all went well, partly where some did. */
static int tell_end(const struct syncing *s)
{
        struct json_t *doc = s->json ? json_new_obj() : NULL, *list = json_new_list();
        size_t bad = 0, left = 0;

        for (size_t i = 0; i < s->count; i++) {
                const struct line *l = &s->lines[i];
                struct exchange_report r;

                look(l, &r);
                left += r.refused || r.pending;
                if (s->json)
                        json_push(list, json_of(l, &r));
                else
                        print_text(l, &r);
                bad += tell_bad(l, &r);
        }
        if (doc) {
                json_set(doc, "remotes", list);
                print_json(doc);
        } else {
                json_free(list);
        }
        if (bad && bad == s->count)
                return FAILED;
        return bad || left ? PARTLY : DONE;
}

/* ---- going on -------------------------------------------------------------------------------- */

/* Gives back how long there is nothing to do; -1: all is over. */
static int64_t turn(struct syncing *s)
{
        int64_t now = clock_now_ms(), wait = -1;

        for (size_t i = 0; i < s->count; i++) {
                struct exchange *x = s->lines[i].x;
                int64_t next;
                bool busy;

                if (!x || exchange_is_over(x))
                        continue;
                busy = exchange_turn(x);
                if (exchange_is_over(x))
                        continue;
                next = busy ? now + PAUSE_MS : exchange_next_ms(x);
                next = next == CLOCK_NONE || next - now > PAUSE_MS ? PAUSE_MS
                       : next > now                                ? next - now
                                                                   : 0;
                if (wait < 0 || next < wait)
                        wait = next;
        }
        return wait;
}

static void run(struct syncing *s)
{
        int64_t wait;

        catch_end();
        while (!is_over && (wait = turn(s)) >= 0) {
                tell_news(s);
                http_run(s->http, wait);
        }
}

static enum rc open_all(struct syncing *s, struct remote **ret, size_t *ret_count, struct err *err)
{
        enum rc rc = app_open(s->app, APP_WRITE, false, &s->ops, err);

        return rc == RC_OK ? remote_list(s->ops.store, &s->app->arena, ret, ret_count, err) : rc;
}

int cmd_sync(struct app *app, const struct args *args)
{
        struct syncing s = {.app = app,
                            .json = args_option(args, "--json") != NULL,
                            .once = !args_option(args, "--watch")};
        struct remote *list = NULL;
        size_t count = 0;
        struct err err = {0};
        enum rc rc;
        int status;

        if (!s.once && args_option(args, "--once"))
                return usage_fail("--once or --watch, not both");
        rc = open_all(&s, &list, &count, &err);
        if (rc == RC_OK)
                rc = begin(&s, list, count, &err);
        if (rc != RC_OK) {
                finish(&s);
                return app_fail(rc, &err);
        }
        if (!count)
                app_say("there is no remote; muster remote add adds one");
        run(&s);
        status = tell_end(&s);
        finish(&s);
        return status;
}

/* ---- remote test ----------------------------------------------------------------------------- */

static int tell_found(struct syncing *s)
{
        const struct line *l = &s->lines[0];
        struct exchange_report report;
        struct remote r;
        struct err err = {0};

        look(l, &report);
        if (tell_bad(l, &report))
                return FAILED;
        if (remote_by_name(s->ops.store, l->remote->name, &s->app->arena, &r, &err) != RC_OK)
                return app_fail(RC_FAIL, &err);
        print_cell(r.name, 0);
        printf(": collection ");
        print_cell(r.collection, 0);
        printf(" at ");
        print_cell(r.root ? r.root : r.url, 0);
        printf(": we may %s%s%s%s\n", r.can_read ? "read" : "",
               r.can_read && r.can_write ? " and " : "", r.can_write ? "write" : "",
               r.can_read || r.can_write ? "" : "do nothing");
        return r.can_read || r.can_write ? DONE : FAILED;
}

int cmd_remote_test(struct app *app, const struct args *args)
{
        struct syncing s = {.app = app, .once = true, .finds_only = true};
        struct remote r;
        struct err err = {0};
        enum rc rc = app_open(app, APP_WRITE, false, &s.ops, &err);
        int status;

        if (rc == RC_OK)
                rc = remote_by_name(s.ops.store, args->words[0], &app->arena, &r, &err);
        if (rc == RC_OK)
                rc = begin(&s, &r, 1, &err);
        if (rc == RC_OK)
                run(&s);
        status = rc == RC_OK ? tell_found(&s) : app_fail(rc, &err);
        finish(&s);
        return status;
}
