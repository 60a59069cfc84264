#include "ui/form_fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "base/text.h"
#include "model/thing.h"
#include "model/when.h"
#include "model/words.h"

static bool is_reference(const struct field *f)
{
        return f->type == FIELD_REF || f->type == FIELD_REFS;
}

/* As a person would write it: things by their references. */
static const char *text_of(const struct form_fields *ff, const struct field *field,
                           const struct value *v, struct arena *a)
{
        if (!is_reference(field) || !ff->name_of)
                return value_join(v, field->form ? ", " : " ", a);
        const char *const *ids = field_is_set(field) ? v->items : &v->text;
        size_t count = field_is_set(field) ? v->count : (v->text ? 1 : 0);
        const char *text = "";
        for (size_t i = 0; i < count; i++) {
                const char *name = ff->name_of(ff->values.resolve_ctx, ids[i], false, a);
                text = arena_printf(a, "%s%s%s", text, i ? " " : "", name ? name : ids[i]);
        }
        return text;
}

static void add_field(struct form_fields *ff, const struct field *field, const struct thing *now)
{
        struct form_field *f = &ff->fields[ff->count++];
        struct arena a;
        arena_init(&a);
        f->field = field;
        const struct value *v = now ? thing_value(now, field->name) : NULL;
        const char *text = v ? text_of(ff, field, v, &a) : "";
        f->too_long = strlen(text) >= LINE_BYTES;
        f->initial = xstrdup(f->too_long ? "" : text);
        line_set(&f->line, f->initial);
        arena_finish(&a);
}

void form_fields_init(struct form_fields *ff, const struct kind *kind, const char *const *names,
                      const struct thing *now)
{
        ff->fields = xcalloc(kind->field_count, sizeof(*ff->fields));
        ff->count = 0;
        for (size_t i = 0; !names && i < kind->field_count; i++)
                if (kind->fields[i].flags & FIELD_FORM)
                        add_field(ff, &kind->fields[i], now);
        for (size_t i = 0; names && names[i]; i++)
                add_field(ff, field_find(kind, names[i]), now);
}

void form_fields_finish(struct form_fields *ff)
{
        for (size_t i = 0; i < ff->count; i++)
                free(ff->fields[i].initial);
        free(ff->fields);
        ff->fields = NULL;
        ff->count = 0;
}

/* "= INC-0007 Outage": what the references stand for. */
static void understand_things(const struct form_fields *ff, struct form_field *f,
                              const struct value *v)
{
        const char *const *ids = field_is_set(f->field) ? v->items : &v->text;
        size_t count = field_is_set(f->field) ? v->count : 1;
        struct arena a;
        struct str s;
        arena_init(&a);
        str_init(&s, sizeof(f->understood) - 4);
        for (size_t i = 0; i < count; i++) {
                const char *name = ff->name_of(ff->values.resolve_ctx, ids[i], count == 1, &a);
                str_add_sep(&s, ", ", name ? name : ids[i]);
        }
        if (strcasecmp(str_text(&s), f->line.text) != 0)
                snprintf(f->understood, sizeof(f->understood), "= %s", str_text(&s));
        str_finish(&s);
        arena_finish(&a);
}

static const char *item_label(const struct form_fields *ff, const struct field *field,
                              const char *item)
{
        const struct enum_item *one =
                field->list ? enum_at(field->list, enum_rank(field->list, item)) : NULL;
        if (one)
                return one->label;
        return field->words ? word_label(ff->values.words, field->words, item) : item;
}

static void understand_items(const struct form_fields *ff, struct form_field *f,
                             const struct value *v)
{
        struct str s;
        str_init(&s, sizeof(f->understood) - 4);
        for (size_t i = 0; i < v->count; i++) {
                str_add_sep(&s, ", ", item_label(ff, f->field, v->items[i]));
        }
        if (strcasecmp(str_text(&s), f->line.text) != 0)
                snprintf(f->understood, sizeof(f->understood), "= %s", str_text(&s));
        str_finish(&s);
}

static void understand(const struct form_fields *ff, struct form_field *f, const struct value *v)
{
        char shown[WHEN_BYTES];
        const char *label = v->text;
        f->understood[0] = '\0';
        if (value_is_empty(v))
                return;
        if (is_reference(f->field) && ff->name_of) {
                understand_things(ff, f, v);
                return;
        }
        if (field_is_set(f->field)) {
                understand_items(ff, f, v);
                return;
        }
        if (f->field->type == FIELD_TIME) {
                int64_t ms;
                if (stamp_parse_ms(v->text, &ms, NULL) != RC_OK)
                        return;
                when_show(ms, clock_now_ms(), shown);
                label = shown;
        } else if (f->field->type == FIELD_ENUM) {
                const struct enum_item *item =
                        enum_at(f->field->list, enum_rank(f->field->list, v->text));
                label = item ? item->label : v->text;
        } else if (f->field->type == FIELD_WORD && f->field->words) {
                label = word_label(ff->values.words, f->field->words, v->text);
        }
        if (strcasecmp(label, f->line.text) != 0)
                snprintf(f->understood, sizeof(f->understood), "= %.120s", label);
}

