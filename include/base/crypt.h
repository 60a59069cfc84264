/*
 * Hashes, signatures, PINs and randomness: the door to libsodium.
 */
#ifndef MUSTER_BASE_CRYPT_H
#define MUSTER_BASE_CRYPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define HASH_BYTES       32 /* SHA-256 and BLAKE2b-256 */
#define HASH_TEXT        65 /* hex with NUL            */
#define SIGN_BYTES       64 /* Ed25519                 */
#define SIGN_PUB_BYTES   32
#define SIGN_SEC_BYTES   64
#define SIGN_SEED_BYTES  32
#define NUMBER_KEY_BYTES 16

enum rc crypt_start(struct err *err); /* once, in main and in test runners; cheap to repeat */
void crypt_random(void *out, size_t size);
void crypt_sha256(const void *data, size_t len, uint8_t out[HASH_BYTES]);

/* SipHash-2-4, for tables: several times as fast, and who does not know the key can't make two that
 * share a number. */
uint64_t crypt_number(const void *data, size_t len, const uint8_t key[NUMBER_KEY_BYTES]);

/* BLAKE2b-256, streaming. */
struct crypt_hash {
        _Alignas(64) unsigned char state[384];
};
void crypt_hash_init(struct crypt_hash *h);
void crypt_hash_add(struct crypt_hash *h, const void *data, size_t len);
void crypt_hash_done(struct crypt_hash *h, uint8_t out[HASH_BYTES]);

void crypt_hex(const uint8_t *data, size_t len, char *out); /* 2 * len + 1 bytes */
bool crypt_unhex(const char *s, uint8_t *out, size_t len);  /* exactly 2 * len hex digits */

void crypt_sign_keys(const uint8_t seed[SIGN_SEED_BYTES], uint8_t pub[SIGN_PUB_BYTES],
                     uint8_t sec[SIGN_SEC_BYTES]);
void crypt_sign(const void *data, size_t len, const uint8_t sec[SIGN_SEC_BYTES],
                uint8_t sig[SIGN_BYTES]);
bool crypt_verify(const void *data, size_t len, const uint8_t sig[SIGN_BYTES],
                  const uint8_t pub[SIGN_PUB_BYTES]);
/* What may be kept of a PIN: argon2id, with its salt and cost in the text. Who has the text can try
 * PINs at that cost, so a short one is found. */
#define PIN_HASH_TEXT 128
struct crypt_cost {
        unsigned passes;
        size_t bytes; /* of memory */
};
extern const struct crypt_cost crypt_cost_usual; /* RFC 9106, section 4: 3 passes over 64 MiB */
enum rc crypt_pin_hash(const char *pin, const struct crypt_cost *cost, char out[PIN_HASH_TEXT],
                       struct err *err);
bool crypt_pin_fits(const char *pin, const char *hash); /* takes as long as making it */

bool crypt_is_same(const void *a, const void *b, size_t len); /* as long wherever they differ */
void crypt_wipe(void *data, size_t len);

#endif
