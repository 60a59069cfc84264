/*
 * The PostgreSQL that a test was started with, if any (tests/postgres.sh).
 */
#ifndef TESTS_POSTGRES_H
#define TESTS_POSTGRES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What postgres.sh prints, without the line's end; NULL where it fails. The caller's. */
__attribute__((unused)) static char *postgres_run(const char *what)
{
        AUTO_FREE char *command = xasprintf("sh '%s/postgres.sh' %s", getenv("MUSTER_TESTS"), what);
        char text[1024] = "";
        FILE *f = popen(command, "re");
        size_t len = f ? fread(text, 1, sizeof(text) - 1, f) : 0;

        if (!f || pclose(f) != 0)
                return NULL;
        text[len] = '\0';
        text[strcspn(text, "\n")] = '\0';
        return xstrdup(text);
}

/* The address of a new database; NULL: this run is not on PostgreSQL. The caller's. */
__attribute__((unused)) static char *postgres_fresh(void)
{
        const char *dir = getenv("MUSTER_POSTGRES");

        return dir && *dir ? postgres_run("fresh") : NULL;
}

#endif
