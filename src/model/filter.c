#include "model/filter.h"

#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "model/nearest.h"
#include "model_private.h"

#define SHOWN_COLUMNS 40
#define SHOWN_BYTES   (4 * SHOWN_COLUMNS + 8)
#define LIST_BYTES    600

static const char *shown(const char *text, char out[SHOWN_BYTES])
{
        text_cut(text, SHOWN_COLUMNS, "..", out, SHOWN_BYTES);
        return out;
}

const char *filter_span_text(struct filter_reader *r, size_t at, size_t len)
{
        AUTO_FREE char *clean = text_clean(r->line + at, len, false);

        return arena_strdup(r->a, clean);
}

enum rc filter_add_term(struct filter_reader *r, const struct filter_term *term)
{
        if (r->f.term_count == FILTER_TERMS_MAX)
                return err_set(r->err, RC_INVALID, "more than %d conditions", FILTER_TERMS_MAX);
        r->f.terms[r->f.term_count++] = *term;
        return RC_OK;
}

/* ---- words --------------------------------------------------------------------------------- */

static enum rc add_word(struct filter_reader *r, const struct filter_token *t,
                        const struct filter_piece *p)
{
        if (strspn(r->line + p->at, " \t") >= p->len)
                return err_set(r->err, RC_INVALID, "%s",
                               p->quoted    ? "there is nothing between the quotes"
                               : t->negated ? "- needs a word or a field behind it"
                                            : "text: needs a value");
        return filter_add_term(r, &(struct filter_term){.what = FILTER_WORD,
                                                        .negated = t->negated,
                                                        .field = -1,
                                                        .text = filter_span_text(r, p->at, p->len),
                                                        .exact = p->quoted});
}

/* Words of one condition must all be there; so text:a,b would be read as something else. */
static enum rc read_words(struct filter_reader *r, const struct filter_token *t)
{
        struct filter_piece p;
        size_t at = t->value_at;

        if (!filter_next_piece(r->line, t, &at, &p))
                return RC_OK;
        if (t->named && !t->colon)
                return err_set(r->err, RC_INVALID, "text takes only text:WORD");
        if (at <= t->end)
                return err_set(r->err, RC_INVALID, "text takes one word or \"phrase\" at a time");
        r->at = p.at;
        return add_word(r, t, &p);
}

/* ---- is: ----------------------------------------------------------------------------------- */

static const struct filter_mark *find_mark(const struct kind *kind, const char *name)
{
        const struct filter_mark *mark;

        for (size_t i = 0; (mark = filter_mark_at(i)); i++)
                if (filter_mark_fits(mark, kind) && strcasecmp(mark->name, name) == 0)
                        return mark;
        return NULL;
}

static enum rc refuse_mark(struct filter_reader *r, const char *name)
{
        const struct filter_mark *mark;
        CLEANUP(str_finish) struct str all = {.s = NULL};
        char cut[SHOWN_BYTES];
        struct nearest n;

        if (!*name)
                return err_set(r->err, RC_INVALID, "is: needs a value");
        str_init(&all, LIST_BYTES);
        nearest_init(&n, name);
        for (size_t i = 0; (mark = filter_mark_at(i)); i++) {
                if (!filter_mark_fits(mark, r->f.kind))
                        continue;
                str_add_sep(&all, ", ", mark->name);
                nearest_offer(&n, mark->name);
        }
        return err_set(r->err, RC_INVALID, "is takes %s; not \"%s\" (nearest: %s)", str_text(&all),
                       shown(name, cut), n.best);
}

static enum rc add_mine(struct filter_reader *r, const struct filter_token *t)
{
        const struct kind *kind = r->f.kind;
        const char *me = r->ctx->values.me;
        size_t i = 0;

        while (i < kind->field_count && !(kind->fields[i].flags & FIELD_PERSON))
                i++;
        if (i == kind->field_count)
                return err_set(r->err, RC_INVALID, "is:mine has no meaning for a %s", kind->name);
        if (!me)
                return err_set(r->err, RC_INVALID,
                               "is:mine: nobody is signed on, so nothing is mine");
        const char **values = arena_array(r->a, 1, sizeof(*values));
        values[0] = arena_strdup(r->a, me);
        return filter_add_term(r, &(struct filter_term){.what = FILTER_FIELD,
                                                        .negated = t->negated,
                                                        .field = (int)i,
                                                        .values = values,
                                                        .value_count = 1});
}

static enum rc read_token(struct filter_reader *r, const struct filter_token *t);

/* Conditions that one word stands for; those on fields that the kind does not have fall away. */
static enum rc add_line(struct filter_reader *r, const char *said)
{
        const char *line = r->line;
        struct filter_token t;
        size_t at = 0, stood = r->at;
        enum rc rc = RC_OK;

        r->line = said;
        while (rc == RC_OK && filter_next_token(said, &at, &t))
                if (filter_field(r->f.kind, said + t.name_at, t.name_len) >= 0)
                        rc = read_token(r, &t);
        r->line = line;
        r->at = stood;
        return rc;
}

/* Not all of several can't be said by terms that must all hold; so of a mark with conditions the
 * mark alone is denied, and a word of several conditions can't be. */
static enum rc add_denied(struct filter_reader *r, const struct filter_mark *mark)
{
        struct filter_token one;
        size_t first = r->f.term_count, at = 0;
        enum rc rc;

        if (mark->bit)
                return filter_add_term(r, &(struct filter_term){.what = FILTER_MARK,
                                                                .negated = true,
                                                                .field = -1,
                                                                .mark = mark->bit});
        if (!filter_next_token(mark->line, &at, &one))
                return RC_FAIL;
        rc = add_line(r, arena_strndup(r->a, mark->line, one.end));
        if (rc == RC_OK)
                r->f.terms[first].negated = !r->f.terms[first].negated;
        return rc;
}

