/*
 * The form of a filing: which authority got it, when and how, and a tick for each item of the
 * checklist that the rule has.
 */
#include "ui/clock_forms.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/rules.h"
#include "ui/form.h"
#include "ui/incident_cmds.h"

#define PLAIN     4 /* fields in front of the checklist's */
#define ITEMS_MAX 2000

#define ITEM_PREFIX "has "

/* "yes", "y" or "x" ticks it. */
static bool is_tick(const char *typed)
{
        return typed[0] && strchr("yYxX", typed[0]);
}

/* A table of fields made from the rule: the form reads it as it reads a kind's. */
struct filing {
        struct view *view;
        struct arena arena;
        struct field *fields;
        struct kind kind;
        const char *rule, *anchor;
};

static void filing_free(void *ctx)
{
        struct filing *f = ctx;

        arena_finish(&f->arena);
        free(f);
}

/* "yes" fields as one list. */
static size_t details_of(const struct filing *f, const struct ops_field *fields, size_t count,
                         struct str *items, struct ops_field *ret)
{
        size_t n = 0;

        ret[n++] = (struct ops_field){"rule", f->rule};
        ret[n++] = (struct ops_field){"anchor", f->anchor};
        for (size_t i = 0; i < count; i++) {
                size_t prefix = strlen(ITEM_PREFIX);

                if (strncmp(fields[i].name, ITEM_PREFIX, prefix) == 0) {
                        if (is_tick(fields[i].value))
                                str_add_sep(items, " ", fields[i].name + prefix);
                } else if (fields[i].value[0]) {
                        ret[n++] = fields[i];
                }
        }
        if (items->len)
                ret[n++] = (struct ops_field){"items", str_text(items)};
        return n;
}

static enum rc filing_given(struct ui *ui, void *ctx, const struct ops_field *fields, size_t count,
                            struct err *err)
{
        struct filing *f = ctx;
        struct ops_field details[PLAIN + CLOCK_CONTENT_MAX + 4];
        CLEANUP(str_finish) struct str items = {0};
        (void)ui;

        str_init(&items, ITEMS_MAX);
        size_t n = details_of(f, fields, count, &items, details);
        return thing_do_now(f->view,
                            &(struct ops_request){.verb = "file",
                                                  .details = details,
                                                  .detail_count = n,
                                                  .occurred_ms = CLOCK_NONE},
                            err);
}

static void add_plain(struct filing *f, const char *name)
{
        const struct verb *verb = verb_find(&kind_incident, "file");
        struct field *field = &f->fields[f->kind.field_count++];

        *field = detail_field(verb_detail(verb, name));
        if (strcmp(name, "authority") == 0)
                field->flags |= FIELD_NEEDED;
}

static void add_item(struct filing *f, const struct clock_item *item)
{
        f->fields[f->kind.field_count++] = (struct field){
                .name = arena_printf(&f->arena, ITEM_PREFIX "%s", item->id),
                .label = arena_strdup(&f->arena, item->id),
                .help = arena_printf(&f->arena, "type yes; %s", item->label),
                .type = FIELD_LINE,
                .flags = FIELD_FORM | (item->needed ? FIELD_NEEDED : 0),
        };
}

static struct filing *filing_new(struct view *v, const struct clock *c)
{
        static const char *const plain[PLAIN] = {"authority", "at", "channel", "reference"};
        struct filing *f = xcalloc(1, sizeof(*f));
        char stamp[STAMP_BYTES];

        arena_init(&f->arena);
        f->view = v;
        f->rule = arena_strdup(&f->arena, c->rule_id);
        stamp_format(c->anchor_ms, stamp);
        f->anchor = arena_strdup(&f->arena, stamp);
        f->fields = arena_array(&f->arena, PLAIN + CLOCK_CONTENT_MAX, sizeof(*f->fields));
        f->kind = (struct kind){.name = "filing", .plural = "filings", .fields = f->fields};
        for (size_t i = 0; i < PLAIN; i++)
                add_plain(f, plain[i]);
        for (size_t i = 0; c->rule && i < c->rule->content_count; i++)
                add_item(f, &c->rule->content[i]);
        return f;
}

void clock_file_open(struct view *v, const struct row *row, const struct clock *c)
{
        struct list *list = ((struct list_view *)v->state)->list;
        struct filing *f = filing_new(v, c);
        AUTO_FREE char *title =
                xasprintf("%s: %s %s", row->ref, c->label, c->rule ? c->rule->what : "");
        AUTO_FREE char *draft = xasprintf("file.%s.%s.%s", row->thing.id, f->rule, f->anchor);

        list_unmark(list);
        list_keep_targets(list);
        form_open(v->ui, &(struct form){.title = title,
                                        .submit = "It was filed",
                                        .draft = draft,
                                        .kind = &f->kind,
                                        .accept = filing_given,
                                        .ctx = f,
                                        .free_ctx = filing_free});
}
