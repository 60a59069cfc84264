/*
 * Connections to PostgreSQL: made, lost, made again; and a statement's way to the server and back.
 */
#include "hub/backend_pg.h"

#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

#define MS_NS        1000000ll
#define ANSWER_NS    (20000 * MS_NS) /* longer than any of the server's own limits below */
#define DELAY_NS_MIN (100 * MS_NS)
#define DELAY_NS_MAX (5000 * MS_NS)

/* What is committed is on the disk, and where the server has standbys on theirs, whatever the
 * server does by itself. A hub that is stopped or cut off must not hold up the others by its locks.
 * Plans are made for the values that are asked for. */
#define SESSION                                                                                    \
        "SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit')"       \
        " WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false),"                          \
        " set_config('lock_timeout', '8s', false), set_config('statement_timeout', '15s', false)," \
        " set_config('idle_in_transaction_session_timeout', '10s', false),"                        \
        " set_config('tcp_keepalives_idle', '5', false),"                                          \
        " set_config('tcp_keepalives_interval', '2', false),"                                      \
        " set_config('tcp_keepalives_count', '3', false),"                                         \
        " set_config('client_min_messages', 'warning', false),"                                    \
        " set_config('plan_cache_mode', 'force_custom_plan', false),"                              \
        " set_config('default_transaction_isolation', 'read committed', false)"
#define READS_ONLY ", set_config('default_transaction_read_only', 'on', false)"

/* ---- failures ---------------------------------------------------------------------------------
 */

static const char *option_of(PGconn *conn, const char *name, PQconninfoOption **ret)
{
        *ret = PQconninfo(conn);
        for (const PQconninfoOption *o = *ret; o && o->keyword; o++)
                if (strcmp(o->keyword, name) == 0)
                        return o->val;
        return NULL;
}

/* One line, without the password: libpq may show part of what it was given. */
static void add_message(PGconn *conn, const char *message, struct str *out)
{
        PQconninfoOption *options;
        const char *password = option_of(conn, "password", &options);
        size_t len = password ? strlen(password) : 0;

        for (; *message; message++) {
                if (len && strncmp(message, password, len) == 0) {
                        str_add(out, "***");
                        message += len - 1;
                } else if (*message != '\n') {
                        str_addc(out, *message);
                } else if (message[1]) {
                        str_add(out, "; ");
                }
        }
        PQconninfoFree(options);
}

static enum rc say(struct pg_link *l, enum rc rc, const char *message, struct err *err)
{
        CLEANUP(str_finish) struct str text = {0};

        str_init(&text, sizeof(err->text));
        add_message(l->conn, message, &text);
        return err_set(err, rc, "PostgreSQL: %s", str_text(&text));
}

void pg_link_drop(struct pg_link *l)
{
        PQfinish(l->conn);
        l->conn = NULL;
        memset(l->fixed, 0, sizeof(l->fixed));
        memset(l->walks, 0, sizeof(l->walks));
}

bool pg_is_lost(const struct pg_link *l)
{
        return !l->conn;
}

static enum rc lose(struct pg_link *l, struct err *err)
{
        say(l, RC_BUSY, PQerrorMessage(l->conn), err);
        pg_link_drop(l);
        return RC_BUSY;
}

static bool begins(const char *state, const char *with)
{
        return strncmp(state, with, strlen(with)) == 0;
}

/* The server ends the connection, or is one that only reads: another one must be found. */
static bool is_end(const char *state)
{
        return begins(state, "08") || begins(state, "57P") || begins(state, "25P03") ||
               begins(state, "25006");
}

/* Deadlock and serialization, lock and statement not in time, too many connections. */
static bool is_passing(const char *state)
{
        return begins(state, "40") || begins(state, "55P03") || begins(state, "57014") ||
               begins(state, "53300");
}

static enum rc fail(struct pg_link *l, const PGresult *r, struct err *err)
{
        const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);

        if (!state || is_end(state) || PQstatus(l->conn) == CONNECTION_BAD)
                return lose(l, err);
        if (begins(state, "23505"))
                return err_set(err, RC_CONFLICT, "there is one already");
        if (begins(state, "53100"))
                return err_set(err, RC_FAIL, "the disk of the database is full");
        return say(l, is_passing(state) ? RC_BUSY : RC_FAIL,
                   PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY), err);
}

/* ---- to the server and back -------------------------------------------------------------------
 */

void pg_clear(PGresult **pr)
{
        PQclear(*pr);
}

