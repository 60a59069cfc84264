/*
 * The real binary in a pseudo-terminal, its output read by libvterm as a terminal would: keys,
 * mouse, paste, resize, suspend, signals, and a crash with a half-typed form. Every wait is for a
 * state of the screen.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "base/mem.h"

#define WAIT_MS 15000

struct console {
        VTerm *vt;
        VTermScreen *screen;
        int fd, cols, rows;
        int news;            /* the guardian tells of the console here */
        pid_t pid, guardian; /* the console, and who waits for it */
        bool alternate;
        size_t bytes; /* read so far */
        int bells;
};

static const char *muster, *work;
static char *db;
static int failures;

static int on_prop(VTermProp prop, VTermValue *value, void *user)
{
        if (prop == VTERM_PROP_ALTSCREEN)
                ((struct console *)user)->alternate = value->boolean;
        return 1;
}

static int on_bell(void *user)
{
        ((struct console *)user)->bells++;
        return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_prop, .bell = on_bell};

static int run(const char *const *args)
{
        pid_t pid = fork();
        if (pid == 0) {
                const char *argv[32] = {muster, "--db", db, "--as", "duarte"};
                size_t n = 5;
                while (*args && n < 31)
                        argv[n++] = *args++;
                if (!freopen("/dev/null", "w", stdout))
                        _exit(127);
                execv(muster, (char *const *)(void *)argv);
                _exit(127);
        }
        int status;
        waitpid(pid, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/*
 * Stands between test and console like a shell: a job stops on ^Z only while a parent of its
 * session is there to wake it. Tells the console's pid, then each status that wait gives.
 */
static void guard(int news)
{
        int status;
        pid_t pid = fork();
        if (pid == 0) {
                setpgid(0, 0);
                signal(SIGTTOU, SIG_IGN);
                tcsetpgrp(0, getpid());
                signal(SIGTTOU, SIG_DFL);
                setenv("TERM", "xterm-256color", 1);
                execl(muster, muster, "--db", db, "--as", "duarte", (char *)NULL);
                _exit(127);
        }
        if (write(news, &pid, sizeof(pid)) < 0)
                _exit(1);
        while (waitpid(pid, &status, WUNTRACED) == pid) {
                if (write(news, &status, sizeof(status)) < 0 || !WIFSTOPPED(status))
                        break;
        }
        pause();
}

static void start(struct console *c, int cols, int rows)
{
        int pipe_fds[2];
        struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
        *c = (struct console){.cols = cols, .rows = rows};
        c->vt = vterm_new(rows, cols);
        vterm_set_utf8(c->vt, 1);
        c->screen = vterm_obtain_screen(c->vt);
        vterm_screen_set_callbacks(c->screen, &callbacks, c);
        vterm_screen_enable_altscreen(c->screen, 1);
        vterm_screen_reset(c->screen, 1);
        if (pipe(pipe_fds) != 0)
                exit(1);
        c->guardian = forkpty(&c->fd, NULL, NULL, &size);
        if (c->guardian == 0)
                guard(pipe_fds[1]);
        close(pipe_fds[1]);
        c->news = pipe_fds[0];
        if (read(c->news, &c->pid, sizeof(c->pid)) != sizeof(c->pid))
                exit(1);
}

/* Takes what the console wrote within `ms`; false when it closed the line. */
static bool take(struct console *c, int ms)
{
        char buf[8192];
        struct pollfd p = {.fd = c->fd, .events = POLLIN};
        if (poll(&p, 1, ms) <= 0)
                return true;
        ssize_t n = read(c->fd, buf, sizeof(buf));
        if (n <= 0)
                return errno == EINTR;
        c->bytes += (size_t)n;
        vterm_input_write(c->vt, buf, (size_t)n);
        return true;
}

static bool on_row(struct console *c, int row, const char *text)
{
        char line[4096];
        VTermRect r = {.start_row = row, .end_row = row + 1, .start_col = 0, .end_col = c->cols};
        size_t n = vterm_screen_get_text(c->screen, line, sizeof(line) - 1, r);
        line[n] = '\0';
        return strstr(line, text) != NULL;
}

static bool on_screen(struct console *c, const char *text)
{
        for (int row = 0; row < c->rows; row++)
                if (on_row(c, row, text))
                        return true;
        return false;
}

static double now_ms(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void dump(struct console *c)
{
        char line[4096];
        for (int row = 0; row < c->rows; row++) {
                VTermRect r = {.start_row = row, .end_row = row + 1, .end_col = c->cols};
                size_t n = vterm_screen_get_text(c->screen, line, sizeof(line) - 1, r);
                line[n] = '\0';
                fprintf(stderr, "|%s\n", line);
        }
}

static bool wait_for(struct console *c, const char *text, bool there)
{
        double end = now_ms() + WAIT_MS;
        while (on_screen(c, text) != there && now_ms() < end)
                if (!take(c, 50))
                        break;
        return on_screen(c, text) == there;
}

static void check(struct console *c, bool good, const char *what)
{
        printf("%s %s\n", good ? "ok" : "not ok", what);
        fflush(stdout);
        failures += !good;
        if (!good && c)
                dump(c);
}

static void expect(struct console *c, const char *text, const char *what)
{
        check(c, wait_for(c, text, true), what);
}

static void type(struct console *c, const char *keys)
{
        if (write(c->fd, keys, strlen(keys)) < 0)
                fprintf(stderr, "write: %s\n", strerror(errno));
}

/* The next status of the console: it stopped or ended. */
static bool wait_news(struct console *c, int *ret_status)
{
        double end = now_ms() + WAIT_MS;
        while (now_ms() < end) {
                struct pollfd p = {.fd = c->news, .events = POLLIN};
                take(c, 20);
                if (poll(&p, 1, 0) > 0)
                        return read(c->news, ret_status, sizeof(*ret_status)) ==
                               sizeof(*ret_status);
        }
        return false;
}

static void stop(struct console *c)
{
        kill(c->guardian, SIGKILL);
        waitpid(c->guardian, NULL, 0);
        close(c->fd);
        close(c->news);
        vterm_free(c->vt);
}

static void finish(struct console *c, const char *what)
{
        int status = -1;
        bool ended = wait_news(c, &status);
        while (take(c, 50) && poll(&(struct pollfd){.fd = c->fd, .events = POLLIN}, 1, 50) > 0)
                ;
        check(c, ended && WIFEXITED(status) && WEXITSTATUS(status) == 0 && !c->alternate, what);
        stop(c);
}

static void test_keys(struct console *c)
{
        start(c, 120, 36);
        expect(c, "Ransomware at a test hospital", "the first frame shows the incident");
        check(c, c->alternate, "it draws on the alternate screen");
        expect(c, "? keys", "the footer names the help key");
        type(c, "a");
        expect(c, "acknowledged", "a acknowledges");
        type(c, "s");
        expect(c, "Severity of", "s opens the choices");
        type(c, "c");
        expect(c, "CRITICAL", "c makes it critical");
        type(c, "u");
        check(c, wait_for(c, "\xe2\x97\x86 CRITICAL", false), "u takes it back");
        type(c, "n");
        expect(c, "note on", "n asks for a note");
        type(c, "\033[200~q quits? no\n:palette\033[201~");
        expect(c, "q quits? no", "pasted text is text, not keys");
        type(c, "\r");
        check(c, wait_for(c, "note on", false), "Enter saves the note");
        type(c, "/nothing-like-this");
        expect(c, "0 matches", "the filter counts live");
        type(c, "\033");
        expect(c, "Ransomware at a test hospital", "Esc brings the list back");
}

static void test_window(struct console *c)
{
        struct winsize size = {.ws_row = 24, .ws_col = 80};
        c->cols = 80;
        c->rows = 24;
        vterm_set_size(c->vt, 24, 80);
        ioctl(c->fd, TIOCSWINSZ, &size);
        double end = now_ms() + WAIT_MS;
        while (!on_row(c, 23, "? keys") && now_ms() < end)
                take(c, 50);
        check(c, on_row(c, 23, "? keys"), "a smaller window is drawn anew at once");
        check(c, on_screen(c, "Ransomware at a test hospital"), "the row is still there");
        type(c, "\033[<0;10;7M\033[<0;10;7m");
        expect(c, "Ransomware", "a click on a row is taken");
}

static void test_suspend(struct console *c)
{
        int status = 0;
        type(c, "\032");
        wait_news(c, &status);
        while (poll(&(struct pollfd){.fd = c->fd, .events = POLLIN}, 1, 100) > 0 && take(c, 20))
                ;
        check(c, WIFSTOPPED(status) && !c->alternate, "^Z stops it and gives the terminal back");
        kill(c->pid, SIGCONT);
        expect(c, "Ransomware at a test hospital", "it comes back with its screen");
        check(c, c->alternate, "on the alternate screen again");
}

static void test_crash(struct console *c)
{
        int status = 0;
        start(c, 80, 24);
        expect(c, "Ransomware", "a second console starts");
        type(c, "+");
        expect(c, "New incident", "+ opens the form");
        type(c, "Outage nobody may lose");
        expect(c, "Outage nobody may lose", "the title is typed");
        sleep(2); /* the draft is due within a second of the last key: it is time itself that is
                     waited for */
        kill(c->pid, SIGKILL);
        check(c, wait_news(c, &status) && WIFSIGNALED(status), "kill -9 ends it");
        stop(c);
        start(c, 80, 24);
        expect(c, "Ransomware", "it starts again after kill -9");
        type(c, "+");
        expect(c, "Outage nobody may lose", "the half-typed form is back");
        type(c, "\033");
        check(c, wait_for(c, "New incident", false), "Esc leaves the form");
        kill(c->pid, SIGTERM);
        finish(c, "SIGTERM ends it cleanly, the terminal restored");
}

int main(void)
{
        struct console c;
        muster = getenv("MUSTER");
        work = getenv("TMPDIR");
        if (!muster || !work) {
                printf("not ok MUSTER and TMPDIR are set\n");
                return 1;
        }
        db = xasprintf("%s/terminal.db", work);
        check(NULL, run((const char *[]){"init", "--unit", "Terminal test", NULL}) == 0, "init");
        check(NULL,
              run((const char *[]){"import", "tests/fixtures/cli/one-incident.json", NULL}) == 0,
              "import");
        test_keys(&c);
        test_window(&c);
        test_suspend(&c);
        type(&c, "q");
        finish(&c, "q leaves, the terminal is as before");
        test_crash(&c);
        free(db);
        return failures ? 1 : 0;
}
