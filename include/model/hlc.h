/*
 * Hybrid logical clock: milliseconds since 1970 in the upper 47 bits, a counter in the lower 16.
 * Grows with every act seen or made, so an act sorts after all that its author had seen. Fits an
 * int64.
 */
#ifndef MUSTER_MODEL_HLC_H
#define MUSTER_MODEL_HLC_H

#include <stdint.h>

#define HLC_SKEW_MS (24ll * 3600 * 1000) /* a peer further ahead is shown as skewed */

int64_t hlc_next(int64_t last,
                 int64_t now_ms); /* > last (unless that is INT64_MAX), at least now */
int64_t hlc_ms(int64_t hlc);

#endif
