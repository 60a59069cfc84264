#include "model_private.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "model/machine.h"
#include "model/nearest.h"

static bool is_blank(char c)
{
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name_start(char c)
{
        return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool is_name(char c)
{
        return is_name_start(c) || isdigit((unsigned char)c) || c == '_' || c == '-';
}

/* Bytes of the op at s; 0 where there is none. */
static size_t read_op(const char *s, struct filter_token *t)
{
        bool equal = s[0] && s[1] == '=';

        t->colon = s[0] == ':' || s[0] == '=';
        switch (s[0]) {
        case ':':
        case '=': t->op = FILTER_EQ; return 1;
        case '<': t->op = equal ? FILTER_LE : FILTER_LT; return 1 + equal;
        case '>': t->op = equal ? FILTER_GE : FILTER_GT; return 1 + equal;
        default: return 0;
        }
}

static void read_name(const char *line, size_t at, struct filter_token *t)
{
        size_t len = 0;

        if (is_name_start(line[at]))
                while (is_name(line[at + len]))
                        len++;
        size_t op = len ? read_op(line + at + len, t) : 0;
        t->named = op > 0;
        t->name_at = at;
        t->name_len = t->named ? len : 0;
        t->value_at = t->named ? at + len + op : at;
}

static void refuse(struct filter_token *t, const char *problem, size_t at)
{
        if (t->problem)
                return;
        t->problem = problem;
        t->problem_at = at;
}

/* From a quote to behind the one that closes it. */
static size_t skip_quoted(const char *line, size_t at, struct filter_token *t)
{
        const char *close = strchr(line + at + 1, '"');

        if (!close) {
                refuse(t, "a quote is not closed", at);
                return at + strlen(line + at);
        }
        at = (size_t)(close - line) + 1;
        if (line[at] && !is_blank(line[at]) && !(t->named && line[at] == ','))
                refuse(t, "a blank is missing behind a closing quote", at);
        return at;
}

static size_t skip_values(const char *line, size_t at, struct filter_token *t)
{
        bool begins = true; /* a quote here opens a phrase */

        while (line[at] && !is_blank(line[at])) {
                if (begins && line[at] == '"') {
                        at = skip_quoted(line, at, t);
                        begins = false;
                } else {
                        begins = t->named && line[at] == ',';
                        at++;
                }
        }
        return at;
}

bool filter_next_token(const char *line, size_t *at, struct filter_token *ret)
{
        size_t i = *at;

        while (is_blank(line[i]))
                i++;
        *at = i;
        if (!line[i])
                return false;
        struct filter_token t = {.at = i};
        if (line[i] == '-') {
                t.negated = true;
                i++;
        }
        read_name(line, i, &t);
        t.end = *at = skip_values(line, t.value_at, &t);
        *ret = t;
        return true;
}

bool filter_next_piece(const char *line, const struct filter_token *token, size_t *at,
                       struct filter_piece *ret)
{
        size_t i = *at;

        if (i > token->end || (i == token->end && i > token->value_at && line[i - 1] != ','))
                return false;
        bool quoted = line[i] == '"' && i < token->end;
        size_t from = i + quoted, to = from;
        while (to < token->end && (quoted ? line[to] != '"' : !token->named || line[to] != ','))
                to++;
        *ret = (struct filter_piece){.at = from, .len = to - from, .quoted = quoted};
        to += quoted && to < token->end;
        /* behind the comma, or past the end */
        *at = token->named && to < token->end && line[to] == ',' ? to + 1 : token->end + 1;
        return true;
}

bool filter_name_is(const char *line, const struct filter_token *token, const char *name)
{
        return token->named && strlen(name) == token->name_len &&
               strncasecmp(line + token->name_at, name, token->name_len) == 0;
}

static int find_name(const struct kind *kind, const char *name, size_t len)
{
        for (size_t i = 0; i < kind->field_count; i++)
                if (strlen(kind->fields[i].name) == len &&
                    strncasecmp(kind->fields[i].name, name, len) == 0)
                        return (int)i;
        return -1;
}

static const struct {
        const char *name, *field;
} other_names[] = {
        {"updated", "modified"},   {"age", "modified"},          {"state", "states"},
        {"sector", "sectors"},     {"community", "communities"}, {"role", "roles"},
        {"clock", "next_due"},     {"due", "next_due"},          {"lang", "languages"},
        {"language", "languages"}, {"skill", "skills"},          {"clearance", "handles"}};

int filter_field(const struct kind *kind, const char *name, size_t len)
{
        int found = find_name(kind, name, len);

        for (size_t i = 0; found < 0 && i < ARRAY_LEN(other_names); i++)
                if (strlen(other_names[i].name) == len &&
                    strncasecmp(other_names[i].name, name, len) == 0)
                        found = field_index(kind, other_names[i].field);
        return found;
}

const char *filter_field_nearest(const struct kind *kind, const char *name, unsigned flags)
{
        struct nearest n;

        nearest_init(&n, name);
        nearest_offer(&n, field_nearest(kind, name, flags));
        for (size_t i = 0; i < ARRAY_LEN(other_names); i++) {
                const struct field *field = field_find(kind, other_names[i].field);

                if (field && (field->flags & flags) == flags)
                        nearest_offer(&n, other_names[i].name);
        }
        return n.best;
}

uint32_t filter_over(const struct field *field)
{
        if (field->type != FIELD_ENUM)
                return 0;
        if (field->list == &enum_status)
                return UINT32_C(1) << STATUS_CLOSED;
        if (field->list == machine_request.states)
                return machine_request.over;
        return field->list == machine_deployment.states ? machine_deployment.over : 0;
}

const struct filter_mark *filter_mark_at(size_t i)
{
        /* What depends on the time is a comparison with now, so that it comes and goes by itself.
         */
        static const struct filter_mark marks[] = {
                {"unacked", MARK_UNACKED, "-parked_until>now", NULL},
                {"mine", 0, NULL, NULL},
                {"overdue", 0, "due<now", "incident"},
                {"overdue", 0, "due<now", "request"},
                {"overdue", 0, "due<now", "deployment"},
                {"conflict", MARK_CONFLICT, NULL, NULL},
                {"parked", 0, "parked_until>now", "incident"},
                {"stale", 0, "outlook_at>6h status:open", "incident"},
                {"held", 0, "-held:-", "incident"},
                {"cross-border", 0, "cross_border:yes,derived", "incident"},
                {"duplicate", 0, "-duplicate_of:-", "incident"},
                {"revoked", MARK_REVOKED, NULL, NULL},
                {"foreign", MARK_FOREIGN, NULL, NULL},
                {"system", MARK_SYSTEM, NULL, "log"},
                {"late", 0, "-late:-", "log"},
                {"significant", 0, "significant:yes", "log"},
                {"corrected", 0, "-corrected_by:-", "log"},
                {"review-due", 0, "verb:decide review<now followed_by:-", "log"},
                {"awaiting-review", 0, "awaiting:yes", "log"},
        };

        return i < ARRAY_LEN(marks) ? &marks[i] : NULL;
}

bool filter_mark_fits(const struct filter_mark *mark, const struct kind *kind)
{
        return !mark->kind || strcmp(mark->kind, kind->name) == 0;
}

bool filter_holds(enum filter_op op, int have, int want)
{
        switch (op) {
        case FILTER_LT: return have < want;
        case FILTER_LE: return have <= want;
        case FILTER_GT: return have > want;
        case FILTER_GE: return have >= want;
        case FILTER_EQ: break;
        }
        return have == want;
}
