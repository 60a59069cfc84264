/*
 * Versions by the dozen: of one id, and every one held in the order of an export.
 */
#include "store/versions.h"

#include <stdlib.h>
#include <string.h>

#include "base/ident.h"
#include "store_private.h"

#define BATCH 128
#define BARE_COLUMNS                                                                               \
        "v.vid, v.id, v.modified, v.sha, v.flags, v.received, v.seq, NULL, length(v.bytes)"
#define OF_ONE_ID " FROM version v WHERE v.id = ?1 ORDER BY v.modified, v.sha"

/* Takes the row, or all of it but the bytes, of which only the length is asked then. */
static void take_row(sqlite3_stmt *stmt, bool bare, struct arena *a, struct version *ret)
{
        version_read(stmt, a, ret);
        if (!bare)
                return;
        ret->bytes = NULL;
        ret->len = (size_t)sqlite3_column_int64(stmt, 8);
}

static enum rc list_of(struct store *s, const char *id, bool bare, struct arena *a,
                       struct version **ret, size_t *ret_count, struct err *err)
{
        struct version *list = NULL;
        size_t count = 0, room = 0;
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               bare ? "SELECT " BARE_COLUMNS OF_ONE_ID
                                    : "SELECT " VERSION_COLUMNS OF_ONE_ID,
                               "t", id);

        for (; rc == RC_OK; rc = sql_step(s, stmt, err)) {
                list = arena_grow(a, list, count, &room, sizeof(*list));
                take_row(stmt, bare, a, &list[count++]);
        }
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc version_list(struct store *s, const char *id, struct arena *a, struct version **ret,
                     size_t *ret_count, struct err *err)
{
        return list_of(s, id, false, a, ret, ret_count, err);
}

enum rc version_list_bare(struct store *s, const char *id, struct arena *a, struct version **ret,
                          size_t *ret_count, struct err *err)
{
        return list_of(s, id, true, a, ret, ret_count, err);
}

enum rc version_ids(struct store *s, const char *prefix, size_t max, struct arena *a,
                    const char ***ret, size_t *ret_count, struct err *err)
{
        return sql_texts(s,
                         "SELECT DISTINCT id FROM version WHERE id >= ?1"
                         " AND id < ?1 || char(1114111) ORDER BY id LIMIT ?2",
                         prefix, max, a, ret, ret_count, err);
}

/* The second column of what a statement says of the versions behind `vid`, whose own is the first.
 */
static enum rc ids_after(struct store *s, const char *sql, int64_t vid, size_t max, struct arena *a,
                         const char ***ret, size_t *ret_count, int64_t *ret_vid, struct err *err)
{
        const char **list = arena_array(a, max ? max : 1, sizeof(*list));
        size_t count = 0;
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err, sql, "ii", vid, (int64_t)max);

        for (; rc == RC_OK; rc = sql_step(s, stmt, err)) {
                vid = sqlite3_column_int64(stmt, 0);
                list[count++] = sql_text(stmt, 1, a);
        }
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        *ret_vid = vid;
        return RC_OK;
}

enum rc version_ids_after(struct store *s, int64_t vid, size_t max, struct arena *a,
                          const char ***ret, size_t *ret_count, int64_t *ret_vid, struct err *err)
{
        return ids_after(s, "SELECT vid, id FROM version WHERE vid > ?1 ORDER BY vid LIMIT ?2", vid,
                         max, a, ret, ret_count, ret_vid, err);
}

enum rc version_things_after(struct store *s, int64_t vid, size_t max, struct arena *a,
                             const char ***ret, size_t *ret_count, int64_t *ret_vid,
                             struct err *err)
{
        return ids_after(s,
                         "SELECT v.vid, coalesce(a.target, v.id) FROM version v"
                         " LEFT JOIN act a ON a.id = v.id WHERE v.vid > ?1 ORDER BY v.vid LIMIT ?2",
                         vid, max, a, ret, ret_count, ret_vid, err);
}

enum rc version_last(struct store *s, int64_t *ret_vid, struct err *err)
{
        return sql_number(s, "SELECT max(vid) FROM version", NULL, 0, ret_vid, err);
}

/* What others name comes first: markings, extensions, identities; then things; then what joins and
 * tells of them. */
static int type_rank(const char *type)
{
        static const char *const ranked[] = {"marking-definition",
                                             "extension-definition",
                                             "identity",
                                             NULL /* all others */,
                                             "relationship",
                                             "sighting",
                                             "note"};
        int others = 0;

        for (size_t i = 0; i < ARRAY_LEN(ranked); i++) {
                if (!ranked[i])
                        others = (int)i;
                else if (strcmp(ranked[i], type) == 0)
                        return (int)i;
        }
        return others;
}

/* By rank, then as their ids sort: "--" behind the type counts, so that a-b comes before a. */
static int compare_types(const void *a, const void *b)
{
        const char *const *x = a, *const *y = b;
        int rank = type_rank(*x) - type_rank(*y);

        return rank ? rank : strcmp(*x, *y);
}

