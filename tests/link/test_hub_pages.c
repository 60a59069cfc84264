/*
 * What a reader of muster-hub sees: pages that join without a gap, added_after, match, and the wait
 * for what is not there yet.
 */
#include "hub.h"
#include "wire/taxii.h"

#define MANY  1003
#define LIMIT 7

static const char *name_of(const struct json_t *o)
{
        return json_text(json_get(o, "name"), "");
}

/* ---- a walk -----------------------------------------------------------------------------------
 */

struct walk {
        int count, pages;
        bool in_order, ends;
        char *middle; /* Date-Added-Last of the fifth page */
};

static bool take_page(const struct hub *h, struct walk *w, char **path)
{
        struct reply r = http_get(h, h->reader, *path);
        CLEANUP(json_cleanup) struct json_t *page = reply_json(&r);
        const struct json_t *objects = json_get(page, "objects");
        bool more = json_bool(json_get(page, "more"), false);

        for (size_t i = 0; i < json_len(objects); i++) {
                AUTO_FREE char *expected = xasprintf("Number %d", w->count++);

                w->in_order = w->in_order && strcmp(name_of(json_at(objects, i)), expected) == 0;
        }
        w->ends = w->ends && json_len(objects) == (more ? LIMIT : MANY % LIMIT);
        if (++w->pages == 5)
                w->middle = reply_header(&r, "X-TAXII-Date-Added-Last");
        free(*path);
        *path = xasprintf(OBJECTS "?limit=%d&next=%s", LIMIT,
                          json_text(json_get(page, "next"), ""));
        reply_free(&r);
        return more;
}

static void test_paging(const struct hub *h)
{
        struct walk w = {.in_order = true, .ends = true};
        char *path = xasprintf(OBJECTS "?limit=%d", LIMIT);

        for (int i = 0; i < MANY; i += 100) { /* several transactions */
                AUTO_FREE char *body = envelope(i, i + 100 < MANY ? i + 100 : MANY);
                struct reply r = http_post(h, h->writer, OBJECTS, body);

                reply_free(&r);
        }
        while (take_page(h, &w, &path) && w.pages < MANY)
                ;
        check(w.count == MANY && w.in_order && w.ends && w.pages == (MANY + LIMIT - 1) / LIMIT,
              "pages give each object once, in order", "%d objects on %d pages", w.count, w.pages);
        free(path);
        free(w.middle);
}

/* ---- one page ---------------------------------------------------------------------------------
 */

struct page {
        size_t count;
        char *first, *last;          /* of the headers */
        char *first_name, *versions; /* what stands first; all `modified`, a blank behind each */
};

static struct page read_page(const struct hub *h, const char *query)
{
        AUTO_FREE char *path = xasprintf(OBJECTS "?%s", query);
        struct reply r = http_get(h, h->reader, path);
        CLEANUP(json_cleanup) struct json_t *j = reply_json(&r);
        const struct json_t *objects = json_get(j, "objects");
        struct page p = {.count = r.status == 200 ? json_len(objects) : SIZE_MAX,
                         .first = reply_header(&r, "X-TAXII-Date-Added-First"),
                         .last = reply_header(&r, "X-TAXII-Date-Added-Last"),
                         .first_name = xstrdup(name_of(json_at(objects, 0)))};
        struct str versions;

        str_init(&versions, 1u << 20);
        for (size_t i = 0; i < json_len(objects); i++)
                str_addf(&versions, "%s ",
                         json_text(json_get(json_at(objects, i), "modified"), ""));
        p.versions = str_take(&versions);
        reply_free(&r);
        return p;
}

static void page_finish(struct page *p)
{
        free(p->first);
        free(p->last);
        free(p->first_name);
        free(p->versions);
}

static void expect_count(const struct hub *h, const char *query, size_t count)
{
        struct page p = read_page(h, query);

        check(p.count == count, query, "%zu instead of %zu", p.count, count);
        page_finish(&p);
}

