/*
 * Which version of an object carries which playbook: contents by their SHA-256 (wire/cacao.h). A
 * content may have come in several objects, and an object had several contents.
 */
#ifndef MUSTER_STORE_CONTENTS_H
#define MUSTER_STORE_CONTENTS_H

#include "base/crypt.h"
#include "store/store.h"

struct content {
        char hash[HASH_TEXT];
        int64_t vid;
        int64_t modified_ns, received_ms; /* of the version */
};

/* In a transaction of the caller. */
enum rc content_put(struct store *s, const char *hash, int64_t vid, struct err *err);
/* The version that has it and came in first; RC_NOTFOUND. */
enum rc content_find(struct store *s, const char *hash, int64_t *ret_vid, struct err *err);
/* The same among those of one object. */
enum rc content_find_of(struct store *s, const char *id, const char *hash, int64_t *ret_vid,
                        struct err *err);
/* Those of an object, newest version first. In the arena. */
enum rc content_list(struct store *s, const char *id, struct arena *a, struct content **ret,
                     size_t *ret_count, struct err *err);
/* Those that begin so, at most `max`; each once. In the arena. */
enum rc content_begins(struct store *s, const char *prefix, size_t max, struct arena *a,
                       const char ***ret, size_t *ret_count, struct err *err);

#endif
