/*
 * What the files of the STIX reader share: one object being read, and getters that turn what is odd
 * but harmless into a finding instead of a refusal.
 */
#ifndef MUSTER_WIRE_STIX_PRIVATE_H
#define MUSTER_WIRE_STIX_PRIVATE_H

#include "base/json.h"
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
size_t stix_member_ids(struct stix_reading *r, const char *key, const char *const **ret);
size_t stix_member_lines(struct stix_reading *r, const struct json_t *obj, const char *key,
                         const char *const **ret);
struct json_t *stix_extension(struct stix_reading *r, const char *id);

/* The readers of one kind each; common members are read already. */
enum rc stix_read_incident(struct stix_reading *r, struct err *err);
enum rc stix_read_identity(struct stix_reading *r, struct err *err);
enum rc stix_read_note(struct stix_reading *r, struct err *err);
enum rc stix_read_relation(struct stix_reading *r, struct err *err);
enum rc stix_read_definition(struct stix_reading *r, struct err *err);

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

/* Makes r->o->thing with what every thing has. */
struct thing *stix_new_thing(struct stix_reading *r, const struct kind *kind);
void stix_set_stamp(struct stix_reading *r, const char *field, int64_t ms);
void stix_set_items(struct stix_reading *r, const char *field, const char *const *items,
                    size_t count);
void stix_set_title(struct stix_reading *r, const char *field);
int64_t stix_ms(int64_t ns); /* CLOCK_NONE stays */

/* Members of the snapshot that more than one writer sets. */
struct json_t *stix_new_object(const char *type, const char *id, int64_t created_ms,
                               int64_t modified_ms);
void stix_set_time(struct json_t *obj, const char *key, int64_t ms);
void stix_set_marking(struct json_t *obj, int tlp);
struct json_t *stix_new_extension(struct json_t *obj, const char *id);

#endif
