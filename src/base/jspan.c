#include "base/jspan.h"

#include <string.h>

static bool is_blank(char c)
{
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip(struct jspan *s, size_t len)
{
        s->bytes += len;
        s->len -= len;
}

static void skip_blanks(struct jspan *s)
{
        while (s->len && is_blank(s->bytes[0]))
                skip(s, 1);
}

/* Bytes of the string that begins here, with its quotes. */
static size_t string_len(struct jspan s)
{
        for (size_t i = 1; i < s.len; i++) {
                if (s.bytes[i] == '\\')
                        i++;
                else if (s.bytes[i] == '"')
                        return i + 1;
        }
        return s.len;
}

static size_t nested_len(struct jspan s)
{
        size_t depth = 0, i = 0;

        while (i < s.len) {
                char c = s.bytes[i];

                if (c == '"') {
                        i += string_len((struct jspan){s.bytes + i, s.len - i});
                        continue;
                }
                depth += c == '[' || c == '{';
                depth -= c == ']' || c == '}';
                i++;
                if (depth == 0)
                        return i;
        }
        return s.len;
}

static size_t plain_len(struct jspan s)
{
        size_t i = 0;

        while (i < s.len && !is_blank(s.bytes[i]) && !strchr(",]}:", s.bytes[i]))
                i++;
        return i;
}

static struct jspan take_value(struct jspan *rest)
{
        struct jspan value;

        skip_blanks(rest);
        value = *rest;
        if (!rest->len)
                return value;
        if (rest->bytes[0] == '"')
                value.len = string_len(*rest);
        else if (rest->bytes[0] == '[' || rest->bytes[0] == '{')
                value.len = nested_len(*rest);
        else
                value.len = plain_len(*rest);
        skip(rest, value.len);
        return value;
}

static void skip_one(struct jspan *rest, char c)
{
        skip_blanks(rest);
        if (rest->len && rest->bytes[0] == c)
                skip(rest, 1);
        skip_blanks(rest);
}

struct jspan jspan_value(const char *text, size_t len)
{
        struct jspan rest = {text, len};

        if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
                skip(&rest, 3);
        return take_value(&rest);
}

struct jspan jspan_inside(struct jspan value)
{
        if (value.len < 2)
                return (struct jspan){value.bytes, 0};
        return (struct jspan){value.bytes + 1, value.len - 2};
}

bool jspan_next_item(struct jspan *rest, struct jspan *ret)
{
        *ret = take_value(rest);
        if (!ret->len)
                return false;
        skip_one(rest, ',');
        return true;
}

bool jspan_next_member(struct jspan *rest, struct jspan *ret_key, struct jspan *ret_value)
{
        *ret_key = jspan_inside(take_value(rest));
        skip_one(rest, ':');
        *ret_value = take_value(rest);
        skip_one(rest, ',');
        return ret_value->len > 0;
}

bool jspan_is(struct jspan s, const char *text)
{
        return s.len == strlen(text) && memcmp(s.bytes, text, s.len) == 0;
}
