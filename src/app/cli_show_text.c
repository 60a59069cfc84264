/*
 * One thing with everything that happened to it, as lines of text.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "model/rules.h"
#include "model/words.h"

#include "app/showing.h"

#include "app_private.h"

#define WRAP_COLUMNS 80
#define REFS_MAX     65536

struct wrapping {
        int lines;
};

static void print_line(void *ctx, const char *line, size_t len)
{
        struct wrapping *w = ctx;

        printf("%*s%.*s\n", w->lines++ ? 18 : 0, "", (int)len, line);
}

static void print_field(const char *label, const char *value)
{
        AUTO_FREE char *clean = text_clean(value, strlen(value), true);
        struct wrapping w = {0};

        if (!value[0])
                return;
        print_cell(label, 16);
        printf("  ");
        text_wrap(clean, WRAP_COLUMNS, print_line, &w);
}

/* References in the place of ids. */
static const char *refs_of(const struct showing *s, const struct value *v)
{
        CLEANUP(str_finish) struct str list = {0};
        const char *const *ids = v->text ? &v->text : v->items;
        size_t count = v->text ? 1 : v->count;

        str_init(&list, REFS_MAX);
        for (size_t i = 0; i < count; i++) {
                struct row row;
                bool held = *ids[i] &&
                            thing_by_id(s->ops->store, ids[i], s->arena, &row, NULL) == RC_OK;

                str_add_sep(&list, " ", held && row.ref && *row.ref ? row.ref : ids[i]);
                if (held && row.thing.revoked)
                        str_add(&list, " (revoked by its author)");
        }
        return arena_strdup(s->arena, str_text(&list));
}

/* Members of some sets have an id within: whose turn it is, who was asked. */
static const char *named(const struct showing *s, const char *text)
{
        AUTO_FREE char *said = strstr(text, "--") ? ops_name_things(s->ops, text) : NULL;

        return said ? arena_strdup(s->arena, said) : text;
}

static void show_field(const struct showing *s, const struct row *row, const struct field *field)
{
        bool refs = field->type == FIELD_REF || field->type == FIELD_REFS;
        const struct value *v = thing_value(&row->thing, field->name);
        const char *text =
                refs && v ? refs_of(s, v) : show_value(row, field->name, s->app->words, s->arena);

        if (field->flags & FIELD_LINES)
                for (size_t i = 0; v && i < v->count; i++)
                        print_field(i ? "" : field->label, v->items[i]);
        else
                print_field(field->label, field_is_set(field) ? named(s, text) : text);
}

/* Links go both ways; what is a duplicate of it is reached from it. */
static void show_named(const struct showing *s, const char *label, const char *field)
{
        CLEANUP(str_finish) struct str list = {0};
        struct row *rows = NULL;
        size_t count = 0;

        if (ops_named_by(s->ops, &s->view.row.thing, field, s->at_ms, s->arena, &rows, &count,
                         NULL) != RC_OK)
                return;
        str_init(&list, REFS_MAX);
        for (size_t i = 0; i < count; i++)
                str_add_sep(&list, " ", rows[i].ref);
        print_field(label, str_text(&list));
}

/* "FR REQ-0012 submitted, REQ-0001 closed" */
static void show_helpers(const struct showing *s, const char *label, const struct row *rows,
                         size_t count)
{
        CLEANUP(str_finish) struct str list = {0};

        str_init(&list, REFS_MAX);
        for (size_t i = 0; i < count; i++) {
                const char *state = show_value(&rows[i], "state", s->app->words, s->arena);

                str_add_sep(&list, ", ", arena_printf(s->arena, "%s %s", rows[i].ref, state));
        }
        print_field(label, str_text(&list));
}

static void show_decision(const struct showing *s, const struct act *act)
{
        const struct verb *verb = verb_find(s->view.row.thing.kind, act->verb);
        char at[STAMP_BYTES];

        stamp_format_s(act->occurred_ms, at);
        printf("\ndecision of %s%s\n", at,
               showing_corrector(s, act->id) ? ", corrected below" : "");
        for (const struct detail_row *row = verb ? verb->details : NULL; row && row->name; row++) {
                const char *value = act_detail(act, row->name);

                if (value && row->words)
                        value = word_label(s->app->words, row->words, value);
                if (value)
                        print_field(row->label, value);
        }
}

