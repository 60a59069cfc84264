/*
 * Filing: which clock it is for, whether it says all that it must, and what it replaces.
 */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/nearest.h"
#include "model/when.h"

#include "ops/clock_act.h"

#define TEXT_MAX 2000

/* ---- which clock --------------------------------------------------------------------------- */

static bool is_of(const struct clock *c, const char *name, bool regime)
{
        if (regime)
                return c->rule && strcmp(c->rule->regime->name, name) == 0;
        return strcmp(c->rule_id, name) == 0;
}

/* Of a rule the running one that is due first, else the one filed last, which is then corrected; of
 * a regime what runs and is due next. */
static const struct clock *find_clock(const struct clock_doing *d, const char *name)
{
        bool regime = clock_regime_find(d->ops->law, name) != NULL;
        int64_t anchor = clock_detail_ms(d->act, "anchor");
        const struct clock *filed = NULL;

        for (size_t i = 0; i < d->list.count; i++) {
                const struct clock *c = &d->list.clocks[i];

                if (!is_of(c, name, regime) || (anchor != CLOCK_NONE && c->anchor_ms != anchor))
                        continue;
                if (c->state == CLOCK_RUNNING)
                        return c;
                if (c->state == CLOCK_FILED && !regime)
                        filed = c;
        }
        return filed;
}

static enum rc refuse_clock(const struct clock_doing *d, const char *name, struct err *err)
{
        const struct clock_rule *rule = clock_rule_find(d->ops->law, name);

        if (!rule && !clock_regime_find(d->ops->law, name))
                return clock_refuse_rule(d, name, err);
        if (rule && rule->after)
                return err_set(err, RC_CONFLICT, "%s does not run: it starts when %s is filed",
                               name, rule->after);
        return err_set(err, RC_CONFLICT, "%.60s does not run; start rule=%.60s starts it", name,
                       name);
}

/* ---- content ------------------------------------------------------------------------------- */

static bool is_item(const struct clock_rule *rule, const char *name, size_t len)
{
        for (size_t i = 0; i < rule->content_count; i++)
                if (strlen(rule->content[i].id) == len &&
                    strncmp(rule->content[i].id, name, len) == 0)
                        return true;
        return len == 3 && strncmp(name, "all", 3) == 0;
}

static enum rc check_names(const struct clock_doing *d, const struct clock_rule *rule,
                           const char *items, struct err *err)
{
        for (const char *p = items; p && *p;) {
                size_t len;
                struct nearest n;

                p += strspn(p, CLOCK_BETWEEN);
                len = strcspn(p, CLOCK_BETWEEN);
                if (len && !is_item(rule, p, len)) {
                        const char *name = arena_strndup(d->a, p, len);

                        nearest_init(&n, name);
                        for (size_t i = 0; i < rule->content_count; i++)
                                nearest_offer(&n, rule->content[i].id);
                        return err_set(err, RC_INVALID, "items: %s has no %.60s; nearest: %s",
                                       rule->id, name, n.best ? n.best : "none");
                }
                p += len;
        }
        return RC_OK;
}

static enum rc check_content(const struct clock_doing *d, const struct clock_rule *rule,
                             struct err *err)
{
        const char *items = act_detail(d->act, "items");
        CLEANUP(str_finish) struct str lacks = {0};
        enum rc rc = check_names(d, rule, items, err);

        str_init(&lacks, TEXT_MAX);
        for (size_t i = 0; !text_has_word(items, CLOCK_BETWEEN, "all") && i < rule->content_count;
             i++) {
                const struct clock_item *item = &rule->content[i];

                if (!item->needed || text_has_word(items, CLOCK_BETWEEN, item->id))
                        continue;
                str_addf(&lacks, "%s%s (%s)", lacks.len ? ", " : "", item->id, item->label);
        }
        if (rc != RC_OK || !lacks.len)
                return rc;
        return err_set(
                err, RC_INVALID,
                "the %s must have %s; items=NAME,NAME says what it has, items=all everything",
                rule->what, str_text(&lacks));
}

