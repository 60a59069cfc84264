#include "model/variable.h"

#include <arpa/inet.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ident.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"

#define DIGITS     "0123456789"
#define HEX_DIGITS "0123456789abcdefABCDEF"
#define CUT_SIGN   "\u2026"
#define PLAIN_MAX  400               /* bytes */
#define EXACT_MAX  ((1LL << 53) - 1) /* of an integer: what a double holds exactly */

/* ---- numbers ------------------------------------------------------------------------------- */

static bool is_whole(const char *s, long long *ret)
{
        char *end;

        if (strspn(s, "+-" DIGITS) != strlen(s) || !*s)
                return false;
        errno = 0;
        *ret = strtoll(s, &end, 10);
        return !*end && errno == 0;
}

/* Without "inf", "nan" and "0x1p3", which strtod knows, too. */
static bool is_decimal(const char *s, double *ret)
{
        char *end;

        if (strspn(s, "+-.eE" DIGITS) != strlen(s) || !strpbrk(s, DIGITS))
                return false;
        *ret = strtod(s, &end);
        return !*end && isfinite(*ret);
}

bool variable_compare_numbers(const char *a, const char *b, int *ret)
{
        long long ia, ib;
        double da, db;

        if (is_whole(a, &ia) && is_whole(b, &ib)) {
                *ret = (ia > ib) - (ia < ib);
                return true;
        }
        if (!is_decimal(a, &da) || !is_decimal(b, &db))
                return false;
        *ret = (da > db) - (da < db);
        return true;
}

/* ---- what a type takes ----------------------------------------------------------------------- */

static bool takes_any(const char *s)
{
        return s != NULL;
}

static bool takes_bool(const char *s)
{
        return strcmp(s, "true") == 0 || strcmp(s, "false") == 0;
}

static bool takes_long(const char *s)
{
        long long n;

        return is_whole(s, &n);
}

static bool takes_integer(const char *s)
{
        long long n;

        return is_whole(s, &n) && n >= -EXACT_MAX && n <= EXACT_MAX;
}

static bool takes_float(const char *s)
{
        double d;

        return is_decimal(s, &d);
}

static bool takes_dictionary(const char *s)
{
        CLEANUP(json_cleanup) struct json_t *j = NULL;

        return json_parse(s, strlen(s), &j, NULL) == RC_OK && json_kind(j) == JSON_OBJ;
}

static bool is_hex(const char *s, size_t least, size_t most)
{
        size_t len = strlen(s);

        return len >= least && len <= most && strspn(s, HEX_DIGITS) == len;
}

static bool takes_hex(const char *s)
{
        return is_hex(s, 2, VARIABLE_VALUE_MAX) && strlen(s) % 2 == 0;
}

static bool takes_hash(const char *s)
{
        return is_hex(s, 8, 256);
}

static bool takes_md5(const char *s)
{
        return is_hex(s, 32, 32);
}

static bool takes_sha256(const char *s)
{
        return is_hex(s, 64, 64);
}

/* An address, or a network with "/24". */
static bool takes_network(const char *s, int family, long long bits_max)
{
        char text[INET6_ADDRSTRLEN], bytes[16];
        const char *slash = strchr(s, '/');
        size_t len = slash ? (size_t)(slash - s) : strlen(s);
        long long bits;

        if (len >= sizeof(text))
                return false;
        memcpy(text, s, len);
        text[len] = '\0';
        if (inet_pton(family, text, bytes) != 1)
                return false;
        return !slash || (is_whole(slash + 1, &bits) && bits >= 0 && bits <= bits_max);
}

static bool takes_ipv4(const char *s)
{
        return takes_network(s, AF_INET, 32);
}

static bool takes_ipv6(const char *s)
{
        return takes_network(s, AF_INET6, 128);
}

static bool takes_mac(const char *s)
{
        if (strlen(s) != 17 || (s[2] != ':' && s[2] != '-'))
                return false;
        for (size_t i = 0; i < 17; i++)
                if (i % 3 == 2 ? s[i] != s[2] : !strchr(HEX_DIGITS, s[i]))
                        return false;
        return true;
}

static bool takes_uri(const char *s)
{
        size_t scheme = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-." DIGITS);

        return scheme > 0 && s[scheme] == ':' && s[scheme + 1] && !strpbrk(s, " \t\n<>\"");
}

static bool takes_uuid(const char *s)
{
        return ident_is_uuid(s, strlen(s));
}

static const struct {
        const char *name, *takes;
        bool (*check)(const char *s);
} types[] = {
        [VARIABLE_STRING] = {"string", "any text", takes_any},
        [VARIABLE_BOOL] = {"bool", "true or false", takes_bool},
        [VARIABLE_INTEGER] = {"integer", "a whole number", takes_integer},
        [VARIABLE_LONG] = {"long", "a whole number", takes_long},
        [VARIABLE_FLOAT] = {"float", "a number", takes_float},
        [VARIABLE_DICTIONARY] = {"dictionary", "a JSON object", takes_dictionary},
        [VARIABLE_HEXSTRING] = {"hexstring", "pairs of hexadecimal digits", takes_hex},
        [VARIABLE_IPV4] = {"ipv4-addr", "an IPv4 address", takes_ipv4},
        [VARIABLE_IPV6] = {"ipv6-addr", "an IPv6 address", takes_ipv6},
        [VARIABLE_MAC] = {"mac-addr", "a MAC address such as 00:1a:2b:3c:4d:5e", takes_mac},
        [VARIABLE_HASH] = {"hash", "8 to 256 hexadecimal digits", takes_hash},
        [VARIABLE_MD5] = {"md5-hash", "32 hexadecimal digits", takes_md5},
        [VARIABLE_SHA256] = {"sha256-hash", "64 hexadecimal digits", takes_sha256},
        [VARIABLE_URI] = {"uri", "an address such as https://example.org/", takes_uri},
        [VARIABLE_UUID] = {"uuid", "a UUID", takes_uuid},
};

