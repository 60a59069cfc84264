/*
 * How long the steps of a playbook took over its runs, in words.
 */
#include "base/str.h"
#include "model/when.h"
#include "play/times.h"

static void tell_step(const struct times_of_step *s, struct str *out)
{
        char median[WHEN_BYTES], longest[WHEN_BYTES], expected[WHEN_BYTES] = "-";

        when_age(s->took.median_ms, median);
        when_age(s->took.longest_ms, longest);
        if (s->expected_ms)
                when_age(s->expected_ms, expected);
        str_addf(out, "%8s  %8s  %8s  %5zu  %s\n", median, longest, expected, s->took.count,
                 s->title);
}

void times_told(const struct times_of_book *t, struct str *out)
{
        char median[WHEN_BYTES], longest[WHEN_BYTES];

        str_addf(out, "%zu %s", t->taken, t->taken == 1 ? "run" : "runs");
        if (t->runs.count) {
                when_age(t->runs.median_ms, median);
                when_age(t->runs.longest_ms, longest);
                str_addf(out, ", %zu ended: median %s, longest %s", t->runs.count, median, longest);
        }
        str_add(out, "\n\n");
        if (t->count)
                str_addf(out, "%8s  %8s  %8s  %5s  %s\n", "median", "longest", "expected", "times",
                         "step, the slowest first");
        for (size_t i = 0; i < t->count; i++)
                tell_step(&t->steps[i], out);
}
