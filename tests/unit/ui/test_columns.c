#include "ui/columns.h"

#include <criterion/criterion.h>

#include "model/kind.h"

/* ref, a name that takes what is left, a zone of 14 to 18 and members of 14 to 20. */
static struct columns of_a_rota(void)
{
        return (struct columns){
                .kind = &kind_rota,
                .items = {{.field = field_index(&kind_rota, "ref"), .min = 9, .max = 9},
                          {.field = field_index(&kind_rota, "name"), .min = 26},
                          {.field = field_index(&kind_rota, "timezone"),
                           .lost = 4,
                           .min = 14,
                           .max = 18},
                          {.field = field_index(&kind_rota, "members"),
                           .lost = 5,
                           .min = 14,
                           .max = 20}},
                .count = 4};
}

static int end_of(const struct column_place *p)
{
        return p->x + p->w;
}

Test(columns, a_column_is_dropped_only_where_the_least_of_all_has_no_room)
{
        struct columns cs = of_a_rota();
        struct column_place places[COLUMNS_MAX];
        int least = 14 + 2 + 26 + 2 + 14 + 2 + 14;
        cr_assert_eq(columns_place(&cs, least - 1, 12, false, places), 3);
        cr_assert_eq(columns_place(&cs, least, 12, false, places), 4);
        cr_assert_eq(places[1].w, 26);
        cr_assert_eq(end_of(&places[3]), least);
}

Test(columns, half_of_what_is_left_widens_the_open_one_half_those_that_matter_most)
{
        struct columns cs = of_a_rota();
        struct column_place places[COLUMNS_MAX];
        int least = 14 + 2 + 26 + 2 + 14 + 2 + 14;
        columns_place(&cs, least + 3, 12, false, places);
        cr_assert_eq(places[1].w, 28);
        cr_assert_eq(places[2].w, 15);
        cr_assert_eq(places[3].w, 14);
        columns_place(&cs, least + 29, 12, false, places);
        cr_assert_eq(places[1].w, 45);
        cr_assert_eq(places[2].w, 18);
        cr_assert_eq(places[3].w, 20);
        cr_assert_eq(end_of(&places[3]), least + 29);
}

Test(columns, what_never_goes_is_not_made_narrower_for_what_may)
{
        struct columns cs = of_a_rota();
        struct column_place places[COLUMNS_MAX];
        cs.items[2].lost = 0;
        cr_assert_eq(columns_place(&cs, 14 + 2 + 26 + 2 + 14 + 2 + 14, 12, false, places), 3);
        cr_assert_eq(places[2].w, 18);
}

Test(columns, when_narrow_the_open_one_keeps_its_least)
{
        struct columns cs = of_a_rota();
        struct column_place places[COLUMNS_MAX];
        cs.items[3].lost = 0;
        cr_assert_eq(columns_place(&cs, 40, 9, true, places), 3);
        cr_assert_eq(places[1].w, 26, "%d", places[1].w);
        columns_place(&cs, 90, 9, true, places);
        cr_assert_eq(places[1].w, 90 - 11 - 14 - 14 - 3);
}
