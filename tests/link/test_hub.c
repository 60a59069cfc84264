/*
 * muster-hub over a real socket: every resource, every refusal, who may do what.
 */
#include "hub.h"

#define ONE                                                                                        \
        "/api/collections/" COLLECTION "/objects/incident--00000001-0000-4000-8000-000000000000/"

/* ---- expecting --------------------------------------------------------------------------------
 */

static void expect(const struct hub *h, const char *name, const struct ask *q, int status,
                   const char *part)
{
        struct reply r = http_ask(h, q);
        bool found = !part || strstr(r.body, part) || strstr(r.head, part);

        check(r.status == status && found, name, "%d instead of %d, or no %s in\n%s\n\n%.2000s",
              r.status, status, part ? part : "", r.head, r.body);
        reply_free(&r);
}

#define EXPECT(h, name, status, part, ...) expect(h, name, &(struct ask){__VA_ARGS__}, status, part)

/* A refusal is a TAXII error with its status as text. */
static void expect_error(const struct hub *h, const char *name, const struct ask *q, int status)
{
        struct reply r = http_ask(h, q);
        struct json_t *j = NULL;
        char *type = reply_header(&r, "Content-Type");
        char text[16];
        bool ok;

        snprintf(text, sizeof(text), "%d", status);
        ok = json_parse(r.body, r.len, &j, NULL) == RC_OK && r.status == status &&
             strcmp(json_text(json_get(j, "http_status"), ""), text) == 0 &&
             *json_text(json_get(j, "title"), "") && type && strcmp(type, TAXII) == 0;
        check(ok, name, "%d instead of %d:\n%s\n\n%.2000s", r.status, status, r.head, r.body);
        json_free(j);
        free(type);
        reply_free(&r);
}

#define ERROR(h, name, status, ...) expect_error(h, name, &(struct ask){__VA_ARGS__}, status)

/* ---- resources --------------------------------------------------------------------------------
 */

static void test_documents(const struct hub *h)
{
        EXPECT(h, "health needs nobody", 200, "\"status\":\"ok\"", .path = "/health",
               .nobody = true, .plain = true);
        EXPECT(h, "discovery", 200, "\"api_roots\":[\"/api/\"]", .path = "/taxii2/");
        EXPECT(h, "without the slash", 200, "\"default\":\"/api/\"", .path = "/taxii2");
        EXPECT(h, "api-root", 200, "\"x_muster_ordered\":true", .path = "/api/");
        EXPECT(h, "api-root has the limit", 200, "\"max_content_length\":16777216",
               .path = "/api/");
        EXPECT(h, "api-root has its version", 200, "\"versions\":[\"" TAXII "\"]", .path = "/api/");
        EXPECT(h, "collections", 200, "\"id\":\"" OTHER "\"", .path = "/api/collections/");
        EXPECT(h, "collection", 200, "\"title\":\"Crisis room\"",
               .path = "/api/collections/" COLLECTION "/");
        EXPECT(h, "collection by alias", 200, "\"id\":\"" COLLECTION "\"",
               .path = "/api/collections/room/");
        EXPECT(h, "what is in nothing is {}", 200, "\r\nContent-Length: 2", .path = OBJECTS);
        EXPECT(h, "rights are told", 200, "\"can_read\":true,\"can_write\":false",
               .path = "/api/collections/room/", .token = h->reader);
}

