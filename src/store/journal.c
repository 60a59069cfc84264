/*
 * The journal is written here; journal_verify.c reads it back. Byte layout, numbers as 64 bits
 * big-endian, text as its length and its bytes:
 *
 *   what = BLAKE2b-256 over each version in vid order: sha256 || vid || modified || received ||
 * flags || id hash = BLAKE2b-256(prev || seq || at || op || operator || note || what || count),
 * prev of the first row = 32 zero bytes signature = Ed25519 over BLAKE2b-256("muster journal" ||
 * hash)
 */
#include "store/journal.h"

#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "store_private.h"

#define SIGN_EVERY  1000
#define LATEST_ROWS "200"

static void hash_number(struct crypt_hash *h, int64_t n)
{
        uint64_t bits = (uint64_t)n;
        uint8_t bytes[8];

        for (int i = 7; i >= 0; i--, bits >>= 8)
                bytes[i] = (uint8_t)bits;
        crypt_hash_add(h, bytes, sizeof(bytes));
}

static void hash_text(struct crypt_hash *h, const char *text)
{
        size_t len = strlen(text);

        hash_number(h, (int64_t)len);
        crypt_hash_add(h, text, len);
}

void journal_hash_version(struct crypt_hash *h, const struct admission *v)
{
        crypt_hash_add(h, v->sha, HASH_BYTES);
        hash_number(h, v->vid);
        hash_number(h, v->modified_ns);
        hash_number(h, v->received_ms);
        hash_number(h, v->flags);
        hash_text(h, v->id);
}

void journal_admit(struct store *s, int64_t seq, const struct admission *v)
{
        struct admitted *a = &s->admitted;

        if (!a->started) {
                crypt_hash_init(&a->hash);
                a->count = 0;
                a->seq = seq;
                a->started = true;
        }
        journal_hash_version(&a->hash, v);
        a->count++;
}

void journal_hash_link(const struct journal_link *link, uint8_t out[HASH_BYTES])
{
        const struct journal_entry *e = link->entry;
        struct crypt_hash h;

        crypt_hash_init(&h);
        crypt_hash_add(&h, link->prev, HASH_BYTES);
        hash_number(&h, e->seq);
        hash_number(&h, e->at_ms);
        hash_text(&h, e->op);
        hash_text(&h, e->operator);
        hash_text(&h, e->note);
        crypt_hash_add(&h, link->what, HASH_BYTES);
        hash_number(&h, link->count);
        crypt_hash_done(&h, out);
}

void journal_message(const uint8_t hash[HASH_BYTES], uint8_t out[HASH_BYTES])
{
        static const char context[] = "muster journal";
        struct crypt_hash h;

        crypt_hash_init(&h);
        crypt_hash_add(&h, context, sizeof(context) - 1);
        crypt_hash_add(&h, hash, HASH_BYTES);
        crypt_hash_done(&h, out);
}

enum rc journal_next_seq(struct store *s, int64_t *ret, struct err *err)
{
        int64_t last;
        enum rc rc = sql_number(s, "SELECT max(seq) FROM journal", NULL, 0, &last, err);

        if (rc == RC_OK)
                *ret = last + 1;
        return rc;
}

/* ---- the key --------------------------------------------------------------------------------- */

static enum rc make_key(const char *path, uint8_t seed[SIGN_SEED_BYTES], struct err *err)
{
        char hex[2 * SIGN_SEED_BYTES + 1];
        enum rc rc;

        crypt_random(seed, SIGN_SEED_BYTES);
        crypt_hex(seed, SIGN_SEED_BYTES, hex);
        rc = file_replace(path, hex, sizeof(hex) - 1, err);
        crypt_wipe(hex, sizeof(hex));
        return rc == RC_OK ? rc : err_wrap(err, rc, "making the journal's key");
}

/* Making is safe against others: it is done in a write transaction only. */
enum rc journal_key(struct store *s, bool make, uint8_t seed[SIGN_SEED_BYTES], struct err *err)
{
        AUTO_FREE char *path = xasprintf("%s.key", s->path);
        AUTO_FREE char *text = NULL;
        struct err why = {0};
        size_t len = 0;
        enum rc rc = file_read(path, 256, &text, &len, &why);

        if (rc == RC_NOTFOUND && make)
                return make_key(path, seed, err);
        if (rc == RC_NOTFOUND)
                return err_set(err, rc, "there is no key %s yet", path);
        if (rc != RC_OK)
                return err_set(err, rc, "%s", why.text);
        if (len == 2 * SIGN_SEED_BYTES + 1 && text[len - 1] == '\n')
                text[--len] = '\0';
        if (len != 2 * SIGN_SEED_BYTES || !crypt_unhex(text, seed, SIGN_SEED_BYTES))
                rc = err_set(err, RC_INVALID, "%s is not a key: 64 hex digits are expected", path);
        crypt_wipe(text, len);
        return rc;
}

static enum rc sign_row(struct store *s, int64_t seq, const uint8_t hash[HASH_BYTES],
                        struct err *err)
{
        uint8_t seed[SIGN_SEED_BYTES], pub[SIGN_PUB_BYTES], sec[SIGN_SEC_BYTES], sig[SIGN_BYTES];
        uint8_t message[HASH_BYTES];
        enum rc rc = journal_key(s, true, seed, err);

