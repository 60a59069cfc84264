/*
 * What changes things: new, set, do, note, correct, review.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/rules.h"
#include "model/when.h"

#include "ops/runs.h"
#include "store/query.h"

#include "app_private.h"

#define FIELDS_MAX KIND_FIELDS_MAX
#define NAME_TEXT  "text"

/* ---- FIELD=VALUE --------------------------------------------------------------------------- */

/* Of a verb that can do without one: what is no FIELD=VALUE is its text, as behind `note`. */
static bool takes_text(const struct verb *verb, const char *word)
{
        const struct detail_row *row = verb ? verb_detail(verb, NAME_TEXT) : NULL;
        size_t name = strcspn(word, "= ");

        return row && !row->needed && (!name || word[name] != '=');
}

static void add_detail(struct app *app, struct ops_request *r, const char *name, const char *value)
{
        struct ops_field *all = arena_array(&app->arena, r->detail_count + 1, sizeof(*all));

        if (!value)
                return;
        if (r->detail_count)
                memcpy(all, r->details, r->detail_count * sizeof(*all));
        all[r->detail_count++] = (struct ops_field){.name = name, .value = value};
        r->details = all;
}

/* Words from `from` on into r; those without '=' are wrong usage, or its text. What is a detail of
 * the verb (NULL: none is) goes to the details, the rest to the fields. */
static int read_fields(struct app *app, const struct args *args, size_t from,
                       const struct verb *verb, struct ops_request *r)
{
        struct ops_field *fields = arena_array(&app->arena, FIELDS_MAX, sizeof(*fields));
        struct ops_field *details = arena_array(&app->arena, FIELDS_MAX, sizeof(*details));
        const char *text = NULL;

        r->fields = fields;
        r->details = details;
        if (args->count - from > FIELDS_MAX)
                return usage_fail("more than %d fields", FIELDS_MAX);
        for (size_t i = from; i < args->count; i++) {
                const char *word = args->words[i];
                size_t len = strcspn(word, "=");

                if (takes_text(verb, word)) {
                        text = text ? arena_printf(&app->arena, "%s %s", text, word) : word;
                        continue;
                }
                if (!len || !word[len])
                        return usage_fail("%s is not of the form FIELD=VALUE", word);
                const struct ops_field said = {.name = arena_strndup(&app->arena, word, len),
                                               .value = word + len + 1};
                if (verb && verb_detail(verb, said.name))
                        details[r->detail_count++] = said;
                else
                        fields[r->field_count++] = said;
        }
        add_detail(app, r, NAME_TEXT, text);
        return DONE;
}

/* ---- one thing is changed ------------------------------------------------------------------ */

struct change {
        const struct args *args;
        struct ops_request request;
        bool on_unit; /* not on a REF */
        bool in_log;  /* what is made is an entry, and nothing is changed */
        /* Completes the request once the kind is known, or NULL; exit status. */
        int (*complete)(struct app *app, struct change *c, const struct kind *kind);
};

int app_fail_for_reason(enum rc rc, const struct err *err)
{
        struct err told = {0};

        err_set(&told, rc, "%.900s; --reason TEXT gives it", err->text);
        return app_fail(rc, &told);
}

/* Whether it comes further with a reason than to `err`, which says what is refused: a database that
 * can't be written wants none. */
static bool lacks_reason(struct app *app, struct ops *ops, const struct change *c, const char *id,
                         const struct err *err)
{
        struct ops_request with = c->request;
        struct err then = {0};
        const char *sentence;

        with.reason = "-";
        return err->rc == RC_INVALID && !c->request.reason &&
               (ops_foresee(ops, id, &with, &app->arena, &sentence, &then) == RC_OK ||
                !strstr(err->text, then.text)); /* which names the thing before */
}

