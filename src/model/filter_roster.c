/*
 * Conditions on people, teams and equipment that are more than a comparison with one field: how
 * soon they could leave, for how long they are free, what they speak, what they are cleared for
 * now.
 */
#include "model_private.h"

#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "model/when.h"

#define MINUTE_MS INT64_C(60000)
#define DAY_MS    (24 * 60 * MINUTE_MS)

static enum rc add_compared(struct filter_reader *r, const char *field, bool negated,
                            enum filter_op op, const char *value)
{
        const char **values = arena_array(r->a, 1, sizeof(*values));

        values[0] = value;
        return filter_add_term(r, &(struct filter_term){.what = FILTER_FIELD,
                                                        .negated = negated,
                                                        .op = op,
                                                        .field = field_index(r->f.kind, field),
                                                        .values = values,
                                                        .value_count = 1});
}

static enum rc add_moment(struct filter_reader *r, const char *field, bool negated,
                          enum filter_op op, int64_t ms)
{
        char stamp[STAMP_BYTES];

        stamp_format(ms, stamp);
        return add_compared(r, field, negated, op, arena_strdup(r->a, stamp));
}

/* The one value of a condition: so long from now, or a time. */
static enum rc read_moment(struct filter_reader *r, const struct filter_token *t, const char *name,
                           int64_t *ret_ms)
{
        struct filter_piece p;
        size_t at = t->value_at;
        int64_t span_ms;

        if (!filter_next_piece(r->line, t, &at, &p) || p.len == 0)
                return err_set(r->err, RC_INVALID, "%s: needs a value", name);
        if (at <= t->end)
                return err_set(r->err, RC_INVALID, "%s takes one span or time at a time", name);
        r->at = p.at;
        const char *typed = filter_span_text(r, p.at, p.len);
        if (duration_read(typed, &span_ms, NULL) == RC_OK) {
                *ret_ms = r->ctx->values.now_ms + span_ms;
                return RC_OK;
        }
        enum rc rc = when_read(typed, r->ctx->values.now_ms, ret_ms, r->err);
        return rc == RC_OK ? rc : err_wrap(r->err, rc, "%s", name);
}

/* Called now it is on its way before then: neither its notice nor what it is busy with lasts
 * longer. What fails one of two can't be said by conditions that must all hold. */
static enum rc read_ready(struct filter_reader *r, const struct filter_token *t)
{
        enum filter_op op = t->op == FILTER_EQ ? FILTER_LE : t->op;
        int64_t ms, notice_ms;
        enum rc rc;

        if (t->negated || op == FILTER_GT || op == FILTER_GE)
                return err_set(
                        r->err, RC_INVALID,
                        "ready takes only ready<12h and ready<=12h: who could leave by then");
        rc = read_moment(r, t, "ready", &ms);
        if (rc != RC_OK)
                return rc;
        notice_ms = ms - r->ctx->values.now_ms;
        if (op == FILTER_LT)
                notice_ms += MINUTE_MS - 1;
        rc = add_moment(r, "departure", false, op, ms);
        return rc == RC_OK ? add_compared(
                                     r, "notice_min", false, op,
                                     arena_printf(r->a, "%lld", (long long)(notice_ms / MINUTE_MS)))
                           : rc;
}

/* Free now, and nothing comes until then; a day counts until it is over. */
static enum rc read_free(struct filter_reader *r, const struct filter_token *t)
{
        int64_t ms;
        enum rc rc;

        if (t->negated || !t->colon)
                return err_set(
                        r->err, RC_INVALID,
                        "free takes only free:5d and free:2026-12-01: free from now until then");
        rc = read_moment(r, t, "free", &ms);
        if (rc == RC_OK && ms % DAY_MS == 0 && ms != r->ctx->values.now_ms)
                ms += DAY_MS;
        if (rc == RC_OK)
                rc = add_moment(r, "free_from", false, FILTER_LE, r->ctx->values.now_ms);
        return rc == RC_OK ? add_moment(r, "busy_from", true, FILTER_LT, ms) : rc;
}

/* ---- the names ------------------------------------------------------------------------------- */

static const struct filter_phrase phrases[] = {
        {"ready", "ready<", "departure", read_ready},
        {"free", "free:", "busy_from", read_free},
};

const struct filter_phrase *filter_phrase_at(size_t i, const struct kind *kind)
{
        for (size_t k = 0; k < ARRAY_LEN(phrases); k++)
                if (field_index(kind, phrases[k].field) >= 0 && i-- == 0)
                        return &phrases[k];
        return NULL;
}

const struct filter_phrase *filter_phrase_find(const struct kind *kind, const char *line,
                                               const struct filter_token *t)
{
        const struct filter_phrase *phrase;

        for (size_t i = 0; (phrase = filter_phrase_at(i, kind)); i++)
                if (filter_name_is(line, t, phrase->name))
                        return phrase;
        return NULL;
}