static void test_add_and_read(const struct hub *h)
{
        AUTO_FREE char *body = envelope(1, 2);
        AUTO_FREE char *newer = incident(1, "2026-11-26T10:00:00.5Z");
        AUTO_FREE char *again = xasprintf("{\"objects\":[%s]}", newer);
        struct reply r = http_post(h, h->writer, OBJECTS, body);
        CLEANUP(json_cleanup) struct json_t *status = reply_json(&r);
        AUTO_FREE char *path =
                xasprintf("/api/status/%s/", json_text(json_get(status, "id"), "none"));

        check(r.status == 202 && json_int(json_get(status, "success_count"), -1) == 1 &&
                      strcmp(json_text(json_get(status, "status"), ""), "complete") == 0,
              "POST answers 202 with a status", "%d %s", r.status, r.body);
        EXPECT(h, "the status stays", 200, "\"total_count\":1", .path = path);
        ERROR(h, "a status is not for others", 404, .path = path, .token = h->reader);
        EXPECT(h, "an object comes back as it was sent", 200, body + strlen("{\"objects\":["),
               .path = OBJECTS);
        EXPECT(h, "the same again is taken and changes nothing", 202, "was here already",
               .method = "POST", .path = OBJECTS, .body = body);
        EXPECT(h, "a newer version", 202, "\"failure_count\":0", .method = "POST", .path = OBJECTS,
               .body = again);
        EXPECT(h, "one object: its newest version", 200, newer, .path = ONE);
        EXPECT(h, "its versions", 200,
               "\"versions\":[\"2026-11-26T09:00:00.000Z\",\"2026-11-26T10:00:00.5Z\"]",
               .path = ONE "versions/");
        EXPECT(h, "manifest", 200,
               "\"version\":\"2026-11-26T10:00:00.5Z\",\"media_type\":\""
               "application/stix+json;version=2.1\"",
               .path = "/api/collections/room/manifest/");
        reply_free(&r);
}

static void test_delete(const struct hub *h)
{
        ERROR(h, "a reader may not delete", 403, .method = "DELETE", .path = ONE,
              .token = h->reader);
        EXPECT(h, "DELETE of one version", 200, NULL, .method = "DELETE",
               .path = ONE "?match[version]=first");
        EXPECT(h, "the other is still there", 200, "\"versions\":[\"2026-11-26T10:00:00.5Z\"]",
               .path = ONE "versions/");
        EXPECT(h, "DELETE of the newest", 200, NULL, .method = "DELETE", .path = ONE);
        ERROR(h, "then it is gone", 404, .path = ONE);
        ERROR(h, "and its versions", 404, .path = ONE "versions/");
        ERROR(h, "and can't be deleted again", 404, .method = "DELETE", .path = ONE);
}

/* ---- who --------------------------------------------------------------------------------------
 */

static void test_rights(struct hub *h)
{
        static const char *const bad[] = {
                "Authorization: Bearer 0123456789abcdef.00\r\n", "Authorization: Bearer\r\n",
                "Authorization: Basic !!!!\r\n", "Authorization: Basic d3JpdGVyOng=\r\n",
                "Authorization: Digest x\r\n"};
        AUTO_FREE char *cut = xstrndup(h->writer, strlen(h->writer) - 1);
        char *printed;

        ERROR(h, "nobody gets nothing", 401, .path = "/taxii2/", .nobody = true);
        EXPECT(h, "401 says how", 401, "WWW-Authenticate: Basic", .path = OBJECTS, .nobody = true);
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                ERROR(h, "bad credentials", 401, .path = OBJECTS, .nobody = true,
                      .headers = bad[i]);
        ERROR(h, "a token that lacks a digit", 401, .path = OBJECTS, .token = cut);
        ERROR(h, "no right on the collection", 403, .path = OBJECTS, .token = h->stranger);
        ERROR(h, "a reader may not write", 403, .method = "POST", .path = OBJECTS,
              .token = h->reader, .body = "{\"objects\":[]}");
        EXPECT(h, "a stranger sees its collections only", 200,
               "{\"collections\":[{\"id\":\"" OTHER "\"", .path = "/api/collections/",
               .token = h->stranger);
        printed = HUB_RUN(h, "token", "add", "writer", "--collection", "room");
        check(!printed, "a name is given once", "%s", printed);
        free(must_run(HUB_RUN(h, "token", "revoke", "stranger"), "revoke"));
        ERROR(h, "revoked while the hub runs", 401, .path = "/taxii2/", .token = h->stranger);
}

