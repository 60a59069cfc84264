/* Runs: started, carried out, taken back; by commands and by a run that is open. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "books.h"
#include "ops/operators.h"

TestSuite(runs);

#define LIST                                                                                       \
        "# Water\n\n## Variables\n\n- leak bool: Data is out\n- host string: Which one\n\n"        \
        "## Steps\n\n"                                                                             \
        "- Look (must)\n"                                                                          \
        "- Pull the plug (two) (must)\n"                                                           \
        "- parallel At once\n  - branch one\n    - Call\n  - branch two\n    - Write\n"            \
        "- Block it (pap)\n"                                                                       \
        "- Tell (must)\n"

struct room {
        struct desk d;
        char book[STIX_ID_MAX], incident[STIX_ID_MAX], run[STIX_ID_MAX];
};

static void enter(struct room *r)
{
        desk_start(&r->d);
        book_take(&r->d, LIST, DESK_NOW, r->book);
        desk_make_of(&r->d, &kind_incident, r->incident, "title", "Down", "class", "availability",
                     "severity", "high", "tlp", "green", NULL);
        run_start(&r->d, r->book, r->incident, r->run);
}

static void refuses(struct room *r, const char *verb, const char *step, const char *why)
{
        struct err err = {0};

        cr_assert_eq(run_try(&r->d, r->run, verb, NULL, &err, "step", step, NULL), RC_CONFLICT);
        cr_assert(strstr(err.text, why), "%s", err.text);
}

static void second_does(struct room *r, const char *verb, const char *step)
{
        const char *who = r->d.ops.operator;

        r->d.ops.operator= "bea";
        run_must(&r->d, r->run, verb, step);
        r->d.ops.operator= who;
}

Test(runs, one_is_pinned_to_a_content_and_shows_where_it_stands)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct held_playbook p;
        struct room r;

        enter(&r);
        cr_assert_eq(ops_playbook(&r.d.ops, r.book, &a, &p, NULL), RC_OK);
        desk_must_show(&r.d, r.run, "ref", "RUN-0001");
        desk_must_show(&r.d, r.run, "title", "Water");
        desk_must_show(&r.d, r.run, "content", p.hash);
        desk_must_show(&r.d, r.run, "state", "running");
        desk_must_show(&r.d, r.run, "steps", "6");
        desk_must_show(&r.d, r.run, "open", "1");
        desk_must_show(&r.d, r.run, "mandatory", "3");
        desk_must_show(&r.d, r.run, "now", "1 Look");
        desk_must_show(&r.d, r.run, "owner", "duarte");
        desk_must_show(&r.d, r.run, "tlp", "green");
        desk_stop(&r.d);
}

/* A branch, a step for two, a skip, from an incident to the end. */
Test(runs, it_is_carried_out_to_its_end)
{
        struct room r;

        enter(&r);
        run_must(&r.d, r.run, "complete", "1");
        run_must(&r.d, r.run, "complete", "2");
        desk_must_show(&r.d, r.run, "done", "1");
        refuses(&r, "sign", "2", "second");
        second_does(&r, "sign", "2");
        desk_must_show(&r.d, r.run, "done", "2");
        desk_must_show(&r.d, r.run, "open", "2");
        run_must(&r.d, r.run, "complete", "3b.1");
        refuses(&r, "complete", "3b.1", "already");
        run_must(&r.d, r.run, "skip", "3a.1");
        run_must(&r.d, r.run, "complete", "4");
        run_must(&r.d, r.run, "not-applicable", "5");
        desk_must_show(&r.d, r.run, "state", "done");
        desk_must_show(&r.d, r.run, "mandatory", "0");
        desk_must_show(&r.d, r.run, "ended", "2026-11-24T12:00:00.000Z");
        refuses(&r, "complete", "1", "at its end");
        desk_stop(&r.d);
}

