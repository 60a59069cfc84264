/*
 * Clients of a hub, over connections that are kept, as a yardstick for what the hub does:
 *
 *   hub_client post PORT TOKEN BUNDLE EACH CLIENTS  ->  objects= posts= wall_ms=
 *       so many clients send the objects of a bundle of tests/bench/gen, EACH to a POST; every one
 *       waits for the answer before its next POST
 *   hub_client walk PORT TOKEN EACH  ->  pages= bytes= wall_ms=
 *       reads all pages of EACH objects
 *   hub_client wait PORT TOKEN COUNT PID  ->  clients= answered= rss_kb=
 *       COUNT clients wait for the first object; then it comes, and all must hear of it. The memory
 *       is the greatest that process PID, the hub, had.
 *
 * The collection is the alias "room".
 */
#include "../link/hub.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>

#define PATH      "/api/collections/room/objects/"
#define NEXT_MAX  64
#define WAIT_S    30
#define LIMIT_MS  30000
#define BATCH_MAX (16u * 1024 * 1024)
#define HEAD_MAX  65536u /* of a reply, what is looked at; the rest is read and dropped */

static struct hub hub;

static double now_ms(void)
{
        return (double)clock_mono_ns() / 1e6;
}

/* ---- a connection that is kept ----------------------------------------------------------------
 */

struct line {
        int fd;
        char head[HEAD_MAX + 1]; /* the reply's beginning, with that of its body */
        size_t len, head_len, body_len;
};

static bool head_is_there(struct line *l)
{
        const char *end = strstr(l->head, "\r\n\r\n");
        const char *len = strcasestr(l->head, "\r\nContent-Length:");

        if (!end || !len)
                return false;
        l->head_len = (size_t)(end + 4 - l->head);
        l->body_len = strtoul(len + 17, NULL, 10);
        return true;
}

/* What is left of the body. */
static bool drop(const struct line *l)
{
        static _Thread_local char piece[65536];
        size_t left = l->head_len + l->body_len - l->len;

        while (left) {
                ssize_t n = recv(l->fd, piece, left < sizeof(piece) ? left : sizeof(piece), 0);

                if (n <= 0)
                        return false;
                left -= (size_t)n;
        }
        return true;
}

/* Reads one reply; its status, 0: none came. */
static int hear(struct line *l)
{
        int status = 0;

        l->len = 0;
        do {
                ssize_t n = recv(l->fd, l->head + l->len, HEAD_MAX - l->len, 0);

                if (n <= 0)
                        return 0;
                l->len += (size_t)n;
                l->head[l->len] = '\0';
        } while (!head_is_there(l));
        return sscanf(l->head, "HTTP/1.1 %d", &status) == 1 && drop(l) ? status : 0;
}

static void say(struct line *l, const char *method, const char *query, const char *headers,
                const struct str *body)
{
        struct str out;

        str_init(&out, REPLY_MAX);
        str_addf(&out,
                 "%s " PATH "%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n"
                 "Accept: " TAXII "\r\n%s",
                 method, query, hub.writer, headers);
        if (body)
                str_addf(&out, "Content-Type: " TAXII "\r\nContent-Length: %zu\r\n", body->len);
        str_add(&out, "\r\n");
        if (body)
                str_addn(&out, body->s, body->len);
        if (!http_write(l->fd, str_text(&out), out.len))
                give_up("the hub does not listen any more");
        str_finish(&out);
}

static void line_open(struct line *l)
{
        l->fd = http_connect(&hub);
        if (l->fd < 0)
                give_up("the hub does not listen");
}

