/*
 * A private folder for a database that nobody keeps.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#include "app_private.h"

enum rc tempdir_make(const char *name, char **ret, struct err *err)
{
        const char *const places[] = {getenv("XDG_RUNTIME_DIR"), getenv("TMPDIR"), "/tmp"};

        for (size_t i = 0; i < ARRAY_LEN(places); i++) {
                AUTO_FREE char *path = NULL;

                if (!places[i] || places[i][0] != '/')
                        continue;
                path = xasprintf("%s/%s.XXXXXX", places[i], name);
                if (mkdtemp(path)) {
                        *ret = TAKE(path);
                        return RC_OK;
                }
        }
        return err_set(err, RC_FAIL, "no place for a private folder: %s", strerror(errno));
}

void tempdir_remove(const char *path)
{
        DIR *d = opendir(path);

        for (struct dirent *e; d && (e = readdir(d));) {
                AUTO_FREE char *file = file_join(path, e->d_name);

                unlink(file);
        }
        if (d)
                closedir(d);
        rmdir(path);
}
