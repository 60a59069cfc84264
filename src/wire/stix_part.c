/*
 * Parts of an incident (model/part.h), read by tables: which member of the object is which field.
 * What a member must look like follows from the field's type. Nothing refuses an object: what does
 * not fit is left out, with a finding.
 */
#include "wire/stix.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/part.h"

#include "stix_private.h"

/* ---- the tables ----------------------------------------------------------------------------- */

struct member {
        const char *field, *member;
        const char *older; /* what drafts call it, or NULL */
};

static const struct member event_members[] = {
        {"name", "name", NULL},
        {"status", "status", NULL},
        {"start", "start_time", NULL},
        {"start_fidelity", "start_time_fidelity", NULL},
        {"end", "end_time", NULL},
        {"end_fidelity", "end_time_fidelity", NULL},
        {"types", "event_types", "event_type"},
        {"goal", "goal", NULL},
        {"description", "description", NULL},
};

static const struct member impact_members[] = {
        {"category", "impact_category", NULL},
        {"criticality", "criticality", NULL},
        {"start", "start_time", NULL},
        {"start_fidelity", "start_time_fidelity", NULL},
        {"end", "end_time", NULL},
        {"end_fidelity", "end_time_fidelity", NULL},
        {"recoverability", "recoverability", NULL},
        {"impacted_refs", "impacted_refs", NULL},
        {"superseded_by", "superseded_by_ref", NULL},
        {"description", "description", NULL},
};

static const struct member task_members[] = {
        {"name", "name", NULL},         {"outcome", "outcome", NULL},
        {"owner_refs", "owner", NULL},  {"due", "due_date", NULL},
        {"start", "start_time", NULL},  {"start_fidelity", "start_time_fidelity", NULL},
        {"end", "end_time", NULL},      {"end_fidelity", "end_time_fidelity", NULL},
        {"priority", "priority", NULL}, {"types", "task_types", "task_type"},
        {"error", "error", NULL},       {"description", "description", NULL},
};

static const struct member opinion_members[] = {
        {"opinion", "opinion", NULL},
        {"authors", "authors", NULL},
        {"explanation", "explanation", NULL},
};

static const struct member report_members[] = {
        {"name", "name", NULL},
        {"context", "context", NULL},
        {"published", "published", NULL},
        {"types", "report_types", "labels"},
        {"description", "description", NULL},
};

static void finish_impact(struct stix_reading *r);
static void finish_report(struct stix_reading *r);

/* needed: a member without which there is little to show. */
static const struct {
        const struct kind *kind;
        const struct member *members;
        size_t count;
        const char *needed;
        void (*finish)(struct stix_reading *r); /* what no member says by itself, or NULL */
} readers[] = {
        {&part_event, event_members, ARRAY_LEN(event_members), "status", NULL},
        {&part_impact, impact_members, ARRAY_LEN(impact_members), "category", finish_impact},
        {&part_task, task_members, ARRAY_LEN(task_members), "outcome", NULL},
        {&part_opinion, opinion_members, ARRAY_LEN(opinion_members), "opinion", NULL},
        {&part_report, report_members, ARRAY_LEN(report_members), "name", finish_report},
};

/* ---- one member by the type of its field --------------------------------------------------- */

static void read_time(struct stix_reading *r, const char *field, const char *key,
                      const struct json_t *v)
{
        int64_t ns = CLOCK_NONE;

        if (json_kind(v) == JSON_TEXT &&
            stamp_parse_ns(json_text(v, ""), json_text_len(v), &ns, NULL) == RC_OK)
                thing_set(r->o->part, field, stix_stamp(r, stix_ms(ns)));
        else
                stix_findf(r, "%s is not a timestamp", key);
}

static void read_count(struct stix_reading *r, const char *field, const char *key,
                       const struct json_t *v)
{
        int64_t n = json_int(v, -1);

        if (n >= 0)
                thing_set(r->o->part, field, arena_printf(r->a, "%" PRId64, n));
        else
                stix_findf(r, "%s is not a whole number", key);
}

static void set_items(struct stix_reading *r, const char *field, const char *const *items,
                      size_t count)
{
        if (count > VALUE_ITEMS_MAX) {
                stix_findf(r, "%s has %zu members; the first %d are shown", field, count,
                           VALUE_ITEMS_MAX);
                count = VALUE_ITEMS_MAX;
        }
        if (count > 0)
                thing_set_items(r->o->part, field, items, count, r->a);
}

/* Drafts have one word where later there is a list. */
static void read_words(struct stix_reading *r, const char *field, const char *key,
                       const struct json_t *v)
{
        const char *const *items = NULL;
        const char *one = NULL;
        size_t count;

        if (json_kind(v) == JSON_TEXT) {
                one = stix_clean_line(r->a, v);
                set_items(r, field, &one, *one ? 1 : 0);
                return;
        }
        count = stix_member_lines(r, r->json, key, &items);
        set_items(r, field, items, count);
}

static void read_refs(struct stix_reading *r, const char *field, const char *key,
                      const struct json_t *v)
{
        const char *const *ids = NULL;
        const char *one = NULL;
        size_t count;

        if (json_kind(v) == JSON_TEXT) {
                one = stix_id_of(r, v);
                if (!one)
                        stix_findf(r, "%s is not an identifier", key);
                set_items(r, field, &one, one ? 1 : 0);
                return;
        }
        count = stix_member_ids(r, key, &ids);
        set_items(r, field, ids, count);
}

