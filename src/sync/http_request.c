/*
 * What libcurl is told about a request, wherever it is asked.
 */
#include "sync/http_request.h"

#include <curl/curl.h>

#include "base/mem.h"
#include "wire/taxii.h"

#define CONNECT_MS 10000

static void add_header(struct curl_slist **headers, const char *line)
{
        struct curl_slist *list = curl_slist_append(*headers, line);

        if (!list)
                mem_die();
        *headers = list;
}

static struct curl_slist *make_headers(const struct http_request *r)
{
        struct curl_slist *headers = NULL;

        add_header(&headers, "Accept: " TAXII_TYPE);
        add_header(&headers, "Expect:");
        if (r->body)
                add_header(&headers, "Content-Type: " TAXII_TYPE);
        if (r->wait_s > 0) {
                AUTO_FREE char *line = xasprintf("Prefer: wait=%d", r->wait_s);

                add_header(&headers, line);
        }
        return headers;
}

static void set_auth(CURL *e, const struct http_auth *auth)
{
        if (auth->bearer) {
                curl_easy_setopt(e, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
                curl_easy_setopt(e, CURLOPT_XOAUTH2_BEARER, auth->bearer);
        } else if (auth->user) {
                curl_easy_setopt(e, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
                curl_easy_setopt(e, CURLOPT_USERNAME, auth->user);
                curl_easy_setopt(e, CURLOPT_PASSWORD, auth->password ? auth->password : "");
        }
        if (auth->cert_file)
                curl_easy_setopt(e, CURLOPT_SSLCERT, auth->cert_file);
        if (auth->key_file)
                curl_easy_setopt(e, CURLOPT_SSLKEY, auth->key_file);
        if (auth->ca_file)
                curl_easy_setopt(e, CURLOPT_CAINFO, auth->ca_file);
}

static void set_trust(CURL *e)
{
        curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(e, CURLOPT_SSL_VERIFYPEER, 1L);
        curl_easy_setopt(e, CURLOPT_SSL_VERIFYHOST, 2L);
        curl_easy_setopt(e, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
        curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
        curl_easy_setopt(e, CURLOPT_UNRESTRICTED_AUTH, 0L);
        curl_easy_setopt(e, CURLOPT_HTTP09_ALLOWED, 0L);
}

struct curl_slist *http_request_tell(void *easy, const struct http_request *r)
{
        struct curl_slist *headers = make_headers(r);

        set_trust(easy);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_USERAGENT, "muster/" MUSTER_VERSION);
        curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)r->timeout_ms);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        if (r->body) {
                curl_easy_setopt(easy, CURLOPT_POST, 1L);
                curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body_len);
                curl_easy_setopt(easy, CURLOPT_POSTFIELDS, r->body);
        }
        if (r->auth)
                set_auth(easy, r->auth);
        return headers;
}
