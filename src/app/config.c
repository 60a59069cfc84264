#include "app/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/ini.h"
#include "base/text.h"
#include "model/marking.h"
#include "model/nearest.h"

enum setting_type { SETTING_TEXT, SETTING_FLAG, SETTING_TLP, SETTING_CHOICE, SETTING_MINUTES };

#define MINUTES_MOST 1440

struct setting {
        const char *name;
        enum setting_type type;
        size_t at;           /* in struct config */
        const char *choices; /* "auto|yes|no": kept as an int, counted from 0; NULL = by the type */
        const char *help;
};

static const struct setting settings[] = {
        {"operator", SETTING_TEXT, offsetof(struct config, operator), NULL,
         "who is at the console; --as NAME says it for one command"},
        {"role", SETTING_TEXT, offsetof(struct config, role), NULL,
         "in which role; --as NAME:ROLE says it for one command"},
        {"sign_in", SETTING_CHOICE, offsetof(struct config, sign_in), "none|required",
         "required: who writes proves to be an operator by PIN; none: names are as they are said"},
        {"lock_after", SETTING_MINUTES, offsetof(struct config, lock_after), NULL,
         "minutes without a key until the console locks, 0: never; else 15 where sign_in = "
         "required, "
         "never without"},
        {"db", SETTING_TEXT, offsetof(struct config, db), NULL,
         "the database; else muster/muster.db in the data folder"},
        {"unit", SETTING_TEXT, offsetof(struct config, unit), NULL,
         "name of the unit for a database that import or new has to make"},
        {"theme", SETTING_TEXT, offsetof(struct config, theme), NULL,
         "colours: night, day, high-contrast, colour-blind, red-night, mono"},
        {"zone", SETTING_TEXT, offsetof(struct config, zone), NULL,
         "the local time shown beside UTC, as in Europe/Brussels; else the zone of the machine"},
        {"default_marking", SETTING_TLP, offsetof(struct config, default_marking), NULL,
         "what counts as the marking of a thing that has none"},
        {"review_significant", SETTING_FLAG, offsetof(struct config, review_significant), NULL,
         "significant entries of the log wait until another operator has reviewed them"},
        {"bell", SETTING_FLAG, offsetof(struct config, bell), NULL,
         "rings once for a new or worsened incident"},
        {"motion", SETTING_FLAG, offsetof(struct config, motion), NULL,
         "changed rows flash for a moment"},
        {"mouse", SETTING_FLAG, offsetof(struct config, mouse), NULL,
         "clicks and the wheel do something"},
        {"ascii", SETTING_CHOICE, offsetof(struct config, ascii), "auto|yes|no",
         "plain ASCII signs; auto: only where the terminal needs them"},
        {"linear", SETTING_FLAG, offsetof(struct config, linear), NULL,
         "one line a row, words for signs: for screen readers and braille"},
        {"times", SETTING_CHOICE, offsetof(struct config, times), "own|ages|instants",
         "times as each list has them, all as ages, or all as instants"},
        {"footer", SETTING_CHOICE, offsetof(struct config, footer), "letters|f-keys|none",
         "which keys the last line names"},
};

/* What each type takes, for people. */
static const char *const takes[] = {
        [SETTING_TEXT] = "TEXT",
        [SETTING_FLAG] = "yes|no",
        [SETTING_TLP] = "clear|green|amber|amber+strict|red",
        [SETTING_MINUTES] = "MINUTES",
};

bool config_setting_at(size_t i, struct config_setting *ret)
{
        if (i >= ARRAY_LEN(settings))
                return false;

        const struct setting *set = &settings[i];

        *ret = (struct config_setting){.name = set->name,
                                       .takes = set->choices ? set->choices : takes[set->type],
                                       .help = set->help};
        return true;
}

struct reading {
        struct config *config;
        const struct config_check *check; /* NULL: none */
        struct arena *arena;
};

void config_init(struct config *c)
{
        *c = (struct config){.default_marking = -1,
                             .lock_after = -1,
                             .bell = true,
                             .motion = true,
                             .mouse = true};
}

static enum rc read_flag(const char *name, const char *value, bool *ret, struct err *err)
{
        bool yes = strcmp(value, "yes") == 0;

        if (!yes && strcmp(value, "no") != 0)
                return err_set(err, RC_INVALID, "%s is yes or no, not %s", name, value);
        *ret = yes;
        return RC_OK;
}

static enum rc read_tlp(const char *name, const char *value, int *ret, struct err *err)
{
        int tlp = tlp_read(value);

        if (tlp < 0)
                return err_set(err, RC_INVALID,
                               "%s is clear, green, amber, amber+strict or red, not %s", name,
                               value);
        *ret = tlp;
        return RC_OK;
}

