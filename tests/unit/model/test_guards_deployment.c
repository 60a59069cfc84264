/* What a deployment must have and say for each of its verbs. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"
#include "drafts.h"
#include "model/answer.h"
#include "model/machine.h"

#define EXPERT "identity--00000000-0000-4000-8000-0000000000e1"
#define OTHER  "identity--00000000-0000-4000-8000-0000000000e2"
#define KIT    "x-muster-asset--00000000-0000-4000-8000-0000000000a1"

static struct arena a;
static struct thing now;

static void set_items(const char *field, const char *first, const char *second)
{
        const char *const items[] = {first, second};

        thing_set_items(&now, field, items, (first != NULL) + (second != NULL), &a);
}

static void setup(void)
{
        arena_init(&a);
        thing_init(&now, &kind_deployment, "task--00000000-0000-4000-8000-000000000001");
        thing_set(&now, "from", "2026-11-25T08:00:00.000Z");
        thing_set(&now, "until", "2026-12-05T08:00:00.000Z");
        set_items("resources", EXPERT, NULL);
}

static void teardown(void)
{
        arena_finish(&a);
}

TestSuite(guards_deployment, .init = setup, .fini = teardown);

static const char *asked(const struct draft *d)
{
        const struct verb *verb = verb_find(&kind_deployment, d->act.verb);
        const char *why;

        cr_assert_not_null(verb);
        why = verb_why_not(verb, &now, &d->act);
        return why ? why : "may";
}

/* From a state to another, with the time of it. */
static struct draft *move(const char *from, const char *verb, const char *to, const char *stamp)
{
        struct draft *d = draft_set(draft(&a, "a", 1, verb), "state", to);

        thing_set(&now, "state", from);
        return stamp ? draft_set(d, stamp, "2026-11-24T13:00:01.000Z") : d;
}

Test(guards_deployment, who_is_alerted_knows_from_when_until_when)
{
        struct draft *d = move("planned", "alert", "alerted", "alerted");

        cr_assert_str_eq(asked(d), "may");
        set_items("resources", NULL, NULL);
        cr_assert_str_eq(asked(d), "it names nobody and nothing that goes (resources)");
        set_items("resources", KIT, NULL);
        thing_set(&now, "until", NULL);
        cr_assert_str_eq(asked(d), "it does not say from when until when");
        thing_set(&now, "until", "2026-11-25T07:59:59.999Z");
        cr_assert_str_eq(asked(d), "it ends before it begins");
}

Test(guards_deployment, what_is_looked_at_before_it_is_confirmed)
{
        static const char *const checks[] = {"interests", "rest", "papers", "medical", "insurance"};
        static const char *const why[] = {"conflicts of interest were not looked at (checks)",
                                          "their rest was not looked at (checks)",
                                          "passports and visas were not looked at (checks)",
                                          "their fitness was not looked at (checks)",
                                          "their insurance was not looked at (checks)",
                                          "may"};
        struct draft *d = move("alerted", "confirm", "confirmed", "confirmed");

        for (size_t i = 0; i < ARRAY_LEN(why); i++) {
                thing_set(&now, "mode", i == 2 ? "remote" : "on-site");
                cr_expect_str_eq(asked(d), i == 2 ? "may" : why[i], "%zu", i);
                thing_set(&now, "mode", NULL);
                cr_expect_str_eq(asked(d), why[i], "%zu", i);
                if (i < ARRAY_LEN(checks))
                        draft_add(d, "checks", checks[i]);
        }
}

Test(guards_deployment, rest_is_of_people)
{
        struct draft *d;

        thing_set(&now, "mode", "remote");
        set_items("checks", "interests", NULL);
        set_items("resources", KIT, EXPERT);
        d = move("alerted", "confirm", "confirmed", "confirmed");
        cr_assert_str_eq(asked(d), "their rest was not looked at (checks)");
        set_items("resources", KIT, NULL);
        cr_assert_str_eq(asked(d), "may");
}

Test(guards_deployment, equipment_leaves_with_a_manifest_and_papers)
{
        struct draft *d = move("mobilising", "depart", "in-transit", "departed");

        cr_assert_str_eq(asked(d), "may", "people only");
        set_items("resources", EXPERT, KIT);
        cr_assert_str_eq(asked(d),
                         "equipment goes along; its serial numbers are not there (manifest)");
        draft_add(d, "manifest", "SN1");
        cr_assert_str_eq(asked(d), "may");
        set_items("states", "PT", "GR");
        cr_assert_str_eq(asked(d), "may", "in the Union");
        set_items("states", "PT", "MD");
        cr_assert_str_eq(asked(d), "it leaves the Union; papers for export and customs are not "
                                   "there (customs)");
        draft_add(d, "customs", "ata-carnet");
        cr_assert_str_eq(asked(d), "may");
        thing_set(&now, "mode", "remote");
        cr_assert_str_eq(asked(d), "it works remotely; make it remote-ready");
}

