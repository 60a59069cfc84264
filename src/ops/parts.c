/*
 * The parts of a thing (model/part.h): those that it names and, through them, those that they name;
 * those that name it; those that a relationship ties to it. Found by references, read from their
 * newest versions: so the order of arrival does not matter, a newer version takes the place of an
 * older one, and one that was revoked is gone. Nothing is followed through what only names it: a
 * report is about many incidents.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ident.h"
#include "base/mem.h"
#include "model/part.h"
#include "store/references.h"

#include "ops_private.h"

#define RELATIONS_MAX 100 /* of one task */

struct found {
        struct thing thing;
        size_t place; /* in which it was found */
};

struct waiting {
        const char *id;
        bool names_it; /* found because it names the thing, not the other way round */
};

struct finding {
        struct ops *ops;
        int64_t at_ms;
        struct arena *a;
        const char *id; /* of the thing */
        struct id_set seen;
        size_t max;
        struct waiting *queue;
        size_t queued, room;
        struct found *found;
        size_t count;
        bool cut;
        void (*each)(void *ctx, const struct stix_object *o); /* every part read, or NULL */
        void *ctx;
};

static bool is_part(const char *id)
{
        return part_kind_of_type(id, ident_type_len(id)) != NULL;
}

static void grow(struct finding *f)
{
        size_t room = f->room ? 4 * f->room : 16;
        struct waiting *queue = arena_array(f->a, room, sizeof(*queue));
        struct found *found = arena_array(f->a, room, sizeof(*found));

        if (f->room) {
                memcpy(queue, f->queue, f->queued * sizeof(*queue));
                memcpy(found, f->found, f->count * sizeof(*found));
        }
        f->queue = queue;
        f->found = found;
        f->room = room;
}

static void enqueue(struct finding *f, const char *id, bool names_it)
{
        if (!is_part(id) || id_set_has(&f->seen, id))
                return;
        if (f->queued == f->max) {
                f->cut = true;
                return;
        }
        if (f->queued == f->room)
                grow(f);
        id_set_add(&f->seen, id);
        f->queue[f->queued++] =
                (struct waiting){.id = arena_strdup(f->a, id), .names_it = names_it};
}

/* object_refs say what a report is about, not what it consists of. */
static void enqueue_links(struct finding *f, const struct stix_object *o)
{
        for (size_t i = 0; i < o->link_count; i++)
                if (o->what == STIX_THING || strcmp(o->links[i].member, "object_refs") != 0)
                        enqueue(f, o->links[i].target, false);
}

static enum rc enqueue_namers(struct finding *f, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char **list = NULL;
        size_t count = 0;
        enum rc rc = reference_to(f->ops->store, f->id, f->max, &a, &list, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                enqueue(f, list[i], true);
        return rc;
}

static void enqueue_related(struct finding *f, const struct relation *list, size_t count)
{
        for (size_t i = 0; i < count; i++)
                enqueue(f, strcmp(list[i].source, f->id) == 0 ? list[i].target : list[i].source,
                        false);
}

/* ---- names in place of ids ---------------------------------------------------------------------
 */

static const char *name_of(struct finding *f, const char *id)
{
        struct row row;
        const char *name;

        if (thing_by_id(f->ops->store, id, f->a, &row, NULL) != RC_OK)
                return id;
        name = thing_text(&row.thing, row.thing.kind->title);
        return name ? name : id;
}

static void set_names(struct finding *f, struct thing *t, const char *refs, const char *field)
{
        const struct value *v = thing_value(t, refs);
        const char **names;
        struct value shown;

        if (!v || v->count == 0)
                return;
        names = arena_array(f->a, v->count, sizeof(*names));
        for (size_t i = 0; i < v->count; i++)
                names[i] = name_of(f, v->items[i]);
        shown = (struct value){.items = names, .count = v->count};
        thing_set(t, field, value_join(&shown, ", ", f->a));
}

static void add_item(struct finding *f, struct thing *t, const char *field, const char *item)
{
        const struct value *v = thing_value(t, field);
        const char **items;

        if (!v || v->count == VALUE_ITEMS_MAX)
                return;
        items = arena_array(f->a, v->count + 1, sizeof(*items));
        if (v->count)
                memcpy(items, v->items, v->count * sizeof(*items));
        items[v->count] = item;
        thing_set_items(t, field, items, v->count + 1, f->a);
}

static enum rc read_version(struct finding *f, const char *id, struct stix_object *ret,
                            struct err *err)
{
        struct version v;
        enum rc rc = f->at_ms == CLOCK_NONE
                             ? version_newest(f->ops->store, id, false, f->a, &v, NULL)
                             : version_then(f->ops, id, f->at_ms, f->a, &v, NULL);

        return rc == RC_OK ? stix_read(v.bytes, v.len, f->a, ret, err) : rc;
}

/* Identity assigned task, identity performed task: the suite's relationships (2074a052). */
static enum rc add_people(struct finding *f, struct thing *t, struct err *err)
{
        static const struct {
                const char *relation, *field;
        } roles[] = {{"assigned", "owner_refs"},
                     {"performed", "performer_refs"},
                     {"participated-in", "performer_refs"}};
        struct relation *list = NULL;
        size_t count = 0;
        enum rc rc = relation_list(f->ops->store, t->id, RELATIONS_MAX, f->a, &list, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                struct stix_object o;

                if (strcmp(list[i].target, t->id) != 0 ||
                    read_version(f, list[i].id, &o, NULL) != RC_OK || o.revoked)
                        continue;
                for (size_t k = 0; k < ARRAY_LEN(roles); k++)
                        if (strcmp(list[i].type, roles[k].relation) == 0)
                                add_item(f, t, roles[k].field, list[i].source);
        }
        return rc;
}

static enum rc name_all(struct finding *f, struct thing *t, const struct stix_object *o,
                        struct err *err)
{
        bool unknown = false;
        int tlp = marking_of(f->ops, o, &unknown);
        enum rc rc = t->kind == &part_task ? add_people(f, t, err) : RC_OK;

        if (tlp >= 0)
                thing_set(t, "tlp", enum_id(&enum_tlp, tlp));
        if (t->created_by)
                thing_set(t, "source", name_of(f, t->created_by));
        set_names(f, t, "impacted_refs", "impacted");
        set_names(f, t, "owner_refs", "owner");
        set_names(f, t, "performer_refs", "performer");
        return rc;
}

/* ---- reading -----------------------------------------------------------------------------------
 */

/* A version that names the thing no more has no place under it. */
static bool still_names(const struct finding *f, const struct stix_object *o)
{
        for (size_t i = 0; i < o->link_count; i++)
                if (strcmp(o->links[i].target, f->id) == 0)
                        return true;
        return false;
}

static enum rc read_one(struct finding *f, size_t i, struct err *err)
{
        bool names_it = f->queue[i].names_it;
        struct stix_object o;
        enum rc rc = read_version(f, f->queue[i].id, &o, err);

        if (rc == RC_NOTFOUND)
                return RC_OK;
        if (rc != RC_OK)
                return rc;
        if (!o.part || (names_it && !still_names(f, &o)))
                return RC_OK;
        if (f->each)
                f->each(f->ctx, &o);
        if (o.revoked)
                return RC_OK;
        if (!names_it)
                enqueue_links(f, &o);
        f->found[f->count] = (struct found){.thing = *o.part, .place = f->count};
        rc = name_all(f, &f->found[f->count].thing, &o, err);
        f->count++;
        return rc;
}

static enum rc read_waiting(struct finding *f, size_t from, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = from; rc == RC_OK && i < f->queued; i++)
                rc = read_one(f, i, err);
        return rc;
}

