#include <string.h>

#include "base/mem.h"
#include "store/references.h"

#include "ops/run_book.h"

#include "ops_private.h"

#define RELATIONS_MAX 500

static enum rc read_row(struct ops *ops, int64_t at_ms, struct arena *a, struct ops_view *v,
                        const struct state *st, struct err *err)
{
        struct unit_names names = {0};
        struct row then;
        char stamp[STAMP_BYTES];
        enum rc rc;

        if (at_ms == CLOCK_NONE)
                return RC_OK;
        if (!st->exists) {
                stamp_format_s(at_ms, stamp);
                return err_set(err, RC_NOTFOUND, "%s was not known at %s", v->row.ref, stamp);
        }
        row_of_state(ops, &names, st, a, &then);
        rc = run_tell(ops, st, a, &then, err);
        unit_names_forget(&names);
        then.rid = v->row.rid;
        then.ref = v->row.ref;
        v->row = then;
        return rc;
}

static enum rc read_versions(struct ops *ops, int64_t at_ms, struct arena *a, struct ops_view *v,
                             struct err *err)
{
        const char *id = v->row.thing.id;
        size_t kept = 0;
        struct version newest;
        enum rc rc = version_list_bare(ops->store, id, a, &v->versions, &v->version_count, err);

        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; i < v->version_count; i++)
                if (at_ms == CLOCK_NONE || v->versions[i].received_ms <= at_ms)
                        v->versions[kept++] = v->versions[i];
        v->version_count = kept;
        if (kept) {
                rc = version_by_vid(ops->store, v->versions[kept - 1].vid, a, &newest, err);
                if (rc != RC_OK)
                        return rc;
                v->raw = newest.bytes;
                v->raw_len = newest.len;
        }
        return relation_list(ops->store, id, RELATIONS_MAX, a, &v->relations, &v->relation_count,
                             err);
}

/* Where nobody has acted on it and it names no parts a thing is what its row says, and nothing is
 * decoded. */
static enum rc is_plain(struct ops *ops, const char *id, struct arena *a, bool *ret,
                        struct err *err)
{
        struct version *acts = NULL;
        size_t count = 0;
        int64_t named = 0;
        enum rc rc = thing_acts(ops->store, id, a, &acts, &count, err);

        if (rc == RC_OK && count == 0)
                rc = reference_count_from(ops->store, id, &named, err);
        if (rc == RC_OK)
                *ret = count == 0 && named == 0;
        return rc;
}

static enum rc read_state(struct ops *ops, int64_t at_ms, struct arena *a, struct ops_view *v,
                          struct state *st, struct err *err)
{
        const char *id = v->row.thing.id;
        bool plain = false;
        enum rc rc = at_ms == CLOCK_NONE ? is_plain(ops, id, a, &plain, err) : RC_OK;

        if (plain)
                v->folded.thing = v->row.thing;
        if (rc != RC_OK || plain)
                return rc;
        rc = state_load(ops, id, at_ms, a, st, err);
        if (rc == RC_OK)
                rc = read_row(ops, at_ms, a, v, st, err);
        if (rc == RC_OK)
                rc = run_mark_log(ops, st, a, err);
        v->folded = st->folded;
        return rc;
}

enum rc ops_view(struct ops *ops, const char *id, int64_t at_ms, struct arena *a,
                 struct ops_view *ret, struct err *err)
{
        struct ops_view v = {0};
        struct state st = {0};
        enum rc rc = thing_by_id(ops->store, id, a, &v.row, err);

        if (rc == RC_OK)
                rc = read_state(ops, at_ms, a, &v, &st, err);
        if (rc == RC_OK)
                rc = read_versions(ops, at_ms, a, &v, err);
        if (rc == RC_OK)
                rc = parts_read(ops, &st, at_ms, a, &v, err);
        if (rc != RC_OK)
                return rc;
        *ret = v;
        return RC_OK;
}
