/*
 * What the files of this folder share: the connection, prepared statements, the tables of the
 * kinds.
 */
#ifndef MUSTER_STORE_PRIVATE_H
#define MUSTER_STORE_PRIVATE_H

#include <sqlite3.h>

#include "base/crypt.h"
#include "base/str.h"
#include "model/filter.h"
#include "store/query.h"
#include "store/store.h"
#include "store/things.h"

#define STORE_APPLICATION 0x4d555354 /* "MUST" */
/* A key that saves writes 40 pages: larger ones take three times as long. */
#define STORE_PAGE_BYTES 4096
#define STORE_BUSY_MS    5000
#define SQL_BYTES_MAX    (64u * 1024)
#define SQL_BUCKETS      64

/* ---- sql.c: statements and sentences -------------------------------------------------------- */

/* A statement prepared once per connection, found by its text. */
struct sql_entry {
        struct sql_entry *next;
        char *text;
        sqlite3_stmt *stmt;
};

/* Sets the sentence for what SQLite last said. Returns the rc that callers act on. */
enum rc sql_fail(struct store *s, struct err *err);
enum rc sql_exec(struct store *s, const char *sql, struct err *err);
enum rc sql_prepare(struct store *s, const char *sql, sqlite3_stmt **ret, struct err *err);
/* Prepared once and kept; run it to its end or reset it before the next call with the same text. */
enum rc sql_get(struct store *s, const char *sql, sqlite3_stmt **ret, struct err *err);
/* RC_OK: a row; RC_NOTFOUND: the end, the statement is reset. A failure resets it too. */
enum rc sql_step(struct store *s, sqlite3_stmt *stmt, struct err *err);
/* Runs to the end, rows are ignored. */
enum rc sql_finish(struct store *s, sqlite3_stmt *stmt, struct err *err);
/* Binds ?1, ?2 ... by letter: t text (NULL is fine), i int64_t, b const void * and size_t. Values
 * must outlive the step. */
void sql_bind(sqlite3_stmt *stmt, const char *types, ...);
/* sql_get, bind as above and run to the end. */
enum rc sql_do(struct store *s, struct err *err, const char *sql, const char *types, ...);
/* sql_get, bind and step once: RC_OK leaves the statement at its first row: sqlite3_reset(*ret)
 * ends it. */
enum rc sql_first(struct store *s, sqlite3_stmt **ret, struct err *err, const char *sql,
                  const char *types, ...);
/* One number, the fallback where there is no row or NULL. */
enum rc sql_number(struct store *s, const char *sql, const char *text, int64_t fallback,
                   int64_t *ret, struct err *err);
/* The first column of each row, in the arena, of a statement that takes a text as ?1 and as ?2 how
 * many rows it gives at most. */
enum rc sql_texts(struct store *s, const char *sql, const char *text, size_t max, struct arena *a,
                  const char ***ret, size_t *ret_count, struct err *err);
void sql_forget(struct store *s); /* finalizes every kept statement */
const char *sql_text(sqlite3_stmt *stmt, int column, struct arena *a); /* copy, NULL for NULL */

/* ---- store.c: the connection ---------------------------------------------------------------- */

/* What the open transaction admits: hashed as it comes, closed by journal_append. */
struct admitted {
        struct crypt_hash hash;
        int64_t count, seq;
        bool started;
};

struct store {
        sqlite3 *db;
        char *path;
        bool readonly, bulk;
        int console_fd, presence_fd; /* -1: not open */
        struct sql_entry *statements[SQL_BUCKETS];
        struct table *tables;       /* one per kind: the set that is read and written */
        struct table *tables_aside; /* the other set; NULL: not needed yet */
        size_t table_count;
        const char *tables_of; /* TABLES_SHOWN or TABLES_FRESH */
        int rebuild_fd;        /* holds the lock of who rebuilds; -1: not open */
        struct admitted admitted;
        /* Between begin and commit; spoiled: a step failed, so nothing of it may be committed, even
         * where a caller went on, or SQLite gave the whole transaction up by itself. */
        bool begun, spoiled;
        struct arena scratch;        /* of the call that runs now */
        struct tokenizer *tokenizer; /* NULL: not needed yet */
        bool (*interrupt)(void *ctx);
        void *interrupt_ctx;
        struct work *work; /* or NULL: nobody is told */
};

