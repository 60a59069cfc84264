/*
 * The JSON Canonicalization Scheme (RFC 8785): what signatures of CACAO are made over. Not the
 * canonical text of json_print(): keys are in the order of UTF-16, numbers as ECMAScript writes
 * them.
 */
#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/mem.h"
#include "base/str.h"

#define EXACT_MAX   (1LL << 53)
#define DIGITS_MAX  17
#define NUMBER_SIZE 40

static void print_value(const json_t *j, struct str *out);

/* ---- numbers: ECMA-262, Number::toString ------------------------------------------------------
 */

/* The fewest digits that read as this number, without their point; the point stands behind the
 * first *ret_point of them. */
static void shortest_digits(double d, char digits[DIGITS_MAX + 1], int *ret_point)
{
        char text[NUMBER_SIZE];
        size_t count = 0;

        for (int precision = 0; precision < DIGITS_MAX; precision++) {
                snprintf(text, sizeof(text), "%.*e", precision, d);
                if (strtod(text, NULL) == d)
                        break;
        }
        for (const char *c = text; *c != 'e'; c++)
                if (*c != '.')
                        digits[count++] = *c;
        while (count > 1 && digits[count - 1] == '0')
                count--;
        digits[count] = '\0';
        *ret_point = (int)strtol(strchr(text, 'e') + 1, NULL, 10) + 1;
}

static void print_double(double d, struct str *out)
{
        char digits[DIGITS_MAX + 1];
        int count, point;

        if (d == 0) {
                str_addc(out, '0');
                return;
        }
        if (d < 0)
                str_addc(out, '-');
        shortest_digits(fabs(d), digits, &point);
        count = (int)strlen(digits);
        if (point > 21 || point <= -6) {
                str_addf(out, "%c%s%s", digits[0], count > 1 ? "." : "", digits + 1);
                str_addf(out, "e%c%d", point > 0 ? '+' : '-', abs(point - 1));
        } else if (point >= count) {
                str_addf(out, "%s%.*s", digits, point - count, "000000000000000000000");
        } else if (point > 0) {
                str_addf(out, "%.*s.%s", point, digits, digits + point);
        } else {
                str_addf(out, "0.%.*s%s", -point, "000000", digits);
        }
}

/* ---- text ---------------------------------------------------------------------------------- */

static void print_text(const char *s, size_t len, struct str *out)
{
        static const char escaped[] = "\b\t\n\f\r\"\\", letters[] = "btnfr\"\\";

        str_addc(out, '"');
        for (size_t i = 0; i < len; i++) {
                const char *at = s[i] ? strchr(escaped, s[i]) : NULL;

                if (at)
                        str_addf(out, "\\%c", letters[at - escaped]);
                else if ((unsigned char)s[i] < 0x20)
                        str_addf(out, "\\u%04x", (unsigned)s[i]);
                else
                        str_addc(out, s[i]);
        }
        str_addc(out, '"');
}

/* By UTF-16 code units: what takes two of them (F0 and up in UTF-8) comes before U+E000 to U+FFFF.
 */
static int compare_keys(const void *pa, const void *pb)
{
        const unsigned char *a = *(const unsigned char *const *)pa;
        const unsigned char *b = *(const unsigned char *const *)pb;

        while (*a && *a == *b) {
                a++;
                b++;
        }
        if (*a >= 0xf0 && (*b == 0xee || *b == 0xef))
                return -1;
        if (*b >= 0xf0 && (*a == 0xee || *a == 0xef))
                return 1;
        return *a - *b;
}

/* ---- nested --------------------------------------------------------------------------------- */

struct keys {
        const char **list;
        size_t count;
};

static bool gather_key(void *ctx, const char *key, struct json_t *v)
{
        struct keys *keys = ctx;

        (void)v;
        keys->list[keys->count++] = key;
        return true;
}

static void print_object(const json_t *j, struct str *out)
{
        AUTO_FREE const char **list = xmalloc((json_object_size(j) + 1) * sizeof(*list));
        struct keys keys = {.list = list};

        json_each(j, gather_key, &keys);
        qsort(list, keys.count, sizeof(*list), compare_keys);
        str_addc(out, '{');
        for (size_t i = 0; i < keys.count; i++) {
                str_add(out, i ? "," : "");
                print_text(list[i], strlen(list[i]), out);
                str_addc(out, ':');
                print_value(json_object_get(j, list[i]), out);
        }
        str_addc(out, '}');
}

static void print_list(const json_t *j, struct str *out)
{
        str_addc(out, '[');
        for (size_t i = 0; i < json_array_size(j); i++) {
                str_add(out, i ? "," : "");
                print_value(json_array_get(j, i), out);
        }
        str_addc(out, ']');
}

static void print_integer(json_int_t n, struct str *out)
{
        if (n >= -EXACT_MAX && n <= EXACT_MAX)
                str_addf(out, "%lld", (long long)n);
        else
                print_double((double)n, out);
}

static void print_value(const json_t *j, struct str *out)
{
        switch (json_typeof(j)) {
        case JSON_OBJECT: print_object(j, out); break;
        case JSON_ARRAY: print_list(j, out); break;
        case JSON_STRING: print_text(json_string_value(j), json_string_length(j), out); break;
        case JSON_INTEGER: print_integer(json_integer_value(j), out); break;
        case JSON_REAL: print_double(json_real_value(j), out); break;
        case JSON_TRUE: str_add(out, "true"); break;
        case JSON_FALSE: str_add(out, "false"); break;
        default: str_add(out, "null"); break;
        }
}

void json_print_jcs(const struct json_t *j, struct str *out)
{
        print_value(j, out);
}
