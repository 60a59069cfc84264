/*
 * The tables that documents name, and who prints them.
 */
#ifndef MUSTER_APP_DOC_PRIVATE_H
#define MUSTER_APP_DOC_PRIVATE_H

#include "app/doc.h"
#include "base/str.h"

struct doc_table {
        const char *name; /* "commands" of @commands@ */
        void (*print)(struct app *app, struct str *out);
};
const struct doc_table *doc_table_find(const char *name, size_t len); /* NULL */

#endif
