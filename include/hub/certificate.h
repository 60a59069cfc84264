/*
 * Who a client is by its certificate: the door to GnuTLS, below which the server speaks TLS.
 */
#ifndef MUSTER_HUB_CERTIFICATE_H
#define MUSTER_HUB_CERTIFICATE_H

#include <stdbool.h>

#define CERTIFICATE_NAME_MAX 128

/* The common name in the certificate of the peer of a session (gnutls_session_t), if it was issued
 * by an authority that the session trusts, for clients, and is valid now. */
bool certificate_name(void *session, char out[CERTIFICATE_NAME_MAX]);

#endif
