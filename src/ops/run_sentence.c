/*
 * What the log of a run says of an entry, as people said it.
 */
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/rules.h"
#include "ops/run_book.h"

#include "ops_private.h"

#define SENTENCE   2000
#define TITLE_MAX  120 /* bytes of a step's name, and of what was said */
#define HASH_SHOWN 12

/* What is taken back stands in the log of the run; its step is what it is about. */
static struct run_telling subject_of(const struct run_telling *t)
{
        const struct run_entry *entry =
                t->verb == PLAY_UNDO ? run_entry_of(t->run, t->value) : NULL;
        const char *place = entry ? entry->event->place : NULL;
        size_t at = place ? plan_find(t->plan, place) : SIZE_MAX;
        struct run_telling subject = *t;

        if (!place)
                return subject;
        subject.step = run_step_at(t->run, place);
        subject.row = at != SIZE_MAX ? &t->plan->rows[at] : NULL;
        return subject;
}

static void add_subject(const struct run_telling *telling, struct arena *a, struct str *out)
{
        const struct run_telling t = subject_of(telling);
        const char *title = t.step ? run_title(t.run, t.step, a) : t.row ? t.row->title : NULL;

        if (t.row)
                str_addf(out, "%s ", t.row->number);
        if (!title)
                return;
        str_add_cut(out, title, TITLE_MAX);
        str_add(out, ": ");
}

/* What people read: a time to the second, "yes" as it was asked for, of a content the beginning. */
static void add_said(const struct run_telling *t, struct str *out)
{
        const struct step *step = t->step ? t->step->step : t->row ? t->row->step : NULL;
        const char *said = t->value;
        char at[STAMP_BYTES];
        int64_t ms;

        if (t->verb == PLAY_HAND_OVER || t->verb == PLAY_DUE)
                str_add(out, " to");
        if (t->verb == PLAY_ANSWER && step)
                said = step_answer_word(step, said);
        if (t->verb == PLAY_DUE && stamp_parse_ms(said, &ms, NULL) == RC_OK) {
                stamp_format_s(ms, at);
                said = at;
        }
        str_addc(out, ' ');
        if (strlen(said) == HASH_TEXT - 1 && (t->verb == PLAY_ANSWER || t->verb == PLAY_MOVE))
                str_add_cut(out, said, HASH_SHOWN);
        else
                str_add_cut(out, said, TITLE_MAX);
}

static void add_taken_back(const struct run_telling *t, struct str *out)
{
        const struct run_entry *entry = run_entry_of(t->run, t->value);
        const struct verb *verb =
                entry ? verb_find(&kind_run, run_act_verb(entry->event->verb)) : NULL;

        if (verb)
                str_addf(out, " (%s by %s)", verb->did, entry->event->who);
}

static void add_value(const struct run_telling *t, struct str *out)
{
        bool none = !t->value || !*t->value;

        if (t->variable)
                str_addf(out, " %s =", t->variable);
        if (t->verb == PLAY_UNDO)
                add_taken_back(t, out);
        else if (t->verb == PLAY_SIGN && t->value)
                str_addf(out, " as %s", verb_find(&kind_run, t->value)->did);
        else if (t->verb == PLAY_OWNER && none)
                str_add(out, " nobody");
        else if (!none)
                add_said(t, out);
}

const char *run_sentence(const struct run_telling *t, struct arena *a)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, SENTENCE);
        add_subject(t, a, &out);
        str_add(&out, verb_find(&kind_run, run_act_verb(t->verb))->did);
        add_value(t, &out);
        str_addf(&out, " by %s", t->who ? t->who : "?");
        if (t->note) {
                str_add(&out, ": ");
                str_add_cut(&out, t->note, TITLE_MAX);
        }
        if (t->reason && t->reason[strspn(t->reason, " \t\r\n")]) {
                str_add(&out, t->note ? "; because " : ": ");
                str_add_cut(&out, t->reason, TITLE_MAX);
        }
        return arena_strdup(a, str_text(&out));
}
