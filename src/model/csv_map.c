#include "model/csv_map.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/text.h"
#include "model/nearest.h"

struct mapping {
        struct csv_map *map;
        const char *const *folded; /* heads */
        struct arena *a;
        struct err *err;
};

/* Small letters without accents, one blank for whatever stands between words. */
static const char *fold_head(const char *head, struct arena *a)
{
        AUTO_FREE char *folded = text_fold(head);
        char *out = arena_strdup(a, folded), *to = out;

        for (const char *p = folded; *p; p++) {
                bool letter = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') ||
                              (unsigned char)*p >= 0x80;

                if (letter)
                        *to++ = *p;
                else if (to > out && to[-1] != ' ')
                        *to++ = ' ';
        }
        while (to > out && to[-1] == ' ')
                to--;
        *to = '\0';
        return out;
}

static const char *clean_head(const char *head, struct arena *a)
{
        AUTO_FREE char *clean = text_clean(head, strlen(head), false);
        const char *from = clean + strspn(clean, " ");
        size_t len = strlen(from);

        while (len && from[len - 1] == ' ')
                len--;
        return arena_strndup(a, from, len);
}

const char *csv_column_field(const struct csv_map *map, size_t column)
{
        int field = map->columns[column].field;

        return field == CSV_ID ? "id" : field < 0 ? NULL : map->kind->fields[field].name;
}

const char *csv_by_name(enum csv_by by)
{
        switch (by) {
        case CSV_BY_NAME: return "its name";
        case CSV_BY_LABEL: return "its label";
        case CSV_BY_SYNONYM: return "a synonym";
        case CSV_BY_PERSON: return "--map";
        default: return "";
        }
}

/* ---- by itself -------------------------------------------------------------------------------
 */

static bool may_fill(const struct field *f)
{
        return (f->flags & FIELD_FORM) || strcmp(f->name, "ref") == 0;
}

static int find_folded(const struct mapping *m, const char *folded, bool labels)
{
        const struct kind *kind = m->map->kind;

        for (size_t i = 0; i < kind->field_count; i++) {
                const struct field *f = &kind->fields[i];

                if (strcmp(fold_head(labels ? f->label : f->name, m->a), folded) == 0 ||
                    (labels && strcmp(fold_head(f->head, m->a), folded) == 0))
                        return (int)i;
        }
        return -1;
}

static void guess(const struct mapping *m, struct csv_column *col, const char *folded)
{
        int field;

        col->field = CSV_LEFT_OUT;
        if (!*folded)
                return;
        if (strcmp(folded, "id") == 0) {
                col->field = CSV_ID;
                col->by = CSV_BY_NAME;
                return;
        }
        col->by = CSV_BY_NAME;
        field = find_folded(m, folded, false);
        if (field < 0) {
                col->by = CSV_BY_LABEL;
                field = find_folded(m, folded, true);
        }
        if (field < 0) {
                col->by = CSV_BY_SYNONYM;
                field = csv_synonym(m->map->kind, folded);
        }
        if (field >= 0 && may_fill(&m->map->kind->fields[field])) {
                col->field = field;
                return;
        }
        col->by = CSV_BY_NOTHING;
        if (field >= 0)
                col->why = "follows from others, or moves by verbs";
}

/* ---- as a person says ------------------------------------------------------------------------
 */

static int column_of(const struct mapping *m, const char *name)
{
        const char *folded = fold_head(name, m->a);

        for (size_t i = 0; i < m->map->count; i++)
                if (*folded && strcmp(m->folded[i], folded) == 0)
                        return (int)i;
        return -1;
}

static int column_by_number(const struct mapping *m, const char *name)
{
        size_t n = 0, digits = strspn(name + 1, "0123456789");

        if (name[0] != '#' || !digits || digits > 3 || name[1 + digits])
                return -1;
        for (const char *p = name + 1; *p; p++)
                n = n * 10 + (size_t)(*p - '0');
        return n >= 1 && n <= m->map->count ? (int)n - 1 : -1;
}

static enum rc no_column(const struct mapping *m, const char *name)
{
        struct nearest n;

        nearest_init(&n, name);
        for (size_t i = 0; i < m->map->count; i++)
                nearest_offer(&n, m->map->columns[i].head);
        return err_set(m->err, RC_INVALID, "there is no column %.60s; nearest: %s", name,
                       n.best ? n.best : "none");
}

static enum rc field_said(const struct mapping *m, const char *name, int *ret)
{
        const struct kind *kind = m->map->kind;
        int field = field_index(kind, name);
        const char *near = field_nearest(kind, name, FIELD_FORM);

