/*
 * spans FILE...: one line per object of these documents: SHA-256 of its bytes as they stand in the
 * file, its id and its modified. Files that are no such documents are passed over.
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/crypt.h"
#include "base/json.h"
#include "base/jsplit.h"
#include "base/mem.h"

static void tell(const char *bytes, size_t len)
{
        CLEANUP(json_cleanup) struct json_t *j = NULL;
        uint8_t sha[HASH_BYTES];
        char hex[HASH_TEXT];
        crypt_sha256(bytes, len, sha);
        crypt_hex(sha, sizeof(sha), hex);
        if (json_parse(bytes, len, &j, NULL) == RC_OK)
                printf("%s\t%s\t%s\n", hex, json_text(json_get(j, "id"), ""),
                       json_text(json_get(j, "modified"), ""));
}

static void tell_all(int fd)
{
        CLEANUP(jsplit_cleanup) struct jsplit *js = NULL;
        const struct jsplit_source src = jsplit_from_fd(&fd);
        struct jsplit_shape shape;
        const char *bytes;
        size_t len;
        if (jsplit_scan(&src, &shape, NULL) != RC_OK ||
            jsplit_open(&src, &shape, &js, NULL) != RC_OK)
                return;
        while (jsplit_next(js, &bytes, &len, NULL) == RC_OK)
                tell(bytes, len);
}

int main(int argc, char **argv)
{
        if (crypt_start(NULL) != RC_OK)
                return 1;
        for (int i = 1; i < argc; i++) {
                int fd = open(argv[i], O_RDONLY | O_CLOEXEC);
                if (fd < 0)
                        continue;
                tell_all(fd);
                close(fd);
        }
        return 0;
}
