/*
 * What stands above the steps of a checklist: the head of the playbook, and its variables.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ident.h"
#include "model/marking.h"
#include "wire/playbook_list_reading.h"

#define NAMES_SPACE "5b6f0c0e-3d0b-4c52-9a6e-8f7a2f5d1c33" /* of ids made from names */

enum rc list_expected(const struct list_building *b, const struct list_item *item, const char *what)
{
        return err_set(b->err, RC_INVALID, "line %d: expected %s", item->line, what);
}

const char *list_make_id(const struct list_building *b, const char *type, const char *seed)
{
        char uuid[UUID_TEXT];

        ident_uuid5(strstr(b->p->id, "--") + 2, seed, uuid);
        return arena_printf(b->a, "%s--%s", type, uuid);
}

/* ---- the head -------------------------------------------------------------------------------- */

size_t list_split(struct arena *a, const char *s, const char *const **ret)
{
        const char **list = arena_array(a, strlen(s) + 1, sizeof(*list));
        size_t count = 0;

        while (*s) {
                size_t len;

                s += strspn(s, ", ");
                len = strcspn(s, ",");
                while (len && s[len - 1] == ' ')
                        len--;
                if (len)
                        list[count++] = arena_strndup(a, s, len);
                s += strcspn(s, ",");
        }
        *ret = list;
        return count;
}

static bool read_percent(const char *s, int *ret)
{
        char *end;
        long n = strtol(s, &end, 10);

        if (*s < '0' || *s > '9' || *end || n > 100)
                return false;
        *ret = (int)n;
        return true;
}

bool list_id_read(const char *s, const char *type, const char **ret)
{
        if (!ident_is_stix(s, strlen(s)) || strncmp(s, type, strlen(type)) != 0)
                return false;
        *ret = s;
        return true;
}

static bool read_time(const char *s, int64_t *ret)
{
        return stamp_parse_ns(s, strlen(s), ret, NULL) == RC_OK;
}

static const char *read_field(struct list_building *b, const struct list_field *f)
{
        struct playbook *p = b->p;
        const struct {
                const char *key;
                const char *const **ret;
                size_t *ret_count;
        } lists[] = {
                {"Types", &p->types, &p->type_count},
                {"Activities", &p->activities, &p->activity_count},
                {"Sectors", &p->sectors, &p->sector_count},
                {"Labels", &p->labels, &p->label_count},
        };

        for (size_t i = 0; i < ARRAY_LEN(lists); i++)
                if (strcasecmp(f->key, lists[i].key) == 0) {
                        *lists[i].ret_count = list_split(b->a, f->value, lists[i].ret);
                        return NULL;
                }
        if (strcasecmp(f->key, "Id") == 0)
                return list_id_read(f->value, "playbook--", &p->id) ? NULL : "playbook--UUID";
        if (strcasecmp(f->key, "By") == 0)
                return list_id_read(f->value, "identity--", &p->created_by) ? NULL
                                                                            : "identity--UUID";
        if (strcasecmp(f->key, "Created") == 0)
                return read_time(f->value, &p->created_ns) ? NULL : "a time with its zone";
        if (strcasecmp(f->key, "Modified") == 0)
                return read_time(f->value, &p->modified_ns) ? NULL : "a time with its zone";
        if (strcasecmp(f->key, "Priority") == 0)
                return read_percent(f->value, &p->priority) ? NULL : "a number up to 100";
        if (strcasecmp(f->key, "Severity") == 0)
                return read_percent(f->value, &p->severity) ? NULL : "a number up to 100";
        if (strcasecmp(f->key, "Impact") == 0)
                return read_percent(f->value, &p->impact) ? NULL : "a number up to 100";
        if (strcasecmp(f->key, "TLP") == 0)
                return (p->tlp = tlp_read(f->value)) >= 0 ? NULL : "a TLP label";
        return "Id, By, Created, Modified, Types, Activities, Sectors, Labels, Severity, Priority, "
               "Impact or TLP";
}

