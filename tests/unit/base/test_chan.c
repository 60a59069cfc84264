#include <criterion/criterion.h>
#include <pthread.h>

#include "base/chan.h"

TestSuite(chan, .timeout = 20);

#define MANY 5000

Test(chan, gives_in_the_order_it_took)
{
        struct chan *c = chan_create(3);
        int items[3];

        for (int i = 0; i < 3; i++)
                cr_assert(chan_put(c, &items[i]));
        cr_assert_eq(chan_count(c), 3);
        for (int i = 0; i < 3; i++)
                cr_assert_eq(chan_take(c), &items[i]);
        cr_assert_eq(chan_count(c), 0);
        chan_destroy(c);
}

Test(chan, closed_takes_nothing_more_and_gives_what_it_has)
{
        struct chan *c = chan_create(2);
        int item;

        chan_put(c, &item);
        chan_close(c);
        cr_assert_not(chan_put(c, &item));
        cr_assert_eq(chan_take(c), &item);
        cr_assert_null(chan_take(c));
        chan_destroy(c);
        chan_destroy(NULL);
}

struct pair {
        struct chan *to, *back;
        size_t most;
};

static void *echo(void *ctx)
{
        struct pair *p = ctx;
        void *item;

        while ((item = chan_take(p->to))) {
                size_t count = chan_count(p->to);

                p->most = count > p->most ? count : p->most;
                if (!chan_put(p->back, item))
                        break;
        }
        return NULL;
}

Test(chan, two_threads_lose_nothing_and_keep_the_order)
{
        static int items[MANY];
        struct pair p = {chan_create(2), chan_create(MANY), 0};
        pthread_t thread;

        cr_assert_eq(pthread_create(&thread, NULL, echo, &p), 0);
        for (int i = 0; i < MANY; i++)
                cr_assert(chan_put(p.to, &items[i]));
        for (int i = 0; i < MANY; i++)
                cr_assert_eq(chan_take(p.back), &items[i], "item %d", i);
        chan_close(p.to);
        pthread_join(thread, NULL);
        cr_assert_leq(p.most, 2);
        chan_destroy(p.to);
        chan_destroy(p.back);
}

Test(chan, closing_wakes_who_waits)
{
        struct pair empty = {chan_create(1), chan_create(1), 0}, full = {0};
        pthread_t a, b;
        int item;

        full = (struct pair){chan_create(2), chan_create(1), 0};
        chan_put(full.back, &item);
        chan_put(full.to, &item);
        cr_assert_eq(pthread_create(&a, NULL, echo, &empty), 0);
        cr_assert_eq(pthread_create(&b, NULL, echo, &full), 0);
        chan_close(empty.to);
        chan_close(full.back);
        pthread_join(a, NULL);
        pthread_join(b, NULL);
        chan_destroy(empty.to);
        chan_destroy(empty.back);
        chan_destroy(full.to);
        chan_destroy(full.back);
}
