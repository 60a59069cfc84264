#include "hub/certificate.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

static bool is_trusted(gnutls_session_t session)
{
        char purpose[] = GNUTLS_KP_TLS_WWW_CLIENT;
        gnutls_typed_vdata_st wanted = {.type = GNUTLS_DT_KEY_PURPOSE_OID,
                                        .data = (unsigned char *)purpose};
        unsigned status = 0;

        return gnutls_certificate_type_get2(session, GNUTLS_CTYPE_PEERS) == GNUTLS_CRT_X509 &&
               gnutls_certificate_verify_peers(session, &wanted, 1, &status) == 0 && status == 0;
}

/* False too where a NUL in the name would make it another one. */
static bool read_name(gnutls_x509_crt_t crt, const gnutls_datum_t *der,
                      char out[CERTIFICATE_NAME_MAX])
{
        size_t size = CERTIFICATE_NAME_MAX;

        return gnutls_x509_crt_import(crt, der, GNUTLS_X509_FMT_DER) == 0 &&
               gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, 0, out, &size) ==
                       0 &&
               strlen(out) == size;
}

bool certificate_name(void *session, char out[CERTIFICATE_NAME_MAX])
{
        const gnutls_datum_t *chain;
        gnutls_x509_crt_t crt;
        unsigned count = 0;
        bool found;

        chain = gnutls_certificate_get_peers(session, &count);
        if (!chain || !count || !is_trusted(session) || gnutls_x509_crt_init(&crt) != 0)
                return false;
        found = read_name(crt, &chain[0], out);
        gnutls_x509_crt_deinit(crt);
        return found;
}
