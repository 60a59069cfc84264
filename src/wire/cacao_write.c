#include <stdio.h>
#include <string.h>

#include "base/ident.h"
#include "base/str.h"
#include "model/marking.h"
#include "wire/cacao_reading.h"

#define OUR_IDENTITY "identity--7d0f3b52-6c1e-4a8b-9f27-3e5a1c9d4b60" /* of our extension */

/* ---- members --------------------------------------------------------------------------------- */

static void set_time(struct json_t *obj, const char *key, int64_t ns)
{
        char stamp[STAMP_BYTES];

        if (ns == CLOCK_NONE)
                return;
        stamp_format_ns(ns, stamp);
        json_set_text(obj, key, stamp);
}

static void set_time_ms(struct json_t *obj, const char *key, int64_t ms)
{
        char stamp[STAMP_BYTES];

        if (ms == CLOCK_NONE)
                return;
        stamp_format(ms, stamp);
        json_set_text(obj, key, stamp);
}

static void set_words(struct json_t *obj, const char *key, const char *const *words, size_t count)
{
        struct json_t *list;

        if (!count)
                return;
        list = json_new_list();
        for (size_t i = 0; i < count; i++)
                json_push_text(list, words[i]);
        json_set(obj, key, list);
}

static void set_number(struct json_t *obj, const char *key, int64_t n, int64_t none)
{
        if (n != none)
                json_set_int(obj, key, n);
}

static void set_flag(struct json_t *obj, const char *key, bool flag)
{
        if (flag)
                json_set_bool(obj, key, true);
}

/* The list of the map under this key, made where it is not there yet. */
static struct json_t *list_of(struct json_t *map, const char *key)
{
        if (!json_get(map, key))
                json_set(map, key, json_new_list());
        return json_get(map, key);
}

static struct json_t *map_of(struct json_t *obj, const char *key)
{
        if (!json_get(obj, key))
                json_set(obj, key, json_new_obj());
        return json_get(obj, key);
}

/* ---- variables, actors ----------------------------------------------------------------------- */

static void set_variables(struct json_t *obj, const char *key, const struct variable *list,
                          size_t count)
{
        for (size_t i = 0; i < count; i++) {
                const struct variable *v = &list[i];
                struct json_t *one = map_of(map_of(obj, key), v->name);

                json_set_text(one, "type",
                              v->type == VARIABLE_OTHER ? v->type_name
                                                        : variable_type_name(v->type));
                json_set_text(one, "value", v->value);
                json_set_text(one, "description", v->description);
                set_flag(one, "constant", v->constant);
                set_flag(one, "external", v->external);
        }
}

static void set_address(struct json_t *obj, const struct actor_address *a)
{
        if (a->label)
                json_set_text(map_of(map_of(obj, "contact"), a->type), a->label, a->value);
        else if (strcmp(a->type, "address") == 0)
                json_set_text(obj, "address", a->value);
        else
                json_push_text(list_of(map_of(obj, "address"), a->type), a->value);
}

static void set_actors(struct json_t *obj, const char *key, const struct actor *list, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                struct json_t *one = map_of(map_of(obj, key), list[i].id);

                json_set_text(one, "type", list[i].type);
                json_set_text(one, "name", list[i].name);
                json_set_text(one, "description", list[i].description);
                for (size_t k = 0; k < list[i].address_count; k++)
                        set_address(one, &list[i].addresses[k]);
        }
}

/* ---- steps ----------------------------------------------------------------------------------- */

static void set_step_id(struct json_t *obj, const char *key, const struct playbook *p, int step)
{
        if (step >= 0)
                json_set_text(obj, key, p->steps[step].id);
}

static struct json_t *make_command(const struct step_command *c)
{
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "type", c->type);
        json_set_text(obj, "command", c->text);
        json_set_text(obj, "content", c->content);
        json_set_text(obj, "description", c->description);
        for (size_t i = 0; i < c->header_count; i++)
                json_push_text(list_of(map_of(obj, "headers"), c->headers[i].name),
                               c->headers[i].value);
        return obj;
}

