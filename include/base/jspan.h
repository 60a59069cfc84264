/*
 * A JSON text taken apart as spans of its bytes, without a tree: the members of an object, the
 * items of a list. Only for texts that jsplit_scan() found good; of others nothing follows but that
 * no byte outside is read.
 */
#ifndef MUSTER_BASE_JSPAN_H
#define MUSTER_BASE_JSPAN_H

#include <stdbool.h>
#include <stddef.h>

struct jspan {
        const char *bytes; /* borrowed from the text */
        size_t len;
};

/* The one value of a text: without blanks around it and the byte order mark before it. */
struct jspan jspan_value(const char *text, size_t len);
/* What stands between the brackets of a list or the braces of an object: to be walked by the next
 * two. */
struct jspan jspan_inside(struct jspan value);
/* Takes the next one off `rest`; false: there is none. A key is as it is written between its
 * quotes, with its escapes. */
bool jspan_next_item(struct jspan *rest, struct jspan *ret);
bool jspan_next_member(struct jspan *rest, struct jspan *ret_key, struct jspan *ret_value);
bool jspan_is(struct jspan s, const char *text);

#endif
