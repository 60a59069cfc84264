/* The rows of a plan as they are painted, and the pane of a step, from a run that is under way. */
#include "ui/plan_draw.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "ui/step_pane.h"
#include "unit/books.h"

TestSuite(plan_draw);

#define BOOK                                                                                       \
        "s start >a\na action name=Confirm >p !f\nf action name=Repeat >p\n"                       \
        "p parallel name=Contain /b /c >i\nb action name=Isolate >b2\nb2 action name=Block >e1\n"  \
        "e1 end name=Network\nc action name=Images must two >e2\ne2 end name=Evidence\n"           \
        "i if ?? /d /g >w\nd action name=Tell >e3\ng action name=Wait >e3\ne3 end\n"               \
        "w while ?? /h >z\nh action name=Restore >e4\ne4 end\n"                                    \
        "z action name=Report timeout=3600000 >e\ne end\n"

struct picture {
        struct table t;
        struct plan plan;
        struct plan_picture p;
        struct canvas *c;
        char *text;
};

static void paint(struct picture *x, int w, int h)
{
        struct str out;
        free(x->text);
        plan_make(x->t.run, &x->t.arena, &x->plan);
        x->p.plan = &x->plan;
        x->p.twigs = plan_twigs(&x->plan, &x->t.arena);
        x->p.now_ms = x->t.at_ms;
        x->p.me = "duarte";
        x->p.top = plan_top(&x->p, h);
        canvas_resize(x->c, w, h);
        canvas_clear(x->c);
        plan_draw(&x->p, x->c, (struct rect){0, 0, w, h});
        str_init(&out, 1 << 20);
        canvas_print(x->c, &out);
        x->text = str_take(&out);
}

static void open_picture(struct picture *x, const char *book)
{
        *x = (struct picture){.c = canvas_create(80, 24)};
        table_open(&x->t, book);
}

static void close_picture(struct picture *x)
{
        free(x->text);
        canvas_destroy(x->c);
        table_close(&x->t);
}

static void expect(struct picture *x, const char *expected)
{
        size_t len = strlen(x->text);
        while (len > 1 && x->text[len - 1] == '\n' && x->text[len - 2] == '\n')
                x->text[--len] = '\0';
        cr_assert_str_eq(x->text, expected, "got:\n%s\nexpected:\n%s", x->text, expected);
}

static void go_some_way(struct picture *x)
{
        cr_assert(say(&x->t, PLAY_COMPLETE, "a", NULL));
        cr_assert(say(&x->t, PLAY_OWNER, "p.1/b", "duarte"));
        cr_assert(say(&x->t, PLAY_SKIP, "p.1/b", "no such segment"));
        cr_assert(say(&x->t, PLAY_COMPLETE, "p.2/c", NULL));
}

Test(plan_draw, the_tree_of_a_run_under_way)
{
        struct picture x;
        open_picture(&x, BOOK);
        go_some_way(&x);
        paint(&x, 72, 20);
        expect(&x, "      STEP                                 OWNER         WHEN\n"
                   "▌ 1 ✓ Confirm                              duarte        12:27Z\n"
                   "    └ if it fails\n"
                   "      - 1-1 Repeat\n"
                   "      → on at 2\n"
                   "  2 ▸ Contain                                            since 12:27Z\n"
                   "    ├ Network\n"
                   "    │ » 2a.1 Isolate                       duarte        12:29Z\n"
                   "    │ ▸ 2a.2 Block                                       since 12:29Z\n"
                   "    └ Evidence\n"
                   "      ▸ 2b.1 Images  two persons           duarte, ?     since 12:27Z\n"
                   "  3 ○ i\n"
                   "    ├ yes\n"
                   "    │ ○ 3a.1 Tell\n"
                   "    └ no\n"
                   "      ○ 3b.1 Wait\n"
                   "  4 ○ w\n"
                   "    └ ○ 4.1 Restore\n"
                   "  5 ○ Report\n");
        close_picture(&x);
}

Test(plan_draw, the_same_without_signs)
{
        struct picture x;
        open_picture(&x, BOOK);
        go_some_way(&x);
        x.c->ascii = true;
        paint(&x, 72, 20);
        expect(&x, "      STEP                                 OWNER         WHEN\n"
                   "> 1 v Confirm                              duarte        12:27Z\n"
                   "    ` if it fails\n"
                   "      - 1-1 Repeat\n"
                   "      -> on at 2\n"
                   "  2 > Contain                                            since 12:27Z\n"
                   "    | Network\n"
                   "    | >> 2a.1 Isolate                      duarte        12:29Z\n"
                   "    | > 2a.2 Block                                       since 12:29Z\n"
                   "    ` Evidence\n"
                   "      > 2b.1 Images  two persons           duarte, ?     since 12:27Z\n"
                   "  3 o i\n"
                   "    | yes\n"
                   "    | o 3a.1 Tell\n"
                   "    ` no\n"
                   "      o 3b.1 Wait\n"
                   "  4 o w\n"
                   "    ` o 4.1 Restore\n"
                   "  5 o Report\n");
        x.c->linear = true;
        paint(&x, 72, 20);
        expect(&x, "\n"
                   "1 done: Confirm                            duarte        12:27Z\n"
                   "if it fails\n"
                   "1-1 not taken: Repeat\n"
                   "on at 2\n"
                   "2 under way: Contain                                     since 12:27Z\n"
                   "branch: Network\n"
                   "2a.1 skipped: Isolate                      duarte        12:29Z\n"
                   "2a.2 now: Block                                          since 12:29Z\n"
                   "branch: Evidence\n"
                   "2b.1 to sign: Images  two persons          duarte, ?     since 12:27Z\n"
                   "3 to do: i\n"
                   "branch: yes\n"
                   "3a.1 to do: Tell\n"
                   "branch: no\n"
                   "3b.1 to do: Wait\n"
                   "4 to do: w\n"
                   "4.1 to do: Restore\n"
                   "5 to do: Report\n");
        close_picture(&x);
}

