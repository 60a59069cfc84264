/*
 * From a key in one console to its effect on the screen of another, through a hub: both are real,
 * each in a terminal of its own.
 *
 *   relay DATABASE OTHER COUNT TITLE  ->  samples= p50_ms= p99_ms= max_ms=
 *
 * In the one the severity of the incident with that title is set, which the cursor is on; the time
 * is from the key that sets it to the moment when the other's screen shows the word in its row.
 * MUSTER is the program. Fails where a change never came.
 */
#include <vterm.h>

#include "../screens/pty.h"

#define SAMPLES_MAX 10000

/* As the list shows them, with their sign: a notice has the word only. */
static const struct level {
        const char *key, *shown;
} levels[] = {{"c", "\xe2\x97\x86 "
                    "CRIT"},
              {"l", "\xe2\x97\x8b "
                    "LOW"}};

static bool row_shows(struct console *c, const char *title, const char *word)
{
        for (int row = 0; row < c->rows; row++)
                if (on_row(c, row, title) && on_row(c, row, word))
                        return true;
        return false;
}

/* What either console writes is read at once, as by a terminal. */
static void take_both(struct console *a, struct console *b)
{
        struct pollfd fds[] = {{.fd = a->fd, .events = POLLIN}, {.fd = b->fd, .events = POLLIN}};
        poll(fds, 2, 100);
        take(a, 0);
        take(b, 0);
}

static double measure(struct console *a, struct console *b, const struct level *level,
                      const char *title)
{
        type(a, "s");
        if (!wait_for(a, "Severity of", true))
                return -1;
        double began = now_ms();
        type(a, level->key);
        while (!row_shows(b, title, level->shown)) {
                if (now_ms() - began > WAIT_MS)
                        return -1;
                take_both(a, b);
        }
        double took = now_ms() - began;
        return wait_for(a, "Severity of", false) ? took : -1;
}

static int by_value(const void *a, const void *b)
{
        double x = *(const double *)a, y = *(const double *)b;
        return (x > y) - (x < y);
}

static void open_console(struct console *c, char *path, const char *title)
{
        db = path;
        start(c, 80, 24); /* no pane beside the list says the word too */
        if (!wait_for(c, title, true) || !wait_for(c, "LIVE", true)) {
                dump(c);
                exit(1);
        }
}

int main(int argc, char **argv)
{
        static double samples[SAMPLES_MAX];
        struct console a, b;
        size_t count, n = 0;
        muster = getenv("MUSTER");
        if (argc != 5 || !muster)
                return 2;
        count = strtoul(argv[3], NULL, 10);
        open_console(&a, argv[1], argv[4]);
        open_console(&b, argv[2], argv[4]);
        while (n < count && n < SAMPLES_MAX) {
                samples[n] = measure(&a, &b, &levels[n % 2], argv[4]);
                if (samples[n] < 0) {
                        dump(&a);
                        dump(&b);
                        break;
                }
                n++;
        }
        stop(&a);
        stop(&b);
        qsort(samples, n, sizeof(samples[0]), by_value);
        printf("samples=%zu p50_ms=%.1f p99_ms=%.1f max_ms=%.1f\n", n, n ? samples[n / 2] : 0,
               n ? samples[n * 99 / 100] : 0, n ? samples[n - 1] : 0);
        return n == count ? 0 : 1;
}
