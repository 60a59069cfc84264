/* All rows that a filter finds, over several pages. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"
#include "ops/walk.h"
#include "unit/desk.h"

TestSuite(walk);

#define MANY 450 /* more than two pages */

static void import_many(struct desk *d)
{
        CLEANUP(str_finish) struct str file = {0};
        struct err err = {0};

        str_init(&file, 4u * 1024 * 1024);
        str_add(&file, "[");
        for (int i = 1; i <= MANY; i++) {
                AUTO_FREE char *one = foreign_incident(i, i % 60, i % 2 ? "Flood" : "Fire", "");

                str_addf(&file, "%s%s", i > 1 ? "," : "", one);
        }
        str_add(&file, "]");
        cr_assert_eq(desk_import(d, str_text(&file), &err), RC_OK, "%s", err.text);
}

struct seen {
        const struct row *rows[MANY];
        size_t count, last; /* refused at `last`; 0: never */
};

static enum rc see(void *ctx, const struct row *row, struct arena *a, struct err *err)
{
        struct seen *s = ctx;

        (void)a;
        cr_assert_lt(s->count, (size_t)MANY);
        s->rows[s->count++] = row;
        return s->count == s->last ? err_set(err, RC_DENIED, "enough") : RC_OK;
}

static struct filter by_ref(void)
{
        return (struct filter){.kind = &kind_incident,
                               .sort_field = field_index(&kind_incident, "ref")};
}

Test(walk, every_row_is_taken_once_in_the_order_of_the_filter)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct filter f = by_ref();
        struct seen seen = {.count = 0};
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        import_many(&d);
        cr_assert_eq(ops_walk(&d.ops, &f, &a, see, &seen, &err), RC_OK, "%s", err.text);
        cr_assert_eq(seen.count, (size_t)MANY);
        for (size_t i = 1; i < seen.count; i++)
                cr_assert_lt(strcmp(seen.rows[i - 1]->ref, seen.rows[i]->ref), 0, "%s, %s",
                             seen.rows[i - 1]->ref, seen.rows[i]->ref);
        desk_stop(&d);
}

Test(walk, what_is_refused_ends_it)
{
        const struct filter f = by_ref();
        struct seen seen = {.last = 203};
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        import_many(&d);
        cr_assert_eq(ops_walk(&d.ops, &f, NULL, see, &seen, &err), RC_DENIED);
        cr_assert_str_eq(err.text, "enough");
        cr_assert_eq(seen.count, 203u);
        desk_stop(&d);
}

static bool always(void *ctx)
{
        ++*(int *)ctx;
        return true;
}

Test(walk, keys_that_wait_do_not_end_it)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct filter f = by_ref();
        struct seen seen = {.count = 0};
        struct err err = {0};
        struct desk d;
        int asked = 0;

        desk_start(&d);
        import_many(&d);
        store_set_interrupt(d.ops.store, always, &asked);
        cr_assert_eq(ops_walk(&d.ops, &f, &a, see, &seen, &err), RC_OK, "%s", err.text);
        cr_assert_eq(seen.count, (size_t)MANY);
        cr_assert_gt(asked, 0);
        desk_stop(&d);
}
