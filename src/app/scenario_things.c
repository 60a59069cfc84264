/*
 * Things of a scenario that are no incidents: rosters, requests, deployments, from its tables and
 * from its arrivals. Values are as a person would have typed them, things named by their keys.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "base/jsplit.h"
#include "base/str.h"
#include "model/when.h"

#include "app_private.h"

#define CAME_BEFORE "-20d" /* what does not say when it was made */

/* ---- one value ----------------------------------------------------------------------------- */

static const char *resolve_key(void *ctx, const char *key, struct arena *a)
{
        const struct scenario *sc = ctx;
        const struct subject *s = scenario_subject(sc, key);

        return s ? arena_strdup(a, s->id) : NULL;
}

enum rc scenario_set(const struct gathering *g, struct thing *t, size_t field, const char *typed)
{
        const struct value_context ctx = {.words = g->sc->words,
                                          .now_ms = g->sc->start_ms,
                                          .resolve = resolve_key,
                                          .resolve_ctx = g->sc};
        enum rc rc = value_read(&t->kind->fields[field], typed, &ctx, &g->sc->arena,
                                &t->values[field], g->err);

        return rc == RC_OK ? rc : err_wrap(g->err, rc, "%s", t->kind->fields[field].name);
}

/* ---- one thing ----------------------------------------------------------------------------- */

static const char *text_of(const struct json_t *obj, const char *key)
{
        return json_text(json_get(obj, key), NULL);
}

static enum rc set_values(const struct gathering *g, struct thing *t, const struct json_t *obj)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < t->kind->field_count; i++) {
                const struct field *field = &t->kind->fields[i];
                const char *typed = text_of(obj, field->name);

                if (typed && *typed && !(field->flags & FIELD_DERIVED))
                        rc = scenario_set(g, t, i, typed);
        }
        return rc;
}

static const char *reference_of(struct scenario *sc, const struct kind *kind, const char *number)
{
        struct ref_parts parts = {.number = number ? strtoll(number, NULL, 10) : 0};
        char ref[REF_MAX];

        if (parts.number <= 0)
                return NULL;
        snprintf(parts.prefix, sizeof(parts.prefix), "%s", kind->prefix);
        ref_format(&parts, ref);
        return arena_strdup(&sc->arena, ref);
}

const char *scenario_next_ref(struct scenario *sc, const struct kind *kind)
{
        size_t count = 1;
        char number[24];

        for (size_t i = 0; i < sc->subject_count; i++)
                count += sc->subjects[i]->now.kind == kind;
        snprintf(number, sizeof(number), "%zu", count);
        return reference_of(sc, kind, number);
}

static enum rc start_thing(const struct gathering *g, const struct kind *kind,
                           const struct json_t *obj, struct subject **ret)
{
        const char *key, *unit = text_of(obj, "unit");
        struct subject *s;
        enum rc rc = scenario_need(g, obj, "key", &key);

        if (rc != RC_OK)
                return rc;
        s = scenario_add_subject(g->sc);
        s->key = arena_strdup(&g->sc->arena, key);
        s->id = scenario_id(g->sc, kind->stix_type, s->key);
        s->ref = reference_of(g->sc, kind, text_of(obj, "ref"));
        thing_init(&s->now, kind, s->id);
        *ret = s;
        return unit && *unit ? scenario_find_unit(g, unit, &s->unit) : RC_OK;
}

enum rc scenario_thing(const struct gathering *g, const struct kind *kind, const struct json_t *obj)
{
        struct scenario *sc = g->sc;
        const char *at = text_of(obj, "at"), *by = text_of(obj, "by");
        struct subject *s = NULL;
        int64_t ms = sc->due_ms;
        enum rc rc = start_thing(g, kind, obj, &s);

        if (rc == RC_OK)
                rc = set_values(g, &s->now, obj);
        if (rc == RC_OK && at)
                rc = when_read(at, sc->start_ms, &ms, g->err);
        if (rc != RC_OK)
                return err_wrap(g->err, rc, "%s", s ? s->key : kind->name);
        s->now.created_ms = ms;
        s->now.created_by = s->unit;
        s->shown = s->now;
        if (s->unit)
                return scenario_version(g, s, ms);
        scenario_opening(g, s, by ? by : sc->about.operator, ms);
        return RC_OK;
}

/* ---- tables -------------------------------------------------------------------------------- */

static struct json_t *object_of(const struct csv_row *heads, const struct csv_row *row)
{
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "at", CAME_BEFORE);
        for (size_t i = 0; i < row->count && i < heads->count; i++)
                if (*row->cells[i])
                        json_set_text(obj, heads->cells[i], row->cells[i]);
        return obj;
}

/* The first row outlives the next one. */
static void keep_row(struct csv_row *row, struct arena *a)
{
        const char **cells = arena_array(a, row->count + 1, sizeof(*cells));

        for (size_t i = 0; i < row->count; i++)
                cells[i] = arena_strdup(a, row->cells[i]);
        row->cells = cells;
}

static enum rc check_heads(const struct gathering *g, const struct kind *kind,
                           const struct csv_row *heads)
{
        static const char *const own[] = {"key", "unit", "ref", "at", "by"};

        for (size_t i = 0; i < heads->count; i++) {
                bool known = field_index(kind, heads->cells[i]) >= 0;

                for (size_t k = 0; k < ARRAY_LEN(own); k++)
                        known = known || strcmp(own[k], heads->cells[i]) == 0;
                if (!known)
                        return err_set(g->err, RC_INVALID, "there is no column %s",
                                       heads->cells[i]);
        }
        return RC_OK;
}

static enum rc take_rows(const struct gathering *g, const struct kind *kind, struct csv *csv)
{
        struct csv_row heads, row;
        enum rc rc = csv_next(csv, &heads, g->err);

        if (rc == RC_OK) {
                keep_row(&heads, &g->sc->arena);
                rc = check_heads(g, kind, &heads);
        }
        while (rc == RC_OK && (rc = csv_next(csv, &row, g->err)) == RC_OK) {
                CLEANUP(json_cleanup) struct json_t *obj = object_of(&heads, &row);

                rc = scenario_thing(g, kind, obj);
        }
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

static enum rc take_table(const struct gathering *g, const char *name, const struct json_t *table)
{
        AUTO_FREE char *path = file_join(g->sc->folder, name), *bytes = NULL;
        CLEANUP(csv_cleanup) struct csv *csv = NULL;
        const struct kind *kind = kind_find(json_text(json_get(table, "kind"), ""));
        struct jsplit_memory memory;
        struct jsplit_source source;
        struct csv_shape shape;
        size_t len;
        enum rc rc = kind ? file_read(path, SCENARIO_MAX, &bytes, &len, g->err)
                          : err_set(g->err, RC_INVALID, "it is of no kind");

        if (rc != RC_OK)
                return rc;
        memory = (struct jsplit_memory){.bytes = bytes, .len = len};
        source = jsplit_from_memory(&memory);
        rc = csv_scan(&source, NULL, &shape, g->err);
        if (rc == RC_OK)
                rc = csv_open(&source, &shape, &csv, g->err);
        return rc == RC_OK ? take_rows(g, kind, csv) : rc;
}

enum rc scenario_tables(const struct gathering *g)
{
        const struct json_t *tables = json_get(g->sc->doc, "tables");
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < json_len(tables); i++) {
                const char *name = json_text(json_get(json_at(tables, i), "file"), "");

                rc = take_table(g, name, json_at(tables, i));
                if (rc != RC_OK)
                        err_wrap(g->err, rc, "%s", name);
        }
        return rc;
}
