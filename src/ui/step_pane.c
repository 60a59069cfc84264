#include "ui/step_pane.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/when.h"
#include "ui/countdown.h"
#include "ui/plan_words.h"
#include "ui/step_pane_write.h"

/* ---- blocks ---------------------------------------------------------------------------------- */

struct step_block *step_add(struct step_writing *w, enum step_block_kind kind, const char *text)
{
        struct step_pane *p = w->pane;
        if (kind == BLOCK_AIR && p->count && p->blocks[p->count - 1].kind == BLOCK_AIR)
                return &p->blocks[p->count - 1];
        p->blocks = arena_grow(w->a, p->blocks, p->count, &p->room, sizeof(*p->blocks));
        struct step_block *b = &p->blocks[p->count++];
        *b = (struct step_block){
                .kind = kind, .glyph = GLYPH_COUNT, .ink = ROLE_TEXT, .label = "", .text = text};
        return b;
}

void step_add_field(struct step_writing *w, const char *label, const char *text)
{
        if (text && *text)
                step_add(w, BLOCK_FIELD, text)->label = label;
}

struct step_block *step_add_section(struct step_writing *w, const char *label, const char *right)
{
        step_add(w, BLOCK_AIR, "");
        struct step_block *b = step_add(w, BLOCK_SECTION, "");
        b->label = label;
        b->right = right;
        return b;
}

struct step_block *step_add_item(struct step_writing *w, enum glyph glyph, enum role ink,
                                 const char *text, const char *right)
{
        struct step_block *b = step_add(w, BLOCK_ITEM, text);
        b->glyph = glyph;
        b->ink = ink;
        b->right = right;
        return b;
}

const char *step_text(const struct step_writing *w, const char *text)
{
        return plan_fill(w->run, w->row, text, STEP_TEXT_MAX, w->a);
}

/* ---- what is to be done ---------------------------------------------------------------------- */

static bool is_said(const struct step *s, const char *text)
{
        return (s->name && strcmp(s->name, text) == 0) ||
               (s->description && strcmp(s->description, text) == 0);
}

static const char *targets_of(const struct step_writing *w)
{
        const struct step *s = w->row->step;
        const struct playbook *p = w->row->playbook;
        const char *text = "";
        for (size_t i = 0; i < s->target_count; i++) {
                int t = s->targets[i];
                if (t < 0 || (size_t)t >= p->target_count)
                        continue;
                const struct actor *actor = &p->targets[t];
                text = arena_printf(w->a, "%s%s%s", text, *text ? ", " : "",
                                    step_text(w, actor->name ? actor->name : actor->id));
                if (actor->address_count)
                        text = arena_printf(w->a, "%s (%s)", text,
                                            step_text(w, actor->addresses[0].value));
        }
        return text;
}

static bool is_manual(const struct step_command *cmd)
{
        return cmd->type && strcmp(cmd->type, "manual") == 0;
}

/* "POST /x HTTP/1.1", its headers a line each. */
static const char *with_headers(const struct step_writing *w, const struct step_command *cmd)
{
        const char *text = cmd->text ? step_text(w, cmd->text) : "";
        for (size_t i = 0; i < cmd->header_count; i++)
                text = arena_printf(w->a, "%s%s%s: %s", text, *text ? "\n" : "",
                                    cmd->headers[i].name, step_text(w, cmd->headers[i].value));
        return text;
}

static void add_copy(struct step_writing *w, const struct step_command *cmd, const char *text,
                     const char *body)
{
        struct step_pane *p = w->pane;
        if (p->copy_count < STEP_COPIES_MAX)
                p->copies[p->copy_count++] = (struct step_copy){
                        cmd->type ? cmd->type : "command",
                        *body ? arena_printf(w->a, "%s\n\n%s", text, body) : text};
}

/* What the step says of itself already is not shown again. */
static bool is_shown(const struct step *s, const struct step_command *cmd)
{
        return !cmd->text || cmd->header_count || !is_said(s, cmd->text);
}

/* Those that a person runs: which of them this is, and how many. */
static size_t count_run(const struct step *s, size_t until)
{
        size_t n = 0;
        for (size_t i = 0; i < until; i++)
                n += !is_manual(&s->commands[i]) && is_shown(s, &s->commands[i]);
        return n;
}

/* "Command 2 of 3: run this yourself (bash) on web1; Y asks which to copy" */
static const char *heading_of(const struct step_writing *w, const struct step_command *cmd)
{
        const struct step *s = w->row->step;
        const char *on = targets_of(w), *type = cmd->type ? cmd->type : "command";
        size_t all = count_run(s, s->command_count);
        if (all < 2)
                return arena_printf(w->a, "Run this yourself (%s)%s%s; Y copies it", type,
                                    *on ? " on " : "", on);
        return arena_printf(w->a, "Command %zu of %zu: run this yourself (%s)%s%s; Y asks which",
                            count_run(s, (size_t)(cmd - s->commands) + 1), all, type,
                            *on ? " on " : "", on);
}

