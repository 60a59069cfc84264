#include "wire/stix.h"

#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/str.h"

#include "stix_private.h"

/* ---- shared by the writers ----------------------------------------------------------------- */

void stix_set_time(struct json_t *obj, const char *key, int64_t ms)
{
        char stamp[STAMP_BYTES];

        stamp_format(ms, stamp);
        json_set_text(obj, key, stamp);
}

struct json_t *stix_new_object(const char *type, const char *id, int64_t created_ms,
                               int64_t modified_ms)
{
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "type", type);
        json_set_text(obj, "spec_version", "2.1");
        json_set_text(obj, "id", id);
        stix_set_time(obj, "created", created_ms);
        stix_set_time(obj, "modified", modified_ms);
        return obj;
}

void stix_set_marking(struct json_t *obj, int tlp)
{
        struct json_t *refs = NULL;

        if (tlp < 0)
                return;
        refs = json_new_list();
        json_push_text(refs, tlp_id((enum tlp)tlp));
        json_set(obj, "object_marking_refs", refs);
}

struct json_t *stix_new_extension(struct json_t *obj, const char *id)
{
        struct json_t *all = json_get(obj, "extensions"), *ext = json_new_obj();

        if (!all) {
                all = json_new_obj();
                json_set(obj, "extensions", all);
        }
        json_set_text(ext, "extension_type", "property-extension");
        json_set(all, id, ext);
        return ext;
}

static struct json_t *list_of(const char *text)
{
        struct json_t *list = json_new_list();

        json_push_text(list, text);
        return list;
}

/* ---- acts ---------------------------------------------------------------------------------- */

static void write_sets(const struct act *act, struct json_t *ext)
{
        struct json_t *set = NULL;

        if (!act->set_count)
                return;
        set = json_new_obj();
        for (size_t i = 0; i < act->set_count; i++)
                json_set(set, act->sets[i].field,
                         act->sets[i].value ? json_new_text(act->sets[i].value) : json_new_null());
        json_set(ext, "set", set);
}

static struct json_t *member(struct json_t *obj, const char *key, struct json_t *(*make)(void))
{
        struct json_t *v = json_get(obj, key);

        if (v)
                return v;
        v = make();
        json_set(obj, key, v);
        return v;
}

static void write_elements(const struct act *act, struct json_t *ext)
{
        for (size_t i = 0; i < act->element_count; i++) {
                const struct act_element *e = &act->elements[i];
                struct json_t *fields = member(ext, e->remove ? "remove" : "add", json_new_obj);

                json_push_text(member(fields, e->field, json_new_list), e->item);
        }
}

static void write_was(const struct act *act, struct json_t *ext)
{
        for (size_t i = 0; i < act->was_count; i++) {
                struct json_t *fields = member(ext, "was", json_new_obj);
                struct json_t *ids = member(fields, act->was[i].field, json_new_list);

                for (size_t k = 0; k < act->was[i].count; k++)
                        json_push_text(ids, act->was[i].ids[k]);
        }
}

static void write_details(const struct act *act, struct json_t *ext)
{
        for (size_t i = 0; i < act->detail_count; i++)
                json_set_text(member(ext, "detail", json_new_obj), act->details[i].name,
                              act->details[i].value);
}

static void add_related(struct json_t *refs, const char *id)
{
        for (size_t i = 0; i < json_len(refs); i++)
                if (strcmp(json_text(json_at(refs, i), ""), id) == 0)
                        return;
        json_push_text(refs, id);
}

/* The target, and the things that the act names: both timelines show that one is a duplicate of the
 * other, in any tool. */
static struct json_t *related(const struct act *act)
{
        static const char *const named[] = {"merged", "incident"};
        const struct kind *kind = act_kind(act);
        struct json_t *refs = list_of(act->target);

        for (size_t i = 0; kind && i < act->set_count; i++) {
                const struct field *field = field_find(kind, act->sets[i].field);
                const char *value = act->sets[i].value;

                if (field && field->type == FIELD_REF && value && *value)
                        add_related(refs, value);
        }
        for (size_t i = 0; kind && i < act->element_count; i++) {
                const struct field *field = field_find(kind, act->elements[i].field);

                if (field && field->type == FIELD_REFS)
                        add_related(refs, act->elements[i].item);
        }
        for (size_t i = 0; i < ARRAY_LEN(named); i++)
                if (act_detail(act, named[i]))
                        add_related(refs, act_detail(act, named[i]));
        return refs;
}

struct json_t *stix_make_act(const struct act *act, int tlp)
{
        struct json_t *note = stix_new_object("note", act->id, act->created_ms, act->created_ms);
        struct json_t *ext = stix_new_extension(note, STIX_EXT_ACT);

        json_set_text(note, "created_by_ref", act->unit);
        json_set_text(note, "content", act->text ? act->text : "");
        json_set(note, "authors", list_of(act->operator));
        json_set(note, "object_refs", related(act));
        stix_set_marking(note, tlp);
        json_set_text(ext, "ref", act->ref);
        json_set_text(ext, "target", act->target);
        json_set_text(ext, "kind", act->kind);
        json_set_text(ext, "verb", act->verb);
        json_set_text(ext, "reason", act->reason);
        json_set_text(ext, "undoes", act->undoes);
        json_set_text(ext, "operator", act->operator);
        json_set_text(ext, "role", act->role);
        json_set_text(ext, "console", act->console);
        json_set_int(ext, "hlc", act->hlc);
        stix_set_time(ext, "occurred", act->occurred_ms);
        write_sets(act, ext);
        write_elements(act, ext);
        write_was(act, ext);
        write_details(act, ext);
        return note;
}

void stix_write_act(const struct act *act, int tlp, struct str *out)
{
        CLEANUP(json_cleanup) struct json_t *note = stix_make_act(act, tlp);

        json_print(note, 0, out);
}

/* ---- the unit ------------------------------------------------------------------------------ */

void stix_write_unit(const char *id, const char *name, int64_t created_ms, struct str *out)
{
        CLEANUP(json_cleanup)
        struct json_t *unit = stix_new_object("identity", id, created_ms, created_ms);

        json_set_text(unit, "created_by_ref", id);
        json_set_text(unit, "name", name);
        json_set_text(unit, "identity_class", "organization");
        json_print(unit, 0, out);
}