static char *base64(const char *s)
{
        static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                     "0123456789+/";
        struct str out;
        size_t len = strlen(s);

        str_init(&out, 4096);
        for (size_t i = 0; i < len; i += 3) {
                unsigned v = (unsigned)(unsigned char)s[i] << 16 |
                             (i + 1 < len ? (unsigned)(unsigned char)s[i + 1] << 8 : 0) |
                             (i + 2 < len ? (unsigned char)s[i + 2] : 0);

                str_addc(&out, digits[v >> 18]);
                str_addc(&out, digits[v >> 12 & 63]);
                str_addc(&out, i + 1 < len ? digits[v >> 6 & 63] : '=');
                str_addc(&out, i + 2 < len ? digits[v & 63] : '=');
        }
        return str_take(&out);
}

static void test_basic(const struct hub *h)
{
        static const struct {
                const char *name, *user;
                int status;
        } cases[] = {{"Basic NAME:token", "writer", 200},
                     {"Basic with another's name", "reader", 401},
                     {"Basic without a name", "", 401}};

        for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
                AUTO_FREE char *pair = xasprintf("%s:%s", cases[i].user, h->writer);
                AUTO_FREE char *coded = base64(pair);
                AUTO_FREE char *line = xasprintf("Authorization: Basic %s\r\n", coded);

                EXPECT(h, cases[i].name, cases[i].status, NULL, .path = OBJECTS, .nobody = true,
                       .headers = line);
        }
}

/* ---- what is refused --------------------------------------------------------------------------
 */

static void test_types(const struct hub *h)
{
        static const struct {
                const char *accept;
                int status;
        } accepts[] = {
                {"Accept: */*\r\n", 200},
                {"Accept: application/taxii+json\r\n", 200},
                {"Accept: text/html, application/taxii+json; version=\"2.1\";q=0.3\r\n", 200},
                {"", 200},
                {"Accept: application/taxii+json;version=2.0\r\n", 406},
                {"Accept: text/html\r\n", 406},
                {"Accept: */*;q=0\r\n", 406},
        };
        static const char *const contents[] = {
                "Content-Type: application/json\r\n", "",
                "Content-Type: application/taxii+json;version=2.0\r\n",
                "Content-Type: " TAXII "\r\nContent-Encoding: gzip\r\n"};

        for (size_t i = 0; i < ARRAY_LEN(accepts); i++)
                EXPECT(h, "Accept", accepts[i].status, NULL, .path = "/api/", .plain = true,
                       .headers = accepts[i].accept);
        for (size_t i = 0; i < ARRAY_LEN(contents); i++)
                ERROR(h, "Content-Type", 415, .method = "POST", .path = OBJECTS, .plain = true,
                      .headers = contents[i], .body = "{\"objects\":[]}");
        EXPECT(h, "Content-Type with other words", 202, NULL, .method = "POST", .path = OBJECTS,
               .plain = true, .headers = "Content-Type: Application/TAXII+json; Version=2.1\r\n",
               .body = "{\"objects\":[]}");
}

static void test_paths(const struct hub *h)
{
        static const char *const nowhere[] = {"/",
                                              "/x/",
                                              "/api/x/",
                                              "/api//collections/",
                                              "/api/collections/nope/",
                                              "/api/collections/nope/objects/",
                                              "/api/status/nope/",
                                              OBJECTS "a/b/",
                                              "/api/collections/" COLLECTION
                                              "/objects/incident--x/"};
        static const char *const methods[] = {"PUT", "PATCH", "OPTIONS", "DELETE"};

        for (size_t i = 0; i < ARRAY_LEN(nowhere); i++)
                ERROR(h, nowhere[i], 404, .path = nowhere[i]);
        for (size_t i = 0; i < ARRAY_LEN(methods); i++)
                EXPECT(h, methods[i], 405, "Allow: GET, POST", .method = methods[i],
                       .path = OBJECTS);
        EXPECT(h, "HEAD", 405, "Allow: GET, POST", .method = "HEAD", .path = OBJECTS);
        EXPECT(h, "POST where one reads", 405, "Allow: GET", .method = "POST", .path = "/api/",
               .body = "{}");
}