enum rc store_refuse_readonly(const struct store *s, struct err *err); /* RC_DENIED where it is */

int store_open_presence(const struct store *s, int flags); /* PATH.console; -1 */

/* ---- open.c: how a file becomes a connection ------------------------------------------------ */
enum rc open_connect(struct store *s, int mode, struct err *err);
enum rc open_configure(struct store *s, struct err *err);
/* Whether SQL of this connection may rename what SQLite has no words for. */
void open_defend(struct store *s, bool yes);

/* ---- schema.c ------------------------------------------------------------------------------- */
struct migration {
        const char *sql;
};
int schema_newest(void);
enum rc schema_version(struct store *s, int64_t *ret, struct err *err);
enum rc schema_prepare(struct store *s, bool create, struct err *err);
/* Brings the file from its version to `count`, each step a transaction. */
enum rc schema_migrate(struct store *s, const struct migration *steps, int count, struct err *err);

/* ---- versions.c ----------------------------------------------------------------------------- */

enum version_flag { VERSION_STATE = 1 << 0, VERSION_OWN = 1 << 1 };
struct version;
/* Columns of VERSION_COLUMNS, in the arena. */
#define VERSION_COLUMNS "v.vid, v.id, v.modified, v.sha, v.flags, v.received, v.seq, v.bytes"
void version_read(sqlite3_stmt *stmt, struct arena *a, struct version *ret);

/* ---- journal.c ------------------------------------------------------------------------------ */

struct admission {
        int64_t vid, modified_ns, received_ms, flags;
        const uint8_t *sha;
        const char *id;
};
void journal_hash_version(struct crypt_hash *h, const struct admission *v);
void journal_admit(struct store *s, int64_t seq, const struct admission *v);

struct journal_link {
        const struct journal_entry *entry;
        const uint8_t *prev, *what;
        int64_t count;
};
void journal_hash_link(const struct journal_link *link, uint8_t out[HASH_BYTES]);
void journal_message(const uint8_t hash[HASH_BYTES], uint8_t out[HASH_BYTES]); /* what is signed */
enum rc journal_key(struct store *s, bool make, uint8_t seed[SIGN_SEED_BYTES], struct err *err);

/* ---- things_format.c: the tables of the kinds ----------------------------------------------- */

/* Columns before the fields, in the order of every list of columns here. */
enum thing_column {
        COL_RID,
        COL_ID,
        COL_REF,      /* as shown                                                */
        COL_REF_KEY,  /* as sorted: number with leading zeros                    */
        COL_REF_KIND, /* enum ref_kind                                           */
        COL_REF_NO,   /* number given to a thing of ours, else NULL              */
        COL_CREATED_BY,
        COL_CREATED,
        COL_MODIFIED,
        COL_NEWEST, /* the kind's own order, CLOCK_NONE where not said          */
        COL_AGE,    /* the same backwards, for columns sorted by text           */
        COL_FLAGS,  /* marks, and enumerations as rank + 1 (0 = not set)        */
        COL_OURS,
        COL_BITS, /* enum thing_bit                                           */
        COL_FIRST_FIELD,
};
enum thing_bit { BIT_REVOKED = 1 << 0, BIT_UNRESOLVED = 1 << 1, BIT_TLP_GIVEN = 1 << 2 };
enum ref_kind { REF_LOCAL, REF_OWN, REF_FOREIGN };

