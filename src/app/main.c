#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "app/cli.h"
#include "base/crypt.h"
#include "base/process.h"
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

        process_close_doors();
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
