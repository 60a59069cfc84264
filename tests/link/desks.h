/*
 * Desks that meet a hub one after the other, on the thread of the test, each with a clock of its
 * own.
 */
#ifndef TESTS_LINK_DESKS_H
#define TESTS_LINK_DESKS_H

#include "base/crypt.h"
#include "base/file.h"
#include "base/ident.h"
#include "hub.h"
#include "model/words.h"
#include "ops/ops.h"
#include "store/remotes.h"
#include "sync/exchange.h"

#define DESK_TEXT_MAX (64u * 1024 * 1024)

struct desk {
        const char *name; /* borrowed: of the operator */
        char *path;
        struct ops ops;
        struct http *http;
        int64_t skew_ms;          /* of its clock */
        struct exchange_report r; /* of the last meeting, without its sentence */
        char why[512];            /* that sentence, or "" */
};

UNUSED static void must(enum rc rc, const struct err *err, const char *what)
{
        if (rc == RC_OK)
                return;
        printf("# %s\n", err->text);
        give_up(what);
}

UNUSED static void remove_database(const char *path)
{
        static const char *const ends[] = {"", "-wal", "-shm", ".console", ".key", ".token"};

        for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
                AUTO_FREE char *p = xasprintf("%s%s", path, ends[i]);

                unlink(p);
        }
}

UNUSED static void desk_open(struct desk *d, const struct words *words)
{
        struct err err = {0};

        must(ops_open(&(struct ops_options){.path = d->path,
                                            .mode = STORE_WRITE,
                                            .operator= d->name,
                                            .words = words},
                      &d->ops, &err),
             &err, "opening a desk");
        must(http_open(&d->http, &err), &err, "opening http");
}

/* A desk of a new unit, or of that of another desk. */
UNUSED static void desk_found(struct desk *d, const char *name, struct desk *join,
                              const struct words *words)
{
        struct ops_unit u = {.name = join ? NULL : name, .desk = name, .ceiling = -1};
        struct err err = {0};
        struct str file;

        d->name = name;
        d->path = xasprintf("%s/%s.%d.db", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp", name,
                            getpid());
        remove_database(d->path);
        str_init(&file, 1 << 20);
        if (join) {
                must(ops_unit_export(&join->ops, &file, &err), &err, "exporting a unit");
                u.join_bytes = file.s;
                u.join_len = file.len;
        }
        must(ops_init(d->path, &u, &err), &err, "founding a desk");
        str_finish(&file);
        desk_open(d, words);
}

UNUSED static void desk_close(struct desk *d)
{
        http_close(d->http);
        ops_close(&d->ops);
        d->http = NULL;
}

UNUSED static void desk_remove(struct desk *d)
{
        if (d->http)
                desk_close(d);
        remove_database(d->path);
        free(d->path);
        *d = (struct desk){0};
}

UNUSED static void desk_write_secret(const struct desk *d, const char *token)
{
        AUTO_FREE char *secret = xasprintf("%s.token", d->path);
        struct err err = {0};

        must(file_replace(secret, token, strlen(token), &err), &err, "writing a token");
}

UNUSED static void desk_add_remote(struct desk *d, const struct hub *h)
{
        AUTO_FREE char *url = xasprintf("http://127.0.0.1:%d/taxii2/", h->port);
        AUTO_FREE char *secret = xasprintf("%s.token", d->path);
        const struct remote r = {.name = "room",
                                 .url = url,
                                 .collection = "room",
                                 .auth = REMOTE_TOKEN,
                                 .secret_file = secret,
                                 .ceiling = TLP_RED,
                                 .default_marking = -1};
        struct err err = {0};
        int64_t id;

        desk_write_secret(d, h->writer);
        must(remote_add(d->ops.store, &r, &id, &err), &err, "adding a remote");
}

