/* Who signs in is told where the clock was set back: what is written from then on is late in no
 * other way. */
#include "ops/operators.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "store/journal.h"
#include "unit/desk.h"

TestSuite(sign_in_clock);

#define PIN    "482910"
#define MINUTE INT64_C(60000)
#define DAY    (24 * 60 * MINUTE)

static const struct crypt_cost cheap = {1, 8192};

static void start(struct desk *d)
{
        struct err err = {0};

        desk_start(d);
        ops_close(&d->ops);
        cr_assert_eq(ops_open(&(struct ops_options){.path = d->path,
                                                    .mode = STORE_WRITE,
                                                    .sign_in = true,
                                                    .pin_cost = &cheap,
                                                    .words = d->words},
                              &d->ops, &err),
                     RC_OK, "%s", err.text);
        cr_assert_eq(ops_operator_add(&d->ops, "duarte", OPERATOR_LEAD, PIN, &err), RC_OK);
}

static int64_t signs_in(struct desk *d)
{
        struct ops_person p;
        struct err err = {0};

        cr_assert_eq(ops_sign_in(&d->ops, "duarte", PIN, &p, &err), RC_OK, "%s", err.text);
        return p.clock_back_ms;
}

Test(sign_in_clock, set_back_by_days_is_told_and_written_down)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct journal_row *rows = NULL;
        struct err err = {0};
        struct desk d;
        size_t count = 0;

        start(&d);
        cr_expect_eq(signs_in(&d), 0);
        clock_fix(DESK_NOW - 3 * DAY);
        cr_expect_eq(signs_in(&d), 3 * DAY);
        cr_assert_eq(journal_list_operators(d.ops.store, 1, &a, &rows, &count, &err), RC_OK);
        cr_expect_str_eq(rows[0].entry.note, "lead; clock set back 3d");
        ops_sign_out(&d.ops, NULL);
        clock_advance(DAY);
        cr_expect_eq(signs_in(&d), 2 * DAY, "until it has caught up");
        clock_fix(DESK_NOW + MINUTE);
        cr_expect_eq(signs_in(&d), 0);
        desk_stop(&d);
}

Test(sign_in_clock, a_clock_that_was_put_right_by_a_little_is_no_news)
{
        struct desk d;

        start(&d);
        signs_in(&d);
        clock_fix(DESK_NOW - 9 * MINUTE);
        cr_expect_eq(signs_in(&d), 0);
        desk_stop(&d);
}
