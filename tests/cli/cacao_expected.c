/*
 * cacao_expected VERDICTS: what a corpus of playbooks should be called, by the word of other tools
 * on it: the official schemas (draft 7) and a walk of the graph. One line a file: its name, a tab,
 * the verdict that wire/cacao.h has for that.
 *
 * {"FILE": {"parse": WHY} | [{"schema_draft7_errors": N, "first": [[PATH, WHY]], "graph": [WHAT]}]}
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "wire/cacao.h"

static void raise_to(enum cacao_verdict *v, enum cacao_verdict least)
{
        if (least > *v)
                *v = least;
}

static void judge_schema(const struct json_t *entry, enum cacao_verdict *v)
{
        const struct json_t *first = json_get(entry, "first");

        if (json_int(json_get(entry, "schema_draft7_errors"), 0) > 0)
                raise_to(v, CACAO_WARN);
        for (size_t i = 0; i < json_len(first); i++) {
                const char *path = json_text(json_at(json_at(first, i), 0), "");
                const char *why = json_text(json_at(json_at(first, i), 1), "");

                if (strcmp(path, "workflow") == 0)
                        raise_to(v, CACAO_REFUSED);
                if (strcmp(path, "spec_version") == 0 || strstr(why, "'spec_version'"))
                        raise_to(v, CACAO_VIEW_ONLY);
        }
}

static void judge_graph(const struct json_t *entry, enum cacao_verdict *v)
{
        const struct json_t *graph = json_get(entry, "graph");

        for (size_t i = 0; i < json_len(graph); i++) {
                const char *what = json_text(json_at(graph, i), "");
                bool odd = strncmp(what, "workflow_exception", 18) == 0 ||
                           strncmp(what, "unreachable", 11) == 0 || strstr(what, " undefined");

                raise_to(v, odd ? CACAO_WARN : CACAO_VIEW_ONLY);
        }
}

static bool tell(void *ctx, const char *file, struct json_t *entries)
{
        enum cacao_verdict v = json_kind(entries) == JSON_LIST ? CACAO_OK : CACAO_REFUSED;

        (void)ctx;
        for (size_t i = 0; v < CACAO_REFUSED && i < json_len(entries); i++) {
                judge_schema(json_at(entries, i), &v);
                judge_graph(json_at(entries, i), &v);
        }
        printf("%s\t%s\n", file, cacao_verdict_name(v));
        return true;
}

int main(int argc, char **argv)
{
        CLEANUP(json_cleanup) struct json_t *doc = NULL;
        AUTO_FREE char *bytes = NULL;
        struct err err = {0};
        size_t len;

        if (argc != 2 || file_read(argv[1], 64u << 20, &bytes, &len, &err) != RC_OK ||
            json_parse(bytes, len, &doc, &err) != RC_OK) {
                fprintf(stderr, "cacao_expected: %s\n", argc == 2 ? err.text : "takes one file");
                return 2;
        }
        json_each(doc, tell, NULL);
        return 0;
}
