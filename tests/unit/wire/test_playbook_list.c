/* Checklists: what each line says, what is refused and where, and that a list comes back. */
#include "wire/playbook_list.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/str.h"
#include "wire/cacao.h"

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

static const char *as_cacao(const struct playbook *p, struct arena *a)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, PLAYBOOK_BYTES_MAX);
        cacao_write(p, &out);
        return arena_strdup(a, str_text(&out));
}

static const char everything[] =
        "# All\n"
        "\n"
        "Id: " ID "\n"
        "By: identity--7d0f3b52-6c1e-4a8b-9f27-3e5a1c9d4b60\n"
        "Created: 2026-11-26T12:00:00.000Z\n"
        "Modified: 2026-11-26T13:00:00.000Z\n"
        "Types: mitigation, notification\n"
        "Labels: ddos, dos\n"
        "Severity: 60\n"
        "TLP: TLP:AMBER\n"
        "\n"
        "> What it is for.\n"
        "> Id: no field\n"
        "\n"
        "## Variables\n"
        "\n"
        "- count integer = 3: How many\n"
        "- kind string: Which kind\n"
        "- leak bool: Data has left\n"
        "\n"
        "## Steps\n"
        "\n"
        "- Cut the line @network-lead (90m) (within 2h) (after 1d) (two) (must) (pap) (gives kind, "
        "leak)\n"
        "  > Why it is done.\n"
        "  First line.\n"
        "  \\- no step\n"
        "  \\\n"
        "  last line.\n"
        "- \\if in doubt, ask @duty-officer\n"
        "- \\run @duty-officer\n"
        "- if leak\n"
        "  - Tell them (those outside) @duty-officer\n"
        "- else\n"
        "  - Write it down @duty-officer\n"
        "- while __count__:value > 0\n"
        "  - Count down @duty-officer (gives count)\n"
        "- switch kind\n"
        "  - case volume\n"
        "    - Filter upstream @duty-officer\n"
        "  - default\n"
        "    - Look again @duty-officer\n"
        "- parallel Both\n"
        "  - branch People\n"
        "    - Call them @duty-officer\n"
        "  - branch Machines\n"
        "    - run " ID " Itself\n"
        "      > Where it helps.\n";

Test(playbook_list, every_line_comes_back)
{
        struct arena a = {0};
        const struct playbook *p = read_list(everything, &a);
        struct cacao_doc doc;
        const char *json = as_cacao(p, &a);

        cr_assert_str_eq(written(p, &a), everything);
        cacao_read(json, strlen(json), CLOCK_NONE, &a, &doc);
        cr_assert_eq(doc.verdict, CACAO_OK);
        cr_assert_str_eq(as_cacao(doc.playbook, &a), json);
        cr_assert_str_eq(written(doc.playbook, &a), everything);
        arena_finish(&a);
}

Test(playbook_list, a_name_begins_with_no_blank)
{
        struct arena a = {0};
        const struct playbook *p = read_list("# A\n\n## Steps\n\n- \\ Call them\n", &a);

        cr_assert_not_null(named(p, "Call them"));
        arena_finish(&a);
}

Test(playbook_list, marks)
{
        struct arena a = {0};
        const struct playbook *p = read_list(everything, &a);
        const struct step *s = named(p, "Cut the line");

        cr_assert_str_eq(p->agents[s->agent].name, "network lead");
        cr_assert_eq(s->minutes, 90);
        cr_assert_eq(s->timeout_ms, 2 * 3600000);
        cr_assert_eq(s->delay_ms, 24 * 3600000);
        cr_assert(s->two_person && s->mandatory && s->adversary);
        cr_assert_eq(s->out_count, 2);
        cr_assert_str_eq(s->out_args[1], "__leak__");
        cr_assert_str_eq(s->description, "Why it is done.");
        cr_assert_str_eq(s->commands[0].text, "First line.\n- no step\n\nlast line.");
        named(p, "if in doubt, ask");
        named(p, "Tell them (those outside)");
        arena_finish(&a);
}

