#include "ui/sign_in.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "desk.h"

#define MINUTE_MS INT64_C(60000)

static const struct crypt_cost cheap = {1, 8192};
static struct desk d;

/* A console of a desk that asks for a sign-in. */
static void ask(int cols, int rows, int64_t lock_after_ms)
{
        struct err err = {0};
        ui_destroy(d.ui);
        d.ops.pin_cost = &cheap;
        d.ops.sign_in = true;
        d.ops.operator= NULL;
        cr_assert_eq(ops_operator_add(&d.ops, "duarte", OPERATOR_LEAD, "482910", &err), RC_OK, "%s",
                     err.text);
        struct ops_person p;
        cr_assert_eq(ops_sign_in(&d.ops, "duarte", "482910", &p, &err), RC_OK, "%s", err.text);
        cr_assert_eq(ops_operator_add(&d.ops, "novak", OPERATOR_OFFICER, "sunflower", &err), RC_OK);
        cr_assert_eq(ops_operator_add(&d.ops, "visitor", OPERATOR_VIEWER, "pigeon-7", &err), RC_OK);
        ops_sign_out(&d.ops, NULL);
        d.ui = ui_create(&(struct ui_options){
                .ops = &d.ops, .cols = cols, .rows = rows, .lock_after_ms = lock_after_ms});
}

static void open_desk(void)
{
        desk_open(&d, 120, 30);
        free(desk_new(&d, "Portal down", "severity", "high", NULL));
}

static void close_desk(void)
{
        desk_close(&d);
}

TestSuite(sign_in, .init = open_desk, .fini = close_desk);

static void enter(const char *name, const char *pin)
{
        desk_type(&d, name);
        desk_keys(&d, "Enter");
        desk_type(&d, pin);
        desk_keys(&d, "Enter");
}

Test(sign_in, nothing_is_seen_or_done_before)
{
        struct err err = {0};
        ask(120, 30, 0);
        desk_says(&d, "Sign in");
        desk_says(&d, "Test Unit");
        desk_says(&d, "no remote");
        desk_lacks(&d, "Portal down");
        desk_lacks(&d, "Incidents");
        cr_assert_eq(ui_command(d.ui, "log", &err), RC_DENIED);
        desk_keys(&d, "^Z ^R ^L F10");
        cr_assert_not(ui_wants_suspend(d.ui));
        cr_assert_not(ui_wants_quit(d.ui));
        desk_lacks(&d, "Portal down");
        enter("duarte", "482910");
        desk_says(&d, "Portal down");
        desk_says(&d, "duarte (lead)");
        desk_says(&d, "duarte is at the console");
}

Test(sign_in, a_pin_is_never_painted)
{
        ask(120, 30, 0);
        desk_type(&d, "duarte");
        desk_keys(&d, "Enter");
        desk_type(&d, "hushed");
        desk_says(&d, "******");
        desk_lacks(&d, "hushed");
        desk_lacks(&d, "*******");
        desk_keys(&d, "Enter");
        desk_says(&d, "name and PIN do not fit");
        desk_lacks(&d, "*");
        ui_paste(d.ui, "482910\nmore");
        desk_lacks(&d, "482910");
        desk_keys(&d, "Enter");
        desk_says(&d, "1 wrong PIN for duarte since the last sign-in");
        desk_says(&d, "Portal down");
}

Test(sign_in, wrong_pins_and_a_clock_set_back_are_both_told)
{
        ask(160, 30, 0);
        enter("duarte", "482910");
        desk_keys(&d, "^L");
        desk_type(&d, "111111");
        desk_keys(&d, "Enter");
        clock_advance(-180 * MINUTE_MS);
        desk_type(&d, "482910");
        desk_keys(&d, "Enter");
        desk_says(&d, "1 wrong PIN for duarte since the last sign-in");
        desk_says(&d, "this machine's clock is 3h behind");
}

Test(sign_in, esc_leaves_before_but_does_not_open_a_lock)
{
        ask(120, 30, 0);
        desk_keys(&d, "Esc");
        cr_assert(ui_wants_quit(d.ui));
        enter("duarte", "482910");
        desk_keys(&d, "^L");
        desk_says(&d, "Locked");
        desk_keys(&d, "Esc ^C q ^Z");
        cr_assert_not(ui_wants_quit(d.ui));
        cr_assert_not(ui_wants_suspend(d.ui));
        desk_says(&d, "Locked");
        desk_lacks(&d, "Portal down");
}

