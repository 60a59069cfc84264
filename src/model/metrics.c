#include "model/metrics.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/after.h"

struct spans {
        int64_t *ms;
        size_t count, room;
};

struct metrics {
        struct arena arena;
        struct spans spans[METRIC_COUNT];
        struct metrics_report report;
};

static const struct {
        const char *name, *label, *field;
} rows[METRIC_COUNT] = {
        [METRIC_ACK] = {"acknowledge", "to acknowledge", "acked"},
        [METRIC_TRIAGE] = {"triage", "to triage", "triaged_at"},
        [METRIC_CONTAIN] = {"contain", "to contain", "contained_at"},
        [METRIC_CLOSE] = {"close", "to close", "closed_at"},
};

const char *metric_name(enum metric_what what)
{
        return rows[what].name;
}

const char *metric_label(enum metric_what what)
{
        return rows[what].label;
}

struct metrics *metrics_create(void)
{
        struct metrics *m = xcalloc(1, sizeof(*m));

        arena_init(&m->arena);
        return m;
}

void metrics_destroy(struct metrics *m)
{
        if (!m)
                return;
        for (size_t i = 0; i < METRIC_COUNT; i++)
                free(m->spans[i].ms);
        arena_finish(&m->arena);
        free(m);
}

void metrics_cleanup(struct metrics **pm)
{
        metrics_destroy(*pm);
}

/* ---- adding -------------------------------------------------------------------------------- */

static void add_span(struct spans *s, int64_t ms)
{
        if (s->count == s->room) {
                s->room = s->room ? 2 * s->room : 64;
                s->ms = xreallocarray(s->ms, s->room, sizeof(*s->ms));
        }
        s->ms[s->count++] = ms;
}

/* What is said to have happened before the thing was made took no time here. A duplicate was not
 * contained by being closed: what it is one of tells how long that took. */
static void add_times(struct metrics *m, const struct thing *t, int64_t created)
{
        int last = thing_has(t, "duplicate_of") ? METRIC_TRIAGE : METRIC_CLOSE;

        for (int i = 0; created != CLOCK_NONE && i <= last; i++) {
                int64_t at = thing_ms(t, rows[i].field);

                if (at != CLOCK_NONE)
                        add_span(&m->spans[i], at > created ? at - created : 0);
        }
}

static bool is_older(const struct metrics_old *a, const struct metrics_old *b)
{
        if (a->created_ms != b->created_ms)
                return a->created_ms < b->created_ms;
        return strcmp(a->id, b->id) < 0;
}

/* The list is kept in order; the youngest falls off its end. */
static void add_old(struct metrics *m, const struct thing *t, const char *ref, int64_t created)
{
        struct metrics_report *r = &m->report;
        const struct metrics_old seen = {.id = t->id, .created_ms = created};
        size_t at = r->oldest_count;

        while (at > 0 && is_older(&seen, &r->oldest[at - 1]))
                at--;
        if (at == METRICS_OLDEST)
                return;
        if (r->oldest_count < METRICS_OLDEST)
                r->oldest_count++;
        memmove(&r->oldest[at + 1], &r->oldest[at],
                (r->oldest_count - at - 1) * sizeof(*r->oldest));
        r->oldest[at] = (struct metrics_old){
                .id = arena_strdup(&m->arena, t->id),
                .ref = arena_strdup(&m->arena, ref),
                .title = arena_strdup(&m->arena, thing_text(t, t->kind->title)),
                .created_ms = created,
                .tlp = thing_rank(t, "tlp")};
}

void metrics_add(struct metrics *m, const struct thing *t, const char *ref)
{
        int64_t created = thing_ms(t, "created");
        int severity = thing_rank(t, "severity");

        m->report.things++;
        add_times(m, t, created);
        if (thing_rank(t, "status") == STATUS_CLOSED)
                return;
        m->report.open++;
        m->report.open_by_severity[severity > 0 ? severity : SEV_NONE]++;
        if (created != CLOCK_NONE)
                add_old(m, t, ref, created);
}

void metrics_add_filing(struct metrics *m, bool in_time)
{
        m->report.filings++;
        m->report.filings_in_time += in_time;
}

void metrics_add_overdue(struct metrics *m)
{
        m->report.filings_overdue++;
}

/* ---- the report ---------------------------------------------------------------------------- */

static int compare_spans(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

        return (x > y) - (x < y);
}

static int64_t percentile(const struct spans *s, size_t percent)
{
        size_t rank = (s->count * percent + 99) / 100;

        return s->ms[rank ? rank - 1 : 0];
}

void metrics_report(struct metrics *m, struct metrics_report *ret)
{
        for (size_t i = 0; i < METRIC_COUNT; i++) {
                struct spans *s = &m->spans[i];

                m->report.times[i] = (struct metric){.count = s->count};
                if (!s->count)
                        continue;
                qsort(s->ms, s->count, sizeof(*s->ms), compare_spans);
                m->report.times[i].median_ms = percentile(s, 50);
                m->report.times[i].p90_ms = percentile(s, 90);
        }
        m->report.marking = TLP_CLEAR;
        for (size_t i = 0; i < m->report.oldest_count; i++)
                if (m->report.oldest[i].tlp > (int)m->report.marking)
                        m->report.marking = (enum tlp)m->report.oldest[i].tlp;
        *ret = m->report;
}
