/* A flawless playbook is read to the last member; what is odd is found and named. */
#include "wire/cacao.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/str.h"
#include "cacao_docs.h"
#include "model/enums.h"

static const struct step *step(const struct playbook *p, const char *id)
{
        int i = playbook_step(p, id);

        cr_assert_geq(i, 0, "%s", id);
        return &p->steps[i];
}

static struct cacao_doc read_flawless(struct arena *a)
{
        struct cacao_doc doc = cacao_read_text(cacao_text_with(cacao_flawless, "", "", a), a);

        cr_assert_eq(doc.finding_count, 0, "%s", cacao_findings_text(&doc, a));
        cr_assert_eq(doc.verdict, CACAO_OK);
        cr_assert(doc.playbook);
        return doc;
}

Test(cacao_read, the_head)
{
        struct arena a = {0};
        const struct playbook *p = read_flawless(&a).playbook;

        cr_assert_str_eq(p->id, "playbook--10000000-0000-4000-8000-000000000001");
        cr_assert_str_eq(p->name, "Ransomware");
        cr_assert_str_eq(p->spec_version, "cacao-2.0");
        cr_assert_eq(p->created_ns, 1795514400000000000);
        cr_assert_eq(p->modified_ns, 1795600800123456000);
        cr_assert_eq(p->valid_until_ms, 11593986960123); /* beyond what nanoseconds hold */
        cr_assert_eq(p->priority, 1);
        cr_assert_eq(p->severity, 70);
        cr_assert_eq(p->impact, 0);
        cr_assert_eq(p->label_count, 2);
        cr_assert_str_eq(p->labels[1], "board");
        cr_assert_eq(p->tlp, TLP_GREEN);
        cr_assert_eq(p->statement_count, 1);
        cr_assert_str_eq(p->statements[0].text, "Copyright");
        cr_assert_eq(p->reference_count, 1);
        cr_assert_str_eq(p->references[0].external_id, "X 1");
        arena_finish(&a);
}

Test(cacao_read, variables_and_actors)
{
        struct arena a = {0};
        const struct playbook *p = read_flawless(&a).playbook;

        cr_assert_eq(p->variable_count, 4);
        cr_assert_str_eq(p->variables[0].name, "__host__");
        cr_assert_str_eq(p->variables[0].value, "");
        cr_assert(p->variables[0].external);
        cr_assert_eq(p->variables[1].value, NULL);
        cr_assert(p->variables[2].constant);
        cr_assert_eq(p->agent_count, 2);
        cr_assert_eq(p->agents[0].address_count, 2);
        cr_assert_str_eq(p->agents[0].addresses[1].type, "phone");
        cr_assert_str_eq(p->agents[0].addresses[1].label, "night");
        cr_assert_eq(p->targets[0].address_count, 3);
        cr_assert_str_eq(p->targets[0].addresses[2].value, "192.0.2.7");
        arena_finish(&a);
}

Test(cacao_read, an_action)
{
        struct arena a = {0};
        const struct playbook *p = read_flawless(&a).playbook;
        const struct step *s = step(p, "action" CACAO_UUID "2");

        cr_assert_eq(s->type, STEP_ACTION);
        cr_assert_eq(s->delay_ms, 60000);
        cr_assert_eq(s->timeout_ms, 3600000);
        cr_assert_str_eq(p->agents[s->agent].name, "IT");
        cr_assert_eq(s->target_count, 1);
        cr_assert_str_eq(p->targets[s->targets[0]].name, "Server");
        cr_assert_eq(s->out_count, 2);
        cr_assert_eq(s->variable_count, 1);
        cr_assert_eq(s->command_count, 3);
        cr_assert_str_eq(s->commands[1].text, "ip link set down eth0\n");
        cr_assert_str_eq(s->commands[2].content, "{}");
        cr_assert_eq(s->commands[2].header_count, 3);
        cr_assert(s->mandatory && s->two_person && s->adversary);
        cr_assert_eq(s->minutes, 15);
        cr_assert_eq(s->on_completion, -1);
        cr_assert_str_eq(p->steps[s->on_failure].id, "end" CACAO_UUID "3");
        arena_finish(&a);
}

