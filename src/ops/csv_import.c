/*
 * A table comes in: judged as a whole first, then row by row.
 */
#include "ops/csv_import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/jsplit.h"
#include "base/mem.h"
#include "base/process.h"
#include "base/str.h"
#include "base/text.h"
#include "ops/csv_known.h"

#include "ops_private.h"

#define BATCH_ROWS 5000

struct csv_import {
        struct csv_import_options o;
        struct jsplit_source src;
        struct csv_shape shape;
        struct csv_map map;
        struct arena arena; /* of the map */
        struct admission ad;
        struct known known;
        struct titles titles;
        struct import_result done, committed;
        struct pace pace;
        size_t in_batch;
        bool open;
};

/* A row on its way. */
struct taking {
        struct csv_import *im;
        struct arena a;
        struct thing said;
        struct row held;     /* the thing that it is, where it is one */
        struct thing before; /* the same as it is in the database */
        struct ops_request request;
        struct csv_import_row told;
};

const char *csv_outcome_name(enum csv_outcome what)
{
        static const char *const names[] = {"new", "updated", "unchanged", "refused"};

        return names[what];
}

/* ---- the file --------------------------------------------------------------------------------
 */

static enum rc read_heads(struct csv_import *im, struct csv *csv, struct err *err)
{
        struct csv_row heads;
        enum rc rc = csv_next(csv, &heads, err);

        if (rc != RC_OK)
                return rc == RC_NOTFOUND ? err_set(err, RC_INVALID, "the file is empty") : rc;
        return csv_map_make(im->o.kind, heads.cells, heads.count, im->o.said, im->o.said_count,
                            &im->arena, &im->map, err);
}

static enum rc judge(struct csv_import *im, struct err *err)
{
        CLEANUP(csv_cleanup) struct csv *csv = NULL;
        enum rc rc = csv_scan(&im->src, im->o.encoding, &im->shape, err);

        if (rc == RC_OK)
                rc = csv_open(&im->src, &im->shape, &csv, err);
        return rc == RC_OK ? read_heads(im, csv, err) : rc;
}

enum rc csv_import_open(struct ops *ops, const struct jsplit_source *src,
                        const struct csv_import_options *o, struct csv_import **ret,
                        struct err *err)
{
        CLEANUP(csv_import_cleanup) struct csv_import *im = xcalloc(1, sizeof(*im));
        enum rc rc;

        im->o = *o;
        im->src = *src;
        im->ad.ops = im->known.ops = im->titles.ops = ops;
        im->known.kind = o->kind;
        im->titles.known = &im->known;
        rc = kind_may_be_made(o->kind, err);
        if (rc == RC_OK)
                rc = judge(im, err);
        if (rc == RC_OK)
                *ret = TAKE(im);
        return rc;
}

const struct csv_map *csv_import_map(const struct csv_import *im)
{
        return &im->map;
}

const struct csv_shape *csv_import_shape(const struct csv_import *im)
{
        return &im->shape;
}

void csv_import_close(struct csv_import *im)
{
        if (!im)
                return;
        admission_finish(&im->ad);
        known_finish(&im->known);
        titles_finish(&im->titles);
        arena_finish(&im->arena);
        free(im);
}

void csv_import_cleanup(struct csv_import **pim)
{
        csv_import_close(*pim);
        *pim = NULL;
}

/* ---- transactions ----------------------------------------------------------------------------
 */

static enum rc begin_batch(struct csv_import *im, struct err *err)
{
        enum rc rc;

        if (im->open || im->o.dry_run)
                return RC_OK;
        rc = admission_begin(&im->ad, err);
        im->open = rc == RC_OK;
        im->in_batch = 0;
        pace_begin(&im->pace, im->ad.ops);
        return rc;
}

static enum rc end_batch(struct csv_import *im, struct err *err)
{
        enum rc rc = RC_OK;

        if (im->open) {
                AUTO_FREE char *clean = text_clean(im->o.name, strlen(im->o.name), false);
                char note[NOTE_MAX];

                im->open = false;
                text_cut(clean, NOTE_MAX / 4 - 2, "…", note, sizeof(note));
                rc = admission_commit(&im->ad, "import", note, err);
        }
        if (rc != RC_OK)
                return rc;
        im->committed = im->done;
        if (im->pace.console)
                pace_rest(REST_NS);
        if (im->o.stop && im->o.stop(im->o.ctx))
                return err_set(err, RC_FAIL, "stopped; what was committed stays");
        return RC_OK;
}

/* ---- a row -----------------------------------------------------------------------------------
 */

