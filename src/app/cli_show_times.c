/*
 * How long the steps of a playbook took over its runs, as `show` has it.
 */
#include <stdio.h>

#include "base/json.h"
#include "base/str.h"
#include "play/times.h"

#include "app_private.h"

#define TEXT_MAX (1 << 20)

void print_playbook_times(const struct times_of_book *t)
{
        CLEANUP(str_finish) struct str text = {0};

        if (!t->taken)
                return;
        str_init(&text, TEXT_MAX);
        times_told(t, &text);
        printf("\ntimes of ");
        print_lines(str_text(&text), 0);
}

static void set_figure(struct json_t *obj, const struct times_figure *f)
{
        json_set_int(obj, "median", f->median_ms / 1000);
        json_set_int(obj, "longest", f->longest_ms / 1000);
}

void json_add_playbook_times(struct json_t *obj, const struct times_of_book *t)
{
        struct json_t *runs = json_new_obj(), *steps = json_new_list();

        json_set_int(runs, "started", (int64_t)t->taken);
        json_set_int(runs, "ended", (int64_t)t->runs.count);
        set_figure(runs, &t->runs);
        for (size_t i = 0; i < t->count; i++) {
                struct json_t *one = json_new_obj();

                json_set_text(one, "step", t->steps[i].step);
                json_set_text(one, "title", t->steps[i].title);
                json_set_int(one, "times", (int64_t)t->steps[i].took.count);
                set_figure(one, &t->steps[i].took);
                json_set_int(one, "expected", t->steps[i].expected_ms / 1000);
                json_push(steps, one);
        }
        json_set(obj, "runs", runs);
        json_set(obj, "times", steps);
}
