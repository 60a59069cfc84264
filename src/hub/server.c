/*
 * libmicrohttpd: its daemon, started and stopped.
 */
#include "hub/server.h"

#include <errno.h>
#include <microhttpd.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"
#include "hub/server_address.h"
#include "hub/server_exchange.h"
#include "hub/server_log.h"

#define CONNECTIONS_MAX 2000
#define PER_CLIENT_MAX  500 /* connections from one address */
#define IDLE_S          60  /* then a connection that says nothing is closed */
#define HEAD_BYTES_MAX  32768
#define GRACE_MS        10000
#define PEM_BYTES_MAX   (1u << 20)
#define PRIORITIES      "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE"

struct server {
        struct exchanges all;
        struct MHD_Daemon *daemon;
};

/* ---- what libmicrohttpd calls ------------------------------------------------------------------
 */

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **state)
{
        (void)version;
        return (enum MHD_Result)exchange_request(ctx, connection, path, method, upload, upload_size,
                                                 state);
}

static void on_completed(void *ctx, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
        (void)ctx;
        (void)connection;
        (void)code;
        exchange_completed(state);
}

__attribute__((format(printf, 2, 0))) static void on_message(void *ctx, const char *fmt, va_list ap)
{
        char text[512];

        (void)ctx;
        vsnprintf(text, sizeof(text), fmt, ap);
        text[strcspn(text, "\n")] = '\0';
        server_log_event("http", text);
}

/* ---- starting and stopping --------------------------------------------------------------------
 */

struct pem {
        char *certificate, *key, *authorities; /* owned */
};

static void pem_finish(struct pem *p)
{
        if (p->key)
                crypt_wipe(p->key, strlen(p->key));
        free(p->certificate);
        free(p->key);
        free(p->authorities);
}

static enum rc read_pem(const char *path, char **ret, struct err *err)
{
        size_t len;

        return path ? file_read(path, PEM_BYTES_MAX, ret, &len, err) : RC_OK;
}

static enum rc read_pems(const struct server_options *o, struct pem *p, struct err *err)
{
        enum rc rc = read_pem(o->certificate, &p->certificate, err);

        if (rc == RC_OK)
                rc = read_pem(o->key, &p->key, err);
        return rc == RC_OK ? read_pem(o->client_authorities, &p->authorities, err) : rc;
}

static void raise_limit(void)
{
        struct rlimit limit;

        if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
                return;
        limit.rlim_cur = limit.rlim_max < 4096 ? limit.rlim_max : 4096;
        setrlimit(RLIMIT_NOFILE, &limit);
}

size_t server_threads(void)
{
        long n = sysconf(_SC_NPROCESSORS_ONLN);

        return n < 2 ? 2 : n > SERVER_THREADS_MAX ? SERVER_THREADS_MAX : (size_t)n;
}

static enum rc start(struct server *s, const struct server_address *a, const struct pem *p,
                     struct err *err)
{
        unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                         MHD_USE_ERROR_LOG | (a->is_v6 ? MHD_USE_IPv6 : 0) |
                         (p->key ? MHD_USE_TLS : 0);
        const struct MHD_OptionItem tls[] = {
                {MHD_OPTION_HTTPS_MEM_KEY, 0, p->key},
                {MHD_OPTION_HTTPS_MEM_CERT, 0, p->certificate},
                {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)PRIORITIES},
                {p->authorities ? MHD_OPTION_HTTPS_MEM_TRUST : MHD_OPTION_END, 0, p->authorities},
                {MHD_OPTION_END, 0, NULL}};

        s->daemon = MHD_start_daemon(
                flags, 0, NULL, NULL, on_request, &s->all, /* the logger first: others use it */
                MHD_OPTION_EXTERNAL_LOGGER, on_message, s, MHD_OPTION_SOCK_ADDR, &a->any,
                MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_THREAD_POOL_SIZE,
                (unsigned)server_threads(), MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
                MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)PER_CLIENT_MAX,
                MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                (size_t)HEAD_BYTES_MAX, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_ARRAY,
                p->key ? tls : &tls[ARRAY_LEN(tls) - 1], MHD_OPTION_END);
        if (!s->daemon)
                return err_set(err, RC_FAIL, "can't listen%s: %s",
                               p->key ? ", or with these keys" : "", strerror(errno));
        return RC_OK;
}

static void say_where(struct server *s, const struct server_address *a, bool tls)
{
        const union MHD_DaemonInfo *info =
                MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
        char host[SERVER_ADDRESS_MAX];

        server_address_print(&a->any, host);
        printf("listening on %s://%s%s%s:%u/\n", tls ? "https" : "http", a->is_v6 ? "[" : "", host,
               a->is_v6 ? "]" : "", info ? info->port : 0u);
        fflush(stdout);
}

/* Takes no more: who comes now is turned away. (MHD_quiesce_daemon() races with its threads.) */
static void on_stop(void *ctx)
{
        struct server *s = ctx;

        atomic_store(&s->all.stopping, true);
        server_log_event("stopping", NULL);
}

static bool is_idle(void *ctx)
{
        return atomic_load(&((struct server *)ctx)->all.active) == 0;
}

/* libmicrohttpd can't stop while a connection is suspended. */
static void close_desk(struct server *s)
{
        atomic_store(&s->all.stopping, true);
        atomic_store(&s->all.closed, true);
        while (atomic_load(&s->all.handing_over))
                sched_yield();
        desk_refuse(s->all.desk);
}

static enum rc serve(struct server *s, const struct server_address *a, const struct pem *p,
                     struct err *err)
{
        const struct desk_end end = {
                .stop = on_stop, .is_idle = is_idle, .ctx = s, .grace_ms = GRACE_MS};
        enum rc rc = start(s, a, p, err);

        if (rc != RC_OK)
                return rc;
        say_where(s, a, p->key != NULL);
        rc = desk_run(s->all.desk, &end, err);
        close_desk(s);
        MHD_stop_daemon(s->daemon);
        server_log_event("stopped", NULL);
        return rc;
}

enum rc server_run(struct backend *b, const struct server_options *o, struct err *err)
{
        struct server s = {
                .all = {.backend = b, .asks_certificates = o->client_authorities != NULL}};
        CLEANUP(pem_finish) struct pem pem = {0};
        struct server_address address;
        enum rc rc = server_address_read(o->listen, &address, err);

        if (rc == RC_OK && !o->certificate && !address.is_loopback)
                rc = err_set(err, RC_DENIED,
                             "without --tls-cert and --tls-key only loopback is listened on");
        if (rc == RC_OK)
                rc = read_pems(o, &pem, err);
        if (rc == RC_OK)
                rc = desk_open(b, CONNECTIONS_MAX + 1, &s.all.desk, err);
        if (rc != RC_OK)
                return rc;
        raise_limit();
        s.all.rate = o->rate == RATE_OFF ? NULL : rate_create(o->rate, o->loopback_rate);
        rc = serve(&s, &address, &pem, err);
        rate_destroy(s.all.rate);
        desk_close(s.all.desk);
        return rc;
}
