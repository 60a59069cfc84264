/*
 * Lists: a kind by the filter line, and the few tables that are no kind.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "base/text.h"
#include "store/query.h"

#include "app_private.h"

#define PAGE        200
#define TITLE_WIDTH 48
#define REF_WIDTH   11
#define LISTED_MAX  12
#define TIME_WIDTH  17 /* 2026-11-24T13:04Z */

/* What people see of a kind (struct kind.listed), a column for each; the last takes what is left.
 */
struct list_shape {
        const struct field *columns[LISTED_MAX];
        size_t count;
        size_t ref_width; /* the widest of the first page; never cut, since it is typed again */
};

static struct list_shape shape_of(const struct kind *kind)
{
        struct list_shape shape = {.count = 0};

        for (const char *at = kind->listed; *at && shape.count < LISTED_MAX;) {
                size_t len = strcspn(at, " ");
                AUTO_FREE char *name = xstrndup(at, len);

                shape.columns[shape.count++] = field_find(kind, name);
                at += len + strspn(at + len, " ");
        }
        return shape;
}

static bool is_ref(const struct field *field)
{
        return strcmp(field->name, "ref") == 0;
}

/* Of a cell with this text, or of the head. */
static size_t width_of(const struct list_shape *shape, size_t column, const char *text)
{
        int width = shape->columns[column]->width;

        if (column + 1 == shape->count)
                return 0;
        if (is_ref(shape->columns[column]))
                return text_width(text) > shape->ref_width ? text_width(text) : shape->ref_width;
        if (shape->columns[column]->type == FIELD_TIME)
                return TIME_WIDTH;
        return width ? (size_t)width : TITLE_WIDTH;
}

static void print_heads(const struct list_shape *shape)
{
        for (size_t i = 0; i < shape->count; i++) {
                const char *head = shape->columns[i]->head;

                print_cell(head, width_of(shape, i, head));
                printf(i + 1 < shape->count ? "  " : "\n");
        }
}

/* Times to the minute; `show` and JSON have all of them. */
static const char *cell_of(struct ops *ops, const struct row *row, const struct field *field,
                           struct arena *a)
{
        const struct value *v = thing_value(&row->thing, field->name);
        char stamp[STAMP_BYTES];
        int64_t ms;

        if (field_is_set(field)) {
                AUTO_FREE char *named =
                        ops_name_things(ops, show_value(row, field->name, ops->words, a));

                return arena_strdup(a, named);
        }
        if (field->type != FIELD_TIME || !v || !v->text ||
            stamp_parse_ms(v->text, &ms, NULL) != RC_OK)
                return show_value(row, field->name, ops->words, a);
        stamp_format_s(ms, stamp);
        return arena_printf(a, "%.16sZ", stamp);
}

static void print_row(struct ops *ops, const struct list_shape *shape, const struct row *row,
                      struct arena *a)
{
        for (size_t i = 0; i < shape->count; i++) {
                const char *cell = cell_of(ops, row, shape->columns[i], a);

                print_cell(cell, width_of(shape, i, cell));
                printf(i + 1 < shape->count ? "  " : "\n");
        }
}

/* ---- the pages ----------------------------------------------------------------------------- */

struct listing {
        struct app *app;
        struct ops *ops;
        struct list_shape shape;
        bool json;
        size_t limit, printed;
};

/* One element of the array, indented with it. */
static void print_element(const struct row *row, bool first)
{
        CLEANUP(str_finish) struct str text = {0};
        struct json_t *j = json_of_row(row);

        str_init(&text, 64u * 1024 * 1024);
        json_print(j, 0, &text);
        json_free(j);
        printf(first ? "\n" : ",\n");
        print_json_text(str_text(&text));
}

static void begin_table(struct listing *l, const struct row *rows, size_t count)
{
        l->shape.ref_width = REF_WIDTH;
        for (size_t i = 0; i < count; i++) {
                size_t width = rows[i].ref ? text_width(rows[i].ref) : 0;

                if (width > l->shape.ref_width)
                        l->shape.ref_width = width;
        }
        print_heads(&l->shape);
}

static void print_page(struct listing *l, const struct row *rows, size_t count, struct arena *a)
{
        if (!l->json && !l->printed)
                begin_table(l, rows, count);
        for (size_t i = 0; i < count && l->printed < l->limit; i++, l->printed++) {
                if (l->json)
                        print_element(&rows[i], l->printed == 0);
                else
                        print_row(l->ops, &l->shape, &rows[i], a);
        }
}

static enum rc print_query(struct listing *l, struct query *q, struct err *err)
{
        struct arena a;
        enum rc rc = RC_OK;
        size_t count = 1;

