/*
 * Values on their way to PostgreSQL and from it, in its binary format: numbers with the highest
 * byte first, texts and bytes as they are, an array as its dimensions and its members.
 */
#include "hub/backend_pg.h"

#include <endian.h>
#include <libpq-fe.h>
#include <stdarg.h>
#include <string.h>

#define LIST_BYTES_MAX (256u << 20)

/* ---- lists ------------------------------------------------------------------------------------
 */

static void add_32(struct str *out, uint32_t n)
{
        uint32_t ordered = htobe32(n);

        str_addn(out, (const char *)&ordered, sizeof(ordered));
}

/* One dimension, counted from 1; an empty one has none. */
void pg_list_begin(struct pg_list *list, Oid type, size_t count)
{
        str_init(&list->bytes, LIST_BYTES_MAX);
        add_32(&list->bytes, count ? 1 : 0);
        add_32(&list->bytes, 1); /* there may be NULL */
        add_32(&list->bytes, type);
        if (!count)
                return;
        add_32(&list->bytes, (uint32_t)count);
        add_32(&list->bytes, 1);
}

void pg_list_finish(struct pg_list *list)
{
        str_finish(&list->bytes);
}

void pg_list_add(struct pg_list *list, const void *bytes, size_t len)
{
        add_32(&list->bytes, (uint32_t)len);
        str_addn(&list->bytes, bytes, len);
}

void pg_list_add_text(struct pg_list *list, const char *text)
{
        if (text)
                pg_list_add(list, text, strlen(text));
        else
                add_32(&list->bytes, UINT32_MAX);
}

void pg_list_add_int(struct pg_list *list, int64_t n)
{
        uint64_t ordered = htobe64((uint64_t)n);

        pg_list_add(list, &ordered, sizeof(ordered));
}

/* ---- arguments --------------------------------------------------------------------------------
 */

static void set(struct pg_args *a, Oid type, const char *value, size_t len)
{
        a->types[a->count] = type;
        a->values[a->count] = value;
        a->lengths[a->count] = (int)len;
        a->formats[a->count++] = 1;
}

static void set_text(struct pg_args *a, const char *text)
{
        set(a, PG_TEXT, text, text ? strlen(text) : 0);
}

static void set_int(struct pg_args *a, int64_t n)
{
        a->ints[a->count] = (int64_t)htobe64((uint64_t)n);
        set(a, PG_INT, (const char *)&a->ints[a->count], sizeof(n));
}

static void set_list(struct pg_args *a, Oid type, const struct pg_list *list)
{
        set(a, type, list ? list->bytes.s : NULL, list ? list->bytes.len : 0);
}

void pg_args_set(struct pg_args *a, const char *letters, va_list list)
{
        a->count = 0;
        for (; *letters; letters++) {
                switch (*letters) {
                case 't': set_text(a, va_arg(list, const char *)); break;
                case 'i': set_int(a, va_arg(list, int64_t)); break;
                case 'T': set_list(a, PG_TEXT_LIST, va_arg(list, const struct pg_list *)); break;
                case 'I': set_list(a, PG_INT_LIST, va_arg(list, const struct pg_list *)); break;
                case 'B': set_list(a, PG_BYTES_LIST, va_arg(list, const struct pg_list *)); break;
                default: {
                        const char *bytes = va_arg(list, const char *);

                        set(a, PG_BYTES, bytes, va_arg(list, size_t));
                }
                }
        }
}

/* ---- what comes back --------------------------------------------------------------------------
 */

bool pg_is_null(const PGresult *r, int row, int column)
{
        return PQgetisnull(r, row, column);
}

int64_t pg_int(const PGresult *r, int row, int column)
{
        uint64_t ordered = 0;

        if (PQgetlength(r, row, column) == (int)sizeof(ordered))
                memcpy(&ordered, PQgetvalue(r, row, column), sizeof(ordered));
        return (int64_t)be64toh(ordered);
}

bool pg_bool(const PGresult *r, int row, int column)
{
        return PQgetlength(r, row, column) == 1 && *PQgetvalue(r, row, column);
}

const char *pg_text(const PGresult *r, int row, int column, struct arena *a)
{
        return PQgetisnull(r, row, column) ? NULL : arena_strdup(a, PQgetvalue(r, row, column));
}