        if (rc != RC_OK)
                return rc;
        crypt_sign_keys(seed, pub, sec);
        journal_message(hash, message);
        crypt_sign(message, sizeof(message), sec, sig);
        crypt_wipe(seed, sizeof(seed));
        crypt_wipe(sec, sizeof(sec));
        return sql_do(s, err, "UPDATE journal SET signature = ?2, signer = ?3 WHERE seq = ?1",
                      "ibb", seq, (const void *)sig, (size_t)SIGN_BYTES, (const void *)pub,
                      (size_t)SIGN_PUB_BYTES);
}

/* The newest row; seq 0 and 32 zero bytes where there is none. */
struct tip {
        int64_t seq;
        uint8_t hash[HASH_BYTES];
        bool is_signed;
};

static enum rc read_tip(struct store *s, struct tip *ret, struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT seq, hash, signature IS NOT NULL FROM journal"
                               " ORDER BY seq DESC LIMIT 1",
                               "");

        *ret = (struct tip){0};
        if (rc == RC_NOTFOUND)
                return RC_OK;
        if (rc != RC_OK)
                return rc;
        ret->seq = sqlite3_column_int64(stmt, 0);
        ret->is_signed = sqlite3_column_int(stmt, 2);
        if (sqlite3_column_bytes(stmt, 1) == HASH_BYTES)
                memcpy(ret->hash, sqlite3_column_blob(stmt, 1), HASH_BYTES);
        else
                rc = err_set(err, RC_FAIL, "%s is damaged: journal entry %lld has no hash", s->path,
                             (long long)ret->seq);
        sqlite3_reset(stmt);
        return rc;
}

/* ---- entries --------------------------------------------------------------------------------- */

static enum rc insert_link(struct store *s, const struct journal_link *link,
                           const uint8_t hash[HASH_BYTES], struct err *err)
{
        const struct journal_entry *e = link->entry;
        size_t n = HASH_BYTES;

        return sql_do(s, err,
                      "INSERT INTO journal(seq, at, op, operator, note, what, count, prev, hash)"
                      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                      "iitttbibb", e->seq, e->at_ms, e->op, e->operator, e->note,
                      (const void *)link->what, n, link->count, (const void *)link->prev, n,
                      (const void *)hash, n);
}

static enum rc append(struct store *s, const struct journal_entry *e, struct err *err)
{
        struct admitted *a = &s->admitted;
        uint8_t what[HASH_BYTES], hash[HASH_BYTES];
        struct tip tip;
        enum rc rc = read_tip(s, &tip, err);

        if (rc != RC_OK)
                return rc;
        if (e->seq != tip.seq + 1 || (a->started && a->seq != e->seq))
                return err_set(err, RC_FAIL, "journal entry %lld does not follow %lld",
                               (long long)e->seq, (long long)tip.seq);
        if (!a->started) {
                crypt_hash_init(&a->hash);
                a->count = 0;
        }
        crypt_hash_done(&a->hash, what);
        a->started = false;
        const struct journal_link link = {e, tip.hash, what, a->count};
        journal_hash_link(&link, hash);
        rc = insert_link(s, &link, hash, err);
        if (rc == RC_OK && e->seq % SIGN_EVERY == 0)
                rc = sign_row(s, e->seq, hash, err);
        return rc;
}

enum rc journal_append(struct store *s, const struct journal_entry *e, struct err *err)
{
        const struct journal_entry whole = {.seq = e->seq,
                                            .at_ms = e->at_ms,
                                            .op = e->op ? e->op : "",
                                            .operator= e->operator
                                            ? e->operator: "",
                                            .note = e->note ? e->note : "", };

        if (!store_in_transaction(s))
                return err_set(err, RC_FAIL, "journal entries belong into a transaction");
        return append(s, &whole, err);
}

static enum rc sign_tip(struct store *s, struct err *err)
{
        struct tip tip;
        enum rc rc = read_tip(s, &tip, err);

        if (rc != RC_OK || tip.seq == 0 || tip.is_signed)
                return rc;
        return sign_row(s, tip.seq, tip.hash, err);
}

enum rc journal_sign(struct store *s, struct err *err)
{
        struct tip tip;
        enum rc rc = store_refuse_readonly(s, err);

        if (rc == RC_OK && store_in_transaction(s))
                return sign_tip(s, err);
        if (rc == RC_OK)
                rc = read_tip(s, &tip, err);
        if (rc != RC_OK || tip.seq == 0 || tip.is_signed)
                return rc;
        rc = store_begin(s, err);
        if (rc == RC_OK)
                rc = sign_tip(s, err);
        if (rc == RC_OK)
                rc = store_commit(s, err);
        store_rollback(s);
        return rc;
}

enum rc journal_public_key(struct store *s, char hex[HASH_TEXT], struct err *err)
{
        uint8_t seed[SIGN_SEED_BYTES], pub[SIGN_PUB_BYTES], sec[SIGN_SEC_BYTES];
        bool own = !s->readonly && !store_in_transaction(s);
        enum rc rc = own ? store_begin(s, err) : RC_OK;

        if (rc == RC_OK)
                rc = journal_key(s, !s->readonly, seed, err);
        if (own)
                store_rollback(s);
        if (rc != RC_OK)
                return rc;
        crypt_sign_keys(seed, pub, sec);
        crypt_hex(pub, sizeof(pub), hex);
        crypt_wipe(seed, sizeof(seed));
        crypt_wipe(sec, sizeof(sec));
        return RC_OK;
}

enum rc journal_latest_ms(struct store *s, int64_t *ret, struct err *err)
{
        return sql_number(
                s,
                "SELECT max(at) FROM (SELECT at FROM journal ORDER BY seq DESC LIMIT " LATEST_ROWS
                ")",
                NULL, CLOCK_NONE, ret, err);
}
