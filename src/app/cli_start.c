/*
 * What stands before a command: THE table of global options.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/console.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "model/nearest.h"
#include "model/when.h"
#include "ui/canvas.h"

#include "app_private.h"

static int set_operator(struct app *app, const char *value)
{
        const char *colon = strchr(value, ':');
        size_t len = colon ? (size_t)(colon - value) : strlen(value);

        if (!len || len > 64 || strlen(value) > 128 || !text_is_clean(value, strlen(value), false))
                return usage_fail("--as takes NAME or NAME:ROLE, as in --as duarte");
        app->operator= arena_strndup(&app->arena, value, len);
        if (colon && colon[1])
                app->role = arena_strdup(&app->arena, colon + 1);
        return DONE;
}

static int set_now(struct app *app, const char *value)
{
        struct err err = {0};
        int64_t ms;

        (void)app;
        if (when_read(value, clock_now_ms(), &ms, &err) != RC_OK)
                return usage_fail("--now: %s", err.text);
        clock_fix(ms);
        return DONE;
}

static bool read_count(const char **s, int most, int *ret)
{
        char *end;
        long n;

        if (**s < '0' || **s > '9')
                return false;
        errno = 0;
        n = strtol(*s, &end, 10);
        if (errno || n < 1 || n > most)
                return false;
        *s = end;
        *ret = (int)n;
        return true;
}

static int set_size(struct app *app, const char *value)
{
        const char *at = value;
        int cols, rows;

        if (!read_count(&at, CANVAS_COLS_MAX, &cols) || *at++ != 'x' ||
            !read_count(&at, CANVAS_ROWS_MAX, &rows) || *at)
                return usage_fail("--size takes COLUMNSxROWS, as in --size 120x36");
        app->cols = cols;
        app->rows = rows;
        return DONE;
}

struct start {
        const char *config;
        bool help, version;
};

static const struct global_option global_options[] = {
        {"--db", "FILE", "the database; else db= in the config, else in the data folder"},
        {"--config", "FILE", "the config file; else muster/muster.ini in the config folder"},
        {"--as", "NAME[:ROLE]", "who is at the console; else operator= in the config"},
        {"--pin-file", "FILE",
         "the operator's PIN, in a file that nobody else can read, where a sign-in is required"},
        {"--theme", "THEME", "night, day, high-contrast, colour-blind, red-night or mono"},
        {"--ascii", NULL, "plain ASCII signs; else where the terminal needs them"},
        {"--linear", NULL, "one line a row, words for signs: for screen readers and braille"},
        {"--read-only", NULL, "changes nothing"},
        {"--now", "TIME", "time stands still at this instant"},
        {"--size", "CxR", "columns and rows of a replay"},
        {"--replay", "KEYS", "plays a key script without a terminal, prints the last screen"},
        {"--demo", NULL, "the console on a private demo; changes nothing else"},
        {"--version", NULL, "says which Muster this is"},
        {"--help", NULL, "this"},
};

const struct global_option *global_option_at(size_t i)
{
        return i < ARRAY_LEN(global_options) ? &global_options[i] : NULL;
}

/* Those that need more than a place to be kept in say why they refuse. */
static int take_option(struct app *app, struct start *start, const char *name, const char *value)
{
        if (strcmp(name, "--as") == 0)
                return set_operator(app, value);
        if (strcmp(name, "--now") == 0)
                return set_now(app, value);
        if (strcmp(name, "--size") == 0)
                return set_size(app, value);
        if (strcmp(name, "--db") == 0)
                app->db = value;
        else if (strcmp(name, "--config") == 0)
                start->config = value;
        else if (strcmp(name, "--pin-file") == 0)
                app->pin_file = value;
        else if (strcmp(name, "--theme") == 0)
                app->theme = value;
        else if (strcmp(name, "--replay") == 0)
                app->replay = value;
        else if (strcmp(name, "--read-only") == 0)
                app->readonly = true;
        else if (strcmp(name, "--ascii") == 0)
                app->ascii = true;
        else if (strcmp(name, "--linear") == 0)
                app->linear = true;
        else if (strcmp(name, "--demo") == 0)
                app->demo = true;
        else if (strcmp(name, "--version") == 0)
                start->version = true;
        else
                start->help = true;
        return DONE;
}

