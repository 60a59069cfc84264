/*
 * The parts of a thing (model/part.h) as people read them and as programs do.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "base/text.h"
#include "model/part.h"

#include "app_private.h"

#define INDENT       4
#define WRAP_COLUMNS 96
#define FACTS_MAX    (16 * 1024)

void json_add_parts(struct json_t *obj, const struct ops_view *v)
{
        for (size_t i = 0; i < part_kind_count(); i++) {
                const struct kind *kind = part_kind_at(i);
                struct json_t *list = json_new_list();

                for (size_t k = 0; k < v->part_count; k++) {
                        struct json_t *one;

                        if (v->parts[k].kind != kind)
                                continue;
                        one = json_of_fields(&v->parts[k]);
                        json_set_text(one, "id", v->parts[k].id);
                        json_set_text(one, "created_by", v->parts[k].created_by);
                        json_push(list, one);
                }
                json_set(obj, kind->plural, list);
        }
        json_set_bool(obj, "parts_cut", v->parts_cut);
}

static void print_indented(void *ctx, const char *line, size_t len)
{
        (void)ctx;
        printf("%*s%.*s\n", INDENT, "", (int)len, line);
}

static void print_text(const char *text)
{
        AUTO_FREE char *clean = text_clean(text, strlen(text), true);

        text_wrap(clean, WRAP_COLUMNS, print_indented, NULL);
}

/* What has no place in the first line: "owner CERT-FR, due 2026-11-24T12:00:00Z". */
static void print_facts(const struct row *row, const struct words *words, struct arena *a)
{
        const struct kind *kind = row->thing.kind;
        CLEANUP(str_finish) struct str facts = {0};

        str_init(&facts, FACTS_MAX);
        for (size_t i = 0; i < kind->field_count; i++) {
                const struct field *f = &kind->fields[i];
                const char *value = show_value(row, f->name, words, a);

                if (!(f->flags & FIELD_COLUMN) || f->type == FIELD_TEXT || !*value ||
                    strcmp(f->name, kind->title) == 0 || strcmp(f->name, kind->newest) == 0)
                        continue;
                str_add_sep(&facts, ", ", f->label);
                str_addf(&facts, " %s", value);
        }
        if (facts.len)
                print_text(str_text(&facts));
}

static void print_part(const struct thing *part, const struct words *words, struct arena *a)
{
        const struct row row = {.thing = *part, .tlp_given = true};
        const struct kind *kind = part->kind;
        bool is_word = field_find(kind, kind->title)->type == FIELD_WORD;
        const char *word = is_word ? show_value(&row, kind->title, words, a) : "";
        const char *title = *word ? word : part_title(part, a);
        char stamp[STAMP_BYTES] = "";

        if (part_ms(part) != CLOCK_NONE)
                stamp_format_s(part_ms(part), stamp);
        print_cell(stamp, 20);
        printf("  ");
        print_cell(title, 0);
        printf("\n");
        print_facts(&row, words, a);
        for (size_t i = 0; i < kind->field_count; i++) {
                const char *text = kind->fields[i].type == FIELD_TEXT
                                           ? thing_text(part, kind->fields[i].name)
                                           : NULL;

                if (text && strcmp(text, title) != 0)
                        print_text(text);
        }
}

void print_parts(const struct ops_view *v, const struct words *words, struct arena *a)
{
        const struct kind *before = NULL;

        for (size_t i = 0; i < v->part_count; i++) {
                const struct kind *kind = v->parts[i].kind;

                if (kind != before)
                        printf("\n%c%s\n", toupper((unsigned char)kind->plural[0]),
                               kind->plural + 1);
                before = kind;
                print_part(&v->parts[i], words, a);
        }
        if (v->parts_cut)
                printf("\nThere are more than the %zu shown; an export has them all.\n",
                       v->part_count);
}
