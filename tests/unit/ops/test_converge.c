/*
 * Two desks of one unit change the same things without knowing of each other, then exchange files:
 * whatever the order and however often, they end with the same bytes.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "unit/desk.h"

TestSuite(converge);

#define FILES 4

/* What each desk gave the other, in the order given. */
struct exchange {
        char *from_d[FILES], *from_e[FILES];
        char ours[STIX_ID_MAX];
};

static void take(struct desk *d, const char *text)
{
        struct err err = {0};

        cr_assert_eq(desk_import(d, text, &err), RC_OK, "%s", err.text);
        cr_assert_eq(d->result.refused, 0, "%s", d->result.why);
}

/* A desk that has seen nothing of the other's: each files a state of the history. */
static void make_history(struct exchange *x)
{
        AUTO_FREE char *theirs = foreign_incident(1, 0, "Theirs", "");
        AUTO_FREE char *later = foreign_incident(1, 40, "Theirs, later", "");
        struct desk d, e;

        desk_start(&d);
        desk_join(&e, &d, "bruno");
        desk_new(&d, "Ours", "low", x->ours);
        x->from_d[0] = desk_export(&d);
        take(&e, x->from_d[0]);
        take(&e, theirs);
        clock_advance(MINUTE);
        desk_do(&d, x->ours, "severity", "severity", "high");
        desk_do(&e, x->ours, "severity", "severity", "critical");
        desk_do(&d, x->ours, "set", "sectors", "+energy");
        desk_do(&e, x->ours, "set", "sectors", "+health");
        x->from_d[1] = desk_export(&d);
        x->from_e[0] = desk_export(&e);
        clock_advance(MINUTE);
        desk_do(&e, FOREIGN_ID(1), "ack", NULL, NULL);
        desk_do(&d, x->ours, "set", "sectors", "-energy");
        take(&d, theirs);
        desk_do(&d, FOREIGN_ID(1), "owner", "owner", "me");
        take(&d, later);
        x->from_d[2] = desk_export(&d);
        x->from_e[1] = desk_export(&e);
        take(&e, x->from_d[1]);
        clock_advance(MINUTE);
        desk_do(&e, x->ours, "settle", "severity", "medium");
        desk_do(&d, x->ours, "note", NULL, "called them");
        x->from_d[3] = desk_export(&d);
        x->from_e[2] = desk_export(&e);
        desk_do(&e, FOREIGN_ID(1), "set", "tlp", "red");
        x->from_e[3] = desk_export(&e);
        desk_stop(&d);
        desk_stop(&e);
}

static void free_history(struct exchange *x)
{
        for (int i = 0; i < FILES; i++) {
                free(x->from_d[i]);
                free(x->from_e[i]);
        }
}

/* The files in the order of a permutation's digits, each again after the next. */
static void take_in_order(struct desk *d, const struct exchange *x, unsigned seed)
{
        const char *files[2 * FILES];

        for (int i = 0; i < FILES; i++) {
                files[2 * i] = x->from_d[i];
                files[2 * i + 1] = x->from_e[i];
        }
        for (int left = 2 * FILES; left > 0; left--) {
                unsigned at = seed % (unsigned)left;

                seed /= (unsigned)left;
                take(d, files[at]);
                if (left > 1 && at + 1 < (unsigned)left)
                        take(d, files[at + 1]);
                memmove(files + at, files + at + 1, ((size_t)left - at - 1) * sizeof(files[0]));
        }
}

