/* Whether a workflow can be walked. Steps are written as "id type way=id ...", one a line. */
#include "wire/cacao.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/str.h"
#include "cacao_docs.h"

/* One letter is the identifier of a step: "a" is step--00000000-0000-4000-8000-00000000000a. */
static void add_id(struct str *out, const char *letter)
{
        str_addf(out, "\"step--00000000-0000-4000-8000-0000000000%02x\"", *letter);
}

static void add_way(struct str *out, const char *key, const char *letters)
{
        static const char *const lists[] = {"next_steps", "cases"};

        str_addf(out, ",\"%s\":", key);
        if (strcmp(key, lists[0]) == 0) {
                for (size_t i = 0; letters[i]; i++) {
                        str_add(out, i ? "," : "[");
                        add_id(out, letters + i);
                }
                str_addc(out, ']');
        } else if (strcmp(key, lists[1]) == 0) {
                for (size_t i = 0; letters[i]; i++) {
                        str_addf(out, "%s\"%zu\":", i ? "," : "{", i);
                        add_id(out, letters + i);
                }
                str_addc(out, '}');
        } else {
                add_id(out, letters);
        }
}

static void add_step(struct str *out, char *line)
{
        char *word, *rest = line;

        add_id(out, strsep(&rest, " "));
        str_addf(out,
                 ":{\"type\":\"%s\",\"condition\":\"__v__:value\",\"switch\":\"__v__:value\","
                 "\"commands\":[{\"type\":\"manual\",\"command\":\"x\"}],"
                 "\"agent\":\"group--40000000-0000-4000-8000-000000000001\"",
                 strsep(&rest, " "));
        while ((word = strsep(&rest, " "))) {
                char *letters = strchr(word, '=');

                *letters++ = '\0';
                add_way(out, word, letters);
        }
        str_addc(out, '}');
}

static struct cacao_doc read_steps(const char *lines, struct arena *a)
{
        CLEANUP(str_finish) struct str out = {0};
        char *copy = arena_strdup(a, lines), *line;

        str_init(&out, 1 << 20);
        str_add(&out, "{\"type\":\"playbook\",\"spec_version\":\"cacao-2.0\","
                      "\"id\":\"playbook--10000000-0000-4000-8000-000000000001\",\"name\":\"N\","
                      "\"created_by\":\"identity--20000000-0000-4000-8000-000000000001\","
                      "\"created\":\"2026-11-24T10:00:00.000Z\","
                      "\"modified\":\"2026-11-24T10:00:00.000Z\","
                      "\"playbook_variables\":{\"__v__\":{\"type\":\"bool\"}},"
                      "\"agent_definitions\":{\"group--40000000-0000-4000-8000-000000000001\":{"
                      "\"type\":\"group\",\"name\":\"IT\"}},"
                      "\"workflow_start\":");
        add_id(&out, "s");
        str_add(&out, ",\"workflow\":{");
        for (int i = 0; (line = strsep(&copy, "\n")); i++) {
                str_add(&out, i ? "," : "");
                add_step(&out, line);
        }
        str_add(&out, "}}");
        return cacao_read_text(arena_strdup(a, str_text(&out)), a);
}

