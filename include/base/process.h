/*
 * What a program of ours is to the others of its machine.
 */
#ifndef MUSTER_BASE_PROCESS_H
#define MUSTER_BASE_PROCESS_H

/* What the memory holds is marked; nobody else may get at it, dead or alive. Files are made for
 * their owner only, and a pipe that is closed is an error, no signal. First of all in main. */
void process_close_doors(void);

#endif
