#include "hub/gzip.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "base/mem.h"

#define PIECE_BYTES 16384
#define GZIP_WINDOW (15 + 16) /* of zlib: a gzip header instead of its own */

static bool is_refused(const char *parameters, const char *end)
{
        for (; parameters < end && *parameters == ';'; parameters += strcspn(parameters, ";,")) {
                parameters += 1 + strspn(parameters + 1, " \t");
                if (strncasecmp(parameters, "q=", 2) == 0 && strtod(parameters + 2, NULL) == 0)
                        return true;
        }
        return false;
}

bool gzip_is_wanted(const char *accept)
{
        while (accept && *accept) {
                const char *end;
                size_t len;

                accept += strspn(accept, " \t,");
                len = strcspn(accept, "; \t,");
                end = accept + strcspn(accept, ",");
                if (len == 4 && strncasecmp(accept, "gzip", 4) == 0)
                        return !is_refused(accept + len + strspn(accept + len, " \t"), end);
                accept = end;
        }
        return false;
}

bool gzip_pack(const struct str *in, struct str *out)
{
        z_stream z = {.next_in = (Bytef *)in->s, .avail_in = (uInt)in->len};
        unsigned char piece[PIECE_BYTES];
        int code = Z_OK;

        str_init(out, in->len ? in->len - 1 : 0);
        if (deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, GZIP_WINDOW, MAX_MEM_LEVEL,
                         Z_DEFAULT_STRATEGY) != Z_OK)
                mem_die();
        while (code == Z_OK && !out->over) {
                z.next_out = piece;
                z.avail_out = sizeof(piece);
                code = deflate(&z, Z_FINISH);
                str_addn(out, (char *)piece, sizeof(piece) - z.avail_out);
        }
        deflateEnd(&z);
        if (code == Z_STREAM_END && !out->over)
                return true;
        str_finish(out);
        return false;
}