Test(plan_draw, what_became_of_a_step_stands_below_it)
{
        struct picture x;
        open_picture(&x, BOOK);
        go_some_way(&x);
        x.p.remarks = true;
        paint(&x, 100, 24);
        expect(&x, "        STEP                                                        OWNER      "
                   "     WHEN\n"
                   "▌  1  ✓ Confirm                                                     duarte     "
                   "     12:27Z\n"
                   "      └ if it fails\n"
                   "        - 1-1 Repeat\n"
                   "        → on at 2\n"
                   "   2  ▸ Contain                                                                "
                   "     since 12:27Z\n"
                   "      ├ Network\n"
                   "      │ » 2a.1 Isolate                                              duarte     "
                   "     12:29Z\n"
                   "      │        no such segment\n"
                   "      │ ▸ 2a.2 Block                                                           "
                   "     since 12:29Z\n"
                   "      └ Evidence\n"
                   "        ▸ 2b.1 Images  two persons                                  duarte, ?  "
                   "     since 12:27Z\n"
                   "               1 of 2 signed\n"
                   "   3  ○ i\n"
                   "      ├ yes\n"
                   "      │ ○ 3a.1 Tell\n"
                   "      └ no\n"
                   "        ○ 3b.1 Wait\n"
                   "   4  ○ w\n"
                   "      └ ○ 4.1 Restore\n"
                   "   5  ○ Report\n");
        close_picture(&x);
}

Test(plan_draw, the_cursor_is_seen_with_what_is_around_it)
{
        struct picture x;
        open_picture(&x, BOOK);
        go_some_way(&x);
        for (x.p.cursor = 0; x.p.cursor < 16; x.p.cursor++) {
                paint(&x, 60, 8);
                cr_assert(x.c->cursor_shown, "row %zu", x.p.cursor);
                cr_assert_geq(x.c->cursor_y, 1);
                cr_assert_eq(plan_row_at(&x.p, x.c->cursor_y, (struct rect){0, 0, 60, 8}),
                             x.p.cursor);
        }
        x.p.cursor = 15;
        paint(&x, 60, 8);
        expect(&x, " ▴ 7 more above                OWNER         WHEN\n"
                   "    ├ yes\n"
                   "    │ ○ 3a.1 Tell\n"
                   "    └ no\n"
                   "      ○ 3b.1 Wait\n"
                   "▌ 4 ○ w\n"
                   "    └ ○ 4.1 Restore\n"
                   "  5 ○ Report\n");
        x.p.cursor = 0;
        paint(&x, 38, 8);
        expect(&x, "      STEP                 WHEN\n"
                   "▌ 1 ✓ Confirm              12:27Z\n"
                   "    └ if it fails\n"
                   "      - 1-1 Repeat\n"
                   "      → on at 2\n"
                   "  2 ▸ Contain\n"
                   "    ├ Network\n"
                   " ▾ 12 more below\n");
        close_picture(&x);
}

static char *pane_text(struct picture *x, const char *place, int w, int h, bool tight)
{
        struct str out;
        struct step_pane pane;
        plan_make(x->t.run, &x->t.arena, &x->plan);
        step_pane_read(x->t.run, &x->plan.rows[plan_find(&x->plan, place)], x->t.at_ms, &x->t.arena,
                       &pane);
        canvas_resize(x->c, w, h);
        canvas_clear(x->c);
        step_pane_draw(&pane, &(struct step_pane_look){.tight = tight}, x->c,
                       (struct rect){0, 0, w, h});
        str_init(&out, 1 << 20);
        canvas_print(x->c, &out);
        return str_take(&out);
}

Test(plan_draw, the_pane_says_who_signed_and_what_was_noted)
{
        struct picture x;
        open_picture(&x, BOOK);
        go_some_way(&x);
        cr_assert(say(&x.t, PLAY_EVIDENCE, "p.2/c", "image.raw"));
        x.text = pane_text(&x, "p.2/c", 48, 20, false);
        expect(&x, "Step 2b.1 ─────────── to sign  must  two persons\n"
                   "\n"
                   "Images\n"
                   "\n"
                   "Signatures ────────────────────────────── 1 of 2\n"
                   "✓ duarte                                  12:30Z\n"
                   "▸ anyone but duarte: S signs here\n"
                   "\n"
                   "since       12:27Z\n"
                   "\n"
                   "Evidence ───────────────────────────────────── 1\n"
                   "✓ image.raw                        duarte 12:31Z\n");
        close_picture(&x);
}

Test(plan_draw, a_question_has_letters)
{
        struct picture x;
        open_picture(&x,
                     "s start >i\ni if ?? /d /g >e\nd action >e1\ng action >e1\ne1 end\ne end\n");
        x.text = pane_text(&x, "i", 48, 12, true);
        expect(&x, "Step 1 ───────────────────────────────────── now\n"
                   "asked       Are all of them clean?\n"
                   "a  yes\n"
                   "b  no\n"
                   "since       12:26Z\n");
        close_picture(&x);
}