static void read_member(struct stix_reading *r, const struct field *field, const char *key)
{
        const struct json_t *v = json_get(r->json, key);
        struct thing *t = r->o->part;

        if (!v)
                return;
        switch (field->type) {
        case FIELD_TIME: read_time(r, field->name, key, v); break;
        case FIELD_COUNT: read_count(r, field->name, key, v); break;
        case FIELD_WORDS: read_words(r, field->name, key, v); break;
        case FIELD_REFS: read_refs(r, field->name, key, v); break;
        case FIELD_REF: thing_set(t, field->name, stix_member_id(r, key)); break;
        case FIELD_TEXT: thing_set(t, field->name, stix_member_text(r, r->json, key)); break;
        default: thing_set(t, field->name, stix_member_line(r, r->json, key));
        }
}

/* ---- what no member says by itself ----------------------------------------------------------
 */

struct listing {
        struct stix_reading *r;
        struct str out;
        bool value_first; /* "2 organization", not "record count 2" */
};

static void add_pair(struct listing *l, const char *key, const char *value)
{
        if (!*value)
                return;
        str_add_sep(&l->out, ", ", l->value_first ? value : key);
        str_addf(&l->out, " %s", l->value_first ? key : value);
}

static bool add_scalar(void *ctx, const char *key, struct json_t *v)
{
        struct listing *l = ctx;

        if (strcmp(key, "extension_type") == 0)
                return true;
        if (json_kind(v) == JSON_TEXT)
                add_pair(l, key, json_text(v, ""));
        else if (json_kind(v) == JSON_INT || json_kind(v) == JSON_NUMBER)
                add_pair(l, key, arena_printf(l->r->a, "%" PRId64, json_int(v, 0)));
        return true;
}

/* A later schema has a list of {entity_type, count} instead of an object. */
static void add_count(struct listing *l, const struct json_t *entry)
{
        const struct json_t *n = json_get(entry, "count");

        if (json_kind(n) == JSON_INT)
                add_pair(l, json_text(json_get(entry, "entity_type"), "?"),
                         arena_printf(l->r->a, "%" PRId64, json_int(n, 0)));
}

static void listing_set(struct listing *l, const char *field)
{
        struct stix_reading *r = l->r;
        char *text;

        if (l->out.len) {
                text = arena_strdup(r->a, str_text(&l->out));
                for (char *s = text; *s; s++)
                        if (*s == '_')
                                *s = ' ';
                thing_set(r->o->part, field,
                          stix_clean(r->a, text, strlen(text), false, VALUE_LINE_MAX));
        }
        str_finish(&l->out);
}

static void read_counts(struct stix_reading *r)
{
        const struct json_t *v = json_get(r->json, "impacted_entity_counts");
        struct listing l = {.r = r, .value_first = true};

        str_init(&l.out, VALUE_TEXT_MAX);
        if (json_kind(v) == JSON_OBJ)
                json_each(v, add_scalar, &l);
        else if (v && json_kind(v) != JSON_LIST)
                stix_find(r, "impacted_entity_counts is neither an object nor a list");
        for (size_t i = 0; json_kind(v) == JSON_LIST && i < json_len(v); i++)
                add_count(&l, json_at(v, i));
        listing_set(&l, "counts");
}

/* The extension of the category: "monetary-ext" since draft 2.1, "monetary" before. */
static void read_details(struct stix_reading *r)
{
        const struct json_t *extensions = json_get(r->json, "extensions");
        const char *category = thing_text(r->o->part, "category");
        const struct json_t *ext = NULL;
        struct listing l = {.r = r};

        if (!category || !*category)
                return;
        ext = json_get(extensions, arena_printf(r->a, "%s-ext", category));
        if (!ext)
                ext = json_get(extensions, category);
        str_init(&l.out, VALUE_TEXT_MAX);
        if (json_kind(ext) == JSON_OBJ)
                json_each(ext, add_scalar, &l);
        else if (ext)
                stix_find(r, "the extension of its category is not an object");
        listing_set(&l, "details");
}

static void finish_impact(struct stix_reading *r)
{
        const char *criticality = thing_text(r->o->part, "criticality");
        enum severity severity;

        if (criticality) {
                severity = severity_of_criticality(strtoll(criticality, NULL, 10));
                thing_set(r->o->part, "severity", enum_id(&enum_severity, (int)severity));
        }
        read_counts(r);
        read_details(r);
}

static void finish_report(struct stix_reading *r)
{
        thing_set(r->o->part, "form", r->o->type);
}

/* ---- one part -------------------------------------------------------------------------------
 */

static void read_members(struct stix_reading *r, const struct member *members, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                const struct member *m = &members[i];
                bool older = m->older && !json_get(r->json, m->member);

                read_member(r, field_find(r->o->part->kind, m->field),
                            older ? m->older : m->member);
        }
}

enum rc stix_read_part(struct stix_reading *r, const struct kind *kind, struct err *err)
{
        struct stix_object *o = r->o;
        struct thing *t = stix_make_thing(r, kind);

        (void)err;
        o->what = STIX_PART;
        o->part = t;
        thing_set(t, "created", stix_stamp(r, t->created_ms));
        thing_set(t, "modified", stix_stamp(r, stix_ms(t->modified_ns)));
        stix_read_links(r);
        for (size_t i = 0; i < ARRAY_LEN(readers); i++) {
                if (readers[i].kind != kind)
                        continue;
                read_members(r, readers[i].members, readers[i].count);
                if (readers[i].finish)
                        readers[i].finish(r);
                if (!thing_text(t, readers[i].needed))
                        stix_findf(r, "%s is missing", readers[i].needed);
        }
        return RC_OK;
}
