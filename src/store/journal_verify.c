/*
 * The journal read back: every link, every version that it admitted, every signature.
 */
#include <stdio.h>
#include <string.h>

#include "store/journal.h"
#include "store_private.h"

/* Journal rows and versions, both in the order they were written, side by side. */
struct reading {
        struct store *s;
        sqlite3_stmt *links, *versions;
        bool has_version;
        uint8_t prev[HASH_BYTES], own_key[SIGN_PUB_BYTES];
        bool has_own_key;
        struct journal_report report;
};

static enum rc broken(struct reading *w, int64_t seq, struct err *err, const char *why)
{
        w->report.broken_seq = seq ? seq : 1;
        return err_set(err, RC_INVALID, "journal entry %lld is broken: %s", (long long)seq, why);
}

static enum rc next_version(struct reading *w, struct err *err)
{
        enum rc rc = sql_step(w->s, w->versions, err);

        w->has_version = rc == RC_OK;
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

static bool blob_is(sqlite3_stmt *stmt, int column, const uint8_t *want, size_t len)
{
        return (size_t)sqlite3_column_bytes(stmt, column) == len &&
               memcmp(sqlite3_column_blob(stmt, column), want, len) == 0;
}

/* What is read stops at a NUL; what stands behind one was never hashed. */
static bool text_is_whole(sqlite3_stmt *stmt, int column)
{
        const char *text = (const char *)sqlite3_column_text(stmt, column);

        return text && strlen(text) == (size_t)sqlite3_column_bytes(stmt, column);
}

static enum rc check_version(struct reading *w, int64_t seq, struct crypt_hash *h, struct err *err)
{
        sqlite3_stmt *v = w->versions;
        const char *id = (const char *)sqlite3_column_text(v, 1);
        const void *bytes = sqlite3_column_blob(v, 7);
        uint8_t sha[HASH_BYTES];
        char why[400];

        if (!text_is_whole(v, 1))
                return broken(w, seq, err, "the id of a version is not the one admitted");
        crypt_sha256(bytes ? bytes : "", (size_t)sqlite3_column_bytes(v, 7), sha);
        if (!blob_is(v, 3, sha, HASH_BYTES)) {
                snprintf(why, sizeof(why), "the bytes of %.300s are not those admitted", id);
                return broken(w, seq, err, why);
        }
        journal_hash_version(h, &(struct admission){.vid = sqlite3_column_int64(v, 0),
                                                    .modified_ns = sqlite3_column_int64(v, 2),
                                                    .flags = sqlite3_column_int64(v, 4),
                                                    .received_ms = sqlite3_column_int64(v, 5),
                                                    .sha = sha,
                                                    .id = id});
        w->report.versions++;
        return next_version(w, err);
}

/* Hashes the versions of one entry, and counts them. */
static enum rc check_versions(struct reading *w, int64_t seq, uint8_t what[HASH_BYTES],
                              int64_t *ret_count, struct err *err)
{
        struct crypt_hash h;
        int64_t count = 0;
        enum rc rc = RC_OK;

        crypt_hash_init(&h);
        while (rc == RC_OK && w->has_version && sqlite3_column_int64(w->versions, 6) == seq) {
                rc = check_version(w, seq, &h, err);
                count++;
        }
        if (rc == RC_OK && w->has_version && sqlite3_column_int64(w->versions, 6) < seq)
                rc = broken(w, sqlite3_column_int64(w->versions, 6), err,
                            "a version says that it came with it, out of order");
        crypt_hash_done(&h, what);
        *ret_count = count;
        return rc;
}

static enum rc check_signature(struct reading *w, int64_t seq, const uint8_t hash[HASH_BYTES],
                               struct err *err)
{
        uint8_t message[HASH_BYTES], sig[SIGN_BYTES], pub[SIGN_PUB_BYTES];
        bool has_sig = sqlite3_column_type(w->links, 9) != SQLITE_NULL;
        bool has_key = sqlite3_column_type(w->links, 10) != SQLITE_NULL;

        if (!has_sig && !has_key)
                return RC_OK;
        if (sqlite3_column_bytes(w->links, 9) != SIGN_BYTES ||
            sqlite3_column_bytes(w->links, 10) != SIGN_PUB_BYTES)
                return broken(w, seq, err, "its signature is incomplete");
        memcpy(sig, sqlite3_column_blob(w->links, 9), SIGN_BYTES);
        memcpy(pub, sqlite3_column_blob(w->links, 10), SIGN_PUB_BYTES);
        journal_message(hash, message);
        if (!crypt_verify(message, sizeof(message), sig, pub))
                return broken(w, seq, err, "its signature does not fit");
        w->report.signatures++;
        if (w->has_own_key && memcmp(pub, w->own_key, SIGN_PUB_BYTES) != 0)
                w->report.other_keys++;
        return RC_OK;
}

static enum rc check_link(struct reading *w, struct err *err)
{
        sqlite3_stmt *l = w->links;
        const struct journal_entry e = {
                .seq = sqlite3_column_int64(l, 0),
                .at_ms = sqlite3_column_int64(l, 1),
                .op = (const char *)sqlite3_column_text(l, 2),
                .operator=(const char *) sqlite3_column_text(l, 3),
                .note = (const char *)sqlite3_column_text(l, 4),
        };
        uint8_t what[HASH_BYTES], hash[HASH_BYTES];
        int64_t count;
        enum rc rc;

