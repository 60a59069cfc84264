/*
 * Opening: what was set up and learnt is copied, and the secret read.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/crypt.h"
#include "base/file.h"

#include "sync_private.h"

#define SECRET_MAX    8192
#define AHEAD_MAX_MS  (24 * 60 * MINUTE_MS) /* beyond, a clock has gone wrong */
#define ONCE_WAITS_MS (5 * SECOND_MS)

static enum rc check_secret_file(const char *path, struct err *err)
{
        struct stat st;

        if (stat(path, &st) != 0)
                return err_set(err, RC_NOTFOUND, "%s, which holds the secret, can't be read", path);
        if (st.st_mode & (S_IRWXG | S_IRWXO))
                return err_set(err, RC_DENIED,
                               "%s holds a secret and others may read it: chmod 600", path);
        return RC_OK;
}

/* One line that can stand in a header. */
static enum rc check_secret(struct exchange *x, const char *path, struct err *err)
{
        size_t len = strcspn(x->secret, "\r\n");

        for (size_t i = 0; i < len; i++)
                if ((unsigned char)x->secret[i] < ' ' || x->secret[i] == 0x7f)
                        return err_set(err, RC_INVALID, "%s holds no secret of one line", path);
        x->secret[len] = '\0';
        if (len == 0)
                return err_set(err, RC_INVALID, "%s is empty", path);
        return RC_OK;
}

static enum rc read_secret(struct exchange *x, struct err *err)
{
        const char *path = x->r.secret_file;
        enum rc rc;

        if (!path || (x->r.auth != REMOTE_TOKEN && x->r.auth != REMOTE_BASIC))
                return RC_OK;
        rc = check_secret_file(path, err);
        if (rc == RC_OK)
                rc = file_read(path, SECRET_MAX, &x->secret, &x->secret_len, err);
        return rc == RC_OK ? check_secret(x, path, err) : rc;
}

static void copy_remote(struct exchange *x, const struct remote *r)
{
        struct arena *a = &x->setup;

        x->r = *r;
        x->r.name = arena_strdup(a, r->name);
        x->r.collection = arena_strdup(a, r->collection);
        x->r.secret_file = arena_strdup(a, r->secret_file);
        x->r.user = arena_strdup(a, r->user);
        x->r.cert_file = arena_strdup(a, r->cert_file);
        x->r.key_file = arena_strdup(a, r->key_file);
        x->r.ca_file = arena_strdup(a, r->ca_file);
        AUTO_FREE char *url = http_resolve(r->url, r->url);
        x->r.url = arena_strdup(a, url);
        set_text(&x->root, r->root);
        set_text(&x->watermark, r->watermark);
        set_text(&x->error, r->error);
        x->how = r->shut ? EXCHANGE_REFUSED : EXCHANGE_OFFLINE;
        x->silent = r->failures > 0;
}

static bool is_same_text(const char *a, const char *b)
{
        return a && b ? strcmp(a, b) == 0 : a == b;
}

bool exchange_is_with(const struct exchange *x, const struct remote *r)
{
        const struct remote *was = &x->r;
        AUTO_FREE char *url = http_resolve(r->url, r->url);

        return is_same_text(was->name, r->name) && is_same_text(was->url, url) &&
               is_same_text(was->collection, r->collection) && was->auth == r->auth &&
               is_same_text(was->secret_file, r->secret_file) && is_same_text(was->user, r->user) &&
               is_same_text(was->cert_file, r->cert_file) &&
               is_same_text(was->key_file, r->key_file) && is_same_text(was->ca_file, r->ca_file) &&
               was->ceiling == r->ceiling && was->default_marking == r->default_marking;
}

static void give_auth(struct exchange *x)
{
        x->auth = (struct http_auth){.origin = x->r.url,
                                     .cert_file = x->r.cert_file,
                                     .key_file = x->r.key_file,
                                     .ca_file = x->r.ca_file};
        if (x->r.auth == REMOTE_TOKEN)
                x->auth.bearer = x->secret;
        if (x->r.auth == REMOTE_BASIC) {
                x->auth.user = x->r.user;
                x->auth.password = x->secret;
        }
}

/* What an earlier run learnt about when it may be asked again. Who asks once is a person, or was
 * started by one: our own patience is not for them, the server's word is. */
static void wait_as_told(struct exchange *x)
{
        int64_t now = clock_now_ms(), until = x->once ? x->r.told_ms : x->r.next_try_ms;

        if (until == CLOCK_NONE || until <= now || until - now > AHEAD_MAX_MS)
                return;
        x->failed = true;
        x->next_ms = until;
        x->over = x->once && until - now > ONCE_WAITS_MS;
}

enum rc exchange_open(const struct exchange_options *o, struct exchange **ret, struct err *err)
{
        struct exchange *x = xcalloc(1, sizeof(*x));
        enum rc rc = RC_OK;

        x->ops = o->ops;
        x->http = o->http;
        x->once = o->once;
        x->finds_only = o->finds_only;
        copy_remote(x, o->remote);
        if (!http_url_is_allowed(x->r.url, err))
                rc = RC_DENIED;
        if (rc == RC_OK)
                rc = read_secret(x, err);
        if (rc != RC_OK) {
                exchange_close(x);
                return err_wrap(err, rc, "%s", o->remote->name);
        }
        give_auth(x);
        if (!x->finds_only)
                wait_as_told(x);
        x->pull.due_ms = clock_now_ms();
        x->pull.limit = PAGE_LIMIT;
        x->push.wanted = true;
        x->pending = delivery_count(x->ops->store, &x->r);
        str_init(&x->push.body, TAXII_BYTES_MAX + 1024);
        *ret = x;
        return RC_OK;
}

void exchange_close(struct exchange *x)
{
        if (!x)
                return;
        exchange_stop(x);
        if (x->dirty)
                exchange_save(x);
        str_finish(&x->push.body);
        seen_clear(&x->push.along);
        seen_clear(&x->refused);
        if (x->secret)
                crypt_wipe(x->secret, x->secret_len);
        free(x->secret);
        free(x->root);
        free(x->watermark);
        free(x->error);
        free(x->push.error);
        free(x->collection_url);
        arena_finish(&x->setup);
        free(x);
}
