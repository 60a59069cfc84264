/*
 * A document: what it is, its head, then its parts in the order in which they refer to each other.
 */
#include <string.h>
#include <strings.h>

#include "base/ident.h"
#include "wire/cacao_reading.h"

const char *cacao_verdict_name(enum cacao_verdict v)
{
        static const char *const names[] = {"ok", "warn", "view-only", "refused"};

        return names[v];
}

/* ---- the head -------------------------------------------------------------------------------- */

/* True for version 2.0, however it is spelt. */
static bool read_version(struct cacao_reading *r)
{
        const char *version = cacao_line(r, r->json, "spec_version");

        r->p->spec_version = version;
        if (version && strcmp(version, "cacao-2.0") == 0)
                return true;
        if (version && (strcasecmp(version, "cacao-2.0") == 0 || strcmp(version, "2.0") == 0)) {
                cacao_find(r, CACAO_WARN, "spec_version", "is not spelt \"cacao-2.0\"");
                return true;
        }
        if (version)
                cacao_find(r, CACAO_VIEW_ONLY, "spec_version", "is %s: only CACAO 2.0 can be run",
                           version);
        else
                cacao_find(r, CACAO_VIEW_ONLY, "spec_version",
                           "is missing: only CACAO 2.0 can be run");
        return false;
}

static void check_id(struct cacao_reading *r, const char *key, const char *id, const char *type)
{
        size_t len = strlen(type);

        if (!id)
                cacao_find(r, CACAO_WARN, key, "is missing");
        else if (!ident_is_stix(id, strlen(id)) || strncmp(id, type, len) != 0)
                cacao_find(r, CACAO_WARN, key, "is not an identifier: %sUUID", type);
}

static void read_identity(struct cacao_reading *r)
{
        struct playbook *p = r->p;

        p->id = cacao_id(r, r->json, "id");
        p->name = cacao_line(r, r->json, "name");
        p->description = cacao_text(r, r->json, "description");
        p->created_by = cacao_id(r, r->json, "created_by");
        p->created_ns = cacao_time_ns(r, r->json, "created");
        p->modified_ns = cacao_time_ns(r, r->json, "modified");
        check_id(r, "id", p->id, "playbook--");
        check_id(r, "created_by", p->created_by, "identity--");
        if (!p->name || !*p->name)
                cacao_find(r, CACAO_WARN, "name", "is missing");
        if (!json_get(r->json, "created"))
                cacao_find(r, CACAO_WARN, "created", "is missing");
        if (!json_get(r->json, "modified"))
                cacao_find(r, CACAO_WARN, "modified", "is missing");
}

static void read_validity(struct cacao_reading *r)
{
        struct playbook *p = r->p;
        char stamp[STAMP_BYTES];

        p->revoked = cacao_bool(r, r->json, "revoked");
        p->valid_from_ms = cacao_time_ms(r, r->json, "valid_from");
        p->valid_until_ms = cacao_time_ms(r, r->json, "valid_until");
        if (p->revoked)
                cacao_find(r, CACAO_WARN, "revoked",
                           "the playbook was revoked by those who wrote it");
        if (r->now_ms == CLOCK_NONE)
                return;
        if (p->valid_from_ms != CLOCK_NONE && p->valid_from_ms > r->now_ms) {
                stamp_format_s(p->valid_from_ms, stamp);
                cacao_find(r, CACAO_WARN, "valid_from", "it is not valid before %s", stamp);
        }
        if (p->valid_until_ms != CLOCK_NONE && p->valid_until_ms < r->now_ms) {
                stamp_format_s(p->valid_until_ms, stamp);
                cacao_find(r, CACAO_WARN, "valid_until", "it was valid until %s", stamp);
        }
}

static void read_head(struct cacao_reading *r)
{
        struct playbook *p = r->p;
        const struct {
                const char *key;
                const char *const **ret;
                size_t *ret_count;
        } lists[] = {
                {"playbook_types", &p->types, &p->type_count},
                {"playbook_activities", &p->activities, &p->activity_count},
                {"industry_sectors", &p->sectors, &p->sector_count},
                {"labels", &p->labels, &p->label_count},
                {"derived_from", &p->derived_from, &p->derived_count},
                {"related_to", &p->related_to, &p->related_count},
        };

        read_identity(r);
        read_validity(r);
        p->priority = (int)cacao_number(r, r->json, "priority", 0, 100, -1);
        p->severity = (int)cacao_number(r, r->json, "severity", 0, 100, -1);
        p->impact = (int)cacao_number(r, r->json, "impact", 0, 100, -1);
        for (size_t i = 0; i < ARRAY_LEN(lists); i++)
                *lists[i].ret_count = cacao_lines(r, r->json, lists[i].key, lists[i].ret);
        cacao_read_markings(r);
        cacao_read_references(r);
}

/* ---- where it begins ------------------------------------------------------------------------- */

static void read_start(struct cacao_reading *r)
{
        struct playbook *p = r->p;
        const char *start = cacao_id(r, r->json, "workflow_start");
        const char *exception = cacao_id(r, r->json, "workflow_exception");

        p->start = playbook_step(p, start);
        p->exception = playbook_step(p, exception);
        if (!start)
                cacao_find(r, CACAO_VIEW_ONLY, "workflow_start", "is missing");
        else if (p->start < 0)
                cacao_find(r, CACAO_VIEW_ONLY, "workflow_start",
                           "names a step that does not exist: %s", start);
        else if (p->steps[p->start].type != STEP_START)
                cacao_find(r, CACAO_WARN, "workflow_start", "names a step that is no start: %s",
                           start);
        if (exception && p->exception < 0)
                cacao_find(r, CACAO_WARN, "workflow_exception",
                           "names a step that does not exist: %s", exception);
}

