/*
 * What the acts of a verb say besides what they set. Their order is that of forms and of sentences.
 */
#include "base/mem.h"
#include "model/guards.h"

/* An assessment says how likely it is, and how well founded. */
#define LIKELIHOOD                                                                                 \
        {                                                                                          \
                .name = "likelihood", .label = "likelihood",                                       \
                .help = "how likely that is: {words}", .type = FIELD_WORD, .words = "likelihood",  \
                .told = true                                                                       \
        }
#define CONFIDENCE                                                                                 \
        {                                                                                          \
                .name = "confidence", .label = "confidence",                                       \
                .help = "how well founded that is: {words}", .type = FIELD_WORD,                   \
                .words = "confidence", .told = true                                                \
        }

#define ROW_WANTS_REVIEW                                                                           \
        {                                                                                          \
                .name = "wants_review", .label = "wants review", .own = true,                      \
                .help = "yes: another person must read it; said by the console's configuration",   \
                .type = FIELD_WORD, .words = "yes-no"                                              \
        }

const struct detail_row outlook_details[] = {LIKELIHOOD, CONFIDENCE, {.name = NULL}};

const struct detail_row hold_details[] = {{.name = "decider",
                                           .label = "decided by",
                                           .help = "who decided not to; empty: you",
                                           .type = FIELD_LINE,
                                           .needed = true,
                                           .person = true,
                                           .told = true,
                                           .joint = " by "},
                                          {.name = NULL}};

/* A decision that stands up to an inquiry later: JESIP joint decision log. */
const struct detail_row decision_details[] = {
        {.name = "decision",
         .label = "decision",
         .help = "what was decided",
         .type = FIELD_TEXT,
         .needed = true,
         .told = true},
        {.name = "rationale",
         .label = "because",
         .help = "why this and not another option",
         .type = FIELD_TEXT,
         .needed = true,
         .told = true},
        {.name = "question",
         .label = "question",
         .help = "what had to be decided",
         .type = FIELD_TEXT},
        {.name = "options",
         .label = "options",
         .help = "what else was considered, one a line",
         .type = FIELD_TEXT},
        {.name = "information",
         .label = "information",
         .help = "what was known at the time",
         .type = FIELD_TEXT},
        {.name = "grade",
         .label = "grade",
         .help = "how good that information is: source A-F and credibility 1-6, as B2",
         .type = FIELD_WORD,
         .words = "admiralty"},
        LIKELIHOOD,
        CONFIDENCE,
        {.name = "decider",
         .label = "decider",
         .help = "who decided; me",
         .type = FIELD_LINE,
         .needed = true,
         .person = true},
        {.name = "consulted", .label = "consulted", .help = "who was asked", .type = FIELD_LINE},
        {.name = "dissent",
         .label = "dissent",
         .help = "who disagreed, and why",
         .type = FIELD_TEXT},
        {.name = "review",
         .label = "review",
         .help = "when it must be looked at again: +4h, tomorrow 08:00",
         .type = FIELD_TIME,
         .ahead = true,
         .told = true},
        {.name = "follows",
         .label = "follows",
         .help = "the earlier decision that this one reviews or replaces: its reference",
         .type = FIELD_REF},
        ROW_LATE,
        {.name = NULL},
};

const struct detail_row note_details[] = {
        {.name = "scope",
         .label = "log",
         .help = "which log it belongs to: {words}",
         .type = FIELD_WORD,
         .words = "log-scope"},
        {.name = "significant",
         .label = "significant",
         .help = "yes: it is an event of note, for hand-over and situation report",
         .type = FIELD_WORD,
         .words = "yes-no"},
        ROW_WANTS_REVIEW,
        {.name = "update",
         .label = "update",
         .help = "yes: it is the update that was owed; the next is due a cadence later",
         .type = FIELD_WORD,
         .words = "yes-no"},
        ROW_LATE,
        {.name = NULL},
};

const struct detail_row correct_details[] = {
        {.name = "corrects",
         .label = "corrects",
         .help = "the entry of the log that is corrected",
         .type = FIELD_REF,
         .needed = true},
        {.name = "scope",
         .label = "log",
         .own = true,
         .help = "the log of the entry that is corrected",
         .type = FIELD_WORD,
         .words = "log-scope"},
        {.name = "significant",
         .label = "significant",
         .own = true,
         .help = "yes: the entry that is corrected is an event of note",
         .type = FIELD_WORD,
         .words = "yes-no"},
        ROW_WANTS_REVIEW,
        {.name = NULL},
};