static enum rc add_mark(struct filter_reader *r, const struct filter_token *t,
                        const struct filter_mark *mark)
{
        enum rc rc = RC_OK;

        if (!mark->bit && !mark->line)
                return add_mine(r, t);
        if (t->negated)
                return add_denied(r, mark);
        if (mark->bit)
                rc = filter_add_term(
                        r,
                        &(struct filter_term){.what = FILTER_MARK, .field = -1, .mark = mark->bit});
        return rc == RC_OK && mark->line ? add_line(r, mark->line) : rc;
}

/* A thing can be several at once, so of several all hold: is:mine,overdue; with - none does. */
static enum rc read_marks(struct filter_reader *r, const struct filter_token *t)
{
        size_t at = t->value_at;
        struct filter_piece p;
        enum rc rc = RC_OK;

        if (!t->colon)
                return err_set(r->err, RC_INVALID, "is takes only is:VALUE");
        while (rc == RC_OK && filter_next_piece(r->line, t, &at, &p)) {
                const char *name = filter_span_text(r, p.at, p.len);
                const struct filter_mark *mark = find_mark(r->f.kind, name);

                r->at = p.at;
                if (!mark)
                        return refuse_mark(r, name);
                rc = add_mark(r, t, mark);
        }
        return rc;
}

/* ---- sort: --------------------------------------------------------------------------------- */

static enum rc refuse_sort(struct filter_reader *r, const char *name)
{
        const struct kind *kind = r->f.kind;
        CLEANUP(str_finish) struct str all = {.s = NULL};
        char cut[SHOWN_BYTES];

        str_init(&all, LIST_BYTES);
        for (size_t i = 0; i < kind->field_count; i++)
                if (kind->fields[i].flags & FIELD_SORT)
                        str_add_sep(&all, ", ", kind->fields[i].name);
        return err_set(r->err, RC_INVALID, "sort takes %s; not \"%s\" (nearest: %s)",
                       str_text(&all), shown(name, cut),
                       filter_field_nearest(kind, name, FIELD_SORT));
}

/* The greatest age is the earliest time. */
static bool is_age(const char *name, size_t len)
{
        return len == 3 && strncasecmp(name, "age", len) == 0;
}

static enum rc read_sort(struct filter_reader *r, const struct filter_token *t)
{
        size_t at = t->value_at;
        bool down = r->line[at] == '-';

        r->at = at += down;
        if (t->negated || !t->colon)
                return err_set(r->err, RC_INVALID, "sort takes only sort:FIELD and sort:-FIELD");
        if (at >= t->end)
                return err_set(r->err, RC_INVALID, "sort: needs a value");
        int field = filter_field(r->f.kind, r->line + at, t->end - at);
        if (field < 0 || !(r->f.kind->fields[field].flags & FIELD_SORT))
                return refuse_sort(r, filter_span_text(r, at, t->end - at));
        r->f.sort_field = field;
        r->f.sort_down = down != is_age(r->line + at, t->end - at);
        r->f.sort_given = true;
        return RC_OK;
}

/* ---- the line -------------------------------------------------------------------------------- */

static enum rc refuse_name(struct filter_reader *r, const struct filter_token *t)
{
        const char *name = filter_span_text(r, t->name_at, t->name_len);
        char cut[SHOWN_BYTES];

        r->at = t->name_at;
        return err_set(r->err, RC_INVALID, "no field %s; nearest: %s", shown(name, cut),
                       filter_field_nearest(r->f.kind, name, 0));
}

static enum rc read_token(struct filter_reader *r, const struct filter_token *t)
{
        r->at = t->value_at;
        if (t->problem) {
                r->at = t->problem_at;
                return err_set(r->err, RC_INVALID, "%s", t->problem);
        }
        if (!t->named || filter_name_is(r->line, t, "text"))
                return read_words(r, t);
        if (filter_name_is(r->line, t, "is"))
                return read_marks(r, t);
        if (filter_name_is(r->line, t, "sort"))
                return read_sort(r, t);
        const struct filter_phrase *phrase = filter_phrase_find(r->f.kind, r->line, t);
        if (phrase)
                return phrase->read(r, t);
        int field = filter_field(r->f.kind, r->line + t->name_at, t->name_len);
        if (field < 0)
                return refuse_name(r, t);
        enum rc rc = filter_read_values(r, t, field);
        return rc == RC_OK ? filter_add_validity(r, t, field) : rc;
}

static enum rc read_line(struct filter_reader *r)
{
        struct filter_token t;
        size_t at = 0, len = strlen(r->line);
        enum rc rc = RC_OK;

        if (len > FILTER_BYTES_MAX) {
                r->at = FILTER_BYTES_MAX;
                return err_set(r->err, RC_INVALID, "the filter has more than %d bytes",
                               FILTER_BYTES_MAX);
        }
        if (!text_is_utf8(r->line, len))
                return err_set(r->err, RC_INVALID, "the filter is not UTF-8");
        while (rc == RC_OK && filter_next_token(r->line, &at, &t))
                rc = read_token(r, &t);
        return rc;
}

enum rc filter_read(const char *line, const struct filter_context *ctx, struct arena *a,
                    struct filter *ret, size_t *ret_at, struct err *err)
{
        struct filter_reader r = {.line = line,
                                  .ctx = ctx,
                                  .a = a,
                                  .f = {.kind = ctx->kind, .sort_field = -1},
                                  .err = err};
        enum rc rc = read_line(&r);

        if (rc == RC_OK)
                *ret = r.f;
        else if (ret_at)
                *ret_at = r.at;
        return rc;
}