static void set_branches(struct json_t *obj, const struct playbook *p, const struct step *s)
{
        for (size_t i = 0; i < s->branch_count; i++) {
                const struct step_branch *b = &s->branches[i];

                if (b->step < 0)
                        continue;
                if (s->type == STEP_PARALLEL)
                        json_push_text(list_of(obj, "next_steps"), p->steps[b->step].id);
                else if (s->type == STEP_SWITCH)
                        set_step_id(map_of(obj, "cases"), b->label, p, b->step);
                else
                        set_step_id(obj, i ? "on_false" : "on_true", p, b->step);
        }
        json_set_text(obj, "condition", s->condition_text);
        json_set_text(obj, "switch", s->switch_text);
}

static bool is_extended(const struct step *s)
{
        return s->mandatory || s->two_person || s->adversary || s->minutes > 0;
}

static void set_extension(struct json_t *obj, const struct step *s)
{
        struct json_t *ext;

        if (!is_extended(s))
                return;
        ext = map_of(map_of(obj, "step_extensions"), PLAYBOOK_EXT_STEP);
        json_set_text(ext, "type", "muster-step");
        set_flag(ext, "mandatory", s->mandatory);
        set_flag(ext, "two_person", s->two_person);
        set_flag(ext, "adversary_infrastructure", s->adversary);
        set_number(ext, "minutes", s->minutes, 0);
}

static struct json_t *make_step(const struct playbook *p, const struct step *s)
{
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "type",
                      s->type == STEP_UNKNOWN ? s->type_name : step_type_name(s->type));
        json_set_text(obj, "name", s->name);
        json_set_text(obj, "description", s->description);
        set_number(obj, "delay", s->delay_ms, 0);
        set_number(obj, "timeout", s->timeout_ms, 0);
        json_set_text(obj, "owner", s->owner);
        if (s->agent >= 0)
                json_set_text(obj, "agent", p->agents[s->agent].id);
        for (size_t i = 0; i < s->target_count; i++)
                json_push_text(list_of(obj, "targets"), p->targets[s->targets[i]].id);
        set_variables(obj, "step_variables", s->variables, s->variable_count);
        for (size_t i = 0; i < s->command_count; i++)
                json_push(list_of(obj, "commands"), make_command(&s->commands[i]));
        set_words(obj, "in_args", s->in_args, s->in_count);
        set_words(obj, "out_args", s->out_args, s->out_count);
        set_step_id(obj, "on_completion", p, s->on_completion);
        set_step_id(obj, "on_success", p, s->on_success);
        set_step_id(obj, "on_failure", p, s->on_failure);
        set_branches(obj, p, s);
        json_set_text(obj, "playbook_id", s->playbook_id);
        set_time(obj, "playbook_version", s->playbook_version_ns);
        set_extension(obj, s);
        return obj;
}

static void set_workflow(struct json_t *obj, const struct playbook *p)
{
        struct json_t *workflow = map_of(obj, "workflow");
        bool extended = false;

        for (size_t i = 0; i < p->step_count; i++) {
                json_set(workflow, p->steps[i].id, make_step(p, &p->steps[i]));
                extended = extended || is_extended(&p->steps[i]);
        }
        set_step_id(obj, "workflow_start", p, p->start);
        set_step_id(obj, "workflow_exception", p, p->exception);
        if (!extended)
                return;
        struct json_t *ext = map_of(map_of(obj, "extension_definitions"), PLAYBOOK_EXT_STEP);

        json_set_text(ext, "type", "extension-definition");
        json_set_text(ext, "name", "Muster step");
        json_set_text(ext, "description",
                      "On a step: what those who run it by hand have to know besides.");
        json_set_text(ext, "created_by", OUR_IDENTITY);
        json_set_text(
                ext, "schema",
                "mandatory: boolean, the incident is not closed while it is open. two_person: "
                "boolean, a second person signs. adversary_infrastructure: boolean, it touches "
                "what the adversary runs. minutes: integer, how long it is expected to take.");
        json_set_text(ext, "version", "1.0.0");
}

