/*
 * Model-based: two desks carry out one run without knowing of each other, do whatever comes to
 * their minds, and exchange what they have now and then, in any order. In the end both have the
 * same bytes, nothing that was accepted is lost, and reading it anew gives the same.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "books.h"

TestSuite(runs_apart);

#define STEPS 40

static const char list[] =
        "# Apart\n\n## Variables\n\n- leak bool: Data is out\n- host string: Which one\n\n## "
        "Steps\n\n"
        "- Look (must) (gives leak)\n"
        "- Sign it (two)\n"
        "- if leak\n  - Tell the authority (must)\n- else\n  - Write down why not\n"
        "- parallel At once\n  - branch one\n    - Call\n    - Call again\n  - branch two\n"
        "    - while it burns\n      - Put it out\n  - branch three\n    - Ask (two)\n"
        "- Close\n";

static unsigned next(unsigned *seed, unsigned below)
{
        *seed = *seed * 1103515245u + 12345u;
        return (*seed >> 16) % below;
}

struct pair {
        struct desk d, e;
        char run[STIX_ID_MAX];
        size_t accepted;
        unsigned seed;
};

/* Something that may be done or not: whoever asks at random is often refused. */
static void do_any(struct pair *p, struct ops_run *r)
{
        static const char *const answers[] = {"true", "false", "again", "leave"};
        static const enum play_verb verbs[] = {
                PLAY_COMPLETE, PLAY_COMPLETE, PLAY_COMPLETE, PLAY_ANSWER,        PLAY_ANSWER,
                PLAY_FAIL,     PLAY_SKIP,     PLAY_SIGN,     PLAY_NOTE,          PLAY_OWNER,
                PLAY_PAUSE,    PLAY_RESUME,   PLAY_SET,      PLAY_NOT_APPLICABLE};
        const struct run *run = ops_run_state(r);
        enum play_verb verb = verbs[next(&p->seed, ARRAY_LEN(verbs))];
        size_t at = run->step_count ? next(&p->seed, (unsigned)run->step_count) : 0;
        struct run_doing d = {.verb = verb, .reason = "so", .note = "n", .occurred_ms = CLOCK_NONE};
        struct err err = {0};

        if (play_verb_row(verb)->step && run->step_count)
                d.place = run->steps[at]->place;
        if (verb == PLAY_ANSWER)
                d.value = answers[next(&p->seed, ARRAY_LEN(answers))];
        if (verb == PLAY_SET) {
                d.place = NULL;
                d.variable = "__leak__";
                d.value = answers[next(&p->seed, 2)];
        }
        if (verb == PLAY_OWNER)
                d.value = "bea";
        p->accepted += ops_run_do(r, NULL, &d, &err) == RC_OK;
}

static void take(struct desk *to, struct desk *from)
{
        AUTO_FREE char *file = desk_export(from);
        struct err err = {0};

        cr_assert_eq(desk_import(to, file, &err), RC_OK, "%s", err.text);
}

static void play(struct pair *p)
{
        struct ops_run *mine = NULL, *theirs = NULL;
        struct err err = {0};

        cr_assert_eq(ops_run_open(&p->d.ops, p->run, &mine, &err), RC_OK, "%s", err.text);
        cr_assert_eq(ops_run_open(&p->e.ops, p->run, &theirs, &err), RC_OK, "%s", err.text);
        for (int i = 0; i < STEPS; i++) {
                clock_advance(next(&p->seed, 3) * 1000);
                do_any(p, next(&p->seed, 2) ? mine : theirs);
                if (next(&p->seed, 12) == 0) {
                        take(&p->d, &p->e);
                        cr_assert_eq(ops_run_refresh(mine, NULL, &err), RC_OK);
                }
                if (next(&p->seed, 12) == 0) {
                        take(&p->e, &p->d);
                        cr_assert_eq(ops_run_refresh(theirs, NULL, &err), RC_OK);
                }
        }
        take(&p->d, &p->e);
        take(&p->e, &p->d);
        cr_assert_eq(ops_run_refresh(mine, NULL, &err), RC_OK);
        cr_assert_eq(ops_run_refresh(theirs, NULL, &err), RC_OK);
        cr_assert_eq(ops_run_state(mine)->log_count, p->accepted, "no answer is lost");
        ops_run_close(mine);
        ops_run_close(theirs);
}

static void expect_same_rows(struct pair *p)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row mine, theirs;

        desk_row(&p->d, p->run, &a, &mine);
        desk_row(&p->e, p->run, &a, &theirs);
        for (size_t i = 0; i < kind_run.field_count; i++)
                cr_expect(value_equal(&mine.thing.values[i], &theirs.thing.values[i]), "%s",
                          kind_run.fields[i].name);
        cr_expect_eq(mine.flags, theirs.flags);
}

Test(runs_apart, two_desks_come_to_the_same_bytes)
{
        for (unsigned seed = 1; seed <= 4; seed++) {
                struct pair p = {.seed = seed * 7919};
                char book[STIX_ID_MAX];

                desk_start(&p.d);
                desk_join(&p.e, &p.d, "bruno");
                book_take(&p.d, list, DESK_NOW, book);
                run_start(&p.d, book, NULL, p.run);
                take(&p.e, &p.d);
                play(&p);
                AUTO_FREE char *mine = run_text(&p.d, p.run);
                AUTO_FREE char *theirs = run_text(&p.e, p.run);
                cr_assert_str_eq(mine, theirs, "seed %u", seed);
                expect_same_rows(&p);
                desk_stop(&p.d);
                desk_stop(&p.e);
        }
}

/* What was done comes before the playbook: it waits for it, and nothing is lost. */
Test(runs_apart, what_comes_before_its_playbook_waits_for_it)
{
        CLEANUP(ops_run_cleanup) struct ops_run *r = NULL;
        char book[STIX_ID_MAX], run[STIX_ID_MAX];
        struct err err = {0};
        struct desk d, e;

        desk_start(&d);
        desk_join(&e, &d, "bruno");
        book_take(&d, list, DESK_NOW, book);
        run_start(&d, book, NULL, run);
        run_must(&d, run, "complete", "1");
        AUTO_FREE char *file = desk_export(&d);
        char *carrier =
                strstr(file, "{\"created\":\"2026-11-24T12:00:00.000Z\",\"description\":\"Apart\"");
        cr_assert(carrier, "the carrier stands in the file");
        char *type = strstr(carrier, "\"course-of-action\"");
        cr_assert(type);
        memcpy(strstr(carrier, "\"playbook_bin\""), "\"playbook_xxx\"", 14);
        cr_assert_eq(desk_import(&e, file, &err), RC_OK, "%s", err.text);
        desk_must_show(&e, run, "state", "waits");
        cr_assert_eq(ops_run_open(&e.ops, run, &r, &err), RC_OK, "%s", err.text);
        cr_assert(ops_run_missing(r) && !ops_run_state(r));
        book_take(&e, list, DESK_NOW, book);
        desk_must_show(&e, run, "state", "running");
        desk_must_show(&e, run, "done", "1");
        cr_assert_eq(ops_run_refresh(r, NULL, &err), RC_OK, "%s", err.text);
        cr_assert(ops_run_state(r) && !ops_run_missing(r));
        cr_assert_eq(ops_run_state(r)->log_count, 1);
        AUTO_FREE char *mine = run_text(&d, run);
        AUTO_FREE char *theirs = run_text(&e, run);
        cr_assert_str_eq(mine, theirs);
        desk_stop(&d);
        desk_stop(&e);
}