/* ---- when ---------------------------------------------------------------------------------- */

static enum rc time_of_filing(const struct clock_doing *d, const struct clock *c, int64_t *ret,
                              struct err *err)
{
        int64_t at = clock_detail_ms(d->act, "at");

        if (at == CLOCK_NONE)
                at = d->act->occurred_ms;
        if (at > d->now_ms)
                return err_set(err, RC_INVALID, "at: %s is still to come", clock_instant(at, d->a));
        if (at < c->anchor_ms)
                return err_set(err, RC_INVALID, "at: %s is before %s, when %s began",
                               clock_instant(at, d->a), clock_instant(c->anchor_ms, d->a),
                               c->label);
        *ret = at;
        return RC_OK;
}

/* ---- in words ------------------------------------------------------------------------------ */

static void tell_followers(const struct clock_doing *d, const struct clock *c, int64_t filed_ms,
                           struct str *out)
{
        const struct clock_regime *regime = c->rule ? c->rule->regime : NULL;

        for (size_t i = 0; regime && i < regime->rule_count; i++) {
                const struct clock_rule *rule = &regime->rules[i];
                struct period_end end;

                if (!rule->after || !rule->dated ||
                    (strcmp(rule->after, c->rule->report) != 0 &&
                     strcmp(rule->after, c->rule->id) != 0))
                        continue;
                period_end(&rule->period,
                           rule->calendar ? clock_calendar(d->ops->law, rule->calendar)
                                          : c->calendar,
                           filed_ms, &end);
                str_addf(out, "; %s due %s", rule->label, clock_instant(end.due_ms, d->a));
        }
}

static const char *tell(const struct clock_doing *d, const struct clock *c, int64_t filed_ms)
{
        const char *reference = act_detail(d->act, "reference");
        const char *channel = act_detail(d->act, "channel");
        CLEANUP(str_finish) struct str out = {0};
        char late[WHEN_BYTES];

        str_init(&out, TEXT_MAX);
        str_addf(&out, "%s%s%s filed %s with %s", c->label, c->rule ? " " : "",
                 c->rule ? c->rule->what : "", clock_instant(filed_ms, d->a),
                 act_detail(d->act, "authority"));
        if (channel)
                str_addf(&out, " by %s", channel);
        if (reference)
                str_addf(&out, ", reference %s", reference);
        when_age(c->due_ms == CLOCK_NONE ? 0 : filed_ms - c->due_ms, late);
        if (c->due_ms != CLOCK_NONE && filed_ms > c->due_ms)
                str_addf(&out, ", late by %s", late);
        else if (c->due_ms != CLOCK_NONE)
                str_add(&out, ", in time");
        if (c->state == CLOCK_FILED)
                str_addf(&out, "; corrects the filing of %s", clock_instant(c->filed_ms, d->a));
        tell_followers(d, c, filed_ms, &out);
        return arena_strdup(d->a, str_text(&out));
}

enum rc clock_file(struct clock_doing *d, struct err *err)
{
        const char *name = act_detail(d->act, "rule");
        const struct clock *c = find_clock(d, name);
        char item[CLOCK_ELEMENT_BYTES];
        int64_t filed_ms = 0;
        enum rc rc;

        if (!c)
                return refuse_clock(d, name, err);
        rc = time_of_filing(d, c, &filed_ms, err);
        if (rc == RC_OK && c->rule)
                rc = check_content(d, c->rule, err);
        if (rc != RC_OK)
                return rc;
        clock_element_write(c->rule_id, c->anchor_ms, filed_ms, item);
        if (c->filing_item && strcmp(c->filing_item, item) != 0)
                clock_change_add(d, CLOCK_FIELD_FILED, c->filing_item, true);
        clock_change_add(d, CLOCK_FIELD_FILED, item, false);
        d->ret->text = tell(d, c, filed_ms);
        d->ret->occurred_ms = filed_ms;
        return RC_OK;
}
