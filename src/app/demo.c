/*
 * The demo: a private database that a scenario fills, while one watches, as other units would. In a
 * terminal a child process sends what arrives to a hub, with which the console is synchronised, and
 * takes hub and folder away when this one has ended, however it ended. Where there is no hub, or no
 * terminal but a key script and time as it says, what arrives goes into the database at once.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/console.h"
#include "app/demo_hub.h"
#include "app/scenario.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/ident.h"
#include "base/jsplit.h"
#include "base/str.h"
#include "ops/import.h"
#include "store/remotes.h"
#include "ui/ui.h"

#include "app_private.h"

#define DOCUMENT_MAX (16u * 1024 * 1024)

struct demo {
        struct app *app;
        struct scenario *scenario;
        char *dir, *db;
        int64_t started_ns; /* clock_mono_ns */
        int64_t start_ms;
        struct demo_hub hub;
        pid_t child;
        int lifeline; /* the child sees its other end close */
};

/* ---- what arrives -------------------------------------------------------------------------- */

static enum rc take_in(struct ops *ops, const struct str *doc, struct err *err)
{
        struct jsplit_memory memory = {.bytes = str_text(doc), .len = doc->len};
        const struct jsplit_source source = jsplit_from_memory(&memory);
        const struct import_options o = {.name = "scenario"};
        struct import_result r = {0};
        enum rc rc = ops_import(ops, &source, &o, &r, err);

        if (rc == RC_OK && r.refused)
                return err_set(err, RC_INVALID, "the scenario: %s", r.why);
        return rc;
}

/* On a connection of its own, as another process would. */
static enum rc put(struct demo *d, const struct str *doc, struct err *err)
{
        struct ops ops;
        enum rc rc = app_open(d->app, APP_BULK, false, &ops, err);

        if (rc != RC_OK)
                return rc;
        rc = take_in(&ops, doc, err);
        ops_close(&ops);
        return rc;
}

/* Everything due by now. */
static enum rc feed(struct demo *d, int64_t now_ms, struct err *err)
{
        enum rc rc = RC_OK;
        int64_t due;

        while (rc == RC_OK && scenario_due(d->scenario, &due) && due <= now_ms) {
                CLEANUP(str_finish) struct str doc = {0};

                str_init(&doc, DOCUMENT_MAX);
                rc = scenario_arrive(d->scenario, &doc, err);
                if (rc == RC_OK)
                        rc = d->hub.pid > 0 ? demo_hub_send(&d->hub, &doc, err) : put(d, &doc, err);
        }
        return rc;
}

/* ---- the child ----------------------------------------------------------------------------- */

static int64_t elapsed_ms(const struct demo *d)
{
        return (clock_mono_ns() - d->started_ns) / 1000000;
}

/* False when the console has ended. */
static bool sleep_until(const struct demo *d, int64_t due_ms)
{
        struct pollfd p = {.fd = d->lifeline, .events = POLLIN};

        for (;;) {
                int64_t left = due_ms - d->start_ms - elapsed_ms(d);

                if (left <= 0)
                        return true;
                if (poll(&p, 1, left > 60000 ? 60000 : (int)left) > 0)
                        return false;
        }
}

static void be_quiet(void)
{
        static const int ignored[] = {SIGINT, SIGQUIT, SIGHUP, SIGTSTP, SIGTTOU, SIGTTIN};
        int null = open("/dev/null", O_RDWR | O_CLOEXEC);

        for (size_t i = 0; i < ARRAY_LEN(ignored); i++)
                signal(ignored[i], SIG_IGN);
        for (int fd = 0; null >= 0 && fd <= 2; fd++)
                dup2(null, fd);
}

static _Noreturn void live_as_child(struct demo *d)
{
        int64_t due = d->start_ms;
        bool more = true;

        be_quiet();
        while (more && sleep_until(d, due)) {
                more = feed(d, d->start_ms + elapsed_ms(d), NULL) == RC_OK &&
                       scenario_due(d->scenario, &due);
        }
        while (!more && sleep_until(d, INT64_MAX / 2))
                ;
        demo_hub_stop(&d->hub);
        tempdir_remove(d->dir);
        _exit(0);
}

static enum rc start_child(struct demo *d, struct err *err)
{
        int ends[2];

        if (pipe2(ends, O_CLOEXEC) != 0)
                return err_set(err, RC_FAIL, "pipe: %s", strerror(errno));
        d->child = fork();
        if (d->child < 0) {
                close(ends[0]);
                close(ends[1]);
                return err_set(err, RC_FAIL, "fork: %s", strerror(errno));
        }
        d->lifeline = ends[d->child ? 1 : 0];
        close(ends[d->child ? 0 : 1]);
        if (d->child == 0)
                live_as_child(d);
        return RC_OK;
}

static void end_child(struct demo *d)
{
        if (d->child <= 0)
                return;
        close(d->lifeline);
        while (waitpid(d->child, NULL, 0) < 0 && errno == EINTR)
                ;
}