/* In the unit's own log it is the entry that was made, not the unit. */
static int print_entry(struct app *app, struct ops *ops, bool json)
{
        const char *const about = ops->unit;
        const struct filter f = {.kind = &kind_log,
                                 .terms = {{.what = FILTER_FIELD,
                                            .field = field_index(&kind_log, "about"),
                                            .values = &about,
                                            .value_count = 1}},
                                 .term_count = 1,
                                 .sort_field = field_index(&kind_log, "recorded"),
                                 .sort_down = true,
                                 .sort_given = true};
        struct row *rows = NULL;
        struct query *q = NULL;
        size_t count = 0;
        struct err err = {0};
        enum rc rc = query_open(ops->store, &f, NULL, 0, &q, &err);

        while (rc == RC_OK && (rc = query_run(q, 1, &err)) == RC_BUSY)
                rc = RC_OK;
        if (rc == RC_OK)
                rc = query_page(q, 0, 1, &app->arena, &rows, &count, &err);
        query_close(q);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        return print_thing(app, ops, count ? rows[0].thing.id : ops->unit, json);
}

static int print_changed(struct app *app, struct ops *ops, const struct change *c, const char *id)
{
        bool json = args_option(c->args, "--json") != NULL;

        return c->in_log && strcmp(id, ops->unit) == 0 ? print_entry(app, ops, json)
                                                       : print_thing(app, ops, id, json);
}

static int apply(struct app *app, struct ops *ops, struct change *c, const char *id)
{
        struct err err = {0};
        struct row row;
        enum rc rc = thing_by_id(ops->store, id, &app->arena, &row, &err);
        int status = DONE;

        if (rc == RC_OK && c->complete)
                status = c->complete(app, c, row.thing.kind);
        if (status != DONE)
                return status;
        if (rc == RC_OK)
                rc = ops_do(ops, id, &c->request, &err);
        if (rc != RC_OK)
                return lacks_reason(app, ops, c, id, &err) ? app_fail_for_reason(rc, &err)
                                                           : app_fail(rc, &err);
        const char *voided = ops_voided(ops, &row, &app->arena);
        if (voided)
                app_say("%s", voided);
        status = print_changed(app, ops, c, id);
        if (row.thing.kind == &kind_run && !args_option(c->args, "--json"))
                print_to_sign(app, ops, id, c->request.verb);
        return status;
}

/* When it happened, if not now. */
static enum rc read_time(const struct args *args, int64_t *ret_ms, struct err *err)
{
        const char *at = args_option(args, "--at");

        *ret_ms = CLOCK_NONE;
        return at ? when_read(at, clock_now_ms(), ret_ms, err) : RC_OK;
}

static int change(struct app *app, struct change *c)
{
        struct err err = {0};
        struct ops ops;
        const char *id = NULL;
        enum rc rc = app_open(app, APP_WRITE, false, &ops, &err);
        int status;

        if (rc != RC_OK)
                return app_fail(rc, &err);
        c->request.reason = args_option(c->args, "--reason");
        rc = read_time(c->args, &c->request.occurred_ms, &err);
        id = ops.unit;
        if (rc == RC_OK && !c->on_unit)
                rc = ops_resolve(&ops, c->args->words[0], &app->arena, &id, &err);
        status = rc == RC_OK ? apply(app, &ops, c, id) : app_fail(rc, &err);
        ops_close(&ops);
        return status;
}

int cmd_set(struct app *app, const struct args *args)
{
        struct change c = {.args = args, .request = {.verb = "set"}};
        int status = read_fields(app, args, 1, NULL, &c.request);

        return status == DONE ? change(app, &c) : status;
}

/* ---- the log ------------------------------------------------------------------------------- */

static int join_words(const struct args *args, size_t from, struct str *ret)
{
        str_init(ret, VALUE_TEXT_MAX + 1);
        for (size_t i = from; i < args->count; i++)
                str_add_sep(ret, " ", args->words[i]);
        return ret->over ? usage_fail("an entry is at most %d bytes long", VALUE_TEXT_MAX) : DONE;
}

/* The general and the duty log are the unit's own. */
static const char *scope_of(const struct args *args)
{
        if (args_option(args, "--duty"))
                return "duty";
        return args_option(args, "--general") ? "general" : NULL;
}

