#include "cacao_docs.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/str.h"

/* start 0 -> if 1 (true: action 2 -> end 3; false: end 3) -> parallel 4 (action 5, action 6 -> end
 * 3)
 * -> while 7 (playbook 8 -> end 3) -> switch 9 (action 5, end 3) -> action 6 -> end 3 */
const char cacao_flawless[] =
        "{'type':'playbook','spec_version':'cacao-2.0',"
        "'id':'playbook--10000000-0000-4000-8000-000000000001','name':'Ransomware',"
        "'description':'What to do','created_by':'identity--20000000-0000-4000-8000-000000000001',"
        "'created':'2026-11-24T10:00:00.000Z','modified':'2026-11-25T10:00:00.123456Z',"
        "'valid_from':'2026-01-01T00:00:00.000Z','valid_until':'2337-05-26T15:56:00.123Z',"
        "'playbook_types':['mitigation'],'playbook_activities':['contain-threat'],"
        "'priority':1,'severity':70,'impact':0,"
        "'industry_sectors':['energy'],'labels':['ransomware','board'],"
        "'derived_from':['playbook--10000000-0000-4000-8000-000000000002'],"
        "'external_references':[{'name':'Guide','url':'https://example.org/','source':'S',"
        "'description':'D','external_id':'X 1'}],"
        "'markings':['marking-tlp--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',"
        "'marking-statement--30000000-0000-4000-8000-000000000001'],"
        "'data_marking_definitions':{'marking-statement--30000000-0000-4000-8000-000000000001':{"
        "'type':'marking-statement','statement':'Copyright'}},"
        "'playbook_variables':{'__host__':{'type':'string','value':'','description':'Which host',"
        "'external':true},'__paid__':{'type':'bool'},'__tries__':{'type':'integer','value':'0'},"
        "'__site__':{'type':'ipv4-addr','value':'192.0.2.1','constant':true}},"
        "'workflow_start':'start--00000000-0000-4000-8000-000000000000',"
        "'workflow_exception':'end--00000000-0000-4000-8000-000000000003',"
        "'workflow':{"
        "'start--00000000-0000-4000-8000-000000000000':{'type':'start','name':'Begin',"
        "'on_completion':'if-condition--00000000-0000-4000-8000-000000000001'},"
        "'if-condition--00000000-0000-4000-8000-000000000001':{'type':'if-condition',"
        "'condition':'__paid__:value = true',"
        "'on_true':'action--00000000-0000-4000-8000-000000000002',"
        "'on_false':'end--00000000-0000-4000-8000-000000000003',"
        "'on_completion':'parallel--00000000-0000-4000-8000-000000000004'},"
        "'action--00000000-0000-4000-8000-000000000002':{'type':'action','name':'Isolate',"
        "'description':'Isolate __host__:value','delay':60000,'timeout':3600000,"
        "'owner':'identity--20000000-0000-4000-8000-000000000002',"
        "'agent':'group--40000000-0000-4000-8000-000000000001',"
        "'targets':['net-address--50000000-0000-4000-8000-000000000001'],"
        "'step_variables':{'__found__':{'type':'string'}},"
        "'in_args':['__host__'],'out_args':['__found__','__paid__'],"
        "'commands':[{'type':'manual','command':'Pull the plug of __host__:value'},"
        "{'type':'bash','command_b64':'aXAgbGluayBzZXQgZG93biBldGgwCg==','description':'Or so'},"
        "{'type':'http-api','command':'POST /x HTTP/1.1','content_b64':'e30=',"
        "'headers':{'Accept':['a','b'],'X':['c']}}],"
        "'step_extensions':{'extension-definition--b9bb0122-3dd6-47ec-892c-cc6bde9cb44f':{"
        "'type':'muster-step','mandatory':true,'two_person':true,"
        "'adversary_infrastructure':true,'minutes':15}},"
        "'on_success':'end--00000000-0000-4000-8000-000000000003',"
        "'on_failure':'end--00000000-0000-4000-8000-000000000003'},"
        "'end--00000000-0000-4000-8000-000000000003':{'type':'end'},"
        "'parallel--00000000-0000-4000-8000-000000000004':{'type':'parallel',"
        "'next_steps':['action--00000000-0000-4000-8000-000000000005',"
        "'action--00000000-0000-4000-8000-000000000006'],"
        "'on_completion':'while-condition--00000000-0000-4000-8000-000000000007'},"
        "'action--00000000-0000-4000-8000-000000000005':{'type':'action','name':'Call',"
        "'agent':'individual--40000000-0000-4000-8000-000000000002',"
        "'commands':[{'type':'manual','command':'Call the board'}],"
        "'on_completion':'end--00000000-0000-4000-8000-000000000003'},"
        "'action--00000000-0000-4000-8000-000000000006':{'type':'action','name':'Write',"
        "'agent':'group--40000000-0000-4000-8000-000000000001',"
        "'commands':[{'type':'manual','command':'Write it down'}],"
        "'on_completion':'end--00000000-0000-4000-8000-000000000003'},"
        "'while-condition--00000000-0000-4000-8000-000000000007':{'type':'while-condition',"
        "'condition':'__tries__:value < 3',"
        "'on_true':'playbook-action--00000000-0000-4000-8000-000000000008',"
        "'on_completion':'switch-condition--00000000-0000-4000-8000-000000000009'},"
        "'playbook-action--00000000-0000-4000-8000-000000000008':{'type':'playbook-action',"
        "'playbook_id':'playbook--10000000-0000-4000-8000-000000000003',"
        "'playbook_version':'2026-01-01T00:00:00.000Z',"
        "'on_completion':'end--00000000-0000-4000-8000-000000000003'},"
        "'switch-condition--00000000-0000-4000-8000-000000000009':{'type':'switch-condition',"
        "'switch':'__tries__:value','cases':{'default':'end--00000000-0000-4000-8000-000000000003',"
        "'1':'action--00000000-0000-4000-8000-000000000005'},"
        "'on_completion':'action--00000000-0000-4000-8000-000000000006'}},"
        "'agent_definitions':{'group--40000000-0000-4000-8000-000000000001':{'type':'group',"
        "'name':'IT','contact':{'email':{'work':'it@example.org'},'phone':{'night':'+32 2 1'}}},"
        "'individual--40000000-0000-4000-8000-000000000002':{'type':'individual','name':'Chair',"
        "'description':'of the board'}},"
        "'target_definitions':{'net-address--50000000-0000-4000-8000-000000000001':{"
        "'type':'net-address','name':'Server','address':{'ipv4':['192.0.2.7'],"
        "'dname':['a.example.org','b.example.org']}}}}";

