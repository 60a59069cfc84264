/* A run on the screen while somebody else works in it too. */
#include "ui/run_view.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "desk.h"
#include "ops/runs.h"

TestSuite(run_view);

#define BOOK                                                                                       \
        "{\"type\":\"playbook\",\"spec_version\":\"cacao-2.0\","                                   \
        "\"id\":\"playbook--00000000-0000-4000-8000-000000000001\","                               \
        "\"name\":\"Two ways\",\"created_by\":\"identity--00000000-0000-4000-8000-000000000009\"," \
        "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\","      \
        "\"workflow_start\":\"start--00000000-0000-4000-8000-000000000001\",\"workflow\":{"        \
        "\"start--00000000-0000-4000-8000-000000000001\":{\"type\":\"start\",\"on_completion\":"   \
        "\"action--00000000-0000-4000-8000-00000000000a\"},"                                       \
        "\"action--00000000-0000-4000-8000-00000000000a\":{\"type\":\"action\",\"name\":"          \
        "\"Confirm\",\"on_completion\":\"action--00000000-0000-4000-8000-00000000000b\"},"         \
        "\"action--00000000-0000-4000-8000-00000000000b\":{\"type\":\"action\",\"name\":"          \
        "\"Isolate\",\"on_completion\":\"action--00000000-0000-4000-8000-00000000000c\"},"         \
        "\"action--00000000-0000-4000-8000-00000000000c\":{\"type\":\"action\",\"name\":"          \
        "\"Report\",\"on_completion\":\"end--00000000-0000-4000-8000-000000000001\"},"             \
        "\"end--00000000-0000-4000-8000-000000000001\":{\"type\":\"end\"}}}"

#define PLACE(letter) "action--00000000-0000-4000-8000-00000000000" letter

struct table {
        struct desk d;
        struct ops_run *theirs; /* somebody else's */
};

static void open_table(struct table *t)
{
        const struct import_options o = {.name = "two-ways.json"};
        struct import_result result;
        struct run_starting s = {0};
        char run[STIX_ID_MAX], hash[HASH_TEXT];
        struct err err = {0};
        desk_open(&t->d, 120, 36);
        cr_assert_eq(ops_import_playbooks(&t->d.ops, BOOK, strlen(BOOK), &o, &result, &err), RC_OK,
                     "%s", err.text);
        cacao_name_content(BOOK, strlen(BOOK), hash);
        s.hash = hash;
        cr_assert_eq(ops_run_start(&t->d.ops, &s, run, &err), RC_OK, "%s", err.text);
        cr_assert_eq(ops_run_open(&t->d.ops, run, &t->theirs, &err), RC_OK, "%s", err.text);
        ui_changed(t->d.ui, TOPIC_ALL);
        cr_assert_eq(run_view_open(t->d.ui, run, &err), RC_OK, "%s", err.text);
}

static void close_table(struct table *t)
{
        ops_run_close(t->theirs);
        desk_close(&t->d);
}

static void they_do(struct table *t, enum play_verb verb, const char *place, const char *note)
{
        const struct run_doing d = {
                .verb = verb, .place = place, .note = note, .occurred_ms = CLOCK_NONE};
        struct err err = {0};
        cr_assert_eq(ops_run_do(t->theirs, NULL, &d, &err), RC_OK, "%s", err.text);
        ui_changed(t->d.ui, TOPIC_ALL);
}

Test(run_view, what_others_do_shows_and_what_is_half_typed_stays)
{
        struct table t;
        open_table(&t);
        desk_says(&t.d, "1 under way  2 to go");
        desk_keys(&t.d, "j j n");
        desk_type(&t.d, "the press asks about");
        they_do(&t, PLAY_COMPLETE, PLACE("a"), "by telephone");
        desk_says(&t.d, "1 done  1 under way  1 to go");
        desk_says(&t.d, "the press asks about");
        desk_keys(&t.d, "Enter");
        desk_says(&t.d, "step 3: noted");
        desk_says(&t.d, "the press asks about");
        close_table(&t);
}

Test(run_view, a_step_that_others_changed_stands_out_for_a_while)
{
        struct table t;
        open_table(&t);
        desk_keys(&t.d, "G");
        desk_screen(&t.d);
        they_do(&t, PLAY_COMPLETE, PLACE("a"), NULL);
        desk_screen(&t.d);
        cr_assert(desk_look(&t.d, "Confirm").attr & ATTR_BOLD);
        clock_fix(clock_now_ms() + 61000);
        ui_tick(t.d.ui);
        ui_dirty(t.d.ui);
        desk_screen(&t.d);
        cr_assert_not(desk_look(&t.d, "Confirm").attr & ATTR_BOLD);
        close_table(&t);
}

Test(run_view, what_somebody_else_has_done_already_is_said_and_the_note_stays)
{
        struct table t;
        open_table(&t);
        desk_keys(&t.d, "x");
        desk_type(&t.d, "called back");
        they_do(&t, PLAY_COMPLETE, PLACE("a"), NULL);
        desk_keys(&t.d, "Enter");
        desk_says(&t.d, "called back");
        desk_says(&t.d, "1 done  1 under way  1 to go");
        close_table(&t);
}

Test(run_view, undo_takes_back_what_was_done_in_the_run)
{
        struct table t;
        open_table(&t);
        desk_keys(&t.d, "x Enter");
        desk_says(&t.d, "1 done  1 under way  1 to go");
        desk_keys(&t.d, "u");
        desk_says(&t.d, "undone:");
        desk_says(&t.d, "1 under way  2 to go");
        close_table(&t);
}
