#include "ui/cmd.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "ops/operators.h"
#include "ui/chord.h"
#include "ui_private.h"

#define NAME_NONE "none"

/* ---- commands ---- */

size_t cmd_count(const struct ui *ui)
{
        return ui_view(ui)->ops->cmd_count + global_cmd_count;
}

const struct cmd *cmd_at(const struct ui *ui, size_t i)
{
        const struct view_ops *ops = ui_view(ui)->ops;
        return i < ops->cmd_count ? &ops->cmds[i] : &global_cmds[i - ops->cmd_count];
}

static const struct cmd *find_in(const struct cmd *cmds, size_t count, const char *name)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(cmds[i].name, name) == 0)
                        return &cmds[i];
        return NULL;
}

const struct cmd *cmd_find(const struct ui *ui, const char *name)
{
        const struct view_ops *ops = ui_view(ui)->ops;
        const struct cmd *cmd = find_in(ops->cmds, ops->cmd_count, name);
        return cmd ? cmd : find_in(global_cmds, global_cmd_count, name);
}

const char *cmd_searched(const struct cmd *cmd, struct arena *a)
{
        return arena_printf(a, "%s %s %s", cmd->name, cmd->help, cmd->words ? cmd->words : "");
}

const struct cmd *cmd_of_any(const struct ui *ui, const char *name, const struct view_ops **ret)
{
        for (size_t i = 0; i < ui->pane_count; i++) {
                *ret = ui->panes[i].view.ops;
                const struct cmd *cmd = find_in((*ret)->cmds, (*ret)->cmd_count, name);
                if (cmd)
                        return cmd;
        }
        *ret = NULL;
        return find_in(global_cmds, global_cmd_count, name);
}

static bool is_of_view(const struct ui *ui, const struct cmd *cmd)
{
        const struct view_ops *ops = ui_view(ui)->ops;
        return cmd >= ops->cmds && cmd < ops->cmds + ops->cmd_count;
}

/* A view may have a row of its own for a command that works everywhere: with a key, in the footer.
 */
static bool is_twin(const struct ui *ui, const struct cmd *cmd)
{
        return !is_of_view(ui, cmd) && cmd_find(ui, cmd->name) != cmd;
}

const char *ui_why_no_writing(const struct ui *ui)
{
        if (ui->ops->readonly)
                return "this console is read-only";
        return ops_may_write(ui->ops) ? NULL : "a viewer changes nothing";
}

bool cmd_is_possible(const struct ui *ui, const struct cmd *cmd)
{
        const struct pane *p = &ui->panes[ui->current];
        if ((cmd->flags & CMD_WRITES) && ui_why_no_writing(ui))
                return false;
        if ((!p->opened && is_of_view(ui, cmd)) || is_twin(ui, cmd))
                return false;
        return !cmd->when || cmd->when(ui, &p->view);
}

enum rc cmd_run(struct ui *ui, const struct cmd *cmd, struct err *err)
{
        if ((cmd->flags & CMD_WRITES) && ui_why_no_writing(ui))
                return err_set(err, RC_DENIED, "%s: %s", cmd->label, ui_why_no_writing(ui));
        if (!cmd_is_possible(ui, cmd))
                return err_set(err, RC_CONFLICT, "%s: not possible here now", cmd->label);
        ui_enter(ui);
        enum rc rc = cmd->run(ui, ui_view(ui), err);
        ui_leave(ui);
        ui_dirty(ui);
        return rc;
}

/* ---- keys ---- */

int32_t cmd_key_chord(const struct key *key)
{
        if (key->chord[0] && !key->chord[1])
                return (unsigned char)key->chord[0];
        return chord_read(key->chord, NULL);
}

/* Asked for each key of a footer: a printable character is its own name, nothing is read. */
static bool is_on(const struct key *key, int32_t chord)
{
        if (chord > CHORD_SPACE && chord < 0x7f)
                return key->chord[0] == (char)chord && !key->chord[1];
        return cmd_key_chord(key) == chord;
}

static const char *name_in(const struct key *keys, size_t count, int32_t chord)
{
        for (size_t i = 0; i < count; i++)
                if (is_on(&keys[i], chord))
                        return keys[i].cmd;
        return NULL;
}

static const struct binding *binding_of(const struct ui *ui, int32_t chord)
{
        for (size_t i = ui->binding_count; i-- > 0;)
                if (ui->bindings[i].chord == chord)
                        return &ui->bindings[i];
        return NULL;
}

const struct cmd *cmd_on_chord(const struct ui *ui, int chord)
{
        const struct view_ops *ops = ui_view(ui)->ops;
        const struct binding *b = binding_of(ui, chord);
        const char *name = b ? b->name : NULL;
        /* What is bound for another view leaves this view's own key alone. */
        if (b && (strcmp(name, NAME_NONE) == 0 || cmd_find(ui, name)))
                return cmd_find(ui, name);
        name = name_in(ops->keys, ops->key_count, chord);
        if (!name)
                name = name_in(global_keys, global_key_count, chord);
        if (!name)
                name = name_in(ui->digit_keys, ui->pane_count, chord);
        return name ? cmd_find(ui, name) : NULL;
}

