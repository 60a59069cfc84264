/*
 * Measures a terminal program from outside, through a pseudo-terminal: time to its first complete
 * frame, time from a key to the last byte of its frame, processor time, memory, and what it costs
 * while nothing happens.
 *
 *   pty [-s COLSxROWS] [-p KEYS] [-k KEYS] [-n COUNT] [-c] [-v] [-i SECONDS] [-g MS] [-e KEYS]
 *       -- COMMAND...
 *
 * -p: keys sent before measuring; -k: measured keys, in a circle; -e: keys that end it; -i: idle
 * seconds measured. KEYS: characters as they are, \e \r \t \xHH, <Down> <Up> <PgDn> <PgUp> <Home>
 * <End> <Left> <Right>. With -c all keys of -k are one sample: its time is the sum of theirs; -v
 * tells each sample on stderr. Prints one line: start_ms rss_kb keys silent stolen_ms p50_ms p99_ms
 * max_ms cpu_p50_ms cpu_p99_ms bytes_per_key idle_wakeups idle_cpu_ms; cpu_ms is what the program
 * used of the processor (user and system) from a sample's first key until it was quiet again, what
 * it put off until no key waits included. stolen_ms is what the host of a virtual machine took of
 * all processors meanwhile: it is in every figure. Idle begins 4 s after the last key: what a
 * program puts off until nobody types, once, is done by then.
 *
 * A frame is over when no byte came for 30 ms (start: 250 ms), or for the -g MS given; the time
 * counted ends at its last byte. A program that also paints by itself does so in frames of its own,
 * 33 ms after a key's at the earliest: a gap below that tells the two apart.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define KEYS_MAX    256
#define SAMPLES_MAX 20000
#define QUIET_MS    30
#define START_MS    250
#define LIMIT_MS    20000
#define SETTLE_MS   4000

struct keys {
        char bytes[KEYS_MAX][8];
        size_t count;
};

struct meter {
        int fd;
        pid_t pid;
        clockid_t cpu; /* of the program */
        size_t bytes;
        char tail[4096]; /* to answer what the program asks the terminal */
};

static double now_ms(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void die(const char *what)
{
        fprintf(stderr, "pty: %s: %s\n", what, strerror(errno));
        exit(1);
}

static size_t named_key(const char *s, char out[8])
{
        static const char *const names[][2] = {
                {"<Down>", "\033OB"},  {"<Up>", "\033OA"},   {"<PgDn>", "\033[6~"},
                {"<PgUp>", "\033[5~"}, {"<Home>", "\033OH"}, {"<End>", "\033OF"},
                {"<Right>", "\033OC"}, {"<Left>", "\033OD"},
        };
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
                size_t len = strlen(names[i][0]);
                if (strncmp(s, names[i][0], len) == 0) {
                        snprintf(out, 8, "%s", names[i][1]);
                        return len;
                }
        }
        return 0;
}

static size_t escaped_key(const char *s, char out[8])
{
        if (s[0] != '\\' || !s[1])
                return 0;
        out[1] = '\0';
        switch (s[1]) {
        case 'e': out[0] = 27; return 2;
        case 'r': out[0] = '\r'; return 2;
        case 't': out[0] = '\t'; return 2;
        case 'x': out[0] = (char)strtol((char[]){s[2], s[3], 0}, NULL, 16); return 4;
        default: out[0] = s[1]; return 2;
        }
}

static void read_keys(const char *s, struct keys *k)
{
        while (*s && k->count < KEYS_MAX) {
                char *out = k->bytes[k->count++];
                size_t used = named_key(s, out);
                if (!used)
                        used = escaped_key(s, out);
                if (!used) {
                        out[0] = *s;
                        out[1] = '\0';
                        used = 1;
                }
                s += used;
        }
}

/* Terminal questions that programs wait for: device attributes and cursor position. */
static void answer(struct meter *m, const char *buf)
{
        if (strstr(buf, "\033[c") || strstr(buf, "\033[0c"))
                (void)!write(m->fd, "\033[?62;22c", 9);
        if (strstr(buf, "\033[6n"))
                (void)!write(m->fd, "\033[1;1R", 6);
}

/* Reads until it is quiet for `quiet` ms; gives back the time of the last byte, or 0 where none
 * came. */
