/*
 * operator add, list, remove, pin; list sign-ins.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypt.h"
#include "base/json.h"
#include "store/journal.h"
#include "store/operators.h"

#include "app_private.h"

#define NAME_COLUMNS   16
#define SIGN_INS_USUAL 100
#define SIGN_INS_MOST  10000

/* ---- changing them --------------------------------------------------------------------------- */

/* How one of them is changed once the database is open, and who asks has signed in. */
struct errand {
        const char *name;
        const char *pin_file; /* of the new PIN, or NULL */
        enum operator_role role;
        bool needs_pin; /* a new one */
        enum rc (*run)(struct ops *ops, const struct errand *e, const char *pin, struct err *err);
};

/* The same twice, where it is typed. */
static enum rc new_pin(const struct errand *e, char ret[PIN_BYTES], struct err *err)
{
        char again[PIN_BYTES] = "";
        AUTO_FREE char *question = xasprintf("new PIN of %s", e->name);
        enum rc rc = pin_read(e->pin_file, question, ret, err);

        if (rc != RC_OK || e->pin_file)
                return rc;
        rc = pin_read(NULL, "again", again, err);
        if (rc == RC_OK && strcmp(again, ret) != 0)
                rc = err_set(err, RC_INVALID, "the two are not the same");
        crypt_wipe(again, sizeof(again));
        return rc;
}

/* The first operator is added by nobody, everything else by one who proves it. */
static int prove(struct app *app, struct ops *ops, enum rc *ret, struct err *err)
{
        int64_t count = 0;

        *ret = operator_count(ops->store, -1, &count, err);
        if (*ret != RC_OK || !count)
                return DONE;
        if (!app->operator)
                return usage_fail("who are you? --as NAME before the command");
        if (!app->pin_file && !pin_can_be_typed())
                return usage_fail("operators are changed by a lead: --pin-file FILE, with the PIN "
                                  "of %s, before the command",
                                  app->operator);
        *ret = app_prove(app, ops, err);
        return DONE;
}

