#include "model/machine.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/after.h"
#include "model/booking.h"
#include "model/offer.h"

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS   (60 * MINUTE_MS)
#define SPAN_MAX  (INT64_C(100) * 365 * 24 * HOUR_MS)

static const struct machine *const machines[] = {&machine_request, &machine_deployment};

const struct machine *machine_of(const struct kind *kind)
{
        for (size_t i = 0; i < ARRAY_LEN(machines); i++)
                if (machines[i]->kind == kind)
                        return machines[i];
        return NULL;
}

int machine_rank(const struct machine *m, const char *text)
{
        return text && *text ? enum_rank(m->states, text) : m->first;
}

int machine_state(const struct machine *m, const struct thing *now)
{
        int state = thing_rank(now, MACHINE_FIELD);

        return state < 0 ? m->first : state;
}

/* The next arrow of the verb that begins here; NULL after the last. */
static const struct arrow *next_arrow(const struct machine *m, const char *verb, int state,
                                      const struct arrow *after)
{
        const struct arrow *end = m->arrows + m->arrow_count;

        for (const struct arrow *a = after ? after + 1 : m->arrows; a < end; a++)
                if ((a->from >> state & 1) && strcmp(a->verb, verb) == 0)
                        return a;
        return NULL;
}

int machine_to(const struct machine *m, const char *verb, const struct thing *now)
{
        int state = machine_state(m, now);
        const struct arrow *a = next_arrow(m, verb, state, NULL);

        return a && !next_arrow(m, verb, state, a) ? a->to : MACHINE_STAYS;
}

/* ---- what rules ask ------------------------------------------------------------------------ */

const char *machine_may_not(const struct verb *verb, const struct thing *now)
{
        const struct machine *m = verb->kind ? machine_of(now->kind) : NULL;
        int state = m ? machine_state(m, now) : 0;
        const char *why = NULL;

        for (size_t i = 0; m && i < m->arrow_count; i++) {
                const struct arrow *a = &m->arrows[i];

                if (strcmp(a->verb, verb->name) != 0)
                        continue;
                if (a->from >> state & 1)
                        return NULL;
                if (!why)
                        why = a->why_not;
        }
        return why;
}

static const char *new_why_not(const struct machine *m, const struct thing *now,
                               const struct act *act)
{
        const struct act_set *set = act_sets_field(act, MACHINE_FIELD);

        if (set && (!set->value || enum_rank(m->states, set->value) != m->first))
                return "a new one begins in its first state";
        return m->may_change(now, act);
}

