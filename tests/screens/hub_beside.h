/*
 * A muster-hub beside the consoles of pty.h, with one collection, that can fall silent (SIGSTOP),
 * be killed, and come back where it was.
 */
#ifndef MUSTER_TESTS_HUB_BESIDE_H
#define MUSTER_TESTS_HUB_BESIDE_H

#include <stdarg.h>

#include "pty.h"

static pid_t hub;
static char place[32] = "127.0.0.1:0";

/* Waits for the line that says where it listens; where it did before, if it did. */
static inline void start_hub(void)
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

static inline bool shell(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static inline bool shell(const char *fmt, ...)
{
        char command[8192];
        va_list args;

        va_start(args, fmt);
        vsnprintf(command, sizeof(command), fmt, args);
        va_end(args);
        return system(command) == 0;
}

/* Reports what is skipped where there is none. */
static inline bool there_is_a_hub(const char *what)
{
        AUTO_FREE char *program = xasprintf("%s-hub", muster);

        if (access(program, X_OK) == 0)
                return true;
        printf("ok %s # SKIP there is no muster-hub\n", what);
        return false;
}

/* Its database, the collection "room", and a token in the file "token". */
static inline void found_hub(void)
{
        check(NULL,
              shell("umask 077; h='%s-hub --db %s/hub.db'; $h collection add room --title Room "
                    ">/dev/null && $h token add duty --collection room:rw >%s/token",
                    muster, work, work),
              "a hub is founded");
}

/* The hub as a remote of the database `db`. */
static inline void add_remote(const char *who)
{
        check(NULL,
              shell("%s --db %s --as %s remote add room http://%s/ --collection room "
                    "--token-file %s/token --ceiling red 2>/dev/null",
                    muster, db, who, place, work),
              "the console has a remote");
}

#endif
