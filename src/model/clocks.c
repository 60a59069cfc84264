#include "model/clocks.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

#define HOUR_MS 3600000ll

struct filing {
        struct clock_element element;
        const char *item;
        const struct act *act;
        bool used; /* some clock of its rule is met by it */
};

struct deriving {
        const struct clock_law *law;
        const struct folded *f;
        struct arena *a;
        const struct calendar *calendar; /* of the authority's State */
        struct clock *clocks;
        size_t count, room;
        struct filing *filings;
        size_t filing_count;
};

/* ---- who did it ---------------------------------------------------------------------------- */

/* The newest act on top of an element, and what it says of it. */
static const struct fold_head *head_of(const struct folded *f, const char *field, const char *item)
{
        int at = field_index(f->thing.kind, field);

        for (size_t i = 0; i < f->head_count; i++) {
                const struct fold_heads *h = &f->heads[i];

                if (h->field == at && h->item && h->count && strcmp(h->item, item) == 0)
                        return &h->heads[h->count - 1];
        }
        return NULL;
}

static const struct act *act_of(const struct deriving *d, const char *field, const char *item)
{
        const struct fold_head *head = head_of(d->f, field, item);

        return head && head->value ? head->act : NULL;
}

static bool starts(const struct act *act, const char *item)
{
        for (size_t i = 0; strcmp(act->verb, "start") == 0 && i < act->element_count; i++)
                if (!act->elements[i].remove && strcmp(act->elements[i].item, item) == 0)
                        return true;
        return false;
}

/* The State whose days count, where who started it said so: the act that counts, else, where only
 * a base tells of the clock, the newest. */
static const char *state_said(const struct deriving *d, const struct act *started, const char *item)
{
        if (started)
                return act_detail(started, "state");
        for (size_t i = d->f->log_count; i-- > 0;)
                if (starts(d->f->log[i].act, item))
                        return act_detail(d->f->log[i].act, "state");
        return NULL;
}

/* ---- the list ------------------------------------------------------------------------------ */

static struct clock *find(const struct deriving *d, const char *rule, int64_t anchor_ms)
{
        for (size_t i = 0; i < d->count; i++)
                if (d->clocks[i].anchor_ms == anchor_ms && strcmp(d->clocks[i].rule_id, rule) == 0)
                        return &d->clocks[i];
        return NULL;
}

static const struct calendar *calendar_for(const struct deriving *d, const struct clock_rule *rule)
{
        return rule && rule->calendar ? clock_calendar(d->law, rule->calendar) : d->calendar;
}

static struct clock *add(struct deriving *d, const char *rule_id, int64_t anchor_ms,
                         enum clock_state state)
{
        const struct clock_rule *rule = clock_rule_find(d->law, rule_id);
        struct clock *c;

        if (d->count == d->room) {
                struct clock *grown = arena_array(d->a, d->room ? d->room * 2 : 8, sizeof(*grown));

                if (d->count)
                        memcpy(grown, d->clocks, d->count * sizeof(*grown));
                d->clocks = grown;
                d->room = d->room ? d->room * 2 : 8;
        }
        c = &d->clocks[d->count++];
        *c = (struct clock){.rule = rule,
                            .rule_id = rule ? rule->id : arena_strdup(d->a, rule_id),
                            .state = state,
                            .calendar = calendar_for(d, rule),
                            .anchor_ms = anchor_ms,
                            .due_ms = CLOCK_NONE,
                            .quarter_ms = CLOCK_NONE,
                            .hour_ms = CLOCK_NONE,
                            .filed_ms = CLOCK_NONE};
        c->label = rule ? rule->label : c->rule_id;
        return c;
}

/* Days are those of another State than the incident's; a rule that names one knows better. */
static void count_by(struct clock *c, const struct calendar *calendar)
{
        if (c->rule && !c->rule->calendar)
                c->calendar = calendar;
}

static void read_started(struct deriving *d)
{
        const struct value *v = thing_value(&d->f->thing, CLOCK_FIELD_STARTED);

        for (size_t i = 0; v && i < v->count; i++) {
                struct clock_element e;

                if (!clock_element_read(v->items[i], &e) || e.filed_ms != CLOCK_NONE)
                        continue;
                struct clock *c = add(d, e.rule, e.anchor_ms, CLOCK_RUNNING);
                c->started = act_of(d, CLOCK_FIELD_STARTED, v->items[i]);
                const char *state = state_said(d, c->started, v->items[i]);
                if (state)
                        count_by(c, clock_calendar(d->law, state));
        }
}

