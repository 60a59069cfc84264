#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "sync/http.h"

TestSuite(url);

Test(url, https_anywhere_and_http_at_home)
{
        static const char *const good[] = {
                "https://taxii.example.eu/taxii2/",
                "https://10.0.0.1:8443/",
                "HTTPS://x/",
                "http://127.0.0.1:5000/taxii2/",
                "http://localhost/",
                "http://[::1]:80/",
                "https://[2001:db8::1]/a?b=%20",
                "https://x",
        };
        static const char *const bad[] = {
                "http://taxii.example.eu/",
                "http://127.0.0.1.example.eu/",
                "http://localhost.example.eu/",
                "https://user:pw@x/",
                "https://x@y/",
                "https:///x",
                "https://",
                "ftp://x/",
                "file:///etc/passwd",
                "x",
                "",
                "https://x:/",
                "https://x:0/",
                "https://x:99999/",
                "https://x:80a/",
                "https://a b/",
                "https://x\\@y/",
                "https://x/\n",
                "https://\xc3\xa9/",
                "http://127.0.0.1\\.example.eu/",
                "http://localhost#@example.eu/x\"",
        };

        for (size_t i = 0; i < ARRAY_LEN(good); i++)
                cr_assert(http_url_is_allowed(good[i], NULL), "%s", good[i]);
        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                struct err err = {0};

                cr_assert_not(http_url_is_allowed(bad[i], &err), "%s", bad[i]);
                cr_assert_neq(err.text[0], '\0');
        }
}

Test(url, an_origin_is_scheme_host_and_port)
{
        cr_assert(http_same_origin("https://x/", "https://X:443/a/b?c"));
        cr_assert(http_same_origin("http://localhost:80", "http://localhost/"));
        cr_assert_not(http_same_origin("https://x/", "http://x/"));
        cr_assert_not(http_same_origin("https://x/", "https://x:444/"));
        cr_assert_not(http_same_origin("https://x/", "https://xx/"));
        cr_assert_not(http_same_origin("https://x/", "https://x@y/"));
        cr_assert_not(http_same_origin("", ""));
}

Test(url, what_a_document_names_is_resolved)
{
        static const char *const rows[][3] = {
                {"https://x/taxii2/", "/api/", "https://x/api/"},
                {"https://x/taxii2/", "/api", "https://x/api/"},
                {"https://x/taxii2/", "api", "https://x/taxii2/api/"},
                {"https://x/taxii2", "api/", "https://x/api/"},
                {"https://x", "api/", "https://x/api/"},
                {"https://x/taxii2/?a=b#c", "api/", "https://x/taxii2/api/"},
                {"https://x/taxii2/", "https://y:1/api", "https://y:1/api/"},
                {"https://x/taxii2/", "//y/api/", "https://y/api/"},
                {"https://x/taxii2/", "/a?u=http://y", "https://x/a/"},
                {"https://x/taxii2/", "", "https://x/taxii2/"},
                {"https://x", "https://x", "https://x/"},
        };

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                AUTO_FREE char *url = http_resolve(rows[i][0], rows[i][1]);

                cr_assert_str_eq(url, rows[i][2]);
        }
}

Test(url, values_are_escaped)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, 1000);
        http_escape(&out, "a:b/c==&\xc3\xa9 ~-._Z9");
        cr_assert_str_eq(out.s, "a%3Ab%2Fc%3D%3D%26%C3%A9%20~-._Z9");
}