        arena_init(&a);
        while (rc == RC_OK && count && l->printed < l->limit) {
                struct row *rows = NULL;

                do {
                        rc = query_run(q, l->printed + PAGE, err);
                } while (rc == RC_BUSY);
                if (rc == RC_OK)
                        rc = query_page(q, l->printed, PAGE, &a, &rows, &count, err);
                if (rc == RC_OK)
                        print_page(l, rows, count, &a);
                arena_reset(&a);
        }
        arena_finish(&a);
        return rc;
}

static enum rc print_list(struct listing *l, struct ops *ops, const struct filter *filter,
                          struct err *err)
{
        struct query *q = NULL;
        enum rc rc = query_open(ops->store, filter, NULL, 0, &q, err);

        if (rc != RC_OK)
                return rc;
        l->ops = ops;
        if (l->json)
                printf("[");
        rc = print_query(l, q, err);
        query_close(q);
        if (l->json)
                printf(l->printed ? "\n]\n" : "]\n");
        return rc;
}

/* ---- what is asked for --------------------------------------------------------------------- */

/* "@urgent" stands for the line saved under that name in the config. */
static const char *filter_line(const struct app *app, const char *typed)
{
        for (size_t i = 0; typed[0] == '@' && i < app->config.filter_count; i++)
                if (strcmp(app->config.filters[i].name, typed + 1) == 0)
                        return app->config.filters[i].value;
        return typed;
}

static int read_filter(struct app *app, const struct args *args, struct ops *ops,
                       const struct kind *kind, struct filter *ret)
{
        const char *line = args_option(args, "--filter"), *sort = args_option(args, "--sort");
        AUTO_FREE char *sorted = NULL;
        struct filter_context ctx = {
                .kind = kind,
                .values = {.words = app->words,
                           .now_ms = clock_now_ms(),
                           .me = app->operator,
                           .resolve = ops_resolve_value,
                           .resolve_ctx = ops},
        };
        struct err err = {0};

        line = line ? filter_line(app, line) : "";
        if (sort) {
                sorted = filter_with_sort(line, sort + (sort[0] == '-'), sort[0] == '-');
                line = sorted;
        }
        if (filter_read(line, &ctx, &app->arena, ret, NULL, &err) != RC_OK)
                return app_fail(RC_INVALID, &err);
        return DONE;
}

static int list_kind_rows(struct app *app, const struct args *args)
{
        const struct kind *kind = kind_asked(args->words[0]);
        struct listing l = {.app = app, .json = args_option(args, "--json") != NULL};
        struct filter filter;
        struct err err = {0};
        struct ops ops;
        enum rc rc;
        int status;

        if (!kind)
                return WRONG_USAGE;
        l.shape = shape_of(kind);
        rc = app_load_data(app, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        status = limit_asked(args, SIZE_MAX, &l.limit);
        if (status != DONE)
                return status;
        rc = app_open(app, APP_READ, false, &ops, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        status = read_filter(app, args, &ops, kind, &filter);
        if (status == DONE)
                rc = print_list(&l, &ops, &filter, &err);
        ops_close(&ops);
        if (status != DONE)
                return status;
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

static int list_filters(struct app *app, const struct args *args)
{
        const struct config *c = &app->config;
        struct json_t *list = json_new_list();

        for (size_t i = 0; i < c->filter_count; i++) {
                struct json_t *obj = json_new_obj();

                json_set_text(obj, "name", c->filters[i].name);
                json_set_text(obj, "line", c->filters[i].value);
                json_push(list, obj);
        }
        if (args_option(args, "--json")) {
                print_json(list);
                return DONE;
        }
        json_free(list);
        for (size_t i = 0; i < c->filter_count; i++) {
                print_cell(c->filters[i].name, 20);
                printf("  ");
                print_cell(c->filters[i].value, 0);
                printf("\n");
        }
        return DONE;
}

int cmd_list(struct app *app, const struct args *args)
{
        if (strcmp(args->words[0], "filters") == 0)
                return list_filters(app, args);
        if (strcmp(args->words[0], "conflicts") == 0)
                return list_conflicts(app, args);
        if (strcmp(args->words[0], "outbox") == 0)
                return list_outbox(app, args);
        if (strcmp(args->words[0], "quarantine") == 0)
                return list_quarantine(app, args);
        if (strcmp(args->words[0], "gone") == 0)
                return list_gone(app, args);
        if (strcmp(args->words[0], "peers") == 0)
                return list_peers(app, args);
        if (strcmp(args->words[0], "sign-ins") == 0)
                return list_sign_ins(app, args);
        return list_kind_rows(app, args);
}
