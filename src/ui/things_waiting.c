#include "ui/things_waiting.h"

#include "ui/rows_found.h"

static enum rc count_all(struct view *v, const char *const *lines, size_t count, struct err *err)
{
        struct things_waiting *st = v->state;
        size_t waiting = 0;
        enum rc rc = RC_OK;
        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                size_t found = 0;
                rc = rows_counted(v->ui, v->ops->things->kind, lines[i], &found, err);
                waiting += found;
        }
        if (rc != RC_OK)
                return rc;
        st->waiting = waiting;
        st->uncounted = false;
        return RC_OK;
}

enum rc things_waiting_load(struct view *v, const char *const *lines, size_t count, struct err *err)
{
        struct things_waiting *st = v->state;
        st->uncounted |= v->stale || !v->loaded;
        if (v->stale == TOPIC_CLOCK) /* the list is what it was */
                v->stale = 0;
        enum rc rc = things_load(v, err);
        return rc == RC_OK && st->uncounted ? count_all(v, lines, count, err) : rc;
}

void things_waiting_badge(const struct view *v, const char *word, struct view_badge *ret)
{
        const struct things_waiting *st = v->state;
        things_badge(v, ret);
        ret->unacked = (long)st->waiting;
        ret->unacked_word = word;
}
