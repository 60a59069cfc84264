/*
 * A report as Markdown: CommonMark 0.30 (2.4 backslash escapes, 4.2 headings, 5.2 list items);
 * nothing that came from outside becomes markup or, by GFM 6.9, a link.
 */
#include <string.h>

#include "model/marking.h"

#include "report_private.h"

static bool is_markup(const char *line, const char *c)
{
        if (strchr("\\`*_{}[]<>#|~&@", *c))
                return true;
        if (*c == ':')
                return c[1] == '/' && c[2] == '/';
        if (*c == '.')
                return c - line >= 3 &&
                       (strncmp(c - 3, "www", 3) == 0 || strncmp(c - 3, "WWW", 3) == 0);
        return false;
}

/* "- ", "+ ", "=" and "12. " mean something at the beginning of a line only. */
static size_t opening(const char *line, size_t len)
{
        size_t digits = strspn(line, "0123456789");

        if (!len)
                return len;
        if (strchr("-+=", line[0]))
                return 0;
        return digits && digits < len && strchr(".)", line[digits]) ? digits : len;
}

static void add_line(struct str *out, const char *line, size_t len)
{
        size_t mark;

        while (len && (*line == ' ' || *line == '\t')) {
                line++;
                len--;
        }
        mark = opening(line, len);
        for (size_t i = 0; i < len; i++) {
                if (i == mark || is_markup(line, line + i))
                        str_addc(out, '\\');
                str_addc(out, line[i]);
        }
}

/* Lines stay lines: a backslash at the end breaks them (6.7). Empty ones part paragraphs. */
static void add_text(struct str *out, const char *text)
{
        while (*text) {
                size_t len = strcspn(text, "\n");
                const char *next = text + len;

                add_line(out, text, len);
                if (!*next)
                        break;
                next += strspn(next, "\n");
                if (*next)
                        str_add(out, next - text - len > 1 || !len ? "\n\n  " : "\\\n  ");
                text = next;
        }
}

static void add_banner(const struct report *r, struct str *out)
{
        str_addf(out, "**%s**\n", tlp_name(r->marking));
        if (r->exercise)
                str_add(out, "\n**EXERCISE EXERCISE EXERCISE**\n");
}

static void add_item(const struct report_item *item, struct str *out)
{
        str_add(out, "- ");
        if (item->when) {
                add_text(out, item->when);
                str_addc(out, ' ');
        }
        if (item->label) {
                str_add(out, "**");
                add_text(out, item->label);
                str_add(out, "**: ");
        }
        add_text(out, item->text);
        if (item->recorded)
                str_addf(out, "\\\n  (%s)", item->recorded);
        if (item->remark) {
                str_add(out, "\\\n  (");
                add_text(out, item->remark);
                str_addc(out, ')');
        }
        str_addc(out, '\n');
}

static void add_section(const struct report_section *s, struct str *out)
{
        if (!s->count && !s->none)
                return;
        str_addf(out, "\n## %s\n\n", s->title);
        if (!s->count)
                str_addf(out, "%s\n", s->none);
        for (size_t i = 0; i < s->count; i++)
                add_item(&s->items[i], out);
}

void report_print_markdown(const struct report *r, struct str *out)
{
        add_banner(r, out);
        str_add(out, "\n# ");
        add_text(out, r->title);
        str_addf(out, "\n\nAs of %s, made by ", r->as_of);
        add_text(out, r->made);
        str_addc(out, '\n');
        for (size_t i = 0; i < r->section_count; i++)
                add_section(&r->sections[i], out);
        str_addc(out, '\n');
        add_banner(r, out);
}
