/*
 * Tables in and out: CSV.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/jsplit.h"
#include "base/str.h"
#include "base/text.h"
#include "model/marking.h"
#include "ops/csv_export.h"
#include "ops/csv_told.h"
#include "ops/export.h"

#include "app_private.h"

#define REFUSALS_SAID 20
#define JSON_MAX      (1024u * 1024)
#define TEXT_MAX      (1024u * 1024)

/* ---- in: what is asked for ------------------------------------------------------------------- */

struct table_in {
        struct app *app;
        struct ops ops;
        const char *name;
        const char *said[ARGS_OPTIONS_MAX];
        struct encoding encoding; /* that is said */
        struct csv_import_options o;
        struct import_result result;
        bool json, began; /* the document was begun */
        int64_t rows, refused;
};

/* ---- in: the columns ------------------------------------------------------------------------- */

static void print_columns(const struct table_in *in, const struct csv_import *im)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, TEXT_MAX);
        csv_told_shape(im, &out);
        str_add(&out, "\n");
        csv_told_guess(im, "--encoding", &out);
        csv_told_columns(im, &out);
        csv_told_same(im, &out);
        print_cell(in->name, 0);
        printf(": %s\n", str_text(&out));
}

static struct json_t *json_of_columns(const struct csv_map *map)
{
        struct json_t *list = json_new_list();

        for (size_t i = 0; i < map->count; i++) {
                struct json_t *obj = json_new_obj();

                json_set_text(obj, "column", map->columns[i].head);
                json_set_text_or_null(obj, "field", csv_column_field(map, i));
                json_set_text_or_null(obj, "by", csv_by_name(map->columns[i].by));
                json_push(list, obj);
        }
        return list;
}

/* An object as text without its last bracket, so that members follow, or without its first. */
static void print_part(struct json_t *obj, bool first)
{
        CLEANUP(str_finish) struct str text = {0};

        str_init(&text, JSON_MAX);
        json_print(obj, 0, &text);
        json_free(obj);
        if (first && text.len)
                text.s[text.len - 1] = '\0';
        print_json_text(first ? str_text(&text) : str_text(&text) + 1);
}

static void begin_document(struct table_in *in, const struct csv_import *im)
{
        const struct csv_shape *shape = csv_import_shape(im);
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "kind", in->o.kind->name);
        json_set_text(obj, "encoding", shape->encoding.name);
        json_set_bool(obj, "encoding_guessed", shape->guessed);
        json_set_text(obj, "separator", csv_separator_name(shape->separator));
        json_set(obj, "columns", json_of_columns(csv_import_map(im)));
        printf("{\"files\":[");
        print_part(obj, true);
        printf(",\"rows\":[");
        in->began = true;
}

static void end_document(struct table_in *in)
{
        struct json_t *obj = json_of_import(in->name, &in->result);

        if (in->began) {
                printf("],");
                print_part(obj, false);
        } else {
                printf("{\"files\":[{");
                print_part(obj, false);
        }
        printf("]}\n");
}

/* ---- in: the rows ---------------------------------------------------------------------------- */

static void print_row_json(struct table_in *in, const struct csv_import_row *row)
{
        struct json_t *obj = json_new_obj();

        json_set_int(obj, "row", (int64_t)row->number);
        json_set_int(obj, "line", (int64_t)row->line);
        json_set_text(obj, "what", csv_outcome_name(row->what));
        json_set_text_or_null(obj, "ref", row->ref);
        if (row->same_row)
                json_set_int(obj, "same_row", (int64_t)row->same_row);
        json_set_text_or_null(obj, "title", row->title);
        json_set_text_or_null(obj, "text", row->text);
        printf(in->rows ? ",\n{" : "\n{");
        print_part(obj, false);
}

static void print_row_text(const struct csv_import_row *row)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, TEXT_MAX);
        csv_told_row(row, &out);
        printf("%s", str_text(&out));
}

static void tell_row(void *ctx, const struct csv_import_row *row)
{
        struct table_in *in = ctx;

        if (row->what == CSV_ROW_REFUSED && in->refused++ < REFUSALS_SAID)
                app_say("%s: row %zu, line %zu: %s", in->name, row->number, row->line, row->text);
        if (in->json)
                print_row_json(in, row);
        else if (in->o.dry_run)
                print_row_text(row);
        in->rows++;
}

/* ---- in: the file ---------------------------------------------------------------------------- */

