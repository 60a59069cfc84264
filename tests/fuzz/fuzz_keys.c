/* Key scripts: every line comes to its end, a key at a time, or is refused with a sentence. */
#include <stdlib.h>
#include <string.h>

#include "app/key_script.h"
#include "base/mem.h"
#include "fuzz.h"
#include "ui/chord.h"

static void walk(const char *s, enum rc (*next)(const char **, int32_t *, struct err *))
{
        while (*s) {
                const char *before = s;
                struct err err = {0};
                int32_t chord = CHORD_NONE;
                if (next(&s, &chord, &err) != RC_OK) {
                        if (!err.text[0] || s != before)
                                abort();
                        return;
                }
                if (s <= before || chord == CHORD_NONE)
                        abort();
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        AUTO_FREE char *text = xstrndup((const char *)data, size);
        size_t len = strlen(text);
        struct key_script script = {.at = text};
        const char *line;
        int last = 0;
        while ((line = key_script_next(&script))) {
                const char *rest = key_script_rest(&script, line), *numbers = rest;
                int n;
                if (!script.count || script.line <= last || rest > text + len)
                        abort();
                last = script.line;
                walk(rest, key_script_key);
                walk(rest, key_script_char);
                while (key_script_number(&numbers, &n))
                        if (n < 0 || n > 10000)
                                abort();
        }
        return 0;
}
