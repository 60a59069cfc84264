/*
 * What stands beside the workflow: variables, agents and targets, markings, references.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ident.h"
#include "base/str.h"
#include "base/text.h"
#include "model/marking.h"
#include "wire/cacao_reading.h"

/* Reads each entry of a map into what it is made of, of `size` bytes; NULL: there are none. */
static void *read_map(struct cacao_reading *r, const struct json_t *obj, const char *key,
                      size_t size,
                      void (*read)(struct cacao_reading *r, const struct cacao_entry *e, void *ret),
                      size_t *ret_count)
{
        const struct json_t *map = cacao_member(r, obj, key, JSON_OBJ);
        struct cacao_entry *entries;
        size_t count = cacao_entries(r, map, key, PLAYBOOK_LIST_MAX, &entries);
        char *list;

        *ret_count = count;
        if (!count)
                return NULL;
        list = arena_array(r->a, count, size);
        cacao_enter(r, key, 0);
        for (size_t i = 0; i < count; i++) {
                cacao_enter(r, entries[i].id, 0);
                read(r, &entries[i], list + i * size);
                cacao_leave(r);
        }
        cacao_leave(r);
        return list;
}

/* ---- variables ----------------------------------------------------------------------------- */

/* A string as it is; a number, true, false or an object as its JSON text. */
static const char *read_value(struct cacao_reading *r, const struct json_t *obj,
                              enum variable_type type)
{
        const struct json_t *v = json_get(obj, "value");
        CLEANUP(str_finish) struct str text = {0};

        switch (json_kind(v)) {
        case JSON_NONE:
        case JSON_NUL: return NULL;
        case JSON_TEXT: return cacao_clean(r, v, "value", true, VARIABLE_VALUE_MAX);
        default: break;
        }
        if (json_kind(v) != JSON_OBJ || type != VARIABLE_DICTIONARY)
                cacao_find(r, CACAO_WARN, "value", "is not a string");
        str_init(&text, VARIABLE_VALUE_MAX);
        json_print(v, 0, &text);
        if (text.over)
                cacao_find(r, CACAO_WARN, "value", "is longer than %d bytes, the rest is cut off",
                           VARIABLE_VALUE_MAX);
        AUTO_FREE char *clean = text_clean(str_text(&text), text.len, true);

        return arena_strdup(r->a, clean);
}

static void read_variable(struct cacao_reading *r, const struct cacao_entry *e, void *ret)
{
        struct variable *v = ret;
        struct err err = {0};

        v->name = e->id;
        if (!variable_is_name(e->id, strlen(e->id)))
                cacao_find(r, CACAO_WARN, NULL,
                           "is not the name of a variable: \"__name__\" of letters, digits, _ "
                           "and -");
        if (json_kind(e->value) != JSON_OBJ) {
                cacao_find(r, CACAO_WARN, NULL, "is not an object");
                return;
        }
        v->type_name = cacao_line(r, e->value, "type");
        v->type = variable_type_of(v->type_name);
        if (!v->type_name)
                cacao_find(r, CACAO_WARN, "type", "is missing");
        else if (v->type == VARIABLE_OTHER)
                cacao_find(r, CACAO_WARN, "type",
                           "is none that the standard has: any text is taken");
        v->value = read_value(r, e->value, v->type);
        v->description = cacao_text(r, e->value, "description");
        v->constant = cacao_bool(r, e->value, "constant");
        v->external = cacao_bool(r, e->value, "external");
        if (v->value && variable_check(v, v->value, &err) != RC_OK)
                cacao_find(r, CACAO_WARN, "value", "%s", err.text);
}

size_t cacao_read_variables(struct cacao_reading *r, const struct json_t *obj, const char *key,
                            const struct variable **ret)
{
        size_t count = 0;
        struct variable *list = read_map(r, obj, key, sizeof(*list), read_variable, &count);

        if (count)
                *ret = list;
        return count;
}

/* ---- agents and targets ---------------------------------------------------------------------- */

struct actor_reading {
        struct cacao_reading *r;
        struct actor_address *list;
        size_t count, room;
        const char *type; /* of the addresses that are read */
};

