#include <stdio.h>

#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "desk.h"
#include "store/outbox.h"

static struct desk d;

static void open_desk(void)
{
        desk_open(&d, 160, 48);
}

static void close_desk(void)
{
        desk_close(&d);
}

TestSuite(triage, .init = open_desk, .fini = close_desk);

static const char *value(const char *id, const char *field)
{
        static char text[300];
        struct arena a;
        struct row row;
        arena_init(&a);
        cr_assert_eq(thing_by_id(d.ops.store, id, &a, &row, NULL), RC_OK);
        const char *now = thing_text(&row.thing, field);
        snprintf(text, sizeof(text), "%s", now ? now : "");
        arena_finish(&a);
        return text;
}

/* Another one, a minute later. */
static char *arrive_later(int number, const char *title)
{
        clock_fix(clock_now_ms() + 60000);
        return desk_arrive(&d, number, title, 20);
}

static int64_t acts(void)
{
        struct store_stats st;
        cr_assert_eq(store_stats(d.ops.store, &st, NULL), RC_OK);
        return st.acts;
}

Test(triage, five_keys_say_it_all)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        desk_keys(&d, "T c a m a");
        cr_assert_str_eq(value(id, "severity"), "critical");
        cr_assert_str_eq(value(id, "class"), "availability");
        cr_assert_str_eq(value(id, "owner"), "duarte");
        cr_assert_neq(value(id, "acked")[0], '\0');
        desk_says(&d, "The queue is empty: 1 done in this round");
}

Test(triage, enter_takes_their_word_without_an_act)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        desk_keys(&d, "T");
        desk_says(&d, "same as theirs");
        desk_keys(&d, "Enter a Enter Enter");
        cr_assert_str_eq(value(id, "severity"), "medium");
        cr_assert_eq(acts(), 3, "class, owner, ack: what they said needs no act");
}

Test(triage, nothing_is_written_before_the_acknowledgement)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        desk_keys(&d, "T c a m");
        cr_assert_eq(acts(), 0);
        cr_assert_str_eq(value(id, "severity"), "medium");
}

Test(triage, half_an_answer_survives_a_new_console)
{
        free(desk_arrive(&d, 1, "Portal down", 50));
        desk_keys(&d, "T c a");
        desk_restart(&d);
        desk_keys(&d, "T");
        desk_says(&d, "critical");
        desk_keys(&d, "m a");
        desk_says(&d, "acknowledged");
        struct store_stats st;
        cr_assert_eq(store_stats(d.ops.store, &st, NULL), RC_OK);
        cr_assert_eq(st.drafts, 0, "saved answers leave no draft");
        cr_assert_eq(st.acts, 4);
}

Test(triage, all_answers_are_refused_together)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        desk_keys(&d, "T c a m");
        /* unnoticed by this console */
        struct ops_request r = {.verb = "ack", .occurred_ms = CLOCK_NONE};
        cr_assert_eq(ops_do(&d.ops, id, &r, NULL), RC_OK);
        desk_keys(&d, "a");
        desk_says(&d, "already acknowledged");
        cr_assert_str_eq(value(id, "severity"), "medium");
        cr_assert_str_eq(value(id, "owner"), "");
}

Test(triage, says_that_somebody_was_faster)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        free(arrive_later(2, "Relay open"));
        desk_keys(&d, "T c");
        desk_do(&d, id, "ack", NULL, NULL, NULL);
        desk_says(&d, "duarte acknowledged it meanwhile");
        desk_keys(&d, "a");
        cr_assert_str_eq(value(id, "severity"), "medium", "letters answer nothing now");
        desk_keys(&d, "Enter");
        desk_says(&d, "Relay open");
        desk_says(&d, "1 of 1");
}

Test(triage, what_comes_in_joins_the_end)
{
        free(desk_arrive(&d, 1, "Portal down", 50));
        desk_keys(&d, "T c");
        desk_says(&d, "1 of 1");
        free(arrive_later(2, "Relay open"));
        desk_says(&d, "1 of 2");
        desk_says(&d, "Portal down");
        desk_says(&d, "critical");
        desk_keys(&d, "a m a");
        desk_says(&d, "2 of 2");
        desk_says(&d, "Relay open");
}

Test(triage, an_empty_queue_shows_what_comes)
{
        desk_keys(&d, "T");
        desk_says(&d, "No incident waits to be acknowledged");
        free(desk_arrive(&d, 1, "Portal down", 50));
        desk_says(&d, "Portal down");
        desk_says(&d, "1 of 1");
}

