#include "app/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/data.h"
#include "base/datadir.h"
#include "base/file.h"
#include "base/str.h"
#include "base/text.h"
#include "model/words.h"
#include "ops/rosters.h"

#include "app_private.h"

enum status_code status_of(enum rc rc)
{
        switch (rc) {
        case RC_OK: return DONE;
        case RC_INVALID:
        case RC_CONFLICT: return REFUSED;
        case RC_FAIL:
        case RC_NOTFOUND:
        case RC_BUSY:
        case RC_OFFLINE:
        case RC_DENIED: break;
        }
        return FAILED;
}

static void say(const char *text)
{
        AUTO_FREE char *clean = text_clean(text, strlen(text), false);

        fprintf(stderr, "muster: %s\n", clean);
}

void app_say(const char *fmt, ...)
{
        char text[2048];
        va_list ap;

        va_start(ap, fmt);
        vsnprintf(text, sizeof(text), fmt, ap);
        va_end(ap);
        say(text);
}

int app_fail(enum rc rc, const struct err *err)
{
        say(err->text[0] ? err->text : "failed, and nobody said why");
        return status_of(rc);
}

enum rc app_load_data(struct app *app, struct err *err)
{
        enum rc rc = RC_OK;

        if (app->words)
                return RC_OK;
        if (!app->data_dir)
                rc = datadir_find(&app->data_dir, err);
        if (rc == RC_OK)
                rc = data_law(app->data_dir, &app->law, err);
        if (rc == RC_OK)
                rc = data_words(app->data_dir, &app->words, err);
        return rc;
}

void app_finish(struct app *app)
{
        words_destroy(app->words);
        clock_law_destroy(app->law);
        free(app->data_dir);
        arena_finish(&app->arena);
}

/* ---- the database -------------------------------------------------------------------------- */

static enum rc make_folder(const char *path, struct err *err)
{
        AUTO_FREE char *dir = file_dirname(path);

        return file_exists(dir) ? RC_OK : file_mkdirs(dir, err);
}

/* Said where a person waits: the database was written by another Muster. */
static void say_progress(void *ctx, int64_t done, int64_t all)
{
        (void)ctx;
        if (isatty(STDERR_FILENO))
                fprintf(stderr, "\rmuster: making the lists anew: %lld of %lld%s", (long long)done,
                        (long long)all, done == all ? "\n" : "");
}

struct ops_options app_ops_options(const struct app *app, int mode)
{
        return (struct ops_options){.path = app->db,
                                    .mode = mode,
                                    .operator= app->operator,
                                    .role = app->role,
                                    .sign_in = app->config.sign_in == SIGN_IN_REQUIRED,
                                    .words = app->words,
                                    .law = app->law,
                                    .unit_name = app->config.unit,
                                    .default_marking = &app->config.default_marking,
                                    .review_significant = app->config.review_significant};
}

static enum rc open_with(struct app *app, int mode, struct ops *ret, struct err *err)
{
        struct ops_options o = app_ops_options(app, mode);

        o.progress = say_progress;
        return ops_open(&o, ret, err);
}

/* Where that can't be written, it is read as it was told last. */
static enum rc open_told_again(struct app *app, struct ops *ret, struct err *err)
{
        size_t count = 1;

        if (open_with(app, STORE_WRITE, ret, NULL) != RC_OK)
                return open_with(app, STORE_READ, ret, err);
        while (count && ops_rosters_refresh(ret, ROSTERS_AT_ONCE, &count, NULL) == RC_OK)
                ;
        return RC_OK;
}

/* Reading leaves the file alone, unless what it reads is out of date and may be made again: the
 * lists, who is free by now, or the schema, without which it can't be read. */
static enum rc open_reading(struct app *app, struct ops *ret, struct err *err)
{
        struct err older = {0};
        enum rc rc = open_with(app, STORE_READ, ret, &older);
        bool stale = rc == RC_OK && !app->readonly && ops_rows_are_stale(ret);

        if (rc == RC_OK && !stale && (app->readonly || !ops_rosters_are_late(ret)))
                return rc;
        if (rc == RC_OK && !stale) {
                ops_close(ret);
                return open_told_again(app, ret, err);
        }
        if (rc != RC_OK && (rc != RC_INVALID || app->readonly))
                return err_set(err, rc, "%s", older.text);
        if (rc == RC_OK)
                ops_close(ret);
        return open_with(app, STORE_WRITE, ret, err);
}

static enum rc open_writing(struct app *app, int mode, struct ops *ret, struct err *err)
{
        CLEANUP(ops_close) struct ops ops = {0};
        enum rc rc = open_with(app, mode, &ops, err);

        if (rc == RC_OK && app->proves)
                rc = app_prove(app, &ops, err);
        if (rc == RC_OK && app->proves)
                rc = ops_need_writer(&ops, err);
        if (rc != RC_OK)
                return rc;
        *ret = ops;
        ops = (struct ops){0};
        return RC_OK;
}

enum rc app_open(struct app *app, enum app_open how, bool create, struct ops *ret, struct err *err)
{
        int mode = how == APP_BULK ? STORE_BULK : STORE_WRITE;
        enum rc rc = app_load_data(app, err);

        if (rc != RC_OK)
                return rc;
        if (how != APP_READ && app->readonly)
                return err_set(err, RC_DENIED, "--read-only forbids it");
        if ((!create || app->proves) && !file_exists(app->db)) /* who proves it is in its list */
                return err_set(err, RC_NOTFOUND,
                               "no database at %s; muster init --unit NAME makes one, muster "
                               "--demo shows the program without",
                               app->db);
        if (how == APP_READ)
                return open_reading(app, ret, err);
        if (create)
                rc = make_folder(app->db, err);
        return rc == RC_OK ? open_writing(app, mode | (create ? STORE_CREATE : 0), ret, err) : rc;
}
