/*
 * The marked rows of a list: they outlive filter and order.
 */
#include "ui_private.h"

void list_mark(struct list *l)
{
        int64_t rid = l->held ? l->held->rid : l->at_rid;
        if (!rid)
                return;
        if (marks_has(&l->marked, rid))
                marks_remove(&l->marked, rid);
        else
                marks_add(&l->marked, rid);
        if (!l->held)
                list_move(l, 1);
        ui_dirty(l->ui);
}

static size_t count_shown(const struct list *l)
{
        size_t shown = 0, known = query_known(l->query);
        for (size_t i = 0; i < known; i++)
                shown += marks_has(&l->marked, query_rid(l->query, i));
        return shown;
}

/* While rows are still being found none is called hidden. */
void list_count_hidden(struct list *l)
{
        l->hidden = 0;
        if (l->marked.count && l->query && query_is_done(l->query))
                l->hidden = l->marked.count - count_shown(l);
}

void list_mark_all(struct list *l)
{
        if (!l->query)
                return;
        query_run(l->query, SIZE_MAX, NULL);
        size_t known = query_known(l->query);
        if (l->marked.count && count_shown(l) == known) {
                marks_clear(&l->marked);
        } else {
                for (size_t i = 0; i < known; i++)
                        marks_push(&l->marked, query_rid(l->query, i));
                marks_settle(&l->marked);
        }
        list_count_hidden(l);
        ui_dirty(l->ui);
}

void list_unmark(struct list *l)
{
        marks_clear(&l->marked);
        l->hidden = 0;
        ui_dirty(l->ui);
}

size_t list_marked(const struct list *l, size_t *ret_hidden)
{
        *ret_hidden = l->hidden;
        return l->marked.count;
}

size_t list_targets(struct list *l, struct arena *a, const char *const **ret_ids)
{
        size_t n = 0, max = l->marked.count ? l->marked.count : 1;
        const char **ids = arena_array(a, max, sizeof(*ids));
        const struct row *current = list_current(l);
        struct arena one;
        arena_init(&one);
        for (size_t i = 0; i < l->marked.count; i++) {
                struct row row;
                if (thing_by_rid(ui_ops(l->ui)->store, l->kind, l->marked.rids[i], &one, &row,
                                 NULL) == RC_OK)
                        ids[n++] = arena_strdup(a, row.thing.id);
                arena_reset(&one);
        }
        arena_finish(&one);
        if (!l->marked.count && current)
                ids[n++] = arena_strdup(a, current->thing.id);
        *ret_ids = ids;
        return n;
}

size_t list_target_count(const struct list *l)
{
        return l->marked.count ? l->marked.count : list_current(l) != NULL;
}

static void push_targets(const struct list *l, struct marks *to)
{
        int64_t rid = l->held ? l->held->rid : l->at_rid;
        for (size_t i = 0; i < l->marked.count; i++)
                marks_push(to, l->marked.rids[i]);
        if (!l->marked.count && rid)
                marks_push(to, rid);
        marks_settle(to);
}

void list_keep_targets(struct list *l)
{
        push_targets(l, &l->keep);
        push_targets(l, &l->acted);
}

void list_keep(struct list *l, int64_t rid)
{
        marks_add(&l->keep, rid);
        marks_add(&l->acted, rid);
}