static void test_queries(const struct hub *h)
{
        static const char *const bad[] = {"limit=0",
                                          "limit=-1",
                                          "limit=x",
                                          "limit=",
                                          "limit=1x",
                                          "added_after=yesterday",
                                          "added_after=",
                                          "added_after=2026-11-26",
                                          "next=a",
                                          "next=a000000000000000g",
                                          "next=",
                                          "match[version]=newest",
                                          "match[version]=all,2026-13-01T00:00:00Z"};
        static const char *const good[] = {"limit=99999999999999999999",
                                           "match[id]=",
                                           "match[version]=",
                                           "x=y",
                                           "match[x]=y",
                                           "%zz=%",
                                           "added_after=2026-11-26T10:00:00Z",
                                           "added_after=2026-11-26T10:00:00.123456789%2B01:00"};

        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                AUTO_FREE char *path = xasprintf(OBJECTS "?%s", bad[i]);

                ERROR(h, bad[i], 400, .path = path);
        }
        for (size_t i = 0; i < ARRAY_LEN(good); i++) {
                AUTO_FREE char *path = xasprintf(OBJECTS "?%s", good[i]);

                EXPECT(h, good[i], 200, NULL, .path = path);
        }
}

/* ---- bodies -----------------------------------------------------------------------------------
 */

static void test_bodies(const struct hub *h)
{
        static const char *const bad[] = {"",
                                          "{",
                                          "[]",
                                          "{}",
                                          "null",
                                          "{\"objects\":{}}",
                                          "{\"objects\":[1,]}",
                                          "{\"objects\":[\"\xff\"]}",
                                          "{\"objects\":[]} x"};
        struct str deep;

        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                ERROR(h, "a body that is no envelope", 422, .method = "POST", .path = OBJECTS,
                      .body = bad[i]);
        str_init(&deep, 1u << 20);
        str_add(&deep, "{\"objects\":[");
        for (int i = 0; i < 100000; i++)
                str_addc(&deep, '[');
        ERROR(h, "a body that nests", 422, .method = "POST", .path = OBJECTS, .body = deep.s);
        str_finish(&deep);
}

static void test_bad_objects(const struct hub *h)
{
        static const char *const bad[] = {
                "17",
                "{}",
                "{\"id\":\"x\"}",
                "{\"type\":\"incident\",\"id\":\"note--00000009-0000-4000-8000-000000000000\"}",
                "{\"type\":\"note\",\"id\":\"note--00000009-0000-4000-8000-000000000000\","
                "\"modified\":\"yesterday\"}",
                "{\"type\":\"note\",\"id\":\"note--00000009-0000-4000-8000-000000000000\","
                "\"created\":17}",
                "{\"type\":\"note\",\"id\":\"note--00000009-0000-4000-8000-000000000000\","
                "\"spec_version\":{}}",
                "{\"type\":\"note\",\"id\":\"note--00000009-0000-4000-8000-000000000000\","
                "\"x\":1e999}"};
        struct str body;
        AUTO_FREE char *good = incident(77, NULL);

        str_init(&body, 1u << 20);
        str_addf(&body, "{\"objects\":[%s", good);
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                str_addf(&body, ",%s", bad[i]);
        str_add(&body, "]}");
        EXPECT(h, "what is bad fails alone", 202, "\"success_count\":1", .method = "POST",
               .path = OBJECTS, .body = body.s);
        EXPECT(h, "and each is named", 202, "\"failure_count\":8", .method = "POST",
               .path = OBJECTS, .body = body.s);
        EXPECT(h, "what was good is there", 200, good, .path = OBJECTS);
        EXPECT(h, "without a time: date_added is the version", 202, "\"version\":\"20",
               .method = "POST", .path = OBJECTS,
               .body = "{\"objects\":[{\"type\":\"ipv4-addr\",\"value\":\"192.0.2.1\",\"id\":"
                       "\"ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd\"}]}");
        EXPECT(h, "another content under the same version", 202, "another content",
               .method = "POST", .path = OBJECTS,
               .body = "{\"objects\":[{\"type\":\"ipv4-addr\",\"value\":\"192.0.2.2\",\"id\":"
                       "\"ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd\"}]}");
        EXPECT(h, "the first stays", 200, "192.0.2.1", .path = OBJECTS "?match[type]=ipv4-addr");
        str_finish(&body);
}