enum table_sql {
        TABLE_BY_ID,
        TABLE_BY_RID,
        TABLE_INSERT,
        TABLE_UPDATE,
        TABLE_WORDS, /* the searched columns of a row */
        TABLE_WORDS_ADD,
        TABLE_WORDS_DROP,
        TABLE_ITEM_ADD,
        TABLE_ITEM_DROP,
        TABLE_SHOW,     /* sets what a row's reference looks like         */
        TABLE_SAME_REF, /* things of ours with the same number            */
        TABLE_GIVEN_BY, /* foreign things with a reference, of one unit   */
        TABLE_SOURCE,   /* sets whose the foreign things of one unit are  */
        TABLE_RID,      /* of a fresh one: row id in the table shown      */
        TABLE_EXACT_REF,
        TABLE_BEGINS_REF,
        TABLE_SQLS
};
#define TABLES_SHOWN "thing" /* what the names of the tables begin with: those that boards read */
#define TABLES_FRESH "fresh" /* those that a rebuild fills, unseen */
#define TABLES_STALE "stale" /* those whose place they took */
struct table {
        const struct kind *kind;
        char name[32];   /* thing_incident */
        bool keeps_rids; /* a fresh one: things have the row ids of the table shown */
        char *sql[TABLE_SQLS];
        sqlite3_stmt *stmt[TABLE_SQLS];
        int searched[KIND_FIELDS_MAX]; /* fields with FIELD_SEARCH */
        int searched_count;
        int ref;                        /* index of the field "ref", -1 = none */
        bool merge_set, has_vocabulary; /* there is a table of its tokens */
        struct known_pieces *pieces;    /* NULL: none; the next two, too */
        struct known_words *found;
        struct known_counts *counts;
        int64_t words_written;       /* how often, since it was opened */
        struct known_flags *known;   /* NULL: nothing */
        struct order *order, *begun; /* NULL: none; the one that is written down now */
};

enum rc tables_open(struct store *s, struct err *err); /* makes them in a new file */
void tables_close(struct store *s);
struct table *table_of(struct store *s, const struct kind *kind); /* NULL: none */
enum rc table_get(struct store *s, struct table *t, enum table_sql which, sqlite3_stmt **ret,
                  struct err *err);
/* Which set of tables this connection reads and writes from now on. */
void tables_turn(struct store *s, const char *set);
void tables_forget(struct store *s); /* what is known of rows only because it was written */
enum rc tables_make(struct store *s, const char *set, struct err *err);
enum rc tables_stamp(struct store *s, struct err *err); /* the file has this program's format */

#define IS_FOREIGN "flags & %d" /* with MARK_FOREIGN: as the index has it */

bool field_is_searched(const struct kind *kind, int field);      /* in FTS */
bool field_has_items(const struct field *f);                     /* in the table of items */
void columns_searched(const struct kind *kind, struct str *out); /* ", a, b" */
/* Column that holds a field's value, and the one that sorts it (NULL: no index). In name[]. */
#define COLUMN_NAME 64
void column_of(const struct kind *kind, int field, char name[COLUMN_NAME]);
bool column_sorted(const struct kind *kind, int field, char name[COLUMN_NAME]);
/* The column that orders rows of equal key: newest first in the natural direction of the type. */
const char *column_tie(const struct kind *kind, int field);
bool field_sorts_as_text(const struct field *f);

/* ---- things_row.c: rows in and out ---------------------------------------------------------- */

unsigned row_flags(const struct row *row); /* as stored */
void row_read(sqlite3_stmt *stmt, const struct table *t, struct arena *a, struct row *ret);
void row_read_value(sqlite3_stmt *stmt, int column, const struct field *f, struct arena *a,
                    struct value *ret);
void row_bind(sqlite3_stmt *stmt, const struct table *t, const struct row *row, struct arena *a);
int64_t row_newest(const struct row *row);
const char *const *items_split(const char *joined, struct arena *a, size_t *ret_count);
char *items_join(const struct value *v, struct arena *a); /* NULL when empty */

/* ---- things_fts.c: FTS -------------------------------------------------------------------- */

#define TOKENIZER         "unicode61"
#define TOKENIZER_OPTIONS "remove_diacritics", "2"
#define FTS_PREFIX_LEAST  2 /* characters of a beginning that the index has by itself */
#define FTS_PREFIX_MOST   3