static void test_added_after(const struct hub *h)
{
        struct page five = read_page(h, "limit=5");
        AUTO_FREE char *query = xasprintf("limit=1&added_after=%s", five.last);
        AUTO_FREE char *behind = xasprintf("limit=1000&added_after=%s", five.last);
        struct page next = read_page(h, query);

        check(five.first && five.last && strcmp(five.first, five.last) < 0 &&
                      strlen(five.last) == strlen("2026-11-26T10:00:00.000000Z"),
              "Date-Added-First and -Last", "%s %s", five.first, five.last);
        check(strcmp(next.first_name, "Number 5") == 0, "added_after is strict", "%s",
              next.first_name);
        expect_count(h, behind, MANY - 5);
        expect_count(h, "added_after=2100-01-01T00:00:00Z", 0);
        page_finish(&five);
        page_finish(&next);
}

/* ---- match ------------------------------------------------------------------------------------
 */

#define ID(n) "incident--" n "-0000-4000-8000-000000000000"

static void add_versions(const struct hub *h)
{
        static const char *const bodies[] = {
                /* the newest comes before the middle one */
                "{\"objects\":[{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":\"" ID(
                        "00000001") "\",\"created\":\"2026-11-26T09:00:00.000Z\",\"modified\":"
                                    "\"2026-11-26T12:00:00Z\",\"name\":\"new\"}]}",
                "{\"objects\":[{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":\"" ID(
                        "00000001") "\",\"created\":\"2026-11-26T09:00:00.000Z\",\"modified\":"
                                    "\"2026-11-26T11:00:00.0000Z\",\"name\":\"middle\"}]}",
                "{\"objects\":[{\"type\":\"note\",\"id\":\"note--00000001-0000-4000-8000-"
                "000000000000\",\"created\":\"2020-01-01T00:00:00.000Z\",\"modified\":"
                "\"2020-01-01T00:00:00.000Z\",\"name\":\"old\"}]}"};

        for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
                struct reply r = http_post(h, h->writer, OBJECTS, bodies[i]);

                reply_free(&r);
        }
}

static void expect_versions(const struct hub *h, const char *query, const char *versions)
{
        AUTO_FREE char *full = xasprintf("match[id]=" ID("00000001") "&%s", query);
        struct page p = read_page(h, full);

        check(strcmp(p.versions, versions) == 0, query, "\"%s\" instead of \"%s\"", p.versions,
              versions);
        page_finish(&p);
}

static void test_match(const struct hub *h)
{
        add_versions(h);
        expect_count(h, "match[id]=" ID("00000003"), 1);
        expect_count(h, "match%5Bid%5D=" ID("00000003") "," ID("00000004") ",,nope", 2);
        expect_count(h, "match[id]=nope", 0);
        expect_count(h, "match[type]=note", 1);
        expect_count(h, "match[type]=note,incident", 1000); /* a page */
        expect_count(h, "match[type]=note&match[id]=" ID("00000003"), 0);
        expect_count(h, "match[spec_version]=2.0", 1);
        expect_count(h, "match[spec_version]=2.0,2.1&match[type]=note", 1);
        expect_versions(h, "x=y", "2026-11-26T12:00:00Z ");
        expect_versions(h, "match[version]=last", "2026-11-26T12:00:00Z ");
        expect_versions(h, "match[version]=first", "2026-11-26T09:00:00.000Z ");
        expect_versions(h, "match[version]=last,first",
                        "2026-11-26T09:00:00.000Z 2026-11-26T12:00:00Z ");
        expect_versions(h, "match[version]=all",
                        "2026-11-26T09:00:00.000Z 2026-11-26T12:00:00Z 2026-11-26T11:00:00.0000Z ");
        expect_versions(h, "match[version]=2026-11-26T11:00:00Z", "2026-11-26T11:00:00.0000Z ");
        expect_versions(h, "match[version]=first,2026-11-26T11:00:00Z",
                        "2026-11-26T09:00:00.000Z 2026-11-26T11:00:00.0000Z ");
        expect_versions(h, "match[version]=2026-11-26T11:30:00Z", "");
}

/* ---- what a hub must have met -----------------------------------------------------------------
 */

static void expect_met(const struct hub *h, const char *added, const char *id, bool met,
                       const char *what)
{
        AUTO_FREE char *path =
                xasprintf(OBJECTS "?added_after=%s&" TAXII_MUST_KNOW "=%s", added, id);
        struct reply r = http_get(h, h->reader, path);

        check(r.status == (met ? 200 : 410), what, "%d", r.status);
        reply_free(&r);
}

