#include "base/crypt.h"

#include <string.h>

#include <criterion/criterion.h>

static void start(void)
{
        cr_assert_eq(crypt_start(NULL), RC_OK);
        cr_assert_eq(crypt_start(NULL), RC_OK);
}

TestSuite(crypt, .init = start);

Test(crypt, sha256_is_that_of_fips_180)
{
        uint8_t hash[HASH_BYTES];
        char text[HASH_TEXT];
        crypt_sha256("abc", 3, hash);
        crypt_hex(hash, sizeof(hash), text);
        cr_assert_str_eq(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* The first of the vectors that came with SipHash-2-4. */
Test(crypt, numbers_are_those_of_siphash)
{
        const uint8_t expected[] = {0x31, 0x0e, 0x0e, 0xdd, 0x47, 0xdb, 0x6f, 0x72};
        uint8_t key[NUMBER_KEY_BYTES];
        for (size_t i = 0; i < sizeof(key); i++)
                key[i] = (uint8_t)i;
        uint64_t n = crypt_number("", 0, key);
        cr_assert_arr_eq(&n, expected, sizeof(expected));
        key[0] = 1;
        cr_assert_neq(crypt_number("", 0, key), n);
}

Test(crypt, blake2b_does_not_depend_on_the_pieces)
{
        struct crypt_hash h;
        uint8_t whole[HASH_BYTES], pieces[HASH_BYTES];
        char text[HASH_TEXT];
        crypt_hash_init(&h);
        crypt_hash_add(&h, "abc", 3);
        crypt_hash_done(&h, whole);
        crypt_hash_init(&h);
        crypt_hash_add(&h, "a", 1);
        crypt_hash_add(&h, "", 0);
        crypt_hash_add(&h, "bc", 2);
        crypt_hash_done(&h, pieces);
        cr_assert_eq(memcmp(whole, pieces, HASH_BYTES), 0);
        crypt_hex(whole, HASH_BYTES, text);
        cr_assert_str_eq(text, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

Test(crypt, reads_hex_of_exactly_that_length)
{
        uint8_t out[4] = {9, 9, 9, 9};
        cr_assert(crypt_unhex("00fFa05c", out, 4));
        cr_assert_eq(memcmp(out, "\x00\xff\xa0\x5c", 4), 0);
        cr_assert_not(crypt_unhex("00ffa05", out, 4));
        cr_assert_not(crypt_unhex("00ffa05c0", out, 4));
        cr_assert_not(crypt_unhex("00ffa05g", out, 4));
        cr_assert_not(crypt_unhex("00 fa05c", out, 4));
        cr_assert_not(crypt_unhex("", out, 4));
}

Test(crypt, a_signature_holds_for_its_bytes_and_key_only)
{
        uint8_t seed[SIGN_SEED_BYTES] = {1}, other_seed[SIGN_SEED_BYTES] = {2};
        uint8_t pub[SIGN_PUB_BYTES], sec[SIGN_SEC_BYTES], sig[SIGN_BYTES];
        uint8_t other_pub[SIGN_PUB_BYTES], other_sec[SIGN_SEC_BYTES];
        crypt_sign_keys(seed, pub, sec);
        crypt_sign_keys(other_seed, other_pub, other_sec);
        crypt_sign("journal", 7, sec, sig);
        cr_assert(crypt_verify("journal", 7, sig, pub));
        cr_assert_not(crypt_verify("journaL", 7, sig, pub));
        cr_assert_not(crypt_verify("journal", 6, sig, pub));
        cr_assert_not(crypt_verify("journal", 7, sig, other_pub));
        sig[63] ^= 1;
        cr_assert_not(crypt_verify("journal", 7, sig, pub));
}

Test(crypt, the_same_seed_gives_the_same_key)
{
        uint8_t seed[SIGN_SEED_BYTES] = {5}, pub[2][SIGN_PUB_BYTES], sec[2][SIGN_SEC_BYTES];
        crypt_sign_keys(seed, pub[0], sec[0]);
        crypt_sign_keys(seed, pub[1], sec[1]);
        cr_assert_eq(memcmp(pub[0], pub[1], SIGN_PUB_BYTES), 0);
        cr_assert_eq(memcmp(sec[0], sec[1], SIGN_SEC_BYTES), 0);
}

Test(crypt, wiped_is_zero)
{
        uint8_t secret[SIGN_SEED_BYTES], zero[SIGN_SEED_BYTES] = {0};
        crypt_random(secret, sizeof(secret));
        cr_assert_neq(memcmp(secret, zero, sizeof(zero)), 0);
        crypt_wipe(secret, sizeof(secret));
        cr_assert_eq(memcmp(secret, zero, sizeof(zero)), 0);
}

Test(crypt, the_same_is_the_same_wherever_it_differs)
{
        static const char a[] = "abcdef", b[] = "abcdeg", c[] = "bbcdef";

        cr_assert(crypt_is_same(a, "abcdef", 6));
        cr_assert_not(crypt_is_same(a, b, 6));
        cr_assert_not(crypt_is_same(a, c, 6));
        cr_assert(crypt_is_same(a, b, 5));
}

Test(crypt, a_pin_fits_its_own_text_and_no_other)
{
        const struct crypt_cost cheap = {1, 8192};
        char one[PIN_HASH_TEXT], two[PIN_HASH_TEXT];
        struct err err = {0};

        cr_assert_eq(crypt_pin_hash("correct horse", &cheap, one, &err), RC_OK, "%s", err.text);
        cr_assert_eq(crypt_pin_hash("correct horse", &cheap, two, &err), RC_OK, "%s", err.text);
        cr_assert_str_neq(one, two, "each has its own salt");
        cr_assert_eq(strncmp(one, "$argon2id$", 10), 0, "%s", one);
        cr_assert_null(strstr(one, "correct"));
        cr_assert(crypt_pin_fits("correct horse", one));
        cr_assert(crypt_pin_fits("correct horse", two));
        cr_assert_not(crypt_pin_fits("correct hors", one));
        cr_assert_not(crypt_pin_fits("", one));
        one[strlen(one) - 1] ^= 1;
        cr_assert_not(crypt_pin_fits("correct horse", one));
        cr_assert_not(crypt_pin_fits("correct horse", ""));
}

Test(crypt, the_usual_cost_is_in_the_text)
{
        char hash[PIN_HASH_TEXT];
        struct err err = {0};

        cr_assert_eq(crypt_pin_hash("482910", &crypt_cost_usual, hash, &err), RC_OK, "%s",
                     err.text);
        cr_assert_eq(strncmp(hash, "$argon2id$v=19$m=65536,t=3,p=1$", 31), 0, "%s", hash);
}
