/*
 * What was said of a step, in its pane: who signed, notes, evidence, and what did not count.
 */
#include <string.h>

#include "base/clock.h"
#include "model/when.h"
#include "ui/step_pane_write.h"

static const char *when_of(const struct step_writing *w, const struct play_event *e)
{
        char when[WHEN_BYTES];
        when_show(e->at_ms, w->now_ms, when);
        return arena_strdup(w->a, when);
}

/* ---- signatures ------------------------------------------------------------------------------ */

void step_write_signatures(struct step_writing *w)
{
        const struct run_step *r = w->row->run_step;
        const struct play_event *first = r ? run_step_first(r) : NULL;
        bool waits = r && run_step_to_sign(r);
        const struct play_event *second = r ? run_step_second(r) : NULL;
        if (!first || !(waits || second))
                return;
        step_add_section(w, "Signatures", waits ? "1 of 2" : "2 of 2");
        step_add_item(w, GLYPH_DONE, ROLE_OK, first->who, when_of(w, first));
        if (waits)
                step_add_item(w, GLYPH_UNDERWAY, ROLE_WARN,
                              arena_printf(w->a, "anyone but %s: S signs here", first->who), "");
        else
                step_add_item(w, GLYPH_DONE, ROLE_OK, second->who, when_of(w, second));
}

/* ---- the log --------------------------------------------------------------------------------- */

static bool is_here(const struct step_writing *w, const struct run_entry *entry)
{
        const char *place = entry->event->place;
        return place && strcmp(place, w->row->place) == 0;
}

static bool is_evidence(const struct run_entry *entry)
{
        return entry->event->verb == PLAY_EVIDENCE && entry->applied;
}

static bool is_note(const struct run_entry *entry)
{
        const struct play_event *e = entry->event;
        return e->verb != PLAY_EVIDENCE && ((e->note && *e->note) || (e->reason && *e->reason));
}

static bool is_refused(const struct run_entry *entry)
{
        return !entry->applied && entry->event->verb != PLAY_NOTE;
}

/* The newest first; all of them are counted. */
static size_t pick(const struct step_writing *w, bool (*is)(const struct run_entry *entry),
                   const struct run_entry *ret[STEP_ENTRIES_MAX])
{
        size_t n = 0;
        for (size_t i = w->run->log_count; i-- > 0;) {
                const struct run_entry *entry = &w->run->log[i];
                if (!is(entry) || !is_here(w, entry))
                        continue;
                if (n < STEP_ENTRIES_MAX)
                        ret[n] = entry;
                n++;
        }
        return n;
}

static const char *evidence_text(const struct step_writing *w, const struct run_entry *entry)
{
        const struct play_event *e = entry->event;
        const char *value = e->value ? e->value : "", *note = e->note ? e->note : "";
        return arena_printf(w->a, "%s%s%s", value, *value && *note ? ": " : "", note);
}

/* What was said, and why. */
static const char *note_text(const struct step_writing *w, const struct run_entry *entry)
{
        const struct play_event *e = entry->event;
        const char *note = e->note ? e->note : "", *reason = e->reason ? e->reason : "";
        return arena_printf(w->a, "%s%s%s", note, *note && *reason ? "; " : "", reason);
}

static const char *refusal_text(const struct step_writing *w, const struct run_entry *entry)
{
        const struct play_verb_row *verb = play_verb_row(entry->event->verb);
        return arena_printf(w->a, "%s: %s", verb ? verb->name : "something",
                            entry->why_not ? entry->why_not : "it does not count");
}

struct section {
        const char *title;
        bool (*is)(const struct run_entry *entry);
        const char *(*text)(const struct step_writing *w, const struct run_entry *entry);
        enum glyph glyph;
        enum role ink;
};

static void write_entries(struct step_writing *w, const struct section *s)
{
        const struct run_entry *found[STEP_ENTRIES_MAX];
        size_t all = pick(w, s->is, found);
        size_t shown = all < STEP_ENTRIES_MAX ? all : STEP_ENTRIES_MAX;
        if (!all)
                return;
        step_add_section(w, s->title, arena_printf(w->a, "%zu", all));
        for (size_t i = 0; i < shown; i++)
                step_add_item(w, s->glyph, s->ink, s->text(w, found[i]),
                              arena_printf(w->a, "%s %s", found[i]->event->who,
                                           when_of(w, found[i]->event)));
}

void step_write_log(struct step_writing *w)
{
        static const struct section sections[] = {
                {"Evidence", is_evidence, evidence_text, GLYPH_DONE, ROLE_OK},
                {"Notes", is_note, note_text, GLYPH_COUNT, ROLE_TEXT},
                {"Said, but does not count", is_refused, refusal_text, GLYPH_CONFLICT, ROLE_WARN},
        };
        if (!w->run || !w->row->place)
                return;
        for (size_t i = 0; i < ARRAY_LEN(sections); i++)
                write_entries(w, &sections[i]);
}
