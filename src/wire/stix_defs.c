#include "wire/stix.h"

/* The objects that travel beside ours, as canonical text. The same two stand in data/stix to be
 * read. */
static const char *const definitions[] = {
        /* the act */
        "{\"created\":\"2026-11-24T00:00:00.000Z\","
        "\"created_by_ref\":\"identity--7d0f3b52-6c1e-4a8b-9f27-3e5a1c9d4b60\","
        "\"description\":\"On a note: what an operator did to one object, when, why and in which "
        "role. Acts are immutable; the state of the object is what its acts add up to. The "
        "content of the note says the same in plain words.\","
        "\"extension_types\":[\"property-extension\"],"
        "\"id\":\"extension-definition--5a4e5f3c-8a0f-4c7d-9b56-2f6a4d1c7e10\","
        "\"modified\":\"2026-11-26T18:00:00.000Z\",\"name\":\"Muster act\",\"schema\":\"ref: "
        "short reference given by the console, such as LOG-0042. target: STIX id of the object "
        "acted on, also in object_refs (required). kind: what that object is, where its type "
        "leaves it "
        "open: expert, team, deployment. verb: name of what was done (required). set: object of "
        "field name to string, or null to withdraw. add, remove: "
        "object of field name to list of strings. was: object of field name to list of ids of the "
        "acts whose values were seen and are replaced. detail: object of name to string, what "
        "sets nothing. reason: string. undoes: id of the act undone. operator: who (required). "
        "role: string. console: 16 hexadecimal digits "
        "(required). hlc: hybrid logical clock, integer, milliseconds since 1970 times 65536 plus "
        "a counter (required). occurred: timestamp.\",\"spec_version\":\"2.1\","
        "\"type\":\"extension-definition\",\"version\":\"1.3.0\"}",
        /* the state */
        "{\"created\":\"2026-11-24T00:00:00.000Z\","
        "\"created_by_ref\":\"identity--7d0f3b52-6c1e-4a8b-9f27-3e5a1c9d4b60\","
        "\"description\":\"On an incident or an identity: the fields of the object as its unit "
        "keeps them, beyond what STIX has members for. Where it is present it is more exact than "
        "the members beside it.\",\"extension_types\":[\"property-extension\"],"
        "\"id\":\"extension-definition--c1d2b7a8-3e64-4f19-8d0b-7b9e6a5f4c21\","
        "\"modified\":\"2026-11-24T00:00:00.000Z\",\"name\":\"Muster state\",\"schema\":\"ref: "
        "short reference given by the unit, such as INC-0007. Every other member is a field of "
        "the object: a string (text, the id of a word, a timestamp in UTC with milliseconds) or a "
        "list of strings. Incident: title, description, severity (none, low, medium, high,"
        " critical), status (new, active, contained, recovering, closed), owner, acked, acked_by,"
        " class and type (RSIT), root_cause, impact, outlook, sectors (NIS2), states (ISO 3166),"
        " communities, pap, occurred, and more. Identity: name, description, roles, communities, "
        "sectors, states, contact. Unknown members are to be ignored.\",\"spec_version\":\"2.1\","
        "\"type\":\"extension-definition\",\"version\":\"1.0.0\"}",
};

const char *stix_definition(size_t i)
{
        return i < ARRAY_LEN(definitions) ? definitions[i] : NULL;
}

/* The members and values that OASIS published with the TLP 2.0 extension definition, in canonical
 * order. */
#define TLP_DEFINITION(uuid, label, value)                                                         \
        "{\"created\":\"2022-10-01T00:00:00.000Z\",\"extensions\":{\"" STIX_EXT_TLP2               \
        "\":{\"extension_type\":\"property-extension\",\"tlp_2_0\":\"" value                       \
        "\"}},\"id\":\"marking-definition--" uuid "\",\"name\":\"TLP:" label                       \
        "\",\"spec_version\":\"2.1\",\"type\":\"marking-definition\"}"

static const char *const tlp_definitions[] = {
        [TLP_CLEAR] = TLP_DEFINITION("94868c89-83c2-464b-929b-a1a8aa3c8487", "CLEAR", "clear"),
        [TLP_GREEN] = TLP_DEFINITION("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "GREEN", "green"),
        [TLP_AMBER] = TLP_DEFINITION("55d920b0-5e8b-4f79-9ee9-91f868d9b421", "AMBER", "amber"),
        [TLP_AMBER_STRICT] = TLP_DEFINITION("939a9414-2ddd-4d32-a0cd-375ea402b003", "AMBER+STRICT",
                                            "amber+strict"),
        [TLP_RED] = TLP_DEFINITION("e828b379-4e03-4974-9ac4-e53a884c97c1", "RED", "red"),
};

const char *stix_tlp_definition(enum tlp tlp)
{
        return (size_t)tlp < ARRAY_LEN(tlp_definitions) ? tlp_definitions[tlp] : NULL;
}
