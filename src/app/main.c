#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "app/cli.h"
#include "base/crypt.h"
#include "ui/term.h"

static bool is_utf8(void)
{
        return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* What C and POSIX have; and what is left where the locale is not installed. */
static bool is_plain_ascii(void)
{
        return strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0;
}

/* Only what characters are: numbers and times in documents know no locale. Where nothing better was
 * said UTF-8 is tried; whoever works in another character set gets ASCII. */
static bool set_locale(void)
{
        setlocale(LC_CTYPE, "");
        if (is_plain_ascii())
                setlocale(LC_CTYPE, "C.UTF-8");
        return is_utf8();
}

/* What the memory holds is marked; nobody else may get at it, dead or alive. */
static void close_doors(void)
{
        const struct rlimit none = {0, 0};

        umask(077);
        setrlimit(RLIMIT_CORE, &none);
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#ifndef MUSTER_ARENA_MALLOC /* debuggers and leak checkers look into such a build */
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
        signal(SIGPIPE, SIG_IGN);
}

/* A full disk behind stdout must not look like success. */
static int flush(int status)
{
        if (fflush(stdout) == 0 && !ferror(stdout))
                return status;
        app_say("writing to standard output failed");
        return status == DONE ? FAILED : status;
}

int main(int argc, char **argv)
{
        struct app app = {.cols = 120, .rows = 36};
        struct err err = {0};
        enum rc rc;
        int status;

        close_doors();
        mem_on_die(term_restore_raw);
        app.utf8 = set_locale();
        rc = crypt_start(&err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        arena_init(&app.arena);
        config_init(&app.config);
        status = flush(cli_run(&app, argc, argv));
        app_finish(&app);
        return status;
}
