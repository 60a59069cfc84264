/*
 * What an export takes along: the snapshots of our own things, and, with a filter, the things that
 * it lists with their log, relationships, markings and creators.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/part.h"
#include "ops/walk.h"

#include "ops_private.h"

#define PAGE 200

/* ---- the things of a filter --------------------------------------------------------------------
 */

static enum rc add_id(void *set, const struct row *row, struct arena *a, struct err *err)
{
        (void)a, (void)err;
        id_set_add(set, row->thing.id);
        return RC_OK;
}

static enum rc add_matches(struct ops *ops, const struct filter *f, struct id_set *set,
                           struct err *err)
{
        return ops_walk(ops, f, NULL, add_id, set, err);
}

static enum rc add_own(struct ops *ops, struct id_set *set, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < kind_count(); i++) {
                struct filter f = {.kind = kind_at(i), .term_count = 1, .sort_field = -1};

                if (f.kind == &kind_log || f.kind->derived)
                        continue;
                f.terms[0] = (struct filter_term){
                        .what = FILTER_MARK, .negated = true, .mark = MARK_FOREIGN};
                rc = add_matches(ops, &f, set, err);
        }
        return rc;
}

/* ---- snapshots ---------------------------------------------------------------------------------
 */

static enum rc keep_snapshots(struct exporting *ex, const char **ids, struct err *err)
{
        CLEANUP(admission_finish) struct admission ad = {.ops = ex->ops};
        CLEANUP(arena_finish) struct arena a = {0};
        enum rc rc = ids[0] ? admission_begin(&ad, err) : RC_OK;

        for (size_t i = 0; rc == RC_OK && ids[i]; i++) {
                struct snapshot s;
                struct admitted done;

                arena_reset(&a);
                rc = snapshot_make(ex->ops, ids[i], &a, &s, err);
                if (rc == RC_OK)
                        rc = admit(&ad, s.bytes, s.len, &a, &done, err);
                if (rc == RC_OK && ident_type_len(ids[i]) == 4)
                        rc = run_publish_steps(&ad, ids[i], false, err);
                /* a thing above the console's own ceiling stays here */
                if (rc == RC_NOTFOUND || rc == RC_DENIED) {
                        err_clear(err);
                        rc = RC_OK;
                }
        }
        return rc == RC_OK && ids[0] ? admission_commit(&ad, "export", NULL, err) : rc;
}

static enum rc make_snapshots(struct exporting *ex, const char **ids, size_t count, struct err *err)
{
        enum rc rc = RC_OK;

        ex->unkept = arena_array(&ex->arena, count + 1, sizeof(*ex->unkept));
        for (size_t i = 0; rc == RC_OK && ids[i]; i++) {
                rc = snapshot_make(ex->ops, ids[i], &ex->arena, &ex->unkept[ex->unkept_count], err);
                if (rc == RC_OK)
                        ex->unkept_count++;
                else if (rc == RC_NOTFOUND)
                        rc = RC_OK;
        }
        return rc;
}

enum rc export_snapshots(struct exporting *ex, struct err *err)
{
        CLEANUP(id_set_finish) struct id_set set = {0};
        CLEANUP(arena_finish) struct arena a = {0};
        const char **ids;
        enum rc rc = ex->o->filter ? add_matches(ex->ops, ex->o->filter, &set, err)
                                   : add_own(ex->ops, &set, err);

        if (rc != RC_OK)
                return rc;
        ids = id_set_list(&set, &a);
        return ex->ops->readonly ? make_snapshots(ex, ids, set.count, err)
                                 : keep_snapshots(ex, ids, err);
}

/* ---- what is about them ------------------------------------------------------------------------
 */

static enum rc add_log(struct ops *ops, const char *id, struct id_set *set, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        int64_t before = 0;
        size_t count = PAGE;
        enum rc rc = RC_OK;

        while (rc == RC_OK && count == PAGE) {
                struct row *rows = NULL;

                arena_reset(&a);
                rc = thing_log(ops->store, id, before, PAGE, &a, &rows, &count, err);
                for (size_t i = 0; rc == RC_OK && i < count; i++) {
                        id_set_add(set, rows[i].thing.id);
                        before = rows[i].rid;
                }
        }
        return rc;
}

