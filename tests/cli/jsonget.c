/*
 * Reads a JSON document from standard input and prints what stands at a path: "0.ref". Lists and
 * objects print how many members they have. Exit 1: no such path; 2: not one JSON document.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"

static void print(const struct json_t *v)
{
        switch (json_kind(v)) {
        case JSON_NONE:
        case JSON_NUL: printf("null\n"); break;
        case JSON_BOOL: printf(json_bool(v, false) ? "true\n" : "false\n"); break;
        case JSON_INT:
        case JSON_NUMBER: printf("%" PRId64 "\n", json_int(v, 0)); break;
        case JSON_TEXT: printf("%s\n", json_text(v, "")); break;
        case JSON_LIST:
        case JSON_OBJ: printf("%zu\n", json_len(v)); break;
        }
}

int main(int argc, char **argv)
{
        CLEANUP(json_cleanup) struct json_t *doc = NULL;
        CLEANUP(str_finish) struct str text = {0};
        const struct json_t *at;
        char buf[8192];
        size_t n;

        str_init(&text, 256u * 1024 * 1024);
        while ((n = fread(buf, 1, sizeof(buf), stdin)) > 0)
                str_addn(&text, buf, n);
        if (json_parse(str_text(&text), text.len, &doc, NULL) != RC_OK)
                return 2;
        at = argc > 1 ? json_path(doc, argv[1]) : doc;
        if (!at)
                return 1;
        print(at);
        return 0;
}
