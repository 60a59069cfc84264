/*
 * Versions: one row per (id, modified, SHA-256 of the bytes). The hot path of every import.
 */
#include "store/versions.h"

#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "store_private.h"

/* The newest version held of an id. */
struct newest {
        bool found;
        int64_t vid, modified_ns;
        uint8_t sha[HASH_BYTES];
};

static int order(int64_t a_ns, const uint8_t *a_sha, int64_t b_ns, const uint8_t *b_sha)
{
        if (a_ns != b_ns)
                return a_ns < b_ns ? -1 : 1;
        return memcmp(a_sha, b_sha, HASH_BYTES);
}

static enum rc find_newest(struct store *s, const char *id, struct newest *ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT vid, modified, sha FROM version WHERE id = ?1"
                               " ORDER BY modified DESC, sha DESC LIMIT 1",
                               "t", id);

        *ret = (struct newest){0};
        if (rc == RC_NOTFOUND)
                return RC_OK;
        if (rc != RC_OK)
                return rc;
        ret->found = true;
        ret->vid = sqlite3_column_int64(stmt, 0);
        ret->modified_ns = sqlite3_column_int64(stmt, 1);
        if (sqlite3_column_bytes(stmt, 2) == HASH_BYTES)
                memcpy(ret->sha, sqlite3_column_blob(stmt, 2), HASH_BYTES);
        sqlite3_reset(stmt);
        return RC_OK;
}

/* Row that holds exactly this; 0 = none. */
static enum rc find_exact(struct store *s, const struct version *v, const uint8_t *sha,
                          int64_t *ret_vid, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc =
                sql_first(s, &stmt, err,
                          "SELECT vid FROM version WHERE id = ?1 AND modified = ?2 AND sha = ?3",
                          "tib", v->id, v->modified_ns, (const void *)sha, (size_t)HASH_BYTES);

        *ret_vid = 0;
        if (rc == RC_NOTFOUND)
                return RC_OK;
        if (rc != RC_OK)
                return rc;
        *ret_vid = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return RC_OK;
}

/* Other bytes under the same id and time. */
static enum rc find_twin(struct store *s, const struct version *v, int64_t vid, bool *ret,
                         struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT 1 FROM version WHERE id = ?1 AND modified = ?2 AND vid <> ?3"
                               " LIMIT 1",
                               "tii", v->id, v->modified_ns, vid);

        *ret = rc == RC_OK;
        if (rc == RC_OK)
                sqlite3_reset(stmt);
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

static void hash(const struct version *v, uint8_t sha[HASH_BYTES])
{
        if (v->known_sha)
                memcpy(sha, v->known_sha, HASH_BYTES);
        else
                crypt_sha256(v->bytes, v->len, sha);
}

static enum rc insert(struct store *s, const struct version *v, const uint8_t *sha,
                      int64_t *ret_vid, struct err *err)
{
        int64_t flags = (v->is_state ? VERSION_STATE : 0) | (v->is_own ? VERSION_OWN : 0);
        enum rc rc = sql_do(s, err,
                            "INSERT INTO version(id, modified, sha, flags, received, seq, bytes)"
                            " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                            "tibiiib", v->id, v->modified_ns, (const void *)sha, (size_t)HASH_BYTES,
                            flags, v->received_ms, v->seq, (const void *)v->bytes, v->len);

        if (rc != RC_OK)
                return rc;
        *ret_vid = sqlite3_last_insert_rowid(s->db);
        journal_admit(s, v->seq,
                      &(struct admission){.vid = *ret_vid,
                                          .modified_ns = v->modified_ns,
                                          .received_ms = v->received_ms,
                                          .flags = flags,
                                          .sha = sha,
                                          .id = v->id});
        return RC_OK;
}

enum rc version_put(struct store *s, const struct version *v, struct version_put *ret,
                    struct err *err)
{
        struct version_put put = {.result = VERSION_NEW, .is_current = true};
        struct newest newest;
        enum rc rc = find_newest(s, v->id, &newest, err);
        int cmp = 1;

