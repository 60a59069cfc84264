/*
 * Playbooks that are held: their contents, decoded.
 */
#include "ops/playbooks.h"

#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "play/run.h"

#include "ops/playbook_twins.h"
#include "ops/walk.h"
#include "ops_private.h"

/* ---- one content -------------------------------------------------------------------------------
 */

/* The document of a version, decoded as of now. */
static enum rc decode(struct ops *ops, int64_t vid, struct arena *a, struct held_playbook *ret,
                      struct err *err)
{
        CLEANUP(json_cleanup) struct json_t *json = NULL;
        struct version v;
        const char *bytes = NULL;
        size_t len = 0;
        enum rc rc = version_by_vid(ops->store, vid, a, &v, err);

        if (rc == RC_OK)
                rc = json_parse(v.bytes, v.len, &json, err);
        if (rc == RC_OK)
                rc = cacao_carried(json, a, &bytes, &len, err);
        if (rc != RC_OK)
                return rc;
        cacao_read(bytes, len, clock_now_ms(), a, &ret->doc);
        return thing_by_id(ops->store, v.id, a, &ret->row, err);
}

static bool has_twin(const struct content *list, size_t count, size_t of)
{
        for (size_t i = 0; i < count; i++)
                if (i != of && list[i].modified_ns == list[of].modified_ns &&
                    strcmp(list[i].hash, list[of].hash) != 0)
                        return true;
        return false;
}

/* Where it stands among the contents of its thing. */
static enum rc place(struct ops *ops, struct arena *a, struct held_playbook *p, struct err *err)
{
        struct content *list = NULL;
        size_t count = 0;
        enum rc rc = playbook_contents(ops, p->row.thing.id, CLOCK_NONE, a, &list, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                if (strcmp(list[i].hash, p->hash) != 0)
                        continue;
                p->is_newest = p->is_newest || i == 0;
                p->is_twin = p->is_twin || has_twin(list, count, i);
        }
        return rc;
}

static enum rc read_content(struct ops *ops, int64_t vid, const char *hash, struct arena *a,
                            struct held_playbook *ret, struct err *err)
{
        struct held_playbook p = {.is_newest = false};
        enum rc rc = decode(ops, vid, a, &p, err);

        if (rc != RC_OK)
                return rc;
        memcpy(p.hash, hash, HASH_TEXT);
        rc = place(ops, a, &p, err);
        if (rc == RC_OK)
                *ret = p;
        return rc;
}

enum rc ops_playbook_content(struct ops *ops, const char *hash, struct arena *a,
                             struct held_playbook *ret, struct err *err)
{
        int64_t vid = 0;
        enum rc rc = content_find(ops->store, hash, &vid, err);

        return rc == RC_OK ? read_content(ops, vid, hash, a, ret, err) : rc;
}

static const char *title_of(const struct row *row)
{
        const char *title = thing_text(&row->thing, "title");

        return title ? title : "";
}

static bool is_version_of(const struct held_playbook *p, const struct playbook *other)
{
        return p->doc.playbook && other && p->doc.playbook->id && other->id &&
               strcmp(p->doc.playbook->id, other->id) == 0;
}

/* A playbook may come in several objects, so what its document says it is counts; and where nothing
 * of the thing is held, its hash alone. */
static enum rc elsewhere(struct ops *ops, const char *id, const char *hash, struct arena *a,
                         struct held_playbook *ret, struct err *err)
{
        struct held_playbook p, own = {.is_newest = false};
        struct content *list = NULL;
        size_t count = 0;
        enum rc rc = ops_playbook_content(ops, hash, a, &p, err);

        if (rc == RC_OK)
                rc = playbook_contents(ops, id, CLOCK_NONE, a, &list, &count, err);
        if (rc == RC_OK && count)
                rc = decode(ops, list[0].vid, a, &own, err);
        if (rc != RC_OK)
                return rc;
        if (!count || is_version_of(&p, own.doc.playbook)) {
                *ret = p;
                return RC_OK;
        }
        return err_set(err, RC_INVALID, "the content %.12s is one of %s %.100s, not of %s %.100s",
                       hash, p.row.ref, title_of(&p.row), own.row.ref, title_of(&own.row));
}

enum rc ops_playbook_content_of(struct ops *ops, const char *id, const char *hash, struct arena *a,
                                struct held_playbook *ret, struct err *err)
{
        int64_t vid = 0;
        enum rc rc = content_find_of(ops->store, id, hash, &vid, err);

        if (rc == RC_NOTFOUND) {
                err_clear(err);
                return elsewhere(ops, id, hash, a, ret, err);
        }
        return rc == RC_OK ? read_content(ops, vid, hash, a, ret, err) : rc;
}

