/*
 * A table (CSV) comes in from the console: first its columns and what each row would do, over the
 * view; Enter takes it in, Esc leaves everything as it was.
 */
#include "ops/csv_told.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/jsplit.h"
#include "base/str.h"
#include "base/text.h"
#include "ui/pager.h"
#include "ui/prompt.h"
#include "ui_private.h"

#define TOLD_MAX  (256u * 1024)
#define ROWS_TOLD 500
#define SAYS      ":import FILE encoding= and Tab"

struct table {
        char *name, *text;
        size_t len;
        struct encoding encoding; /* where is_said */
        bool is_said;
        const struct kind *kind;
        struct str rows; /* what each would do */
        size_t rows_told;
};

static void table_free(void *ctx)
{
        struct table *t = ctx;
        free(t->name);
        free(t->text);
        str_finish(&t->rows);
        free(t);
}

/* ---- in words ---------------------------------------------------------------------------------
 */

static void add_row(void *ctx, const struct csv_import_row *row)
{
        struct table *t = ctx;
        if (t->rows_told++ >= ROWS_TOLD && row->what != CSV_ROW_REFUSED)
                return;
        csv_told_row(row, &t->rows);
}

static void add_counts(const struct import_result *r, struct str *out)
{
        str_addf(out,
                 "%" PRId64 " new, %" PRId64 " updated, %" PRId64 " unchanged, %" PRId64
                 " refused\n",
                 r->created, r->updated, r->unchanged, r->refused);
}

static void add_encodings(const char *taken, struct str *out)
{
        const struct encoding_known *e;
        str_add(out, "\nOTHER ENCODINGS\n");
        for (size_t i = 0; (e = encoding_known(i)); i++)
                if (e->form == ENCODING_BYTES && strcmp(e->name, taken) != 0)
                        str_addf(out, "  %-14s%s\n", e->name, e->whose);
}

/* ---- taking it in -----------------------------------------------------------------------------
 */

static enum rc open_table(struct ui *ui, struct table *t, bool dry_run,
                          struct jsplit_memory *memory, struct csv_import **ret, struct err *err)
{
        *memory = (struct jsplit_memory){t->text, t->len, 0};
        const struct jsplit_source source = jsplit_from_memory(memory);
        const struct csv_import_options o = {.name = t->name,
                                             .kind = t->kind,
                                             .encoding = t->is_said ? &t->encoding : NULL,
                                             .dry_run = dry_run,
                                             .row = dry_run ? add_row : NULL,
                                             .in_words = dry_run,
                                             .ctx = t};
        enum rc rc = csv_import_open(ui_ops(ui), &source, &o, ret, err);
        return rc == RC_INVALID ? err_wrap(err, rc, "%s is refused, nothing changed", t->name) : rc;
}

/* A guess is said once more: who did not look at the preview may look at the letters now. */
static void tell(struct ui *ui, const struct table *t, const struct csv_shape *shape,
                 const struct import_result *r)
{
        AUTO_FREE char *name =
                shape->guessed ? xasprintf("%s (taken as %s)", t->name, shape->encoding.name)
                               : xstrdup(t->name);
        import_told(ui, name, r);
}

static void take(struct ui *ui, void *ctx)
{
        CLEANUP(csv_import_cleanup) struct csv_import *im = NULL;
        struct table *t = ctx;
        struct jsplit_memory memory;
        struct import_result r = {0};
        struct err err = {0};
        enum rc rc = open_table(ui, t, false, &memory, &im, &err);
        if (rc == RC_OK)
                rc = csv_import_run(im, &r, &err);
        if (rc == RC_OK)
                tell(ui, t, csv_import_shape(im), &r);
        else
                ui_say_failure(ui, rc, &err);
}

/* ---- asking -----------------------------------------------------------------------------------
 */

static void show(struct ui *ui, struct table *t, const struct csv_import *im,
                 const struct import_result *r)
{
        CLEANUP(str_finish) struct str out = {0};
        AUTO_FREE char *title = xasprintf("%s as %s", t->name, t->kind->plural);
        str_init(&out, 2 * TOLD_MAX);
        add_counts(r, &out);
        csv_told_shape(im, &out);
        str_add(&out, "\n");
        csv_told_guess(im, SAYS, &out);
        str_add(&out, "\nCOLUMNS\n");
        csv_told_columns(im, &out);
        str_add(&out, "\n");
        csv_told_same(im, &out);
        str_addf(&out, " Other columns for other fields: muster import --map.\n\nROWS\n%s",
                 str_text(&t->rows));
        if (csv_import_shape(im)->guessed)
                add_encodings(csv_import_shape(im)->encoding.name, &out);
        pager_open(ui, &(struct pager){.title = title,
                                       .tlp = ui_ops(ui)->ceiling,
                                       .text = str_text(&out),
                                       .file = "import.txt",
                                       .accepted = take,
                                       .ctx = t,
                                       .free_ctx = table_free});
}

