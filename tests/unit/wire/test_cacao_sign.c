/* Signatures: by the key that they carry, over the playbook as it is. */
#include "wire/cacao.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/base64.h"
#include "base/crypt.h"
#include "base/json.h"
#include "base/str.h"
#include "cacao_docs.h"

#define JSS                                                                                        \
        "\"signatures\":[{\"type\":\"jss\",\"id\":\"jss--70000000-0000-4000-8000-000000000001\","  \
        "\"created\":\"2026-11-25T10:00:00.000Z\",\"signee\":\"ACME\","                            \
        "\"related_to\":\"playbook--10000000-0000-4000-8000-000000000001\","                       \
        "\"hash_algorithm\":\"%s\",\"algorithm\":\"%s\",\"public_key\":\"%s\"%s}],"

static uint8_t pub[SIGN_PUB_BYTES], sec[SIGN_SEC_BYTES];

static void start(void)
{
        static const uint8_t seed[SIGN_SEED_BYTES] = {7};

        cr_assert_eq(crypt_start(NULL), RC_OK);
        crypt_sign_keys(seed, pub, sec);
}

TestSuite(cacao_sign, .init = start);

/* The key as it is, or in the envelope of RFC 8410. */
static const char *key_text(bool envelope, struct arena *a)
{
        uint8_t bytes[12 + SIGN_PUB_BYTES] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                              0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

        memcpy(bytes + 12, pub, sizeof(pub));
        AUTO_FREE char *text = envelope ? base64_encode(bytes, sizeof(bytes), false)
                                        : base64_encode(pub, sizeof(pub), true);

        return arena_strdup(a, text);
}

static const char *with_signature(const char *hash, const char *algorithm, const char *key,
                                  const char *value, struct arena *a)
{
        AUTO_FREE char *jss = xasprintf(JSS, hash, algorithm, key,
                                        *value ? arena_printf(a, ",\"value\":\"%s\"", value) : "");

        return cacao_text_with(cacao_flawless, "'workflow_start'",
                               arena_printf(a, "%s'workflow_start'", jss), a);
}

enum what { HEX, BYTES, TEXT }; /* is signed */

static const char *sign(const char *unsigned_text, enum what what, struct arena *a)
{
        CLEANUP(json_cleanup) struct json_t *j = NULL;
        CLEANUP(str_finish) struct str text = {0};
        uint8_t hash[HASH_BYTES], sig[SIGN_BYTES];
        char hex[HASH_TEXT];

        cr_assert_eq(json_parse(unsigned_text, strlen(unsigned_text), &j, NULL), RC_OK);
        str_init(&text, 1 << 20);
        json_print_jcs(j, &text);
        crypt_sha256(text.s, text.len, hash);
        crypt_hex(hash, sizeof(hash), hex);
        if (what == HEX)
                crypt_sign(hex, strlen(hex), sec, sig);
        else if (what == BYTES)
                crypt_sign(hash, sizeof(hash), sec, sig);
        else
                crypt_sign(text.s, text.len, sec, sig);
        AUTO_FREE char *value = base64_encode(sig, sizeof(sig), true);

        return arena_strdup(a, value);
}

static const struct playbook_signature *only_signature(const char *text, struct cacao_doc *doc,
                                                       struct arena *a)
{
        *doc = cacao_read_text(text, a);
        cr_assert(doc->playbook);
        cr_assert_eq(doc->playbook->signature_count, 1);
        return &doc->playbook->signatures[0];
}

Test(cacao_sign, matches)
{
        for (int i = 0; i < 6; i++) {
                struct arena a = {0};
                const char *key = key_text(i % 2, &a);
                const char *value = sign(with_signature("sha-256", "Ed25519", key, "", &a),
                                         (enum what)(i / 2), &a);
                struct cacao_doc doc;
                const struct playbook_signature *s = only_signature(
                        with_signature("sha-256", "Ed25519", key, value, &a), &doc, &a);

                cr_assert_eq(s->state, SIGNATURE_GOOD, "%s", s->why);
                cr_assert_eq(doc.verdict, CACAO_OK);
                cr_assert(cacao_finding_of(&doc, "signatures.0", "ACME with Ed25519"));
                arena_finish(&a);
        }
}

Test(cacao_sign, does_not_match)
{
        struct arena a = {0};
        const char *key = key_text(false, &a);
        const char *value = sign(with_signature("sha-256", "Ed25519", key, "", &a), HEX, &a);
        const char *text = with_signature("sha-256", "Ed25519", key, value, &a);
        struct cacao_doc doc;
        const struct playbook_signature *s;

        s = only_signature(cacao_text_with(text, "Isolate", "Ignore", &a), &doc, &a);
        cr_assert_eq(s->state, SIGNATURE_BAD);
        cr_assert_eq(doc.verdict, CACAO_WARN);
        cr_assert(cacao_finding_of(&doc, "signatures.0", "not as it was signed"));
        s = only_signature(cacao_text_with(text, "ACME", "Another", &a), &doc, &a);
        cr_assert_eq(s->state, SIGNATURE_BAD);
        s = only_signature(with_signature("sha-256", "Ed25519", key, "AAAA", &a), &doc, &a);
        cr_assert_eq(s->state, SIGNATURE_BAD);
        s = only_signature(with_signature("sha-256", "Ed25519", "AAAA", value, &a), &doc, &a);
        cr_assert_eq(s->state, SIGNATURE_BAD);
        arena_finish(&a);
}

Test(cacao_sign, of_another_playbook)
{
        struct arena a = {0};
        struct cacao_doc doc;
        const struct playbook_signature *s = only_signature(
                cacao_text_with(with_signature("sha-256", "RS256", "AAAA", "AAAA", &a),
                                "\"related_to\":\"playbook--1", "\"related_to\":\"playbook--2", &a),
                &doc, &a);

        cr_assert_eq(s->state, SIGNATURE_BAD);
        cr_assert(cacao_finding_of(&doc, "signatures.0", "of another playbook"));
        arena_finish(&a);
}

Test(cacao_sign, not_verified_here)
{
        struct arena a = {0};
        struct cacao_doc doc;
        const struct playbook_signature *s =
                only_signature(with_signature("sha-256", "RS256", "AAAA", "AAAA", &a), &doc, &a);

        cr_assert_eq(s->state, SIGNATURE_UNCHECKED);
        cr_assert_eq(doc.verdict, CACAO_OK, "no reason to warn");
        cr_assert(cacao_finding_of(&doc, "signatures.0", "not verified here"));
        s = only_signature(with_signature("sha-512", "Ed25519", "AAAA", "AAAA", &a), &doc, &a);
        cr_assert_eq(s->state, SIGNATURE_UNCHECKED);
        s = only_signature(cacao_text_with(with_signature("sha-256", "Ed25519", "AAAA", "AAAA", &a),
                                           "\"public_key\"", "\"cert_url\"", &a),
                           &doc, &a);
        cr_assert_eq(s->state, SIGNATURE_UNCHECKED);
        arena_finish(&a);
}