/* An object without a playbook that can be read is no thing; it may say where there is one. */
static enum rc look_at_object(struct ops *ops, const char *id, struct arena *a, struct err *err)
{
        CLEANUP(json_cleanup) struct json_t *json = NULL;
        const char *bytes, *named = NULL;
        struct err why = {0};
        struct version v;
        size_t len;

        if (version_newest(ops->store, id, false, a, &v, NULL) != RC_OK ||
            json_parse(v.bytes, v.len, &json, NULL) != RC_OK)
                return RC_NOTFOUND;
        if (cacao_carried(json, a, &bytes, &len, &why) != RC_OK && !why.text[0])
                named = cacao_named(json, a);
        if (!why.text[0] && !named)
                return RC_NOTFOUND;
        err_clear(err);
        if (named)
                return err_set(err, RC_INVALID, "%s carries no playbook but names %s: run that", id,
                               named);
        return err_set(err, RC_INVALID, "%s can't be run: %s", id, why.text);
}

enum rc ops_playbook(struct ops *ops, const char *id, struct arena *a, struct held_playbook *ret,
                     struct err *err)
{
        struct content *list = NULL;
        size_t count = 0;
        struct row row;
        enum rc rc = thing_by_id(ops->store, id, a, &row, err);

        if (rc == RC_NOTFOUND)
                return look_at_object(ops, id, a, err);
        if (rc != RC_OK)
                return rc;
        if (row.thing.kind != &kind_playbook)
                return err_set(err, RC_INVALID, "%s is no playbook", row.ref);
        rc = playbook_contents(ops, id, CLOCK_NONE, a, &list, &count, err);
        if (rc == RC_OK && !count)
                rc = err_set(err, RC_NOTFOUND, "%s has no document", row.ref);
        return rc == RC_OK ? ops_playbook_content_of(ops, id, list[0].hash, a, ret, err) : rc;
}

enum rc ops_playbook_versions(struct ops *ops, const char *id, struct arena *a,
                              struct playbook_version **ret, size_t *ret_count, struct err *err)
{
        struct playbook_version *list;
        struct content *held = NULL;
        size_t count = 0;
        enum rc rc = playbook_contents(ops, id, CLOCK_NONE, a, &held, &count, err);

        if (rc != RC_OK)
                return rc;
        list = arena_array(a, count + 1, sizeof(*list));
        for (size_t i = 0; i < count; i++) {
                memcpy(list[i].hash, held[i].hash, HASH_TEXT);
                list[i].modified_ns = held[i].modified_ns;
                list[i].received_ms = held[i].received_ms;
        }
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc playbook_may_run(const struct held_playbook *p, struct err *err)
{
        const struct cacao_finding *f = p->doc.findings;
        size_t i = 0;

        if (p->doc.verdict < CACAO_VIEW_ONLY && p->doc.playbook)
                return run_check(p->doc.playbook, err);
        while (i < p->doc.finding_count && f[i].verdict < CACAO_VIEW_ONLY)
                i++;
        if (i == p->doc.finding_count)
                return err_set(err, RC_INVALID, "%s can't be run", p->row.ref);
        return err_set(err, RC_INVALID, "%s can't be run: %s%s%s", p->row.ref, f[i].path,
                       *f[i].path ? " " : "", f[i].message);
}

/* ---- when one comes in -------------------------------------------------------------------------
 */

static enum rc look_again(void *ctx, const struct row *row, struct arena *a, struct err *err)
{
        struct admission *ad = ctx;

        (void)a, (void)err;
        id_set_add(&ad->dirty, row->thing.id);
        return RC_OK;
}

static enum rc look_at_runs(struct admission *ad, const char *field, const char *value,
                            struct err *err)
{
        const struct filter f = {.kind = &kind_run,
                                 .terms = {{.what = FILTER_FIELD,
                                            .field = field_index(&kind_run, field),
                                            .values = &value,
                                            .value_count = 1}},
                                 .term_count = 1,
                                 .sort_field = -1};

        return ops_walk(ad->ops, &f, NULL, look_again, ad, err);
}

/* Runs that wait for the content; and those that had it from elsewhere while the thing that they
 * name was not here. */
enum rc playbook_take(struct admission *ad, const char *id, const char *content, int64_t vid,
                      struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct content *list = NULL;
        size_t count = 0;
        enum rc rc = content_put(ad->ops->store, content, vid, err);

        if (rc == RC_OK)
                rc = look_at_runs(ad, "missing", content, err);
        if (rc == RC_OK)
                rc = content_list(ad->ops->store, id, &a, &list, &count, err);
        return rc == RC_OK && count == 1 ? look_at_runs(ad, "playbook", id, err) : rc;
}