Test(guards_deployment, remote_and_on_site_are_different_ways)
{
        struct draft *d = move("mobilising", "remote-ready", "remote-ready", NULL);

        cr_assert_str_eq(asked(d), "may");
        thing_set(&now, "mode", "both");
        cr_assert_str_eq(asked(d), "may");
        thing_set(&now, "mode", "on-site");
        cr_assert_str_eq(asked(d), "it works on site; it departs");
}

Test(guards_deployment, work_begins_with_a_host_access_and_rules)
{
        struct draft *d = move("on-site", "start", "operational", "operational");

        cr_assert_str_eq(asked(d), "it names no liaison of the host (host)");
        thing_set(&now, "host", "Rui");
        cr_assert_str_eq(asked(d), "the host has given no access (access)");
        draft_add(d, "access", "access");
        cr_assert_str_eq(asked(d), "the rules for evidence are not accepted (access)");
        set_items("access", "evidence-rules", NULL);
        cr_assert_str_eq(asked(d), "may");
        draft_remove(d, "access", "evidence-rules");
        cr_assert_str_eq(asked(d), "the rules for evidence are not accepted (access)");
}

Test(guards_deployment, equipment_is_back_when_all_of_it_is_accounted_for)
{
        struct draft *d = move("demobilising", "return", "returned", "returned");

        cr_assert_str_eq(asked(d), "may", "people only");
        set_items("manifest", "SN1", "SN2");
        cr_assert_str_eq(asked(d),
                         "it does not say in which condition the equipment is (condition)");
        draft_set(d, "condition", "good");
        cr_assert_str_eq(asked(d),
                         "not everything on the manifest is checked in or missing (checked_in)");
        draft_say(d, "checked_in", "SN1 SN");
        cr_assert_str_eq(asked(d),
                         "not everything on the manifest is checked in or missing (checked_in)");
        draft_say(d, "missing", "SN2");
        cr_assert_str_eq(asked(d), "it does not say when what holds data was wiped (sanitised)");
        draft_say(d, "sanitised", "2026-12-06T08:00:00.000Z");
        cr_assert_str_eq(asked(d), "may");
        d->details[0].value = "all";
        d->details[1].value = "-";
        cr_assert_str_eq(asked(d), "may");
}

Test(guards_deployment, rest_says_until_when_and_closing_waits_for_it)
{
        struct draft *d = move("returned", "rest", "resting", NULL);

        cr_assert_str_eq(asked(d), "it does not say when");
        draft_set(d, "rest_until", "2026-11-24T13:00:02.000Z");
        cr_assert_str_eq(asked(d), "may");
        thing_set(&now, "rest_until", "2026-11-24T13:00:02.000Z");
        d = move("resting", "close", "closed", NULL);
        cr_assert_str_eq(asked(d), "they rest until later; closing it before needs a reason");
        d->act.reason = "nobody went";
        cr_assert_str_eq(asked(d), "may");
        d->act.reason = NULL;
        d->act.occurred_ms += 1000;
        cr_assert_str_eq(asked(d), "may");
}

Test(guards_deployment, an_end_is_moved_to_later_only)
{
        struct draft *d = draft_set(draft(&a, "a", 1, "extend"), "until", NULL);

        thing_set(&now, "state", "on-site");
        cr_assert_str_eq(asked(d), "it does not say until when");
        d->sets[0].value = "2026-12-05T08:00:00.000Z";
        cr_assert_str_eq(asked(d), "that is not later than it ends now");
        d->sets[0].value = "2026-12-05T08:00:00.001Z";
        cr_assert_str_eq(asked(d), "may");
        thing_set(&now, "until", NULL);
        d->sets[0].value = "2026-11-25T07:00:00.000Z";
        cr_assert_str_eq(asked(d), "it ends before it begins");
}

Test(guards_deployment, resuming_leads_back_to_where_it_was_suspended)
{
        struct draft *d = move("on-site", "suspend", "suspended", NULL);

        d->act.reason = "shots";
        draft_say(d, "cause", "safety");
        cr_assert_str_eq(asked(d), "it does not say all that goes with it");
        draft_set(d, "suspended_from", "operational");
        cr_assert_str_eq(asked(d), "it does not say all that goes with it");
        d->sets[1].value = "on-site";
        cr_assert_str_eq(asked(d), "may");
        thing_set(&now, "suspended_from", "on-site");
        d = draft_set(move("suspended", "resume", "operational", NULL), "suspended_from", "");
        cr_assert_str_eq(asked(d), "it does not say all that goes with it");
        d->sets[0].value = "on-site";
        cr_assert_str_eq(asked(d), "may");
        d->sets[0].value = "planned";
        cr_assert_str_eq(asked(d), "it does not say the state that this leads to");
}

