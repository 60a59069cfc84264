/*
 * A plain bundle. The objects are walked twice: once for the bundle's id, which follows from what
 * it holds, and for the definitions in use; once to write them. Both walks are in the order that
 * sorts references first, so equal contents give equal files.
 */
#include "ops/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/crypt.h"
#include "base/ident.h"
#include "base/mem.h"

#include "ops_private.h"

/* ---- order -------------------------------------------------------------------------------------
 */

static int type_rank(const char *id)
{
        static const struct {
                const char *type;
                int rank;
        } ranks[] = {{"marking-definition", 0}, {"extension-definition", 1},
                     {"identity", 2},           {"relationship", 4},
                     {"sighting", 5},           {"note", 6}};
        size_t len = ident_type_len(id);

        for (size_t i = 0; i < ARRAY_LEN(ranks); i++)
                if (strlen(ranks[i].type) == len && memcmp(ranks[i].type, id, len) == 0)
                        return ranks[i].rank;
        return 3;
}

int export_compare_ids(const char *a, const char *b)
{
        int order = type_rank(a) - type_rank(b);
        size_t a_len = ident_type_len(a), b_len = ident_type_len(b);

        if (!order)
                order = memcmp(a, b, a_len < b_len ? a_len : b_len);
        if (!order)
                order = (a_len > b_len) - (a_len < b_len);
        return order ? order : strcmp(a, b);
}

static int compare_versions(const void *va, const void *vb)
{
        const struct version *a = va, *b = vb;
        int order = export_compare_ids(a->id, b->id);

        if (!order)
                order = (a->modified_ns > b->modified_ns) - (a->modified_ns < b->modified_ns);
        return order ? order : memcmp(a->sha, b->sha, HASH_BYTES);
}

/* ---- walking -----------------------------------------------------------------------------------
 */

static enum rc is_above(struct exporting *ex, const struct version *v, bool *ret, struct err *err)
{
        struct stix_object o;
        enum rc rc;

        *ret = false;
        if (ex->ceiling >= TLP_RED)
                return RC_OK;
        rc = stix_read(v->bytes, v->len, &ex->item, &o, err);
        if (rc != RC_OK)
                return err_wrap(err, rc, "%s", v->id);
        *ret = (int)tlp_outgoing(ex->ops, &o, &ex->item) > ex->ceiling;
        return RC_OK;
}

static enum rc visit(void *ctx, const struct version *v, struct err *err)
{
        struct exporting *ex = ctx;
        bool above = false;
        enum rc rc;

        arena_reset(&ex->item);
        rc = is_above(ex, v, &above, err);
        if (rc != RC_OK)
                return rc;
        if (above) {
                ex->held_back++;
                return RC_OK;
        }
        return ex->fn(ex, v, err);
}

static enum rc walk_selected(struct exporting *ex, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < ex->id_count; i++) {
                struct version *list = NULL;
                size_t count = 0;

                arena_reset(&a);
                rc = version_list(ex->ops->store, ex->ids[i], &a, &list, &count, err);
                for (size_t k = 0; rc == RC_OK && k < count; k++)
                        rc = visit(ex, &list[k], err);
        }
        return rc;
}

static enum rc walk(struct exporting *ex,
                    enum rc (*fn)(struct exporting *ex, const struct version *v, struct err *err),
                    struct err *err)
{
        ex->fn = fn;
        ex->held_back = 0;
        return ex->o->filter ? walk_selected(ex, err)
                             : version_each(ex->ops->store, false, visit, ex, err);
}

/* ---- first walk: the id, and the definitions in use ---------------------------------------------
 */

/* Sums of hashes do not depend on the order. */
static void weigh(struct exporting *ex, const struct version *v)
{
        uint8_t one[HASH_BYTES];
        struct crypt_hash h;

        crypt_hash_init(&h);
        crypt_hash_add(&h, v->id, strlen(v->id) + 1);
        crypt_hash_add(&h, v->sha, HASH_BYTES);
        crypt_hash_done(&h, one);
        for (size_t i = 0; i < HASH_BYTES; i++)
                ex->sum[i] ^= one[i];
}

const char *export_builtin(size_t i)
{
        if (i <= TLP_RED)
                return stix_tlp_definition((enum tlp)i);
        return stix_definition(i - TLP_RED - 1);
}

const char *export_builtin_id(size_t i)
{
        static const char *const ours[] = {STIX_EXT_ACT, STIX_EXT_STATE};

        return i <= TLP_RED ? tlp_id((enum tlp)i) : ours[i - TLP_RED - 1];
}

static void note_builtins(struct exporting *ex, const struct version *v)
{
        for (size_t i = 0; i < EXPORT_BUILTINS; i++) {
                const char *id = export_builtin_id(i);

                if (strcmp(v->id, id) == 0)
                        ex->builtin_held[i] = true;
                else if (!ex->builtin_used[i] && memmem(v->bytes, v->len, id, strlen(id)))
                        ex->builtin_used[i] = true;
        }
}

static enum rc measure(struct exporting *ex, const struct version *v, struct err *err)
{
        (void)err;
        weigh(ex, v);
        note_builtins(ex, v);
        return RC_OK;
}

static struct version extra_of(const char *id, const char *bytes, size_t len, int64_t modified_ns)
{
        struct version v = {.id = id, .bytes = bytes, .len = len, .modified_ns = modified_ns};

