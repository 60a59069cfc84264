/*
 * Proves that the tables of commands and keys hold together: every key names a command, every
 * command can be found, said and bound, no chord hides another, and what writes says so. Prints
 * findings; exits non-zero where there are any.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/rules.h"
#include "ui/chord.h"
#include "ui/cmd.h"
#include "ui/picker.h"
#include "ui/things_view.h"
#include "ui/view.h"

#define LABEL_COLUMNS 14
#define HELP_COLUMNS  64

/* A table of commands and the keys beside it: a view's, or the global one (view NULL). */
struct table {
        const struct view_ops *view;
        const char *name;
        const struct cmd *cmds;
        size_t cmd_count;
        const struct key *keys;
        size_t key_count;
};

struct findings {
        int count;
};

static void found(struct findings *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void found(struct findings *f, const char *fmt, ...)
{
        va_list args;
        va_start(args, fmt);
        vprintf(fmt, args);
        va_end(args);
        putchar('\n');
        f->count++;
}

static struct table table_of(size_t i)
{
        if (i == view_count())
                return (struct table){.name = "global",
                                      .cmds = global_cmds,
                                      .cmd_count = global_cmd_count,
                                      .keys = global_keys,
                                      .key_count = global_key_count};
        const struct view_ops *v = view_at(i);
        return (struct table){.view = v,
                              .name = v->name,
                              .cmds = v->cmds,
                              .cmd_count = v->cmd_count,
                              .keys = v->keys,
                              .key_count = v->key_count};
}

static const struct cmd *find(const struct table *t, const char *name)
{
        for (size_t i = 0; i < t->cmd_count; i++)
                if (strcmp(t->cmds[i].name, name) == 0)
                        return &t->cmds[i];
        return NULL;
}

static bool begins(const char *name, const char *area)
{
        size_t len = strlen(area);
        return strncmp(name, area, len) == 0 && name[len] == '.' && name[len + 1];
}

static bool area_is_known(const struct table *t, const char *name)
{
        static const char *const global[] = {"app", "act", "view", "theme"};
        if (t->view)
                return begins(name, t->view->noun) || begins(name, t->view->name) ||
                       begins(name, "list");
        for (size_t i = 0; i < ARRAY_LEN(global); i++)
                if (begins(name, global[i]))
                        return true;
        for (size_t i = 0; i < view_count(); i++)
                if (begins(name, view_at(i)->noun) || begins(name, view_at(i)->name))
                        return true;
        return false;
}

/* "incident.ack" is the verb "ack"; some write without being one. */
static bool is_of_verb(const char *name)
{
        static const char *const others[] = {"ack-newest", "new", "edit", "undo", "repeat", "menu"};
        const char *what = strchr(name, '.');
        if (!what || begins(name, "list") || begins(name, "view") || begins(name, "app"))
                return false;
        for (size_t i = 0; i < ARRAY_LEN(others); i++)
                if (strcmp(others[i], what + 1) == 0)
                        return true;
        for (size_t i = 0; i < verb_count(); i++)
                if (strcmp(verb_at(i)->name, what + 1) == 0 &&
                    (!verb_at(i)->kind || begins(name, verb_at(i)->kind)))
                        return true;
        return false;
}

static bool has_key(const struct table *t, const struct cmd *cmd)
{
        for (size_t i = 0; i < t->key_count; i++)
                if (strcmp(t->keys[i].cmd, cmd->name) == 0)
                        return true;
        return false;
}

static void check_words(struct findings *f, const struct table *t, const struct cmd *cmd)
{
        size_t help = strlen(cmd->help);
        if (!cmd->label[0] || text_width(cmd->label) > LABEL_COLUMNS)
                found(f, "%s: the label of %s has no word or more than %d columns", t->name,
                      cmd->name, LABEL_COLUMNS);
        if (help < 3 || text_width(cmd->help) > HELP_COLUMNS)
                found(f, "%s: the help of %s is missing or has more than %d columns", t->name,
                      cmd->name, HELP_COLUMNS);
        else if (cmd->help[help - 1] == '.' || cmd->help[0] < 'A' || cmd->help[0] > 'Z')
                found(f,
                      "%s: the help of %s is a sentence that begins with a capital and has no full "
                      "stop",
                      t->name, cmd->name);
}

static void check_cmd(struct findings *f, const struct table *t, const struct cmd *cmd)
{
        if (!cmd->name || !cmd->label || !cmd->help || !cmd->run) {
                found(f, "%s: command %s lacks a name, a label, a help or what it does", t->name,
                      cmd->name ? cmd->name : "?");
                return;
        }
        check_words(f, t, cmd);
        if (strspn(cmd->name, "abcdefghijklmnopqrstuvwxyz0123456789.-") != strlen(cmd->name))
                found(f, "%s: %s is not written in small letters, digits, dot and hyphen", t->name,
                      cmd->name);
        if (!area_is_known(t, cmd->name))
                found(f, "%s: %s does not begin with the view's noun or name, or a global area",
                      t->name, cmd->name);
        if (!(cmd->flags & CMD_WRITES) && (is_of_verb(cmd->name) || (cmd->flags & CMD_MARKED)))
                found(f, "%s: %s changes things but does not say CMD_WRITES", t->name, cmd->name);
        if ((cmd->flags & CMD_FOOT) && !has_key(t, cmd))
                found(f, "%s: %s is in the footer but on no key", t->name, cmd->name);
        for (const struct cmd *before = t->cmds; before < cmd; before++)
                if (strcmp(before->name, cmd->name) == 0)
                        found(f, "%s: there are two commands %s", t->name, cmd->name);
}

/* The same name in two tables is one command: the shared rows of lists. */
static void check_other_tables(struct findings *f, const struct table *t, const struct cmd *cmd)
{
        for (size_t i = 0; i <= view_count(); i++) {
                struct table other = table_of(i);
                const struct cmd *twin = find(&other, cmd->name);
                if (twin && other.cmds != t->cmds && twin->run != cmd->run)
                        found(f, "%s: %s is another command in %s", t->name, cmd->name, other.name);
        }
}

static int32_t read_chord(const struct key *key)
{
        int bytes = 0;
        int32_t chord = chord_read(key->chord, &bytes);
        return chord != CHORD_NONE && !key->chord[bytes] ? chord : CHORD_NONE;
}

static bool is_bound(const struct key *keys, size_t count, int32_t chord)
{
        for (size_t i = 0; i < count; i++)
                if (read_chord(&keys[i]) == chord)
                        return true;
        return false;
}

static void check_key(struct findings *f, const struct table *t, size_t at)
{
        const struct key *key = &t->keys[at];
        struct table global = table_of(view_count());
        const struct cmd *cmd = find(t, key->cmd);
        int32_t chord = read_chord(key);
        if (!cmd && t->view)
                cmd = find(&global, key->cmd);
        if (!cmd)
                found(f, "%s: the key %s names %s, which is no command", t->name, key->chord,
                      key->cmd);
        if (chord == CHORD_NONE)
                found(f, "%s: %s is no key", t->name, key->chord);
        /* a face puts keys of its own in front of the shared rows */
        if (is_bound(t->keys, at, chord) && !(t->view && t->view->under))
                found(f, "%s: the key %s is bound twice", t->name, key->chord);
        /* a face may name the Esc that leaves it */
        if (t->view && is_bound(global_keys, global_key_count, chord) &&
            !(t->view->under && chord == CHORD_ESC))
                found(f, "%s: the key %s hides a global one", t->name, key->chord);
        if (chord >= '1' && chord <= '9')
                found(f, "%s: the digit %s belongs to the views", t->name, key->chord);
        if (chord == CHORD_CTRL('C'))
                found(f, "%s: ^C cancels and is never bound", t->name);
        if (cmd && (cmd->flags & CMD_ALWAYS) && chord_is_text(chord))
                found(f, "%s: %s works under overlays, but its key %s is text", t->name, key->cmd,
                      key->chord);
}

static bool is_over(const char *name)
{
        for (size_t i = 0; i < view_count(); i++)
                if (!view_at(i)->under && strcmp(view_at(i)->name, name) == 0)
                        return true;
        return false;
}

/* A column that is none would be read beside the table. */
static void check_columns(struct findings *f, const struct view_ops *v)
{
        const struct things_setup *s = v->things;
        for (size_t i = 0; s && i < s->column_count; i++)
                if (field_index(s->kind, s->columns[i].name) < 0)
                        found(f, "%s: %s is no field of a %s", v->name, s->columns[i].name,
                              s->kind->name);
        for (size_t i = 0; s && s->line && s->line[i]; i++)
                if (field_index(s->kind, s->line[i]) < 0)
                        found(f, "%s: %s is no field of a %s", v->name, s->line[i], s->kind->name);
}

static void check_view(struct findings *f, size_t i)
{
        check_columns(f, view_at(i));
        const struct view_ops *v = view_at(i);
        struct table global = table_of(view_count());
        char go[64];
        snprintf(go, sizeof(go), "view.%s", v->name);
        if (!find(&global, go))
                found(f, "%s: there is no command %s", v->name, go);
        if (v->digit && (v->under || v->digit < '1' || v->digit > '9'))
                found(f, "%s: its digit is not 1 to 9, or it has one under another view", v->name);
        if (v->under && !is_over(v->under))
                found(f, "%s: there is no view %s that stands by itself", v->name, v->under);
        if (!v->title || !v->brief || !v->noun || !v->draw)
                found(f, "%s: lacks a title, a brief one, a noun or draw", v->name);
        if (v->cmd_count + global_cmd_count > PICKER_ROWS_MAX)
                found(f, "%s: has more commands than the palette holds", v->name);
        for (size_t k = 0; k < i; k++)
                if ((v->digit && view_at(k)->digit == v->digit) ||
                    strcmp(view_at(k)->name, v->name) == 0)
                        found(f, "%s: name or digit is also that of %s", v->name, view_at(k)->name);
}

int main(void)
{
        struct findings f = {0};
        for (size_t i = 0; i < view_count(); i++)
                check_view(&f, i);
        for (size_t i = 0; i <= view_count(); i++) {
                struct table t = table_of(i);
                for (size_t k = 0; k < t.cmd_count; k++) {
                        check_cmd(&f, &t, &t.cmds[k]);
                        check_other_tables(&f, &t, &t.cmds[k]);
                }
                for (size_t k = 0; k < t.key_count; k++)
                        check_key(&f, &t, k);
        }
        return f.count ? 1 : 0;
}
