/*
 * Conflicts: fields for which two consoles said different things, neither knowing of the other, and
 * those whom two deployments took for the same time.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "ops/conflicts.h"
#include "ops/overlaps.h"
#include "ops/walk.h"

#include "app_private.h"

static struct json_t *json_of_head(const struct fold_head *head, bool is_item)
{
        struct json_t *obj = json_new_obj();
        char at[STAMP_BYTES];

        stamp_format(head->act->created_ms, at);
        if (is_item)
                json_set_bool(obj, "member", head->value != NULL);
        else
                json_set(obj, "value", head->value ? json_new_text(head->value) : json_new_null());
        json_set_text(obj, "operator", head->act->operator);
        json_set_text(obj, "console", head->act->console);
        json_set_text(obj, "at", at);
        json_set_text(obj, "act", head->act->id);
        json_set_bool(obj, "late", head->late);
        return obj;
}

struct json_t *json_of_conflict(const struct folded *f, const struct fold_heads *h)
{
        struct json_t *obj = json_new_obj(), *heads = json_new_list();

        json_set_text(obj, "field", f->thing.kind->fields[h->field].name);
        if (h->item)
                json_set_text(obj, "item", h->item);
        for (size_t i = 0; i < h->count; i++)
                json_push(heads, json_of_head(&h->heads[i], h->item != NULL));
        json_set(obj, "heads", heads);
        return obj;
}

size_t count_conflicts(const struct folded *f)
{
        size_t n = 0;

        for (size_t i = 0; i < f->head_count; i++)
                n += f->heads[i].conflict;
        return n;
}

struct listing {
        struct ops *ops;
        struct json_t *list; /* NULL: text */
};

static void add_json(const struct listing *l, const struct conflicts *of, const struct conflict *c)
{
        struct json_t *obj = json_of_conflict(&of->folded, c->heads),
                      *heads = json_get(obj, "heads");

        for (size_t i = 0; i < c->count; i++) {
                json_set_bool(json_at(heads, i), "ours", c->words[i].ours);
                json_set_bool(json_at(heads, i), "in_force", c->words[i].in_force);
                json_set_text_or_null(json_at(heads, i), "unit", c->words[i].unit);
        }
        json_set_text_or_null(obj, "before", c->before);
        json_set_text(obj, "ref", of->row.ref);
        json_set_text(obj, "id", of->row.thing.id);
        json_set_text(obj, "kind", of->row.thing.kind->name);
        json_set_text(obj, "modified", thing_text(&of->row.thing, "modified"));
        json_push(l->list, obj);
}

static const char *value_of(const struct conflict *c, const char *value)
{
        if (c->heads->item)
                return value ? c->heads->item : "not";
        return value ? value : "-";
}

static void print_text(const struct conflicts *of, const struct conflict *c)
{
        print_cell(of->row.ref, 12);
        printf("  ");
        print_cell(c->field->name, 12);
        for (size_t i = 0; i < c->count; i++) {
                AUTO_FREE char *said = xasprintf(
                        "%s %s (%s%s)", i ? " |" : " ", value_of(c, c->words[i].value),
                        c->words[i].act->operator, c->heads->heads[i].late ? ", too late" : "");

                print_cell(said, 0);
        }
        printf("  before: ");
        print_cell(value_of(c, c->before), 0);
        printf("\n");
}

/* ---- who is booked twice ---- */

static void print_overlap(const struct overlaps *of, const struct overlap *o, struct arena *a)
{
        const char *said =
                arena_printf(a, "%s; stand one of them down", overlap_sentence(of, o, a));

        print_cell(of->deployment.ref, 12);
        printf("  ");
        print_cell("booked twice", 12);
        printf("  ");
        print_cell(said, 0);
        printf("\n");
}

static void add_overlap_json(const struct listing *l, const struct overlaps *of,
                             const struct overlap *o)
{
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "field", "overlaps");
        json_set_text(obj, "item", o->other.thing.id);
        json_set_text(obj, "with", o->other.ref);
        json_set_text(obj, "resource", o->resource.thing.id);
        json_set_text(obj, "resource_ref", o->resource.ref);
        json_set_time_or_null(obj, "from", o->from_ms);
        json_set_time_or_null(obj, "until", o->until_ms);
        json_set_text(obj, "ref", of->deployment.ref);
        json_set_text(obj, "id", of->deployment.thing.id);
        json_set_text(obj, "kind", of->deployment.thing.kind->name);
        json_set_text(obj, "modified", thing_text(&of->deployment.thing, "modified"));
        json_push(l->list, obj);
}

static enum rc add_overlaps(const struct listing *l, const char *id, struct arena *a,
                            struct err *err)
{
        struct overlaps of;
        enum rc rc = ops_overlaps(l->ops, id, a, &of, err);

        for (size_t i = 0; rc == RC_OK && i < of.count; i++) {
                if (l->list)
                        add_overlap_json(l, &of, &of.list[i]);
                else
                        print_overlap(&of, &of.list[i], a);
        }
        return rc;
}

static enum rc add_thing(void *ctx, const struct row *row, struct arena *a, struct err *err)
{
        const struct listing *l = ctx;
        struct conflicts of;
        enum rc rc = ops_conflicts(l->ops, row->thing.id, a, &of, err);

        for (size_t i = 0; rc == RC_OK && i < of.count; i++) {
                if (l->list)
                        add_json(l, &of, &of.items[i]);
                else
                        print_text(&of, &of.items[i]);
        }
        return rc == RC_OK ? add_overlaps(l, row->thing.id, a, err) : rc;
}

static enum rc walk_kind(struct listing *c, const struct app *app, const struct kind *kind,
                         struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct filter_context ctx = {.kind = kind, .values = {.words = app->words}};
        struct filter filter;
        enum rc rc = filter_read("is:conflict", &ctx, &a, &filter, NULL, err);

        return rc == RC_OK ? ops_walk(c->ops, &filter, NULL, add_thing, c, err) : rc;
}

int list_conflicts(struct app *app, const struct args *args)
{
        struct listing c = {0};
        const struct kind *kind;
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        c.ops = &ops;
        c.list = args_option(args, "--json") ? json_new_list() : NULL;
        for (size_t i = 0; rc == RC_OK && (kind = kind_at(i)); i++)
                if (kind != &kind_log && kind != &kind_clock)
                        rc = walk_kind(&c, app, kind, &err);
        ops_close(&ops);
        if (rc == RC_OK && c.list)
                print_json(json_share(c.list));
        json_free(c.list);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}