/* 17 MiB of blanks in an envelope. */
static void test_large(const struct hub *h)
{
        const size_t len = 17u << 20;
        AUTO_FREE char *body = xmalloc(len + 1);
        AUTO_FREE char *small = envelope(500, 600);

        memset(body, ' ', len);
        memcpy(body, "{\"objects\":[", 12);
        memcpy(body + len - 2, "]}", 3);
        ERROR(h, "a body that is too large", 413, .method = "POST", .path = OBJECTS, .body = body);
        ERROR(h, "and one that does not say its length", 413, .method = "POST", .path = OBJECTS,
              .body = body, .piecewise = true);
        ERROR(h, "who waits for 100 hears it at once", 413, .method = "POST", .path = OBJECTS,
              .headers = "Expect: 100-continue\r\nContent-Length: 17825792\r\n"
                         "Content-Type: " TAXII "\r\n");
        EXPECT(h, "a body in chunks", 202, "\"success_count\":100", .method = "POST",
               .path = OBJECTS, .body = small, .piecewise = true);
}

static void test_many(const struct hub *h)
{
        struct str body;

        str_init(&body, 1u << 20);
        str_add(&body, "{\"objects\":[1");
        for (int i = 0; i < 10000; i++)
                str_add(&body, ",1");
        str_add(&body, "]}");
        ERROR(h, "too many objects", 413, .method = "POST", .path = OBJECTS, .body = body.s);
        str_finish(&body);
}

static void test_gzip(const struct hub *h)
{
        struct reply r = http_ask(
                h, &(struct ask){.path = OBJECTS, .headers = "Accept-Encoding: br, gzip\r\n"});
        AUTO_FREE char *encoding = reply_header(&r, "Content-Encoding");

        check(r.status == 200 && encoding && strcmp(encoding, "gzip") == 0 && r.len > 2 &&
                      memcmp(r.body, "\x1f\x8b", 2) == 0,
              "gzip for who takes it", "%s", r.head);
        reply_free(&r);
        EXPECT(h, "not for who refuses it", 200, "{\"more\":false", .path = OBJECTS,
               .headers = "Accept-Encoding: gzip;q=0\r\n");
}

/* Halves of requests, and none at all, must not hold it up. */
static void test_rubbish(const struct hub *h)
{
        static const char *const rubbish[] = {"",
                                              "\r\n\r\n",
                                              "GET",
                                              "GET / HTTP/9.9\r\n\r\n",
                                              "\x16\x03\x01\x02",
                                              "POST " OBJECTS " HTTP/1.1\r\n"};

        for (size_t i = 0; i < ARRAY_LEN(rubbish); i++) {
                int fd = http_connect(h);

                http_write(fd, rubbish[i], strlen(rubbish[i]));
                shutdown(fd, i % 2 ? SHUT_WR : SHUT_RDWR);
                close(fd);
        }
        EXPECT(h, "rubbish does not stop it", 200, NULL, .path = "/taxii2/");
}

int main(void)
{
        struct hub h;

        hub_prepare(&h);
        hub_start(&h);
        test_documents(&h);
        test_add_and_read(&h);
        test_delete(&h);
        test_rights(&h);
        test_basic(&h);
        test_types(&h);
        test_paths(&h);
        test_queries(&h);
        test_bodies(&h);
        test_bad_objects(&h);
        test_large(&h);
        test_many(&h);
        test_gzip(&h);
        test_rubbish(&h);
        check(hub_stop(&h) == 0, "it stops when asked to", "another status");
        hub_start(&h);
        EXPECT(&h, "what was taken is there after a start", 200, "Number 77",
               .path = OBJECTS "?match[id]=incident--0000004d-0000-4000-8000-000000000000");
        hub_stop(&h);
        hub_finish(&h);
        return failures > 0;
}
