/*
 * libmicrohttpd: its daemon, and what it calls for each request.
 */
#include "hub/server.h"

#include <errno.h>
#include <microhttpd.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "hub/certificate.h"
#include "hub/desk.h"
#include "hub/gzip.h"
#include "hub/server_address.h"
#include "hub/server_log.h"
#include "wire/taxii.h"

#define CONNECTIONS_MAX 2000
#define PER_CLIENT_MAX  500 /* connections from one address */
#define IDLE_S          60  /* then a connection that says nothing is closed */
#define HEAD_BYTES_MAX  32768
#define ARGS_MAX        64
#define DRAIN_BYTES_MAX (2 * (uint64_t)TAXII_BYTES_MAX) /* read of a body that is refused */
#define BODIES_MAX      (256ull * 1024 * 1024)          /* bodies held at once, of all */
#define GRACE_MS        10000
#define PEM_BYTES_MAX   (1u << 20)
#define PRIORITIES      "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE"

struct server {
        struct backend *backend;
        struct desk *desk;
        struct MHD_Daemon *daemon;
        bool asks_certificates;
        atomic_bool stopping; /* no new requests */
        atomic_bool closed;   /* nothing is given to the desk any more */
        atomic_size_t active; /* requests that were taken and are not answered yet */
        atomic_size_t handing_over;
        atomic_uint_fast64_t bodies; /* bytes of bodies held */
};

/* One request and its reply. */
struct exchange {
        struct server *server;
        struct MHD_Connection *connection;
        struct api_call call;
        struct desk_job job;
        enum api_step step;
        struct str body;
        uint64_t bytes_in, bytes_out;
        int64_t began_ns;
        int status;     /* 0: no reply was sent */
        bool is_active; /* counted */
        const char *accept_encoding;
        struct hub_pair args[ARGS_MAX];
};

/* ---- a request comes --------------------------------------------------------------------------
 */

static enum MHD_Result add_arg(void *ctx, enum MHD_ValueKind kind, const char *name,
                               const char *value)
{
        struct exchange *x = ctx;
        struct hub_request *r = &x->call.request;

        (void)kind;
        if (r->arg_count == ARGS_MAX)
                return MHD_NO;
        x->args[r->arg_count++] = (struct hub_pair){name, value};
        return MHD_YES;
}

