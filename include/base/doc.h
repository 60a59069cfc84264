/*
 * The documents of a program: its manual pages and the completion of shells. A document is a file
 * of data/man or data/completion in which @NAME@ stands for what is printed from a table of the
 * program, so that a new row is in them by itself. The pages are in man(7).
 */
#ifndef MUSTER_BASE_DOC_H
#define MUSTER_BASE_DOC_H

#include "base/err.h"
#include "base/str.h"

#define DOC_BYTES_MAX (1024u * 1024)

/* Copies a document; where @NAME@ stands print() puts what belongs there, or says false. Every
 * program has @version@, @date@ and @datadir@. RC_INVALID: a table that there is not, by name. */
enum rc doc_fill(const char *text,
                 bool (*print)(void *ctx, const char *name, size_t len, struct str *out), void *ctx,
                 struct str *out, struct err *err);

/* Text as roff takes it: nothing in it is a request, an escape or a sign that is replaced. */
void roff_add(struct str *out, const char *text);
void roff_add_bold(struct str *out, const char *text);
/* "name rest" as the head of a paragraph, its text below. */
void roff_add_item(struct str *out, const char *name, const char *rest, const char *text);

#endif
