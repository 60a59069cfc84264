#include "base/ident.h"

#include <ctype.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <uuid/uuid.h>

#include "base/crypt.h"

/* State of the fixed sequence after ident_seed(); 0 while ids are random. */
static _Atomic uint64_t seed_state;

void ident_seed(uint64_t seed)
{
        seed_state = seed ? seed : 1;
}

/* SplitMix64. */
static uint64_t next_seeded(void)
{
        const uint64_t gamma = 0x9e3779b97f4a7c15ull;
        uint64_t z = atomic_fetch_add(&seed_state, gamma) + gamma;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
}

static void random_bytes(void *out, size_t size)
{
        if (!seed_state) {
                crypt_random(out, size);
                return;
        }
        for (size_t i = 0; i < size; i += 8) {
                uint64_t v = next_seeded();
                memcpy((char *)out + i, &v, size - i < 8 ? size - i : 8);
        }
}

void ident_uuid4(char out[UUID_TEXT])
{
        unsigned char u[16];
        random_bytes(u, sizeof(u));
        u[6] = (unsigned char)((u[6] & 0x0f) | 0x40);
        u[8] = (unsigned char)((u[8] & 0x3f) | 0x80);
        uuid_unparse_lower(u, out);
}

void ident_uuid5(const char *namespace_uuid, const char *name, char out[UUID_TEXT])
{
        uuid_t space, made;
        if (uuid_parse(namespace_uuid, space) != 0)
                uuid_clear(space);
        uuid_generate_sha1(made, space, name, strlen(name));
        uuid_unparse_lower(made, out);
}

void ident_stix(const char *type, char out[STIX_ID_MAX])
{
        char uuid[UUID_TEXT];
        ident_uuid4(uuid);
        snprintf(out, STIX_ID_MAX, "%.250s--%s", type, uuid);
}

uint64_t ident_console(void)
{
        uint64_t v = 0;
        while (!v)
                random_bytes(&v, sizeof(v));
        return v;
}

bool ident_is_uuid(const char *s, size_t len)
{
        if (len != UUID_TEXT - 1)
                return false;
        for (size_t i = 0; i < len; i++) {
                bool dash = i == 8 || i == 13 || i == 18 || i == 23;
                if (dash ? s[i] != '-' : !isxdigit((unsigned char)s[i]))
                        return false;
        }
        return strchr("89abAB", s[19]) != NULL;
}

static bool is_type(const char *s, size_t len)
{
        if (len < 3 || len > 250 || s[0] < 'a' || s[0] > 'z')
                return false;
        for (size_t i = 1; i < len; i++) {
                bool plain = (s[i] >= 'a' && s[i] <= 'z') || (s[i] >= '0' && s[i] <= '9');
                if (!plain && (s[i] != '-' || s[i - 1] == '-'))
                        return false;
        }
        return true;
}

bool ident_is_stix(const char *id, size_t len)
{
        const size_t tail = UUID_TEXT - 1 + 2;
        if (len < tail + 3)
                return false;
        size_t type = len - tail;
        return id[type] == '-' && id[type + 1] == '-' && is_type(id, type) &&
               ident_is_uuid(id + type + 2, UUID_TEXT - 1);
}

bool ident_has_version(const char *id)
{
        size_t len = strlen(id);
        char version = len < UUID_TEXT - 1 ? '0' : id[len - (UUID_TEXT - 1) + 14];
        return version >= '1' && version <= '8';
}

size_t ident_type_len(const char *id)
{
        const char *dashes = strstr(id, "--");
        return dashes ? (size_t)(dashes - id) : strlen(id);
}

bool ref_parse(const char *s, struct ref_parts *ret)
{
        struct ref_parts p = {0};
        size_t n = 0;
        for (; isalpha((unsigned char)s[n]); n++) {
                if (n == sizeof(p.prefix) - 1)
                        return false;
                p.prefix[n] = (char)toupper((unsigned char)s[n]);
        }
        if (!n || s[n++] != '-' || !isdigit((unsigned char)s[n]))
                return false;
        for (; isdigit((unsigned char)s[n]); n++) {
                p.number = p.number * 10 + (s[n] - '0');
                if (p.number > REF_NUMBER_MAX)
                        return false;
        }
        if (isalpha((unsigned char)s[n]))
                p.letter = (char)tolower((unsigned char)s[n++]);
        if (s[n])
                return false;
        *ret = p;
        return true;
}

void ref_format(const struct ref_parts *parts, char out[REF_MAX])
{
        char letter[2] = {parts->letter, '\0'};
        snprintf(out, REF_MAX, "%.7s-%04u%s", parts->prefix,
                 (unsigned)(parts->number % (REF_NUMBER_MAX + 1)), letter);
}
