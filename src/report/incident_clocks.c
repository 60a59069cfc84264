/*
 * The clocks of law on an incident, as people read them: what is owed until when, what was filed
 * with whom, and whether in time.
 */
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"

#include "report_private.h"

#define CLOCK_BYTES 2000

static void add_filing(struct reading *r, struct str *out, const struct clock *c)
{
        static const struct {
                const char *detail, *before;
        } told[] = {{"authority", " with "}, {"channel", " by "}, {"reference", ", reference "}};

        str_addf(out, "filed %s", reading_stamp(r, c->filed_ms));
        for (size_t i = 0; c->filing && i < ARRAY_LEN(told); i++) {
                const char *said = act_detail(c->filing, told[i].detail);

                if (said && *said)
                        str_addf(out, "%s%s", told[i].before, said);
        }
        if (c->due_ms != CLOCK_NONE)
                str_addf(out, ", %s; it was due %s", c->in_time ? "in time" : "late",
                         reading_stamp(r, c->due_ms));
}

static void add_state(struct reading *r, struct str *out, const struct clock *c)
{
        int64_t now_ms = r->ctx->at_ms == CLOCK_NONE ? r->ctx->now_ms : r->ctx->at_ms;

        if (c->state == CLOCK_FILED) {
                add_filing(r, out, c);
        } else if (c->state == CLOCK_WAITS) {
                str_add(out, clock_why(c, r->a));
        } else {
                str_add(out, c->state == CLOCK_STOPPED ? "stopped" : "not filed");
                if (c->state == CLOCK_RUNNING && c->due_ms != CLOCK_NONE)
                        str_addf(out, ", %s %s", clock_is_late(c, now_ms) ? "was due" : "due",
                                 reading_stamp(r, c->due_ms));
        }
}

void read_clocks(struct reading *r)
{
        const struct clock_list *list = r->subject->clocks;
        struct report_section *s = section_add(r, "clocks", "Clocks of law", NULL);

        for (size_t i = 0; list && i < list->count; i++) {
                const struct clock *c = &list->clocks[i];
                CLEANUP(str_finish) struct str text = {0};

                str_init(&text, CLOCK_BYTES);
                if (c->rule)
                        str_addf(&text, "%s: ", c->rule->what);
                add_state(r, &text, c);
                item_add(r, s, c->label, str_text(&text));
        }
}