char *cacao_text_with(const char *text, const char *from, const char *to, struct arena *a)
{
        const char *at = strstr(text, from);
        char *out;

        cr_assert(at, "nothing to replace: %s", from);
        out = arena_printf(a, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
        for (char *c = out; *c; c++)
                if (*c == '\'')
                        *c = '"';
        return out;
}

struct cacao_doc cacao_read_text(const char *text, struct arena *a)
{
        struct cacao_doc doc;

        cacao_read(text, strlen(text), CACAO_NOW, a, &doc);
        return doc;
}

static bool ends(const char *s, const char *end)
{
        size_t len = strlen(s), tail = strlen(end);

        return len >= tail && strcmp(s + len - tail, end) == 0;
}

const struct cacao_finding *cacao_finding_of(const struct cacao_doc *doc, const char *path_end,
                                             const char *message)
{
        for (size_t i = 0; i < doc->finding_count; i++)
                if (ends(doc->findings[i].path, path_end) &&
                    strstr(doc->findings[i].message, message))
                        return &doc->findings[i];
        return NULL;
}

const char *cacao_findings_text(const struct cacao_doc *doc, struct arena *a)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, 1 << 16);
        for (size_t i = 0; i < doc->finding_count; i++)
                str_addf(&out, "\n  %s: %s", doc->findings[i].path, doc->findings[i].message);
        return arena_strdup(a, str_text(&out));
}
