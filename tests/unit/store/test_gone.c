/*
 * What came from a remote is looked through while others write.
 */
#include "store/gone.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "model/enums.h"
#include "store_files.h"

static struct file f;
static struct remote hub;

/* Three incidents that came from the remote "hub". */
static void setup(void)
{
        struct journal_entry e = {.op = "sync", .operator= "", .note = "hub"};

        file_setup(&f);
        hub = (struct remote){.name = "hub",
                              .url = "https://hub.example/",
                              .collection = "eu",
                              .ceiling = TLP_AMBER,
                              .default_marking = -1};
        MUST(remote_add(f.s, &hub, &hub.id, err));
        work_begin(&f);
        for (int i = 1; i <= 3; i++)
                put_version(&f, numbered_id(&f, "incident", i), 5, "{}");
        e.seq = f.seq;
        e.at_ms = clock_now_ms();
        MUST(journal_append(f.s, &e, err));
        MUST(store_commit(f.s, err));
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(gone, .init = setup, .fini = teardown);

struct server {
        const char *lacks; /* the last digit of what is not there */
        struct store *other;
        bool drops_remote;
        int asked;
};

/* Somebody else writes meanwhile. */
static bool is_there(void *ctx, const char *id)
{
        struct server *sv = ctx;

        sv->asked++;
        if (sv->other)
                MUST(meta_set(sv->other, "key", id, err));
        if (sv->drops_remote)
                MUST(remote_drop(sv->other, hub.id, err));
        sv->drops_remote = false;
        return !strchr(sv->lacks, id[strlen(id) - 1]);
}

static void find(struct server *sv)
{
        sv->asked = 0;
        MUST(gone_find(f.s, &hub, is_there, sv, clock_now_ms(), err));
        cr_assert_eq(sv->asked, 3);
}

Test(gone, is_looked_for_while_others_write)
{
        struct server sv = {.lacks = "2"};
        struct gone *list = NULL;
        size_t count = 0;
        int64_t first = clock_now_ms();

        MUST(store_open(f.path, STORE_WRITE, &sv.other, err));
        find(&sv);
        clock_advance(1000);
        sv.lacks = "23";
        find(&sv);
        MUST(gone_list(f.s, hub.id, 10, &f.a, &list, &count, err));
        cr_assert_eq(count, 2);
        cr_assert_eq(list[0].since_ms, first, "it was missed first then");
        cr_assert_eq(list[1].since_ms, first + 1000);
        sv.lacks = "3";
        find(&sv);
        cr_assert_eq(gone_count(f.s, hub.id), 1, "what is there again is taken off");
        store_close(sv.other);
}

Test(gone, of_a_remote_that_is_removed_meanwhile_nothing_is_kept)
{
        struct server sv = {.lacks = "123", .drops_remote = true};

        MUST(store_open(f.path, STORE_WRITE, &sv.other, err));
        find(&sv);
        cr_assert_eq(gone_count(f.s, hub.id), 0);
        store_close(sv.other);
}