static void test_must_know(const struct hub *h)
{
        struct page p = read_page(h, "match[id]=" ID("00000004"));
        struct reply r = http_ask(h, &(struct ask){.method = "DELETE",
                                                   .token = h->writer,
                                                   .path = OBJECTS ID("00000003") "/"});

        check(r.status == 200, "an object is removed", "%d", r.status);
        reply_free(&r);
        expect_met(h, p.last, ID("00000004"), true, "a time and an id that it has met");
        expect_met(h, p.last, "", true, "a time alone");
        expect_met(h, p.last, ID("00000003"), true, "what was removed was met");
        expect_met(h, p.last, ID("0000ffff"), false, "an id that it has not met");
        expect_met(h, "2026-01-01T00:00:00.000001Z", ID("00000004"), false,
                   "a time at which nothing was added");
        page_finish(&p);
}

/* ---- waiting ----------------------------------------------------------------------------------
 */

#define MS 1000000ll

static int wait_for(const struct hub *h, const char *query, const char *preference)
{
        AUTO_FREE char *path = xasprintf(OBJECTS "?%s", query);

        return http_send(h, &(struct ask){.path = path, .headers = preference});
}

static char *newest(const struct hub *h)
{
        struct page p = read_page(h, "limit=1000&match[version]=all&added_after="
                                     "2026-01-01T00:00:00Z&match[type]=note");
        char *last = TAKE(p.last);

        page_finish(&p);
        return last;
}

static void post_one(const struct hub *h, int number)
{
        AUTO_FREE char *body = envelope(number, number + 1);
        struct reply r = http_post(h, h->writer, OBJECTS, body);

        if (r.status != 202)
                give_up("posting");
        reply_free(&r);
}

/* What was sent before has been taken by the hub: connections are taken in turn. */
static void settle(const struct hub *h)
{
        struct reply r = http_get(h, h->reader, "/health");

        reply_free(&r);
}

static void test_wait(const struct hub *h)
{
        AUTO_FREE char *last = newest(h);
        AUTO_FREE char *after = xasprintf("added_after=%s", last);
        AUTO_FREE char *notes = xasprintf("match[type]=report&added_after=%s", last);
        struct reply r = http_ask(
                h, &(struct ask){.path = OBJECTS "?limit=1", .headers = "Prefer: wait=20\r\n"});
        AUTO_FREE char *applied = reply_header(&r, "Preference-Applied");
        int64_t began = clock_mono_ns(), took;
        int woken, other;

        check(r.status == 200 && applied && strcmp(applied, "wait=20") == 0,
              "who need not wait is told so", "%s", r.head);
        reply_free(&r);

        other = wait_for(h, notes, "Prefer: wait=1\r\n");
        woken = wait_for(h, after, "Prefer: respond-async, wait=25\r\n");
        settle(h);
        post_one(h, 5000);
        r = http_read(woken);
        took = clock_mono_ns() - began;
        check(strstr(r.body, "Number 5000") && took < 3000 * MS, "a POST wakes who waits",
              "after %lld ms: %s", (long long)(took / MS), r.body);
        reply_free(&r);

        r = http_read(other);
        took = clock_mono_ns() - began;
        check(r.status == 200 && strcmp(r.body, "{}") == 0 && took >= 900 * MS && took < 5000 * MS,
              "not who waits for something else, until its time is over", "after %lld ms: %s",
              (long long)(took / MS), r.body);
        reply_free(&r);
}

static void test_wait_capped(const struct hub *h)
{
        struct reply r = http_ask(
                h, &(struct ask){.path = OBJECTS "?limit=1", .headers = "Prefer: wait=900\r\n"});
        AUTO_FREE char *applied = reply_header(&r, "Preference-Applied");

        check(applied && strcmp(applied, "wait=30") == 0, "a long wait is cut", "%s", r.head);
        reply_free(&r);
        r = http_ask(h, &(struct ask){.path = OBJECTS "?added_after=2100-01-01T00:00:00Z",
                                      .headers = "Prefer: wait=x, wait=0\r\n"});
        check(strcmp(r.body, "{}") == 0, "a wait that is none", "%s", r.body);
        reply_free(&r);
}

int main(void)
{
        struct hub h;

        hub_prepare(&h);
        hub_start(&h);
        test_paging(&h);
        test_added_after(&h);
        test_match(&h);
        test_must_know(&h);
        test_wait(&h);
        test_wait_capped(&h);
        hub_ends_in_peace(&h);
        hub_finish(&h);
        return failures > 0;
}
