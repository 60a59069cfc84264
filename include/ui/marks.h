/*
 * A small sorted set of row ids: what is marked, kept or flashing.
 */
#ifndef MUSTER_UI_MARKS_H
#define MUSTER_UI_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct marks {
        int64_t *rids; /* ascending */
        size_t count, cap;
};

void marks_finish(struct marks *m);
bool marks_has(const struct marks *m, int64_t rid);
void marks_add(struct marks *m, int64_t rid);
void marks_remove(struct marks *m, int64_t rid);
void marks_clear(struct marks *m);

/* Many at once, in any order: appended with marks_push, put in order by marks_settle. */
void marks_push(struct marks *m, int64_t rid);
void marks_settle(struct marks *m);

#endif
