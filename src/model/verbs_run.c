/*
 * The verbs of runs, and their details. Each is an event of play/event.h: it sets no field, and
 * what it does to the run, and whether it may be done, is told there. A step is named as people see
 * it (its number in the plan); `place` is what the act keeps.
 */
#include "model/guards.h"

#include "model_private.h"

#define STEP(is_needed)                                                                            \
        {                                                                                          \
                .name = "step", .label = "step", .help = "its number in the plan, such as 3a.1",   \
                .type = FIELD_LINE, .needed = (is_needed)                                          \
        }
#define NOTE                                                                                       \
        {                                                                                          \
                .name = "note", .label = "note", .help = "what is worth knowing about it",         \
                .type = FIELD_TEXT                                                                 \
        }
#define WHO(label_, help_)                                                                         \
        {                                                                                          \
                .name = "value", .label = (label_), .help = (help_), .type = FIELD_LINE,           \
                .needed = true                                                                     \
        }
/* Said by the program: where it is, of which round, what its author saw, for which incident. */
#define OWN                                                                                        \
        {.name = "place",                                                                          \
         .label = "place",                                                                         \
         .help = "the place of the step in the run",                                               \
         .type = FIELD_LINE,                                                                       \
         .own = true},                                                                             \
                {.name = "round",                                                                  \
                 .label = "round",                                                                 \
                 .help = "how many rounds had begun",                                              \
                 .type = FIELD_COUNT,                                                              \
                 .own = true},                                                                     \
                {.name = "saw",                                                                    \
                 .label = "saw",                                                                   \
                 .help = "the entry whose value it replaces",                                      \
                 .type = FIELD_REF,                                                                \
                 .own = true},                                                                     \
                {.name = "incident",                                                               \
                 .label = "incident",                                                              \
                 .help = "the incident that the run is for",                                       \
                 .type = FIELD_REF,                                                                \
                 .own = true},                                                                     \
        {                                                                                          \
                .name = NULL                                                                       \
        }

static const struct detail_row step_details[] = {STEP(true), NOTE, OWN};

static const struct detail_row sign_details[] = {
        STEP(true),
        NOTE,
        {.name = "value",
         .label = "as",
         .help = "skip or not-applicable, where that is signed",
         .type = FIELD_LINE,
         .own = true},
        OWN};

static const struct detail_row answer_details[] = {
        {.name = "value",
         .label = "answer",
         .help = "yes, no; again, leave; a case; the content of a playbook",
         .type = FIELD_LINE,
         .needed = true},
        STEP(true),
        NOTE,
        OWN};

static const struct detail_row value_details[] = {
        {.name = "variable",
         .label = "variable",
         .help = "its name: __host__, or host",
         .type = FIELD_LINE,
         .needed = true},
        {.name = "value", .label = "value", .help = "what it takes", .type = FIELD_TEXT},
        STEP(false),
        NOTE,
        OWN};

static const struct detail_row owner_details[] = {{.name = "value",
                                                   .label = "who",
                                                   .help = "who does it; none, if left out",
                                                   .type = FIELD_LINE},
                                                  STEP(false),
                                                  NOTE,
                                                  OWN};

static const struct detail_row due_details[] = {
        {.name = "value",
         .label = "due",
         .help = "until when: +2h, 18:00; as the playbook has it, if left out",
         .type = FIELD_TIME},
        STEP(true),
        NOTE,
        OWN};

static const struct detail_row remark_details[] = {{.name = "note",
                                                    .label = "note",
                                                    .help = "what is worth knowing",
                                                    .type = FIELD_TEXT,
                                                    .needed = true},
                                                   STEP(false),
                                                   OWN};

static const struct detail_row evidence_details[] = {
        {.name = "value",
         .label = "evidence",
         .help = "a text, a reference, or ./FILE: its name and SHA-256 are kept",
         .type = FIELD_LINE,
         .needed = true},
        STEP(false),
        NOTE,
        OWN};

static const struct detail_row hand_over_details[] = {
        WHO("to", "who takes over: the run with what is open, or one step"), STEP(false), NOTE,
        OWN};

static const struct detail_row whole_details[] = {NOTE, OWN};