Test(playbook_list, without_a_role_it_is_the_duty_officer)
{
        struct arena a = {0};
        const struct playbook *p = read_list("# N\n## Steps\n- Do it\n", &a);

        cr_assert_str_eq(p->agents[named(p, "Do it")->agent].name, "duty officer");
        arena_finish(&a);
}

/* ---- ids ---- */

#define STEPS "# N\n## Steps\n"

static const struct step *named_in(const struct playbook *p, const char *name, size_t nth)
{
        int at = p->start;

        for (; at >= 0; at = p->steps[at].on_completion)
                if (p->steps[at].name && strcmp(p->steps[at].name, name) == 0 && nth-- == 0)
                        return &p->steps[at];
        cr_assert_fail("no step %s", name);
        return NULL;
}

/* The list read as an edit of another playbook, or of none (NULL). */
static const struct playbook *edited(const struct playbook *was, const char *text, struct arena *a)
{
        struct playbook_list_head h = head;
        const struct playbook *p = NULL;
        struct err err = {0};

        h.was = was;
        cr_assert_eq(playbook_list_read(text, strlen(text), &h, a, &p, &err), RC_OK, "%s",
                     err.text);
        return p;
}

/* A playbook whose ids follow from nothing in it. */
static struct playbook *foreign(const char *text, struct arena *a)
{
        struct playbook *p = arena_alloc(a, sizeof(*p));
        struct step *steps;

        *p = *read_list(text, a);
        steps = arena_array(a, p->step_count, sizeof(*steps));
        memcpy(steps, p->steps, p->step_count * sizeof(*steps));
        for (size_t i = 0; i < p->step_count; i++)
                steps[i].id = arena_printf(a, "x%04zu", i);
        p->steps = steps;
        return p;
}

/* "A = B": the step A of the edited list has the id of B before; "A = -": one that is new. */
struct kept {
        const char *text, *now[8];
};

static const struct step *spoken_of(const struct playbook *p, const char *s, struct arena *a)
{
        size_t len = strcspn(s, "#");

        return s[len] ? named_in(p, arena_strndup(a, s, len), (size_t)(s[len + 1] - '1'))
                      : named(p, s);
}

static void check_kept(const struct playbook *was, const struct playbook *now, const char *line,
                       struct arena *a)
{
        const char *sign = strstr(line, " = ");
        const struct step *s = spoken_of(now, arena_strndup(a, line, (size_t)(sign - line)), a);

        if (strcmp(sign + 3, "-") == 0)
                cr_expect_lt(playbook_step(was, s->id), 0, "%s", line);
        else
                cr_expect_str_eq(s->id, spoken_of(was, sign + 3, a)->id, "%s", line);
}

#define BEFORE                                                                                     \
        STEPS "- A\n- B\n- C\n- if x\n  - In\n  - Deep\n- else\n  - Out\n"                         \
              "- parallel At once\n  - branch one\n    - Call\n  - branch two\n    - Call\n"

static const struct kept kept_rows[] = {
        {STEPS "- New\n- A\n- B\n- C\n", {"New = -", "A = A", "B = B", "C = C"}},
        {STEPS "- A\n- New\n- B\n- C\n", {"New = -", "A = A", "B = B", "C = C"}},
        {STEPS "- A\n- C\n", {"A = A", "C = C"}},
        {STEPS "- B\n- A\n- C\n", {"A = A", "B = B", "C = C"}},
        {STEPS "- C\n- B\n- A\n", {"A = A", "B = B", "C = C"}},
        {STEPS "- A\n- Renamed\n- C\n", {"A = A", "Renamed = -", "C = C"}},
        {STEPS "- A @network-lead (30m) (two)\n  How.\n- B\n", {"A = A", "B = B"}},
        {STEPS "- New\n- if x\n  - New 2\n  - Deep\n  - In\n- else\n  - First\n  - Out\n",
         {"New = -", "New 2 = -", "Deep = Deep", "In = In", "First = -", "Out = Out"}},
        {STEPS "- if y\n  - In\n- B\n", {"In = -", "B = B"}},
        {STEPS "- if x\n  - Out\n- else\n  - In\n", {"Out = -", "In = -"}},
        {STEPS "- A\n- if z\n  - B\n- C\n", {"A = A", "B = -", "C = C"}},
};

