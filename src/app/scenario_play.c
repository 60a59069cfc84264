/*
 * What happens in a scenario, as the objects that its units would have sent.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypt.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/str.h"
#include "model/hlc.h"
#include "model/rules.h"
#include "model/when.h"
#include "wire/stix.h"

#include "app_private.h"

#define LINES_MAX KIND_FIELDS_MAX /* fields of one act */

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

static const char *stamp(struct scenario *sc, int64_t ms)
{
        char text[STAMP_BYTES];

        stamp_format(ms, text);
        return arena_strdup(&sc->arena, text);
}

static void gather(const struct gathering *g, const char *object)
{
        str_add_sep(g->out, g->out->len > 1 ? "," : "", object);
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
                        thing_set(&s->now, field->name, stamp(g->sc, ms));
                } else {
                        thing_set(&s->now, field->name, json_text(v, NULL));
                }
        }
        return RC_OK;
}

/* ---- acts of our desks --------------------------------------------------------------------- */

static void name_act(struct scenario *sc, struct act *act, const char *by, int64_t at)
{
        char console[HASH_TEXT];
        AUTO_FREE char *key = xasprintf("act %zu", sc->names++);
        uint8_t bytes[8] = {0};

        for (size_t i = 0; by[i]; i++)
                bytes[i % sizeof(bytes)] = (uint8_t)(bytes[i % sizeof(bytes)] * 31 + by[i]);
        crypt_hex(bytes, sizeof(bytes), console);
        sc->hlc = hlc_next(sc->hlc, at);
        act->id = scenario_id(sc, "note", key);
        act->operator= by;
        act->role = "duty officer";
        act->console = arena_strdup(&sc->arena, console);
        act->unit = sc->about.unit_id;
        act->hlc = sc->hlc;
        act->occurred_ms = act->created_ms = at;
}

/* What takes elements out has seen the act that put them in. */
static void see_elements(const struct gathering *g, struct subject *s, struct act *act,
                         struct act_was *was)
{
        const char *name = act->element_count ? act->elements[0].field : NULL;
        int field = name ? field_index(s->shown.kind, name) : -1;
        const char **ids = arena_array(&g->sc->arena, 1, sizeof(*ids));

        if (field < 0)
                return;
        ids[0] = s->last[field];
        if (ids[0] && act->elements[0].remove)
                was[act->was_count++] = (struct act_was){.field = name, .ids = ids, .count = 1};
        s->last[field] = act->id;
}

/* The acts that `act` has seen and replaces. One made apart did not know of the newest. */
static void see(const struct gathering *g, struct subject *s, struct act *act, bool apart)
{
        struct act_was *was = arena_array(&g->sc->arena, LINES_MAX, sizeof(*was));

        for (size_t i = 0; i < act->set_count; i++) {
                int field = field_index(s->shown.kind, act->sets[i].field);
                const char **seen = apart ? &s->before[field] : &s->last[field];
                const char **ids = arena_array(&g->sc->arena, 1, sizeof(*ids));

                ids[0] = *seen;
                if (*seen)
                        was[act->was_count++] = (struct act_was){
                                .field = act->sets[i].field, .ids = ids, .count = 1};
                s->before[field] = *seen;
                s->last[field] = act->id;
        }
        see_elements(g, s, act, was);
        act->was = was;
}

static void write_act(const struct gathering *g, struct subject *s, struct act *act, bool apart)
{
        CLEANUP(str_finish) struct str text = {0};
        AUTO_FREE char *sentence = NULL;

        see(g, s, act, apart);
        act->target = s->id;
        if (!act->text) {
                sentence = act_sentence(act, &s->shown, g->sc->words);
                act->text = arena_strdup(&g->sc->arena, sentence);
        }
        str_init(&text, SCENARIO_MAX);
        stix_write_act(act, thing_rank(&s->shown, "tlp"), &text);
        gather(g, str_text(&text));
        for (size_t i = 0; i < act->set_count; i++)
                thing_set(&s->shown, act->sets[i].field, act->sets[i].value);
}

static void add_elements(struct act *act, struct act_element *elements, const struct field *field,
                         const struct value *v)
{
        for (size_t i = 0; i < v->count; i++)
                elements[act->element_count++] =
                        (struct act_element){.field = field->name, .item = v->items[i]};
}

