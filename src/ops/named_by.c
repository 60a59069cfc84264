/*
 * Who names a thing in a field: linked to it, a duplicate of it. Now that is a question to an
 * index; then it is asked of those that name it now or whose entries are about it.
 */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/query.h"
#include "store/things.h"

#include "ops_private.h"

#define NAMED_MAX   200
#define ENTRIES_MAX 10000
#define PAGE        200

static enum rc named_now(struct ops *ops, const struct thing *t, const char *field, struct arena *a,
                         struct row **ret, size_t *ret_count, struct err *err)
{
        const struct filter f = {.kind = t->kind,
                                 .terms = {{.what = FILTER_FIELD,
                                            .field = field_index(t->kind, field),
                                            .values = &t->id,
                                            .value_count = 1}},
                                 .term_count = 1,
                                 .sort_field = -1};
        struct query *q = NULL;
        enum rc rc = query_open(ops->store, &f, NULL, 0, &q, err);

        while (rc == RC_OK && (rc = query_run(q, NAMED_MAX, err)) == RC_BUSY)
                rc = RC_OK;
        if (rc == RC_OK)
                rc = query_page(q, 0, NAMED_MAX, a, ret, ret_count, err);
        query_close(q);
        return rc;
}

/* ---- then ---------------------------------------------------------------------------------- */

static enum rc add_subjects(struct ops *ops, const char *id, struct id_set *set, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        int64_t before = 0;
        size_t count = PAGE;
        enum rc rc = RC_OK;

        for (size_t seen = 0; rc == RC_OK && count == PAGE && seen < ENTRIES_MAX; seen += count) {
                struct row *rows = NULL;

                rc = thing_log(ops->store, id, before, PAGE, &a, &rows, &count, err);
                for (size_t i = 0; rc == RC_OK && i < count; i++) {
                        const struct value *about = thing_value(&rows[i].thing, "about");

                        for (size_t k = 0; about && k < about->count; k++)
                                id_set_add(set, about->items[k]);
                        before = rows[i].rid;
                }
        }
        return rc;
}

static bool names(const struct thing *t, const char *field, const char *id)
{
        const struct value *v = thing_value(t, field);
        const char *text = thing_text(t, field);

        return v && (value_has(v, id) || (text && strcmp(text, id) == 0));
}

/* What was not known then names nothing. */
static void add_if_named(struct ops *ops, const struct thing *t, const char *field, const char *by,
                         int64_t at_ms, struct arena *a, struct row *rows, size_t *count)
{
        struct row row;
        struct state st = {0};

        if (strcmp(by, t->id) == 0 || *count == NAMED_MAX ||
            thing_by_id(ops->store, by, a, &row, NULL) != RC_OK || row.thing.kind != t->kind ||
            state_load(ops, by, at_ms, a, &st, NULL) != RC_OK ||
            !names(&st.folded.thing, field, t->id))
                return;
        rows[(*count)++] = row;
}

static enum rc named_then(struct ops *ops, const struct thing *t, const char *field, int64_t at_ms,
                          struct arena *a, struct row **ret, size_t *ret_count, struct err *err)
{
        struct id_set set = {0};
        struct row *now = NULL, *rows = arena_array(a, NAMED_MAX, sizeof(*rows));
        size_t now_count = 0, count = 0;
        enum rc rc = named_now(ops, t, field, a, &now, &now_count, err);

        for (size_t i = 0; rc == RC_OK && i < now_count; i++)
                id_set_add(&set, now[i].thing.id);
        if (rc == RC_OK)
                rc = add_subjects(ops, t->id, &set, err);
        if (rc == RC_OK) {
                const char **ids = id_set_list(&set, a);

                for (size_t i = 0; i < set.count; i++)
                        add_if_named(ops, t, field, ids[i], at_ms, a, rows, &count);
                *ret = rows;
                *ret_count = count;
        }
        id_set_finish(&set);
        return rc;
}

enum rc ops_named_by(struct ops *ops, const struct thing *t, const char *field, int64_t at_ms,
                     struct arena *a, struct row **ret, size_t *ret_count, struct err *err)
{
        *ret_count = 0;
        if (field_index(t->kind, field) < 0)
                return RC_OK;
        return at_ms == CLOCK_NONE ? named_now(ops, t, field, a, ret, ret_count, err)
                                   : named_then(ops, t, field, at_ms, a, ret, ret_count, err);
}
