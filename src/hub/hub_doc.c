/*
 * The documents of muster-hub: the tables of its command line in files of the data folder.
 */
#include <stdio.h>
#include <string.h>

#include "base/datadir.h"
#include "base/doc.h"
#include "base/file.h"
#include "base/mem.h"
#include "hub/hub_cli.h"

static const struct document {
        const char *name, *file;
} documents[] = {
        {"man8", "man/muster-hub.8"},
        {"bash", "completion/muster.bash"},
        {"zsh", "completion/muster.zsh"},
        {"fish", "completion/muster.fish"},
};

static void print_program(struct str *out)
{
        str_add(out, "muster-hub");
}

static void print_options(struct str *out)
{
        struct hub_cli_text o;

        for (size_t i = 0; hub_cli_option_at(i, &o); i++)
                roff_add_item(out, o.name, o.args, o.help);
}

static void print_commands(struct str *out)
{
        struct hub_cli_text c;

        for (size_t i = 0; hub_cli_command_at(i, &c); i++)
                roff_add_item(out, c.name, c.args, c.help);
}

static const struct table {
        const char *name;
        void (*print)(struct str *out);
} tables[] = {
        {"program", print_program},
        {"options", print_options},
        {"commands", print_commands},
};

static bool print_table(void *ctx, const char *name, size_t len, struct str *out)
{
        (void)ctx;
        for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
                if (strlen(tables[i].name) != len || strncmp(tables[i].name, name, len) != 0)
                        continue;
                tables[i].print(out);
                return true;
        }
        return false;
}

static enum rc print_file(const char *file, struct err *err)
{
        AUTO_FREE char *dir = NULL;
        AUTO_FREE char *path = NULL;
        AUTO_FREE char *text = NULL;
        CLEANUP(str_finish) struct str out = {0};
        size_t len;
        enum rc rc = datadir_find(&dir, err);

        str_init(&out, DOC_BYTES_MAX);
        if (rc != RC_OK)
                return rc;
        path = file_join(dir, file);
        rc = file_read(path, DOC_BYTES_MAX, &text, &len, err);
        if (rc == RC_OK && (rc = doc_fill(text, print_table, NULL, &out, err)) != RC_OK)
                rc = err_wrap(err, rc, "%s", path);
        if (rc == RC_OK)
                fwrite(str_text(&out), 1, out.len, stdout);
        return rc;
}

enum rc hub_doc_print(const char *name, struct err *err)
{
        for (size_t i = 0; i < ARRAY_LEN(documents); i++)
                if (strcmp(documents[i].name, name) == 0)
                        return print_file(documents[i].file, err);
        return err_set(err, RC_NOTFOUND, "no document %s: there are man8, bash, zsh and fish",
                       name);
}
