/*
 * Playbooks that STIX objects carry: a course-of-action with the playbook extension 1e1c1bd7 of
 * cyentific-rni (playbook_bin; its own example has playbook_base64), and x-oca-playbook of the Open
 * Cybersecurity Alliance, with its extension 809c4d84 or from before there was one; a
 * course-of-action with their extension bbc1d5c8 names some of those.
 */
#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "base/str.h"
#include "wire/cacao_reading.h"

#define NAMES_BYTES_MAX 400

/* The object with the members about the playbook; NULL: it carries none. */
static const struct json_t *carrier(const struct json_t *object)
{
        const char *type = json_text(json_get(object, "type"), "");

        if (strcmp(type, "x-oca-playbook") == 0)
                return object;
        if (strcmp(type, "course-of-action") != 0)
                return NULL;
        return json_get(json_get(object, "extensions"), CACAO_EXT_CARRIER);
}

/* "cacao", "CACAO", "application/cacao+json"; nothing said is CACAO, too. */
static bool is_cacao(const char *format)
{
        return !*format || strcasestr(format, "cacao");
}

static bool add_name(void *ctx, const char *key, struct json_t *v)
{
        struct str *out = ctx;

        (void)v;
        str_addf(out, "%s%s", out->len ? ", " : "", key);
        return true;
}

const char *cacao_named(const struct json_t *object, struct arena *a)
{
        const struct json_t *ext = json_get(json_get(object, "extensions"), CACAO_EXT_NAMES);
        CLEANUP(str_finish) struct str names = {0};

        str_init(&names, NAMES_BYTES_MAX);
        json_each(json_get(ext, "playbooks"), add_name, &names);
        return names.len ? arena_strdup(a, str_text(&names)) : NULL;
}

enum rc cacao_carried(const struct json_t *object, struct arena *a, const char **ret_bytes,
                      size_t *ret_len, struct err *err)
{
        const struct json_t *c = carrier(object), *coded = json_get(c, "playbook_bin");
        const char *format = json_text(json_get(c, "playbook_format"),
                                       json_text(json_get(c, "playbook_standard"), ""));
        AUTO_FREE char *bytes = NULL;
        size_t len;

        if (!coded)
                coded = json_get(c, "playbook_base64");
        if (!coded && *json_text(json_get(c, "playbook_url"), ""))
                return err_set(err, RC_INVALID,
                               "the playbook is not in it but at %.200s: import the file that is "
                               "there",
                               json_text(json_get(c, "playbook_url"), ""));
        if (!coded)
                return RC_NOTFOUND;
        if (!is_cacao(format))
                return err_set(err, RC_INVALID, "the playbook is not CACAO but %.60s", format);
        if (json_kind(coded) != JSON_TEXT ||
            !base64_decode(json_text(coded, ""), json_text_len(coded), PLAYBOOK_BYTES_MAX, &bytes,
                           &len))
                return err_set(err, RC_INVALID, "the playbook is not base64 of at most %d bytes",
                               PLAYBOOK_BYTES_MAX);
        *ret_bytes = arena_strndup(a, bytes, len);
        *ret_len = len;
        return RC_OK;
}
