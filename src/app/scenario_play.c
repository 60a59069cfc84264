/*
 * What happens in a scenario, as the objects that its units would have sent.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "model/offer.h"
#include "model/rules.h"
#include "model/when.h"

#include "app_private.h"

/* ---- small readers ------------------------------------------------------------------------- */

static const char *text_of(const struct json_t *obj, const char *key)
{
        return json_text(json_get(obj, key), NULL);
}

static enum rc read_at(const struct gathering *g, const struct json_t *entry, int64_t *ret)
{
        const char *at = text_of(entry, "at");

        *ret = g->sc->due_ms;
        return at ? when_read(at, g->sc->start_ms, ret, g->err) : RC_OK;
}

static bool is_desk(const struct scenario *sc, const char *name)
{
        const struct json_t *desks = json_get(sc->doc, "desks");

        for (size_t i = 0; i < json_len(desks); i++)
                if (strcmp(json_text(json_at(desks, i), ""), name) == 0)
                        return true;
        return false;
}

/* ---- the values of an incident ------------------------------------------------------------- */

static void set_items(struct subject *s, const struct field *field, const struct json_t *list,
                      struct arena *a)
{
        const char **items = arena_array(a, json_len(list), sizeof(*items));

        for (size_t i = 0; i < json_len(list); i++)
                items[i] = json_text(json_at(list, i), "");
        thing_set_items(&s->now, field->name, items, json_len(list), a);
}

/* Members that are fields of an incident; those that the scenario's own words hide are not. */
static enum rc set_fields(const struct gathering *g, struct subject *s, const struct json_t *obj)
{
        const struct kind *kind = &kind_incident;

        for (size_t i = 0; i < kind->field_count; i++) {
                const struct field *field = &kind->fields[i];
                const struct json_t *v = json_get(obj, field->name);
                int64_t ms;

                if (!v || (field->flags & FIELD_DERIVED))
                        continue;
                if (field_is_set(field)) {
                        set_items(s, field, v, &g->sc->arena);
                } else if (field->type == FIELD_TIME) {
                        if (when_read(json_text(v, ""), g->sc->start_ms, &ms, g->err) != RC_OK)
                                return RC_INVALID;
                        thing_set(&s->now, field->name, scenario_stamp(g->sc, ms));
                } else {
                        thing_set(&s->now, field->name, json_text(v, NULL));
                }
        }
        return RC_OK;
}

/* ---- entries ------------------------------------------------------------------------------- */

/* What a person would have typed: times from the start on, things and entries by their keys. */
static enum rc read_value(const struct gathering *g, enum field_type type, const char *typed,
                          const char *of, const char **ret)
{
        int64_t ms;
        enum rc rc = RC_OK;

        *ret = typed;
        if (type == FIELD_TIME) {
                rc = when_read(typed, g->sc->start_ms, &ms, g->err);
                if (rc == RC_OK)
                        *ret = scenario_stamp(g->sc, ms);
        } else if (type == FIELD_REF || type == FIELD_REFS) {
                *ret = scenario_id(g->sc, of, typed);
        }
        return rc;
}

/* "1@+6h": the first offer, open for six hours. */
static enum rc read_offer(const struct gathering *g, const char *typed, const char **ret)
{
        struct offer offer = {.number = (int)strtol(typed, NULL, 10)};
        const char *until = strchr(typed, '@');
        char item[OFFER_BYTES];
        enum rc rc;

        if (!until)
                return err_set(g->err, RC_INVALID, "%s is no offer: N@TIME", typed);
        rc = when_read(until + 1, g->sc->start_ms, &offer.expires_ms, g->err);
        if (rc != RC_OK)
                return rc;
        offer_write(&offer, item);
        *ret = arena_strdup(&g->sc->arena, item);
        return RC_OK;
}

