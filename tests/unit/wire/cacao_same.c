#include "cacao_same.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"

static void same_text(const char *what, const char *a, const char *b)
{
        cr_assert((!a && !b) || (a && b && strcmp(a, b) == 0), "%s: \"%s\" and \"%s\"", what,
                  a ? a : "(none)", b ? b : "(none)");
}

#define TEXT(m)   same_text(#m, a->m, b->m)
#define NUMBER(m) cr_assert_eq(a->m, b->m, #m ": %lld and %lld", (long long)a->m, (long long)b->m)
#define WORDS(list, count)                                                                         \
        NUMBER(count);                                                                             \
        for (size_t i = 0; i < a->count; i++)                                                      \
        same_text(#list, a->list[i], b->list[i])
#define EACH(list, count, same)                                                                    \
        NUMBER(count);                                                                             \
        for (size_t i = 0; i < a->count; i++)                                                      \
        same(&a->list[i], &b->list[i])

static void same_variable(const struct variable *a, const struct variable *b)
{
        TEXT(name);
        NUMBER(type);
        TEXT(type_name);
        TEXT(value);
        TEXT(description);
        NUMBER(constant);
        NUMBER(external);
}

static void same_address(const struct actor_address *a, const struct actor_address *b)
{
        TEXT(type);
        TEXT(label);
        TEXT(value);
}

static void same_actor(const struct actor *a, const struct actor *b)
{
        TEXT(id);
        TEXT(type);
        TEXT(name);
        TEXT(description);
        EACH(addresses, address_count, same_address);
}

static void same_header(const struct command_header *a, const struct command_header *b)
{
        TEXT(name);
        TEXT(value);
}

static void same_command(const struct step_command *a, const struct step_command *b)
{
        TEXT(type);
        TEXT(text);
        TEXT(content);
        TEXT(description);
        EACH(headers, header_count, same_header);
}

static void same_branch(const struct step_branch *a, const struct step_branch *b)
{
        TEXT(label);
        NUMBER(step);
}

static void same_condition(const struct condition *a, const struct condition *b)
{
        cr_assert_eq(!a, !b);
        if (!a)
                return;
        NUMBER(kind);
        NUMBER(op);
        TEXT(variable);
        TEXT(other);
        WORDS(literals, literal_count);
        same_condition(a->left, b->left);
        same_condition(a->right, b->right);
}

static void same_step(const struct step *a, const struct step *b)
{
        TEXT(id);
        NUMBER(type);
        TEXT(type_name);
        TEXT(name);
        TEXT(description);
        NUMBER(delay_ms);
        NUMBER(timeout_ms);
        TEXT(owner);
        NUMBER(agent);
        NUMBER(target_count);
        for (size_t i = 0; i < a->target_count; i++)
                NUMBER(targets[i]);
        EACH(variables, variable_count, same_variable);
        EACH(commands, command_count, same_command);
        WORDS(in_args, in_count);
        WORDS(out_args, out_count);
        NUMBER(on_completion);
        NUMBER(on_success);
        NUMBER(on_failure);
        EACH(branches, branch_count, same_branch);
        TEXT(condition_text);
        same_condition(a->condition, b->condition);
        TEXT(switch_text);
        TEXT(switch_variable);
        TEXT(playbook_id);
        NUMBER(playbook_version_ns);
        NUMBER(mandatory);
        NUMBER(two_person);
        NUMBER(adversary);
        NUMBER(minutes);
}

static void same_reference(const struct playbook_reference *a, const struct playbook_reference *b)
{
        TEXT(name);
        TEXT(description);
        TEXT(source);
        TEXT(url);
        TEXT(external_id);
}

static void same_statement(const struct playbook_statement *a, const struct playbook_statement *b)
{
        TEXT(id);
        TEXT(text);
}

static void same_head(const struct playbook *a, const struct playbook *b)
{
        TEXT(id);
        TEXT(name);
        TEXT(description);
        TEXT(spec_version);
        TEXT(created_by);
        NUMBER(created_ns);
        NUMBER(modified_ns);
        NUMBER(valid_from_ms);
        NUMBER(valid_until_ms);
        NUMBER(revoked);
        NUMBER(priority);
        NUMBER(severity);
        NUMBER(impact);
        WORDS(types, type_count);
        WORDS(activities, activity_count);
        WORDS(sectors, sector_count);
        WORDS(labels, label_count);
        WORDS(derived_from, derived_count);
        WORDS(related_to, related_count);
}

void cacao_assert_same(const struct playbook *a, const struct playbook *b)
{
        same_head(a, b);
        NUMBER(tlp);
        EACH(statements, statement_count, same_statement);
        EACH(references, reference_count, same_reference);
        EACH(variables, variable_count, same_variable);
        EACH(agents, agent_count, same_actor);
        EACH(targets, target_count, same_actor);
        EACH(steps, step_count, same_step);
        NUMBER(start);
        NUMBER(exception);
}
