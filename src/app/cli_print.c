/*
 * Things as people read them and as programs do.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "base/text.h"
#include "model/when.h"
#include "model/words.h"

#include "app_private.h"

#define PRINT_MAX (512u * 1024 * 1024)

/* ---- JSON ---------------------------------------------------------------------------------- */

void json_set_text_or_null(struct json_t *obj, const char *key, const char *text)
{
        json_set(obj, key, text && *text ? json_new_text(text) : json_new_null());
}

void json_set_time_or_null(struct json_t *obj, const char *key, int64_t ms)
{
        char stamp[STAMP_BYTES];

        if (ms != CLOCK_NONE)
                stamp_format(ms, stamp);
        json_set(obj, key, ms == CLOCK_NONE ? json_new_null() : json_new_text(stamp));
}

static struct json_t *json_of_value(const struct field *field, const struct value *v)
{
        struct json_t *list;

        if (!field_is_set(field)) {
                if (!v->text || !*v->text)
                        return json_new_null();
                return field->type == FIELD_COUNT ? json_new_int(strtoll(v->text, NULL, 10))
                                                  : json_new_text(v->text);
        }
        list = json_new_list();
        for (size_t i = 0; i < v->count; i++)
                json_push_text(list, v->items[i]);
        return list;
}

struct json_t *json_of_fields(const struct thing *t)
{
        struct json_t *obj = json_new_obj();

        for (size_t i = 0; i < t->kind->field_count; i++)
                json_set(obj, t->kind->fields[i].name,
                         json_of_value(&t->kind->fields[i], &t->values[i]));
        return obj;
}

/* Whole seconds since our copy last changed, as the filter line's age: means it. Another's clock
 * can be ahead of ours. */
static void add_age(struct json_t *obj, const struct thing *t)
{
        int64_t modified = thing_ms(t, "modified"), now = clock_now_ms();

        if (modified != CLOCK_NONE)
                json_set_int(obj, "age", now > modified ? (now - modified) / 1000 : 0);
}

struct json_t *json_of_row(const struct row *row)
{
        const struct thing *t = &row->thing;
        struct json_t *obj = json_of_fields(t);

        json_set_text(obj, "ref", row->ref);
        json_set_text(obj, "id", t->id);
        json_set_text(obj, "kind", t->kind->name);
        if (!json_get(obj, "modified"))
                json_set(obj, "modified", json_share(json_get(obj, t->kind->newest)));
        add_age(obj, t);
        json_set_text(obj, "created_by", t->created_by);
        json_set_bool(obj, "foreign", row->flags & MARK_FOREIGN);
        json_set_bool(obj, "conflict", row->flags & MARK_CONFLICT);
        json_set_bool(obj, "revoked", row->flags & MARK_REVOKED);
        json_set_bool(obj, "tlp_given", row->tlp_given);
        if (t->kind == &kind_incident)
                json_set_bool(obj, "unacked", row->flags & MARK_UNACKED);
        return obj;
}

/* JSON lets C1 and bidi controls stand in a string; a terminal must not get them. */
void print_json_text(const char *text)
{
        size_t len = strlen(text), from = 0, bytes;
        uint32_t cp;

        if (text_is_clean(text, len, true)) {
                printf("%s", text);
                return;
        }
        for (size_t at = 0; at < len; at += bytes) {
                bytes = text_decode(text + at, len - at, &cp);
                if (bytes && (cp == '\n' || !text_is_hidden(cp)))
                        continue;
                fwrite(text + from, 1, at - from, stdout);
                if (!bytes)
                        printf("\\ufffd");
                else if (cp < 0x10000)
                        printf("\\u%04x", (unsigned)cp);
                else
                        printf("\\u%04x\\u%04x", 0xd800 | (unsigned)(cp - 0x10000) >> 10,
                               0xdc00 | ((unsigned)cp & 0x3ff));
                bytes = bytes ? bytes : 1;
                from = at + bytes;
        }
        fwrite(text + from, 1, len - from, stdout);
}

void print_json(struct json_t *j)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, PRINT_MAX);
        json_print(j, 2, &out);
        json_free(j);
        print_json_text(str_text(&out));
        printf("\n");
}

/* ---- text ---------------------------------------------------------------------------------- */

static const char *short_stamp(const char *stamp, struct arena *a)
{
        char text[STAMP_BYTES];
        int64_t ms;

        if (stamp_parse_ms(stamp, &ms, NULL) != RC_OK)
                return stamp;
        stamp_format_s(ms, text);
        return arena_strdup(a, text);
}

const char *show_value(const struct row *row, const char *name, const struct words *words,
                       struct arena *a)
{
        const struct field *field = field_find(row->thing.kind, name);
        const struct value *v = thing_value(&row->thing, name);

        if (strcmp(name, "ref") == 0)
                return row->ref;
        if (!field || !v || value_is_empty(v))
                return "";
        if (row->thing.revoked && strcmp(name, "status") == 0)
                return "revoked";
        if (field_is_set(field))
                return words_labels(words, field->words, v, NULL, a);
        if (field->type == FIELD_WORD)
                return word_label(words, field->words, v->text);
        if (field->type == FIELD_TIME)
                return short_stamp(v->text, a);
        if (field->flags & FIELD_MINUTES) {
                char span[WHEN_BYTES];

                minutes_show(strtoll(v->text, NULL, 10), span);
                return arena_strdup(a, span);
        }
        if (field->list == &enum_tlp && !row->tlp_given)
                return arena_printf(a, "(%s)", v->text);
        return v->text;
}

void print_cell(const char *text, size_t columns)
{
        AUTO_FREE char *clean = text_clean(text, strlen(text), false);
        AUTO_FREE char *cut = NULL;
        size_t size = 4 * columns + 8;

        if (!columns) {
                printf("%s", clean);
                return;
        }
        cut = xmalloc(size);
        text_cut(clean, columns, "..", cut, size);
        printf("%s%*s", cut, (int)(columns - text_width(cut)), "");
}

int print_thing(struct app *app, struct ops *ops, const char *id, bool json)
{
        struct err err = {0};
        struct row row;
        enum rc rc = thing_by_id(ops->store, id, &app->arena, &row, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        if (json) {
                print_json(json_of_row(&row));
                return DONE;
        }
        print_cell(row.ref, 0);
        printf("  ");
        print_cell(show_value(&row, row.thing.kind->title, app->words, &app->arena), 0);
        printf("\n");
        return DONE;
}
