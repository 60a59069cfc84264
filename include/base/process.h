/*
 * What a program of ours is to the others of its machine.
 */
#ifndef MUSTER_BASE_PROCESS_H
#define MUSTER_BASE_PROCESS_H

#include <stdint.h>

/* What the memory holds is marked; nobody else may get at it, dead or alive. Files are made for
 * their owner only, and a pipe that is closed is an error, no signal. First of all in main. */
void process_close_doors(void);

/* To be asked often by who works long beside a console. Who has worked for half a millisecond
 * leaves its processor for a moment: somebody who wakes up there, for a key, would else wait for
 * the kernel's next tick, 4 ms with many. `rested_ns`: of one thread, 0 at first. */
void process_breathe(int64_t *rested_ns);

#endif
