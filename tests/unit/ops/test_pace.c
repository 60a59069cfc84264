/*
 * Who works beside a console leaves its processor now and then, and only as long as the work takes.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/jsplit.h"
#include "ops/receive.h"
#include "unit/desk.h"

static struct desk d;

static void setup(void)
{
        desk_start(&d);
        store_console_enter(d.ops.store);
        d.ops.rested_ns = 0;
}

static void teardown(void)
{
        desk_stop(&d);
}

TestSuite(pace, .init = setup, .fini = teardown);

static void breathes_no_more(void)
{
        struct err err = {0};

        d.ops.rested_ns = 0;
        cr_assert_eq(meta_set(d.ops.store, "key", "value", &err), RC_OK, "%s", err.text);
        cr_assert_eq(d.ops.rested_ns, 0, "what follows is other work");
}

static void breathed_until_now(void)
{
        cr_assert_neq(d.ops.rested_ns, 0, "beside a console");
        breathes_no_more();
}

static bool always(void *ctx)
{
        (void)ctx;
        return true;
}

Test(pace, an_import_that_is_done_breathes_no_more)
{
        AUTO_FREE char *one = foreign_incident(1, 0, "One", "");
        struct err err = {0};

        cr_assert_eq(desk_import(&d, one, &err), RC_OK, "%s", err.text);
        breathed_until_now();
}

Test(pace, an_import_that_is_stopped_breathes_no_more)
{
        AUTO_FREE char *one = foreign_incident(1, 0, "One", "");
        struct jsplit_memory m = {.bytes = one, .len = strlen(one)};
        struct jsplit_source src = jsplit_from_memory(&m);
        struct err err = {0};

        cr_assert_eq(ops_import(&d.ops, &src, &(struct import_options){.name = "x", .stop = always},
                                &d.result, &err),
                     RC_FAIL);
        breathed_until_now();
}

Test(pace, a_rebuild_that_is_done_breathes_no_more)
{
        struct err err = {0};

        cr_assert_eq(ops_rebuild(&d.ops, &(struct rebuild_options){0}, &err), RC_OK, "%s",
                     err.text);
        breathed_until_now();
}

Test(pace, a_rebuild_that_is_stopped_breathes_no_more)
{
        struct err err = {0};

        cr_assert_eq(ops_rebuild(&d.ops, &(struct rebuild_options){.stop = always}, &err), RC_FAIL);
        breathed_until_now();
}

Test(pace, pages_that_came_in_breathe_no_more)
{
        AUTO_FREE char *one = foreign_incident(1, 0, "One", "");
        const struct taxii_span span = {.bytes = one, .len = strlen(one)};
        const struct receive_options o = {.from = "hub", .default_marking = -1};
        struct received got;
        struct err err = {0};

        cr_assert_eq(ops_receive(&d.ops, &span, 1, &o, &got, &err), RC_OK, "%s", err.text);
        cr_assert_eq(got.created, 1);
        breathed_until_now();
        cr_assert_eq(ops_receive_end(&d.ops, &err), RC_OK, "%s", err.text);
        breathes_no_more();
}
