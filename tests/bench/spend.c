/*
 * What a command costs: wall time, processor time and peak memory. And what a bare fsync costs
 * here, and a bare loop: what this machine makes of a program that answers keys in that time.
 *
 *   spend COMMAND [ARG...]  ->  "wall_ms=... cpu_ms=... rss_kb=... status=..."
 *   spend --fsync FILE      ->  "p50_ms=... p99_ms=..." of 200 appends of 4 KiB, each with its
 *                               fdatasync
 *   spend --loop MS         ->  "p50_ms=... p99_ms=..." of 200 loops that take MS in a register, no
 *                               memory and no system call in them, each after a rest of 32 ms
 */
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SAMPLES    200
#define REST_MS    32
#define LOOP_PROBE 100000 /* turns that tell how long one takes */

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

static void tell(double *ms)
{
        qsort(ms, SAMPLES, sizeof(ms[0]), by_value);
        printf("p50_ms=%.2f p99_ms=%.2f\n", ms[SAMPLES / 2], ms[SAMPLES * 99 / 100]);
}

static int fsyncs(const char *path)
{
        static char page[4096];
        double ms[SAMPLES];
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        for (int i = 0; i < SAMPLES; i++) {
                double began = now_ms();
                if (write(fd, page, sizeof(page)) < 0 || fdatasync(fd) != 0)
                        return 1;
                ms[i] = now_ms() - began;
        }
        close(fd);
        unlink(path);
        tell(ms);
        return 0;
}

static uint64_t turn(uint64_t x, long turns)
{
        for (long i = 0; i < turns; i++) {
                x ^= x << 13;
                x ^= x >> 7;
                x ^= x << 17;
        }
        return x;
}

static double loop_ms(long turns)
{
        static volatile uint64_t sink = 1;
        double began = now_ms();

        sink = turn(sink, turns);
        return now_ms() - began;
}

static int loops(double each)
{
        double ms[SAMPLES], probe[SAMPLES];

        for (int i = 0; i < SAMPLES; i++)
                probe[i] = loop_ms(LOOP_PROBE);
        qsort(probe, SAMPLES, sizeof(probe[0]), by_value);
        for (int i = 0; i < SAMPLES; i++) {
                poll(NULL, 0, REST_MS);
                ms[i] = loop_ms((long)(each / probe[SAMPLES / 2] * LOOP_PROBE));
        }
        tell(ms);
        return 0;
}

int main(int argc, char **argv)
{
        if (argc == 3 && strcmp(argv[1], "--fsync") == 0)
                return fsyncs(argv[2]);
        if (argc == 3 && strcmp(argv[1], "--loop") == 0)
                return loops(strtod(argv[2], NULL));
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
