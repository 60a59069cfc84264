/*
 * The hub of a demo: muster-hub as it stands beside this program, on a free port of this machine,
 * in the demo's own folder. What other units send goes to it, as it would come from them.
 */
#include "app/demo_hub.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/datadir.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "sync/http.h"

#define SAID_MAX   256 /* bytes of a line that it says */
#define SEND_MS    20000
#define STOP_LOOKS 500 /* of 10 ms */
#define REPLY_MAX  (1024 * 1024)

/* ---- the program ------------------------------------------------------------------------------
 */

/* What the terminal sends is for the console; who started it may be killed, and it ends then. */
static _Noreturn void become(const char *const argv[], int out)
{
        int null = open("/dev/null", O_RDWR | O_CLOEXEC);

        setsid();
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        dup2(null, STDIN_FILENO);
        dup2(out, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        execv(argv[0], (char *const *)(uintptr_t)argv); /* it changes none of them */
        _exit(127);
}

/* Starts it and reads its first line; "" where it says nothing. */
static enum rc start(const char *const argv[], pid_t *ret_pid, char line[SAID_MAX], struct err *err)
{
        size_t len = 0;
        int ends[2];

        if (pipe2(ends, O_CLOEXEC) != 0)
                return err_set(err, RC_FAIL, "pipe: %s", strerror(errno));
        *ret_pid = fork();
        if (*ret_pid == 0)
                become(argv, ends[1]);
        close(ends[1]);
        while (*ret_pid > 0 && len < SAID_MAX - 1 && read(ends[0], line + len, 1) == 1 &&
               line[len] != '\n')
                len++;
        line[len] = '\0';
        close(ends[0]);
        return *ret_pid > 0 ? RC_OK : err_set(err, RC_FAIL, "fork: %s", strerror(errno));
}

static enum rc wait_for(pid_t pid, struct err *err)
{
        int status = 0;

        while (waitpid(pid, &status, 0) < 0)
                if (errno != EINTR)
                        return err_set(err, RC_FAIL, "waitpid: %s", strerror(errno));
        return WIFEXITED(status) && WEXITSTATUS(status) == 0
                       ? RC_OK
                       : err_set(err, RC_FAIL, "muster-hub could not be set up");
}

/* A command that ends: its first line. */
static enum rc ask(const char *const argv[], char line[SAID_MAX], struct err *err)
{
        pid_t pid = -1;
        enum rc rc = start(argv, &pid, line, err);

        return rc == RC_OK ? wait_for(pid, err) : rc;
}

static enum rc set_up(struct demo_hub *hub, const char *program, const char *db, const char *dir,
                      struct err *err)
{
        char line[SAID_MAX];
        const char *const collection[] = {program,      "--db",     db,
                                          "collection", "add",      DEMO_HUB_COLLECTION,
                                          "--title",    "Exercise", NULL};
        const char *const token[] = {program,
                                     "--db",
                                     db,
                                     "token",
                                     "add",
                                     "demo",
                                     "--collection",
                                     DEMO_HUB_COLLECTION ":rw",
                                     NULL};
        enum rc rc = ask(collection, line, err);

        if (rc == RC_OK)
                rc = ask(token, line, err);
        if (rc != RC_OK)
                return rc;
        hub->token = xstrdup(line);
        hub->token_file = file_join(dir, "hub.token");
        return file_create(hub->token_file, line, strlen(line), err);
}

static enum rc serve(struct demo_hub *hub, const char *program, const char *db, struct err *err)
{
        static const char says[] = "listening on ";
        char line[SAID_MAX];
        const char *const argv[] = {program, "--db", db, "serve", "--listen", "127.0.0.1:0", NULL};
        enum rc rc = start(argv, &hub->pid, line, err);

        if (rc != RC_OK)
                return rc;
        if (strncmp(line, says, strlen(says)) != 0)
                return err_set(err, RC_FAIL, "muster-hub does not start");
        hub->url = xstrdup(line + strlen(says));
        return RC_OK;
}

enum rc demo_hub_start(const char *dir, struct demo_hub *ret, struct err *err)
{
        AUTO_FREE char *folder = datadir_program();
        AUTO_FREE char *program = folder ? file_join(folder, "muster-hub") : NULL;
        AUTO_FREE char *db = file_join(dir, "hub.db");
        struct demo_hub hub = {.pid = -1};
        enum rc rc;

        if (!program || access(program, X_OK) != 0)
                return err_set(err, RC_NOTFOUND, "there is no muster-hub beside this program");
        rc = set_up(&hub, program, db, dir, err);
        if (rc == RC_OK)
                rc = serve(&hub, program, db, err);
        if (rc == RC_OK)
                *ret = hub;
        else
                demo_hub_stop(&hub);
        return rc;
}

/* Whoever started it reaps it; who did not can only look whether it is there. */
static void wait_until_gone(pid_t pid)
{
        static const struct timespec brief = {.tv_nsec = 10000000};

        for (int i = 0; i < STOP_LOOKS && waitpid(pid, NULL, WNOHANG) != pid && kill(pid, 0) == 0;
             i++)
                nanosleep(&brief, NULL);
}

void demo_hub_stop(struct demo_hub *hub)
{
        if (hub->pid > 0 && kill(hub->pid, SIGTERM) == 0)
                wait_until_gone(hub->pid);
        free(hub->url);
        free(hub->token);
        free(hub->token_file);
        *hub = (struct demo_hub){.pid = -1};
}

/* ---- what is sent -----------------------------------------------------------------------------
 */

static void answered(void *ctx, const struct http_reply *reply)
{
        *(long *)ctx = reply->rc == RC_OK ? reply->status : -1;
}

static enum rc post(const struct demo_hub *hub, struct http *http, const struct str *envelope,
                    struct err *err)
{
        const struct http_auth auth = {.origin = hub->url, .bearer = hub->token};
        AUTO_FREE char *url =
                xasprintf("%sapi/collections/" DEMO_HUB_COLLECTION "/objects/", hub->url);
        int64_t ticket;
        long status = 0;
        enum rc rc = http_start(http,
                                &(struct http_request){.url = url,
                                                       .auth = &auth,
                                                       .body = envelope->s,
                                                       .body_len = envelope->len,
                                                       .body_max = REPLY_MAX,
                                                       .timeout_ms = SEND_MS},
                                answered, &status, &ticket, err);

        while (rc == RC_OK && status == 0)
                http_run(http, SEND_MS);
        return rc != RC_OK || status == 202
                       ? rc
                       : err_set(err, RC_FAIL, "the demo's hub answers %ld", status);
}

enum rc demo_hub_send(const struct demo_hub *hub, const struct str *list, struct err *err)
{
        CLEANUP(str_finish) struct str envelope = {0};
        struct http *http = NULL;
        enum rc rc = http_open(&http, err);

        if (rc != RC_OK)
                return rc;
        str_init(&envelope, list->len + 64);
        str_add(&envelope, "{\"objects\":");
        str_addn(&envelope, str_text(list), list->len);
        str_add(&envelope, "}");
        rc = post(hub, http, &envelope, err);
        http_close(http);
        return rc;
}
