/*
 * Identifiers: UUIDs, STIX ids and short references. The door to libuuid.
 */
#ifndef MUSTER_BASE_IDENT_H
#define MUSTER_BASE_IDENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UUID_TEXT      37  /* with NUL */
#define STIX_ID_MAX    296 /* type (250 at most) + "--" + UUID, with NUL */
#define REF_MAX        16  /* "INC-0231b" and the like, with NUL */
#define REF_NUMBER_MAX 999999

/* Random ids come from the kernel, or, after ident_seed(), from a fixed sequence (replay, demo,
 * tests). */
void ident_seed(uint64_t seed);
void ident_uuid4(char out[UUID_TEXT]);
void ident_uuid5(const char *namespace_uuid, const char *name, char out[UUID_TEXT]);
void ident_stix(const char *type, char out[STIX_ID_MAX]); /* type--<new UUIDv4> */
uint64_t ident_console(void); /* a new random 64-bit console id, never 0 */

/* True for type--UUID with a legal type (STIX 2.1 section 2.9, 3 to 250 of a-z 0-9 -) and a UUID in
 * the form and variant of RFC 4122; which version it is, STIX only recommends. */
bool ident_is_stix(const char *id, size_t len);
bool ident_is_uuid(const char *s, size_t len);
bool ident_has_version(const char *id); /* of a UUID or an id: one that an RFC defines, 1 to 8 */
size_t ident_type_len(const char *id);  /* bytes before "--" */

/* "INC-0231b" -> prefix INC, number 231, letter 'b' or 0. Lower case and missing zeros are
 * accepted: inc-231. At most REF_NUMBER_MAX. */
struct ref_parts {
        char prefix[8];
        int64_t number;
        char letter;
};
bool ref_parse(const char *s, struct ref_parts *ret);
void ref_format(const struct ref_parts *parts, char out[REF_MAX]); /* at least four digits */

#endif