static void show_conflict(const struct folded *f, const struct fold_heads *h)
{
        printf("conflict in ");
        print_cell(f->thing.kind->fields[h->field].name, 0);
        for (size_t i = 0; i < h->count; i++) {
                const struct fold_head *head = &h->heads[i];
                const char *value = h->item ? (head->value ? h->item : "not") : head->value;
                AUTO_FREE char *said = xasprintf("%s %s by %s", i ? " |" : ":", value ? value : "-",
                                                 head->act->operator);

                print_cell(said, 0);
        }
        printf("\n");
}

/* An act on another thing that names this one: which. "" where it is on this one, or a note. */
static const char *subject_of(const struct showing *s, const struct row *entry)
{
        const char *verb = thing_text(&entry->thing, "verb"), *target = NULL;
        struct row row;

        if (showing_entry(s, entry->thing.id) || !verb || strcmp(verb, "note") == 0 ||
            act_target(s->ops->store, entry->thing.id, s->arena, &target, NULL) != RC_OK ||
            strcmp(target, s->view.row.thing.id) == 0 ||
            thing_by_id(s->ops->store, target, s->arena, &row, NULL) != RC_OK)
                return "";
        return arena_printf(s->arena, "%s: ", row.ref);
}

static void show_entry(const struct showing *s, const struct row *row)
{
        const struct fold_entry *entry = showing_entry(s, row->thing.id);
        const char *reason = thing_text(&row->thing, "reason");
        const char *late = thing_text(&row->thing, "late");

        print_cell(show_value(row, "occurred", s->app->words, s->arena), 20);
        printf("  ");
        print_cell(show_value(row, "operator", s->app->words, s->arena), 12);
        printf("  ");
        const struct act *by = showing_corrector(s, row->thing.id);

        if (by)
                printf("~ ");
        print_cell(subject_of(s, row), 0);
        print_cell(show_value(row, "text", s->app->words, s->arena), 0);
        if (reason && reason[0] && !strstr(thing_text(&row->thing, "text"), reason)) {
                printf(" - ");
                print_cell(reason, 0);
        }
        if (late && late[0]) {
                printf(" - written down late, at %s: ",
                       show_value(row, "recorded", s->app->words, s->arena));
                print_cell(late, 0);
        }
        if (by) {
                printf(" - corrected by ");
                print_cell(by->operator, 0);
        }
        if (entry && !entry->applied) {
                printf(" - not applied: ");
                print_cell(entry->why_not, 0);
        }
        printf("\n");
}

static void show_revoked(const struct showing *s)
{
        const char *status = thing_text(&s->view.row.thing, "status");

        print_field("revoked", status ? arena_printf(s->arena, "by its author; it was %s", status)
                                      : "by its author");
}

void showing_print(const struct showing *s)
{
        const struct row row = s->view.row;
        const struct kind *kind = row.thing.kind;

        if (row.thing.revoked)
                show_revoked(s);
        for (size_t i = 0; i < kind->field_count; i++) /* an incident's clocks come by themselves */
                if (kind != &kind_incident || !kind->fields[i].accepts)
                        show_field(s, &row, &kind->fields[i]);
        if (kind == &kind_incident) {
                show_named(s, "linked from", "links");
                show_named(s, "its duplicates", "duplicate_of");
                show_helpers(s, "requests", s->help.requests, s->help.request_count);
                show_helpers(s, "deployments", s->help.deployments, s->help.deployment_count);
        }
        for (size_t i = 0; i < s->view.folded.head_count; i++)
                if (s->view.folded.heads[i].conflict)
                        show_conflict(&s->view.folded, &s->view.folded.heads[i]);
        print_duties(&s->duties);
        if (s->run)
                print_run(s->run);
        if (s->playbook.doc.bytes) {
                print_playbook(&s->playbook, s->arena);
                print_playbook_times(&s->times);
        }
        print_clocks(&s->clocks, s->arena);
        print_parts(&s->view, s->app->words, s->arena);
        for (size_t i = 0; i < s->view.folded.log_count; i++)
                if (showing_is_decision(&s->view.folded.log[i]))
                        show_decision(s, s->view.folded.log[i].act);
        if (s->log_count)
                printf("\n");
        for (size_t i = 0; i < s->log_count; i++)
                show_entry(s, &s->log[i]);
}
