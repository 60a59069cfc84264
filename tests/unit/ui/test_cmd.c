#include "ui/cmd.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "fake_views.h"
#include "ui/chord.h"

TestSuite(cmd);

static void expect_on(struct ui *ui, int32_t chord, const char *name)
{
        const struct cmd *cmd = cmd_on_chord(ui, chord);
        cr_assert_not_null(cmd, "nothing on %d", chord);
        cr_expect_str_eq(cmd->name, name);
}

Test(cmd, keys_of_the_view_then_the_global_ones)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        expect_on(ui, 'a', "incident.ack");
        expect_on(ui, 'u', "act.undo");
        expect_on(ui, '8', "view.log");
        cr_expect_null(cmd_on_chord(ui, 'X'));
        fake_keys(ui, "8");
        cr_expect_null(cmd_on_chord(ui, 'a'));
        expect_on(ui, 'u', "act.undo");
        ui_destroy(ui);
}

Test(cmd, bindings_win_and_show_everywhere)
{
        struct fake f;
        struct err err = {0};
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        cr_assert_eq(cmd_bind(ui, "u", "incident.ack", &err), RC_OK, "%s", err.text);
        cr_assert_eq(cmd_bind(ui, "F5", "act.undo", &err), RC_OK, "%s", err.text);
        expect_on(ui, 'u', "incident.ack");
        cr_expect_str_eq(cmd_chord(ui, cmd_find(ui, "incident.ack")), "u");
        cr_expect_str_eq(cmd_chord(ui, cmd_find(ui, "act.undo")), "F5");
        fake_expect(ui, "u ack");
        fake_keys(ui, "8"); /* where there is no such command the chord is what it was */
        expect_on(ui, 'u', "act.undo");
        ui_destroy(ui);
}

Test(cmd, a_chord_can_be_freed)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        cr_assert_eq(cmd_bind(ui, "q", "none", NULL), RC_OK);
        cr_expect_null(cmd_on_chord(ui, 'q'));
        cr_expect_null(cmd_chord(ui, cmd_find(ui, "app.leave")));
        ui_destroy(ui);
}

Test(cmd, wrong_bindings_are_named)
{
        struct fake f;
        struct err err = {0};
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        cr_expect_eq(cmd_bind(ui, "Entr", "incident.ack", &err), RC_INVALID);
        cr_expect_not_null(strstr(err.text, "no key Entr"), "%s", err.text);
        err_clear(&err);
        cr_expect_eq(cmd_bind(ui, "x", "incident.akc", &err), RC_INVALID);
        cr_expect_str_eq(err.text, "no command incident.akc; nearest: incident.ack");
        cr_expect_null(cmd_on_chord(ui, 'x'));
        ui_destroy(ui);
}

Test(cmd, read_only_refuses_what_writes)
{
        struct fake f;
        fake_init(&f);
        f.ops.readonly = true;
        struct ui *ui = fake_ui(&f, 80, 24);
        fake_keys(ui, "a");
        cr_expect_eq(f.acks, 0);
        fake_expect(ui, "read-only");
        cr_expect_not(cmd_is_possible(ui, cmd_find(ui, "act.undo")));
        cr_expect(cmd_is_possible(ui, cmd_find(ui, "app.copy")));
        ui_destroy(ui);
}

Test(cmd, what_is_not_possible_is_said_and_not_done)
{
        struct fake f;
        fake_init(&f);
        f.can_close = false;
        struct ui *ui = fake_ui(&f, 80, 24);
        fake_keys(ui, "C");
        cr_expect_eq(f.acks, 0);
        fake_expect(ui, "close: not possible here now");
        ui_destroy(ui);
}

Test(cmd, digits_without_a_view_and_keys_without_a_command_say_so)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        fake_keys(ui, "3");
        fake_expect(ui, "there is no view 3");
        cr_expect_str_eq(ui_view(ui)->ops->name, "incidents");
        fake_keys(ui, "X");
        fake_expect(ui, "X does nothing here; ? shows the keys");
        cr_expect_eq(ui_message_count(ui), 0);
        ui_destroy(ui);
}

Test(cmd, leaving_goes_from_the_inside_out)
{
        struct fake f;
        fake_init(&f);
        f.inner = 1;
        struct ui *ui = fake_ui(&f, 80, 24);
        fake_keys(ui, "q");
        cr_expect_not(ui_wants_quit(ui));
        fake_keys(ui, "q");
        cr_expect(ui_wants_quit(ui));
        cr_expect_not(ui_wants_quit(ui), "said once");
        ui_chord(ui, CHORD_ESC);
        cr_expect_eq(f.backs, 3);
        cr_expect_not(ui_wants_quit(ui), "Esc never quits");
        ui_chord(ui, CHORD_F1 + 9);
        cr_expect(ui_wants_quit(ui));
        ui_destroy(ui);
}

