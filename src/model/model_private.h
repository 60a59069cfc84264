/*
 * What files of this layer share: the pieces of a filter line, for its reader, its completion and
 * filter_with_sort; the forms of members (model/item.h); the judging of candidates (model/rank.h);
 * what rows of several kinds and verbs have in common.
 */
#ifndef MUSTER_MODEL_PRIVATE_H
#define MUSTER_MODEL_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "model/filter.h"
#include "model/item.h"
#include "model/pool.h"
#include "model/rank.h"
#include "model/readiness.h"
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
/* The nearest of those names, of fields that have all the flags. */
const char *filter_field_nearest(const struct kind *kind, const char *name, unsigned flags);
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
        unsigned asked;   /* RANK_BITs: what is asked of it at all */
        struct span span; /* for which it is asked */
        unsigned missed;
        int missing;
        bool is_away; /* can't go in it */
        int64_t departure_ms;
        struct arena *a; /* NULL: nobody asks why */
        struct rank_reason *reasons;
        size_t reason_count, reason_room;
};
void rank_judge(struct rank_judge *j);
void rank_say(struct rank_judge *j, enum rank_says says, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));

/* ---- readiness: readiness_cover.c ------------------------------------------------------------ */

/* Who of the pool has a word, by their places in it. */
struct readiness_cover {
        enum readiness_what what;
        const char *word;
        size_t *who;
        size_t count, room;
};
struct readiness_covers {
        const struct readiness_pool *pool;
        const struct rank_needs *needs; /* only what these ask for; NULL: everything */
        struct arena *a;
        struct readiness_cover *list;
        size_t count, room;
};
/* Fills in who has what, with what is asked for also where nobody has it; by word. */
void readiness_collect(struct readiness_covers *cs);
/* Of each of the pool, how many are thought away, and how many are free in each of the spans, which
 * follow each other. */
int *readiness_taken_of(const struct readiness_pool *pool, struct arena *a);
int **readiness_free_of(const struct readiness_pool *pool, const struct span *spans, size_t count,
                        struct arena *a);

/* "Ana, Bodo and 3 more", "Laptops (6)" */
struct readiness_names {
        struct str text;
        size_t count;
        int pieces;
};
void readiness_names_init(struct readiness_names *n);
void readiness_names_finish(struct readiness_names *n);
/* So many of it; none is not named. */
void readiness_names_add(struct readiness_names *n, const struct roster_facts *f, int pieces);
const char *readiness_names_text(struct readiness_names *n, struct arena *a);
const char *readiness_name_of(const struct roster_facts *f);

/* ---- pools: pool.c, pool_bookings.c ---------------------------------------------------------- */

/* A text that is there once, and what has it as its id. */
struct pool_word {
        uint32_t hash;
        uint32_t place; /* 1 + the place of the resource; 0: none */
        uint32_t parts; /* 1 + the place of the first part of this kit; 0: none */
        char text[];
};
struct pool_note {
        int64_t rid;
        bool revoked;
        uint32_t next_part;         /* 1 + the place of the next part of the same kit */
        const struct span *on_call; /* by its own record */
        size_t on_call_count;
        size_t first, booked; /* of its deployments in `takes` */
};
struct pool_turn {
        uint32_t place;
        struct span span;
};
int facts_compare_names(const struct roster_facts *a, const struct roster_facts *b); /* rank.c */

struct pool {
        int holders;
        bool closed;                         /* settled once */
        bool grouped, merged, turned, named; /* what follows is as the rows are */
        int64_t now_ms, told_until_ms; /* when bookings were told, and until when they are so */
        struct arena arena, turn_arena, one; /* one: of the row that is read */
        struct roster_reader readers[POOL_KINDS];
        struct pool_word **words;
        const struct value **sets;
        size_t word_count, word_room, set_count, set_room;
        struct roster_facts *facts;
        struct pool_note *notes;
        size_t count, room;
        size_t first[POOL_KINDS + 1]; /* places of each kind */
        uint32_t *rids[POOL_KINDS];   /* by row id: 1 + the place */
        size_t rid_room[POOL_KINDS];
        struct roster_facts *teams; /* as they are without their members */
        size_t team_room;
        struct pool_deployment *deployments;
        size_t deployment_count, deployment_room;
        uint32_t *deployment_rids; /* by row id: 1 + the place */
        size_t deployment_rid_room;
        uint32_t *takes;          /* places of deployments, by resource and their begin */
        struct booking *bookings; /* of them what is not over; each resource has its stretch */
        struct pool_turn *turns;
        size_t turn_count, turn_room;
};
struct pool_word *pool_word_of(const char *text); /* of a text that the pool gave */
const char *pool_text(struct pool *p, const char *text);
/* Of the kind the number; POOL_KINDS: none. */
size_t pool_kind_number(const struct kind *kind);
void pool_map_rid(uint32_t **map, size_t *room, int64_t rid, uint32_t value);
void *pool_grow(void *list, size_t count, size_t *room, size_t size);

/* ---- tables of kinds ----------------------------------------------------------------------- */