static void add_address(struct actor_reading *ar, const char *type, const char *label,
                        const char *value)
{
        if (ar->count >= PLAYBOOK_LIST_MAX)
                return;
        ar->list = arena_grow(ar->r->a, ar->list, ar->count, &ar->room, sizeof(*ar->list));
        ar->list[ar->count++] = (struct actor_address){type, label, value};
}

/* Something, "@", something with a point or none; no blanks or signs that a shell knows. */
static bool is_email(const char *s)
{
        const char *at = strchr(s, '@');

        return at && at > s && at[1] && !strchr(at + 1, '@') && !strpbrk(s, " \t;`'\"<>()|&$\\,");
}

static bool read_contact(void *ctx, const char *key, struct json_t *v)
{
        struct actor_reading *ar = ctx;
        struct cacao_reading *r = ar->r;
        const char *label, *value;

        if (json_kind(v) != JSON_TEXT)
                return true;
        label = cacao_id_of(r, key, strlen(key));
        value = cacao_clean(r, v, label, false, CACAO_LINE_MAX);
        add_address(ar, ar->type, label, value);
        if (strcmp(ar->type, "email") == 0 && !is_email(value))
                cacao_find(r, CACAO_WARN, label, "is not an e-mail address");
        return true;
}

/* {"ipv4": ["192.0.2.1"], ...} */
static bool read_addresses(void *ctx, const char *key, struct json_t *v)
{
        struct actor_reading *ar = ctx;
        const char *type = cacao_id_of(ar->r, key, strlen(key));

        for (size_t i = 0; i < json_len(v); i++) {
                const struct json_t *one = json_at(v, i);

                if (json_kind(one) == JSON_TEXT)
                        add_address(ar, type, NULL,
                                    cacao_clean(ar->r, one, type, false, CACAO_LINE_MAX));
        }
        return true;
}

static int compare_addresses(const void *pa, const void *pb)
{
        const struct actor_address *a = pa, *b = pb;
        int order = strcmp(a->type, b->type);

        if (order == 0)
                order = strcmp(a->label ? a->label : "", b->label ? b->label : "");
        return order ? order : strcmp(a->value, b->value);
}

static void read_reached(struct cacao_reading *r, const struct json_t *obj, struct actor *actor)
{
        static const char *const contacts[] = {"email", "phone"};
        const struct json_t *contact = cacao_member(r, obj, "contact", JSON_OBJ);
        const struct json_t *address = json_get(obj, "address");
        struct actor_reading ar = {.r = r};

        cacao_enter(r, "contact", 0);
        for (size_t i = 0; i < ARRAY_LEN(contacts); i++) {
                ar.type = contacts[i];
                cacao_enter(r, ar.type, 0);
                json_each(json_get(contact, ar.type), read_contact, &ar);
                cacao_leave(r);
        }
        cacao_leave(r);
        if (json_kind(address) == JSON_TEXT)
                add_address(&ar, "address", NULL,
                            cacao_clean(r, address, "address", false, CACAO_LINE_MAX));
        else
                json_each(address, read_addresses, &ar);
        if (ar.count)
                qsort(ar.list, ar.count, sizeof(*ar.list), compare_addresses);
        actor->addresses = ar.list;
        actor->address_count = ar.count;
}

/* agent-target-type-ov of CACAO 2.0. */
static const char *const actor_types[] = {
        "group",    "individual", "location", "organization",      "sector",
        "http-api", "linux",      "ssh",      "security-category", "net-address"};

/* Of these, those that are reached by an address. */
static const char *const machines[] = {"http-api", "ssh", "net-address"};

static void read_actor(struct cacao_reading *r, const struct cacao_entry *e, void *ret)
{
        struct actor *actor = ret;

        actor->id = e->id;
        if (!ident_is_stix(e->id, strlen(e->id)))
                cacao_find(r, CACAO_WARN, NULL, "is not an identifier: type--UUID");
        if (json_kind(e->value) != JSON_OBJ) {
                cacao_find(r, CACAO_WARN, NULL, "is not an object");
                return;
        }
        actor->type = cacao_line(r, e->value, "type");
        actor->name = cacao_line(r, e->value, "name");
        actor->description = cacao_text(r, e->value, "description");
        if (!actor->type)
                cacao_find(r, CACAO_WARN, "type", "is missing");
        else if (!cacao_is_one_of(actor->type, actor_types, ARRAY_LEN(actor_types)))
                cacao_find(r, CACAO_OK, "type", "is no type of CACAO, shown by its name: %s",
                           actor->type);
        if (!actor->name)
                cacao_find(r, CACAO_WARN, "name", "is missing");
        read_reached(r, e->value, actor);
        if (actor->type && cacao_is_one_of(actor->type, machines, ARRAY_LEN(machines)) &&
            !json_get(e->value, "address"))
                cacao_find(r, CACAO_WARN, "address", "is missing");
}