Test(cmd, copy_gives_the_reference_once)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        fake_keys(ui, "y");
        AUTO_FREE char *text = ui_wants_copy(ui);
        cr_expect_str_eq(text, "INC-0224");
        cr_expect_null(ui_wants_copy(ui));
        ui_destroy(ui);
}

Test(cmd, lines_run_names_views_themes_and_words)
{
        struct fake f;
        struct err err = {0};
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        cr_expect_eq(ui_command(ui, ":incident.ack", &err), RC_OK, "%s", err.text);
        cr_expect_eq(ui_command(ui, "acknowl incid", &err), RC_OK, "%s", err.text);
        cr_expect_eq(f.acks, 2);
        cr_expect_eq(ui_command(ui, "theme mono", &err), RC_OK, "%s", err.text);
        cr_expect_str_eq(ui_theme(ui)->name, "mono");
        cr_expect_eq(ui_command(ui, "Log", &err), RC_OK, "%s", err.text);
        cr_expect_str_eq(ui_view(ui)->ops->name, "log");
        cr_expect_eq(ui_command(ui, "incident.ack", &err), RC_CONFLICT);
        cr_expect_str_eq(err.text, "incident.ack works in Incidents; 2 goes there");
        err_clear(&err);
        cr_expect_eq(ui_command(ui, "view.lgo", &err), RC_NOTFOUND);
        cr_expect_str_eq(err.text, "no command view.lgo; nearest: view.log");
        ui_destroy(ui);
}

Test(cmd, a_line_does_what_is_not_possible_neither)
{
        struct fake f;
        fake_init(&f);
        f.can_close = false;
        struct ui *ui = fake_ui(&f, 80, 24);
        cr_expect_eq(ui_command(ui, "incident.close", NULL), RC_CONFLICT);
        cr_expect_eq(f.acks, 0);
        ui_destroy(ui);
}

/* ---- views ---- */

static bool never(void *ctx)
{
        (void)ctx;
        return false;
}

static bool always(void *ctx)
{
        (void)ctx;
        return true;
}

Test(cmd, views_load_once_until_their_topics_change)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        ui_paint(ui);
        cr_expect_eq(f.loads, 1);
        cr_expect_not(ui_work(ui, never, NULL), "the other view is loaded in idle time");
        cr_expect_eq(f.loads, 2);
        ui_dirty(ui);
        ui_paint(ui);
        cr_expect_eq(f.loads, 2);
        ui_changed(ui, TOPIC_PARTICIPANTS);
        ui_paint(ui);
        cr_expect_eq(f.loads, 2);
        ui_changed(ui, TOPIC_INCIDENTS);
        ui_paint(ui);
        cr_expect_eq(f.loads, 2, "a picture does not wait for what others changed");
        cr_expect_not(ui_work(ui, never, NULL));
        cr_expect_eq(f.loads, 3);
        ui_touched(ui, TOPIC_INCIDENTS);
        cr_expect_eq(f.loads, 4, "at once");
        ui_destroy(ui);
}

Test(cmd, unfinished_loads_go_on_in_slices_and_yield_to_keys)
{
        struct fake f;
        fake_init(&f);
        f.busy = true;
        struct ui *ui = fake_ui(&f, 80, 24);
        ui_paint(ui);
        ui_dirty(ui);
        ui_paint(ui);
        cr_expect_eq(f.loads, 1, "painting does not go on counting");
        cr_expect(ui_work(ui, always, NULL));
        cr_expect_eq(f.loads, 1);
        cr_expect(ui_work(ui, never, NULL));
        cr_expect_eq(f.loads, 2);
        f.busy = false;
        cr_expect_not(ui_work(ui, never, NULL));
        ui_destroy(ui);
}

Test(cmd, a_view_that_does_not_open_says_why_and_takes_no_keys)
{
        struct fake f;
        fake_init(&f);
        f.open_fails = true;
        struct ui *ui = fake_ui(&f, 80, 24);
        fake_expect(ui, "Incidents can't be opened");
        fake_expect(ui, "the disk is gone");
        fake_keys(ui, "ajy");
        ui_mouse(ui, 3, 9, MOUSE_LEFT, false);
        cr_expect_eq(f.acks + f.downs + f.clicks, 0);
        cr_expect_not(ui_work(ui, never, NULL));
        cr_expect_eq(f.opens, 1);
        fake_keys(ui, "8");
        fake_expect(ui, "log from");
        ui_destroy(ui);
}

/* ---- overlays ---- */

struct probe {
        int chords, saves;
        char *owned;
};

static int closed;

static void probe_chord(struct overlay *o, int32_t chord)
{
        struct probe *p = o->state;
        if (chord == 'x')
                ui_remove(o->ui, o);
        p->chords++; /* still there: freed when the handler has ended */
        p->owned[0] = 'y';
}

