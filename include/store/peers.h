/*
 * Other consoles whose clock was ahead of ours: what they did arrived before the time at which they
 * say it was recorded. That proves at least so much; a clock that is behind can't be told from a
 * line that is slow.
 */
#ifndef MUSTER_STORE_PEERS_H
#define MUSTER_STORE_PEERS_H

#include "store/store.h"

struct arena;

struct peer_clock {
        const char *console, *unit, *operator; /* as the last of those acts says */
        int64_t ahead_ms, seen_ms;             /* at least; when it was seen last */
};
/* What was known of that console is replaced, but for a moment ago. */
enum rc peer_clock_put(struct store *s, const struct peer_clock *p, struct err *err);
/* Those seen since then, the farthest ahead first, at most PEERS_MAX. In the arena. */
#define PEERS_MAX 100
enum rc peer_clock_list(struct store *s, int64_t since_ms, struct arena *a, struct peer_clock **ret,
                        size_t *ret_count, struct err *err);

#endif
