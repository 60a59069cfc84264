#include "play/place.h"

#include <criterion/criterion.h>
#include <string.h>

#include "unit/books.h"

static const char *written(struct arena *a, const char *around, enum step_type type, int branch,
                           const char *id, int visit)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, PLACE_MAX);
        place_add(&out, around, type, branch, id, visit);
        return arena_strdup(a, str_text(&out));
}

Test(place, is_written)
{
        struct arena a = {0};

        cr_assert_str_eq(written(&a, NULL, STEP_UNKNOWN, 0, "action--1", 1), "action--1");
        cr_assert_str_eq(written(&a, NULL, STEP_UNKNOWN, 0, "action--1", 3), "action--1#3");
        cr_assert_str_eq(written(&a, "p", STEP_PARALLEL, 2, "a", 1), "p.3/a");
        cr_assert_str_eq(written(&a, "i", STEP_IF, 0, "a", 1), "i.true/a");
        cr_assert_str_eq(written(&a, "i", STEP_IF, 1, "a", 1), "i.false/a");
        cr_assert_str_eq(written(&a, "w#2", STEP_WHILE, 12, "a", 2), "w#2.12/a#2");
        cr_assert_str_eq(written(&a, "k", STEP_PLAYBOOK, 0, "a", 1), "k.in/a");
        cr_assert_str_eq(written(&a, NULL, STEP_UNKNOWN, 0, " a/b.c#d%\x01", 1),
                         "%20a%2fb%2ec%23d%25%01");
        arena_finish(&a);
}

Test(place, fits_where_the_playbook_has_such_steps)
{
        static const struct {
                const char *place;
                bool fits;
        } rows[] = {
                {"a", true},
                {"a#2", true},
                {"p.1/a", true},
                {"p.2/a", true},
                {"p.3/a", false},
                {"p.0/a", false},
                {"p.01/a", false},
                {"p.x/a", false},
                {"i.true/a", true},
                {"i.false/a", true},
                {"i.1/a", false},
                {"w.1/a", true},
                {"w.77/p.2/a#9", true},
                {"w.0/a", false},
                {"w.-1/a", false},
                {"k.in/any", true},
                {"k.in/", false},
                {"k.1/a", false},
                {"a.1/a", false},
                {"s", false},
                {"e", false},
                {"", false},
                {"nowhere", false},
                {"a#1", false},
                {"a#", false},
                {"a#2x", false},
                {"a/", false},
                {"a.", false},
                {"p.1", false},
                {"p.1/", false},
                {"%61", true},
                {"%6", false},
                {"%zz", false},
                {"%00", false},
                {"w.99999999999/a", false},
                {"x%2fy", true},
        };
        struct arena a = {0};
        const struct playbook *p = book_read(
                &a,
                "s start >a\na action >p\np parallel /a /a >i\ni if ?? /a >w\nw while ?? /a >k\n"
                "k playbook >e\ne end\nx/y action >e\n");
        AUTO_FREE char *deep = xmalloc(20001);

        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                cr_assert_eq(place_fits(p, rows[i].place), rows[i].fits, "%s", rows[i].place);
        for (size_t i = 0; i < 20000; i += 4)
                memcpy(deep + i, "w.1/", 4);
        deep[20000] = 0;
        cr_assert(!place_fits(p, deep));
        arena_finish(&a);
}
