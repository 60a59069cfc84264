/*
 * One thing, with everything that happened to it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "model/clocks.h"
#include "model/when.h"

#include "app_private.h"

#define PAGE         200
#define ENTRIES_MAX  20000
#define WRAP_COLUMNS 80

struct showing {
        struct app *app;
        struct arena *arena;
        int64_t at_ms; /* CLOCK_NONE = now */
        struct ops_view view;
        struct clock_list clocks;
        struct row *log; /* oldest first */
        size_t log_count;
};

/* ---- reading ------------------------------------------------------------------------------- */

static bool is_known(const struct showing *s, const struct row *entry)
{
        return s->at_ms == CLOCK_NONE || thing_ms(&entry->thing, "recorded") <= s->at_ms;
}

/* The store gives them newest first, a page at a time. */
static enum rc read_log(struct showing *s, struct ops *ops, struct err *err)
{
        int64_t before = 0;
        size_t count = 0, cap = 0;
        enum rc rc = RC_OK;

        do {
                struct row *rows = NULL;

                rc = thing_log(ops->store, s->view.row.thing.id, before, PAGE, s->arena, &rows,
                               &count, err);
                if (rc != RC_OK)
                        return rc;
                if (s->log_count + count > cap) {
                        cap = 2 * cap + PAGE;
                        s->log = xreallocarray(s->log, cap, sizeof(*s->log));
                }
                for (size_t i = 0; i < count; i++)
                        if (is_known(s, &rows[i]))
                                s->log[s->log_count++] = rows[i];
                before = count ? rows[count - 1].rid : 0;
        } while (count == PAGE && s->log_count < ENTRIES_MAX);
        for (size_t i = 0; i < s->log_count / 2; i++) {
                struct row swap = s->log[i];

                s->log[i] = s->log[s->log_count - 1 - i];
                s->log[s->log_count - 1 - i] = swap;
        }
        return rc;
}

static const struct fold_entry *entry_of(const struct showing *s, const char *id)
{
        for (size_t i = 0; i < s->view.folded.log_count; i++)
                if (strcmp(s->view.folded.log[i].act->id, id) == 0)
                        return &s->view.folded.log[i];
        return NULL;
}

/* The row with the values as known then. */
static struct row shown_row(const struct showing *s)
{
        struct row row = s->view.row;

        if (s->at_ms == CLOCK_NONE)
                return row;
        memcpy(row.thing.values, s->view.folded.thing.values, sizeof(row.thing.values));
        row.tlp_given = row.tlp_given && thing_text(&row.thing, "tlp");
        row.flags &= ~(unsigned)(MARK_CONFLICT | MARK_UNACKED);
        if (count_conflicts(&s->view.folded))
                row.flags |= MARK_CONFLICT;
        if (row.thing.kind == &kind_incident && !thing_text(&row.thing, "acked") &&
            thing_rank(&row.thing, "status") != STATUS_CLOSED)
                row.flags |= MARK_UNACKED;
        return row;
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void copy_text(struct json_t *obj, const char *name, const struct thing *t,
                      const char *field)
{
        const char *text = thing_text(t, field);

        json_set(obj, name, text ? json_new_text(text) : json_new_null());
}

static void add_details(struct json_t *obj, const struct act *act)
{
        struct json_t *details;

        if (!act->detail_count)
                return;
        details = json_new_obj();
        for (size_t i = 0; i < act->detail_count; i++)
                json_set_text(details, act->details[i].name, act->details[i].value);
        json_set(obj, "detail", details);
}

static struct json_t *json_of_entry(const struct showing *s, const struct row *row)
{
        const struct fold_entry *entry = entry_of(s, row->thing.id);
        struct json_t *obj = json_new_obj();

