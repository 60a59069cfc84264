/*
 * Answers: a letter or Enter each; all about one incident are saved as one transaction.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "model/words.h"
#include "ui/prompt.h"
#include "ui/triage.h"
#include "ui_private.h"

#define PEOPLE_RECENT  2000 /* newest incidents whose owners complete a name */
#define PEOPLE_OFFERED 40

static struct triage *state_of(const struct view *v)
{
        return v->state;
}

static void count_owner(struct triage *t, const char *name, int by)
{
        for (size_t i = 0; i < t->people_count; i++)
                if (name && strcmp(t->people[i].name, name) == 0)
                        t->people[i].open += by;
}

/* A type belongs to a class: one of another class goes with it. */
static bool outdates_type(const struct view *v, const char *class)
{
        const char *type = thing_text(&state_of(v)->row.thing, "type");
        const struct word_list *types = words_list(ui_ops(v->ui)->words, "rsit-type");
        const struct word *w = type && types ? word_find(types, type) : NULL;
        return w && w->group && strcmp(w->group, class) != 0;
}

/* What is asked for in one go: a request a question, with room for one more field; then the last.
 */
struct steps {
        struct ops_request requests[ASK_COUNT + 1];
        struct ops_field fields[ASK_COUNT][2];
        size_t count;
};

static bool is_new(const struct triage *t, enum triage_question q)
{
        const char *field = triage_field_of(q);
        const char *now = field ? thing_text(&t->row.thing, field) : NULL;
        return field && t->answered[q] && !(now && strcmp(now, t->answers[q]) == 0);
}

static void gather_answers(const struct view *v, struct steps *s)
{
        const struct triage *t = state_of(v);
        for (size_t q = 0; q < ASK_COUNT; q++) {
                if (!is_new(t, q))
                        continue;
                struct ops_request *r = &s->requests[s->count];
                struct ops_field *f = s->fields[s->count++];
                *r = (struct ops_request){.verb = triage_verb_of(q),
                                          .fields = f,
                                          .field_count = 1,
                                          .occurred_ms = CLOCK_NONE};
                f[0] = (struct ops_field){.name = triage_field_of(q), .value = t->answers[q]};
                if (q == ASK_CLASS && outdates_type(v, t->answers[q]))
                        f[r->field_count++] = (struct ops_field){.name = "type", .value = ""};
        }
}

static void note_done(struct view *v)
{
        struct triage *t = state_of(v);
        if (t->answered[ASK_OWNER]) {
                count_owner(t, thing_text(&t->row.thing, "owner"), -1);
                count_owner(t, t->answers[ASK_OWNER], 1);
        }
        triage_queue_set(&t->queue, TRIAGE_DONE);
        triage_draft_drop(v);
        if (t->list) {
                list_keep(t->list, t->row.rid);
                list_touch(t->list);
        }
}

/* Nothing is read anew for it: what others wrote is noticed by itself. */
static enum rc go_on(struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        triage_queue_next(&t->queue);
        enum rc rc = triage_show(v, err);
        t->own = !v->stale;
        ui_touched(v->ui, TOPIC_INCIDENTS | TOPIC_LOG);
        return rc;
}

enum rc triage_finish(struct view *v, const struct ops_request *last, const char *said,
                      struct err *err)
{
        struct triage *t = state_of(v);
        struct steps s = {.count = 0};
        gather_answers(v, &s);
        if (last)
                s.requests[s.count++] = *last;
        if (!s.count) {
                triage_draft_drop(v);
                return triage_step_on(v, err);
        }
        AUTO_FREE char *draft = triage_draft_kept(v);
        s.requests[s.count - 1].draft = draft;
        enum rc rc = ops_do_steps(ui_ops(v->ui), t->row.thing.id, s.requests, s.count, err);
        if (rc != RC_OK)
                return rc;
        t->draft_held = false;
        note_done(v);
        ui_notice(v->ui, NOTICE_DONE, "%s", said);
        return go_on(v, err);
}

static enum rc acknowledge(struct view *v, struct err *err)
{
        const struct triage *t = state_of(v);
        bool acks = triage_can_ack(&t->row);
        AUTO_FREE char *said = xasprintf(
                acks ? "%s acknowledged; u undoes it, B goes back to it" : "%s saved", t->row.ref);
        const struct ops_request ack = {.verb = triage_verb_of(ASK_ACK), .occurred_ms = CLOCK_NONE};
        return triage_finish(v, acks ? &ack : NULL, said, err);
}

static void answer(struct view *v, const char *value)
{
        struct triage *t = state_of(v);
        snprintf(t->answers[t->at], TRIAGE_VALUE_BYTES, "%s", value);
        t->answered[t->at] = true;
        t->draft_due = true;
        t->at++;
        t->cursor = -1;
}

static enum rc owner_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct view *v = ctx;
        const struct ops *ops = ui_ops(ui);
        struct value_context vc = {
                .words = ops->words, .now_ms = ui_now_ms(ui), .me = ops->operator};
        CLEANUP(arena_finish) struct arena a = {0};
        struct value value = {0};
        enum rc rc = value_read(field_find(&kind_incident, "owner"), text, &vc, &a, &value, err);
        if (rc != RC_OK)
                return rc;
        if (!value.text)
                return err_set(err, RC_INVALID, "a name is needed; Esc goes back to the question");
        if (strlen(value.text) >= TRIAGE_VALUE_BYTES)
                return err_set(err, RC_INVALID, "a name of %d bytes at most",
                               TRIAGE_VALUE_BYTES - 1);
        if (state_of(v)->at == ASK_OWNER)
                answer(v, value.text);
        return RC_OK;
}