Test(guards_deployment, a_substitute_comes_for_somebody_who_goes_out)
{
        struct draft *d = draft(&a, "a", 1, "substitute");

        d->act.reason = "ill";
        thing_set(&now, "state", "alerted");
        draft_add(d, "resources", OTHER);
        cr_assert_str_eq(asked(d), "it takes one out and puts another in: +REF -REF");
        draft_remove(d, "resources", KIT);
        cr_assert_str_eq(asked(d), "what goes out is not part of it");
        d->elements[1].item = EXPERT;
        cr_assert_str_eq(asked(d), "may");
        d->elements[0].item = EXPERT;
        cr_assert_str_eq(asked(d), "what comes in is part of it already");
        d->act.reason = NULL;
        cr_assert_str_eq(asked(d), "it needs a reason");
}

Test(guards_deployment, the_next_check_in_is_later_than_this_one)
{
        struct draft *d = draft_say(draft(&a, "a", 1, "check-in"), "words", "all well");

        thing_set(&now, "state", "operational");
        cr_assert_str_eq(asked(d), "may");
        draft_set(d, "checkin_due", "2026-11-24T13:00:01.000Z");
        cr_assert_str_eq(asked(d), "the next check-in would be due before this one");
        d->sets[0].value = "2026-11-24T13:00:01.001Z";
        cr_assert_str_eq(asked(d), "may");
}

Test(guards_deployment, what_is_confirmed_is_changed_by_verbs_only)
{
        struct draft *until =
                draft_set(draft(&a, "a", 1, "set"), "until", "2026-12-24T13:00:00.000Z");
        struct draft *who = draft_add(draft(&a, "a", 1, "set"), "resources", OTHER);
        struct draft *place = draft_set(draft(&a, "a", 1, "set"), "place", "Porto");

        for (size_t i = 0; i < enum_deployment_state.count; i++) {
                bool free = i == DEPLOYMENT_PLANNED || i == DEPLOYMENT_ALERTED ||
                            i == DEPLOYMENT_DECLINED;
                const char *answer =
                        free ? "may" : "what is confirmed is changed by extend and substitute";

                thing_set(&now, "state", enum_deployment_state.items[i].id);
                cr_expect_str_eq(asked(until), answer);
                cr_expect_str_eq(asked(who), answer);
                cr_expect_str_eq(asked(place), "may");
        }
}

/* ---- members of the set -------------------------------------------------------------------- */

Test(answer, a_member_is_read_as_it_is_written)
{
        static const char *const bad[] = {"",
                                          "=",
                                          EXPERT,
                                          EXPERT "=yes",
                                          EXPERT "=maybe@2026-11-24T13:00:00.000Z",
                                          EXPERT "=yes@2026-11-24T13:00:00Z",
                                          "EXP-0001=yes@2026-11-24T13:00:00.000Z",
                                          EXPERT "@2026-11-24T13:00:00.000Z"};
        char out[ANSWER_BYTES];
        struct answer answer;

        for (int word = ANSWER_ASKED; word <= ANSWER_OUT; word++) {
                cr_assert(answer_write(EXPERT, (enum answer_word)word, DRAFT_START, out));
                cr_assert(answer_read(out, &answer), "%s", out);
                cr_assert_eq((int)answer.word, word);
                cr_assert_str_eq(answer.id, EXPERT);
                cr_assert_eq(answer.at_ms, DRAFT_START);
        }
        cr_assert(!answer_write("EXP-0001", ANSWER_YES, DRAFT_START, out));
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                cr_expect(!answer_is(bad[i]), "%s", bad[i]);
}

static const char *answers(struct draft *d)
{
        const char *const *items = NULL, *out = "";
        size_t count = answers_of(&d->act, &now, &a, &items);
        struct answer answer;

        for (size_t i = 0; i < count; i++) {
                cr_assert(answer_read(items[i], &answer), "%s", items[i]);
                cr_assert_eq(answer.at_ms, d->act.occurred_ms);
                out = arena_printf(&a, "%s%s%s %c", out, *out ? ", " : "",
                                   answer.id + strlen(answer.id) - 2, "ayno"[answer.word]);
        }
        return out;
}

Test(guards_deployment, who_was_asked_and_what_was_said)
{
        struct draft *d;

        set_items("resources", EXPERT, KIT);
        cr_assert_str_eq(answers(draft(&a, "a", 1, "alert")), "e1 a, a1 a");
        cr_assert_str_eq(answers(draft(&a, "a", 1, "confirm")), "e1 y, a1 y");
        d = draft(&a, "a", 1, "decline");
        cr_assert_str_eq(answers(d), "e1 n, a1 n");
        cr_assert_str_eq(answers(draft_say(d, "resource", EXPERT)), "e1 n");
        d = draft_add(draft(&a, "a", 1, "substitute"), "resources", OTHER);
        cr_assert_str_eq(answers(draft_remove(d, "resources", EXPERT)), "e2 a, e1 o");
        cr_assert_str_eq(answers(draft(&a, "a", 1, "depart")), "");
}
