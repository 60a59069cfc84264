/*
 * The operator's config file, muster.ini. data/muster.ini is the commented default.
 */
#ifndef MUSTER_APP_CONFIG_H
#define MUSTER_APP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"

#define CONFIG_PAIRS_MAX 200

enum config_ascii { ASCII_AUTO, ASCII_YES, ASCII_NO };
enum config_sign_in { SIGN_IN_NONE, SIGN_IN_REQUIRED };

struct config_pair {
        const char *name, *value;
};

struct config {
        const char *operator, * role, *db, *theme, *zone, *unit; /* NULL = not said */
        int default_marking;                                     /* enum tlp, -1 = not said */
        bool review_significant;
        bool bell, motion, mouse, linear;
        int sign_in;                               /* enum config_sign_in */
        int lock_after;                            /* minutes, 0 = never, -1 = not said */
        int ascii;                                 /* enum config_ascii */
        int times, footer;                         /* enum times, enum footer_keys of ui/ui.h */
        struct config_pair keys[CONFIG_PAIRS_MAX]; /* chord, command */
        size_t key_count;
        struct config_pair filters[CONFIG_PAIRS_MAX]; /* name, filter line */
        size_t filter_count;
};

/* A row of the table of settings, for the manual. */
struct config_setting {
        const char *name;
        const char *takes; /* "yes|no" */
        const char *help;
};
bool config_setting_at(size_t i, struct config_setting *ret); /* false behind the last */

/* Whether a value can be used where more than the file tells: which themes, zones and words there
 * are. Asked of every line that the file may have; section "" before the first. */
struct config_check {
        enum rc (*value)(void *ctx, const char *section, const char *name, const char *value,
                         struct err *err);
        void *ctx;
};

void config_init(struct config *c);
/* What is not named keeps its value. RC_INVALID names line, what is wrong, the nearest. Strings are
 * in the arena. check NULL: what the file alone tells. */
enum rc config_read(const char *text, size_t len, const struct config_check *check, struct arena *a,
                    struct config *c, struct err *err);
/* path NULL: the default place, where no file is fine. */
enum rc config_load(const char *path, const struct config_check *check, struct arena *a,
                    struct config *c, struct err *err);

#endif
