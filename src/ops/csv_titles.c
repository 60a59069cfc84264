/*
 * What tables call other things by: their title, as people write it, or their reference.
 */
#include "ops/csv_known.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#include "ops_private.h"

#define LOOK_MAX 50 /* things whose titles have the same words, the shortest first */

/* ---- looking ---------------------------------------------------------------------------------
 */

/* A row of the file has said what it is called. */
static bool is_told(const struct titles *t, const struct kind *kind, const char *id)
{
        return t->known && t->known->kind == kind && known_title(t->known, id);
}

/* How many things of the kind have exactly this title, and the id of the first. */
static size_t count_titled(const struct titles *t, const struct kind *kind, const char *name,
                           struct arena *a, const char **ret_id)
{
        struct filter f = {
                .kind = kind, .sort_field = field_index(kind, kind->title), .term_count = 1};
        AUTO_FREE char *folded = text_fold(name);
        struct query *q = NULL;
        struct row *rows = NULL;
        size_t count = 0, same = 0;

        if (t->known && t->known->kind == kind)
                same = known_called(t->known, folded, ret_id);
        f.terms[0] = (struct filter_term){.what = FILTER_FIELD,
                                          .field = field_index(kind, kind->title),
                                          .values = &name,
                                          .value_count = 1};
        if (query_open(t->ops->store, &f, NULL, 0, &q, NULL) == RC_OK &&
            query_run(q, LOOK_MAX, NULL) == RC_OK)
                query_page(q, 0, LOOK_MAX, a, &rows, &count, NULL);
        for (size_t i = 0; i < count; i++) {
                const char *title = thing_text(&rows[i].thing, kind->title);
                AUTO_FREE char *other = text_fold(title ? title : "");

                if (strcmp(folded, other) != 0 || (rows[i].flags & MARK_REVOKED) ||
                    is_told(t, kind, rows[i].thing.id))
                        continue;
                if (same++ == 0)
                        *ret_id = rows[i].thing.id;
        }
        query_close(q);
        return same;
}

/* People, organisations, equipment: what is called by a name. */
static bool has_names(const struct kind *kind)
{
        return !kind->derived && kind->title && strcmp(kind->title, "name") == 0;
}

/* A reference is that of a thing which was there before the file. */
static const char *referred(const struct titles *t, const char *ref, struct arena *a)
{
        const char *id = ops_resolve_value(t->ops, ref, a);

        return id && t->known && known_is_made(t->known, id) ? NULL : id;
}

/* A title goes first: a reference has digits, and a beginning of one is no name. */
static const char *look_up(const struct titles *t, const char *name, struct arena *a)
{
        const char *id = NULL;
        size_t same = 0;

        for (size_t i = 0; i < kind_count(); i++)
                if (has_names(kind_at(i)))
                        same += count_titled(t, kind_at(i), name, a, &id);
        if (!same && strpbrk(name, "0123456789"))
                return referred(t, name, a);
        return same == 1 ? id : NULL;
}

/* ---- remembering -----------------------------------------------------------------------------
 */

static void remember(struct titles *t, const char *name, const char *id)
{
        size_t at = t->next++ % TITLES_MAX;

        free(t->names[at]);
        free(t->ids[at]);
        t->names[at] = xstrdup(name);
        t->ids[at] = id ? xstrdup(id) : NULL;
}

const char *titles_resolve(void *titles, const char *name, struct arena *a)
{
        struct titles *t = titles;
        const char *id;

        for (size_t i = 0; i < TITLES_MAX && t->names[i]; i++)
                if (strcmp(t->names[i], name) == 0)
                        return t->ids[i] ? arena_strdup(a, t->ids[i]) : NULL;
        id = look_up(t, name, a);
        remember(t, name, id);
        return id;
}

void titles_forget(struct titles *t, const char *title)
{
        AUTO_FREE char *folded = text_fold(title);

        for (size_t i = 0; i < TITLES_MAX; i++) {
                AUTO_FREE char *name = t->names[i] ? text_fold(t->names[i]) : NULL;

                if (name && strcmp(name, folded) == 0)
                        t->names[i][0] = '\0';
        }
}

/* A name with a sign that splits sets would come back as several. */
const char *titles_name(void *titles, const char *id, struct arena *a)
{
        struct titles *t = titles;
        const char *name, *back;
        struct row row;

        if (thing_by_id(t->ops->store, id, a, &row, NULL) != RC_OK)
                return id;
        name = thing_text(&row.thing, row.thing.kind->title);
        if (!name || !has_names(row.thing.kind) || name[strcspn(name, ";,|\n")])
                return id;
        back = titles_resolve(t, name, a);
        return back && strcmp(back, id) == 0 ? name : id;
}

void titles_finish(struct titles *t)
{
        for (size_t i = 0; i < TITLES_MAX; i++) {
                free(TAKE(t->names[i]));
                free(TAKE(t->ids[i]));
        }
}