/* "--db FILE" and "--db=FILE". Gives back how many arguments it took, 0 after saying why not. */
static int read_option(struct app *app, struct start *start, int argc, char **argv)
{
        size_t len = strcspn(argv[0], "=");
        struct nearest nearest;

        nearest_init(&nearest, argv[0]);
        if (strcmp(argv[0], "-h") == 0) {
                start->help = true;
                return 1;
        }
        for (size_t i = 0; i < ARRAY_LEN(global_options); i++) {
                const struct global_option *o = &global_options[i];
                bool inside = argv[0][len] == '=';
                const char *value = inside ? argv[0] + len + 1 : argc > 1 ? argv[1] : NULL;

                nearest_offer(&nearest, o->name);
                if (strlen(o->name) != len || strncmp(o->name, argv[0], len) != 0)
                        continue;
                if (o->value ? !value : inside) {
                        usage_fail("%s takes %s", o->name, o->value ? o->value : "no value");
                        return 0;
                }
                if (take_option(app, start, o->name, value) != DONE)
                        return 0;
                return o->value && !inside ? 2 : 1;
        }
        usage_fail("no option %s; nearest: %s", argv[0], nearest.best);
        return 0;
}
void options_print(void)
{
        for (size_t i = 0; i < ARRAY_LEN(global_options); i++) {
                const struct global_option *o = &global_options[i];
                AUTO_FREE char *name =
                        xasprintf("%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");

                printf("  %-18s %s\n", name, o->help);
        }
}

int cmd_version(struct app *app, const struct args *args)
{
        (void)app;
        (void)args;
        printf("muster %s\n", MUSTER_VERSION);
        return DONE;
}
/* ---- starting ------------------------------------------------------------------------------ */

static char *default_db(void)
{
        AUTO_FREE char *dir = file_xdg(XDG_DATA);

        return file_join(dir ? dir : ".", "muster.db");
}

enum rc start_config(struct app *app, const char *path, struct err *err)
{
        const struct config_check check = {config_check_value, app};
        enum rc rc = config_load(path, &check, &app->arena, &app->config, err);

        if (!app->operator) {
                app->operator= app->config.operator;
                app->role = app->config.role;
        }
        if (!app->db)
                app->db = app->config.db;
        if (!app->db) {
                AUTO_FREE char *usual = default_db();

                app->db = arena_strdup(&app->arena, usual);
        }
        if (!app->theme)
                app->theme = app->config.theme;
        if (app->config.zone) {
                setenv("TZ", app->config.zone, 1);
                tzset();
        }
        return rc;
}

static int load_config(struct app *app, const struct start *start)
{
        struct err err = {0};
        enum rc rc = start_config(app, start->config, &err);

        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

int cli_run(struct app *app, int argc, char **argv)
{
        struct start start = {0};
        int at = 1, status;

        while (at < argc && argv[at][0] == '-' && argv[at][1]) {
                int took = read_option(app, &start, argc - at, argv + at);

                if (!took)
                        return WRONG_USAGE;
                at += took;
        }
        if (start.help) {
                help_print();
                return DONE;
        }
        if (start.version)
                return cmd_version(app, NULL);
        status =
                at < argc && command_is_raw(argc - at, argv + at) ? DONE : load_config(app, &start);
        if (status != DONE)
                return status;
        if (at < argc && (app->demo || app->replay))
                return usage_fail("%s takes no command", app->demo ? "--demo" : "--replay");
        if (at < argc)
                return command_run(app, argc - at, argv + at);
        return app->demo ? demo_run(app) : console_run(app);
}
