/*
 * Playbooks that are held: things of kind `playbook`. The thing is the playbook, whatever its
 * version; what is pinned, compared and carried out is a *content*, named by the SHA-256 of the
 * CACAO document, exactly as it was written. Of one id and time there may be two contents: both are
 * kept, one that can be run is shown before those that can't, of several the one with the greater
 * hash of its carrier, and a warning says so.
 *
 * A document comes in as a file or inside a STIX object. What came as a file is kept, and sent to
 * other consoles, in a course of action that follows from the document alone: whoever takes in the
 * same document makes the same object.
 */
#ifndef MUSTER_OPS_PLAYBOOKS_H
#define MUSTER_OPS_PLAYBOOKS_H

#include "ops/import.h"
#include "ops/ops.h"
#include "wire/cacao.h"

#define SUGGESTIONS_MAX 14

/* A content, decoded. Lives in the arena. */
struct held_playbook {
        struct row row;       /* of the thing, as it is now */
        char hash[HASH_TEXT]; /* SHA-256 of the document, hex */
        struct cacao_doc doc; /* verdict, findings, bytes; .playbook NULL: refused */
        bool is_newest;       /* the one that lists show; else a newer one is offered */
        bool is_twin;         /* another content has the same id and time */
};

/* The newest content of a thing. RC_NOTFOUND: it is not held; RC_INVALID: it is no playbook. */
enum rc ops_playbook(struct ops *ops, const char *id, struct arena *a, struct held_playbook *ret,
                     struct err *err);
/* RC_NOTFOUND: that content is not held here. */
enum rc ops_playbook_content(struct ops *ops, const char *hash, struct arena *a,
                             struct held_playbook *ret, struct err *err);
/* The same as a content of that thing. RC_INVALID: it is another's, and whose. */
enum rc ops_playbook_content_of(struct ops *ops, const char *id, const char *hash, struct arena *a,
                                struct held_playbook *ret, struct err *err);

/* The contents of a thing that are held: the one that is shown, then newest first. */
struct playbook_version {
        char hash[HASH_TEXT];
        int64_t modified_ns; /* as the document says; CLOCK_NONE: not */
        int64_t received_ms;
};
enum rc ops_playbook_versions(struct ops *ops, const char *id, struct arena *a,
                              struct playbook_version **ret, size_t *ret_count, struct err *err);

/* The content that a step of type playbook-action takes in: of the version that it names, else the
 * newest that can be run. In the arena. RC_NOTFOUND: none is held. */
enum rc ops_playbook_of_step(struct ops *ops, const struct step *s, struct arena *a,
                             const char **ret, struct err *err);

/* Playbooks that fit an incident, the best first; none that can't be run or was revoked. */
struct playbook_suggestion {
        struct row row;
        int reasons;     /* how many; those with more come first */
        int score;       /* for the order between them */
        const char *why; /* "class Availability; sector energy; severity high" */
};
enum rc ops_playbooks_suggest(struct ops *ops, const char *incident, struct arena *a,
                              struct playbook_suggestion **ret, size_t *ret_count, struct err *err);

/* The playbooks of a CACAO file (wire/cacao.h cacao_read_file) come in, in one transaction. A
 * refused document is refused alone, named. As ops_import; *ret is set in every case. */
enum rc ops_import_playbooks(struct ops *ops, const char *bytes, size_t len,
                             const struct import_options *o, struct import_result *ret,
                             struct err *err);
/* Those that come with Muster (data/playbooks), or the one of that name ("ransomware"): each that
 * is not held yet. How many came in, in *ret_new. RC_NOTFOUND: no data, or none of that name. */
enum rc ops_import_library(struct ops *ops, const char *name, int *ret_new, struct err *err);
/* The thing that the one of that name is, held or not. In the arena. */
enum rc ops_library_id(const char *name, struct arena *a, const char **ret_id, struct err *err);

#endif