/* From an address of its own, since the hub has a limit for each. */
static void line_open_elsewhere(struct line *l)
{
        struct sockaddr_in from = {.sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1)};
        struct sockaddr_in to = {.sin_family = AF_INET,
                                 .sin_port = htons((uint16_t)hub.port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

        l->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (bind(l->fd, (struct sockaddr *)&from, sizeof(from)) != 0 ||
            connect(l->fd, (struct sockaddr *)&to, sizeof(to)) != 0)
                give_up("the hub does not listen");
}

/* ---- sending ----------------------------------------------------------------------------------
 */

struct posts {
        struct str *bodies;
        size_t count, room;
        long objects;
        atomic_size_t next;
};

static struct str *add_body(struct posts *p)
{
        if (p->count == p->room) {
                p->room = p->room ? 2 * p->room : 64;
                p->bodies = xreallocarray(p->bodies, p->room, sizeof(*p->bodies));
        }
        str_init(&p->bodies[p->count], BATCH_MAX);
        return &p->bodies[p->count++];
}

/* A line of the bundle is an object, a comma behind it. */
static void add_line(struct posts *p, const char *line, ssize_t len, long each)
{
        bool is_first = p->objects % each == 0;
        struct str *body;

        while (len > 0 && strchr(",\n", line[len - 1]))
                len--;
        if (len < 2 || strncmp(line, "{\"type\":\"incident\"", 18) != 0)
                return;
        body = is_first ? add_body(p) : &p->bodies[p->count - 1];
        str_add(body, is_first ? "{\"objects\":[" : ",");
        str_addn(body, line, (size_t)len);
        p->objects++;
}

static void read_bundle(struct posts *p, const char *path, long each)
{
        FILE *f = fopen(path, "r");
        char *line = NULL;
        size_t room = 0;
        ssize_t len;

        if (!f)
                give_up(path);
        while ((len = getline(&line, &room, f)) > 0)
                add_line(p, line, len, each);
        for (size_t i = 0; i < p->count; i++)
                str_add(&p->bodies[i], "]}");
        free(line);
        fclose(f);
}

static void post(struct line *l, const struct str *body)
{
        say(l, "POST", "", "", body);
        if (hear(l) != 202)
                give_up("a POST is refused");
}

static void *post_some(void *ctx)
{
        struct posts *p = ctx;
        struct line *l = xcalloc(1, sizeof(*l));
        size_t i;

        line_open(l);
        while ((i = atomic_fetch_add(&p->next, 1)) < p->count)
                post(l, &p->bodies[i]);
        close(l->fd);
        free(l);
        return NULL;
}

static void post_all(const char *path, long each, size_t clients)
{
        pthread_t *threads = xcalloc(clients, sizeof(*threads));
        struct posts p = {0};
        double began;

        read_bundle(&p, path, each);
        began = now_ms();
        for (size_t i = 0; i < clients; i++)
                if (pthread_create(&threads[i], NULL, post_some, &p) != 0)
                        give_up("a thread");
        for (size_t i = 0; i < clients; i++)
                pthread_join(threads[i], NULL);
        printf("objects=%ld posts=%zu wall_ms=%.0f\n", p.objects, p.count, now_ms() - began);
        for (size_t i = 0; i < p.count; i++)
                str_finish(&p.bodies[i]);
        free(p.bodies);
        free(threads);
}

/* ---- reading ----------------------------------------------------------------------------------
 */

static bool read_next(const struct line *l, char next[NEXT_MAX])
{
        const char *at = strstr(l->head + l->head_len, "\"next\":\"");

        return at && sscanf(at + 8, "%63[^\"]", next) == 1;
}

static void walk_all(long each)
{
        char query[256], next[NEXT_MAX] = "";
        struct line *l = xcalloc(1, sizeof(*l));
        long pages = 0;
        size_t bytes = 0;
        double began;

        line_open(l);
        began = now_ms();
        do {
                snprintf(query, sizeof(query), "?limit=%ld&match%%5Bversion%%5D=all%s%s", each,
                         *next ? "&next=" : "", next);
                say(l, "GET", query, "", NULL);
                if (hear(l) != 200)
                        give_up("a page is refused");
                pages++;
                bytes += l->body_len;
        } while (read_next(l, next));
        printf("pages=%ld bytes=%zu wall_ms=%.2f\n", pages, bytes, now_ms() - began);
        close(l->fd);
        free(l);
}

/* ---- waiting ----------------------------------------------------------------------------------
 */

static long peak_kb(const char *pid)
{
        AUTO_FREE char *path = xasprintf("/proc/%s/status", pid);
        char line[256];
        long kb = -1;
        FILE *f = fopen(path, "r");

        while (f && fgets(line, sizeof(line), f))
                if (strncmp(line, "VmHWM:", 6) == 0)
                        kb = strtol(line + 6, NULL, 10);
        if (f)
                fclose(f);
        return kb;
}

static void wait_all(size_t count, const char *pid)
{
        AUTO_FREE char *headers = xasprintf("Prefer: wait=%d\r\n", WAIT_S);
        AUTO_FREE char *object = incident(1, NULL);
        AUTO_FREE char *body = xasprintf("{\"objects\":[%s]}", object);
        struct line *lines = xcalloc(count + 1, sizeof(*lines));
        size_t answered = 0;

        for (size_t i = 0; i < count; i++) {
                line_open(&lines[i]);
                say(&lines[i], "GET", "?limit=1", headers, NULL);
        }
        line_open_elsewhere(&lines[count]);
        post(&lines[count], &(struct str){.s = body, .len = strlen(body)});
        for (size_t i = 0; i < count; i++) {
                struct pollfd p = {.fd = lines[i].fd, .events = POLLIN};

                answered += poll(&p, 1, LIMIT_MS) > 0 && hear(&lines[i]) == 200;
                close(lines[i].fd);
        }
        printf("clients=%zu answered=%zu rss_kb=%ld\n", count, answered, peak_kb(pid));
        close(lines[count].fd);
        free(lines);
}

int main(int argc, char **argv)
{
        if (argc < 5)
                return 2;
        hub = (struct hub){.port = (int)strtol(argv[2], NULL, 10), .writer = argv[3]};
        if (strcmp(argv[1], "post") == 0 && argc == 7)
                post_all(argv[4], strtol(argv[5], NULL, 10), strtoul(argv[6], NULL, 10));
        else if (strcmp(argv[1], "walk") == 0 && argc == 5)
                walk_all(strtol(argv[4], NULL, 10));
        else if (strcmp(argv[1], "wait") == 0 && argc == 6)
                wait_all(strtoul(argv[4], NULL, 10), argv[5]);
        else
                return 2;
        return 0;
}
