/*
 * What a command costs: wall time, processor time and peak memory. And what a bare fsync costs
 * here.
 *
 *   spend COMMAND [ARG...]  ->  "wall_ms=... cpu_ms=... rss_kb=... status=..."
 *   spend --fsync FILE      ->  "p50_ms=... p99_ms=..." of 200 appends of 4 KiB, each with its
 * fdatasync
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SYNCS 200

static double now_ms(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
        double x = *(const double *)a, y = *(const double *)b;
        return (x > y) - (x < y);
}

static int fsyncs(const char *path)
{
        static char page[4096];
        double ms[SYNCS];
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        for (int i = 0; i < SYNCS; i++) {
                double began = now_ms();
                if (write(fd, page, sizeof(page)) < 0 || fdatasync(fd) != 0)
                        return 1;
                ms[i] = now_ms() - began;
        }
        close(fd);
        unlink(path);
        qsort(ms, SYNCS, sizeof(ms[0]), by_value);
        printf("p50_ms=%.2f p99_ms=%.2f\n", ms[SYNCS / 2], ms[SYNCS * 99 / 100]);
        return 0;
}

int main(int argc, char **argv)
{
        if (argc == 3 && strcmp(argv[1], "--fsync") == 0)
                return fsyncs(argv[2]);
        if (argc < 2)
                return 2;
        double began = now_ms();
        pid_t pid = fork();
        if (pid == 0) {
                int null = open("/dev/null", O_WRONLY);
                dup2(null, 1);
                execvp(argv[1], argv + 1);
                _exit(127);
        }
        int status = 0;
        struct rusage use;
        wait4(pid, &status, 0, &use);
        double cpu = (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e3 +
                     (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e3;
        printf("wall_ms=%.0f cpu_ms=%.0f rss_kb=%ld status=%d\n", now_ms() - began, cpu,
               use.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128);
        return 0;
}