Test(playbook_list, steps_of_what_was_edited_keep_their_ids)
{
        for (size_t i = 0; i < ARRAY_LEN(kept_rows); i++)
                for (int own = 0; own < 2; own++) {
                        struct arena a = {0};
                        const struct playbook *was =
                                own ? read_list(BEFORE, &a) : foreign(BEFORE, &a);
                        const struct playbook *now = edited(was, kept_rows[i].text, &a);

                        for (size_t k = 0; kept_rows[i].now[k]; k++)
                                check_kept(was, now, kept_rows[i].now[k], &a);
                        arena_finish(&a);
                }
}

/* Of steps with the same name those stay that have the same ones beside them. */
Test(playbook_list, steps_of_one_name_are_told_apart_by_their_order)
{
        struct arena a = {0};
        const struct playbook *was = foreign(STEPS "- A\n- Call\n- B\n- Call\n- C\n", &a);
        const struct playbook *now =
                edited(was, STEPS "- Call\n- A\n- Call\n- B\n- Call\n- D\n- C\n", &a);

        check_kept(was, now, "Call#1 = -", &a);
        check_kept(was, now, "Call#2 = Call#1", &a);
        check_kept(was, now, "Call#3 = Call#2", &a);
        arena_finish(&a);
}

/* What was thrown away does not come back as another step. */
Test(playbook_list, an_id_of_what_was_edited_is_given_to_no_new_step)
{
        struct arena a = {0};
        const struct playbook *first = read_list(STEPS "- Call\n- A\n- Call\n", &a);
        const struct playbook *was = edited(first, STEPS "- A\n- Call\n", &a);
        const struct playbook *now = edited(was, STEPS "- A\n- Call\n- B\n- Call\n", &a);

        cr_assert_str_eq(named(was, "Call")->id, named_in(first, "Call", 1)->id);
        check_kept(was, now, "Call#1 = Call", &a);
        check_kept(was, now, "Call#2 = -", &a);
        arena_finish(&a);
}

Test(playbook_list, one_branch_more_leaves_the_steps_of_the_others)
{
        struct arena a = {0};
        const struct playbook *was = foreign(BEFORE, &a);
        const struct playbook *now =
                edited(was,
                       STEPS "- parallel At once\n  - branch zero\n    - Look\n"
                             "  - branch one\n    - Call\n  - branch two\n    - Call\n",
                       &a);
        const struct step *x = &was->steps[named(was, "At once") - was->steps];
        const struct step *y = named(now, "At once");

        cr_assert_str_eq(x->id, y->id);
        for (size_t i = 0; i < 2; i++)
                cr_expect_str_eq(was->steps[x->branches[i].step].id,
                                 now->steps[y->branches[i + 1].step].id);
        arena_finish(&a);
}

#define BRANCHES(one, in_one, two, in_two)                                                         \
        STEPS "- parallel At once\n  - branch " one "\n" in_one "  - branch " two "\n" in_two

/* A branch by another name is the same where all that is in it is, and it can be no other. */
Test(playbook_list, a_branch_by_another_name_keeps_the_steps_in_it)
{
        static const char look[] = BRANCHES("one", "    - Call\n    - Look\n", "two", "    - Go\n");
        static const struct {
                const char *now, *kept[4];
        } rows[] = {
                {BRANCHES("uno", "    - Call\n    - Look\n", "two", "    - Go\n"),
                 {"Call = Call", "Look = Look", "Go = Go"}},
                {BRANCHES("uno", "    - Call\n    - Look\n", "due", "    - Go\n"),
                 {"Call = Call", "Look = Look", "Go = Go"}},
                {BRANCHES("uno", "    - Call\n    - Write\n", "two", "    - Go\n"),
                 {"Call = -", "Write = -", "Go = Go"}},
        };

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                struct arena a = {0};
                const struct playbook *was = foreign(look, &a);
                const struct playbook *now = edited(was, rows[i].now, &a);

                for (size_t k = 0; k < ARRAY_LEN(rows[i].kept) && rows[i].kept[k]; k++)
                        check_kept(was, now, rows[i].kept[k], &a);
                arena_finish(&a);
        }
}

