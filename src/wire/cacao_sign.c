/*
 * Signatures (JSS, section 10.15 of the standard). One is made over the SHA-256, as text, of the
 * playbook in the canonical form of RFC 8785, with that signature alone and without its value.
 */
#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "base/crypt.h"
#include "base/str.h"
#include "wire/cacao_reading.h"

#define SIGNATURES_MAX 16 /* that are looked at */

/* SubjectPublicKeyInfo of an Ed25519 key (RFC 8410), before its 32 bytes */
static const unsigned char key_prefix[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                           0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

/* The key, as it is or in its envelope. */
static bool read_key(const char *text, uint8_t ret[SIGN_PUB_BYTES])
{
        AUTO_FREE char *bytes = NULL;
        size_t len, before = 0;

        if (!base64_decode(text, strlen(text), 256, &bytes, &len))
                return false;
        if (len == sizeof(key_prefix) + SIGN_PUB_BYTES &&
            memcmp(bytes, key_prefix, sizeof(key_prefix)) == 0)
                before = sizeof(key_prefix);
        if (len != before + SIGN_PUB_BYTES)
                return false;
        memcpy(ret, bytes + before, SIGN_PUB_BYTES);
        return true;
}

/* ---- what was signed ------------------------------------------------------------------------- */

struct copying {
        struct json_t *to;
        const char *without;
};

static bool copy_member(void *ctx, const char *key, struct json_t *v)
{
        const struct copying *c = ctx;

        if (strcmp(key, c->without) != 0)
                json_set(c->to, key, json_share(v));
        return true;
}

static struct json_t *copy_without(const struct json_t *obj, const char *member)
{
        struct copying c = {json_new_obj(), member};

        json_each(obj, copy_member, &c);
        return c.to;
}

static void print_signed(const struct json_t *playbook, const struct json_t *signature,
                         struct str *out)
{
        CLEANUP(json_cleanup) struct json_t *copy = copy_without(playbook, "signatures");
        struct json_t *list = json_new_list();

        json_push(list, copy_without(signature, "value"));
        json_set(copy, "signatures", list);
        json_print_jcs(copy, out);
}

/* Some sign the bytes of the hash, or the text itself, instead of the hash as text: no less is said
 * by that. */
static bool verify(const struct str *text, const uint8_t sig[SIGN_BYTES],
                   const uint8_t pub[SIGN_PUB_BYTES])
{
        uint8_t hash[HASH_BYTES];
        char hex[HASH_TEXT];

        crypt_sha256(text->s, text->len, hash);
        crypt_hex(hash, sizeof(hash), hex);
        return crypt_verify(hex, strlen(hex), sig, pub) ||
               crypt_verify(hash, sizeof(hash), sig, pub) ||
               crypt_verify(text->s, text->len, sig, pub);
}

/* ---- one signature --------------------------------------------------------------------------- */

static bool is_sha256(const char *name)
{
        return name && (strcasecmp(name, "sha-256") == 0 || strcasecmp(name, "sha256") == 0);
}

static void judge(struct cacao_reading *r, const struct json_t *obj, struct playbook_signature *s)
{
        const char *value = json_text(json_get(obj, "value"), "");
        AUTO_FREE char *sig = NULL;
        CLEANUP(str_finish) struct str text = {0};
        uint8_t pub[SIGN_PUB_BYTES];
        size_t len;

        str_init(&text, PLAYBOOK_BYTES_MAX * 2);
        s->state = SIGNATURE_UNCHECKED;
        if (!s->algorithm || strcasecmp(s->algorithm, "Ed25519") != 0 ||
            !is_sha256(s->hash_algorithm)) {
                s->why = "its algorithm is not verified here";
                return;
        }
        if (!s->key) {
                s->why = "it carries no key";
                return;
        }
        s->state = SIGNATURE_BAD;
        s->why = "its key or its value is none of Ed25519";
        if (!read_key(s->key, pub) ||
            !base64_decode(value, strlen(value), SIGN_BYTES, &sig, &len) || len != SIGN_BYTES)
                return;
        s->why = "it does not match: the playbook is not as it was signed";
        print_signed(r->json, obj, &text);
        if (text.over || !verify(&text, (const uint8_t *)sig, pub))
                return;
        s->state = SIGNATURE_GOOD;
        s->why = "it matches the key that it carries; whose key that is nobody here knows";
}

static void read_signature(struct cacao_reading *r, const struct json_t *obj,
                           struct playbook_signature *s)
{
        *s = (struct playbook_signature){
                .id = cacao_id(r, obj, "id"),
                .signee = cacao_line(r, obj, "signee"),
                .algorithm = cacao_line(r, obj, "algorithm"),
                .hash_algorithm = cacao_line(r, obj, "hash_algorithm"),
                .related_to = cacao_id(r, obj, "related_to"),
                .created_ns = cacao_time_ns(r, obj, "created"),
                .revoked = cacao_bool(r, obj, "revoked"),
                .key = cacao_line(r, obj, "public_key"),
        };
        judge(r, obj, s);
        if (s->state != SIGNATURE_BAD && s->related_to && r->p->id &&
            strcmp(s->related_to, r->p->id) != 0) {
                s->state = SIGNATURE_BAD;
                s->why = "it is of another playbook";
        }
        cacao_find(r, s->state == SIGNATURE_BAD ? CACAO_WARN : CACAO_OK, NULL,
                   "is a signature of %s with %s: %s", s->signee ? s->signee : "nobody named",
                   s->algorithm ? s->algorithm : "no algorithm", s->why);
        if (s->revoked)
                cacao_find(r, CACAO_WARN, "revoked", "the signature was revoked");
}

void cacao_read_signatures(struct cacao_reading *r)
{
        const struct json_t *list = cacao_member(r, r->json, "signatures", JSON_LIST);
        size_t count = cacao_count(r, list, "signatures", SIGNATURES_MAX);
        struct playbook_signature *signatures;

        if (!count)
                return;
        signatures = arena_array(r->a, count, sizeof(*signatures));
        cacao_enter(r, "signatures", 0);
        for (size_t i = 0; i < count; i++) {
                cacao_enter(r, NULL, i);
                read_signature(r, json_at(list, i), &signatures[i]);
                cacao_leave(r);
        }
        cacao_leave(r);
        r->p->signatures = signatures;
        r->p->signature_count = count;
}
