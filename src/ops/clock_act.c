#include "ops/clock_act.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/words.h"

#define TEXT_MAX 2000

const char *clock_instant(int64_t ms, struct arena *a)
{
        char stamp[STAMP_BYTES];

        stamp_format(ms, stamp);
        return arena_printf(a, "%.10s %.5sZ", stamp, stamp + 11);
}

int64_t clock_detail_ms(const struct act *act, const char *name)
{
        const char *text = act_detail(act, name);
        int64_t ms;

        return text && stamp_parse_ms(text, &ms, NULL) == RC_OK ? ms : CLOCK_NONE;
}

void clock_change_add(struct clock_doing *d, const char *field, const char *item, bool remove)
{
        struct clock_change *c = d->ret;

        if (c->count < CLOCK_ELEMENTS_MAX)
                c->elements[c->count++] = (struct act_element){
                        .field = field, .item = arena_strdup(d->a, item), .remove = remove};
}

enum rc clock_refuse_rule(const struct clock_doing *d, const char *name, struct err *err)
{
        const char *near = clock_rule_nearest(d->ops->law, name);

        if (!near)
                return err_set(err, RC_INVALID, "no rules of clocks are installed (data/clocks)");
        return err_set(err, RC_INVALID, "rule: no clock or regime is called %.60s; nearest: %s",
                       name, near);
}

/* ---- start --------------------------------------------------------------------------------- */

/* When they became aware: as other clocks have it, else when it was acknowledged here, else now. */
static int64_t time_of_awareness(const struct clock_doing *d)
{
        int64_t acked = thing_ms(&d->f->thing, "acked"), first = CLOCK_NONE;

        for (size_t i = 0; i < d->list.count; i++) {
                const struct clock *c = &d->list.clocks[i];

                if (!c->rule || c->rule->anchor != ANCHOR_AWARE || c->state == CLOCK_STOPPED)
                        continue;
                if (first == CLOCK_NONE || c->anchor_ms < first)
                        first = c->anchor_ms;
        }
        if (first != CLOCK_NONE)
                return first;
        return acked != CLOCK_NONE ? acked : d->act->occurred_ms;
}

static enum rc anchor_of(const struct clock_doing *d, const struct clock_rule *rule, int64_t *ret,
                         struct err *err)
{
        int64_t given = clock_detail_ms(d->act, "anchor");
        const struct clock *before = rule->after ? clocks_of_rule(&d->list, rule->after) : NULL;

        if (given == CLOCK_NONE && rule->anchor == ANCHOR_FILING &&
            (!before || before->state != CLOCK_FILED))
                return err_set(err, RC_CONFLICT, "%s starts by itself when %s is filed", rule->id,
                               rule->after);
        if (given != CLOCK_NONE)
                *ret = given;
        else if (rule->anchor == ANCHOR_FILING)
                *ret = before->filed_ms;
        else
                *ret = rule->anchor == ANCHOR_AWARE ? time_of_awareness(d) : d->act->occurred_ms;
        if (*ret > d->now_ms)
                return err_set(err, RC_INVALID, "anchor: %s is still to come",
                               clock_instant(*ret, d->a));
        return RC_OK;
}

static bool runs(const struct clock_doing *d, const char *rule, int64_t anchor_ms)
{
        for (size_t i = 0; i < d->list.count; i++) {
                const struct clock *c = &d->list.clocks[i];

                if (strcmp(c->rule_id, rule) == 0 && c->state != CLOCK_STOPPED &&
                    c->state != CLOCK_WAITS && c->anchor_ms == anchor_ms)
                        return true;
        }
        return false;
}

/* Of the State that was said, else of the only one of the incident. */
static const char *state_of(const struct clock_doing *d)
{
        const struct value *states = thing_value(&d->f->thing, "states");
        const char *said = act_detail(d->act, "state");

        return said || !states || states->count != 1 ? said : states->items[0];
}

static void tell_start(struct clock_doing *d, const struct clock_rule *rule, int64_t anchor_ms,
                       struct str *out)
{
        const char *said = act_detail(d->act, "state");
        struct period_end end;

        if (!out->len)
                str_addf(out, "clocks started from %s, %s%s%s: ", clock_anchor_label(rule->anchor),
                         clock_instant(anchor_ms, d->a), said ? ", by the days of " : "",
                         said ? word_label(d->ops->words, "state", said) : "");
        else
                str_add(out, ", ");
        str_addf(out, "%s %s", rule->label, rule->what);
        if (!rule->dated)
                return;
        period_end(&rule->period,
                   clock_calendar(d->ops->law, rule->calendar ? rule->calendar : state_of(d)),
                   anchor_ms, &end);
        str_addf(out, " due %s", clock_instant(end.due_ms, d->a));
}

static enum rc start_rule(struct clock_doing *d, const struct clock_rule *rule, struct str *out,
                          struct err *err)
{
        char item[CLOCK_ELEMENT_BYTES];
        int64_t anchor_ms = 0;
        enum rc rc = anchor_of(d, rule, &anchor_ms, err);