int cmd_note(struct app *app, const struct args *args)
{
        struct change c = {.args = args, .request = {.verb = "note"}, .in_log = true};
        CLEANUP(str_finish) struct str text = {0};
        const char *scope = scope_of(args);
        int status = join_words(args, scope ? 0 : 1, &text);

        if (status != DONE)
                return status;
        if (!scope && args->count < 2)
                return usage_fail("muster note REF TEXT; --general or --duty in the place of REF");
        c.on_unit = scope != NULL;
        c.request.text = str_text(&text);
        add_detail(app, &c.request, "scope", scope);
        add_detail(app, &c.request, "late", args_option(args, "--late"));
        if (args_option(args, "--significant"))
                add_detail(app, &c.request, "significant", "yes");
        return change(app, &c);
}

/* ---- on an entry of the log ----------------------------------------------------------------- */

static int on_entry(struct app *app, struct change *c, const char *detail)
{
        const char *entry = NULL, *id = NULL;
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_WRITE, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        c->request.reason = args_option(c->args, "--reason");
        c->request.occurred_ms = CLOCK_NONE;
        rc = ops_resolve(&ops, c->args->words[0], &app->arena, &entry, &err);
        if (rc == RC_OK)
                rc = ops_entry_subject(&ops, entry, &app->arena, &id, &err);
        add_detail(app, &c->request, detail, entry);
        int status = rc == RC_OK ? apply(app, &ops, c, id) : app_fail(rc, &err);
        ops_close(&ops);
        return status;
}

int cmd_correct(struct app *app, const struct args *args)
{
        struct change c = {.args = args, .request = {.verb = "correct"}, .in_log = true};
        CLEANUP(str_finish) struct str text = {0};
        int status = join_words(args, 1, &text);

        c.request.text = str_text(&text);
        return status == DONE ? on_entry(app, &c, "corrects") : status;
}

int cmd_review(struct app *app, const struct args *args)
{
        struct change c = {.args = args, .request = {.verb = "review"}, .in_log = true};
        CLEANUP(str_finish) struct str text = {0};
        int status = join_words(args, 1, &text);

        if (text.len)
                add_detail(app, &c.request, "comment", str_text(&text));
        return status == DONE ? on_entry(app, &c, "reviews") : status;
}

/* ---- verbs --------------------------------------------------------------------------------- */

/* Verbs that say their value themselves. */
static const struct short_verb short_verbs[] = {
        {"activate", "status", "active"},
        {"contain", "status", "contained"},
        {"recover", "status", "recovering"},
};

const struct short_verb *short_verb_at(size_t i)
{
        return i < ARRAY_LEN(short_verbs) ? &short_verbs[i] : NULL;
}

static void add_field(struct app *app, struct ops_request *r, const char *name, const char *value)
{
        struct ops_field *all = arena_array(&app->arena, r->field_count + 1, sizeof(*all));

        if (r->field_count)
                memcpy(all, r->fields, r->field_count * sizeof(*all));
        all[r->field_count++] = (struct ops_field){.name = name, .value = value};
        r->fields = all;
}

static void drop_field(struct app *app, struct ops_request *r, size_t at)
{
        struct ops_field *all = arena_array(&app->arena, r->field_count, sizeof(*all));
        size_t kept = 0;

        for (size_t i = 0; i < r->field_count; i++)
                if (i != at)
                        all[kept++] = r->fields[i];
        r->fields = all;
        r->field_count = kept;
}

/* The one that the verb is about: the text of an update, what is merged. */
static const char *needed_detail(const struct verb *verb)
{
        for (const struct detail_row *row = verb->details; row && row->name; row++)
                if (row->needed && !row->person && !row->own)
                        return row->name;
        return NULL;
}

static bool names_step(const struct args *args)
{
        for (size_t i = 2; i < args->count; i++)
                if (strncmp(args->words[i], "step=", 5) == 0)
                        return true;
        return false;
}

/* Of a run, what is done in it goes before what can be done to any thing: "note" is one on a step.
 * A conflict is settled in a field, or at a step. */
static const char *verb_meant(const struct kind *kind, const struct args *args)
{
        const char *name = args->words[1];
        enum play_verb verb = kind == &kind_run ? play_verb_of(name) : PLAY_UNKNOWN;

        if (verb == PLAY_UNKNOWN || (verb == PLAY_SETTLE && !names_step(args)))
                return name;
        return run_act_verb(verb);
}

