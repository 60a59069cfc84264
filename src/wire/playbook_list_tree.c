/*
 * Lines of a checklist -> items, and the marks behind them.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "wire/playbook_list_reading.h"

#define MINUTE_MS 60000LL
#define BOM       "\xef\xbb\xbf"

/* ---- lines ----------------------------------------------------------------------------------- */

size_t list_bullet(const char *s)
{
        size_t digits = strspn(s, "0123456789");

        if (digits > 0 && digits <= 3 && strchr(".)", s[digits]) && s[digits] &&
            s[digits + 1] == ' ')
                return digits + 2;
        return (*s == '-' || *s == '*') && s[1] == ' ' ? 2 : 0;
}

size_t list_checkbox(const char *s)
{
        return *s == '[' && s[1] && strchr(" xX", s[1]) && s[2] == ']' && s[3] == ' ' ? 4 : 0;
}

enum section { SECTION_HEAD, SECTION_VARIABLES, SECTION_STEPS };

struct reading {
        struct arena *a;
        struct list_tree *tree;
        struct list_item *at; /* the last item */
        enum section section;
        int line;
        struct err *err;
};

static enum rc expected(const struct reading *r, const char *what)
{
        return err_set(r->err, RC_INVALID, "line %d: expected %s", r->line, what);
}

static const char *joined(struct arena *a, const char *before, const char *line)
{
        return before ? arena_printf(a, "%s\n%s", before, line) : line;
}

static enum rc read_heading(struct reading *r, const char *s)
{
        if (strcmp(s, "## Variables") == 0)
                r->section = SECTION_VARIABLES;
        else if (strcmp(s, "## Steps") == 0)
                r->section = SECTION_STEPS;
        else if (strncmp(s, "# ", 2) == 0 && !r->tree->title)
                r->tree->title = s + 2 + strspn(s + 2, " ");
        else
                return expected(r, "\"# NAME\" once, \"## Variables\" or \"## Steps\"");
        r->at = NULL;
        return RC_OK;
}

static enum rc read_head_line(struct reading *r, const char *s)
{
        struct list_tree *t = r->tree;
        size_t len = strcspn(s, ":");

        if (*s == '>') {
                t->description = joined(r->a, t->description, s + 1 + (s[1] == ' '));
                return RC_OK;
        }
        if (!s[len] || memchr(s, ' ', len))
                return expected(r, "\"KEY: VALUE\" or \"> TEXT\" before the steps");
        t->fields = arena_grow(r->a, t->fields, t->field_count, &t->field_room, sizeof(*t->fields));
        t->fields[t->field_count++] = (struct list_field){r->line, arena_strndup(r->a, s, len),
                                                          s + len + 1 + strspn(s + len + 1, " ")};
        return RC_OK;
}

static const char *behind_bullet(const char *s)
{
        s += list_bullet(s);
        s += strspn(s, " ");
        s += list_checkbox(s);
        return s + strspn(s, " ");
}

static enum rc read_item(struct reading *r, const char *s, int indent)
{
        struct list_item *item = arena_alloc(r->a, sizeof(*item)), *up = r->at;
        int depth = 0;

        while (up && up->parent && up->indent >= indent)
                up = up->parent;
        if (!up)
                up = r->section == SECTION_STEPS ? &r->tree->steps : &r->tree->variables;
        if (up->last && up->last->indent != indent)
                return expected(r, "the same indent as the item above");
        for (const struct list_item *i = up; i->parent; i = i->parent)
                if (++depth >= PLAYBOOK_LIST_DEPTH_MAX)
                        return expected(r, "at most 16 levels");
        item->line = r->line;
        item->indent = indent;
        item->text = behind_bullet(s);
        item->parent = up;
        if (up->last)
                up->last->next = item;
        else
                up->first = item;
        up->last = r->at = item;
        return *item->text ? RC_OK : expected(r, "a name behind \"- \"");
}

static enum rc read_body(struct reading *r, const char *s, int indent)
{
        if (!r->at || indent <= r->at->indent)
                return expected(r, "\"- \" and a step");
        if (r->at->first)
                return expected(r, "text before the steps of a block");
        if (*s == '>')
                r->at->said = joined(r->a, r->at->said, s + 1 + (s[1] == ' '));
        else
                r->at->body = joined(r->a, r->at->body, s + (*s == '\\'));
        return RC_OK;
}

static enum rc read_line(struct reading *r, const char *s)
{
        int indent = (int)strspn(s, " ");

        s += indent;
        if (!*s)
                return RC_OK;
        if (*s == '#' && indent == 0)
                return read_heading(r, s);
        if (r->section == SECTION_HEAD && list_bullet(s))
                r->section = SECTION_STEPS;
        if (r->section == SECTION_HEAD)
                return read_head_line(r, s);
        if (list_bullet(s))
                return read_item(r, s, indent);
        return read_body(r, s, indent);
}

