/*
 * A playbook as a value: what a CACAO 2.0 document (OASIS CS01, 27 November 2023) says, decoded.
 *
 * It is read by wire/cacao.h into one arena and never changed. Whatever refers to a step, an agent
 * or a target is an index into the list of the playbook; -1 is none. All text is cleaned for a
 * terminal (base/text.h). Texts that are not there are NULL.
 */
#ifndef MUSTER_MODEL_PLAYBOOK_H
#define MUSTER_MODEL_PLAYBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "model/condition.h"
#include "model/variable.h"

#define PLAYBOOK_BYTES_MAX (8 * 1024 * 1024)
#define PLAYBOOK_STEPS_MAX 20000
#define PLAYBOOK_LIST_MAX  10000         /* members of any other list or map */
#define PLAYBOOK_TEXT_MAX  (1024 * 1024) /* bytes of a text; a payload is decoded up to that */
#define PLAYBOOK_DELAY_MAX (366LL * 24 * 3600 * 1000) /* ms of a delay or timeout */

/* Muster's own extension of a step, in its step_extensions: see struct step. */
#define PLAYBOOK_EXT_STEP "extension-definition--b9bb0122-3dd6-47ec-892c-cc6bde9cb44f"

enum step_type {
        STEP_START,
        STEP_END,
        STEP_ACTION,
        STEP_PLAYBOOK, /* playbook-action */
        STEP_PARALLEL,
        STEP_IF,
        STEP_WHILE,
        STEP_SWITCH,
        STEP_UNKNOWN, /* of another type: shown, and done by hand like an action */
};

/* How an agent or target is reached: of a person or organisation their e-mail and telephone, of a
 * machine its addresses. */
struct actor_address {
        const char *type;  /* "email", "phone"; "ipv4", "url", "dname", ... */
        const char *label; /* of e-mail and telephone: "work"; else NULL */
        const char *value;
};

struct actor {
        const char *id, *type, *name; /* type "group", "individual", "ssh", ... */
        const char *description;
        const struct actor_address *addresses;
        size_t address_count;
};

struct command_header {
        const char *name, *value;
};

/* What is done in an action. Only "manual" is meant for a person; whatever else it is, Muster shows
 * it and runs nothing. */
struct step_command {
        const char *type;    /* as the document has it */
        const char *text;    /* the command; base64 is decoded */
        const char *content; /* the body of http-api and openc2-http, decoded */
        const char *description;
        const struct command_header *headers; /* sorted by name */
        size_t header_count;
};

/* One way on from a branching step. */
struct step_branch {
        const char *label; /* switch: the value, "default" last; if: "true", "false"; else NULL */
        int step; /* -1: an if without on_false; what names no step, where it can't be run */
};

struct step {
        const char *id;
        enum step_type type;
        const char *type_name; /* as the document has it */
        const char *name, *description;
        int64_t delay_ms, timeout_ms; /* 0: none */
        const char *owner;            /* id of an identity */
        int agent;                    /* in playbook.agents */
        const int *targets;           /* in playbook.targets */
        size_t target_count;
        const struct variable
                *variables; /* of this step and what follows in its branches; by name */
        size_t variable_count;
        const struct step_command *commands;
        size_t command_count;
        const char *const *in_args, *const *out_args; /* names of variables, in their order */
        size_t in_count, out_count;

        int on_completion, on_success, on_failure;
        /* parallel: two or more; if: [0] true, [1] false; while: [0] the body; switch: the cases.
         * They end in steps of type end, and then .on_... follows; where that is not said, what the
         * step stands in ends with its branches. A body that leads back to its while ends there,
         * too. */
        const struct step_branch *branches;
        size_t branch_count;
        const char *condition_text;        /* if, while; as written */
        const struct condition *condition; /* NULL: prose, a person answers */
        const char *switch_text;           /* switch; as written */
        const char *switch_variable;       /* "__v__" where it is one, else NULL: asked */
        const char *playbook_id;           /* of a playbook-action */
        int64_t playbook_version_ns;       /* CLOCK_NONE: the newest */