static double read_frame(struct meter *m, int quiet)
{
        double last = 0, began = now_ms();
        for (;;) {
                struct pollfd p = {.fd = m->fd, .events = POLLIN};
                int wait = last > 0 ? quiet : quiet > 1000 ? quiet : 1000;
                if (poll(&p, 1, wait) <= 0 || now_ms() - began > LIMIT_MS)
                        return last;
                ssize_t n = read(m->fd, m->tail, sizeof(m->tail) - 1);
                if (n <= 0)
                        return last;
                last = now_ms();
                m->tail[n] = '\0';
                m->bytes += (size_t)n;
                answer(m, m->tail);
        }
}

/* What comes after a frame, until it is quiet: nobody's key. */
static void drain(struct meter *m)
{
        struct pollfd p = {.fd = m->fd, .events = POLLIN};
        while (poll(&p, 1, QUIET_MS) > 0 && read(m->fd, m->tail, sizeof(m->tail) - 1) > 0)
                ;
}

static long status_value(pid_t pid, const char *name)
{
        char path[64], line[256];
        long value = -1;
        snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
        FILE *f = fopen(path, "r");
        while (f && fgets(line, sizeof(line), f))
                if (strncmp(line, name, strlen(name)) == 0)
                        value = strtol(line + strlen(name), NULL, 10);
        if (f)
                fclose(f);
        return value;
}

static long cpu_ticks(pid_t pid)
{
        char path[64], text[1024] = "";
        snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
        FILE *f = fopen(path, "r");
        if (f) {
                (void)!fread(text, 1, sizeof(text) - 1, f);
                fclose(f);
        }
        char *at = strrchr(text, ')');
        for (int field = 2; at && field < 14; field++)
                at = strchr(at + 1, ' ');
        if (!at)
                return 0;
        char *end;
        long user = strtol(at, &end, 10);
        return user + strtol(end, NULL, 10);
}

/* "steal" of /proc/stat, of all processors since the start; in steps of a tick. */
static double stolen_ms(void)
{
        long ticks = 0;
        FILE *f = fopen("/proc/stat", "r");
        if (f && fscanf(f, "cpu %*d %*d %*d %*d %*d %*d %*d %ld", &ticks) != 1)
                ticks = 0;
        if (f)
                fclose(f);
        return (double)ticks * 1e3 / (double)sysconf(_SC_CLK_TCK);
}

static int by_value(const void *a, const void *b)
{
        double x = *(const double *)a, y = *(const double *)b;
        return (x > y) - (x < y);
}

static double measure_key(struct meter *m, const char *key, int gap)
{
        double began = now_ms();
        if (write(m->fd, key, strlen(key)) < 0)
                die("write");
        double last = read_frame(m, gap);
        drain(m);
        return last > 0 ? last - began : -1;
}

