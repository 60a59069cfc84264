/* Names of keys: what is read has a name, and that name is the same key. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz.h"
#include "ui/chord.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        AUTO_FREE char *name = xstrndup((const char *)data, size);
        char shown[CHORD_TEXT];
        int bytes = 0;
        int32_t chord = chord_read(name, &bytes);
        if (chord == CHORD_NONE)
                return 0;
        if (bytes <= 0 || (size_t)bytes > strlen(name))
                abort();
        chord_name(chord, shown);
        if (chord_read(shown, NULL) != chord)
                abort();
        return 0;
}
