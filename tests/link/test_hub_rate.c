/*
 * Who asks too often hears 429 and when to come back; who does not is not held up by who does.
 */
#include "hub_expect.h"

#define GUESSES 3000

/* What came of many requests. */
struct tally {
        int good, wrong, too_often, other;
        bool says_when; /* each 429 has a Retry-After */
        int64_t took_s; /* rounded up */
};

static struct tally ask_many(const struct hub *h, const struct ask *q, int count)
{
        struct tally t = {.says_when = true};
        int64_t began_ns = clock_mono_ns();

        for (int i = 0; i < count; i++) {
                struct reply r = http_ask(h, q);
                AUTO_FREE char *when = reply_header(&r, "Retry-After");

                t.good += r.status == 200;
                t.wrong += r.status == 401;
                t.too_often += r.status == 429;
                t.other += r.status != 200 && r.status != 401 && r.status != 429;
                if (r.status == 429 && (!when || atoi(when) < 1))
                        t.says_when = false;
                reply_free(&r);
        }
        t.took_s = (clock_mono_ns() - began_ns) / 1000000000 + 1;
        return t;
}

/* How many lines of the hub's log have this. */
static int lines_with(const struct hub *h, const char *part)
{
        FILE *f = fopen(h->log, "r");
        char line[4096];
        int n = 0;

        while (f && fgets(line, sizeof(line), f))
                n += strstr(line, part) != NULL;
        if (f)
                fclose(f);
        return n;
}

static void test_guesses(struct hub *h)
{
        struct tally t;

        EXPECT(h, "a desk comes in", 200, NULL, .path = OBJECTS);
        t = ask_many(h,
                     &(struct ask){.path = OBJECTS,
                                   .token = "0123456789abcdef.0123456789abcdef0123456789abcdef01234"
                                            "56789abcdef"},
                     GUESSES);
        check(t.wrong >= 60 && t.wrong <= 60 + t.took_s && t.wrong + t.too_often == GUESSES,
              "few guesses are looked at", "%d looked at, %d too often in %lld s", t.wrong,
              t.too_often, (long long)t.took_s);
        check(t.says_when, "each is told when to come back", "a 429 without Retry-After");
        EXPECT(h, "the desk beside it goes on", 200, NULL, .path = OBJECTS);
        EXPECT(h, "who watches over the hub too", 200, "ok", .path = "/health", .nobody = true);
        ERROR(h, "who shows nothing is asked who he is", 401, .path = OBJECTS, .nobody = true);
        check(lines_with(h, "event=too-often") <= 1 + (int)t.took_s / 60 &&
                      lines_with(h, "event=too-often") > 0 && !lines_with(h, "status=429"),
              "the log tells it once", "%d lines, %d of requests", lines_with(h, "event=too-often"),
              lines_with(h, "status=429"));
        check(lines_with(h, "what=\"wrong credentials\" refused=1") == 1, "and of what", "%s",
              hub_last_words(h));
}

/* While a second may pass at any moment, one may come in; then it is asked again. */
static void refuse(const struct hub *h, const char *name, const struct ask *q)
{
        struct reply r = http_ask(h, q);

        for (int i = 0; i < 100 && r.status != 429; i++) {
                reply_free(&r);
                r = http_ask(h, q);
        }
        check(r.status == 429 && strstr(r.body, "\"http_status\":\"429\""), name, "%d %s", r.status,
              r.body);
        reply_free(&r);
}

static void test_rate(const struct hub *h)
{
        struct tally t = ask_many(h, &(struct ask){.path = OBJECTS}, 100);

        check(t.good >= 60 && t.good <= 60 + t.took_s && t.good + t.too_often == 100,
              "--rate 1: a minute's worth at once, then one a second", "%d good, %d too often",
              t.good, t.too_often);
        refuse(h, "a refusal is an error of TAXII", &(struct ask){.path = OBJECTS});
        refuse(h, "what is sent is refused too",
               &(struct ask){.method = "POST", .path = OBJECTS, .body = "{\"objects\":[]}"});
}

static void test_off(const struct hub *h)
{
        struct tally t = ask_many(h, &(struct ask){.path = OBJECTS, .token = "x"}, 200);

        check(t.wrong == 200, "--rate off: none is held up", "%d", t.wrong);
}

static void restart(struct hub *h, const char *rate)
{
        hub_ends_in_peace(h);
        h->rate = rate;
        hub_start(h);
}

int main(void)
{
        struct hub h;

        hub_prepare(&h);
        hub_start(&h);
        test_guesses(&h);
        restart(&h, "1");
        test_rate(&h);
        restart(&h, "off");
        test_off(&h);
        hub_ends_in_peace(&h);
        hub_finish(&h);
        return failures > 0;
}