/* ---- markings, references -------------------------------------------------------------------- */

static void set_marking(struct json_t *obj, const char *id, const char *type, const char *key,
                        const char *text, const char *created)
{
        struct json_t *one = map_of(map_of(obj, "data_marking_definitions"), id);

        json_push_text(list_of(obj, "markings"), id);
        json_set_text(one, "type", type);
        json_set_text(one, "id", id);
        json_set_text(one, "created_by", json_text(json_get(obj, "created_by"), OUR_IDENTITY));
        json_set_text(one, "created", created);
        json_set_text(one, key, text);
}

static void set_markings(struct json_t *obj, const struct playbook *p)
{
        char id[STIX_ID_MAX];

        if (p->tlp >= 0) {
                snprintf(id, sizeof(id), "marking-tlp%s", strstr(tlp_id((enum tlp)p->tlp), "--"));
                set_marking(obj, id, "marking-tlp", "tlpv2_level", tlp_name((enum tlp)p->tlp),
                            "2022-10-01T00:00:00.000Z");
        }
        for (size_t i = 0; i < p->statement_count; i++)
                set_marking(obj, p->statements[i].id, "marking-statement", "statement",
                            p->statements[i].text, json_text(json_get(obj, "created"), NULL));
}

static void set_references(struct json_t *obj, const struct playbook *p)
{
        for (size_t i = 0; i < p->reference_count; i++) {
                const struct playbook_reference *ref = &p->references[i];
                struct json_t *one = json_new_obj();

                json_set_text(one, "name", ref->name);
                json_set_text(one, "description", ref->description);
                json_set_text(one, "source", ref->source);
                json_set_text(one, "url", ref->url);
                json_set_text(one, "external_id", ref->external_id);
                json_push(list_of(obj, "external_references"), one);
        }
}

/* ---- the document ---------------------------------------------------------------------------- */

static void set_head(struct json_t *obj, const struct playbook *p)
{
        json_set_text(obj, "type", "playbook");
        json_set_text(obj, "spec_version", "cacao-2.0");
        json_set_text(obj, "id", p->id);
        json_set_text(obj, "name", p->name);
        json_set_text(obj, "description", p->description);
        json_set_text(obj, "created_by", p->created_by);
        set_time(obj, "created", p->created_ns);
        set_time(obj, "modified", p->modified_ns);
        set_time_ms(obj, "valid_from", p->valid_from_ms);
        set_time_ms(obj, "valid_until", p->valid_until_ms);
        set_flag(obj, "revoked", p->revoked);
        set_number(obj, "priority", p->priority, -1);
        set_number(obj, "severity", p->severity, -1);
        set_number(obj, "impact", p->impact, -1);
        set_words(obj, "playbook_types", p->types, p->type_count);
        set_words(obj, "playbook_activities", p->activities, p->activity_count);
        set_words(obj, "industry_sectors", p->sectors, p->sector_count);
        set_words(obj, "labels", p->labels, p->label_count);
        set_words(obj, "derived_from", p->derived_from, p->derived_count);
        set_words(obj, "related_to", p->related_to, p->related_count);
}

void cacao_write(const struct playbook *p, struct str *out)
{
        CLEANUP(json_cleanup) struct json_t *obj = json_new_obj();

        set_head(obj, p);
        set_markings(obj, p);
        set_references(obj, p);
        set_variables(obj, "playbook_variables", p->variables, p->variable_count);
        set_actors(obj, "agent_definitions", p->agents, p->agent_count);
        set_actors(obj, "target_definitions", p->targets, p->target_count);
        set_workflow(obj, p);
        json_print(obj, 0, out);
}
