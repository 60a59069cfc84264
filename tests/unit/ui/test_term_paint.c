#include "../../../src/ui/ui_private.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/theme.h"

/* A terminal in words: [3,1] places the cursor, <ink> and </> are looks. */
static struct painter p;
static struct canvas *c;

static void make_brush(struct painter *painter, struct look look, struct brush *ret)
{
        (void)painter;
        ret->attrs = look.attr;
        ret->covers = look.ink != ROLE_FAINT;
        ret->erases = !(look.attr & ATTR_UNDERLINE);
        ret->color_at = (size_t)snprintf(ret->on, sizeof(ret->on), "<%u ", look.attr);
        ret->on_len =
                ret->color_at + (size_t)snprintf(ret->on + ret->color_at, 16, "%u>", look.ink);
        ret->off_len = (size_t)snprintf(ret->off, sizeof(ret->off), "</>");
}

static void go(struct painter *painter, int x, int y)
{
        char bytes[32];
        frame_add(&painter->out, bytes, (size_t)snprintf(bytes, sizeof(bytes), "[%d,%d]", x, y));
}

static void setup(void)
{
        memset(&p, 0, sizeof(p));
        p.theme = &theme_night;
        p.utf8 = true;
        p.cols = 20;
        p.rows = 3;
        p.make_brush = make_brush;
        p.go = go;
        p.clear = (struct cap){"{clear}", 7};
        p.erase = (struct cap){"{erase}", 7};
        p.show_cursor = (struct cap){"{show}", 6};
        p.hide_cursor = (struct cap){"{hide}", 6};
        c = canvas_create(p.cols, p.rows);
        canvas_clear(c);
}

static void teardown(void)
{
        painter_finish(&p);
        canvas_destroy(c);
}

TestSuite(term_paint, .init = setup, .fini = teardown);

static const char *paint(bool all)
{
        static char bytes[4096];
        painter_paint(&p, c, all);
        cr_assert_lt(p.out.len, sizeof(bytes));
        memcpy(bytes, p.out.bytes, p.out.len);
        bytes[p.out.len] = '\0';
        p.out.len = 0;
        return bytes;
}

static const struct look plain = {.ink = ROLE_TEXT};

Test(term_paint, the_first_picture_is_whole_on_a_cleared_screen)
{
        canvas_text(c, 0, 0, 20, plain, "here");
        const char *said = paint(false);
        cr_assert(strncmp(said, "{clear}[0,0]", 12) == 0, "%s", said);
        cr_assert(strstr(said, "here{erase}"), "%s", said);
        cr_assert(strstr(said, "</>{hide}[0,0]"), "%s", said);
}

Test(term_paint, after_it_only_what_differs_is_sent)
{
        canvas_text(c, 0, 0, 20, plain, "one two three");
        paint(false);
        cr_assert_str_eq(paint(false), "", "nothing differs");
        canvas_text(c, 4, 0, 3, plain, "TWO");
        const char *said = paint(false);
        cr_assert(strstr(said, "[4,0]"), "%s", said);
        cr_assert(strstr(said, "TWO</>[0,0]"), "%s", said);
        cr_assert(!strstr(said, "one") && !strstr(said, "three"), "%s", said);
}

Test(term_paint, colours_alone_change_without_a_way_back_where_they_cover)
{
        paint(false);
        canvas_text(c, 0, 0, 1, (struct look){.ink = ROLE_TEXT}, "a");
        canvas_text(c, 1, 0, 1, (struct look){.ink = ROLE_ACCENT}, "b");
        canvas_text(c, 2, 0, 1, (struct look){.ink = ROLE_FAINT}, "c");
        canvas_text(c, 3, 0, 1, (struct look){.ink = ROLE_TEXT, .attr = ATTR_BOLD}, "d");
        char text[200];
        snprintf(text, sizeof(text), "<0 %d>a%d>b</><0 %d>c</><1 %d>d", ROLE_TEXT, ROLE_ACCENT,
                 ROLE_FAINT, ROLE_TEXT);
        const char *said = paint(false);
        cr_assert(strstr(said, text), "%s is not in %s", text, said);
}

Test(term_paint, a_blank_end_is_erased_where_that_looks_the_same)
{
        canvas_text(c, 0, 0, 20, plain, "a long line of text");
        canvas_text(c, 0, 1, 20, (struct look){.attr = ATTR_UNDERLINE}, "underlined");
        paint(false);
        canvas_fill(c, (struct rect){0, 0, 20, 1}, plain);
        canvas_fill(c, (struct rect){0, 1, 20, 1}, (struct look){.attr = ATTR_UNDERLINE});
        const char *said = paint(false);
        const char *second = strstr(said, "[0,1]");
        const char *erased = strstr(said, "{erase}");
        cr_assert(erased && second && erased < second, "%s", said);
        cr_assert(!strstr(second, "{erase}"), "a line under blanks is not erased: %s", second);
}

Test(term_paint, the_last_cell_is_left_where_writing_it_would_scroll)
{
        for (int scrolls = 0; scrolls < 2; scrolls++) {
                p.scrolls_at_end = scrolls;
                canvas_text(c, 0, 2, 20, plain, "abcdefghijklmnopqrst");
                const char *said = paint(true);
                cr_assert_eq(strstr(said, "rst") == NULL, scrolls, "%s", said);
                cr_assert(strstr(said, "qrs"), "%s", said);
        }
}

Test(term_paint, wide_characters_are_sent_whole)
{
        canvas_text(c, 0, 0, 20, plain, "x\xe6\xbc\xa2y");
        paint(false);
        canvas_text(c, 0, 0, 20, plain, "x\xe5\xad\x97y");
        const char *said = paint(false);
        cr_assert(strstr(said, "[1,0]"), "%s", said);
        cr_assert(!strstr(said, "x"), "%s", said);
}

Test(term_paint, pauses_for_old_terminals_are_left_out)
{
        struct frame_out f = {0};
        frame_add_capability(&f, "ab$<5/>cd$<2>");
        frame_add_capability(&f, NULL);
        frame_add_capability(&f, "$<");
        cr_assert_eq(f.len, 6);
        cr_assert_eq(memcmp(f.bytes, "abcd$<", 6), 0);
        frame_finish(&f);
}