        if (!*name || strcmp(name, "-") == 0) {
                *ret = CSV_LEFT_OUT;
                return RC_OK;
        }
        if (strcmp(name, "id") == 0) {
                *ret = CSV_ID;
                return RC_OK;
        }
        if (field < 0)
                return err_set(m->err, RC_INVALID, "%s has no field %.60s; nearest: %s", kind->name,
                               name, near ? near : "none");
        if (!may_fill(&kind->fields[field]))
                return err_set(m->err, RC_INVALID,
                               "%s follows from others, or moves by verbs; no column can fill it",
                               kind->fields[field].name);
        *ret = field;
        return RC_OK;
}

static enum rc say_column(const struct mapping *m, const char *name, int field)
{
        int column = column_of(m, name);

        if (column < 0)
                column = column_by_number(m, name);
        if (column < 0)
                return no_column(m, name);
        m->map->columns[column].field = field;
        m->map->columns[column].by = CSV_BY_PERSON;
        m->map->columns[column].why = NULL;
        return RC_OK;
}

/* A head may have "+" in it: the whole of it goes first. */
static enum rc say(const struct mapping *m, const char *said)
{
        const char *equals = strrchr(said, '=');
        const char *left = equals ? arena_strndup(m->a, said, (size_t)(equals - said)) : NULL;
        int field = CSV_LEFT_OUT;
        enum rc rc;

        if (!left)
                return err_set(m->err, RC_INVALID, "%.60s is not of the form COLUMN=FIELD", said);
        rc = field_said(m, equals + 1, &field);
        if (rc == RC_OK && column_of(m, left) >= 0)
                return say_column(m, left, field);
        while (rc == RC_OK && left) {
                size_t len = strcspn(left, "+");

                rc = say_column(m, clean_head(arena_strndup(m->a, left, len), m->a), field);
                left = left[len] ? left + len + 1 : NULL;
        }
        return rc;
}

/* ---- the whole -------------------------------------------------------------------------------
 */

/* Of a field that a person named a column for, columns that only seem to be it are left out. */
static void yield_to_person(struct csv_map *map)
{
        for (size_t i = 0; i < map->count; i++)
                for (size_t k = 0; k < map->count; k++) {
                        struct csv_column *mine = &map->columns[i];

                        if (map->columns[k].by != CSV_BY_PERSON || mine->by == CSV_BY_PERSON ||
                            mine->field == CSV_LEFT_OUT || mine->field != map->columns[k].field)
                                continue;
                        mine->field = CSV_LEFT_OUT;
                        mine->by = CSV_BY_NOTHING;
                        mine->why = "another column was named for its field";
                }
}

static enum rc check_doubles(const struct mapping *m)
{
        const struct csv_map *map = m->map;

        for (size_t i = 0; i < map->count; i++)
                for (size_t k = i + 1; k < map->count; k++) {
                        const struct csv_column *a = &map->columns[i], *b = &map->columns[k];

                        if (a->field == CSV_LEFT_OUT || a->field != b->field ||
                            (a->by == CSV_BY_PERSON && b->by == CSV_BY_PERSON &&
                             a->field != CSV_ID))
                                continue;
                        return err_set(m->err, RC_INVALID,
                                       "the columns %s and %s are both %s; leave one out (%s=-) or "
                                       "join them (%s+%s=%s)",
                                       a->head, b->head,
                                       a->field == CSV_ID ? "id" : map->kind->fields[a->field].name,
                                       b->head, a->head, b->head,
                                       a->field == CSV_ID ? "id"
                                                          : map->kind->fields[a->field].name);
                }
        return RC_OK;
}

static enum rc check_any(const struct mapping *m)
{
        for (size_t i = 0; i < m->map->count; i++)
                if (m->map->columns[i].field != CSV_LEFT_OUT)
                        return RC_OK;
        return err_set(m->err, RC_INVALID,
                       "no column of the first row is a field of %s; is it the row of heads?",
                       m->map->kind->name);
}

enum rc csv_map_make(const struct kind *kind, const char *const *heads, size_t count,
                     const char *const *said, size_t said_count, struct arena *a,
                     struct csv_map *ret, struct err *err)
{
        const char **folded = arena_array(a, count + 1, sizeof(*folded));
        struct mapping m = {.map = ret, .folded = folded, .a = a, .err = err};
        enum rc rc = RC_OK;

        ret->kind = kind;
        ret->count = count < CSV_COLUMNS_MAX ? count : CSV_COLUMNS_MAX;
        for (size_t i = 0; i < ret->count; i++) {
                ret->columns[i] = (struct csv_column){.head = clean_head(heads[i], a)};
                folded[i] = fold_head(ret->columns[i].head, a);
                guess(&m, &ret->columns[i], folded[i]);
        }
        for (size_t i = 0; rc == RC_OK && i < said_count; i++)
                rc = say(&m, said[i]);
        if (rc != RC_OK)
                return rc;
        yield_to_person(ret);
        rc = check_doubles(&m);
        return rc == RC_OK ? check_any(&m) : rc;
}
