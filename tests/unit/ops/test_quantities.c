/* Of what there are several: deployments take some of them, and what is left goes to the next. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "unit/going.h"

TestSuite(quantities);

#define HOUR (60 * MINUTE)

static void ten_laptops(struct desk *d, char id[STIX_ID_MAX])
{
        desk_make_of(d, &kind_equipment, id, "name", "Laptops", "quantity", "10", "verified", "now",
                     NULL);
}

static void taking(struct desk *d, const char *what, int n, const char *from, const char *until,
                   char id[STIX_ID_MAX])
{
        AUTO_FREE char *quantities = xasprintf("%s=%d", what, n);

        going_planned(d, what, from, until, id);
        desk_do(d, id, "set", "quantities", quantities);
}

Test(quantities, ten_laptops_go_where_they_are_needed_until_none_is_left)
{
        char laptops[STIX_ID_MAX], one[STIX_ID_MAX], two[STIX_ID_MAX], all[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        ten_laptops(&d, laptops);
        taking(&d, laptops, 4, "2026-11-24T08:00Z", "2026-11-28T08:00Z", one);
        taking(&d, laptops, 5, "2026-11-24T10:00Z", "2026-11-30T08:00Z", two);
        going_book(&d, one);
        going_book(&d, two);
        cr_expect_not(going_in_conflict(&d, one, two));
        going_shows(&d, one, "contested", "");
        going_shows(&d, laptops, "left", "1");
        going_shows(&d, laptops, "status", "ready");
        going_planned(&d, laptops, "2026-11-26T08:00Z", "2026-11-27T08:00Z", all);
        cr_assert_eq(going_try(&d, all, "alert", &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "EQP-0001 Laptops: 1 of 10 left: DEP-0001 4, DEP-0002 5; this "
                                   "takes all 10"),
                  "%s", err.text);
        err = (struct err){0};
        cr_assert_eq(desk_try(&d, one, "set", "quantities", "+2 x EQP-0001", NULL, &err),
                     RC_INVALID);
        cr_expect(strstr(err.text, "names EQP-0001 twice"), "%s", err.text);
        err = (struct err){0};
        cr_assert_eq(desk_try(&d, one, "set", "quantities", "EQP-0001=11", NULL, &err), RC_INVALID);
        cr_expect(strstr(err.text, "there are only 10 of EQP-0001 Laptops, not 11"), "%s",
                  err.text);
        err = (struct err){0};
        cr_assert_eq(desk_try(&d, one, "set", "quantities", "EQP-0001=6", NULL, &err), RC_CONFLICT);
        desk_do(&d, one, "set", "quantities", "EQP-0001=5");
        going_shows(&d, laptops, "left", "0");
        going_shows(&d, laptops, "status", "held");
        desk_stop(&d);
}

Test(quantities, a_number_is_of_something_that_goes)
{
        char laptops[STIX_ID_MAX], other[STIX_ID_MAX], one[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        ten_laptops(&d, laptops);
        desk_make_of(&d, &kind_equipment, other, "name", "Masks", "quantity", "9", NULL);
        going_planned(&d, laptops, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        cr_assert_eq(desk_try(&d, one, "set", "quantities", "EQP-0002=2", NULL, &err), RC_INVALID);
        cr_expect(strstr(err.text, "EQP-0002 is not among the resources"), "%s", err.text);
        desk_stop(&d);
}

Test(quantities, a_number_of_what_went_out_is_in_nobodys_way)
{
        char laptops[STIX_ID_MAX], other[STIX_ID_MAX], one[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        ten_laptops(&d, laptops);
        desk_make_of(&d, &kind_equipment, other, "name", "Masks", "quantity", "9", NULL);
        taking(&d, laptops, 4, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        desk_do(&d, one, "set", "resources", "EQP-0002");
        desk_do(&d, one, "set", "quantities", "+EQP-0002=2");
        going_shows(&d, one, "resources", other);
        desk_stop(&d);
}

/* The stock shrinks behind what was promised. */
Test(quantities, what_is_lost_makes_a_conflict_of_what_was_promised)
{
        char laptops[STIX_ID_MAX], one[STIX_ID_MAX], two[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        ten_laptops(&d, laptops);
        taking(&d, laptops, 4, "2026-11-25T08:00Z", "2026-11-28T08:00Z", one);
        taking(&d, laptops, 5, "2026-11-25T08:00Z", "2026-11-28T08:00Z", two);
        going_book(&d, one);
        going_book(&d, two);
        desk_do(&d, laptops, "set", "quantity", "8");
        cr_expect(going_in_conflict(&d, one, two));
        cr_expect(going_in_conflict(&d, two, one));
        desk_do(&d, one, "set", "quantities", "EQP-0001=3");
        cr_expect_not(going_in_conflict(&d, one, two));
        cr_expect_not(going_in_conflict(&d, two, one));
        desk_stop(&d);
}

/* Of eight laptops three take 4, 3 and 3. The second has too many masks with the first and too many
 * radios with the third: what it gives back of the laptops is news of these two all the same. */
Test(quantities, what_one_gives_back_is_told_by_all_who_took_too_many)
{
        static const char *const names[] = {"Laptops", "Masks", "Radios"};
        char what[3][STIX_ID_MAX], of[3][STIX_ID_MAX];
        struct desk d, other;

        desk_start(&d);
        for (int i = 0; i < 3; i++)
                desk_make_of(&d, &kind_equipment, what[i], "name", names[i], "quantity", "10",
                             "verified", "now", NULL);
        for (int i = 0; i < 3; i++)
                going_planned(&d, what[0], "2026-11-25T08:00Z", "2026-11-28T08:00Z", of[i]);
        desk_do(&d, of[0], "set", "resources", "+EQP-0002");
        desk_do(&d, of[1], "set", "resources", "+EQP-0002 +EQP-0003");
        desk_do(&d, of[2], "set", "resources", "+EQP-0003");
        desk_do(&d, of[0], "set", "quantities", "EQP-0001=4, EQP-0002=5");
        desk_do(&d, of[1], "set", "quantities", "EQP-0001=3, EQP-0002=5, EQP-0003=5");
        desk_do(&d, of[2], "set", "quantities", "EQP-0001=3, EQP-0003=5");
        for (int i = 0; i < 3; i++)
                going_book(&d, of[i]);
        desk_join(&other, &d, "bea");
        desk_meet(&d, &other);
        for (int i = 0; i < 3; i++)
                desk_do(&d, what[i], "set", "quantity", "8");
        cr_assert(going_in_conflict(&d, of[0], of[2]) && going_in_conflict(&d, of[2], of[0]));
        desk_do(&other, of[1], "set", "quantities", "EQP-0001=1, EQP-0002=5, EQP-0003=5");
        desk_meet(&d, &other);
        cr_expect(going_in_conflict(&d, of[0], of[1]));
        cr_expect(going_in_conflict(&d, of[2], of[1]));
        cr_expect_not(going_in_conflict(&d, of[0], of[2]));
        cr_expect_not(going_in_conflict(&d, of[2], of[0]));
        desk_stop(&other);
        desk_stop(&d);
}

/* ---- at random ---- */

#define DESKS  2
#define OF_ONE 5
#define ALL    (DESKS * OF_ONE)
#define DAYS   10

struct promise {
        char id[STIX_ID_MAX];
        int from, until, takes;
};

static unsigned throw(uint64_t * seed, unsigned sides)
{
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        return (unsigned)(*seed >> 33) % sides;
}

static void promise(struct desk *d, const char *what, uint64_t *seed, struct promise *p)
{
        char from[STAMP_BYTES], until[STAMP_BYTES];
        struct err err;

        p->from = (int) throw(seed, DAYS);
        p->until = p->from + 1 + (int) throw(seed, 4);
        p->takes = 1 + (int) throw(seed, 12);
        stamp_format(DESK_NOW + p->from * 24 * HOUR, from);
        stamp_format(DESK_NOW + p->until * 24 * HOUR, until);
        going_planned(d, what, from, until, p->id);
        if (p->takes <= 10) {
                AUTO_FREE char *quantities = xasprintf("%s=%d", what, p->takes);

                desk_do(d, p->id, "set", "quantities", quantities);
        }
        p->takes = p->takes <= 10 ? p->takes : 10;
        if (going_try(d, p->id, "alert", &err) != RC_OK)
                p->takes = 0;
        else if (going_try(d, p->id, "confirm", &err) != RC_OK)
                p->takes = 0;
}

static int taken_on(const struct promise *all, int day)
{
        int taken = 0;

        for (size_t i = 0; i < ALL; i++)
                if (all[i].from <= day && day < all[i].until)
                        taken += all[i].takes;
        return taken;
}

static bool too_much_at_once(const struct promise *all, size_t i, size_t k)
{
        for (int day = all[i].from; day < all[i].until; day++)
                if (all[k].from <= day && day < all[k].until && taken_on(all, day) > 10)
                        return all[i].takes && all[k].takes;
        return false;
}

/* No more is confirmed at any time than there is without all of those saying so of each other; and
 * nobody says so else. */
Test(quantities, more_than_there_is_shows_on_all_who_take_it)
{
        for (uint64_t start = 1; start <= 4; start++) {
                struct promise all[ALL];
                char laptops[STIX_ID_MAX];
                uint64_t seed = start;
                struct desk desks[DESKS];
                size_t conflicts = 0;

                desk_start(&desks[0]);
                desk_join(&desks[1], &desks[0], "bea");
                ten_laptops(&desks[0], laptops);
                desk_meet(&desks[0], &desks[1]);
                for (size_t i = 0; i < ALL; i++)
                        promise(&desks[i % DESKS], laptops, &seed, &all[i]);
                desk_meet(&desks[0], &desks[1]);
                for (size_t i = 0; i < ALL; i++)
                        for (size_t k = 0; k < ALL; k++) {
                                bool wanted = i != k && too_much_at_once(all, i, k);

                                conflicts += wanted;
                                for (size_t d = 0; d < DESKS; d++)
                                        cr_assert_eq(
                                                going_in_conflict(&desks[d], all[i].id, all[k].id),
                                                wanted, "seed %zu: %zu and %zu", (size_t)start, i,
                                                k);
                        }
                cr_expect_gt(conflicts, 0, "seed %zu has none", (size_t)start);
                desk_stop(&desks[1]);
                desk_stop(&desks[0]);
        }
}
