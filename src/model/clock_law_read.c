/*
 * A regime of data/clocks/NAME.json: its rules.
 */
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "model/clock_law_read.h"

#define ID_MAX     CLOCK_RULE_ID_MAX
#define LABEL_MAX  60
#define TEXT_MAX   800
#define HOURS_MAX  (366 * 24)
#define DAYS_MAX   3660
#define MONTHS_MAX 120

static const struct {
        const char *word, *label;
} anchors[] = {
        [ANCHOR_AWARE] = {"aware", "becoming aware"},
        [ANCHOR_CLASSIFIED] = {"classified", "classifying it"},
        [ANCHOR_REQUEST] = {"request", "the request"},
        [ANCHOR_RECEIPT] = {"receipt", "receipt of the report"},
        [ANCHOR_MEASURE] = {"measure", "a corrective measure being available"},
        [ANCHOR_HANDLED] = {"handled", "the incident having been handled"},
        [ANCHOR_FILING] = {"filing", "the filing"},
};

const char *clock_anchor_label(enum clock_anchor anchor)
{
        return anchors[anchor].label;
}

/* "aware", or "filing:RULE" */
static enum rc read_anchor(const struct law_reader *r, struct clock_rule *ret)
{
        const char *word = NULL;
        enum rc rc = law_text(r, "anchor", true, ID_MAX + sizeof("filing:"), &word);

        if (rc != RC_OK)
                return rc;
        if (strncmp(word, "filing:", 7) == 0 && word[7]) {
                ret->anchor = ANCHOR_FILING;
                ret->after = word + 7;
                return RC_OK;
        }
        for (int i = 0; i < ANCHOR_FILING; i++)
                if (strcmp(word, anchors[i].word) == 0) {
                        ret->anchor = (enum clock_anchor)i;
                        return RC_OK;
                }
        return err_set(r->err, RC_INVALID,
                       "%sanchor takes aware, classified, request, receipt, measure, handled or "
                       "filing:RULE; not \"%s\"",
                       r->at, word);
}

static enum rc read_period(const struct law_reader *r, struct clock_rule *ret)
{
        struct period p = {0};
        int units;
        enum rc rc = law_number(r, "hours", 1, HOURS_MAX, &p.hours);

        if (rc == RC_OK)
                rc = law_number(r, "days", 1, DAYS_MAX, &p.days);
        if (rc == RC_OK)
                rc = law_number(r, "months", 1, MONTHS_MAX, &p.months);
        if (rc == RC_OK)
                rc = law_flag(r, "moves", &p.moves);
        if (rc != RC_OK)
                return rc;
        units = (p.hours > 0) + (p.days > 0) + (p.months > 0);
        if (units > 1)
                return err_set(r->err, RC_INVALID, "%shours, days and months: one of them only",
                               r->at);
        if (p.moves && p.hours)
                return err_set(r->err, RC_INVALID, "%smoves: a period in hours never does", r->at);
        ret->dated = units == 1;
        ret->period = p;
        return RC_OK;
}

/* ---- content ------------------------------------------------------------------------------- */

static enum rc read_item(const struct law_reader *r, struct clock_item *ret)
{
        enum rc rc = law_text(r, "id", true, ID_MAX, &ret->id);

        if (rc == RC_OK &&
            strspn(ret->id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(ret->id))
                rc = err_set(r->err, RC_INVALID, "%sid takes small letters, digits and -", r->at);
        if (rc == RC_OK)
                rc = law_text(r, "label", true, TEXT_MAX, &ret->label);
        return rc == RC_OK ? law_flag(r, "needed", &ret->needed) : rc;
}

static enum rc read_content(const struct law_reader *r, struct clock_rule *ret)
{
        const struct json_t *list = NULL;
        struct clock_item *items;
        size_t count;
        enum rc rc = law_list(r, "content", CLOCK_CONTENT_MAX, &list, &count);

        if (rc != RC_OK)
                return rc;
        items = arena_array(r->a, count + 1, sizeof(*items));
        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                const struct law_reader one = {json_at(list, i),
                                               arena_printf(r->a, "%scontent.%zu.", r->at, i), r->a,
                                               r->err};

                rc = read_item(&one, &items[i]);
                for (size_t k = 0; rc == RC_OK && k < i; k++)
                        if (strcmp(items[k].id, items[i].id) == 0)
                                rc = err_set(r->err, RC_INVALID, "%sid is there twice", one.at);
        }
        ret->content = items;
        ret->content_count = count;
        return rc;
}

/* ---- one rule ------------------------------------------------------------------------------ */

static enum rc check_id(const struct law_reader *r, const char *id)
{
        if (strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(id) || *id == '-')
                return err_set(r->err, RC_INVALID,
                               "%sid takes small letters, digits and -; not \"%s\"", r->at, id);
        return RC_OK;
}

