#include "model/after.h"

#include <string.h>

#include "base/clock.h"

bool thing_has(const struct thing *now, const char *field)
{
        const struct value *v = thing_value(now, field);

        return v && !value_is_empty(v);
}

const char *act_says(const struct act *act, const char *field)
{
        const struct act_set *set = act_sets_field(act, field);

        return set && set->value && *set->value ? set->value : NULL;
}

static int64_t ms_of(const char *text)
{
        int64_t ms;

        return text && stamp_parse_ms(text, &ms, NULL) == RC_OK ? ms : CLOCK_NONE;
}

int64_t act_says_ms(const struct act *act, const char *field)
{
        return ms_of(act_says(act, field));
}

bool act_touches(const struct act *act, const char *field)
{
        return act_sets_field(act, field) || act_moves(act, field, false) ||
               act_moves(act, field, true);
}

size_t act_moves(const struct act *act, const char *field, bool remove)
{
        size_t count = 0;

        for (size_t i = 0; i < act->element_count; i++)
                count += act->elements[i].remove == remove &&
                         strcmp(act->elements[i].field, field) == 0;
        return count;
}

const char *after_text(const struct thing *now, const struct act *act, const char *field)
{
        const char *text = thing_text(now, field);

        if (act_sets_field(act, field))
                return act_says(act, field);
        return text && *text ? text : NULL;
}

int64_t after_ms(const struct thing *now, const struct act *act, const char *field)
{
        return ms_of(after_text(now, act, field));
}

static bool moves(const struct act *act, const char *field, const char *item, bool remove)
{
        for (size_t i = 0; i < act->element_count; i++)
                if (act->elements[i].remove == remove &&
                    strcmp(act->elements[i].field, field) == 0 &&
                    strcmp(act->elements[i].item, item) == 0)
                        return true;
        return false;
}

bool after_has(const struct thing *now, const struct act *act, const char *field, const char *item)
{
        const struct value *v = thing_value(now, field);

        return moves(act, field, item, false) ||
               (v && value_has(v, item) && !moves(act, field, item, true));
}

bool after_any(const struct thing *now, const struct act *act, const char *field)
{
        const struct value *v = thing_value(now, field);

        for (size_t i = 0; v && i < v->count; i++)
                if (after_has(now, act, field, v->items[i]))
                        return true;
        return act_moves(act, field, false) > 0;
}
