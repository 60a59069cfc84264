/*
 * What libcurl is told about a request, and the bytes of its answer as they come.
 */
#include "base/mem.h"
#include "wire/taxii.h"

#include "http_private.h"

#define CONNECT_MS 10000

static size_t take_body(char *bytes, size_t size, size_t count, void *ctx)
{
        struct transfer *t = ctx;

        (void)size;
        t->answered = true;
        str_addn(&t->body, bytes, count);
        return t->body.over ? 0 : count;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *ctx)
{
        struct transfer *t = ctx;

        (void)bytes;
        (void)size;
        t->answered = true;
        return count;
}

static void add_header(struct transfer *t, const char *line)
{
        struct curl_slist *list = curl_slist_append(t->headers, line);

        if (!list)
                mem_die();
        t->headers = list;
}

static void set_headers(struct transfer *t)
{
        add_header(t, "Accept: " TAXII_TYPE);
        add_header(t, "Expect:");
        if (t->request.body)
                add_header(t, "Content-Type: " TAXII_TYPE);
        if (t->request.wait_s > 0) {
                AUTO_FREE char *line = xasprintf("Prefer: wait=%d", t->request.wait_s);

                add_header(t, line);
        }
        curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
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

void transfer_set_up(struct transfer *t)
{
        const struct http_request *r = &t->request;
        CURL *e = t->easy;

        set_trust(e);
        curl_easy_setopt(e, CURLOPT_PRIVATE, t);
        curl_easy_setopt(e, CURLOPT_ERRORBUFFER, t->error);
        curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(e, CURLOPT_USERAGENT, "muster/" MUSTER_VERSION);
        curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "gzip");
        curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
        curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)r->timeout_ms);
        curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, take_body);
        curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
        curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, take_header);
        curl_easy_setopt(e, CURLOPT_HEADERDATA, t);
        if (r->body) {
                curl_easy_setopt(e, CURLOPT_POST, 1L);
                curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body_len);
                curl_easy_setopt(e, CURLOPT_POSTFIELDS, r->body);
        }
        if (r->auth)
                set_auth(e, r->auth);
        set_headers(t);
}
