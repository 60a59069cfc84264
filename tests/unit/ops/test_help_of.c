/* What help an incident gets, and where somebody is. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "ops/help_of.h"
#include "unit/desk.h"

TestSuite(help_of);

static void cr_helped(struct desk *d, const char *incident, const char *requests,
                      const char *deployments)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str list = {0};
        struct err err = {0};
        struct help help;

        cr_assert_eq(ops_help_of(&d->ops, incident, &a, &help, &err), RC_OK, "%s", err.text);
        str_init(&list, 1000);
        for (size_t i = 0; i < help.request_count; i++)
                str_add_sep(&list, " ", help.requests[i].ref);
        cr_expect_str_eq(str_text(&list), requests);
        str_finish(&list);
        str_init(&list, 1000);
        for (size_t i = 0; i < help.deployment_count; i++)
                str_add_sep(&list, " ", help.deployments[i].ref);
        cr_expect_str_eq(str_text(&list), deployments);
}

/* By its own field or by that of the request which it answers, and never twice. */
Test(help_of, deployments_for_its_requests_are_for_it)
{
        char fire[STIX_ID_MAX], flood[STIX_ID_MAX], request[STIX_ID_MAX], id[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        desk_make_of(&d, &kind_incident, fire, "title", "Fire", "severity", "high", NULL);
        desk_make_of(&d, &kind_incident, flood, "title", "Flood", "severity", "low", NULL);
        desk_make_of(&d, &kind_request, request, "title", "Help", "incident", fire, NULL);
        desk_make_of(&d, &kind_deployment, id, "title", "Both", "incident", fire, "request",
                     request, NULL);
        clock_advance(1000);
        desk_make_of(&d, &kind_deployment, id, "title", "By request", "request", request, NULL);
        clock_advance(1000);
        desk_make_of(&d, &kind_deployment, id, "title", "By incident", "incident", fire, NULL);
        cr_helped(&d, fire, "REQ-0001", "DEP-0003 DEP-0001 DEP-0002");
        cr_helped(&d, flood, "", "");
        desk_stop(&d);
}

/* From the alert until they are back. */
Test(help_of, who_is_booked_says_for_what)
{
        char ana[STIX_ID_MAX], blue[STIX_ID_MAX], one[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        desk_make_of(&d, &kind_expert, ana, "name", "Ana", "verified", "2026-11-24", NULL);
        desk_make_of(&d, &kind_team, blue, "name", "Blue", "members", ana, NULL);
        desk_make_of(&d, &kind_deployment, one, "title", "Blue goes", "resources", blue, "from",
                     "2026-11-25T08:00Z", "until", "2026-11-28T08:00Z", "checks",
                     "interests,rest,papers,medical,insurance", NULL);
        desk_must_show(&d, ana, "booked", "");
        desk_move(&d, one, "alert");
        desk_must_show(&d, ana, "booked", one);
        desk_must_show(&d, blue, "booked", one);
        desk_move(&d, one, "stand-down");
        desk_must_show(&d, ana, "booked", "");
        desk_stop(&d);
}