static size_t owner_words(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                          const char **ret, size_t max)
{
        struct person_load *people;
        size_t count = 0, n = 0;
        (void)ctx;
        if (things_people(ui_ops(ui)->store, &kind_incident, "owner", PEOPLE_RECENT, PEOPLE_OFFERED,
                          a, &people, &count, NULL) != RC_OK)
                return 0;
        for (size_t i = 0; i < count && n < max; i++)
                if (strncasecmp(people[i].name, text, at) == 0 && people[i].name[at])
                        ret[n++] = people[i].name;
        return n;
}

static void ask_name(struct view *v)
{
        AUTO_FREE char *sign = xasprintf("owner of %s", state_of(v)->row.ref);
        prompt_open(v->ui, &(struct prompt){.sign = sign,
                                            .hint = "a name, or me",
                                            .history = "owner",
                                            .complete = owner_words,
                                            .accept = owner_given,
                                            .ctx = v});
}

enum rc triage_later(struct ui *ui, struct view *v, struct err *err)
{
        struct triage *t = state_of(v);
        AUTO_FREE char *ref = xstrdup(t->row.ref);
        triage_draft_save(v);
        if (triage_queue_left(&t->queue) < 2 && !t->overtaken)
                return err_set(err, RC_CONFLICT, "it is the last one; Esc leaves it for later");
        triage_queue_later(&t->queue);
        ui_notice(ui, NOTICE_DONE, "%s comes again at the end of this round", ref);
        return triage_show(v, err);
}

static enum rc take(struct view *v, const struct triage_choice *choice, struct err *err)
{
        struct triage *t = state_of(v);
        if (ui_why_no_writing(v->ui))
                return err_set(err, RC_DENIED, "%s", ui_why_no_writing(v->ui));
        if (t->at == ASK_ACK)
                return choice->value ? acknowledge(v, err) : triage_park(v->ui, v, err);
        if (choice->value)
                answer(v, choice->value);
        else
                ask_name(v);
        return RC_OK;
}

static bool scroll_text(struct triage *t, int32_t chord)
{
        switch (chord) {
        case 'j':
        case CHORD_DOWN: detail_scroll(t->detail, 1); return true;
        case 'k':
        case CHORD_UP: detail_scroll(t->detail, -1); return true;
        case CHORD_SPACE:
        case CHORD_CTRL('D'):
        case CHORD_PGDN: detail_scroll(t->detail, 10); return true;
        case CHORD_CTRL('U'):
        case CHORD_PGUP: detail_scroll(t->detail, -10); return true;
        case 'g':
        case CHORD_HOME: detail_scroll(t->detail, -(LONG_MAX / 2)); return true;
        case 'G':
        case CHORD_END: detail_scroll(t->detail, LONG_MAX / 2); return true;
        case CHORD_LEFT: detail_turn(t->detail, -1); return true;
        case CHORD_RIGHT: detail_turn(t->detail, 1); return true;
        case CHORD_ENTER: return detail_enter(t->detail);
        default: return false;
        }
}

static void mark(struct triage *t, const struct triage_ask *ask, int by)
{
        int at = ask->marked < 0 ? (by > 0 ? -1 : (int)ask->count) : ask->marked;
        at += by;
        t->cursor = at < 0 ? 0 : at >= (int)ask->count ? (int)ask->count - 1 : at;
}

static void try_step(struct view *v)
{
        struct err err = {0};
        enum rc rc = triage_step_on(v, &err);
        if (rc != RC_OK)
                ui_say_failure(v->ui, rc, &err);
}

static bool try_choice(struct view *v, const struct triage_ask *ask, int32_t chord)
{
        struct err err = {0};
        for (size_t i = 0; i < ask->count; i++) {
                bool marked = (chord == CHORD_ENTER && (int)i == ask->marked);
                if (ask->choices[i].chord != chord && !marked)
                        continue;
                enum rc rc = take(v, &ask->choices[i], &err);
                if (rc != RC_OK)
                        ui_say_failure(v->ui, rc, &err);
                return true;
        }
        return false;
}

bool triage_chord(struct view *v, int32_t chord)
{
        struct triage *t = state_of(v);
        struct triage_ask ask;
        if (!t->shown)
                return false;
        if (t->in_detail)
                return scroll_text(t, chord);
        if (t->overtaken) {
                if (chord == CHORD_ENTER)
                        try_step(v);
                return chord == CHORD_ENTER;
        }
        triage_ask(v, t->at, &ask);
        if (try_choice(v, &ask, chord))
                return true;
        if (chord == 'j' || chord == CHORD_DOWN)
                mark(t, &ask, 1);
        else if (chord == 'k' || chord == CHORD_UP)
                mark(t, &ask, -1);
        else if (chord == CHORD_ENTER)
                ui_notice(v->ui, NOTICE_HINT, "no line is marked; a letter answers");
        else
                return false;
        return true;
}