Test(sign_in, the_lock_opens_for_the_pin_and_for_another_operator)
{
        ask(120, 30, 0);
        enter("duarte", "482910");
        desk_keys(&d, "^L");
        desk_type(&d, "482910");
        desk_keys(&d, "Enter");
        desk_says(&d, "Portal down");
        desk_says(&d, "duarte (lead)");
        desk_keys(&d, "^L Tab ^U");
        enter("novak", "sunflower");
        desk_says(&d, "novak (officer)");
        cr_assert_str_eq(d.ops.operator, "novak");
}

Test(sign_in, a_half_typed_note_survives_lock_and_change)
{
        ask(120, 30, 0);
        enter("duarte", "482910");
        desk_keys(&d, "n");
        desk_type(&d, "half a sentence");
        desk_keys(&d, "^L");
        desk_lacks(&d, "half a sentence");
        desk_keys(&d, "Tab ^U");
        enter("novak", "sunflower");
        desk_says(&d, "half a sentence");
        desk_type(&d, " and the rest");
        desk_keys(&d, "Enter");
        desk_keys(&d, "8");
        desk_says(&d, "half a sentence and the rest");
        desk_says(&d, "novak");
}

Test(sign_in, who_is_away_is_locked_out)
{
        ask(120, 30, 15 * MINUTE_MS);
        enter("duarte", "482910");
        clock_advance(14 * MINUTE_MS);
        ui_tick(d.ui);
        desk_says(&d, "Portal down");
        desk_keys(&d, "j");
        clock_advance(14 * MINUTE_MS);
        ui_tick(d.ui);
        desk_says(&d, "Portal down");
        clock_advance(MINUTE_MS);
        ui_tick(d.ui);
        desk_says(&d, "Locked");
        desk_lacks(&d, "Portal down");
}

Test(sign_in, a_clock_set_back_does_not_keep_it_open)
{
        ask(120, 30, 15 * MINUTE_MS);
        enter("duarte", "482910");
        clock_fix(clock_now_ms() - 60 * MINUTE_MS);
        ui_tick(d.ui);
        clock_advance(15 * MINUTE_MS);
        ui_tick(d.ui);
        desk_says(&d, "Locked");
}

Test(sign_in, shift_change_asks_in_a_box_and_esc_keeps_who_is_there)
{
        struct err err = {0};
        ask(120, 30, 0);
        enter("duarte", "482910");
        cr_assert_eq(ui_command(d.ui, "operator", &err), RC_OK, "%s", err.text);
        desk_says(&d, "Who is at the console now?");
        desk_says(&d, "Portal down");
        desk_keys(&d, "Esc");
        desk_says(&d, "duarte (lead)");
        cr_assert_eq(ui_command(d.ui, "operator", &err), RC_OK, "%s", err.text);
        enter("novak", "sunflower");
        desk_says(&d, "novak (officer)");
}

Test(sign_in, signing_out_covers_everything)
{
        struct err err = {0};
        ask(120, 30, 0);
        enter("duarte", "482910");
        cr_assert_eq(ui_command(d.ui, "app.sign-out", &err), RC_OK, "%s", err.text);
        desk_says(&d, "Sign in");
        desk_lacks(&d, "Portal down");
        cr_assert_null(d.ops.operator);
}

Test(sign_in, a_viewer_is_offered_nothing_that_writes)
{
        struct err err = {0};
        ask(120, 30, 0);
        enter("visitor", "pigeon-7");
        desk_says(&d, "visitor (viewer)");
        desk_lacks(&d, "a ack");
        cr_assert_eq(ui_command(d.ui, "incident.new", &err), RC_DENIED);
        cr_assert(strstr(err.text, "a viewer changes nothing"), "%s", err.text);
        err_clear(&err);
        cr_assert_eq(ui_command(d.ui, "filter.save mine", &err), RC_DENIED);
}

Test(sign_in, my_things_are_those_of_who_is_there)
{
        struct err err = {0};
        ask(120, 30, 0);
        enter("novak", "sunflower");
        AUTO_FREE char *id = desk_new(&d, "Mail relay open", "severity", "low", NULL);
        desk_do(&d, id, "owner", "owner", "novak", NULL);
        cr_assert_eq(ui_command(d.ui, "/is:mine", &err), RC_OK, "%s", err.text);
        desk_says(&d, "Mail relay open");
        cr_assert_eq(ui_command(d.ui, "operator", &err), RC_OK);
        enter("duarte", "482910");
        desk_lacks(&d, "Mail relay open");
}

Test(sign_in, what_happened_can_be_read)
{
        struct err err = {0};
        ask(120, 30, 0);
        enter("novak", "wrong pin");
        desk_type(&d, "sunflower");
        desk_keys(&d, "Enter");
        cr_assert_eq(ui_command(d.ui, "app.sign-ins", &err), RC_OK, "%s", err.text);
        desk_says(&d, "sign-in  novak  officer");
        desk_says(&d, "refused  novak, 1 in a row");
}

