/*
 * The verbs. Every change goes through here: one transaction writes act, version, projection,
 * journal row and outbox, or nothing. Everything from outside comes in by ops/import.h.
 */
#ifndef MUSTER_OPS_OPS_H
#define MUSTER_OPS_OPS_H

#include "base/crypt.h"
#include "base/ident.h"
#include "model/act.h"
#include "model/clock_law.h"
#include "model/enums.h"
#include "model/filter.h"
#include "model/fold.h"
#include "store/query.h"
#include "store/store.h"
#include "store/things.h"

/* Who acts, on what. Borrowed by everybody below; lives as long as the program. */
struct ops {
        struct store *store;
        const struct words *words;
        const struct clock_law *law; /* or NULL: no clock has a due time */
        const char *operator; /* "duarte", or NULL: then nothing can be written (RC_DENIED) */
        const char *role;     /* or NULL */
        /* Changed by ops/operators.h only. */
        bool sign_in;              /* who writes must have proven to be the operator */
        bool is_proven;            /* the operator has */
        enum operator_role rights; /* of one who has */
        const struct crypt_cost *pin_cost;
        struct arena names; /* of those who have signed in */
        char *unit;         /* identity id of our unit   */
        char *unit_name;
        char *desk;       /* or NULL */
        char *console;    /* 16 hex digits */
        enum tlp ceiling; /* what is above it is refused at the door */
        enum tlp default_marking;
        bool readonly;
        bool review_significant;    /* a significant note waits for another person to read it */
        bool exercise;              /* demo and exercise databases say so on every screen */
        int64_t rested_ns;          /* when it last left the processor to a console: ops/pace.c */
        struct ops_pool {           /* ops/pool.h: */
                struct pool *facts; /* or NULL: nobody asked yet */
                int64_t vid;        /* the last version that it knows of */
                int64_t turns_ms;   /* from when on it knows the turns of rotas */
                size_t bytes;       /* that it took when it was read */
        } pool;
};

/* Opens the database and reads who we are. mode as store_open. With STORE_CREATE an unnamed unit is
 * made. */
struct ops_options {
        const char *path;
        int mode;
        const char *operator, * role; /* borrowed */
        bool sign_in; /* they count for nothing: whoever writes signs in (ops/operators.h) */
        const struct crypt_cost *pin_cost; /* of new PINs; NULL: crypt_cost_usual */
        const struct words *words;
        const struct clock_law *law; /* or NULL */
        const char *unit_name;       /* for a new database; NULL = unnamed */
        const int *default_marking;  /* enum tlp of what comes without one; -1, NULL: AMBER */
        bool review_significant;     /* as in struct ops */
        void (*progress)(void *ctx, int64_t done, int64_t all); /* of a rebuild; or NULL */
        void *ctx;
};
enum rc ops_open(const struct ops_options *o, struct ops *ret, struct err *err);
/* What boards show was made by another format, or its due times by another law: opening it for
 * writing makes it again. */
bool ops_rows_are_stale(struct ops *ops);
void ops_close(struct ops *ops); /* signs the journal; NULL-safe on half-built */
/* Until it is told to breathe no more, work in the database leaves its processor now and then, if a
 * console has that open; whether one has (src/README.md D48). */
bool ops_breathe(struct ops *ops);
void ops_breathe_no_more(struct ops *ops);

/* Unit: `muster init` and `--join`. */
struct ops_unit {
        const char *name, *desk, *unit_id; /* unit_id NULL = a new one */
        const char *join_bytes;            /* content of a file made by unit export, or NULL */
        size_t join_len;
        int ceiling; /* enum tlp or -1 */
        bool exercise;
};
enum rc ops_init(const char *path, const struct ops_unit *u, struct err *err);
/* The unit's identity, TLP and extension definitions as a bundle. */
enum rc ops_unit_export(struct ops *ops, struct str *out, struct err *err);

/* What a person asks for: fields as typed; sets take the whole list, or +x / -x for single members.
 */
struct ops_field {
        const char *name, *value;
};
struct ops_request {
        const char *verb;
        const struct ops_field *fields;
        size_t field_count;
        const struct ops_field *details; /* as typed, of those that the verb takes */
        size_t detail_count;
        const char *reason;  /* or NULL */
        const char *text;    /* a note's text, or NULL */
        int64_t occurred_ms; /* CLOCK_NONE = now */
        const char *draft;   /* whose content this is: dropped in the same transaction; or NULL */
};

