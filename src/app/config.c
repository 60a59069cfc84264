#include "app/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/ini.h"
#include "base/text.h"
#include "model/marking.h"
#include "model/nearest.h"

enum setting_type { SETTING_TEXT, SETTING_FLAG, SETTING_TLP };

struct setting {
        const char *name;
        enum setting_type type;
        size_t at; /* in struct config */
};

static const struct setting settings[] = {
        {"operator", SETTING_TEXT, offsetof(struct config, operator)},
        {"role", SETTING_TEXT, offsetof(struct config, role)},
        {"db", SETTING_TEXT, offsetof(struct config, db)},
        {"unit", SETTING_TEXT, offsetof(struct config, unit)},
        {"theme", SETTING_TEXT, offsetof(struct config, theme)},
        {"zone", SETTING_TEXT, offsetof(struct config, zone)},
        {"default_marking", SETTING_TLP, offsetof(struct config, default_marking)},
        {"review_significant", SETTING_FLAG, offsetof(struct config, review_significant)},
        {"bell", SETTING_FLAG, offsetof(struct config, bell)},
        {"motion", SETTING_FLAG, offsetof(struct config, motion)},
        {"mouse", SETTING_FLAG, offsetof(struct config, mouse)},
        {"ascii", SETTING_FLAG, offsetof(struct config, ascii)},
};

struct reading {
        struct config *config;
        struct arena *arena;
};

void config_init(struct config *c)
{
        *c = (struct config){.default_marking = -1, .bell = true, .motion = true, .mouse = true};
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

static enum rc read_setting(const struct reading *r, const struct setting *s, const char *value,
                            struct err *err)
{
        void *at = (char *)r->config + s->at;

        switch (s->type) {
        case SETTING_FLAG: return read_flag(s->name, value, at, err);
        case SETTING_TLP: return read_tlp(s->name, value, at, err);
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

static enum rc read_line(void *ctx, const char *section, const char *name, const char *value,
                         struct err *err)
{
        const struct reading *r = ctx;
        const struct config_pair pair = {name, value};

        if (!section[0])
                return read_named(r, name, value, err);
        if (strcmp(section, "keys") == 0)
                return add_pair(r, r->config->keys, &r->config->key_count, &pair, err);
        if (strcmp(section, "filters") == 0)
                return add_pair(r, r->config->filters, &r->config->filter_count, &pair, err);
        return err_set(err, RC_INVALID, "no section [%s]; there are [keys] and [filters]", section);
}

enum rc config_read(const char *text, size_t len, struct arena *a, struct config *c,
                    struct err *err)
{
        struct reading r = {.config = c, .arena = a};

        return ini_read(text, len, read_line, &r, err);
}

static char *default_path(void)
{
        AUTO_FREE char *dir = file_xdg(XDG_CONFIG);

        return dir ? file_join(dir, "muster.ini") : NULL;
}

enum rc config_load(const char *path, struct arena *a, struct config *c, struct err *err)
{
        AUTO_FREE char *usual = path ? NULL : default_path();
        AUTO_FREE char *text = NULL;
        size_t len;
        enum rc rc;

        if (!path && !usual)
                return RC_OK;
        rc = file_read(path ? path : usual, INI_BYTES_MAX, &text, &len, err);
        if (rc == RC_NOTFOUND && !path) {
                err_clear(err);
                return RC_OK;
        }
        if (rc != RC_OK)
                return rc;
        rc = config_read(text, len, a, c, err);
        return rc == RC_OK ? RC_OK : err_wrap(err, rc, "%s", path ? path : usual);
}