/* What an undo took away is as if it never was; what somebody stopped stays. */
static void read_stopped(struct deriving *d)
{
        int at = field_index(d->f->thing.kind, CLOCK_FIELD_STARTED);

        for (size_t i = 0; i < d->f->head_count; i++) {
                const struct fold_heads *h = &d->f->heads[i];
                struct clock_element e;

                if (h->field != at || !h->item || !h->count || !clock_element_read(h->item, &e))
                        continue;
                const struct fold_head *head = &h->heads[h->count - 1];
                if (head->value || strcmp(head->act->verb, "stop") != 0 ||
                    find(d, e.rule, e.anchor_ms))
                        continue;
                add(d, e.rule, e.anchor_ms, CLOCK_STOPPED)->stopped = head->act;
        }
}

static void read_filings(struct deriving *d)
{
        const struct value *v = thing_value(&d->f->thing, CLOCK_FIELD_FILED);

        d->filings = arena_array(d->a, (v ? v->count : 0) + 1, sizeof(*d->filings));
        for (size_t i = 0; v && i < v->count; i++) {
                struct filing *filing = &d->filings[d->filing_count];

                if (!clock_element_read(v->items[i], &filing->element) ||
                    filing->element.filed_ms == CLOCK_NONE)
                        continue;
                filing->item = v->items[i];
                filing->act = act_of(d, CLOCK_FIELD_FILED, v->items[i]);
                d->filing_count++;
        }
}

/* ---- what meets what ----------------------------------------------------------------------- */

static bool is_of_report(const struct deriving *d, const struct clock *c,
                         const struct filing *filing)
{
        const struct clock_rule *rule = clock_rule_find(d->law, filing->element.rule);

        return c->rule && rule && rule != c->rule && rule->regime == c->rule->regime &&
               strcmp(rule->report, c->rule->report) == 0;
}

/* How near a filing is to a clock: 0 = not its own, 3 = rule and anchor. */
static int nearness(const struct deriving *d, const struct clock *c, const struct filing *filing)
{
        bool same = strcmp(filing->element.rule, c->rule_id) == 0;

        if (same && filing->element.anchor_ms == c->anchor_ms)
                return 3;
        if (filing->element.filed_ms < c->anchor_ms)
                return 0;
        if (is_of_report(d, c, filing))
                return 2;
        return same && !filing->used && c->rule && c->rule->anchor == ANCHOR_FILING ? 1 : 0;
}

static void meet(struct deriving *d, struct clock *c)
{
        struct filing *best = NULL;
        int near = 0;

        if (c->state != CLOCK_RUNNING)
                return;
        for (size_t i = 0; i < d->filing_count; i++) {
                struct filing *filing = &d->filings[i];
                int n = nearness(d, c, filing);

                if (n == 0 || n < near ||
                    (n == near && filing->element.filed_ms >= best->element.filed_ms))
                        continue;
                best = filing;
                near = n;
        }
        if (!best)
                return;
        best->used |= near != 2;
        c->state = CLOCK_FILED;
        c->filed_ms = best->element.filed_ms;
        c->filing = best->act;
        c->filing_item = best->item;
}

/* Later filings of a clock that has one are its own too. */
static void mark_used(struct deriving *d)
{
        for (size_t i = 0; i < d->filing_count; i++)
                if (find(d, d->filings[i].element.rule, d->filings[i].element.anchor_ms))
                        d->filings[i].used = true;
}

/* A filing of what was never started here. */
static void add_alone(struct deriving *d, bool followers)
{
        for (size_t i = 0; i < d->filing_count; i++) {
                const struct filing *filing = &d->filings[i];
                const struct clock_rule *rule = clock_rule_find(d->law, filing->element.rule);
                bool follows = rule && rule->anchor == ANCHOR_FILING;

                if (filing->used || follows != followers)
                        continue;
                meet(d, add(d, filing->element.rule, filing->element.anchor_ms, CLOCK_RUNNING));
                mark_used(d);
        }
}

static bool follows(const struct clock_rule *rule, const struct clock_rule *of)
{
        return rule->anchor == ANCHOR_FILING && !rule->of &&
               (strcmp(rule->after, of->report) == 0 || strcmp(rule->after, of->id) == 0);
}

static bool is_waiting(const struct deriving *d, const char *rule)
{
        for (size_t i = 0; i < d->count; i++)
                if (d->clocks[i].state == CLOCK_WAITS && strcmp(d->clocks[i].rule_id, rule) == 0)
                        return true;
        return false;
}

/* The list grows while it is walked, so that what follows from a follower is there too. */
static void add_followers(struct deriving *d)
{
        for (size_t i = 0; i < d->count; i++) {
                const struct clock_rule *of = d->clocks[i].rule;
                int64_t filed_ms = d->clocks[i].filed_ms;

                for (size_t k = 0; of && filed_ms != CLOCK_NONE && k < of->regime->rule_count;
                     k++) {
                        const struct clock_rule *rule = &of->regime->rules[k];

                        if (!follows(rule, of) || find(d, rule->id, filed_ms))
                                continue;
                        struct clock *c = add(d, rule->id, filed_ms, CLOCK_RUNNING);
                        if (!of->calendar)
                                count_by(c, d->clocks[i].calendar);
                        meet(d, c);
                        mark_used(d);
                }
        }
}

