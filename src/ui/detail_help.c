/*
 * The tab Resources of an incident: what was asked for, and who and what goes there, until when.
 */
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/machine.h"
#include "model/when.h"
#include "ui/detail_parts.h"

#define LINE_BYTES 400
#define NAMED_MAX  6 /* of a deployment; the others are counted */

/* ---- reading ---- */

/* "CERT-RO EXP-0001 Ana Ionescu, ...": who goes. */
static void add_resources(struct ui *ui, const struct thing *t, struct str *line)
{
        const struct value *v = thing_value(t, "resources");
        for (size_t i = 0; i < v->count && i < NAMED_MAX; i++) {
                CLEANUP(arena_finish) struct arena a = {0};
                struct row row;
                if (thing_by_id(ui_ops(ui)->store, v->items[i], &a, &row, NULL) != RC_OK)
                        continue;
                const char *name = thing_text(&row.thing, row.thing.kind->title);
                str_addf(line, "%s%s %s", i ? ", " : ": ", row.ref, name ? name : "");
        }
        if (v->count > NAMED_MAX)
                str_addf(line, ", %zu more", v->count - NAMED_MAX);
}

static void add_text(const struct thing *t, const char *field, const char *before, struct str *line)
{
        const char *text = thing_text(t, field);
        if (text && *text)
                str_addf(line, "%s%s", before, text);
}

static void add_time(struct ui *ui, const struct thing *t, const char *field, struct str *line)
{
        int64_t ms = thing_ms(t, field);
        char when[WHEN_BYTES];
        if (ms == CLOCK_NONE)
                return;
        when_show(ms, ui_now_ms(ui), when);
        str_addf(line, ", %s %s", field, when);
}

/* "operational, Ghent, until Mon 13:04Z: NL EXP-0002 Driss Amezrou" */
static const char *line_of(struct ui *ui, const struct row *row, struct arena *a)
{
        const struct thing *t = &row->thing;
        const struct machine *m = machine_of(t->kind);
        CLEANUP(str_finish) struct str line = {0};
        str_init(&line, LINE_BYTES);
        str_add(&line, enum_at(m->states, machine_state(m, t))->label);
        if (t->kind == &kind_request)
                add_text(t, "requester", ", asked by ", &line);
        else
                add_text(t, "place", ", ", &line);
        if (thing_ms(t, "from") > ui_now_ms(ui)) /* CLOCK_NONE is before all times */
                add_time(ui, t, "from", &line);
        add_time(ui, t, "until", &line);
        if (t->kind == &kind_deployment)
                add_resources(ui, t, &line);
        return arena_strdup(a, str_text(&line));
}

enum rc detail_read_help(struct ui *ui, const char *id, struct arena *a, struct detail_data *ret,
                         struct err *err)
{
        struct help help;
        enum rc rc = ops_help_of(ui_ops(ui), id, a, &help, err);
        if (rc != RC_OK)
                return rc;
        ret->help =
                arena_array(a, help.request_count + help.deployment_count + 1, sizeof(*ret->help));
        for (size_t i = 0; i < help.deployment_count; i++)
                ret->help[ret->help_count++] = (struct detail_helper){
                        .row = help.deployments[i], .line = line_of(ui, &help.deployments[i], a)};
        for (size_t i = 0; i < help.request_count; i++)
                ret->help[ret->help_count++] = (struct detail_helper){
                        .row = help.requests[i], .line = line_of(ui, &help.requests[i], a)};
        return RC_OK;
}

/* ---- drawing ---- */

static struct detail_pair pair_of(const struct detail_draw *d, const struct detail_helper *h)
{
        const struct thing *t = &h->row.thing;
        const struct machine *m = machine_of(t->kind);
        const char *title = thing_text(t, t->kind->title);
        bool over = m->over >> machine_state(m, t) & 1;
        int64_t due = thing_ms(t, "due");
        bool late = due != CLOCK_NONE && due < ui_now_ms(d->ui);
        return (struct detail_pair){.ref = h->row.ref,
                                    .title = title ? title : "",
                                    .line = h->line,
                                    .sign = over   ? GLYPH_DONE
                                            : late ? GLYPH_TODO
                                                   : GLYPH_UNDERWAY,
                                    .ink = over   ? ROLE_MUTED
                                           : late ? ROLE_WARN
                                                  : ROLE_ACCENT,
                                    .due_ms = due,
                                    .ended_ms = CLOCK_NONE};
}

struct detail_extent detail_draw_help(const struct detail_draw *d, struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        size_t count = d->data->help_count;
        struct detail_pair *pairs = arena_array(&a, count + 1, sizeof(*pairs));
        for (size_t i = 0; i < count; i++)
                pairs[i] = pair_of(d, &d->data->help[i]);
        const char *hint =
                count ? arena_printf(&a, "Enter goes to %s, d finds who can go", pairs[0].ref) : "";
        return detail_draw_pairs(d, pairs, count, hint, c, r);
}
