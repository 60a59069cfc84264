/* Where a hub may listen in plain text is decided here. */
#include "hub/server_address.h"

#include <criterion/criterion.h>

Test(server_address, loopback)
{
        static const char *const texts[] = {"127.0.0.1:0", "127.1.2.3:8080", "localhost:80",
                                            "[::1]:65535"};
        struct server_address a;

        for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
                cr_assert_eq(server_address_read(texts[i], &a, NULL), RC_OK, "%s", texts[i]);
                cr_assert(a.is_loopback, "%s", texts[i]);
        }
}

Test(server_address, others)
{
        static const char *const texts[] = {"0.0.0.0:8443", "192.0.2.1:1", "[::]:8443",
                                            "[2001:db8::1]:443", "[::ffff:127.0.0.1]:80"};
        struct server_address a;
        char text[SERVER_ADDRESS_MAX];

        for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
                cr_assert_eq(server_address_read(texts[i], &a, NULL), RC_OK, "%s", texts[i]);
                cr_assert_not(a.is_loopback, "%s", texts[i]);
        }
        cr_assert_eq(server_address_read("[2001:db8::1]:443", &a, NULL), RC_OK);
        server_address_print(&a.any, text);
        cr_assert_str_eq(text, "2001:db8::1");
        server_address_print(NULL, text);
        cr_assert_str_eq(text, "-");
}

Test(server_address, none)
{
        static const char *const texts[] = {
                "",         ":80",          "127.0.0.1",   "127.0.0.1:",
                "1.2.3:80", "h:80",         "127.0.0.1:x", "127.0.0.1:65536",
                "[::1:80",  "::1:80",       "[]:80",       "127.0.0.1:-1",
                "[:80",     "127.0.0.1: 80"};
        struct server_address a;

        for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
                cr_assert_eq(server_address_read(texts[i], &a, NULL), RC_INVALID, "%s", texts[i]);
}