static const char *header(struct exchange *x, const char *name)
{
        return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

static const char *client_certificate(struct exchange *x)
{
        const union MHD_ConnectionInfo *info;
        char name[CERTIFICATE_NAME_MAX];

        if (!x->server->asks_certificates)
                return NULL;
        info = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
        if (!info || !info->tls_session || !certificate_name(info->tls_session, name))
                return NULL;
        return arena_strdup(&x->call.arena, name);
}

static void read_head(struct exchange *x, const char *method, const char *path)
{
        struct hub_request *r = &x->call.request;
        const char *length = header(x, MHD_HTTP_HEADER_CONTENT_LENGTH);

        r->method = arena_strdup(&x->call.arena, method);
        r->path = arena_strdup(&x->call.arena, path);
        r->args = x->args;
        r->accept = header(x, MHD_HTTP_HEADER_ACCEPT);
        r->content_type = header(x, MHD_HTTP_HEADER_CONTENT_TYPE);
        r->content_encoding = header(x, MHD_HTTP_HEADER_CONTENT_ENCODING);
        r->authorization = header(x, MHD_HTTP_HEADER_AUTHORIZATION);
        r->prefer = header(x, "Prefer");
        r->certificate = client_certificate(x);
        r->content_length = length ? (int64_t)strtoull(length, NULL, 10) : -1;
        x->accept_encoding = header(x, MHD_HTTP_HEADER_ACCEPT_ENCODING);
        MHD_get_connection_values(x->connection, MHD_GET_ARGUMENT_KIND, add_arg, x);
}

static void on_done(struct desk_job *job);

static enum api_step refuse_stopping(struct exchange *x)
{
        return api_fail(&x->call, RC_BUSY, &(struct err){.text = "the hub stops"});
}

static void let_go(struct exchange *x)
{
        struct server *s = x->server;

        if (x->is_active && atomic_fetch_sub(&s->active, 1) == 1 && atomic_load(&s->stopping))
                desk_ring(s->desk);
        x->is_active = false;
}

/* Counted first, asked then: so a stop sees it, or it sees the stop. */
static bool take_in(struct exchange *x)
{
        x->is_active = true;
        atomic_fetch_add(&x->server->active, 1);
        if (!atomic_load(&x->server->stopping))
                return true;
        let_go(x);
        return false;
}

static struct exchange *begin(struct server *s, struct MHD_Connection *connection,
                              const char *method, const char *path)
{
        struct exchange *x = xcalloc(1, sizeof(*x));

        x->server = s;
        x->connection = connection;
        x->began_ns = clock_mono_ns();
        x->job.call = &x->call;
        x->job.done = on_done;
        str_init(&x->body, TAXII_BYTES_MAX);
        api_init(&x->call, s->backend);
        read_head(x, method, path);
        x->step = take_in(x) ? api_begin(&x->call) : refuse_stopping(x);
        return x;
}

/* ---- its body ---------------------------------------------------------------------------------
 */

static void drop_body(struct exchange *x)
{
        atomic_fetch_sub(&x->server->bodies, x->body.len);
        str_finish(&x->body);
}

/* What is refused is read all the same, to a degree: who still sends does not hear an answer. */
static enum MHD_Result take_body(struct exchange *x, const char *bytes, size_t len)
{
        bool is_kept = x->step != API_REPLY && strcmp(x->call.request.method, "POST") == 0;

        x->bytes_in += len;
        if (!is_kept)
                return x->bytes_in <= DRAIN_BYTES_MAX ? MHD_YES : MHD_NO;
        if (x->body.len + len > TAXII_BYTES_MAX) {
                x->step = api_refuse(&x->call, 413, "At most %u bytes are taken at once.",
                                     TAXII_BYTES_MAX);
                drop_body(x);
                return MHD_YES;
        }
        if (atomic_fetch_add(&x->server->bodies, len) + len > BODIES_MAX) {
                atomic_fetch_sub(&x->server->bodies, len);
                x->step = api_fail(&x->call, RC_BUSY,
                                   &(struct err){.text = "too much is being sent at once"});
                drop_body(x);
                return MHD_YES;
        }
        str_addn(&x->body, bytes, len);
        return MHD_YES;
}

/* ---- the reply --------------------------------------------------------------------------------
 */

static struct MHD_Response *make_response(struct exchange *x)
{
        struct hub_reply *r = &x->call.reply;
        struct MHD_Response *response;
        struct str packed;
        bool is_packed = r->body.len >= GZIP_LEAST && gzip_is_wanted(x->accept_encoding) &&
                         gzip_pack(&r->body, &packed);
        size_t len = is_packed ? packed.len : r->body.len;

        x->bytes_out = r->body.len;
        response = MHD_create_response_from_buffer(len, str_take(is_packed ? &packed : &r->body),
                                                   MHD_RESPMEM_MUST_FREE);
        if (!response)
                mem_die();
        if (is_packed)
                MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
        return response;
}

static enum MHD_Result send_reply(struct exchange *x)
{
        const struct hub_reply *r = &x->call.reply;
        struct MHD_Response *response = make_response(x);
        enum MHD_Result result;

        if (r->type) {
                MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, r->type);
                MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
        }
        for (size_t i = 0; i < r->header_count; i++)
                MHD_add_response_header(response, r->headers[i].name, r->headers[i].value);
        if (atomic_load(&x->server->stopping))
                MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
        x->status = r->status;
        result = MHD_queue_response(x->connection, (unsigned)r->status, response);
        MHD_destroy_response(response);
        return result;
}

/* On the desk's thread: the exchange goes back to that of its connection. */
static void on_done(struct desk_job *job)
{
        struct exchange *x =
                (struct exchange *)(void *)((char *)job - offsetof(struct exchange, job));

        MHD_resume_connection(x->connection);
}

static enum MHD_Result hand_over(struct exchange *x)
{
        struct server *s = x->server;

