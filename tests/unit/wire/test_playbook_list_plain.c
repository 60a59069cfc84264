/* Checklists as people write them: without headings, with boxes, marks in words of their own. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/str.h"
#include "wire/playbook_list.h"

#define ID "playbook--5b6f0c0e-3d0b-4c52-9a6e-8f7a2f5d1c33"

static const struct playbook_list_head head = {
        .id = ID,
        .created_by = "identity--7d0f3b52-6c1e-4a8b-9f27-3e5a1c9d4b60",
        .now_ns = 1795687200000000000};

static const struct playbook *read_list(const char *text, struct arena *a)
{
        const struct playbook *p = NULL;
        struct err err = {0};

        cr_assert_eq(playbook_list_read(text, strlen(text), &head, a, &p, &err), RC_OK, "%s",
                     err.text);
        return p;
}

static const struct step *named(const struct playbook *p, const char *name)
{
        for (size_t i = 0; i < p->step_count; i++)
                if (p->steps[i].name && strcmp(p->steps[i].name, name) == 0)
                        return &p->steps[i];
        cr_assert_fail("no step %s", name);
        return NULL;
}

static const char *written(const struct playbook *p, struct arena *a)
{
        CLEANUP(str_finish) struct str out = {0};
        struct err err = {0};

        str_init(&out, PLAYBOOK_LIST_BYTES_MAX);
        cr_assert_eq(playbook_list_write(p, &out, &err), RC_OK, "%s", err.text);
        return arena_strdup(a, str_text(&out));
}

/* Each says the same as the first. */
Test(playbook_list_plain, a_plain_checklist)
{
        static const char *const lists[] = {
                "# N\n## Steps\n- Call\n- if it rings\n  - Wait\n",
                "# N\n\n- Call\n- if it rings\n  - Wait\n",
                "\xef\xbb\xbf# N\n- Call\n- if it rings\n  - Wait\n",
                "\xef\xbb\xbf# N\r\n\r\n- Call\r\n- if it rings\r\n  - Wait\r\n",
                "# N\n* Call\n* if it rings\n  * Wait\n",
                "# N\n1. Call\n2. if it rings\n   1) Wait\n",
                "# N\n- [ ] Call\n- [x] if it rings\n  * [X] Wait\n",
        };
        struct arena a = {0};
        const char *first = written(read_list(lists[0], &a), &a);

        for (size_t i = 1; i < ARRAY_LEN(lists); i++)
                cr_expect_str_eq(written(read_list(lists[i], &a), &a), first);
        arena_finish(&a);
}

Test(playbook_list_plain, words_and_marks_in_any_case)
{
        struct arena a = {0};
        const struct playbook *p = read_list("# N\n"
                                             "- Run the scan (Two) (MUST) (Within 2 H)\n"
                                             "- If in doubt, ask (30 min)\n"
                                             "- If it rings\n  - Answer (1h30m)\n"
                                             "- Else\n  - Wait (2 hours) (two persons)\n"
                                             "- While it rings\n  - Look (1 d)\n"
                                             "- Parallel Both\n  - Branch A\n    - A (3 times)\n"
                                             "  - BRANCH B\n    - B (those outside)\n"
                                             "- C (2nd floor)\n- D (10:30)\n- E (24/7)\n"
                                             "- F (2024)\n- G (2-3)\n",
                                             &a);
        const struct step *s = named(p, "Run the scan");

        cr_assert(s->two_person && s->mandatory && s->timeout_ms == 2 * 3600000);
        cr_assert_eq(named(p, "If in doubt, ask")->minutes, 30);
        cr_assert_eq(named(p, "Answer")->minutes, 90);
        cr_assert(named(p, "Wait")->minutes == 120 && named(p, "Wait")->two_person);
        cr_assert_eq(named(p, "Look")->minutes, 1440);
        named(p, "A (3 times)");
        named(p, "B (those outside)");
        named(p, "C (2nd floor)");
        named(p, "D (10:30)");
        named(p, "E (24/7)");
        named(p, "F (2024)");
        named(p, "G (2-3)");
        cr_assert_not_null(strstr(written(p, &a), "\n- Run the scan @"));
        cr_assert_not_null(strstr(written(p, &a), "\n- If in doubt, ask @"));
        arena_finish(&a);
}

Test(playbook_list_plain, what_looks_like_a_bullet_or_a_box_comes_back)
{
        static const char text[] = "# N\n\nId: " ID "\n\n## Steps\n\n- \\[ ] Call @duty-officer\n"
                                   "  \\1. the first\n  \\* the second\n  24 h later\n";
        struct arena a = {0};
        const struct playbook *p = read_list(text, &a);

        cr_assert_str_eq(named(p, "[ ] Call")->commands[0].text,
                         "1. the first\n* the second\n24 h later");
        cr_assert_not_null(strstr(written(p, &a), strstr(text, "- \\[")));
        arena_finish(&a);
}

Test(playbook_list_plain, keys_in_any_case)
{
        struct arena a = {0};

        cr_assert_str_eq(
                read_list("# N\nid: playbook--4d50e390-0ea4-4cde-b3f0-072f2a813bd6\n- A\n", &a)->id,
                "playbook--4d50e390-0ea4-4cde-b3f0-072f2a813bd6");
        arena_finish(&a);
}
