/*
 * A row of a table as the values of a thing, and back.
 */
#include <stdio.h>
#include <string.h>

#include "base/ident.h"
#include "base/str.h"
#include "base/text.h"
#include "model/csv_map.h"
#include "model/item.h"
#include "model/words.h"

#define BLANKS " \t\n"
#define SIGNS  ";,|\n" /* between members of a set */

#define WRONG_TOLD  5
#define WRONG_WIDTH 150

struct csv_reading {
        const struct csv_map *map;
        const struct value_context *ctx;
        struct arena *a;
        struct err *err;
};

static const char *trimmed(const char *text, struct arena *a)
{
        const char *from = text + strspn(text, BLANKS);
        size_t len = strlen(from);

        while (len && strchr(BLANKS, from[len - 1]))
                len--;
        return arena_strndup(a, from, len);
}

static bool says_nothing(const char *text)
{
        return !*text || strcmp(text, "-") == 0 || strcmp(text, "n/a") == 0 ||
               strcmp(text, "N/A") == 0;
}

/* ---- days ------------------------------------------------------------------------------------
 */

static bool read_digits(const char **p, size_t least, size_t most, int *ret)
{
        size_t n = strspn(*p, "0123456789");

        if (n < least || n > most)
                return false;
        *ret = 0;
        for (size_t i = 0; i < n; i++)
                *ret = *ret * 10 + ((*p)[i] - '0');
        *p += n;
        return true;
}

/* "24.11.2026 08:00" as "2026-11-24 08:00"; others as they are. */
static const char *day_first(const char *text, struct arena *a)
{
        const char *p = text;
        int day, month, year;

        if (!read_digits(&p, 1, 2, &day) || *p++ != '.' || !read_digits(&p, 1, 2, &month) ||
            *p++ != '.' || !read_digits(&p, 4, 4, &year))
                return text;
        return arena_printf(a, "%04d-%02d-%02d%s", year, month, day, p);
}

/* ---- sets ------------------------------------------------------------------------------------
 */

/* What a person calls a thing may have blanks in it: it is looked up before the set is split. */
static enum rc add_thing(const struct csv_reading *r, const struct field *f, const char *name,
                         struct str *out)
{
        const char *id = ident_is_stix(name, strlen(name)) ? name : NULL;

        if (!id && r->ctx->resolve)
                id = r->ctx->resolve(r->ctx->resolve_ctx, name, r->a);
        if (!id)
                return err_set(r->err, RC_INVALID, "%s: \"%.60s\" is no thing here, or several",
                               f->name, name);
        str_add_sep(out, ",", id);
        return RC_OK;
}

/* Words that no list has: blanks would split them. */
static bool is_free(const struct csv_reading *r, const struct field *f, const char *part)
{
        bool listed = f->words && !(f->flags & FIELD_OFFERS);

        return f->type == FIELD_WORDS && !f->form && !f->accepts && !listed &&
               !(f->words && r->ctx->words && word_find(words_list(r->ctx->words, f->words), part));
}

/* "threat hunting" is threat-hunting. */
static const char *without_blanks(const char *part, struct arena *a)
{
        char *out = arena_strdup(a, part), *to = out;

        for (const char *p = out; *p; p++)
                if (!strchr(BLANKS, *p))
                        *to++ = *p;
                else if (to[-1] != '-')
                        *to++ = '-';
        *to = '\0';
        return out;
}

/* The parts with commas between, as value_read() takes them. */
static enum rc with_commas(const struct csv_reading *r, const struct field *f, const char *text,
                           struct str *out)
{
        bool parted = text[strcspn(text, SIGNS)];
        enum rc rc = RC_OK;

        while (rc == RC_OK && *text) {
                size_t len = strcspn(text, SIGNS);
                const char *part = trimmed(arena_strndup(r->a, text, len), r->a);

                if (*part && parted && is_free(r, f, part))
                        part = without_blanks(part, r->a);
                if (*part && f->type == FIELD_REFS)
                        rc = add_thing(r, f, part, out);
                else if (*part)
                        str_add_sep(out, ",", part);
                text += len + (text[len] != '\0');
        }
        return rc;
}

static enum rc read_set(const struct csv_reading *r, const struct field *f, const char *text,
                        struct value *ret)
{
        CLEANUP(str_finish) struct str list = {0};
        enum rc rc;

        str_init(&list, 4 * VALUE_TEXT_MAX);
        rc = with_commas(r, f, text, &list);
        return rc == RC_OK ? value_read(f, str_text(&list), r->ctx, r->a, ret, r->err) : rc;
}

/* ---- a row -----------------------------------------------------------------------------------
 */

