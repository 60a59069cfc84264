/*
 * What the files of the STIX reader share: one object being read, and getters that turn what is odd
 * but harmless into a finding instead of a refusal. At the end, what the readers of TAXII share.
 */
#ifndef MUSTER_WIRE_STIX_PRIVATE_H
#define MUSTER_WIRE_STIX_PRIVATE_H

#include "base/json.h"
#include "base/jspan.h"
#include "wire/stix.h"

struct stix_reading {
        struct arena *a;
        const struct json_t
                *json; /* the object; gone when reading is over, so nothing points to it */
        struct stix_object *o;
};

/* Notes what was odd; more than fit are dropped. The first borrows a literal, the second formats.
 */
void stix_find(struct stix_reading *r, const char *sentence);
void stix_findf(struct stix_reading *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "ID: sentence", RC_INVALID. */
enum rc stix_refuse(const struct stix_reading *r, struct err *err, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));

/* Harmless for a terminal, at most max bytes (the sign "…" included), in the arena. */
const char *stix_clean(struct arena *a, const char *s, size_t len, bool lines, size_t max);
const char *stix_clean_line(struct arena *a, const struct json_t *text);
const char *stix_clean_text(struct arena *a, const struct json_t *text);

/* Optional members of `obj`: absent and (with a finding) of another type or form is NULL, false, 0.
 */
struct json_t *stix_member(struct stix_reading *r, const struct json_t *obj, const char *key,
                           enum json_kind kind);
const char *stix_member_line(struct stix_reading *r, const struct json_t *obj, const char *key);
const char *stix_member_text(struct stix_reading *r, const struct json_t *obj, const char *key);
const char *stix_member_id(struct stix_reading *r, const char *key);
const char *stix_id_of(struct stix_reading *r, const struct json_t *v); /* NULL: it is none */
size_t stix_member_ids(struct stix_reading *r, const char *key, const char *const **ret);
size_t stix_member_lines(struct stix_reading *r, const struct json_t *obj, const char *key,
                         const char *const **ret);
struct json_t *stix_extension(struct stix_reading *r, const char *id);

/* The readers of one kind each; common members are read already. */
enum rc stix_read_incident(struct stix_reading *r, struct err *err);
enum rc stix_read_identity(struct stix_reading *r, struct err *err);
enum rc stix_read_playbook(struct stix_reading *r, struct err *err);
enum rc stix_read_note(struct stix_reading *r, struct err *err);
enum rc stix_read_relation(struct stix_reading *r, struct err *err);
enum rc stix_read_definition(struct stix_reading *r, struct err *err);
/* A thing of a kind for which STIX has no object; false: it is none. */
bool stix_read_own(struct stix_reading *r);
enum rc stix_read_part(struct stix_reading *r, const struct kind *kind, struct err *err);
void stix_read_links(struct stix_reading *r); /* of an incident or a part */

/* One act being read: scalars in stix_act.c, lists in stix_act_lists.c. */
struct act_reading {
        struct stix_reading *r;
        struct err *err;
        enum rc rc;
        struct act *act;
        const struct kind *kind; /* of the target, where it has a table */
        struct act_set *sets;
        struct act_element *elements;
        struct act_was *was;
        struct act_detail *details;
        bool remove;
};
enum rc stix_read_act(struct stix_reading *r, const struct json_t *ext, struct err *err);
bool stix_is_name(const char *s); /* of a verb or a field: small letters, digits, _ and - */
enum rc stix_read_act_sets(struct act_reading *ar, const struct json_t *ext);
enum rc stix_read_act_elements(struct act_reading *ar, const struct json_t *ext);
enum rc stix_read_act_details(struct act_reading *ar, const struct json_t *ext);
void stix_order_act(struct act_reading *ar); /* hands the lists to the act, in the order of names */

void stix_read_markings(struct stix_reading *r);
/* Fields of the thing from STIX_EXT_STATE; false where the object does not carry it. */
bool stix_read_state(struct stix_reading *r);
bool stix_state_carries(const struct field *field);

/* Makes a thing with what every thing has; the second keeps it as r->o->thing. */
struct thing *stix_make_thing(struct stix_reading *r, const struct kind *kind);
struct thing *stix_new_thing(struct stix_reading *r, const struct kind *kind);
void stix_set_stamp(struct stix_reading *r, const char *field, int64_t ms);
const char *stix_stamp(struct stix_reading *r, int64_t ms); /* as a value; NULL for CLOCK_NONE */
void stix_set_items(struct stix_reading *r, const char *field, const char *const *items,
                    size_t count);
void stix_set_title(struct stix_reading *r, const char *field);
int64_t stix_ms(int64_t ns); /* CLOCK_NONE stays */

/* stix_own.c: what other tools see of such a thing; of a task more. */
void stix_write_own(const struct thing *t, struct json_t *obj);
void stix_write_task(const struct thing *t, struct json_t *obj);
void stix_write_run(const struct thing *t, struct json_t *obj);

/* Members of the snapshot that more than one writer sets. */
struct json_t *stix_new_object(const char *type, const char *id, int64_t created_ms,
                               int64_t modified_ms);
void stix_set_time(struct json_t *obj, const char *key, int64_t ms);
/* An external reference to what CACAO calls so; description may be NULL. */
void stix_add_cacao_reference(struct json_t *obj, const char *id, const char *description);
void stix_set_marking(struct json_t *obj, int tlp);
struct json_t *stix_new_extension(struct json_t *obj, const char *id);

/* ---- TAXII documents: taxii_doc.c ------------------------------------------------------------ */

/* A document: its long lists as spans of the body, all else as a tree. */
struct taxii_doc {
        struct json_t *head;
        struct jspan object; /* the whole of it */
};
/* RC_INVALID: too large, no JSON, a web page, no object. */
enum rc taxii_doc_read(const char *body, size_t len, struct taxii_doc *ret, struct err *err);
/* Inside its brackets; empty where there is none. RC_INVALID: it is not a list, or too long. */
enum rc taxii_doc_list(const struct taxii_doc *d, const char *name, struct jspan *ret,
                       size_t *ret_count, struct err *err);
void taxii_doc_finish(struct taxii_doc *d);
struct jspan taxii_text(const char *body, size_t len); /* without the blanks before it */

/* Members: absent and null are NULL, false, `none`, 0; another type is RC_INVALID with the path.
 * taxii_want() takes a text as it is, and a whole number for its digits: servers count pages. */
enum rc taxii_want(const struct json_t *obj, const char *where, const char *key, struct arena *a,
                   const char **ret, struct err *err);
enum rc taxii_want_clean(const struct json_t *obj, const char *where, const char *key,
                         struct arena *a, const char **ret, struct err *err); /* for people */
enum rc taxii_want_bool(const struct json_t *obj, const char *where, const char *key, bool *ret,
                        struct err *err);
enum rc taxii_want_count(const struct json_t *obj, const char *key, int64_t none, int64_t *ret,
                         struct err *err);
enum rc taxii_want_texts(const struct json_t *obj, const char *key, struct arena *a,
                         const char *const **ret, size_t *ret_count, struct err *err);

/* The members of a list, one small tree after the other; "objects.3" names it. */
struct taxii_walk {
        struct jspan rest;
        const char *name;
        size_t count, at;
        struct json_t *item;
        char where[64];
};
enum rc taxii_walk_begin(struct taxii_walk *w, const struct taxii_doc *d, const char *name,
                         struct err *err);
enum rc taxii_walk_next(struct taxii_walk *w, struct err *err); /* RC_NOTFOUND behind the last */
void taxii_walk_finish(struct taxii_walk *w);

#endif
