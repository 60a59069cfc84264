/*
 * One thing, with everything that happened to it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "base/text.h"
#include "model/clocks.h"
#include "model/rules.h"
#include "model/when.h"
#include "model/words.h"

#include "ops/duties.h"

#include "app_private.h"

#define PAGE         200
#define ENTRIES_MAX  20000
#define WRAP_COLUMNS 80
#define REFS_MAX     65536

struct showing {
        struct app *app;
        struct ops *ops;
        struct arena *arena;
        int64_t at_ms; /* CLOCK_NONE = now */
        struct ops_view view;
        struct clock_list clocks;
        struct duties duties; /* of a rota */
        struct row *log;      /* oldest first */
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

/* ---- JSON ---------------------------------------------------------------------------------- */

static void copy_text(struct json_t *obj, const char *name, const struct thing *t,
                      const char *field)
{
        const char *text = thing_text(t, field);

        json_set(obj, name, text ? json_new_text(text) : json_new_null());
}

/* The entry that corrects it, of those known then. */
static const struct act *corrector_of(const struct showing *s, const char *id)
{
        for (size_t i = s->view.folded.log_count; i > 0; i--) {
                const struct fold_entry *entry = &s->view.folded.log[i - 1];
                const char *corrects = act_detail(entry->act, "corrects");

                if (entry->applied && corrects && strcmp(corrects, id) == 0)
                        return entry->act;
        }
        return NULL;
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
        const struct act *by = corrector_of(s, row->thing.id);
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
        copy_text(obj, "scope", &row->thing, "scope");
        copy_text(obj, "corrects", &row->thing, "corrects");
        json_set(obj, "corrected_by", by ? json_new_text(by->id) : json_new_null());
        if (entry)
                add_details(obj, entry->act);
        json_set_bool(obj, "applied", !entry || entry->applied);
        if (entry && !entry->applied)
                json_set_text(obj, "why_not", entry->why_not);
        return obj;
}

static bool is_decision(const struct fold_entry *entry)
{
        return entry->applied && entry->act->verb && strcmp(entry->act->verb, "decide") == 0;
}

static struct json_t *json_of_decision(const struct showing *s, const struct act *act)
{
        const struct act *by = corrector_of(s, act->id);
        struct json_t *obj = json_new_obj();
        char at[STAMP_BYTES];

        stamp_format(act->occurred_ms, at);
        json_set_text(obj, "id", act->id);
        json_set_text(obj, "occurred", at);
        json_set_text(obj, "operator", act->operator);
        for (size_t i = 0; i < act->detail_count; i++)
                json_set_text(obj, act->details[i].name, act->details[i].value);
        json_set(obj, "corrected_by", by ? json_new_text(by->id) : json_new_null());
        return obj;
}

/* As it is now: who else names it. */
static struct json_t *json_of_named(const struct showing *s, const char *field)
{
        struct json_t *list = json_new_list();
        struct row *rows = NULL;
        size_t count = 0;

        if (ops_named_by(s->ops, &s->view.row.thing, field, s->arena, &rows, &count, NULL) != RC_OK)
                count = 0;
        for (size_t i = 0; i < count; i++)
                json_push_text(list, rows[i].thing.id);
        return list;
}

static void show_json(const struct showing *s)
{
        const struct row row = s->view.row;
        struct json_t *obj = json_of_row(&row);
        struct json_t *timeline = json_new_list(), *conflicts = json_new_list();
        struct json_t *decisions = json_new_list();
        const struct folded *f = &s->view.folded;

        for (size_t i = 0; i < s->log_count; i++)
                json_push(timeline, json_of_entry(s, &s->log[i]));
        for (size_t i = 0; i < f->head_count; i++)
                if (f->heads[i].conflict)
                        json_push(conflicts, json_of_conflict(f, &f->heads[i]));
        for (size_t i = 0; i < f->log_count; i++)
                if (is_decision(&f->log[i]))
                        json_push(decisions, json_of_decision(s, f->log[i].act));
        if (row.thing.kind == &kind_incident) {
                json_set(obj, "duplicates", json_of_named(s, "duplicate_of"));
                json_set(obj, "linked_from", json_of_named(s, "links"));
                json_set(obj, "clocks", json_of_clocks(&s->clocks, s->arena));
        }
        json_set(obj, "timeline", timeline);
        json_set(obj, "conflicts", conflicts);
        json_add_parts(obj, &s->view);
        if (s->view.row.thing.kind == &kind_rota)
                json_add_duties(obj, &s->duties);
        json_set(obj, "decisions", decisions);
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
        }
        return arena_strdup(s->arena, str_text(&list));
}