enum rc list_tree_read(const char *text, size_t len, struct arena *a, struct list_tree *ret,
                       struct err *err)
{
        struct reading r = {.a = a, .tree = ret, .err = err};
        AUTO_FREE char *clean = NULL;
        char *s, *end;
        enum rc rc = RC_OK;

        if (len > PLAYBOOK_LIST_BYTES_MAX)
                return err_set(err, RC_INVALID, "a list has at most %d bytes",
                               PLAYBOOK_LIST_BYTES_MAX);
        if (len >= strlen(BOM) && memcmp(text, BOM, strlen(BOM)) == 0) {
                text += strlen(BOM);
                len -= strlen(BOM);
        }
        if (!text_is_utf8(text, len))
                return err_set(err, RC_INVALID, "a list is UTF-8");
        clean = text_clean(text, len, true);
        ret->steps.indent = ret->variables.indent = -1;
        for (s = arena_strdup(a, clean); s && rc == RC_OK; s = end) {
                r.line++;
                end = strchr(s, '\n');
                if (end)
                        *end++ = '\0';
                rc = read_line(&r, s);
        }
        if (rc == RC_OK && !ret->steps.first)
                return expected(&r, "\"## Steps\" and a step");
        return rc;
}

/* ---- words ----------------------------------------------------------------------------------- */

/* "Run the scan" is a step; with a capital a word counts where it can be nothing else. */
static bool is_sentence(const char *text, const char *rest, enum list_word word, bool above)
{
        if (*text >= 'a' && *text <= 'z')
                return false;
        if (word == WORD_RUN)
                return strncmp(rest, "playbook--", 10) != 0;
        return !above && *rest;
}

enum list_word list_word_of(const char *text, bool above, const char **ret_rest)
{
        static const struct {
                const char *word;
                enum list_word is;
                bool alone; /* nothing need stand behind it */
        } words[] = {
                {"if", WORD_IF, false},
                {"else", WORD_ELSE, true},
                {"while", WORD_WHILE, false},
                {"switch", WORD_SWITCH, false},
                {"case", WORD_CASE, false},
                {"default", WORD_DEFAULT, true},
                {"parallel", WORD_PARALLEL, true},
                {"branch", WORD_BRANCH, false},
                {"run", WORD_RUN, false},
        };
        size_t len = strcspn(text, " ");

        *ret_rest = text + len + strspn(text + len, " ");
        for (size_t i = 0; i < ARRAY_LEN(words); i++)
                if (strlen(words[i].word) == len && strncasecmp(words[i].word, text, len) == 0 &&
                    !is_sentence(text, *ret_rest, words[i].is, above))
                        return **ret_rest || words[i].alone ? words[i].is : WORD_NONE;
        return WORD_NONE;
}

/* ---- spans ----------------------------------------------------------------------------------- */

/* 0: there is no such unit. */
static int64_t unit_of(const char *s, size_t len)
{
        static const struct {
                const char *word;
                int64_t ms;
        } units[] = {
                {"m", MINUTE_MS},
                {"min", MINUTE_MS},
                {"mins", MINUTE_MS},
                {"minute", MINUTE_MS},
                {"minutes", MINUTE_MS},
                {"h", 60 * MINUTE_MS},
                {"hour", 60 * MINUTE_MS},
                {"hours", 60 * MINUTE_MS},
                {"d", 24 * 60 * MINUTE_MS},
                {"day", 24 * 60 * MINUTE_MS},
                {"days", 24 * 60 * MINUTE_MS},
        };

        for (size_t i = 0; i < ARRAY_LEN(units); i++)
                if (strlen(units[i].word) == len && strncasecmp(units[i].word, s, len) == 0)
                        return units[i].ms;
        return 0;
}

/* "30m", "30 min"; several one after the other, the greater unit first: "1h30m". */
static bool read_span(const char *s, int64_t *ret_ms)
{
        int64_t total = 0, last = INT64_MAX;

        do {
                size_t digits = strspn(s, "0123456789"), len;
                int64_t n = strtol(s, NULL, 10), unit;

                if (!digits || digits > 6)
                        return false;
                s += digits + strspn(s + digits, " ");
                len = strcspn(s, " 0123456789");
                unit = unit_of(s, len);
                if (!unit || unit >= last)
                        return false;
                total += n * unit;
                last = unit;
                s += len + strspn(s + len, " ");
        } while (*s);
        *ret_ms = total;
        return total > 0 && total <= PLAYBOOK_DELAY_MAX;
}

/* ---- marks ----------------------------------------------------------------------------------- */