/* ---- clearances ------------------------------------------------------------------------------ */

enum rc filter_add_validity(struct filter_reader *r, const struct filter_token *t, int field)
{
        const struct field *f = &r->f.kind->fields[field];
        const struct filter_term *term = &r->f.terms[r->f.term_count - 1];
        bool asks = t->op == FILTER_EQ || t->op == FILTER_GT || t->op == FILTER_GE;

        for (size_t i = 0; t->op == FILTER_EQ && i < term->value_count; i++)
                asks = asks && enum_rank(&enum_clearance, term->values[i]) > CLEARANCE_NONE;
        if (f->list != &enum_clearance || t->negated || !asks ||
            field_index(r->f.kind, "clearance_until") < 0)
                return RC_OK;
        return add_moment(r, "clearance_until", true, FILTER_LE, r->ctx->values.now_ms);
}

/* ---- languages ------------------------------------------------------------------------------- */

/* Where the comparison of a language with a level stands; its end where there is none. */
static size_t find_op(const char *typed, enum filter_op *op, size_t *op_len)
{
        size_t at = strcspn(typed, "<>");

        *op_len = typed[at] ? 1 + (typed[at + 1] == '=') : 0;
        if (typed[at] == '<')
                *op = *op_len == 2 ? FILTER_LE : FILTER_LT;
        else
                *op = *op_len == 2 ? FILTER_GE : FILTER_GT;
        return at;
}

static enum rc read_level(struct filter_reader *r, const struct field *field, const char *typed,
                          int *ret)
{
        const struct field level = {.name = field->name, .type = FIELD_ENUM, .list = &enum_cefr};
        struct value v = {.text = NULL};
        enum rc rc = value_read(&level, typed, &r->ctx->values, r->a, &v, r->err);

        if (rc == RC_OK && !v.text)
                return err_set(r->err, RC_INVALID, "%s: a level is missing, as ro>=b2",
                               field->name);
        if (rc == RC_OK)
                *ret = enum_rank(&enum_cefr, v.text);
        return rc;
}

enum rc filter_read_language(struct filter_reader *r, const struct field *field, const char *typed,
                             const char *ret[FILTER_LANGUAGE_ITEMS], size_t *ret_count)
{
        const struct field name = {.name = field->name, .type = FIELD_WORD, .words = "language"};
        enum filter_op op = FILTER_EQ;
        struct language_item item;
        size_t op_len, len = find_op(typed, &op, &op_len), count = 0;
        const char *code = filter_word_meant(r, "language", arena_strndup(r->a, typed, len), NULL);
        struct value v = {.text = NULL};
        int level = -1;
        enum rc rc = op_len ? read_level(r, field, typed + len + op_len, &level) : RC_OK;

        if (rc == RC_OK && !op_len && strchr(typed, ':')) {
                rc = value_read(field, typed, &r->ctx->values, r->a, &v, r->err);
                if (rc == RC_OK && v.count == 1 && language_item_read(v.items[0], &item))
                        ret[count++] = v.items[0];
                *ret_count = count;
                return rc;
        }
        if (rc == RC_OK)
                rc = value_read(&name, code, &r->ctx->values, r->a, &v, r->err);
        if (rc != RC_OK)
                return rc;
        if (!v.text)
                return err_set(r->err, RC_INVALID, "%s: needs a value", field->name);
        if (!op_len)
                ret[count++] = v.text;
        for (int have = 0; have < (int)enum_cefr.count; have++)
                if (!op_len || filter_holds(op, have, level))
                        ret[count++] =
                                arena_printf(r->a, "%s:%s", v.text, enum_id(&enum_cefr, have));
        *ret_count = count;
        return RC_OK;
}

/* ---- beginnings of words --------------------------------------------------------------------- */

const char *filter_word_meant(struct filter_reader *r, const char *words, const char *typed,
                              bool *ret_cut)
{
        const struct words *all = r->ctx->values.words;
        const struct word_list *list = all ? words_list(all, words) : NULL;
        const char *meant = NULL;
        size_t len = strlen(typed);

        if (ret_cut)
                *ret_cut = false;
        if (!list || len == 0 || word_find(list, typed))
                return typed;
        for (size_t i = 0; i < list->count; i++) {
                const struct word *w = &list->words[i];

                if (strncasecmp(w->id, typed, len) != 0 && strncasecmp(w->label, typed, len) != 0)
                        continue;
                if (meant)
                        return typed;
                meant = w->id;
        }
        if (ret_cut)
                *ret_cut = meant != NULL;
        return meant ? meant : typed;
}