/* ---- without a sign-in ---- */

Test(sign_in, unproven_names_are_said_to_be_so)
{
        struct err err = {0};
        desk_says(&d, "duarte (unproven)");
        cr_assert_eq(ui_command(d.ui, "operator", &err), RC_OK);
        desk_says(&d, "The name is unproven");
        desk_lacks(&d, "PIN");
        desk_type(&d, "novak");
        desk_keys(&d, "Enter");
        desk_says(&d, "novak (unproven)");
}

Test(sign_in, without_pins_a_lock_only_hides)
{
        desk_keys(&d, "^L");
        desk_says(&d, "Hidden, not locked");
        desk_lacks(&d, "Portal down");
        desk_keys(&d, "a q Esc");
        desk_says(&d, "Hidden, not locked");
        desk_keys(&d, "Enter");
        desk_says(&d, "Portal down");
}

/* ---- a second person ---- */

static char confirmed_by[OPERATOR_NAME_BYTES + 16];

static void confirmed(struct ui *ui, void *ctx, const struct ops_person *p)
{
        struct ops as;
        ops_as(ui_ops(ui), p, &as);
        snprintf(confirmed_by, sizeof(confirmed_by), "%s %s %s", (const char *)ctx, as.operator,
                 p->is_proven ? "proven" : "unproven");
}

static void ask_second(void)
{
        static char ctx[] = "by";
        confirmed_by[0] = '\0';
        ui_second_person(d.ui, &(struct second_person){.question = "Submit REQ-0007?",
                                                       .confirmed = confirmed,
                                                       .ctx = ctx});
}

Test(sign_in, a_second_person_confirms_by_pin)
{
        ask(120, 30, 0);
        enter("duarte", "482910");
        ask_second();
        desk_says(&d, "Submit REQ-0007?");
        enter("duarte", "482910");
        desk_says(&d, "duarte is who asks");
        desk_keys(&d, "Tab ^U");
        enter("visitor", "pigeon-7");
        desk_says(&d, "visitor is a viewer and confirms nothing");
        desk_keys(&d, "Tab ^U");
        enter("novak", "sunflower");
        cr_assert_str_eq(confirmed_by, "by novak proven");
        desk_lacks(&d, "Submit REQ-0007?");
        desk_says(&d, "duarte (lead)");
}

/* What another began at another console waits for who is here: name and PIN, or the name alone. */
Test(sign_in, who_is_here_is_offered_as_the_second_of_what_another_began)
{
        static char ctx[] = "by";
        ask(120, 30, 0);
        enter("novak", "sunflower");
        ui_second_person(d.ui, &(struct second_person){.first = "duarte",
                                                       .question = "Sign step 4?",
                                                       .confirmed = confirmed,
                                                       .ctx = ctx});
        desk_type(&d, "sunflower");
        desk_keys(&d, "Enter");
        cr_assert_str_eq(confirmed_by, "by novak proven");
}

Test(sign_in, who_began_at_another_console_is_not_the_second)
{
        static char ctx[] = "by";
        ui_second_person(d.ui, &(struct second_person){.first = "novak",
                                                       .question = "Sign step 4?",
                                                       .confirmed = confirmed,
                                                       .ctx = ctx});
        desk_keys(&d, "^U");
        desk_type(&d, "novak");
        desk_keys(&d, "Enter");
        desk_says(&d, "novak has signed");
        desk_keys(&d, "^U");
        desk_type(&d, "duarte");
        desk_keys(&d, "Enter");
        cr_assert_str_eq(confirmed_by, "by duarte unproven");
}

Test(sign_in, a_second_person_may_be_left_out)
{
        ask(120, 30, 0);
        enter("duarte", "482910");
        ask_second();
        desk_keys(&d, "Esc");
        cr_assert_str_eq(confirmed_by, "");
        desk_lacks(&d, "Submit REQ-0007?");
}

Test(sign_in, without_a_sign_in_a_second_name_is_taken_and_said_to_be_unproven)
{
        ask_second();
        desk_says(&d, "The name is unproven");
        desk_type(&d, "duarte");
        desk_keys(&d, "Enter");
        desk_says(&d, "duarte is who asks");
        desk_keys(&d, "^U");
        desk_type(&d, "novak");
        desk_keys(&d, "Enter");
        cr_assert_str_eq(confirmed_by, "by novak unproven");
}

/* ---- all sizes ---- */

Test(sign_in, it_fits_the_smallest_terminal)
{
        ask(40, 10, 0);
        desk_says(&d, "Name");
        desk_says(&d, "PIN");
        enter("novak", "wrong pin");
        desk_says(&d, "name and PIN do not fit");
        ui_resize(d.ui, 30, 8);
        desk_lacks(&d, "Portal down");
}