/* What the searched columns of a row say. */
struct fts_text {
        const char *text[KIND_FIELDS_MAX];
};
enum rc fts_add(struct store *s, struct table *t, int64_t rid, const struct fts_text *w,
                struct err *err);
enum rc fts_set_bulk(struct store *s, struct table *t, bool bulk, struct err *err);
enum rc fts_drop(struct store *s, struct table *t, int64_t rid, const struct fts_text *w,
                 struct err *err);
enum rc fts_of_row(struct store *s, struct table *t, int64_t rid, struct arena *a,
                   struct fts_text *ret, struct err *err);
void counts_forget(struct table *t);      /* query_count.c */
void found_words_forget(struct table *t); /* things_words.c: what was found is not so */

/* ---- things_ref.c: which reference a thing shows --------------------------------------------- */

#define SHOWN_MAX 64
struct shown {
        char ref[SHOWN_MAX], key[SHOWN_MAX + 16];
        enum ref_kind kind;
        int64_t number; /* REF_OWN */
};
enum rc ref_decide(struct store *s, struct table *t, const struct row *row, struct shown *ret,
                   struct err *err);
/* Gives letters to all things of ours with this number, in (created, id) order. */
enum rc ref_settle(struct store *s, struct table *t, int64_t number, struct err *err);
/* Of a derived kind: the reference that its owner shows. */
void ref_of_owner(const char *ref, struct shown *ret);
/* An incident shows another reference: so do its clocks. */
enum rc clocks_show_ref(struct store *s, int64_t incident_rid, const char *ref, struct err *err);
/* A unit's name changed: shows its things' references anew. */
enum rc ref_rename(struct store *s, const char *unit, const char *name, struct err *err);
void ref_short_name(const char *name, char out[SHOWN_MAX]);

/* ---- query_walk.c: a walk along an index that can stop and go on ---- */
/*
 * Gives (rid, flags) in order, by up to three statements one after the other: the rest of the rows
 * that share the whole key of the last one, the rest of those that share its first column, and all
 * behind. So each is one plain stretch of the index, and no row is compared with the key again.
 * They name what they need of :key :tie :flags :rid (where it goes on, not with it), :high, :field
 * and :text. Between calls no statement is open, so no reader holds up a checkpoint.
 */
#define WALK_STAGES 3
struct bound {
        enum {
                BOUND_NULL,
                BOUND_NUMBER,
                BOUND_TEXT,
                BOUND_END
        } type; /* END is behind every text */
        int64_t number;
        char *text; /* owned */
};
struct walk {
        char *sql[WALK_STAGES]; /* owned; NULL: no more */
        sqlite3_stmt *stmt[WALK_STAGES];
        int stage;
        char *place; /* owned: (tie, key) of a rid, asked when it stops; NULL: columns 2 and 3 of
                        sql */
        struct bound key, high, text;
        int64_t tie, flags, rid, field;
        bool running, done;
};
/* RC_OK: a row, RC_NOTFOUND: the end; then walk_rid and walk_flags. */
enum rc walk_next(struct store *s, struct walk *w, struct err *err);
int64_t walk_rid(const struct walk *w);
unsigned walk_flags(const struct walk *w);
enum rc walk_pause(struct store *s, struct walk *w, struct err *err); /* remembers where it is */
void walk_finish(struct walk *w);
/* In the order of an index: of all rows with a key, backwards or not; of rows with one key (NULL
 * too), newest first; of a range. */
void walk_init_all(struct walk *w, const struct kind *kind, int field, bool down);
void walk_init_key(struct walk *w, const struct kind *kind, int field, const struct bound *key,
                   bool down);
void walk_init_newest(struct walk *w, const struct kind *kind, bool down);

/* ---- query_plan.c: what a filter asks for ---- */
/* A set of row ids. */
struct rids {
        uint64_t *words;
        size_t count;
};
bool rids_has(const struct rids *set, int64_t rid);
void rids_set(struct rids *set, int64_t rid, bool value);
size_t rids_size(const struct rids *set);

