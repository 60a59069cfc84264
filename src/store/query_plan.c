/*
 * What a filter asks for: tests of the packed flags, and sets of row ids to be filled from indexes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "store_private.h"

#define DAY_MS    (24ll * 3600 * 1000)
#define MINUTE_MS (60ll * 1000)

/* ---- building -------------------------------------------------------------------------------- */

static size_t add_set(struct plan *p, bool negated)
{
        p->sets[p->set_count].negated = negated;
        return p->set_count++;
}

/* A feed for the newest set; rows ids come in order of the walk. */
static struct walk *add_feed(struct plan *p)
{
        if (p->feed_count == p->feed_room) {
                p->feed_room = p->feed_room ? p->feed_room * 2 : 4;
                p->feeds = xreallocarray(p->feeds, p->feed_room, sizeof(*p->feeds));
        }
        p->feeds[p->feed_count] = (struct feed){.set = p->set_count - 1};
        return &p->feeds[p->feed_count++].walk;
}

static void add_word(struct plan *p, const char *text, int field, bool exact)
{
        if (p->word_count == p->word_room) {
                p->word_room = p->word_room ? p->word_room * 2 : 4;
                p->words = xreallocarray(p->words, p->word_room, sizeof(*p->words));
        }
        p->words[p->word_count++] =
                (struct plan_word){.text = xstrdup(text), .field = field, .exact = exact};
}

void plan_finish(struct plan *p)
{
        for (size_t i = 0; i < p->word_count; i++) {
                free(p->words[i].text);
                free(p->words[i].tokens);
                free(p->words[i].next);
                str_finish(&p->words[i].pieces);
        }
        free(p->words);
        for (size_t i = 0; i < p->feed_count; i++)
                walk_finish(&p->feeds[i].walk);
        for (size_t i = 0; i < p->set_count; i++)
                free(p->sets[i].rids.words);
        free(p->feeds);
}

/* ---- words ----------------------------------------------------------------------------------- */

/* A feed for the words from the first on; what is asked of the index is written when it begins. */
static void feed_words(struct plan *p, const struct kind *kind, size_t first)
{
        struct walk *w = add_feed(p);
        struct feed *f = &p->feeds[p->feed_count - 1];

        f->first_word = first;
        f->word_count = p->word_count - first;
        w->sql[0] = xasprintf("SELECT rowid, 0, 0, NULL FROM thing_%s_fts"
                              " WHERE thing_%s_fts MATCH :text AND rowid > :rid ORDER BY rowid",
                              kind->name, kind->name);
}

static bool has_words(const struct kind *kind)
{
        for (size_t i = 0; i < kind->field_count; i++)
                if (field_is_searched(kind, (int)i))
                        return true;
        return false;
}

/* All words asked for are one question to the index; each word not wanted is one of its own. */
static void plan_words(struct plan *p, const struct filter *f)
{
        size_t first = p->word_count;

        for (size_t i = 0; i < f->term_count; i++)
                if (f->terms[i].what == FILTER_WORD && !f->terms[i].negated)
                        add_word(p, f->terms[i].text, -1, f->terms[i].exact);
        if (p->word_count > first) {
                add_set(p, false);
                if (has_words(f->kind))
                        feed_words(p, f->kind, first);
        }
        for (size_t i = 0; i < f->term_count; i++) {
                if (f->terms[i].what != FILTER_WORD || !f->terms[i].negated)
                        continue;
                add_set(p, true);
                add_word(p, f->terms[i].text, -1, f->terms[i].exact);
                if (has_words(f->kind))
                        feed_words(p, f->kind, p->word_count - 1);
        }
}

/* field:word where the field is searched */
static void feed_field_words(struct plan *p, const struct kind *kind, int field, const char *value)
{
        struct ref_parts parts;
        char column[COLUMN_NAME], usual[REF_MAX];

        column_of(kind, field, column);
        if (strcmp(column, "ref") == 0 && ref_parse(value, &parts)) {
                ref_format(&parts, usual);
                value = usual;
        }
        add_word(p, value, field, false);
        feed_words(p, kind, p->word_count - 1);
}

/* ---- enumerations ---------------------------------------------------------------------------- */

static void plan_enum(struct plan *p, const struct kind *kind, const struct filter_term *t)
{
        const struct field *f = &kind->fields[t->field];
        unsigned allowed = 0;

        for (size_t i = 0; i < t->value_count; i++) {
                int want = enum_rank(f->list, t->values[i]);

                if (!*t->values[i])
                        allowed |= 1; /* not set is packed as 0 */
                for (int rank = 0; want >= 0 && rank < (int)f->list->count; rank++)
                        if (filter_holds(t->op, rank, want))
                                allowed |= 1u << (rank + 1);
        }
        p->enums[p->enum_count].shift = field_flags_shift(kind, t->field);
        p->enums[p->enum_count].mask = field_flags_mask(f);
        p->enums[p->enum_count++].allowed = t->negated ? ~allowed : allowed;
}