/* Others get it as a task, in words. */
Test(runs, other_tools_see_a_task_with_its_outcome)
{
        struct room r;

        enter(&r);
        run_must(&r.d, r.run, "complete", "1");
        AUTO_FREE char *under_way = desk_export(&r.d);
        cr_assert(strstr(under_way, "\"task_types\":[\"playbook-execution\"]"));
        cr_assert(strstr(under_way, "\"outcome\":\"ongoing\""));
        cr_assert(strstr(under_way, "\"start_time\":\"2026-11-24T12:00:00.000Z\""));
        cr_assert(strstr(under_way, "Water: running, 1 of 6 steps done; now: 2 Pull the plug"));
        cr_assert(strstr(under_way, "\"subtasks\":[{\"task_ref\":\"task--"));
        cr_assert(strstr(under_way, "\"external_references\":[{\"description\":\"modified "
                                    "2026-11-24T12:00:00.000Z\",\"external_id\":\"" BOOK_ID "\""));
        cr_assert(strstr(under_way, "\"name\":\"Look\""));
        cr_assert(strstr(under_way, "\"outcome\":\"successful\""));
        cr_assert(strstr(under_way, "\"task_types\":[\"playbook-step-execution\"]"));
        AUTO_FREE char *uses =
                xasprintf("\"relationship_type\":\"uses\",\"source_ref\":\"%s\"", r.run);
        AUTO_FREE char *what = xasprintf("\"target_ref\":\"%s\"", r.book);
        cr_assert(strstr(under_way, uses));
        cr_assert(strstr(under_way, what));
        AUTO_FREE char *again = desk_export(&r.d);
        cr_assert_str_eq(under_way, again, "nothing is told twice");
        run_must(&r.d, r.run, "cancel", NULL);
        clock_advance(MINUTE);
        AUTO_FREE char *over = desk_export(&r.d);
        cr_assert(strstr(over, "\"outcome\":\"cancelled\""));
        desk_stop(&r.d);
}

Test(runs, what_is_refused_writes_nothing)
{
        struct err err = {0};
        struct room r;

        enter(&r);
        const int64_t before = desk_stats(&r.d).versions;
        refuses(&r, "complete", "5", "not reached");
        cr_assert_eq(run_try(&r.d, r.run, "complete", NULL, &err, "step", "99", NULL), RC_INVALID);
        cr_assert(strstr(err.text, "there is no 99; to be done first: 1"), "%s", err.text);
        err = (struct err){0};
        cr_assert_eq(run_try(&r.d, r.run, "skip", NULL, &err, "step", "1", NULL), RC_INVALID);
        err = (struct err){0};
        cr_assert_eq(
                run_try(&r.d, r.run, "value", NULL, &err, "variable", "nil", "value", "1", NULL),
                RC_INVALID);
        err = (struct err){0};
        cr_assert_eq(run_try(&r.d, r.run, "complete", NULL, &err, "step", "1", "place", "x", NULL),
                     RC_INVALID, "the place is said by the program");
        cr_assert_eq(desk_stats(&r.d).versions, before);
        desk_stop(&r.d);
}

Test(runs, its_entries_stand_in_the_timeline_of_the_incident)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row *rows = NULL;
        size_t count = 0;
        struct room r;

        enter(&r);
        run_must(&r.d, r.run, "complete", "1");
        cr_assert_eq(thing_log(r.d.ops.store, r.incident, 0, 10, &a, &rows, &count, NULL), RC_OK);
        cr_assert_eq(count, 3);
        cr_assert_str_eq(thing_text(&rows[0].thing, "text"), "1 Look: done by duarte: because");
        desk_stop(&r.d);
}

Test(runs, closing_the_incident_names_open_mandatory_steps)
{
        struct err err = {0};
        struct room r;

        enter(&r);
        run_must(&r.d, r.run, "complete", "1");
        cr_assert_eq(desk_try(&r.d, r.incident, "close", NULL, NULL, "over", &err), RC_CONFLICT);
        cr_assert(strstr(err.text, "RUN-0001 has mandatory steps open: 2 Pull the plug, 5 Tell"),
                  "%s", err.text);
        run_must(&r.d, r.run, "cancel", NULL);
        err = (struct err){0};
        cr_assert_eq(desk_try(&r.d, r.incident, "close", NULL, NULL, "over", &err), RC_OK, "%s",
                     err.text);
        desk_stop(&r.d);
}

/* PAP:AMBER lets nobody act where the other side could see it; with a reason it is done. */
Test(runs, what_touches_the_adversary_asks_for_a_reason_where_the_pap_forbids_it)
{
        struct err err = {0};
        struct room r;

        enter(&r);
        desk_do(&r.d, r.incident, "pap", "pap", "amber");
        run_must(&r.d, r.run, "complete", "1");
        run_must(&r.d, r.run, "complete", "2");
        second_does(&r, "sign", "2");
        run_must(&r.d, r.run, "complete", "3a.1");
        run_must(&r.d, r.run, "complete", "3b.1");
        refuses(&r, "complete", "4", "PAP:AMBER of INC-0001 forbids");
        cr_assert_eq(run_try(&r.d, r.run, "complete", "the judge agreed", &err, "step", "4", NULL),
                     RC_OK, "%s", err.text);
        desk_stop(&r.d);
}

