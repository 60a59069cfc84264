#include "ops/csv_export.h"

#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/csv_map.h"
#include "ops/csv_known.h"
#include "ops/walk.h"

#include "ops_private.h"

#define PAGE       200
#define PAGE_BYTES (64u * 1024 * 1024)
#define CELLS_MAX  (KIND_FIELDS_MAX + 2) /* with the id, and the word of an exercise */
#define EXERCISE   "EXERCISE EXERCISE EXERCISE"

struct writing {
        struct ops *ops;
        const struct kind *kind;
        int ceiling;
        struct titles titles;
        enum rc (*sink)(void *ctx, const char *bytes, size_t len, struct err *err);
        void *ctx;
        struct str text; /* not in the sink yet */
        size_t taken;    /* rows looked at      */
        struct csv_export_result done;
};

static void add_heads(struct writing *w)
{
        const char *cells[CELLS_MAX];
        size_t count = 0;

        for (size_t i = 0; i < w->kind->field_count; i++)
                cells[count++] = w->kind->fields[i].name;
        cells[count++] = "id";
        if (w->ops->exercise)
                cells[count++] = "exercise";
        csv_add_row(&w->text, cells, count, ',');
}

/* What is above the ceiling is called by nothing that says who it is. */
static const char *name_below(void *ctx, const char *id, struct arena *a)
{
        struct writing *w = ctx;
        int tlp = tlp_of_row(w->ops, id, a);
        const char *name = tlp > w->ceiling ? id : titles_name(&w->titles, id, a);

        if (name != id && tlp > w->done.strictest)
                w->done.strictest = tlp;
        return name;
}

static void add_row(struct writing *w, const struct row *row, struct arena *a)
{
        const char *cells[CELLS_MAX];
        size_t count = 0;

        for (size_t i = 0; i < w->kind->field_count; i++) {
                const struct field *f = &w->kind->fields[i];

                cells[count++] = strcmp(f->name, "ref") == 0
                                         ? row->ref
                                         : csv_cell_of(f, &row->thing.values[i], name_below, w, a);
        }
        cells[count++] = row->thing.id;
        if (w->ops->exercise)
                cells[count++] = EXERCISE;
        csv_add_row(&w->text, cells, count, ',');
}

static void add_or_hold(struct writing *w, const struct row *row, struct arena *a)
{
        int tlp = thing_rank(&row->thing, "tlp");

        if (tlp < 0)
                tlp = tlp_default(w->ops, row->thing.kind, row->thing.id);
        if (tlp > w->ceiling) {
                w->done.held_back++;
                return;
        }
        add_row(w, row, a);
        w->done.rows++;
        w->done.strictest = tlp > w->done.strictest ? tlp : w->done.strictest;
}

static enum rc flush(struct writing *w, struct err *err)
{
        enum rc rc = w->text.over ? err_set(err, RC_FAIL, "a page of rows has more than 64 MiB")
                                  : w->sink(w->ctx, str_text(&w->text), w->text.len, err);

        str_clear(&w->text);
        return rc;
}

static enum rc take(void *ctx, const struct row *row, struct arena *a, struct err *err)
{
        struct writing *w = ctx;

        add_or_hold(w, row, a);
        return ++w->taken % PAGE ? RC_OK : flush(w, err);
}

enum rc ops_export_csv(struct ops *ops, const struct csv_export_options *o,
                       enum rc (*sink)(void *ctx, const char *bytes, size_t len, struct err *err),
                       void *ctx, struct csv_export_result *ret, struct err *err)
{
        struct filter sorted = *o->filter;
        struct writing w = {.ops = ops,
                            .kind = o->filter->kind,
                            .ceiling = o->ceiling < 0 ? (int)ops->ceiling : o->ceiling,
                            .titles = {.ops = ops},
                            .sink = sink,
                            .ctx = ctx,
                            .done = {.strictest = -1}};
        bool one = store_read_begin(ops->store);
        enum rc rc;

        if (!sorted.sort_given)
                sorted.sort_field = field_index(w.kind, "ref");
        str_init(&w.text, PAGE_BYTES);
        add_heads(&w);
        rc = ops_walk(ops, &sorted, NULL, take, &w, err);
        if (rc == RC_OK)
                rc = flush(&w, err);
        if (one)
                store_read_end(ops->store);
        titles_finish(&w.titles);
        str_finish(&w.text);
        if (rc == RC_OK)
                *ret = w.done;
        return rc;
}
