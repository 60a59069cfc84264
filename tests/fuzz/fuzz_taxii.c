/* The readers of TAXII documents: whatever comes, each refuses with a sentence or gives what stays
 * within the bytes; what a server says when it refuses is harmless. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "fuzz.h"
#include "wire/taxii.h"

static void check_page(const char *body, size_t len, struct arena *a)
{
        struct taxii_page p;
        struct err err = {0};

        if (taxii_read_page(body, len, a, &p, &err) != RC_OK) {
                if (!err.text[0])
                        abort();
                return;
        }
        for (size_t i = 0; i < p.count; i++)
                if (!p.objects[i].len || p.objects[i].bytes < body ||
                    p.objects[i].bytes + p.objects[i].len > body + len)
                        abort();
}

static void check_others(const char *body, size_t len, struct arena *a)
{
        struct taxii_discovery d;
        struct taxii_root r;
        struct taxii_collection c, *list;
        struct taxii_status s;
        struct taxii_manifest m;
        struct err err[6] = {0};
        size_t count;

        if ((taxii_read_discovery(body, len, a, &d, &err[0]) != RC_OK && !err[0].text[0]) ||
            (taxii_read_root(body, len, a, &r, &err[1]) != RC_OK && !err[1].text[0]) ||
            (taxii_read_collection(body, len, a, &c, &err[2]) != RC_OK && !err[2].text[0]) ||
            (taxii_read_collections(body, len, a, &list, &count, &err[3]) != RC_OK &&
             !err[3].text[0]) ||
            (taxii_read_status(body, len, a, &s, &err[4]) != RC_OK && !err[4].text[0]) ||
            (taxii_read_manifest(body, len, a, &m, &err[5]) != RC_OK && !err[5].text[0]))
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        const char *body = (const char *)data, *words;
        struct arena a;

        arena_init(&a);
        check_page(body, size, &a);
        check_others(body, size, &a);
        words = taxii_read_refusal(body, size, &a);
        if (!text_is_clean(words, strlen(words), false))
                abort();
        arena_finish(&a);
        return 0;
}
