#include "hub/tokens.h"

#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "base/mem.h"

bool token_is_name(const char *name)
{
        size_t len = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789._-@");

        return len > 0 && len <= TOKEN_NAME_MAX && !name[len];
}

void token_make(struct hub_token *t, char out[TOKEN_TEXT], struct arena *a)
{
        uint8_t label[TOKEN_LABEL_BYTES], secret[TOKEN_SECRET_BYTES];

        crypt_random(label, sizeof(label));
        crypt_random(secret, sizeof(secret));
        crypt_hex(label, sizeof(label), out);
        t->label = arena_strdup(a, out);
        out[2 * sizeof(label)] = '.';
        crypt_hex(secret, sizeof(secret), out + 2 * sizeof(label) + 1);
        crypt_wipe(secret, sizeof(secret));
        crypt_sha256(out, TOKEN_TEXT - 1, t->hash);
}

static enum rc denied(enum rc rc, struct err *err)
{
        return rc == RC_OK || rc == RC_NOTFOUND
                       ? err_set(err, RC_DENIED, "the token is not known here, or was revoked")
                       : rc;
}

/* `name`: what was said to be its name, NULL = nothing. */
static enum rc recognise_token(struct backend *b, const char *name, const char *token,
                               struct arena *a, struct hub_token *ret, struct err *err)
{
        uint8_t hash[HASH_BYTES];
        struct hub_token t;
        const char *label = arena_strndup(a, token, strnlen(token, 2 * TOKEN_LABEL_BYTES));
        enum rc rc = b->ops->token_by_label(b, label, a, &t, err);

        if (rc != RC_OK)
                return denied(rc, err);
        crypt_sha256(token, strlen(token), hash);
        if (!crypt_is_same(hash, t.hash, sizeof(hash)) || (name && strcmp(name, t.name) != 0))
                return denied(RC_OK, err);
        *ret = t;
        return RC_OK;
}

/* Base64; NULL where it is none, or holds a NUL. */
static char *decode(const char *text, struct arena *a)
{
        AUTO_FREE char *out = NULL;
        size_t len;

        if (!base64_decode(text, strlen(text), strlen(text), &out, &len) || memchr(out, '\0', len))
                return NULL;
        return arena_strndup(a, out, len);
}

static enum rc recognise_basic(struct backend *b, const char *credentials, struct arena *a,
                               struct hub_token *ret, struct err *err)
{
        char *name = decode(credentials, a);
        char *colon = name ? strchr(name, ':') : NULL;

        if (!colon)
                return denied(RC_OK, err);
        *colon = '\0';
        return recognise_token(b, name, colon + 1, a, ret, err);
}

/* What stands behind "Basic" and blanks; NULL: another scheme. */
static const char *behind(const char *authorization, const char *scheme)
{
        size_t len = strlen(scheme);

        if (strncasecmp(authorization, scheme, len) != 0 || authorization[len] != ' ')
                return NULL;
        return authorization + len + strspn(authorization + len, " ");
}

enum rc token_recognise(struct backend *b, const char *authorization, const char *certificate,
                        struct arena *a, struct hub_token *ret, struct err *err)
{
        const char *bearer = authorization ? behind(authorization, "Bearer") : NULL;
        const char *basic = authorization ? behind(authorization, "Basic") : NULL;
        enum rc rc;

        if (bearer)
                return recognise_token(b, NULL, bearer, a, ret, err);
        if (basic)
                return recognise_basic(b, basic, a, ret, err);
        if (authorization || !certificate)
                return err_set(err, RC_DENIED, "a token is needed");
        rc = b->ops->token_by_name(b, certificate, a, ret, err);
        return rc == RC_OK ? rc : denied(rc, err);
}

const struct hub_right *token_right(const struct hub_token *t, int64_t collection)
{
        for (size_t i = 0; i < t->right_count; i++)
                if (t->rights[i].collection == collection)
                        return &t->rights[i];
        return NULL;
}
