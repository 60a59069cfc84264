/*
 * Members made of one part or two: languages, needs, certificates.
 */
#include "model/item.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "model/when.h"

#include "model_private.h"

#define DAY_MS    (24 * 3600 * 1000ll)
#define DAY_BYTES 10 /* 2027-05-31 */
#define BLANKS    " \t"

enum rc item_refuse(const struct field *field, const char *typed, struct err *err)
{
        return err_set(err, RC_INVALID, "%s takes %s; not \"%.60s\"", field->name,
                       field->form->takes, typed);
}

enum rc item_part_read(const struct field *field, const struct field *part, const char *typed,
                       const struct value_context *ctx, struct arena *a, const char **ret,
                       struct err *err)
{
        struct value v = {.text = NULL};
        enum rc rc = value_read(part, typed, ctx, a, &v, err);

        if (rc == RC_OK && !v.text)
                return item_refuse(field, typed, err);
        if (rc == RC_OK)
                *ret = v.text;
        return rc;
}

bool item_take(const char *from, size_t len, char out[ITEM_NAME_BYTES])
{
        if (len == 0 || len >= ITEM_NAME_BYTES)
                return false;
        memcpy(out, from, len);
        out[len] = '\0';
        return true;
}

int item_count_read(const char *digits, size_t len)
{
        int n = 0;

        if (len == 0 || len > 3)
                return -1;
        for (size_t i = 0; i < len; i++) {
                if (!isdigit((unsigned char)digits[i]))
                        return -1;
                n = n * 10 + (digits[i] - '0');
        }
        return n;
}

char *item_trim(struct arena *a, const char *from, size_t len)
{
        while (len > 0 && strchr(BLANKS, from[len - 1]))
                len--;
        while (len > 0 && strchr(BLANKS, *from)) {
                from++;
                len--;
        }
        return arena_strndup(a, from, len);
}

/* ---- languages ----------------------------------------------------------------------------- */

bool language_item_read(const char *item, struct language_item *ret)
{
        const char *colon = strchr(item, ':');
        struct language_item l = {.level = -1};

        if (!item_take(item, colon ? (size_t)(colon - item) : strlen(item), l.code) ||
            strpbrk(l.code, BLANKS))
                return false;
        if (colon)
                l.level = enum_rank(&enum_cefr, colon + 1);
        if (colon && (l.level < 0 || strcmp(enum_id(&enum_cefr, l.level), colon + 1) != 0))
                return false;
        *ret = l;
        return true;
}

static bool accept_language(const char *item)
{
        struct language_item l;

        return language_item_read(item, &l);
}

/* Where the level of what was typed begins: behind a colon, else the last word where that is one;
 * the end where there is none. */
static const char *find_level(const char *typed)
{
        const char *colon = strchr(typed, ':'), *last = strrchr(typed, ' ');

        if (colon)
                return colon + 1;
        if (last && enum_rank(&enum_cefr, last + 1) >= 0)
                return last + 1;
        return typed + strlen(typed);
}

/* "Romanian (C1)" as "Romanian  C1 ". */
static char *without_brackets(struct arena *a, const char *typed)
{
        char *plain = arena_strdup(a, typed);

        for (char *c = plain; *c; c++)
                if (*c == '(' || *c == ')')
                        *c = ' ';
        return item_trim(a, plain, strlen(plain));
}

static enum rc read_language(const struct field *field, const char *typed, size_t place,
                             const struct value_context *ctx, struct arena *a, const char **ret,
                             struct err *err)
{
        const struct field name = {.name = field->name, .type = FIELD_WORD, .words = "language"};
        const struct field level = {.name = "the level", .type = FIELD_ENUM, .list = &enum_cefr};
        const char *plain = without_brackets(a, typed), *at = find_level(plain);
        const char *code = NULL, *cefr = NULL;
        size_t len = (size_t)(at - plain);

        (void)place;
        len -= len > 0 && *at && at[-1] == ':';
        len -= len > 0 && !*at && plain[len - 1] == ':';
        enum rc rc = item_part_read(field, &name, item_trim(a, plain, len), ctx, a, &code, err);
        if (rc == RC_OK && *at)
                rc = item_part_read(field, &level, item_trim(a, at, strlen(at)), ctx, a, &cefr,
                                    err);
        if (rc == RC_OK)
                *ret = cefr ? arena_printf(a, "%s:%s", code, cefr) : code;
        return rc;
}

const struct item_form item_language = {
        .takes = "a language with its level, as ro:c1 or Romanian",
        .accepts = accept_language,
        .read = read_language,
};

/* ---- needs --------------------------------------------------------------------------------- */

