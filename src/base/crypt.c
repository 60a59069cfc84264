#include "base/crypt.h"

#include <sodium.h>
#include <string.h>

_Static_assert(sizeof(struct crypt_hash) >= sizeof(crypto_generichash_state), "room for the state");
_Static_assert(PIN_HASH_TEXT >= crypto_pwhash_STRBYTES, "room for the text");

const struct crypt_cost crypt_cost_usual = {.passes = 3, .bytes = 64u * 1024 * 1024};

enum rc crypt_start(struct err *err)
{
        if (sodium_init() < 0)
                return err_set(err, RC_FAIL, "libsodium can't be started");
        return RC_OK;
}

void crypt_random(void *out, size_t size)
{
        randombytes_buf(out, size);
}

void crypt_sha256(const void *data, size_t len, uint8_t out[HASH_BYTES])
{
        crypto_hash_sha256(out, data, len);
}

uint64_t crypt_number(const void *data, size_t len, const uint8_t key[NUMBER_KEY_BYTES])
{
        uint8_t hash[crypto_shorthash_BYTES];
        uint64_t n;

        crypto_shorthash(hash, data, len, key);
        memcpy(&n, hash, sizeof(n));
        return n;
}

static crypto_generichash_state *state_of(struct crypt_hash *h)
{
        return (crypto_generichash_state *)(void *)h->state;
}

void crypt_hash_init(struct crypt_hash *h)
{
        crypto_generichash_init(state_of(h), NULL, 0, HASH_BYTES);
}

void crypt_hash_add(struct crypt_hash *h, const void *data, size_t len)
{
        crypto_generichash_update(state_of(h), data, len);
}

void crypt_hash_done(struct crypt_hash *h, uint8_t out[HASH_BYTES])
{
        crypto_generichash_final(state_of(h), out, HASH_BYTES);
}

void crypt_hex(const uint8_t *data, size_t len, char *out)
{
        sodium_bin2hex(out, 2 * len + 1, data, len);
}

bool crypt_unhex(const char *s, uint8_t *out, size_t len)
{
        size_t got = 0;
        return strlen(s) == 2 * len &&
               sodium_hex2bin(out, len, s, 2 * len, NULL, &got, NULL) == 0 && got == len;
}

void crypt_sign_keys(const uint8_t seed[SIGN_SEED_BYTES], uint8_t pub[SIGN_PUB_BYTES],
                     uint8_t sec[SIGN_SEC_BYTES])
{
        crypto_sign_seed_keypair(pub, sec, seed);
}

void crypt_sign(const void *data, size_t len, const uint8_t sec[SIGN_SEC_BYTES],
                uint8_t sig[SIGN_BYTES])
{
        crypto_sign_detached(sig, NULL, data, len, sec);
}

bool crypt_verify(const void *data, size_t len, const uint8_t sig[SIGN_BYTES],
                  const uint8_t pub[SIGN_PUB_BYTES])
{
        return crypto_sign_verify_detached(sig, data, len, pub) == 0;
}

enum rc crypt_pin_hash(const char *pin, const struct crypt_cost *cost, char out[PIN_HASH_TEXT],
                       struct err *err)
{
        char text[crypto_pwhash_STRBYTES];

        if (crypto_pwhash_str_alg(text, pin, strlen(pin), cost->passes, cost->bytes,
                                  crypto_pwhash_ALG_ARGON2ID13) != 0)
                return err_set(err, RC_FAIL, "a PIN needs %zu MiB of memory, which is not there",
                               cost->bytes / (1024u * 1024));
        memcpy(out, text, sizeof(text));
        return RC_OK;
}

bool crypt_pin_fits(const char *pin, const char *hash)
{
        return crypto_pwhash_str_verify(hash, pin, strlen(pin)) == 0;
}

bool crypt_is_same(const void *a, const void *b, size_t len)
{
        return sodium_memcmp(a, b, len) == 0;
}

void crypt_wipe(void *data, size_t len)
{
        sodium_memzero(data, len);
}
