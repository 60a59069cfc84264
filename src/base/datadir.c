#include "base/datadir.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define LEVELS_UP 4 /* build/MODE-CC/tests/FOLDER/program */

char *datadir_program(void)
{
        char path[4096];
        ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

        if (len <= 0)
                return NULL;
        path[len] = '\0';
        return file_dirname(path);
}

static char *if_data(const char *dir, const char *below)
{
        AUTO_FREE char *folder = file_join(dir, below);
        AUTO_FREE char *words = file_join(folder, "words");

        return file_exists(words) ? TAKE(folder) : NULL;
}

/* Beside the program or in a folder above it, as built and as installed. */
static char *near_program(void)
{
        AUTO_FREE char *dir = datadir_program();

        for (int up = 0; dir && up <= LEVELS_UP; up++) {
                char *found = if_data(dir, "data");
                char *parent;

                if (!found)
                        found = if_data(dir, "share/muster");
                if (found)
                        return found;
                parent = file_dirname(dir);
                free(dir);
                dir = parent;
        }
        return NULL;
}

enum rc datadir_find(char **ret, struct err *err)
{
        const char *said = getenv("MUSTER_DATA");
        char *found = said && said[0] ? if_data(said, "") : near_program();

        if (!found && !(said && said[0]))
                found = if_data(MUSTER_DATADIR, "");
        if (!found)
                return err_set(err, RC_NOTFOUND,
                               "no word lists in %s; MUSTER_DATA names the folder that has them",
                               said && said[0] ? said : MUSTER_DATADIR);
        *ret = found;
        return RC_OK;
}