        copy_text(obj, "occurred", &row->thing, "occurred");
        copy_text(obj, "recorded", &row->thing, "recorded");
        copy_text(obj, "operator", &row->thing, "operator");
        copy_text(obj, "role", &row->thing, "role");
        copy_text(obj, "console", &row->thing, "console");
        copy_text(obj, "verb", &row->thing, "verb");
        copy_text(obj, "text", &row->thing, "text");
        copy_text(obj, "reason", &row->thing, "reason");
        json_set_text(obj, "id", row->thing.id);
        if (entry)
                add_details(obj, entry->act);
        json_set_bool(obj, "applied", !entry || entry->applied);
        if (entry && !entry->applied)
                json_set_text(obj, "why_not", entry->why_not);
        return obj;
}

static void show_json(const struct showing *s)
{
        const struct row row = shown_row(s);
        struct json_t *obj = json_of_row(&row);
        struct json_t *timeline = json_new_list(), *conflicts = json_new_list();

        for (size_t i = 0; i < s->log_count; i++)
                json_push(timeline, json_of_entry(s, &s->log[i]));
        for (size_t i = 0; i < s->view.folded.head_count; i++)
                if (s->view.folded.heads[i].conflict)
                        json_push(conflicts,
                                  json_of_conflict(&s->view.folded, &s->view.folded.heads[i]));
        if (row.thing.kind == &kind_incident)
                json_set(obj, "clocks", json_of_clocks(&s->clocks, s->arena));
        json_set(obj, "timeline", timeline);
        json_set(obj, "conflicts", conflicts);
        print_json(obj);
}

/* ---- text ---------------------------------------------------------------------------------- */

struct wrapping {
        int lines;
};

static void print_line(void *ctx, const char *line, size_t len)
{
        struct wrapping *w = ctx;

        printf("%*s%.*s\n", w->lines++ ? 18 : 0, "", (int)len, line);
}

static void show_field(const struct row *row, const struct field *field, const struct words *words,
                       struct arena *a)
{
        const char *value = show_value(row, field->name, words, a);
        AUTO_FREE char *clean = text_clean(value, strlen(value), true);
        struct wrapping w = {0};

        if (!value[0])
                return;
        print_cell(field->label, 16);
        printf("  ");
        text_wrap(clean, WRAP_COLUMNS, print_line, &w);
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

static void show_entry(const struct showing *s, const struct row *row)
{
        const struct fold_entry *entry = entry_of(s, row->thing.id);
        const char *reason = thing_text(&row->thing, "reason");

        print_cell(show_value(row, "occurred", s->app->words, s->arena), 20);
        printf("  ");
        print_cell(show_value(row, "operator", s->app->words, s->arena), 12);
        printf("  ");
        print_cell(show_value(row, "text", s->app->words, s->arena), 0);
        if (reason && reason[0] && !strstr(thing_text(&row->thing, "text"), reason)) {
                printf(" - ");
                print_cell(reason, 0);
        }
        if (entry && !entry->applied) {
                printf(" - not applied: ");
                print_cell(entry->why_not, 0);
        }
        printf("\n");
}

static void show_text(const struct showing *s)
{
        const struct row row = shown_row(s);
        const struct kind *kind = row.thing.kind;

        for (size_t i = 0; i < kind->field_count; i++)
                if (!kind->fields[i].accepts)
                        show_field(&row, &kind->fields[i], s->app->words, s->arena);
        for (size_t i = 0; i < s->view.folded.head_count; i++)
                if (s->view.folded.heads[i].conflict)
                        show_conflict(&s->view.folded, &s->view.folded.heads[i]);
        print_clocks(&s->clocks, s->arena);
        if (s->log_count)
                printf("\n");
        for (size_t i = 0; i < s->log_count; i++)
                show_entry(s, &s->log[i]);
}

/* ---- the command --------------------------------------------------------------------------- */

static enum rc show(struct showing *s, struct ops *ops, const char *ref, bool json, struct err *err)
{
        const char *id;
        enum rc rc = ops_resolve(ops, ref, s->arena, &id, err);

        if (rc == RC_OK)
                rc = ops_view(ops, id, s->at_ms, s->arena, &s->view, err);
        if (rc == RC_OK && s->view.row.thing.kind == &kind_incident)
                clocks_derive(ops->law, &s->view.folded, s->arena, &s->clocks);
        if (rc == RC_OK)
                rc = read_log(s, ops, err);
        if (rc != RC_OK)
                return rc;
        if (json)
                show_json(s);
        else
                show_text(s);
        return RC_OK;
}

int cmd_show(struct app *app, const struct args *args)
{
        const char *at = args_option(args, "--at");
        struct showing s = {.app = app, .arena = &app->arena, .at_ms = CLOCK_NONE};
        struct err err = {0};
        struct ops ops;
        enum rc rc;

        if (at && when_read(at, clock_now_ms(), &s.at_ms, &err) != RC_OK)
                return usage_fail("--at: %s", err.text);
        rc = app_open(app, APP_READ, false, &ops, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = show(&s, &ops, args->words[0], args_option(args, "--json") != NULL, &err);
        free(s.log);
        ops_close(&ops);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}
