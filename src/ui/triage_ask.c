/*
 * The questions of triage: a row each, with what can be answered and the letter of each answer.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/words.h"
#include "ui/triage.h"
#include "ui_private.h"

#define LETTERS_TAKEN "dzBNtyujkqTx" /* commands that work at every question */

static const struct triage *state_of(const struct view *v)
{
        return v->state;
}

static const char *now_of(const struct triage *t, const char *field)
{
        const char *text = thing_text(&t->row.thing, field);
        return text ? text : "";
}

static bool is_theirs(const struct triage *t, const char *field)
{
        int i = field_index(&kind_incident, field);
        return (t->row.flags & MARK_FOREIGN) && i >= 0 && i < 32 && !(t->row.ours >> i & 1);
}

static void add(struct triage_ask *ask, const struct triage_choice *choice)
{
        if (ask->count < TRIAGE_CHOICES_MAX)
                ask->choices[ask->count++] = *choice;
}

static bool is_taken(const struct triage_ask *ask, int32_t letter)
{
        for (size_t i = 0; i < ask->count; i++)
                if (ask->choices[i].chord == letter)
                        return true;
        return strchr(LETTERS_TAKEN, (char)letter) != NULL;
}

/* The first letter of the word that is free, else the first of the alphabet. */
static int32_t letter_for(const struct triage_ask *ask, const char *word)
{
        for (const char *p = word; *p; p++) {
                int32_t letter = tolower((unsigned char)*p);
                if (letter >= 'a' && letter <= 'z' && !is_taken(ask, letter))
                        return letter;
        }
        for (int32_t letter = 'a'; letter <= 'z'; letter++)
                if (!is_taken(ask, letter))
                        return letter;
        return CHORD_NONE;
}

/* ---- how severe ---- */

static void ask_severity(const struct view *v, struct triage_ask *ret)
{
        static const struct {
                char letter;
                const char *note;
        } rows[] = {
                [SEV_CRITICAL] = {'c', "service to the public is down"},
                [SEV_HIGH] = {'h', "severe disruption, or spreading"},
                [SEV_MEDIUM] = {'m', "limited disruption"},
                [SEV_LOW] = {'l', "no disruption yet"},
                [SEV_NONE] = {'n', "no incident, or a test"},
        };
        (void)v;
        for (int rank = SEV_CRITICAL; rank >= SEV_NONE; rank--)
                add(ret, &(struct triage_choice){.chord = rows[rank].letter,
                                                 .label = enum_at(&enum_severity, rank)->label,
                                                 .note = rows[rank].note,
                                                 .value = enum_at(&enum_severity, rank)->id,
                                                 .glyph = severity_glyph(rank),
                                                 .ink = severity_role(rank)});
}

/* ---- what it is ---- */

static void ask_class(const struct view *v, struct triage_ask *ret)
{
        const struct word_list *list = words_list(ui_ops(v->ui)->words, "rsit-class");
        for (size_t i = 0; list && i < list->count; i++) {
                const struct word *w = &list->words[i];
                int32_t letter = w->key && !w->key[1] && !is_taken(ret, w->key[0])
                                         ? w->key[0]
                                         : letter_for(ret, w->id);
                if (letter != CHORD_NONE)
                        add(ret, &(struct triage_choice){.chord = letter,
                                                         .label = w->id,
                                                         .note = w->note,
                                                         .value = w->id,
                                                         .glyph = GLYPH_COUNT});
        }
}

/* ---- who owns it ---- */

static bool is_offered(const struct triage_ask *ask, const char *name)
{
        for (size_t i = 0; i < ask->count; i++)
                if (ask->choices[i].value && strcmp(ask->choices[i].value, name) == 0)
                        return true;
        return false;
}

static void add_person(struct triage_ask *ask, const char *name, const char *note)
{
        int32_t letter = letter_for(ask, name);
        if (!name[0] || is_offered(ask, name) || letter == CHORD_NONE)
                return;
        add(ask, &(struct triage_choice){.chord = letter,
                                         .label = name,
                                         .note = note,
                                         .value = name,
                                         .glyph = GLYPH_COUNT});
}

