/*
 * The values of a condition on a field: filter_read of model/filter.h.
 */
#include "model_private.h"

#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "model/when.h"

/* The values of a term while they are gathered; the line's length bounds them. */
struct values {
        const char *list[FILTER_BYTES_MAX + 2];
        size_t count;
};

static enum rc push_value(struct filter_reader *r, struct values *vs, const char *value)
{
        if (vs->count == FILTER_BYTES_MAX)
                return err_set(r->err, RC_INVALID, "too many values");
        vs->list[vs->count++] = value;
        return RC_OK;
}

/* Those of the ranks that are over, or the others. */
static enum rc push_ranks(struct filter_reader *r, const struct field *field, bool over,
                          struct values *vs)
{
        uint32_t ranks = over ? filter_over(field) : ~filter_over(field);
        enum rc rc = RC_OK;

        for (int rank = 0; rc == RC_OK && (size_t)rank < field->list->count; rank++)
                if (ranks >> rank & 1)
                        rc = push_value(r, vs, enum_id(field->list, rank));
        return rc;
}

static enum rc push_languages(struct filter_reader *r, const struct field *field, const char *typed,
                              struct values *vs)
{
        const char *items[FILTER_LANGUAGE_ITEMS];
        size_t count = 0;
        enum rc rc = filter_read_language(r, field, typed, items, &count);

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = push_value(r, vs, items[i]);
        return rc;
}

static enum rc read_value(struct filter_reader *r, const struct field *field, const char *typed,
                          struct values *vs)
{
        struct value v = {.text = NULL};
        enum rc rc = RC_OK;

        if (filter_over(field) && strcasecmp(typed, "open") == 0)
                return push_ranks(r, field, false, vs);
        if (field->form == &item_language)
                return push_languages(r, field, typed, vs);
        if (field->words) {
                bool cut;
                const char *meant = filter_word_meant(r, field->words, typed, &cut);

                if (cut && field->flags & FIELD_OFFERS) /* it may be a word of its own, too */
                        rc = push_value(r, vs, typed);
                typed = meant;
        }
        if (rc != RC_OK)
                return rc;
        rc = value_read(field, typed, &r->ctx->values, r->a, &v, r->err);
        if (rc != RC_OK)
                return rc;
        if (value_is_empty(&v))
                return err_set(r->err, RC_INVALID, "%s: needs a value", field->name);
        if (v.text)
                return push_value(r, vs, v.text);
        for (size_t i = 0; rc == RC_OK && i < v.count; i++)
                rc = push_value(r, vs, v.items[i]);
        return rc;
}

/* Longer ago is earlier: so the ops turn round. */
static enum filter_op op_of_age(enum filter_op op)
{
        switch (op) {
        case FILTER_LT: return FILTER_GT;
        case FILTER_LE: return FILTER_GE;
        case FILTER_GT: return FILTER_LT;
        case FILTER_GE: return FILTER_LE;
        default: return FILTER_GE;
        }
}

/* A span of time is that long ago; of a time to come that far ahead. Within it where nothing is
 * compared. */
static enum rc push_age(struct filter_reader *r, struct filter_term *term, int64_t span_ms,
                        struct values *vs)
{
        const struct field *field = &r->f.kind->fields[term->field];
        char stamp[STAMP_BYTES];

        if (vs->count)
                return err_set(r->err, RC_INVALID, "%s takes one %s at a time", field->name,
                               field->flags & FIELD_AHEAD ? "span" : "age");
        if (field->flags & FIELD_AHEAD) {
                stamp_format(r->ctx->values.now_ms + span_ms, stamp);
                /* who is ready in 12 h is ready<12h */
                if (term->op == FILTER_EQ || term->op == FILTER_LT)
                        term->op = FILTER_LE;
        } else {
                stamp_format(r->ctx->values.now_ms - span_ms, stamp);
                term->op = op_of_age(term->op);
        }
        return push_value(r, vs, arena_strdup(r->a, stamp));
}

static bool is_ordered(const struct field *field)
{
        return field->type == FIELD_ENUM || field->type == FIELD_TIME || field->type == FIELD_COUNT;
}