static const char *first_in(const struct playbook *p, size_t branch)
{
        return p->steps[named(p, "At once")->branches[branch].step].id;
}

Test(playbook_list, branches_that_could_be_one_another_are_told_apart_by_name_alone)
{
        struct arena a = {0};
        const struct playbook *was =
                foreign(BRANCHES("one", "    - Call\n", "two", "    - Call\n"), &a);
        const struct playbook *one =
                edited(was, BRANCHES("uno", "    - Call\n", "two", "    - Call\n"), &a);
        const struct playbook *both =
                edited(was, BRANCHES("uno", "    - Call\n", "due", "    - Call\n"), &a);

        for (size_t i = 0; i < 2; i++) {
                cr_expect_str_eq(first_in(one, i), first_in(was, i));
                cr_expect_lt(playbook_step(was, first_in(both, i)), 0);
        }
        arena_finish(&a);
}

/* Without the version before, too: a step put in leaves the ids of the others as they were. */
Test(playbook_list, ids_follow_from_what_a_step_says)
{
        static const char *const same[] = {"A", "B", "Deep"};
        struct arena a = {0};
        const struct playbook *p = read_list(BEFORE, &a);
        const struct playbook *q =
                read_list(STEPS "- New\n- B\n- A\n- if x\n  - Newer\n  - Deep\n", &a);

        for (size_t i = 0; i < ARRAY_LEN(same); i++)
                cr_expect_str_eq(named(p, same[i])->id, named(q, same[i])->id);
        cr_expect_lt(playbook_step(p, named(q, "New")->id), 0);
        arena_finish(&a);
}

