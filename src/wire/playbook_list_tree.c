/*
 * Lines of a checklist -> items, and the marks behind them.
 */
#include <stdlib.h>
#include <string.h>

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

enum list_word list_word_of(const char *text, const char **ret_rest)
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
                if (strlen(words[i].word) == len && strncmp(words[i].word, text, len) == 0)
                        return **ret_rest || words[i].alone ? words[i].is : WORD_NONE;
        return WORD_NONE;
}

/* ---- marks ----------------------------------------------------------------------------------- */

static bool read_span(const char *s, int64_t *ret_ms)
{
        int64_t n = 0, unit;
        size_t digits = strspn(s, "0123456789");

        if (!digits || digits > 6 || strlen(s) != digits + 1)
                return false;
        for (size_t i = 0; i < digits; i++)
                n = n * 10 + (s[i] - '0');
        switch (s[digits]) {
        case 'm': unit = MINUTE_MS; break;
        case 'h': unit = 60 * MINUTE_MS; break;
        case 'd': unit = 24 * 60 * MINUTE_MS; break;
        default: return false;
        }
        *ret_ms = n * unit;
        return n > 0 && *ret_ms <= PLAYBOOK_DELAY_MAX;
}

static bool set_mark(struct list_marks *m, const char *s)
{
        int64_t ms;

        if (strcmp(s, "two") == 0)
                return m->two = true;
        if (strcmp(s, "must") == 0)
                return m->must = true;
        if (strcmp(s, "pap") == 0)
                return m->pap = true;
        if (strncmp(s, "within ", 7) == 0)
                return read_span(s + 7, &m->timeout_ms);
        if (strncmp(s, "after ", 6) == 0)
                return read_span(s + 6, &m->delay_ms);
        if (strncmp(s, "gives ", 6) == 0 && s[6]) {
                m->gives = s + 6;
                return true;
        }
        if (!read_span(s, &ms))
                return false;
        m->minutes = (int)(ms / MINUTE_MS);
        return true;
}

static void cut_blanks(char *s)
{
        size_t len = strlen(s);

        while (len && s[len - 1] == ' ')
                s[--len] = '\0';
}

/* Takes the last mark off; false where there is none. */
static bool take_mark(char *name, struct list_marks *m)
{
        size_t len = strlen(name);
        char *open;

        if (len && name[len - 1] == ')' && (open = strrchr(name, '('))) {
                name[len - 1] = '\0';
                if (set_mark(m, open + 1)) {
                        *open = '\0';
                        return true;
                }
                name[len - 1] = ')';
                return false;
        }
        open = strrchr(name, ' ');
        if (!open || open[1] != '@' || !open[2])
                return false;
        m->role = open + 2;
        *open = '\0';
        return true;
}

enum rc list_marks_read(const struct list_item *item, struct arena *a, struct list_marks *ret,
                        struct err *err)
{
        const char *text = item->text + (*item->text == '\\');
        char *name = arena_strdup(a, text + strspn(text, " "));

        *ret = (struct list_marks){0};
        do
                cut_blanks(name);
        while (take_mark(name, ret));
        ret->name = name;
        if (!*name || *name == '(' || *name == '@')
                return err_set(err, RC_INVALID, "line %d: expected a name before the marks",
                               item->line);
        return RC_OK;
}
