/*
 * How a scenario writes what is said: acts of our desks, and the versions and notes of other units.
 */
#include <string.h>

#include "base/clock.h"
#include "base/crypt.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/str.h"
#include "model/hlc.h"
#include "wire/stix.h"

#include "app_private.h"

#define LINES_MAX KIND_FIELDS_MAX /* fields of one act */

const char *scenario_stamp(struct scenario *sc, int64_t ms)
{
        char text[STAMP_BYTES];

        stamp_format(ms, text);
        return arena_strdup(&sc->arena, text);
}

void scenario_gather(const struct gathering *g, const char *object)
{
        str_add_sep(g->out, g->out->len > 1 ? "," : "", object);
}

/* ---- acts of our desks --------------------------------------------------------------------- */

void scenario_name_act(struct scenario *sc, struct act *act, const char *by, int64_t at)
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

void scenario_write_act(const struct gathering *g, struct subject *s, struct act *act, bool apart)
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
        scenario_gather(g, str_text(&text));
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
        bool tells = kind == kind_of_type(s->id, ident_type_len(s->id)); /* the id does */
        struct act act = {.verb = "open",
                          .kind = tells ? NULL : kind->name,
                          .sets = sets,
                          .elements = elements};

        scenario_name_act(sc, &act, by, at);
        if (kind == &kind_incident) {
                thing_set(&s->shown, "acked", scenario_stamp(sc, at));
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
        scenario_write_act(g, s, &act, false);
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
                scenario_gather(g, str_text(&text));
        return rc;
}

void scenario_write_note(const struct gathering *g, const struct subject *s, const char *by,
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
        json_set_text(obj, "created", scenario_stamp(g->sc, at));
        json_set_text(obj, "modified", scenario_stamp(g->sc, at));
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
        scenario_gather(g, str_text(&text));
}