        if (x->step == API_WAIT && !x->job.until_ns)
                x->job.until_ns = x->began_ns + x->call.wait_ms * 1000000;
        x->job.step = x->step;
        atomic_fetch_add(&s->handing_over, 1);
        if (atomic_load(&s->closed)) {
                refuse_stopping(x);
                atomic_fetch_sub(&s->handing_over, 1);
                return send_reply(x);
        }
        MHD_suspend_connection(x->connection);
        desk_put(s->desk, &x->job);
        atomic_fetch_sub(&s->handing_over, 1);
        return MHD_YES;
}

/* The body is there, or the desk is done. */
static enum MHD_Result go_on(struct exchange *x)
{
        if (x->step == API_WRITE) {
                x->step = API_REPLY;
        } else if (x->step != API_REPLY) {
                x->call.request.body = str_text(&x->body);
                x->call.request.body_len = x->body.len;
                x->step = api_answer(&x->call);
        }
        return x->step == API_REPLY ? send_reply(x) : hand_over(x);
}

/* ---- what libmicrohttpd calls ------------------------------------------------------------------
 */

/* Who waits for "100 Continue", or would send for long, hears at once that it is refused. */
static bool is_refused_at_once(struct exchange *x)
{
        return x->step == API_REPLY && (header(x, MHD_HTTP_HEADER_EXPECT) ||
                                        x->call.request.content_length > (int64_t)DRAIN_BYTES_MAX);
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **state)
{
        struct exchange *x = *state;

        (void)version;
        if (!x) {
                *state = x = begin(ctx, connection, method, path);
                return is_refused_at_once(x) ? send_reply(x) : MHD_YES;
        }
        if (*upload_size) {
                enum MHD_Result result = take_body(x, upload, *upload_size);

                *upload_size = 0;
                return result;
        }
        return go_on(x);
}

static void log_exchange(struct exchange *x)
{
        const union MHD_ConnectionInfo *info =
                MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        char client[SERVER_ADDRESS_MAX];

        server_address_print(info ? info->client_addr : NULL, client);
        server_log_request(&(struct server_log){.client = client,
                                                .who = x->call.who.name,
                                                .method = x->call.request.method,
                                                .path = x->call.request.path,
                                                .status = x->status,
                                                .bytes_in = x->bytes_in,
                                                .bytes_out = x->bytes_out,
                                                .took_ns = clock_mono_ns() - x->began_ns,
                                                .why = x->call.failure.text});
}

static void on_completed(void *ctx, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
        struct exchange *x = *state;

        (void)ctx;
        (void)connection;
        (void)code;
        if (!x)
                return;
        log_exchange(x);
        drop_body(x);
        let_go(x);
        api_finish(&x->call);
        free(x);
        *state = NULL;
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
                flags, 0, NULL, NULL, on_request, s, /* the logger first: others use it */
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

        atomic_store(&s->stopping, true);
        server_log_event("stopping", NULL);
}

static bool is_idle(void *ctx)
{
        return atomic_load(&((struct server *)ctx)->active) == 0;
}

/* libmicrohttpd can't stop while a connection is suspended. */
static void close_desk(struct server *s)
{
        atomic_store(&s->stopping, true);
        atomic_store(&s->closed, true);
        while (atomic_load(&s->handing_over))
                sched_yield();
        desk_refuse(s->desk);
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
        rc = desk_run(s->desk, &end, err);
        close_desk(s);
        MHD_stop_daemon(s->daemon);
        server_log_event("stopped", NULL);
        return rc;
}

enum rc server_run(struct backend *b, const struct server_options *o, struct err *err)
{
        struct server s = {.backend = b, .asks_certificates = o->client_authorities != NULL};
        CLEANUP(pem_finish) struct pem pem = {0};
        struct server_address address;
        enum rc rc = server_address_read(o->listen, &address, err);

        if (rc == RC_OK && !o->certificate && !address.is_loopback)
                rc = err_set(err, RC_DENIED,
                             "without --tls-cert and --tls-key only loopback is listened on");
        if (rc == RC_OK)
                rc = read_pems(o, &pem, err);
        if (rc == RC_OK)
                rc = desk_open(b, CONNECTIONS_MAX + 1, &s.desk, err);
        if (rc != RC_OK)
                return rc;
        raise_limit();
        rc = serve(&s, &address, &pem, err);
        desk_close(s.desk);
        return rc;
}
