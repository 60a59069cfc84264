/*
 * What is to be done now in a run, as `show` has it below the plan: of each step that waits for
 * somebody what it says, and what it asks for. Commands are printed, never run.
 */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "ops/runs.h"

#include "app_private.h"

#define TEXT_MAX 8192 /* bytes shown of a text */
#define INDENT   4

void print_lines(const char *text, int indent)
{
        CLEANUP(str_finish) struct str line = {0};

        while (*text) {
                size_t len = strcspn(text, "\n");

                str_init(&line, TEXT_MAX);
                str_addn(&line, text, len);
                printf("%*s", indent, "");
                print_cell(str_text(&line), 0);
                printf("\n");
                str_finish(&line);
                text += len + (text[len] == '\n');
        }
}

static void print_filled(const struct run *run, const struct plan_row *row, const char *text,
                         int indent, struct arena *a)
{
        if (text && *text)
                print_lines(plan_fill(run, row, text, TEXT_MAX, a), indent);
}

static const char *targets_of(const struct plan_row *row, struct arena *a)
{
        const struct step *s = row->step;
        const char *text = "";

        for (size_t i = 0; i < s->target_count; i++) {
                const struct actor *t;

                if (s->targets[i] < 0 || (size_t)s->targets[i] >= row->playbook->target_count)
                        continue;
                t = &row->playbook->targets[s->targets[i]];
                text = arena_printf(a, "%s%s%.200s", text, *text ? ", " : " on ",
                                    t->name ? t->name : t->id);
                if (t->address_count)
                        text = arena_printf(a, "%s (%.200s)", text, t->addresses[0].value);
        }
        return text;
}

static void print_command(const struct run *run, const struct plan_row *row,
                          const struct step_command *cmd, struct arena *a)
{
        const struct step *s = row->step;
        bool manual = cmd->type && strcmp(cmd->type, "manual") == 0;
        int indent = manual ? INDENT : INDENT + 2;

        print_filled(run, row, cmd->description, INDENT, a);
        if (!manual)
                print_filled(run, row,
                             arena_printf(a, "run this yourself (%.40s)%s:",
                                          cmd->type ? cmd->type : "command", targets_of(row, a)),
                             INDENT, a);
        if (!manual || !cmd->text ||
            ((!s->name || strcmp(s->name, cmd->text) != 0) &&
             (!s->description || strcmp(s->description, cmd->text) != 0)))
                print_filled(run, row, cmd->text, indent, a);
        for (size_t i = 0; i < cmd->header_count; i++)
                print_filled(run, row,
                             arena_printf(a, "%s: %s", cmd->headers[i].name, cmd->headers[i].value),
                             indent, a);
        print_filled(run, row, cmd->content, indent, a);
}

static void print_commands_of_ours(const struct plan_row *row, const char *ref, struct arena *a)
{
        const struct step *s = row->step;
        const char *answer;

        for (size_t i = 0; i < s->out_count; i++)
                print_lines(arena_printf(a,
                                         "it asks for %.210s: muster do %s value variable=%.210s"
                                         " value=...",
                                         s->out_args[i], ref, s->out_args[i]),
                            INDENT);
        for (size_t i = 0; (answer = step_answer_at(s, i)); i++) {
                const char *word = step_answer_word(s, answer);
                const char *quote = strchr(word, ' ') ? "'" : "";

                print_lines(arena_printf(a, "muster do %s answer step=%s value=%s%.200s%s", ref,
                                         row->number, quote, word, quote),
                            INDENT);
        }
}

static void print_step(const struct run *run, const struct plan_row *row, struct arena *a)
{
        const struct step *s = row->step;

        printf("  %-6s ", row->number);
        print_cell(plan_title(row, a), 0);
        printf("\n");
        print_filled(run, row, s->description, INDENT, a);
        for (size_t i = 0; i < s->command_count; i++)
                print_command(run, row, &s->commands[i], a);
}

void print_steps_now(struct ops_run *r, const struct plan *plan, struct arena *a)
{
        bool any = false;

        for (size_t i = 0; i < plan->count; i++) {
                const struct plan_row *row = &plan->rows[i];

                if (row->kind != PLAN_STEP || !row->run_step || row->state != STEP_IS_NOW)
                        continue;
                if (!any)
                        printf("\nto be done now\n");
                any = true;
                print_step(ops_run_state(r), row, a);
                print_commands_of_ours(row, ops_run_row(r)->ref, a);
        }
}
