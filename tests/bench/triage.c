/*
 * A triage by key script, measured from inside: what the program itself takes of the processor for
 * one incident: its four keys, what is saved and what is read for the next one. As in a key script
 * no picture is made between the keys.
 *
 *   triage DATABASE COUNT
 *
 * Prints: acked=N cpu_p50_ms cpu_p99_ms. Fails where not all were acknowledged.
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

#define KEYS "cama" /* severity, class, owner, acknowledged */

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

int main(int argc, char **argv)
{
        struct app app = {.operator= "bench", .utf8 = true, .config.motion = true};
        struct ops ops;
        struct err err = {0};
        if (argc != 3)
                return 2;
        size_t count = strtoul(argv[2], NULL, 10);
        app.db = argv[1];
        if (app_load_data(&app, &err) != RC_OK ||
            app_open(&app, APP_WRITE, false, &ops, &err) != RC_OK)
                return fail(argv[1], &err);
        struct ui *ui = console_create(&app, &ops, NULL, 200, 60, &err);
        if (!ui)
                return fail("the console", &err);
        double *samples = xcalloc(count + 1, sizeof(*samples));
        press(ui, 'T');
        int64_t before = unacked(&ops);
        for (size_t i = 0; i < count; i++) {
                double began = cpu_ms();
                for (const char *key = KEYS; *key; key++)
                        press(ui, *key);
                samples[i] = cpu_ms() - began;
                store_checkpoint(ops.store); /* as the loop does while nobody types */
        }
        int64_t acked = before - unacked(&ops);
        qsort(samples, count, sizeof(*samples), by_value);
        printf("acked=%" PRId64 " cpu_p50_ms=%.2f cpu_p99_ms=%.2f\n", acked, samples[count / 2],
               samples[count * 99 / 100]);
        free(samples);
        ui_destroy(ui);
        ops_close(&ops);
        app_finish(&app);
        return acked == (int64_t)count ? 0 : 1;
}
