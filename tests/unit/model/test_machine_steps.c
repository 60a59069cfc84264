/* What machines do with what people do, one step after the other. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "drafts.h"
#include "walks.h"

/* ---- on the way ---------------------------------------------------------------------------- */

static const char *text_of(struct walk *w, const char *field)
{
        struct folded f;
        const char *text;

        walk_all(w, &f);
        text = thing_text(&f.thing, field);
        return text ? text : "";
}

static int64_t ms_of(struct walk *w, const char *field)
{
        struct folded f;

        walk_all(w, &f);
        return thing_ms(&f.thing, field);
}

Test(machine_steps, a_request_from_draft_to_closed)
{
        struct walk w;

        walk_init(&w, &machine_request, 1);
        walk_do(&w, "open");
        walk_do(&w, "submit");
        cr_assert_str_eq(text_of(&w, "state"), "draft");
        cr_assert_str_eq(text_of(&w, "asked_by"), "operator0");
        walk_do_by(&w, 1, "confirm");
        cr_assert_str_eq(text_of(&w, "state"), "submitted");
        cr_assert_str_eq(text_of(&w, "confirmed_by"), "operator1");
        cr_assert_str_eq(text_of(&w, "asking"), "");
        cr_assert_eq(ms_of(&w, "reply_due") - ms_of(&w, "submitted"), 48 * INT64_C(3600000));
        walk_do(&w, "return");
        walk_do(&w, "resubmit");
        cr_assert_eq(ms_of(&w, "reply_due") - ms_of(&w, "submitted"), 48 * INT64_C(3600000),
                     "the time runs on");
        walk_do(&w, "take");
        walk_do(&w, "rank");
        walk_do(&w, "approve");
        walk_do(&w, "inform");
        walk_do(&w, "offer");
        walk_do(&w, "accept");
        walk_do(&w, "sign");
        walk_do(&w, "deploy");
        walk_do(&w, "end");
        cr_assert_eq(ms_of(&w, "report_due") - ms_of(&w, "ended"), 60 * 24 * INT64_C(3600000));
        walk_do(&w, "report");
        walk_do_by(&w, 1, "close");
        cr_assert_str_eq(text_of(&w, "state"), "reported");
        walk_do(&w, "confirm");
        cr_assert_str_eq(text_of(&w, "state"), "closed");
        walk_finish(&w);
}

Test(machine_steps, a_deployment_from_planned_to_closed)
{
        struct walk w;

        walk_init(&w, &machine_deployment, 1);
        walk_do(&w, "open");
        walk_do(&w, "alert");
        walk_do(&w, "decline");
        walk_do(&w, "substitute");
        cr_assert_str_eq(text_of(&w, "state"), "planned");
        walk_do(&w, "alert");
        walk_do(&w, "confirm");
        walk_do(&w, "mobilise");
        walk_do(&w, "depart");
        walk_do(&w, "arrive");
        walk_do(&w, "suspend");
        cr_assert_str_eq(text_of(&w, "suspended_from"), "on-site");
        walk_do(&w, "extend");
        walk_do(&w, "resume");
        cr_assert_str_eq(text_of(&w, "state"), "on-site");
        cr_assert_str_eq(text_of(&w, "suspended_from"), "");
        walk_do(&w, "start");
        walk_do(&w, "check-in");
        walk_do(&w, "hand-over");
        walk_do(&w, "demobilise");
        walk_do(&w, "return");
        cr_assert_str_eq(text_of(&w, "checkin_due"), "");
        walk_do(&w, "rest");
        cr_assert_eq(ms_of(&w, "rest_until") - ms_of(&w, "returned"), 11 * INT64_C(3600000));
        walk_do(&w, "close");
        cr_assert_str_eq(text_of(&w, "state"), "closed");
        walk_finish(&w);
}

/* ---- two consoles that do not know of each other ------------------------------------------- */

/* Both act on what both know; then all is known. Returns why the second was not applied, or "". */
static const char *both(struct walk *w, const char *first, const char *second, struct folded *ret)
{
        static char why[200];
        const char *const verbs[] = {first, second};
        const struct act *acts[2];
        struct folded seen;

        walk_all(w, &seen);
        for (int i = 0; i < 2; i++) {
                struct act *act = walk_act(w, i, verbs[i]);

                walk_fill(w, act, &seen);
                acts[i] = act;
                act->hlc = (DRAFT_START + INT64_C(100000000) + i) * 65536;
        }
        walk_add(w, 1, acts[1]); /* arrives first */
        walk_add(w, 0, acts[0]);
        walk_all(w, ret);
        cr_assert(ret->log[ret->log_count - 2].applied);
        snprintf(why, sizeof(why), "%s",
                 ret->log[ret->log_count - 1].applied ? "" : ret->log[ret->log_count - 1].why_not);
        return why;
}

Test(machine_steps, of_two_decisions_the_earlier_counts_and_the_other_says_why_not)
{
        struct folded f;
        struct walk w;

        walk_init(&w, &machine_request, 1);
        walk_do(&w, "open");
        walk_do(&w, "submit");
        walk_do_by(&w, 1, "confirm");
        walk_do(&w, "take");
        cr_assert_str_eq(both(&w, "approve", "refuse", &f), "it is not being assessed");
        cr_assert_str_eq(thing_text(&f.thing, "state"), "approved");
        cr_assert_eq(f.conflicts, 1, "nobody has told who refused it");
        walk_finish(&w);
}

