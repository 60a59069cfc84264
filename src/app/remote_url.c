/*
 * Which servers may be talked to: what http.h allows; an exercise meets nobody but those on this
 * machine.
 */
#include <string.h>

#include "sync/http.h"

#include "app_private.h"

/* NAME:PASSWORD@ before the host. */
static bool has_user(const char *url)
{
        const char *host = strstr(url, "://");

        return host && memchr(host + 3, '@', strcspn(host + 3, "/?#"));
}

enum rc url_check(const char *url, bool exercise, struct err *err)
{
        struct err why = {0};

        if (has_user(url))
                return err_set(err, RC_INVALID,
                               "an address holds no name and no password; --user and "
                               "--password-file say them");
        if (!http_url_is_allowed(url, &why))
                return err_set(err, RC_INVALID, "%s: %s", url, why.text);
        if (exercise && !http_url_is_loopback(url))
                return err_set(err, RC_INVALID,
                               "this is the database of an exercise: it meets no server but those "
                               "on this machine, and %s is not",
                               url);
        return RC_OK;
}
