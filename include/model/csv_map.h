/*
 * Which column of a table is which field of a kind, and what a row of it says. Pure.
 *
 * A head is found by the name of a field, its label, or a synonym of this kind
 * (src/model/csv_words.c), whatever its case, accents and punctuation; a person may say otherwise.
 * What fits nothing, and what follows from others, is left out.
 */
#ifndef MUSTER_MODEL_CSV_MAP_H
#define MUSTER_MODEL_CSV_MAP_H

#include "base/csv.h"
#include "model/thing.h"

#define CSV_LEFT_OUT (-1) /* no field                           */
#define CSV_ID       (-2) /* the STIX id of the thing           */

enum csv_by { CSV_BY_NOTHING, CSV_BY_NAME, CSV_BY_LABEL, CSV_BY_SYNONYM, CSV_BY_PERSON };

struct csv_column {
        const char *head; /* clean, as it stands in the file */
        int field;        /* index in the kind, or one of the above */
        enum csv_by by;
        const char *why; /* it is left out: what else is to be known of it; or NULL */
};

struct csv_map {
        const struct kind *kind;
        struct csv_column columns[CSV_COLUMNS_MAX];
        size_t count;
};

/*
 * What a person says: "Full name=name"; "Notes=-" leaves it out; "First+Last=name" puts a blank
 * between; "#3=phone" is the third column. RC_INVALID: no such column or field, or two columns for
 * one field, with what can be done. Strings are in the arena.
 */
enum rc csv_map_make(const struct kind *kind, const char *const *heads, size_t count,
                     const char *const *said, size_t said_count, struct arena *a,
                     struct csv_map *ret, struct err *err);
/* Of the field that a column is: "name", "id"; NULL where it is left out. */
const char *csv_column_field(const struct csv_map *map, size_t column);
const char *csv_by_name(enum csv_by by); /* "its name", "a synonym"; "" of nothing */

/*
 * What the cells say, as canonical values: sets are split at ; , | and line breaks, days may be
 * written 24.11.2026. A cell without text, or with "-" or "n/a", says nothing. The id of the thing
 * is that of the id column, NULL without. RC_INVALID names the columns, the first five of them.
 */
enum rc csv_map_row(const struct csv_map *map, const char *const *cells, size_t count,
                    const struct value_context *ctx, struct arena *a, struct thing *ret,
                    struct err *err);
/* The other way round: a value as a cell that csv_map_row() reads. `name` gives for the id of a
 * thing what a person calls it. In the arena. */
const char *csv_cell_of(const struct field *field, const struct value *v,
                        const char *(*name)(void *ctx, const char *id, struct arena *a), void *ctx,
                        struct arena *a);

/* The field that a folded head is another word for; -1. For csv_map_make(). */
int csv_synonym(const struct kind *kind, const char *folded);

#endif
