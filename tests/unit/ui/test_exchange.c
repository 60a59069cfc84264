#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "desk.h"
#include "model/enums.h"
#include "store/outbox.h"
#include "store/remotes.h"
#include "store/versions.h"
#include "ui/exchange.h"

static struct err why;
#define MUST(call) cr_assert_eq((call), RC_OK, "%s: %s", #call, why.text)

/* A remote whose last walk is so old; the console has noticed. */
static int64_t add_remote(struct desk *d, const char *name, int64_t age_s, const char *error)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct remote r = {.name = name,
                           .url = "https://hub.example/",
                           .collection = "eu",
                           .ceiling = TLP_AMBER,
                           .default_marking = -1};
        int64_t now = clock_now_ms();
        MUST(remote_add(d->ops.store, &r, &r.id, &why));
        MUST(remote_by_name(d->ops.store, name, &a, &r, &why));
        r.synced_ms = age_s < 0 ? CLOCK_NONE : now - age_s * 1000;
        r.error = error;
        r.next_try_ms = now + 30000;
        MUST(remote_save(d->ops.store, &r, &why));
        ui_changed(d->ui, TOPIC_ALL);
        return r.id;
}

/* The n-th version of ours that has not gone out, from 0. */
static struct version waiting(struct desk *d, size_t n, struct arena *a)
{
        struct version *list = NULL;
        size_t count = 0;
        MUST(outbox_list(d->ops.store, 0, 50, a, &list, &count, &why));
        cr_assert_lt(n, count);
        return list[n];
}

static void refuse(struct desk *d, int64_t remote, size_t n, enum delivery_state state,
                   const char *words)
{
        CLEANUP(arena_finish) struct arena a = {0};
        MUST(delivery_put(d->ops.store,
                          &(struct delivery){.remote = remote,
                                             .vid = waiting(d, n, &a).vid,
                                             .state = state,
                                             .why = words,
                                             .at_ms = clock_now_ms(),
                                             .tries = 1},
                          &why));
        ui_changed(d->ui, TOPIC_ALL);
}

/* A desk with a remote and an incident of its own, whose versions have not gone there. */
static int64_t open_with_alpha(struct desk *d, int cols, int rows)
{
        desk_open(d, cols, rows);
        int64_t id = add_remote(d, "eu", 2, NULL);
        free(desk_new(d, "Alpha", "severity", "high", NULL));
        return id;
}

Test(exchange, the_first_line_says_how_old_the_picture_is)
{
        struct desk d;
        desk_open(&d, 140, 36);
        desk_says(&d, "no remote");
        add_remote(&d, "eu", 2, NULL);
        desk_says(&d, "LIVE ● 2 s");
        desk_lacks(&d, "no remote");
        clock_advance(14 * 60000);
        ui_tick(d.ui);
        desk_says(&d, "STALE ● 14 min");
        desk_close(&d);
}

Test(exchange, one_that_does_not_answer_is_counted_beside_the_others)
{
        struct desk d;
        desk_open(&d, 140, 36);
        add_remote(&d, "eu", 2, NULL);
        add_remote(&d, "be", 600, "no answer");
        desk_says(&d, "1 of 2 offline");
        desk_says(&d, "LIVE ● 2 s");
        desk_close(&d);
}

/* Nobody has said anything since the console was started. */
Test(exchange, one_that_does_not_let_us_in_is_known_from_the_database)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct desk d;
        struct remote r;
        desk_open(&d, 140, 36);
        add_remote(&d, "eu", 2, "the token is not valid");
        MUST(remote_by_name(d.ops.store, "eu", &a, &r, &why));
        r.shut = true;
        MUST(remote_save(d.ops.store, &r, &why));
        ui_changed(d.ui, TOPIC_ALL);
        desk_keys(&d, "9");
        desk_says(&d, "REFUSED");
        desk_says(&d, "the token is not valid; a person must look");
        desk_lacks(&d, "nothing is lost");
        desk_close(&d);
}

Test(exchange, what_who_synchronises_says_counts_more_than_the_database)
{
        struct desk d;
        desk_open(&d, 140, 36);
        int64_t id = add_remote(&d, "eu", 2, NULL);
        const int64_t now = clock_now_ms();
        const struct {
                struct link_news news;
                const char *says, *also, *lacks;
        } rows[] = {
                {{id, LINK_OFFLINE, now - 2000, now + 5000, "no answer", 0},
                 "OFFLINE ○ 2 s",
                 "no answer, next try 13:04:32Z; nothing is lost",
                 "LIVE"},
                {{id, LINK_REFUSED, now - 2000, CLOCK_NONE, "the token is not valid", 0},
                 "REFUSED",
                 "the token is not valid; a person must look",
                 "nothing is lost"},
                {{id, LINK_BUSY, now - 2000, CLOCK_NONE, NULL, 12400},
                 "receiving 12400",
                 "12400 new objects so far, more to come",
                 "the token is not valid"},
                {{id, LINK_BUSY, now - 2000, CLOCK_NONE, NULL, 20}, "LIVE", "eu", "receiving"},
                {{id, LINK_UP, now, CLOCK_NONE, NULL, 0},
                 "LIVE ● 0 s",
                 "eu",
                 "the token is not valid"},
        };
        desk_keys(&d, "9");
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                ui_link_news(d.ui, &rows[i].news);
                desk_says(&d, rows[i].says);
                ui_changed(d.ui, TOPIC_ALL);
                desk_says(&d, rows[i].says);
                desk_says(&d, rows[i].also);
                desk_lacks(&d, rows[i].lacks);
        }
        desk_close(&d);
}