static void put_over(struct thing *t, const struct thing *said)
{
        for (size_t i = 0; i < t->kind->field_count; i++)
                if (!value_is_empty(&said->values[i]))
                        t->values[i] = said->values[i];
}

/* Judged with all that earlier rows would change: these have been judged, but are not written. */
static enum rc foresee(struct taking *t, struct err *err)
{
        struct csv_import *im = t->im;
        bool made = im->o.dry_run && known_is_made(&im->known, t->held.thing.id);
        struct ops_request all;
        struct thing then = t->held.thing;

        put_over(&then, &t->said);
        csv_ask(&then, made ? NULL : &t->before, &t->a, &all);
        if (!all.field_count)
                return RC_NOTFOUND;
        all.verb = t->request.verb;
        all.reason = t->request.reason;
        return made ? new_foresee(im->ad.ops, im->o.kind, &all, err)
                    : ops_foresee(im->ad.ops, t->held.thing.id, &all, &t->a, &t->told.text, err);
}

/* RC_NOTFOUND: it changes nothing that is held. */
static enum rc set(struct taking *t, struct err *err)
{
        struct csv_import *im = t->im;
        enum rc rc;

        t->request.verb = "set";
        t->request.reason = im->o.reason;
        rc = im->o.dry_run || im->o.in_words ? foresee(t, err) : RC_OK;
        return rc == RC_OK && !im->o.dry_run
                       ? do_within(&im->ad, t->held.thing.id, &t->request, err)
                       : rc;
}

static void forget_title(struct taking *t, const char *title)
{
        if (title)
                titles_forget(&t->im->titles, title);
}

/* `again`: compared with what earlier rows would make of it. */
static void tell_change(struct taking *t, bool again)
{
        struct csv_import_row *told = &t->told;

        told->what = CSV_ROW_CHANGED;
        if (again)
                told->text = csv_asked(&t->said, &t->request, &t->a);
        if (t->im->o.dry_run)
                known_retell(&t->im->known, &t->held.thing, &t->said);
        forget_title(t, thing_text(&t->held.thing, t->im->o.kind->title));
        forget_title(t, thing_text(&t->said, t->im->o.kind->title));
        put_over(&t->held.thing, &t->said);
        known_add(&t->im->known, &t->held.thing);
}

/* What was found has been told of already. */
static enum rc stored(struct taking *t, struct err *err)
{
        struct row row;
        enum rc rc = thing_by_id(t->im->ad.ops->store, t->held.thing.id, &t->a, &row, err);

        if (rc == RC_OK)
                t->before = row.thing;
        return rc;
}

static enum rc change(struct taking *t, struct err *err)
{
        struct csv_import *im = t->im;
        bool again;
        enum rc rc = RC_OK;

        t->before = t->held.thing;
        if (im->o.dry_run && !known_is_made(&im->known, t->held.thing.id))
                rc = stored(t, err);
        if (rc != RC_OK)
                return rc;
        again = known_as_told(&im->known, &t->held.thing);
        csv_ask(&t->said, &t->held.thing, &t->a, &t->request);
        t->told.ref = t->held.ref ? t->held.ref : "";
        t->told.what = CSV_ROW_SAME;
        if (!t->request.field_count)
                return RC_OK;
        rc = set(t, err);
        if (rc != RC_OK && rc != RC_NOTFOUND)
                return rc;
        if (rc == RC_OK || again)
                tell_change(t, again);
        err_clear(err);
        return RC_OK;
}

static void tell_new(struct taking *t)
{
        const char *namesake = known_namesake(&t->im->known, &t->said, &t->a);

        t->told.what = CSV_ROW_NEW;
        if (namesake)
                t->told.text = arena_printf(&t->a, "another %s of this name, beside %s",
                                            t->im->o.kind->name, namesake);
}

static enum rc make(struct taking *t, struct err *err)
{
        struct csv_import *im = t->im;
        struct new_thing made;
        enum rc rc;

        csv_ask(&t->said, NULL, &t->a, &t->request);
        tell_new(t);
        if (im->o.dry_run) {
                rc = new_foresee(im->ad.ops, im->o.kind, &t->request, err);
                ident_stix(im->o.kind->stix_type, made.id);
                t->said.id = made.id;
                if (rc != RC_OK)
                        return rc;
                known_foretell(&im->known, &t->said, t->told.number);
                forget_title(t, t->told.title);
                return RC_OK;
        }
        rc = new_within(&im->ad, im->o.kind, &t->request, &made, err);
        if (rc != RC_OK)
                return rc;
        t->said.id = made.id;
        known_made(&im->known, &t->said, t->told.number);
        forget_title(t, t->told.title);
        t->told.ref = arena_strdup(&t->a, made.ref);
        return RC_OK;
}

