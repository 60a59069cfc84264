/*
 * Which conflicts are marked, and which word of the current one is chosen.
 */
#include <stdlib.h>
#include <string.h>

#include "ui/exchange_view.h"
#include "ui/ui.h"

static struct exchange *state_of(const struct view *v)
{
        return v->state;
}

/* ---- choosing ---- */

static enum rc choose(struct view *v, int by)
{
        struct exchange *x = state_of(v);
        const struct exchange_item *item = exchange_current(x);
        size_t count = choice_count(item->c);
        exchange_choose(x, (choice_now(x, item->c) + count + (size_t)by) % count);
        ui_dirty(v->ui);
        return RC_OK;
}

void exchange_choose(struct exchange *x, size_t i)
{
        const struct exchange_item *item = exchange_current(x);
        struct choice_of what = choice_at(item->c, i);
        strncpy(x->chosen, what.word ? what.word->act->id : CHOSEN_BEFORE, sizeof(x->chosen) - 1);
}

enum rc exchange_cmd_next_choice(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        return choose(v, 1);
}

enum rc exchange_cmd_last_choice(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        return choose(v, -1);
}

/* ---- marking ---- */

bool exchange_has_marks(const struct ui *ui, const struct view *v)
{
        const struct exchange *x = v->state;
        (void)ui;
        return x && x->mark_count > 0;
}

bool exchange_has_conflicts(const struct ui *ui, const struct view *v)
{
        const struct exchange *x = v->state;
        (void)ui;
        for (size_t i = 0; x && i < x->item_count; i++)
                if (x->items[i].c)
                        return true;
        return false;
}

void exchange_unmark(struct exchange *x)
{
        for (size_t i = 0; i < x->mark_count; i++)
                free(x->marks[i]);
        x->mark_count = 0;
        for (size_t i = 0; i < x->item_count; i++)
                x->items[i].marked = false;
}

static void mark(struct exchange *x, struct exchange_item *item)
{
        CLEANUP(arena_finish) struct arena a = {0};
        if (item->marked)
                return;
        x->marks = xreallocarray(x->marks, x->mark_count + 1, sizeof(*x->marks));
        x->marks[x->mark_count++] = xstrdup(conflict_key(item, &a));
        item->marked = true;
}

static void unmark(struct exchange *x, struct exchange_item *item)
{
        for (size_t i = 0; i < x->mark_count; i++) {
                if (!conflict_is_same(item, x->marks[i]))
                        continue;
                free(x->marks[i]);
                x->marks[i] = x->marks[--x->mark_count];
                break;
        }
        item->marked = false;
}

/* Those that others have settled meanwhile count no more. */
void exchange_keep_marks(struct exchange *x)
{
        for (size_t i = x->mark_count; i-- > 0;) {
                bool there = false;
                for (size_t k = 0; k < x->item_count && !there; k++)
                        there = conflict_is_same(&x->items[k], x->marks[i]);
                if (there)
                        continue;
                free(x->marks[i]);
                x->marks[i] = x->marks[--x->mark_count];
        }
}

enum rc exchange_cmd_mark(struct ui *ui, struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        struct exchange_item *item = &x->items[x->at];
        (void)err;
        if (item->marked)
                unmark(x, item);
        else
                mark(x, item);
        if (x->at + 1 < x->item_count && x->items[x->at + 1].c && !x->in_detail)
                exchange_move(x, 1);
        exchange_lay_out(x, ui);
        ui_dirty(ui);
        return RC_OK;
}

enum rc exchange_cmd_mark_all(struct ui *ui, struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        bool all = true;
        (void)err;
        for (size_t i = 0; i < x->item_count; i++)
                all = all && (!x->items[i].c || x->items[i].marked);
        for (size_t i = 0; i < x->item_count && !all; i++)
                if (x->items[i].c)
                        mark(x, &x->items[i]);
        if (all)
                exchange_unmark(x);
        exchange_lay_out(x, ui);
        ui_dirty(ui);
        return RC_OK;
}

enum rc exchange_cmd_unmark(struct ui *ui, struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        (void)err;
        exchange_unmark(x);
        exchange_lay_out(x, ui);
        ui_dirty(ui);
        return RC_OK;
}