static enum rc add_fields(const struct gathering *g, const struct kind *kind,
                          const struct json_t *fields, struct act *act, struct act_set *sets,
                          struct act_element *elements)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < kind->field_count; i++) {
                const struct field *field = &kind->fields[i];
                const char *typed = text_of(fields, field->name), *value = NULL;

                if (!typed)
                        continue;
                rc = field->accepts == offer_is
                             ? read_offer(g, typed, &value)
                             : read_value(g, field->type, typed, kind->stix_type, &value);
                if (field_is_set(field))
                        elements[act->element_count++] =
                                (struct act_element){.field = field->name, .item = value};
                else
                        sets[act->set_count++] = (struct act_set){field->name, value};
        }
        return rc;
}

/* In the order of names, as every reader has them. */
static int compare_details(const void *a, const void *b)
{
        return strcmp(((const struct act_detail *)a)->name, ((const struct act_detail *)b)->name);
}

static enum rc add_details(const struct gathering *g, const struct kind *kind,
                           const struct json_t *said, struct act *act, const char *by)
{
        const struct verb *verb = verb_find(kind, act->verb);
        struct act_detail *details = arena_array(&g->sc->arena, ACT_DETAILS_MAX, sizeof(*details));
        enum rc rc = RC_OK;

        act->details = details;
        for (const struct detail_row *row = verb ? verb->details : NULL;
             rc == RC_OK && row && row->name; row++) {
                const char *typed = text_of(said, row->name), *value;

                if (!typed && row->needed && row->person)
                        typed = by;
                if (!typed)
                        continue;
                rc = read_value(g, row->type, typed, "note", &value);
                details[act->detail_count++] = (struct act_detail){row->name, value};
        }
        qsort(details, act->detail_count, sizeof(*details), compare_details);
        return rc;
}

static enum rc set_one(const struct gathering *g, struct subject *s, const struct json_t *entry,
                       struct act *act, struct act_set *sets)
{
        sets[0].value = text_of(entry, "to");
        sets[0].field = strcmp(act->verb, "set") == 0 ? text_of(entry, "field") : act->verb;
        act->set_count = 1;
        if (!sets[0].field || field_index(s->now.kind, sets[0].field) < 0)
                return err_set(g->err, RC_INVALID, "%s sets no field", act->verb);
        return RC_OK;
}

/* One of our desks. */
static enum rc play_act(const struct gathering *g, struct subject *s, const struct json_t *entry,
                        int64_t at)
{
        struct act_set sets[KIND_FIELDS_MAX] = {{.value = NULL}};
        struct act_element elements[KIND_FIELDS_MAX];
        struct act act = {.sets = sets,
                          .elements = elements,
                          .reason = text_of(entry, "reason"),
                          .text = text_of(entry, "text")};
        const char *by = text_of(entry, "by"), *key = text_of(entry, "key");
        enum rc rc = scenario_need(g, entry, "do", &act.verb);

        if (rc != RC_OK)
                return rc;
        scenario_name_act(g->sc, &act, by, at);
        if (key)
                act.id = scenario_id(g->sc, "note", key);
        if (strcmp(act.verb, "ack") == 0) {
                sets[0] = (struct act_set){"acked", scenario_stamp(g->sc, at)};
                sets[1] = (struct act_set){"acked_by", by};
                act.set_count = 2;
        } else if (json_get(entry, "anchor")) {
                rc = scenario_clock_act(g, entry, by, at, &act);
        } else if (text_of(entry, "to")) {
                rc = set_one(g, s, entry, &act, sets);
        } else {
                rc = add_fields(g, s->now.kind, json_get(entry, "fields"), &act, sets, elements);
        }
        if (rc == RC_OK && !act.detail_count)
                rc = add_details(g, s->now.kind, json_get(entry, "detail"), &act, by);
        if (rc == RC_OK)
                scenario_write_act(g, s, &act, json_bool(json_get(entry, "apart"), false));
        return rc;
}

