/*
 * Members with times or with people: periods, turns of a rota, overrides.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/ident.h"
#include "model/when.h"

#include "model_private.h"

#define DAY_MS (24 * 3600 * 1000ll)

/* ---- periods ------------------------------------------------------------------------------- */

static bool accept_period(const char *item)
{
        struct span s;

        return span_read(item, strlen(item), &s);
}

/* Where the second time of what was typed begins, and where the first ends; NULL: there is one. */
static const char *find_second(const char *typed, size_t *ret_first_len)
{
        static const char *const marks[] = {"/", " to ", " until "};

        for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
                for (const char *c = typed; *c; c++)
                        if (strncasecmp(c, marks[i], strlen(marks[i])) == 0) {
                                *ret_first_len = (size_t)(c - typed);
                                return c + strlen(marks[i]);
                        }
        return NULL;
}

/* "+8h" and "16:00": they count from the first time and from its day. */
static bool is_relative(const char *typed)
{
        size_t digits = strspn(typed, "0123456789");

        return *typed == '+' || (digits > 0 && digits <= 2 && typed[digits] == ':');
}

static bool is_day(const char *typed)
{
        return *typed != '+' && !strchr(typed, ':') && strcasecmp(typed, "now") != 0;
}

/* A second time that is a day has that day in it; one that would be before the first is that of
 * the day, or week, behind it. */
static enum rc read_until(const char *typed, int64_t now_ms, int64_t from_ms, int64_t *ret,
                          struct err *err)
{
        bool relative = is_relative(typed);
        int64_t ms;
        enum rc rc = when_read(typed, relative ? from_ms : now_ms, &ms, err);

        if (rc == RC_OK && ms <= from_ms && !relative)
                rc = when_read(typed, from_ms, &ms, err);
        if (rc != RC_OK)
                return rc;
        if (is_day(typed) || (ms <= from_ms && relative && *typed != '+'))
                ms += DAY_MS;
        *ret = ms;
        return RC_OK;
}

static enum rc read_span(const struct field *field, const char *typed, int64_t now_ms,
                         struct arena *a, struct span *ret, struct err *err)
{
        size_t len = strlen(typed);
        const char *second = find_second(typed, &len), *first = item_trim(a, typed, len);
        struct span s;

        if (!second && !is_day(first))
                return item_refuse(field, typed, err);
        second = second ? item_trim(a, second, strlen(second)) : first;
        enum rc rc = when_read(first, now_ms, &s.from_ms, err);
        if (rc == RC_OK)
                rc = read_until(second, now_ms, s.from_ms, &s.until_ms, err);
        if (rc != RC_OK)
                return err_wrap(err, rc, "%s", field->name);
        if (s.until_ms <= s.from_ms)
                return err_set(err, RC_INVALID, "%s: \"%.60s\" ends before it begins", field->name,
                               typed);
        *ret = s;
        return RC_OK;
}

static enum rc read_period(const struct field *field, const char *typed, size_t place,
                           const struct value_context *ctx, struct arena *a, const char **ret,
                           struct err *err)
{
        struct span s;
        char text[SPAN_BYTES];
        enum rc rc = read_span(field, typed, ctx->now_ms, a, &s, err);

        (void)place;
        if (rc != RC_OK)
                return rc;
        span_write(&s, text);
        *ret = arena_strdup(a, text);
        return RC_OK;
}

const struct item_form item_period = {
        .takes = "a period, as tomorrow 08:00/+8h or 2026-12-24/2027-01-02",
        .accepts = accept_period,
        .read = read_period,
};

/* ---- turns --------------------------------------------------------------------------------- */

bool turn_item_read(const char *item, struct turn_item *ret)
{
        size_t digits = strspn(item, "0123456789");
        struct turn_item t = {.place = item_count_read(item, digits)};

        if (t.place < 1 || digits < 2 || (digits == 3 && *item == '0') || item[digits] != ' ')
                return false;
        if (!item_take(item + digits + 1, strlen(item + digits + 1), t.id) ||
            !ident_is_stix(t.id, strlen(t.id)))
                return false;
        *ret = t;
        return true;
}

static bool accept_turn(const char *item)
{
        struct turn_item t;

        return turn_item_read(item, &t);
}

static enum rc read_turn(const struct field *field, const char *typed, size_t place,
                         const struct value_context *ctx, struct arena *a, const char **ret,
                         struct err *err)
{
        const struct field who = {.name = field->name, .type = FIELD_REF, .kinds = field->kinds};
        size_t digits = strspn(typed, "0123456789");
        bool numbered = digits > 0 && (typed[digits] == ' ' || typed[digits] == ':');
        int n = numbered ? item_count_read(typed, digits) : (int)place + 1;
        const char *rest = numbered ? typed + digits + 1 : typed, *id = NULL;

        if (n < 1)
                return item_refuse(field, typed, err);
        enum rc rc =
                item_part_read(field, &who, item_trim(a, rest, strlen(rest)), ctx, a, &id, err);
        if (rc == RC_OK)
                *ret = arena_printf(a, "%02d %s", n, id);
        return rc;
}

const struct item_form item_turn = {
        .takes = "a number and a person, as 1 EXP-0003",
        .accepts = accept_turn,
        .read = read_turn,
};

/* ---- overrides ----------------------------------------------------------------------------- */

bool override_item_read(const char *item, struct override_item *ret)
{
        const char *equals = strchr(item, '=');
        struct override_item o;

        if (!equals || !span_read(item, (size_t)(equals - item), &o.span) ||
            !item_take(equals + 1, strlen(equals + 1), o.id) || !ident_is_stix(o.id, strlen(o.id)))
                return false;
        *ret = o;
        return true;
}

const char *override_item_write(const struct span *span, const char *id, struct arena *a)
{
        char text[SPAN_BYTES];

        span_write(span, text);
        return arena_printf(a, "%s=%s", text, id);
}

static bool accept_override(const char *item)
{
        struct override_item o;

        return override_item_read(item, &o);
}

static enum rc read_override(const struct field *field, const char *typed, size_t place,
                             const struct value_context *ctx, struct arena *a, const char **ret,
                             struct err *err)
{
        const struct field who = {.name = field->name, .type = FIELD_REF, .kinds = field->kinds};
        const char *equals = strrchr(typed, '='), *id = NULL;
        struct span s;

        (void)place;
        if (!equals)
                return item_refuse(field, typed, err);
        enum rc rc = read_span(field, item_trim(a, typed, (size_t)(equals - typed)), ctx->now_ms, a,
                               &s, err);
        if (rc == RC_OK)
                rc = item_part_read(field, &who, item_trim(a, equals + 1, strlen(equals + 1)), ctx,
                                    a, &id, err);
        if (rc == RC_OK)
                *ret = override_item_write(&s, id, a);
        return rc;
}

const struct item_form item_override = {
        .takes = "a period and a person, as tomorrow 08:00/+8h=EXP-0003",
        .accepts = accept_override,
        .read = read_override,
};

const char *item_who(const struct field *field, const char *item)
{
        bool is_numbered = field->form == &item_turn || field->form == &item_quantity;
        char sign = is_numbered ? ' ' : field->form == &item_override ? '=' : '\0';
        const char *at = sign ? strchr(item, sign) : NULL;

        return at ? at + 1 : NULL;
}
