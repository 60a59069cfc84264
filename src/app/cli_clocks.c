/*
 * The clocks of one incident, with the text of their rules and how the due times follow.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "model/clocks.h"

#include "app_private.h"

#define LABEL_COLUMNS 16
#define WRAP_COLUMNS  80

static struct json_t *json_of_clock(const struct clock *c, struct arena *a)
{
        static const char *const details[] = {"authority", "channel", "reference", "items", "by"};
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "rule", c->rule_id);
        json_set_text(obj, "label", c->label);
        json_set_text(obj, "state", enum_id(&enum_clock, (int)c->state));
        json_set_time_or_null(obj, "anchor", c->anchor_ms);
        json_set_time_or_null(obj, "due", c->due_ms);
        json_set_time_or_null(obj, "filed", c->filed_ms);
        if (c->state == CLOCK_FILED)
                json_set_bool(obj, "in_time", c->in_time);
        for (size_t i = 0; c->filing && i < ARRAY_LEN(details); i++)
                json_set_text(obj, details[i], act_detail(c->filing, details[i]));
        if (c->rule) {
                json_set_text(obj, "text", c->rule->text);
                json_set_text(obj, "source", c->rule->regime->source);
                json_set_text(obj, "note", c->rule->note);
        }
        json_set_text(obj, "why", clock_why(c, a));
        return obj;
}

struct json_t *json_of_clocks(const struct clock_list *list, struct arena *a)
{
        struct json_t *out = json_new_list();

        for (size_t i = 0; i < list->count; i++)
                json_push(out, json_of_clock(&list->clocks[i], a));
        return out;
}

/* ---- text ---------------------------------------------------------------------------------- */

static void print_indented(void *ctx, const char *line, size_t len)
{
        (void)ctx;
        printf("%*s%.*s\n", LABEL_COLUMNS + 2, "", (int)len, line);
}

static void print_wrapped(const char *text)
{
        AUTO_FREE char *clean = text_clean(text, strlen(text), false);

        text_wrap(clean, WRAP_COLUMNS, print_indented, NULL);
}

static const char *moment(int64_t ms, struct arena *a)
{
        char stamp[STAMP_BYTES];

        stamp_format_s(ms, stamp);
        return arena_strdup(a, stamp);
}

static void print_clock(const struct clock *c, struct arena *a)
{
        const char *state = enum_id(&enum_clock, (int)c->state);

        print_cell(c->label, LABEL_COLUMNS);
        printf("  %s", state);
        if (c->due_ms != CLOCK_NONE)
                printf(", due %s", moment(c->due_ms, a));
        if (c->state == CLOCK_FILED)
                printf(", filed %s, %s", moment(c->filed_ms, a), c->in_time ? "in time" : "late");
        else if (clock_is_late(c, clock_now_ms()))
                printf(", late");
        printf("\n");
        if (c->state == CLOCK_FILED && clock_filing_told(c, a))
                print_wrapped(clock_filing_told(c, a));
        if (c->state == CLOCK_FILED && clock_content_told(c, a))
                print_wrapped(clock_content_told(c, a));
        if (c->rule)
                print_wrapped(c->rule->text);
        print_wrapped(clock_why(c, a));
        if (c->rule && c->rule->note)
                print_wrapped(arena_printf(a, "note: %s", c->rule->note));
}

void print_clocks(const struct clock_list *list, struct arena *a)
{
        if (list->count)
                printf("\n");
        for (size_t i = 0; i < list->count; i++)
                print_clock(&list->clocks[i], a);
}
