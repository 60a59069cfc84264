/*
 * Which servers may be talked to: https, or plain http to this machine; an exercise meets nobody
 * but those on this machine.
 */
#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

#include "app_private.h"

#define URL_MAX  2000
#define HOST_MAX 256

struct url_parts {
        bool is_https;
        bool has_user; /* NAME:PASSWORD@ */
        char host[HOST_MAX];
};

/* Without the port, and without the brackets of an IPv6 address. */
static bool read_host(const char *at, size_t len, char host[HOST_MAX])
{
        const char *end = at[0] == '[' ? memchr(at, ']', len) : memchr(at, ':', len);
        size_t from = at[0] == '[', n;

        if (from && !end)
                return false;
        n = end ? (size_t)(end - at) - from : len;
        if (n == 0 || n >= HOST_MAX)
                return false;
        memcpy(host, at + from, n);
        host[n] = '\0';
        return true;
}

static bool url_read(const char *url, struct url_parts *ret)
{
        static const char *const schemes[] = {"http://", "https://"};
        const char *at = NULL, *user;
        size_t len;

        *ret = (struct url_parts){0};
        for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
                if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0) {
                        at = url + strlen(schemes[i]);
                        ret->is_https = i == 1;
                }
        }
        if (!at || strlen(url) > URL_MAX || strpbrk(url, " \\\"<>") ||
            !text_is_clean(url, strlen(url), false))
                return false;
        len = strcspn(at, "/?#");
        user = memchr(at, '@', len);
        ret->has_user = user != NULL;
        if (user) {
                len -= (size_t)(user + 1 - at);
                at = user + 1;
        }
        return read_host(at, len, ret->host);
}

static bool is_loopback(const char *host)
{
        struct in6_addr six;
        struct in_addr four;

        if (inet_pton(AF_INET, host, &four) == 1)
                return ntohl(four.s_addr) >> 24 == 127;
        if (inet_pton(AF_INET6, host, &six) == 1)
                return IN6_IS_ADDR_LOOPBACK(&six);
        return strcasecmp(host, "localhost") == 0;
}

bool url_is_loopback(const char *url)
{
        struct url_parts parts;

        return url_read(url, &parts) && is_loopback(parts.host);
}

enum rc url_check(const char *url, bool exercise, struct err *err)
{
        struct url_parts parts;

        if (!url_read(url, &parts))
                return err_set(err, RC_INVALID,
                               "%s is not the address of a server; like "
                               "https://hub.example/taxii2/",
                               strchr(url, '@') ? "this" : url);
        if (parts.has_user)
                return err_set(err, RC_INVALID,
                               "an address holds no password; --user and --password-file say it");
        if (!parts.is_https && !is_loopback(parts.host))
                return err_set(err, RC_INVALID,
                               "%s: plain http goes to this machine only; https://%s", url,
                               parts.host);
        if (exercise && !is_loopback(parts.host))
                return err_set(err, RC_INVALID,
                               "this is the database of an exercise: it meets no server but those "
                               "on this machine, and %s is not",
                               parts.host);
        return RC_OK;
}
