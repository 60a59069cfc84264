/* The filter line: read or refused with a sentence; a line that was read survives having its sort
 * changed. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz.h"
#include "model/filter.h"
#include "model/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        AUTO_FREE char *line = xstrndup((const char *)data, size);
        struct words *words = words_create();
        struct filter_context ctx = {
                .kind = &kind_incident,
                .values = {.words = words, .now_ms = 1795525467000, .me = "duarte"}};
        struct arena a;
        struct filter f;
        struct err err = {0};
        size_t at = 0;
        const char *offers[8];
        arena_init(&a);
        if (filter_read(line, &ctx, &a, &f, &at, &err) == RC_OK) {
                AUTO_FREE char *sorted = filter_with_sort(line, "severity", true);
                if (strlen(sorted) < FILTER_BYTES_MAX - 20 &&
                    (filter_read(sorted, &ctx, &a, &f, NULL, NULL) != RC_OK || !f.sort_given))
                        abort();
        } else if (!err.text[0] || at > size) {
                abort();
        }
        filter_complete(line, strlen(line) / 2, &ctx, &a, offers, 8);
        arena_finish(&a);
        words_destroy(words);
        return 0;
}