/* The types held, by leaping through the index from one to the next. */
static enum rc list_types(struct store *s, struct arena *a, const char ***ret, size_t *ret_count,
                          struct err *err)
{
        const char **list = NULL;
        const char *after = "";
        size_t count = 0, room = 0;
        enum rc rc;

        for (;;) {
                sqlite3_stmt *stmt = NULL;
                const char *id;

                rc = sql_first(s, &stmt, err,
                               "SELECT id FROM version WHERE id >= ?1 ORDER BY id LIMIT 1", "t",
                               after);
                if (rc != RC_OK)
                        break;
                id = sql_text(stmt, 0, a);
                sqlite3_reset(stmt);
                list = arena_grow(a, list, count, &room, sizeof(*list));
                list[count] = arena_strndup(a, id, ident_type_len(id));
                after = arena_printf(a, "%s-.", list[count++]);
                if (strcmp(after, id) <= 0)
                        return err_set(err, RC_FAIL, "%s is damaged: a version without an id",
                                       s->path);
        }
        if (rc != RC_NOTFOUND)
                return rc;
        if (count)
                qsort(list, count, sizeof(*list), compare_types);
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

/* Where the walk stands: behind this version. */
struct place {
        const char *id, *end; /* up to here, not with it */
        int64_t modified_ns;
        uint8_t sha[HASH_BYTES];
        size_t sha_len;
        bool newest_only;
};

static const char sql_each[] = "SELECT v.vid, v.id, v.modified, v.sha FROM version v"
                               " WHERE (v.id, v.modified, v.sha) > (?1, ?2, ?3) AND v.id < ?4"
                               " ORDER BY v.id, v.modified, v.sha LIMIT ?5";
static const char sql_newest[] = "SELECT v.vid, v.id, v.modified, v.sha FROM version v"
                                 " WHERE (v.id, v.modified, v.sha) > (?1, ?2, ?3) AND v.id < ?4"
                                 " AND NOT EXISTS (SELECT 1 FROM version n WHERE n.id = v.id"
                                 " AND (n.modified, n.sha) > (v.modified, v.sha))"
                                 " ORDER BY v.id, v.modified, v.sha LIMIT ?5";

/* The next row ids; no statement stays open, so that fn may write and commit. */
static enum rc next_batch(struct store *s, struct place *p, struct arena *a, int64_t vids[BATCH],
                          size_t *ret_count, struct err *err)
{
        size_t count = 0;
        sqlite3_stmt *stmt = NULL;
        enum rc rc =
                sql_first(s, &stmt, err, p->newest_only ? sql_newest : sql_each, "tibti", p->id,
                          p->modified_ns, (const void *)p->sha, p->sha_len, p->end, (int64_t)BATCH);

        for (; rc == RC_OK; rc = sql_step(s, stmt, err)) {
                vids[count++] = sqlite3_column_int64(stmt, 0);
                if (count < BATCH)
                        continue;
                p->id = sql_text(stmt, 1, a);
                p->modified_ns = sqlite3_column_int64(stmt, 2);
                p->sha_len = (size_t)sqlite3_column_bytes(stmt, 3);
                if (p->sha_len > HASH_BYTES)
                        p->sha_len = HASH_BYTES;
                memcpy(p->sha, sqlite3_column_blob(stmt, 3), p->sha_len);
        }
        if (rc != RC_NOTFOUND)
                return rc;
        *ret_count = count;
        return RC_OK;
}

struct each {
        enum rc (*fn)(void *ctx, const struct version *v, struct err *err);
        void *ctx;
};

static enum rc give(struct store *s, int64_t vid, struct arena *a, const struct each *each,
                    struct err *err)
{
        struct version v;
        enum rc rc;

        arena_reset(a);
        rc = version_by_vid(s, vid, a, &v, err);
        return rc == RC_OK ? each->fn(each->ctx, &v, err) : rc;
}

static enum rc each_of_type(struct store *s, const char *type, bool newest_only,
                            const struct each *each, struct err *err)
{
        CLEANUP(arena_finish) struct arena places = {0}, item = {0};
        struct place p = {.newest_only = newest_only, .modified_ns = INT64_MIN};
        int64_t vids[BATCH];
        size_t count = BATCH;
        enum rc rc = RC_OK;

        p.id = arena_printf(&places, "%s--", type);
        p.end = arena_printf(&places, "%s-.", type);
        while (rc == RC_OK && count == BATCH) {
                rc = next_batch(s, &p, &places, vids, &count, err);
                for (size_t i = 0; rc == RC_OK && i < count; i++)
                        rc = give(s, vids[i], &item, each, err);
        }
        return rc;
}

enum rc version_each(struct store *s, bool newest_only,
                     enum rc (*fn)(void *ctx, const struct version *v, struct err *err), void *ctx,
                     struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct each each = {fn, ctx};
        const char **types = NULL;
        size_t count = 0;
        enum rc rc = list_types(s, &a, &types, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = each_of_type(s, types[i], newest_only, &each, err);
        return rc;
}