/* Nobody is asked but who sits there. */
static bool person_agrees(const struct csv_import *im)
{
        char answer[16] = "";

        if (!isatty(STDIN_FILENO))
                return true;
        fflush(stdout);
        fprintf(stderr, "Take in %zu rows? y or n: ", csv_import_shape(im)->rows - 1);
        return fgets(answer, sizeof(answer), stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

static int status_in(const struct table_in *in, enum rc rc, const struct err *err)
{
        if (rc == RC_INVALID)
                app_say("%s: refused: %s; nothing changed", in->name, err->text);
        else if (rc != RC_OK)
                app_say("%s: %s", in->name, err->text);
        if (in->refused > REFUSALS_SAID)
                app_say("%s: %" PRId64 " more rows refused", in->name, in->refused - REFUSALS_SAID);
        if (rc != RC_OK)
                return rc == RC_INVALID ? REFUSED : FAILED;
        return in->result.refused ? PARTLY : DONE;
}

static int run_import(struct table_in *in, struct csv_import *im)
{
        struct err err = {0};
        enum rc rc;

        if (in->json)
                begin_document(in, im);
        else
                print_columns(in, im);
        if (!in->o.dry_run && !person_agrees(im)) {
                in->result.state = "refused";
                snprintf(in->result.why, sizeof(in->result.why), "nothing changed");
                app_say("%s: nothing changed", in->name);
                return REFUSED;
        }
        rc = csv_import_run(im, &in->result, &err);
        return status_in(in, rc, &err);
}

static int read_table(struct table_in *in, int fd)
{
        const struct jsplit_source source = jsplit_from_fd(&fd);
        CLEANUP(csv_import_cleanup) struct csv_import *im = NULL;
        struct err err = {0};
        enum rc rc = csv_import_open(&in->ops, &source, &in->o, &im, &err);

        if (rc == RC_OK)
                return run_import(in, im);
        snprintf(in->result.why, sizeof(in->result.why), "%s", err.text);
        if (rc != RC_INVALID)
                in->result.state = "failed";
        return status_in(in, rc, &err);
}

static int open_and_read(struct table_in *in)
{
        struct err err = {0};
        int fd = -1, status;
        enum rc rc = app_open(in->app, APP_BULK, true, &in->ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = source_open(in->name, &fd, &err);
        if (rc == RC_OK) {
                status = read_table(in, fd);
                close(fd);
        } else {
                snprintf(in->result.why, sizeof(in->result.why), "%s", err.text);
                in->result.state = "failed";
                status = app_fail(rc, &err);
        }
        if (in->json)
                end_document(in);
        else if (in->rows || status == DONE)
                print_import(in->name, "rows", &in->result);
        ops_close(&in->ops);
        return status;
}

static int try_without(struct table_in *in)
{
        AUTO_FREE char *dir = NULL;
        struct err err = {0};
        enum rc rc = database_of_dry_run(in->app, &dir, &err);
        int status = rc == RC_OK ? open_and_read(in) : app_fail(rc, &err);

        if (rc == RC_OK)
                tempdir_remove(dir);
        return status;
}

static int read_encoding(struct table_in *in, const struct args *args)
{
        const char *name = args_option(args, "--encoding");
        struct err err = {0};

        if (!name)
                return DONE;
        if (encoding_find(name, &in->encoding, &err) != RC_OK)
                return usage_fail("--encoding: %s", err.text);
        in->o.encoding = &in->encoding;
        return DONE;
}

int import_table(struct app *app, const struct args *args)
{
        struct table_in in = {.app = app,
                              .name = args->words[0],
                              .json = args_option(args, "--json") != NULL,
                              .result = {.state = "refused"}};

        in.o = (struct csv_import_options){.name = in.name,
                                           .kind = kind_asked(args_option(args, "--kind")),
                                           .said = in.said,
                                           .reason = args_option(args, "--reason"),
                                           .dry_run = args_option(args, "--dry-run") != NULL,
                                           .row = tell_row,
                                           .in_words = in.json ||
                                                       args_option(args, "--dry-run") != NULL,
                                           .ctx = &in};
        if (!in.o.kind)
                return WRONG_USAGE;
        if (args->count > 1)
                return usage_fail("one table at a time");
        if (read_encoding(&in, args) != DONE)
                return WRONG_USAGE;
        for (size_t i = 0; i < args->option_count; i++)
                if (strcmp(args->options[i].name, "--map") == 0)
                        in.said[in.o.said_count++] = args->options[i].value;
        if (in.o.dry_run && !file_exists(app->db))
                return try_without(&in);
        make_way();
        return open_and_read(&in);
}

/* ---- out ------------------------------------------------------------------------------------- */

static void say_written(const struct csv_export_result *r)
{
        AUTO_FREE char *marking =
                r->strictest < 0 ? xstrdup("")
                                 : xasprintf(", up to %s", tlp_name((enum tlp)r->strictest));

        if (r->held_back)
                app_say("%" PRId64 " rows written%s; %" PRId64 " above the ceiling held back",
                        r->rows, marking, r->held_back);
        else
                app_say("%" PRId64 " rows written%s", r->rows, marking);
}

int export_table(struct ops *ops, const char *path, const struct export_options *o)
{
        const struct csv_export_options wish = {.filter = o->filter, .ceiling = o->ceiling};
        CLEANUP(outfile_drop) struct outfile out = {.fd = -1};
        struct csv_export_result r = {0};
        struct err err = {0};
        enum rc rc = outfile_open(path, &out, &err);

        if (rc == RC_OK)
                rc = ops_export_csv(ops, &wish, outfile_write, &out, &r, &err);
        if (rc == RC_OK && !r.rows)
                rc = outfile_may_be_empty(&out, r.held_back, &err);
        if (rc == RC_OK)
                rc = outfile_done(&out, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        say_written(&r);
        return DONE;
}