static int run(struct app *app, const struct errand *e)
{
        char pin[PIN_BYTES] = "";
        struct err err = {0};
        struct ops ops;
        int status;
        enum rc rc;

        if (e->needs_pin && !e->pin_file && !pin_can_be_typed())
                return usage_fail("--pin-file FILE behind the command: the new PIN of %s", e->name);
        rc = app_open(app, APP_WRITE, false, &ops, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        status = prove(app, &ops, &rc, &err);
        if (status == DONE && rc == RC_OK && e->needs_pin)
                rc = new_pin(e, pin, &err);
        if (status == DONE && rc == RC_OK)
                rc = e->run(&ops, e, pin, &err);
        crypt_wipe(pin, sizeof(pin));
        ops_close(&ops);
        if (status != DONE)
                return status;
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

static enum rc add(struct ops *ops, const struct errand *e, const char *pin, struct err *err)
{
        return ops_operator_add(ops, e->name, e->role, pin, err);
}

int cmd_operator_add(struct app *app, const struct args *args)
{
        const char *role = args_option(args, "--role");
        int rank = enum_rank(&enum_operator, role);
        const struct errand e = {.name = args->words[0],
                                 .pin_file = args_option(args, "--pin-file"),
                                 .role = (enum operator_role)rank,
                                 .needs_pin = true,
                                 .run = add};
        int status;

        if (rank < 0)
                return usage_fail("--role takes viewer, officer or lead");
        status = run(app, &e);
        if (status == DONE)
                app_say("%s is an operator: %s", e.name, enum_id(&enum_operator, rank));
        return status;
}

static enum rc drop(struct ops *ops, const struct errand *e, const char *pin, struct err *err)
{
        (void)pin;
        return ops_operator_remove(ops, e->name, err);
}

int cmd_operator_remove(struct app *app, const struct args *args)
{
        const struct errand e = {.name = args->words[0], .run = drop};
        int status = run(app, &e);

        if (status == DONE)
                app_say("%s is no operator any more", e.name);
        return status;
}

static enum rc set_pin(struct ops *ops, const struct errand *e, const char *pin, struct err *err)
{
        return ops_operator_set_pin(ops, e->name, pin, err);
}

int cmd_operator_pin(struct app *app, const struct args *args)
{
        const struct errand e = {.name = args->words[0],
                                 .pin_file = args_option(args, "--pin-file"),
                                 .needs_pin = true,
                                 .run = set_pin};
        int status = run(app, &e);

        if (status == DONE)
                app_say("%s has a new PIN", e.name);
        return status;
}

/* ---- listing --------------------------------------------------------------------------------- */

static struct json_t *json_of_operator(const struct operator_entry *o)
{
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "name", o->name);
        json_set_text(obj, "role", enum_id(&enum_operator, o->role));
        json_set_time_or_null(obj, "added", o->added_ms);
        json_set_time_or_null(obj, "pin_set", o->pin_set_ms);
        json_set_time_or_null(obj, "signed_in", o->seen_ms);
        json_set_int(obj, "wrong_pins", o->failures);
        json_set_time_or_null(obj, "waits_until",
                              operator_wait_ms(o->failures) && o->failed_ms != CLOCK_NONE
                                      ? o->failed_ms + operator_wait_ms(o->failures)
                                      : CLOCK_NONE);
        return obj;
}

static void print_operator(const struct operator_entry *o)
{
        char seen[STAMP_BYTES] = "never";

        if (o->seen_ms != CLOCK_NONE)
                stamp_format_s(o->seen_ms, seen);
        print_cell(o->name, NAME_COLUMNS);
        printf("  %-7s  signed in %-20s", enum_id(&enum_operator, o->role), seen);
        if (o->failures)
                printf("  %" PRId64 " wrong PIN%s since", o->failures, o->failures == 1 ? "" : "s");
        printf("\n");
}

int cmd_operator_list(struct app *app, const struct args *args)
{
        struct json_t *doc = args_option(args, "--json") ? json_new_list() : NULL;
        struct operator_entry *list = NULL;
        size_t count = 0;
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc == RC_OK) {
                rc = operator_list(ops.store, &app->arena, &list, &count, &err);
                ops_close(&ops);
        }
        for (size_t i = 0; i < count; i++) {
                if (doc)
                        json_push(doc, json_of_operator(&list[i]));
                else
                        print_operator(&list[i]);
        }
        if (rc == RC_OK && doc)
                print_json(json_share(doc));
        json_free(doc);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

static struct json_t *json_of_sign_in(const struct journal_row *row)
{
        struct json_t *obj = json_new_obj();

        json_set_time_or_null(obj, "at", row->entry.at_ms);
        json_set_text(obj, "what", strchr(row->entry.op, '.') + 1);
        json_set_text(obj, "operator", row->entry.operator);
        json_set_text(obj, "note", row->entry.note);
        json_set_int(obj, "seq", row->entry.seq);
        return obj;
}

static void print_sign_in(const struct journal_row *row)
{
        char at[STAMP_BYTES];

        stamp_format_s(row->entry.at_ms, at);
        printf("%s  %-8s  ", at, strchr(row->entry.op, '.') + 1);
        print_cell(row->entry.operator[0] ? row->entry.operator: "-", NAME_COLUMNS);
        printf("  ");
        print_cell(row->entry.note, 0);
        printf("\n");
}

static bool read_limit(const struct args *args, size_t *ret)
{
        const char *text = args_option(args, "--limit");
        size_t len = text ? strlen(text) : 0;

        *ret = SIGN_INS_USUAL;
        if (!text)
                return true;
        if (!len || len > 5 || strspn(text, "0123456789") != len)
                return false;
        *ret = (size_t)strtoul(text, NULL, 10);
        return *ret > 0 && *ret <= SIGN_INS_MOST;
}

int list_sign_ins(struct app *app, const struct args *args)
{
        struct json_t *doc;
        struct journal_row *rows = NULL;
        size_t count = 0, limit;
        struct err err = {0};
        struct ops ops;
        enum rc rc;

        if (!read_limit(args, &limit))
                return usage_fail("--limit takes 1 to %d", SIGN_INS_MOST);
        rc = app_open(app, APP_READ, false, &ops, &err);
        if (rc == RC_OK) {
                rc = journal_list_operators(ops.store, limit, &app->arena, &rows, &count, &err);
                ops_close(&ops);
        }
        if (rc != RC_OK)
                return app_fail(rc, &err);
        doc = args_option(args, "--json") ? json_new_list() : NULL;
        for (size_t i = 0; i < count; i++) {
                if (doc)
                        json_push(doc, json_of_sign_in(&rows[i]));
                else
                        print_sign_in(&rows[i]);
        }
        if (doc)
                print_json(doc);
        return DONE;
}
