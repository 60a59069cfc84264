/*
 * The PostgreSQL backend: its address, and the links it has.
 */
#include "hub/backend_pg.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#define SERVER_LEAST 120000 /* plan_cache_mode came with 12 */

struct pg_backend *pg_of(struct backend *b)
{
        return (struct pg_backend *)b;
}

struct pg_link *pg_reader_take(struct backend *b)
{
        return chan_take(pg_of(b)->idle);
}

void pg_reader_return(struct backend *b, struct pg_link *l)
{
        chan_put(pg_of(b)->idle, l);
}

static void pg_close(struct backend *base)
{
        struct pg_backend *b = pg_of(base);

        for (size_t i = 0; i < b->reader_count; i++)
                pg_link_drop(&b->readers[i]);
        pg_link_drop(&b->writer);
        chan_destroy(b->idle);
        free(b->readers);
        crypt_wipe(b->url, strlen(b->url));
        free(b->url);
        free(b);
}

static const struct backend_ops pg_ops = {
        .close = pg_close,
        .collection_add = pg_collection_add,
        .collection_list = pg_collection_list,
        .collection_find = pg_collection_find,
        .token_add = pg_token_add,
        .token_list = pg_token_list,
        .token_by_label = pg_token_by_label,
        .token_by_name = pg_token_by_name,
        .token_revoke = pg_token_revoke,
        .walk = pg_walk,
        .status_get = pg_status_get,
        .knows = pg_knows,
        .begin = pg_begin,
        .commit = pg_commit,
        .rollback = pg_rollback,
        .add = pg_add,
        .remove = pg_remove,
        .status_put = pg_status_put,
        .seqs = pg_seqs,
};

/* A password that holds : / or @ as such is cut in two, and half of it looks like a port or a host.
 */
static bool is_sound(const PQconninfoOption *o)
{
        if (!o->val)
                return true;
        if (strcmp(o->keyword, "port") == 0)
                return !o->val[strspn(o->val, "0123456789,")];
        return strcmp(o->keyword, "host") != 0 || !strchr(o->val, '@');
}

/* What libpq says of an address that it can't read shows it, password and all: so it is not asked.
 */
static enum rc check_url(const char *url, struct err *err)
{
        PQconninfoOption *options = PQconninfoParse(url, NULL);
        bool sound = options != NULL;

        for (const PQconninfoOption *o = options; o && o->keyword; o++)
                sound = sound && is_sound(o);
        PQconninfoFree(options);
        return sound ? RC_OK
                     : err_set(err, RC_INVALID,
                               "the address of the database can't be read; it is "
                               "postgresql://USER:PASSWORD@HOST/NAME, where a password is written "
                               "with %%40 for @, %%3A for : and %%2F for /");
}

static enum rc check_server(PGconn *conn, struct err *err)
{
        const char *encoding = PQparameterStatus(conn, "server_encoding");

        if (PQserverVersion(conn) < SERVER_LEAST)
                return err_set(err, RC_INVALID, "PostgreSQL 12 or newer is needed");
        if (!encoding || strcmp(encoding, "UTF8") != 0)
                return err_set(err, RC_INVALID, "the database must be made with ENCODING 'UTF8'");
        return RC_OK;
}

/* What is not said in the address, a service file or the environment. */
static void set_defaults(void)
{
        setenv("PGCONNECT_TIMEOUT", "5", 0);
        setenv("PGTARGETSESSIONATTRS", "read-write", 0); /* of several hosts, the primary */
}

static void make_links(struct pg_backend *b, size_t readers)
{
        b->writer = (struct pg_link){.backend = b, .may_write = true};
        b->readers = xcalloc(readers, sizeof(*b->readers));
        b->reader_count = readers;
        b->idle = chan_create(readers);
        for (size_t i = 0; i < readers; i++) {
                b->readers[i].backend = b;
                chan_put(b->idle, &b->readers[i]);
        }
}

enum rc pg_open(const char *url, size_t readers, struct backend **ret, struct err *err)
{
        struct pg_backend *b;
        enum rc rc = check_url(url, err);

        if (rc != RC_OK)
                return rc;
        set_defaults();
        b = xcalloc(1, sizeof(*b));
        b->base.ops = &pg_ops;
        b->url = xstrdup(url);
        make_links(b, readers);
        rc = pg_link_connect(&b->writer, err);
        if (rc == RC_OK)
                rc = check_server(b->writer.conn, err);
        if (rc == RC_OK)
                rc = pg_migrate(&b->writer, err);
        if (rc != RC_OK) {
                pg_close(&b->base);
                return rc;
        }
        *ret = &b->base;
        return RC_OK;
}
