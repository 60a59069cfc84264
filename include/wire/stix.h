/*
 * STIX 2.1 documents <-> model, pure. What other tools write is read tolerantly (standards differ
 * by generation, see src/README.md); what we write is canonical: keys sorted, no blanks, times with
 * 3 digits.
 *
 * Reading never changes the bytes: the store keeps them as they came, this only projects.
 */
#ifndef MUSTER_WIRE_STIX_H
#define MUSTER_WIRE_STIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "model/act.h"
#include "model/fold.h"
#include "model/marking.h"
#include "model/thing.h"

struct str;

/* Extension definitions. Incident core: oasis-open/cti-stix-common-objects, v2.1 February 2024 and
 * two earlier drafts. */
#define STIX_EXT_INCIDENT_CORE "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
#define STIX_EXT_TASK          "extension-definition--2074a052-8be4-4932-849e-f5e7798e0030"
#define STIX_EXT_CONTACT       "extension-definition--66e2492a-bbd3-4be6-88f5-cc91a017a498"
#define STIX_EXT_TLP2          "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
/* Ours: definitions in data/stix, travelling with the objects. */
#define STIX_EXT_ACT                                                                               \
        "extension-definition--5a4e5f3c-8a0f-4c7d-9b56-2f6a4d1c7e10" /* on note: an act       */
#define STIX_EXT_STATE                                                                             \
        "extension-definition--c1d2b7a8-3e64-4f19-8d0b-7b9e6a5f4c21" /* on a thing: our fields */

/* What a marking definition says where it is not one of enum tlp. */
#define STIX_TLP_UNKNOWN (-1) /* nothing that we understand: counts as RED      */
#define STIX_TLP_SILENT  (-2) /* a plain statement, such as a copyright: no TLP */

enum stix_what {
        STIX_THING,    /* of a kind with a table: .thing                                     */
        STIX_ACT,      /* note with our extension: .act, and .thing of kind log              */
        STIX_NOTE,     /* any other note: .thing of kind log, about = object_refs            */
        STIX_RELATION, /* relationship: .source, .target, .relation                          */
        STIX_MARKING,  /* marking-definition: .marking_tlp                                   */
        STIX_PART,     /* event, impact, task, opinion, report, grouping: .part              */
        STIX_OTHER,    /* kept, shown under Raw, exported unchanged                          */
};

/* Another object that this one names, and the member that does: "events", "object_refs". */
struct stix_link {
        const char *member, *target;
};
#define STIX_LINKS_MAX 10000 /* of one object; those behind are not followed */

struct stix_object {
        enum stix_what what;
        const char *type, *id;
        const char *created_by;          /* or NULL */
        int64_t created_ns, modified_ns; /* CLOCK_NONE = not said; marking-definition: created */
        bool revoked;
        bool is_state; /* carries STIX_EXT_STATE: a snapshot made by a Muster unit */
        struct thing *thing;
        struct act *act;
        struct thing *part; /* of a kind of model/part.h */
        /* What leads from an incident to its parts and from a part to what it is about, in the
         * order of the object. Of object_refs only those with a kind; none for notes and
         * relationships. */
        const struct stix_link *links;
        size_t link_count;
        const char *const *refs; /* object_refs of a note, report, grouping ... */
        size_t ref_count;
        const char *source, *target, *relation;
        const char *const *markings; /* object_marking_refs and those of granular_markings */
        size_t marking_count;
        int marking_tlp; /* enum tlp or STIX_TLP_...: what marking_lookup should answer later */
        const char *ref; /* reference given by its unit (STIX_EXT_STATE), or NULL */
        const char *unit_name;   /* identity: its name */
        const char *content;     /* playbook: the name of its content, wire/cacao.h */
        const char *findings[8]; /* sentences: what was odd but accepted */
        size_t finding_count;
};

/*
 * Reads one object. RC_INVALID names the member: "incident--...: created is not a timestamp".
 * Everything in *ret lives in the arena. All text for people is cleaned (base/text.h). Markings are
 * not resolved here: thing's tlp is set only where every marking id is a built-in one (the
 * strictest); else it is left unset and .markings tell.
 */
enum rc stix_read(const char *bytes, size_t len, struct arena *a, struct stix_object *ret,
                  struct err *err);
/* The same of what was parsed, or is about to be written: the text of the tree says nothing else.
 */
struct json_t;
enum rc stix_read_tree(const struct json_t *json, struct arena *a, struct stix_object *ret,
                       struct err *err);

/* Strictest TLP of the markings. `lookup` (may be NULL) answers for ids that are not built in: enum
 * tlp or STIX_TLP_...; unknown counts as RED. None, or only plain statements: -1. */
int stix_tlp(const struct stix_object *o, int (*lookup)(void *ctx, const char *id), void *ctx,
             bool *ret_unknown);

/* Our own objects. `tlp` < 0: no marking. The text is one JSON object without a line end. */
void stix_write_act(const struct act *act, int tlp, struct str *out);
struct json_t *stix_make_act(const struct act *act,
                             int tlp); /* not yet text; owned by the caller */

/* Snapshot of a thing of ours: an ordinary incident with incident core (or an identity), plus
 * STIX_EXT_STATE with our fields. RC_INVALID for a kind that has none: log entries are published as
 * acts. */
struct stix_snapshot {
        const struct folded *folded;
        const char *ref;
        const char *unit;
        int64_t modified_ms;
        /* of a run: ids of its steps, and the CACAO playbook and version that it is taken by */
        const char *const *subtasks;
        size_t subtask_count;
        const char *playbook_id;      /* NULL: not held here */
        int64_t playbook_modified_ns; /* CLOCK_NONE: it says none */
};
enum rc stix_write_thing(const struct stix_snapshot *s, struct str *out, struct err *err);

/* A step of a run that somebody has carried out, as a task of its own: what tools without playbooks
 * see of it. */
struct stix_run_step {
        const char *id, *unit, *name, *outcome; /* outcome: "successful", "failed", "cancelled" */
        const char *step;                       /* its id in the playbook */
        int tlp;
        int64_t start_ms, end_ms, modified_ms;
};
void stix_write_run_step(const struct stix_run_step *s, struct str *out);

/* One object does that to another: "uses". */
struct stix_own_relation {
        const char *id, *unit, *type, *source, *target;
        int tlp;
        int64_t created_ms;
};
void stix_write_relation(const struct stix_own_relation *l, struct str *out);

/* True where two snapshots say the same but for `modified`. */
bool stix_same_content(const char *a, size_t a_len, const char *b, size_t b_len);

/* The unit: an identity of class organization. */
void stix_write_unit(const char *id, const char *name, int64_t created_ms, struct str *out);

/* Our extension definitions, as objects of the unit's bundles; i from 0, NULL after the last. */
const char *stix_definition(size_t i);
/* The five TLP 2.0 marking definitions, exactly as OASIS published them. */
const char *stix_tlp_definition(enum tlp tlp);

/* incident criticality 0-100 <-> severity (ef765651, Appendix B bands). */
int severity_to_criticality(enum severity s);
enum severity severity_of_criticality(int64_t criticality);

/* What a whole document is, from its shape (base/jsplit.h). */
struct jsplit_shape;
/* RC_OK for STIX and TAXII envelopes ({} and {"more":false} are empty ones). RC_INVALID with the
 * one sentence that refuses MISP, CACAO, or no STIX at all. */
enum rc stix_check_shape(const struct jsplit_shape *shape, struct err *err);
/* One that was found good holds no objects, though splitting may give one span: itself. */
bool stix_shape_is_empty(const struct jsplit_shape *shape);

#endif
