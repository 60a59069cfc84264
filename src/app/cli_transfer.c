/*
 * Files in and out.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "base/jsplit.h"
#include "ops/export.h"
#include "ops/import.h"

#include "app_private.h"

#define FINDINGS_SAID 20
#define NICE          10

/* ---- in ------------------------------------------------------------------------------------ */

struct importing {
        struct app *app;
        const struct args *args;
        struct ops *ops;
        const char *name;
        bool dry_run, json;
        struct json_t *files;
        int64_t findings;
        int done, refused, partial, failed; /* files */
};

static void say_finding(void *ctx, const char *sentence)
{
        struct importing *im = ctx;

        if (im->findings++ < FINDINGS_SAID)
                app_say("%s: %s", im->name, sentence);
}

static int temporary(void)
{
        const char *dir = getenv("TMPDIR");
        AUTO_FREE char *name = NULL;
        int fd;

        if (!dir || dir[0] != '/')
                dir = "/tmp";
        fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
        if (fd >= 0)
                return fd;
        name = xasprintf("%s/muster.XXXXXX", dir);
        fd = mkostemp(name, O_CLOEXEC);
        if (fd >= 0)
                unlink(name);
        return fd;
}

static bool copy_all(int from, int to)
{
        char buf[65536];
        uint64_t copied = 0;
        ssize_t n;

        /* more than a document may have is refused anyway */
        while (copied <= JSPLIT_FILE_MAX && (n = read(from, buf, sizeof(buf))) != 0) {
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return false;
                copied += (uint64_t)n;
                for (ssize_t at = 0, wrote; at < n; at += wrote) {
                        wrote = write(to, buf + at, (size_t)(n - at));
                        if (wrote < 0 && errno != EINTR)
                                return false;
                        if (wrote < 0)
                                wrote = 0;
                }
        }
        return true;
}

/* Two passes need a file that can be read again: what comes by a pipe is kept in one meanwhile. */
enum rc source_open(const char *name, int *ret, struct err *err)
{
        bool is_stdin = strcmp(name, "-") == 0;
        int fd = is_stdin ? dup(STDIN_FILENO) : open(name, O_RDONLY | O_CLOEXEC);
        int copy;

        if (fd >= 0 && lseek(fd, 0, SEEK_CUR) < 0 && errno == ESPIPE) {
                copy = temporary();
                if (copy >= 0 && !copy_all(fd, copy)) {
                        int why = errno;

                        close(copy);
                        copy = -1;
                        errno = why;
                }
                close(fd);
                fd = copy;
        }
        if (fd < 0)
                return err_set(err, RC_FAIL, "%s: %s", is_stdin ? "standard input" : name,
                               strerror(errno));
        *ret = fd;
        return RC_OK;
}

struct json_t *json_of_import(const char *name, const struct import_result *r)
{
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "file", name);
        json_set_text(obj, "state", r->state);
        json_set_int(obj, "objects", r->objects);
        json_set_int(obj, "new", r->created);
        json_set_int(obj, "updated", r->updated);
        json_set_int(obj, "unchanged", r->unchanged);
        json_set_int(obj, "refused", r->refused);
        json_set_text(obj, "why", r->why);
        return obj;
}

void print_import(const char *name, const char *noun, const struct import_result *r)
{
        print_cell(name, 0);
        printf(": %s: %" PRId64 " %s, %" PRId64 " new, %" PRId64 " updated, %" PRId64
               " unchanged, %" PRId64 " refused\n",
               r->state, r->objects, noun, r->created, r->updated, r->unchanged, r->refused);
}

static void add_result(struct importing *im, const struct import_result *r)
{
        if (im->json)
                json_push(im->files, json_of_import(im->name, r));
        else
                print_import(im->name, "objects", r);
}

static void count_file(struct importing *im, enum rc rc, const struct import_result *r)
{
        if (rc == RC_INVALID)
                im->refused++;
        else if (rc != RC_OK)
                im->failed++;
        else if (r->refused)
                im->partial++;
        else
                im->done++;
}

static enum rc import_fd(struct importing *im, int fd, struct import_result *ret, struct err *err)
{
        const struct jsplit_source source = jsplit_from_fd(&fd);
        const struct import_options o = {
                .name = im->name,
                .dry_run = im->dry_run,
                .finding = say_finding,
                .ctx = im,
        };

        return ops_import(im->ops, &source, &o, ret, err);
}

static void import_file(struct importing *im, const char *name)
{
        struct import_result r = {.state = "refused"};
        struct err err = {0};
        int fd = -1;
        enum rc rc;

        im->name = name;
        im->findings = 0;
        rc = source_open(name, &fd, &err);
        if (rc == RC_OK) {
                rc = import_fd(im, fd, &r, &err);
                close(fd);
                if (rc == RC_INVALID)
                        app_say("%s: refused: %s; nothing changed", name, err.text);
                else if (rc != RC_OK)
                        app_say("%s: %s", name, err.text);
        } else {
                app_say("%s", err.text);
        }
        if (im->findings > FINDINGS_SAID)
                app_say("%s: %" PRId64 " more findings", name, im->findings - FINDINGS_SAID);
        if (rc != RC_OK) {
                if (rc != RC_INVALID)
                        r.state = r.created || r.updated ? "partial" : "failed";
                if (!r.why[0])
                        snprintf(r.why, sizeof(r.why), "%s", err.text);
        }
        count_file(im, rc, &r);
        add_result(im, &r);
}

