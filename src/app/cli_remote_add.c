/*
 * remote add: where the server is, who we are there, what may go there. Secrets are named by their
 * files and never read here.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "model/marking.h"
#include "store/remotes.h"

#include "app_private.h"

#define NAME_MAX_BYTES 32

static bool is_name(const char *name)
{
        size_t len = strlen(name);

        return len > 0 && len <= NAME_MAX_BYTES && name[0] != '-' &&
               strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
                       len;
}

/* ---- files --------------------------------------------------------------------------------- */

/* A job may run in another folder than this command: the whole path is kept. */
static enum rc take_file(struct app *app, const struct args *args, const char *option, bool secret,
                         const char **ret, struct err *err)
{
        const char *path = args_option(args, option);
        AUTO_FREE char *whole = path ? realpath(path, NULL) : NULL;
        struct stat st;

        if (!path)
                return RC_OK;
        if (!whole || stat(whole, &st) != 0)
                return err_set(err, RC_INVALID, "%s %s: %s", option, path, strerror(errno));
        if (!S_ISREG(st.st_mode) || st.st_size == 0)
                return err_set(err, RC_INVALID, "%s %s: %s", option, path,
                               S_ISREG(st.st_mode) ? "it is empty" : "it is no file");
        if (secret && (st.st_mode & 077))
                return err_set(err, RC_INVALID,
                               "%s %s: others can read it; chmod 600 %s keeps it to you", option,
                               path, path);
        *ret = arena_strdup(&app->arena, whole);
        return RC_OK;
}

static enum rc take_files(struct app *app, const struct args *args, struct remote *r,
                          struct err *err)
{
        const struct {
                const char *option;
                bool secret;
                const char **path;
        } files[] = {{"--token-file", true, &r->secret_file},
                     {"--password-file", true, &r->secret_file},
                     {"--cert", false, &r->cert_file},
                     {"--key", true, &r->key_file},
                     {"--ca", false, &r->ca_file}};
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < ARRAY_LEN(files); i++)
                rc = take_file(app, args, files[i].option, files[i].secret, files[i].path, err);
        return rc;
}

/* ---- who we are there ---------------------------------------------------------------------- */

/* One way, and whole. */
static int take_auth(const struct args *args, struct remote *r)
{
        bool token = args_option(args, "--token-file"), user = args_option(args, "--user"),
             password = args_option(args, "--password-file"), cert = args_option(args, "--cert"),
             key = args_option(args, "--key");

        if (user != password)
                return usage_fail("--user and --password-file go together");
        if (cert != key)
                return usage_fail("--cert and --key go together");
        if (token + user + cert > 1)
                return usage_fail("one of --token-file, --user and --cert says who we are there");
        r->auth = token ? REMOTE_TOKEN : user ? REMOTE_BASIC : cert ? REMOTE_CERT : REMOTE_OPEN;
        r->user = args_option(args, "--user");
        if (user &&
            (!*r->user || strchr(r->user, ':') || !text_is_clean(r->user, strlen(r->user), false)))
                return usage_fail("--user takes a name without a colon");
        return DONE;
}

/* ---- what may go there --------------------------------------------------------------------- */

static int take_label(const struct args *args, const char *option, int *ret)
{
        const char *label = args_option(args, option);

        if (!label)
                return DONE;
        *ret = tlp_read(label);
        return *ret >= 0 ? DONE
                         : usage_fail("%s takes clear, green, amber, amber+strict or red, not %s",
                                      option, label);
}

/* Whoever gets more than AMBER is named. */
static int usual_ceiling(const struct ops *ops)
{
        return ops->ceiling < TLP_AMBER ? (int)ops->ceiling : TLP_AMBER;
}

static int take_options(const struct args *args, struct remote *r)
{
        int status = take_auth(args, r);

        r->collection = args_option(args, "--collection");
        if (status == DONE && (!r->collection || !*r->collection))
                return usage_fail("which collection? --collection ID");
        if (status == DONE && !is_name(r->name))
                return usage_fail("NAME takes at most %d letters, digits and . _ -",
                                  NAME_MAX_BYTES);
        if (status == DONE)
                status = take_label(args, "--ceiling", &r->ceiling);
        if (status == DONE)
                status = take_label(args, "--default-marking", &r->default_marking);
        return status;
}

/* ---- doing it ------------------------------------------------------------------------------ */

static enum rc add(struct app *app, const struct args *args, struct ops *ops, struct remote *r,
                   struct err *err)
{
        enum rc rc = url_check(r->url, ops->exercise, err);

        if (rc == RC_OK)
                rc = take_files(app, args, r, err);
        if (rc != RC_OK)
                return rc;
        if (r->ceiling < 0)
                r->ceiling = usual_ceiling(ops);
        return remote_add(ops->store, r, &r->id, err);
}

int cmd_remote_add(struct app *app, const struct args *args)
{
        struct remote r = {.name = args->words[0],
                           .url = args->words[1],
                           .ceiling = -1,
                           .default_marking = -1};
        struct err err = {0};
        struct ops ops;
        int status = take_options(args, &r);
        enum rc rc;

        if (status != DONE)
                return status;
        rc = app_open(app, APP_WRITE, false, &ops, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = ops_need_lead(&ops, "remotes are", &err);
        if (rc == RC_OK)
                rc = add(app, args, &ops, &r, &err);
        ops_close(&ops);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        app_say("%s is added: collection %s, up to %s goes there; muster remote test %s asks it",
                r.name, r.collection, tlp_name((enum tlp)r.ceiling), r.name);
        return DONE;
}
