/*
 * Things for which STIX has no object of its own: a task that is a request or a deployment, and
 * objects of types that are Muster's. Other tools see a name, a description and, of a task, whether
 * it is under way; everything else is in STIX_EXT_STATE.
 */
#include "wire/stix.h"

#include <string.h>

#include "base/str.h"
#include "model/part.h"

#include "stix_private.h"

/* ---- reading -------------------------------------------------------------------------------- */

/* Which of the kinds that its type can be; NULL: none, as of a task that others wrote. */
static const struct kind *own_kind(struct stix_reading *r)
{
        const struct json_t *ext = stix_extension(r, STIX_EXT_STATE);
        const char *type = r->o->type, *said = json_text(json_get(ext, "kind"), NULL);
        size_t len = strlen(type);
        const struct kind *kind = kind_of_type(type, len);

        if (!part_kind_of_type(type, len))
                return kind;
        while (kind && !(said && strcmp(kind->name, said) == 0))
                kind = kind_of_type_after(kind, type, len);
        return kind;
}

bool stix_read_own(struct stix_reading *r)
{
        const struct kind *kind = own_kind(r);
        struct thing *t;

        if (!kind)
                return false;
        t = stix_new_thing(r, kind);
        r->o->what = STIX_THING;
        stix_set_stamp(r, "created", t->created_ms);
        stix_set_stamp(r, "modified", stix_ms(t->modified_ns));
        if (!stix_read_state(r))
                thing_set(t, "description", stix_member_text(r, r->json, "description"));
        if (!thing_text(t, kind->title))
                stix_set_title(r, kind->title);
        return true;
}

/* ---- writing -------------------------------------------------------------------------------- */

/* What a state is to those who know tasks only (task outcome of the incident extensions). */
static const struct {
        const struct kind *kind;
        const char *state, *outcome; /* NULL: any other state */
} outcomes[] = {
        {&kind_request, "active", "ongoing"},
        {&kind_request, "ended", "successful"},
        {&kind_request, "reported", "successful"},
        {&kind_request, "closed", "successful"},
        {&kind_request, "refused", "failed"},
        {&kind_request, "withdrawn", "cancelled"},
        {&kind_request, "expired", "cancelled"},
        {&kind_request, NULL, "pending"},
        {&kind_deployment, "planned", "pending"},
        {&kind_deployment, "alerted", "pending"},
        {&kind_deployment, "confirmed", "pending"},
        {&kind_deployment, "returned", "successful"},
        {&kind_deployment, "resting", "successful"},
        {&kind_deployment, "closed", "successful"},
        {&kind_deployment, "declined", "cancelled"},
        {&kind_deployment, "stood-down", "cancelled"},
        {&kind_deployment, "recalled", "cancelled"},
        {&kind_deployment, NULL, "ongoing"},
        {&kind_run, "done", "successful"},
        {&kind_run, "failed", "failed"},
        {&kind_run, "cancelled", "cancelled"},
        {&kind_run, "waits", "unknown"},
        {&kind_run, NULL, "ongoing"},
};

static const char *outcome_of(const struct thing *t)
{
        const char *state = thing_text(t, "state");

        for (size_t i = 0; i < ARRAY_LEN(outcomes); i++)
                if (outcomes[i].kind == t->kind &&
                    (!outcomes[i].state || (state && strcmp(outcomes[i].state, state) == 0)))
                        return outcomes[i].outcome;
        return "unknown";
}

void stix_write_own(const struct thing *t, struct json_t *obj)
{
        const char *title = thing_text(t, t->kind->title);
        const char *description = thing_text(t, "description");

        title = title && *title ? title : "(no name)";
        json_set_text(obj, "name", title);
        json_set_text(obj, "description", description && *description ? description : title);
}

static void set_moment(struct json_t *obj, const char *key, const struct thing *t,
                       const char *field)
{
        const char *at = thing_text(t, field);

        json_set_text(obj, key, at && *at ? at : NULL);
}

static void write_task(const struct thing *t, const char *type, struct json_t *obj)
{
        struct json_t *types = json_new_list();

        stix_write_own(t, obj);
        json_set_text(stix_new_extension(obj, STIX_EXT_TASK), "extension_type", "new-sdo");
        json_push_text(types, type);
        json_set(obj, "task_types", types);
        json_set_text(obj, "outcome", outcome_of(t));
}

void stix_write_task(const struct thing *t, struct json_t *obj)
{
        write_task(t, "external-support", obj);
        set_moment(obj, "start_time", t, "from");
        set_moment(obj, "end_time", t, "until");
}

/* In words, for those who have no playbooks. */
static void describe_run(const struct thing *t, struct json_t *obj)
{
        const char *title = thing_text(t, "title");
        const char *state = thing_text(t, "state"), *now = thing_text(t, "now");
        const char *done = thing_text(t, "done"), *steps = thing_text(t, "steps");
        CLEANUP(str_finish) struct str text = {0};

        str_init(&text, VALUE_LINE_MAX);
        str_addf(&text, "%s: %s", title ? title : "(no name)", state ? state : "unknown");
        if (done && steps)
                str_addf(&text, ", %s of %s steps done", done, steps);
        if (now)
                str_addf(&text, "; now: %s", now);
        json_set_text(obj, "description", str_text(&text));
}

void stix_write_run(const struct thing *t, struct json_t *obj)
{
        write_task(t, "playbook-execution", obj);
        describe_run(t, obj);
        set_moment(obj, "start_time", t, "started");
        set_moment(obj, "end_time", t, "ended");
}

void stix_add_cacao_reference(struct json_t *obj, const char *id, const char *description)
{
        struct json_t *refs = json_new_list(), *ref = json_new_obj();

        json_set_text(ref, "source_name", "cacao");
        json_set_text(ref, "description", description);
        json_set_text(ref, "external_id", id);
        json_push(refs, ref);
        json_set(obj, "external_references", refs);
}

void stix_write_run_step(const struct stix_run_step *s, struct str *out)
{
        CLEANUP(json_cleanup)
        struct json_t *obj = stix_new_object("task", s->id, s->start_ms, s->modified_ms);
        struct json_t *types = json_new_list();

        json_set_text(obj, "created_by_ref", s->unit);
        stix_set_marking(obj, s->tlp);
        json_set_text(stix_new_extension(obj, STIX_EXT_TASK), "extension_type", "new-sdo");
        json_set_text(obj, "name", s->name);
        json_push_text(types, "playbook-step-execution");
        json_set(obj, "task_types", types);
        json_set_text(obj, "outcome", s->outcome);
        stix_set_time(obj, "start_time", s->start_ms);
        stix_set_time(obj, "end_time", s->end_ms);
        stix_add_cacao_reference(obj, s->step, NULL);
        json_print(obj, 0, out);
}

void stix_write_relation(const struct stix_own_relation *l, struct str *out)
{
        CLEANUP(json_cleanup)
        struct json_t *obj = stix_new_object("relationship", l->id, l->created_ms, l->created_ms);

        json_set_text(obj, "created_by_ref", l->unit);
        stix_set_marking(obj, l->tlp);
        json_set_text(obj, "relationship_type", l->type);
        json_set_text(obj, "source_ref", l->source);
        json_set_text(obj, "target_ref", l->target);
        json_print(obj, 0, out);
}