Test(runs, values_notes_evidence_owners_and_due_times_are_kept)
{
        CLEANUP(ops_run_cleanup) struct ops_run *open = NULL;
        struct err err = {0};
        struct room r;

        enter(&r);
        cr_assert_eq(run_try(&r.d, r.run, "value", NULL, &err, "variable", "host", "value", "srv-1",
                             NULL),
                     RC_OK, "%s", err.text);
        cr_assert_eq(run_try(&r.d, r.run, "owner", NULL, &err, "step", "1", "value", "me", NULL),
                     RC_OK, "%s", err.text);
        cr_assert_eq(run_try(&r.d, r.run, "due", NULL, &err, "step", "1", "value", "+2h", NULL),
                     RC_OK, "%s", err.text);
        cr_assert_eq(run_try(&r.d, r.run, "remark", NULL, &err, "step", "1", "note", "odd", NULL),
                     RC_OK, "%s", err.text);
        cr_assert_eq(
                run_try(&r.d, r.run, "evidence", NULL, &err, "step", "1", "value", "log.txt", NULL),
                RC_OK, "%s", err.text);
        desk_must_show(&r.d, r.run, "due", "2026-11-24T14:00:00.000Z");
        cr_assert_eq(ops_run_open(&r.d.ops, r.run, &open, &err), RC_OK, "%s", err.text);
        const struct run *run = ops_run_state(open);
        cr_assert_str_eq(run_value(run, NULL, "__host__"), "srv-1");
        cr_assert_str_eq(run->live[0]->said->owner, "duarte");
        cr_assert_eq(run->live[0]->said->notes, 1);
        cr_assert_eq(run->live[0]->said->evidence, 1);
        desk_stop(&r.d);
}

/* ---- a run that is open ---- */

static struct ops_run *open_run(struct room *r)
{
        struct ops_run *open = NULL;
        struct err err = {0};

        cr_assert_eq(ops_run_open(&r->d.ops, r->run, &open, &err), RC_OK, "%s", err.text);
        return open;
}

static void complete(struct ops_run *open, const struct ops *as)
{
        const struct run_doing d = {.verb = PLAY_COMPLETE,
                                    .place = ops_run_state(open)->live[0]->place,
                                    .occurred_ms = CLOCK_NONE};
        struct err err = {0};

        cr_assert_eq(ops_run_do(open, as, &d, &err), RC_OK, "%s", err.text);
}

Test(runs, what_is_done_in_an_open_one_is_what_another_reads)
{
        struct room r;

        enter(&r);
        struct ops_run *open = open_run(&r);
        complete(open, NULL);
        clock_advance(MINUTE);
        complete(open, NULL);
        const struct run_doing sign = {.verb = PLAY_SIGN,
                                       .place = ops_run_state(open)->live[0]->place,
                                       .occurred_ms = CLOCK_NONE};
        const struct ops_person bea = {.name = "bea", .role = OPERATOR_OFFICER};
        struct err err = {0};
        struct ops as;
        ops_as(&r.d.ops, &bea, &as);
        cr_assert(ops_run_why_not(open, NULL, &sign), "the same person does not sign");
        cr_assert_null(ops_run_why_not(open, &as, &sign));
        cr_assert_eq(ops_run_do(open, &as, &sign, &err), RC_OK, "%s", err.text);
        CLEANUP(str_finish) struct str mine = {0};
        str_init(&mine, 1 << 20);
        run_print(ops_run_state(open), &mine);
        AUTO_FREE char *read = run_text(&r.d, r.run);
        cr_assert_str_eq(str_text(&mine), read);
        desk_must_show(&r.d, r.run, "done", "2");
        desk_must_show(&r.d, r.run, "modified", "2026-11-24T12:01:00.000Z");
        cr_assert_str_eq(thing_text(&ops_run_row(open)->thing, "done"), "2");
        ops_run_close(open);
        desk_stop(&r.d);
}

