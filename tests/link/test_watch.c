/*
 * `muster sync --watch` beside a hub: it tells of what arrives, of a hub that falls silent, dies
 * and is back, and ends cleanly when it is told to.
 */
#include <poll.h>

#include "hub.h"

#define PATIENCE_MS 30000

static char *muster, *dir, *url;

struct watch {
        pid_t pid;
        int fd;
        struct str said; /* all it has printed */
        size_t seen;     /* of that, what a test has waited for */
};

static int64_t now_ms(void)
{
        return clock_mono_ns() / 1000000;
}

/* Runs muster on the database of that desk; false: it did not end with 0. */
static bool desk(const char *name, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static bool desk(const char *name, const char *fmt, ...)
{
        char what[2048];
        va_list args;

        va_start(args, fmt);
        vsnprintf(what, sizeof(what), fmt, args);
        va_end(args);
        AUTO_FREE char *command =
                xasprintf("cd %s && { %s --db %s.db --as %s %s; } >/dev/null 2>&1 </dev/null", dir,
                          muster, name, name, what);
        return system(command) == 0;
}

static void found_desk(const char *name)
{
        bool ok = desk(name, "init --unit %s", name) &&
                  desk(name, "remote add room %s --collection room --token-file token", url) &&
                  desk(name, "sync");

        if (!ok)
                give_up("founding a desk");
}

static void start_watch(struct watch *w, const char *option)
{
        AUTO_FREE char *db = xasprintf("%s/watcher.db", dir);
        int fds[2];

        *w = (struct watch){0};
        str_init(&w->said, 1 << 20);
        if (pipe(fds) != 0 || (w->pid = fork()) < 0)
                give_up("starting a watch");
        if (w->pid == 0) {
                dup2(fds[1], STDOUT_FILENO);
                close(fds[0]);
                execl(muster, muster, "--db", db, "--as", "watcher", "sync", "--watch", option,
                      (char *)NULL);
                _exit(127);
        }
        close(fds[1]);
        w->fd = fds[0];
}

/* False: the line is closed, or nothing came. */
static bool take(struct watch *w, int ms)
{
        struct pollfd p = {.fd = w->fd, .events = POLLIN};
        char piece[4096];
        ssize_t n;

        if (poll(&p, 1, ms) <= 0 || (n = read(w->fd, piece, sizeof(piece))) <= 0)
                return false;
        str_addn(&w->said, piece, (size_t)n);
        return true;
}

/* A line with this in it, behind the last that was waited for. */
static bool wait_line(struct watch *w, const char *text)
{
        int64_t end = now_ms() + PATIENCE_MS;

        for (;;) {
                const char *at = strstr(str_text(&w->said) + w->seen, text);

                if (at && strchr(at, '\n')) {
                        w->seen = (size_t)(strchr(at, '\n') - w->said.s) + 1;
                        return true;
                }
                if (now_ms() >= end)
                        return false;
                take(w, 100);
        }
}

/* Its exit status; 128 and more: of a signal. */
static int end_watch(struct watch *w, int signal_number)
{
        int status = -1;

        if (signal_number)
                kill(w->pid, signal_number);
        while (take(w, PATIENCE_MS))
                ;
        waitpid(w->pid, &status, 0);
        close(w->fd);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Lines are told until it is held here. */
static bool wait_for_incident(struct watch *w, const char *title)
{
        while (wait_line(w, " received"))
                if (desk("watcher", "list incidents | grep -q '%s'", title))
                        return true;
        return false;
}

static bool arrives_elsewhere(const char *title)
{
        int64_t end = now_ms() + PATIENCE_MS;

        while (now_ms() < end)
                if (desk("other", "sync") && desk("other", "list incidents | grep -q '%s'", title))
                        return true;
        return false;
}

static void test_arrival(struct watch *w)
{
        int64_t begun;

        desk("other", "new incident 'title=Seen afar' severity=high");
        begun = now_ms();
        check(desk("other", "sync"), "another desk sends", "%s", "it fails");
        check(wait_for_incident(w, "Seen afar"), "what arrives is told in a line", "%s",
              str_text(&w->said));
        printf("# told %lld ms after the other desk began to send\n",
               (long long)(now_ms() - begun));
        desk("watcher", "new incident 'title=Done here' severity=low");
        check(arrives_elsewhere("Done here"), "what another process does here is sent", "%s",
              str_text(&w->said));
}

static void test_outage(struct watch *w, struct hub *h)
{
        int64_t begun = now_ms(), took;
        bool said;

        kill(h->pid, SIGSTOP);
        said = wait_line(w, "offline");
        took = now_ms() - begun;
        check(said, "a hub that falls silent is told", "after %lld ms: %s", (long long)took,
              str_text(&w->said));
        kill(h->pid, SIGCONT);
        check(wait_line(w, "live"), "and its return", "%s", str_text(&w->said));
        begun = now_ms();
        kill(h->pid, SIGKILL);
        hub_wait(h);
        said = wait_line(w, "offline");
        took = now_ms() - begun;
        check(said, "a hub that dies is told", "after %lld ms: %s", (long long)took,
              str_text(&w->said));
        desk("watcher", "new incident 'title=Done in the dark' severity=low");
        hub_start(h);
        check(wait_line(w, "live"), "and another in its place", "%s", str_text(&w->said));
        check(arrives_elsewhere("Done in the dark"), "which gets what waited", "%s",
              str_text(&w->said));
}

static void test_json(void)
{
        CLEANUP(json_cleanup) struct json_t *doc = NULL;
        int64_t end = now_ms() + PATIENCE_MS;
        struct watch w;
        struct err err = {0};

        start_watch(&w, "--json");
        desk("other", "new incident 'title=Once more' severity=high");
        desk("other", "sync");
        while (now_ms() < end && !desk("watcher", "list incidents | grep -q 'Once more'"))
                take(&w, 100);
        int status = end_watch(&w, SIGINT);
        bool is_json = json_parse(w.said.s, w.said.len, &doc, &err) == RC_OK;
        const struct json_t *r = json_at(json_get(doc, "remotes"), 0);

        check(status == 0 && is_json && json_int(json_get(r, "received"), 0) > 0,
              "--json: one document at the end", "%d: %s", status, str_text(&w.said));
        str_finish(&w.said);
}

int main(void)
{
        static const int signals[] = {SIGINT, SIGHUP};
        const char *tmp = getenv("TMPDIR");
        struct hub h;
        struct watch w;
        int status;

        json_start();
        hub_prepare(&h);
        hub_start(&h);
        muster = xstrdup(getenv("MUSTER"));
        dir = xstrdup(tmp ? tmp : "/tmp");
        url = xasprintf("http://127.0.0.1:%d/", h.port);
        AUTO_FREE char *keep = xasprintf("umask 077; echo %s >%s/token", h.writer, dir);
        if (system(keep) != 0)
                give_up("writing a token");
        found_desk("watcher");
        found_desk("other");
        start_watch(&w, NULL);
        test_arrival(&w);
        test_outage(&w, &h);
        status = end_watch(&w, SIGTERM);
        check(status == 0, "SIGTERM ends it cleanly", "status %d: %s", status, str_text(&w.said));
        str_finish(&w.said);
        for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
                start_watch(&w, NULL);
                desk("other", "note INC-0001 again");
                desk("other", "sync");
                check(wait_line(&w, "received"), "a watch begins anew", "%s", str_text(&w.said));
                status = end_watch(&w, signals[i]);
                check(status == 0, "and ends by a signal", "status %d", status);
                str_finish(&w.said);
        }
        test_json();
        kill(h.pid, SIGKILL);
        hub_wait(&h);
        start_watch(&w, NULL);
        check(wait_line(&w, "offline"), "without a hub it goes on, and says so", "%s",
              str_text(&w.said));
        status = end_watch(&w, SIGTERM);
        check(status == 1, "and ends with 1", "status %d", status);
        str_finish(&w.said);
        hub_finish(&h);
        free(muster);
        free(dir);
        free(url);
        return failures != 0;
}
