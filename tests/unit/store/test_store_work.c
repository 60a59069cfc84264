#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "store/store.h"
#include "store_files.h"

#define VALUES 400

static struct file f;
static int told;

static void setup(void)
{
        file_setup(&f);
        told = 0;
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(store_work, .init = setup, .fini = teardown);

static void count(void *ctx)
{
        ++*(int *)ctx;
}

static void write_values(void)
{
        char key[32], value[1024];

        memset(value, 'v', sizeof(value) - 1);
        value[sizeof(value) - 1] = '\0';
        MUST(store_begin(f.s, err));
        for (int i = 0; i < VALUES; i++) {
                snprintf(key, sizeof(key), "key %d", i);
                MUST(meta_set(f.s, key, value, err));
        }
}

Test(store_work, statements_commit_and_checkpoint_tell_that_they_go_on)
{
        int so_far;

        store_while_working(f.s, count, &told);
        write_values();
        cr_assert_gt(told, 0, "a statement");
        so_far = told;
        MUST(store_commit(f.s, err));
        cr_assert_geq(told - so_far, VALUES / 4, "each page of a commit, %d", told - so_far);
        for (int i = 0; i < 4; i++) {
                write_values();
                MUST(store_commit(f.s, err));
        }
        so_far = told;
        store_checkpoint(f.s);
        cr_assert_geq(told - so_far, VALUES / 4, "each page of a checkpoint, %d", told - so_far);
}

Test(store_work, who_wants_no_more_is_told_nothing)
{
        store_while_working(f.s, count, &told);
        store_while_working(f.s, NULL, NULL);
        write_values();
        MUST(store_commit(f.s, err));
        cr_assert_eq(told, 0);
}

Test(store_work, a_store_closes_while_it_tells)
{
        store_while_working(f.s, count, &told);
        file_reopen(&f, STORE_WRITE);
        write_values();
        MUST(store_commit(f.s, err));
        cr_assert_eq(told, 0);
}
