/*
 * Every row of every table of the program is in its manual, and every setting in the config that
 * ships with it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli.h"
#include "app/doc.h"
#include "base/file.h"
#include "base/str.h"
#include "model/kind.h"
#include "model/rules.h"
#include "model/words.h"
#include "ui/view.h"

struct checking {
        struct str page;
        const char *table;
        size_t rows, missing;
};

/* As roff writes them, so that a name is found only where it stands by itself. */
static void need(struct checking *c, const char *before, const char *text, const char *behind)
{
        CLEANUP(str_finish) struct str roff = {0};
        AUTO_FREE char *wanted = NULL;

        str_init(&roff, 64 * 1024);
        roff_add(&roff, text);
        wanted = xasprintf("%s%s%s", before, str_text(&roff), behind);
        c->rows++;
        if (strstr(str_text(&c->page), wanted))
                return;
        c->missing++;
        printf("    not in the manual: %s\n", text);
}

static void begin(struct checking *c, const char *table)
{
        c->table = table;
        c->rows = c->missing = 0;
}

static int verdict(const struct checking *c)
{
        bool good = c->rows && !c->missing;

        printf("%s manual has every row of %s%s\n", good ? "ok" : "not ok", c->table,
               good         ? ""
               : c->missing ? ": some are missing"
                            : ": the table is empty");
        return !good;
}

/* Each option of a command stands in what the manual says of its arguments. */
static void need_options(struct checking *c, const struct command *cmd)
{
        for (const char *at = cmd->options ? cmd->options : ""; *at;) {
                size_t n = strcspn(at, "= ");
                AUTO_FREE char *name = xstrndup(at, n);

                c->rows++;
                if (!strstr(cmd->args, name)) {
                        printf("    %s does not name %s in its arguments\n", cmd->name, name);
                        c->missing++;
                }
                at += n + strspn(at + n, "= ");
        }
}

static int check_commands(struct checking *c)
{
        const struct command *cmd;
        const struct global_option *o;
        int failures = 0;

        begin(c, "the commands");
        for (size_t i = 0; (cmd = command_at(i)); i++) {
                need(c, "\n\\fB", cmd->name, "\\fR");
                need(c, "", cmd->args, "\n");
                need(c, "\n", cmd->help, "\n");
                need_options(c, cmd);
        }
        failures += verdict(c);
        begin(c, "the options");
        for (size_t i = 0; (o = global_option_at(i)); i++) {
                need(c, "\\fB", o->name, "\\fR");
                need(c, "\n", o->help, "\n");
        }
        return failures + verdict(c);
}

static int check_settings(struct checking *c)
{
        AUTO_FREE char *shipped = NULL;
        struct config_setting s;
        size_t len;

        begin(c, "the settings");
        if (file_read("data/muster.ini", 64 * 1024, &shipped, &len, NULL) != RC_OK)
                c->missing++;
        for (size_t i = 0; config_setting_at(i, &s); i++) {
                AUTO_FREE char *line = xasprintf("\n;%s = ", s.name);

                need(c, "\\fB", s.name, "\\fR");
                need(c, "\n", s.help, "\n");
                if (shipped && !strstr(shipped, line)) {
                        printf("    not in data/muster.ini: %s\n", s.name);
                        c->missing++;
                }
        }
        return verdict(c);
}

static int check_kinds(struct checking *c, struct app *app)
{
        begin(c, "the kinds and fields");
        for (size_t k = 0; k < kind_count(); k++) {
                const struct kind *kind = kind_at(k);

                need(c, ".SS \"", kind->name, " (");
                for (size_t i = 0; i < kind->field_count; i++) {
                        need(c, "\\fB", kind->fields[i].name, "\\fR (");
                        need(c, "\n", field_help(&kind->fields[i], app->words, &app->arena), "");
                }
        }
        return verdict(c);
}

static int check_verbs(struct checking *c)
{
        begin(c, "the verbs");
        for (size_t i = 0; i < verb_count(); i++) {
                need(c, "\\fB", verb_at(i)->name, "\\fR (");
                need(c, "\n", verb_at(i)->help, "");
        }
        return verdict(c);
}

static int check_words(struct checking *c, const struct words *words)
{
        begin(c, "the word lists");
        for (size_t k = 0; k < words_count(words); k++) {
                const struct word_list *list = words_at(words, k);

                need(c, ".SS \"", list->name, "");
                for (size_t i = 0; i < list->count; i++) {
                        need(c, "\\fB", list->words[i].id, "\\fR\n");
                        need(c, "\n", list->words[i].label, "\n");
                }
        }
        return verdict(c);
}

static void need_cmds(struct checking *c, const struct cmd *cmds, size_t cmd_count,
                      const struct key *keys, size_t key_count)
{
        for (size_t i = 0; i < cmd_count; i++) {
                need(c, "\\fI", cmds[i].name, "\\fR\n");
                need(c, "\n", cmds[i].help, "\n");
        }
        for (size_t i = 0; i < key_count; i++)
                need(c, "\\fB", keys[i].chord, "\\fR");
}

static int check_console(struct checking *c)
{
        begin(c, "the console's commands and keys");
        need_cmds(c, global_cmds, global_cmd_count, global_keys, global_key_count);
        for (size_t i = 0; i < view_count(); i++) {
                const struct view_ops *v = view_at(i);

                need_cmds(c, v->cmds, v->cmd_count, v->keys, v->key_count);
        }
        return verdict(c);
}

/* The named page, or ends the program. */
static void read_page(struct app *app, const char *name, struct checking *c)
{
        struct err err = {0};

        str_finish(&c->page);
        str_init(&c->page, DOC_BYTES_MAX);
        if (doc_print(app, name, &c->page, &err) == RC_OK)
                return;
        printf("not ok manual: %s\n", err.text);
        exit(1);
}

int main(void)
{
        struct app app = {0};
        struct checking c = {0};
        int failures = 0;

        arena_init(&app.arena);
        if (app_load_data(&app, NULL) != RC_OK) {
                printf("not ok manual: no word lists\n");
                return 1;
        }
        read_page(&app, "man1", &c);
        failures += check_commands(&c);
        read_page(&app, "man5", &c);
        failures += check_settings(&c);
        read_page(&app, "man7", &c);
        failures += check_kinds(&c, &app) + check_verbs(&c) + check_words(&c, app.words);
        failures += check_console(&c);
        str_finish(&c.page);
        app_finish(&app);
        return failures ? 1 : 0;
}
