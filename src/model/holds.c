#include "model/holds.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/words.h"

static bool puts_in(const struct act *act, const char *item)
{
        for (size_t i = 0; i < act->element_count; i++) {
                const struct act_element *e = &act->elements[i];

                if (!e->remove && strcmp(e->field, HOLD_FIELD) == 0 && strcmp(e->item, item) == 0)
                        return true;
        }
        return false;
}

const char *hold_of(const struct act *act)
{
        for (size_t i = 0; i < act->element_count; i++)
                if (!act->elements[i].remove && strcmp(act->elements[i].field, HOLD_FIELD) == 0)
                        return act->elements[i].item;
        return NULL;
}

/* The last that decided it and was not undone; an undo restores a member, but decides nothing. */
static const struct act *decided_by(const struct folded *f, const bool *undone, const char *item)
{
        for (size_t i = f->log_count; i-- > 0;)
                if (f->log[i].applied && !undone[i] && !f->log[i].act->undoes &&
                    puts_in(f->log[i].act, item))
                        return f->log[i].act;
        return NULL;
}

/* One line, as a member of a set is. */
static const char *why_of(const struct act *act, const char *item, const char *by, struct arena *a)
{
        const char *reason = act->reason ? act->reason : "";
        AUTO_FREE char *line = text_clean(reason, strlen(reason), false);
        char at[STAMP_BYTES];

        stamp_format(act->occurred_ms, at);
        return arena_printf(a, "%s: %s (%s, %.10s %.5sZ)", item, line, by, at, at + 11);
}

void holds_show(struct folded *f, const bool *undone, struct arena *a)
{
        const struct value *held = thing_value(&f->thing, HOLD_FIELD);
        size_t room = held ? held->count : 0, who_count = 0, why_count = 0;
        const char **who, **why;

        if (!room)
                return;
        who = arena_array(a, room, sizeof(*who));
        why = arena_array(a, room, sizeof(*why));
        for (size_t i = 0; i < room; i++) {
                const struct act *act = decided_by(f, undone, held->items[i]);
                const char *by = act ? act_detail(act, HOLD_DECIDER) : NULL;

                if (!by)
                        continue;
                who[who_count++] = by;
                why[why_count++] = why_of(act, held->items[i], by, a);
        }
        thing_set_items(&f->thing, HOLD_WHO, who, who_count, a);
        thing_set_items(&f->thing, HOLD_WHY, why, why_count, a);
}

const char *holds_lifted(const struct thing *now, const struct word_list *levels, const char *level,
                         struct arena *a)
{
        const struct value *held = thing_value(now, HOLD_FIELD);
        const struct word *claimed = levels && level ? word_find(levels, level) : NULL;
        const char *list = NULL;

        for (size_t i = 0; held && claimed && i < held->count; i++) {
                const struct word *against = word_find(levels, held->items[i]);

                if (against && claimed >= against)
                        list = arena_printf(a, "%s%s-%s", list ? list : "", list ? " " : "",
                                            held->items[i]);
        }
        return list;
}
