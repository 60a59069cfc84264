/*
 * What another desk needs to join: the unit's identity, and what its objects refer to.
 */
#include <stdio.h>

#include "base/crypt.h"
#include "base/ident.h"
#include "base/mem.h"
#include "base/str.h"

#include "ops_private.h"

static void add_object(struct str *out, const char *bytes, size_t len)
{
        str_add(out, "\n");
        str_addn(out, bytes, len);
}

static void add_definitions(struct str *out)
{
        for (int i = TLP_CLEAR; i <= TLP_RED; i++) {
                str_add(out, i == TLP_CLEAR ? "\n" : ",\n");
                str_add(out, stix_tlp_definition((enum tlp)i));
        }
        for (size_t i = 0; stix_definition(i); i++) {
                str_add(out, ",\n");
                str_add(out, stix_definition(i));
        }
}

enum rc ops_unit_export(struct ops *ops, struct str *out, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        uint8_t sha[HASH_BYTES];
        char hex[HASH_TEXT], uuid[UUID_TEXT];
        struct version v;
        enum rc rc = version_newest(ops->store, ops->unit, true, &a, &v, err);

        if (rc != RC_OK)
                return rc;
        crypt_sha256(v.bytes, v.len, sha);
        crypt_hex(sha, sizeof(sha), hex);
        ident_uuid5(BUNDLE_NAMESPACE, hex, uuid);
        str_addf(out, "{\"type\":\"bundle\",\"id\":\"bundle--%s\",\"objects\":[", uuid);
        add_definitions(out);
        str_addc(out, ',');
        add_object(out, v.bytes, v.len);
        str_add(out, "\n]}\n");
        return out->over ? err_set(err, RC_FAIL, "the unit's identity is too large") : RC_OK;
}
