/*
 * Where a server listens, and who speaks to it.
 */
#ifndef MUSTER_HUB_SERVER_ADDRESS_H
#define MUSTER_HUB_SERVER_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>

#include "base/err.h"

#define SERVER_ADDRESS_MAX INET6_ADDRSTRLEN

struct server_address {
        union {
                struct sockaddr any;
                struct sockaddr_in in;
                struct sockaddr_in6 in6;
        };
        bool is_v6, is_loopback;
};

/* 127.0.0.1:8443, [::1]:0, localhost:80. Names of other machines are not looked up. */
enum rc server_address_read(const char *text, struct server_address *ret, struct err *err);
void server_address_print(const struct sockaddr *from, char out[SERVER_ADDRESS_MAX]);

#endif
