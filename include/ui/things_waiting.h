/*
 * Lists whose badge says how many of them wait for somebody: what lines of a filter find. Counted
 * again when such things change and when a minute is over, as what is due becomes overdue by
 * itself.
 */
#ifndef MUSTER_UI_THINGS_WAITING_H
#define MUSTER_UI_THINGS_WAITING_H

#include "ui/things_view.h"

#define THINGS_OVERDUE "is:overdue -is:revoked"

struct things_waiting {
        struct things_view things; /* first */
        size_t waiting;
        bool uncounted;
};

/* The load of a view with such a state and the topic of the clock; no thing is found by two of the
 * lines. */
enum rc things_waiting_load(struct view *v, const char *const *lines, size_t count,
                            struct err *err);
void things_waiting_badge(const struct view *v, const char *word, struct view_badge *ret);

#endif
