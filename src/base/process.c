#include "base/process.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "base/clock.h"

#define WORK_NS   500000
#define BREATH_NS 50000

void process_close_doors(void)
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

void process_breathe(int64_t *rested_ns)
{
        static const struct timespec brief = {.tv_nsec = BREATH_NS};

        if (clock_mono_ns() - *rested_ns < WORK_NS)
                return;
        nanosleep(&brief, NULL);
        *rested_ns = clock_mono_ns();
}
