/* What is written is read as the same value: of a playbook with every member, and of random ones.
 */
#include "wire/cacao.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "cacao_docs.h"
#include "cacao_same.h"
#include "model/enums.h"

static struct cacao_doc write_and_read(const struct playbook *p, struct arena *a)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, PLAYBOOK_BYTES_MAX);
        cacao_write(p, &out);
        cr_assert_not(out.over);
        return cacao_read_text(arena_strdup(a, str_text(&out)), a);
}

Test(cacao_write, every_member)
{
        struct arena a = {0};
        const struct playbook *p =
                cacao_read_text(cacao_text_with(cacao_flawless, "", "", &a), &a).playbook;
        struct cacao_doc again = write_and_read(p, &a);

        cr_assert_eq(again.finding_count, 0, "%s", cacao_findings_text(&again, &a));
        cacao_assert_same(p, again.playbook);
        arena_finish(&a);
}

Test(cacao_write, is_canonical)
{
        struct arena a = {0};
        const struct playbook *p =
                cacao_read_text(cacao_text_with(cacao_flawless, "", "", &a), &a).playbook;
        struct cacao_doc first = write_and_read(p, &a);
        struct cacao_doc second = write_and_read(first.playbook, &a);

        cr_assert_eq(first.len, second.len);
        cr_assert_eq(memcmp(first.bytes, second.bytes, first.len), 0);
        cr_assert_eq(strchr(first.bytes, '\n'), NULL);
        arena_finish(&a);
}

/* ---- random playbooks ------------------------------------------------------------------------ */

struct making {
        struct arena *a;
        unsigned state;
        size_t steps;
};

static unsigned pick(struct making *m, unsigned below)
{
        m->state = m->state * 1103515245 + 12345;
        return (m->state >> 8) % below;
}

static const char *maybe_text(struct making *m)
{
        static const char *const texts[] = {
                NULL, "x", "two\nlines", "\u00e4\u20ac\U0001F600 \"q\" \\", "__v0__:value", ""};

        return texts[pick(m, ARRAY_LEN(texts))];
}

static const char *id(struct making *m, const char *type, unsigned n)
{
        return arena_printf(m->a, "%s--00000000-0000-4000-8000-%012u", type, n);
}

static int next(struct making *m)
{
        return (int)pick(m, (unsigned)m->steps);
}

static size_t make_variables(struct making *m, const struct variable **ret)
{
        size_t count = pick(m, 4);
        struct variable *list = arena_array(m->a, count + 1, sizeof(*list));

        for (size_t i = 0; i < count; i++) {
                enum variable_type type = (enum variable_type)pick(m, VARIABLE_OTHER);

                list[i] = (struct variable){.name = arena_printf(m->a, "__v%zu__", i),
                                            .type = type,
                                            .type_name = variable_type_name(type),
                                            .value = maybe_text(m),
                                            .description = maybe_text(m),
                                            .constant = pick(m, 2),
                                            .external = pick(m, 2)};
        }
        *ret = list;
        return count;
}

static size_t make_actors(struct making *m, const char *type, const struct actor **ret)
{
        size_t count = pick(m, 4);
        struct actor *list = arena_array(m->a, count + 1, sizeof(*list));
        struct actor_address *addresses = arena_array(m->a, 3, sizeof(*addresses));

        addresses[0] = (struct actor_address){"email", "work", "a@example.org"};
        addresses[1] = (struct actor_address){"ipv4", NULL, "192.0.2.1"};
        addresses[2] = (struct actor_address){"ipv4", NULL, "192.0.2.2"};
        for (size_t i = 0; i < count; i++)
                list[i] = (struct actor){.id = id(m, type, (unsigned)i),
                                         .type = type,
                                         .name = maybe_text(m) ? "A" : NULL,
                                         .description = maybe_text(m),
                                         .addresses = addresses,
                                         .address_count = pick(m, 4)};
        *ret = list;
        return count;
}

static void make_branches(struct making *m, struct step *s)
{
        static const char *const conditions[] = {"__v0__:value = 'x' AND NOT __v1__:value",
                                                 "Is it so?"};
        static const char *const switches[] = {"__v0__:value", "Which one?"};
        struct step_branch *b = arena_array(m->a, 3, sizeof(*b));
        bool asked = pick(m, 2);

        for (size_t i = 0; i < 3; i++)
                b[i].step = next(m);
        s->branches = b;
        s->branch_count = s->type == STEP_IF ? 2 : s->type == STEP_WHILE ? 1 : 3;
        if (s->type == STEP_IF || s->type == STEP_WHILE) {
                s->condition_text = conditions[asked];
                s->condition = condition_parse(s->condition_text, m->a);
        }
        if (s->type == STEP_IF) {
                b[0].label = "true";
                b[1].label = "false";
                b[1].step = pick(m, 2) ? -1 : b[1].step;
        }
        if (s->type == STEP_SWITCH) {
                s->switch_text = switches[asked];
                s->switch_variable = asked ? NULL : "__v0__";
                b[0].label = "10";
                b[1].label = "9 \u00e4";
                b[2].label = "default";
        }
}

static void make_commands(struct making *m, struct step *s)
{
        struct step_command *list = arena_array(m->a, 3, sizeof(*list));
        static const struct command_header headers[] = {{"A", "1"}, {"A", "2"}, {"B", ""}};

        s->command_count = pick(m, 4);
        for (size_t i = 0; i < s->command_count; i++)
                list[i] = (struct step_command){.type = i ? "bash" : "manual",
                                                .text = maybe_text(m),
                                                .content = maybe_text(m),
                                                .description = maybe_text(m),
                                                .headers = headers,
                                                .header_count = pick(m, 4)};
        s->commands = list;
}

