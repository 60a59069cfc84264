/*
 * A file that is written in pieces and is there whole or not at all.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store.h"

#include "app_private.h"

static enum rc failed(const struct outfile *out, struct err *err)
{
        return err_set(err, RC_FAIL, "%s: %s", out->path ? out->path : "standard output",
                       strerror(errno));
}

/* Beside the file that it will be, with a link followed to where it leads. */
static enum rc open_temp(struct outfile *out, struct err *err)
{
        char *real = realpath(out->path, NULL);

        if (real) {
                free(out->path);
                out->path = real;
        }
        enum rc rc = store_spare(out->path, err);
        if (rc != RC_OK)
                return rc;
        out->temp = xasprintf("%s.XXXXXX", out->path);
        out->fd = mkostemp(out->temp, O_CLOEXEC);
        return out->fd < 0 ? failed(out, err) : RC_OK;
}

/* A device or a pipe is written to; put in its place would be a file that nobody asked for. */
static enum rc open_special(struct outfile *out, struct err *err)
{
        out->fd = open(out->path, O_WRONLY | O_CLOEXEC);
        return out->fd < 0 ? failed(out, err) : RC_OK;
}

static bool is_special(const char *path)
{
        struct stat st;

        return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

enum rc outfile_may_be_empty(const struct outfile *out, int64_t held_back, struct err *err)
{
        if (!held_back || !out->path)
                return RC_OK;
        return err_set(err, RC_FAIL,
                       "nothing may go: all %" PRId64
                       " are above the ceiling; nothing was written to %s",
                       held_back, out->path);
}

enum rc outfile_open(const char *path, struct outfile *ret, struct err *err)
{
        struct outfile out = {.fd = STDOUT_FILENO};
        enum rc rc = RC_OK;

        if (strcmp(path, "-") != 0) {
                out.path = xstrdup(path);
                rc = is_special(path) ? open_special(&out, err) : open_temp(&out, err);
        }
        if (rc != RC_OK) {
                free(out.path);
                free(out.temp);
                return rc;
        }
        *ret = out;
        return RC_OK;
}

enum rc outfile_write(void *ctx, const char *bytes, size_t len, struct err *err)
{
        const struct outfile *out = ctx;

        while (len) {
                ssize_t n = write(out->fd, bytes, len);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return failed(out, err);
                bytes += n;
                len -= (size_t)n;
        }
        return RC_OK;
}

void outfile_drop(struct outfile *out)
{
        if (out->path && out->fd >= 0)
                close(out->fd);
        if (out->temp && out->fd >= 0)
                unlink(out->temp);
        out->fd = -1;
        free(out->path);
        free(out->temp);
        out->path = out->temp = NULL;
}

enum rc outfile_done(struct outfile *out, struct err *err)
{
        enum rc rc = RC_OK;

        if (out->temp && (fsync(out->fd) != 0 || rename(out->temp, out->path) != 0))
                rc = failed(out, err);
        if (rc == RC_OK && out->temp) {
                close(out->fd);
                out->fd = -1;
        }
        outfile_drop(out);
        return rc;
}