        crypt_sha256(bytes, len, v.sha);
        return v;
}

static enum rc add_builtins(struct exporting *ex, struct err *err)
{
        for (size_t i = 0; i < EXPORT_BUILTINS; i++) {
                const char *bytes = export_builtin(i);
                struct stix_object o;
                enum rc rc;

                if (!ex->builtin_used[i] || ex->builtin_held[i])
                        continue;
                rc = stix_read(bytes, strlen(bytes), &ex->arena, &o, err);
                if (rc != RC_OK)
                        return rc;
                ex->extras[ex->extra_count++] =
                        extra_of(export_builtin_id(i), bytes, strlen(bytes), o.modified_ns);
        }
        return RC_OK;
}

/* Snapshots that a read-only database can't keep. */
static enum rc add_unkept(struct exporting *ex, struct err *err)
{
        enum rc rc = RC_OK;

        ex->extras = arena_array(&ex->arena, ex->unkept_count + EXPORT_BUILTINS + 1,
                                 sizeof(*ex->extras));
        for (size_t i = 0; rc == RC_OK && i < ex->unkept_count; i++) {
                const struct snapshot *s = &ex->unkept[i];
                struct version v = extra_of(s->id, s->bytes, s->len, s->modified_ns);
                bool above = false;

                arena_reset(&ex->item);
                rc = is_above(ex, &v, &above, err);
                if (above) {
                        ex->unkept_held_back++;
                } else if (rc == RC_OK) {
                        note_builtins(ex, &v);
                        ex->extras[ex->extra_count++] = v;
                }
        }
        return rc;
}

static enum rc first_walk(struct exporting *ex, struct err *err)
{
        enum rc rc = walk(ex, measure, err);

        if (rc == RC_OK)
                rc = add_unkept(ex, err);
        if (rc == RC_OK)
                rc = add_builtins(ex, err);
        for (size_t i = 0; rc == RC_OK && i < ex->extra_count; i++)
                weigh(ex, &ex->extras[i]);
        if (rc == RC_OK)
                qsort(ex->extras, ex->extra_count, sizeof(*ex->extras), compare_versions);
        return rc;
}

/* ---- second walk: the document ------------------------------------------------------------------
 */

static enum rc put(struct exporting *ex, const char *bytes, size_t len, struct err *err)
{
        return ex->sink(ex->ctx, bytes, len, err);
}

static enum rc put_object(struct exporting *ex, const struct version *v, struct err *err)
{
        enum rc rc = put(ex, ex->objects ? ",\n" : "\n", ex->objects ? 2 : 1, err);

        ex->objects++;
        return rc == RC_OK ? put(ex, v->bytes, v->len, err) : rc;
}

/* The extras that sort before v; all that are left where it is NULL. */
static enum rc put_extras(struct exporting *ex, const struct version *v, struct err *err)
{
        enum rc rc = RC_OK;

        while (rc == RC_OK && ex->next_extra < ex->extra_count &&
               (!v || compare_versions(&ex->extras[ex->next_extra], v) < 0))
                rc = put_object(ex, &ex->extras[ex->next_extra++], err);
        return rc;
}

static enum rc emit(struct exporting *ex, const struct version *v, struct err *err)
{
        enum rc rc = put_extras(ex, v, err);

        return rc == RC_OK ? put_object(ex, v, err) : rc;
}

static enum rc put_head(struct exporting *ex, struct err *err)
{
        char hex[HASH_TEXT], uuid[UUID_TEXT];

        crypt_hex(ex->sum, sizeof(ex->sum), hex);
        ident_uuid5(BUNDLE_NAMESPACE, hex, uuid);
        AUTO_FREE char *head =
                xasprintf("{\"type\":\"bundle\",\"id\":\"bundle--%s\",\"objects\":[", uuid);
        return put(ex, head, strlen(head), err);
}

static enum rc second_walk(struct exporting *ex, struct err *err)
{
        enum rc rc = put_head(ex, err);

        if (rc == RC_OK)
                rc = walk(ex, emit, err);
        if (rc == RC_OK)
                rc = put_extras(ex, NULL, err);
        return rc == RC_OK ? put(ex, "\n]}\n", 4, err) : rc;
}

enum rc ops_export(struct ops *ops, const struct export_options *o,
                   enum rc (*sink)(void *ctx, const char *bytes, size_t len, struct err *err),
                   void *ctx, struct export_result *ret, struct err *err)
{
        struct exporting ex = {.ops = ops, .o = o, .ceiling = o->ceiling, .sink = sink, .ctx = ctx};
        enum rc rc;

        if (ex.ceiling < 0)
                ex.ceiling = (int)ops->ceiling;
        rc = export_snapshots(&ex, err);
        if (rc == RC_OK && o->filter)
                rc = export_select(&ex, err);
        if (rc == RC_OK)
                rc = first_walk(&ex, err);
        if (rc == RC_OK)
                rc = second_walk(&ex, err);
        if (rc == RC_OK)
                *ret = (struct export_result){.objects = ex.objects,
                                              .held_back = ex.held_back + ex.unkept_held_back};
        arena_finish(&ex.arena);
        arena_finish(&ex.item);
        return rc;
}
