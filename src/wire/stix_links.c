/*
 * Links: which other objects an incident or a part names, and by which member. Generations of the
 * incident extension suite name them differently; all are read. Members: incident core ef765651
 * (activities of the first draft, event_refs and task_refs of October 2023, events and tasks of
 * February 2024), event 4ca6de00, impact 7cc33dd6, task 2074a052 and its later schema.
 */
#include "wire/stix.h"

#include <string.h>

#include "base/ident.h"
#include "model/part.h"

#include "stix_private.h"

/* A member is an id or a list of them, or of objects that have the id in `inner`. */
static const struct {
        const char *type;
        const char *member, *inner;
} places[] = {
        {"incident", "events", "event_ref"},
        {"incident", "event_refs", NULL},
        {"incident", "activities", "event_ref"},
        {"incident", "tasks", "task_ref"},
        {"incident", "task_refs", NULL},
        {"incident", "impact_refs", NULL},
        {"event", "subevents", "event_ref"},
        {"event", "next_steps", "event_ref"},
        {"event", "changed_objects", "initial_ref"},
        {"event", "changed_objects", "result_ref"},
        {"event", "sighting_refs", NULL},
        {"impact", "impacted_refs", NULL},
        {"impact", "superseded_by_ref", NULL},
        {"task", "subtasks", "task_ref"},
        {"task", "next_steps", "task_ref"},
        {"task", "next_task_refs", NULL},
        {"task", "on_completion", NULL},
        {"task", "on_success", NULL},
        {"task", "on_failure", NULL},
        {"task", "changed_objects", "initial_ref"},
        {"task", "changed_objects", "result_ref"},
        {"task", "owner", NULL},
};

struct linking {
        struct stix_reading *r;
        struct stix_link *links;
        size_t count, room;
        bool full;
};

static void add(struct linking *l, const char *member, const char *target)
{
        if (l->count == STIX_LINKS_MAX) {
                l->full = true;
                return;
        }
        if (l->count == l->room) {
                size_t room = l->room ? 4 * l->room : 16;
                struct stix_link *more = arena_array(l->r->a, room, sizeof(*more));

                if (l->count)
                        memcpy(more, l->links, l->count * sizeof(*more));
                l->links = more;
                l->room = room;
        }
        l->links[l->count++] = (struct stix_link){member, target};
}

/* What is no id of a link is no news here: the member's own reader says so, if it has one. */
static void add_value(struct linking *l, const char *member, const char *inner,
                      const struct json_t *v)
{
        const char *id;

        if (inner && json_kind(v) == JSON_OBJ)
                v = json_get(v, inner);
        id = json_kind(v) == JSON_TEXT ? stix_id_of(l->r, v) : NULL;
        if (id)
                add(l, member, id);
}

static void add_member(struct linking *l, const struct json_t *obj, const char *member,
                       const char *inner)
{
        const struct json_t *v = json_get(obj, member);

        if (json_kind(v) != JSON_LIST) {
                add_value(l, member, inner, v);
                return;
        }
        for (size_t i = 0; i < json_len(v) && !l->full; i++)
                add_value(l, member, inner, json_at(v, i));
}

static bool has_kind(const char *id)
{
        size_t len = ident_type_len(id);

        return kind_of_type(id, len) || part_kind_of_type(id, len);
}

/* Reports name indicators by the thousand, which nobody looks for from here. */
static void add_object_refs(struct linking *l)
{
        const struct stix_object *o = l->r->o;

        for (size_t i = 0; i < o->ref_count && !l->full; i++)
                if (has_kind(o->refs[i]))
                        add(l, "object_refs", o->refs[i]);
}

void stix_read_links(struct stix_reading *r)
{
        const struct json_t *core =
                json_get(json_get(r->json, "extensions"), STIX_EXT_INCIDENT_CORE);
        struct linking l = {.r = r};

        for (size_t i = 0; i < ARRAY_LEN(places); i++) {
                if (strcmp(places[i].type, r->o->type) != 0)
                        continue;
                add_member(&l, r->json, places[i].member, places[i].inner);
                add_member(&l, core, places[i].member, places[i].inner);
        }
        add_object_refs(&l);
        if (l.full)
                stix_findf(r, "it names more than %d objects; the others are not followed",
                           STIX_LINKS_MAX);
        r->o->links = l.links;
        r->o->link_count = l.count;
}
