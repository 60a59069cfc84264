/*
 * Completion of a command line: what has been read of it, and what may stand at its end.
 */
#ifndef MUSTER_APP_COMPLETE_H
#define MUSTER_APP_COMPLETE_H

#include "app/cli.h"
#include "model/rules.h"

struct completing {
        struct app *app;
        const struct command *command; /* NULL: it is not named yet       */
        char **words;                  /* of the name of a command so far */
        size_t word_count;
        size_t position;          /* of the typed word among those that are no options */
        const struct kind *kind;  /* that the words before name; else of incidents      */
        const struct verb *verb;  /* likewise; or NULL                                  */
        const char *lead, *typed; /* what stays of the last word, and what may change   */
        struct ops ops;
        bool opened, tried; /* the database */
};

/* Prints the word where it goes on with what was typed; `what` says what it is, or NULL. */
void complete_offer(struct completing *c, const char *word, const char *what);
/* The same with `tail` behind it, where more is to come: "=" or ":". */
void complete_offer_open(struct completing *c, const char *word, const char *tail,
                         const char *what);
/* The database, read-only; false: there is none, or it can't be read now. */
bool complete_open(struct completing *c);

/* complete_places.c: what a place of this name ("REF", "KIND|outbox") takes. */
void complete_place(struct completing *c, const char *place);
/* What the place tells of the words behind it, once `word` stands there. */
void complete_learn(struct completing *c, const char *place, const char *word);

#endif
