#include "wire/stix.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "model/accept.h"

#include "stix_private.h"

/* Derived fields follow from the object, and the marking is what object_marking_refs say. */
bool stix_state_carries(const struct field *field)
{
        return (field->flags & (FIELD_FORM | FIELD_STATE)) && !(field->flags & FIELD_DERIVED) &&
               strcmp(field->name, "tlp") != 0;
}

static const char *scalar_text(struct stix_reading *r, const struct field *field,
                               const struct json_t *v)
{
        if (json_kind(v) == JSON_INT)
                return arena_printf(r->a, "%" PRId64, json_int(v, 0));
        if (json_kind(v) != JSON_TEXT)
                return NULL;
        return field->type == FIELD_TEXT ? stix_clean_text(r->a, v) : stix_clean_line(r->a, v);
}

static void read_scalar(struct stix_reading *r, const struct field *field, const struct json_t *v)
{
        const char *text = scalar_text(r, field, v);
        const char *value = NULL;

        if (text && accept_value(field, text, r->a, &value))
                thing_set(r->o->thing, field->name, value);
        else
                stix_findf(r, "%s has a value that does not fit", field->name);
}

static void read_set(struct stix_reading *r, const struct json_t *ext, const struct field *field)
{
        const char *const *items = NULL;
        size_t count = stix_member_lines(r, ext, field->name, &items), kept = 0;
        const char **fit = arena_array(r->a, count, sizeof(*fit));

        for (size_t i = 0; i < count; i++)
                if (accept_item(field, items[i]))
                        fit[kept++] = items[i];
        if (kept < count)
                stix_findf(r, "%s has a value that does not fit", field->name);
        stix_set_items(r, field->name, fit, kept);
}

static void read_ref(struct stix_reading *r, const struct json_t *ext)
{
        const char *said = stix_member_line(r, ext, "ref");
        struct ref_parts parts;
        char ref[REF_MAX];

        if (!said)
                return;
        if (!ref_parse(said, &parts)) {
                stix_find(r, "ref is not a reference such as INC-0007");
                return;
        }
        ref_format(&parts, ref);
        r->o->ref = arena_strdup(r->a, ref);
        thing_set(r->o->thing, "ref", r->o->ref);
}

bool stix_read_state(struct stix_reading *r)
{
        const struct kind *kind = r->o->thing->kind;
        const struct json_t *ext = stix_extension(r, STIX_EXT_STATE);

        if (!ext)
                return false;
        r->o->is_state = true;
        read_ref(r, ext);
        for (size_t i = 0; i < kind->field_count; i++) {
                const struct field *field = &kind->fields[i];
                const struct json_t *v =
                        stix_state_carries(field) ? json_get(ext, field->name) : NULL;

                if (v && field_is_set(field))
                        read_set(r, ext, field);
                else if (v)
                        read_scalar(r, field, v);
        }
        return true;
}