static double cpu_ms(const struct meter *m)
{
        struct timespec t = {0};
        clock_gettime(m->cpu, &t);
        return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Keys that are one sample: what they took together. False: one of them painted nothing. */
static bool measure_sample(struct meter *m, const struct keys *keys, size_t first, size_t count,
                           int gap, double *ret_ms, double *ret_cpu)
{
        double ms = 0, cpu = cpu_ms(m);
        bool painted = true;
        for (size_t i = 0; i < count; i++) {
                double one = measure_key(m, keys->bytes[(first + i) % keys->count], gap);
                painted = painted && one >= 0;
                ms += one;
        }
        *ret_ms = ms;
        *ret_cpu = cpu_ms(m) - cpu;
        return painted;
}

static void start(struct meter *m, char *const *argv, int cols, int rows)
{
        struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
        m->pid = forkpty(&m->fd, NULL, NULL, &size);
        if (m->pid < 0)
                die("forkpty");
        if (m->pid == 0) {
                setenv("TERM", "xterm-256color", 1);
                execvp(argv[0], argv);
                _exit(127);
        }
        if (clock_getcpuclockid(m->pid, &m->cpu) != 0)
                die("clock_getcpuclockid");
}

static void stop(struct meter *m, const struct keys *end)
{
        for (size_t i = 0; i < end->count; i++)
                (void)!write(m->fd, end->bytes[i], strlen(end->bytes[i]));
        for (int i = 0; i < 100; i++) {
                struct pollfd p = {.fd = m->fd, .events = POLLIN};
                if (poll(&p, 1, 20) > 0 && read(m->fd, m->tail, sizeof(m->tail) - 1) <= 0)
                        break;
                if (waitpid(m->pid, NULL, WNOHANG) == m->pid)
                        return;
        }
        kill(m->pid, SIGTERM);
        usleep(100000);
        kill(m->pid, SIGKILL);
        waitpid(m->pid, NULL, 0);
}

static void watch(struct meter *m, double ms)
{
        double end = now_ms() + ms;
        while (now_ms() < end) {
                struct pollfd p = {.fd = m->fd, .events = POLLIN};
                if (poll(&p, 1, 100) > 0 && read(m->fd, m->tail, sizeof(m->tail) - 1) <= 0)
                        break;
        }
}

static void idle(struct meter *m, int seconds, long *ret_wakeups, double *ret_cpu_ms)
{
        watch(m, SETTLE_MS);
        long switches = status_value(m->pid, "voluntary_ctxt_switches:"), ticks = cpu_ticks(m->pid);
        watch(m, seconds * 1e3);
        *ret_wakeups = status_value(m->pid, "voluntary_ctxt_switches:") - switches;
        *ret_cpu_ms = (double)(cpu_ticks(m->pid) - ticks) * 1e3 / (double)sysconf(_SC_CLK_TCK);
}

int main(int argc, char **argv)
{
        static double samples[SAMPLES_MAX], cpus[SAMPLES_MAX];
        static struct keys before, measured, end;
        int cols = 200, rows = 60, count = 0, seconds = 0, gap = QUIET_MS, opt;
        bool chain = false, says_each = false;
        while ((opt = getopt(argc, argv, "+s:p:k:n:ci:g:e:v")) != -1) {
                char *x = NULL;
                switch (opt) {
                case 's':
                        cols = (int)strtol(optarg, &x, 10);
                        rows = (int)strtol(x + 1, NULL, 10);
                        break;
                case 'p': read_keys(optarg, &before); break;
                case 'k': read_keys(optarg, &measured); break;
                case 'e': read_keys(optarg, &end); break;
                case 'n': count = (int)strtol(optarg, NULL, 10); break;
                case 'c': chain = true; break;
                case 'v': says_each = true; break;
                case 'g': gap = (int)strtol(optarg, NULL, 10); break;
                case 'i': seconds = (int)strtol(optarg, NULL, 10); break;
                default: return 2;
                }
        }
        struct meter m = {0};
        double began = now_ms();
        start(&m, argv + optind, cols, rows);
        double first = read_frame(&m, START_MS) - began;
        for (size_t i = 0; i < before.count; i++)
                measure_key(&m, before.bytes[i], QUIET_MS);
        size_t n = 0, silent = 0, bytes = m.bytes;
        double stolen = stolen_ms();
        for (int i = 0; measured.count && i < count && n < SAMPLES_MAX; i++) {
                size_t from = chain ? 0 : (size_t)i, many = chain ? measured.count : 1;
                bool painted =
                        measure_sample(&m, &measured, from, many, gap, &samples[n], &cpus[n]);
                if (says_each)
                        fprintf(stderr, "%d ms=%.2f cpu_ms=%.2f\n", i, samples[n], cpus[n]);
                n += painted;
                silent += !painted;
        }
        bytes = m.bytes - bytes;
        stolen = stolen_ms() - stolen;
        long wakeups = 0;
        double cpu = 0;
        if (seconds)
                idle(&m, seconds, &wakeups, &cpu);
        long rss = status_value(m.pid, "VmRSS:");
        stop(&m, &end);
        qsort(samples, n, sizeof(samples[0]), by_value);
        qsort(cpus, n, sizeof(cpus[0]), by_value);
        printf("start_ms=%.1f rss_kb=%ld keys=%zu silent=%zu stolen_ms=%.0f p50_ms=%.2f "
               "p99_ms=%.2f max_ms=%.2f "
               "cpu_p50_ms=%.2f cpu_p99_ms=%.2f bytes_per_key=%zu idle_wakeups=%ld "
               "idle_cpu_ms=%.0f\n",
               first, rss, n, silent, stolen, n ? samples[n / 2] : 0, n ? samples[n * 99 / 100] : 0,
               n ? samples[n - 1] : 0, n ? cpus[n / 2] : 0, n ? cpus[n * 99 / 100] : 0,
               n ? bytes / n : 0, wakeups, cpu);
        return 0;
}