void scenario_opening(const struct gathering *g, struct subject *s, const char *by, int64_t at)
{
        struct scenario *sc = g->sc;
        const struct kind *kind = s->shown.kind;
        struct act_set *sets = arena_array(&sc->arena, KIND_FIELDS_MAX, sizeof(*sets));
        struct act_element *elements = arena_array(&sc->arena, 64, sizeof(*elements));
        struct act act = {.verb = "open", .sets = sets, .elements = elements};

        name_act(sc, &act, by, at);
        if (kind == &kind_incident) {
                thing_set(&s->shown, "acked", stamp(sc, at));
                thing_set(&s->shown, "acked_by", by);
        }
        thing_set(&s->shown, "ref", s->ref);
        for (size_t i = 0; i < kind->field_count; i++) {
                const struct value *v = &s->shown.values[i];

                if (value_is_empty(v))
                        continue;
                if (field_is_set(&kind->fields[i]))
                        add_elements(&act, elements, &kind->fields[i], v);
                else
                        sets[act.set_count++] =
                                (struct act_set){.field = kind->fields[i].name, .value = v->text};
        }
        write_act(g, s, &act, false);
}

/* ---- another unit's word ------------------------------------------------------------------- */

enum rc scenario_version(const struct gathering *g, const struct subject *s, int64_t at)
{
        CLEANUP(str_finish) struct str text = {0};
        struct folded folded = {.thing = s->now};
        const struct stix_snapshot snapshot = {
                .folded = &folded, .ref = s->ref, .unit = s->unit, .modified_ms = at};
        enum rc rc;

        str_init(&text, SCENARIO_MAX);
        rc = stix_write_thing(&snapshot, &text, g->err);
        if (rc == RC_OK)
                gather(g, str_text(&text));
        return rc;
}

static void write_note(const struct gathering *g, const struct subject *s, const char *by,
                       const char *said, int64_t at)
{
        CLEANUP(json_cleanup) struct json_t *obj = json_new_obj();
        struct json_t *refs = json_new_list(), *authors = json_new_list();
        CLEANUP(str_finish) struct str text = {0};
        AUTO_FREE char *key = xasprintf("note %zu", g->sc->names++);
        int tlp = thing_rank(&s->now, "tlp");

        json_set_text(obj, "type", "note");
        json_set_text(obj, "spec_version", "2.1");
        json_set_text(obj, "id", scenario_id(g->sc, "note", key));
        json_set_text(obj, "created", stamp(g->sc, at));
        json_set_text(obj, "modified", stamp(g->sc, at));
        json_set_text(obj, "created_by_ref", s->unit);
        json_set_text(obj, "content", said);
        json_push_text(authors, by);
        json_set(obj, "authors", authors);
        json_push_text(refs, s->id);
        json_set(obj, "object_refs", refs);
        if (tlp >= 0) {
                struct json_t *marks = json_new_list();

                json_push_text(marks, tlp_id((enum tlp)tlp));
                json_set(obj, "object_marking_refs", marks);
        }
        str_init(&text, SCENARIO_MAX);
        json_print(obj, 0, &text);
        gather(g, str_text(&text));
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
                        *ret = stamp(g->sc, ms);
        } else if (type == FIELD_REF || type == FIELD_REFS) {
                *ret = scenario_id(g->sc, of, typed);
        }
        return rc;
}

static enum rc add_fields(const struct gathering *g, const struct json_t *fields, struct act *act,
                          struct act_set *sets, struct act_element *elements)
{
        const struct kind *kind = &kind_incident;
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < kind->field_count; i++) {
                const struct field *field = &kind->fields[i];
                const char *typed = text_of(fields, field->name), *value;

                if (!typed)
                        continue;
                rc = read_value(g, field->type, typed, kind->stix_type, &value);
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

static enum rc add_details(const struct gathering *g, const struct json_t *said, struct act *act,
                           const char *by)
{
        const struct verb *verb = verb_find(&kind_incident, act->verb);
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
        name_act(g->sc, &act, by, at);
        if (key)
                act.id = scenario_id(g->sc, "note", key);
        if (strcmp(act.verb, "ack") == 0) {
                sets[0] = (struct act_set){"acked", stamp(g->sc, at)};
                sets[1] = (struct act_set){"acked_by", by};
                act.set_count = 2;
        } else if (json_get(entry, "anchor")) {
                rc = scenario_clock_act(g, entry, by, at, &act);
        } else if (text_of(entry, "to")) {
                rc = set_one(g, s, entry, &act, sets);
        } else {
                rc = add_fields(g, json_get(entry, "fields"), &act, sets, elements);
        }
        if (rc == RC_OK && !act.detail_count)
                rc = add_details(g, json_get(entry, "detail"), &act, by);
        if (rc == RC_OK)
                write_act(g, s, &act, json_bool(json_get(entry, "apart"), false));
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
                        write_note(g, s, text_of(entry, "by"), said, at);
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
                thing_set(&s->now, "outlook_at", stamp(g->sc, at));
                thing_set(&s->shown, "outlook_at", stamp(g->sc, at));
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