/* ---- members of sets, words, references -------------------------------------------------------
 */

static struct walk *feed_item(struct plan *p, const struct kind *kind, int field, const char *item)
{
        struct walk *w = add_feed(p);

        w->sql[0] =
                item ? xasprintf("SELECT rid, 0, at, NULL FROM thing_%s_item"
                                 " WHERE field = :field AND item = :text"
                                 " AND (at, rid) > (:tie, :rid) ORDER BY at, rid",
                                 kind->name)
                     : xasprintf("SELECT rid, 0, at, item FROM thing_%s_item"
                                 " WHERE field = :field AND (item, at, rid) > (:key, :tie, :rid)"
                                 " ORDER BY item, at, rid",
                                 kind->name);
        w->field = field;
        w->tie = INT64_MIN;
        w->text = (struct bound){.type = BOUND_TEXT, .text = xstrdup(item ? item : "")};
        w->key = (struct bound){.type = BOUND_TEXT, .text = xstrdup("")};
        return w;
}

/* "Not set" is what no item tells: then the set holds the rows that have any, less those also asked
 * for, and is negated. */
static void plan_items(struct plan *p, const struct kind *kind, const struct filter_term *t)
{
        bool unset = false;

        for (size_t i = 0; i < t->value_count; i++)
                unset = unset || !*t->values[i];
        add_set(p, t->negated != unset);
        if (unset)
                feed_item(p, kind, t->field, NULL);
        for (size_t i = 0; i < t->value_count; i++) {
                if (!*t->values[i])
                        continue;
                feed_item(p, kind, t->field, t->values[i]);
                p->feeds[p->feed_count - 1].clears = unset;
        }
}

/* ---- ranges ---------------------------------------------------------------------------------- */

/* low <= column <= high */
struct range {
        bool text;
        int64_t low, high;
        const char *word; /* of a text: only this */
};

/* A time stands for its minute; midnight for its day. */
static bool range_of_time(const char *value, enum filter_op op, struct range *ret)
{
        int64_t ms, end;

        if (stamp_parse_ms(value, &ms, NULL) != RC_OK)
                return false;
        end = ms % DAY_MS == 0 ? ms + DAY_MS - 1 : ms - ms % MINUTE_MS + MINUTE_MS - 1;
        *ret = (struct range){.low = INT64_MIN + 1, .high = INT64_MAX};
        switch (op) {
        case FILTER_EQ:
                ret->low = ms % DAY_MS == 0 ? ms : ms - ms % MINUTE_MS;
                ret->high = end;
                break;
        case FILTER_LT: ret->high = ms - 1; break;
        case FILTER_LE: ret->high = ms; break;
        case FILTER_GT: ret->low = ms + 1; break;
        case FILTER_GE: ret->low = ms; break;
        }
        return true;
}

static bool range_of_count(const char *value, enum filter_op op, struct range *ret)
{
        char *end;
        long long n = strtoll(value, &end, 10);

        if (end == value || *end || n == INT64_MIN || n == INT64_MAX)
                return false;
        *ret = (struct range){.low = INT64_MIN + 1, .high = INT64_MAX};
        if (op == FILTER_EQ || op == FILTER_GE || op == FILTER_GT)
                ret->low = n + (op == FILTER_GT);
        if (op == FILTER_EQ || op == FILTER_LE || op == FILTER_LT)
                ret->high = n - (op == FILTER_LT);
        return true;
}

static bool range_of(const struct field *f, const char *value, enum filter_op op, struct range *ret)
{
        if (f->type == FIELD_TIME)
                return range_of_time(value, op, ret);
        if (f->type == FIELD_COUNT)
                return range_of_count(value, op, ret);
        *ret = (struct range){.text = true, .word = value};
        return true;
}

/* Of an indexed column: in index order, from low to high. */
static void feed_range(struct plan *p, const struct kind *kind, int field, const struct range *r)
{
        const char *k = kind->name, *tie = column_tie(kind, field);
        struct walk *w = add_feed(p);
        char col[COLUMN_NAME];

        column_sorted(kind, field, col);
        if (r->text) {
                w->sql[0] = xasprintf(
                        "SELECT rid, flags, %s, %s FROM thing_%s INDEXED BY thing_%s_by_%s"
                        " WHERE (%s, %s, flags, rid) > (:key, :tie, :flags, :rid)"
                        " AND %s = :high ORDER BY %s, %s, flags, rid",
                        tie, col, k, k, col, col, tie, col, col, tie);
                w->high = (struct bound){.type = BOUND_TEXT, .text = xstrdup(r->word)};
                w->key = (struct bound){.type = BOUND_TEXT, .text = xstrdup(r->word)};
        } else {
                w->sql[0] = xasprintf(
                        "SELECT rid, flags, newest, %s FROM thing_%s"
                        " INDEXED BY thing_%s_by_%s"
                        " WHERE %s <= :high AND (%s, %sflags, rid) > (:key, %s:flags, :rid)"
                        " ORDER BY %s, %sflags, rid",
                        col, k, k, col, col, col, strcmp(col, "newest") ? "newest, " : "",
                        strcmp(col, "newest") ? ":tie, " : "", col,
                        strcmp(col, "newest") ? "newest, " : "");
                w->high = (struct bound){.type = BOUND_NUMBER, .number = r->high};
                w->key = (struct bound){.type = BOUND_NUMBER, .number = r->low};
        }
        w->tie = INT64_MIN;
        w->flags = -1;
}