/* A new thing of a kind: returns its id. */
enum rc ops_new(struct ops *ops, const struct kind *kind, const struct ops_request *r,
                char ret_id[STIX_ID_MAX], struct err *err);
/* A verb on a thing. RC_INVALID: the request; RC_CONFLICT: its state does not allow it. */
enum rc ops_do(struct ops *ops, const char *id, const struct ops_request *r, struct err *err);
/* The same on several things, in one transaction: all or none. Where nothing would change for some
 * of them, those are left alone. */
enum rc ops_do_all(struct ops *ops, const char *const *ids, size_t count,
                   const struct ops_request *r, struct err *err);
/* Each its own verb on its own thing, in one transaction: all or none. */
struct ops_task {
        const char *id;
        struct ops_request request;
};
enum rc ops_do_tasks(struct ops *ops, const struct ops_task *tasks, size_t count, struct err *err);
/* Several verbs on one thing, one after the other, in one transaction: all or none. What would
 * change nothing is passed over. */
enum rc ops_do_steps(struct ops *ops, const char *id, const struct ops_request *steps, size_t count,
                     struct err *err);
/* The sentence that ops_do would keep, or why it would refuse; nothing is written. In the arena. */
enum rc ops_foresee(struct ops *ops, const char *id, const struct ops_request *r, struct arena *a,
                    const char **ret_sentence, struct err *err);
/* What a change of a request took back: "REQ-0001: it is not what novak asked for any more, so
 * submit is void", where somebody waited for a second person `before`; NULL: nothing. In the arena.
 */
const char *ops_voided(struct ops *ops, const struct row *before, struct arena *a);
/* Undoes the last act of this console that can be undone and was not; *ret_sentence (malloc'ed)
 * says what, thing by thing: "INC-0001: owner berg withdrawn". RC_NOTFOUND: nothing to undo;
 * RC_CONFLICT: somebody changed it since. */
enum rc ops_undo(struct ops *ops, char **ret_sentence, struct err *err);
/* What ops_undo would undo now; RC_NOTFOUND. */
enum rc ops_undo_what(struct ops *ops, char **ret_sentence, struct err *err);

/* What people call it where it is only named: its reference, of our own unit its name. Borrowed. */
const char *ops_ref_of(const struct ops *ops, const struct row *row);
/* The sentence with references in the place of STIX ids of things held; malloc'ed. */
char *ops_name_things(struct ops *ops, const char *sentence);

/* A thing with everything known about it. at_ms CLOCK_NONE = now; else as it was known then: acts
 * recorded and versions received until then; RC_NOTFOUND where it was not known. */
struct ops_view {
        struct row row;
        struct folded folded;
        const char *raw; /* newest bytes held, or NULL (own thing never exported) */
        size_t raw_len;
        struct version *versions; /* all, oldest first, without their bytes */
        size_t version_count;
        struct relation *relations;
        size_t relation_count;
        /* Of the kinds of model/part.h, in their order, by time; names stand for ids, tlp is set
         * where the part is marked. */
        struct thing *parts;
        size_t part_count;
        bool parts_cut; /* there are more than are read */
};
/* Things of its kind that name it in a field: those linked to it, its duplicates; with a time those
 * of which that was known then. In the arena. */
enum rc ops_named_by(struct ops *ops, const struct thing *t, const char *field, int64_t at_ms,
                     struct arena *a, struct row **ret, size_t *ret_count, struct err *err);
enum rc ops_view(struct ops *ops, const char *id, int64_t at_ms, struct arena *a,
                 struct ops_view *ret, struct err *err);

/* REF argument -> id: short reference, STIX id or unambiguous prefix. RC_CONFLICT: the sentence
 * lists the candidates. */
enum rc ops_resolve(struct ops *ops, const char *ref, struct arena *a, const char **ret_id,
                    struct err *err);

/* What an entry of the log is about, of the things that are held: there its correction and its
 * review are written. RC_INVALID: it is no entry, or about nothing that is held. In the arena. */
enum rc ops_entry_subject(struct ops *ops, const char *entry, struct arena *a, const char **ret_id,
                          struct err *err);

/* The same as the resolver of a struct value_context, whose resolve_ctx is the ops. */
const char *ops_resolve_value(void *ops, const char *ref, struct arena *a);
/* And what tells the kind of what that gives back. */
const struct kind *ops_kind_of(void *ops, const char *id, struct arena *a, const char **ret_ref);

#endif
