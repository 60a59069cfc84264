/*
 * Members that say how many of something: quantities of a deployment.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/ident.h"

#include "model_private.h"

#define BLANKS     " \t"
#define DIGITS_MAX 6 /* ITEM_QUANTITY_MAX has so many */

/* -1: it is no such number. */
static int read_number(const char *digits, size_t len)
{
        if (len == 0 || len > DIGITS_MAX || strspn(digits, "0123456789") < len)
                return -1;
        return (int)strtol(digits, NULL, 10);
}

bool quantity_item_read(const char *item, struct quantity_item *ret)
{
        size_t digits = strspn(item, "0123456789");
        struct quantity_item q = {.count = read_number(item, digits)};

        if (q.count < 1 || *item == '0' || item[digits] != ' ' ||
            !item_take(item + digits + 1, strlen(item + digits + 1), q.id) ||
            !ident_is_stix(q.id, strlen(q.id)))
                return false;
        *ret = q;
        return true;
}

static bool accept_quantity(const char *item)
{
        struct quantity_item q;

        return quantity_item_read(item, &q);
}

/* "3 x EQP-0012", "3 EQP-0012": where the name begins, 0 where no number is in front. */
static size_t front_len(const char *typed)
{
        size_t digits = strspn(typed, "0123456789"), len = digits + strspn(typed + digits, BLANKS);

        if (digits == 0 || len == digits)
                return 0;
        if (tolower((unsigned char)typed[len]) == 'x' && typed[len + 1] &&
            strchr(BLANKS, typed[len + 1]))
                len += 1 + strspn(typed + len + 1, BLANKS);
        return len;
}

static enum rc read_quantity(const struct field *field, const char *typed, size_t place,
                             const struct value_context *ctx, struct arena *a, const char **ret,
                             struct err *err)
{
        const struct field what = {.name = field->name, .type = FIELD_REF, .kinds = field->kinds};
        const char *equals = strrchr(typed, '='), *named = typed, *id = NULL;
        size_t front = equals ? 0 : front_len(typed), len = strlen(typed);
        int n = read_number(typed, strspn(typed, "0123456789"));

        (void)place;
        if (equals) {
                const char *number = item_trim(a, equals + 1, strlen(equals + 1));

                n = read_number(number, strlen(number));
                len = (size_t)(equals - typed);
        }
        if ((!equals && !front) || n < 1)
                return item_refuse(field, typed, err);
        named = item_trim(a, typed + front, len - front);
        enum rc rc = item_part_read(field, &what, named, ctx, a, &id, err);
        if (rc == RC_OK)
                *ret = arena_printf(a, "%d %s", n, id);
        return rc;
}

const struct item_form item_quantity = {
        .takes = "equipment and how many of it, as EQP-0012=3",
        .accepts = accept_quantity,
        .read = read_quantity,
};