Test(cacao_read, the_ways_on)
{
        struct arena a = {0};
        const struct playbook *p = read_flawless(&a).playbook;
        const struct step *s = step(p, "if-condition" CACAO_UUID "1");

        cr_assert_eq(p->start, playbook_step(p, "start" CACAO_UUID "0"));
        cr_assert_eq(p->exception, playbook_step(p, "end" CACAO_UUID "3"));
        cr_assert_eq(s->branch_count, 2);
        cr_assert_str_eq(s->branches[1].label, "false");
        cr_assert_str_eq(p->steps[s->branches[0].step].name, "Isolate");
        cr_assert_str_eq(s->condition->variable, "__paid__");
        s = step(p, "parallel" CACAO_UUID "4");
        cr_assert_eq(s->branch_count, 2);
        cr_assert_str_eq(p->steps[s->branches[1].step].name, "Write");
        s = step(p, "while-condition" CACAO_UUID "7");
        cr_assert_eq(s->branch_count, 1);
        s = step(p, "switch-condition" CACAO_UUID "9");
        cr_assert_str_eq(s->switch_variable, "__tries__");
        cr_assert_str_eq(s->branches[0].label, "1");
        cr_assert_str_eq(s->branches[1].label, "default");
        s = step(p, "playbook-action" CACAO_UUID "8");
        cr_assert_str_eq(s->playbook_id, "playbook--10000000-0000-4000-8000-000000000003");
        cr_assert_eq(s->playbook_version_ns, 1767225600000000000);
        arena_finish(&a);
}

#define ACTION2 "workflow.action" CACAO_UUID "2"
#define GONE    "end--00000000-0000-4000-8000-0000000000ff"
#define END     "end" CACAO_UUID "3"