Test(machine_steps, two_moves_that_can_follow_each_other_are_a_conflict_to_settle)
{
        struct folded f, settled;
        struct act *act;
        struct walk w;

        walk_init(&w, &machine_deployment, 1);
        walk_do(&w, "open");
        walk_do(&w, "alert");
        walk_do(&w, "confirm");
        cr_assert_str_eq(both(&w, "mobilise", "stand-down", &f), "");
        cr_assert_str_eq(thing_text(&f.thing, "state"), "stood-down");
        cr_assert(f.field_conflict[field_index(&kind_deployment, "state")]);
        for (int i = 0; i < 2; i++) {
                act = walk_act(&w, 0, "settle");
                act->hlc = f.log[f.log_count - 1].act->hlc + 1 + i;
                walk_set(&w, act, &f, "state", i ? "mobilising" : "closed");
                walk_add(&w, 0, act);
        }
        walk_all(&w, &settled);
        cr_assert_str_eq(settled.log[settled.log_count - 2].why_not,
                         "that state is none of those in conflict");
        cr_assert(settled.log[settled.log_count - 1].applied);
        cr_assert_str_eq(thing_text(&settled.thing, "state"), "mobilising");
        cr_assert_eq(settled.conflicts, 0);
        walk_finish(&w);
}

/* ---- undo ---------------------------------------------------------------------------------- */

static const char *undo(struct walk *w, const struct act *undone)
{
        struct folded seen, after;
        struct act *act = walk_act(w, 0, "undo");
        const char *why;

        walk_all(w, &seen);
        walk_undo(w, act, &seen, undone);
        walk_add(w, 0, act);
        walk_all(w, &after);
        why = after.log[after.log_count - 1].why_not;
        return why ? why : "";
}

Test(machine_steps, a_step_is_undone_while_it_is_the_last)
{
        const struct act *alert, *confirm;
        struct walk w;

        walk_init(&w, &machine_deployment, 1);
        walk_do(&w, "open");
        alert = walk_do(&w, "alert");
        confirm = walk_do(&w, "confirm");
        cr_assert_str_eq(undo(&w, alert), "its state has moved on since");
        cr_assert_str_eq(text_of(&w, "state"), "confirmed");
        cr_assert_str_eq(undo(&w, confirm), "");
        cr_assert_str_eq(text_of(&w, "state"), "alerted");
        cr_assert_str_eq(text_of(&w, "confirmed"), "");
        cr_assert_str_eq(undo(&w, alert), "");
        cr_assert_str_eq(text_of(&w, "state"), "planned");
        walk_finish(&w);
}

Test(machine_steps, an_undo_leads_back_along_an_arrow)
{
        const struct act *alert;
        struct folded seen, after;
        struct act *act;
        struct walk w;

        walk_init(&w, &machine_deployment, 1);
        walk_do(&w, "open");
        alert = walk_do(&w, "alert");
        walk_all(&w, &seen);
        act = walk_act(&w, 0, "undo");
        act->undoes = alert->id;
        walk_set(&w, act, &seen, "state", "operational");
        walk_add(&w, 0, act);
        walk_all(&w, &after);
        cr_assert_str_eq(after.log[after.log_count - 1].why_not,
                         "that is not the state that it came from");
        walk_finish(&w);
}

/* ---- what is due --------------------------------------------------------------------------- */

Test(machine_steps, what_is_due_first_follows_from_the_state)
{
        static const char *const offers[] = {"1@2026-11-26T13:00:00.000Z",
                                             "2@2026-11-25T13:00:00.000Z"};
        static const struct {
                const struct kind *kind;
                const char *state, *due, *what;
        } rows[] = {
                {&kind_request, NULL, "", ""},
                {&kind_request, "submitted", "2026-11-24T13:00:00.000Z", "reply_due"},
                {&kind_request, "returned", "2026-11-24T13:00:00.000Z", "reply_due"},
                {&kind_request, "assessing", "2026-11-24T13:00:00.000Z", "reply_due"},
                {&kind_request, "approved", "", ""},
                {&kind_request, "offered", "2026-11-25T13:00:00.000Z", "offers"},
                {&kind_request, "ended", "2027-01-24T13:00:00.000Z", "report_due"},
                {&kind_request, "closed", "", ""},
                {&kind_deployment, "planned", "", ""},
                {&kind_deployment, "confirmed", "2026-11-27T13:00:00.000Z", "from"},
                {&kind_deployment, "on-site", "2026-11-28T13:00:00.000Z", "checkin_due"},
                {&kind_deployment, "demobilising", "2026-11-28T13:00:00.000Z", "checkin_due"},
                {&kind_deployment, "resting", "2026-11-30T13:00:00.000Z", "rest_until"},
                {&kind_deployment, "closed", "", ""},
                {&kind_incident, NULL, "", ""},
        };
        CLEANUP(arena_finish) struct arena a = {0};

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                char stamp[STAMP_BYTES] = "";
                const struct field *what;
                struct thing now;
                int64_t ms;

                thing_init(&now, rows[i].kind, NULL);
                thing_set(&now, "state", rows[i].state);
                thing_set(&now, "reply_due", "2026-11-24T13:00:00.000Z");
                thing_set(&now, "report_due", "2027-01-24T13:00:00.000Z");
                thing_set_items(&now, "offers", offers, ARRAY_LEN(offers), &a);
                thing_set(&now, "from", "2026-11-27T13:00:00.000Z");
                thing_set(&now, "checkin_due", "2026-11-28T13:00:00.000Z");
                thing_set(&now, "until", "2026-11-29T13:00:00.000Z");
                thing_set(&now, "rest_until", "2026-11-30T13:00:00.000Z");
                ms = machine_due_ms(&now, &what);
                if (ms != CLOCK_NONE)
                        stamp_format(ms, stamp);
                cr_expect_str_eq(stamp, rows[i].due, "row %zu", i);
                cr_expect_str_eq(what ? what->name : "", rows[i].what, "row %zu", i);
        }
}
