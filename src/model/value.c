/*
 * What a person or a script typed, made canonical: value_read of model/thing.h.
 */
#include "model/thing.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/str.h"
#include "base/text.h"
#include "model/item.h"
#include "model/marking.h"
#include "model/nearest.h"
#include "model/when.h"
#include "model/words.h"

#define SHOWN_COLUMNS 40
#define SHOWN_BYTES   (4 * SHOWN_COLUMNS + 8)
#define REF_WORDS_MAX 4  /* of a reference: "NL EXP-0002"  */
#define DIGITS_MAX    18 /* always fits an int64 */
#define CHOICES_MAX   12 /* so many a sentence can name */
#define CHOICES_BYTES 600
#define BLANKS        " \t\n"

struct reading {
        const struct field *field;
        const struct value_context *ctx;
        struct arena *a;
        struct err *err;
};

static const char *shown(const char *typed, char out[SHOWN_BYTES])
{
        text_cut(typed, SHOWN_COLUMNS, "..", out, SHOWN_BYTES);
        return out;
}

/* Clean and without blanks at its ends, in the arena. */
static char *tidy(const struct reading *r, const char *typed, bool lines)
{
        AUTO_FREE char *clean = text_clean(typed, strlen(typed), lines);
        const char *from = clean + strspn(clean, BLANKS);
        size_t len = strlen(from);

        while (len > 0 && strchr(BLANKS, from[len - 1]))
                len--;
        return arena_strndup(r->a, from, len);
}

static enum rc read_text(const struct reading *r, const char *typed, const char **ret)
{
        bool lines = r->field->type == FIELD_TEXT;
        size_t max = lines ? VALUE_TEXT_MAX : VALUE_LINE_MAX;
        size_t len = strlen(typed);

        if (len <= max) {
                const char *text = tidy(r, typed, lines);

                len = strlen(text);
                if (len <= max) {
                        *ret = text;
                        return RC_OK;
                }
        }
        return err_set(r->err, RC_INVALID, "%s has %zu bytes, at most %zu", r->field->name, len,
                       max);
}

static enum rc read_person(const struct reading *r, const char *typed, const char **ret)
{
        const char *text = NULL;
        enum rc rc = read_text(r, typed, &text);

        if (rc != RC_OK)
                return rc;
        if (strcmp(text, "me") == 0) {
                if (!r->ctx->me)
                        return err_set(r->err, RC_INVALID,
                                       "%s: nobody is signed on, so \"me\" is nobody",
                                       r->field->name);
                text = arena_strdup(r->a, r->ctx->me);
        }
        *ret = text;
        return RC_OK;
}

static enum rc refuse_enum(const struct reading *r, const char *typed)
{
        const struct enum_list *list = r->field->list;
        CLEANUP(str_finish) struct str choices = {.s = NULL};
        char cut[SHOWN_BYTES];
        struct nearest n;

        str_init(&choices, CHOICES_BYTES);
        nearest_init(&n, typed);
        for (size_t i = 0; i < list->count; i++) {
                str_add_sep(&choices, ", ", list->items[i].id);
                nearest_offer(&n, list->items[i].id);
        }
        return err_set(r->err, RC_INVALID, "%s takes %s; not \"%s\" (nearest: %s)", r->field->name,
                       str_text(&choices), shown(typed, cut), n.best);
}

static enum rc read_enum(const struct reading *r, const char *typed, const char **ret)
{
        const struct enum_list *list = r->field->list;
        int rank = list == &enum_tlp ? tlp_read(typed) : enum_rank(list, typed);

        if (rank < 0)
                return refuse_enum(r, typed);
        *ret = enum_id(list, rank);
        return RC_OK;
}

/* Short lists are named in full, long ones by their title. */
static enum rc refuse_word(const struct reading *r, const struct word_list *list, const char *typed)
{
        const struct word *near = word_nearest(list, typed);
        CLEANUP(str_finish) struct str choices = {.s = NULL};
        char cut[SHOWN_BYTES];

        str_init(&choices, CHOICES_BYTES);
        for (size_t i = 0; i < list->count && list->count <= CHOICES_MAX; i++)
                str_add_sep(&choices, ", ", list->words[i].id);
        if (choices.over || list->count > CHOICES_MAX) {
                str_clear(&choices);
                str_addf(&choices, "one of %zu: %s", list->count, list->title);
        }
        return err_set(r->err, RC_INVALID, "%s takes %s; not \"%s\" (nearest: %s)", r->field->name,
                       str_text(&choices), shown(typed, cut), near->id);
}

