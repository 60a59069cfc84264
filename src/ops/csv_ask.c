/*
 * What a row of a table asks for, and how that is told.
 */
#include "ops/csv_known.h"

#include "base/mem.h"

#include "ops_private.h"

/* As it would be typed: a set that begins with a sign would be members put in and taken out. */
static const char *typed(const struct field *f, const struct value *v, struct arena *a)
{
        return field_is_set(f) ? arena_printf(a, ",%s", value_join(v, ",", a)) : v->text;
}

void csv_ask(const struct thing *said, const struct thing *held, struct arena *a,
             struct ops_request *ret)
{
        const struct kind *kind = said->kind;
        struct ops_field *fields = arena_array(a, kind->field_count, sizeof(*fields));

        *ret = (struct ops_request){.fields = fields, .occurred_ms = CLOCK_NONE};
        for (size_t i = 0; i < kind->field_count; i++) {
                const struct field *f = &kind->fields[i];
                const struct value *v = &said->values[i];

                if (value_is_empty(v) || !(f->flags & FIELD_FORM) ||
                    (held && value_equal(v, &held->values[i])))
                        continue;
                fields[ret->field_count++] = (struct ops_field){f->name, typed(f, v, a)};
        }
}

const char *csv_asked(const struct thing *said, const struct ops_request *r, struct arena *a)
{
        const char *text = "";

        for (size_t i = 0; i < r->field_count; i++) {
                const struct field *f = field_find(said->kind, r->fields[i].name);
                const struct value *v = thing_value(said, f->name);

                text = arena_printf(a, "%s%s%s is %s", text, *text ? ", " : "", f->label,
                                    v->count ? value_join(v, " ", a) : v->text);
        }
        return text;
}