Test(runs, an_open_one_takes_in_what_others_did)
{
        bool changed = true;
        struct err err = {0};
        struct room r;

        enter(&r);
        struct ops_run *open = open_run(&r);
        cr_assert_eq(ops_run_refresh(open, &changed, &err), RC_OK);
        cr_assert(!changed);
        run_must(&r.d, r.run, "complete", "1");
        cr_assert_eq(ops_run_refresh(open, &changed, &err), RC_OK);
        cr_assert(changed);
        cr_assert_str_eq(ops_run_state(open)->live[0]->step->name, "Pull the plug");
        desk_do(&r.d, r.run, "set", "title", "Water, again");
        cr_assert_eq(ops_run_refresh(open, &changed, &err), RC_OK);
        cr_assert_str_eq(thing_text(&ops_run_row(open)->thing, "title"), "Water, again");
        run_must(&r.d, r.run, "complete", "2");
        const struct run_doing again = {.verb = PLAY_COMPLETE,
                                        .place = ops_run_state(open)->live[0]->place,
                                        .occurred_ms = CLOCK_NONE};
        cr_assert_eq(ops_run_do(open, NULL, &again, &err), RC_CONFLICT,
                     "it judges by what there is");
        ops_run_close(open);
        desk_stop(&r.d);
}

Test(runs, a_paused_one_takes_no_answer_but_those_of_who_did_not_know)
{
        struct err err = {0};
        struct room r;
        struct desk e;

        enter(&r);
        desk_join(&e, &r.d, "bruno");
        AUTO_FREE char *before = desk_export(&r.d);
        cr_assert_eq(desk_import(&e, before, &err), RC_OK, "%s", err.text);
        cr_assert_eq(run_try(&r.d, r.run, "pause", NULL, &err, NULL), RC_OK, "%s", err.text);
        refuses(&r, "complete", "1", "the run is paused; resume it first");
        desk_must_show(&r.d, r.run, "done", "0");
        clock_advance(60000);
        run_must(&e, r.run, "complete", "1");
        AUTO_FREE char *theirs = desk_export(&e);
        cr_assert_eq(desk_import(&r.d, theirs, &err), RC_OK, "%s", err.text);
        desk_must_show(&r.d, r.run, "done", "1");
        desk_must_show(&r.d, r.run, "state", "paused");
        cr_assert_eq(run_try(&r.d, r.run, "resume", NULL, &err, NULL), RC_OK, "%s", err.text);
        run_must(&r.d, r.run, "complete", "2");
        desk_stop(&r.d);
        desk_stop(&e);
}

Test(runs, several_are_done_together_or_none)
{
        struct err err = {0};
        struct room r;

        enter(&r);
        struct ops_run *open = open_run(&r);
        const char *place = ops_run_state(open)->live[0]->place;
        const struct run_doing twice[] = {
                {.verb = PLAY_COMPLETE, .place = place, .occurred_ms = CLOCK_NONE},
                {.verb = PLAY_COMPLETE, .place = place, .occurred_ms = CLOCK_NONE}};
        const int64_t before = desk_stats(&r.d).versions;
        cr_assert_eq(ops_run_do_all(open, NULL, twice, 2, &err), RC_CONFLICT);
        cr_assert_eq(desk_stats(&r.d).versions, before);
        cr_assert_eq(ops_run_state(open)->log_count, 0);
        desk_must_show(&r.d, r.run, "done", "0");
        ops_run_close(open);
        desk_stop(&r.d);
}

Test(runs, the_newest_event_of_the_console_is_taken_back)
{
        AUTO_FREE char *sentence = NULL;
        struct err err = {0};
        struct room r;

        enter(&r);
        struct ops_run *open = open_run(&r);
        complete(open, NULL);
        cr_assert_eq(ops_run_undo(open, &sentence, &err), RC_OK, "%s", err.text);
        cr_assert_str_eq(sentence, "complete of Look taken back");
        desk_must_show(&r.d, r.run, "done", "0");
        err = (struct err){0};
        cr_assert_eq(ops_run_undo(open, NULL, &err), RC_NOTFOUND);
        ops_run_close(open);
        desk_stop(&r.d);
}

Test(runs, undo_takes_back_what_was_done_in_a_run_too)
{
        AUTO_FREE char *sentence = NULL;
        struct err err = {0};
        struct room r;

        enter(&r);
        desk_do(&r.d, r.incident, "severity", "severity", "low");
        run_must(&r.d, r.run, "complete", "1");
        cr_assert_eq(ops_undo(&r.d.ops, &sentence, &err), RC_OK, "%s", err.text);
        cr_assert_str_eq(sentence, "RUN-0001: 1 Look: taken back (done by duarte) by duarte");
        desk_must_show(&r.d, r.run, "done", "0");
        cr_assert_eq(ops_undo(&r.d.ops, NULL, &err), RC_OK, "%s", err.text);
        desk_must_show(&r.d, r.incident, "severity", "high");
        desk_stop(&r.d);
}