size_t cacao_read_actors(struct cacao_reading *r, const char *key, const struct actor **ret)
{
        size_t count = 0;
        struct actor *list = read_map(r, r->json, key, sizeof(*list), read_actor, &count);

        if (count)
                *ret = list;
        return count;
}

/* ---- markings -------------------------------------------------------------------------------- */

/* The TLP of a marking: -1 where it is a plain statement; what is not understood is RED. */
static int marking_tlp(struct cacao_reading *r, const char *id, const struct json_t *definition)
{
        const char *type = json_text(json_get(definition, "type"), NULL);
        const char *dashes = strstr(id, "--");
        const char *level = json_text(json_get(definition, "tlpv2_level"), NULL);
        int tlp;

        if (strncmp(id, "marking-statement--", 19) == 0 ||
            (type && strcmp(type, "marking-statement") == 0))
                return -1;
        tlp = tlp_read(level);
        if (!level && dashes) {
                /* the UUIDs of TLP 2.0 are those of STIX */
                const char *stix = arena_printf(r->a, "marking-definition%s", dashes);
                const struct tlp_definition *known = tlp_definition_of(stix);

                tlp = known ? (int)known->tlp : -1;
        }
        if (tlp >= 0)
                return tlp;
        cacao_find(r, CACAO_WARN, NULL, "%s is a marking that we do not know: it counts as RED",
                   id);
        return TLP_RED;
}

void cacao_read_markings(struct cacao_reading *r)
{
        const struct json_t *definitions =
                cacao_member(r, r->json, "data_marking_definitions", JSON_OBJ);
        const char *const *ids = NULL;
        size_t count = cacao_lines(r, r->json, "markings", &ids);
        struct playbook_statement *statements = arena_array(r->a, count + 1, sizeof(*statements));

        r->p->tlp = -1;
        r->p->statements = statements;
        cacao_enter(r, "markings", 0);
        for (size_t i = 0; i < count; i++) {
                const struct json_t *definition = json_get(definitions, ids[i]);
                const char *text = cacao_text(r, definition, "statement");
                int tlp = marking_tlp(r, ids[i], definition);

                if (tlp > r->p->tlp)
                        r->p->tlp = tlp;
                if (tlp < 0 && text)
                        statements[r->p->statement_count++] =
                                (struct playbook_statement){ids[i], text};
        }
        cacao_leave(r);
}

/* ---- references ------------------------------------------------------------------------------ */

void cacao_read_references(struct cacao_reading *r)
{
        const struct json_t *list = cacao_member(r, r->json, "external_references", JSON_LIST);
        size_t count = cacao_count(r, list, "external_references", PLAYBOOK_LIST_MAX);
        struct playbook_reference *refs = arena_array(r->a, count + 1, sizeof(*refs));

        cacao_enter(r, "external_references", 0);
        for (size_t i = 0; i < count; i++) {
                const struct json_t *obj = json_at(list, i);

                cacao_enter(r, NULL, i);
                if (json_kind(obj) != JSON_OBJ)
                        cacao_find(r, CACAO_WARN, NULL, "is not an object");
                refs[i] = (struct playbook_reference){
                        .name = cacao_line(r, obj, "name"),
                        .description = cacao_text(r, obj, "description"),
                        .source = cacao_line(r, obj, "source"),
                        .url = cacao_line(r, obj, "url"),
                        .external_id = cacao_line(r, obj, "external_id"),
                };
                if (!refs[i].name)
                        cacao_find(r, CACAO_WARN, "name", "is missing");
                cacao_leave(r);
        }
        cacao_leave(r);
        r->p->references = refs;
        r->p->reference_count = count;
}
