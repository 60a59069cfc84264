/*
 * A triage by key script, measured from inside: what the program itself takes of the processor for
 * one incident: its four keys, what is saved and what is read for the next one. As in a key script
 * no picture is made between the keys.
 *
 *   triage COUNT DATABASE...
 *
 * The databases are copies of one: of each incident the median of its times is taken, then the
 * percentiles (see pty.c). Prints: acked=N cpu_p50_ms cpu_p99_ms. Fails where not all were
 * acknowledged.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/console.h"
#include "base/clock.h"
#include "base/mem.h"
#include "store/query.h"
#include "ui/ui.h"

#define KEYS       "cama" /* severity, class, owner, acknowledged */
#define ROUNDS_MAX 9

static double cpu_ms(void)
{
        struct timespec t;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void press(struct ui *ui, int32_t chord)
{
        ui_chord(ui, chord);
        while (ui_work(ui, NULL, NULL))
                ;
}

static int by_value(const void *a, const void *b)
{
        double x = *(const double *)a, y = *(const double *)b;
        return (x > y) - (x < y);
}

static int64_t unacked(struct ops *ops)
{
        int64_t n = 0;
        query_count_marks(ops->store, &kind_incident, MARK_UNACKED, &n, NULL);
        return n;
}

static int fail(const char *what, const struct err *err)
{
        fprintf(stderr, "triage: %s: %s\n", what, err->text);
        return 1;
}

/* One after the other; false: not all were acknowledged. */
static bool clear_queue(struct ui *ui, struct ops *ops, size_t count, double *ret_ms)
{
        int64_t before = unacked(ops);
        press(ui, 'T');
        for (size_t i = 0; i < count; i++) {
                double began = cpu_ms();
                for (const char *key = KEYS; *key; key++)
                        press(ui, *key);
                ret_ms[i] = cpu_ms() - began;
                store_checkpoint(ops->store); /* as the loop does while nobody types */
        }
        return before - unacked(ops) == (int64_t)count;
}

static int measure(const char *db, size_t count, double *ret_ms)
{
        struct app app = {.operator= "bench", .utf8 = true, .config.motion = true, .db = db};
        struct ops ops;
        struct err err = {0};
        if (app_load_data(&app, &err) != RC_OK ||
            app_open(&app, APP_WRITE, false, &ops, &err) != RC_OK)
                return fail(db, &err);
        struct ui *ui = console_create(&app, &ops, NULL, 200, 60, &err);
        if (!ui)
                return fail("the console", &err);
        bool all = clear_queue(ui, &ops, count, ret_ms);
        ui_destroy(ui);
        ops_close(&ops);
        app_finish(&app);
        if (!all)
                fprintf(stderr, "triage: %s: not all were acknowledged\n", db);
        return all ? 0 : 1;
}

static double median_at(double *const *rounds, size_t round_count, size_t i)
{
        double values[ROUNDS_MAX];
        for (size_t r = 0; r < round_count; r++)
                values[r] = rounds[r][i];
        qsort(values, round_count, sizeof(*values), by_value);
        return values[(round_count - 1) / 2];
}

int main(int argc, char **argv)
{
        double *rounds[ROUNDS_MAX];
        size_t count = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
        size_t round_count = argc > 2 ? (size_t)argc - 2 : 0;
        if (!count || round_count > ROUNDS_MAX)
                return 2;
        for (size_t r = 0; r < round_count; r++) {
                rounds[r] = xcalloc(count, sizeof(**rounds));
                if (measure(argv[2 + r], count, rounds[r]) != 0)
                        return 1;
        }
        double *samples = xcalloc(count, sizeof(*samples));
        for (size_t i = 0; i < count; i++)
                samples[i] = median_at(rounds, round_count, i);
        qsort(samples, count, sizeof(*samples), by_value);
        printf("acked=%zu cpu_p50_ms=%.2f cpu_p99_ms=%.2f\n", count, samples[count / 2],
               samples[count * 99 / 100]);
        for (size_t r = 0; r < round_count; r++)
                free(rounds[r]);
        free(samples);
        return 0;
}
