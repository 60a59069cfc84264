/*
 * A request as libcurl is told of it; for http.c.
 */
#ifndef MUSTER_SYNC_HTTP_REQUEST_H
#define MUSTER_SYNC_HTTP_REQUEST_H

#include "sync/http.h"

struct curl_slist;

/* All but the URL: times, body, credentials, what is trusted. `easy` is a CURL. The headers, which
 * must live as long as it, for curl_slist_free_all(). */
struct curl_slist *http_request_tell(void *easy, const struct http_request *r);

#endif
