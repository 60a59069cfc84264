#include "wire/stix.h"

#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "model/part.h"

#include "stix_private.h"

#define NS_PER_MS 1000000
#define TYPE_MAX  250

/* ---- things -------------------------------------------------------------------------------- */

int64_t stix_ms(int64_t ns)
{
        if (ns == CLOCK_NONE)
                return CLOCK_NONE;
        return ns / NS_PER_MS - (ns % NS_PER_MS < 0);
}

const char *stix_stamp(struct stix_reading *r, int64_t ms)
{
        char stamp[STAMP_BYTES];

        if (ms == CLOCK_NONE)
                return NULL;
        stamp_format(ms, stamp);
        return arena_strdup(r->a, stamp);
}

void stix_set_stamp(struct stix_reading *r, const char *field, int64_t ms)
{
        if (ms != CLOCK_NONE)
                thing_set(r->o->thing, field, stix_stamp(r, ms));
}

void stix_set_items(struct stix_reading *r, const char *field, const char *const *items,
                    size_t count)
{
        if (count > VALUE_ITEMS_MAX) {
                stix_findf(r, "%s has %zu members; the first %d are shown", field, count,
                           VALUE_ITEMS_MAX);
                count = VALUE_ITEMS_MAX;
        }
        if (count > 0)
                thing_set_items(r->o->thing, field, items, count, r->a);
}

/* A list needs something to show; so a thing without a name is shown as one. */
void stix_set_title(struct stix_reading *r, const char *field)
{
        const char *name = stix_member_line(r, r->json, "name");

        if (!name || !*name) {
                stix_find(r, "name is missing");
                name = "(no name)";
        }
        thing_set(r->o->thing, field, name);
}

struct thing *stix_make_thing(struct stix_reading *r, const struct kind *kind)
{
        struct stix_object *o = r->o;
        struct thing *t = arena_alloc(r->a, sizeof(*t));
        bool unknown = false;
        int tlp = stix_tlp(o, NULL, NULL, &unknown);

        thing_init(t, kind, o->id);
        t->created_by = o->created_by;
        t->created_ms = stix_ms(o->created_ns);
        t->modified_ns = o->modified_ns;
        t->revoked = o->revoked;
        if (tlp >= 0 && !unknown)
                thing_set(t, "tlp", enum_id(&enum_tlp, tlp));
        return t;
}

struct thing *stix_new_thing(struct stix_reading *r, const struct kind *kind)
{
        r->o->thing = stix_make_thing(r, kind);
        return r->o->thing;
}

/* ---- what every object has ----------------------------------------------------------------- */