Test(exchange, what_was_just_written_waits_and_wants_to_go_out)
{
        struct desk d;
        open_with_alpha(&d, 140, 36);
        ui_wants_send(d.ui);
        desk_keys(&d, "2 n");
        desk_type(&d, "two sites are down");
        desk_keys(&d, "Enter");
        cr_assert(ui_wants_send(d.ui));
        cr_assert_not(ui_wants_send(d.ui));
        desk_keys(&d, "9");
        desk_says(&d, "two sites are down");
        desk_close(&d);
}

Test(exchange, what_was_refused_shows_the_words_and_waits_again_by_a_key)
{
        static const struct {
                size_t refused;
                const char *tab, *title, *keys, *says; /* keys: to one of them, or to the remote */
        } rows[] = {
                {1, "9 Exchange !1", "1 refused there", "j", "1 will go to eu again"},
                {2, "9 Exchange !2", "2 refused there", "g", "2 will go to eu again"},
        };
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                struct desk d;
                int64_t id = open_with_alpha(&d, 140, 36);
                for (size_t n = 0; n < rows[i].refused; n++)
                        refuse(&d, id, n, DELIVERY_QUARANTINED, "hub: 422, a title is missing");
                desk_says(&d, rows[i].tab);
                desk_keys(&d, "9");
                desk_keys(&d, rows[i].keys);
                desk_says(&d, rows[i].title);
                desk_says(&d, "hub: 422, a title is missing");
                desk_keys(&d, "R");
                desk_says(&d, rows[i].says);
                desk_says(&d, "empty");
                cr_assert_eq(delivery_tally(d.ops.store, id, DELIVERY_QUARANTINED), 0);
                desk_close(&d);
        }
}

Test(exchange, nothing_is_dropped_without_a_reason)
{
        struct desk d;
        CLEANUP(arena_finish) struct arena a = {0};
        struct delivery *list = NULL;
        size_t count = 0;
        int64_t id = open_with_alpha(&d, 140, 36);
        refuse(&d, id, 1, DELIVERY_HELD, "above its ceiling");
        desk_keys(&d, "9 j x Enter");
        desk_says(&d, "why does it not go there?");
        desk_type(&d, "entered twice");
        desk_keys(&d, "Enter");
        desk_says(&d, "will not go to eu; here it stays");
        MUST(delivery_list(d.ops.store, id, DELIVERY_DROPPED, &a, &list, &count, &why));
        cr_assert_eq(count, 1);
        cr_assert_str_eq(list[0].why, "dropped by duarte: entered twice");
        desk_close(&d);
}

Test(exchange, enter_opens_a_remote_and_goes_to_what_an_entry_is_about)
{
        struct desk d;
        int64_t id = open_with_alpha(&d, 80, 24);
        refuse(&d, id, 1, DELIVERY_QUARANTINED, "no");
        desk_keys(&d, "9 Enter");
        desk_says(&d, "https://hub.example/");
        desk_says(&d, "up to TLP:AMBER");
        desk_keys(&d, "Esc");
        desk_lacks(&d, "https://hub.example/");
        desk_keys(&d, "j Enter");
        desk_says(&d, "REFUSED");
        desk_keys(&d, "Enter");
        desk_says(&d, "2 Inc");
        AUTO_FREE char *row = desk_row(&d, "▌");
        cr_assert(row && strstr(row, "Alpha"), "%s", d.screen);
        desk_close(&d);
}

Test(exchange, sync_now_says_why_it_can_not)
{
        struct desk d;
        desk_open(&d, 140, 36);
        add_remote(&d, "eu", 2, NULL);
        desk_keys(&d, "9 r");
        desk_says(&d, "nothing is asked: this console does not synchronise");
        ui_link_runs(d.ui, NULL);
        desk_keys(&d, "r");
        desk_says(&d, "the remote is asked now");
        cr_assert(ui_wants_sync(d.ui));
        desk_close(&d);
}

Test(exchange, without_a_remote_it_says_how_to_begin)
{
        struct desk d;
        desk_open(&d, 80, 24);
        desk_keys(&d, "9");
        desk_says(&d, "no remote yet; muster remote add");
        desk_keys(&d, "j k g G x R Enter");
        desk_says(&d, "no remote yet");
        desk_close(&d);
}
