/*
 * Which backend a name means.
 */
#include "hub/backend.h"

#include <string.h>

static bool begins(const char *text, const char *with)
{
        return strncmp(text, with, strlen(with)) == 0;
}

enum rc backend_open(const char *where, size_t readers, struct backend **ret, struct err *err)
{
        if (begins(where, "postgresql://") || begins(where, "postgres://"))
                return pg_open(where, readers, ret, err);
        if (strstr(where, "://"))
                return err_set(err, RC_INVALID, "a database is a file, or postgresql://...");
        return sqlite_open(where, readers, ret, err);
}

void backend_cleanup(struct backend **pb)
{
        if (*pb)
                (*pb)->ops->close(*pb);
}
