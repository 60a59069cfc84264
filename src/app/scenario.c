#include "app/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/str.h"
#include "model/when.h"
#include "wire/stix.h"

#include "app_private.h"

/* Names of things and acts of a scenario are made from its own keys below this one. */
#define NAMES "5b7d2c9a-6c1e-5d0b-8f34-91a7c2e4d610"

static const char *text_of(const struct json_t *obj, const char *key)
{
        return json_text(json_get(obj, key), NULL);
}

enum rc scenario_need(const struct gathering *g, const struct json_t *obj, const char *key,
                      const char **ret)
{
        *ret = text_of(obj, key);
        return *ret ? RC_OK : err_set(g->err, RC_INVALID, "\"%s\" is missing", key);
}

const char *scenario_id(struct scenario *sc, const char *type, const char *key)
{
        char uuid[UUID_TEXT];

        ident_uuid5(NAMES, key, uuid);
        return arena_printf(&sc->arena, "%s--%s", type, uuid);
}

enum rc scenario_find_unit(const struct gathering *g, const char *key, const char **ret)
{
        const struct json_t *units = json_get(g->sc->doc, "units");

        for (size_t i = 0; key && i < json_len(units); i++) {
                const char *its = text_of(json_at(units, i), "key");

                if (its && strcmp(its, key) == 0) {
                        AUTO_FREE char *name = xasprintf("unit %s", key);

                        *ret = scenario_id(g->sc, "identity", name);
                        return RC_OK;
                }
        }
        return err_set(g->err, RC_INVALID, "there is no unit %s", key);
}

static enum rc write_unit(const struct gathering *g, const struct json_t *unit)
{
        struct thing now;
        struct subject s = {.key = text_of(unit, "key")};
        const char *name, *state = text_of(unit, "state");
        enum rc rc = scenario_need(g, unit, "name", &name);

        if (rc == RC_OK)
                rc = scenario_find_unit(g, s.key, &s.unit);
        if (rc != RC_OK)
                return rc;
        thing_init(&now, &kind_participant, s.unit);
        now.created_by = s.unit;
        now.created_ms = g->sc->start_ms - 90ll * 24 * 3600 * 1000;
        thing_set(&now, "name", name);
        thing_set(&now, "class", "organization");
        thing_set(&now, "contact", text_of(unit, "contact"));
        thing_set_items(&now, "roles", (const char *const[]){"csirt"}, 1, &g->sc->arena);
        if (state)
                thing_set_items(&now, "states", &state, 1, &g->sc->arena);
        s.now = now;
        return scenario_version(g, &s, now.created_ms);
}

/* ---- what there is -------------------------------------------------------------------------- */

struct subject *scenario_add_subject(struct scenario *sc)
{
        struct subject *s = arena_array(&sc->arena, 1, sizeof(*s));

        sc->subjects = arena_grow(&sc->arena, sc->subjects, sc->subject_count, &sc->subject_room,
                                  sizeof(struct subject *));
        sc->subjects[sc->subject_count++] = s;
        return s;
}

struct subject *scenario_subject(const struct scenario *sc, const char *key)
{
        for (size_t i = 0; key && i < sc->subject_count; i++)
                if (sc->subjects[i]->key && strcmp(sc->subjects[i]->key, key) == 0)
                        return sc->subjects[i];
        return NULL;
}

/* ---- the scenario -------------------------------------------------------------------------- */

static void read_about(struct scenario *sc)
{
        const struct json_t *unit = json_get(sc->doc, "unit");

        sc->about = (struct scenario_about){
                .exercise = json_text(json_get(sc->doc, "exercise"), ""),
                .operator= json_text(json_get(sc->doc, "operator"), "duty officer"),
                .role = text_of(sc->doc, "role"),
                .unit_name = json_text(json_get(unit, "name"), "unit"),
                .unit_id = scenario_id(sc, "identity", "our unit"),
                .desk = text_of(unit, "desk"),
        };
}

/* When the arrival `next` is due. */
static enum rc set_due(struct scenario *sc, struct err *err)
{
        const struct json_t *arrivals = json_get(sc->doc, "arrivals");
        int64_t after;
        enum rc rc;

