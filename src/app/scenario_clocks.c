/*
 * Clocks in a scenario: {"do": "start", "rules": ["nis2-ew"], "anchor": "-26h"}, {"do": "file",
 * "rule": "nis2-ew", "anchor": "-26h", "authority": ...}, {"do": "stop", like start}. "text" is
 * what the log says.
 */
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "model/clocks.h"
#include "model/when.h"

#include "app_private.h"

#define DETAILS_MAX 8

static enum rc read_anchor(const struct gathering *g, const struct json_t *entry, int64_t *ret)
{
        const char *anchor = NULL;
        enum rc rc = scenario_need(g, entry, "anchor", &anchor);

        return rc == RC_OK ? when_read(anchor, g->sc->start_ms, ret, g->err) : rc;
}

static void add_element(const struct gathering *g, struct act *act, struct act_element *elements,
                        const char *rule, int64_t anchor_ms, int64_t filed_ms)
{
        char item[CLOCK_ELEMENT_BYTES];

        clock_element_write(rule, anchor_ms, filed_ms, item);
        elements[act->element_count++] = (struct act_element){
                .field = filed_ms == CLOCK_NONE ? CLOCK_FIELD_STARTED : CLOCK_FIELD_FILED,
                .item = arena_strdup(&g->sc->arena, item),
                .remove = strcmp(act->verb, "stop") == 0};
}

/* In the order of their names. */
static void add_details(const struct gathering *g, struct act *act, const struct json_t *entry,
                        const char *by)
{
        static const char *const names[] = {"authority", "channel", "items", "reference", "rule"};
        struct act_detail *details = arena_array(&g->sc->arena, DETAILS_MAX, sizeof(*details));
        const char *first = json_text(json_at(json_get(entry, "rules"), 0), NULL);

        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
                const char *said = json_text(json_get(entry, names[i]), NULL);

                if (!said && strcmp(names[i], "rule") == 0)
                        said = first;
                if (i == 1)
                        details[act->detail_count++] = (struct act_detail){"by", by};
                if (said)
                        details[act->detail_count++] = (struct act_detail){names[i], said};
        }
        act->details = details;
}

enum rc scenario_clock_act(const struct gathering *g, const struct json_t *entry, const char *by,
                           int64_t at, struct act *act)
{
        const struct json_t *rules = json_get(entry, "rules");
        struct act_element *elements =
                arena_array(&g->sc->arena, json_len(rules) + 1, sizeof(*elements));
        const char *rule = NULL;
        int64_t anchor_ms;
        enum rc rc = read_anchor(g, entry, &anchor_ms);

        act->elements = elements;
        if (rc == RC_OK)
                rc = scenario_need(g, entry, "text", &act->text);
        if (rc == RC_OK && strcmp(act->verb, "file") == 0)
                rc = scenario_need(g, entry, "rule", &rule);
        if (rc != RC_OK)
                return rc;
        if (rule)
                add_element(g, act, elements, rule, anchor_ms, at);
        for (size_t i = 0; i < json_len(rules); i++)
                add_element(g, act, elements, json_text(json_at(rules, i), ""), anchor_ms,
                            CLOCK_NONE);
        add_details(g, act, entry, by);
        return RC_OK;
}
