#include "model/same.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"

TestSuite(same);

#define A_HOME "identity--00000000-0000-4000-8000-0000000000a1"
#define B_HOME "identity--00000000-0000-4000-8000-0000000000b1"

static struct thing person(const char *name, const char *home, const char *phone,
                           const char *contact)
{
        struct thing t;
        thing_init(&t, &kind_expert, NULL);
        thing_set(&t, "name", name);
        thing_set(&t, "home", home);
        thing_set(&t, "phone", phone);
        thing_set(&t, "contact", contact);
        return t;
}

static bool have_a_key(const struct thing *x, const struct thing *y, struct arena *a)
{
        const char *mine[SAME_KEYS_MAX], *theirs[SAME_KEYS_MAX];
        size_t my_count = same_keys(x, a, mine), their_count = same_keys(y, a, theirs);
        for (size_t i = 0; i < my_count; i++)
                for (size_t k = 0; k < their_count; k++)
                        if (strcmp(mine[i], theirs[k]) == 0)
                                return true;
        return false;
}

/* Either way round; and where they are the same, a key finds the one from the other. */
static bool same(struct thing x, struct thing y)
{
        CLEANUP(arena_finish) struct arena a = {0};
        bool yes = same_thing(&x, &y, &a);
        cr_expect_eq(same_thing(&y, &x, &a), yes);
        cr_expect(!yes || have_a_key(&x, &y, &a));
        return yes;
}

Test(same, a_name_in_any_order_and_spelling_with_no_other_home)
{
        cr_expect(same(person("Anna Kowalska", NULL, NULL, NULL),
                       person("KOWALSKA, Anna", A_HOME, NULL, NULL)));
        cr_expect(same(person("José Núñez", A_HOME, NULL, NULL),
                       person("Jose Nunez", A_HOME, NULL, NULL)));
        cr_expect_not(same(person("Anna Kowalska", A_HOME, NULL, NULL),
                           person("Anna Kowalska", B_HOME, NULL, NULL)));
        cr_expect_not(same(person("Anna Kowalska", A_HOME, NULL, NULL),
                           person("Anna Nowak", A_HOME, NULL, NULL)));
        cr_expect_not(same(person(NULL, A_HOME, NULL, NULL), person(NULL, A_HOME, NULL, NULL)));
}

Test(same, who_moved_keeps_the_phone)
{
        cr_expect(same(person("Anna Kowalska", A_HOME, "+48 22 111 222", NULL),
                       person("Anna Kowalska", B_HOME, "0048 (22) 111-222", NULL)));
}

Test(same, a_phone_alone_may_be_a_desk)
{
        cr_expect_not(same(person("Anna Kowalska", A_HOME, "+48 22 111 222", NULL),
                           person("Luc Moreau", A_HOME, "+48 22 111 222", NULL)));
        cr_expect(same(person("Anna Kowalska", A_HOME, "+48 22 111 222", NULL),
                       person("Anna Nowak-Kowalska", A_HOME, "+4822111222", NULL)));
        cr_expect_not(same(person("Anna Kowalska", A_HOME, "112", NULL),
                           person("Anna Nowak", A_HOME, "112", NULL)));
        cr_expect(same(person("A. Kowalska", NULL, NULL, "Anna@cert.example"),
                       person("Anna Kowalska", NULL, NULL, "anna@CERT.example")));
}

Test(same, who_says_otherwise_is_another_of_the_name)
{
        cr_expect_not(same(person("Maria Silva", A_HOME, "+351 1", NULL),
                           person("Maria Silva", NULL, "+34 2", NULL)));
        cr_expect_not(same(person("Maria Silva", A_HOME, NULL, "maria@a.example"),
                           person("Silva, Maria", A_HOME, NULL, "maria@b.example")));
        cr_expect_not(same(person("Maria Silva", A_HOME, "+351 21 111 222", "maria@a.example"),
                           person("Maria Silva", A_HOME, "+351 21 111 222", "m.s@a.example")));
        cr_expect(same(person("Maria Silva", A_HOME, "+351 1", NULL),
                       person("Maria Silva", A_HOME, "00351-1", "maria@a.example")));
        cr_expect(same(person("Maria Silva", NULL, NULL, NULL),
                       person("Maria Silva", A_HOME, "+351 1", NULL)));
}

static struct thing of_state(const char *const *states, size_t count, struct arena *a)
{
        struct thing t = person("Mari Ilves", NULL, NULL, NULL);
        thing_set_items(&t, "states", states, count, a);
        return t;
}

Test(same, people_of_states_that_have_none_in_common_are_two)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *states[] = {"EE", "LV"};
        cr_expect_not(same(of_state(states, 1, &a), of_state(states + 1, 1, &a)));
        cr_expect(same(of_state(states, 1, &a), of_state(states, 2, &a)));
        cr_expect(same(of_state(states, 1, &a), of_state(states, 0, &a)));
}

static struct thing kit(const char *name, const char *serial, const char *tag)
{
        struct thing t;
        thing_init(&t, &kind_equipment, NULL);
        thing_set(&t, "name", name);
        thing_set(&t, "serial", serial);
        thing_set(&t, "tag", tag);
        return t;
}

Test(same, equipment_is_told_by_what_is_written_on_it)
{
        cr_expect(same(kit("Laptop", "SN-17", NULL), kit("Notebook", "sn-17", "7")));
        cr_expect(same(kit("Laptop", NULL, "00042"), kit("Laptop", "x", "00042")));
        cr_expect_not(same(kit("Laptop", NULL, "0042"), kit("Laptop", NULL, "42")));
        cr_expect_not(same(kit("Laptop", "SN-17", NULL), kit("Laptop", "SN-18", NULL)));
        cr_expect_not(same(kit("Laptop", NULL, NULL), kit("Laptop", NULL, NULL)));
        cr_expect_str_eq(same_by(&kind_equipment), "serial, tag");
        cr_expect_str_eq(same_by(&kind_team), "name");
}
