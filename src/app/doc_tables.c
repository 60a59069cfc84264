/*
 * The tables of the program as pieces of a manual page.
 */
#include <string.h>

#include "app/doc.h"
#include "model/rules.h"
#include "model/words.h"
#include "ui/chord.h"
#include "ui/view.h"

#include "app_private.h"

/* ---- pieces -------------------------------------------------------------------------------- */

static void add_section(struct str *out, const char *title, const char *remark)
{
        str_add(out, ".SS \"");
        roff_add(out, title);
        if (remark && *remark) {
                str_add(out, " (");
                roff_add(out, remark);
                str_addc(out, ')');
        }
        str_add(out, "\"\n");
}

/* ---- the command line ---------------------------------------------------------------------- */

static void print_program(struct app *app, struct str *out)
{
        (void)app;
        str_add(out, "muster");
}

static void print_options(struct app *app, struct str *out)
{
        const struct global_option *o;

        (void)app;
        for (size_t i = 0; (o = global_option_at(i)); i++)
                roff_add_item(out, o->name, o->value, o->help);
}

static void print_commands(struct app *app, struct str *out)
{
        const struct command *c;

        (void)app;
        for (size_t i = 0; (c = command_at(i)); i++)
                roff_add_item(out, c->name, c->args, c->help);
}

static void print_settings(struct app *app, struct str *out)
{
        struct config_setting s;

        (void)app;
        for (size_t i = 0; config_setting_at(i, &s); i++) {
                AUTO_FREE char *takes = xasprintf("= %s", s.takes);

                roff_add_item(out, s.name, takes, s.help);
        }
}

/* ---- kinds, fields, verbs ------------------------------------------------------------------ */

static char *scale_of(const struct enum_list *list)
{
        struct str text;

        str_init(&text, 1000);
        for (size_t i = 0; i < list->count; i++)
                str_add_sep(&text, " ", list->items[i].id);
        return str_take(&text);
}

static void print_field(struct app *app, const struct field *field, struct str *out)
{
        const char *help = field_help(field, app->words, &app->arena);
        AUTO_FREE char *rest = xasprintf("(%s; %s)", field_type_name(field), field_set_by(field));
        AUTO_FREE char *values = field->list    ? scale_of(field->list)
                                 : field->words ? xasprintf("the word list %s", field->words)
                                                : NULL;
        AUTO_FREE char *text =
                xasprintf("%s%s%s", help, values ? "; values: " : "", values ? values : "");

        roff_add_item(out, field->name, rest, text);
}

static void print_kinds(struct app *app, struct str *out)
{
        for (size_t k = 0; k < kind_count(); k++) {
                const struct kind *kind = kind_at(k);
                AUTO_FREE char *remark = xasprintf("%s, %s-0001%s%s", kind->plural, kind->prefix,
                                                   kind->stix_type ? ", STIX " : "",
                                                   kind->stix_type ? kind->stix_type : "");

                add_section(out, kind->name, remark);
                for (size_t i = 0; i < kind->field_count; i++)
                        print_field(app, &kind->fields[i], out);
        }
}

static void print_verbs(struct app *app, struct str *out)
{
        const struct short_verb *s;

        (void)app;
        for (size_t i = 0; i < verb_count(); i++) {
                const struct verb *v = verb_at(i);
                AUTO_FREE char *on = xasprintf("(%s)", v->kind ? v->kind : "any kind");
                AUTO_FREE char *text = xasprintf("%s%s%s%s%s", v->help, v->field ? "; sets " : "",
                                                 v->field ? v->field : "",
                                                 v->needs_reason ? "; needs a reason" : "",
                                                 v->needs_text ? "; needs a text" : "");

                roff_add_item(out, v->name, on, text);
        }
        for (size_t i = 0; (s = short_verb_at(i)); i++) {
                AUTO_FREE char *text = xasprintf("short for %s %s", s->verb, s->value);

                roff_add_item(out, s->name, NULL, text);
        }
}

/* ---- the filter line and its words --------------------------------------------------------- */

#define MARKS_MAX 64

