#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/crypt.h"
#include "base/json.h"
#include "hub/hub_cli.h"

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

int main(int argc, char **argv)
{
        struct err err = {0};
        int status;

        close_doors();
        json_start();
        if (crypt_start(&err) != RC_OK) {
                fprintf(stderr, "muster-hub: %s\n", err.text);
                return 1;
        }
        status = hub_cli_run(argc, argv);
        if (fflush(stdout) == 0 && !ferror(stdout))
                return status;
        fprintf(stderr, "muster-hub: writing to standard output failed\n");
        return status ? status : 1;
}
