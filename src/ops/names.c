/*
 * STIX ids in a sentence become the references that people know.
 */
#include <string.h>

#include "base/ident.h"
#include "base/mem.h"
#include "base/str.h"

#include "ops_private.h"

#define UUID_LEN     36
#define SENTENCE_MAX (128 * 1024)

static size_t id_len(const char *at)
{
        size_t type = strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789-");
        const char *dashes = strstr(at, "--");

        if (!dashes || dashes == at || (size_t)(dashes - at) >= type)
                return 0;
        type = (size_t)(dashes - at);
        if (strnlen(dashes + 2, UUID_LEN) < UUID_LEN || !ident_is_stix(at, type + 2 + UUID_LEN))
                return 0;
        return type + 2 + UUID_LEN;
}

/* In front of an id; a minus within a word belongs to that. */
static bool is_in_front(char c, bool inside)
{
        return c == ' ' || c == '+' || c == '(' || c == '=' || (c == '-' && !inside);
}

const char *ops_ref_of(const struct ops *ops, const struct row *row)
{
        bool is_unit = ops->unit && ops->unit_name && strcmp(row->thing.id, ops->unit) == 0;

        return is_unit ? ops->unit_name : row->ref;
}

char *ops_name_things(struct ops *ops, const char *sentence)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct str out;
        bool inside = false; /* a word */

        str_init(&out, SENTENCE_MAX);
        while (*sentence) {
                size_t len = inside ? 0 : id_len(sentence);
                struct row row;

                if (len &&
                    thing_by_id(ops->store, arena_strndup(&a, sentence, len), &a, &row, NULL) ==
                            RC_OK &&
                    row.ref && *row.ref) {
                        str_add(&out, ops_ref_of(ops, &row));
                        sentence += len;
                        continue;
                }
                inside = !is_in_front(*sentence, inside);
                str_addc(&out, *sentence++);
        }
        return str_take(&out);
}