/* ---- the database -------------------------------------------------------------------------- */

static enum rc open_scenario(struct demo *d, struct err *err)
{
        AUTO_FREE char *path = file_join(d->app->data_dir, "demo/scenario.json");

        d->start_ms = clock_now_ms();
        d->started_ns = clock_mono_ns();
        return scenario_open(path, d->app->words, d->start_ms, &d->scenario, err);
}

static enum rc add_remote(const struct demo *d, struct store *s, struct err *err)
{
        int64_t id;

        return remote_add(s,
                          &(struct remote){.name = "hub",
                                           .url = d->hub.url,
                                           .collection = DEMO_HUB_COLLECTION,
                                           .auth = REMOTE_TOKEN,
                                           .secret_file = d->hub.token_file,
                                           .ceiling = TLP_RED,
                                           .default_marking = -1},
                          &id, err);
}

static enum rc fill(struct demo *d, const struct str *history, struct err *err)
{
        const struct scenario_about *about = scenario_about(d->scenario);
        const struct ops_unit unit = {
                .name = about->unit_name,
                .unit_id = about->unit_id,
                .desk = about->desk,
                .ceiling = -1,
                .exercise = true,
        };
        struct ops ops;
        enum rc rc = ops_init(d->db, &unit, err);

        if (rc == RC_OK)
                rc = app_open(d->app, APP_BULK, false, &ops, err);
        if (rc != RC_OK)
                return rc;
        rc = take_in(&ops, history, err);
        if (rc == RC_OK && d->hub.pid > 0)
                rc = add_remote(d, ops.store, err);
        ops_close(&ops);
        return rc;
}

/* The child starts before SQLite does, and with all that came before already told. */
static enum rc prepare(struct demo *d, bool live, struct err *err)
{
        CLEANUP(str_finish) struct str history = {0};
        const struct scenario_about *about;
        enum rc rc = tempdir_make("muster-demo", &d->dir, err);

        str_init(&history, DOCUMENT_MAX);
        if (rc == RC_OK)
                rc = open_scenario(d, err);
        if (rc == RC_OK)
                rc = scenario_history(d->scenario, &history, err);
        if (rc != RC_OK)
                return rc;
        about = scenario_about(d->scenario);
        d->db = file_join(d->dir, "muster.db");
        d->app->db = d->db;
        d->app->config.sign_in = SIGN_IN_NONE; /* nobody is an operator there */
        if (!d->app->operator) {
                d->app->operator= about->operator;
                d->app->role = about->role;
        }
        if (live) {
                demo_hub_start(d->dir, &d->hub, NULL); /* it plays without one, too */
                rc = start_child(d, err);
        }
        return rc == RC_OK ? fill(d, &history, err) : rc;
}

static void end(struct demo *d)
{
        demo_hub_stop(&d->hub);
        end_child(d);
        if (d->dir)
                tempdir_remove(d->dir);
        scenario_close(d->scenario);
        free(d->dir);
        free(d->db);
}

/* ---- playing it ---------------------------------------------------------------------------- */

static enum rc time_passed(void *ctx, struct err *err)
{
        return feed(ctx, clock_now_ms(), err);
}

static int play_tour(struct demo *d, struct ops *ops)
{
        AUTO_FREE char *tour = file_join(d->app->data_dir, "demo/tour.keys");

        return replay_run(d->app, &(struct replay_options){
                                          .ops = ops,
                                          .exercise = scenario_about(d->scenario)->exercise,
                                          .path = d->app->replay ? d->app->replay : tour,
                                          .quiet = !d->app->replay,
                                          .passed = time_passed,
                                          .ctx = d,
                                  });
}

static int play(struct demo *d, bool live)
{
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(d->app, d->app->readonly ? APP_READ : APP_WRITE, false, &ops, &err);
        int status;

        if (rc != RC_OK)
                return app_fail(rc, &err);
        if (live) {
                rc = loop_run(d->app,
                              &(struct loop_options){
                                      .ops = &ops,
                                      .exercise = scenario_about(d->scenario)->exercise,
                              },
                              &err);
                status = rc == RC_OK ? DONE : app_fail(rc, &err);
        } else {
                status = play_tour(d, &ops);
        }
        ops_close(&ops);
        return status;
}

int demo_run(struct app *app)
{
        struct demo d = {.app = app, .hub = {.pid = -1}, .lifeline = -1};
        bool live = !app->replay && console_has_terminal();
        struct err err = {0};
        enum rc rc = console_load(app, &err);
        int status;

        if (!live && !clock_is_fixed())
                clock_fix(clock_now_ms());
        if (!live)
                ident_seed((uint64_t)clock_now_ms()); /* the same instant gives the same pictures */
        if (rc == RC_OK)
                rc = prepare(&d, live, &err);
        status = rc == RC_OK ? play(&d, live) : app_fail(rc, &err);
        end(&d);
        return status;
}
