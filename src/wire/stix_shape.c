#include "wire/stix.h"

#include <string.h>

#include "base/jsplit.h"

static bool is_one_of(const char *key, const char *const *keys, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(key, keys[i]) == 0)
                        return true;
        return false;
}

static bool has_key_of(const struct jsplit_shape *shape, const char *const *keys, size_t count)
{
        for (size_t i = 0; i < shape->key_count; i++)
                if (is_one_of(shape->keys[i], keys, count))
                        return true;
        return false;
}

static bool is_misp(const struct jsplit_shape *shape)
{
        static const char *const keys[] = {"Event", "response", "Attribute", "Object",
                                           "EventReport"};

        return has_key_of(shape, keys, ARRAY_LEN(keys));
}

static bool is_taxii(const struct jsplit_shape *shape)
{
        static const char *const keys[] = {"collections", "api_roots", "versions", "can_read",
                                           "success_count"};

        return has_key_of(shape, keys, ARRAY_LEN(keys));
}

/* A bundle need not have objects; {} and {"more": false} are what a TAXII server with nothing to
 * say answers. */
bool stix_shape_is_empty(const struct jsplit_shape *shape)
{
        static const char *const keys[] = {"more", "next"};

        if (shape->form != JSPLIT_OBJECT)
                return shape->objects == 0;
        if (strcmp(shape->type, "bundle") == 0)
                return true;
        if (shape->type[0])
                return false;
        for (size_t i = 0; i < shape->key_count; i++)
                if (!is_one_of(shape->keys[i], keys, ARRAY_LEN(keys)))
                        return false;
        return true;
}

static enum rc check_object(const struct jsplit_shape *shape, struct err *err)
{
        if (shape->type[0] || stix_shape_is_empty(shape))
                return RC_OK;
        if (is_taxii(shape))
                return err_set(
                        err, RC_INVALID,
                        "this is what a TAXII server says about itself; it holds no objects");
        return err_set(err, RC_INVALID, "this JSON is no STIX: it has neither a type nor objects");
}

static enum rc check_objects(const struct jsplit_shape *shape, struct err *err)
{
        if (shape->form == JSPLIT_ENVELOPE && shape->type[0] && strcmp(shape->type, "bundle") != 0)
                return err_set(err, RC_INVALID,
                               "this JSON is no STIX: it has objects, but is not a bundle");
        if (shape->objects == 0 || strcmp(shape->type, "bundle") == 0)
                return RC_OK;
        if (strcmp(shape->first_type, "bundle") == 0)
                return err_set(err, RC_INVALID,
                               "this is a list of bundles; each must be a file of its own");
        if (shape->first_type[0])
                return RC_OK;
        if (shape->form == JSPLIT_ENVELOPE)
                return err_set(err, RC_INVALID,
                               "its objects have no type: a TAXII manifest, or no STIX at all");
        return err_set(err, RC_INVALID,
                       "this JSON is no STIX: it is a list of things without a type");
}

enum rc stix_check_shape(const struct jsplit_shape *shape, struct err *err)
{
        bool alone = shape->form != JSPLIT_LIST;

        if (strcmp(alone ? shape->type : shape->first_type, "playbook") == 0)
                return err_set(err, RC_INVALID,
                               "this is a CACAO playbook; only STIX 2.1 is read here");
        if (alone && !shape->type[0] && is_misp(shape))
                return err_set(err, RC_INVALID,
                               "this is a MISP event; export it from MISP as STIX 2.1");
        return shape->form == JSPLIT_OBJECT ? check_object(shape, err) : check_objects(shape, err);
}
