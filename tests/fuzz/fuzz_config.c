/* The config: read or refused with a sentence that names the line. */
#include <stdlib.h>
#include <string.h>

#include "app/config.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct config c;
        struct arena a;
        struct err err = {0};
        arena_init(&a);
        config_init(&c);
        enum rc rc = config_read((const char *)data, size, NULL, &a, &c, &err);
        if (rc != RC_OK && !err.text[0])
                abort();
        if (c.key_count > CONFIG_PAIRS_MAX || c.filter_count > CONFIG_PAIRS_MAX)
                abort();
        for (size_t i = 0; i < c.key_count; i++)
                if (!c.keys[i].name[0])
                        abort();
        arena_finish(&a);
        return 0;
}