/* Sends what is left and reads what comes, until the next result is there. */
static enum rc await(struct pg_link *l, int64_t until_ns, struct err *err)
{
        for (;;) {
                int left = PQflush(l->conn);
                struct pollfd fd = {.fd = PQsocket(l->conn),
                                    .events = (short)(POLLIN | (left ? POLLOUT : 0))};
                int64_t now_ns = clock_mono_ns();

                if (left < 0)
                        return lose(l, err);
                if (!left && !PQisBusy(l->conn))
                        return RC_OK;
                if (now_ns >= until_ns) {
                        pg_link_drop(l);
                        return err_set(err, RC_BUSY, "PostgreSQL does not answer");
                }
                if (poll(&fd, 1, (int)((until_ns - now_ns) / MS_NS) + 1) < 0 && errno != EINTR)
                        return err_set(err, RC_FAIL, "waiting: %s", strerror(errno));
                if (fd.revents && !PQconsumeInput(l->conn))
                        return lose(l, err);
        }
}

/* The last of the results, or the one that failed. */
static enum rc take_results(struct pg_link *l, PGresult **ret, struct err *err)
{
        int64_t until_ns = clock_mono_ns() + ANSWER_NS;
        PGresult *next;
        enum rc rc;

        *ret = NULL;
        while ((rc = await(l, until_ns, err)) == RC_OK && (next = PQgetResult(l->conn))) {
                PQclear(*ret);
                *ret = next;
        }
        if (rc != RC_OK)
                return rc;
        switch (PQresultStatus(*ret)) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK: return RC_OK;
        default: return fail(l, *ret, err);
        }
}

enum rc pg_link_run(struct pg_link *l, const char *sql, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;

        return PQsendQuery(l->conn, sql) ? take_results(l, &r, err) : lose(l, err);
}

enum rc pg_link_prepare(struct pg_link *l, const char *name, const char *sql, const Oid *types,
                        int count, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;

        return PQsendPrepare(l->conn, name, sql, count, types) ? take_results(l, &r, err)
                                                               : lose(l, err);
}

enum rc pg_ask(struct pg_link *l, const char *name, const struct pg_args *a, PGresult **ret,
               struct err *err)
{
        return PQsendQueryPrepared(l->conn, name, a->count, a->values, a->lengths, a->formats, 1)
                       ? take_results(l, ret, err)
                       : lose(l, err);
}

/* ---- connecting -------------------------------------------------------------------------------
 */

/* Warnings are looked at, never printed. */
static void on_notice(void *ctx, const PGresult *r)
{
        struct pg_link *l = ctx;

        (void)r;
        l->warned = true;
}

/* Who comes while another one tries is told at once that the server is away. */
static enum rc claim_try(struct pg_backend *b, struct err *err)
{
        int64_t now_ns = clock_mono_ns(), at_ns = atomic_load(&b->retry_ns);

        if (!at_ns)
                return RC_OK;
        if (now_ns >= at_ns &&
            atomic_compare_exchange_strong(&b->retry_ns, &at_ns, now_ns + ANSWER_NS))
                return RC_OK;
        return err_set(err, RC_BUSY, "PostgreSQL is away; it is tried again in a moment");
}

static void note_try(struct pg_backend *b, bool worked)
{
        int64_t delay_ns = atomic_load(&b->delay_ns) * 2;

        delay_ns = delay_ns < DELAY_NS_MIN   ? DELAY_NS_MIN
                   : delay_ns > DELAY_NS_MAX ? DELAY_NS_MAX
                                             : delay_ns;
        atomic_store(&b->delay_ns, worked ? 0 : delay_ns);
        atomic_store(&b->retry_ns, worked ? 0 : clock_mono_ns() + delay_ns);
}

/* The address comes after what it may say otherwise. A line that is dead shows in half a minute. */
static PGconn *dial(const char *url)
{
        static const char *const names[] = {"fallback_application_name",
                                            "keepalives_idle",
                                            "keepalives_interval",
                                            "keepalives_count",
                                            "dbname",
                                            "client_encoding",
                                            NULL};
        const char *const values[] = {"muster-hub", "15", "5", "3", url, "UTF8", NULL};
        PGconn *conn = PQconnectdbParams(names, values, 1);

        if (!conn)
                mem_die();
        return conn;
}

static enum rc begin_session(struct pg_link *l, struct err *err)
{
        if (PQstatus(l->conn) != CONNECTION_OK || PQsetnonblocking(l->conn, 1) != 0)
                return lose(l, err);
        PQsetNoticeReceiver(l->conn, on_notice, l);
        return pg_link_run(l, l->may_write ? SESSION : SESSION READS_ONLY, err);
}

enum rc pg_link_connect(struct pg_link *l, struct err *err)
{
        enum rc rc;

        if (l->conn && PQstatus(l->conn) == CONNECTION_OK)
                return RC_OK;
        pg_link_drop(l);
        if (l->in_transaction)
                return err_set(err, RC_BUSY, "PostgreSQL: the transaction was lost");
        rc = claim_try(l->backend, err);
        if (rc != RC_OK)
                return rc;
        l->conn = dial(l->backend->url);
        rc = begin_session(l, err);
        note_try(l->backend, rc == RC_OK);
        if (rc != RC_OK && l->conn)
                pg_link_drop(l);
        return rc;
}
