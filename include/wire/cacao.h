/*
 * CACAO 2.0 documents <-> model/playbook.h, pure. Real files break the standard in most ways it can
 * be broken, so reading is tolerant: what is odd becomes a finding, and the findings decide what
 * may be done with the playbook.
 *
 *   ok         nothing to say
 *   warn       can be run; something is not as the standard has it
 *   view-only  can be looked at, but not run: another version, a step that does not exist, no end,
 * a cycle outside while refused    can't be shown: no JSON, no playbook, no workflow, too large
 */
#ifndef MUSTER_WIRE_CACAO_H
#define MUSTER_WIRE_CACAO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/crypt.h"
#include "base/err.h"
#include "base/ident.h"
#include "base/mem.h"
#include "model/playbook.h"

struct json_t;
struct str;

/* The extension of a course of action by which it carries a playbook (cyentific-rni). */
#define CACAO_EXT_NAMES   "extension-definition--bbc1d5c8-7ddc-4e89-be9c-f33ad02d71dd"
#define CACAO_EXT_CARRIER "extension-definition--1e1c1bd7-c527-4215-8e18-e199e74da57c"

#define CACAO_FILE_MAX     (16u * 1024 * 1024)
#define CACAO_DOCS_MAX     1000 /* playbooks of a file */
#define CACAO_FINDINGS_MAX 200  /* of a playbook; then one that counts the others */

enum cacao_verdict { CACAO_OK, CACAO_WARN, CACAO_VIEW_ONLY, CACAO_REFUSED };
const char *cacao_verdict_name(enum cacao_verdict v); /* "view-only" */

struct cacao_finding {
        enum cacao_verdict verdict; /* what this one alone makes of the playbook */
        const char *path;           /* "workflow.action--....agent"; "" is the playbook itself */
        const char *message;        /* one sentence */
};

struct cacao_doc {
        enum cacao_verdict verdict;      /* the worst of its findings */
        const struct playbook *playbook; /* NULL where it is refused  */
        const char *bytes;               /* exactly as written: in the file, or decoded from it */
        size_t len;
        const char *where; /* its place in the file: "", "1" of a list, "fence 2", ... */
        const struct cacao_finding *findings;
        size_t finding_count;
};

struct cacao_file {
        enum cacao_verdict verdict; /* the worst of its playbooks; refused where it has none */
        const struct cacao_doc *docs;
        size_t doc_count;
};

/*
 * All playbooks of a file: one document, a list of them, the JSON fences of a Markdown text, those
 * that STIX objects carry (a course of action with the playbook extension, an x-oca-playbook; in a
 * bundle, a list, alone). A file without any gives one document that is refused and says why.
 * `now_ms` judges how long a playbook is valid; CLOCK_NONE does not. Everything lives in the arena;
 * .bytes point into the file where it holds them.
 */
void cacao_read_file(const char *bytes, size_t len, int64_t now_ms, struct arena *a,
                     struct cacao_file *ret);

/* One document. */
void cacao_read(const char *bytes, size_t len, int64_t now_ms, struct arena *a,
                struct cacao_doc *ret);

/* The playbook that a STIX object carries, decoded. RC_NOTFOUND: it carries none; RC_INVALID: it
 * can't be decoded, is of another format (BPMN), or only its address is there. */
enum rc cacao_carried(const struct json_t *object, struct arena *a, const char **ret_bytes,
                      size_t *ret_len, struct err *err);

/* The ids of objects that carry one, where a course of action names those instead; else NULL. */
const char *cacao_named(const struct json_t *object, struct arena *a);

/* The name of a content: its SHA-256, hex. */
void cacao_name_content(const char *bytes, size_t len, char ret[HASH_TEXT]);

/* A course of action that carries the document, which has a playbook: canonical, and the same on
 * every console. Its id follows from the playbook's, so versions of one are versions of the other.
 */
void cacao_carrier_id(const struct cacao_doc *doc, char ret[STIX_ID_MAX]);
void cacao_write_carrier(const struct cacao_doc *doc, struct str *out);

/*
 * The playbook as a document: canonical JSON, keys sorted, one line. What is read from it again is
 * the same value. Signatures are not written: they would be of other bytes. Actors and markings are
 * written from what the value has, so a foreign playbook is given back by its own bytes instead.
 */
void cacao_write(const struct playbook *p, struct str *out);

#endif