static void write_command(struct step_writing *w, const struct step_command *cmd)
{
        if (!is_shown(w->row->step, cmd))
                return;
        if (cmd->description && *cmd->description)
                step_add(w, BLOCK_TEXT, step_text(w, cmd->description));
        if (is_manual(cmd)) {
                step_add(w, BLOCK_TEXT, cmd->text ? step_text(w, cmd->text) : "");
                return;
        }
        const char *text = with_headers(w, cmd);
        const char *body = cmd->content && *cmd->content ? step_text(w, cmd->content) : "";
        step_add(w, BLOCK_AIR, "");
        step_add(w, BLOCK_TEXT, heading_of(w, cmd))->ink = ROLE_MUTED;
        step_add(w, BLOCK_COMMAND, text);
        if (*body)
                step_add(w, BLOCK_COMMAND, body);
        add_copy(w, cmd, text, body);
}

static const char *state_words(const struct step_writing *w)
{
        const struct step *s = w->row->step;
        struct plan_sign sign;
        plan_sign_of(w->row, &sign);
        return arena_printf(w->a, "%s%s%s", w->run ? sign.word : "", s->mandatory ? "  must" : "",
                            s->two_person ? "  two persons" : "");
}

static void write_head(struct step_writing *w)
{
        const struct step *s = w->row->step;
        struct step_block *b = step_add(w, BLOCK_SECTION, "");
        b->label = arena_printf(w->a, "Step %s", w->row->number);
        b->right = state_words(w);
        step_add(w, BLOCK_AIR, "");
        step_add(w, BLOCK_TITLE, plan_title(w->row, w->a));
        if (s->adversary) {
                b = step_add(w, BLOCK_TEXT,
                             "It touches the adversary's infrastructure: see what the PAP allows");
                b->ink = ROLE_WARN;
        }
        const char *remark = plan_remark(w->row, w->a);
        bool leaves = w->row->run_step && w->row->run_step->leaves;
        if (remark && (leaves || w->row->state != STEP_IS_TO_SIGN)) {
                bool disputed = w->row->run_step && w->row->run_step->conflicts;
                b = step_add(w, BLOCK_TEXT, remark);
                b->ink = disputed ? ROLE_WARN : ROLE_STRONG;
        }
        if (w->row->state == STEP_IS_TO_SIGN)
                step_write_signatures(w);
        if (s->description && *s->description) {
                step_add(w, BLOCK_AIR, "");
                step_add(w, BLOCK_TEXT, step_text(w, s->description));
        }
        for (size_t i = 0; i < s->command_count; i++) {
                if (!i && !(s->description && *s->description))
                        step_add(w, BLOCK_AIR, "");
                write_command(w, &s->commands[i]);
        }
}

/* ---- what it asks for ------------------------------------------------------------------------ */

static void add_answer(struct step_writing *w, const char *value, const char *label)
{
        static const char letters[STEP_ANSWERS_MAX + 1] = STEP_ANSWER_LETTERS;
        struct step_pane *p = w->pane;
        if (p->answer_count < STEP_ANSWERS_MAX) {
                int32_t chord = letters[p->answer_count];
                p->answers[p->answer_count++] = (struct step_answer){chord, value, label};
        }
}

static void read_answers(struct step_writing *w)
{
        const struct step *s = w->row->step;
        const struct run_step *r = w->row->run_step;
        if (!r || !run_step_is_open(r) || r->state != STEP_IS_NOW)
                return;
        if (s->type == STEP_IF) {
                add_answer(w, "true", "yes");
                add_answer(w, "false", "no");
        } else if (s->type == STEP_WHILE) {
                add_answer(w, "again", r->rounds ? "another round" : "a round");
                add_answer(w, "leave", "no more: go on behind it");
        } else if (s->type == STEP_SWITCH) {
                for (size_t i = 0; i < s->branch_count; i++)
                        if (s->branches[i].label)
                                add_answer(w, s->branches[i].label,
                                           step_answer_word(s, s->branches[i].label));
        }
}

static void write_question(struct step_writing *w)
{
        const struct step *s = w->row->step;
        const char *asked = s->type == STEP_SWITCH ? s->switch_text : s->condition_text;
        if (asked && *asked && s->name && *s->name)
                step_add_field(w, "asked", variable_plain(asked, w->a));
        read_answers(w);
        for (size_t i = 0; i < w->pane->answer_count; i++) {
                const struct step_answer *answer = &w->pane->answers[i];
                step_add(w, BLOCK_ANSWER, answer->label)->label =
                        arena_printf(w->a, "%c", (char)answer->chord);
        }
}

