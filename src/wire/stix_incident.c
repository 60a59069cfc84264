#include "wire/stix.h"

#include <string.h>
#include <strings.h>

#include "base/clock.h"

#include "stix_private.h"

/* Lowest criticality of each severity: incident core, Appendix B. What is written lies within. */
static const struct {
        int least, written;
} bands[] = {
        [SEV_NONE] = {0, 0},   [SEV_LOW] = {1, 20},       [SEV_MEDIUM] = {40, 55},
        [SEV_HIGH] = {70, 80}, [SEV_CRITICAL] = {90, 95},
};

int severity_to_criticality(enum severity s)
{
        return (size_t)s < ARRAY_LEN(bands) ? bands[s].written : 0;
}

enum severity severity_of_criticality(int64_t criticality)
{
        enum severity s = SEV_CRITICAL;

        while (s > SEV_NONE && criticality < bands[s].least)
                s--;
        return s;
}

/* Drafts before v2.0, and tools that followed them, put it beside the extension. */
static const struct json_t *find_criticality(struct stix_reading *r, const struct json_t *core)
{
        const struct json_t *v = json_get(core, "criticality");

        if (v)
                return v;
        return json_get(r->json, "criticality");
}

/* Who says nothing of it has not said "none": it has no severity then. */
static void read_severity(struct stix_reading *r, const struct json_t *core)
{
        const struct json_t *v = find_criticality(r, core);
        int64_t criticality = json_int(v, -1);

        if (v && v != json_get(core, "criticality"))
                stix_find(r, "criticality stands outside of its extension");
        if (criticality >= 0 && criticality <= 100)
                thing_set(r->o->thing, "severity",
                          enum_id(&enum_severity, (int)severity_of_criticality(criticality)));
        else if (v)
                stix_find(r, "criticality is not a number from 0 to 100");
}

/* OpenCTI has a word of its own for it, beside criticality or without. */
static bool read_severity_word(struct stix_reading *r)
{
        const struct json_t *v = json_get(r->json, "severity");
        int rank = json_kind(v) == JSON_TEXT ? enum_rank(&enum_severity, json_text(v, "")) : -1;

        if (rank >= 0)
                thing_set(r->o->thing, "severity", enum_id(&enum_severity, rank));
        return rank >= 0;
}

/* When it was first seen, by those who say so (OpenCTI). */
static void read_occurred(struct stix_reading *r)
{
        const struct json_t *v = json_get(r->json, "first_seen");
        int64_t ns = CLOCK_NONE;

        if (json_kind(v) == JSON_TEXT &&
            stamp_parse_ns(json_text(v, ""), json_text_len(v), &ns, NULL) == RC_OK)
                stix_set_stamp(r, "occurred", stix_ms(ns));
        else if (v)
                stix_find(r, "first_seen is not a timestamp");
}

static void read_status(struct stix_reading *r, const struct json_t *core)
{
        const struct json_t *v = stix_member(r, core, "investigation_status", JSON_TEXT);
        const char *said = json_text(v, "new");
        enum status status = STATUS_ACTIVE;

        if (strcasecmp(said, "new") == 0)
                status = STATUS_NEW;
        else if (strcasecmp(said, "closed") == 0)
                status = STATUS_CLOSED;
        else if (strcasecmp(said, "open") != 0)
                stix_findf(r, "investigation_status is not new, open or closed: %.60s", said);
        thing_set(r->o->thing, "status", enum_id(&enum_status, (int)status));
}

enum rc stix_read_incident(struct stix_reading *r, struct err *err)
{
        struct thing *t = stix_new_thing(r, &kind_incident);
        const struct json_t *core = NULL;

        (void)err;
        r->o->what = STIX_THING;
        stix_read_links(r);
        stix_set_stamp(r, "created", t->created_ms);
        stix_set_stamp(r, "modified", stix_ms(t->modified_ns));
        if (stix_read_state(r)) {
                if (!thing_text(t, "title"))
                        stix_set_title(r, "title");
                return RC_OK;
        }
        core = stix_extension(r, STIX_EXT_INCIDENT_CORE);
        stix_set_title(r, "title");
        thing_set(t, "description", stix_member_text(r, r->json, "description"));
        if (find_criticality(r, core) || !read_severity_word(r))
                read_severity(r, core);
        read_status(r, core);
        read_occurred(r);
        return RC_OK;
}