const struct detail_row review_details[] = {
        {.name = "reviews",
         .label = "reviews",
         .help = "the entry of the log that was read",
         .type = FIELD_REF,
         .needed = true},
        {.name = "comment",
         .label = "comment",
         .help = "what there is to say about it",
         .type = FIELD_TEXT,
         .told = true},
        {.name = NULL},
};

const struct detail_row update_details[] = {
        {.name = "text",
         .label = "text",
         .help = "how things stand, in plain words",
         .type = FIELD_TEXT,
         .needed = true,
         .told = true},
        ROW_LATE,
        {.name = NULL},
};

#define DESPITE                                                                                    \
        {                                                                                          \
                .name = "despite", .label = "despite that",                                        \
                .help = "why it is closed though something is still open", .type = FIELD_LINE,     \
                .told = true                                                                       \
        }

const struct detail_row close_details[] = {DESPITE, {.name = NULL}};

const struct detail_row status_details[] = {
        DESPITE,
        {.name = "update",
         .label = "update",
         .help = "yes: it is the update that was owed; the next is due a cadence later",
         .type = FIELD_WORD,
         .words = "yes-no"},
        {.name = NULL},
};

/* An act on the incident that stays; the one that goes is closed by an act of its own. */
const struct detail_row merge_details[] = {
        {.name = "merged",
         .label = "from",
         .help = "the incident that goes: it is closed as a duplicate",
         .type = FIELD_REF,
         .needed = true,
         .told = true},
        {.name = "co_owner",
         .label = "also owned by",
         .own = true,
         .help = "who owned the one that goes",
         .type = FIELD_LINE,
         .told = true},
        {.name = "first_known",
         .label = "first known",
         .own = true,
         .help = "when the one that goes was made, where that was earlier",
         .type = FIELD_TIME,
         .told = true},
        {.name = "with",
         .label = "with",
         .own = true,
         .help = "the act that closed the one that goes; undone together",
         .type = FIELD_REF},
        {.name = NULL},
};

/* Which clock, and from when. */
#define RULE_DETAIL                                                                                \
        {                                                                                          \
                .name = "rule", .label = "rule",                                                   \
                .help = "a regime such as nis2 or gdpr, or one rule such as nis2-ew",              \
                .type = FIELD_LINE, .needed = true                                                 \
        }
#define ANCHOR_DETAIL(says)                                                                        \
        {                                                                                          \
                .name = "anchor", .label = "from", .help = says, .type = FIELD_TIME                \
        }

const struct detail_row start_details[] = {
        RULE_DETAIL,
        ANCHOR_DETAIL("the event that it runs from, such as becoming aware: -2h, 24 Nov 01:04"),
        {.name = "variant",
         .label = "variant",
         .help = "who it is for where that makes a difference: trust-service",
         .type = FIELD_LINE},
        {.name = "state",
         .label = "days of",
         .help = "the State whose public holidays count, where it is not the incident's: PT",
         .type = FIELD_WORD,
         .words = "state"},
        {.name = NULL},
};

const struct detail_row stop_details[] = {
        RULE_DETAIL,
        ANCHOR_DETAIL("where several run: the event that it runs from"),
        {.name = NULL},
};

/* Which authority was told when, how and by whom, and what it was told: NIS2, Article 23(4). */
const struct detail_row file_details[] = {
        RULE_DETAIL,
        {.name = "authority",
         .label = "authority",
         .help = "who got it: CERT-FR, the data protection authority",
         .type = FIELD_LINE,
         .needed = true},
        {.name = "items",
         .label = "content",
         .help = "what it has, by name, with commas; all",
         .type = FIELD_LINE},
        {.name = "at",
         .label = "filed at",
         .help = "when it was sent; now, if nothing is said: -10min, 14:00",
         .type = FIELD_TIME},
        {.name = "channel",
         .label = "channel",
         .help = "on which way: portal, e-mail, telephone",
         .type = FIELD_LINE},
        {.name = "reference",
         .label = "reference",
         .help = "the number that the authority gave it",
         .type = FIELD_LINE},
        {.name = "by",
         .label = "sent by",
         .help = "who sent it; me",
         .type = FIELD_LINE,
         .needed = true,
         .person = true},
        ANCHOR_DETAIL("where several run: the event that it runs from"),
        {.name = NULL},
};