/* Of a column without an index: the whole table, once. */
static void feed_scan(struct plan *p, const struct kind *kind, int field, const struct range *r)
{
        struct walk *w = add_feed(p);
        char col[COLUMN_NAME];

        column_of(kind, field, col);
        if (!r)
                w->sql[0] = xasprintf("SELECT rid, %s IS NULL, 0, NULL FROM thing_%s"
                                      " WHERE rid > :rid ORDER BY rid",
                                      col, kind->name);
        else if (r->text)
                w->sql[0] = xasprintf("SELECT rid, coalesce(%s = :high, 0), 0, NULL FROM thing_%s"
                                      " WHERE rid > :rid ORDER BY rid",
                                      col, kind->name);
        else
                w->sql[0] = xasprintf("SELECT rid, coalesce(%s BETWEEN :key AND :high, 0), 0, :key"
                                      " FROM thing_%s WHERE rid > :rid ORDER BY rid",
                                      col, kind->name);
        if (r && r->text)
                w->high = (struct bound){.type = BOUND_TEXT, .text = xstrdup(r->word)};
        else if (r)
                w->high = (struct bound){.type = BOUND_NUMBER, .number = r->high};
        if (r && !r->text)
                w->key = (struct bound){.type = BOUND_NUMBER, .number = r->low};
        p->feeds[p->feed_count - 1].tests = true;
}

static void feed_unset(struct plan *p, const struct kind *kind, int field)
{
        const struct range undated = {.low = INT64_MIN, .high = INT64_MIN};
        char col[COLUMN_NAME];

        if (!column_sorted(kind, field, col) || strcmp(col, "ref_key") == 0)
                feed_scan(p, kind, field, NULL);
        else if (strcmp(col, "newest") == 0)
                feed_range(p, kind, field, &undated);
        else
                walk_init_key(add_feed(p), kind, field, &(struct bound){.type = BOUND_NULL}, false);
}

static void plan_scalar(struct plan *p, const struct kind *kind, const struct filter_term *t)
{
        const struct field *f = &kind->fields[t->field];
        bool words = field_is_searched(kind, t->field) && t->op == FILTER_EQ;
        char col[COLUMN_NAME];

        add_set(p, t->negated);
        for (size_t i = 0; i < t->value_count; i++) {
                const char *value = t->values[i];
                struct range r;

                if (!*value)
                        feed_unset(p, kind, t->field);
                else if (words)
                        feed_field_words(p, kind, t->field, value);
                else if (!range_of(f, value, t->op, &r))
                        continue; /* such a value is in no row */
                else if (column_sorted(kind, t->field, col))
                        feed_range(p, kind, t->field, &r);
                else
                        feed_scan(p, kind, t->field, &r);
        }
}

static void plan_field(struct plan *p, const struct kind *kind, const struct filter_term *t)
{
        const struct field *f = &kind->fields[t->field];

        if (f->type == FIELD_ENUM)
                plan_enum(p, kind, t);
        else if (field_has_items(f) && t->op == FILTER_EQ)
                plan_items(p, kind, t);
        else
                plan_scalar(p, kind, t);
}

/* Rows can be told by their words before the sets of words are filled. */
static void put_words_last(struct plan *p)
{
        struct feed *feeds = xcalloc(p->feed_count + 1, sizeof(*feeds));
        size_t n = 0;

        for (int words = 0; words < 2; words++) {
                for (size_t i = 0; i < p->feed_count; i++)
                        if ((p->feeds[i].word_count > 0) == words)
                                feeds[n++] = p->feeds[i];
                if (!words)
                        p->plain_count = n;
        }
        free(p->feeds);
        p->feeds = feeds;
        p->feed_room = p->feed_count + 1;
}

enum rc plan_prepare(struct plan *p, const struct filter *f, struct err *err)
{
        for (size_t i = 0; i < f->term_count; i++) {
                const struct filter_term *t = &f->terms[i];

                if (t->what == FILTER_MARK)
                        *(t->negated ? &p->avoid : &p->need) |= t->mark;
                else if (t->what == FILTER_FIELD &&
                         (t->field < 0 || (size_t)t->field >= f->kind->field_count))
                        return err_set(err, RC_INVALID, "%s has no such field", f->kind->name);
                else if (t->what == FILTER_FIELD)
                        plan_field(p, f->kind, t);
        }
        plan_words(p, f);
        put_words_last(p);
        return RC_OK;
}