static void print_marks(struct app *app, struct str *out)
{
        const struct filter_context ctx = {.kind = &kind_incident, .values = {.words = app->words}};
        struct arena a;
        const char *marks[MARKS_MAX];
        size_t count;

        arena_init(&a);
        count = filter_complete("is:", 3, &ctx, &a, marks, MARKS_MAX);
        for (size_t i = 0; i < count; i++) {
                if (i)
                        str_add(out, ", ");
                roff_add_bold(out, marks[i]);
        }
        arena_finish(&a);
}

static void print_words(struct app *app, struct str *out)
{
        for (size_t k = 0; k < words_count(app->words); k++) {
                const struct word_list *list = words_at(app->words, k);

                add_section(out, list->name, list->title);
                str_add(out, ".PD 0\n");
                for (size_t i = 0; i < list->count; i++)
                        roff_add_item(out, list->words[i].id, NULL, list->words[i].label);
                str_add(out, ".PD\n");
        }
}

/* ---- the console --------------------------------------------------------------------------- */

static void add_keys(struct str *out, const struct key *keys, size_t count, const char *cmd,
                     bool *any)
{
        for (size_t i = 0; i < count; i++) {
                if (strcmp(keys[i].cmd, cmd) != 0)
                        continue;
                str_add(out, *any ? ", " : "");
                roff_add_bold(out, keys[i].chord);
                *any = true;
        }
}

/* A view is also on its digit. */
static void add_digit(struct str *out, const char *cmd, bool *any)
{
        for (size_t i = 0; i < view_count(); i++) {
                const char digit[] = {view_at(i)->digit, '\0'};

                if (!digit[0] || strncmp(cmd, "view.", 5) != 0 ||
                    strcmp(cmd + 5, view_at(i)->name) != 0)
                        continue;
                str_add(out, *any ? ", " : "");
                roff_add_bold(out, digit);
                *any = true;
        }
}

static void print_cmds(struct str *out, const struct cmd *cmds, size_t cmd_count,
                       const struct key *keys, size_t key_count)
{
        for (size_t i = 0; i < cmd_count; i++) {
                bool any = false;

                str_add(out, ".TP\n");
                add_keys(out, keys, key_count, cmds[i].name, &any);
                add_digit(out, cmds[i].name, &any);
                str_add(out, any ? " \\fI" : "\\fI");
                roff_add(out, cmds[i].name);
                str_add(out, "\\fR\n");
                roff_add(out, cmds[i].help);
                str_addc(out, '\n');
        }
}

static void print_console(struct app *app, struct str *out)
{
        (void)app;
        add_section(out, "Everywhere", NULL);
        print_cmds(out, global_cmds, global_cmd_count, global_keys, global_key_count);
        for (size_t i = 0; i < view_count(); i++) {
                const struct view_ops *v = view_at(i);
                AUTO_FREE char *title = xasprintf("In %s", v->title);

                add_section(out, title, NULL);
                print_cmds(out, v->cmds, v->cmd_count, v->keys, v->key_count);
        }
}

/* Every name of a key that no letter stands for: of each code the one that is shown. */
static void print_chords(struct app *app, struct str *out)
{
        char name[CHORD_TEXT];
        bool first = true;

        (void)app;
        for (int32_t chord = CHORD_NONE + 1; chord <= CHORD_F12; chord++) {
                if (chord > CHORD_SPACE && chord < CHORD_UP)
                        chord = CHORD_UP;
                chord_name(chord, name);
                if (!name[0] || name[0] == '^' || chord_read(name, NULL) != chord)
                        continue;
                str_add(out, first ? "" : ", ");
                roff_add_bold(out, name);
                first = false;
        }
}

static const struct doc_table tables[] = {
        {"program", print_program},   {"options", print_options}, {"commands", print_commands},
        {"settings", print_settings}, {"kinds", print_kinds},     {"verbs", print_verbs},
        {"marks", print_marks},       {"words", print_words},     {"console", print_console},
        {"chords", print_chords},
};

const struct doc_table *doc_table_find(const char *name, size_t len)
{
        for (size_t i = 0; i < ARRAY_LEN(tables); i++)
                if (strlen(tables[i].name) == len && strncmp(tables[i].name, name, len) == 0)
                        return &tables[i];
        return NULL;
}
