/*
 * One request, and what must come of it.
 */
#ifndef TESTS_LINK_HUB_EXPECT_H
#define TESTS_LINK_HUB_EXPECT_H

#include "hub.h"

UNUSED static void expect(const struct hub *h, const char *name, const struct ask *q, int status,
                          const char *part)
{
        struct reply r = http_ask(h, q);
        bool found = !part || strstr(r.body, part) || strstr(r.head, part);

        check(r.status == status && found, name, "%d instead of %d, or no %s in\n%s\n\n%.2000s",
              r.status, status, part ? part : "", r.head, r.body);
        reply_free(&r);
}

#define EXPECT(h, name, status, part, ...) expect(h, name, &(struct ask){__VA_ARGS__}, status, part)

/* A refusal is a TAXII error with its status as text. */
UNUSED static void expect_error(const struct hub *h, const char *name, const struct ask *q,
                                int status)
{
        struct reply r = http_ask(h, q);
        struct json_t *j = NULL;
        char *type = reply_header(&r, "Content-Type");
        char text[16];
        bool ok;

        snprintf(text, sizeof(text), "%d", status);
        ok = json_parse(r.body, r.len, &j, NULL) == RC_OK && r.status == status &&
             strcmp(json_text(json_get(j, "http_status"), ""), text) == 0 &&
             *json_text(json_get(j, "title"), "") && type && strcmp(type, TAXII) == 0;
        check(ok, name, "%d instead of %d:\n%s\n\n%.2000s", r.status, status, r.head, r.body);
        json_free(j);
        free(type);
        reply_free(&r);
}

#define ERROR(h, name, status, ...) expect_error(h, name, &(struct ask){__VA_ARGS__}, status)

#endif
