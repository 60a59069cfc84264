/*
 * Values of the config file that the file alone can't tell: which themes, zones and words there
 * are on this machine.
 */
#include <stdlib.h>
#include <string.h>

#include "app/data.h"
#include "base/clock.h"
#include "base/file.h"
#include "model/filter.h"
#include "model/kind.h"
#include "model/nearest.h"
#include "ui/theme.h"

#include "app_private.h"

#define ZONES          "/usr/share/zoneinfo"
#define ZONE_BYTES_MAX ((size_t)256 * 1024)

/* A file of the C library's zones: tzfile(5) begins with TZif. */
static enum rc check_zone(const char *zone, struct err *err)
{
        const char *tzdir = getenv("TZDIR"), *dir = tzdir && *tzdir ? tzdir : ZONES;
        AUTO_FREE char *path = file_join(dir, zone);
        AUTO_FREE char *bytes = NULL;
        size_t len = 0;
        bool inside = zone[0] != '/' && !strstr(zone, "..");

        if (inside && file_read(path, ZONE_BYTES_MAX, &bytes, &len, NULL) == RC_OK && len > 4 &&
            memcmp(bytes, "TZif", 4) == 0)
                return RC_OK;
        return err_set(err, RC_INVALID, "there is no zone %s in %s; names are as Europe/Brussels",
                       zone, dir);
}

static enum rc check_theme(struct app *app, const char *theme, struct err *err)
{
        struct nearest n;

        if (strcmp(theme, theme_night.name) == 0 || strcmp(theme, theme_mono.name) == 0)
                return RC_OK;
        if (app_load_data(app, NULL) != RC_OK) /* which says so itself when it is needed */
                return RC_OK;
        if (!app->themes &&
            data_themes(app->data_dir, &app->arena, &app->themes, &app->theme_count, err) != RC_OK)
                return RC_INVALID;
        nearest_init(&n, theme);
        nearest_offer(&n, theme_night.name);
        nearest_offer(&n, theme_mono.name);
        for (size_t i = 0; i < app->theme_count; i++) {
                if (strcmp(app->themes[i].name, theme) == 0)
                        return RC_OK;
                nearest_offer(&n, app->themes[i].name);
        }
        return err_set(err, RC_INVALID, "there is no theme %s; nearest: %s", theme, n.best);
}

/* Any reference may be there when the line is used. */
static const char *any_reference(void *ctx, const char *typed, struct arena *a)
{
        (void)ctx;
        return arena_strdup(a, typed);
}

/* A saved line is for the list that it is used on: some kind must understand it. */
static enum rc check_filter(struct app *app, const char *line, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        enum rc rc = RC_INVALID;

        if (app_load_data(app, NULL) != RC_OK)
                return RC_OK;
        for (size_t i = 0; rc != RC_OK && i < kind_count(); i++) {
                struct filter_context ctx = {.kind = kind_at(i),
                                             .values = {.words = app->words,
                                                        .now_ms = clock_now_ms(),
                                                        .me = "me",
                                                        .resolve = any_reference}};
                struct filter filter;
                struct err why = {0};

                rc = filter_read(line, &ctx, &a, &filter, NULL, &why);
                if (rc != RC_OK && ctx.kind == &kind_incident)
                        err_set(err, rc, "%s", why.text);
        }
        if (rc == RC_OK)
                err_clear(err);
        return rc;
}

enum rc config_check_value(void *ctx, const char *section, const char *name, const char *value,
                           struct err *err)
{
        struct app *app = ctx;

        if (strcmp(section, "filters") == 0)
                return check_filter(app, value, err);
        if (section[0] || !value[0])
                return RC_OK;
        if (strcmp(name, "zone") == 0)
                return check_zone(value, err);
        return strcmp(name, "theme") == 0 ? check_theme(app, value, err) : RC_OK;
}