static enum rc list_relations(struct ops *ops, const char *id, struct arena *a,
                              struct relation **ret, size_t *ret_count, struct err *err)
{
        size_t max = PAGE;
        enum rc rc = relation_list(ops->store, id, max, a, ret, ret_count, err);

        while (rc == RC_OK && *ret_count == max) {
                max *= 4;
                arena_reset(a);
                rc = relation_list(ops->store, id, max, a, ret, ret_count, err);
        }
        return rc;
}

/* Log and relationships of a thing or of a part. Of a part also who is assigned to it, of a thing,
 * into a set of their own, its parts. */
static enum rc add_of(struct ops *ops, const char *id, struct id_set *set, struct id_set *parts,
                      struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct relation *list = NULL;
        size_t count = 0;
        enum rc rc = add_log(ops, id, set, err);

        if (rc == RC_OK)
                rc = list_relations(ops, id, &a, &list, &count, err);
        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                id_set_add(set, list[i].id);
                if (!parts && kind_of_id(list[i].source) == &kind_participant)
                        id_set_add(set, list[i].source);
        }
        return rc == RC_OK && parts ? parts_add_ids(ops, id, list, count, parts, err) : rc;
}

/* Who made a version and what marks it, and the definition of our extension that it carries. */
static enum rc add_named(struct ops *ops, const char *id, struct id_set *set, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct version *list = NULL;
        size_t count = 0;
        enum rc rc = version_list(ops->store, id, &a, &list, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                struct stix_object o;

                rc = stix_read(list[i].bytes, list[i].len, &a, &o, err);
                if (rc != RC_OK)
                        return err_wrap(err, rc, "%s", id);
                for (size_t k = 0; k < o.marking_count; k++)
                        id_set_add(set, o.markings[k]);
                if (o.created_by)
                        id_set_add(set, o.created_by);
                if (o.what == STIX_ACT)
                        id_set_add(set, STIX_EXT_ACT);
                if (o.is_state)
                        id_set_add(set, STIX_EXT_STATE);
        }
        return rc;
}

static enum rc add_about(struct ops *ops, struct id_set *set, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(id_set_finish) struct id_set parts = {0};
        const char **ids = id_set_list(set, &a);
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && ids[i]; i++)
                rc = add_of(ops, ids[i], set, &parts, err);
        ids = id_set_list(&parts, &a);
        for (size_t i = 0; rc == RC_OK && ids[i]; i++) {
                id_set_add(set, ids[i]);
                if (part_kind_of_type(ids[i], ident_type_len(ids[i])))
                        rc = add_of(ops, ids[i], set, NULL, err);
        }
        return rc;
}

/* Until nothing new is named. */
static enum rc add_all_named(struct ops *ops, struct id_set *set, struct err *err)
{
        CLEANUP(id_set_finish) struct id_set seen = {0};
        size_t before;
        enum rc rc = RC_OK;

        do {
                CLEANUP(arena_finish) struct arena a = {0};
                const char **ids = id_set_list(set, &a);

                before = set->count;
                for (size_t i = 0; rc == RC_OK && ids[i]; i++)
                        if (id_set_add(&seen, ids[i]))
                                rc = add_named(ops, ids[i], set, err);
        } while (rc == RC_OK && set->count > before);
        return rc;
}

static int compare_ids(const void *a, const void *b)
{
        return export_compare_ids(*(const char *const *)a, *(const char *const *)b);
}

enum rc export_select(struct exporting *ex, struct err *err)
{
        CLEANUP(id_set_finish) struct id_set set = {0};
        enum rc rc = add_matches(ex->ops, ex->o->filter, &set, err);
        const char **ids;

        if (rc == RC_OK)
                rc = add_about(ex->ops, &set, err);
        if (rc == RC_OK)
                id_set_add(&set, ex->ops->unit);
        if (rc == RC_OK)
                rc = add_all_named(ex->ops, &set, err);
        if (rc != RC_OK)
                return rc;
        ids = id_set_list(&set, &ex->arena);
        for (size_t i = 0; i < set.count; i++)
                ids[i] = arena_strdup(&ex->arena, ids[i]);
        qsort(ids, set.count, sizeof(*ids), compare_ids);
        ex->ids = ids;
        ex->id_count = set.count;
        return RC_OK;
}