/* A word or phrase that is asked for. */
struct plan_word {
        char *text;         /* owned */
        bool exact;         /* else the last token is a beginning */
        int field;          /* in whose text, -1 = any */
        char *tokens;       /* owned; NULL: not read yet. Each with its NUL. */
        size_t token_count; /* 0 = none can be read of it */
        struct str pieces;  /* what the last token may go on as, where the index needs it */
        size_t piece_count;
        char *next;                   /* owned: where the look-up goes on */
        bool has_pieces, pieces_tell; /* false: they are too many */
};

/* Fills a set from an index. */
struct feed {
        struct walk walk;
        size_t set;
        bool clears;                   /* takes out instead */
        bool tests;                    /* the flags column says whether */
        size_t first_word, word_count; /* rows with all of these */
        size_t rows;                   /* that it gave so far */
        bool is_done;
};
struct plan {
        unsigned need, avoid; /* marks */
        struct {
                int shift;
                unsigned mask;
                unsigned allowed; /* bit r: a packed value of r passes */
        } enums[FILTER_TERMS_MAX];
        size_t enum_count;
        struct {
                struct rids rids;
                bool negated;
        } sets[FILTER_TERMS_MAX + 1];
        size_t set_count;
        struct feed *feeds; /* those of words last */
        size_t plain_count, feed_count, feed_room;
        struct plan_word *words;
        size_t word_count, word_room;
};
enum rc plan_prepare(struct plan *p, const struct filter *f, struct err *err);
void plan_finish(struct plan *p);
bool plan_passes(const struct plan *p, int64_t rid, unsigned flags);
bool plan_flags_pass(const struct plan *p, unsigned flags); /* as far as they say */
/* The rows up to this one that all sets let pass; ret->words is the caller's. */
void plan_join_sets(const struct plan *p, size_t last, struct rids *ret);
/* Rows whose flags pass, from the counts by flags; *ret stays where they can't be read. */
void plan_count(struct store *s, const struct kind *kind, const struct plan *p, int64_t *ret);

/* ---- things_flags.c: the flags of all rows in memory ---- */
/* RC_BUSY: interrupted, call again. What others write meanwhile makes it start over. */
enum rc flags_learn(struct store *s, struct table *t, struct err *err);
bool flags_are_known(struct store *s, const struct table *t);
int64_t flags_count(const struct table *t, const struct plan *p); /* rows that pass; all known */
void flags_note(struct table *t, int64_t rid, unsigned flags);    /* a row was put */
void flags_drop(struct table *t, int64_t rid);                    /* the row is gone */
void flags_forget(struct table *t);                               /* what was put is not so */

/* ---- things_order.c: all rows in the order of a sort, in memory ---- */
struct order_row {
        uint32_t rid, flags;
};
struct order_view {
        const struct order_row *rows;
        size_t count;
        uint32_t last; /* the greatest row id */
};
/* NULL: not known, or somebody wrote since. Else a hold on it as it is, for order_drop. */
struct order *order_known(struct store *s, struct table *t, int field, bool down);
struct order_view order_view(const struct order *o);
/* To be written down while the rows are walked; NULL: they are too many, or another does so. */
struct order *order_begin(struct store *s, struct table *t, int field, bool down);
bool order_add(struct order *o, int64_t rid, unsigned flags);       /* false: it can't be kept */
void order_keep(struct store *s, struct table *t, struct order *o); /* if it has all rows */
void order_drop(struct order *o);                                   /* NULL is fine */

/* ---- query_words.c: words as a question to the index, and in a row's own text ---------------- */

#define MATCH_BYTES_MAX (256u * 1024)
/* Reads the tokens of those not read yet. */
enum rc words_read(struct store *s, struct plan_word *words, size_t count, struct err *err);
/* Asked for by what it may go on with: that is looked up first. */
bool word_is_long_to_find(const struct plan_word *w);
const char *words_last_token(const struct plan_word *w);
size_t word_characters(const char *text);
/* The expression of FTS5 for rows with all of them, which gives them one by one. RC_BUSY:
 * interrupted, call again. */
