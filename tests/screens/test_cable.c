/*
 * The cable is pulled while somebody types: the hub falls silent, and later it is killed. The
 * console says OFFLINE, what is half typed stays, what is done meanwhile waits and
 * goes when the hub is back.
 */
#define _GNU_SOURCE
#include <stdarg.h>

#include "pty.h"

#define UP "\xe2\x86\x91" /* what waits stands behind it */

static pid_t hub;
static char place[32] = "127.0.0.1:0";

/* Waits for the line that says where it listens; where it did before, if it did. */
static void start_hub(void)
{
        AUTO_FREE char *program = xasprintf("%s-hub", muster);
        AUTO_FREE char *file = xasprintf("%s/hub.db", work);
        char line[256] = "";
        size_t len = 0;
        int fds[2];

        if (pipe(fds) != 0 || (hub = fork()) < 0)
                exit(1);
        if (hub == 0) {
                dup2(fds[1], STDOUT_FILENO);
                if (!freopen("/dev/null", "w", stderr))
                        _exit(127);
                execl(program, program, "--db", file, "serve", "--listen", place, (char *)NULL);
                _exit(127);
        }
        close(fds[1]);
        while (len < sizeof(line) - 1 && !strchr(line, '\n') && read(fds[0], line + len, 1) == 1)
                len++;
        close(fds[0]);
        check(NULL, sscanf(line, "listening on http://%31[0-9.:]/", place) == 1, "a hub listens");
}

static bool shell(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static bool shell(const char *fmt, ...)
{
        char command[8192];
        va_list args;

        va_start(args, fmt);
        vsnprintf(command, sizeof(command), fmt, args);
        va_end(args);
        return system(command) == 0;
}

static void prepare(void)
{
        bool ok = shell("umask 077; h='%s-hub --db %s/hub.db'; $h collection add room --title Room "
                        ">/dev/null && $h token add duty --collection room:rw >%s/token",
                        muster, work, work);

        start_hub();
        ok = ok && shell("%s --db %s --as duarte remote add room http://%s/ --collection room "
                         "--token-file %s/token --ceiling red 2>/dev/null",
                         muster, db, place, work);
        check(NULL, ok, "the console has a remote");
}

/* `make bench` judges the time. */
static void expect_offline(struct console *c, const char *what)
{
        double begun = now_ms();
        bool said = wait_for(c, "OFFLINE", true);

        printf("# offline_ms=%.0f\n", now_ms() - begun);
        check(c, said, what);
}

static void test_silence(struct console *c)
{
        type(c, "n");
        expect(c, "note on", "n asks for a note");
        type(c, "half a sen");
        expect(c, "half a sen", "it is half typed");
        kill(hub, SIGSTOP);
        expect_offline(c, "a hub that falls silent shows");
        check(c, on_screen(c, "half a sen"), "what was half typed is still there");
        type(c, "tence\r");
        check(c, wait_for(c, "note on", false), "the note is saved all the same");
        expect(c, UP "1", "and waits");
        kill(hub, SIGCONT);
        expect(c, "LIVE", "the hub is back: it is live again");
        expect(c, UP "0", "and what waited is sent");
}

static void test_death(struct console *c)
{
        type(c, "+");
        expect(c, "New incident", "+ opens the form");
        type(c, "Cable cut at");
        expect(c, "Cable cut at", "its title is half typed");
        kill(hub, SIGKILL);
        waitpid(hub, NULL, 0);
        expect_offline(c, "a hub that dies shows");
        check(c, on_screen(c, "Cable cut at"), "the form is still there");
        start_hub();
        expect(c, "LIVE", "another hub in its place: it is live again");
        check(c, on_screen(c, "Cable cut at"), "and the form is as it was");
        type(c, " the port\t\thigh\023");
        check(c, wait_for(c, "New incident", false), "the form is saved");
        expect(c, "Cable cut at the port", "with all that was typed");
        expect(c, UP "0", "and goes out");
}

/* Another desk, which knows nothing but the hub. */
static void test_arrived(void)
{
        bool ok = shell("cd %s && m='%s --db other.db --as novak' && $m init --unit Other "
                        "2>/dev/null && $m remote add room http://%s/ --collection room "
                        "--token-file token 2>/dev/null && $m sync >/dev/null && "
                        "$m list incidents | grep -q 'Cable cut at the port'",
                        work, muster, place);

        check(NULL, ok, "another desk gets it from the hub");
}

int main(void)
{
        AUTO_FREE char *program = NULL;
        struct console c;

        if (!set_up("cable"))
                return 1;
        program = xasprintf("%s-hub", muster);
        if (access(program, X_OK) != 0) {
                printf("ok pulling the cable # SKIP there is no muster-hub\n");
                return 0;
        }
        prepare();
        start(&c, 120, 36);
        expect(&c, "LIVE", "the console is synchronised");
        test_silence(&c);
        test_death(&c);
        type(&c, "q");
        finish(&c, "q leaves");
        test_arrived();
        kill(hub, SIGTERM);
        waitpid(hub, NULL, 0);
        free(db);
        return failures ? 1 : 0;
}