Test(triage, the_end_of_the_round_comes_again_and_the_last_one_stays)
{
        free(desk_arrive(&d, 1, "Portal down", 50));
        desk_keys(&d, "T Z");
        desk_says(&d, "it is the last one");
        free(arrive_later(2, "Relay open"));
        desk_says(&d, "1 of 2");
        desk_keys(&d, "Z");
        desk_says(&d, "Relay open");
        desk_keys(&d, "Enter o m a");
        desk_says(&d, "Portal down");
}

/* ---- later, always with an end ---- */

Test(triage, later_is_until_a_time_and_the_next_one_appears)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        free(arrive_later(2, "Relay open"));
        desk_keys(&d, "T z");
        desk_type(&d, "+4h");
        desk_says(&d, "= 17:05Z");
        desk_keys(&d, "Enter");
        cr_assert_str_eq(value(id, "parked_until"), "2026-11-24T17:05:27.000Z");
        cr_assert_str_eq(value(id, "acked"), "");
        desk_says(&d, "parked until 17:05Z");
        desk_says(&d, "2 of 2");
        desk_says(&d, "1 done");
        desk_says(&d, "Relay open");
}

Test(triage, later_needs_a_time_to_come)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        desk_keys(&d, "T z Enter");
        desk_says(&d, "it always ends");
        desk_type(&d, "yesterday 08:00");
        desk_keys(&d, "Enter");
        desk_says(&d, "that time is over already");
        desk_keys(&d, "^U");
        desk_type(&d, "soon");
        desk_keys(&d, "Enter");
        desk_says(&d, "is not a time; try +4h");
        desk_keys(&d, "Esc");
        desk_says(&d, "1 of 1");
        cr_assert_str_eq(value(id, "parked_until"), "");
}

Test(triage, answers_are_saved_with_what_is_put_off)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        desk_keys(&d, "T c a z");
        desk_type(&d, "tomorrow 08:00");
        desk_keys(&d, "Enter");
        cr_assert_str_eq(value(id, "severity"), "critical");
        cr_assert_str_eq(value(id, "class"), "availability");
        desk_says(&d, "The queue is empty: 1 done in this round");
        struct store_stats st;
        cr_assert_eq(store_stats(d.ops.store, &st, NULL), RC_OK);
        cr_assert_eq(st.drafts, 0);
}

Test(triage, what_was_put_off_can_be_undone_and_gone_back_to)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        free(arrive_later(2, "Relay open"));
        desk_keys(&d, "T z");
        desk_type(&d, "+4h");
        desk_keys(&d, "Enter B");
        desk_says(&d, "Portal down");
        desk_says(&d, "parked until 17:05Z");
        desk_keys(&d, "u");
        cr_assert_str_eq(value(id, "parked_until"), "");
        desk_says(&d, "1 of 2");
        desk_says(&d, "waiting");
        desk_keys(&d, "Enter a m a");
        cr_assert_neq(value(id, "acked")[0], '\0');
}

Test(triage, what_is_parked_can_still_be_acknowledged)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        desk_keys(&d, "T z");
        desk_type(&d, "+4h");
        desk_keys(&d, "Enter B Enter a m");
        desk_says(&d, "acknowledge, show the next");
        desk_keys(&d, "a");
        cr_assert_neq(value(id, "acked")[0], '\0');
}

Test(triage, it_comes_back_when_its_time_is_over)
{
        free(desk_arrive(&d, 1, "Portal down", 50));
        desk_keys(&d, "T z");
        desk_type(&d, "+4h");
        desk_keys(&d, "Enter");
        desk_says(&d, "The queue is empty");
        clock_fix(clock_now_ms() + 5 * 3600 * 1000ll);
        ui_tick(d.ui);
        desk_says(&d, "1 of 1");
        desk_says(&d, "Portal down");
}

Test(triage, says_that_somebody_put_it_off)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        desk_keys(&d, "T c");
        desk_do(&d, id, "park", "parked_until", "+4h", NULL);
        desk_says(&d, "It was parked until 17:04Z meanwhile");
        desk_keys(&d, "Enter");
        desk_says(&d, "No incident waits");
}

/* ---- the same as another ---- */

static char *alike(void)
{
        free(desk_new(&d, "Bank portal down", "severity", "low", NULL));
        char *other = desk_new(&d, "Portal of the bank down since noon", "severity", "low", NULL);
        return other;
}

Test(triage, what_looks_like_it_is_offered_as_the_same)
{
        AUTO_FREE char *other = alike();
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal of the bank down since noon", 50);
        desk_keys(&d, "T d");
        desk_says(&d, "INC-0002  Portal of the bank down since noon  same title words");
        desk_keys(&d, "Enter");
        desk_says(&d, "reason");
        desk_keys(&d, "Enter");
        desk_says(&d, "a reason is needed");
        cr_assert_str_eq(value(id, "status"), "new");
        desk_type(&d, "the same ticket");
        desk_keys(&d, "Enter");
        cr_assert_str_eq(value(id, "duplicate_of"), other);
        cr_assert_str_eq(value(id, "status"), "closed");
        desk_says(&d, "closed as a duplicate of INC-0002");
        desk_says(&d, "The queue is empty: 1 done in this round");
}