static enum rc take(struct taking *t, const struct csv_row *row, struct err *err)
{
        struct csv_import *im = t->im;
        struct value_context ctx = {.words = im->ad.ops->words,
                                    .now_ms = clock_now_ms(),
                                    .me = im->ad.ops->operator,
                                    .resolve = titles_resolve,
                                    .resolve_ctx = &im->titles};
        enum rc rc = csv_map_row(&im->map, row->cells, row->count, &ctx, &t->a, &t->said, err);
        const char *title = thing_text(&t->said, im->o.kind->title);

        t->told.title = title ? title : "";
        if (rc == RC_OK)
                rc = known_find(&im->known, &t->said, &t->a, &t->held, err);
        if (rc == RC_NOTFOUND)
                return make(t, err);
        if (rc != RC_OK)
                return rc;
        t->told.same_row = known_row_before(&im->known, t->held.thing.id, row->number);
        return change(t, err);
}

/* ---- rows ------------------------------------------------------------------------------------
 */

static void count(struct csv_import *im, const struct csv_import_row *told)
{
        im->done.objects++;
        switch (told->what) {
        case CSV_ROW_NEW: im->done.created++; break;
        case CSV_ROW_CHANGED: im->done.updated++; break;
        case CSV_ROW_SAME: im->done.unchanged++; break;
        case CSV_ROW_REFUSED: im->done.refused++; break;
        }
        if (told->what == CSV_ROW_REFUSED && !im->done.why[0])
                snprintf(im->done.why, sizeof(im->done.why), "row %zu: %s", told->number,
                         told->text);
        if (im->o.row)
                im->o.row(im->o.ctx, told);
}

static enum rc take_row(struct csv_import *im, const struct csv_row *row, struct err *err)
{
        struct taking t = {
                .im = im,
                .told = {.number = row->number, .line = row->line, .ref = "", .text = ""}};
        struct err why = {0};
        enum rc rc = begin_batch(im, err);

        if (rc != RC_OK)
                return rc;
        rc = take(&t, row, &why);
        if (rc == RC_INVALID || rc == RC_CONFLICT || rc == RC_DENIED) {
                t.told.what = CSV_ROW_REFUSED;
                t.told.text = why.text;
                rc = RC_OK;
        }
        if (rc == RC_OK)
                count(im, &t.told);
        else
                err_set(err, rc, "row %zu: %s", row->number, why.text);
        arena_finish(&t.a);
        if (im->pace.console)
                process_breathe(&im->ad.ops->rested_ns);
        im->in_batch++;
        return rc == RC_OK && (im->in_batch >= BATCH_ROWS || pace_slice_is_over(&im->pace))
                       ? end_batch(im, err)
                       : rc;
}

static enum rc take_all(struct csv_import *im, struct err *err)
{
        CLEANUP(csv_cleanup) struct csv *csv = NULL;
        struct csv_row row;
        enum rc rc = csv_open(&im->src, &im->shape, &csv, err);

        if (rc == RC_OK)
                rc = csv_next(csv, &row, err); /* the heads */
        while (rc == RC_OK && (rc = csv_next(csv, &row, err)) == RC_OK)
                rc = take_row(im, &row, err);
        return rc == RC_NOTFOUND ? end_batch(im, err) : rc;
}

static enum rc finish(struct csv_import *im, struct err *err)
{
        struct store *s = im->ad.ops->store;
        enum rc rc;

        if (im->o.dry_run)
                return RC_OK;
        rc = things_bulk_end(s, err);
        if (rc == RC_OK)
                store_checkpoint(s);
        return rc;
}

static enum rc run(struct csv_import *im, struct err *err)
{
        enum rc rc = im->o.dry_run ? RC_OK : ops_need_writer(im->ad.ops, err);

        if (rc == RC_OK)
                rc = known_load(&im->known, err);
        if (rc == RC_OK)
                rc = take_all(im, err);
        if (rc == RC_OK)
                rc = finish(im, err);
        /* the file changed under us: what was committed stays */
        return rc == RC_INVALID ? RC_FAIL : rc;
}

enum rc csv_import_run(struct csv_import *im, struct import_result *ret, struct err *err)
{
        struct err why = {0};
        enum rc rc = run(im, &why);

        *ret = rc == RC_OK ? im->done : im->committed;
        if (rc != RC_OK || ret->refused)
                ret->state = "partial";
        else
                ret->state = im->o.dry_run ? "checked" : "imported";
        if (rc != RC_OK)
                snprintf(ret->why, sizeof(ret->why), "%s", why.text);
        return rc == RC_OK ? rc : err_set(err, rc, "%s", why.text);
}