static const struct {
        const char *steps;
        enum cacao_verdict verdict;
        const char *path, *message; /* NULL: nothing is found */
} rows[] = {
        {"s start on_completion=a\na action on_completion=e\ne end", CACAO_OK, NULL, NULL},
        {"s start on_completion=a\na action on_success=e on_failure=e\ne end", CACAO_OK, NULL,
         NULL},
        {"s start on_completion=a\na action on_success=e\ne end", CACAO_OK, NULL, NULL},

        /* nothing follows */
        {"s start on_completion=a\na action\ne end", CACAO_VIEW_ONLY, "61", "nothing follows it"},
        {"s start on_completion=a\na action on_failure=e\ne end", CACAO_VIEW_ONLY, "61",
         "only what follows a failure"},
        {"s start on_completion=a\na action\ne end", CACAO_VIEW_ONLY, "73", "reaches no end"},
        {"s start on_completion=e\ne end\nu action on_completion=e", CACAO_WARN, "75",
         "never reached"},
        {"s start on_completion=e\ne end on_completion=s", CACAO_WARN, "65", "is an end"},
        {"s start on_success=e\ne end", CACAO_WARN, "73", "on_completion only"},
        {"s start on_completion=a\na action on_completion=e on_failure=e\ne end", CACAO_WARN,
         "61.on_completion", "beside"},

        /* back, but not through a while */
        {"s start on_completion=a\na action on_completion=a\ne end", CACAO_VIEW_ONLY,
         "61.on_completion", "leads back"},
        {"s start on_completion=a\na action on_completion=b\nb action on_success=e on_failure=a\n"
         "e end",
         CACAO_VIEW_ONLY, "62.on_failure", "leads back"},
        {"s start on_completion=i\ni if-condition on_true=a on_false=e on_completion=e\n"
         "a action on_completion=i\ne end",
         CACAO_VIEW_ONLY, "61.on_completion", "leads back"},
        {"s start on_completion=p\np parallel next_steps=ap on_completion=e\n"
         "a action on_completion=e\ne end",
         CACAO_VIEW_ONLY, "70.next_steps", "leads back"},
        {"s start on_completion=w\nw while-condition on_true=a on_completion=a\n"
         "a action on_completion=w\ne end",
         CACAO_VIEW_ONLY, "61.on_completion", "leads back, and not through"},

        /* through a while */
        {"s start on_completion=w\nw while-condition on_true=a on_completion=e\n"
         "a action on_completion=e\ne end",
         CACAO_OK, NULL, NULL},
        {"s start on_completion=w\nw while-condition on_true=a on_completion=e\n"
         "a action on_completion=w\ne end",
         CACAO_WARN, "61.on_completion", "back into a while-condition"},
        {"s start on_completion=w\nw while-condition on_true=a on_completion=e\n"
         "a action on_completion=b\nb action on_completion=a\ne end",
         CACAO_VIEW_ONLY, "62.on_completion", "leads back, and not through"},

        /* branches */
        {"s start on_completion=i\ni if-condition on_true=a on_completion=e\n"
         "a action on_completion=e\ne end",
         CACAO_OK, NULL, NULL},
        {"s start on_completion=i\ni if-condition on_true=a on_false=e\n"
         "a action on_completion=e\ne end",
         CACAO_WARN, "69", "ends with them"},
        {"s start on_completion=p\np parallel next_steps=ae on_failure=e\n"
         "a action on_completion=e\ne end",
         CACAO_WARN, "70", "ends with them"},
        {"s start on_completion=i\ni if-condition on_true=a on_completion=e\na action\ne end",
         CACAO_VIEW_ONLY, "61", "reaches no end"},
        {"s start on_completion=p\np parallel next_steps=a on_completion=e\n"
         "a action on_completion=e\ne end",
         CACAO_WARN, "70.next_steps", "two branches"},
        {"s start on_completion=p\np parallel next_steps=ax on_completion=e\n"
         "a action on_completion=e\ne end",
         CACAO_VIEW_ONLY, "70.next_steps", "does not exist"},
        {"s start on_completion=c\nc switch-condition cases=ax on_completion=e\n"
         "a action on_completion=e\ne end",
         CACAO_VIEW_ONLY, "63.cases.1", "does not exist"},
        {"s start on_completion=c\nc switch-condition cases=ab on_completion=e\n"
         "a action on_completion=e\nb action on_completion=e\ne end",
         CACAO_OK, NULL, NULL},
        /* two ways to one step are no cycle */
        {"s start on_completion=a\na action on_success=b on_failure=c\n"
         "b action on_completion=c\nc action on_completion=e\ne end",
         CACAO_OK, NULL, NULL},
};

Test(cacao_graph, what_is_found)
{
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                struct arena a = {0};
                struct cacao_doc doc = read_steps(rows[i].steps, &a);

                cr_expect_eq(doc.verdict, rows[i].verdict, "%s\nis %s:%s", rows[i].steps,
                             cacao_verdict_name(doc.verdict), cacao_findings_text(&doc, &a));
                cr_expect(rows[i].message
                                  ? cacao_finding_of(&doc, rows[i].path, rows[i].message) != NULL
                                  : doc.finding_count == 0,
                          "%s:%s", rows[i].steps, cacao_findings_text(&doc, &a));
                arena_finish(&a);
        }
}

/* 20,000 steps one after the other take no more stack than three. */
Test(cacao_graph, a_long_way)
{
        enum { STEPS = PLAYBOOK_STEPS_MAX - 1 };
        CLEANUP(str_finish) struct str steps = {0};
        struct arena a = {0};
        struct cacao_doc doc;

        str_init(&steps, PLAYBOOK_BYTES_MAX);
        str_add(&steps, "'workflow':{");
        for (int i = 0; i < STEPS - 10; i++)
                str_addf(&steps,
                         "'step--00000000-0000-4000-8000-1%011d':{'type':'playbook-action',"
                         "'playbook_id':'playbook--00000000-0000-4000-8000-000000000001',"
                         "'on_completion':'step--00000000-0000-4000-8000-1%011d'},",
                         i, i + 1 < STEPS - 10 ? i + 1 : 0);
        doc = cacao_read_text(cacao_text_with(cacao_flawless, "'workflow':{", str_text(&steps), &a),
                              &a);
        cr_assert(cacao_finding_of(&doc, "00000000000", "never reached"));
        cr_assert_eq(doc.playbook->step_count, STEPS);
        doc = cacao_read_text(
                cacao_text_with(
                        cacao_text_with(cacao_flawless, "'workflow':{", str_text(&steps), &a),
                        "\"workflow_start\":\"start" CACAO_UUID "0",
                        "\"workflow_start\":\"step--00000000-0000-4000-8000-100000000000", &a),
                &a);
        cr_assert_eq(doc.verdict, CACAO_VIEW_ONLY);
        cr_assert(cacao_finding_of(&doc, "on_completion", "leads back"));
        arena_finish(&a);
}