        if (rc != RC_OK || runs(d, rule->id, anchor_ms))
                return rc;
        clock_element_write(rule->id, anchor_ms, CLOCK_NONE, item);
        clock_change_add(d, CLOCK_FIELD_STARTED, item, false);
        tell_start(d, rule, anchor_ms, out);
        return RC_OK;
}

/* The rule that stands for this one where a variant was asked for. */
static const struct clock_rule *variant_of(const struct clock_rule *rule, const char *variant)
{
        const struct clock_regime *regime = rule->regime;

        for (size_t i = 0; variant && i < regime->rule_count; i++) {
                const struct clock_rule *other = &regime->rules[i];

                if (other->of && strcmp(other->of, rule->id) == 0 &&
                    strcmp(other->variant, variant) == 0)
                        return other;
        }
        return rule;
}

static bool has_variant(const struct clock_regime *regime, const char *variant)
{
        for (size_t i = 0; i < regime->rule_count; i++)
                if (regime->rules[i].variant && strcmp(regime->rules[i].variant, variant) == 0)
                        return true;
        return false;
}

static enum rc start_regime(struct clock_doing *d, const struct clock_regime *regime,
                            struct str *out, struct err *err)
{
        const char *variant = act_detail(d->act, "variant");
        enum rc rc = RC_OK;

        if (variant && !has_variant(regime, variant))
                return err_set(err, RC_INVALID, "%s has no variant %.60s", regime->name, variant);
        for (size_t i = 0; rc == RC_OK && i < regime->rule_count; i++)
                if (regime->rules[i].starts)
                        rc = start_rule(d, variant_of(&regime->rules[i], variant), out, err);
        return rc;
}

static enum rc start(struct clock_doing *d, struct err *err)
{
        const char *name = act_detail(d->act, "rule");
        const struct clock_regime *regime = clock_regime_find(d->ops->law, name);
        const struct clock_rule *rule = clock_rule_find(d->ops->law, name);
        CLEANUP(str_finish) struct str out = {0};
        enum rc rc;

        str_init(&out, TEXT_MAX);
        if (regime)
                rc = start_regime(d, regime, &out, err);
        else
                rc = rule ? start_rule(d, rule, &out, err) : clock_refuse_rule(d, name, err);
        if (rc == RC_OK && d->ret->count == 0)
                rc = err_set(err, RC_CONFLICT, "%.60s runs already, or was filed", name);
        d->ret->text = arena_strdup(d->a, str_text(&out));
        return rc;
}

/* ---- stop ---------------------------------------------------------------------------------- */

static bool is_meant(const struct clock_doing *d, const struct clock *c, const char *name)
{
        int64_t anchor = clock_detail_ms(d->act, "anchor");

        if (c->state != CLOCK_RUNNING || (anchor != CLOCK_NONE && anchor != c->anchor_ms))
                return false;
        return strcmp(c->rule_id, name) == 0 ||
               (c->rule && strcmp(c->rule->regime->name, name) == 0);
}

/* A clock that started by itself has no element: taking it out all the same says that it stopped.
 */
static enum rc stop(struct clock_doing *d, struct err *err)
{
        const char *name = act_detail(d->act, "rule");
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, TEXT_MAX);
        for (size_t i = 0; i < d->list.count; i++) {
                const struct clock *c = &d->list.clocks[i];
                char item[CLOCK_ELEMENT_BYTES];

                if (!is_meant(d, c, name))
                        continue;
                clock_element_write(c->rule_id, c->anchor_ms, CLOCK_NONE, item);
                clock_change_add(d, CLOCK_FIELD_STARTED, item, true);
                str_add(&out, out.len ? ", " : "clocks stopped: ");
                str_add(&out, c->label);
        }
        if (d->ret->count == 0)
                return err_set(err, RC_CONFLICT, "no clock of %.60s runs", name);
        if (act_has_reason(d->act))
                str_addf(&out, ": %s", d->act->reason);
        d->ret->text = arena_strdup(d->a, str_text(&out));
        return RC_OK;
}

/* ---- which --------------------------------------------------------------------------------- */

enum rc clock_change_make(struct ops *ops, const struct folded *f, const struct act *act,
                          int64_t now_ms, struct arena *a, struct clock_change *ret,
                          struct err *err)
{
        static const struct {
                const char *verb;
                enum rc (*make)(struct clock_doing *d, struct err *err);
        } makers[] = {{"start", start}, {"stop", stop}, {"file", clock_file}};
        struct clock_doing d = {
                .ops = ops, .f = f, .act = act, .now_ms = now_ms, .a = a, .ret = ret};

        *ret = (struct clock_change){.occurred_ms = act->occurred_ms};
        for (size_t i = 0; f->thing.kind == &kind_incident && i < ARRAY_LEN(makers); i++) {
                if (strcmp(makers[i].verb, act->verb) != 0)
                        continue;
                clocks_derive(ops->law, f, a, &d.list);
                return makers[i].make(&d, err);
        }
        return RC_OK;
}
