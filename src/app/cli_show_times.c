/*
 * How long the steps of a playbook took over its runs, as `show` has it.
 */
#include <stdio.h>

#include "base/json.h"
#include "model/when.h"
#include "ops/runs.h"

#include "app_private.h"

static bool read_times(struct ops *ops, const char *playbook, struct arena *a,
                       struct times_of_book *ret)
{
        return ops_playbook_times(ops, playbook, a, ret, NULL) == RC_OK && ret->taken;
}

static void print_step(const struct times_of_step *s)
{
        char median[WHEN_BYTES], longest[WHEN_BYTES], expected[WHEN_BYTES] = "-";

        when_age(s->took.median_ms, median);
        when_age(s->took.longest_ms, longest);
        if (s->expected_ms)
                when_age(s->expected_ms, expected);
        printf("  %8s %8s %8s %5zu  ", median, longest, expected, s->took.count);
        print_cell(s->title, 0);
        printf("\n");
}

void print_playbook_times(struct ops *ops, const char *playbook, struct arena *a)
{
        char median[WHEN_BYTES], longest[WHEN_BYTES];
        struct times_of_book t;

        if (!read_times(ops, playbook, a, &t))
                return;
        printf("\ntimes of %zu %s", t.taken, t.taken == 1 ? "run" : "runs");
        if (t.runs.count) {
                when_age(t.runs.median_ms, median);
                when_age(t.runs.longest_ms, longest);
                printf(", %zu ended: median %s, longest %s", t.runs.count, median, longest);
        }
        printf("\n");
        if (t.count)
                printf("  %8s %8s %8s %5s  %s\n", "median", "longest", "expected", "times",
                       "step, the slowest first");
        for (size_t i = 0; i < t.count; i++)
                print_step(&t.steps[i]);
}

static void set_figure(struct json_t *obj, const struct times_figure *f)
{
        json_set_int(obj, "median", f->median_ms / 1000);
        json_set_int(obj, "longest", f->longest_ms / 1000);
}

void json_add_playbook_times(struct json_t *obj, struct ops *ops, const char *playbook,
                             struct arena *a)
{
        struct json_t *runs = json_new_obj(), *steps = json_new_list();
        struct times_of_book t;

        if (!read_times(ops, playbook, a, &t))
                t = (struct times_of_book){.taken = 0};
        json_set_int(runs, "started", (int64_t)t.taken);
        json_set_int(runs, "ended", (int64_t)t.runs.count);
        set_figure(runs, &t.runs);
        for (size_t i = 0; i < t.count; i++) {
                struct json_t *one = json_new_obj();

                json_set_text(one, "step", t.steps[i].step);
                json_set_text(one, "title", t.steps[i].title);
                json_set_int(one, "times", (int64_t)t.steps[i].took.count);
                set_figure(one, &t.steps[i].took);
                json_set_int(one, "expected", t.steps[i].expected_ms / 1000);
                json_push(steps, one);
        }
        json_set(obj, "runs", runs);
        json_set(obj, "times", steps);
}