static void make_step(struct making *m, const struct playbook *p, struct step *s, unsigned n)
{
        static const char *const args[] = {"__v1__", "__v0__"};
        int *targets = arena_array(m->a, 2, sizeof(*targets));

        s->type = (enum step_type)pick(m, STEP_UNKNOWN);
        s->type_name = step_type_name(s->type);
        s->id = id(m, "step", n);
        s->name = maybe_text(m) ? "A step" : NULL;
        s->description = maybe_text(m);
        s->delay_ms = pick(m, 2) * 1000;
        s->timeout_ms = pick(m, 3) * 60000;
        s->owner = pick(m, 2) ? NULL : "identity--00000000-0000-4000-8000-000000000001";
        s->agent = p->agent_count ? (int)pick(m, (unsigned)p->agent_count) : -1;
        s->target_count = p->target_count ? pick(m, 3) : 0;
        for (size_t i = 0; i < s->target_count; i++)
                targets[i] = (int)pick(m, (unsigned)p->target_count);
        s->targets = targets;
        s->variable_count = make_variables(m, &s->variables);
        s->in_args = s->out_args = args;
        s->in_count = pick(m, 3);
        s->out_count = pick(m, 3);
        s->on_completion = pick(m, 2) ? next(m) : -1;
        s->on_success = pick(m, 2) ? next(m) : -1;
        s->on_failure = pick(m, 2) ? next(m) : -1;
        s->playbook_version_ns = CLOCK_NONE;
        s->mandatory = pick(m, 2);
        s->two_person = pick(m, 2);
        s->adversary = pick(m, 2);
        s->minutes = (int)pick(m, 3) * 5;
        if (s->type >= STEP_PARALLEL)
                make_branches(m, s);
        if (s->type == STEP_ACTION)
                make_commands(m, s);
        if (s->type == STEP_PLAYBOOK) {
                s->playbook_id = "playbook--00000000-0000-4000-8000-000000000009";
                s->playbook_version_ns = pick(m, 2) ? CLOCK_NONE : 1795514400000000000 + pick(m, 9);
        }
}

static void make_playbook(struct making *m, struct playbook *p)
{
        static const char *const words[] = {"one", "two", "\u00fcber"};
        static const struct playbook_statement statements[] = {
                {"marking-statement--00000000-0000-4000-8000-000000000001", "Ours"}};
        struct playbook_reference *refs = arena_array(m->a, 2, sizeof(*refs));
        struct step *steps;

        for (size_t i = 0; i < 2; i++)
                refs[i] = (struct playbook_reference){"R", maybe_text(m), "S", NULL, "7"};
        *p = (struct playbook){
                .id = id(m, "playbook", 1),
                .name = "Random",
                .description = maybe_text(m),
                .spec_version = "cacao-2.0",
                .created_by = id(m, "identity", 1),
                .created_ns = 1795514400000000000,
                .modified_ns = 1795514400000000000 + pick(m, 1000000),
                .valid_from_ms = pick(m, 2) ? CLOCK_NONE : -1,
                .valid_until_ms = pick(m, 2) ? CLOCK_NONE : 11593986960123,
                .revoked = pick(m, 2),
                .priority = (int)pick(m, 102) - 1,
                .severity = (int)pick(m, 102) - 1,
                .impact = (int)pick(m, 102) - 1,
                .types = words,
                .activities = words,
                .sectors = words,
                .labels = words,
                .type_count = pick(m, 4),
                .activity_count = pick(m, 4),
                .sector_count = pick(m, 4),
                .label_count = pick(m, 4),
                .derived_from = words,
                .related_to = words,
                .derived_count = pick(m, 2),
                .related_count = pick(m, 2),
                .tlp = (int)pick(m, 6) - 1,
                .statements = statements,
                .statement_count = pick(m, 2),
                .references = refs,
                .reference_count = pick(m, 3),
        };
        p->variable_count = make_variables(m, &p->variables);
        p->agent_count = make_actors(m, "group", &p->agents);
        p->target_count = make_actors(m, "net-address", &p->targets);
        m->steps = 1 + pick(m, 12);
        steps = arena_array(m->a, m->steps, sizeof(*steps));
        for (size_t i = 0; i < m->steps; i++)
                make_step(m, p, &steps[i], (unsigned)i);
        p->steps = steps;
        p->step_count = m->steps;
        p->start = next(m);
        p->exception = pick(m, 2) ? next(m) : -1;
}

Test(cacao_write, what_is_written_is_read_as_the_same)
{
        for (unsigned seed = 1; seed <= 500; seed++) {
                struct arena a = {0};
                struct making m = {.a = &a, .state = seed};
                struct playbook p;
                struct cacao_doc doc;

                make_playbook(&m, &p);
                doc = write_and_read(&p, &a);
                cr_assert(doc.playbook, "seed %u:%s", seed, cacao_findings_text(&doc, &a));
                cacao_assert_same(&p, doc.playbook);
                arena_finish(&a);
        }
}

/* The ways of a document that lead nowhere are left out, and what is left can be read. */
Test(cacao_write, dangling_ways)
{
        struct arena a = {0};
        const char *text = cacao_text_with(cacao_flawless, "'next_steps':['action--0",
                                           "'next_steps':['action--1", &a);
        struct cacao_doc doc = cacao_read_text(text, &a);
        struct cacao_doc again = write_and_read(doc.playbook, &a);

        cr_assert_eq(doc.verdict, CACAO_VIEW_ONLY);
        cr_assert(again.playbook);
        cr_assert(cacao_finding_of(&again, "next_steps", "two branches"));
        arena_finish(&a);
}
