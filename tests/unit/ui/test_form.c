#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk.h"
#include "model/fold.h"

static void check_form_gone(struct desk *d)
{
        desk_lacks(d, "^S or the last line sends");
}

Test(form, a_wrong_value_is_refused_at_its_field_in_words)
{
        struct desk d;
        desk_open(&d, 120, 48);
        desk_keys(&d, "+");
        desk_type(&d, "Outage");
        desk_keys(&d, "Tab Tab");
        desk_type(&d, "awful");
        desk_lacks(&d, "× ");
        desk_keys(&d, "Down");
        int field = desk_row_number(&d, "awful");
        int error = desk_row_number(&d, "× ");
        cr_assert_eq(error, field + 1, "%s", d.screen);
        desk_keys(&d, "^S");
        desk_says(&d, "New incident");
        desk_says(&d, "awful");
        desk_close(&d);
}

Test(form, what_is_needed_is_said_when_it_is_sent)
{
        struct desk d;
        desk_open(&d, 120, 48);
        desk_keys(&d, "+ ^S");
        desk_says(&d, "title is needed: what has happened, in one line");
        desk_says(&d, "severity is needed");
        AUTO_FREE char *row = desk_row(&d, "▌ title");
        cr_assert(row, "it goes to the first of them");
        desk_close(&d);
}

Test(form, completes_and_says_what_it_understood)
{
        struct desk d;
        desk_open(&d, 120, 48);
        desk_keys(&d, "+");
        desk_type(&d, "Outage");
        desk_keys(&d, "Tab Tab");
        desk_type(&d, "cri");
        desk_says(&d, "critical");
        desk_keys(&d, "Tab");
        AUTO_FREE char *severity = desk_row(&d, "severity      ");
        cr_assert(strstr(severity, "critical"), "%s", severity);
        for (int i = 0; i < 8; i++)
                desk_keys(&d, "Down");
        desk_says(&d, "▌ States");
        desk_type(&d, "Greece");
        desk_keys(&d, "Up");
        AUTO_FREE char *states = desk_row(&d, "Greece");
        cr_assert(strstr(states, "= EL"), "%s", states);
        desk_keys(&d, "^S");
        check_form_gone(&d);
        desk_says(&d, "INC-0001 is open");
        desk_says(&d, "◆ CRITICAL");
        desk_close(&d);
}

Test(form, half_typed_it_comes_back_after_a_crash_and_is_gone_once_sent)
{
        struct desk d;
        desk_open(&d, 120, 48);
        desk_keys(&d, "+");
        desk_type(&d, "Smoke in the server room");
        desk_keys(&d, "Tab");
        desk_type(&d, "east wing");
        desk_restart(&d);
        desk_keys(&d, "+");
        desk_says(&d, "your draft is back");
        desk_says(&d, "Smoke in the server room");
        desk_says(&d, "east wing");
        desk_keys(&d, "Tab Tab");
        desk_type(&d, "low");
        desk_keys(&d, "^S");
        check_form_gone(&d);
        desk_keys(&d, "+");
        desk_lacks(&d, "your draft is back");
        desk_close(&d);
}

Test(form, starting_over_forgets_the_draft)
{
        struct desk d;
        desk_open(&d, 120, 48);
        desk_keys(&d, "+");
        desk_type(&d, "Nonsense");
        desk_keys(&d, "Esc +");
        desk_says(&d, "Nonsense");
        desk_keys(&d, "^X Esc +");
        desk_lacks(&d, "Nonsense");
        desk_lacks(&d, "your draft is back");
        desk_close(&d);
}

Test(form, hands_over_only_what_was_changed)
{
        struct desk d;
        struct arena a;
        struct ops_view v;
        struct err err = {0};
        desk_open(&d, 120, 48);
        AUTO_FREE char *id = desk_new(&d, "Outage", "severity", "low", "states", "FR BE", NULL);
        desk_keys(&d, "e");
        desk_says(&d, "Edit INC-0001");
        desk_type(&d, " of the portal");
        desk_keys(&d, "^S");
        check_form_gone(&d);
        arena_init(&a);
        cr_assert_eq(ops_view(&d.ops, id, INT64_MIN, &a, &v, &err), RC_OK, "%s", err.text);
        cr_assert_str_eq(thing_text(&v.folded.thing, "title"), "Outage of the portal");
        const struct act *act = v.folded.log[v.folded.log_count - 1].act;
        cr_assert_str_eq(act->verb, "set");
        cr_assert_eq(act->set_count, 1);
        cr_assert_eq(act->element_count, 0);
        arena_finish(&a);
        desk_close(&d);
}

Test(form, without_a_change_there_is_nothing_to_save)
{
        struct desk d;
        desk_open(&d, 120, 48);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "e ^S");
        desk_says(&d, "nothing was changed; Esc leaves");
        desk_keys(&d, "Esc");
        check_form_gone(&d);
        desk_lacks(&d, "kept as a draft");
        desk_close(&d);
}

Test(form, the_current_field_is_always_in_the_window)
{
        struct desk d;
        desk_open(&d, 60, 12);
        desk_keys(&d, "+");
        for (int i = 0; i < 17; i++) {
                desk_keys(&d, "Down");
                const struct canvas *c = ui_paint(d.ui);
                cr_assert(c->cursor_shown);
                cr_assert_geq(c->cursor_y, 4);
                cr_assert_lt(c->cursor_y, 11);
        }
        desk_close(&d);
}

/* What the program says by itself, and what a verb sets always, nobody is asked. */
Test(form, of_a_verb_asks_only_what_a_person_says)
{
        struct desk d;
        desk_open(&d, 120, 40);
        free(desk_arrive(&d, 1, "Portal down", 50));
        desk_keys(&d, "m M");
        desk_says(&d, "merge into");
        desk_says(&d, "reason");
        desk_lacks(&d, "also owned by");
        desk_keys(&d, "Esc m C");
        desk_says(&d, "still open: nobody has acknowledged it");
        desk_lacks(&d, "active, contained");
        desk_keys(&d, "^S");
        desk_says(&d, "despite that is needed");
        desk_close(&d);
}

Test(form, of_a_level_asks_why_once)
{
        struct desk d;
        desk_open(&d, 120, 40);
        free(desk_new(&d, "Portal down", "severity", "high", NULL));
        desk_keys(&d, "l");
        desk_says(&d, "INC-0001: level");
        desk_lacks(&d, "rationale");
        desk_type(&d, "significant");
        desk_keys(&d, "Tab Tab");
        desk_type(&d, "two States");
        desk_keys(&d, "^S");
        desk_says(&d, "level claimed");
        desk_close(&d);
}

Test(form, says_which_thing_a_reference_is)
{
        struct desk d;
        desk_open(&d, 120, 40);
        free(desk_new(&d, "Portal down", "severity", "high", NULL));
        free(desk_new(&d, "Radio site down", "severity", "low", NULL));
        desk_keys(&d, "m L");
        desk_type(&d, "inc-2");
        desk_says(&d, "= INC-0002 Radio site down");
        desk_type(&d, "222");
        desk_keys(&d, "Tab");
        desk_says(&d, "× ");
        desk_close(&d);
}
