/*
 * The console in a terminal: keys, mouse, paste, resize, suspend, signals, a crash with a
 * half-typed form; and the demo, which meets through a hub of its own.
 */
#define _GNU_SOURCE
#include <glob.h>

#include "pty.h"

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
        type(c, ":filter.save kept\r");
        expect(c, "saved as kept", "a filter is saved by command");
        type(c, "/ status:closed\r");
        check(c, wait_for(c, "Ransomware at a test hospital", false), "another filter is in force");
        type(c, "\0331");
        expect(c, "Ransomware at a test hospital", "Alt with a digit goes to the saved one");
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

static bool has_folder(const char *name)
{
        AUTO_FREE char *pattern = xasprintf("%s/%s.*", work, name);
        glob_t found;
        bool any = glob(pattern, 0, NULL, &found) == 0;
        globfree(&found);
        return any;
}

static void test_demo(struct console *c)
{
        AUTO_FREE char *hub = xasprintf("%s-hub", muster);
        if (access(hub, X_OK) != 0) {
                printf("ok the demo meets through a hub # SKIP there is no muster-hub\n");
                return;
        }
        setenv("TMPDIR", work, 1);
        unsetenv("XDG_RUNTIME_DIR");
        start_as(c, 120, 36, &(struct launch){.term = "xterm-256color", .option = "--demo"});
        expect(c, "LIVE", "the demo is synchronised");
        type(c, "9");
        expect(c, "http://127.0.0.1:", "with a hub on this machine");
        expect(c,
               "\xe2\x86\x93"
               "2",
               "from which arrives what others send");
        check(c, has_folder("muster-demo"), "all of it lies in a folder of its own");
        type(c, "q");
        finish(c, "q leaves the demo");
        check(NULL, !has_folder("muster-demo"), "and nothing of it stays");
}

int main(void)
{
        struct console c;
        if (!set_up("terminal"))
                return 1;
        test_keys(&c);
        test_window(&c);
        test_suspend(&c);
        type(&c, "q");
        finish(&c, "q leaves, the terminal is as before");
        test_crash(&c);
        test_demo(&c);
        free(db);
        return failures ? 1 : 0;
}
