#include "hub/server_exchange.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "hub/certificate.h"
#include "hub/gzip.h"
#include "hub/server_address.h"
#include "hub/server_log.h"
#include "wire/taxii.h"

#define ARGS_MAX        64
#define DRAIN_BYTES_MAX (2 * (uint64_t)TAXII_BYTES_MAX) /* read of a body that is refused */

/* One request and its reply. */
struct exchange {
        struct exchanges *all;
        struct MHD_Connection *connection;
        struct api_call call;
        struct desk_job job;
        enum api_step step;
        struct str body;
        uint64_t bytes_in, bytes_out;
        int64_t began_ns;
        int status;       /* 0: no reply was sent */
        bool is_active;   /* counted */
        bool is_unlogged; /* refused for asking too often: told once for many */
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

        if (!x->all->asks_certificates)
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
        struct exchanges *all = x->all;

        if (x->is_active && atomic_fetch_sub(&all->active, 1) == 1 && atomic_load(&all->stopping))
                desk_ring(all->desk);
        x->is_active = false;
}

/* Counted first, asked then: so a stop sees it, or it sees the stop. */
static bool take_in(struct exchange *x)
{
        x->is_active = true;
        atomic_fetch_add(&x->all->active, 1);
        if (!atomic_load(&x->all->stopping))
                return true;
        let_go(x);
        return false;
}

/* ---- how often --------------------------------------------------------------------------------
 */

static const struct sockaddr *client_address(struct exchange *x)
{
        const union MHD_ConnectionInfo *info =
                MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

        return info ? info->client_addr : NULL;
}

static enum api_step refuse_often(struct exchange *x, const struct rate_verdict *v)
{
        char client[SERVER_ADDRESS_MAX];

        x->is_unlogged = true;
        if (v->untold) {
                server_address_print(client_address(x), client);
                server_log_too_often(client, x->call.who.name, v->what, v->untold);
        }
        return api_too_often(&x->call, v->wait_s);
}

static enum api_step begin_call(struct exchange *x)
{
        struct rate *rate = x->all->rate;
        const struct rate_asker who = {.from = client_address(x),
                                       .credentials = x->call.request.authorization,
                                       .certificate = x->call.request.certificate};
        struct rate_verdict v = {0};
        enum api_step step;

        if (!rate)
                return api_begin(&x->call);
        v = rate_ask(rate, &who, x->began_ns);
        if (v.wait_s)
                return refuse_often(x, &v);
        step = api_begin(&x->call);
        if (x->call.who.name)
                v = rate_recognised(rate, &who, x->call.who.name, x->began_ns);
        else if (x->call.reply.status == 401)
                rate_wrong(rate, &who);
        else
                rate_not_looked_at(rate, &who, x->began_ns);
        return v.wait_s ? refuse_often(x, &v) : step;
}

static struct exchange *begin(struct exchanges *all, struct MHD_Connection *connection,
                              const char *method, const char *path)
{
        struct exchange *x = xcalloc(1, sizeof(*x));

        x->all = all;
        x->connection = connection;
        x->began_ns = clock_mono_ns();
        x->job.call = &x->call;
        x->job.done = on_done;
        str_init(&x->body, TAXII_BYTES_MAX);
        api_init(&x->call, all->backend);
        read_head(x, method, path);
        x->step = take_in(x) ? begin_call(x) : refuse_stopping(x);
        return x;
}

/* ---- its body ---------------------------------------------------------------------------------
 */

static void drop_body(struct exchange *x)
{
        atomic_fetch_sub(&x->all->bodies, x->body.len);
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
        if (atomic_fetch_add(&x->all->bodies, len) + len > EXCHANGE_BODIES_MAX) {
                atomic_fetch_sub(&x->all->bodies, len);
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
        if (atomic_load(&x->all->stopping))
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
        struct exchanges *all = x->all;

        if (x->step == API_WAIT && !x->job.until_ns)
                x->job.until_ns = x->began_ns + x->call.wait_ms * 1000000;
        x->job.step = x->step;
        atomic_fetch_add(&all->handing_over, 1);
        if (atomic_load(&all->closed)) {
                refuse_stopping(x);
                atomic_fetch_sub(&all->handing_over, 1);
                return send_reply(x);
        }
        MHD_suspend_connection(x->connection);
        desk_put(all->desk, &x->job);
        atomic_fetch_sub(&all->handing_over, 1);
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

int exchange_request(struct exchanges *all, struct MHD_Connection *connection, const char *path,
                     const char *method, const char *upload, size_t *upload_size, void **state)
{
        struct exchange *x = *state;

        if (!x) {
                *state = x = begin(all, connection, method, path);
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
        char client[SERVER_ADDRESS_MAX];

        server_address_print(client_address(x), client);
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

void exchange_completed(void **state)
{
        struct exchange *x = *state;

        if (!x)
                return;
        if (!x->is_unlogged)
                log_exchange(x);
        drop_body(x);
        let_go(x);
        api_finish(&x->call);
        free(x);
        *state = NULL;
}