static enum rc read_minutes(const char *name, const char *value, int *ret, struct err *err)
{
        size_t len = strlen(value);
        long n = len && len < 6 && strspn(value, "0123456789") == len ? strtol(value, NULL, 10)
                                                                      : MINUTES_MOST + 1;

        if (n > MINUTES_MOST)
                return err_set(err, RC_INVALID, "%s takes minutes from 0 to %d, not %s", name,
                               MINUTES_MOST, value);
        *ret = (int)n;
        return RC_OK;
}

static enum rc read_choice(const struct setting *s, const char *value, int *ret, struct err *err)
{
        size_t len = strlen(value);
        int n = 0;

        for (const char *at = s->choices; *at; at += at[0] == '|', n++) {
                size_t bytes = strcspn(at, "|");

                if (bytes == len && strncmp(at, value, len) == 0) {
                        *ret = n;
                        return RC_OK;
                }
                at += bytes;
        }
        return err_set(err, RC_INVALID, "%s takes one of %s, not %s", s->name, s->choices, value);
}

static enum rc read_setting(const struct reading *r, const struct setting *s, const char *value,
                            struct err *err)
{
        void *at = (char *)r->config + s->at;

        switch (s->type) {
        case SETTING_FLAG: return read_flag(s->name, value, at, err);
        case SETTING_TLP: return read_tlp(s->name, value, at, err);
        case SETTING_CHOICE: return read_choice(s, value, at, err);
        case SETTING_MINUTES: return read_minutes(s->name, value, at, err);
        case SETTING_TEXT: break;
        }
        if (!text_is_clean(value, strlen(value), false))
                return err_set(err, RC_INVALID, "%s has characters that can't be shown", s->name);
        *(const char **)at = value[0] ? arena_strdup(r->arena, value) : NULL;
        return RC_OK;
}

static enum rc read_named(const struct reading *r, const char *name, const char *value,
                          struct err *err)
{
        struct nearest nearest;

        nearest_init(&nearest, name);
        for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
                if (strcmp(settings[i].name, name) == 0)
                        return read_setting(r, &settings[i], value, err);
                nearest_offer(&nearest, settings[i].name);
        }
        return err_set(err, RC_INVALID, "no setting %s; nearest: %s", name, nearest.best);
}

static enum rc add_pair(const struct reading *r, struct config_pair *pairs, size_t *count,
                        const struct config_pair *pair, struct err *err)
{
        if (*count == CONFIG_PAIRS_MAX)
                return err_set(err, RC_INVALID, "more than %d rows", CONFIG_PAIRS_MAX);
        pairs[(*count)++] = (struct config_pair){
                .name = arena_strdup(r->arena, pair->name),
                .value = arena_strdup(r->arena, pair->value),
        };
        return RC_OK;
}

static enum rc take_line(const struct reading *r, const char *section, const char *name,
                         const char *value, struct err *err)
{
        const struct config_pair pair = {name, value};

        if (!section[0])
                return read_named(r, name, value, err);
        if (strcmp(section, "keys") == 0)
                return add_pair(r, r->config->keys, &r->config->key_count, &pair, err);
        if (strcmp(section, "filters") == 0)
                return add_pair(r, r->config->filters, &r->config->filter_count, &pair, err);
        return err_set(err, RC_INVALID, "no section [%s]; there are [keys] and [filters]", section);
}

static enum rc read_line(void *ctx, const char *section, const char *name, const char *value,
                         struct err *err)
{
        const struct reading *r = ctx;
        enum rc rc = take_line(r, section, name, value, err);

        if (rc != RC_OK || !r->check)
                return rc;
        return r->check->value(r->check->ctx, section, name, value, err);
}

enum rc config_read(const char *text, size_t len, const struct config_check *check, struct arena *a,
                    struct config *c, struct err *err)
{
        struct reading r = {.config = c, .check = check, .arena = a};

        return ini_read(text, len, read_line, &r, err);
}

static char *default_path(void)
{
        AUTO_FREE char *dir = file_xdg(XDG_CONFIG);

        return dir ? file_join(dir, "muster.ini") : NULL;
}

enum rc config_load(const char *path, const struct config_check *check, struct arena *a,
                    struct config *c, struct err *err)
{
        AUTO_FREE char *usual = path ? NULL : default_path();
        AUTO_FREE char *text = NULL;
        size_t len;
        enum rc rc;

        if (!path && !usual)
                return RC_OK;
        rc = file_read_regular(path ? path : usual, INI_BYTES_MAX, &text, &len, err);
        if (rc == RC_NOTFOUND && !path) {
                err_clear(err);
                return RC_OK;
        }
        if (rc != RC_OK)
                return rc;
        rc = config_read(text, len, check, a, c, err);
        return rc == RC_OK ? RC_OK : err_wrap(err, rc, "%s", path ? path : usual);
}