/* ---- the figures ----------------------------------------------------------------------------- */

static const char *due_words(const struct step_writing *w, int64_t due_ms)
{
        struct countdown left;
        char when[WHEN_BYTES];
        countdown_read(due_ms, w->now_ms, &left);
        when_show(due_ms, w->now_ms, when);
        return arena_printf(w->a, "%s, %s %s", when, left.text, left.is_late ? "late" : "left");
}

static void write_times(struct step_writing *w)
{
        const struct plan_row *row = w->row;
        const struct run_step *r = row->run_step;
        char when[WHEN_BYTES];
        if (row->due_ms != CLOCK_NONE && !(r && run_step_is_settled(r))) {
                step_add_field(w, "due", due_words(w, row->due_ms));
        } else if (!r && row->step->timeout_ms > 0) {
                minutes_show(row->step->timeout_ms / 60000, when);
                step_add_field(w, "within", arena_printf(w->a, "%s of its start", when));
        }
        if (r && r->not_before_ms != CLOCK_NONE && run_step_waits(r, w->now_ms)) {
                when_show(r->not_before_ms, w->now_ms, when);
                step_add_field(w, "not before", arena_strdup(w->a, when));
        }
        if (row->step->minutes > 0)
                step_add_field(w, "takes", plan_minutes(row->step->minutes, w->a));
        if (r && !run_step_is_settled(r)) {
                when_show(r->opened_ms, w->now_ms, when);
                step_add_field(w, "since", arena_strdup(w->a, when));
        } else if (r && r->ended_ms != CLOCK_NONE) {
                when_show(r->ended_ms, w->now_ms, when);
                step_add_field(w, "ended", arena_strdup(w->a, when));
        }
}

static void write_people(struct step_writing *w)
{
        const struct step *s = w->row->step;
        const struct actor *agent = step_agent(w->row->playbook, s);
        step_add_field(w, "owner", w->row->owner);
        if (agent)
                step_add_field(w, "asked of", agent->name);
        step_add_field(w, "target", targets_of(w));
}

/* ---- values ---------------------------------------------------------------------------------- */

static const struct variable *variable_of(const struct step_writing *w, const char *name)
{
        const struct step *s = w->row->step;
        const struct playbook *p = w->row->playbook;
        int i = variable_find(s->variables, s->variable_count, name);
        if (i >= 0)
                return &s->variables[i];
        i = variable_find(p->variables, p->variable_count, name);
        return i >= 0 ? &p->variables[i] : NULL;
}

static const char *type_word(const struct variable *v, struct arena *a)
{
        return v ? arena_printf(a, ": %s", variable_wants(v)) : "";
}

static void write_value(struct step_writing *w, const char *name, bool asked)
{
        const struct variable *v = variable_of(w, name);
        const char *value = w->run ? run_value(w->run, w->row->run_step, name)
                            : v    ? v->value
                                   : NULL;
        size_t len = strlen(name);
        const char *plain = len > 4 ? arena_strndup(w->a, name + 2, len - 4) : name;
        const char *what = v && v->description ? v->description : "";
        const char *text = value ? arena_printf(w->a, "%s = %s", plain, value)
                                 : arena_printf(w->a, "%s%s%s", plain, type_word(v, w->a),
                                                asked ? "" : ", not known");
        step_add_item(w,
                      value   ? GLYPH_DONE
                      : asked ? GLYPH_TODO
                              : GLYPH_NONE,
                      value ? ROLE_OK : ROLE_MUTED, text, "");
        if (*what && !value)
                step_add(w, BLOCK_ITEM, what)->ink = ROLE_FAINT;
}

static void write_values(struct step_writing *w)
{
        const struct step *s = w->row->step;
        if (s->out_count)
                step_add_section(w, "To be said", "x asks for it");
        for (size_t i = 0; i < s->out_count; i++)
                write_value(w, s->out_args[i], true);
        if (s->in_count)
                step_add_section(w, "Known so far", "");
        for (size_t i = 0; i < s->in_count; i++)
                write_value(w, s->in_args[i], false);
}

/* ---- the whole ------------------------------------------------------------------------------- */

void step_pane_read(const struct run *run, const struct plan_row *row, int64_t now_ms,
                    struct arena *a, struct step_pane *ret)
{
        struct step_writing w = {run, row, now_ms, a, ret};
        *ret = (struct step_pane){.row = row};
        if (!row)
                return;
        if (row->kind != PLAN_STEP) {
                step_add(&w, BLOCK_TEXT, plan_title(row, a));
                return;
        }
        write_head(&w);
        step_add(&w, BLOCK_AIR, "");
        write_question(&w);
        if (row->state != STEP_IS_TO_SIGN)
                step_write_signatures(&w);
        write_times(&w);
        write_people(&w);
        write_values(&w);
        step_write_log(&w);
}
