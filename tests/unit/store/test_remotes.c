#include "store/remotes.h"

#include <criterion/criterion.h>

#include "base/clock.h"
#include "model/enums.h"
#include "store/outbox.h"
#include "store_files.h"

static struct file f;

static void setup(void)
{
        file_setup(&f);
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(remotes, .init = setup, .fini = teardown);

static struct remote add_remote(const char *name)
{
        struct remote r = {.name = name,
                           .url = "https://hub.example/taxii2/",
                           .collection = "eu",
                           .auth = REMOTE_TOKEN,
                           .secret_file = "/etc/muster/token",
                           .ceiling = TLP_AMBER,
                           .default_marking = -1};

        MUST(remote_add(f.s, &r, &r.id, err));
        MUST(remote_by_name(f.s, name, &f.a, &r, err));
        return r;
}

/* Versions of ours, in the outbox; gives back the vid of the first. */
static int64_t fill_outbox(int count)
{
        int64_t first = 0;

        work_begin(&f);
        for (int i = 0; i < count; i++) {
                struct version_put put =
                        put_version(&f, numbered_id(&f, "incident", i + 1), 5, "{}");

                first = first ? first : put.vid;
                MUST(outbox_put(f.s, put.vid, err));
        }
        work_end(&f);
        return first;
}

static void put(const struct remote *r, int64_t vid, enum delivery_state state, const char *why)
{
        MUST(delivery_put(f.s,
                          &(struct delivery){.remote = r->id,
                                             .vid = vid,
                                             .state = state,
                                             .why = why,
                                             .at_ms = clock_now_ms(),
                                             .tries = 1},
                          err));
}

static size_t count_waiting(const struct remote *r)
{
        struct version *list = NULL;
        size_t count = 0;

        MUST(delivery_waiting(f.s, r, 100, &f.a, &list, &count, err));
        return count;
}

static size_t count_again(const struct remote *r)
{
        struct version *list = NULL;
        size_t count = 0;

        MUST(delivery_again(f.s, r, 100, &f.a, &list, &count, err));
        return count;
}

static size_t count_listed(const struct remote *r, int state)
{
        struct delivery *list = NULL;
        size_t count = 0;

        MUST(delivery_list(f.s, r->id, state, &f.a, &list, &count, err));
        return count;
}

Test(remotes, a_new_one_knows_nothing_yet)
{
        struct remote r = add_remote("eu");

        cr_assert_str_eq(r.url, "https://hub.example/taxii2/");
        cr_assert_str_eq(r.secret_file, "/etc/muster/token");
        cr_assert_eq(r.auth, REMOTE_TOKEN);
        cr_assert_eq(r.ceiling, TLP_AMBER);
        cr_assert_eq(r.default_marking, -1);
        cr_assert_null(r.user);
        cr_assert_null(r.root);
        cr_assert_null(r.watermark);
        cr_assert_eq(r.synced_ms, CLOCK_NONE);
        cr_assert_eq(r.next_try_ms, CLOCK_NONE);
        cr_assert_eq(r.told_ms, CLOCK_NONE);
        cr_assert_eq(r.ahead_ms, CLOCK_NONE);
        cr_assert_eq(r.sent_vid, 0);
}

Test(remotes, a_name_is_given_once)
{
        struct remote r = add_remote("eu");
        struct err why = {0};

        cr_assert_eq(remote_add(f.s, &r, &r.id, &why), RC_CONFLICT);
        cr_assert_str_eq(why.text, "there is a remote eu already");
        cr_assert_eq(remote_by_name(f.s, "us", &f.a, &r, NULL), RC_NOTFOUND);
}

Test(remotes, what_was_learnt_survives_and_what_was_set_up_stays)
{
        struct remote r = add_remote("eu"), back;
        struct remote *list = NULL;
        size_t count = 0;

        add_remote("be");
        r.url = "https://elsewhere.example/";
        r.root = "https://hub.example/api/";
        r.can_read = r.ordered = r.unsteady = true;
        r.max_bytes = 1 << 20;
        r.watermark = "2026-11-24T13:00:00.123456Z";
        r.synced_ms = 7;
        r.tried_ms = 8;
        r.next_try_ms = 9;
        r.told_ms = 10;
        r.failures = 3;
        r.error = "no answer";
        r.sent_vid = 12;
        r.received = 5;
        r.sent = 4;
        r.refused = 1;
        r.ahead_ms = -190500;
        r.shut = true;
        MUST(remote_save(f.s, &r, err));
        file_reopen(&f, STORE_READ);
        MUST(remote_by_name(f.s, "eu", &f.a, &back, err));
        cr_assert_str_eq(back.url, "https://hub.example/taxii2/");
        cr_assert_str_eq(back.root, r.root);
        cr_assert(back.can_read && back.ordered && back.unsteady);
        cr_assert_not(back.can_write || back.incomplete);
        cr_assert_eq(back.max_bytes, 1 << 20);
        cr_assert_str_eq(back.watermark, r.watermark);
        cr_assert_eq(back.synced_ms, 7);
        cr_assert_eq(back.tried_ms, 8);
        cr_assert_eq(back.reconciled_ms, CLOCK_NONE);
        cr_assert_eq(back.next_try_ms, 9);
        cr_assert_eq(back.told_ms, 10);
        cr_assert_eq(back.failures, 3);
        cr_assert_str_eq(back.error, "no answer");
        cr_assert_eq(back.sent_vid, 12);
        cr_assert_eq(back.received, 5);
        cr_assert_eq(back.sent, 4);
        cr_assert_eq(back.refused, 1);
        cr_assert_eq(back.ahead_ms, -190500);
        cr_assert(back.shut);
        cr_assert_str_eq(remote_state_name(&back, 8), "refused");
        cr_assert_eq(remote_save(f.s, &r, NULL), RC_DENIED);
        MUST(remote_list(f.s, &f.a, &list, &count, err));
        cr_assert_eq(count, 2);
        cr_assert_str_eq(list[0].name, "be");
        cr_assert_null(list[0].error);
}

Test(remotes, a_removed_one_is_gone_with_its_deliveries)
{
        struct remote r = add_remote("eu");

        put(&r, fill_outbox(1), DELIVERY_HELD, "above its ceiling");
        MUST(remote_drop(f.s, r.id, err));
        cr_assert_eq(file_number(&f, "SELECT count(*) FROM delivery"), 0);
        cr_assert_eq(remote_drop(f.s, r.id, NULL), RC_NOTFOUND);
        cr_assert_eq(remote_save(f.s, &r, NULL), RC_NOTFOUND);
        cr_assert_gt(add_remote("eu").id, r.id); /* what speaks of the old one means no other */
}

Test(remotes, a_version_waits_for_each_until_sent_held_or_refused)
{
        struct remote eu = add_remote("eu"), be = add_remote("be");
        int64_t first = fill_outbox(5);
        struct version *list = NULL;
        size_t count = 0;

        eu.sent_vid = first;
        put(&eu, first + 1, DELIVERY_HELD, "above its ceiling");
        put(&eu, first + 2, DELIVERY_QUARANTINED, "hub.example: no");
        cr_assert_eq(delivery_count(f.s, &eu), 2);
        cr_assert_eq(delivery_count(f.s, &be), 5);
        MUST(delivery_waiting(f.s, &eu, 100, &f.a, &list, &count, err));
        cr_assert_eq(count, 2);
        cr_assert_eq(list[0].vid, first + 3);
        cr_assert_str_eq(list[0].bytes, "{}");
        MUST(delivery_waiting(f.s, &be, 1, &f.a, &list, &count, err));
        cr_assert_eq(count, 1);
        cr_assert_eq(list[0].vid, first);
}

Test(remotes, what_was_refused_is_listed_with_the_words_of_the_server)
{
        struct remote r = add_remote("eu");
        struct delivery *list = NULL;
        size_t count = 0;
        int64_t first = fill_outbox(3);

        put(&r, first, DELIVERY_QUARANTINED, "hub.example: a title is missing");
        put(&r, first + 1, DELIVERY_HELD, "above its ceiling");
        MUST(delivery_list(f.s, r.id, DELIVERY_QUARANTINED, &f.a, &list, &count, err));
        cr_assert_eq(count, 1);
        cr_assert_eq(list[0].vid, first);
        cr_assert_str_eq(list[0].why, "hub.example: a title is missing");
        cr_assert_str_eq(list[0].object, numbered_id(&f, "incident", 1));
        cr_assert_eq(list[0].tries, 1);
        cr_assert_eq(count_listed(&r, -1), 2);
}

Test(remotes, what_is_told_to_wait_again_does_whatever_the_cursor_says)
{
        struct remote r = add_remote("eu");
        int64_t first = fill_outbox(3);

        put(&r, first, DELIVERY_QUARANTINED, "no");
        r.sent_vid = first + 2;
        MUST(delivery_retry(f.s, r.id, first, err));
        cr_assert_eq(delivery_count(f.s, &r), 1);
        cr_assert_eq(count_waiting(&r), 0);
        cr_assert_eq(count_again(&r), 1);
        cr_assert_eq(count_listed(&r, -1), 0);
        put(&r, first, DELIVERY_QUARANTINED, "no, again");
        cr_assert_eq(count_again(&r), 0);
        cr_assert_eq(count_listed(&r, DELIVERY_QUARANTINED), 1);
        MUST(delivery_retry(f.s, r.id, first, err));
        MUST(delivery_done(f.s, r.id, first, err));
        cr_assert_eq(delivery_count(f.s, &r), 0);
        cr_assert_eq(delivery_retry(f.s, r.id, first, NULL), RC_NOTFOUND);
}

Test(remotes, what_is_dropped_goes_nowhere)
{
        struct remote r = add_remote("eu");
        int64_t first = fill_outbox(3);

        put(&r, first, DELIVERY_QUARANTINED, "no");
        MUST(delivery_retry(f.s, r.id, first, err));
        MUST(delivery_drop(f.s, r.id, first, "dropped by duarte", err));
        MUST(delivery_drop(f.s, r.id, first + 1, NULL, err)); /* waited only */
        cr_assert_eq(delivery_count(f.s, &r), 1);
        cr_assert_eq(count_again(&r), 0);
        cr_assert_eq(count_listed(&r, DELIVERY_DROPPED), 2);
        r.sent_vid = first + 2;
        MUST(remote_save(f.s, &r, err));
        cr_assert_eq(delivery_drop(f.s, r.id, first + 2, NULL, NULL), RC_NOTFOUND); /* it went */
        cr_assert_eq(delivery_drop(f.s, r.id, first + 7, NULL, NULL), RC_NOTFOUND);
}