bool form_field_check(const struct form_fields *ff, size_t i)
{
        struct form_field *f = &ff->fields[i];
        struct arena a;
        arena_init(&a);
        struct err err = {0};
        struct value v = {0};
        struct value_context ctx = ff->values;
        ctx.now_ms = clock_now_ms();
        f->error[0] = f->understood[0] = '\0';
        if (!f->line.len) {
                if (f->field->flags & FIELD_NEEDED)
                        snprintf(f->error, sizeof(f->error), "%s is needed: %s", f->field->label,
                                 field_help(f->field, ff->values.words, &a));
        } else if (value_read(f->field, f->line.text, &ctx, &a, &v, &err) != RC_OK) {
                snprintf(f->error, sizeof(f->error), "%.250s", err.text);
        } else {
                understand(ff, f, &v);
        }
        arena_finish(&a);
        return !f->error[0];
}

size_t form_fields_check(const struct form_fields *ff)
{
        size_t first = ff->count;
        for (size_t i = ff->count; i-- > 0;)
                if (!ff->fields[i].too_long && !form_field_check(ff, i))
                        first = i;
        return first;
}

static bool is_changed(const struct form_field *f)
{
        return !f->too_long && strcmp(f->line.text, f->initial) != 0;
}

bool form_fields_changed(const struct form_fields *ff)
{
        for (size_t i = 0; i < ff->count; i++)
                if (is_changed(&ff->fields[i]))
                        return true;
        return false;
}

size_t form_fields_result(const struct form_fields *ff, struct ops_field *ret)
{
        size_t n = 0;
        for (size_t i = 0; i < ff->count; i++)
                if (is_changed(&ff->fields[i]))
                        ret[n++] = (struct ops_field){.name = ff->fields[i].field->name,
                                                      .value = ff->fields[i].line.text};
        return n;
}

static size_t word_start(const struct form_field *f)
{
        if (!field_is_set(f->field))
                return 0;
        size_t at = f->line.at;
        while (at > 0 && !strchr(" ,", f->line.text[at - 1]))
                at--;
        return at;
}

static bool begins(const char *s, const char *with, size_t len)
{
        return s && strncasecmp(s, with, len) == 0;
}

static size_t offer_words(const struct word_list *list, const char *typed, size_t len,
                          const char *ret[FORM_OFFERS_MAX])
{
        size_t n = 0;
        for (size_t i = 0; list && i < list->count && n < FORM_OFFERS_MAX; i++) {
                const struct word *w = &list->words[i];
                if (begins(w->id, typed, len) || begins(w->label, typed, len) ||
                    begins(w->note, typed, len))
                        ret[n++] = w->id;
        }
        return n;
}

bool form_field_is_typed_out(const struct form_fields *ff, size_t i, const char *offer)
{
        const struct form_field *f = &ff->fields[i];
        size_t from = word_start(f), len = f->line.at - from;
        return strlen(offer) == len && begins(offer, f->line.text + from, len);
}

size_t form_field_offers(const struct form_fields *ff, size_t i, struct arena *a,
                         const char *ret[FORM_OFFERS_MAX])
{
        const struct form_field *f = &ff->fields[i];
        size_t from = word_start(f), n = 0;
        const char *typed = f->line.text + from;
        size_t len = f->line.at - from;
        (void)a;
        if (f->field->list) {
                for (size_t k = 0; k < f->field->list->count && n < FORM_OFFERS_MAX; k++)
                        if (begins(f->field->list->items[k].id, typed, len))
                                ret[n++] = f->field->list->items[k].id;
        } else if (f->field->words) {
                n = offer_words(words_list(ff->values.words, f->field->words), typed, len, ret);
        } else if ((f->field->flags & FIELD_PERSON) && ff->values.me &&
                   begins(ff->values.me, typed, len)) {
                ret[n++] = ff->values.me;
        }
        return n == 1 && form_field_is_typed_out(ff, i, ret[0]) ? 0 : n;
}

void form_field_accept(const struct form_fields *ff, size_t i, const char *offer)
{
        struct form_field *f = &ff->fields[i];
        size_t from = word_start(f);
        memmove(f->line.text + from, f->line.text + f->line.at, f->line.len - f->line.at + 1);
        f->line.len -= f->line.at - from;
        f->line.at = from;
        line_insert(&f->line, offer);
        if (field_is_set(f->field))
                line_insert(&f->line, " ");
}

char *form_fields_save(const struct form_fields *ff)
{
        struct json_t *obj = json_new_obj();
        for (size_t i = 0; i < ff->count; i++)
                if (is_changed(&ff->fields[i]))
                        json_set_text(obj, ff->fields[i].field->name, ff->fields[i].line.text);
        struct str out;
        str_init(&out, ff->count * (LINE_BYTES * 6 + 100));
        json_print(obj, 0, &out);
        json_free(obj);
        return str_take(&out);
}

bool form_fields_restore(struct form_fields *ff, const char *draft)
{
        struct json_t *obj = NULL;
        bool any = false;
        if (json_parse(draft, strlen(draft), &obj, NULL) != RC_OK)
                return false;
        for (size_t i = 0; i < ff->count; i++) {
                const char *text = json_text(json_get(obj, ff->fields[i].field->name), NULL);
                if (!text || ff->fields[i].too_long)
                        continue;
                line_set(&ff->fields[i].line, text);
                any = true;
        }
        json_free(obj);
        return any;
}