        /* PLAYBOOK_EXT_STEP */
        bool mandatory;  /* the incident is not closed with this one open */
        bool two_person; /* done when a second person has signed */
        bool adversary;  /* touches the adversary's infrastructure: a PAP may forbid it */
        int minutes;     /* that it is expected to take; 0: not said */
};

struct playbook_reference {
        const char *name, *description, *source, *url, *external_id;
};

/* A statement of the document about who may see it or use it, such as a copyright. */
struct playbook_statement {
        const char *id, *text;
};

enum signature_state {
        SIGNATURE_GOOD, /* matches the key that it carries: nobody vouches for that key */
        SIGNATURE_BAD,
        SIGNATURE_UNCHECKED, /* not verified here: .why */
};

struct playbook_signature {
        const char *id, *signee, *algorithm, *hash_algorithm;
        const char *related_to; /* id of the playbook that was signed */
        int64_t created_ns;
        bool revoked;
        enum signature_state state;
        const char *why; /* one sentence */
        const char *key; /* base64url of an Ed25519 key, or NULL */
};

struct playbook {
        const char *id, *name, *description;
        const char *spec_version; /* as written, NULL where absent */
        const char *created_by;
        int64_t created_ns, modified_ns;       /* CLOCK_NONE = not said */
        int64_t valid_from_ms, valid_until_ms; /* CLOCK_NONE = no limit */
        bool revoked;
        int priority, severity, impact; /* 0 to 100; -1 = not said; priority 1 is the highest */
        const char *const *types, *const *activities, *const *sectors, *const *labels;
        size_t type_count, activity_count, sector_count, label_count;
        const char *const *derived_from, *const *related_to;
        size_t derived_count, related_count;
        int tlp; /* enum tlp, the strictest; RED where a marking is unknown; -1: no marking */
        const struct playbook_statement *statements;
        size_t statement_count;
        const struct playbook_reference *references;
        size_t reference_count;

        const struct variable *variables; /* sorted by name */
        size_t variable_count;
        const struct actor *agents, *targets; /* sorted by id */
        size_t agent_count, target_count;
        const struct step *steps; /* sorted by id */
        size_t step_count;
        int start;     /* workflow_start */
        int exception; /* workflow_exception: where a failure goes that no step takes */

        const struct playbook_signature *signatures;
        size_t signature_count;
};

/* Its name; of one without what it asks, "If foreign", or what it is; else its id. In the arena, or
 * the step's. */
const char *step_title(const struct step *s, struct arena *a);
/* Whom the playbook asks for it; NULL: it names nobody. */
const struct actor *step_agent(const struct playbook *p, const struct step *s);
/* "true" as the answer to an if is "yes". */
const char *step_answer_word(const struct step *s, const char *answer);
/* The answers that a question takes, one after the other; NULL: there are no more. */
const char *step_answer_at(const struct step *s, size_t i);
#define STEP_ANSWER_LETTERS "abcdehilwz" /* by which the first of them are picked */
/* The answer that people mean by "Yes", "n", a case in other letters, or "b"; else the text. */
const char *step_answer_read(const struct step *s, const char *text);

const char *step_type_name(enum step_type type); /* "playbook-action"; NULL for STEP_UNKNOWN */
enum step_type step_type_of(const char *name);
int playbook_step(const struct playbook *p, const char *id); /* index, -1 where there is none */

/* The texts that decide a way on where this variable has them: cases of a switch, what conditions
 * compare it with. Each once, as they come; how many. In the arena, or the playbook's. */
size_t playbook_words(const struct playbook *p, const char *variable, struct arena *a,
                      const char *const **ret);
/* A value as the playbook writes it: people say yes and no, and write words small or large. `v` may
 * be NULL. In the arena, the playbook's, or the text. */
const char *playbook_value_read(const struct playbook *p, const struct variable *v,
                                const char *text, struct arena *a);

/* Calls fn for each way on from a step: branches, then completion, success and failure. Those that
 * are -1 are left out. */
void step_each_next(const struct step *s, void (*fn)(void *ctx, int next), void *ctx);

#endif