/* First all that the thing consists of, so that many opinions do not crowd it out. */
static enum rc find_all(struct finding *f, const struct stix_object *base,
                        const struct relation *relations, size_t relation_count, struct err *err)
{
        size_t own;
        enum rc rc;

        if (base)
                enqueue_links(f, base);
        enqueue_related(f, relations, relation_count);
        rc = read_waiting(f, 0, err);
        own = f->queued;
        if (rc == RC_OK)
                rc = enqueue_namers(f, err);
        if (rc == RC_OK)
                rc = read_waiting(f, own, err);
        id_set_finish(&f->seen);
        return rc;
}

/* ---- order -------------------------------------------------------------------------------------
 */

static size_t rank_of(const struct kind *kind)
{
        size_t i = 0;

        while (part_kind_at(i) != kind)
                i++;
        return i;
}

/* What happened in the order it did; what was said newest first. Without a time: behind, as found.
 */
static int compare(const void *va, const void *vb)
{
        const struct found *a = va, *b = vb;
        const struct kind *kind = a->thing.kind;
        bool said = kind == &part_opinion || kind == &part_report;
        int64_t a_ms, b_ms;

        if (kind != b->thing.kind)
                return rank_of(kind) < rank_of(b->thing.kind) ? -1 : 1;
        a_ms = part_ms(&a->thing);
        b_ms = part_ms(&b->thing);
        if (a_ms == b_ms)
                return (a->place > b->place) - (a->place < b->place);
        if (a_ms == CLOCK_NONE || b_ms == CLOCK_NONE)
                return a_ms == CLOCK_NONE ? 1 : -1;
        return (a_ms < b_ms) != said ? -1 : 1;
}

enum rc parts_read(struct ops *ops, const struct state *st, int64_t at_ms, struct arena *a,
                   struct ops_view *v, struct err *err)
{
        struct finding f = {
                .ops = ops, .at_ms = at_ms, .a = a, .id = v->row.thing.id, .max = PARTS_MAX};
        enum rc rc =
                find_all(&f, st->has_base ? &st->base : NULL, v->relations, v->relation_count, err);

        if (rc != RC_OK)
                return rc;
        if (f.count)
                qsort(f.found, f.count, sizeof(*f.found), compare);
        v->parts = arena_array(a, f.count + 1, sizeof(*v->parts));
        for (size_t i = 0; i < f.count; i++)
                v->parts[i] = f.found[i].thing;
        v->part_count = f.count;
        v->parts_cut = f.cut;
        return RC_OK;
}

/* ---- for an export -----------------------------------------------------------------------------
 */

/* With what a part names of its own accord; its object_refs may lead to other incidents. */
static void add_ids(void *ctx, const struct stix_object *o)
{
        id_set_add(ctx, o->id);
        for (size_t i = 0; i < o->link_count; i++)
                if (strcmp(o->links[i].member, "object_refs") != 0)
                        id_set_add(ctx, o->links[i].target);
}

enum rc parts_add_ids(struct ops *ops, const char *id, const struct relation *relations,
                      size_t count, struct id_set *set, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct finding f = {.ops = ops,
                            .at_ms = CLOCK_NONE,
                            .a = &a,
                            .id = id,
                            .max = SIZE_MAX,
                            .each = add_ids,
                            .ctx = set};
        struct state st;
        enum rc rc = state_load(ops, id, CLOCK_NONE, &a, &st, err);

        return rc == RC_OK ? find_all(&f, st.has_base ? &st.base : NULL, relations, count, err)
                           : rc;
}
