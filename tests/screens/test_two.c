/*
 * `make demo-two`: two consoles of one unit side by side in tmux; what is done at one is seen at
 * the other.
 */
#include "pty.h"

static int count_on_screen(struct console *c, const char *text)
{
        char line[4096];
        int count = 0;
        for (int row = 0; row < c->rows; row++) {
                VTermRect r = {.start_row = row, .end_row = row + 1, .end_col = c->cols};
                line[vterm_screen_get_text(c->screen, line, sizeof(line) - 1, r)] = '\0';
                for (const char *at = line; (at = strstr(at, text)); at++)
                        count++;
        }
        return count;
}

static void expect_count(struct console *c, const char *text, int count, const char *what)
{
        double end = now_ms() + 2 * WAIT_MS;
        while (count_on_screen(c, text) != count && now_ms() < end)
                if (!take(c, 50))
                        break;
        check(c, count_on_screen(c, text) == count, what);
}

int main(void)
{
        struct console c;
        muster = getenv("MUSTER");
        work = getenv("TMPDIR");
        if (!muster || !work || system("command -v tmux >/dev/null") != 0) {
                printf("not ok MUSTER and TMPDIR are set, and there is tmux\n");
                return 1;
        }
        start_as(&c, 200, 50,
                 &(struct launch){.term = "xterm-256color", .script = "data/demo/two.sh"});
        expect_count(&c, "LIVE", 2, "two consoles are synchronised");
        expect(&c, "lindqvist at the second desk", "it is said who sits where");
        expect_count(&c, "EL INC-0061 !", 2, "nobody took note of an incident");
        type(&c, "/EL INC-0061\r");
        expect(&c, "1 of 60", "it is found at one desk");
        type(&c, "a");
        expect_count(&c, "EL INC-0061 !", 0, "who takes note of it does so at both");
        type(&c, "qq"); /* the filter, the console */
        finish(&c, "q at the first desk ends both");
        return failures ? 1 : 0;
}