static enum rc read_cell(const struct csv_reading *r, const struct csv_column *col,
                         const char *text, struct thing *t)
{
        const struct field *f = col->field >= 0 ? &r->map->kind->fields[col->field] : NULL;
        struct value v = {0};
        enum rc rc;

        if (!f) {
                if (!ident_is_stix(text, strlen(text)))
                        return err_set(r->err, RC_INVALID, "\"%.60s\" is no STIX id", text);
                t->id = text;
                return RC_OK;
        }
        if (field_is_set(f))
                rc = read_set(r, f, text, &v);
        else
                rc = value_read(f, f->type == FIELD_TIME ? day_first(text, r->a) : text, r->ctx,
                                r->a, &v, r->err);
        if (rc == RC_OK)
                t->values[col->field] = v;
        return rc;
}

/* With what columns before it said of the same field. */
static const char *joined(const struct csv_reading *r, size_t column, const char *const *cells,
                          size_t count)
{
        const struct csv_map *map = r->map;
        const char *whole = "";

        for (size_t i = 0; i <= column; i++) {
                const char *text = i < count && map->columns[i].field == map->columns[column].field
                                           ? trimmed(cells[i], r->a)
                                           : "";

                if (!says_nothing(text))
                        whole = *whole ? arena_printf(r->a, "%s %s", whole, text) : text;
        }
        return whole;
}

/* What is wrong with a row. */
struct wrong {
        const char *told[WRONG_TOLD];
        size_t count;
};

static void add_wrong(struct wrong *w, struct arena *a, const struct err *err)
{
        if (w->count < WRONG_TOLD)
                w->told[w->count] = arena_strdup(a, err->text);
        w->count++;
}

/* One in its own words, of several as much of each that all can be read. */
static enum rc tell_wrong(const struct wrong *w, struct err *err)
{
        CLEANUP(str_finish) struct str out = {0};
        size_t told = w->count < WRONG_TOLD ? w->count : WRONG_TOLD;

        str_init(&out, sizeof(err->text));
        for (size_t i = 0; i < told; i++) {
                char cut[sizeof(err->text)];

                text_cut(w->told[i], w->count > 1 ? WRONG_WIDTH : sizeof(cut), "…", cut,
                         sizeof(cut));
                str_add_sep(&out, "; ", cut);
        }
        if (w->count > told)
                str_addf(&out, " and %zu more", w->count - told);
        return err_set(err, RC_INVALID, "%s", str_text(&out));
}

static enum rc too_wide(const struct csv_reading *r, const char *const *cells, size_t count)
{
        for (size_t i = r->map->count; i < count; i++)
                if (*trimmed(cells[i], r->a))
                        return err_set(r->err, RC_INVALID,
                                       "it has %zu cells, the row of heads has %zu", count,
                                       r->map->count);
        return RC_OK;
}

static bool is_last_of_field(const struct csv_map *map, size_t column, size_t count)
{
        for (size_t i = column + 1; i < map->count && i < count; i++)
                if (map->columns[i].field == map->columns[column].field)
                        return false;
        return map->columns[column].field != CSV_LEFT_OUT;
}

enum rc csv_map_row(const struct csv_map *map, const char *const *cells, size_t count,
                    const struct value_context *ctx, struct arena *a, struct thing *ret,
                    struct err *err)
{
        struct wrong wrong = {.count = 0};
        struct err why = {0};
        struct csv_reading r = {map, ctx, a, &why};

        thing_init(ret, map->kind, NULL);
        for (size_t i = 0; i < map->count && i < count; i++) {
                const struct csv_column *col = &map->columns[i];
                const char *text =
                        is_last_of_field(map, i, count) ? joined(&r, i, cells, count) : "";
                enum rc rc = *text ? read_cell(&r, col, text, ret) : RC_OK;

                if (rc == RC_OK)
                        continue;
                err_wrap(&why, rc, "column %s", col->head);
                add_wrong(&wrong, a, &why);
                err_clear(&why);
        }
        if (too_wide(&r, cells, count) != RC_OK)
                add_wrong(&wrong, a, &why);
        return wrong.count ? tell_wrong(&wrong, err) : RC_OK;
}

/* ---- back ------------------------------------------------------------------------------------
 */

static const char *item_of(const struct field *field, const char *item,
                           const char *(*name)(void *ctx, const char *id, struct arena *a),
                           void *ctx, struct arena *a)
{
        bool is_thing = field->type == FIELD_REF || field->type == FIELD_REFS;
        const char *who = is_thing ? item : item_who(field, item);

        return who ? arena_printf(a, "%.*s%s", (int)(who - item), item, name(ctx, who, a)) : item;
}

const char *csv_cell_of(const struct field *field, const struct value *v,
                        const char *(*name)(void *ctx, const char *id, struct arena *a), void *ctx,
                        struct arena *a)
{
        const char **items;
        struct value shown;

        if (!field_is_set(field))
                return v->text ? item_of(field, v->text, name, ctx, a) : "";
        items = arena_array(a, v->count + 1, sizeof(*items));
        for (size_t i = 0; i < v->count; i++)
                items[i] = item_of(field, v->items[i], name, ctx, a);
        shown = (struct value){.items = items, .count = v->count};
        return value_join(&shown, "; ", a);
}
