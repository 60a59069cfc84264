/* Playbooks edited as checklists: what becomes of a run that moves to such a version. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "books.h"
#include "ops/playbook_edit.h"

TestSuite(runs_edited);

#define LIST "# Water\n\n## Steps\n\n- Look\n- Block\n- Tell\n"

struct room {
        struct desk d;
        struct arena a;
        char book[STIX_ID_MAX], run[STIX_ID_MAX];
        struct ops_run *open;
        struct playbook_diff diff;
        struct run_move move;
};

static void enter_list(struct room *r, const char *list)
{
        AUTO_FREE char *document = book_document(list, DESK_NOW - MINUTE);
        CLEANUP(arena_finish) struct arena a = {0};
        struct err err = {0};

        *r = (struct room){0};
        desk_start(&r->d);
        for (char *at = document; (at = strstr(at, FOREIGN_UNIT)); at++)
                memcpy(at, r->d.ops.unit, strlen(FOREIGN_UNIT));
        cr_assert_eq(desk_import(&r->d, document, &err), RC_OK, "%s", err.text);
        snprintf(r->book, sizeof(r->book), "%s", ops_resolve_value(&r->d.ops, "PB-0001", &a));
        run_start(&r->d, r->book, NULL, r->run);
}

static void enter(struct room *r)
{
        enter_list(r, LIST);
        run_must(&r->d, r->run, "complete", "1");
        run_must(&r->d, r->run, "complete", "2");
}

static void leave(struct room *r)
{
        ops_run_close(r->open);
        arena_finish(&r->a);
        desk_stop(&r->d);
}

/* As an editor does it: the text of the newest version with one part replaced. */
static enum rc edit(struct room *r, const char *from, const char *to, struct err *err)
{
        CLEANUP(str_finish) struct str text = {0}, now = {0};
        struct playbook_saved saved = {0};
        enum rc rc;
        struct held_playbook p;
        const char *suffix, *at;

        str_init(&text, PLAYBOOK_EDIT_MAX);
        str_init(&now, PLAYBOOK_EDIT_MAX);
        clock_advance(MINUTE);
        cr_assert_eq(ops_playbook(&r->d.ops, r->book, &r->a, &p, err), RC_OK, "%s", err->text);
        cr_assert_eq(ops_playbook_edit(&p, &text, &suffix, err), RC_OK, "%s", err->text);
        cr_assert_str_eq(suffix, ".md");
        at = strstr(str_text(&text), from);
        cr_assert(at, "%s", str_text(&text));
        str_addn(&now, str_text(&text), (size_t)(at - str_text(&text)));
        str_add(&now, to);
        str_add(&now, at + strlen(from));
        rc = ops_playbook_save(&r->d.ops, &p, now.s, now.len, &saved, err);
        free(saved.findings);
        return rc;
}

/* Edits it, and asks what the run would be by that. */
static void edit_and_compare(struct room *r, const char *from, const char *to)
{
        struct err err = {0};

        cr_assert_eq(edit(r, from, to, &err), RC_OK, "%s", err.text);
        cr_assert_eq(ops_run_open(&r->d.ops, r->run, &r->open, &err), RC_OK, "%s", err.text);
        cr_assert(ops_run_newer(r->open));
        cr_assert_eq(
                ops_run_compare(r->open, ops_run_newer(r->open), &r->a, &r->diff, &r->move, &err),
                RC_OK, "%s", err.text);
}

static const struct run_step *step_of(const struct room *r, const char *name)
{
        const struct run *run = ops_run_state(r->open);

        for (size_t i = 0; i < run->step_count; i++)
                if (run->steps[i]->step->name && strcmp(run->steps[i]->step->name, name) == 0)
                        return run->steps[i];
        return NULL;
}