bool need_item_read(const char *item, struct need_item *ret)
{
        const char *colon = strchr(item, ':');
        struct need_item n;

        if (!colon || !item_take(item, (size_t)(colon - item), n.role) || strpbrk(n.role, BLANKS))
                return false;
        n.count = item_count_read(colon + 1, strlen(colon + 1));
        if (n.count < 1 || colon[1] == '0')
                return false;
        *ret = n;
        return true;
}

static bool accept_need(const char *item)
{
        struct need_item n;

        return need_item_read(item, &n);
}

/* "2 x ", "2x " or "2 " in front: what is left behind it, and the number. */
static const char *take_front(const char *s, int *count)
{
        size_t digits = strspn(s, "0123456789");
        int n = item_count_read(s, digits);

        if (n < 0)
                return s;
        const char *rest = s + digits + strspn(s + digits, BLANKS);
        if ((*rest == 'x' || *rest == 'X' || *rest == '*') && strchr(BLANKS, rest[1]) && rest[1])
                rest += 1 + strspn(rest + 1, BLANKS);
        if (rest == s + digits)
                return s;
        *count = n;
        return rest;
}

/* ":2", " 2", " x 2" or " x2" at the end: how many bytes are in front of it, and the number. */
static size_t take_back(const char *s, int *count)
{
        size_t len = strlen(s), at = len;

        while (at > 0 && isdigit((unsigned char)s[at - 1]))
                at--;
        int n = item_count_read(s + at, len - at);
        size_t end = at;
        while (end > 0 && strchr(BLANKS, s[end - 1]))
                end--;
        if (end > 1 && (s[end - 1] == 'x' || s[end - 1] == 'X' || s[end - 1] == '*') &&
            strchr(BLANKS, s[end - 2]))
                end -= 2;
        else if (end > 0 && s[end - 1] == ':')
                end--;
        if (n < 0 || end == at)
                return len;
        *count = n;
        return end;
}

static enum rc read_need(const struct field *field, const char *typed, size_t place,
                         const struct value_context *ctx, struct arena *a, const char **ret,
                         struct err *err)
{
        const struct field part = {.name = field->name, .type = FIELD_WORD, .words = "ecsf"};
        const char *role = NULL, *rest;
        int count = 1;

        (void)place;
        rest = take_front(typed, &count);
        size_t len = rest == typed ? take_back(rest, &count) : strlen(rest);
        enum rc rc = item_part_read(field, &part, item_trim(a, rest, len), ctx, a, &role, err);
        if (rc == RC_OK && count < 1)
                return item_refuse(field, typed, err);
        if (rc == RC_OK)
                *ret = arena_printf(a, "%s:%d", role, count);
        return rc;
}

const struct item_form item_need = {
        .takes = "a role and how many, as incident-responder:2",
        .accepts = accept_need,
        .read = read_need,
};

/* ---- certificates -------------------------------------------------------------------------- */

bool certificate_item_read(const char *item, struct certificate_item *ret)
{
        const char *mark = strchr(item, '@');
        struct certificate_item c = {.until_ms = CLOCK_NONE};
        char stamp[STAMP_BYTES];
        int64_t day;

        if (!item_take(item, mark ? (size_t)(mark - item) : strlen(item), c.name))
                return false;
        if (mark) {
                if (strlen(mark + 1) != DAY_BYTES || when_read(mark + 1, 0, &day, NULL) != RC_OK)
                        return false;
                stamp_format(day, stamp);
                if (strncmp(stamp, mark + 1, DAY_BYTES) != 0)
                        return false;
                c.until_ms = day + DAY_MS;
        }
        *ret = c;
        return true;
}

static bool accept_certificate(const char *item)
{
        struct certificate_item c;

        return certificate_item_read(item, &c);
}

static enum rc read_certificate(const struct field *field, const char *typed, size_t place,
                                const struct value_context *ctx, struct arena *a, const char **ret,
                                struct err *err)
{
        const char *mark = strchr(typed, '@');
        char stamp[STAMP_BYTES];
        int64_t day;

        (void)place;
        if (!mark) {
                if (strlen(typed) >= ITEM_NAME_BYTES)
                        return item_refuse(field, typed, err);
                *ret = arena_strdup(a, typed);
                return RC_OK;
        }
        const char *name = item_trim(a, typed, (size_t)(mark - typed));
        const char *until = item_trim(a, mark + 1, strlen(mark + 1));
        if (!*name || strlen(name) >= ITEM_NAME_BYTES)
                return item_refuse(field, typed, err);
        enum rc rc = when_read(until, ctx->now_ms, &day, err);
        if (rc != RC_OK)
                return err_wrap(err, rc, "%s", field->name);
        stamp_format(day, stamp);
        *ret = arena_printf(a, "%s@%.*s", name, DAY_BYTES, stamp);
        return RC_OK;
}

const struct item_form item_certificate = {
        .takes = "a name, with its last day if it has one, as GCIH@2027-05-31",
        .commas_only = true,
        .accepts = accept_certificate,
        .read = read_certificate,
};
