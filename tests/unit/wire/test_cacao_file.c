/* Where playbooks stand in a file. */
#include "wire/cacao.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/base64.h"
#include "base/json.h"
#include "cacao_docs.h"

static struct cacao_file read_text(const char *text, struct arena *a)
{
        struct cacao_file file;

        cacao_read_file(text, strlen(text), CACAO_NOW, a, &file);
        return file;
}

static const char *flawless(struct arena *a)
{
        return cacao_text_with(cacao_flawless, "", "", a);
}

static const char *coded(const char *text, struct arena *a)
{
        AUTO_FREE char *out = base64_encode(text, strlen(text), false);

        return arena_strdup(a, out);
}

static void is_flawless(const struct cacao_doc *doc, const char *where, struct arena *a)
{
        const char *want = flawless(a);

        cr_assert_eq(doc->verdict, CACAO_OK, "%s", cacao_findings_text(doc, a));
        cr_assert_str_eq(doc->where, where);
        cr_assert_eq(doc->len, strlen(want));
        cr_assert_eq(memcmp(doc->bytes, want, doc->len), 0, "not byte for byte");
}

Test(cacao_file, one_document)
{
        struct arena a = {0};
        struct cacao_file file =
                read_text(arena_printf(&a, "\xEF\xBB\xBF \n%s\n\n", flawless(&a)), &a);

        cr_assert_eq(file.doc_count, 1);
        is_flawless(&file.docs[0], "", &a);
        file = read_text(arena_printf(&a, "%s x", flawless(&a)), &a);
        cr_assert_eq(file.verdict, CACAO_REFUSED, "what stands behind it is not passed over");
        arena_finish(&a);
}

Test(cacao_file, a_list)
{
        struct arena a = {0};
        struct cacao_file file = read_text(
                arena_printf(&a, "[ %s ,\n%s, {\"type\":\"playbok\"}]", flawless(&a), flawless(&a)),
                &a);

        cr_assert_eq(file.doc_count, 3);
        is_flawless(&file.docs[0], "0", &a);
        is_flawless(&file.docs[1], "1", &a);
        cr_assert_eq(file.docs[2].verdict, CACAO_REFUSED);
        cr_assert_str_eq(file.docs[2].where, "2");
        cr_assert_eq(file.verdict, CACAO_REFUSED);
        arena_finish(&a);
}

Test(cacao_file, fences_of_markdown)
{
        struct arena a = {0};
        const char *text = arena_printf(&a,
                                        "# Playbooks\n\n```json\n{\"other\": 1}\n```\n"
                                        "text\n  ``` json\n%s\n  ```\n~~~\n[%s]\n~~~\n"
                                        "```\nplain\n```\n```json\n{\"type\": \"playbook\",\n```\n",
                                        flawless(&a), flawless(&a));
        struct cacao_file file = read_text(text, &a);

        cr_assert_eq(file.doc_count, 3);
        is_flawless(&file.docs[0], "line-8", &a);
        is_flawless(&file.docs[1], "0", &a);
        cr_assert_eq(file.docs[2].verdict, CACAO_REFUSED);
        cr_assert_str_eq(file.docs[2].where, "line-17");
        arena_finish(&a);
}

#define COA                                                                                        \
        "{\"type\":\"course-of-action\",\"spec_version\":\"2.1\","                                 \
        "\"id\":\"course-of-action--60000000-0000-4000-8000-000000000001\",\"extensions\":{"       \
        "\"extension-definition--1e1c1bd7-c527-4215-8e18-e199e74da57c\":{"                         \
        "\"playbook_standard\":\"%s\",\"%s\":\"%s\"}}}"

Test(cacao_file, stix_objects_carry_playbooks)
{
        struct arena a = {0};
        const char *bin = coded(flawless(&a), &a);
        const char *objects =
                arena_printf(&a,
                             "%s,{\"type\":\"identity\"},%s,{\"type\":\"x-oca-playbook\","
                             "\"playbook_bin\":\"%s\"}",
                             arena_printf(&a, COA, "cacao", "playbook_bin", bin),
                             arena_printf(&a, COA, "cacao", "playbook_base64", bin), bin);
        struct cacao_file file =
                read_text(arena_printf(&a, "{\"type\":\"bundle\",\"objects\":[%s]}", objects), &a);

        cr_assert_eq(file.doc_count, 3);
        is_flawless(&file.docs[0], "objects.0", &a);
        is_flawless(&file.docs[1], "objects.2", &a);
        is_flawless(&file.docs[2], "objects.3", &a);
        file = read_text(arena_printf(&a, "[%s]", objects), &a);
        cr_assert_eq(file.doc_count, 3);
        is_flawless(&file.docs[2], "3", &a);
        file = read_text(arena_printf(&a, COA, "cacao", "playbook_bin", bin), &a);
        cr_assert_eq(file.doc_count, 1);
        is_flawless(&file.docs[0], "", &a);
        arena_finish(&a);
}

Test(cacao_file, what_carries_none)
{
        static const struct {
                const char *text, *message;
        } rows[] = {
                {"", "holds no playbook"},
                {"{}", "holds no playbook"},
                {"[]", "holds no playbook"},
                {"[1,2]", "holds no playbook"},
                {"{\"type\":\"bundle\",\"objects\":[]}", "holds no playbook"},
                {"{\"type\":\"bundle\",\"objects\":[{\"type\":\"course-of-action\"}]}",
                 "holds no playbook"},
                {"only text", "begins with \"{\" or \"[\""},
                {"```json\n{\"type\":\"playbook\"", "holds no playbook"},
                {"{\"type\":\"x-oca-playbook\",\"playbook_format\":\"BPMN\",\"playbook_bin\":"
                 "\"PD94\"}",
                 "not CACAO but BPMN"},
                {"{\"type\":\"x-oca-playbook\",\"playbook_bin\":\"%\"}", "not base64"},
                {"{\"type\":\"x-oca-playbook\",\"playbook_bin\":5}", "not base64"},
                {"{\"type\":\"x-oca-playbook\",\"playbook_bin\":\"U2VjdXJpdHk=\"}", "line 1"},
                {"{\"type\":\"playbook\"", "line 1"},
        };

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                struct arena a = {0};
                struct cacao_file file = read_text(rows[i].text, &a);

                cr_expect_eq(file.doc_count, 1, "%s", rows[i].text);
                cr_expect_eq(file.verdict, CACAO_REFUSED, "%s", rows[i].text);
                cr_expect(cacao_finding_of(&file.docs[0], "", rows[i].message), "%s:%s",
                          rows[i].text, cacao_findings_text(&file.docs[0], &a));
                arena_finish(&a);
        }
}
