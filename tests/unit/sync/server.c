#include "server.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

#define ASKED_MAX  (8u << 20)
#define ANSWER_MAX (64u << 20)

/* ---- which answer ------------------------------------------------------------------------------
 */

/* `line` is "GET /path/?query HTTP/1.1...". */
static bool fits(const char *when, const char *line)
{
        size_t target = strcspn(line, " ") + 1;
        size_t path = target + strcspn(line + target, "? ");
        size_t end = target + strcspn(line + target, " ");
        size_t want = strcspn(when, " ") + 1;

        want += strcspn(when + want, " ");
        if (want != path || strncmp(when, line, path) != 0)
                return false;
        return !when[want] ||
               memmem(line + path, end - path, when + want + 1, strlen(when + want + 1));
}

static struct canned *choose(struct server *s, const char *asked)
{
        struct canned *last = NULL;

        for (size_t i = 0; i < s->count; i++) {
                const char *held = s->list[i].must_hold;

                if (!fits(s->list[i].when, asked) || (held && !strstr(asked, held)))
                        continue;
                if (held)
                        return &s->list[i];
                if (last && (strlen(last->when) > strlen(s->list[i].when) ||
                             (strlen(last->when) == strlen(s->list[i].when) && !last->used)))
                        continue;
                last = &s->list[i];
        }
        if (last)
                last->used = true;
        return last;
}

/* ---- one request -------------------------------------------------------------------------------
 */

static size_t body_len(const char *head)
{
        const char *at = strcasestr(head, "\r\nContent-Length:");

        return at ? strtoul(at + 17, NULL, 10) : 0;
}

static bool read_request(int fd, struct str *in)
{
        char buf[4096];
        const char *end = NULL;
        size_t whole = SIZE_MAX;

        while (in->len < whole) {
                ssize_t n = recv(fd, buf, sizeof(buf), 0);

                if (n <= 0)
                        return false;
                str_addn(in, buf, (size_t)n);
                if (!end && (end = strstr(str_text(in), "\r\n\r\n")))
                        whole = (size_t)(end - in->s) + 4 + body_len(in->s);
        }
        return true;
}

static void send_all(int fd, const char *bytes, size_t len)
{
        while (len) {
                ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

                if (n <= 0)
                        return;
                bytes += n;
                len -= (size_t)n;
        }
}

/* Until nobody reads any more. */
static void trickle(int fd)
{
        struct pollfd p = {.fd = fd, .events = POLLIN};

        while (poll(&p, 1, 10) == 0 && send(fd, " ", 1, MSG_NOSIGNAL) == 1)
                ;
}

static void be_silent(int fd)
{
        char rest[256];

        while (recv(fd, rest, sizeof(rest), 0) > 0)
                ;
}

static void write_answer(const struct canned *a, struct str *out)
{
        const char *body = a->body ? a->body : "{}";
        size_t len = a->body_len ? a->body_len : strlen(body);

        str_addf(out, "HTTP/1.1 %d Said\r\n%s%s", a->status, a->headers ? a->headers : "",
                 a->how == HOW_BARE ? "" : "Content-Type: application/taxii+json;version=2.1\r\n");
        if (a->how != HOW_ENDLESS)
                str_addf(out, "Content-Length: %zu\r\n", a->how == HOW_SLOW ? 1u << 20 : len);
        str_add(out, "Connection: close\r\n\r\n");
        str_addn(out, body, a->how == HOW_CUT && !a->cut ? len / 2 : len);
}

static void answer(int fd, const struct canned *c)
{
        static const struct canned none = {
                .status = 404, .body = "{\"title\":\"Not Found\",\"http_status\":\"404\"}"};
        const struct canned *a = c ? c : &none;
        CLEANUP(str_finish) struct str out = {0};
        size_t len;

        if (a->how == HOW_SILENT) {
                be_silent(fd);
                return;
        }
        str_init(&out, ANSWER_MAX);
        write_answer(a, &out);
        len = out.len;
        if (a->cut) {
                const char *at = memmem(out.s, out.len, a->cut, strlen(a->cut));

                len = (size_t)(at - out.s) + a->cut_bytes;
        }
        send_all(fd, out.s, len);
        if (a->how == HOW_SLOW)
                trickle(fd);
}

static void serve_one(struct server *s, int fd)
{
        CLEANUP(str_finish) struct str in = {0};
        struct canned c, *chosen;

        str_init(&in, ASKED_MAX);
        if (!read_request(fd, &in))
                return;
        pthread_mutex_lock(&s->lock);
        chosen = choose(s, in.s);
        if (chosen)
                c = *chosen;
        if (s->asked_count < sizeof(s->asked) / sizeof(s->asked[0]))
                s->asked[s->asked_count++] = str_take(&in);
        pthread_mutex_unlock(&s->lock);
        answer(fd, chosen ? &c : NULL);
}

static void *serve(void *ctx)
{
        struct server *s = ctx;

        for (;;) {
                int fd = accept(s->fd, NULL, NULL);

                if (fd < 0)
                        return NULL;
                serve_one(s, fd);
                shutdown(fd, SHUT_WR);
                close(fd);
        }
}

/* ---- from outside ------------------------------------------------------------------------------
 */

void server_start(struct server *s)
{
        struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        socklen_t len = sizeof(at);

        memset(s, 0, sizeof(*s));
        pthread_mutex_init(&s->lock, NULL);
        s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        cr_assert_geq(s->fd, 0);
        cr_assert_eq(bind(s->fd, (struct sockaddr *)&at, sizeof(at)), 0);
        cr_assert_eq(listen(s->fd, 16), 0);
        cr_assert_eq(getsockname(s->fd, (struct sockaddr *)&at, &len), 0);
        snprintf(s->url, sizeof(s->url), "http://127.0.0.1:%d", ntohs(at.sin_port));
        cr_assert_eq(pthread_create(&s->thread, NULL, serve, s), 0);
}

void server_stop(struct server *s)
{
        shutdown(s->fd, SHUT_RDWR);
        pthread_join(s->thread, NULL);
        close(s->fd);
        server_forget(s);
        pthread_mutex_destroy(&s->lock);
}

void server_add(struct server *s, const struct canned *c)
{
        pthread_mutex_lock(&s->lock);
        cr_assert_lt(s->count, sizeof(s->list) / sizeof(s->list[0]));
        s->list[s->count++] = *c;
        pthread_mutex_unlock(&s->lock);
}

void server_say(struct server *s, const char *when, int status, const char *headers,
                const char *body)
{
        server_add(s, &(struct canned){
                              .when = when, .status = status, .headers = headers, .body = body});
}

void server_forget(struct server *s)
{
        pthread_mutex_lock(&s->lock);
        for (size_t i = 0; i < s->asked_count; i++)
                free(s->asked[i]);
        s->asked_count = s->count = 0;
        pthread_mutex_unlock(&s->lock);
}

size_t server_count(struct server *s, const char *when)
{
        size_t count = 0;

        pthread_mutex_lock(&s->lock);
        for (size_t i = 0; i < s->asked_count; i++)
                count += fits(when, s->asked[i]);
        pthread_mutex_unlock(&s->lock);
        return count;
}

const char *server_asked(struct server *s, const char *when, size_t n)
{
        const char *found = "";

        pthread_mutex_lock(&s->lock);
        for (size_t i = 0; i < s->asked_count && !*found; i++)
                if (fits(when, s->asked[i]) && n-- == 0)
                        found = s->asked[i];
        pthread_mutex_unlock(&s->lock);
        return found;
}
