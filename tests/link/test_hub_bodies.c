/*
 * What is sent to a muster-hub: bodies that are bad, large or many, and what is no request at all.
 */
#include "hub_expect.h"

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
        test_bodies(&h);
        test_bad_objects(&h);
        test_large(&h);
        test_many(&h);
        test_gzip(&h);
        test_rubbish(&h);
        hub_ends_in_peace(&h);
        hub_start(&h);
        EXPECT(&h, "what was taken is there after a start", 200, "Number 77",
               .path = OBJECTS "?match[id]=incident--0000004d-0000-4000-8000-000000000000");
        hub_stop(&h);
        hub_finish(&h);
        return failures > 0;
}