enum rc words_write_match(struct store *s, struct table *t, struct plan_word *words, size_t count,
                          struct str *out, struct err *err);
/* Which of at most so many a row has whose searched columns say this. */
#define WORDS_SEEN_MAX 32
struct words_seen {
        bool has[WORDS_SEEN_MAX];
        uint32_t begun[WORDS_SEEN_MAX]; /* bit i: the last i + 1 tokens begin the phrase */
};
void words_look(struct store *s, const struct table *t, const struct plan_word *words, size_t count,
                const struct fts_text *text, struct words_seen *ret);
void words_close(struct store *s);

/* ---- query_tokens.c: the tokens that begin as a word does; RC_BUSY: interrupted, call again ----
 */
enum rc word_find_pieces(struct store *s, struct table *t, struct plan_word *w, struct err *err);
void tokens_forget(struct table *t);

/* ---- queries: what their files share: sets are filled (query_feed.c); while those of words take
 * long the first rows are told by their own text (query_peek.c); then the stretches of the sort are
 * walked (query_order.c, query.c) ---- */
#define QUERY_SEGMENTS_MAX (QUERY_RANKS + 1)
/* So few candidates are sorted rather than looked for along the index, */
#define QUERY_FEW_ROWS  2000
#define QUERY_FEW_SHARE 16 /* and at most one row in so many */

struct query {
        struct store *s;
        struct table *t;
        int sort_field;
        bool sort_down;
        struct plan plan;
        size_t fed;    /* feeds that are done */
        bool is_tried; /* words were asked for as far as few rows go */
        struct walk segments[QUERY_SEGMENTS_MAX];
        size_t segment_count, at; /* the segment walked now */
        bool is_counted, is_planned, is_done;
        bool is_few;          /* one segment, sorted by itself: taken whole */
        bool skips;           /* stretches without a row that passes */
        bool is_peeked;       /* rows are not told by their text any more */
        size_t looked, found; /* rows told so, and those of them that passed */
        struct order *order;  /* written down on the way; NULL: none */
        struct order *known;  /* read instead of a walk, from known_at on; NULL: none */
        struct rids passing;  /* of it, what all sets let pass */
        int64_t *keep;        /* sorted */
        size_t keep_count, known_at;
        uint32_t *rids;
        size_t count, room;
        int64_t total;   /* rows of the kind, -1 = not asked yet */
        int64_t counted; /* rows in all, by flags and sets; -1 = the scan tells */
        bool pages_yield;
        unsigned steps;
        int tally_shift; /* 0 = nothing is counted */
        unsigned tally_mask;
        size_t tally[QUERY_RANKS];
};

/* query.c */
bool query_must_stop(struct query *q); /* asked at every row; looks now and then */
bool query_keeps(const struct query *q, int64_t rid);
void query_push(struct query *q, int64_t rid, unsigned flags);
size_t query_few(struct query *q); /* how many rows are few */

/* query_feed.c: RC_BUSY where it was interrupted. */
enum rc query_feed_plain(struct query *q, struct err *err); /* all sets but those of words */
enum rc query_feed_try(struct query *q, struct err *err);   /* words, as far as few rows go */
enum rc query_feed_words(struct query *q, struct err *err);
bool query_is_fed(const struct query *q);

/* query_peek.c: rows in order, told by their own text, until `want` are known, or until so few of
 * them pass that the sets are sooner filled: then is_peeked. RC_BUSY: interrupted. */
bool query_may_peek(const struct query *q, size_t want);
enum rc query_peek(struct query *q, size_t want, struct err *err);

/* query_order.c: what is walked. Once the sets are filled a few candidates are sorted instead, or
 * those that pass are taken from what an earlier walk left; RC_NOTFOUND: it left none. */
void query_order_walk(struct query *q);
void query_order_few(struct query *q);
enum rc query_order_known(struct query *q, size_t want);
void query_order_note(struct query *q, int64_t rid, unsigned flags);
void query_order_end(struct query *q);

#endif
