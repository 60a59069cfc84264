/* Who may ask how often. */
#include "hub/rate.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define SECOND 1000000000ll

/* An address of IPv4 or IPv6. */
struct place {
        struct sockaddr_in6 room;
};

static const struct sockaddr *at(struct place *p, const char *text)
{
        struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)&p->room;

        memset(p, 0, sizeof(*p));
        if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
                v4->sin_family = AF_INET;
        } else {
                cr_assert_eq(inet_pton(AF_INET6, text, &p->room.sin6_addr), 1, "%s", text);
                p->room.sin6_family = AF_INET6;
        }
        return (const struct sockaddr *)(const void *)&p->room;
}

/* How many of so many requests are let in, without credentials. */
static int ask_many(struct rate *r, const char *from, int count, int64_t now_ns)
{
        struct place p;
        int let_in = 0;

        for (int i = 0; i < count; i++)
                let_in +=
                        rate_ask(r, &(struct rate_asker){.from = at(&p, from)}, now_ns).wait_s == 0;
        return let_in;
}

/* The same with wrong credentials, each its own. */
static int guess_many(struct rate *r, const char *from, int count, int64_t now_ns)
{
        struct place p;
        int let_in = 0;

        for (int i = 0; i < count; i++) {
                char text[32];
                struct rate_asker who = {.from = at(&p, from), .credentials = text};

                snprintf(text, sizeof(text), "Bearer %d", i);
                if (rate_ask(r, &who, now_ns).wait_s)
                        continue;
                rate_wrong(r, &who);
                let_in++;
        }
        return let_in;
}

/* With good ones. */
static unsigned come_in(struct rate *r, const char *from, const char *credentials,
                        const char *token, int64_t now_ns)
{
        struct place p;
        struct rate_asker who = {.from = at(&p, from), .credentials = credentials};
        unsigned wait_s = rate_ask(r, &who, now_ns).wait_s;

        return wait_s ? wait_s : rate_recognised(r, &who, token, now_ns).wait_s;
}

Test(rate, an_address_has_a_bucket_that_fills)
{
        struct rate *r = rate_create(2, 1000);

        cr_assert_eq(ask_many(r, "192.0.2.1", 500, SECOND), 2 * RATE_BURST_S);
        cr_assert_eq(ask_many(r, "192.0.2.2", 10, SECOND), 10);
        cr_assert_eq(ask_many(r, "192.0.2.1", 500, 4 * SECOND), 6);
        cr_assert_eq(ask_many(r, "192.0.2.1", 500, 4 * SECOND + SECOND / 2), 1);
        cr_assert_eq(ask_many(r, "192.0.2.1", 500, 1000 * SECOND), 2 * RATE_BURST_S);
        rate_destroy(r);
}

Test(rate, says_when_there_is_room_again)
{
        struct rate *r = rate_create(1, 1);
        struct place p;
        struct rate_asker who = {.from = at(&p, "192.0.2.1")};
        unsigned wait_s;

        ask_many(r, "192.0.2.1", RATE_BURST_S, SECOND);
        wait_s = rate_ask(r, &who, SECOND).wait_s;
        cr_assert_gt(wait_s, 0u);
        cr_assert_eq(rate_ask(r, &who, (1 + wait_s) * SECOND).wait_s, 0u);
        rate_destroy(r);
}

Test(rate, loopback_has_its_own)
{
        struct rate *r = rate_create(1, 3);

        cr_assert_eq(ask_many(r, "127.0.0.1", 500, SECOND), 3 * RATE_BURST_S);
        cr_assert_eq(ask_many(r, "::1", 500, SECOND), 3 * RATE_BURST_S);
        cr_assert_eq(ask_many(r, "192.0.2.1", 500, SECOND), RATE_BURST_S);
        rate_destroy(r);
}

Test(rate, an_address_of_ipv6_is_its_network)
{
        struct rate *r = rate_create(1, 1);

        cr_assert_eq(ask_many(r, "2001:db8::1", 500, SECOND), RATE_BURST_S);
        cr_assert_eq(ask_many(r, "2001:db8::ffff:2", 500, SECOND), 0);
        cr_assert_eq(ask_many(r, "2001:db8:0:1::1", 500, SECOND), RATE_BURST_S);
        rate_destroy(r);
}

Test(rate, fifty_consoles_behind_one_address_begin_at_once)
{
        struct rate *r = rate_create(RATE_USUAL, RATE_LOOPBACK);

        /* 100,000 objects: 200 pages of 500, as many of the manifest, and who asks who they are */
        for (int console = 0; console < 50; console++) {
                char credentials[32], token[32];

                snprintf(credentials, sizeof(credentials), "Bearer of %d", console);
                snprintf(token, sizeof(token), "console-%d", console);
                for (int i = 0; i < 410; i++)
                        cr_assert_eq(come_in(r, "192.0.2.1", credentials, token, SECOND), 0u);
        }
        rate_destroy(r);
}

Test(rate, a_token_has_a_bucket_wherever_it_comes_from)
{
        struct rate *r = rate_create(1, 1);
        int let_in = 0;

        for (int i = 0; i < 100; i++) {
                char from[32];

                snprintf(from, sizeof(from), "192.0.2.%d", i);
                let_in += come_in(r, from, "Bearer x", "cert-xx", SECOND) == 0;
        }
        cr_assert_eq(let_in, RATE_BURST_S);
        cr_assert_eq(come_in(r, "192.0.2.200", "Bearer y", "cert-yy", SECOND), 0u);
        rate_destroy(r);
}

