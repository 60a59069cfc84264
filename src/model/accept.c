#include "model/accept.h"

#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "model/item.h"
#include "model/thing.h"

#define DIGITS_MAX 18 /* always fits an int64 */

static bool accept_time(const char *text, struct arena *a, const char **ret)
{
        char stamp[STAMP_BYTES];
        int64_t ms;

        if (stamp_parse_ms(text, &ms, NULL) != RC_OK)
                return false;
        stamp_format(ms, stamp);
        *ret = strcmp(stamp, text) == 0 ? text : arena_strdup(a, stamp);
        return true;
}

static bool accept_enum(const struct field *field, const char *text, const char **ret)
{
        int rank = enum_rank(field->list, text);

        if (rank < 0)
                return false;
        *ret = enum_id(field->list, rank);
        return true;
}

static bool is_number(const char *text)
{
        size_t digits = strspn(text, "0123456789");

        return digits > 0 && digits <= DIGITS_MAX && text[digits] == '\0';
}

static bool accept_text(const struct field *field, const char *text)
{
        size_t len = strlen(text);

        switch (field->type) {
        case FIELD_COUNT: return is_number(text);
        case FIELD_REF: return ident_is_stix(text, len);
        case FIELD_TEXT: return len <= VALUE_TEXT_MAX;
        default: return len <= VALUE_LINE_MAX && (!field->form || field->form->accepts(text));
        }
}

bool accept_value(const struct field *field, const char *text, struct arena *a, const char **ret)
{
        if (field_is_set(field))
                return false;
        if (text && *text && field->type == FIELD_ENUM)
                return accept_enum(field, text, ret);
        if (text && *text && field->type == FIELD_TIME)
                return accept_time(text, a, ret);
        if (text && *text && !accept_text(field, text))
                return false;
        *ret = text;
        return true;
}

bool accept_item(const struct field *field, const char *item)
{
        size_t len = strlen(item);

        if (!field_is_set(field))
                return false;
        if (field->type == FIELD_REFS)
                return ident_is_stix(item, len);
        return len > 0 && len <= VALUE_LINE_MAX && (!field->accepts || field->accepts(item)) &&
               (!field->form || field->form->accepts(item));
}