static enum rc check_field(struct filter_reader *r, const struct filter_token *t,
                           const struct field *field)
{
        size_t len = t->end - t->value_at;

        if (t->op != FILTER_EQ && !is_ordered(field))
                return err_set(r->err, RC_INVALID, "%s has no order; only %s:VALUE is understood",
                               field->name, field->name);
        if (len == 0)
                return err_set(r->err, RC_INVALID, "%s: needs a value", field->name);
        if (field->type == FIELD_TEXT && !(field->flags & FIELD_SEARCH) &&
            !(len == 1 && r->line[t->value_at] == '-'))
                return err_set(r->err, RC_INVALID, "%s is not searched; only %s:- is understood",
                               field->name, field->name);
        return RC_OK;
}

static bool is_unset(const struct filter_reader *r, const struct filter_piece *p)
{
        return !p->quoted && p->len == 1 && r->line[p->at] == '-';
}

static enum rc read_piece(struct filter_reader *r, struct filter_term *term,
                          const struct filter_piece *p, struct values *vs)
{
        const struct field *field = &r->f.kind->fields[term->field];
        int64_t span_ms;

        r->at = p->at;
        if (is_unset(r, p))
                return push_value(r, vs, "");
        if (p->len == 0)
                return err_set(r->err, RC_INVALID, "%s: needs a value%s", field->name,
                               vs->count ? " behind the comma" : "");
        const char *typed = filter_span_text(r, p->at, p->len);
        if (field->type == FIELD_TIME && duration_read(typed, &span_ms, NULL) == RC_OK)
                return push_age(r, term, span_ms, vs);
        struct field one = *field;
        if (p->quoted && field->type == FIELD_REFS) /* the reference of another unit has a blank */
                one.type = FIELD_REF;
        return read_value(r, &one, typed, vs);
}

/* status:open alone is "not closed", so that a thing without a status is not lost, and not revoked:
 * what its author took back waits for nobody. Of other states the same. */
static bool is_open_alone(const struct filter_reader *r, const struct filter_token *t,
                          const struct field *field)
{
        return filter_over(field) && t->colon && t->end - t->value_at == 4 &&
               strncasecmp(r->line + t->value_at, "open", 4) == 0;
}

static enum rc add_values(struct filter_reader *r, const struct field *field,
                          struct filter_term *term, const struct values *vs)
{
        const char **values = arena_array(r->a, vs->count, sizeof(*values));

        if (term->op != FILTER_EQ && (vs->count > 1 || !*vs->list[0]))
                return err_set(r->err, RC_INVALID, "%s is compared with one value", field->name);
        memcpy(values, vs->list, vs->count * sizeof(*values));
        term->values = values;
        term->value_count = vs->count;
        return filter_add_term(r, term);
}

static enum rc add_unrevoked(struct filter_reader *r)
{
        return filter_add_term(r, &(struct filter_term){.what = FILTER_MARK,
                                                        .negated = true,
                                                        .field = -1,
                                                        .mark = MARK_REVOKED});
}

enum rc filter_read_values(struct filter_reader *r, const struct filter_token *t, int index)
{
        const struct field *field = &r->f.kind->fields[index];
        struct filter_term term = {
                .what = FILTER_FIELD, .negated = t->negated, .op = t->op, .field = index};
        struct values vs = {.count = 0};
        struct filter_piece p;
        size_t at = t->value_at;
        enum rc rc = check_field(r, t, field);

        if (rc == RC_OK && is_open_alone(r, t, field)) {
                term.negated = !term.negated;
                rc = push_ranks(r, field, true, &vs);
                if (rc == RC_OK)
                        rc = add_values(r, field, &term, &vs);
                return rc == RC_OK && term.negated ? add_unrevoked(r) : rc;
        }
        while (rc == RC_OK && filter_next_piece(r->line, t, &at, &p))
                rc = read_piece(r, &term, &p, &vs);
        return rc == RC_OK ? add_values(r, field, &term, &vs) : rc;
}
