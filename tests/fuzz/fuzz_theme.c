/* Themes: read or refused with a sentence, the old one untouched. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "ui/theme.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct theme t = theme_night;
        struct err err = {0};
        if (theme_read("fuzz", (const char *)data, size, &t, &err) != RC_OK &&
            (!err.text[0] || memcmp(&t, &theme_night, sizeof(t)) != 0))
                abort();
        return 0;
}
