/*
 * What files of this layer share: the pieces of a filter line, for its reader, its completion and
 * filter_with_sort; the forms of members (model/item.h); the judging of candidates (model/rank.h).
 */
#ifndef MUSTER_MODEL_PRIVATE_H
#define MUSTER_MODEL_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/filter.h"
#include "model/item.h"
#include "model/rank.h"
#include "model/words.h"

/* ---- filter lines -------------------------------------------------------------------------- */

/* One condition of the line. Positions are bytes of the line. */
struct filter_token {
        size_t at, end;
        bool negated;
        bool named; /* name op values; else a word or phrase */
        size_t name_at, name_len;
        enum filter_op op;
        bool colon;          /* the op is ':' or '='                  */
        size_t value_at;     /* behind the op; of a word its first byte */
        const char *problem; /* a sentence, or NULL                   */
        size_t problem_at;
};

/* One value of a token, without its quotes. */
struct filter_piece {
        size_t at, len;
        bool quoted;
};

/* The next token from *at on, which moves behind it; false at the end of the line. */
bool filter_next_token(const char *line, size_t *at, struct filter_token *ret);
/* The next value of a token from *at (at first its value_at); false after the last. */
bool filter_next_piece(const char *line, const struct filter_token *token, size_t *at,
                       struct filter_piece *ret);

/* The field of the kind, or the one that the name is another name for; -1. Any case. */
int filter_field(const struct kind *kind, const char *name, size_t len);
bool filter_name_is(const char *line, const struct filter_token *token, const char *name);
/* The ranks (bit i = rank i) that status:open and state:open leave out; 0: the field takes no
 * "open". */
uint32_t filter_over(const struct field *field);

struct filter_mark {
        const char *name;
        unsigned bit;     /* 0 = none */
        const char *line; /* the conditions that it stands for besides, or NULL  */
        const char *kind; /* of this kind only, or NULL                          */
};
bool filter_mark_fits(const struct filter_mark *mark, const struct kind *kind);
/* NULL after the last. */
const struct filter_mark *filter_mark_at(size_t i);

/* What reads a line. Functions that fail leave in `at` where. */
struct filter_reader {
        const char *line;
        const struct filter_context *ctx;
        struct arena *a;
        struct filter f; /* as read so far */
        size_t at;
        struct err *err;
};

/* Clean text of a span of the line, in the arena. */
const char *filter_span_text(struct filter_reader *r, size_t at, size_t len);
enum rc filter_add_term(struct filter_reader *r, const struct filter_term *term);
/* Adds what a token says about the field with this index. */
enum rc filter_read_values(struct filter_reader *r, const struct filter_token *t, int index);

/* A name that stands for several conditions, where the kind has the field. */
struct filter_phrase {
        const char *name, *offer, *field;
        enum rc (*read)(struct filter_reader *r, const struct filter_token *t);
};
const struct filter_phrase *filter_phrase_at(size_t i, const struct kind *kind); /* NULL: no more */
const struct filter_phrase *filter_phrase_find(const struct kind *kind, const char *line,
                                               const struct filter_token *t);
/* Behind a condition on a clearance: what has run out does not count. */
enum rc filter_add_validity(struct filter_reader *r, const struct filter_token *t, int field);

/* "ro", "ro>=b2", "ro:c1": the members that it stands for, any of which will do. */
#define FILTER_LANGUAGE_ITEMS 8
enum rc filter_read_language(struct filter_reader *r, const struct field *field, const char *typed,
                             const char *ret[FILTER_LANGUAGE_ITEMS], size_t *ret_count);
/* The id of the word of a list that alone begins with what was typed; else that as it is. *ret_cut
 * (may be NULL): it was one. */
const char *filter_word_meant(struct filter_reader *r, const char *words, const char *typed,
                              bool *ret_cut);

/* ---- members of sets ----------------------------------------------------------------------- */

/* "leave takes a period, as ...; not "x"". */
enum rc item_refuse(const struct field *field, const char *typed, struct err *err);
/* A part of a member, read as a field of its own would be; nothing is refused. */
enum rc item_part_read(const struct field *field, const struct field *part, const char *typed,
                       const struct value_context *ctx, struct arena *a, const char **ret,
                       struct err *err);
/* Copies what is not empty and not too long. */
bool item_take(const char *from, size_t len, char out[ITEM_NAME_BYTES]);
int item_count_read(const char *digits, size_t len); /* 0 to 999; -1 = no such number */
/* Without the blanks at its ends, in the arena. */
char *item_trim(struct arena *a, const char *from, size_t len);

/* ---- ranking ------------------------------------------------------------------------------- */

/* One candidate under judgement. Reasons are kept only where there is an arena for them. */
struct rank_judge {
        const struct ranking *ranking;
        const struct roster_facts *f;
        struct span span; /* for which it is asked */
        unsigned missed;
        int missing;
        int64_t departure_ms;
        struct arena *a; /* NULL: nobody asks why */
        struct rank_reason *reasons;
        size_t reason_count, reason_room;
};
void rank_judge(struct rank_judge *j);
void rank_say(struct rank_judge *j, enum rank_says says, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));

#endif
