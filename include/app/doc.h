/*
 * The program's own documents: manual pages and the completion of shells. A document is a file of
 * data/man or data/completion in which @NAME@ stands for what is printed from a table of the
 * program, so that a new row is in them by itself. The pages are in man(7).
 */
#ifndef MUSTER_APP_DOC_H
#define MUSTER_APP_DOC_H

#include "app/app.h"
#include "base/str.h"

#define DOC_BYTES_MAX (1024u * 1024)

const char *doc_name_at(size_t i); /* "man1"; NULL behind the last */

/* Needs app_load_data(). RC_NOTFOUND: no document of that name; RC_INVALID: its file names a table
 * that there is not. */
enum rc doc_print(struct app *app, const char *name, struct str *out, struct err *err);

/* A piece that documents name. */
struct doc_table {
        const char *name; /* "commands" of @commands@ */
        void (*print)(struct app *app, struct str *out);
};
const struct doc_table *doc_table_find(const char *name, size_t len); /* NULL */

/* Text as roff takes it: nothing in it is a request, an escape or a sign that is replaced. */
void roff_add(struct str *out, const char *text);

#endif