        if (rc != RC_OK)
                return rc;
        hash(v, put.sha);
        if (newest.found) {
                cmp = order(v->modified_ns, put.sha, newest.modified_ns, newest.sha);
                put.is_current = cmp >= 0;
                put.result = VERSION_UPDATE;
        }
        if (cmp == 0)
                put.vid = newest.vid;
        else if (cmp < 0)
                rc = find_exact(s, v, put.sha, &put.vid, err);
        if (put.vid)
                put.result = VERSION_KNOWN;
        else if (rc == RC_OK)
                rc = insert(s, v, put.sha, &put.vid, err);
        if (rc == RC_OK && newest.found && v->modified_ns <= newest.modified_ns)
                rc = find_twin(s, v, put.vid, &put.is_twin, err);
        if (rc == RC_OK)
                *ret = put;
        return rc;
}

enum rc version_look(struct store *s, const struct version *v, enum version_result *ret,
                     struct err *err)
{
        struct newest newest;
        uint8_t sha[HASH_BYTES];
        int64_t vid = 0;
        enum rc rc = find_newest(s, v->id, &newest, err);

        if (rc == RC_OK && newest.found) {
                hash(v, sha);
                rc = find_exact(s, v, sha, &vid, err);
        }
        if (rc == RC_OK)
                *ret = vid ? VERSION_KNOWN : newest.found ? VERSION_UPDATE : VERSION_NEW;
        return rc;
}

void version_read(sqlite3_stmt *stmt, struct arena *a, struct version *ret)
{
        int flags = sqlite3_column_int(stmt, 4);
        const void *sha = sqlite3_column_blob(stmt, 3);
        const void *bytes = sqlite3_column_blob(stmt, 7);

        *ret = (struct version){
                .vid = sqlite3_column_int64(stmt, 0),
                .id = sql_text(stmt, 1, a),
                .modified_ns = sqlite3_column_int64(stmt, 2),
                .is_state = flags & VERSION_STATE,
                .is_own = flags & VERSION_OWN,
                .received_ms = sqlite3_column_int64(stmt, 5),
                .seq = sqlite3_column_int64(stmt, 6),
                .len = (size_t)sqlite3_column_bytes(stmt, 7),
        };
        if (sha && sqlite3_column_bytes(stmt, 3) == HASH_BYTES)
                memcpy(ret->sha, sha, HASH_BYTES);
        ret->type = arena_strndup(a, ret->id, ident_type_len(ret->id));
        ret->bytes = arena_strndup(a, bytes ? bytes : "", ret->len);
}

static enum rc read_one(enum rc rc, sqlite3_stmt *stmt, struct arena *a, struct version *ret)
{
        if (rc != RC_OK)
                return rc;
        version_read(stmt, a, ret);
        sqlite3_reset(stmt);
        return RC_OK;
}

enum rc version_newest(struct store *s, const char *id, bool skip_own_state, struct arena *a,
                       struct version *ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        int64_t skipped = skip_own_state ? VERSION_STATE | VERSION_OWN : -1;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT " VERSION_COLUMNS " FROM version v WHERE v.id = ?1"
                               " AND v.flags <> ?2 ORDER BY v.modified DESC, v.sha DESC LIMIT 1",
                               "ti", id, skipped);

        if (rc == RC_NOTFOUND)
                return err_set(err, rc, "no version of %s is held", id);
        return read_one(rc, stmt, a, ret);
}

enum rc version_by_vid(struct store *s, int64_t vid, struct arena *a, struct version *ret,
                       struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc =
                sql_first(s, &stmt, err,
                          "SELECT " VERSION_COLUMNS " FROM version v WHERE v.vid = ?1", "i", vid);

        if (rc == RC_NOTFOUND)
                return err_set(err, rc, "no version %lld is held", (long long)vid);
        return read_one(rc, stmt, a, ret);
}
