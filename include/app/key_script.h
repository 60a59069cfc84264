/*
 * The words of a key script (app/console.h): lines, steps, keys and numbers; what they do is the
 * replay's. Knows no console.
 */
#ifndef MUSTER_APP_KEY_SCRIPT_H
#define MUSTER_APP_KEY_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct key_script {
        char *at;     /* behind the lines read; the text is cut into lines as it is read */
        int line;     /* number of the one read last, from 1 */
        size_t count; /* bytes of the name of its step       */
};

/* The next line that says something, without blanks before it: a step's name, a blank, the rest.
 * NULL behind the last. */
const char *key_script_next(struct key_script *s);
/* What stands behind the name of the step. */
const char *key_script_rest(const struct key_script *s, const char *line);

/* The next of `keys`: a character or <NAME>; *s moves behind it. RC_INVALID: no such key. */
enum rc key_script_key(const char **s, int32_t *ret_chord, struct err *err);
/* The next of `type`: a character, whatever it is. */
enum rc key_script_char(const char **s, int32_t *ret_chord, struct err *err);
/* Digits, behind blanks or an x; at most 10000. False: there is no such number. */
bool key_script_number(const char **s, int *ret);

#endif