static void show_field(const struct showing *s, const struct row *row, const struct field *field)
{
        bool refs = field->type == FIELD_REF || field->type == FIELD_REFS;
        const struct value *v = thing_value(&row->thing, field->name);

        print_field(field->label, refs && v
                                          ? refs_of(s, v)
                                          : show_value(row, field->name, s->app->words, s->arena));
}

/* Links go both ways; what is a duplicate of it is reached from it. */
static void show_named(const struct showing *s, const char *label, const char *field)
{
        CLEANUP(str_finish) struct str list = {0};
        struct row *rows = NULL;
        size_t count = 0;

        if (ops_named_by(s->ops, &s->view.row.thing, field, s->arena, &rows, &count, NULL) != RC_OK)
                return;
        str_init(&list, REFS_MAX);
        for (size_t i = 0; i < count; i++)
                str_add_sep(&list, " ", rows[i].ref);
        print_field(label, str_text(&list));
}

static void show_decision(const struct showing *s, const struct act *act)
{
        const struct verb *verb = verb_find(s->view.row.thing.kind, act->verb);
        char at[STAMP_BYTES];

        stamp_format_s(act->occurred_ms, at);
        printf("\ndecision of %s%s\n", at, corrector_of(s, act->id) ? ", corrected below" : "");
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
        const struct value *about = thing_value(&entry->thing, "about");
        const char *verb = thing_text(&entry->thing, "verb");
        struct row row;

        if (entry_of(s, entry->thing.id) || !verb || strcmp(verb, "note") == 0)
                return "";
        for (size_t i = 0; about && i < about->count; i++)
                if (strcmp(about->items[i], s->view.row.thing.id) != 0 &&
                    thing_by_id(s->ops->store, about->items[i], s->arena, &row, NULL) == RC_OK)
                        return arena_printf(s->arena, "%s: ", row.ref);
        return "";
}

static void show_entry(const struct showing *s, const struct row *row)
{
        const struct fold_entry *entry = entry_of(s, row->thing.id);
        const char *reason = thing_text(&row->thing, "reason");

        print_cell(show_value(row, "occurred", s->app->words, s->arena), 20);
        printf("  ");
        print_cell(show_value(row, "operator", s->app->words, s->arena), 12);
        printf("  ");
        const struct act *by = corrector_of(s, row->thing.id);

        if (by)
                printf("~ ");
        print_cell(subject_of(s, row), 0);
        print_cell(show_value(row, "text", s->app->words, s->arena), 0);
        if (reason && reason[0] && !strstr(thing_text(&row->thing, "text"), reason)) {
                printf(" - ");
                print_cell(reason, 0);
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

static void show_text(const struct showing *s)
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
        }
        for (size_t i = 0; i < s->view.folded.head_count; i++)
                if (s->view.folded.heads[i].conflict)
                        show_conflict(&s->view.folded, &s->view.folded.heads[i]);
        print_duties(&s->duties);
        print_clocks(&s->clocks, s->arena);
        print_parts(&s->view, s->app->words, s->arena);
        for (size_t i = 0; i < s->view.folded.log_count; i++)
                if (is_decision(&s->view.folded.log[i]))
                        show_decision(s, s->view.folded.log[i].act);
        if (s->log_count)
                printf("\n");
        for (size_t i = 0; i < s->log_count; i++)
                show_entry(s, &s->log[i]);
}

/* ---- the command --------------------------------------------------------------------------- */

static enum rc show(struct showing *s, struct ops *ops, const char *ref, bool json, struct err *err)
{
        const char *id;
        s->ops = ops;
        enum rc rc = ops_resolve(ops, ref, s->arena, &id, err);

        if (rc == RC_OK)
                rc = ops_view(ops, id, s->at_ms, s->arena, &s->view, err);
        if (rc == RC_OK && s->view.row.thing.kind == &kind_incident)
                clocks_derive(ops->law, &s->view.folded, s->arena, &s->clocks);
        if (rc == RC_OK && s->view.row.thing.kind == &kind_rota)
                rc = ops_duties(ops, &s->view.row.thing,
                                s->at_ms == CLOCK_NONE ? clock_now_ms() : s->at_ms, s->arena,
                                &s->duties, err);
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
