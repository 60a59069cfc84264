/*
 * A report as plain text of REPORT_COLUMNS.
 */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "model/marking.h"

#include "report_private.h"

#define LABEL_COLUMNS 18
#define INDENT        2

struct wrapping {
        struct str *out;
        int indent;
        bool hanging; /* the first line stands behind what is there already */
};

static void add_blanks(struct str *out, int count)
{
        for (int i = 0; i < count; i++)
                str_addc(out, ' ');
}

static void wrapped_line(void *ctx, const char *line, size_t len)
{
        struct wrapping *w = ctx;

        if (!w->hanging && len)
                add_blanks(w->out, w->indent);
        w->hanging = false;
        str_addn(w->out, line, len);
        str_addc(w->out, '\n');
}

static void add_wrapped(struct str *out, int indent, bool hanging, const char *text)
{
        struct wrapping w = {.out = out, .indent = indent, .hanging = hanging};

        text_wrap(text, (size_t)(REPORT_COLUMNS - indent), wrapped_line, &w);
}

void report_banner(enum tlp marking, bool exercise, struct str *out)
{
        str_addf(out, "%s\n", tlp_name(marking));
        if (exercise)
                str_add(out, "EXERCISE EXERCISE EXERCISE\n");
}

static void add_heading(struct str *out, const char *title)
{
        str_addc(out, '\n');
        for (const char *c = title; *c; c++)
                str_addc(out, (char)toupper((unsigned char)*c));
        str_addc(out, '\n');
}

static void add_fact(struct str *out, const struct report_item *item)
{
        int used = (int)text_width(item->label);

        add_blanks(out, INDENT);
        str_add(out, item->label);
        add_blanks(out, used + INDENT < LABEL_COLUMNS ? LABEL_COLUMNS - used - INDENT : 1);
        if (used + INDENT >= LABEL_COLUMNS) {
                str_addc(out, '\n');
                add_wrapped(out, LABEL_COLUMNS, false, item->text);
                return;
        }
        add_wrapped(out, LABEL_COLUMNS, true, item->text);
}

static void add_entry(struct str *out, const struct report_item *item)
{
        AUTO_FREE char *head = xasprintf("%s  %s", item->when, item->label);

        add_wrapped(out, INDENT, false, head);
        add_wrapped(out, 2 * INDENT, false, item->text);
        if (item->recorded)
                add_wrapped(out, 2 * INDENT, false, item->recorded);
        if (item->remark)
                add_wrapped(out, 2 * INDENT, false, item->remark);
}

static void add_section(const struct report_section *s, struct str *out)
{
        if (!s->count && !s->none)
                return;
        add_heading(out, s->title);
        if (!s->count)
                add_wrapped(out, INDENT, false, s->none);
        for (size_t i = 0; i < s->count; i++) {
                const struct report_item *item = &s->items[i];

                if (item->entry)
                        add_entry(out, item);
                else if (item->label)
                        add_fact(out, item);
                else
                        add_wrapped(out, INDENT, false, item->text);
        }
}

void report_print_text(const struct report *r, struct str *out)
{
        AUTO_FREE char *made = xasprintf("As of %s, made by %s", r->as_of, r->made);

        report_banner(r->marking, r->exercise, out);
        str_addc(out, '\n');
        add_wrapped(out, 0, false, r->title);
        add_wrapped(out, 0, false, made);
        for (size_t i = 0; i < r->section_count; i++)
                add_section(&r->sections[i], out);
        str_addc(out, '\n');
        report_banner(r->marking, r->exercise, out);
}
