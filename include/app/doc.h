/*
 * The documents of muster (base/doc.h) and the tables that they name.
 */
#ifndef MUSTER_APP_DOC_H
#define MUSTER_APP_DOC_H

#include "app/app.h"
#include "base/doc.h"

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

#endif
