/*
 * Checklists: refused with a line and a sentence, or a playbook that can be run, and which as a
 * list again gives the same playbook.
 */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "fuzz.h"
#include "wire/cacao.h"
#include "wire/playbook_list.h"

#define NOW_NS 1795687200000000000

static const struct playbook_list_head head = {
        .id = "playbook--5b6f0c0e-3d0b-4c52-9a6e-8f7a2f5d1c33",
        .created_by = "identity--7d0f3b52-6c1e-4a8b-9f27-3e5a1c9d4b60",
        .now_ns = NOW_NS};

static void check_again(const struct playbook *p, const char *bytes, struct arena *a)
{
        CLEANUP(str_finish) struct str list = {0}, second = {0};
        const struct playbook *again = NULL;

        str_init(&list, PLAYBOOK_LIST_BYTES_MAX);
        str_init(&second, PLAYBOOK_BYTES_MAX);
        if (playbook_list_write(p, &list, NULL) != RC_OK) {
                if (!list.over)
                        abort();
                return;
        }
        if (playbook_list_read(list.s, list.len, &head, a, &again, NULL) != RC_OK)
                abort();
        cacao_write(again, &second);
        if (strcmp(bytes, str_text(&second)) != 0)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str first = {0};
        const struct playbook *p = NULL;
        struct cacao_doc doc;
        struct err err = {0};

        str_init(&first, PLAYBOOK_BYTES_MAX);
        if (playbook_list_read((const char *)data, size, &head, &a, &p, &err) != RC_OK) {
                if (!err.text[0] || p)
                        abort();
                return 0;
        }
        cacao_write(p, &first);
        if (first.over)
                return 0;
        cacao_read(first.s, first.len, CLOCK_NONE, &a, &doc);
        if (doc.verdict > CACAO_WARN)
                abort();
        check_again(p, first.s, &a);
        return 0;
}
