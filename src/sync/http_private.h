/*
 * What the files of http share: one request on its way.
 */
#ifndef MUSTER_SYNC_HTTP_PRIVATE_H
#define MUSTER_SYNC_HTTP_PRIVATE_H

#include <curl/curl.h>

#include "base/str.h"
#include "sync/http.h"

struct transfer {
        struct transfer *next;
        int64_t ticket;
        CURL *easy;
        struct curl_slist *headers;
        char *url;
        struct http_request request; /* its url is not used */
        void (*done)(void *ctx, const struct http_reply *reply);
        void *ctx;
        struct str body;
        int redirects;
        int64_t begun_ns;
        bool answered; /* a byte of an answer came */
        char error[CURL_ERROR_SIZE];
};

/* All that holds wherever it is asked: the request, its credentials, what is trusted. */
void transfer_set_up(struct transfer *t);

#endif
