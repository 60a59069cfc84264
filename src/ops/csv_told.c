#include "ops/csv_told.h"

#include <string.h>

#include "base/str.h"
#include "base/text.h"
#include "model/same.h"

#define HEAD_WIDTH  24
#define FIELD_WIDTH 16
#define TITLE_WIDTH 24
#define REF_WIDTH   9
#define WHAT_WIDTH  9

static void add_clean(struct str *out, const char *text)
{
        AUTO_FREE char *clean = text_clean(text, strlen(text), false);

        str_add(out, clean);
}

static void add_cell(struct str *out, const char *text, size_t width)
{
        AUTO_FREE char *clean = text_clean(text, strlen(text), false);
        char cut[256];

        text_cut(clean, width, "…", cut, sizeof(cut));
        str_add(out, cut);
        for (size_t used = text_width(cut); used < width + 2; used++)
                str_addc(out, ' ');
}

void csv_told_shape(const struct csv_import *im, struct str *out)
{
        const struct csv_shape *shape = csv_import_shape(im);
        const struct csv_map *map = csv_import_map(im);

        str_addf(out, "%zu rows of %s, %zu columns, %s, separator %s", shape->rows - 1,
                 map->kind->plural, map->count, shape->encoding.name,
                 csv_separator_name(shape->separator));
}

void csv_told_guess(const struct csv_import *im, const char *how, struct str *out)
{
        const struct csv_shape *shape = csv_import_shape(im);

        if (shape->guessed)
                str_addf(out, "Not UTF-8: taken as %s; %s says another.\n", shape->encoding.name,
                         how);
}

void csv_told_columns(const struct csv_import *im, struct str *out)
{
        const struct csv_map *map = csv_import_map(im);

        for (size_t i = 0; i < map->count; i++) {
                const struct csv_column *col = &map->columns[i];
                const char *field = csv_column_field(map, i);

                str_add(out, "  ");
                add_cell(out, col->head, HEAD_WIDTH);
                add_cell(out, field ? field : "-", FIELD_WIDTH);
                str_addf(out, "%s\n",
                         field      ? csv_by_name(col->by)
                         : col->why ? col->why
                                    : "left out");
        }
}

void csv_told_same(const struct csv_import *im, struct str *out)
{
        str_addf(out, "A row is what is held already by: id, ref, else %s.",
                 same_by(csv_import_map(im)->kind));
}

void csv_told_row(const struct csv_import_row *row, struct str *out)
{
        str_addf(out, "%5zu  ", row->number);
        add_cell(out, csv_outcome_name(row->what), WHAT_WIDTH);
        if (*row->ref || *row->title) {
                add_cell(out, row->ref, REF_WIDTH);
                add_cell(out, row->title, TITLE_WIDTH);
        }
        if (row->same_row)
                str_addf(out, "the same as row %zu%s", row->same_row, *row->text ? ": " : "");
        add_clean(out, row->text);
        str_addc(out, '\n');
}
