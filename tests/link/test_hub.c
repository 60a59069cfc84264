/*
 * muster-hub over a real socket: every resource, every refusal, who may do what.
 */
#include "hub_expect.h"

#define ONE                                                                                        \
        "/api/collections/" COLLECTION "/objects/incident--00000001-0000-4000-8000-000000000000/"

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
        hub_stop(&h);
        hub_finish(&h);
        return failures > 0;
}
