/*
 * Playbooks for tests, written in lines, and what people do with them.
 *
 *   ID TYPE WORD...   type: start end action parallel if while switch playbook other
 *     >ID +ID !ID     on_completion, on_success, on_failure
 *     /ID /LABEL=ID   a branch; of an if the first is true
 *     ?NAME           condition: the variable __NAME__; ??: prose
 *     =NAME           switch variable
 *     two must delay=MS timeout=MS name=TITLE owner=ID in=NAME out=NAME @PLAYBOOK
 *     var=NAME        a variable of the step, a string
 *   var NAME TYPE [VALUE] [const]
 *   exception ID      the first step of type start is where it starts
 */
#ifndef MUSTER_TESTS_PLAY_BOOKS_H
#define MUSTER_TESTS_PLAY_BOOKS_H

#include "base/mem.h"
#include "play/run.h"

#define BOOK_START_MS 1764160000000LL

/* Everything lives in the arena. */
const struct playbook *book_read(struct arena *a, const char *lines);

/* One person after the other at a run. */
struct table {
        struct arena arena;
        struct run_start start;
        struct run *run;
        const char *who; /* "duarte" */
        int64_t at_ms;   /* a minute later with each event */
        size_t said;
        const struct playbook *others[4]; /* found as "hash-0", ... */
};

void table_open(struct table *t, const char *lines);
void table_close(struct table *t);
/* The event is taken; false where it is not applied. value is also the reason of who skips. */
bool say(struct table *t, enum play_verb verb, const char *place, const char *value);
bool set(struct table *t, const char *place, const char *variable, const char *value);
struct play_event *make(struct table *t, enum play_verb verb, const char *place, const char *value);
const char *why_not(const struct table *t); /* of the last event */
/* Places of what is to be done, with a blank between. */
const char *to_do(struct table *t);
enum step_state state_of(const struct table *t, const char *place);
char *printed(const struct run *run); /* malloc'ed */

#endif