Test(triage, why_it_looks_alike_is_offered_as_the_reason)
{
        free(alike());
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal of the bank down since noon", 50);
        desk_keys(&d, "T d Enter Tab Enter");
        cr_assert_str_eq(value(id, "status"), "closed");
        desk_keys(&d, "B");
        desk_says(&d, "duplicate of INC-0002");
        desk_keys(&d, "u");
        cr_assert_str_eq(value(id, "status"), "new");
        cr_assert_str_eq(value(id, "duplicate_of"), "");
        desk_says(&d, "waiting");
}

Test(triage, any_other_is_named_by_its_reference)
{
        AUTO_FREE char *other = desk_new(&d, "Nothing of the kind", "severity", "low", NULL);
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        desk_keys(&d, "T c d");
        desk_type(&d, "INC-9");
        desk_keys(&d, "Enter");
        desk_says(&d, "nothing is called INC-9");
        desk_keys(&d, "^U");
        desk_type(&d, "inc-0001");
        desk_says(&d, "= Nothing of the kind");
        desk_keys(&d, "Enter");
        desk_type(&d, "told by telephone");
        desk_keys(&d, "Enter");
        cr_assert_str_eq(value(id, "duplicate_of"), other);
        cr_assert_str_eq(value(id, "severity"), "critical", "what was answered is saved with it");
}

Test(triage, nothing_is_the_same_as_itself)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        desk_keys(&d, "T d");
        desk_type(&d, id);
        desk_keys(&d, "Enter");
        desk_says(&d, "nothing is a duplicate of itself");
        desk_keys(&d, "Esc");
        desk_says(&d, "1 of 1");
}

Test(triage, walks_only_what_is_marked)
{
        free(desk_new(&d, "Ours, taken note of", "severity", "low", NULL));
        free(desk_arrive(&d, 1, "Portal down", 50));
        free(arrive_later(2, "Relay open"));
        desk_keys(&d, "/");
        desk_type(&d, " relay");
        desk_keys(&d, "Enter Space T");
        desk_says(&d, "those marked");
        desk_says(&d, "1 of 1");
        desk_says(&d, "Relay open");
}

Test(triage, says_why_another_looks_alike)
{
        free(desk_new(&d, "Scanning of water gateways", "severity", "low", "states", "AT SI",
                      "class", "information-gathering", NULL));
        free(desk_new(&d, "Bank portal slow", "severity", "low", "states", "AT", "class",
                      "information-gathering", NULL));
        free(desk_new(&d, "Nothing of the kind", "severity", "low", NULL));
        AUTO_FREE char *id = desk_arrive(&d, 1, "Gateways of a water utility", 20);
        desk_do(&d, id, "set", "states", "AT", NULL);
        desk_do(&d, id, "set", "class", "information-gathering", NULL);
        desk_keys(&d, "T");
        AUTO_FREE char *words = desk_row(&d, "Scanning of water");
        cr_assert(strstr(words, "same words: water, gateways"), "%s", words);
        AUTO_FREE char *facts = desk_row(&d, "Bank portal slow");
        cr_assert(strstr(facts, "same State AT and class"), "%s", facts);
        desk_lacks(&d, "Nothing of the kind");
}

Test(triage, another_class_takes_the_type_along)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        desk_do(&d, id, "set", "class", "availability", NULL);
        desk_do(&d, id, "set", "type", "ddos", NULL);
        desk_keys(&d, "T Enter f m a");
        cr_assert_str_eq(value(id, "class"), "fraud");
        cr_assert_str_eq(value(id, "type"), "");
}

Test(triage, somebody_else_is_asked_for)
{
        AUTO_FREE char *id = desk_arrive(&d, 1, "Portal down", 50);
        desk_keys(&d, "T Enter a x");
        desk_type(&d, "ilves");
        desk_keys(&d, "Enter");
        desk_says(&d, "Acknowledge");
        desk_keys(&d, "a");
        cr_assert_str_eq(value(id, "owner"), "ilves");
}

Test(triage, digits_leave_it_and_come_back_to_it)
{
        free(desk_arrive(&d, 1, "Portal down", 50));
        desk_keys(&d, "T c 8");
        desk_lacks(&d, "What is it?");
        desk_keys(&d, "2");
        desk_says(&d, "What is it?");
        desk_keys(&d, "2");
        desk_says(&d, "REF");
}