/* What a row says must be so in every kind that takes it; else the kind writes its own. */
#define ROW_REF                                                                                    \
        {                                                                                          \
                .name = "ref", .label = "reference", .head = "REF",                                \
                .help = "given by the console that makes it", .type = FIELD_LINE,                  \
                .flags = FIELD_COLUMN | FIELD_SORT | FIELD_SEARCH | FIELD_DERIVED, .width = 11     \
        }
#define ROW_TLP                                                                                    \
        {                                                                                          \
                .name = "tlp", .label = "TLP", .head = "TLP",                                      \
                .help = "clear, green, amber, amber+strict, red; a lower one needs a reason",      \
                .type = FIELD_ENUM, .flags = FIELD_FORM | FIELD_COLUMN | FIELD_SORT,               \
                .list = &enum_tlp, .width = 14                                                     \
        }
#define ROW_CREATED                                                                                \
        {                                                                                          \
                .name = "created", .label = "created", .head = "CREATED",                          \
                .help = "when it was made; follows from its first version", .type = FIELD_TIME,    \
                .flags = FIELD_DERIVED | FIELD_COLUMN | FIELD_SORT, .width = 13                    \
        }
#define ROW_MODIFIED                                                                               \
        {                                                                                          \
                .name = "modified", .label = "modified", .head = "UPDATED",                        \
                .help = "when anything about it last changed", .type = FIELD_TIME,                 \
                .flags = FIELD_DERIVED | FIELD_COLUMN | FIELD_SORT, .width = 13                    \
        }
#define ROW_SOURCE                                                                                 \
        {                                                                                          \
                .name = "source", .label = "source", .head = "SOURCE",                             \
                .help = "whose thing it is", .type = FIELD_LINE,                                   \
                .flags = FIELD_DERIVED | FIELD_COLUMN, .width = 12                                 \
        }
#define ROWS_ORIGIN ROW_TLP, ROW_CREATED, ROW_MODIFIED, ROW_SOURCE

/* Of people, teams and equipment: what is kept of them, and what follows (model/roster.h). */
#define ROW_READINESS                                                                              \
        {                                                                                          \
                .name = "readiness", .label = "readiness", .head = "READY",                        \
                .help = "how soon it can leave: r0 at once, r12, r24, r72 within so many hours",   \
                .type = FIELD_ENUM, .flags = FIELD_FORM | FIELD_COLUMN | FIELD_SORT,               \
                .list = &enum_readiness, .width = 9                                                \
        }
#define ROW_NOTICE                                                                                 \
        {                                                                                          \
                .name = "notice", .label = "notice", .head = "NOTICE",                             \
                .help = "notice to move: 2h, 90m; where it is more exact than the readiness",      \
                .type = FIELD_COUNT, .flags = FIELD_FORM | FIELD_COLUMN | FIELD_MINUTES,           \
                .width = 7                                                                         \
        }
#define ROW_HOLDER                                                                                 \
        {                                                                                          \
                .name = "holder", .label = "released by", .head = "HOLDER",                        \
                .help = "who may release it for a deployment", .type = FIELD_LINE,                 \
                .flags = FIELD_FORM | FIELD_COLUMN, .width = 16                                    \
        }
#define ROW_MAX_DAYS                                                                               \
        {                                                                                          \
                .name = "max_days", .label = "days at most", .head = "DAYS",                       \
                .help = "for how many days at a time", .type = FIELD_COUNT,                        \
                .flags = FIELD_FORM | FIELD_COLUMN, .width = 5                                     \
        }
#define ROW_STATUS                                                                                 \
        {                                                                                          \
                .name = "status", .label = "status", .head = "STATUS",                             \
                .help = "ready, on-call, held, deployed, resting, leave, maintenance, expired, "   \
                        "unverified; follows from the rest",                                       \
                .type = FIELD_ENUM, .flags = FIELD_DERIVED | FIELD_COLUMN | FIELD_SORT,            \
                .list = &enum_roster, .width = 11                                                  \
        }
#define ROW_STATUS_UNTIL                                                                           \
        {                                                                                          \
                .name = "status_until", .label = "status until", .head = "UNTIL",                  \
                .help = "when that changes by itself, as far as is known", .type = FIELD_TIME,     \
                .flags = FIELD_DERIVED | FIELD_COLUMN | FIELD_SORT | FIELD_AHEAD, .width = 13      \
        }
#define ROW_VERIFIED                                                                               \
        {                                                                                          \
                .name = "verified", .label = "confirmed", .head = "CONFIRMED",                     \
                .help = "when somebody last made sure that all this is right; verified>30d is "    \
                        "longer ago",                                                              \
                .type = FIELD_TIME, .flags = FIELD_FORM | FIELD_COLUMN | FIELD_SORT, .width = 13   \
        }
#define ROW_FREE_FROM                                                                              \
        {                                                                                          \
                .name = "free_from", .label = "free from", .head = "FREE FROM",                    \
                .help = "when nothing known is in the way of leaving; free_from<12h is within 12 " \
                        "hours",                                                                   \
                .type = FIELD_TIME,                                                                \
                .flags = FIELD_DERIVED | FIELD_COLUMN | FIELD_SORT | FIELD_AHEAD, .width = 13      \
        }