/* What was taken in stays, so several files can end in several ways. */
static int import_status(const struct importing *im)
{
        if (im->partial || (im->done && (im->refused || im->failed)))
                return PARTLY;
        if (im->failed)
                return FAILED;
        return im->refused ? REFUSED : DONE;
}

static int import_all(struct importing *im)
{
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(im->app, APP_BULK, true, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        im->ops = &ops;
        im->files = json_new_list();
        for (size_t i = 0; i < im->args->count; i++)
                import_file(im, im->args->words[i]);
        ops_close(&ops);
        if (im->json) {
                struct json_t *doc = json_new_obj();

                json_set(doc, "files", im->files);
                print_json(doc);
        } else {
                json_free(im->files);
        }
        return import_status(im);
}

enum rc database_of_dry_run(struct app *app, char **ret_dir, struct err *err)
{
        AUTO_FREE char *db = NULL;
        enum rc rc = tempdir_make("muster-dry-run", ret_dir, err);

        if (rc != RC_OK)
                return rc;
        db = file_join(*ret_dir, "muster.db");
        app->db = arena_strdup(&app->arena, db);
        return RC_OK;
}

static int try_without(struct importing *im)
{
        AUTO_FREE char *dir = NULL;
        struct err err = {0};
        enum rc rc = database_of_dry_run(im->app, &dir, &err);
        int status = rc == RC_OK ? import_all(im) : app_fail(rc, &err);

        if (rc == RC_OK)
                tempdir_remove(dir);
        return status;
}

void make_way(void)
{
        setpriority(PRIO_PROCESS, 0, NICE);
}

int cmd_import(struct app *app, const struct args *args)
{
        struct importing im = {
                .app = app,
                .args = args,
                .dry_run = args_option(args, "--dry-run") != NULL,
                .json = args_option(args, "--json") != NULL,
        };

        if (args_option(args, "--kind"))
                return import_table(app, args);
        if (args_option(args, "--encoding"))
                return usage_fail("--encoding is for a table: --kind KIND says of what");
        for (size_t i = 0; i < args->count; i++)
                if (csv_is_named(args->words[i]))
                        return usage_fail("%s is a table: --kind KIND says of what",
                                          args->words[i]);
        if (im.dry_run && !file_exists(app->db))
                return try_without(&im);
        make_way();
        return import_all(&im);
}

/* ---- out ----------------------------------------------------------------------------------- */

struct exporting {
        struct filter filter;
        struct export_options options;
};

static int read_wish(struct app *app, const struct args *args, struct exporting *e)
{
        const char *line = args_option(args, "--filter"), *name = args_option(args, "--kind");
        struct filter_context ctx = {.kind = &kind_incident,
                                     .values =
                                             {
                                                     .words = app->words,
                                                     .now_ms = clock_now_ms(),
                                                     .me = app->operator},
                                     };
        struct err err = {0};

        if (ceiling_asked(args, &e->options.ceiling, &err) != RC_OK)
                return usage_fail("%s", err.text);
        if (name)
                ctx.kind = kind_asked(name);
        if (!ctx.kind)
                return WRONG_USAGE;
        if (!line && !name)
                return DONE;
        if (filter_read(line ? line : "", &ctx, &app->arena, &e->filter, NULL, &err) != RC_OK)
                return app_fail(err_wrap(&err, RC_INVALID, "--filter"), &err);
        e->options.filter = &e->filter;
        return DONE;
}

static int export_to(struct ops *ops, const char *path, const struct export_options *o)
{
        CLEANUP(outfile_drop) struct outfile out = {.fd = -1};
        struct export_result r = {0};
        struct err err = {0};
        enum rc rc = outfile_open(path, &out, &err);

        if (rc == RC_OK)
                rc = ops_export(ops, o, outfile_write, &out, &r, &err);
        if (rc == RC_OK && !r.objects)
                rc = outfile_may_be_empty(&out, r.held_back, &err);
        if (rc == RC_OK)
                rc = outfile_done(&out, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        if (r.held_back)
                app_say("%" PRId64 " objects written; %" PRId64 " above the ceiling held back",
                        r.objects, r.held_back);
        else
                app_say("%" PRId64 " objects written", r.objects);
        return DONE;
}

static int read_format(const struct args *args, bool *ret_table)
{
        const char *format = args_option(args, "--format");

        *ret_table = format ? strcmp(format, "csv") == 0 : csv_is_named(args->words[0]);
        if (format && !*ret_table && strcmp(format, "stix") != 0)
                return usage_fail("--format takes stix or csv, not %s", format);
        if (*ret_table && !args_option(args, "--kind"))
                return usage_fail("a table needs --kind KIND");
        return DONE;
}

/* Export publishes our own things' newest state, which is kept: so it writes, unless forbidden; a
 * table shows what is there. */
int cmd_export(struct app *app, const struct args *args)
{
        struct exporting e = {.options = {.ceiling = -1}};
        struct err err = {0};
        struct ops ops;
        bool table = false;
        enum rc rc = app_load_data(app, &err);
        int status = rc == RC_OK ? read_wish(app, args, &e) : app_fail(rc, &err);

        if (status == DONE)
                status = read_format(args, &table);
        if (status != DONE)
                return status;
        rc = app_open(app, app->readonly || table ? APP_READ : APP_WRITE, false, &ops, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        status = table ? export_table(&ops, args->words[0], &e.options)
                       : export_to(&ops, args->words[0], &e.options);
        ops_close(&ops);
        return status;
}