static bool is_type(const char *type, size_t len)
{
        return len > 0 && len <= TYPE_MAX &&
               strspn(type, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

static enum rc read_names(struct stix_reading *r, struct err *err)
{
        const struct json_t *type = json_get(r->json, "type"), *id = json_get(r->json, "id");
        size_t type_len = json_text_len(type), id_len = json_text_len(id);

        if (json_kind(r->json) != JSON_OBJ)
                return err_set(err, RC_INVALID, "it is not a JSON object");
        if (json_kind(type) != JSON_TEXT)
                return err_set(err, RC_INVALID, "type is %s", type ? "not a string" : "missing");
        if (!is_type(json_text(type, ""), type_len))
                return err_set(err, RC_INVALID, "type is not the name of a STIX type");
        r->o->type = arena_strndup(r->a, json_text(type, ""), type_len);
        if (json_kind(id) != JSON_TEXT)
                return err_set(err, RC_INVALID, "%s: id is %s", r->o->type,
                               id ? "not a string" : "missing");
        if (!ident_is_stix(json_text(id, ""), id_len))
                return err_set(err, RC_INVALID, "%s: id is not of the form type--UUID", r->o->type);
        r->o->id = arena_strndup(r->a, json_text(id, ""), id_len);
        if (ident_type_len(r->o->id) != type_len || memcmp(r->o->id, r->o->type, type_len) != 0)
                return stix_refuse(r, err, "its type is %s, its id says another", r->o->type);
        if (strcmp(r->o->type, "bundle") == 0)
                return stix_refuse(r, err, "a bundle is not read as an object");
        return RC_OK;
}

static enum rc read_time(struct stix_reading *r, const char *key, int64_t *ret_ns, struct err *err)
{
        const struct json_t *v = json_get(r->json, key);

        if (!v)
                return RC_OK;
        if (json_kind(v) != JSON_TEXT ||
            stamp_parse_ns(json_text(v, ""), json_text_len(v), ret_ns, NULL) != RC_OK)
                return stix_refuse(r, err, "%s is not a timestamp", key);
        return RC_OK;
}

static bool is_one_of(const char *type, const char *const *types, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(type, types[i]) == 0)
                        return true;
        return false;
}

static bool says_new_sco(void *ctx, const char *key, struct json_t *ext)
{
        (void)key;
        if (strcmp(json_text(json_get(ext, "extension_type"), ""), "new-sco") == 0)
                *(bool *)ctx = true;
        return !*(bool *)ctx;
}

/* Observables have neither dates nor, in the wild, a spec_version; definitions have one date. */
static bool is_undated(const struct stix_reading *r)
{
        static const char *const types[] = {
                "artifact",
                "autonomous-system",
                "directory",
                "domain-name",
                "email-addr",
                "email-message",
                "file",
                "ipv4-addr",
                "ipv6-addr",
                "mac-addr",
                "mutex",
                "network-traffic",
                "process",
                "software",
                "url",
                "user-account",
                "x509-certificate",
                "windows-registry-key",
        };
        bool undated = is_one_of(r->o->type, types, ARRAY_LEN(types));

        if (!undated)
                json_each(json_get(r->json, "extensions"), says_new_sco, &undated);
        return undated;
}

static void judge_dates(struct stix_reading *r)
{
        const struct stix_object *o = r->o;

        if (o->created_ns == CLOCK_NONE || o->modified_ns == CLOCK_NONE) {
                if (is_undated(r))
                        return;
                if (o->created_ns == CLOCK_NONE)
                        stix_find(r, "created is missing");
                if (o->modified_ns == CLOCK_NONE)
                        stix_find(r, "modified is missing; it sorts before every dated version");
        } else if (o->modified_ns < o->created_ns) {
                stix_find(r, "modified is before created");
        }
}

static void judge_version(struct stix_reading *r)
{
        const struct json_t *v = json_get(r->json, "spec_version");

        if (v && strcmp(json_text(v, ""), "2.1") == 0)
                return;
        if (!v && !is_undated(r))
                stix_find(r, "spec_version is missing; read as STIX 2.0");
        else if (v && strcmp(json_text(v, ""), "2.0") == 0)
                stix_find(r, "it is STIX 2.0");
        else if (v)
                stix_find(r, "spec_version is neither 2.0 nor 2.1");
}

static enum rc read_common(struct stix_reading *r, struct err *err)
{
        struct stix_object *o = r->o;
        enum rc rc = read_time(r, "created", &o->created_ns, err);

        if (rc == RC_OK)
                rc = read_time(r, "modified", &o->modified_ns, err);
        if (rc != RC_OK)
                return rc;
        if (strcmp(o->type, "marking-definition") == 0)
                o->modified_ns = o->created_ns;
        o->created_by = stix_member_id(r, "created_by_ref");
        o->revoked = json_bool(stix_member(r, r->json, "revoked", JSON_BOOL), false);
        o->ref_count = stix_member_ids(r, "object_refs", &o->refs);
        stix_member(r, r->json, "extensions", JSON_OBJ);
        stix_read_markings(r);
        judge_dates(r);
        judge_version(r);
        if (!ident_has_version(o->id))
                stix_find(r, "the UUID of its id has a version that no standard defines");
        return RC_OK;
}

/* ---- one object ---------------------------------------------------------------------------- */

enum rc stix_read_relation(struct stix_reading *r, struct err *err)
{
        struct stix_object *o = r->o;

        (void)err;
        o->source = stix_member_id(r, "source_ref");
        o->target = stix_member_id(r, "target_ref");
        o->relation = stix_member_line(r, r->json, "relationship_type");
        if (o->source && o->target && o->relation)
                o->what = STIX_RELATION;
        else
                stix_find(r, "it does not say what is related to what");
        return RC_OK;
}

/* OpenCTI calls an incident that people work on a case-incident. */
static const struct {
        const char *type;
        enum rc (*read)(struct stix_reading *r, struct err *err);
} readers[] = {
        {"relationship", stix_read_relation},
        {"identity", stix_read_identity},
        {"course-of-action", stix_read_playbook},
        {"x-oca-playbook", stix_read_playbook},
        {"note", stix_read_note},
        {"incident", stix_read_incident},
        {"case-incident", stix_read_incident},
        {"marking-definition", stix_read_definition},
};

static enum rc read_object(struct stix_reading *r, struct err *err)
{
        const struct kind *part;
        enum rc rc = read_names(r, err);

        if (rc == RC_OK)
                rc = read_common(r, err);
        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; i < ARRAY_LEN(readers); i++)
                if (strcmp(r->o->type, readers[i].type) == 0)
                        return readers[i].read(r, err);
        if (stix_read_own(r))
                return RC_OK;
        part = part_kind_of_type(r->o->type, strlen(r->o->type));
        return part ? stix_read_part(r, part, err) : RC_OK;
}

static enum rc read_tree(const struct json_t *json, bool twice, struct arena *a,
                         struct stix_object *ret, struct err *err)
{
        struct stix_object o = {.what = STIX_OTHER,
                                .created_ns = CLOCK_NONE,
                                .modified_ns = CLOCK_NONE,
                                .marking_tlp = STIX_TLP_UNKNOWN};
        struct stix_reading r = {.a = a, .o = &o, .json = json};
        enum rc rc;

        if (twice)
                stix_find(&r, "a key stands twice in it; the last one is shown");
        rc = read_object(&r, err);
        if (rc == RC_OK)
                *ret = o;
        return rc;
}

enum rc stix_read(const char *bytes, size_t len, struct arena *a, struct stix_object *ret,
                  struct err *err)
{
        CLEANUP(json_cleanup) struct json_t *json = NULL;
        bool twice = false;
        enum rc rc = json_parse_strictly(bytes, len, &json, &twice, err);

        return rc == RC_OK ? read_tree(json, twice, a, ret, err) : rc;
}

enum rc stix_read_tree(const struct json_t *json, struct arena *a, struct stix_object *ret,
                       struct err *err)
{
        return read_tree(json, false, a, ret, err);
}
