#include "model/kind.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "model/nearest.h"

static const struct kind *const kinds[] = {
        &kind_incident,   &kind_participant, &kind_log,       &kind_clock, &kind_expert,
        &kind_team,       &kind_equipment,   &kind_agreement, &kind_rota,  &kind_request,
        &kind_deployment, &kind_playbook,    &kind_run};

size_t kind_count(void)
{
        return ARRAY_LEN(kinds);
}

const struct kind *kind_at(size_t i)
{
        return i < ARRAY_LEN(kinds) ? kinds[i] : NULL;
}

const struct kind *kind_find(const char *name)
{
        for (size_t i = 0; name && i < ARRAY_LEN(kinds); i++)
                if (strcasecmp(kinds[i]->name, name) == 0 ||
                    strcasecmp(kinds[i]->plural, name) == 0)
                        return kinds[i];
        return NULL;
}

const struct kind *kind_of_prefix(const char *prefix)
{
        for (size_t i = 0; prefix && i < ARRAY_LEN(kinds); i++)
                if (strcasecmp(kinds[i]->prefix, prefix) == 0)
                        return kinds[i];
        return NULL;
}

static bool is_type(const char *name, const char *type, size_t len)
{
        return name && strlen(name) == len && memcmp(name, type, len) == 0;
}

static const struct kind *of_type_from(size_t i, const char *type, size_t len)
{
        for (; i < ARRAY_LEN(kinds); i++)
                if (is_type(kinds[i]->stix_type, type, len) ||
                    is_type(kinds[i]->stix_alias, type, len))
                        return kinds[i];
        return NULL;
}

const struct kind *kind_of_type(const char *type, size_t len)
{
        return of_type_from(0, type, len);
}

const struct kind *kind_of_type_after(const struct kind *kind, const char *type, size_t len)
{
        size_t i = 0;

        while (i < ARRAY_LEN(kinds) && kinds[i] != kind)
                i++;
        return of_type_from(i + 1, type, len);
}

const char *kind_nearest(const char *name)
{
        struct nearest n;

        nearest_init(&n, name);
        for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
                nearest_offer(&n, kinds[i]->name);
        return n.best;
}

int field_index(const struct kind *kind, const char *name)
{
        for (size_t i = 0; name && i < kind->field_count; i++) {
                const char *is = kind->fields[i].name;

                /* most differ in their first letter: asked for by every field of every row */
                if (is == name || (*is == *name && strcmp(is, name) == 0))
                        return (int)i;
        }
        return -1;
}

const struct field *field_find(const struct kind *kind, const char *name)
{
        int i = field_index(kind, name);

        return i < 0 ? NULL : &kind->fields[i];
}

const char *field_nearest(const struct kind *kind, const char *name, unsigned flags)
{
        struct nearest n;

        nearest_init(&n, name);
        for (size_t i = 0; i < kind->field_count; i++)
                if ((kind->fields[i].flags & flags) == flags)
                        nearest_offer(&n, kind->fields[i].name);
        return n.best;
}

bool field_is_set(const struct field *field)
{
        return field->type == FIELD_WORDS || field->type == FIELD_REFS;
}

bool field_takes(const struct field *field, const struct kind *kind)
{
        size_t len = strlen(kind->name);

        for (const char *at = field->kinds; *at;) {
                size_t word = strcspn(at, " ");

                if (word == len && strncmp(at, kind->name, len) == 0)
                        return true;
                at += word + strspn(at + word, " ");
        }
        return false;
}

static int flags_bits(const struct field *field)
{
        int bits = 1;

        if (field->type != FIELD_ENUM)
                return 0;
        while (field->list->count >> bits)
                bits++;
        return bits;
}

unsigned field_flags_mask(const struct field *field)
{
        return (1u << flags_bits(field)) - 1;
}

int field_flags_shift(const struct kind *kind, int field)
{
        int shift = FLAGS_FIRST_ENUM_BIT;

        if (field < 0 || (size_t)field >= kind->field_count ||
            kind->fields[field].type != FIELD_ENUM)
                return -1;
        for (int i = 0; i < field; i++)
                shift += flags_bits(&kind->fields[i]);
        return shift;
}
