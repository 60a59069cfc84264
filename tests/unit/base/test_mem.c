#include "base/mem.h"

#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

static void leave(void)
{
        _exit(42);
}

Test(mem, out_of_memory_ends_through_the_hook, .exit_code = 42)
{
        mem_on_die(leave);
        mem_die();
}

Test(mem, without_a_hook_it_aborts, .signal = SIGABRT)
{
        mem_die();
}

Test(mem, take_leaves_nothing_to_free)
{
        AUTO_FREE char *p = xstrdup("abc");
        AUTO_FREE char *q = TAKE(p);
        cr_assert_null(p);
        cr_assert_str_eq(q, "abc");
}

Test(mem, arena_items_are_zeroed_aligned_and_apart)
{
        struct arena a;
        arena_init(&a);
        char *items[200];
        for (size_t i = 0; i < ARRAY_LEN(items); i++) {
                items[i] = arena_alloc(&a, i + 1);
                cr_assert_eq((uintptr_t)items[i] % 16, 0);
                for (size_t k = 0; k <= i; k++)
                        cr_assert_eq(items[i][k], 0);
                memset(items[i], (int)i + 1, i + 1);
        }
        for (size_t i = 0; i < ARRAY_LEN(items); i++)
                cr_assert_eq((unsigned char)items[i][i], (unsigned char)(i + 1));
        arena_finish(&a);
}

Test(mem, an_arena_list_grows_and_keeps_what_it_holds)
{
        struct arena a = {0};
        int *list = NULL;
        size_t room = 0;

        for (int i = 0; i < 1000; i++) {
                list = arena_grow(&a, list, (size_t)i, &room, sizeof(*list));
                cr_assert_gt(room, (size_t)i);
                list[i] = i;
        }
        for (int i = 0; i < 1000; i++)
                cr_assert_eq(list[i], i);
        arena_finish(&a);
}

Test(mem, arena_memory_is_zeroed_again_after_a_reset)
{
        struct arena a;
        arena_init(&a);
        memset(arena_alloc(&a, 5000), 0xFF, 5000);
        arena_reset(&a);
        cr_assert_eq(a.used, 0);
        const char *p = arena_alloc(&a, 5000);
        for (int i = 0; i < 5000; i++)
                cr_assert_eq(p[i], 0);
        arena_finish(&a);
}

static void count_release(void *object)
{
        ++*(int *)object;
}

Test(mem, what_an_arena_keeps_is_released_with_it_once)
{
        struct arena a = {0};
        int reset = 0, finished = 0;

        arena_keep(&a, count_release, &reset);
        arena_alloc(&a, 10);
        cr_assert_eq(reset, 0);
        arena_reset(&a);
        cr_assert_eq(reset, 1);
        arena_keep(&a, count_release, &finished);
        arena_finish(&a);
        arena_finish(&a);
        cr_assert_eq(reset, 1);
        cr_assert_eq(finished, 1);
}

Test(mem, arena_texts)
{
        struct arena a = {0};
        char big[20000];
        memset(big, 'y', sizeof(big));
        cr_assert_str_eq(arena_strndup(&a, "abcdef", 3), "abc");
        cr_assert_str_eq(arena_printf(&a, "%s-%04d", "INC", 7), "INC-0007");
        cr_assert_eq(strlen(arena_printf(&a, "%.*s", (int)sizeof(big), big)), sizeof(big));
        cr_assert_null(arena_strdup(&a, NULL));
        arena_finish(&a);
        cr_assert_str_eq(arena_strdup(&a, "again"), "again");
        arena_finish(&a);
}