static enum rc list_of(const struct reading *r, const struct word_list **ret)
{
        const struct word_list *list =
                r->ctx->words ? words_list(r->ctx->words, r->field->words) : NULL;

        if (!list || !list->count)
                return err_set(r->err, RC_INVALID, "%s: the word list %s is not installed",
                               r->field->name, r->field->words);
        *ret = list;
        return RC_OK;
}

/* A word that its list does not have, in the case that lists have them. */
static enum rc read_other_word(const struct reading *r, const char *typed, const char **ret)
{
        AUTO_FREE char *folded = text_fold(typed);

        return read_text(r, folded, ret);
}

static enum rc read_word(const struct reading *r, const char *typed, const char **ret)
{
        const struct word_list *list = NULL;
        const struct word *word;

        if (!r->field->words)
                return read_text(r, typed, ret);
        enum rc rc = list_of(r, &list);
        if (rc != RC_OK)
                return rc;
        word = word_find(list, typed);
        if (!word && (r->field->flags & FIELD_OFFERS))
                return read_other_word(r, typed, ret);
        if (!word)
                word = word_begun(list, typed);
        if (!word)
                return refuse_word(r, list, typed);
        *ret = arena_strdup(r->a, word->id);
        return RC_OK;
}

static enum rc read_time(const struct reading *r, const char *typed, const char **ret)
{
        char stamp[STAMP_BYTES];
        int64_t ms;
        bool ahead = r->field->flags & FIELD_AHEAD;
        enum rc rc = (ahead ? when_read_ahead : when_read)(typed, r->ctx->now_ms, &ms, r->err);

        if (rc != RC_OK)
                return err_wrap(r->err, rc, "%s", r->field->name);
        stamp_format(ms, stamp);
        *ret = arena_strdup(r->a, stamp);
        return RC_OK;
}

static enum rc refuse_kind(const struct reading *r, const struct kind *kind, const char *ref)
{
        CLEANUP(str_finish) struct str choices = {.s = NULL};
        bool counted = strcmp(kind->name, kind->plural) != 0;

        str_init(&choices, CHOICES_BYTES);
        for (size_t i = 0; i < kind_count(); i++)
                if (field_takes(r->field, kind_at(i)))
                        str_add_sep(&choices, ", ", kind_at(i)->plural);
        return err_set(r->err, RC_INVALID, "%s takes %s; %s is %s%s", r->field->name,
                       str_text(&choices), ref,
                       !counted                         ? ""
                       : strchr("aeiou", kind->name[0]) ? "an "
                                                        : "a ",
                       kind->name);
}

/* What is not held may be anything. */
static enum rc judge_kind(const struct reading *r, const char *id)
{
        const char *ref = id;
        const struct kind *kind = r->field->kinds && r->ctx->kind_of
                                          ? r->ctx->kind_of(r->ctx->resolve_ctx, id, r->a, &ref)
                                          : NULL;

        return kind && !field_takes(r->field, kind) ? refuse_kind(r, kind, ref) : RC_OK;
}

static enum rc read_ref(const struct reading *r, const char *typed, const char **ret)
{
        const struct value_context *ctx = r->ctx;
        const char *id = NULL;
        char cut[SHOWN_BYTES];

        if (ident_is_stix(typed, strlen(typed)))
                id = arena_strdup(r->a, typed);
        else if (ctx->resolve)
                id = ctx->resolve(ctx->resolve_ctx, typed, r->a);
        if (!id && ctx->resolve)
                return err_set(r->err, RC_INVALID, "%s takes one thing; \"%s\" is none, or several",
                               r->field->name, shown(typed, cut));
        if (!id)
                return err_set(r->err, RC_INVALID, "%s takes a STIX id, type--UUID; not \"%s\"",
                               r->field->name, shown(typed, cut));
        enum rc rc = judge_kind(r, id);
        if (rc == RC_OK)
                *ret = id;
        return rc;
}

/* "4h" or a number of minutes. */
static enum rc read_minutes(const struct reading *r, const char *typed, const char **ret)
{
        int64_t ms;
        enum rc rc = duration_read(typed, &ms, NULL);
        char cut[SHOWN_BYTES];