/* Turns it until it is over, or has nothing to do at this time. */
UNUSED static void desk_turn(struct desk *d, struct exchange *x)
{
        while (!exchange_is_over(x)) {
                exchange_turn(x);
                if (!http_running(d->http) && exchange_next_ms(x) > clock_now_ms())
                        break;
                if (http_running(d->http))
                        http_run(d->http, 1000);
        }
        exchange_look(x, &d->r);
        snprintf(d->why, sizeof(d->why), "%s", d->r.error ? d->r.error : "");
        d->r.error = NULL;
}

/* One complete round with its remote; false: something went wrong, and d->why says what. */
UNUSED static bool desk_meets(struct desk *d)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct exchange *x = NULL;
        struct remote r;
        struct err err = {0};

        must(remote_by_name(d->ops.store, "room", &a, &r, &err), &err, "the remote");
        must(exchange_open(
                     &(struct exchange_options){
                             .ops = &d->ops, .http = d->http, .remote = &r, .once = true},
                     &x, &err),
             &err, "beginning an exchange");
        desk_turn(d, x);
        exchange_close(x);
        return !d->why[0] && d->r.state == EXCHANGE_RESTING;
}

/* ---- what a desk knows -------------------------------------------------------------------------
 */

#define DESK_INCIDENTS_MAX 256

/* By id, so that equal desks list the same. */
UNUSED static size_t desk_incidents(struct desk *d, struct arena *a,
                                    const char *ids[DESK_INCIDENTS_MAX])
{
        struct filter_context ctx = {.kind = &kind_incident, .values = {.words = d->ops.words}};
        struct filter f;
        struct query *q;
        struct row *rows;
        struct err err = {0};
        size_t count;

        must(filter_read("", &ctx, a, &f, NULL, &err), &err, "filter");
        must(query_open(d->ops.store, &f, NULL, 0, &q, &err), &err, "query");
        must(query_run(q, SIZE_MAX, &err), &err, "run");
        must(query_page(q, 0, DESK_INCIDENTS_MAX, a, &rows, &count, &err), &err, "page");
        query_close(q);
        for (size_t i = 0; i < count; i++) {
                size_t at = i;

                for (; at > 0 && strcmp(ids[at - 1], rows[i].thing.id) > 0; at--)
                        ids[at] = ids[at - 1];
                ids[at] = rows[i].thing.id;
        }
        return count;
}

/* What fn prints of each incident, malloc'ed. */
UNUSED static char *desk_print(struct desk *d, void (*fn)(const struct ops_view *v, struct arena *a,
                                                          struct str *out))
{
        CLEANUP(arena_finish) struct arena list = {0};
        const char *ids[DESK_INCIDENTS_MAX];
        size_t count = desk_incidents(d, &list, ids);
        struct str out;

        str_init(&out, DESK_TEXT_MAX);
        for (size_t i = 0; i < count; i++) {
                CLEANUP(arena_finish) struct arena a = {0};
                struct ops_view v;
                struct err err = {0};

                must(ops_view(&d->ops, ids[i], CLOCK_NONE, &a, &v, &err), &err, "reading");
                str_addf(&out, "%s\n", ids[i]);
                fn(&v, &a, &out);
        }
        return str_take(&out);
}

/* What its unit makes of an incident: base and acts. */
UNUSED static void print_unit(const struct ops_view *v, struct arena *a, struct str *out)
{
        (void)a;
        str_addf(out, "%s\n", v->row.ref);
        fold_print(&v->folded, out);
}

/* What all acts that it holds add up to, whatever unit it is of. */
UNUSED static void print_acts(const struct ops_view *v, struct arena *a, struct str *out)
{
        const struct act **acts = arena_array(a, v->folded.log_count + 1, sizeof(*acts));
        struct folded f;

        for (size_t i = 0; i < v->folded.log_count; i++)
                acts[i] = v->folded.log[i].act;
        fold(&kind_incident, NULL, acts, v->folded.log_count, a, &f);
        fold_print(&f, out);
}

#endif