static void ask_owner(const struct view *v, struct triage_ask *ret)
{
        const struct triage *t = state_of(v);
        const char *me = ui_ops(v->ui)->operator;
        if (me)
                add(ret, &(struct triage_choice){.chord = 'm',
                                                 .label = me,
                                                 .note = "me",
                                                 .value = me,
                                                 .glyph = GLYPH_COUNT});
        for (size_t i = 0; i < t->people_count; i++)
                add_person(ret, t->people[i].name, NULL);
        add_person(ret, now_of(t, "owner"), "has it now");
        add_person(ret, t->answers[ASK_OWNER], NULL);
        add(ret,
            &(struct triage_choice){.chord = 'x', .label = "somebody else", .glyph = GLYPH_COUNT});
}

/* ---- taken note of ---- */

static void ask_ack(const struct view *v, struct triage_ask *ret)
{
        const struct triage *t = state_of(v);
        bool done = !triage_can_ack(&t->row);
        add(ret, &(struct triage_choice){.chord = 'a',
                                         .label = done ? "save the changes, show the next"
                                                       : "acknowledge, show the next",
                                         .value = "ack",
                                         .glyph = GLYPH_COUNT});
        add(ret, &(struct triage_choice){
                         .chord = 'z', .label = "later, until a time", .glyph = GLYPH_COUNT});
}

/* ---- the table ---- */

static const struct {
        const char *question, *field, *verb;
        void (*choices)(const struct view *v, struct triage_ask *ret);
} questions[ASK_COUNT] = {
        [ASK_SEVERITY] = {"How severe is it, in our word?", "severity", "severity", ask_severity},
        [ASK_CLASS] = {"What is it?", "class", "set", ask_class},
        [ASK_OWNER] = {"Who owns it?", "owner", "owner", ask_owner},
        [ASK_ACK] = {"Acknowledge", NULL, "ack", ask_ack},
};

const char *triage_field_of(enum triage_question q)
{
        return questions[q].field;
}

const char *triage_verb_of(enum triage_question q)
{
        return questions[q].verb;
}

/* What Enter would take: the answer given, else what stands now, else oneself. */
static const char *likely(const struct view *v, enum triage_question q)
{
        const struct triage *t = state_of(v);
        const char *field = questions[q].field, *me = ui_ops(v->ui)->operator;
        if (!field)
                return "ack";
        if (t->answered[q])
                return t->answers[q];
        const char *now = now_of(t, field);
        return !now[0] && q == ASK_OWNER && me ? me : now;
}

static int find_choice(const struct triage_ask *ask, const char *value)
{
        for (size_t i = 0; i < ask->count; i++)
                if (ask->choices[i].value && strcmp(ask->choices[i].value, value) == 0)
                        return (int)i;
        return -1;
}

static void say(const struct view *v, enum triage_question q, struct triage_ask *ret)
{
        const struct triage *t = state_of(v);
        const char *field = questions[q].field, *type = now_of(t, "type");
        const struct ops *ops = ui_ops(v->ui);
        const char *value = field ? t->answered[q] ? t->answers[q] : now_of(t, field) : "";
        if (!field)
                snprintf(ret->said, sizeof(ret->said), "as %s%s%s",
                         ops->operator? ops->operator: "nobody", ops->role ? ", " : "",
                         ops->role ? ops->role : "");
        else if (q == ASK_CLASS && value[0] && type[0] && !t->answered[q])
                snprintf(ret->said, sizeof(ret->said), "%s / %s", value, type);
        else
                snprintf(ret->said, sizeof(ret->said), "%s", value);
}

static const char *enter_words(const struct view *v, enum triage_question q,
                               const struct triage_ask *ask)
{
        const struct triage *t = state_of(v);
        const char *field = questions[q].field;
        bool unsaid = field && !t->answered[q] && !now_of(t, field)[0];
        if (ask->marked < 0)
                return unsaid && is_theirs(t, field) ? "theirs says nothing; j and k mark a line"
                                                     : "j and k mark a line";
        if (t->cursor >= 0 || t->answered[q] || q == ASK_ACK || unsaid)
                return "Enter takes the marked line";
        return is_theirs(t, field) ? "Enter takes the marked line: same as theirs"
                                   : "Enter takes the marked line: as it is";
}

void triage_ask(const struct view *v, enum triage_question q, struct triage_ask *ret)
{
        const struct triage *t = state_of(v);
        *ret = (struct triage_ask){.question = questions[q].question, .marked = -1};
        questions[q].choices(v, ret);
        ret->marked = find_choice(ret, likely(v, q));
        if (q == t->at && t->cursor >= 0 && (size_t)t->cursor < ret->count)
                ret->marked = t->cursor;
        say(v, q, ret);
        ret->enter = enter_words(v, q, ret);
}
