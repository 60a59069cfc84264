/*
 * A bounded queue of pointers between two threads. Who puts waits while it is full, who takes waits
 * while it is empty; so neither runs ahead by more than the room.
 *
 * What is in it belongs to who put it there until it is taken. Closing wakes both sides: nothing
 * more goes in, what is in it can still be taken.
 */
#ifndef MUSTER_BASE_CHAN_H
#define MUSTER_BASE_CHAN_H

#include <stdbool.h>
#include <stddef.h>

struct chan;

struct chan *chan_create(size_t room);
void chan_destroy(struct chan *c); /* nobody else uses it any more; NULL is fine */

bool chan_put(struct chan *c, void *item); /* false: closed, the item was not taken */
void *chan_take(struct chan *c);           /* NULL: closed, and nothing is left     */
size_t chan_count(struct chan *c);         /* items in it now                       */
void chan_close(struct chan *c);

#endif