static const struct detail_row reconcile_details[] = {STEP(true), NOTE, OWN};

static const struct detail_row take_back_details[] = {
        {.name = "value",
         .label = "entry",
         .help = "the entry that counts no more: LOG-0042",
         .type = FIELD_REF,
         .needed = true},
        NOTE,
        OWN};

static const struct detail_row move_details[] = {
        {.name = "value",
         .label = "to",
         .help = "SHA-256 of the document, its beginning, or newest",
         .type = FIELD_LINE,
         .needed = true},
        NOTE,
        OWN};

#define RUN_VERB .kind = "run", .group = "run", .sets = SETS_NONE, .own_text = true

const struct verb verbs_of_runs[] = {
        {RUN_VERB, .name = "complete", .did = "done", .label = "complete", .letter = 'x',
         .help = "says that a step is done; one for two people waits for the second then",
         .details = step_details},
        {RUN_VERB, .name = "fail", .did = "failed", .label = "failed", .letter = 'f',
         .help = "says that a step was tried and did not work", .details = step_details},
        {RUN_VERB, .name = "skip", .did = "skipped", .label = "skip", .letter = 's',
         .help = "leaves a step out, with what is open inside it; needs a reason, and where it is "
                 "for two people the second",
         .needs_reason = true, .details = step_details},
        {RUN_VERB, .name = "not-applicable", .did = "not applicable", .label = "not applicable",
         .letter = 'N',
         .help = "says that a step has nothing to do here; needs a reason, and where "
                 "it is for two people the second",
         .needs_reason = true, .details = step_details},
        {RUN_VERB, .name = "sign", .did = "signed", .label = "sign", .letter = 'S',
         .help = "signs, as a second person, what was completed, answered or left out",
         .details = sign_details},
        {RUN_VERB, .name = "answer", .did = "answered", .label = "answer", .letter = 'a',
         .help = "answers which way it goes on", .details = answer_details},
        {RUN_VERB, .name = "value", .did = "value given", .label = "value", .letter = 'v',
         .help = "gives a variable a value", .details = value_details},
        {RUN_VERB, .name = "owner", .did = "given to", .label = "owner", .letter = 'o',
         .help = "says who does a step, or leads the run", .details = owner_details},
        {RUN_VERB, .name = "due", .did = "due time changed", .label = "due", .letter = 't',
         .help = "says until when a step is due", .details = due_details},
        {RUN_VERB, .name = "remark", .did = "noted", .label = "note on a step", .letter = 'r',
         .said = true, .help = "writes a note about a step, or the run", .details = remark_details},
        {RUN_VERB, .name = "evidence", .did = "evidence kept", .label = "evidence", .letter = 'E',
         .said = true,
         .help = "keeps what proves a step: a text, a reference, or of ./FILE its name "
                 "and hash",
         .details = evidence_details},
        {RUN_VERB, .name = "hand-over", .did = "handed over", .label = "hand over", .letter = 'h',
         .help = "hands over the run with what is open, or one step", .details = hand_over_details},
        {RUN_VERB, .name = "pause", .did = "paused", .label = "pause", .letter = 'P',
         .help = "stops the due times, over a shift; until it is resumed no step is answered",
         .details = whole_details},
        {RUN_VERB, .name = "resume", .did = "resumed", .label = "resume", .letter = 'p',
         .help = "lets a paused run go on, and its due times", .details = whole_details},
        {RUN_VERB, .name = "cancel", .did = "cancelled", .label = "cancel", .letter = 'C',
         .help = "ends the run; needs a reason", .needs_reason = true, .details = whole_details},
        {RUN_VERB, .name = "reconcile", .did = "contradiction looked at", .label = "reconcile",
         .letter = 'c',
         .help = "says that what contradicts itself at a step was looked at; what holds, holds",
         .details = reconcile_details},
        {RUN_VERB, .name = "take-back", .did = "taken back", .label = "take back", .letter = 'b',
         .help = "takes an entry of the run back: it is as if it never was",
         .details = take_back_details},
        {RUN_VERB, .name = "move", .did = "moved to another version", .label = "move",
         .letter = 'M', .help = "goes on by another version of the playbook",
         .details = move_details},
        {.name = NULL},
};