/* What is replaced in the flawless one, what becomes of it, and what is said. */
static const struct {
        const char *from, *to;
        enum cacao_verdict verdict;
        const char *path, *message;
} rows[] = {
        {"'type':'playbook',", "", CACAO_REFUSED, "type", "is missing"},
        {"'type':'playbook',", "'type':'bundle',", CACAO_REFUSED, "type", "no playbook"},
        {"'workflow':{", "'workflo':{", CACAO_REFUSED, "workflow", "is missing"},
        {"'workflow':{", "'workflow':[],'w':{", CACAO_REFUSED, "workflow", "not an object"},
        {"'name':'Ransomware',", "'name':'Ransomware'", CACAO_REFUSED, "", "line 1"},

        {"'cacao-2.0'", "'cacao-1.1'", CACAO_VIEW_ONLY, "spec_version", "cacao-1.1"},
        {"'spec_version':'cacao-2.0',", "", CACAO_VIEW_ONLY, "spec_version", "missing"},
        {"'cacao-2.0'", "2", CACAO_VIEW_ONLY, "spec_version", "missing"},
        {"'cacao-2.0'", "'CACAO-2.0'", CACAO_WARN, "spec_version", "not spelt"},
        {"'cacao-2.0'", "'2.0'", CACAO_WARN, "spec_version", "not spelt"},

        {"'name':'Ransomware',", "", CACAO_WARN, "name", "missing"},
        {"playbook--10000000-0000-4000-8000-000000000001'", "playbook--ransomware'", CACAO_WARN,
         "id", "not an identifier"},
        {"'id':'playbook--10000000-0000-4000-8000-000000000001',", "", CACAO_WARN, "id", "missing"},
        {"'identity--20000000-0000-4000-8000-000000000001'", "'ACME'", CACAO_WARN, "created_by",
         "not an identifier"},
        {"10:00:00.000Z", "10:00:00Z", CACAO_WARN, "created", "milliseconds"},
        {"10:00:00.000Z", "10:00:00.000+01:00", CACAO_WARN, "created", "UTC"},
        {"2026-11-24T10:00:00.000Z", "yesterday", CACAO_WARN, "created", "not a timestamp"},
        {"'created':'2026-11-24T10:00:00.000Z',", "", CACAO_WARN, "created", "missing"},
        {"'valid_from':'2026-01", "'valid_from':'2027-01", CACAO_WARN, "valid_from", "before 2027"},
        {"'valid_until':'2337-05", "'valid_until':'2026-05", CACAO_WARN, "valid_until", "until"},
        {"'priority':1", "'revoked':true,'priority':1", CACAO_WARN, "revoked", "revoked"},
        {"'priority':1", "'priority':101", CACAO_WARN, "priority", "between 0 and 100"},
        {"'priority':1", "'priority':'high'", CACAO_WARN, "priority", "whole number"},
        {"'priority':1", "'name':'Other','priority':1", CACAO_WARN, "", "twice"},
        {"['energy']", "'energy'", CACAO_WARN, "industry_sectors", "not a list"},
        {"['energy']", "['energy',5]", CACAO_WARN, "industry_sectors", "not a word"},
        {"marking-tlp--bab4a63c", "marking-tlp--00000000", CACAO_WARN, "markings", "RED"},
        {"marking-statement--3", "marking-iep--3", CACAO_WARN, "markings", "RED"},
        {"'name':'Guide',", "", CACAO_WARN, "external_references.0.name", "missing"},

        {"'__host__':{'type':'string','value'", "'__ho.st__':{'type':'string','value'", CACAO_WARN,
         "playbook_variables.__ho.st__", "not the name"},
        {"'type':'bool'", "'type':'boolean'", CACAO_WARN, "__paid__.type",
         "none that the standard"},
        {"{'type':'bool'}", "{}", CACAO_WARN, "__paid__.type", "missing"},
        {"{'type':'bool'}", "true", CACAO_WARN, "__paid__", "not an object"},
        {"'value':'0'", "'value':'none'", CACAO_WARN, "__tries__.value", "takes a whole number"},
        {"'value':'0'", "'value':0", CACAO_WARN, "__tries__.value", "not a string"},
        {"192.0.2.1'", "example.org'", CACAO_WARN, "__site__.value", "IPv4"},
        {"__found__','__paid__'", "__found__','__site__'", CACAO_WARN, ACTION2 ".out_args",
         "constant"},
        {"'in_args':['__host__']", "'in_args':['__hast__']", CACAO_WARN, ACTION2 ".in_args",
         "__hast__, which is no variable"},
        {"'in_args':['__host__']", "'in_args':[':value']", CACAO_WARN, ACTION2 ".in_args",
         "not the name of a variable"},
        {"plug of __host__", "plug of __hast__", CACAO_WARN, ACTION2 ".commands", "no variable"},
        {"'Isolate __host__", "'Isolate __hast__", CACAO_WARN, ACTION2 ".description",
         "no variable"},
        {"'__paid__:value = true'", "'__peid__:value = true'", CACAO_WARN, "1.condition",
         "no variable"},

        {"'name':'IT'", "'nome':'IT'", CACAO_WARN, "000001.name", "missing"},
        {"'type':'group',", "", CACAO_WARN, "000001.type", "missing"},
        {"'type':'group',", "'type':'robot',", CACAO_OK, "000001.type",
         "is no type of CACAO, shown by its name: robot"},
        {"'work':'it@example.org'", "'work':'it@example.org;`ls`'", CACAO_WARN, "email.work",
         "not an e-mail address"},
        {"'address':{", "'addresses':{", CACAO_WARN, "000001.address", "missing"},
        {"'agent':'group--4", "'agent':'group--5", CACAO_WARN, ACTION2 ".agent", "not defined"},
        {"['net-address--5", "['net-address--6", CACAO_WARN, ACTION2 ".targets", "not defined"},
        {"'agent':'group--40000000-0000-4000-8000-000000000001',", "", CACAO_WARN, ACTION2 ".agent",
         "missing"},

        {"'workflow_start':'start--00000000-0000-4000-8000-000000000000',", "", CACAO_VIEW_ONLY,
         "workflow_start", "missing"},
        {"'workflow_start':'start--0", "'workflow_start':'start--1", CACAO_VIEW_ONLY,
         "workflow_start", "does not exist"},
        {"'workflow_start':'start" CACAO_UUID "0", "'workflow_start':'if-condition" CACAO_UUID "1",
         CACAO_WARN, "workflow_start", "no start"},
        {"'workflow_exception':'end--0", "'workflow_exception':'end--1", CACAO_WARN,
         "workflow_exception", "does not exist"},
        {"'on_success':'" END, "'on_success':'" GONE, CACAO_VIEW_ONLY, ACTION2 ".on_success",
         "does not exist: " GONE},
        {"'on_success':'" END, "'on_success':' " END " ", CACAO_WARN, ACTION2 ".on_success",
         "blanks"},
        {"'" END "':{", "' " END "':{", CACAO_WARN, "workflow." END, "blanks"},
        {"'on_success':'" END "'", "'on_success':7", CACAO_VIEW_ONLY, ACTION2 ".on_success",
         "not the identifier"},
        {"'type':'action','name':'Isolate'", "'name':'Isolate'", CACAO_VIEW_ONLY, ACTION2 ".type",
         "missing"},
        {"'type':'action','name':'Isolate'", "'type':'decision','name':'Isolate'", CACAO_WARN,
         ACTION2 ".type", "decision is no type"},
        {"'__paid__:value = true'", "'Was it paid?'", CACAO_WARN, "1.condition", "asked"},
        {"'condition':'__paid__:value = true',", "", CACAO_VIEW_ONLY, "1.condition", "missing"},
        {"'switch':'__tries__:value'", "'switch':'How often?'", CACAO_WARN, "9.switch", "asked"},
        {"'switch':'__tries__:value',", "", CACAO_VIEW_ONLY, "9.switch", "missing"},
        {"'cases':{", "'coses':{", CACAO_VIEW_ONLY, "9.cases", "missing"},
        {"'on_true':'action", "'on_troe':'action", CACAO_VIEW_ONLY, "1.on_true", "missing"},
        {"'delay':60000", "'delay':-1", CACAO_WARN, ACTION2 ".delay", "between"},
        {"'command':'Call the board'", "'commend':'Call'", CACAO_WARN, "commands.0.command",
         "missing"},
        {"'type':'manual','command':'Call", "'type':'fax','command':'Call", CACAO_WARN,
         "commands.0.type", "fax is no type"},
        {"'commands':[{'type':'manual','command':'Call the board'}],", "", CACAO_WARN, "5.commands",
         "by hand"},
        {"aXAgbGl", "!!!!!!!", CACAO_WARN, "commands.1.command_b64", "not base64"},
        {"aXAgbGl", "//////8", CACAO_WARN, "commands.1.command_b64", "UTF-8"},
        {"'playbook_id':'playbook--10000000-0000-4000-8000-000000000003',", "", CACAO_WARN,
         "8.playbook_id", "by hand"},
};