Test(converge, in_any_order_and_repeated_it_comes_to_the_same)
{
        static const unsigned seeds[] = {0, 40319, 12345, 27182, 31415, 5040};
        AUTO_FREE char *ours = NULL;
        AUTO_FREE char *theirs = NULL;
        AUTO_FREE char *bundle = NULL;
        CLEANUP(arena_finish) struct arena a = {0};
        struct exchange x = {0};
        struct desk unit;

        make_history(&x);
        desk_start(&unit); /* the same seed: the same unit */
        for (size_t i = 0; i < ARRAY_LEN(seeds); i++) {
                struct desk d;

                clock_fix(DESK_NOW + 10 * MINUTE);
                desk_join(&d, &unit, "carla");
                take_in_order(&d, &x, seeds[i]);
                AUTO_FREE char *my_ours = desk_fold(&d, x.ours);
                AUTO_FREE char *my_theirs = desk_fold(&d, FOREIGN_ID(1));
                AUTO_FREE char *my_bundle = desk_export(&d);
                if (i == 0) {
                        cr_assert_str_eq(desk_shows(&d, x.ours, "severity", &a), "medium");
                        cr_assert_str_eq(desk_shows(&d, x.ours, "sectors", &a), "health");
                        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(1), "title", &a),
                                         "Theirs, later");
                        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(1), "owner", &a), "duarte");
                        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(1), "tlp", &a), "red");
                        ours = TAKE(my_ours);
                        theirs = TAKE(my_theirs);
                        bundle = TAKE(my_bundle);
                } else {
                        cr_assert_str_eq(my_ours, ours);
                        cr_assert_str_eq(my_theirs, theirs);
                        cr_assert_str_eq(my_bundle, bundle);
                }
                desk_stop(&d);
        }
        desk_stop(&unit);
        free_history(&x);
}

Test(converge, a_conflict_shows_on_both_until_one_settles_it)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX];
        struct desk d, e;
        struct row row;

        desk_start(&d);
        desk_join(&e, &d, "bruno");
        desk_new(&d, "Ours", "low", id);
        AUTO_FREE char *first = desk_export(&d);
        take(&e, first);
        desk_do(&d, id, "severity", "severity", "high");
        desk_do(&e, id, "severity", "severity", "critical");
        AUTO_FREE char *there = desk_export(&d);
        AUTO_FREE char *back = desk_export(&e);
        take(&e, there);
        take(&d, back);
        desk_row(&d, id, &a, &row);
        cr_assert(row.flags & MARK_CONFLICT);
        desk_row(&e, id, &a, &row);
        cr_assert(row.flags & MARK_CONFLICT);
        cr_assert_str_eq(desk_shows(&d, id, "severity", &a), desk_shows(&e, id, "severity", &a));
        desk_do(&d, id, "settle", "severity", "critical");
        AUTO_FREE char *settled = desk_export(&d);
        take(&e, settled);
        desk_row(&e, id, &a, &row);
        cr_assert_eq(row.flags & MARK_CONFLICT, 0);
        AUTO_FREE char *yours = desk_export(&e);
        take(&d, yours);
        AUTO_FREE char *mine_again = desk_export(&d);
        cr_assert_str_eq(mine_again, yours);
        desk_stop(&d);
        desk_stop(&e);
}

Test(converge, two_things_given_one_number_both_resolve)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char one[STIX_ID_MAX], two[STIX_ID_MAX];
        const char *id = NULL;
        struct err err = {0};
        struct row first, second;
        struct desk d, e;

        desk_start(&d);
        desk_join(&e, &d, "bruno");
        desk_new(&d, "One", "low", one);
        clock_advance(MINUTE);
        desk_new(&e, "Two", "low", two);
        AUTO_FREE char *there = desk_export(&d);
        take(&e, there);
        desk_row(&e, one, &a, &first);
        desk_row(&e, two, &a, &second);
        cr_assert_str_eq(first.ref, "INC-0001");
        cr_assert_str_eq(second.ref, "INC-0001b");
        cr_assert_eq(ops_resolve(&e.ops, "INC-0001", &a, &id, &err), RC_OK, "%s", err.text);
        cr_assert_str_eq(id, one);
        cr_assert_eq(ops_resolve(&e.ops, "inc-1b", &a, &id, &err), RC_OK, "%s", err.text);
        cr_assert_str_eq(id, two);
        desk_stop(&d);
        desk_stop(&e);
}
