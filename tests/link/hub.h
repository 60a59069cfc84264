/*
 * A muster-hub of its own for a test, on a free port of loopback, and HTTP spoken to it by hand.
 * Its database is a file, or where MUSTER_POSTGRES says so one of PostgreSQL.
 */
#ifndef TESTS_LINK_HUB_H
#define TESTS_LINK_HUB_H

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "postgres.h"

#define TAXII      "application/taxii+json;version=2.1"
#define REPLY_MAX  (64u * 1024 * 1024)
#define COLLECTION "11111111-1111-4111-8111-111111111111"
#define OTHER      "22222222-2222-4222-8222-222222222222"

#define UNUSED __attribute__((unused))

/* ---- reporting --------------------------------------------------------------------------------
 */

static int failures;

UNUSED static void check(bool ok, const char *name, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));
static void check(bool ok, const char *name, const char *fmt, ...)
{
        va_list ap;

        printf("%s %s", ok ? "ok" : "not ok", name);
        if (!ok) {
                failures++;
                printf(": ");
                va_start(ap, fmt);
                vprintf(fmt, ap);
                va_end(ap);
        }
        printf("\n");
        fflush(stdout);
}

_Noreturn UNUSED static void give_up(const char *why)
{
        printf("not ok %s\n", why);
        fflush(stdout);
        exit(1);
}

/* ---- the hub ----------------------------------------------------------------------------------
 */

struct hub {
        char *program, *db, *log;
        pid_t pid;
        int port, out;
        const char *rate;                 /* --rate; NULL: as it is */
        char *writer, *reader, *stranger; /* tokens: rw on both, r on one, r on the other */
};

/* Runs a command and gives back what it printed, without the line's end; NULL where it failed. */
static char *run_hub(const struct hub *h, const char *const *args)
{
        int fds[2], status = 0;
        char text[4096];
        ssize_t n;
        size_t len = 0;
        pid_t pid;

        if (pipe(fds) != 0 || (pid = fork()) < 0)
                give_up("starting a command");
        if (pid == 0) {
                dup2(fds[1], STDOUT_FILENO);
                close(fds[0]);
                close(fds[1]);
                execv(h->program, (char *const *)(uintptr_t)args);
                _exit(127);
        }
        close(fds[1]);
        while (len < sizeof(text) - 1 && (n = read(fds[0], text + len, sizeof(text) - 1 - len)) > 0)
                len += (size_t)n;
        close(fds[0]);
        text[len] = '\0';
        text[strcspn(text, "\n")] = '\0';
        if (waitpid(pid, &status, 0) != pid || status != 0)
                return NULL;
        return xstrdup(text);
}

#define HUB_RUN(h, ...)                                                                            \
        run_hub(h, (const char *[]){(h)->program, "--db", (h)->db, __VA_ARGS__, NULL})

static char *must_run(char *printed, const char *what)
{
        if (!printed)
                give_up(what);
        return printed;
}

UNUSED static void hub_prepare(struct hub *h)
{
        const char *muster = getenv("MUSTER"), *tmp = getenv("TMPDIR");

        if (!muster)
                give_up("MUSTER is not set");
        signal(SIGPIPE, SIG_IGN);
        *h = (struct hub){.program = xasprintf("%s-hub", muster),
                          .db = postgres_fresh(),
                          .log = xasprintf("%s/hub.%d.log", tmp ? tmp : "/tmp", getpid())};
        if (!h->db)
                h->db = xasprintf("%s/hub.%d.db", tmp ? tmp : "/tmp", getpid());
        free(must_run(HUB_RUN(h, "collection", "add", COLLECTION, "--title", "Crisis room",
                              "--alias", "room"),
                      "collection add"));
        free(must_run(HUB_RUN(h, "collection", "add", OTHER, "--title", "Another"),
                      "collection add"));
        h->writer = must_run(HUB_RUN(h, "token", "add", "writer", "--collection", COLLECTION ":rw",
                                     "--collection", OTHER ":rw"),
                             "token add");
        h->reader =
                must_run(HUB_RUN(h, "token", "add", "reader", "--collection", "room"), "token add");
        h->stranger = must_run(HUB_RUN(h, "token", "add", "stranger", "--collection", OTHER),
                               "token add");
}