Test(playbook_list, what_is_wrong_is_told_with_its_line)
{
        static const struct {
                const char *text, *says;
        } rows[] = {
                {"", "expected \"## Steps\""},
                {"# N\n## Steps\n", "expected \"## Steps\" and a step"},
                {"## Steps\n- A\n", "line 1: expected \"# NAME\""},
                {"# N\nwrong\n## Steps\n- A\n", "line 2: expected \"KEY: VALUE\""},
                {"# N\nColour: red\n## Steps\n- A\n", "line 2: expected Id, By"},
                {"# N\nId: 7\n## Steps\n- A\n", "line 2: expected playbook--UUID"},
                {"# N\nSeverity: 101\n## Steps\n- A\n", "line 2: expected a number up to 100"},
                {"# N\nTLP: BLUE\n## Steps\n- A\n", "line 2: expected a TLP label"},
                {"# N\n## Variables\n- x colour: X\n## Steps\n- A\n", "line 3: expected \"NAME"},
                {"# N\n## Variables\n- x bool\n- x bool\n## Steps\n- A\n", "line 4: expected"},
                {"# N\n## Variables\n- x integer = a\n## Steps\n- A\n", "line 3: __x__ takes"},
                {"# N\n## Steps\n- (30m)\n", "line 3: expected a name before the marks"},
                {"# N\n- A @one @two\n", "line 2: a step has one owner, not @one and @two"},
                {"# N\n- A @one (must) @two\n", "line 2: a step has one owner"},
                {"# N\n- A (30x)\n", "line 2: expected (30m), (2h)"},
                {"# N\n- A (0m)\n", "line 2: expected (30m)"},
                {"# N\n- A (5 weeks)\n", "each once, not (5 weeks)"},
                {"# N\n- A (after 3 sec)\n", "line 2: expected (30m)"},
                {"# N\n- A (within an hour)\n", "line 2: expected (30m)"},
                {"# N\n- A (two signatures)\n", "line 2: expected (30m)"},
                {"# N\n- A (1.5h)\n", "each once, not (1.5h)"},
                {"# N\n- A (30-60 min)\n", "each once, not (30-60 min)"},
                {"# N\n- A (1h 30x)\n", "each once, not (1h 30x)"},
                {"# N\n- A (30m) (1h)\n", "each once, not (30m)"},
                {"# N\n## Steps\n- A (gives x)\n", "line 3: expected names of \"## Variables\""},
                {"# N\n## Steps\n- A\n  - B\n", "line 4: expected no steps below"},
                {"# N\n## Steps\n- A\n - B\n", "line 4: expected no steps below"},
                {"# N\n## Steps\n- if x\n    - B\n  - C\n", "line 5: expected the same indent"},
                {"# N\n## Steps\n- if x\n", "line 3: expected steps below it"},
                {"# N\n## Steps\n- else\n  - A\n", "line 3: expected this word only where"},
                {"# N\n## Steps\n- parallel\n  - branch X\n    - A\n", "two branches below"},
                {"# N\n## Steps\n- parallel\n  - A\n", "line 4: expected \"- branch NAME\""},
                {"# N\n## Steps\n- switch x\n  - default\n    - A\n  - case 1\n    - B\n",
                 "line 4: expected \"- case VALUE\""},
                {"# N\n## Steps\n- switch x\n  - case 1\n    - A\n  - case 1\n    - B\n",
                 "line 6: expected each case once"},
                {"# N\n## Steps\n- run 7 B\n", "line 3: expected \"- run playbook--UUID NAME\""},
                {"# N\n## Steps\ntext\n", "line 3: expected \"- \" and a step"},
                {"# N\n# M\n## Steps\n- A\n", "line 2: expected \"# NAME\" once"},
                {"# N\n## Steps\n- A\xff\n", "a list is UTF-8"},
        };

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                struct arena a = {0};
                const struct playbook *p = NULL;
                struct err err = {0};

                cr_expect_eq(
                        playbook_list_read(rows[i].text, strlen(rows[i].text), &head, &a, &p, &err),
                        RC_INVALID, "row %zu", i);
                cr_expect(strstr(err.text, rows[i].says), "row %zu says: %s", i, err.text);
                cr_expect_eq(p, NULL);
                arena_finish(&a);
        }
}

Test(playbook_list, too_deep)
{
        struct arena a = {0};
        CLEANUP(str_finish) struct str text = {0};
        const struct playbook *p = NULL;
        struct err err = {0};

        str_init(&text, PLAYBOOK_LIST_BYTES_MAX);
        str_add(&text, "# N\n## Steps\n");
        for (int i = 0; i < 40; i++)
                str_addf(&text, "%*s- if x\n", 2 * i, "");
        cr_assert_eq(playbook_list_read(text.s, text.len, &head, &a, &p, &err), RC_INVALID);
        cr_assert(strstr(err.text, "at most 16 levels"), "%s", err.text);
        arena_finish(&a);
}

/* What no list can say is named, not left out. */
Test(playbook_list, what_cannot_be_said)
{
        struct arena a = {0};
        CLEANUP(str_finish) struct str out = {0};
        struct playbook p = *read_list("# N\n## Steps\n- A\n- B\n", &a);
        struct step *steps = arena_array(&a, p.step_count, sizeof(*steps));
        struct err err = {0};

        str_init(&out, PLAYBOOK_LIST_BYTES_MAX);
        memcpy(steps, p.steps, p.step_count * sizeof(*steps));
        steps[named(&p, "A") - p.steps].on_failure = steps[p.start].on_completion;
        p.steps = steps;
        cr_assert_eq(playbook_list_write(&p, &out, &err), RC_INVALID);
        cr_assert_str_eq(err.text, "A: a list can't say what follows a failure");
        arena_finish(&a);
}
