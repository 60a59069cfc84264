/*
 * Who works here: operators of this database with role and PIN, who proves to be one, and who may
 * do what. Where names must be proven (struct ops, sign_in) nothing is written before somebody has
 * signed in; otherwise names are as said, unproven.
 *
 * What this keeps off is who walks up to the console or has its command line with a sign-in
 * required. It is no lock on the file: who can read the file reads it, and can try PINs at the
 * cost of argon2id.
 */
#ifndef MUSTER_OPS_OPERATORS_H
#define MUSTER_OPS_OPERATORS_H

#include "model/enums.h"
#include "ops/ops.h"

#define OPERATOR_NAME_BYTES 65 /* with NUL */
#define PIN_LEAST           6 /* characters: a shorter one is found in minutes by who has the file */
#define PIN_BYTES           257 /* with NUL */

/* 3 tries are free; then each further one waits twice as long. */
#define PIN_FREE_TRIES    3
#define PIN_WAIT_LEAST_MS INT64_C(2000)
#define PIN_WAIT_MOST_MS  INT64_C(900000)
int64_t operator_wait_ms(int64_t failures); /* before the next try */

/* Who somebody has proven to be, or says to be where nobody must prove it. */
struct ops_person {
        char name[OPERATOR_NAME_BYTES]; /* as it is written in the list of operators */
        enum operator_role role;
        bool is_proven;
        int64_t failures; /* wrong PINs since the last sign-in */
        /* How far the clock is behind what was written here lately: it was set back. 0: it is not,
         * or by less than CLOCK_BACK_LEAST_MS. */
        int64_t clock_back_ms;
};
#define CLOCK_BACK_LEAST_MS INT64_C(600000)

/* ---- who may do what: src/ops/operators.c ---- */

/* Whether this one could write at all: not read-only, no viewer. For what is offered; the doors ask
 * again. */
bool ops_may_write(const struct ops *ops);
/* What the doors ask. RC_DENIED: read-only, nobody, a viewer, one who was removed. */
enum rc ops_need_writer(const struct ops *ops, struct err *err);
/* RC_DENIED where what is named ("remotes are") is seen to by a lead. Without a sign-in everybody
 * may. */
enum rc ops_need_lead(const struct ops *ops, const char *what, struct err *err);

/* The first operator needs nobody and is a lead; then only a lead who has proven it adds and
 * removes them, whatever the configuration asks for. RC_CONFLICT: there is one of that name; none
 * of that name; the last lead. */
enum rc ops_operator_add(struct ops *ops, const char *name, enum operator_role role,
                         const char *pin, struct err *err);
enum rc ops_operator_remove(struct ops *ops, const char *name, struct err *err);
/* By the operator, or by a lead; who has forgotten theirs has no more tries to wait for. */
enum rc ops_operator_set_pin(struct ops *ops, const char *name, const char *pin, struct err *err);

/* ---- who it is: src/ops/sign_in.c ---- */

/* Is this one, and is here now. In the place of who was: then that one has signed out. RC_DENIED:
 * name and PIN do not fit, or too many tries; the sentence says how long to wait. Both are in the
 * journal. */
enum rc ops_sign_in(struct ops *ops, const char *name, const char *pin, struct ops_person *ret,
                    struct err *err);
/* What must be known of what happened before, in a sentence; NULL: nothing. malloc'ed. */
char *ops_person_warning(const struct ops_person *p);
/* Nobody is there any more; nothing happens where nobody has proven to be. */
enum rc ops_sign_out(struct ops *ops, struct err *err);
/* Where nobody must prove it: who acts from now on. RC_DENIED where one must. */
enum rc ops_call_operator(struct ops *ops, const char *name, struct err *err);
/* Somebody has locked the console, or nobody was there (idle). */
enum rc ops_tell_lock(struct ops *ops, bool idle, struct err *err);

/* Another one than `first` (NULL: than who is signed in), who may write: for what needs two. Who is
 * signed in can be that one, and proves it again. Without a sign-in the name is taken as it is and
 * the PIN not looked at. */
enum rc ops_second(struct ops *ops, const char *first, const char *name, const char *pin,
                   struct ops_person *ret, struct err *err);
/* The same database in another one's hands: what is done with *ret is done by that person. Borrows
 * both; it is not closed. */
void ops_as(const struct ops *ops, const struct ops_person *person, struct ops *ret);

#endif