/* The unit whose thing it is. */
static enum rc play_word(const struct gathering *g, struct subject *s, const struct json_t *entry,
                         int64_t at)
{
        const char *verb, *said, *field;
        int index;
        enum rc rc = scenario_need(g, entry, "do", &verb);

        if (rc != RC_OK)
                return rc;
        if (strcmp(verb, "note") == 0) {
                rc = scenario_need(g, entry, "text", &said);
                if (rc == RC_OK)
                        scenario_write_note(g, s, text_of(entry, "by"), said, at);
                return rc;
        }
        rc = scenario_need(g, entry, "to", &said);
        field = strcmp(verb, "set") == 0 ? text_of(entry, "field") : verb;
        if (rc != RC_OK)
                return rc;
        index = field ? field_index(s->now.kind, field) : -1;
        if (index < 0)
                return err_set(g->err, RC_INVALID, "%s sets no field", verb);
        rc = scenario_set(g, &s->now, (size_t)index, said);
        s->shown.values[index] = s->now.values[index];
        return rc == RC_OK ? scenario_version(g, s, at) : rc;
}

enum rc scenario_entry(const struct gathering *g, struct subject *s, const struct json_t *entry)
{
        const char *by;
        int64_t at;
        enum rc rc = scenario_need(g, entry, "by", &by);

        if (rc == RC_OK)
                rc = read_at(g, entry, &at);
        if (rc != RC_OK)
                return err_wrap(g->err, rc, "%s", s->key);
        rc = !s->unit || is_desk(g->sc, by) ? play_act(g, s, entry, at)
                                            : play_word(g, s, entry, at);
        return rc == RC_OK ? RC_OK : err_wrap(g->err, rc, "%s", s->key);
}

/* ---- incidents ----------------------------------------------------------------------------- */

static enum rc start_subject(const struct gathering *g, const struct json_t *obj,
                             struct subject **ret)
{
        struct scenario *sc = g->sc;
        struct subject *s = scenario_add_subject(sc);
        const char *unit = text_of(obj, "unit");
        char ref[REF_MAX];
        struct ref_parts parts = {.prefix = "INC", .number = json_int(json_get(obj, "ref"), 0)};
        enum rc rc = scenario_need(g, obj, "key", &s->key);

        if (rc == RC_OK && unit)
                rc = scenario_find_unit(g, unit, &s->unit);
        if (rc != RC_OK)
                return rc;
        if (parts.number) {
                ref_format(&parts, ref);
                s->ref = arena_strdup(&sc->arena, ref);
        }
        s->id = scenario_id(sc, "incident", s->key);
        thing_init(&s->now, &kind_incident, s->id);
        thing_set(&s->now, "status", "new");
        *ret = s;
        rc = set_fields(g, s, obj);
        s->shown = s->now;
        return rc;
}

enum rc scenario_incident(const struct gathering *g, const struct json_t *obj)
{
        const struct json_t *log = json_get(obj, "log");
        struct subject *s = NULL;
        const char *by = text_of(obj, "by");
        int64_t at;
        enum rc rc = start_subject(g, obj, &s);

        if (rc == RC_OK)
                rc = read_at(g, obj, &at);
        if (rc != RC_OK)
                return err_wrap(g->err, rc, "%s", s ? s->key : "an incident");
        if (thing_text(&s->now, "outlook") && !thing_text(&s->now, "outlook_at")) {
                thing_set(&s->now, "outlook_at", scenario_stamp(g->sc, at));
                thing_set(&s->shown, "outlook_at", scenario_stamp(g->sc, at));
        }
        s->now.created_ms = at;
        s->now.created_by = s->unit;
        if (s->unit)
                rc = scenario_version(g, s, at);
        else
                scenario_opening(g, s, by ? by : g->sc->about.operator, at);
        for (size_t i = 0; rc == RC_OK && i < json_len(log); i++)
                rc = scenario_entry(g, s, json_at(log, i));
        return rc;
}
