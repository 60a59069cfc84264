#include "report/metrics.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/marking.h"
#include "model/when.h"

#include "report_private.h"

#define REF_COLUMNS   12
#define TITLE_COLUMNS 60

/* ---- text ------------------------------------------------------------------------------------ */

static void add_times(const struct metrics_report *r, struct str *out)
{
        str_addf(out, "%-16s %8s %12s %12s\n", "TIME", "COUNT", "MEDIAN", "90 %");
        for (int i = 0; i < METRIC_COUNT; i++) {
                const struct metric *m = &r->times[i];
                char median[WHEN_BYTES] = "-", p90[WHEN_BYTES] = "-";

                if (m->count) {
                        when_age(m->median_ms, median);
                        when_age(m->p90_ms, p90);
                }
                str_addf(out, "%-16s %8zu %12s %12s\n", metric_label((enum metric_what)i), m->count,
                         median, p90);
        }
}

static void add_backlog(const struct metrics_report *r, struct str *out)
{
        str_addf(out, "\nOPEN %zu of %zu:", r->open, r->things);
        for (int i = SEV_CRITICAL; i >= SEV_NONE; i--)
                str_addf(out, " %s %zu", enum_id(&enum_severity, i), r->open_by_severity[i]);
        str_addc(out, '\n');
}

static void add_filings(const struct metrics_report *r, struct str *out)
{
        if (!r->filings && !r->filings_overdue)
                return;
        str_addf(out, "FILED IN TIME %zu of %zu", r->filings_in_time, r->filings);
        if (r->filings_overdue)
                str_addf(out, "; %zu overdue and not filed", r->filings_overdue);
        str_addc(out, '\n');
}

/* What others wrote, as a terminal may have it. */
static void add_clean(const char *text, size_t columns, struct str *out)
{
        AUTO_FREE char *clean = text_clean(text ? text : "", text ? strlen(text) : 0, false);
        char cell[4 * TITLE_COLUMNS + 8];

        text_cut(clean, columns, "..", cell, sizeof(cell));
        str_add(out, cell);
}

static void add_oldest(const struct metrics_report *r, int64_t now_ms, struct str *out)
{
        if (r->oldest_count)
                str_add(out, "\nOLDEST OPEN\n");
        for (size_t i = 0; i < r->oldest_count; i++) {
                size_t from = out->len;
                char age[WHEN_BYTES];

                when_age(now_ms - r->oldest[i].created_ms, age);
                add_clean(r->oldest[i].ref, REF_COLUMNS, out);
                str_addf(out, "%*s  %10s  ", (int)(REF_COLUMNS - text_width(str_text(out) + from)),
                         "", age);
                add_clean(r->oldest[i].title, TITLE_COLUMNS, out);
                str_addc(out, '\n');
        }
}

void metrics_print_text(const struct metrics_report *r, int64_t now_ms, bool exercise,
                        struct str *out)
{
        report_banner(r->marking, exercise, out);
        str_addc(out, '\n');
        add_times(r, out);
        add_backlog(r, out);
        add_filings(r, out);
        add_oldest(r, now_ms, out);
        str_addc(out, '\n');
        report_banner(r->marking, exercise, out);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static struct json_t *json_of_times(const struct metrics_report *r)
{
        struct json_t *all = json_new_obj();

        for (int i = 0; i < METRIC_COUNT; i++) {
                struct json_t *one = json_new_obj();

                json_set_int(one, "count", (int64_t)r->times[i].count);
                if (r->times[i].count) {
                        json_set_int(one, "median_s", r->times[i].median_ms / 1000);
                        json_set_int(one, "p90_s", r->times[i].p90_ms / 1000);
                }
                json_set(all, metric_name((enum metric_what)i), one);
        }
        return all;
}

static struct json_t *json_of_backlog(const struct metrics_report *r)
{
        struct json_t *all = json_new_obj();

        for (int i = SEV_NONE; i <= SEV_CRITICAL; i++)
                json_set_int(all, enum_id(&enum_severity, i), (int64_t)r->open_by_severity[i]);
        return all;
}

static struct json_t *json_of_oldest(const struct metrics_report *r)
{
        struct json_t *list = json_new_list();

        for (size_t i = 0; i < r->oldest_count; i++) {
                struct json_t *one = json_new_obj();
                char at[STAMP_BYTES];

                stamp_format(r->oldest[i].created_ms, at);
                json_set_text(one, "id", r->oldest[i].id);
                json_set_text(one, "ref", r->oldest[i].ref);
                json_set_text(one, "title", r->oldest[i].title);
                json_set_text(one, "created", at);
                json_push(list, one);
        }
        return list;
}

struct json_t *metrics_json(const struct metrics_report *r, bool exercise)
{
        struct json_t *obj = json_new_obj(), *filings = json_new_obj();

        json_set_int(obj, "things", (int64_t)r->things);
        json_set_int(obj, "open", (int64_t)r->open);
        json_set(obj, "open_by_severity", json_of_backlog(r));
        json_set(obj, "times", json_of_times(r));
        json_set(obj, "oldest", json_of_oldest(r));
        json_set_int(filings, "count", (int64_t)r->filings);
        json_set_int(filings, "in_time", (int64_t)r->filings_in_time);
        json_set_int(filings, "overdue", (int64_t)r->filings_overdue);
        json_set(obj, "filings", filings);
        json_set_text(obj, "marking", tlp_name(r->marking));
        json_set_bool(obj, "exercise", exercise);
        return obj;
}
