#include "model/filter.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "model/words.h"
#include "model_private.h"

#define OFFERS_MAX (KIND_FIELDS_MAX + WORDS_IN_LIST + 16)

struct offers {
        const char *typed; /* what the offers begin with */
        size_t len;
        struct arena *a;
        const char **list; /* OFFERS_MAX */
        size_t count;
};

static bool begins(const struct offers *o, const char *s)
{
        return s && strncasecmp(s, o->typed, o->len) == 0;
}

static void push(struct offers *o, const char *word)
{
        bool typed_out = strlen(word) == o->len && begins(o, word);

        if (o->count < OFFERS_MAX && !typed_out)
                o->list[o->count++] = word;
}

static void offer(struct offers *o, const char *word)
{
        if (begins(o, word))
                push(o, word);
}

static void offer_names(struct offers *o, const struct kind *kind)
{
        for (size_t i = 0; i < kind->field_count; i++) {
                const struct field *f = &kind->fields[i];

                if (begins(o, f->name) && (f->type != FIELD_TEXT || f->flags & FIELD_SEARCH))
                        push(o, arena_printf(o->a, "%s:", f->name));
        }
        const struct filter_phrase *phrase;
        for (size_t i = 0; (phrase = filter_phrase_at(i, kind)); i++)
                offer(o, phrase->offer);
        offer(o, "is:");
        offer(o, "sort:");
}

static void offer_sorts(struct offers *o, const struct kind *kind)
{
        for (size_t i = 0; i < kind->field_count; i++)
                if (kind->fields[i].flags & FIELD_SORT)
                        offer(o, kind->fields[i].name);
}

static void offer_marks(struct offers *o, const struct kind *kind)
{
        const struct filter_mark *mark;

        for (size_t i = 0; (mark = filter_mark_at(i)); i++)
                if (filter_mark_fits(mark, kind))
                        offer(o, mark->name);
}

/* A word is also found by its label and its note: "gree" offers GR. */
static void offer_words(struct offers *o, const struct word_list *list)
{
        for (size_t i = 0; list && i < list->count; i++) {
                const struct word *word = &list->words[i];

                if ((begins(o, word->id) || begins(o, word->label) || begins(o, word->note)) &&
                    !strpbrk(word->id, " ,\""))
                        push(o, word->id);
        }
}

static void offer_times(struct offers *o)
{
        static const char *const times[] = {"1h", "24h", "4h", "7d", "today", "yesterday"};

        for (size_t i = 0; i < ARRAY_LEN(times); i++)
                offer(o, times[i]);
}

static void offer_spans(struct offers *o)
{
        static const char *const spans[] = {"12h", "14d", "24h", "2d", "2h", "5d", "72h"};

        for (size_t i = 0; i < ARRAY_LEN(spans); i++)
                offer(o, spans[i]);
}

/* "ro", and behind "ro>=" its levels. */
static void offer_languages(struct offers *o, const struct value_context *ctx)
{
        size_t code = 0;

        while (code < o->len && !strchr("<>:", o->typed[code]))
                code++;
        if (code == o->len) {
                if (ctx->words)
                        offer_words(o, words_list(ctx->words, "language"));
                return;
        }
        size_t op = code + 1 + (code + 1 < o->len && o->typed[code + 1] == '=');
        for (size_t i = 0; i < enum_cefr.count; i++)
                offer(o, arena_printf(o->a, "%.*s%s", (int)op, o->typed, enum_cefr.items[i].id));
}

static void offer_values(struct offers *o, const struct field *field,
                         const struct value_context *ctx)
{
        for (size_t i = 0; field->type == FIELD_ENUM && i < field->list->count; i++)
                offer(o, field->list->items[i].id);
        if (filter_over(field))
                offer(o, "open");
        if (field->words && ctx->words)
                offer_words(o, words_list(ctx->words, field->words));
        if (field->form == &item_language)
                offer_languages(o, ctx);
        if (field->type == FIELD_TIME)
                offer_times(o);
        if ((field->flags & FIELD_PERSON) && ctx->me) {
                offer(o, "me");
                if (!strpbrk(ctx->me, " ,\""))
                        offer(o, ctx->me);
        }
}

/* The token that holds the byte before `at`; false where a new one begins there. */
static bool token_at(const char *line, size_t at, struct filter_token *ret)
{
        struct filter_token t;
        size_t next = 0;

        while (filter_next_token(line, &next, &t)) {
                if (t.at >= at)
                        return false;
                if (t.end >= at) {
                        *ret = t;
                        return true;
                }
        }
        return false;
}

