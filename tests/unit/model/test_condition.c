/* What is a condition and what is prose, and what it says of known and unknown values. */
#include "model/condition.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/str.h"

static const char *const names[] = {"no", "yes", "unknown"};

static const char *value_of(void *ctx, const char *name)
{
        static const char *const values[][2] = {
                {"__yes__", "true"},
                {"__no__", "false"},
                {"__n__", "10"},
                {"__text__", "bravo"},
                {"__empty__", ""},
                {"__float__", "2.50"},
                {"__big__", "9007199254740993"},
                {"__other__", "10.0"},
        };

        (void)ctx;
        for (size_t i = 0; i < ARRAY_LEN(values); i++)
                if (strcmp(values[i][0], name) == 0)
                        return values[i][1];
        return NULL;
}

static const struct {
        const char *text;
        enum truth truth;
} rows[] = {
        {"__yes__:value", TRUTH_YES},
        {"__no__:value", TRUTH_NO},
        {"__n__:value", TRUTH_UNKNOWN}, /* neither true nor false */
        {"__yes__:value = true", TRUTH_YES},
        {"__yes__:value == 'TRUE'", TRUTH_YES},
        {"__n__:value <= 10", TRUTH_YES},
        {"__n__:value<10", TRUTH_NO},
        {"__n__:value > 9", TRUTH_YES}, /* as numbers: as text "10" comes before "9" */
        {"__n__:value >= 10.5", TRUTH_NO},
        {"__n__:value = '10.0'", TRUTH_YES},
        {"__n__:value = __other__:value", TRUTH_YES},
        {"__float__:value <> 2.5", TRUTH_NO},
        {"__big__:value = 9007199254740992", TRUTH_NO}, /* not as doubles */
        {"__text__:value = 'bravo'", TRUTH_YES},
        {"__text__:value = bravo", TRUTH_YES},
        {"__text__:value != \"bravo\"", TRUTH_NO},
        {"__text__:value = 'Bravo'", TRUTH_NO},
        {"__text__:value > 'alpha'", TRUTH_YES},
        {"__text__:value IN ('alpha', 'bravo')", TRUTH_YES},
        {"__text__:value in [alpha, charlie]", TRUTH_NO},
        {"__empty__:value = ''", TRUTH_YES},
        {"__unset__:value = 'x'", TRUTH_UNKNOWN},
        {"__unset__:value", TRUTH_UNKNOWN},
        {"__n__:value = __unset__:value", TRUTH_UNKNOWN},
        {"NOT __no__:value", TRUTH_YES},
        {"not not __yes__:value", TRUTH_YES},
        {"NOT __unset__:value", TRUTH_UNKNOWN},
        {"__yes__:value AND __n__:value = 10", TRUTH_YES},
        {"__no__:value AND __unset__:value", TRUTH_NO},
        {"__unset__:value AND __no__:value", TRUTH_NO},
        {"__yes__:value AND __unset__:value", TRUTH_UNKNOWN},
        {"__yes__:value OR __unset__:value", TRUTH_YES},
        {"__unset__:value or __no__:value", TRUTH_UNKNOWN},
        {"__yes__:value OR __no__:value AND __no__:value", TRUTH_YES}, /* AND binds more */
        {"(__yes__:value OR __no__:value) AND __no__:value", TRUTH_NO},
        {"NOT (__no__:value OR __no__:value)", TRUTH_YES},
        {"  ( __yes__:value )  ", TRUTH_YES},
        {"__should.execute.true__:value = yes", TRUTH_UNKNOWN},
};

Test(condition, what_it_says)
{
        struct arena a = {0};

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                const struct condition *c = condition_parse(rows[i].text, &a);

                cr_assert(c, "prose: %s", rows[i].text);
                cr_expect_eq(condition_holds(c, value_of, NULL), rows[i].truth, "%s: not %s",
                             rows[i].text, names[rows[i].truth]);
        }
        arena_finish(&a);
}

Test(condition, as_people_say_it)
{
        static const char *const said[][2] = {
                {"__over__:value", "over"},
                {"NOT __over__:value", "not over"},
                {"__ipcr__:value IN ('monitoring', 'information-sharing', 'full')",
                 "ipcr is monitoring, information-sharing or full"},
                {"__ipcr__:value in ('full')", "ipcr is full"},
                {"__n__:value >= 2", "n is at least 2"},
                {"__n__:value <> __m__:value", "n is not m"},
                {"__owner__:value = ''", "owner is empty"},
                {"not __n__:value < 2", "not (n is below 2)"},
                {"__a__:value AND __b__:value AND __c__:value", "a and b and c"},
                {"__a__:value OR __b__:value AND __n__:value > 2", "a or (b and n is above 2)"},
                {"NOT (__a__:value OR __b__:value)", "not (a or b)"},
        };
        struct arena a = {0};

        for (size_t i = 0; i < ARRAY_LEN(said); i++) {
                const struct condition *c = condition_parse(said[i][0], &a);

                cr_assert(c, "prose: %s", said[i][0]);
                cr_expect_str_eq(condition_words(c, &a), said[i][1]);
        }
        arena_finish(&a);
}

Test(condition, prose)
{
        static const char *const prose[] = {
                "",
                "The database is encrypted",
                "__yes__",
                "__yes__:value and the telephone rings",
                "__yes__:value = ",
                "__yes__:value = 'open",
                "__yes__:value = one two",
                "__yes__:value LIKE 'a%'",
                "__yes__:value MATCHES 'a.*'",
                "__yes__:value IN ()",
                "__yes__:value IN ('a' 'b')",
                "(__yes__:value",
                "__yes__:value)",
                "NOT",
                "AND __yes__:value",
                "__yes__:value OR",
                "__yes__:values",
                "__a b__:value",
                "[__yes__:value = 'x']",
                "__yes__ :value",
        };
        struct arena a = {0};

        for (size_t i = 0; i < ARRAY_LEN(prose); i++)
                cr_expect_eq(condition_parse(prose[i], &a), NULL, "%s", prose[i]);
        arena_finish(&a);
}

/* Deeper or longer than anybody writes is prose, and takes no more stack. */
Test(condition, has_caps)
{
        CLEANUP(str_finish) struct str text = {0};
        struct arena a = {0};

        str_init(&text, 1 << 20);
        for (int i = 0; i < 100000; i++)
                str_addc(&text, '(');
        cr_assert_eq(condition_parse(str_text(&text), &a), NULL);
        str_clear(&text);
        for (int i = 0; i < 40000; i++)
                str_add(&text, "NOT ");
        str_add(&text, "__a__:value");
        cr_assert_eq(condition_parse(str_text(&text), &a), NULL);
        str_clear(&text);
        for (int i = 0; i < 20000; i++)
                str_add(&text, "__a__:value AND ");
        str_add(&text, "__a__:value");
        cr_assert_eq(condition_parse(str_text(&text), &a), NULL);
        arena_finish(&a);
}

static void join(void *ctx, const char *name)
{
        str_add_sep(ctx, " ", name);
}

Test(condition, variables)
{
        CLEANUP(str_finish) struct str out = {0};
        struct arena a = {0};

        str_init(&out, 100);
        condition_variables(condition_parse("NOT (__a__:value = __b__:value) AND __c__:value", &a),
                            join, &out);
        cr_assert_str_eq(str_text(&out), "__a__ __b__ __c__");
        arena_finish(&a);
}
