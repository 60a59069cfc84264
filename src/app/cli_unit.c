/*
 * The unit: who we are.
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "model/marking.h"

#include "app_private.h"

#define JOIN_BYTES_MAX (4u * 1024 * 1024)

enum rc ceiling_asked(const struct args *args, int *ret, struct err *err)
{
        const char *label = args_option(args, "--ceiling");

        *ret = label ? tlp_read(label) : -1;
        if (label && *ret < 0)
                return err_set(err, RC_INVALID,
                               "--ceiling takes clear, green, amber, amber+strict or red, not %s",
                               label);
        return RC_OK;
}

static int do_init(struct app *app, const struct args *args, const struct ops_unit *asked)
{
        struct ops_unit unit = *asked;
        struct err err = {0};
        AUTO_FREE char *dir = file_dirname(app->db);
        enum rc rc = ceiling_asked(args, &unit.ceiling, &err);

        if (rc != RC_OK)
                return usage_fail("%s", err.text);
        if (!file_exists(dir))
                rc = file_mkdirs(dir, &err);
        if (rc == RC_OK)
                rc = ops_init(app->db, &unit, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        app_say("%s is ready", app->db);
        return DONE;
}

int cmd_init(struct app *app, const struct args *args)
{
        const char *join = args_option(args, "--join");
        AUTO_FREE char *bytes = NULL;
        struct err err = {0};
        struct ops_unit unit = {
                .name = args_option(args, "--unit"),
                .desk = args_option(args, "--desk"),
                .unit_id = args_option(args, "--unit-id"),
                .exercise = args_option(args, "--exercise") != NULL,
        };
        enum rc rc = RC_OK;

        if (app->readonly)
                return usage_fail("--read-only forbids it");
        if (join && unit.unit_id)
                return usage_fail("--join brings the unit's id with it; leave --unit-id out");
        if (!join && (!unit.name || !unit.name[0]))
                return usage_fail("init needs --unit NAME, or --join FILE");
        if (join)
                rc = file_read(join, JOIN_BYTES_MAX, &bytes, &unit.join_len, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        unit.join_bytes = bytes;
        return do_init(app, args, &unit);
}

static void print_unit(const struct ops *ops)
{
        const struct {
                const char *label, *value;
        } rows[] = {
                {"unit", ops->unit_name},
                {"id", ops->unit},
                {"desk", ops->desk ? ops->desk : "-"},
                {"console", ops->console},
                {"ceiling", tlp_name(ops->ceiling)},
                {"default marking", tlp_name(ops->default_marking)},
                {"exercise", ops->exercise ? "yes" : "no"},
        };

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                print_cell(rows[i].label, 17);
                print_cell(rows[i].value, 0);
                printf("\n");
        }
}

static void print_unit_json(const struct ops *ops)
{
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "name", ops->unit_name);
        json_set_text(obj, "id", ops->unit);
        json_set(obj, "desk", ops->desk ? json_new_text(ops->desk) : json_new_null());
        json_set_text(obj, "console", ops->console);
        json_set_text(obj, "ceiling", enum_id(&enum_tlp, ops->ceiling));
        json_set_text(obj, "default_marking", enum_id(&enum_tlp, ops->default_marking));
        json_set_bool(obj, "exercise", ops->exercise);
        print_json(obj);
}

int cmd_unit_show(struct app *app, const struct args *args)
{
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        if (args_option(args, "--json"))
                print_unit_json(&ops);
        else
                print_unit(&ops);
        ops_close(&ops);
        return DONE;
}

static enum rc write_unit(struct ops *ops, const char *path, struct err *err)
{
        CLEANUP(str_finish) struct str text = {0};
        CLEANUP(outfile_drop) struct outfile out = {.fd = -1};
        enum rc rc;

        str_init(&text, JOIN_BYTES_MAX);
        rc = ops_unit_export(ops, &text, err);
        if (rc == RC_OK)
                rc = outfile_open(path, &out, err);
        if (rc == RC_OK)
                rc = outfile_write(&out, str_text(&text), text.len, err);
        return rc == RC_OK ? outfile_done(&out, err) : rc;
}

int cmd_unit_export(struct app *app, const struct args *args)
{
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = write_unit(&ops, args->words[0], &err);
        ops_close(&ops);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}