static size_t word_start(const char *line, const struct filter_token *t, size_t at)
{
        struct filter_piece p;
        size_t next = t->value_at, from = t->at + t->negated;

        if (!t->named || at < t->value_at)
                return from;
        from = t->value_at;
        while (filter_next_piece(line, t, &next, &p) && p.at <= at)
                from = p.at;
        if (filter_name_is(line, t, "sort") && line[from] == '-' && from < at)
                from++;
        return from;
}

size_t filter_word_start(const char *line, size_t at)
{
        struct filter_token t;
        size_t len = strlen(line);

        if (at > len)
                at = len;
        return token_at(line, at, &t) ? word_start(line, &t, at) : at;
}

static bool is_quoted(const char *line, const struct filter_token *t, size_t from)
{
        return from > t->at && line[from - 1] == '"';
}

static void gather(struct offers *o, const char *line, size_t at, const struct filter_context *ctx)
{
        struct filter_token t;
        bool inside = token_at(line, at, &t);
        size_t from = inside ? word_start(line, &t, at) : at;

        o->typed = line + from;
        o->len = at - from;
        if (!inside || !t.named || at < t.value_at) {
                if (!inside || line[from] != '"')
                        offer_names(o, ctx->kind);
                return;
        }
        if (is_quoted(line, &t, from))
                return;
        if (filter_name_is(line, &t, "is")) {
                offer_marks(o, ctx->kind);
        } else if (filter_name_is(line, &t, "sort")) {
                offer_sorts(o, ctx->kind);
        } else if (filter_phrase_find(ctx->kind, line, &t)) {
                offer_spans(o);
        } else {
                int field = filter_field(ctx->kind, line + t.name_at, t.name_len);

                if (field >= 0)
                        offer_values(o, &ctx->kind->fields[field], &ctx->values);
        }
}

static int compare_offers(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t filter_complete(const char *line, size_t at, const struct filter_context *ctx,
                       struct arena *a, const char **ret, size_t max)
{
        AUTO_FREE const char **list = xcalloc(OFFERS_MAX, sizeof(*list));
        struct offers o = {.a = a, .list = list};
        size_t len = strlen(line), kept = 0;

        gather(&o, line, at > len ? len : at, ctx);
        qsort(list, o.count, sizeof(*list), compare_offers);
        for (size_t i = 0; i < o.count && kept < max; i++)
                if (kept == 0 || strcmp(ret[kept - 1], list[i]) != 0)
                        ret[kept++] = list[i];
        return kept;
}

char *filter_with_sort(const char *line, const char *field, bool down)
{
        struct filter_token t;
        struct str out;
        size_t at = 0;

        str_init(&out, strlen(line) + 2 + sizeof("sort:-") + (field ? strlen(field) : 0));
        while (filter_next_token(line, &at, &t)) {
                if (filter_name_is(line, &t, "sort"))
                        continue;
                if (out.len)
                        str_addc(&out, ' ');
                str_addn(&out, line + t.at, t.end - t.at);
        }
        if (field) {
                str_add_sep(&out, " ", down ? "sort:-" : "sort:");
                str_add(&out, field);
        }
        return str_take(&out);
}

bool filter_sorts_by(const struct kind *kind, const char *name)
{
        int field = filter_field(kind, name, strlen(name));

        return field >= 0 && kind->fields[field].flags & FIELD_SORT;
}

static bool is_term(const char *line, const struct filter_token *t, const char *term)
{
        return strlen(term) == t->end - t->at &&
               strncasecmp(line + t->at, term, t->end - t->at) == 0;
}

bool filter_has_term(const char *line, const char *term)
{
        struct filter_token t;
        size_t at = 0;

        while (filter_next_token(line, &at, &t))
                if (is_term(line, &t, term))
                        return true;
        return false;
}

char *filter_turn_term(const char *line, const char *term)
{
        bool had = filter_has_term(line, term);
        struct filter_token t;
        struct str out;
        size_t at = 0;

        str_init(&out, strlen(line) + strlen(term) + 2);
        while (filter_next_token(line, &at, &t)) {
                if (is_term(line, &t, term))
                        continue;
                if (out.len)
                        str_addc(&out, ' ');
                str_addn(&out, line + t.at, t.end - t.at);
        }
        if (!had)
                str_add_sep(&out, " ", term);
        return str_take(&out);
}
