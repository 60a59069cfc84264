/* Word lists: read or refused with a sentence; nothing half is added. */
#include <stdlib.h>

#include "fuzz.h"
#include "model/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct words *w = words_create();
        struct err err = {0};
        if (words_add(w, (const char *)data, size, &err) != RC_OK &&
            (!err.text[0] || words_count(w) != 0))
                abort();
        words_destroy(w);
        return 0;
}
