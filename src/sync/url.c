/*
 * URLs: what may be asked, and whether two are of one origin. Stricter than the standard, so that
 * libcurl can't read a URL otherwise than it was judged here.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/str.h"
#include "sync/http.h"

struct url {
        bool is_https;
        const char *host;
        size_t host_len;
        long port;
        const char *path; /* with its slash; or "" */
};

static bool is_url_byte(char c)
{
        return c > ' ' && c < 0x7f && !strchr("\"<>\\^`{|}", c);
}

static bool is_host(const char *s, size_t len)
{
        const char *of_address = len && s[0] == '[' ? "[]:." : ".-_";

        if (!len || (s[0] == '[') != (s[len - 1] == ']'))
                return false;
        for (size_t i = 0; i < len; i++)
                if (!isalnum((unsigned char)s[i]) && !strchr(of_address, s[i]))
                        return false;
        return true;
}

static bool read_port(const char *s, const char *end, long *ret)
{
        char *stop = NULL;

        if (s == end)
                return true;
        if (*s++ != ':' || !isdigit((unsigned char)*s))
                return false;
        *ret = strtol(s, &stop, 10);
        return stop == end && *ret > 0 && *ret < 65536;
}

static bool url_read(const char *text, struct url *ret)
{
        struct url u = {.is_https = strncasecmp(text, "https://", 8) == 0};
        const char *end, *host_end;
        size_t len = strlen(text);

        if (len > HTTP_URL_MAX || (!u.is_https && strncasecmp(text, "http://", 7) != 0))
                return false;
        for (size_t i = 0; i < len; i++)
                if (!is_url_byte(text[i]))
                        return false;
        u.host = text + (u.is_https ? 8 : 7);
        end = u.host + strcspn(u.host, "/?#");
        host_end = memchr(u.host, ']', (size_t)(end - u.host));
        host_end = host_end ? host_end + 1 : u.host + strcspn(u.host, ":/?#");
        u.host_len = (size_t)(host_end - u.host);
        u.port = u.is_https ? 443 : 80;
        u.path = end;
        if (!is_host(u.host, u.host_len) || !read_port(host_end, end, &u.port))
                return false;
        *ret = u;
        return true;
}

static bool is_loopback(const struct url *u)
{
        static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};

        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                if (strlen(names[i]) == u->host_len &&
                    strncasecmp(names[i], u->host, u->host_len) == 0)
                        return true;
        return false;
}

bool http_url_is_loopback(const char *url)
{
        struct url u;

        return url_read(url, &u) && is_loopback(&u);
}

bool http_url_is_allowed(const char *url, struct err *err)
{
        struct url u;

        if (!url_read(url, &u)) {
                err_set(err, RC_DENIED, "it is no address of the form https://HOST/PATH/");
                return false;
        }
        if (u.is_https || is_loopback(&u))
                return true;
        err_set(err, RC_DENIED, "plain http is for this machine only: use https");
        return false;
}

bool http_same_origin(const char *a, const char *b)
{
        struct url ua, ub;

        return url_read(a, &ua) && url_read(b, &ub) && ua.is_https == ub.is_https &&
               ua.port == ub.port && ua.host_len == ub.host_len &&
               strncasecmp(ua.host, ub.host, ua.host_len) == 0;
}

/* How much of `base` stays before what `url` says. */
static size_t kept_bytes(const char *base, const char *url)
{
        const char *host = strstr(base, "://");
        size_t path, end;

        if (!host)
                return 0;
        path = (size_t)(host + 3 - base) + strcspn(host + 3, "/?#");
        if (strncmp(url, "//", 2) == 0)
                return (size_t)(host + 1 - base);
        if (url[0] == '/')
                return path;
        end = path + strcspn(base + path, "?#");
        while (end > path && base[end - 1] != '/')
                end--;
        return end;
}

char *http_resolve(const char *base, const char *url)
{
        bool is_whole = strstr(url, "://") && strcspn(url, "/?#") > strcspn(url, ":");
        size_t keep = is_whole ? 0 : kept_bytes(base, url);
        size_t len = strcspn(url, "?#");
        bool needs_slash = keep && url[0] != '/' && base[keep - 1] != '/';
        bool ends = len ? url[len - 1] == '/' : keep && base[keep - 1] == '/';

        return xasprintf("%.*s%s%.*s%s", (int)keep, base, needs_slash ? "/" : "", (int)len, url,
                         ends ? "" : "/");
}

void http_escape(struct str *out, const char *text)
{
        for (const char *p = text; *p; p++) {
                if (isalnum((unsigned char)*p) || strchr("-._~", *p))
                        str_addc(out, *p);
                else
                        str_addf(out, "%%%02X", (unsigned char)*p);
        }
}