static void move(struct room *r)
{
        struct err err = {0};

        ops_run_close(TAKE(r->open));
        cr_assert_eq(run_try(&r->d, r->run, "move", NULL, &err, "value", "newest", NULL), RC_OK,
                     "%s", err.text);
        cr_assert_eq(ops_run_open(&r->d.ops, r->run, &r->open, &err), RC_OK, "%s", err.text);
}

static bool stands(const struct room *r, const char *name, enum step_state state)
{
        const struct run_step *s = step_of(r, name);

        return s && s->state == state;
}

/* Both that were done stand, and Call is next. */
static void expect_kept(const struct room *r)
{
        cr_expect(stands(r, "Look", STEP_IS_DONE));
        cr_expect(stands(r, "Block", STEP_IS_DONE));
        cr_expect(stands(r, "Call", STEP_IS_NOW));
}

Test(runs_edited, a_step_put_in_behind_what_was_done_leaves_the_answers_where_they_were)
{
        struct room r;

        enter(&r);
        edit_and_compare(&r, "- Tell", "- Call\n- Tell");
        cr_expect_eq(r.diff.added, 1);
        cr_expect_eq(r.diff.removed, 0);
        cr_expect_eq(r.move.count, 0);
        move(&r);
        expect_kept(&r);
        leave(&r);
}

static void complete(struct room *r, const char *step)
{
        struct err err = {0};

        ops_run_close(TAKE(r->open));
        run_must(&r->d, r->run, "complete", step);
        cr_assert_eq(ops_run_open(&r->d.ops, r->run, &r->open, &err), RC_OK, "%s", err.text);
}

/* What was said of other steps is never said of it; theirs counts when the run gets there. */
Test(runs_edited, a_step_put_in_before_what_was_done_takes_no_answer_and_none_is_lost)
{
        struct room r;

        enter(&r);
        edit_and_compare(&r, "- Block", "- Call\n- Block");
        cr_expect_eq(r.diff.added, 1);
        cr_expect_eq(r.diff.removed, 0);
        cr_expect_eq(r.move.count, 0);
        cr_assert_eq(r.move.waiting_count, 1);
        cr_expect_str_eq(r.move.waiting[0].event->place, step_of(&r, "Block")->place);
        move(&r);
        cr_expect(stands(&r, "Look", STEP_IS_DONE));
        cr_expect(stands(&r, "Call", STEP_IS_NOW));
        cr_expect(!step_of(&r, "Block"));
        complete(&r, "2");
        cr_expect(stands(&r, "Block", STEP_IS_DONE));
        cr_expect(stands(&r, "Tell", STEP_IS_NOW));
        leave(&r);
}

Test(runs_edited, what_was_done_of_a_step_that_is_gone_is_lost_and_told)
{
        struct room r;

        enter(&r);
        edit_and_compare(&r, "- Block", "- Cut");
        cr_expect_eq(r.diff.added, 1);
        cr_expect_eq(r.diff.removed, 1);
        cr_assert_eq(r.move.count, 1);
        cr_expect_str_eq(r.move.losses[0].why, "there is no such step");
        move(&r);
        cr_expect(stands(&r, "Look", STEP_IS_DONE));
        cr_expect(stands(&r, "Cut", STEP_IS_NOW));
        leave(&r);
}

/* A branch is the same by another name where all that is in it is. */
Test(runs_edited, a_branch_with_another_name_keeps_what_was_done_in_it)
{
        static const char list[] = "# Water\n\n## Steps\n\n- parallel At once\n"
                                   "  - branch Here\n    - Look\n    - Block\n"
                                   "  - branch There\n    - Call\n";
        struct room r;

        enter_list(&r, list);
        run_must(&r.d, r.run, "complete", "1a.1");
        run_must(&r.d, r.run, "complete", "1a.2");
        edit_and_compare(&r, "branch Here", "branch In the house");
        cr_expect_eq(r.diff.added, 0);
        cr_expect_eq(r.diff.removed, 0);
        cr_expect_eq(r.move.count, 0);
        move(&r);
        expect_kept(&r);
        leave(&r);
}