#define ROW_DEPARTURE                                                                              \
        {                                                                                          \
                .name = "departure", .label = "can leave", .head = "CAN LEAVE",                    \
                .help = "when it can be on its way, if it is called before; ready<12h is within "  \
                        "12 hours",                                                                \
                .type = FIELD_TIME,                                                                \
                .flags = FIELD_DERIVED | FIELD_COLUMN | FIELD_SORT | FIELD_AHEAD, .width = 13      \
        }
#define ROW_NOTICE_MIN                                                                             \
        {                                                                                          \
                .name = "notice_min", .label = "notice needed", .head = "NEEDS",                   \
                .help = "how long from the call until it can leave; from notice, lead time or "    \
                        "readiness",                                                               \
                .type = FIELD_COUNT, .flags = FIELD_DERIVED | FIELD_COLUMN | FIELD_MINUTES,        \
                .width = 7                                                                         \
        }
#define ROW_BUSY_FROM                                                                              \
        {                                                                                          \
                .name = "busy_from", .label = "busy from", .head = "BUSY FROM",                    \
                .help = "when a hold, a leave, a rest or an expiry comes next; free:5d is none "   \
                        "in 5 days",                                                               \
                .type = FIELD_TIME,                                                                \
                .flags = FIELD_DERIVED | FIELD_COLUMN | FIELD_SORT | FIELD_AHEAD, .width = 13      \
        }
#define ROW_REST_UNTIL                                                                             \
        {                                                                                          \
                .name = "rest_until", .label = "rest until", .head = "REST UNTIL",                 \
                .help = "until when rest is due after a deployment", .type = FIELD_TIME,           \
                .flags = FIELD_DERIVED | FIELD_COLUMN | FIELD_AHEAD, .width = 13                   \
        }
#define ROW_BOOKED                                                                                 \
        {                                                                                          \
                .name = "booked", .label = "booked for", .head = "BOOKED FOR",                     \
                .help = "the deployments that hold it or ask for it, now and ahead",               \
                .type = FIELD_REFS, .flags = FIELD_DERIVED | FIELD_COLUMN, .width = 13             \
        }
#define ROWS_ROSTER_STATUS ROW_STATUS, ROW_STATUS_UNTIL, ROW_BOOKED
#define ROWS_ROSTER_FREE   ROW_VERIFIED, ROW_FREE_FROM, ROW_DEPARTURE, ROW_NOTICE_MIN, ROW_BUSY_FROM

/* What a request asks for, and a deployment gives. */
#define ROW_INCIDENT                                                                               \
        {                                                                                          \
                .name = "incident", .label = "incident", .head = "INCIDENT",                       \
                .help = "the incident that it is for: its reference", .type = FIELD_REF,           \
                .kinds = "incident", .flags = FIELD_FORM | FIELD_COLUMN, .width = 11               \
        }
#define ROW_ASKED_STATES                                                                           \
        {                                                                                          \
                .name = "states", .label = "States", .head = "STATES",                             \
                .help = "where: country codes or names, with blanks or commas",                    \
                .type = FIELD_WORDS, .flags = FIELD_FORM | FIELD_COLUMN, .words = "state",         \
                .width = 9                                                                         \
        }
#define ROW_ASKED_ROLES                                                                            \
        {                                                                                          \
                .name = "roles", .label = "roles", .head = "ROLES",                                \
                .help = "roles of the ECSF, with blanks or commas", .type = FIELD_WORDS,           \
                .flags = FIELD_FORM | FIELD_COLUMN, .words = "ecsf", .width = 16                   \
        }
#define ROW_ASKED_LANGUAGES                                                                        \
        {                                                                                          \
                .name = "languages", .label = "languages", .head = "LANGUAGES",                    \
                .help = "codes, with a level where one is needed: ro, en:b2", .type = FIELD_WORDS, \
                .flags = FIELD_FORM | FIELD_COLUMN, .form = &item_language, .width = 10            \
        }
#define ROW_ASKED_CLEARANCE                                                                        \
        {                                                                                          \
                .name = "clearance", .label = "clearance", .head = "CLEARANCE",                    \
                .help = "none, r-ue, c-ue, s-ue, ts-ue", .type = FIELD_ENUM,                       \
                .flags = FIELD_FORM | FIELD_COLUMN, .list = &enum_clearance, .width = 9            \
        }
#define ROW_ASKED_MODE                                                                             \
        {                                                                                          \
                .name = "mode", .label = "mode", .head = "MODE", .help = "remote, on-site, both",  \
                .type = FIELD_WORD, .flags = FIELD_FORM | FIELD_COLUMN, .words = "mode",           \
                .width = 8                                                                         \
        }

/* ---- tables of verbs ----------------------------------------------------------------------- */

/* Of a verb that moves a thing to a state, which its sentence tells. */
#define VERB_TO(to) .tells = true, .field = "state", .value = to, .sets = SETS_FIELD

#endif
