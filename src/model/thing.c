#include "model/thing.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"

#define JOIN_BYTES_MAX (1024 * 1024)

void thing_init(struct thing *t, const struct kind *kind, const char *id)
{
        *t = (struct thing){
                .kind = kind,
                .id = id,
                .created_ms = CLOCK_NONE,
                .modified_ns = CLOCK_NONE,
        };
}

const struct value *thing_value(const struct thing *t, const char *field)
{
        int i = field_index(t->kind, field);

        return i < 0 ? NULL : &t->values[i];
}

const char *thing_text(const struct thing *t, const char *field)
{
        const struct value *v = thing_value(t, field);

        return v ? v->text : NULL;
}

int thing_rank(const struct thing *t, const char *field)
{
        const struct field *f = field_find(t->kind, field);

        if (!f || f->type != FIELD_ENUM)
                return -1;
        return enum_rank(f->list, thing_text(t, field));
}

int64_t thing_ms(const struct thing *t, const char *field)
{
        const char *text = thing_text(t, field);
        int64_t ms;

        if (!text || stamp_parse_ms(text, &ms, NULL) != RC_OK)
                return CLOCK_NONE;
        return ms;
}

bool thing_is_stale(const struct thing *t, const struct field *field, int64_t now_ms)
{
        const struct kind *kind = t->kind;

        if (!field->holds_h || value_is_empty(thing_value(t, field->name)))
                return false;
        for (size_t i = 0; i < kind->field_count; i++) {
                const struct field *f = &kind->fields[i];
                int64_t said;

                if (!(f->flags & FIELD_STAMP) || strcmp(f->group, field->group) != 0)
                        continue;
                said = thing_ms(t, f->name);
                return said != CLOCK_NONE && now_ms - said > field->holds_h * INT64_C(3600000);
        }
        return false;
}

void thing_set(struct thing *t, const char *field, const char *text)
{
        int i = field_index(t->kind, field);

        if (i >= 0)
                t->values[i] = (struct value){.text = text};
}

static int compare_items(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void thing_set_items(struct thing *t, const char *field, const char *const *items, size_t count,
                     struct arena *a)
{
        int at = field_index(t->kind, field);

        if (at < 0)
                return;
        const char **sorted = arena_array(a, count + 1, sizeof(*sorted));
        size_t kept = 0;
        for (size_t i = 0; i < count; i++)
                sorted[i] = items[i];
        qsort(sorted, count, sizeof(*sorted), compare_items);
        for (size_t i = 0; i < count; i++)
                if (kept == 0 || strcmp(sorted[kept - 1], sorted[i]) != 0)
                        sorted[kept++] = sorted[i];
        t->values[at] = (struct value){.items = kept ? sorted : NULL, .count = kept};
}

bool value_is_empty(const struct value *v)
{
        return v->count == 0 && (!v->text || !*v->text);
}

bool value_equal(const struct value *a, const struct value *b)
{
        if (a->count != b->count || strcmp(a->text ? a->text : "", b->text ? b->text : "") != 0)
                return false;
        for (size_t i = 0; i < a->count; i++)
                if (strcmp(a->items[i], b->items[i]) != 0)
                        return false;
        return true;
}

const char *value_join(const struct value *v, const char *sep, struct arena *a)
{
        CLEANUP(str_finish) struct str s = {.s = NULL};

        if (v->text)
                return v->text;
        str_init(&s, JOIN_BYTES_MAX);
        for (size_t i = 0; i < v->count; i++)
                str_add_sep(&s, sep, v->items[i]);
        return arena_strdup(a, str_text(&s));
}

static int compare_key(const void *key, const void *item)
{
        return strcmp(key, *(const char *const *)item);
}

bool value_has(const struct value *v, const char *item)
{
        return v->count && bsearch(item, v->items, v->count, sizeof(*v->items), compare_key);
}