        if (rc != RC_OK)
                return err_set(r->err, RC_INVALID,
                               "%s takes a span of time, as 4h or 90m; not \"%s\"", r->field->name,
                               shown(typed, cut));
        *ret = arena_printf(r->a, "%lld", (long long)(ms / 60000));
        return RC_OK;
}

static enum rc read_count(const struct reading *r, const char *typed, const char **ret)
{
        size_t digits = strspn(typed, "0123456789");
        char cut[SHOWN_BYTES];

        if ((r->field->flags & FIELD_MINUTES) && digits && typed[digits])
                return read_minutes(r, typed, ret);
        if (digits == 0 || digits > DIGITS_MAX || typed[digits])
                return err_set(r->err, RC_INVALID, "%s takes a whole number; not \"%s\"",
                               r->field->name, shown(typed, cut));
        size_t zeros = strspn(typed, "0");
        *ret = arena_strdup(r->a, zeros == digits ? "0" : typed + zeros);
        return RC_OK;
}

/* One value, tidy and not empty. */
static enum rc read_one(const struct reading *r, const char *text, const char **ret)
{
        switch (r->field->type) {
        case FIELD_ENUM: return read_enum(r, text, ret);
        case FIELD_WORD:
        case FIELD_WORDS: return read_word(r, text, ret);
        case FIELD_TIME: return read_time(r, text, ret);
        case FIELD_REF:
        case FIELD_REFS: return read_ref(r, text, ret);
        case FIELD_COUNT: return read_count(r, text, ret);
        default: return RC_FAIL;
        }
}

/* ---- sets ---------------------------------------------------------------------------------- */

struct items {
        const char *list[VALUE_ITEMS_MAX];
        size_t count;
};

static enum rc keep_item(const struct reading *r, const char *item, struct items *items)
{
        for (size_t i = 0; i < items->count; i++)
                if (strcmp(items->list[i], item) == 0)
                        return RC_OK;
        if (items->count == VALUE_ITEMS_MAX)
                return err_set(r->err, RC_INVALID, "%s has more than %d members", r->field->name,
                               VALUE_ITEMS_MAX);
        items->list[items->count++] = item;
        return RC_OK;
}

static enum rc add_item(const struct reading *r, const char *text, struct items *items)
{
        const char *item = NULL;
        enum rc rc = read_one(r, text, &item);

        return rc == RC_OK ? keep_item(r, item, items) : rc;
}

/* Bytes of s without its last word and the blanks in front of that; 0 where it has one word. */
static size_t without_last_word(const char *s, size_t len)
{
        while (len > 0 && !strchr(BLANKS, s[len - 1]))
                len--;
        while (len > 0 && strchr(BLANKS, s[len - 1]))
                len--;
        return len;
}

/* The longest beginning of `rest` that is a member of the field's form, and its bytes. Where none
 * is, the sentence is about all of it. */
static enum rc read_formed(const struct reading *r, const char *rest, size_t place,
                           const char **ret_item, size_t *ret_len)
{
        const struct item_form *form = r->field->form;
        size_t len = strlen(rest);
        enum rc rc = form->read(r->field, rest, place, r->ctx, r->a, ret_item, r->err);

        while (rc != RC_OK && !form->commas_only && (len = without_last_word(rest, len)) > 0)
                if (form->read(r->field, arena_strndup(r->a, rest, len), place, r->ctx, r->a,
                               ret_item, NULL) == RC_OK) {
                        err_clear(r->err);
                        rc = RC_OK;
                }
        if (rc == RC_OK)
                *ret_len = len;
        return rc;
}

static enum rc add_formed(const struct reading *r, const char *part, struct items *items)
{
        enum rc rc = RC_OK;

        while (rc == RC_OK && *part) {
                const char *item = NULL;
                size_t len = 0;

                rc = read_formed(r, part, items->count, &item, &len);
                if (rc == RC_OK)
                        rc = keep_item(r, item, items);
                part += len;
                part += strspn(part, BLANKS);
        }
        return rc;
}

static size_t bytes_of_words(const char *s, size_t words)
{
        size_t len = 0;

        for (size_t i = 0; i < words && s[len]; i++) {
                len += strspn(s + len, BLANKS);
                len += strcspn(s + len, BLANKS);
        }
        return len;
}