static enum rc read_texts(const struct law_reader *r, struct clock_rule *ret)
{
        const struct {
                const char *key, **ret;
                bool needed;
                size_t max;
        } texts[] = {{"id", &ret->id, true, ID_MAX},
                     {"label", &ret->label, true, LABEL_MAX},
                     {"what", &ret->what, true, LABEL_MAX},
                     {"authority", &ret->authority, true, TEXT_MAX},
                     {"text", &ret->text, true, TEXT_MAX},
                     {"note", &ret->note, false, TEXT_MAX},
                     {"report", &ret->report, false, ID_MAX},
                     {"of", &ret->of, false, ID_MAX},
                     {"variant", &ret->variant, false, ID_MAX},
                     {"calendar", &ret->calendar, false, ID_MAX},
                     {"applies_from", &ret->applies_from, false, ID_MAX}};
        int64_t day;
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < ARRAY_LEN(texts); i++)
                rc = law_text(r, texts[i].key, texts[i].needed, texts[i].max, texts[i].ret);
        if (rc == RC_OK)
                rc = check_id(r, ret->id);
        if (rc == RC_OK && ret->applies_from && !law_day(ret->applies_from, &day))
                rc = err_set(r->err, RC_INVALID, "%sapplies_from takes a date such as 2026-09-11",
                             r->at);
        if (rc == RC_OK && !ret->of != !ret->variant)
                rc = err_set(r->err, RC_INVALID, "%sof and variant go together", r->at);
        return rc;
}

static enum rc read_rule(const struct law_reader *r, struct clock_rule *ret)
{
        enum rc rc = read_texts(r, ret);

        if (rc == RC_OK)
                rc = read_anchor(r, ret);
        if (rc == RC_OK)
                rc = read_period(r, ret);
        if (rc == RC_OK)
                rc = law_flag(r, "starts", &ret->starts);
        if (rc == RC_OK && !ret->report)
                ret->report = ret->of ? ret->of : ret->id;
        return rc == RC_OK ? read_content(r, ret) : rc;
}

static const struct clock_rule *find(const struct clock_regime *regime, const char *id)
{
        for (size_t i = 0; i < regime->rule_count; i++)
                if (strcasecmp(regime->rules[i].id, id) == 0)
                        return &regime->rules[i];
        return NULL;
}

static bool has_report(const struct clock_regime *regime, const char *report)
{
        for (size_t i = 0; i < regime->rule_count; i++)
                if (strcmp(regime->rules[i].report, report) == 0 ||
                    strcmp(regime->rules[i].id, report) == 0)
                        return true;
        return false;
}

/* What rules say of each other. */
static enum rc check_rules(const struct law_reader *r, const struct clock_regime *regime)
{
        for (size_t i = 0; i < regime->rule_count; i++) {
                const struct clock_rule *rule = &regime->rules[i];

                if (find(regime, rule->id) != rule)
                        return err_set(r->err, RC_INVALID, "rules.%zu.id: %s is there twice", i,
                                       rule->id);
                if (strcasecmp(rule->id, regime->name) == 0)
                        return err_set(r->err, RC_INVALID, "rules.%zu.id is the name of the regime",
                                       i);
                if (rule->after &&
                    (!has_report(regime, rule->after) || strcmp(rule->after, rule->report) == 0))
                        return err_set(r->err, RC_INVALID,
                                       "rules.%zu.anchor: %s is no other rule of the regime", i,
                                       rule->after);
                if (rule->of && (!find(regime, rule->of) || find(regime, rule->of)->of))
                        return err_set(r->err, RC_INVALID, "rules.%zu.of: %s is no rule to vary", i,
                                       rule->of);
        }
        return RC_OK;
}

enum rc law_read_regime(const struct law_reader *r, struct clock_regime *ret)
{
        const struct json_t *list = NULL;
        struct clock_rule *rules;
        size_t count = 0;
        enum rc rc = law_text(r, "name", true, ID_MAX, &ret->name);

        if (rc == RC_OK)
                rc = law_text(r, "title", true, TEXT_MAX, &ret->title);
        if (rc == RC_OK)
                rc = law_text(r, "version", true, TEXT_MAX, &ret->version);
        if (rc == RC_OK)
                rc = law_text(r, "source", true, TEXT_MAX, &ret->source);
        if (rc == RC_OK)
                rc = law_list(r, "rules", CLOCK_RULES_MAX, &list, &count);
        if (rc == RC_OK && count == 0)
                rc = err_set(r->err, RC_INVALID, "rules has no member");
        rules = arena_array(r->a, count + 1, sizeof(*rules));
        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                const struct law_reader one = {json_at(list, i),
                                               arena_printf(r->a, "rules.%zu.", i), r->a, r->err};

                rules[i].regime = ret;
                rc = read_rule(&one, &rules[i]);
        }
        ret->rules = rules;
        ret->rule_count = count;
        return rc == RC_OK ? check_rules(r, ret) : rc;
}