static bool is_same(const char *a, const char *b)
{
        return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool is_said(const struct machine_says *row, const struct thing *now, const struct act *act)
{
        if (row->value)
                return is_same(after_text(now, act, row->field), row->value);
        if (row->as)
                return is_same(after_text(now, act, row->field), thing_text(now, row->as));
        return (row->span && !row->hours) || act_says_ms(act, row->field) != CLOCK_NONE;
}

static const char *says_why_not(const struct machine *m, const struct arrow *arrow,
                                const struct thing *now, const struct act *act)
{
        for (size_t i = 0; i < m->says_count; i++) {
                const struct machine_says *row = &m->says[i];

                if (strcmp(row->verb, arrow->verb) == 0 &&
                    (row->to == MACHINE_STAYS || row->to == arrow->to) && !is_said(row, now, act))
                        return row->value || row->as ? "it does not say all that goes with it"
                                                     : "it does not say when";
        }
        return NULL;
}

static const char *arrow_why_not(const struct machine *m, const struct verb *verb,
                                 const struct thing *now, const struct act *act)
{
        const struct act_set *set = act_sets_field(act, MACHINE_FIELD);
        int to = set && set->value ? enum_rank(m->states, set->value) : -1;
        const struct arrow *a = NULL;

        while ((a = next_arrow(m, verb->name, machine_state(m, now), a)))
                if (a->to == MACHINE_STAYS ? !set : to == a->to)
                        return says_why_not(m, a, now, act);
        return "it does not say the state that this leads to";
}

const char *machine_why_not(const struct verb *verb, const struct thing *now, const struct act *act)
{
        const struct machine *m = machine_of(now->kind);

        if (!m)
                return NULL;
        if (verb->sets == SETS_ALL)
                return new_why_not(m, now, act);
        if (verb->sets == SETS_FORM)
                return m->may_change(now, act);
        return verb->kind ? arrow_why_not(m, verb, now, act) : NULL;
}

static bool leads(const struct machine *m, const char *verb, int from, int to)
{
        for (size_t i = 0; i < m->arrow_count; i++)
                if (m->arrows[i].to == to && (m->arrows[i].from >> from & 1) &&
                    strcmp(m->arrows[i].verb, verb) == 0)
                        return true;
        return false;
}

const char *machine_undo_why_not(const struct machine *m, const struct act *undone, int now,
                                 int back)
{
        int to = machine_rank(m, act_says(undone, MACHINE_FIELD));

        if (now != to)
                return "its state has moved on since";
        return now == back || (back >= 0 && leads(m, undone->verb, back, to))
                       ? NULL
                       : "that is not the state that it came from";
}

/* ---- what is due ---------------------------------------------------------------------------- */

/* Of a time, or the first of a set of offers. */
static int64_t due_of(const struct thing *now, const char *field)
{
        const struct value *v = thing_value(now, field);
        int64_t first = CLOCK_NONE;
        struct offer o;

        for (size_t i = 0; v && i < v->count; i++)
                if (offer_read(v->items[i], &o) && (first == CLOCK_NONE || o.expires_ms < first))
                        first = o.expires_ms;
        return v && v->count ? first : thing_ms(now, field);
}

int64_t machine_due_ms(const struct thing *now, const struct field **ret)
{
        const struct machine *m = machine_of(now->kind);
        int state = m ? machine_state(m, now) : 0;
        int64_t first = CLOCK_NONE;

        *ret = NULL;
        for (size_t i = 0; m && i < m->due_count; i++) {
                int64_t ms =
                        m->dues[i].states >> state & 1 ? due_of(now, m->dues[i].field) : CLOCK_NONE;

                if (ms == CLOCK_NONE || (first != CLOCK_NONE && ms >= first))
                        continue;
                first = ms;
                *ret = field_find(now->kind, m->dues[i].field);
        }
        return first;
}

/* ---- what acts say ------------------------------------------------------------------------- */

static int64_t hours_of(const struct machine_says *row, const struct thing *now)
{
        return row->of_people && !booking_is_of_people(thing_value(now, "resources")) ? 0
                                                                                      : row->hours;
}

/* How long, in milliseconds; -1 = nothing is said. */
static int64_t span_of(const struct machine_says *row, const struct thing *now)
{
        const struct field *f = row->span ? field_find(now->kind, row->span) : NULL;
        const char *text = f ? thing_text(now, f->name) : NULL;
        int64_t unit = f && (f->flags & FIELD_MINUTES) ? MINUTE_MS : HOUR_MS;
        int64_t count;

        if (!text || !*text)
                return row->span && !row->hours ? -1 : hours_of(row, now) * HOUR_MS;
        count = strtoll(text, NULL, 10);
        return count < 0 || count > SPAN_MAX / unit ? -1 : count * unit;
}

static int64_t time_of(const struct machine_says *row, const struct thing *now, int64_t act_ms)
{
        int64_t from = row->since ? thing_ms(now, row->since) : CLOCK_NONE;
        int64_t span = span_of(row, now);

        return span < 0 ? CLOCK_NONE : (from == CLOCK_NONE ? act_ms : from) + span;
}

int64_t machine_says_ms(const struct machine *m, const char *verb, const char *field,
                        const struct thing *now, int64_t act_ms)
{
        for (size_t i = 0; i < m->says_count; i++)
                if (strcmp(m->says[i].verb, verb) == 0 && strcmp(m->says[i].field, field) == 0)
                        return time_of(&m->says[i], now, act_ms);
        return CLOCK_NONE;
}

/* A time that was set once: who is heard of behind it owes nothing more. */
static bool is_past(const struct machine_says *row, const struct thing *now, int64_t act_ms)
{
        int64_t was = row->span && !row->hours ? thing_ms(now, row->field) : CLOCK_NONE;

        return was != CLOCK_NONE && was <= act_ms;
}

const char *machine_say(const struct machine_says *row, const struct thing *now, int64_t act_ms,
                        struct arena *a)
{
        int64_t ms = time_of(row, now, act_ms);
        char stamp[STAMP_BYTES];

        if (row->value)
                return row->value;
        if (row->as)
                return thing_text(now, row->as);
        if (ms == CLOCK_NONE)
                return is_past(row, now, act_ms) ? "" : NULL;
        stamp_format(ms, stamp);
        return arena_strdup(a, stamp);
}
