/*
 * Duty rotas: who takes which turn. Gone to by name, ":rotas".
 */
#include "ui/view.h"

#include "base/clock.h"
#include "base/str.h"
#include "ops/duties.h"
#include "ui/chart.h"
#include "ui/pager.h"
#include "ui/things_view.h"

#define DUTIES_BYTES_MAX (256u * 1024)
#define LEAST_MS         (60ll * 1000) /* less of the last day is not shown */

static const struct things_column columns[] = {
        {"ref", 0, 9, 9, 0},         {"name", 0, 26, 0, 0},      {"starts", 2, 13, 13, 0},
        {"shift_hours", 3, 6, 8, 0}, {"timezone", 4, 14, 18, 0}, {"members", 5, 14, 20, 0},
        {"modified", 6, 13, 13, 0},
};

static const char *const line[] = {"starts", "shift_hours", "timezone", NULL};

static const struct things_setup setup = {
        .kind = &kind_rota,
        .columns = columns,
        .column_count = ARRAY_LEN(columns),
        .line = line,
        .hint = "+ adds one",
};

static void add_duty(const struct named_duty *d, bool is_now, struct str *out)
{
        char from[24], until[24];

        chart_day_text(d->duty.span.from_ms, from);
        chart_day_text(d->duty.span.until_ms, until);
        str_addf(out, "%-4s %-16s to %-16s  %s%s%s%s\n", is_now ? "now" : "", from, until, d->who,
                 d->duty.is_override ? " (override)" : "", d->away ? "  ! " : "",
                 d->away ? d->away : "");
}

/* The times are those of this console's zone, whatever the rota's is. */
static const char *title_of(const char *ref, int64_t now_ms, struct arena *a)
{
        struct stamp_parts now;
        char zone[8];

        clock_local(now_ms, &now, zone);
        return arena_printf(a, "On duty by %s, times in %s", ref, zone);
}

static enum rc show_duties(struct ui *ui, struct view *v, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str out = {0};
        const struct row *row = list_current(((struct list_view *)v->state)->list);
        struct duties duties;
        enum rc rc;

        if (!row)
                return err_set(err, RC_NOTFOUND, "no rota is chosen");
        rc = ops_duties(ui_ops(ui), &row->thing, ui_now_ms(ui), &a, &duties, err);
        if (rc != RC_OK)
                return rc;
        str_init(&out, DUTIES_BYTES_MAX);
        if (duties.odd_zone)
                str_addf(&out, "The time zone %s is not known here: shifts are counted in UTC.\n\n",
                         duties.odd_zone);
        for (size_t i = 0; i < duties.count; i++)
                if (duties.list[i].duty.span.until_ms - duties.list[i].duty.span.from_ms >=
                    LEAST_MS)
                        add_duty(&duties.list[i], i == 0, &out);
        pager_open(ui, &(struct pager){.title = title_of(row->ref, ui_now_ms(ui), &a),
                                       .tlp = (int)duties.marking,
                                       .text = str_text(&out),
                                       .file = arena_printf(&a, "%s.txt", row->ref)});
        return RC_OK;
}

static const struct cmd cmds[] = {{.name = "rotas.duties",
                                   .label = "on duty",
                                   .flags = CMD_FOOT,
                                   .when = list_has_rows,
                                   .help = "Who is on duty now, and in the next 7 days",
                                   .run = show_duties},
                                  THINGS_CMDS("rotas", "rota")};
static const struct key keys[] = {{"w", "rotas.duties"}, THINGS_KEYS("rotas", "rota")};

const struct view_ops view_rotas = {
        .name = "rotas",
        .title = "Rotas",
        .brief = "Rota",
        .noun = "rota",
        .topics = TOPIC_ROSTERS,
        THINGS_VIEW,
};