        if (sc->next >= json_len(arrivals))
                return RC_OK;
        rc = duration_read(json_text(json_get(json_at(arrivals, sc->next), "after"), ""), &after,
                           err);
        if (rc == RC_OK)
                sc->due_ms += after;
        return rc == RC_OK ? RC_OK : err_wrap(err, rc, "arrival %zu", sc->next);
}

enum rc scenario_open(const char *path, const struct words *words, int64_t start_ms,
                      struct scenario **ret, struct err *err)
{
        AUTO_FREE char *bytes = NULL;
        struct json_t *doc = NULL;
        struct scenario *sc;
        size_t len;
        enum rc rc = file_read(path, SCENARIO_MAX, &bytes, &len, err);

        if (rc == RC_OK)
                rc = json_parse(bytes, len, &doc, err);
        if (rc != RC_OK)
                return err_wrap(err, rc, "%s", path);
        sc = xcalloc(1, sizeof(*sc));
        *sc = (struct scenario){
                .doc = doc, .words = words, .start_ms = start_ms, .due_ms = start_ms};
        arena_init(&sc->arena);
        sc->folder = xstrndup(path, strrchr(path, '/') ? (size_t)(strrchr(path, '/') - path) : 0);
        read_about(sc);
        *ret = sc;
        return RC_OK;
}

void scenario_close(struct scenario *sc)
{
        if (!sc)
                return;
        json_free(sc->doc);
        free(sc->folder);
        arena_finish(&sc->arena);
        free(sc);
}

const struct scenario_about *scenario_about(const struct scenario *sc)
{
        return &sc->about;
}

/* What was done with things of the tables. */
static enum rc play_log(const struct gathering *g)
{
        const struct json_t *log = json_get(g->sc->doc, "log");
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < json_len(log); i++) {
                const struct json_t *entry = json_at(log, i);
                struct subject *s = scenario_subject(g->sc, text_of(entry, "on"));

                rc = s ? scenario_entry(g, s, entry)
                       : err_set(g->err, RC_INVALID, "entry %zu of the log is on nothing", i);
        }
        return rc;
}

enum rc scenario_history(struct scenario *sc, struct str *out, struct err *err)
{
        const struct gathering g = {.sc = sc, .out = out, .err = err};
        const struct json_t *units = json_get(sc->doc, "units");
        const struct json_t *incidents = json_get(sc->doc, "incidents");
        enum rc rc = RC_OK;

        str_add(out, "[");
        for (size_t i = 0; rc == RC_OK && i < json_len(units); i++)
                rc = write_unit(&g, json_at(units, i));
        for (size_t i = 0; rc == RC_OK && i < json_len(incidents); i++)
                rc = scenario_incident(&g, json_at(incidents, i));
        if (rc == RC_OK)
                rc = scenario_tables(&g);
        if (rc == RC_OK)
                rc = play_log(&g);
        if (rc == RC_OK)
                rc = scenario_runs(&g);
        str_add(out, "]");
        return rc == RC_OK ? set_due(sc, err) : rc;
}

bool scenario_due(const struct scenario *sc, int64_t *ret_ms)
{
        *ret_ms = sc->due_ms;
        return sc->next < json_len(json_get(sc->doc, "arrivals"));
}

enum rc scenario_arrive(struct scenario *sc, struct str *out, struct err *err)
{
        const struct gathering g = {.sc = sc, .out = out, .err = err};
        const struct json_t *arrival = json_at(json_get(sc->doc, "arrivals"), sc->next);
        const struct json_t *incident = json_get(arrival, "incident");
        const struct json_t *thing = json_get(arrival, "thing");
        const struct kind *kind = kind_find(json_text(json_get(thing, "kind"), ""));
        struct subject *s = incident || kind ? NULL : scenario_subject(sc, text_of(arrival, "on"));
        enum rc rc;

        str_add(out, "[");
        if (incident)
                rc = scenario_incident(&g, incident);
        else if (kind)
                rc = scenario_thing(&g, kind, thing);
        else if (s)
                rc = scenario_entry(&g, s, arrival);
        else
                rc = err_set(err, RC_INVALID, "arrival %zu is on nothing", sc->next);
        str_add(out, "]");
        sc->next++;
        return rc == RC_OK ? set_due(sc, err) : rc;
}