/* file=PATH is the evidence: its name and hash. */
static int take_file(struct app *app, struct ops_request *r)
{
        for (size_t i = 0; i < r->field_count; i++) {
                const char *value = NULL;
                struct err err = {0};
                enum rc rc;

                if (strcmp(r->fields[i].name, "file") != 0)
                        continue;
                rc = ops_run_evidence(r->fields[i].value, &app->arena, &value, &err);
                if (rc != RC_OK)
                        return app_fail(rc, &err);
                add_detail(app, r, "value", value);
                drop_field(app, r, i);
                break;
        }
        return DONE;
}

/* So is what names a file, as in the console. */
static int take_named_file(struct app *app, const char **value)
{
        struct err err = {0};
        enum rc rc = RC_OK;

        if (*value && ops_run_is_file(*value))
                rc = ops_run_evidence(*value, &app->arena, value, &err);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

static int take_evidence(struct app *app, struct ops_request *r, const char **bare)
{
        int status = take_file(app, r);
        struct ops_field *details = arena_array(&app->arena, r->detail_count + 1, sizeof(*details));

        if (strcmp(r->verb, "evidence") != 0)
                return status;
        if (status == DONE)
                status = take_named_file(app, bare);
        for (size_t i = 0; status == DONE && i < r->detail_count; i++) {
                details[i] = r->details[i];
                if (strcmp(details[i].name, "value") == 0)
                        status = take_named_file(app, &details[i].value);
        }
        r->details = details;
        return status;
}

/* "do REF severity high" and "do REF close" are short for what names the field. */
static int complete_verb(struct app *app, struct change *c, const struct kind *kind)
{
        const char *name = verb_meant(kind, c->args);
        const struct verb *verb;
        bool bare = c->args->count > 2 && !strchr(c->args->words[2], '=');
        const char *value = bare ? c->args->words[2] : NULL;
        int status;

        for (size_t i = 0; i < ARRAY_LEN(short_verbs); i++) {
                if (strcmp(short_verbs[i].name, name) != 0 || c->args->count > 2)
                        continue;
                name = short_verbs[i].verb;
                value = short_verbs[i].value;
        }
        verb = verb_find(kind, name);
        if (!verb)
                return usage_fail("no verb %s for a thing of kind %s; nearest: %s", name,
                                  kind->name, verb_nearest(kind, name));
        c->request.verb = verb->name;
        if (verb->needs_text)
                return usage_fail("muster note REF TEXT writes a note");
        status = read_fields(app, c->args, bare ? 3 : 2, verb, &c->request);
        if (status == DONE && kind == &kind_run)
                status = take_evidence(app, &c->request, &value);
        if (status != DONE || !value)
                return status;
        if (needed_detail(verb))
                add_detail(app, &c->request, needed_detail(verb), value);
        else if (verb->field)
                add_field(app, &c->request, verb->field, value);
        else
                return usage_fail("%s is not of the form FIELD=VALUE", value);
        return DONE;
}

int cmd_do(struct app *app, const struct args *args)
{
        struct change c = {.args = args, .complete = complete_verb};

        return change(app, &c);
}

/* ---- new ----------------------------------------------------------------------------------- */

int cmd_new(struct app *app, const struct args *args)
{
        const struct kind *kind = kind_asked(args->words[0]);
        struct ops_request r = {.verb = "open", .occurred_ms = CLOCK_NONE};
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct ops ops;
        enum rc rc;
        int status;

        if (!kind)
                return WRONG_USAGE;
        if (kind->derived)
                return usage_fail("%s", kind->derived);
        if (kind == &kind_log)
                return usage_fail("muster note REF TEXT writes into the log");
        status = read_fields(app, args, 1, NULL, &r);
        if (status != DONE)
                return status;
        rc = app_open(app, APP_WRITE, true, &ops, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = ops_new(&ops, kind, &r, id, &err);
        status = rc == RC_OK ? print_thing(app, &ops, id, args_option(args, "--json") != NULL)
                             : app_fail(rc, &err);
        ops_close(&ops);
        return status;
}
