/*
 * How long steps took, the slowest first: what a person had before them, without the pauses of the
 * run. What branches takes as long as what is in it, and is not listed.
 */
#ifndef MUSTER_PLAY_TIMES_H
#define MUSTER_PLAY_TIMES_H

#include "play/run.h"

struct str;

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

/* The same over several runs of one playbook, of any of its versions. Steps are told apart by their
 * ids; only those count that were done or failed, each time that they were. */
struct times_sample {
        const char *step, *title; /* with what the playbook supposes, not with a run's values */
        int64_t ms, expected_ms, ended_ms;
};

struct times_samples {
        struct arena *a; /* set by who begins; copies of all live there */
        struct times_sample *steps;
        int64_t *runs; /* of those that came to their end, or failed */
        size_t step_count, step_room, run_count, run_room;
        size_t taken; /* runs, ended or not */
};

struct times_figure {
        size_t count; /* 0: nothing is known */
        int64_t median_ms, longest_ms;
};

struct times_of_step {
        const char *step, *title; /* as the newest time has it, by when it ended */
        int64_t expected_ms;
        struct times_figure took;
};

struct times_of_book {
        struct times_of_step *steps; /* slowest first, by median */
        size_t count;
        struct times_figure runs;
        size_t taken;
};

void times_take(struct times_samples *s, const struct run *run);
void times_sum(struct times_samples *s, struct times_of_book *ret);
/* In words, with a row for each step. */
void times_told(const struct times_of_book *t, struct str *out);

void run_times(const struct run *run, int64_t now_ms, struct arena *a, struct run_times *ret);

#endif
