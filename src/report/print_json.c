/*
 * A report as one JSON document: sections by their keys. Facts are members under the names of their
 * fields, entries objects as in `muster show --json`, sentences strings.
 */
#include <string.h>

#include "base/json.h"
#include "model/marking.h"

#include "report_private.h"

static struct json_t *json_of_value(const struct value *v)
{
        struct json_t *list;

        if (!v->items)
                return v->text && *v->text ? json_new_text(v->text) : json_new_null();
        list = json_new_list();
        for (size_t i = 0; i < v->count; i++)
                json_push_text(list, v->items[i]);
        return list;
}

static void copy(struct json_t *obj, const struct thing *t, const char *field)
{
        const char *text = thing_text(t, field);

        json_set(obj, field, text && *text ? json_new_text(text) : json_new_null());
}

static struct json_t *json_of_entry(const struct report_item *item)
{
        static const char *const fields[] = {"occurred", "recorded", "operator", "role",
                                             "verb",     "text",     "reason",   "tlp"};
        struct json_t *obj = json_new_obj();

        for (size_t i = 0; i < ARRAY_LEN(fields); i++)
                copy(obj, &item->entry->thing, fields[i]);
        json_set_text(obj, "id", item->entry->thing.id);
        json_set_bool(obj, "late", item->recorded != NULL);
        json_set_text(obj, "remark", item->remark);
        return obj;
}

static struct json_t *json_of_item(const struct report_item *item)
{
        struct json_t *obj;

        if (item->entry)
                return json_of_entry(item);
        if (!item->label)
                return json_new_text(item->text);
        obj = json_new_obj();
        json_set_text(obj, "what", item->label);
        json_set_text(obj, "text", item->text);
        return obj;
}

/* Facts are an object, everything else is a list. */
static struct json_t *json_of_section(const struct report_section *s)
{
        struct json_t *j = s->facts ? json_new_obj() : json_new_list();

        for (size_t i = 0; i < s->count; i++) {
                if (s->facts)
                        json_set(j, s->items[i].key, json_of_value(s->items[i].value));
                else
                        json_push(j, json_of_item(&s->items[i]));
        }
        return j;
}

struct json_t *report_json(const struct report *r)
{
        struct json_t *obj = json_new_obj(), *made = json_new_obj();

        json_set_text(obj, "report", r->kind);
        json_set_text(obj, "ref", r->ref);
        json_set_text(obj, "id", r->id);
        json_set_text(obj, "title", r->title);
        json_set_text(obj, "as_of", r->as_of);
        json_set_text(obj, "marking", tlp_name(r->marking));
        json_set_bool(obj, "exercise", r->exercise);
        json_set_text(made, "operator", r->operator);
        json_set_text(made, "role", r->role);
        json_set_text(made, "unit", r->unit);
        json_set_text(made, "desk", r->desk);
        json_set(obj, "made_by", made);
        for (size_t i = 0; i < r->section_count; i++)
                json_set(obj, r->sections[i].key, json_of_section(&r->sections[i]));
        return obj;
}
