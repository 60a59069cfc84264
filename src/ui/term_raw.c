/*
 * The terminal without ncurses: sequences that it has no name for, and the way out when all else
 * failed.
 */
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/mem.h"
#include "ui/term.h"
#include "ui_private.h"

static void send_raw(const char *bytes, size_t len)
{
        while (len > 0) {
                ssize_t n = write(STDOUT_FILENO, bytes, len);
                if (n <= 0)
                        return;
                bytes += n;
                len -= (size_t)n;
        }
}

void term_bracketed_paste(bool on)
{
        send_raw(on ? "\033[?2004h" : "\033[?2004l", 8);
}

/* A sign of ambiguous width at the margin of the second row, then: where is the cursor? The second
 * row, because answers from the first look like function keys. */
void term_ask_width(void)
{
        static const char question[] = "\033[2;1H\u25c6\033[6n\033[2;1H";
        send_raw(question, sizeof(question) - 1);
}

/* Knows of no struct term, so that it can be called from anywhere: a terminal in line mode is left
 * alone. */
void term_restore_raw(void)
{
        static const char leave[] =
                "\033[?2004l\033[?1006l\033[?1000l\033[0m\033[?25h\033[?1049l\r";
        struct termios mode;
        if (tcgetattr(STDIN_FILENO, &mode) != 0 || (mode.c_lflag & ICANON))
                return;
        send_raw(leave, sizeof(leave) - 1);
        mode.c_lflag |= ICANON | ECHO | ECHOE | ECHOK | ISIG | IEXTEN;
        mode.c_iflag |= ICRNL | IXON | BRKINT;
        mode.c_oflag |= OPOST | ONLCR;
        tcsetattr(STDIN_FILENO, TCSANOW, &mode);
}

/* OSC 52 takes base64. */
void term_copy(struct term *t, const char *text)
{
        AUTO_FREE char *coded = base64_encode(text, strlen(text), false);
        AUTO_FREE char *out = xasprintf("\033]52;c;%s\a", coded);

        (void)t;
        send_raw(out, strlen(out));
}
