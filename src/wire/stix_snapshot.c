#include "wire/stix.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/part.h"

#include "stix_private.h"

/* ---- for every tool ------------------------------------------------------------------------ */

/* investigation_status of each status: incident core knows three. */
static const char *const investigation[] = {
        [STATUS_NEW] = "new",         [STATUS_ACTIVE] = "open",   [STATUS_CONTAINED] = "open",
        [STATUS_RECOVERING] = "open", [STATUS_CLOSED] = "closed",
};

static const char *or_else(const char *text, const char *fallback)
{
        return text && *text ? text : fallback;
}

static void write_incident(const struct thing *t, struct json_t *obj)
{
        struct json_t *core = stix_new_extension(obj, STIX_EXT_INCIDENT_CORE);
        int severity = thing_rank(t, "severity"), status = thing_rank(t, "status");
        const char *title = or_else(thing_text(t, "title"), "(no title)");

        json_set_text(obj, "name", title);
        json_set_text(obj, "description", or_else(thing_text(t, "description"), title));
        json_set_text(core, "determination", "suspected");
        json_set_text(core, "investigation_status",
                      investigation[status < 0 ? STATUS_NEW : status]);
        if (severity >= 0)
                json_set_int(core, "criticality", severity_to_criticality((enum severity)severity));
}

static struct json_t *list_of_value(const struct value *v)
{
        struct json_t *list = json_new_list();

        for (size_t i = 0; i < v->count; i++)
                json_push_text(list, v->items[i]);
        return list;
}

static void write_participant(const struct thing *t, struct json_t *obj)
{
        static const char *const sets[] = {"roles", "sectors"};
        const char *name = or_else(thing_text(t, "name"), "(no name)");

        json_set_text(obj, "name", name);
        json_set_text(obj, "description", or_else(thing_text(t, "description"), name));
        json_set_text(obj, "identity_class", or_else(thing_text(t, "class"), "organization"));
        json_set_text(obj, "contact_information", or_else(thing_text(t, "contact"), NULL));
        for (size_t i = 0; i < ARRAY_LEN(sets); i++)
                if (!value_is_empty(thing_value(t, sets[i])))
                        json_set(obj, sets[i], list_of_value(thing_value(t, sets[i])));
}

static void write_expert(const struct thing *t, struct json_t *obj)
{
        stix_write_own(t, obj);
        json_set_text(obj, "identity_class", "individual");
        json_set_text(obj, "contact_information", or_else(thing_text(t, "contact"), NULL));
}

static void write_team(const struct thing *t, struct json_t *obj)
{
        stix_write_own(t, obj);
        json_set_text(obj, "identity_class", "group");
}

/* ---- for other consoles -------------------------------------------------------------------- */

static void write_state(const struct thing *t, const char *ref, struct json_t *obj)
{
        struct json_t *ext = stix_new_extension(obj, STIX_EXT_STATE);

        json_set_text(ext, "ref", ref);
        if (part_kind_of_type(t->id, ident_type_len(t->id)))
                json_set_text(ext, "kind", t->kind->name);
        for (size_t i = 0; i < t->kind->field_count; i++) {
                const struct field *field = &t->kind->fields[i];
                const struct value *v = &t->values[i];

                if (!stix_state_carries(field) || value_is_empty(v))
                        continue;
                json_set(ext, field->name,
                         field_is_set(field) ? list_of_value(v) : json_new_text(v->text));
        }
}

/* ---- the snapshot -------------------------------------------------------------------------- */

static const struct {
        const struct kind *kind;
        void (*write)(const struct thing *t, struct json_t *obj);
} writers[] = {
        {&kind_incident, write_incident},    {&kind_participant, write_participant},
        {&kind_expert, write_expert},        {&kind_team, write_team},
        {&kind_equipment, stix_write_own},   {&kind_agreement, stix_write_own},
        {&kind_rota, stix_write_own},        {&kind_request, stix_write_task},
        {&kind_deployment, stix_write_task}, {&kind_run, stix_write_run},
};

static void write_subtasks(const struct stix_snapshot *s, struct json_t *obj)
{
        struct json_t *list = s->subtask_count ? json_new_list() : NULL;

        for (size_t i = 0; i < s->subtask_count; i++) {
                struct json_t *entry = json_new_obj();

                json_set_text(entry, "task_ref", s->subtasks[i]);
                json_push(list, entry);
        }
        if (list)
                json_set(obj, "subtasks", list);
}

/* STIX has no place for the version of what is referred to, so it is said in words. */
static void write_playbook(const struct stix_snapshot *s, struct json_t *obj)
{
        char stamp[STAMP_BYTES], said[STAMP_BYTES + 16];

        if (!s->playbook_id)
                return;
        if (s->playbook_modified_ns != CLOCK_NONE) {
                stamp_format_ns(s->playbook_modified_ns, stamp);
                snprintf(said, sizeof(said), "modified %s", stamp);
        }
        stix_add_cacao_reference(obj, s->playbook_id,
                                 s->playbook_modified_ns != CLOCK_NONE ? said : NULL);
}

enum rc stix_write_thing(const struct stix_snapshot *s, struct str *out, struct err *err)
{
        const struct thing *t = &s->folded->thing;
        AUTO_FREE char *type = xstrndup(t->id, ident_type_len(t->id));
        int64_t created = t->created_ms == CLOCK_NONE ? s->modified_ms : t->created_ms;
        int64_t modified = s->modified_ms < created ? created : s->modified_ms;

        for (size_t i = 0; i < ARRAY_LEN(writers); i++) {
                CLEANUP(json_cleanup) struct json_t *obj = NULL;

                if (t->kind != writers[i].kind)
                        continue;
                obj = stix_new_object(type, t->id, created, modified);
                json_set_text(obj, "created_by_ref", s->unit);
                if (t->revoked)
                        json_set_bool(obj, "revoked", true);
                stix_set_marking(obj, thing_rank(t, "tlp"));
                writers[i].write(t, obj);
                write_subtasks(s, obj);
                write_playbook(s, obj);
                write_state(t, s->ref, obj);
                json_print(obj, 0, out);
                return RC_OK;
        }
        return err_set(err, RC_INVALID, "%s: a thing of kind %s is not published as an object",
                       t->id, t->kind->name);
}

bool stix_same_content(const char *a, size_t a_len, const char *b, size_t b_len)
{
        CLEANUP(json_cleanup) struct json_t *ja = NULL;
        CLEANUP(json_cleanup) struct json_t *jb = NULL;
        CLEANUP(str_finish) struct str ta = {0}, tb = {0};

        str_init(&ta, SIZE_MAX / 2);
        str_init(&tb, SIZE_MAX / 2);
        if (a_len == b_len && memcmp(a, b, a_len) == 0)
                return true;
        if (json_parse(a, a_len, &ja, NULL) != RC_OK || json_parse(b, b_len, &jb, NULL) != RC_OK ||
            json_kind(ja) != JSON_OBJ || json_kind(jb) != JSON_OBJ)
                return false;
        json_set(ja, "modified", json_new_null());
        json_set(jb, "modified", json_new_null());
        json_print(ja, 0, &ta);
        json_print(jb, 0, &tb);
        return ta.len == tb.len && memcmp(str_text(&ta), str_text(&tb), ta.len) == 0;
}
