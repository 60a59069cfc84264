#include "store/things.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "store_files.h"

#define PAIRS(...) ((const char *const[]){__VA_ARGS__, NULL})

static struct file f;

static void setup(void)
{
        file_setup(&f);
        work_begin(&f);
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(refs, .init = setup, .fini = teardown);

/* An incident number n with a reference or NULL; created in ms. Returns its id. */
static const char *put(int n, const char *given, int64_t created_ms, const char *unit)
{
        struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", n), NULL);

        thing_set(&row.thing, "ref", given);
        row.thing.created_ms = created_ms;
        row.thing.created_by = unit;
        row.flags = strcmp(unit, UNIT) == 0 ? 0 : MARK_FOREIGN;
        put_row(&f, &row);
        return row.thing.id;
}

static void put_unit(const char *name)
{
        const struct row row =
                make_row(&f, &kind_participant, OTHER, PAIRS(arena_printf(&f.a, "name=%s", name)));

        put_row(&f, &row);
}

Test(refs, one_number_given_twice_shows_letters_in_order_of_creation)
{
        const char *late = put(1, "INC-0007", 300, UNIT);
        const char *early, *middle;

        cr_assert_str_eq(ref_of(&f, late), "INC-0007");
        early = put(2, "INC-0007", 100, UNIT);
        cr_assert_str_eq(ref_of(&f, early), "INC-0007");
        cr_assert_str_eq(ref_of(&f, late), "INC-0007b");
        middle = put(3, "INC-0007", 100, UNIT); /* same time: the greater id */
        cr_assert_str_eq(ref_of(&f, early), "INC-0007");
        cr_assert_str_eq(ref_of(&f, middle), "INC-0007b");
        cr_assert_str_eq(ref_of(&f, late), "INC-0007c");
        put(1, "INC-0007", 300, UNIT); /* a change of the thing leaves its letter */
        cr_assert_str_eq(ref_of(&f, late), "INC-0007c");
        cr_assert_str_eq(matches(&f, &kind_incident, "sort:ref"), "02 03 01");
        cr_assert_str_eq(matches(&f, &kind_incident, "INC-0007c"), "01");
        put(2, "INC-0008", 100, UNIT); /* another number: the letters move up */
        cr_assert_str_eq(ref_of(&f, middle), "INC-0007");
        cr_assert_str_eq(ref_of(&f, late), "INC-0007b");
}

Test(refs, more_than_the_alphabet_has_letters_for_still_have_one)
{
        for (int i = 0; i < 30; i++)
                put(i, "INC-0001", i, UNIT);
        cr_assert_str_eq(ref_of(&f, numbered_id(&f, "incident", 24)), "INC-0001y");
        cr_assert_str_eq(ref_of(&f, numbered_id(&f, "incident", 29)), "INC-0001z");
}

Test(refs, the_next_number_is_one_more_than_the_greatest_of_ours)
{
        int64_t n;

        MUST(ref_next(f.s, "INC", &n, err));
        cr_assert_eq(n, 1);
        put(1, "INC-0041", 1, UNIT);
        put(2, "INC-9000", 1, OTHER);
        put(3, "ORG-8000", 1, UNIT);
        put(4, "INC-7000b", 1, UNIT);
        MUST(ref_next(f.s, "INC", &n, err));
        cr_assert_eq(n, 42);
        cr_assert_eq(ref_next(f.s, "NOPE", &n, NULL), RC_INVALID);
}

Test(refs, foreign_ones_show_their_unit_and_follow_its_name)
{
        const char *id = put(1, "inc-107", 1, OTHER);

        cr_assert_str_eq(ref_of(&f, id), "? INC-0107");
        put_unit("FR national team");
        cr_assert_str_eq(ref_of(&f, id), "FR INC-0107");
        put_unit("Cybersicherheitsagentur");
        cr_assert_str_eq(ref_of(&f, id), "Cybersic INC-0107");
        cr_assert_str_eq(matches(&f, &kind_incident, "cybersic"), "01");
        cr_assert_str_eq(matches(&f, &kind_incident, "FR"), "");
        cr_assert_str_eq(ref_of(&f, put(2, "CASE/2026/0815", 1, OTHER)), "Cybersic CASE/2026/0815");
        put_unit(" , ");
        cr_assert_str_eq(ref_of(&f, id), "? INC-0107");
}

Test(refs, those_without_one_get_a_number_that_stays)
{
        const char *a = put(1, NULL, 1, OTHER), *b = put(2, "", 1, OTHER);
        int64_t vid;

        cr_assert_str_eq(ref_of(&f, a), "X-0001");
        cr_assert_str_eq(ref_of(&f, b), "X-0002");
        MUST(store_commit(f.s, err));
        MUST(things_fresh_begin(f.s, &vid, err));
        MUST(store_begin(f.s, err));
        put(2, NULL, 1, OTHER);
        put(1, NULL, 1, OTHER);
        cr_assert_str_eq(ref_of(&f, a), "X-0001");
        cr_assert_str_eq(ref_of(&f, b), "X-0002");
}

Test(refs, hostile_ones_stay_short_and_take_no_number_of_ours)
{
        char given[1000];
        int64_t n;

        memset(given, 'A', sizeof(given));
        given[999] = '\0';
        cr_assert_lt(strlen(ref_of(&f, put(1, given, 1, OTHER))), 64);
        cr_assert_str_eq(ref_of(&f, put(2, given, 1, UNIT)), "X-0001");
        put(3, "INC-99999999999999999999", 1, UNIT);
        MUST(ref_next(f.s, "INC", &n, err));
        cr_assert_eq(n, 1);
}

static const char *found(const char *text)
{
        struct row *rows;
        size_t count;
        const char *list = "";

        MUST(thing_by_ref(f.s, text, 10, &f.a, &rows, &count, err));
        for (size_t i = 0; i < count; i++)
                list = arena_printf(&f.a, "%s%s%s", list, i ? ", " : "", rows[i].ref);
        return list;
}

Test(refs, are_found_as_people_type_them_the_exact_one_first)
{
        put(1, "INC-0231", 1, UNIT);
        put(2, "INC-0231", 2, UNIT);
        put(3, "INC-0232", 1, UNIT);
        put(4, "INC-0231", 1, OTHER);
        put(5, NULL, 1, UNIT);
        put_unit("FR");
        cr_assert_str_eq(found("inc-231"), "INC-0231, INC-0231b");
        cr_assert_str_eq(found("INC-0231B"), "INC-0231b");
        cr_assert_str_eq(found("fr inc-0231"), "FR INC-0231");
        cr_assert_str_eq(found("inc-0"), "INC-0231, INC-0231b, INC-0232");
        cr_assert_str_eq(found("INC-02"), "INC-0231, INC-0231b, INC-0232");
        cr_assert_str_eq(found("x-1"), "X-0001");
        cr_assert_str_eq(found("INC-9"), "");
        cr_assert_str_eq(found(""), "");
        cr_assert_str_eq(found("%"), "");
}

Test(refs, sort_by_number_beyond_four_digits)
{
        put(1, "INC-10000", 1, UNIT);
        put(2, "INC-9999", 1, UNIT);
        put(3, "INC-0002", 1, UNIT);
        cr_assert_str_eq(matches(&f, &kind_incident, "sort:ref"), "03 02 01");
        cr_assert_str_eq(matches(&f, &kind_incident, "sort:-ref"), "01 02 03");
}
