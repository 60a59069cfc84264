/*
 * ADDR:PORT as a socket address.
 */
#include "hub/server_address.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static enum rc not_an_address(const char *text, struct err *err)
{
        return err_set(err, RC_INVALID,
                       "%s is not an address to listen on, such as 127.0.0.1:8443 or [::1]:8443",
                       text);
}

static bool read_port(const char *text, uint16_t *ret)
{
        unsigned long port = strtoul(text, NULL, 10);

        if (!*text || strlen(text) > 5 || strspn(text, "0123456789") != strlen(text) ||
            port > UINT16_MAX)
                return false;
        *ret = htons((uint16_t)port);
        return true;
}

enum rc server_address_read(const char *text, struct server_address *ret, struct err *err)
{
        const char *colon = strrchr(text, ':');
        AUTO_FREE char *host = colon ? xstrndup(text, (size_t)(colon - text)) : xstrdup("");
        size_t len = strlen(host);
        struct server_address a = {0};
        uint16_t port;

        if (!colon || !read_port(colon + 1, &port))
                return not_an_address(text, err);
        if (strcmp(host, "localhost") == 0)
                snprintf(host, len + 1, "127.0.0.1");
        if (host[0] == '[' && host[len - 1] == ']') {
                host[len - 1] = '\0';
                if (inet_pton(AF_INET6, host + 1, &a.in6.sin6_addr) != 1)
                        return not_an_address(text, err);
                a.is_v6 = true;
                a.in6.sin6_family = AF_INET6;
                a.in6.sin6_port = port;
                a.is_loopback = IN6_IS_ADDR_LOOPBACK(&a.in6.sin6_addr);
        } else {
                if (inet_pton(AF_INET, host, &a.in.sin_addr) != 1)
                        return not_an_address(text, err);
                a.in.sin_family = AF_INET;
                a.in.sin_port = port;
                a.is_loopback = ntohl(a.in.sin_addr.s_addr) >> 24 == 127;
        }
        *ret = a;
        return RC_OK;
}

void server_address_print(const struct sockaddr *from, char out[SERVER_ADDRESS_MAX])
{
        const void *at = NULL;

        if (from && from->sa_family == AF_INET)
                at = &((const struct sockaddr_in *)(const void *)from)->sin_addr;
        else if (from && from->sa_family == AF_INET6)
                at = &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr;
        if (!at || !inet_ntop(from->sa_family, at, out, SERVER_ADDRESS_MAX))
                snprintf(out, SERVER_ADDRESS_MAX, "-");
}