static void add_waiting(struct deriving *d)
{
        size_t count = d->count;

        for (size_t i = 0; i < count; i++) {
                const struct clock_rule *of = d->clocks[i].rule;
                bool runs = d->clocks[i].state == CLOCK_RUNNING;

                for (size_t k = 0; of && runs && k < of->regime->rule_count; k++) {
                        const struct clock_rule *rule = &of->regime->rules[k];

                        if (follows(rule, of) && !is_waiting(d, rule->id))
                                add(d, rule->id, CLOCK_NONE, CLOCK_WAITS);
                }
        }
}

/* ---- times --------------------------------------------------------------------------------- */

static void tell_times(struct clock *c)
{
        if (c->rule && c->rule->dated && c->anchor_ms != CLOCK_NONE) {
                period_end(&c->rule->period, c->calendar, c->anchor_ms, &c->end);
                c->due_ms = c->end.due_ms;
                c->quarter_ms = c->due_ms - (c->due_ms - c->anchor_ms) / 4;
                if (c->due_ms - HOUR_MS > c->anchor_ms)
                        c->hour_ms = c->due_ms - HOUR_MS;
        }
        c->in_time =
                c->state == CLOCK_FILED && (c->due_ms == CLOCK_NONE || c->filed_ms <= c->due_ms);
}

static int rank(const struct clock *c)
{
        static const int ranks[] = {
                [CLOCK_FILED] = 0, [CLOCK_RUNNING] = 1, [CLOCK_WAITS] = 2, [CLOCK_STOPPED] = 3};

        return ranks[c->state];
}

/* What has no due time comes last. */
static int64_t moment(const struct clock *c)
{
        if (c->state == CLOCK_FILED)
                return c->filed_ms;
        return c->due_ms == CLOCK_NONE ? INT64_MAX : c->due_ms;
}

static int compare(const void *va, const void *vb)
{
        const struct clock *a = va, *b = vb;

        if (rank(a) != rank(b))
                return rank(a) - rank(b);
        if (moment(a) != moment(b))
                return moment(a) < moment(b) ? -1 : 1;
        if (a->anchor_ms != b->anchor_ms)
                return a->anchor_ms < b->anchor_ms ? -1 : 1;
        return strcmp(a->rule_id, b->rule_id);
}

/* The one State of the incident, else the default: days are those of the authority's State. */
static const struct calendar *calendar_of(const struct clock_law *law, const struct thing *t)
{
        const struct value *states = thing_value(t, "states");

        return clock_calendar(law, states && states->count == 1 ? states->items[0] : NULL);
}

void clocks_derive(const struct clock_law *law, const struct folded *f, struct arena *a,
                   struct clock_list *ret)
{
        struct deriving d = {.law = law, .f = f, .a = a, .calendar = calendar_of(law, &f->thing)};

        read_started(&d);
        read_filings(&d);
        read_stopped(&d);
        mark_used(&d);
        for (size_t i = 0; i < d.count; i++)
                meet(&d, &d.clocks[i]);
        add_alone(&d, false);
        add_followers(&d);
        add_alone(&d, true);
        add_waiting(&d);
        for (size_t i = 0; i < d.count; i++)
                tell_times(&d.clocks[i]);
        if (d.count)
                qsort(d.clocks, d.count, sizeof(*d.clocks), compare);
        *ret = (struct clock_list){.clocks = d.clocks, .count = d.count};
}

/* ---- questions ----------------------------------------------------------------------------- */

const struct clock *clocks_next(const struct clock_list *list)
{
        for (size_t i = 0; i < list->count; i++)
                if (list->clocks[i].state == CLOCK_RUNNING)
                        return list->clocks[i].due_ms == CLOCK_NONE ? NULL : &list->clocks[i];
        return NULL;
}

const struct clock *clocks_of_rule(const struct clock_list *list, const char *rule)
{
        const struct clock *last = NULL;

        for (size_t i = 0; i < list->count; i++) {
                const struct clock *c = &list->clocks[i];

                if (strcmp(c->rule_id, rule) != 0 &&
                    !(c->rule && strcmp(c->rule->report, rule) == 0))
                        continue;
                if (c->state == CLOCK_RUNNING)
                        return c;
                if (c->state == CLOCK_FILED)
                        last = c;
        }
        return last;
}

bool clock_is_late(const struct clock *c, int64_t now_ms)
{
        if (c->due_ms == CLOCK_NONE)
                return false;
        return c->state == CLOCK_FILED ? !c->in_time
                                       : c->state == CLOCK_RUNNING && now_ms > c->due_ms;
}
