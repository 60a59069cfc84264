/*
 * A CACAO document while it is read: for the files of the reader. Getters turn what is odd into a
 * finding.
 */
#ifndef MUSTER_WIRE_CACAO_READING_H
#define MUSTER_WIRE_CACAO_READING_H

#include "base/json.h"
#include "wire/cacao.h"

#define CACAO_PATH_MAX     8 /* levels */
#define CACAO_LINE_MAX     1000
#define CACAO_BRACKETS_MAX 500000
#define CACAO_COMMAS_MAX   2000000
#define CACAO_ID_MAX       300
#define CACAO_BLANKS       "has blanks around it, or signs that can't be shown"

struct cacao_reading {
        struct arena *a;
        const struct json_t *json; /* the document; gone when reading is over */
        int64_t now_ms;
        struct playbook *p;
        struct cacao_finding *findings;
        size_t finding_count, finding_room, finding_more;
        enum cacao_verdict verdict;
        struct {
                const char *key; /* NULL: the index */
                size_t index;
        } path[CACAO_PATH_MAX]; /* where reading is */
        size_t depth;
        const struct json_t **step_json; /* beside p->steps, while they are read */
};

/* ---- findings: cacao_get.c ---- */
/* At where reading is; key (may be NULL) is the member there. */
void cacao_find(struct cacao_reading *r, enum cacao_verdict verdict, const char *key,
                const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* One level down: a key, or an index where it is NULL. */
void cacao_enter(struct cacao_reading *r, const char *key, size_t index);
void cacao_leave(struct cacao_reading *r);

/* One of the words that the standard has for it. */
bool cacao_is_one_of(const char *text, const char *const *words, size_t count);

/* ---- members: cacao_get.c. Absent is NULL, 0, false; of another type with a finding. ---- */
struct json_t *cacao_member(struct cacao_reading *r, const struct json_t *obj, const char *key,
                            enum json_kind kind);
const char *cacao_line(struct cacao_reading *r, const struct json_t *obj, const char *key);
const char *cacao_text(struct cacao_reading *r, const struct json_t *obj, const char *key);
/* Without the blanks around it, for which there is a finding. */
const char *cacao_id(struct cacao_reading *r, const struct json_t *obj, const char *key);
const char *cacao_id_of(struct cacao_reading *r, const char *text, size_t len);
bool cacao_bool(struct cacao_reading *r, const struct json_t *obj, const char *key);
/* `none` where it is absent or outside. */
int64_t cacao_number(struct cacao_reading *r, const struct json_t *obj, const char *key,
                     int64_t least, int64_t most, int64_t none);
int64_t cacao_time_ns(struct cacao_reading *r, const struct json_t *obj, const char *key);
int64_t cacao_time_ms(struct cacao_reading *r, const struct json_t *obj, const char *key);
size_t cacao_lines(struct cacao_reading *r, const struct json_t *obj, const char *key,
                   const char *const **ret);
/* A list or a map, with at most `max` members; what is behind them is left out with a finding. */
size_t cacao_count(struct cacao_reading *r, const struct json_t *v, const char *key, size_t max);
/* Cleaned, cut at max bytes with a finding; v is a text. */
const char *cacao_clean(struct cacao_reading *r, const struct json_t *v, const char *key,
                        bool lines, size_t max);
/* `key`_b64 decoded, else `key`; NULL where neither is there. */
const char *cacao_payload(struct cacao_reading *r, const struct json_t *obj, const char *key,
                          const char *key_b64);

/* The members of a map, sorted by key, which is made an id by cacao_id_of(). */
struct cacao_entry {
        const char *id;
        const struct json_t *value;
};
size_t cacao_entries(struct cacao_reading *r, const struct json_t *map, const char *key, size_t max,
                     struct cacao_entry **ret);

/* ---- a document: cacao_read.c. *doc says already where it stands. ---- */
void cacao_read_tree(const struct json_t *json, bool twice, int64_t now_ms, struct arena *a,
                     struct cacao_doc *doc);
/* With caps on what it may become, before it does. */
enum rc cacao_parse(const char *bytes, size_t len, struct json_t **ret, bool *ret_twice,
                    struct err *err);
void cacao_refuse(struct arena *a, const char *why, struct cacao_doc *doc);

/* ---- parts of a document ---- */
size_t cacao_read_variables(struct cacao_reading *r, const struct json_t *obj, const char *key,
                            const struct variable **ret);
size_t cacao_read_actors(struct cacao_reading *r, const char *key, const struct actor **ret);
void cacao_read_markings(struct cacao_reading *r);
void cacao_read_references(struct cacao_reading *r);
void cacao_read_steps(struct cacao_reading *r, const struct json_t *workflow);
void cacao_read_step(struct cacao_reading *r, const struct json_t *obj, struct step *s);
void cacao_read_commands(struct cacao_reading *r, const struct json_t *obj, struct step *s);
void cacao_read_signatures(struct cacao_reading *r);
/* What can be said only when all of it is read. */
void cacao_check_graph(struct cacao_reading *r);
void cacao_check_variables(struct cacao_reading *r);

#endif