static void read_all(struct cacao_reading *r)
{
        struct playbook *p = r->p;
        bool current = read_version(r);

        read_head(r);
        p->variable_count = cacao_read_variables(r, r->json, "playbook_variables", &p->variables);
        p->agent_count = cacao_read_actors(r, "agent_definitions", &p->agents);
        p->target_count = cacao_read_actors(r, "target_definitions", &p->targets);
        cacao_read_steps(r, json_get(r->json, "workflow"));
        read_start(r);
        if (current) {
                cacao_check_graph(r);
                cacao_check_variables(r);
        }
        cacao_read_signatures(r);
}

/* ---- the document ---------------------------------------------------------------------------- */

static bool is_playbook(struct cacao_reading *r)
{
        const char *type = json_text(json_get(r->json, "type"), NULL);

        if (json_kind(r->json) != JSON_OBJ)
                cacao_find(r, CACAO_REFUSED, NULL,
                           json_kind(r->json) == JSON_LIST
                                   ? "is a list of playbooks: export it and import that file, and "
                                     "each is one of its own"
                                   : "is not an object");
        else if (!type)
                cacao_find(r, CACAO_REFUSED, "type", "is missing: this is no playbook");
        else if (strcmp(type, "playbook") != 0)
                cacao_find(r, CACAO_REFUSED, "type", "is %s: this is no playbook", type);
        else if (json_kind(json_get(r->json, "workflow")) == JSON_NONE)
                cacao_find(r, CACAO_REFUSED, "workflow", "is missing");
        else if (json_kind(json_get(r->json, "workflow")) != JSON_OBJ)
                cacao_find(r, CACAO_REFUSED, "workflow", "is not an object of steps");
        else if (json_len(json_get(r->json, "workflow")) > PLAYBOOK_STEPS_MAX)
                cacao_find(r, CACAO_REFUSED, "workflow", "has more than %d steps",
                           PLAYBOOK_STEPS_MAX);
        return r->verdict < CACAO_REFUSED;
}

static void finish(struct cacao_reading *r, struct cacao_doc *doc)
{
        if (r->finding_more) {
                r->findings = arena_grow(r->a, r->findings, r->finding_count, &r->finding_room,
                                         sizeof(*r->findings));
                r->findings[r->finding_count++] = (struct cacao_finding){
                        CACAO_OK, "", arena_printf(r->a, "and %zu findings more", r->finding_more)};
        }
        doc->verdict = r->verdict;
        doc->findings = r->findings;
        doc->finding_count = r->finding_count;
}

void cacao_read_tree(const struct json_t *json, bool twice, int64_t now_ms, struct arena *a,
                     struct cacao_doc *doc)
{
        struct cacao_reading r = {.a = a, .json = json, .now_ms = now_ms};

        if (is_playbook(&r)) {
                doc->playbook = r.p = arena_alloc(a, sizeof(*r.p));
                if (twice)
                        cacao_find(&r, CACAO_WARN, NULL,
                                   "has a member twice: the last one counts here, the first "
                                   "elsewhere");
                read_all(&r);
        }
        finish(&r, doc);
}

void cacao_refuse(struct arena *a, const char *why, struct cacao_doc *doc)
{
        struct cacao_reading r = {.a = a};

        cacao_find(&r, CACAO_REFUSED, NULL, "%s", why);
        finish(&r, doc);
}

/* What a tree of it takes is known before it is made: some 250 bytes for each bracket. */
static bool is_too_wide(const char *bytes, size_t len)
{
        size_t brackets = 0, commas = 0;

        for (size_t i = 0; i < len; i++) {
                brackets += bytes[i] == '{' || bytes[i] == '[';
                commas += bytes[i] == ',';
        }
        return brackets > CACAO_BRACKETS_MAX || commas > CACAO_COMMAS_MAX;
}

enum rc cacao_parse(const char *bytes, size_t len, struct json_t **ret, bool *ret_twice,
                    struct err *err)
{
        if (is_too_wide(bytes, len))
                return err_set(err, RC_INVALID, "has more members than a playbook may have");
        return json_parse_strictly(bytes, len, ret, ret_twice, err);
}

static size_t byte_order_mark(const char *bytes, size_t len)
{
        return len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

void cacao_read(const char *bytes, size_t len, int64_t now_ms, struct arena *a,
                struct cacao_doc *ret)
{
        CLEANUP(json_cleanup) struct json_t *json = NULL;
        size_t mark = byte_order_mark(bytes, len);
        struct err err = {0};
        bool twice = false;

        *ret = (struct cacao_doc){.bytes = bytes, .len = len, .where = ""};
        if (len > PLAYBOOK_BYTES_MAX)
                err_set(&err, RC_INVALID, "is larger than %d bytes", PLAYBOOK_BYTES_MAX);
        else
                cacao_parse(bytes + mark, len - mark, &json, &twice, &err);
        if (json)
                cacao_read_tree(json, twice, now_ms, a, ret);
        else
                cacao_refuse(a, err.text, ret);
}
