#include "server.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

#define ASKED_MAX (8u << 20)

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

static void answer(int fd, const struct canned *c)
{
        static const struct canned none = {
                .status = 404, .body = "{\"title\":\"Not Found\",\"http_status\":\"404\"}"};
        const struct canned *a = c ? c : &none;
        const char *body = a->body ? a->body : "{}";
        size_t len = a->body_len ? a->body_len : strlen(body);
        char rest[256];

        if (a->how == HOW_SILENT) {
                while (recv(fd, rest, sizeof(rest), 0) > 0)
                        ;
                return;
        }
        AUTO_FREE char *head = xasprintf(
                "HTTP/1.1 %d Said\r\n%s%sContent-Length: %zu\r\nConnection: close\r\n\r\n",
                a->status, a->headers ? a->headers : "",
                a->how == HOW_BARE ? "" : "Content-Type: application/taxii+json;version=2.1\r\n",
                len);
        send_all(fd, head, strlen(head));
        send_all(fd, body, a->how == HOW_CUT ? len / 2 : len);
}

static void serve_one(struct server *s, int fd)
{
        CLEANUP(str_finish) struct str in;
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