static void probe_save(struct overlay *o)
{
        ((struct probe *)o->state)->saves++;
}

static void probe_close(struct overlay *o)
{
        free(((struct probe *)o->state)->owned);
        closed++;
}

static void probe_draw(const struct overlay *o, struct canvas *c, struct rect area)
{
        (void)o;
        canvas_text(c, area.x, area.y + area.h - 1, area.w, (struct look){.ink = ROLE_TEXT},
                    "probe line");
}

static const char *const probe_keys[] = {"Enter", "take", "Esc", "back", NULL};
static const struct overlay_ops probe_ops = {
        .name = "probe",
        .state_size = sizeof(struct probe),
        .draw = probe_draw,
        .chord = probe_chord,
        .keys = probe_keys,
        .save = probe_save,
        .close = probe_close,
};

static struct probe *push(struct ui *ui)
{
        struct probe *p = ui_push(ui, &probe_ops)->state;
        p->owned = xstrdup("x");
        return p;
}

Test(cmd, overlay_takes_the_keys_and_the_footer)
{
        struct fake f;
        fake_init(&f);
        closed = 0;
        struct ui *ui = fake_ui(&f, 80, 24);
        struct probe *p = push(ui);
        fake_keys(ui, "aq3");
        cr_expect_eq(p->chords, 3);
        cr_expect_eq(f.acks, 0);
        fake_expect(ui, "Enter take  Esc back");
        fake_expect(ui, "probe line");
        fake_refuse(ui, "? keys");
        ui_mouse(ui, 2, 1, MOUSE_LEFT, false);
        cr_expect_eq(p->chords, 3, "views are no keys now");
        ui_chord(ui, CHORD_CTRL('Z'));
        cr_expect(ui_wants_suspend(ui), "works under an overlay too");
        cr_expect_eq(p->chords, 3);
        cr_expect_eq(p->saves, 1, "drafts are kept before the program stops");
        ui_tick(ui);
        cr_expect_eq(p->saves, 2);
        fake_keys(ui, "x");
        cr_expect_null(ui_top(ui));
        cr_expect_eq(closed, 1);
        fake_keys(ui, "a");
        cr_expect_eq(f.acks, 1);
        ui_destroy(ui);
}

Test(cmd, overlays_are_closed_in_any_order_and_with_the_console)
{
        struct fake f;
        fake_init(&f);
        closed = 0;
        struct ui *ui = fake_ui(&f, 80, 24);
        push(ui);
        struct overlay *lower = ui_top(ui);
        push(ui);
        ui_remove(ui, lower);
        cr_expect_eq(closed, 1);
        cr_expect_not_null(ui_top(ui));
        ui_remove(ui, lower); /* no longer in the stack: nothing */
        cr_expect_eq(closed, 1);
        ui_destroy(ui);
        cr_expect_eq(closed, 2);
}

Test(cmd, pasted_text_never_runs_keys)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        ui_paste(ui, "aaa\nq");
        cr_expect_eq(f.acks, 0);
        cr_expect_not(ui_wants_quit(ui));
        push(ui);
        ui_paste(ui, "x");
        cr_expect_not_null(ui_top(ui));
        ui_destroy(ui);
}

Test(cmd, history_is_newest_first_without_doubles)
{
        struct fake f;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        for (int i = 0; i < 150; i++) {
                char line[32];
                snprintf(line, sizeof(line), "line %d", i);
                ui_history_add(ui, "filter", line);
        }
        ui_history_add(ui, "filter", "line 100");
        ui_history_add(ui, "note", "else");
        ui_history_add(ui, "filter", "");
        cr_expect_eq(ui_history_count(ui, "filter"), 100);
        cr_expect_str_eq(ui_history_at(ui, "filter", 0), "line 100");
        cr_expect_str_eq(ui_history_at(ui, "filter", 1), "line 149");
        cr_expect_str_eq(ui_history_at(ui, "filter", 99), "line 50");
        cr_expect_eq(ui_history_count(ui, "nothing"), 0);
        cr_expect_eq(ui_history_count(ui, NULL), 0);
        ui_destroy(ui);
}

Test(cmd, messages_are_kept_up_to_a_number)
{
        struct fake f;
        int64_t at_ms;
        fake_init(&f);
        struct ui *ui = fake_ui(&f, 80, 24);
        for (int i = 0; i < 450; i++)
                ui_notice(ui, NOTICE_DONE, "message %d", i);
        cr_expect_eq(ui_message_count(ui), 200);
        cr_expect_str_eq(ui_message_at(ui, 0, &at_ms), "message 449");
        cr_expect_str_eq(ui_message_at(ui, 199, &at_ms), "message 250");
        ui_destroy(ui);
}