Test(runs, a_dry_one_writes_nothing)
{
        struct err err = {0};
        struct room r;

        enter(&r);
        const struct store_stats before = desk_stats(&r.d);
        struct ops_run *dry = NULL;
        cr_assert_eq(ops_run_try(&r.d.ops, &(struct run_starting){.playbook = r.book}, &dry, &err),
                     RC_OK, "%s", err.text);
        complete(dry, NULL);
        complete(dry, NULL);
        cr_assert_str_eq(thing_text(&ops_run_row(dry)->thing, "done"), "1");
        cr_assert_eq(ops_run_undo(dry, NULL, &err), RC_OK, "%s", err.text);
        cr_assert(ops_run_is_dry(dry));
        ops_run_close(dry);
        const struct store_stats after = desk_stats(&r.d);
        cr_assert_eq(after.versions, before.versions);
        cr_assert_eq(after.journal, before.journal);
        cr_assert_eq(after.acts, before.acts);
        desk_stop(&r.d);
}

/* ---- versions ---- */

Test(runs, a_newer_version_is_offered_and_moved_to_when_somebody_says_so)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct playbook_diff diff;
        struct run_move move;
        struct err err = {0};
        struct room r;

        enter(&r);
        run_must(&r.d, r.run, "complete", "1");
        book_take(&r.d, LIST "- Sleep\n", DESK_NOW + MINUTE, r.book);
        desk_must_show(&r.d, r.run, "steps", "6");
        struct ops_run *open = open_run(&r);
        cr_assert(ops_run_newer(open));
        cr_assert_eq(ops_run_compare(open, ops_run_newer(open), &a, &diff, &move, &err), RC_OK,
                     "%s", err.text);
        cr_assert_eq(diff.added, 1);
        cr_assert_eq(move.count, 0);
        ops_run_close(open);
        cr_assert_eq(run_try(&r.d, r.run, "move", NULL, &err, "value", "newest", NULL), RC_OK, "%s",
                     err.text);
        desk_must_show(&r.d, r.run, "steps", "7");
        desk_must_show(&r.d, r.run, "done", "1");
        desk_stop(&r.d);
}

Test(runs, one_that_can_t_be_run_is_not_started)
{
        AUTO_FREE char *document = book_document(LIST, DESK_NOW);
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX], run[STIX_ID_MAX];
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        book_take(&d, LIST, DESK_NOW, id);
        char *version = strstr(document, "cacao-2.0");
        memcpy(version, "cacao-1.0", 9);
        memcpy(strstr(document, "00000000b1"), "00000000b2", 10);
        cr_assert_eq(desk_import(&d, document, &err), RC_OK, "%s", err.text);
        const char *view = ops_resolve_value(&d.ops, "PB-0002", &a);
        cr_assert_eq(ops_run_start(&d.ops, &(struct run_starting){.playbook = view}, run, &err),
                     RC_INVALID);
        cr_assert(strstr(err.text, "PB-0002 can't be run: spec_version"), "%s", err.text);
        desk_stop(&d);
}

/* A long name of a step is cut between its characters, wherever it is told. */
Test(runs, a_long_name_is_cut_at_a_character)
{
        CLEANUP(str_finish) struct str list = {0};
        CLEANUP(arena_finish) struct arena a = {0};
        const char *now, *open = NULL;
        struct room r;

        str_init(&list, 4096);
        str_add(&list, "# Long\n\n## Steps\n\n- x");
        for (size_t i = 0; i < 151; i++)
                str_add(&list, "\u00e4");
        str_add(&list, " (must)\n");
        desk_start(&r.d);
        book_take(&r.d, str_text(&list), DESK_NOW, r.book);
        desk_new(&r.d, "Down", "high", r.incident);
        run_start(&r.d, r.book, r.incident, r.run);
        now = desk_shows(&r.d, r.run, "now", &a);
        cr_expect(text_is_utf8(now, strlen(now)), "%s", now);
        cr_assert_eq(ops_runs_open(&r.d.ops, r.incident, &a, &open, NULL), RC_OK);
        cr_expect(text_is_utf8(open, strlen(open)), "%s", open);
        desk_stop(&r.d);
}