enum rc list_head_read(struct list_building *b, const struct list_tree *t,
                       const struct playbook_list_head *head)
{
        struct playbook *p = b->p;
        char uuid[UUID_TEXT];

        *p = (struct playbook){.name = head->name ? head->name : t->title,
                               .description = t->description,
                               .spec_version = "cacao-2.0",
                               .id = head->id,
                               .created_by = head->created_by,
                               .created_ns = head->now_ns,
                               .modified_ns = head->now_ns,
                               .valid_from_ms = CLOCK_NONE,
                               .valid_until_ms = CLOCK_NONE,
                               .priority = -1,
                               .severity = -1,
                               .impact = -1,
                               .tlp = -1,
                               .exception = -1};
        for (size_t i = 0; i < t->field_count; i++) {
                const char *wanted = read_field(b, &t->fields[i]);

                if (wanted)
                        return err_set(b->err, RC_INVALID, "line %d: expected %s",
                                       t->fields[i].line, wanted);
        }
        if (head->new_id)
                p->id = head->new_id;
        if (!p->name || !*p->name)
                return err_set(b->err, RC_INVALID, "line 1: expected \"# NAME\"");
        ident_uuid5(NAMES_SPACE, p->name, uuid);
        if (!p->id)
                p->id = arena_printf(b->a, "playbook--%s", uuid);
        return RC_OK;
}

/* ---- variables ------------------------------------------------------------------------------- */

const char *list_variable_name(const struct list_building *b, const char *s, size_t len)
{
        return arena_printf(b->a, "__%.*s__", (int)len, s);
}

const struct variable *list_variable_of(const struct list_building *b, const char *name)
{
        for (size_t i = 0; i < b->p->variable_count; i++)
                if (strcmp(b->variables[i].name, name) == 0)
                        return &b->variables[i];
        return NULL;
}

static int compare_variables(const void *pa, const void *pb)
{
        const struct variable *a = pa, *b = pb;

        return strcmp(a->name, b->name);
}

/* "leak bool = true: What it says" */
static enum rc read_variable(struct list_building *b, const struct list_item *item)
{
        const char *s = item->text, *colon = strstr(s, ": ");
        const char *name = list_variable_name(b, s, strcspn(s, " :"));
        struct variable v = {.name = name, .description = colon ? colon + 2 : NULL};
        const char *type = s + strcspn(s, " :");
        char *rest, *value;

        type += strspn(type, " ");
        rest = colon && colon < type
                       ? arena_strdup(b->a, "")
                       : arena_strndup(b->a, type, colon ? (size_t)(colon - type) : strlen(type));
        value = strstr(rest, " = ");
        if (value) {
                *value = '\0';
                v.value = value + 3;
        }
        v.type = variable_type_of(rest);
        v.type_name = variable_type_name(v.type);
        if (!variable_is_name(name, strlen(name)) || !v.type_name || item->first ||
            list_variable_of(b, name))
                return list_expected(b, item, "\"NAME TYPE: WHAT IT SAYS\", each name once");
        if (v.value && variable_check(&v, v.value, b->err) != RC_OK)
                return err_wrap(b->err, RC_INVALID, "line %d", item->line);
        b->variables = arena_grow(b->a, b->variables, b->p->variable_count, &b->variable_room,
                                  sizeof(*b->variables));
        b->variables[b->p->variable_count++] = v;
        return RC_OK;
}

enum rc list_variables_read(struct list_building *b, const struct list_tree *t)
{
        enum rc rc = RC_OK;

        for (const struct list_item *i = t->variables.first; i && rc == RC_OK; i = i->next)
                rc = read_variable(b, i);
        if (b->p->variable_count)
                qsort(b->variables, b->p->variable_count, sizeof(*b->variables), compare_variables);
        b->p->variables = b->variables;
        return rc;
}