/* The longest beginning of `rest` that is called so: "NL EXP-0002" is one thing. */
static enum rc read_ref_of(const struct reading *r, const char *rest, const char **ret_item,
                           size_t *ret_len)
{
        const struct reading quiet = {r->field, r->ctx, r->a, NULL};
        size_t len = bytes_of_words(rest, REF_WORDS_MAX);

        for (; len > 0; len = without_last_word(rest, len))
                if (read_ref(&quiet, arena_strndup(r->a, rest, len), ret_item) == RC_OK) {
                        *ret_len = len;
                        return RC_OK;
                }
        len = strcspn(rest, "0123456789");
        len += strcspn(rest + len, BLANKS);
        return read_ref(r, arena_strndup(r->a, rest, len), ret_item);
}

static enum rc add_refs(const struct reading *r, const char *part, struct items *items)
{
        enum rc rc = RC_OK;

        while (rc == RC_OK && *part) {
                const char *item = NULL;
                size_t len = 0;

                rc = read_ref_of(r, part, &item, &len);
                if (rc == RC_OK)
                        rc = keep_item(r, item, items);
                part += len;
                part += strspn(part, BLANKS);
        }
        return rc;
}

/* A part between commas: one word that has blanks in it ("Drinking water"), or several. */
static enum rc add_part(const struct reading *r, char *part, struct items *items)
{
        const char *whole = tidy(r, part, false);
        enum rc rc = RC_OK;

        if (!*whole)
                return RC_OK;
        if (r->field->form)
                return add_formed(r, whole, items);
        if (r->field->type == FIELD_REFS)
                return add_refs(r, whole, items);
        if (r->field->words && r->ctx->words &&
            word_find(words_list(r->ctx->words, r->field->words), whole))
                return add_item(r, whole, items);
        while (rc == RC_OK && *whole) {
                size_t len = strcspn(whole, BLANKS);

                rc = add_item(r, arena_strndup(r->a, whole, len), items);
                whole += len;
                whole += strspn(whole, BLANKS);
        }
        return rc;
}

static int compare_items(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum rc read_set(const struct reading *r, const char *typed, struct value *ret)
{
        struct items items = {.count = 0};
        enum rc rc = RC_OK;

        if (strlen(typed) > VALUE_TEXT_MAX)
                return err_set(r->err, RC_INVALID, "%s has more than %d bytes", r->field->name,
                               VALUE_TEXT_MAX);
        while (rc == RC_OK && *typed) {
                size_t len = strcspn(typed, ",");

                rc = add_part(r, arena_strndup(r->a, typed, len), &items);
                typed += len;
                typed += *typed == ',';
        }
        if (rc != RC_OK)
                return rc;
        qsort(items.list, items.count, sizeof(*items.list), compare_items);
        const char **list = arena_array(r->a, items.count + 1, sizeof(*list));
        memcpy(list, items.list, items.count * sizeof(*list));
        *ret = (struct value){.items = items.count ? list : NULL, .count = items.count};
        return RC_OK;
}

static enum rc read_formed_line(const struct reading *r, const char *typed, const char **ret)
{
        enum rc rc = read_text(r, typed, ret);

        if (rc != RC_OK || !**ret)
                return rc;
        return r->field->form->read(r->field, *ret, 0, r->ctx, r->a, ret, r->err);
}

static enum rc read_scalar(const struct reading *r, const char *typed, struct value *ret)
{
        const char *text = NULL;
        enum rc rc;

        if (r->field->type == FIELD_LINE && r->field->form) {
                rc = read_formed_line(r, typed, &text);
        } else if (r->field->type == FIELD_LINE && (r->field->flags & FIELD_PERSON)) {
                rc = read_person(r, typed, &text);
        } else {
                rc = read_text(r, typed, &text);
                if (rc == RC_OK && *text && r->field->type != FIELD_LINE &&
                    r->field->type != FIELD_TEXT)
                        rc = read_one(r, text, &text);
        }
        if (rc == RC_OK)
                *ret = (struct value){.text = *text ? text : NULL};
        return rc;
}

enum rc value_read(const struct field *field, const char *typed, const struct value_context *ctx,
                   struct arena *a, struct value *ret, struct err *err)
{
        struct reading r = {field, ctx, a, err};

        return field_is_set(field) ? read_set(&r, typed, ret) : read_scalar(&r, typed, ret);
}
