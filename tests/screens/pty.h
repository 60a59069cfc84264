/*
 * The real binary in a pseudo-terminal, its output read by libvterm as a terminal would. What the
 * programs beside this share; every wait is for a state of the screen.
 */
#ifndef MUSTER_TESTS_PTY_H
#define MUSTER_TESTS_PTY_H

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
        char *raw;    /* the same as they came */
        int bells;
};

/* How it is started. */
struct launch {
        const char *term;   /* TERM */
        const char *option; /* of muster, or NULL */
        const char *who;    /* the operator; NULL: duarte */
        const char *env[2]; /* name and value of a variable more, or NULL */
        const char *script; /* of sh, instead of muster; or NULL */
};

static const char *muster, *work;
static char *db;
static int failures;

static inline int on_prop(VTermProp prop, VTermValue *value, void *user)
{
        if (prop == VTERM_PROP_ALTSCREEN)
                ((struct console *)user)->alternate = value->boolean;
        return 1;
}

static inline int on_bell(void *user)
{
        ((struct console *)user)->bells++;
        return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_prop, .bell = on_bell};

static inline int run(const char *const *args)
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
static inline void guard(int news, const struct launch *as)
{
        int status;
        pid_t pid = fork();
        if (pid == 0) {
                setpgid(0, 0);
                signal(SIGTTOU, SIG_IGN);
                tcsetpgrp(0, getpid());
                signal(SIGTTOU, SIG_DFL);
                setenv("TERM", as->term, 1);
                if (as->env[0])
                        setenv(as->env[0], as->env[1], 1);
                if (as->script)
                        execl("/bin/sh", "sh", as->script, (char *)NULL);
                execl(muster, muster, "--db", db, "--as", as->who ? as->who : "duarte", as->option,
                      (char *)NULL);
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

static inline void start_as(struct console *c, int cols, int rows, const struct launch *as)
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
                guard(pipe_fds[1], as);
        close(pipe_fds[1]);
        c->news = pipe_fds[0];
        if (read(c->news, &c->pid, sizeof(c->pid)) != sizeof(c->pid))
                exit(1);
}

static inline void start(struct console *c, int cols, int rows)
{
        start_as(c, cols, rows, &(struct launch){.term = "xterm-256color"});
}

/* Takes what the console wrote within `ms`; false when it closed the line. */
static inline bool take(struct console *c, int ms)
{
        char buf[8192];
        struct pollfd p = {.fd = c->fd, .events = POLLIN};
        if (poll(&p, 1, ms) <= 0)
                return true;
        ssize_t n = read(c->fd, buf, sizeof(buf));
        if (n <= 0)
                return errno == EINTR;
        c->raw = xreallocarray(c->raw, c->bytes + (size_t)n + 1, 1);
        memcpy(c->raw + c->bytes, buf, (size_t)n);
        c->bytes += (size_t)n;
        c->raw[c->bytes] = '\0';
        vterm_input_write(c->vt, buf, (size_t)n);
        return true;
}

static inline bool on_row(struct console *c, int row, const char *text)
{
        char line[4096];
        VTermRect r = {.start_row = row, .end_row = row + 1, .start_col = 0, .end_col = c->cols};
        size_t n = vterm_screen_get_text(c->screen, line, sizeof(line) - 1, r);
        line[n] = '\0';
        return strstr(line, text) != NULL;
}

static inline bool on_screen(struct console *c, const char *text)
{
        for (int row = 0; row < c->rows; row++)
                if (on_row(c, row, text))
                        return true;
        return false;
}

static inline double now_ms(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static inline void dump(struct console *c)
{
        char line[4096];
        for (int row = 0; row < c->rows; row++) {
                VTermRect r = {.start_row = row, .end_row = row + 1, .end_col = c->cols};
                size_t n = vterm_screen_get_text(c->screen, line, sizeof(line) - 1, r);
                line[n] = '\0';
                fprintf(stderr, "|%s\n", line);
        }
}

static inline bool wait_for(struct console *c, const char *text, bool there)
{
        double end = now_ms() + WAIT_MS;
        while (on_screen(c, text) != there && now_ms() < end)
                if (!take(c, 50))
                        break;
        return on_screen(c, text) == there;
}

static inline void check(struct console *c, bool good, const char *what)
{
        printf("%s %s\n", good ? "ok" : "not ok", what);
        fflush(stdout);
        failures += !good;
        if (!good && c)
                dump(c);
}

static inline void expect(struct console *c, const char *text, const char *what)
{
        check(c, wait_for(c, text, true), what);
}

static inline void type(struct console *c, const char *keys)
{
        if (write(c->fd, keys, strlen(keys)) < 0)
                fprintf(stderr, "write: %s\n", strerror(errno));
}

/* The next status of the console: it stopped or ended. */
static inline bool wait_news(struct console *c, int *ret_status)
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

static inline void stop(struct console *c)
{
        kill(c->guardian, SIGKILL);
        waitpid(c->guardian, NULL, 0);
        close(c->fd);
        close(c->news);
        vterm_free(c->vt);
        free(c->raw);
}

static inline void finish(struct console *c, const char *what)
{
        int status = -1;
        bool ended = wait_news(c, &status);
        while (take(c, 50) && poll(&(struct pollfd){.fd = c->fd, .events = POLLIN}, 1, 50) > 0)
                ;
        check(c, ended && WIFEXITED(status) && WEXITSTATUS(status) == 0 && !c->alternate, what);
        stop(c);
}

/* The database and its folder; false after saying what is missing. */
static inline bool set_up(const char *name)
{
        muster = getenv("MUSTER");
        work = getenv("TMPDIR");
        if (!muster || !work) {
                printf("not ok MUSTER and TMPDIR are set\n");
                return false;
        }
        db = xasprintf("%s/%s.db", work, name);
        check(NULL, run((const char *[]){"init", "--unit", "Terminal test", NULL}) == 0, "init");
        check(NULL,
              run((const char *[]){"import", "tests/fixtures/cli/one-incident.json", NULL}) == 0,
              "import");
        return true;
}

#endif