#define MARKS                                                                                      \
        "(30m), (2h), (1d), (1h30m), (within 2h), (after 1d), (two), (must), (pap) or (gives "     \
        "NAME)"

static bool says(const char *s, const char *word)
{
        return strcasecmp(s, word) == 0;
}

static bool begins(const char *s, const char *word)
{
        return strncasecmp(s, word, strlen(word)) == 0;
}

static bool set_minutes(struct list_marks *m, const char *s)
{
        int64_t ms;

        if (!read_span(s, &ms))
                return false;
        m->minutes = (int)(ms / MINUTE_MS);
        return true;
}

static bool set_mark(struct list_marks *m, const char *s)
{
        if (says(s, "two") || says(s, "two persons") || says(s, "two people"))
                return m->two = true;
        if (says(s, "must"))
                return m->must = true;
        if (says(s, "pap"))
                return m->pap = true;
        if (begins(s, "within "))
                return !m->timeout_ms && read_span(s + 7, &m->timeout_ms);
        if (begins(s, "after "))
                return !m->delay_ms && read_span(s + 6, &m->delay_ms);
        if (begins(s, "gives ") && s[6] && !m->gives) {
                m->gives = s + 6;
                return true;
        }
        return !m->minutes && set_minutes(m, s);
}

/* "30x", "5 weeks", "within an hour", "two signatures": whoever wrote it meant more than a text. */
static bool looks_like_a_mark(const char *s)
{
        static const char *const words[] = {"two", "must", "pap", "within", "gives"};
        static const char *const times[] = {"s",    "sec",   "secs",  "second", "seconds", "w",
                                            "week", "weeks", "month", "months", "year",    "years"};
        bool after = begins(s, "after ");
        const char *n = after ? s + 6 : s;
        size_t digits = *n >= '0' && *n <= '9' ? strspn(n, "0123456789.,-") : 0;
        size_t len = strcspn(s, " ");

        for (size_t i = 0; i < ARRAY_LEN(words); i++)
                if (strlen(words[i]) == len && begins(s, words[i]))
                        return true;
        if (!digits)
                return false;
        n += digits;
        if (!*n)
                return after;
        if (*n != ' ' && !strchr(n, ' ') && !strchr(":/%", *n))
                return true;
        n += strspn(n, " ");
        for (size_t i = 0; i < ARRAY_LEN(times); i++)
                if (says(n, times[i]))
                        return true;
        return unit_of(n, strcspn(n, " 0123456789")) != 0;
}

static void cut_blanks(char *s)
{
        size_t len = strlen(s);

        while (len && s[len - 1] == ' ')
                s[--len] = '\0';
}

/* The last mark of a name, as it stands there; NULL: there is none. */
static char *last_mark(char *name)
{
        size_t len = strlen(name);
        char *open = strrchr(name, len && name[len - 1] == ')' ? '(' : ' ');

        if (len && name[len - 1] == ')')
                return open;
        return open && open[1] == '@' && open[2] ? open + 1 : NULL;
}

/* Takes the last mark off; *ret is false where there is none. */
static enum rc take_mark(char *name, const struct list_item *item, struct list_marks *m, bool *ret,
                         struct err *err)
{
        char *mark = last_mark(name), *end = name + strlen(name) - 1;

        *ret = false;
        if (!mark)
                return RC_OK;
        if (*mark == '@') {
                if (m->role)
                        return err_set(err, RC_INVALID,
                                       "line %d: a step has one owner, not %.60s and @%.60s",
                                       item->line, mark, m->role);
                m->role = mark + 1;
        } else {
                *end = '\0';
                if (!set_mark(m, mark + 1)) {
                        bool meant = looks_like_a_mark(mark + 1);

                        *end = ')';
                        return meant ? err_set(err, RC_INVALID,
                                               "line %d: expected " MARKS ", each once, not %.60s",
                                               item->line, mark)
                                     : RC_OK;
                }
        }
        *ret = true;
        if (*mark == '@')
                mark[-1] = '\0';
        else
                *mark = '\0';
        return RC_OK;
}

enum rc list_marks_read(const struct list_item *item, struct arena *a, struct list_marks *ret,
                        struct err *err)
{
        const char *text = item->text + (*item->text == '\\');
        char *name = arena_strdup(a, text + strspn(text, " "));
        bool taken = true;
        enum rc rc = RC_OK;

        *ret = (struct list_marks){0};
        while (rc == RC_OK && taken) {
                cut_blanks(name);
                rc = take_mark(name, item, ret, &taken, err);
        }
        if (rc != RC_OK)
                return rc;
        ret->name = name;
        if (!*name || *name == '(' || *name == '@')
                return err_set(err, RC_INVALID, "line %d: expected a name before the marks",
                               item->line);
        return RC_OK;
}
