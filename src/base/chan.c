#include "base/chan.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"

struct chan {
        pthread_mutex_t lock;
        pthread_cond_t changed;
        bool closed;
        size_t room, first, count;
        void *items[];
};

struct chan *chan_create(size_t room)
{
        struct chan *c = xcalloc(1, sizeof(*c) + room * sizeof(c->items[0]));
        c->room = room;
        pthread_mutex_init(&c->lock, NULL);
        pthread_cond_init(&c->changed, NULL);
        return c;
}

void chan_destroy(struct chan *c)
{
        if (!c)
                return;
        pthread_cond_destroy(&c->changed);
        pthread_mutex_destroy(&c->lock);
        free(c);
}

bool chan_put(struct chan *c, void *item)
{
        pthread_mutex_lock(&c->lock);
        while (c->count == c->room && !c->closed)
                pthread_cond_wait(&c->changed, &c->lock);
        bool goes_in = !c->closed;
        if (goes_in)
                c->items[(c->first + c->count++) % c->room] = item;
        pthread_cond_broadcast(&c->changed);
        pthread_mutex_unlock(&c->lock);
        return goes_in;
}

void *chan_take(struct chan *c)
{
        void *item = NULL;
        pthread_mutex_lock(&c->lock);
        while (c->count == 0 && !c->closed)
                pthread_cond_wait(&c->changed, &c->lock);
        if (c->count) {
                item = c->items[c->first];
                c->first = (c->first + 1) % c->room;
                c->count--;
        }
        pthread_cond_broadcast(&c->changed);
        pthread_mutex_unlock(&c->lock);
        return item;
}

size_t chan_count(struct chan *c)
{
        pthread_mutex_lock(&c->lock);
        size_t count = c->count;
        pthread_mutex_unlock(&c->lock);
        return count;
}

void chan_close(struct chan *c)
{
        pthread_mutex_lock(&c->lock);
        c->closed = true;
        pthread_cond_broadcast(&c->changed);
        pthread_mutex_unlock(&c->lock);
}
