/* The splitter: pass 2 gives exactly as many spans as pass 1 counted, and each is a JSON value by
 * itself. */
#include <stdlib.h>

#include "base/json.h"
#include "base/jsplit.h"
#include "base/mem.h"
#include "fuzz.h"

static void walk(const struct jsplit_source *src, const struct jsplit_shape *shape)
{
        CLEANUP(jsplit_cleanup) struct jsplit *js = NULL;
        const char *bytes;
        size_t len, count = 0;
        if (jsplit_open(src, shape, &js, NULL) != RC_OK)
                abort();
        while (jsplit_next(js, &bytes, &len, NULL) == RC_OK) {
                struct json_t *j = NULL;
                if (len && bytes[0] == '{' && json_parse(bytes, len, &j, NULL) == RC_OK)
                        json_free(j);
                count++;
        }
        if (count != shape->objects)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct jsplit_memory m = {.bytes = (const char *)data, .len = size};
        struct jsplit_source src = jsplit_from_memory(&m);
        struct jsplit_shape shape;
        struct err err = {0};
        if (jsplit_scan(&src, &shape, &err) == RC_OK)
                walk(&src, &shape);
        else if (!err.text[0])
                abort();
        return 0;
}
