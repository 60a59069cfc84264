/*
 * doc: a file of the data folder with the program's tables put into it.
 */
#include <stdio.h>
#include <string.h>

#include "app/doc.h"
#include "base/file.h"

#include "app_private.h"

static const struct document {
        const char *name, *file;
} documents[] = {
        {"man1", "man/muster.1"},         {"man5", "man/muster.ini.5"},
        {"man7", "man/muster.7"},         {"bash", "completion/muster.bash"},
        {"zsh", "completion/muster.zsh"}, {"fish", "completion/muster.fish"},
};

const char *doc_name_at(size_t i)
{
        return i < ARRAY_LEN(documents) ? documents[i].name : NULL;
}

static bool print_table(void *app, const char *name, size_t len, struct str *out)
{
        const struct doc_table *table = doc_table_find(name, len);

        if (table)
                table->print(app, out);
        return table != NULL;
}

static enum rc print_file(struct app *app, const char *file, struct str *out, struct err *err)
{
        AUTO_FREE char *path = file_join(app->data_dir, file);
        AUTO_FREE char *text = NULL;
        size_t len;
        enum rc rc = file_read(path, DOC_BYTES_MAX, &text, &len, err);

        if (rc != RC_OK)
                return rc;
        rc = doc_fill(text, print_table, app, out, err);
        return rc == RC_OK ? RC_OK : err_wrap(err, rc, "%s", path);
}

enum rc doc_print(struct app *app, const char *name, struct str *out, struct err *err)
{
        for (size_t i = 0; i < ARRAY_LEN(documents); i++)
                if (strcmp(documents[i].name, name) == 0)
                        return print_file(app, documents[i].file, out, err);
        return err_set(err, RC_NOTFOUND, "no document %s", name);
}

int cmd_doc(struct app *app, const struct args *args)
{
        CLEANUP(str_finish) struct str out = {0};
        struct err err = {0};
        enum rc rc = app_load_data(app, &err);

        str_init(&out, DOC_BYTES_MAX);
        if (rc == RC_OK)
                rc = doc_print(app, args->words[0], &out, &err);
        if (rc == RC_NOTFOUND && !app->data_dir)
                return app_fail(rc, &err);
        if (rc == RC_NOTFOUND)
                return usage_fail("%s; muster help doc names them", err.text);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        fwrite(str_text(&out), 1, out.len, stdout);
        return DONE;
}