const char *variable_type_name(enum variable_type type)
{
        return (size_t)type < ARRAY_LEN(types) ? types[type].name : NULL;
}

const char *variable_wants(const struct variable *v)
{
        if (v->type == VARIABLE_BOOL)
                return "yes or no";
        if (v->type == VARIABLE_STRING)
                return "a text";
        if ((size_t)v->type < ARRAY_LEN(types))
                return types[v->type].takes;
        return v->type_name ? v->type_name : "a value";
}

enum variable_type variable_type_of(const char *name)
{
        for (size_t i = 0; name && i < ARRAY_LEN(types); i++)
                if (strcmp(types[i].name, name) == 0)
                        return (enum variable_type)i;
        return VARIABLE_OTHER;
}

enum rc variable_check(const struct variable *v, const char *value, struct err *err)
{
        if (strlen(value) > VARIABLE_VALUE_MAX)
                return err_set(err, RC_INVALID, "%s takes at most %d bytes", v->name,
                               VARIABLE_VALUE_MAX);
        if (!*value || (size_t)v->type >= ARRAY_LEN(types) || types[v->type].check(value))
                return RC_OK;
        return err_set(err, RC_INVALID, "%s takes %s; not \"%.60s\"", v->name, types[v->type].takes,
                       value);
}

/* ---- names --------------------------------------------------------------------------------- */

static bool is_name_byte(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
}

bool variable_is_name(const char *s, size_t len)
{
        if (len < 5 || len > VARIABLE_NAME_MAX || s[0] != '_' || s[1] != '_' || s[len - 1] != '_' ||
            s[len - 2] != '_')
                return false;
        for (size_t i = 2; i < len - 2; i++)
                if (!is_name_byte(s[i]))
                        return false;
        return s[2] != '-' && (s[2] < '0' || s[2] > '9');
}

static int compare_name(const void *name, const void *v)
{
        return strcmp(name, ((const struct variable *)v)->name);
}

int variable_find(const struct variable *list, size_t count, const char *name)
{
        const struct variable *v =
                count ? bsearch(name, list, count, sizeof(*list), compare_name) : NULL;

        return v ? (int)(v - list) : -1;
}

/* ---- in a text ----------------------------------------------------------------------------- */

const char *variable_next(const char *text, size_t *ret_len)
{
        const char *begin, *end;

        for (begin = text; (begin = strstr(begin, "__")); begin = end) {
                for (end = begin + 2; is_name_byte(*end) || *end == '.'; end++)
                        ;
                if (end - begin >= 5 && end - begin <= VARIABLE_NAME_MAX && end[-1] == '_' &&
                    end[-2] == '_' && strncmp(end, VARIABLE_SUFFIX, strlen(VARIABLE_SUFFIX)) == 0) {
                        *ret_len = (size_t)(end - begin);
                        return begin;
                }
        }
        return NULL;
}

/* Ends what is longer than `max` with a sign, at a character. */
static char *cut(struct str *out, size_t max)
{
        size_t keep = max > strlen(CUT_SIGN) ? max - strlen(CUT_SIGN) : 0;
        char *text;

        if (!out->over)
                return str_take(out);
        while (keep > 0 && ((unsigned char)str_text(out)[keep] & 0xc0) == 0x80)
                keep--;
        text = xasprintf("%.*s" CUT_SIGN, (int)keep, str_text(out));
        str_clear(out);
        return text;
}

char *variable_fill(const char *text, const char *(*value)(void *ctx, const char *name), void *ctx,
                    size_t max)
{
        CLEANUP(str_finish) struct str out = {0};
        const char *at;
        size_t len;

        str_init(&out, max);
        for (; (at = variable_next(text, &len)); text = at + len) {
                char name[VARIABLE_NAME_MAX + 1];
                const char *known;

                memcpy(name, at, len);
                name[len] = '\0';
                known = value(ctx, name);
                len += known ? strlen(VARIABLE_SUFFIX) : 0;
                str_addn(&out, text, (size_t)(at - text));
                str_addn(&out, known ? known : at, known ? strlen(known) : len);
        }
        str_add(&out, text);
        return cut(&out, max);
}

static const char *bare_name(void *ctx, const char *name)
{
        size_t len = strlen(name);

        return len > 4 ? arena_strndup(ctx, name + 2, len - 4) : NULL;
}

const char *variable_plain(const char *text, struct arena *a)
{
        AUTO_FREE char *plain = variable_fill(text, bare_name, a, PLAIN_MAX);

        return arena_strdup(a, plain);
}
