/*
 * Files that nothing else may take the place of: databases, and what they keep beside them.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"

/* What a database's name is followed by: SQLite's, the journal's key, the lock of a console. */
static const char *const beside[] = {"-wal", "-shm", "-journal", ".key", ".console"};

static bool is_database(const char *path)
{
        static const char magic[] = "SQLite format 3";
        char head[sizeof(magic)];
        int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        bool is = fd >= 0 && read(fd, head, sizeof(head)) == (ssize_t)sizeof(head) &&
                  memcmp(head, magic, sizeof(magic)) == 0;

        if (fd >= 0)
                close(fd);
        return is;
}

enum rc store_spare(const char *path, struct err *err)
{
        size_t len = strlen(path);

        if (is_database(path))
                return err_set(err, RC_CONFLICT, "%s is a database; nothing takes its place", path);
        for (size_t i = 0; i < sizeof(beside) / sizeof(*beside); i++) {
                size_t tail = strlen(beside[i]);
                if (len <= tail || strcmp(path + len - tail, beside[i]) != 0)
                        continue;
                AUTO_FREE char *database = xstrndup(path, len - tail);
                if (is_database(database))
                        return err_set(err, RC_CONFLICT,
                                       "%s is kept beside the database %s; nothing takes its place",
                                       path, database);
        }
        return RC_OK;
}