/* Takes the table. */
static enum rc foresee(struct ui *ui, struct table *t, struct err *err)
{
        CLEANUP(csv_import_cleanup) struct csv_import *im = NULL;
        struct jsplit_memory memory;
        struct import_result r = {0};
        str_init(&t->rows, TOLD_MAX);
        enum rc rc = open_table(ui, t, true, &memory, &im, err);
        if (rc == RC_OK)
                rc = csv_import_run(im, &r, err);
        if (rc == RC_OK)
                show(ui, t, im, &r);
        else
                table_free(t);
        return rc;
}

static void kind_picked(struct ui *ui, void *ctx, const char *value)
{
        struct table *asked = ctx, *t = xcalloc(1, sizeof(*t));
        struct err err = {0};
        *t = (struct table){.name = TAKE(asked->name),
                            .text = TAKE(asked->text),
                            .len = asked->len,
                            .encoding = asked->encoding,
                            .is_said = asked->is_said,
                            .kind = kind_find(value)};
        enum rc rc = foresee(ui, t, &err);
        if (rc != RC_OK)
                ui_say_failure(ui, rc, &err);
}

static const struct {
        int32_t letter;
        const struct kind *kind;
} kinds[] = {{'x', &kind_expert},      {'t', &kind_team},    {'e', &kind_equipment},
             {'p', &kind_participant}, {'r', &kind_request}, {'d', &kind_deployment},
             {'a', &kind_agreement},   {'o', &kind_rota},    {'i', &kind_incident}};

/* Columns that are fields of this kind; 0 also where the file is refused. */
static size_t columns_of(struct ui *ui, struct table *t, const struct kind *kind, size_t *ret_all)
{
        CLEANUP(csv_import_cleanup) struct csv_import *im = NULL;
        struct jsplit_memory memory;
        size_t count = 0;
        t->kind = kind;
        if (open_table(ui, t, true, &memory, &im, NULL) != RC_OK)
                return 0;
        const struct csv_map *map = csv_import_map(im);
        *ret_all = map->count;
        for (size_t i = 0; i < map->count; i++)
                count += map->columns[i].field != CSV_LEFT_OUT;
        return count;
}

/* Each kind by what it takes of the table. */
struct fitting {
        size_t columns[ARRAY_LEN(kinds)], all;
        size_t best; /* the first kind with the most columns */
};

static void fit(struct ui *ui, struct table *t, struct fitting *ret)
{
        *ret = (struct fitting){0};
        for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
                ret->columns[i] = columns_of(ui, t, kinds[i].kind, &ret->all);
                if (ret->columns[i] > ret->columns[ret->best])
                        ret->best = i;
        }
}

static void ask_kind(struct ui *ui, struct table *t, const struct fitting *f)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct choice choices[ARRAY_LEN(kinds)];
        AUTO_FREE char *title = xasprintf("What %s lists", t->name);
        for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
                choices[i] = (struct choice){
                        .chord = kinds[i].letter,
                        .label = kinds[i].kind->plural,
                        .note = f->columns[i] ? arena_printf(&a, "%zu of %zu columns",
                                                             f->columns[i], f->all)
                                              : NULL,
                        .look = {.ink = ROLE_STRONG},
                        .glyph = GLYPH_COUNT,
                        .current = i == f->best && f->columns[i],
                        .value = kinds[i].kind->name};
        menu_open(ui, &(struct menu){.title = title,
                                     .choices = choices,
                                     .count = ARRAY_LEN(choices),
                                     .picked = kind_picked,
                                     .ctx = t,
                                     .free_ctx = table_free});
}

/* What the view lists, where nothing else takes more of the table; NULL. */
static const struct kind *kind_of_view(struct ui *ui, const struct fitting *f)
{
        struct list *list = view_list(ui_view(ui));
        for (size_t i = 0; list && i < ARRAY_LEN(kinds); i++)
                if (kinds[i].kind == list_kind(list) && f->columns[i] == f->columns[f->best])
                        return kinds[i].kind;
        return NULL;
}

/* Before anything is asked: what can't be read is of no kind. */
static enum rc check(const struct table *t, struct err *err)
{
        struct jsplit_memory memory = {t->text, t->len, 0};
        const struct jsplit_source source = jsplit_from_memory(&memory);
        struct csv_shape shape;
        enum rc rc = csv_scan(&source, t->is_said ? &t->encoding : NULL, &shape, err);
        return rc == RC_INVALID ? err_wrap(err, rc, "%s is refused, nothing changed", t->name) : rc;
}

enum rc import_table_ask(struct ui *ui, const char *name, const struct encoding *said,
                         const char *text, size_t len, struct err *err)
{
        struct table *t = xcalloc(1, sizeof(*t));
        struct fitting f;
        t->name = text_clean(name, strlen(name), false);
        t->text = xmalloc(len + 1);
        memcpy(t->text, text, len);
        t->len = len;
        t->is_said = said != NULL;
        if (said)
                t->encoding = *said;
        enum rc rc = check(t, err);
        if (rc != RC_OK) {
                table_free(t);
                return rc;
        }
        fit(ui, t, &f);
        t->kind = kind_of_view(ui, &f);
        if (t->kind)
                return foresee(ui, t, err);
        ask_kind(ui, t, &f);
        return RC_OK;
}
