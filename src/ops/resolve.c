/*
 * What a person calls a thing -> its id.
 */
#include <string.h>
#include <strings.h>

#include "base/ident.h"
#include "base/mem.h"
#include "base/str.h"

#include "ops_private.h"

#define CANDIDATES 9

static void name_candidate(struct ops *ops, const char *id, struct arena *a, struct str *out)
{
        struct row row;

        str_add(out, out->len ? ", " : "");
        if (thing_by_id(ops->store, id, a, &row, NULL) == RC_OK && row.ref && *row.ref)
                str_addf(out, "%s (%s)", row.ref, id);
        else
                str_add(out, id);
}

static enum rc refuse(struct ops *ops, const char *ref, const char *const *ids, size_t count,
                      struct arena *a, struct err *err)
{
        CLEANUP(str_finish) struct str list = {0};

        str_init(&list, 800);
        for (size_t i = 0; i < count && i + 1 < CANDIDATES; i++)
                name_candidate(ops, ids[i], a, &list);
        return err_set(err, RC_CONFLICT, "%.60s is ambiguous: %s%s", ref, str_text(&list),
                       count == CANDIDATES ? " and more" : "");
}

static bool is_exact(const struct row *row, const char *text)
{
        struct ref_parts parts;
        char usual[REF_MAX];

        if (!row->ref)
                return false;
        if (ref_parse(text, &parts)) {
                ref_format(&parts, usual);
                text = usual;
        }
        return strcasecmp(row->ref, text) == 0;
}

static enum rc by_ref(struct ops *ops, const char *ref, struct arena *a, const char **ret_id,
                      struct err *err)
{
        const char *ids[CANDIDATES];
        struct row *rows = NULL;
        size_t count = 0, exact = 0;
        enum rc rc = thing_by_ref(ops->store, ref, CANDIDATES, a, &rows, &count, err);

        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; i < count; i++) {
                ids[i] = rows[i].thing.id;
                exact += is_exact(&rows[i], ref);
        }
        if (count == 0)
                return RC_NOTFOUND;
        if (exact > 1 || (exact == 0 && count > 1))
                return refuse(ops, ref, ids, exact ? exact : count, a, err);
        *ret_id = ids[0];
        return RC_OK;
}

/* Of two sorted lists each once, at most CANDIDATES. */
static size_t merge_ids(const char *const *a, size_t a_count, const char *const *b, size_t b_count,
                        const char *ret[CANDIDATES])
{
        size_t count = 0, i = 0, j = 0;

        while (count < CANDIDATES && (i < a_count || j < b_count)) {
                int cmp = i == a_count ? 1 : j == b_count ? -1 : strcmp(a[i], b[j]);

                ret[count++] = cmp <= 0 ? a[i] : b[j];
                i += cmp <= 0;
                j += cmp >= 0;
        }
        return count;
}

/* A thing of ours has no version until it is exported; not all that is held is a thing. */
static enum rc find_ids(struct ops *ops, const char *prefix, struct arena *a,
                        const char *ret[CANDIDATES], size_t *ret_count, struct err *err)
{
        const char **things = NULL, **held = NULL;
        size_t thing_count = 0, held_count = 0;
        enum rc rc = thing_ids(ops->store, prefix, CANDIDATES, a, &things, &thing_count, err);

        if (rc == RC_OK)
                rc = version_ids(ops->store, prefix, CANDIDATES, a, &held, &held_count, err);
        if (rc == RC_OK)
                *ret_count = merge_ids(things, thing_count, held, held_count, ret);
        return rc;
}

static enum rc by_id(struct ops *ops, const char *ref, struct arena *a, const char **ret_id,
                     struct err *err)
{
        const char *ids[CANDIDATES];
        size_t count = 0;
        struct row row;
        enum rc rc;

        if (thing_by_id(ops->store, ref, a, &row, NULL) == RC_OK) {
                *ret_id = row.thing.id;
                return RC_OK;
        }
        rc = find_ids(ops, ref, a, ids, &count, err);
        if (rc != RC_OK)
                return rc;
        if (count == 0)
                return err_set(err, RC_NOTFOUND, "nothing is called %.100s", ref);
        if (count > 1 && strcmp(ids[0], ref) != 0)
                return refuse(ops, ref, ids, count, a, err);
        *ret_id = ids[0];
        return RC_OK;
}

enum rc ops_resolve(struct ops *ops, const char *ref, struct arena *a, const char **ret_id,
                    struct err *err)
{
        enum rc rc;

        ref += strspn(ref, " ");
        if (!*ref)
                return err_set(err, RC_NOTFOUND, "no reference is given");
        rc = by_ref(ops, ref, a, ret_id, err);
        return rc == RC_NOTFOUND ? by_id(ops, ref, a, ret_id, err) : rc;
}

const char *ops_resolve_value(void *ops, const char *ref, struct arena *a)
{
        const char *id = NULL;

        return ops_resolve(ops, ref, a, &id, NULL) == RC_OK ? id : NULL;
}

const struct kind *ops_kind_of(void *ops, const char *id, struct arena *a, const char **ret_ref)
{
        const struct ops *o = ops;
        struct row row;

        if (thing_by_id(o->store, id, a, &row, NULL) != RC_OK)
                return NULL;
        if (row.ref && *row.ref)
                *ret_ref = row.ref;
        return row.thing.kind;
}

enum rc ops_entry_subject(struct ops *ops, const char *entry, struct arena *a, const char **ret_id,
                          struct err *err)
{
        const struct value *about;
        struct row row, thing;
        enum rc rc = thing_by_id(ops->store, entry, a, &row, err);

        if (rc != RC_OK)
                return rc;
        if (row.thing.kind != &kind_log)
                return err_set(err, RC_INVALID,
                               "%s is no entry of the log; list log has their references",
                               row.ref && *row.ref ? row.ref : entry);
        about = thing_value(&row.thing, "about");
        for (size_t i = 0; i < about->count; i++)
                if (thing_by_id(ops->store, about->items[i], a, &thing, NULL) == RC_OK) {
                        *ret_id = about->items[i];
                        return RC_OK;
                }
        return err_set(err, RC_INVALID, "it is about nothing that is held here");
}