Test(cacao_read, what_is_odd_is_named)
{
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                struct arena a = {0};
                const char *text = cacao_text_with(cacao_flawless, rows[i].from, rows[i].to, &a);
                struct cacao_doc doc = cacao_read_text(text, &a);
                const struct cacao_finding *f =
                        cacao_finding_of(&doc, rows[i].path, rows[i].message);

                cr_expect_eq(doc.verdict, rows[i].verdict, "%s -> %s is %s:%s", rows[i].from,
                             rows[i].to, cacao_verdict_name(doc.verdict),
                             cacao_findings_text(&doc, &a));
                cr_expect(f, "%s: %s is not among%s", rows[i].path, rows[i].message,
                          cacao_findings_text(&doc, &a));
                cr_expect(!f || f->verdict == rows[i].verdict || doc.verdict > f->verdict);
                cr_expect_eq(doc.playbook == NULL, doc.verdict == CACAO_REFUSED);
                arena_finish(&a);
        }
}

/* Odd in one way is not odd in another: most of these say one thing only. */
Test(cacao_read, one_flaw_is_one_finding)
{
        size_t alone = 0;

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                struct arena a = {0};
                struct cacao_doc doc = cacao_read_text(
                        cacao_text_with(cacao_flawless, rows[i].from, rows[i].to, &a), &a);

                alone += doc.finding_count == 1;
                arena_finish(&a);
        }
        cr_assert_geq(alone, ARRAY_LEN(rows) * 3 / 4, "%zu of %zu", alone, ARRAY_LEN(rows));
}