        if (e.seq != w->report.entries + 1)
                return broken(w, w->report.entries + 1, err, "it is missing");
        if (!text_is_whole(l, 2) || !text_is_whole(l, 3) || !text_is_whole(l, 4))
                return broken(w, e.seq, err, "its words are not those that were written");
        rc = check_versions(w, e.seq, what, &count, err);
        if (rc != RC_OK)
                return rc;
        if (!blob_is(l, 5, what, HASH_BYTES) || sqlite3_column_int64(l, 6) != count)
                return broken(w, e.seq, err, "the versions held are not those that it admitted");
        if (!blob_is(l, 7, w->prev, HASH_BYTES))
                return broken(w, e.seq, err, "it does not follow the entry before it");
        journal_hash_link(&(struct journal_link){&e, w->prev, what, count}, hash);
        if (!blob_is(l, 8, hash, HASH_BYTES))
                return broken(w, e.seq, err, "its words are not those that were written");
        memcpy(w->prev, hash, HASH_BYTES);
        w->report.entries++;
        return check_signature(w, e.seq, hash, err);
}

static enum rc verify(struct reading *w, struct err *err)
{
        enum rc rc =
                sql_get(w->s,
                        "SELECT seq, at, op, operator, note, what, count, prev, hash, signature,"
                        " signer FROM journal ORDER BY seq",
                        &w->links, err);

        if (rc == RC_OK)
                rc = sql_get(w->s, "SELECT " VERSION_COLUMNS " FROM version v ORDER BY v.vid",
                             &w->versions, err);
        if (rc == RC_OK)
                rc = next_version(w, err);
        while (rc == RC_OK && (rc = sql_step(w->s, w->links, err)) == RC_OK)
                rc = check_link(w, err);
        if (rc == RC_NOTFOUND)
                rc = RC_OK;
        if (rc == RC_OK && w->has_version)
                rc = broken(w, sqlite3_column_int64(w->versions, 6), err,
                            "a version says that it came with it, and it is missing");
        sqlite3_reset(w->links);
        sqlite3_reset(w->versions);
        return rc;
}

/* One picture for both statements, while others go on writing. */
static bool freeze(struct store *s)
{
        return !store_in_transaction(s) &&
               sqlite3_exec(s->db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK;
}

enum rc journal_verify(struct store *s, struct journal_report *ret, struct err *err)
{
        struct reading w = {.s = s};
        uint8_t seed[SIGN_SEED_BYTES], sec[SIGN_SEC_BYTES];
        bool frozen = freeze(s);
        struct err why = {0};
        enum rc rc;

        w.has_own_key = journal_key(s, false, seed, &why) == RC_OK;
        if (w.has_own_key) {
                crypt_sign_keys(seed, w.own_key, sec);
                crypt_wipe(seed, sizeof(seed));
                crypt_wipe(sec, sizeof(sec));
        } else {
                snprintf(w.report.no_key, sizeof(w.report.no_key), "%.500s", why.text);
        }
        rc = verify(&w, err);
        if (frozen)
                sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
        if (rc == RC_OK || rc == RC_INVALID)
                *ret = w.report;
        return rc;
}

static void hex_of(sqlite3_stmt *stmt, int column, char out[HASH_TEXT])
{
        size_t len = (size_t)sqlite3_column_bytes(stmt, column);

        crypt_hex(sqlite3_column_blob(stmt, column), len < HASH_BYTES ? len : HASH_BYTES, out);
}

static void read_row(sqlite3_stmt *stmt, struct arena *a, struct journal_row *ret)
{
        size_t len = (size_t)sqlite3_column_bytes(stmt, 9);

        ret->entry = (struct journal_entry){.seq = sqlite3_column_int64(stmt, 0),
                                            .at_ms = sqlite3_column_int64(stmt, 1),
                                            .op = sql_text(stmt, 2, a),
                                            .operator= sql_text(stmt, 3, a),
                                            .note = sql_text(stmt, 4, a)};
        hex_of(stmt, 5, ret->what);
        ret->count = sqlite3_column_int64(stmt, 6);
        hex_of(stmt, 7, ret->prev);
        hex_of(stmt, 8, ret->hash);
        if (len) {
                char *hex = arena_alloc(a, 2 * len + 1);

                crypt_hex(sqlite3_column_blob(stmt, 9), len, hex);
                ret->signature = hex;
        }
}

#define COLUMNS "seq, at, op, operator, note, what, count, prev, hash, signature"

/* Of a statement at its first row, which gives at most max; rc is what that step gave back. */
static enum rc read_rows(struct store *s, sqlite3_stmt *stmt, enum rc rc, size_t max,
                         struct arena *a, struct journal_row **ret, size_t *ret_count,
                         struct err *err)
{
        struct journal_row *list = arena_array(a, max ? max : 1, sizeof(*list));
        size_t count = 0;

        for (; rc == RC_OK; rc = sql_step(s, stmt, err))
                read_row(stmt, a, &list[count++]);
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc journal_list(struct store *s, int64_t after, size_t max, struct arena *a,
                     struct journal_row **ret, size_t *ret_count, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc =
                sql_first(s, &stmt, err,
                          "SELECT " COLUMNS " FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2",
                          "ii", after, (int64_t)max);

        return read_rows(s, stmt, rc, max, a, ret, ret_count, err);
}

enum rc journal_list_operators(struct store *s, size_t max, struct arena *a,
                               struct journal_row **ret, size_t *ret_count, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT " COLUMNS " FROM journal WHERE op GLOB 'operator.*'"
                               " ORDER BY seq DESC LIMIT ?1",
                               "i", (int64_t)max);

        return read_rows(s, stmt, rc, max, a, ret, ret_count, err);
}
