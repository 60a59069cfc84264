/*
 * Acts on a run as events of the engine.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ops/run_book.h"

#include "ops_private.h"

/* ---- names -------------------------------------------------------------------------------------
 */

/* Verbs that every thing has mean something else. */
static const struct {
        enum play_verb verb;
        const char *act;
} names[] = {{PLAY_NOTE, "remark"},
             {PLAY_SET, "value"},
             {PLAY_SETTLE, "reconcile"},
             {PLAY_UNDO, "take-back"}};

const char *run_act_verb(enum play_verb verb)
{
        const struct play_verb_row *row = play_verb_row(verb);

        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                if (names[i].verb == verb)
                        return names[i].act;
        return row ? row->name : NULL;
}

enum play_verb run_verb_of_act(const char *verb)
{
        for (size_t i = 0; verb && i < ARRAY_LEN(names); i++) {
                if (strcmp(names[i].act, verb) == 0)
                        return names[i].verb;
                if (strcmp(play_verb_row(names[i].verb)->name, verb) == 0)
                        return names[i].verb == PLAY_NOTE ? PLAY_NOTE : PLAY_UNKNOWN;
        }
        return play_verb_of(verb);
}

/* ---- an act as an event ------------------------------------------------------------------------
 */

static const char *detail(const struct act *act, const char *name, struct arena *a)
{
        return arena_strdup(a, act_detail(act, name));
}

static int round_of(const struct act *act)
{
        const char *text = act_detail(act, "round");
        long n = text ? strtol(text, NULL, 10) : 0;

        return n < 0 || n > 1000000 ? 0 : (int)n;
}

const struct play_event *run_event_of(const struct act *act, struct arena *a)
{
        enum play_verb verb = run_verb_of_act(act->verb);
        struct play_event *e;

        if (verb == PLAY_UNKNOWN)
                return NULL;
        e = arena_alloc(a, sizeof(*e));
        *e = (struct play_event){.id = arena_strdup(a, act->id),
                                 .console = arena_strdup(a, act->console),
                                 .hlc = act->hlc,
                                 .who = arena_strdup(a, act->operator),
                                 .at_ms = act->occurred_ms,
                                 .verb = verb,
                                 .place = detail(act, "place", a),
                                 .variable = detail(act, "variable", a),
                                 .value = detail(act, "value", a),
                                 .reason = arena_strdup(a, act->reason),
                                 .note = detail(act, "note", a),
                                 .was = detail(act, "saw", a),
                                 .round = round_of(act)};
        if (!e->value && play_verb_row(verb)->value)
                e->value = "";
        if (verb == PLAY_NOTE && !e->note)
                e->note = arena_strdup(a, act->text);
        return e;
}