static const char *chord_in(const struct ui *ui, const struct cmd *cmd, const struct key *keys,
                            size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(keys[i].cmd, cmd->name) == 0 &&
                    cmd_on_chord(ui, cmd_key_chord(&keys[i])) == cmd)
                        return keys[i].chord;
        return NULL;
}

const char *cmd_chord(const struct ui *ui, const struct cmd *cmd)
{
        const struct view_ops *ops = ui_view(ui)->ops;
        for (size_t i = ui->binding_count; i-- > 0;)
                if (strcmp(ui->bindings[i].name, cmd->name) == 0 &&
                    cmd_on_chord(ui, ui->bindings[i].chord) == cmd)
                        return ui->bindings[i].text;
        const char *chord = chord_in(ui, cmd, ops->keys, ops->key_count);
        if (!chord)
                chord = chord_in(ui, cmd, global_keys, global_key_count);
        if (!chord)
                chord = chord_in(ui, cmd, ui->digit_keys, ui->pane_count);
        return chord;
}

static void add_chord(const struct ui *ui, const struct cmd *cmd, int32_t chord, const char *text,
                      struct str *out)
{
        if (cmd_on_chord(ui, chord) == cmd)
                str_add_sep(out, " ", text);
}

static void add_chords(const struct ui *ui, const struct cmd *cmd, const struct key *keys,
                       size_t count, struct str *out)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(keys[i].cmd, cmd->name) == 0)
                        add_chord(ui, cmd, cmd_key_chord(&keys[i]), keys[i].chord, out);
}

void cmd_chords(const struct ui *ui, const struct cmd *cmd, struct str *out)
{
        const struct view_ops *ops = ui_view(ui)->ops;
        for (size_t i = ui->binding_count; i-- > 0;)
                if (strcmp(ui->bindings[i].name, cmd->name) == 0)
                        add_chord(ui, cmd, ui->bindings[i].chord, ui->bindings[i].text, out);
        add_chords(ui, cmd, ops->keys, ops->key_count, out);
        add_chords(ui, cmd, global_keys, global_key_count, out);
        add_chords(ui, cmd, ui->digit_keys, ui->pane_count, out);
}

void cmd_digits(struct ui *ui)
{
        for (size_t i = 0; i < ui->pane_count; i++) {
                const struct view_ops *ops = ui->panes[i].view.ops;
                char digit[2] = {ops->digit, '\0'};
                ui->digit_keys[i] = (struct key){.chord = "", .cmd = ""};
                if (!ops->digit)
                        continue;
                ui->digit_keys[i] = (struct key){
                        .chord = arena_strdup(&ui->arena, digit),
                        .cmd = arena_printf(&ui->arena, "view.%s", ops->name),
                };
        }
}

/* ---- bindings ---- */

struct search {
        const char *name, *nearest;
        size_t least;
};

/* "readiness" of "app.readiness" */
static const char *last_part(const char *name)
{
        const char *dot = strrchr(name, '.');
        return dot ? dot + 1 : name;
}

static bool does_the_same(const char *a, const char *b)
{
        return strcmp(last_part(a), last_part(b)) == 0;
}

const struct view_ops *cmd_view_of_word(const struct ui *ui, const char *word, const char **ret)
{
        for (size_t i = 0; i < ui->pane_count; i++) {
                const struct view_ops *ops = ui->panes[i].view.ops;
                for (size_t k = 0; k < ops->cmd_count; k++) {
                        *ret = ops->cmds[k].name;
                        if (does_the_same(word, *ret))
                                return ops;
                }
        }
        return NULL;
}

static void consider(struct search *s, const struct cmd *cmds, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                bool same = does_the_same(s->name, cmds[i].name);
                size_t distance = same ? 0 : text_distance(s->name, cmds[i].name);
                if (distance < s->least) {
                        s->least = distance;
                        s->nearest = cmds[i].name;
                }
        }
}

const char *cmd_nearest(const struct ui *ui, const char *name)
{
        struct search s = {.name = name, .nearest = "", .least = SIZE_MAX};
        for (size_t i = 0; i < ui->pane_count; i++)
                consider(&s, ui->panes[i].view.ops->cmds, ui->panes[i].view.ops->cmd_count);
        consider(&s, global_cmds, global_cmd_count);
        return s.nearest;
}

enum rc cmd_bind(struct ui *ui, const char *chord, const char *name, struct err *err)
{
        const struct view_ops *of;
        int bytes = 0;
        int32_t number = chord_read(chord, &bytes);
        if (number == CHORD_NONE || chord[bytes])
                return err_set(err, RC_INVALID,
                               "no key %s; keys are written a, A, ^K, F5, Enter, Esc, Tab, Space, "
                               "PgUp, Home, Up",
                               chord);
        if (strcmp(name, NAME_NONE) != 0 && !cmd_of_any(ui, name, &of))
                return err_set(err, RC_INVALID, "no command %s; nearest: %s", name,
                               cmd_nearest(ui, name));
        ui->bindings = xreallocarray(ui->bindings, ui->binding_count + 1, sizeof(*ui->bindings));
        struct binding *b = &ui->bindings[ui->binding_count++];
        *b = (struct binding){.chord = number, .name = arena_strdup(&ui->arena, name)};
        chord_name(number, b->text);
        ui_dirty(ui);
        return RC_OK;
}

void cmd_finish(struct ui *ui)
{
        free(ui->bindings);
}