/* ---- text and caps --------------------------------------------------------------------------- */

Test(cacao_read, text_is_harmless)
{
        struct arena a = {0};
        const struct playbook *p =
                cacao_read_text(cacao_text_with(cacao_flawless, "Pull the plug of",
                                                "Pull\\u001b[2J \\u202e\\nthe plug of", &a),
                                &a)
                        .playbook;

        cr_assert_str_eq(step(p, "action" CACAO_UUID "2")->commands[0].text,
                         "Pull\\x1b[2J <U+202E>\nthe plug of __host__:value");
        arena_finish(&a);
}

Test(cacao_read, long_descriptions)
{
        struct arena a = {0};
        CLEANUP(str_finish) struct str text = {0};
        struct cacao_doc doc;

        str_init(&text, 4 << 20);
        for (size_t i = 0; i < 168 * 1024; i++)
                str_addc(&text, 'x');
        doc = cacao_read_text(cacao_text_with(cacao_flawless, "What to do", str_text(&text), &a),
                              &a);
        cr_assert_eq(doc.verdict, CACAO_OK);
        cr_assert_eq(strlen(doc.playbook->description), 168 * 1024);
        while (text.len <= PLAYBOOK_TEXT_MAX)
                str_addc(&text, 'x');
        doc = cacao_read_text(cacao_text_with(cacao_flawless, "What to do", str_text(&text), &a),
                              &a);
        cr_assert(cacao_finding_of(&doc, "description", "longer"));
        cr_assert_leq(strlen(doc.playbook->description), PLAYBOOK_TEXT_MAX);
        arena_finish(&a);
}

/* [[[...]]], [{},{},...] and what is larger than may be: refused before it becomes a tree. */
Test(cacao_read, caps)
{
        CLEANUP(str_finish) struct str text = {0};
        struct arena a = {0};
        struct cacao_doc doc;

        str_init(&text, 2 * PLAYBOOK_BYTES_MAX);
        for (int i = 0; i < 3000; i++)
                str_addc(&text, '[');
        doc = cacao_read_text(str_text(&text), &a);
        cr_assert(cacao_finding_of(&doc, "", "nested deeper"));
        str_clear(&text);
        str_add(&text, "{\"type\":\"playbook\",\"workflow\":{\"a\":[{}");
        for (int i = 0; i < 600000; i++)
                str_add(&text, ",{}");
        str_add(&text, "]}}");
        doc = cacao_read_text(str_text(&text), &a);
        cr_assert_eq(doc.verdict, CACAO_REFUSED);
        cr_assert(cacao_finding_of(&doc, "", "more members"));
        str_clear(&text);
        while (text.len <= PLAYBOOK_BYTES_MAX)
                str_add(&text, "          ");
        doc = cacao_read_text(str_text(&text), &a);
        cr_assert(cacao_finding_of(&doc, "", "larger"));
        arena_finish(&a);
}

/* What decides is shown, though it comes behind more findings than are kept. */
Test(cacao_read, many_findings)
{
        CLEANUP(str_finish) struct str steps = {0};
        struct arena a = {0};
        struct cacao_doc doc;

        str_init(&steps, 1 << 20);
        str_add(&steps, "'workflow':{");
        for (int i = 0; i < 3000; i++)
                str_addf(&steps, "'odd-%d':{'type':'end'},", i);
        doc = cacao_read_text(cacao_text_with(cacao_text_with(cacao_flawless, "'workflow':{",
                                                              str_text(&steps), &a),
                                              "\"workflow_start\":\"start--0",
                                              "\"workflow_start\":\"start--1", &a),
                              &a);
        cr_assert_eq(doc.finding_count, CACAO_FINDINGS_MAX + 1);
        cr_assert_eq(doc.verdict, CACAO_VIEW_ONLY);
        cr_assert(cacao_finding_of(&doc, "workflow_start", "does not exist"));
        cr_assert(strstr(doc.findings[CACAO_FINDINGS_MAX].message, "findings more"));
        arena_finish(&a);
}
