/*
 * The console over a database: in the terminal, or played by a script.
 */
#include "app/console.h"

#include <stdlib.h>
#include <unistd.h>

#include "app/data.h"
#include "ui/ui.h"

#include "app_private.h"

#define LOCK_USUAL_MIN 15

static const char *theme_name(const struct app *app)
{
        const char *no_color = getenv("NO_COLOR");

        if (app->theme)
                return app->theme;
        return no_color && no_color[0] ? theme_mono.name : NULL;
}

/* Where nobody said, what the locale can show decides. */
static bool wants_ascii(const struct app *app)
{
        if (app->ascii || app->config.ascii != ASCII_AUTO)
                return app->ascii || app->config.ascii == ASCII_YES;
        return !app->utf8;
}

/* Where nobody said, a console that somebody signed in to does not stay open. */
static int64_t lock_after_ms(const struct app *app, const struct ops *ops)
{
        int minutes = app->config.lock_after;

        return INT64_C(60000) * (minutes >= 0 ? minutes : ops->sign_in ? LOCK_USUAL_MIN : 0);
}

static enum rc bind_keys(const struct app *app, struct ui *ui, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < app->config.key_count; i++) {
                const struct config_pair *pair = &app->config.keys[i];

                rc = cmd_bind(ui, pair->name, pair->value, err);
                if (rc != RC_OK)
                        err_wrap(err, rc, "[keys] %s = %s", pair->name, pair->value);
        }
        return rc;
}

struct ui *console_create(struct app *app, struct ops *ops, const char *exercise, int cols,
                          int rows, struct err *err)
{
        const struct ui_options o = {
                .ops = ops,
                .cols = cols,
                .rows = rows,
                .ascii = wants_ascii(app),
                .linear = app->linear || app->config.linear,
                .lock_after_ms = lock_after_ms(app, ops),
                .times = (enum times)app->config.times,
                .footer = (enum footer_keys)app->config.footer,
                .bell = app->config.bell,
                .motion = app->config.motion && !app->replay,
                .mouse = app->config.mouse,
                .zone = app->config.zone ? app->config.zone : "local",
                .exercise = exercise,
                .themes = app->themes,
                .theme_count = app->theme_count,
                .theme = theme_name(app),
        };
        struct ui *ui = ui_create(&o);

        for (size_t i = 0; i < app->config.filter_count; i++)
                ui_saved_filter(ui, app->config.filters[i].name, app->config.filters[i].value);
        if (bind_keys(app, ui, err) == RC_OK)
                return ui;
        ui_destroy(ui);
        return NULL;
}

/* Words and colours; the themes are needed by no command. */
enum rc console_load(struct app *app, struct err *err)
{
        enum rc rc = app_load_data(app, err);

        if (rc == RC_OK && !app->themes)
                rc = data_themes(app->data_dir, &app->arena, &app->themes, &app->theme_count, err);
        return rc;
}

bool console_has_terminal(void)
{
        return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static int run_on(struct app *app, struct ops *ops)
{
        const char *exercise = ops->exercise ? "" : NULL;
        struct err err = {0};
        enum rc rc;

        if (app->replay)
                return replay_run(app, &(struct replay_options){.ops = ops,
                                                                .exercise = exercise,
                                                                .path = app->replay});
        rc = loop_run(app, &(struct loop_options){.ops = ops, .exercise = exercise}, &err);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

int console_run(struct app *app)
{
        struct err err = {0};
        struct ops ops;
        enum rc rc;
        int status;

        if (!app->replay && !console_has_terminal())
                return usage_fail("the console needs a terminal; muster help lists the commands");
        rc = console_load(app, &err);
        if (rc == RC_OK)
                rc = app_open(app, app->readonly ? APP_READ : APP_WRITE, false, &ops, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        status = run_on(app, &ops);
        ops_sign_out(&ops, NULL);
        ops_close(&ops);
        return status;
}
