/*
 * How long steps took, the slowest first: what a person had before them, without the pauses of the
 * run. What branches takes as long as what is in it, and is not listed.
 */
#ifndef MUSTER_PLAY_TIMES_H
#define MUSTER_PLAY_TIMES_H

#include "play/run.h"

struct step_time {
        const struct playbook *playbook;
        const struct step *step;
        const struct run_step *newest; /* of the run; borrowed until it changes */
        const char *title;             /* run_title() of that */
        size_t count;                  /* done or failed, and open until now */
        int64_t total_ms;
        int64_t longest_ms;
        int64_t expected_ms; /* of one; 0: the playbook does not say */
        bool open;           /* one of them still is */
};

struct run_times {
        struct step_time *steps; /* slowest first, by total */
        size_t count;
        int64_t total_ms; /* of the run until its end, or now */
};

void run_times(const struct run *run, int64_t now_ms, struct arena *a, struct run_times *ret);

#endif
