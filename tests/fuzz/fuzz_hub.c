/*
 * A request to the hub, as its API gets it from the server: whatever is asked, the answer is a
 * status with a document that a client can read, and headers that are lines.
 *
 * The input is written like HTTP: a line "METHOD PATH?QUERY", headers, an empty line, the body. In
 * "Authorization: Bearer NAME" the name "writer" or "reader" stands for that one's token. Every
 * write is rolled back, so that all inputs meet the same hub.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/ident.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "fuzz.h"
#include "hub/api.h"

#define ROOM      "11111111-1111-4111-8111-111111111111"
#define ARGS_MAX  64
#define STEPS_MAX 4

static struct backend *hub; /* open as long as this program runs */
static char path[512];
static char writer[TOKEN_TEXT], reader[TOKEN_TEXT];

/* ---- the hub ----------------------------------------------------------------------------------
 */

static void hold(bool is_so, const char *what)
{
        if (is_so)
                return;
        fprintf(stderr, "fuzz_hub: not so: %s\n", what);
        abort();
}

static void must(enum rc rc, const char *what)
{
        hold(rc == RC_OK, what);
}

static void add_token(const char *name, int64_t collection, bool may_write, char text[TOKEN_TEXT])
{
        struct arena a = {0};
        const struct hub_right right = {collection, ROOM, may_write};
        struct hub_token t = {.name = name, .created_us = 1, .rights = &right, .right_count = 1};

        token_make(&t, text, &a);
        must(hub->ops->token_add(hub, &t, NULL), "token_add");
        arena_finish(&a);
}

static void add_objects(int64_t collection)
{
        struct hub_object list[5];
        enum hub_added added[5];
        char ids[5][STIX_ID_MAX];

        for (size_t i = 0; i < ARRAY_LEN(list); i++) {
                snprintf(ids[i], sizeof(ids[i]), "incident--00000000-0000-4000-8000-00000000000%zu",
                         i / 2);
                list[i] = (struct hub_object){.id = ids[i],
                                              .type = "incident",
                                              .spec = "2.1",
                                              .version = "2026-11-26T10:00:00.000Z",
                                              .version_ns = (int64_t)(i + 1) * 1000000000,
                                              .bytes = "{\"type\":\"incident\"}",
                                              .len = 19};
        }
        must(hub->ops->begin(hub, NULL), "begin");
        must(hub->ops->add(hub, collection, list, ARRAY_LEN(list), added, NULL), "add");
        must(hub->ops->commit(hub, NULL), "commit");
}

static void remove_file(void)
{
        static const char *const ends[] = {"", "-wal", "-shm"};

        for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
                AUTO_FREE char *name = xasprintf("%s%s", path, ends[i]);

                unlink(name);
        }
}

static void open_hub(void)
{
        const char *tmp = getenv("TMPDIR");
        struct hub_collection room = {.id = ROOM, .alias = "room", .title = "Room"};

        snprintf(path, sizeof(path), "%s/fuzz-hub.%d.db", tmp ? tmp : "/tmp", (int)getpid());
        atexit(remove_file);
        must(crypt_start(NULL), "crypt_start");
        json_start();
        must(backend_open(path, 1, &hub, NULL), "backend_open");
        must(hub->ops->collection_add(hub, &room, NULL), "collection_add");
        add_token("writer", room.key, true, writer);
        add_token("reader", room.key, false, reader);
        add_objects(room.key);
}

/* ---- the request ------------------------------------------------------------------------------
 */