/* Waits for the line that says where it listens: where it did before, if it did. */
UNUSED static void hub_start(struct hub *h)
{
        AUTO_FREE char *place = xasprintf("127.0.0.1:%d", h->port);
        int fds[2];
        char line[256] = "";
        size_t len = 0;

        if (pipe(fds) != 0 || (h->pid = fork()) < 0)
                give_up("starting the hub");
        if (h->pid == 0) {
                int log = open(h->log, O_WRONLY | O_CREAT | O_APPEND, 0600);

                dup2(fds[1], STDOUT_FILENO);
                dup2(log, STDERR_FILENO);
                close(fds[0]);
                execl(h->program, h->program, "--db", h->db, "serve", "--listen", place,
                      h->rate ? "--rate" : NULL, h->rate, (char *)NULL);
                _exit(127);
        }
        close(fds[1]);
        h->out = fds[0];
        while (len < sizeof(line) - 1 && !strchr(line, '\n') && read(fds[0], line + len, 1) == 1)
                len++;
        if (sscanf(line, "listening on http://127.0.0.1:%d/", &h->port) != 1)
                give_up("the hub does not listen");
}

/* Gives back its exit status. */
UNUSED static int hub_wait(struct hub *h)
{
        int status = -1;

        waitpid(h->pid, &status, 0);
        close(h->out);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

UNUSED static int hub_stop(struct hub *h)
{
        kill(h->pid, SIGTERM);
        return hub_wait(h);
}

/* The last lines of a hub's log, for a sentence. */
UNUSED static const char *hub_last_words(const struct hub *h)
{
        static char words[1024];
        FILE *f = fopen(h->log, "r");
        size_t len = 0;

        if (f) {
                if (fseek(f, -(long)(sizeof(words) - 1), SEEK_END) != 0)
                        rewind(f);
                len = fread(words, 1, sizeof(words) - 1, f);
                fclose(f);
        }
        words[len] = '\0';
        return words;
}

UNUSED static void hub_ends_in_peace(struct hub *h)
{
        int status = hub_stop(h);

        check(status == 0, "the hub ends in peace", "status %d; %s", status, hub_last_words(h));
}

UNUSED static void hub_finish(struct hub *h)
{
        free(h->program);
        free(h->db);
        free(h->log);
        free(h->writer);
        free(h->reader);
        free(h->stranger);
}

/* ---- HTTP -------------------------------------------------------------------------------------
 */

struct reply {
        int status; /* 0: none came */
        char *head, *body;
        size_t len;
};

UNUSED static void reply_free(struct reply *r)
{
        free(r->head);
        *r = (struct reply){0};
}

/* -1: nobody listens. */
UNUSED static int http_connect(const struct hub *h)
{
        struct sockaddr_in to = {.sin_family = AF_INET,
                                 .sin_port = htons((uint16_t)h->port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

        if (fd < 0)
                give_up("making a socket");
        if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0)
                return fd;
        close(fd);
        return -1;
}

UNUSED static bool http_write(int fd, const char *bytes, size_t len)
{
        while (len) {
                ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

                if (n <= 0)
                        return false;
                bytes += n;
                len -= (size_t)n;
        }
        return true;
}

/* Reads until the hub closes. */
UNUSED static struct reply http_read(int fd)
{
        struct reply r = {0};
        struct str all;
        char piece[65536];
        ssize_t n;
        char *end;

        str_init(&all, REPLY_MAX);
        while (fd >= 0 && (n = recv(fd, piece, sizeof(piece), 0)) > 0)
                str_addn(&all, piece, (size_t)n);
        if (fd >= 0)
                close(fd);
        r.len = all.len;
        r.head = str_take(&all);
        end = strstr(r.head, "\r\n\r\n");
        if (!end || sscanf(r.head, "HTTP/1.1 %d", &r.status) != 1)
                r.status = 0;
        r.body = end ? end + 4 : r.head + r.len;
        r.len -= (size_t)(r.body - r.head);
        if (end)
                *end = '\0';
        return r;
}

/* What a request says; NULL is left out, but method (GET) and token (that of the writer). */
struct ask {
        const char *method, *path, *token, *headers, *body;
        bool nobody;    /* without a token */
        bool plain;     /* says nothing of types */
        bool piecewise; /* body in chunks */
};

UNUSED static void add_chunks(struct str *out, const char *body)
{
        size_t len = strlen(body);

        while (len) {
                size_t n = len < 1000 ? len : 1000;

                str_addf(out, "%zx\r\n", n);
                str_addn(out, body, n);
                str_add(out, "\r\n");
                body += n;
                len -= n;
        }
        str_add(out, "0\r\n\r\n");
}

UNUSED static int http_send(const struct hub *h, const struct ask *q)
{
        int fd = http_connect(h);
        struct str out;

        str_init(&out, REPLY_MAX);
        str_addf(&out, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n",
                 q->method ? q->method : "GET", q->path);
        if (!q->nobody)
                str_addf(&out, "Authorization: Bearer %s\r\n", q->token ? q->token : h->writer);
        if (!q->plain)
                str_add(&out, "Accept: " TAXII "\r\n");
        if (!q->plain && q->body)
                str_add(&out, "Content-Type: " TAXII "\r\n");
        if (q->headers)
                str_add(&out, q->headers);
        if (q->body && q->piecewise)
                str_add(&out, "Transfer-Encoding: chunked\r\n\r\n");
        else if (q->body)
                str_addf(&out, "Content-Length: %zu\r\n\r\n", strlen(q->body));
        else
                str_add(&out, "\r\n");
        if (q->body && q->piecewise)
                add_chunks(&out, q->body);
        else if (q->body)
                str_add(&out, q->body);
        if (fd >= 0)
                http_write(fd, str_text(&out), out.len);
        str_finish(&out);
        return fd;
}

UNUSED static struct reply http_ask(const struct hub *h, const struct ask *q)
{
        return http_read(http_send(h, q));
}

UNUSED static struct reply http_get(const struct hub *h, const char *token, const char *path)
{
        return http_ask(h, &(struct ask){.path = path, .token = token});
}

UNUSED static struct reply http_post(const struct hub *h, const char *token, const char *path,
                                     const char *body)
{
        return http_ask(
                h, &(struct ask){.method = "POST", .path = path, .token = token, .body = body});
}

/* The value of a header, malloc'ed; NULL where it is not there. */
UNUSED static char *reply_header(const struct reply *r, const char *name)
{
        size_t len = strlen(name);

        for (const char *line = strstr(r->head, "\r\n"); line; line = strstr(line, "\r\n")) {
                line += 2;
                if (strncasecmp(line, name, len) == 0 && line[len] == ':')
                        return xstrndup(line + len + 2, strcspn(line + len + 2, "\r\n"));
        }
        return NULL;
}

/* The body as JSON; the test ends where it is none. */
UNUSED static struct json_t *reply_json(const struct reply *r)
{
        struct json_t *j = NULL;
        struct err err = {0};

        if (json_parse(r->body, r->len, &j, &err) != RC_OK) {
                printf("# %d %s\n%s\n", r->status, err.text, r->body);
                give_up("a reply is not JSON");
        }
        return j;
}

/* ---- objects ----------------------------------------------------------------------------------
 */

#define OBJECTS "/api/collections/" COLLECTION "/objects/"

UNUSED static char *incident(int number, const char *modified)
{
        return xasprintf("{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":\"incident--"
                         "%08x-0000-4000-8000-000000000000\",\"created\":\"2026-11-26T09:00:00.000Z"
                         "\",\"modified\":\"%s\",\"name\":\"Number %d\"}",
                         (unsigned)number, modified ? modified : "2026-11-26T09:00:00.000Z",
                         number);
}

/* {"objects":[...]} of incidents from..to-1 */
UNUSED static char *envelope(int from, int to)
{
        struct str out;

        str_init(&out, REPLY_MAX);
        str_add(&out, "{\"objects\":[");
        for (int i = from; i < to; i++) {
                AUTO_FREE char *one = incident(i, NULL);

                str_add(&out, i > from ? "," : "");
                str_add(&out, one);
        }
        str_add(&out, "]}");
        return str_take(&out);
}

#endif
