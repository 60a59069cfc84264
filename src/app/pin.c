/*
 * PINs: from a file that nobody else can read, or typed without echo.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/crypt.h"

#include "app_private.h"

/* ---- from a file ----------------------------------------------------------------------------- */

static enum rc read_open(int fd, const char *path, char ret[PIN_BYTES], struct err *err)
{
        struct stat st;
        ssize_t n;

        if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
                return err_set(err, RC_INVALID, "--pin-file %s: it is no file", path);
        if (st.st_mode & 077)
                return err_set(err, RC_INVALID,
                               "--pin-file %s: others can read it; chmod 600 %s keeps it to you",
                               path, path);
        n = read(fd, ret, PIN_BYTES);
        while (n > 0 && (ret[n - 1] == '\n' || ret[n - 1] == '\r'))
                n--;
        if (n <= 0 || n >= PIN_BYTES || memchr(ret, '\0', (size_t)n) ||
            memchr(ret, '\n', (size_t)n))
                return err_set(err, RC_INVALID, "--pin-file %s: one line with a PIN is expected",
                               path);
        ret[n] = '\0';
        return RC_OK;
}

static enum rc read_file(const char *path, char ret[PIN_BYTES], struct err *err)
{
        int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        enum rc rc;

        if (fd < 0)
                return err_set(err, RC_INVALID, "--pin-file %s: %s", path, strerror(errno));
        rc = read_open(fd, path, ret, err);
        close(fd);
        return rc;
}

/* ---- from the terminal ----------------------------------------------------------------------- */

bool pin_can_be_typed(void)
{
        return isatty(STDIN_FILENO);
}

/* One line, byte by byte: nothing of it stays in a buffer of stdio. */
static bool read_typed(char ret[PIN_BYTES])
{
        size_t len = 0;
        char c;

        while (read(STDIN_FILENO, &c, 1) == 1) {
                if (c == '\n' || c == '\r')
                        return true;
                if (c == 3 || c == 4 || c == 27) /* ^C, ^D, Esc */
                        return false;
                if (c == 21) /* ^U */
                        len = 0;
                else if ((c == 8 || c == 127) && len)
                        do
                                len--;
                        while (len && ((unsigned char)ret[len] & 0xc0) == 0x80);
                else if ((unsigned char)c >= 32 && c != 127 && len + 1 < PIN_BYTES)
                        ret[len++] = c;
                ret[len] = '\0';
        }
        return false;
}

/* Signals are characters meanwhile, so that no one ends the program while nothing is echoed. */
static enum rc read_terminal(const char *question, char ret[PIN_BYTES], struct err *err)
{
        struct termios was, quiet;
        bool typed;

        if (tcgetattr(STDIN_FILENO, &was) != 0)
                return err_set(err, RC_FAIL, "the terminal: %s", strerror(errno));
        quiet = was;
        quiet.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
        quiet.c_cc[VMIN] = 1;
        quiet.c_cc[VTIME] = 0;
        if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) != 0)
                return err_set(err, RC_FAIL, "the terminal: %s", strerror(errno));
        fprintf(stderr, "%s: ", question);
        ret[0] = '\0';
        typed = read_typed(ret);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
        fprintf(stderr, "\n");
        return typed ? RC_OK : err_set(err, RC_INVALID, "no PIN was typed");
}

enum rc pin_read(const char *path, const char *question, char ret[PIN_BYTES], struct err *err)
{
        return path ? read_file(path, ret, err) : read_terminal(question, ret, err);
}

enum rc app_prove(struct app *app, struct ops *ops, struct err *err)
{
        char pin[PIN_BYTES] = "";
        struct ops_person person;
        AUTO_FREE char *question = xasprintf("PIN of %s", app->operator);
        enum rc rc = pin_read(app->pin_file, question, pin, err);

        if (rc == RC_OK)
                rc = ops_sign_in(ops, app->operator, pin, &person, err);
        crypt_wipe(pin, sizeof(pin));
        if (rc != RC_OK)
                return rc;
        AUTO_FREE char *warning = ops_person_warning(&person);
        if (warning)
                app_say("%s", warning);
        return RC_OK;
}