static int digit(char c)
{
        if (c >= '0' && c <= '9')
                return c - '0';
        return (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* As libmicrohttpd decodes it; what can't be decoded stays. */
static void decode(char *s, bool plus)
{
        char *to = s;

        for (; *s; s++) {
                if (*s == '%' && digit(s[1]) >= 0 && digit(s[2]) >= 0) {
                        *to++ = (char)(digit(s[1]) * 16 + digit(s[2]));
                        s += 2;
                } else {
                        *to++ = plus && *s == '+' ? ' ' : *s;
                }
        }
        *to = '\0';
}

static void read_query(char *query, struct hub_pair *args, struct hub_request *r)
{
        for (char *next; query && r->arg_count < ARGS_MAX; query = next) {
                char *value;

                next = strchr(query, '&');
                if (next)
                        *next++ = '\0';
                value = strchr(query, '=');
                if (value)
                        *value++ = '\0';
                decode(query, true);
                if (value)
                        decode(value, true);
                args[r->arg_count++] = (struct hub_pair){query, value};
        }
}

static const char *with_token(struct arena *a, const char *value)
{
        static const char bearer[] = "Bearer ";
        const char *name = value + strlen(bearer);

        if (strncmp(value, bearer, strlen(bearer)) != 0)
                return value;
        if (strcmp(name, "writer") == 0)
                return arena_printf(a, "Bearer %s", writer);
        return strcmp(name, "reader") == 0 ? arena_printf(a, "Bearer %s", reader) : value;
}

static void read_header(struct arena *a, char *line, struct hub_request *r)
{
        const struct {
                const char *name, **place;
        } known[] = {
                {"Accept", &r->accept},
                {"Content-Type", &r->content_type},
                {"Content-Encoding", &r->content_encoding},
                {"Authorization", &r->authorization},
                {"Prefer", &r->prefer},
                {"Certificate", &r->certificate},
        };
        char *value = strchr(line, ':');

        if (!value)
                return;
        *value++ = '\0';
        value += strspn(value, " \t");
        if (strcasecmp(line, "Content-Length") == 0)
                r->content_length = (int64_t)strtoull(value, NULL, 10);
        for (size_t i = 0; i < ARRAY_LEN(known); i++)
                if (strcasecmp(line, known[i].name) == 0)
                        *known[i].place = with_token(a, value);
}

static char *take_line(char **at)
{
        char *line = *at, *end = strchr(line, '\n');

        *at = end ? end + 1 : line + strlen(line);
        if (end)
                *end = '\0';
        line[strcspn(line, "\r")] = '\0';
        return line;
}

/* `text` ends with a NUL, and has none before its body. */
static void read_request(char *text, size_t len, struct arena *a, struct hub_pair *args,
                         struct hub_request *r)
{
        char *end = text + len, *line = take_line(&text), *place, *query;

        place = strchr(line, ' ');
        if (place)
                *place++ = '\0';
        else
                place = line + strlen(line);
        query = strchr(place, '?');
        if (query)
                *query++ = '\0';
        decode(place, false);
        read_query(query, args, r);
        r->method = line;
        r->path = place;
        r->args = args;
        r->content_length = -1;
        while (*text && *(line = take_line(&text)))
                read_header(a, line, r);
        r->body = text;
        r->body_len = (size_t)(end - text);
}

/* ---- the answer -------------------------------------------------------------------------------
 */

static enum api_step write_and_forget(struct api_call *call)
{
        struct err err = {0};
        enum rc rc = hub->ops->begin(hub, &err);

        if (rc == RC_OK)
                rc = api_write(call, &err);
        hub->ops->rollback(hub);
        return rc == RC_OK ? API_REPLY : api_fail(call, rc, &err);
}

static void answer(struct api_call *call, const char *body, size_t body_len)
{
        enum api_step step = api_begin(call);

        for (int steps = 0; step != API_REPLY; steps++) {
                hold(steps < STEPS_MAX, "it comes to an end");
                call->request.body = body;
                call->request.body_len = body_len;
                call->waits_no_more = step == API_WAIT;
                step = step == API_WRITE ? write_and_forget(call) : api_answer(call);
        }
}

static void check_reply(const struct api_call *call)
{
        const struct hub_reply *r = &call->reply;
        struct json_t *document = NULL;

        hold(r->status >= 200 && r->status <= 599 && r->status != 500, call->failure.text);
        hold(!r->body.over && (!r->body.len || r->type), "the body has a type");
        for (size_t i = 0; i < r->header_count; i++)
                hold(text_is_clean(r->headers[i].value, strlen(r->headers[i].value), false),
                     "a header is a line");
        if (!r->body.len)
                return;
        hold(json_parse(r->body.s, r->body.len, &document, NULL) == RC_OK, "the body is JSON");
        json_free(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct hub_pair args[ARGS_MAX];
        struct api_call call;
        char *text = xmalloc(size + 1);
        const char *body;
        size_t body_len;

        if (!hub)
                open_hub();
        if (size)
                memcpy(text, data, size);
        text[size] = '\0';
        api_init(&call, hub);
        read_request(text, size, &call.arena, args, &call.request);
        body = TAKE(call.request.body);
        body_len = call.request.body_len;
        call.request.body_len = 0;
        answer(&call, body, body_len);
        check_reply(&call);
        api_finish(&call);
        free(text);
        return 0;
}
