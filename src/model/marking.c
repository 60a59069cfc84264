#include "model/marking.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"

#define MARKING "marking-definition--"

static const struct tlp_definition definitions[] = {
        {TLP_CLEAR, 2, MARKING "94868c89-83c2-464b-929b-a1a8aa3c8487", "TLP:CLEAR"},
        {TLP_GREEN, 2, MARKING "bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "TLP:GREEN"},
        {TLP_AMBER, 2, MARKING "55d920b0-5e8b-4f79-9ee9-91f868d9b421", "TLP:AMBER"},
        {TLP_AMBER_STRICT, 2, MARKING "939a9414-2ddd-4d32-a0cd-375ea402b003", "TLP:AMBER+STRICT"},
        {TLP_RED, 2, MARKING "e828b379-4e03-4974-9ac4-e53a884c97c1", "TLP:RED"},
        {TLP_CLEAR, 1, MARKING "613f2e26-407d-48c7-9eca-b8e91df99dc9", "TLP:WHITE"},
        {TLP_GREEN, 1, MARKING "34098fce-860f-48ae-8e50-ebd3cc5e41da", "TLP:GREEN"},
        {TLP_AMBER, 1, MARKING "f88d31f6-486f-44da-b317-01333bde0b82", "TLP:AMBER"},
        {TLP_RED, 1, MARKING "5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "TLP:RED"},
};

size_t tlp_definition_count(void)
{
        return ARRAY_LEN(definitions);
}

const struct tlp_definition *tlp_definition_at(size_t i)
{
        return i < ARRAY_LEN(definitions) ? &definitions[i] : NULL;
}

const struct tlp_definition *tlp_definition_of(const char *id)
{
        for (size_t i = 0; id && i < ARRAY_LEN(definitions); i++)
                if (strcmp(definitions[i].id, id) == 0)
                        return &definitions[i];
        return NULL;
}

static const struct tlp_definition *current_of(enum tlp tlp)
{
        for (size_t i = 0; i < ARRAY_LEN(definitions); i++)
                if (definitions[i].version == 2 && definitions[i].tlp == tlp)
                        return &definitions[i];
        return NULL;
}

const char *tlp_id(enum tlp tlp)
{
        const struct tlp_definition *d = current_of(tlp);

        return d ? d->id : NULL;
}

const char *tlp_name(enum tlp tlp)
{
        const struct tlp_definition *d = current_of(tlp);

        return d ? d->name : NULL;
}

int tlp_read(const char *label)
{
        if (!label)
                return -1;
        if (strncasecmp(label, "TLP:", 4) == 0)
                label += 4;
        if (strcasecmp(label, "white") == 0)
                return TLP_CLEAR;
        return enum_rank(&enum_tlp, label);
}

enum tlp tlp_strictest(enum tlp a, enum tlp b)
{
        return a > b ? a : b;
}
