#include "wire/stix.h"

#include <string.h>

#include "base/clock.h"

#include "stix_private.h"

/* Stands for a marking that can't be read: no definition has this id, so it counts as RED. */
#define UNREADABLE "marking-definition--unreadable"

static const char *marking_id(struct stix_reading *r, const struct json_t *v)
{
        if (json_kind(v) == JSON_TEXT && strlen(json_text(v, "")) == json_text_len(v))
                return stix_clean_line(r->a, v);
        stix_find(r, "a marking is not an identifier; it counts as RED");
        return UNREADABLE;
}

/* A lone value where a list belongs still marks; leaving it out would make the object freer. */
static void add_object_markings(struct stix_reading *r, const struct json_t *refs, const char **ret)
{
        if (json_kind(refs) != JSON_LIST) {
                stix_find(r, "object_marking_refs is not a list");
                ret[r->o->marking_count++] = marking_id(r, refs);
                return;
        }
        for (size_t i = 0; i < json_len(refs); i++)
                ret[r->o->marking_count++] = marking_id(r, json_at(refs, i));
}

static void add_granular(struct stix_reading *r, const struct json_t *entry, const char **ret)
{
        const struct json_t *ref = json_get(entry, "marking_ref");

        if (ref || !json_get(entry, "lang"))
                ret[r->o->marking_count++] = marking_id(r, ref);
}

void stix_read_markings(struct stix_reading *r)
{
        const struct json_t *refs = json_get(r->json, "object_marking_refs");
        const struct json_t *granular = json_get(r->json, "granular_markings");
        const char **all = NULL;

        if (!refs && !granular)
                return;
        all = arena_array(r->a, json_len(refs) + json_len(granular) + 2, sizeof(*all));
        if (refs)
                add_object_markings(r, refs, all);
        if (granular && json_kind(granular) != JSON_LIST)
                add_granular(r, granular, all);
        else
                for (size_t i = 0; i < json_len(granular); i++)
                        add_granular(r, json_at(granular, i), all);
        r->o->markings = all;
}

int stix_tlp(const struct stix_object *o, int (*lookup)(void *ctx, const char *id), void *ctx,
             bool *ret_unknown)
{
        bool unknown = false;
        int strictest = -1;

        for (size_t i = 0; i < o->marking_count; i++) {
                const struct tlp_definition *def = tlp_definition_of(o->markings[i]);
                int tlp = def      ? (int)def->tlp
                          : lookup ? lookup(ctx, o->markings[i])
                                   : STIX_TLP_UNKNOWN;

                unknown = unknown || tlp == STIX_TLP_UNKNOWN;
                if (tlp == STIX_TLP_UNKNOWN)
                        tlp = TLP_RED;
                strictest = tlp > strictest ? tlp : strictest;
        }
        *ret_unknown = unknown;
        return strictest;
}

/* ---- marking definitions ------------------------------------------------------------------- */

/* TLP 2.0's extension; TLP 1.0's definition; OpenCTI's, with a capital key. */
static const char *said_label(const struct json_t *json)
{
        const struct json_t *ext = json_get(json_get(json, "extensions"), STIX_EXT_TLP2);
        const struct json_t *definition = json_get(json, "definition");
        const char *label = json_text(json_get(ext, "tlp_2_0"), NULL);

        if (!label)
                label = json_text(json_get(definition, "tlp"), NULL);
        return label ? label : json_text(json_get(definition, "TLP"), NULL);
}

enum rc stix_read_definition(struct stix_reading *r, struct err *err)
{
        const struct tlp_definition *known = tlp_definition_of(r->o->id);
        const char *label = said_label(r->json);
        int said = label ? tlp_read(label) : -1;

        (void)err;
        r->o->what = STIX_MARKING;
        if (known && said != (int)known->tlp)
                stix_find(r, "it does not say what this TLP marking means; ours counts");
        if (known)
                r->o->marking_tlp = (int)known->tlp;
        else if (said >= 0)
                r->o->marking_tlp = said;
        else if (strcmp(json_text(json_get(r->json, "definition_type"), ""), "statement") == 0)
                r->o->marking_tlp = STIX_TLP_SILENT;
        return RC_OK;
}