Test(rate, wrong_credentials_cost_more)
{
        struct rate *r = rate_create(RATE_USUAL, RATE_LOOPBACK);

        cr_assert_eq(guess_many(r, "127.0.0.1", 3000, SECOND), RATE_WRONG);
        cr_assert_eq(guess_many(r, "127.0.0.1", 3000, 4 * SECOND), 3);
        cr_assert_eq(ask_many(r, "127.0.0.1", 10, 4 * SECOND), 10, "who guesses nothing is asked");
        cr_assert_eq(guess_many(r, "192.0.2.1", 10, 4 * SECOND), 10);
        rate_destroy(r);
}

Test(rate, who_was_let_in_is_not_held_up_by_a_guesser)
{
        struct rate *r = rate_create(RATE_USUAL, RATE_LOOPBACK);

        cr_assert_eq(come_in(r, "192.0.2.1", "Bearer good", "cert-xx", SECOND), 0u);
        guess_many(r, "192.0.2.1", 3000, SECOND);
        for (int i = 0; i < 100; i++)
                cr_assert_eq(come_in(r, "192.0.2.1", "Bearer good", "cert-xx", SECOND), 0u);
        cr_assert_gt(come_in(r, "192.0.2.1", "Bearer new", "cert-yy", SECOND), 0u);
        cr_assert_eq(come_in(r, "192.0.2.1", "Bearer new", "cert-yy", 3 * SECOND), 0u);
        rate_destroy(r);
}

Test(rate, good_ones_take_nothing_from_the_guesses)
{
        struct rate *r = rate_create(RATE_USUAL, RATE_LOOPBACK);

        for (int i = 0; i < 500; i++) {
                char credentials[32];

                snprintf(credentials, sizeof(credentials), "Bearer %d", i);
                cr_assert_eq(come_in(r, "192.0.2.1", credentials, "cert-xx", SECOND), 0u);
        }
        rate_destroy(r);
}

Test(rate, what_nobody_looked_at_is_given_back)
{
        struct rate *r = rate_create(RATE_USUAL, RATE_LOOPBACK);
        struct place p;
        struct rate_asker who = {.from = at(&p, "192.0.2.1"), .credentials = "Bearer x"};

        for (int i = 0; i < 500; i++) {
                cr_assert_eq(rate_ask(r, &who, SECOND).wait_s, 0u);
                rate_not_looked_at(r, &who, SECOND);
        }
        rate_destroy(r);
}

Test(rate, what_was_revoked_is_wrong)
{
        struct rate *r = rate_create(RATE_USUAL, RATE_LOOPBACK);
        struct place p;
        struct rate_asker who = {.from = at(&p, "192.0.2.1"), .credentials = "Bearer revoked"};

        cr_assert_eq(come_in(r, "192.0.2.1", who.credentials, "cert-xx", SECOND), 0u);
        guess_many(r, "192.0.2.1", 3000, SECOND);
        cr_assert_eq(rate_ask(r, &who, SECOND).wait_s, 0u);
        rate_wrong(r, &who);
        cr_assert_gt(rate_ask(r, &who, SECOND).wait_s, 0u);
        rate_destroy(r);
}

/* How often it is told while so many ask; *sum: of how many refused. */
static int tell_many(struct rate *r, const char *from, int count, int64_t now_ns, uint64_t *sum)
{
        struct place p;
        struct rate_asker who = {.from = at(&p, from)};
        int told = 0;

        for (int i = 0; i < count; i++) {
                struct rate_verdict v = rate_ask(r, &who, now_ns);

                told += v.untold > 0;
                *sum += v.untold;
        }
        return told;
}

Test(rate, is_told_once_a_minute)
{
        struct rate *r = rate_create(1, 1);
        uint64_t sum = 0;

        ask_many(r, "192.0.2.1", RATE_BURST_S, SECOND);
        cr_assert_eq(tell_many(r, "192.0.2.1", 1000, SECOND, &sum), 1);
        cr_assert_eq(sum, 1u);
        cr_assert_eq(tell_many(r, "192.0.2.1", 1000, 60 * SECOND, &sum), 0);
        cr_assert_eq(tell_many(r, "192.0.2.1", 1000, 61 * SECOND, &sum), 1);
        cr_assert_eq(sum, 2000u - 59 + 1, "but those let in, and the first of this minute");
        cr_assert_eq(tell_many(r, "192.0.2.2", 1000, 61 * SECOND, &sum), 1, "another's own");
        rate_destroy(r);
}

/* An attacker with many addresses makes it forget, and takes no more memory. */
Test(rate, a_hundred_thousand_addresses)
{
        struct rate *r = rate_create(1, 1);
        char from[64];

        cr_assert_eq(ask_many(r, "192.0.2.1", 100, SECOND), RATE_BURST_S);
        for (int i = 0; i < 100000; i++) {
                snprintf(from, sizeof(from), "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
                cr_assert_eq(ask_many(r, from, 1, 2 * SECOND), 1);
        }
        cr_assert_eq(ask_many(r, "10.1.134.159", 100, 2 * SECOND), RATE_BURST_S - 1,
                     "the last one is known");
        rate_destroy(r);
}
